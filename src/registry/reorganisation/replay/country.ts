/**
 * The communes of before July 2025 and where each of them goes, from what the communes of 2026 are said to be made of. Pure.
 * Old provinces are not looked at: an old commune lies in the province of today that its successors lie in.
 */
import { createHash } from 'node:crypto'
import { keyOf, readPredecessors, type Named, type Share } from './predecessors.ts'

/** One row of `data/administrative-units.csv`. */
export interface Unit {
  readonly level: 'province' | 'commune'
  readonly provinceCode: string
  readonly code: string
  /** 'Phường Ba Đình' */
  readonly name: string
  readonly predecessors: string
}

export interface OldCommune {
  readonly id: string
  readonly name: string
  /** communes of 2026 that people of it come to; where they are several, the first has what nothing else assigns */
  readonly receivers: readonly string[]
}

export interface NewCommune {
  /** of the old commune that goes on as this one, or its own */
  readonly id: string
  readonly name: string
  /** the old commune that goes on as this one */
  readonly continues: string | null
}

export interface Province {
  readonly id: string
  readonly name: string
  readonly communes: readonly NewCommune[]
  readonly old: readonly OldCommune[]
}

export interface Country {
  readonly provinces: readonly Province[]
  /** communes whose whole prose was understood */
  readonly understood: number
  readonly unparsed: readonly { readonly commune: string; readonly text: string }[]
  /** names of predecessors: the whole of them, a part of them */
  readonly whole: number
  readonly parts: number
  /** one name in several communes of a province, never said to be a part: taken for one old commune that was split */
  readonly sharedUnsaid: number
  /** only a part of it is named, nobody names the rest: all of it goes where the part goes */
  readonly restUnnamed: number
  /** communes of which nothing is known to have gone into them */
  readonly fromNothing: number
}

interface Claim {
  readonly unit: string
  readonly share: Share
}

/** An identifier that follows from words: the same seed makes the same country. */
export function idFrom(...words: readonly (string | number)[]): string {
  const hex = createHash('md5').update(words.join(' ')).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

export function countryOf(units: readonly Unit[]): Country {
  const read = units
    .filter((unit) => unit.level === 'commune')
    .map((unit) => ({ unit, ...readPredecessors(unit.predecessors) }))
  const named = read.flatMap((each) => each.named)
  const provinces = units
    .filter((unit) => unit.level === 'province')
    .map((province) =>
      provinceOf(
        province,
        read.filter(({ unit }) => unit.provinceCode === province.code),
      ),
    )
  return {
    provinces: provinces.map(({ province }) => province),
    understood: read.filter((each) => each.unparsed.length === 0).length,
    unparsed: read.flatMap(({ unit, unparsed }) =>
      unparsed.map((text) => ({ commune: `${unit.code} ${unit.name}`, text })),
    ),
    whole: named.filter(({ share }) => share === 'whole').length + read.filter((each) => each.kept).length,
    parts: named.filter(({ share }) => share !== 'whole').length,
    sharedUnsaid: sum(provinces.map((each) => each.sharedUnsaid)),
    restUnnamed: sum(provinces.map((each) => each.restUnnamed)),
    fromNothing: sum(provinces.map((each) => each.fromNothing)),
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)

interface ReadUnit {
  readonly unit: Unit
  readonly kept: boolean
  readonly named: readonly Named[]
}

function provinceOf(of: Unit, read: readonly ReadUnit[]) {
  const old = new Map<string, { name: string; claims: Claim[] }>()
  for (const { unit, kept, named } of read) {
    // What was kept as it was is nobody else's, whoever else bears its name.
    if (kept) old.set(`kept ${unit.code}`, { name: unit.name, claims: [{ unit: unit.code, share: 'whole' }] })
    for (const { key, name, share } of named) {
      const known = old.get(key) ?? { name, claims: [] }
      old.set(key, { ...known, claims: [...known.claims, { unit: unit.code, share }] })
    }
  }
  const all = [...old].map(([key, { name, claims }]) => ({
    id: idFrom('old commune', of.code, key),
    name,
    claims,
    receivers: receiversOf(claims),
  }))
  const communes = read.map(({ unit }) => communeOf(unit, all))
  const idOf = new Map(read.map(({ unit }, index) => [unit.code, communes[index]!.id]))
  const province: Province = {
    id: idFrom('province', of.code),
    name: of.name,
    communes,
    old: all.map(({ id, name, receivers }) => ({
      id,
      name,
      receivers: receivers.map((unit) => idOf.get(unit)!),
    })),
  }
  return {
    province,
    sharedUnsaid: all.filter(
      ({ claims }) => claims.length > 1 && claims.every(({ share }) => share === 'whole'),
    ).length,
    restUnnamed: all.filter(({ claims: [first, ...more] }) => more.length === 0 && isPart(first!)).length,
    fromNothing: read.filter(({ unit }) => !all.some(({ receivers }) => receivers.includes(unit.code)))
      .length,
  }
}

const isPart = ({ share }: Claim) => share === 'part' || share === 'land'

/** Whom people of it come to: not those who had land alone, where others had people; what had the rest first. */
function receiversOf(claims: readonly Claim[]): string[] {
  const everybody = claims.filter(({ share }) => share === 'people')
  const people = claims.filter(({ share }) => share !== 'land')
  const chosen = everybody.length > 0 ? everybody : people.length > 0 ? people : claims
  const rest = chosen.filter(({ share }) => share === 'rest')
  return [...new Set([...rest, ...chosen].map(({ unit }) => unit))]
}

/** An old commune goes on where a commune is made of it alone: all of it, or all but what others had, under its name. */
function communeOf(
  unit: Unit,
  old: readonly { readonly id: string; readonly name: string; readonly receivers: readonly string[] }[],
): NewCommune {
  const [first, ...more] = old.filter(({ receivers }) => receivers.includes(unit.code))
  const goesOn =
    first && more.length === 0 && (first.receivers.length === 1 || keyOf(first.name) === keyOf(unit.name))
  return {
    id: goesOn ? first.id : idFrom('commune', unit.code),
    name: unit.name,
    continues: goesOn ? first.id : null,
  }
}
