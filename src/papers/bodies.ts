/** How papers name bodies, places and signers (05-HD/VPTW, B.4–B.6): who issues, T/M and K/T, the place of the date line. */
import type { Heading, SigningBlock, WrittenDay } from './layout.ts'

/** An organisation as papers name it. */
export interface Body {
  readonly id: string
  readonly name: string
  readonly tier: string
}

/** The body that acts for an organisation: 'Đảng bộ Phường Tân Tạo' acts through 'Đảng ủy Phường Tân Tạo'. */
export function bodyName(place: Pick<Body, 'name' | 'tier'>): string {
  if (place.tier === 'province') {
    return place.name.replace(/^Đảng bộ Thành phố /, 'Thành ủy ').replace(/^Đảng bộ tỉnh /i, 'Tỉnh ủy ')
  }
  return place.name.replace(/^Đảng bộ /, 'Đảng ủy ')
}

/** The name of the place a body sits in, for 'Tân Tạo, ngày …'. */
export function seatOf(chain: readonly Body[], from: Body): string {
  const start = Math.max(
    0,
    chain.findIndex((place) => place.id === from.id),
  )
  for (const place of chain.slice(start)) {
    const found = /(?:Phường|Xã|Đặc khu|Thành phố|Tỉnh|thành phố|tỉnh|xã|phường) (.+)$/u.exec(place.name)?.[1]
    if (found) return found
  }
  return chain.at(-1)?.name ?? from.name
}

/** Two lines at the left head: the superior, and the one that issues. */
export function headingOf(chain: readonly Body[], from: Body, commission?: boolean): Heading {
  if (commission) {
    const province = chain.find((place) => place.tier === 'province')
    return { ...(province ? { superior: bodyName(province) } : {}), organisation: from.name }
  }
  const above = chain[chain.findIndex((place) => place.id === from.id) + 1]
  const superior = above && (from.tier === 'cell' ? bodyName(above) : above.name)
  return { ...(superior ? { superior } : {}), organisation: bodyName(from) }
}

const SIGNING: Readonly<Record<string, readonly [authority: string | undefined, position: string]>> = {
  'cell-secretary': ['T/M CHI ỦY', 'BÍ THƯ'],
  'cell-deputy-secretary': ['T/M CHI ỦY', 'PHÓ BÍ THƯ'],
  'committee-secretary': ['T/M BAN THƯỜNG VỤ', 'BÍ THƯ'],
  'committee-standing-deputy': ['T/M BAN THƯỜNG VỤ', 'PHÓ BÍ THƯ THƯỜNG TRỰC'],
  'committee-deputy-secretary': ['T/M BAN THƯỜNG VỤ', 'PHÓ BÍ THƯ'],
  'commission-head': [undefined, 'TRƯỞNG BAN'],
  'commission-deputy': ['K/T TRƯỞNG BAN', 'PHÓ TRƯỞNG BAN'],
}

/**
 * Who signs, as the paper says it; a delegate of the office (thừa ủy quyền) never stands under the office's own title [I].
 *
 * @param standIn the committee that signs for a cell which has nobody else to sign [I]
 */
export function signingBlock(
  position: string,
  name: string,
  seal: boolean,
  delegated: boolean,
  standIn?: string | false,
): SigningBlock {
  const words = SIGNING[position]
  if (!words) throw new Error(`nobody signs as ${position}`)
  const [authority, title] = words
  if (standIn) {
    const office = delegated ? 'NGƯỜI ĐƯỢC ỦY QUYỀN' : title
    return { authority: `${standIn.toUpperCase()} THAY CHI BỘ`, position: office, name, seal }
  }
  if (delegated) return { authority: `T/UQ ${title}`, position: 'NGƯỜI ĐƯỢC ỦY QUYỀN', name, seal }
  return { ...(authority ? { authority } : {}), position: title, name, seal }
}

/** The organisation's code in a symbol (B.4): CB cell, ĐU committee, BTCTU organisation commission of a province. */
export function abbreviationOf(place: Pick<Body, 'tier'>): string {
  if (place.tier === 'cell') return 'CB'
  if (place.tier === 'advisory') return 'BTCTU'
  return place.tier === 'province' ? 'TU' : 'ĐU'
}

/** A date as exactly as it is known. */
export function written(date: string, precision: 'day' | 'month' | 'year'): WrittenDay {
  return precision === 'year' ? date.slice(0, 4) : precision === 'month' ? date.slice(0, 7) : date
}
