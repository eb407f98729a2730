/** How papers name bodies, places and signers (05-HD/VPTW, B.5–B.6): the committee that issues, T/M and K/T, the place of the date line. */
import type {
  Heading,
  MemberOnPaper,
  OrganisationPath,
  SigningBlock,
  WrittenDay,
} from '../../../papers/layout.ts'
import type { DatePrecision, Member } from '../../../registry/members/store.ts'
import { grassrootsIn, type Chain, type Place } from '../law/route.ts'
import type { Reason } from '../law/states.ts'

/** The body that acts for an organisation: 'Đảng bộ Phường Tân Tạo' acts through 'Đảng ủy Phường Tân Tạo'. */
export function bodyName(place: Pick<Place, 'name' | 'tier'>): string {
  if (place.tier === 'province') {
    return place.name.replace(/^Đảng bộ Thành phố /, 'Thành ủy ').replace(/^Đảng bộ tỉnh /i, 'Tỉnh ủy ')
  }
  return place.name.replace(/^Đảng bộ /, 'Đảng ủy ')
}

/** The name of the place a body sits in, for 'Tân Tạo, ngày …'. */
export function seatOf(chain: Chain, from: Place): string {
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
export function headingOf(chain: Chain, from: Place, commission?: boolean): Heading {
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

export function memberOnPaper(member: Member): MemberOnPaper {
  const homeTown = [member.nativeDetail, member.nativeProvince].filter(Boolean).join(', ')
  return {
    fullName: member.fullName,
    sex: member.sex,
    bornOn: written(member.birthDate, member.birthPrecision),
    joinedOn: member.joinedOn ? written(member.joinedOn, member.joinedPrecision) : '',
    ...(member.otherName ? { alias: member.otherName } : {}),
    ...(homeTown ? { homeTown } : {}),
    ...(member.officialOn ? { officialOn: member.officialOn } : {}),
    ...(member.cardNumber ? { cardNumber: member.cardNumber } : {}),
    ...(member.cvNumber ? { cvNumber: member.cvNumber } : {}),
  }
}

/** A date as exactly as it is known. */
export function written(date: string, precision: DatePrecision): WrittenDay {
  return precision === 'year' ? date.slice(0, 4) : precision === 'month' ? date.slice(0, 7) : date
}

/** Cell, grassroots organisation and what is above, of a chain that begins anywhere below. */
export function pathOf(chain: Chain): OrganisationPath {
  const cell = chain.find((place) => place.tier === 'cell')
  const at = grassrootsIn(chain)
  const grassroots = chain[at]
  const superior = at < 0 ? undefined : chain[at + 1]
  return {
    ...(cell ? { cell: cell.name } : {}),
    grassroots: grassroots?.name ?? chain[0]?.name ?? '',
    ...(superior ? { superior: superior.name } : {}),
  }
}

/** The reasons as papers say them (294-QĐ/TW 6.3.1a). */
export const REASON_ON_PAPER: Readonly<Record<Reason, string>> = {
  'new-unit': 'Chuyển công tác đến đơn vị mới',
  retirement: 'Nghỉ hưu',
  'loss-of-capacity': 'Nghỉ mất sức lao động',
  quit: 'Thôi việc',
  demobilised: 'Phục viên, xuất ngũ',
  residence: 'Thay đổi nơi cư trú lâu dài',
  contract: 'Làm việc theo hợp đồng lao động',
  secondment: 'Biệt phái, tăng cường',
  graduation: 'Tốt nghiệp ra trường',
  merger: 'Sáp nhập, tổ chức lại đơn vị',
}
