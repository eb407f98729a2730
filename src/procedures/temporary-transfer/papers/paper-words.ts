/** What the papers of a temporary stay say of a member, of where they belong and live meanwhile, and why. */
import { written } from '../../../papers/bodies.ts'
import type { MemberOnPaper, OrganisationPath } from '../../../papers/layout.ts'
import type { Member } from '../../../registry/members/store.ts'
import { committeeOf, type Chain } from '../law/place.ts'
import type { Answers, Case } from '../law/states.ts'

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

/** Cell and grassroots organisation of a chain that begins anywhere below. */
export function pathOf(chain: Chain): OrganisationPath {
  const cell = chain.find((place) => place.tier === 'cell')
  return {
    ...(cell ? { cell: cell.name } : {}),
    grassroots: committeeOf(chain)?.name ?? chain[0]?.name ?? '',
  }
}

/** The cases as papers say them (232-QĐ/TW 6.3.2a; 01-HD/TW 10.2.2). */
const CASE_ON_PAPER: Readonly<Record<Case, string>> = {
  residence: 'Thay đổi nơi cư trú trong một thời gian',
  work: 'Thay đổi nơi công tác trong một thời gian',
  study: 'Được cử đi học tập trung ở trong nước',
  waiting: 'Về địa phương chờ việc',
  abroad: 'Được phép ra ngoài nước trong một thời gian',
}

/** 'Được cử đi học tập trung ở trong nước: lớp …' */
export function reasonOnPaper({ case: of, reason }: Answers): string {
  return [CASE_ON_PAPER[of!], reason].filter(Boolean).join(': ')
}
