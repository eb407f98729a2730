/**
 * The organisations of a made-up country: the Centre, 34 provinces, the real communes, the committees directly under a province,
 * grassroots committees, parts of them, and so many cells (chi bộ). Pure: the same words make the same country.
 */
import { foldName } from '../../kernel/vietnamese-text.ts'
import { idFrom, type Unit } from '../../registry/reorganisation/replay/country.ts'

export interface Place {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly nameNorm: string
  readonly kind: string
  /** 1 for the Centre, 2 for what is directly below it, … */
  readonly depth: number
  readonly parentId: string | null
  /** code of the administrative province it lies in; '01' for the Centre's own */
  readonly province: string
  /** the commune's name, where members are said to live; null above */
  readonly commune: string | null
  /** how many members it has beside the others; 0: holds none itself */
  readonly weight: number
}

/** An office and the member who holds it: the nth of a cell. */
export interface Post {
  readonly organisationId: string
  readonly position: string
  readonly cellId: string
  readonly nth: number
}

export interface Plan {
  readonly places: readonly Place[]
  readonly posts: readonly Post[]
}

/** Cells of a province that are not in communes, of a hundred. */
const OUTSIDE_COMMUNES = 14

const PROVINCIAL = [
  ['Đảng bộ các cơ quan Đảng', 2],
  ['Đảng bộ Ủy ban nhân dân', 6],
  ['Đảng bộ Quân sự', 3],
  ['Đảng bộ Công an', 4],
] as const

const OFFICES_OF = [
  'Văn phòng',
  'Sở Nội vụ',
  'Sở Tài chính',
  'Sở Xây dựng',
  'Sở Nông nghiệp và Môi trường',
  'Sở Công Thương',
  'Sở Y tế',
  'Sở Giáo dục và Đào tạo',
  'Sở Khoa học và Công nghệ',
  'Sở Văn hóa, Thể thao và Du lịch',
  'Sở Tư pháp',
  'Thanh tra',
  'Trường Chính trị',
  'Bệnh viện Đa khoa',
  'Trường Cao đẳng nghề',
  'Phòng Tham mưu',
  'Phòng Hậu cần',
  'Phòng Chính trị',
] as const

const INSTITUTIONS = [
  'Các cơ quan Đảng',
  'Ủy ban nhân dân',
  'Quân sự',
  'Công an',
  'Trạm Y tế',
  'Trường Mầm non',
  'Trường Tiểu học',
  'Trường Trung học cơ sở',
  'Trường Trung học phổ thông',
  'Hợp tác xã Nông nghiệp',
] as const

const COMMITTEE_POSTS = [
  'committee-secretary',
  'committee-standing-deputy',
  'committee-deputy-secretary',
  'inspection-chair',
  'office-chief',
  'office-clerk',
  'finance-officer',
  'system-administrator',
] as const
const COMMISSION_POSTS = [
  'commission-head',
  'commission-deputy',
  'commission-officer',
  'commission-clerk',
] as const
const BUILDING_POSTS = ['building-head', 'building-officer'] as const
const SMALL_COMMITTEE_POSTS = ['committee-secretary', 'committee-deputy-secretary', 'office-clerk'] as const

/** @param cells all of them, at least ten a commune */
export function planPlaces(units: readonly Unit[], seed: string, cells: number): Plan {
  const draw = drawing(seed)
  const builder = new Builder(seed, draw)
  const provinces = units.filter((unit) => unit.level === 'province')
  const communes = units.filter((unit) => unit.level === 'commune')
  const outside = Math.floor((cells * OUTSIDE_COMMUNES) / 100)
  const perProvince = shareOut(
    outside,
    provinces.map((unit) => draw('outside', unit.code, 60) + 70),
  )
  const perCommune = shareOut(
    cells - outside,
    communes.map((unit) => draw('cells', unit.code, 80) + 60),
  )
  const centre = builder.centre()
  provinces.forEach((unit, index) => {
    const province = builder.province(centre, unit, perProvince[index]!)
    communes.forEach((each, place) => {
      if (each.provinceCode === unit.code) builder.commune(province, each, perCommune[place]!)
    })
  })
  builder.centralPosts(centre)
  return builder.plan()
}

type Draw = (what: string, of: string, most: number) => number

/** A number below `most` that follows from words. */
const drawing =
  (seed: string): Draw =>
  (what, of, most) =>
    Number.parseInt(idFrom(seed, what, of).slice(0, 8), 16) % most

/** Whole parts of a number by weights; they add up. */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, each) => sum + each, 0)
  let [before, given] = [0, 0]
  return weights.map((weight) => {
    before += weight
    const upTo = Math.floor((total * before) / all)
    const part = upTo - given
    given = upTo
    return part
  })
}

const three = (number: number): string => String(number).padStart(3, '0')

class Builder {
  private readonly places: Place[] = []
  private readonly posts: Post[] = []
  private readonly counts = new Map<string, number>()
  private firstCell = ''
  private readonly seed: string
  private readonly draw: Draw

  constructor(seed: string, draw: Draw) {
    this.seed = seed
    this.draw = draw
  }

  plan(): Plan {
    return { places: this.places, posts: this.posts }
  }

  private add(
    parent: Place | undefined,
    code: string,
    name: string,
    kind: string,
    more: { province?: string; commune?: string | null; weight?: number } = {},
  ): Place {
    const place: Place = {
      id: idFrom(this.seed, 'organisation', code),
      code,
      name,
      nameNorm: foldName(name),
      kind,
      depth: (parent?.depth ?? 0) + 1,
      parentId: parent?.id ?? null,
      province: more.province ?? parent?.province ?? '01',
      commune: more.commune ?? parent?.commune ?? null,
      weight: more.weight ?? 0,
    }
    this.places.push(place)
    return place
  }

  private cell(parent: Place, code: string, name: string, kind = 'cell'): Place {
    return this.add(parent, code, name, kind, { weight: 60 + this.draw('members', code, 80) })
  }

  private hold(place: Place, positions: readonly string[], cellId: string, from: number): void {
    for (const [index, position] of positions.entries())
      this.posts.push({ organisationId: place.id, position, cellId, nth: from + index })
  }

  centre(): Place {
    const centre = this.add(undefined, '00.000.000.000.000', 'Ban Chấp hành Trung ương', 'centre')
    this.add(centre, '00.000.001.000.000', 'Ban Tổ chức Trung ương', 'advisory-body')
    return centre
  }

  /** The Centre's offices are held by members of the first cell of the capital. */
  centralPosts(centre: Place): void {
    const commission = this.places.find((place) => place.code === '00.000.001.000.000')!
    this.hold(centre, COMMITTEE_POSTS, this.firstCell, 3)
    this.hold(commission, COMMISSION_POSTS, this.nextCell(this.firstCell), 3)
  }

  private nextCell(id: string): string {
    const at = this.places.findIndex((place) => place.id === id)
    return this.places.slice(at + 1).find((place) => place.weight > 0)!.id
  }

  province(centre: Place, unit: Unit, cells: number): Place {
    const of = `${unit.code}.`
    const named = unit.name.replace(/^Tỉnh /, 'tỉnh ').replace(/^Thành phố /, 'thành phố ')
    const organ = unit.name.startsWith('Tỉnh') ? 'Tỉnh ủy' : 'Thành ủy'
    const province = this.add(centre, `${of}000.000.000.000`, `Đảng bộ ${unit.name}`, 'province', {
      province: unit.code,
    })
    const commission = this.add(province, `${of}000.001.000.000`, `Ban Tổ chức ${organ}`, 'advisory-body')
    this.add(province, `${of}000.002.000.000`, `Văn phòng ${organ}`, 'support-body')
    this.add(province, `${of}000.003.000.000`, `Cơ quan Ủy ban Kiểm tra ${organ}`, 'support-body')
    const parts = shareOut(
      cells,
      PROVINCIAL.map(([, weight]) => weight),
    )
    PROVINCIAL.forEach(([name], index) => {
      const above = `${of}${three(index + 1)}.`
      const committee = this.add(province, `${above}000.000.000`, `${name} ${named}`, 'direct-committee')
      const first = this.places.length
      this.belowCommittee(committee, above, parts[index]!)
      const cell = this.places.slice(first).find((place) => place.weight > 0)
      if (!cell) return
      this.hold(committee, SMALL_COMMITTEE_POSTS, cell.id, 3)
      if (index > 0) return
      this.firstCell ||= cell.id
      this.hold(province, COMMITTEE_POSTS, cell.id, 6)
      this.hold(commission, COMMISSION_POSTS, this.nextCell(cell.id), 7)
    })
    return province
  }

  /** Every twelve cells a grassroots committee (đảng bộ cơ sở); what is left are cells of the grassroots (chi bộ cơ sở). */
  private belowCommittee(committee: Place, above: string, cells: number): void {
    const committees = Math.floor(cells / 15)
    for (let nth = 0; nth < committees; nth += 1) {
      const office = OFFICES_OF[nth % OFFICES_OF.length]!
      const name =
        nth < OFFICES_OF.length ? office : `${office} khu vực ${Math.floor(nth / OFFICES_OF.length)}`
      const under = `${above}${three(nth + 1)}.`
      const grassroots = this.add(committee, `${under}000.000`, `Đảng bộ ${name}`, 'grassroots-committee')
      let first = ''
      for (let cell = 1; cell <= 12; cell += 1) {
        const made = this.cell(grassroots, `${under}000.${three(cell)}`, `Chi bộ ${name} số ${cell}`)
        first ||= made.id
      }
      this.hold(grassroots, SMALL_COMMITTEE_POSTS, first, 6)
    }
    for (let nth = committees * 12; nth < cells; nth += 1)
      this.cell(
        committee,
        `${above}${three(500 + (nth % 490))}.000.${three(1 + Math.floor(nth / 490))}`,
        `Chi bộ Đơn vị sự nghiệp số ${nth - committees * 12 + 1}`,
        'grassroots-cell',
      )
  }

  commune(province: Place, unit: Unit, cells: number): void {
    const number = (this.counts.get(province.id) ?? 0) + 1
    this.counts.set(province.id, number)
    const above = `${province.province}.${three(100 + number)}.`
    const commune = this.add(province, `${above}000.000.000`, `Đảng bộ ${unit.name}`, 'commune', {
      commune: unit.name,
    })
    const building = this.add(commune, `${above}900.000.000`, 'Ban Xây dựng Đảng', 'advisory-body')
    this.add(commune, `${above}901.000.000`, 'Văn phòng Đảng ủy', 'support-body')
    const ward = unit.name.startsWith('Phường')
    const company = cells >= 40 && this.draw('company', unit.code, 3) === 0 ? 4 : 0
    const made: string[] = []
    for (let nth = 0; nth < cells - company; nth += 1) {
      const name = INSTITUTIONS[nth] ?? `${ward ? 'khu phố' : 'thôn'} ${nth - INSTITUTIONS.length + 1}`
      made.push(this.cell(commune, `${above}${three(nth + 1)}.000.001`, `Chi bộ ${name}`).id)
    }
    const [first, second = first] = made
    if (first === undefined || second === undefined) return
    if (company > 0) {
      const part = this.add(
        commune,
        `${above}800.001.000`,
        'Đảng bộ Công ty Cổ phần Dệt may',
        'part-committee',
      )
      for (let nth = 1; nth <= company; nth += 1)
        this.cell(part, `${above}800.001.${three(nth)}`, `Chi bộ Phân xưởng ${nth}`)
    }
    this.hold(commune, COMMITTEE_POSTS, first, 3)
    this.hold(building, BUILDING_POSTS, second, 4)
  }
}
