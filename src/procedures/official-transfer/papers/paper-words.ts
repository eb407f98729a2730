/** What the papers of a transfer say of a member, of where they were and go, and why. */
import { written } from '../../../papers/bodies.ts'
import type { MemberOnPaper, OrganisationPath } from '../../../papers/layout.ts'
import type { Member } from '../../../registry/members/store.ts'
import { grassrootsIn, type Chain } from '../law/route.ts'
import type { Reason } from '../law/states.ts'

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
