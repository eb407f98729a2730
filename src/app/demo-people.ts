/** Whom one can be on the demo, by role: for the development provider's page and for the words at the start. */
import type { DemoPerson } from '../identity/development-provider-page.tsx'
import type { Read } from '../kernel/db.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import { demoPeople } from '../registry/demo.ts'
import { getMember } from '../registry/members/store.ts'

/** Empty where the demo was never filled in. */
export async function listDemoPeople(read: Read, today: PlainDate): Promise<DemoPerson[]> {
  const people = await demoPeople(read, today)
  return Promise.all(
    people.map(async ({ role, memberId }) => {
      const { fullName, personalId, birthDate } = await getMember(read, memberId)
      return { role, name: fullName, personalId, birthDate }
    }),
  )
}
