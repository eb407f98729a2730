/** Whom one can be on the demo, by role: for the development provider's page and for the words at the start. */
import type { DemoPerson } from '../identity/development-provider-page.tsx'
import type { Read } from '../kernel/db.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import { demoPeople } from '../registry/demo.ts'
import { getMember } from '../registry/members/store.ts'

/** Those who hold no office: what they are in the demo's story. */
const MEMBERS: Readonly<Record<string, string>> = {
  member: 'Đảng viên xin chuyển sinh hoạt',
  'probationary-member': 'Đảng viên dự bị',
  'guest-member': 'Đảng viên đang sinh hoạt tạm thời nơi khác',
  'workplace-member': 'Đảng viên cần nhận xét nơi cư trú',
}

/** In the order of the job; empty where the demo was never filled in. */
export async function listDemoPeople(read: Read, today: PlainDate): Promise<DemoPerson[]> {
  const people = await demoPeople(read, today)
  return Promise.all(
    people.map(async ({ role, memberId, positionName, organisationName }) => {
      const { fullName, personalId, birthDate } = await getMember(read, memberId)
      const office = positionName ?? MEMBERS[role] ?? role
      return { role: `${office}, ${organisationName}`, name: fullName, personalId, birthDate }
    }),
  )
}
