/** A cell's guests and members away, as its list shows them; who is summoned is computed, never stored. */
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { findOrganisation, subtreeOn } from '../../registry/organisations/store.ts'
import type { ListedStay } from './guests-page.tsx'
import { rightsIn, summoned } from './law/rights.ts'
import { awayFrom, guestsOf, type StayLine } from './store.ts'

export interface StaysHere {
  readonly guests: readonly ListedStay[]
  readonly away: readonly ListedStay[]
  readonly quorum?: { readonly summoned: number; readonly away: number } | undefined
  /** everybody the list names */
  readonly named: readonly string[]
}

export async function staysHere(read: Read, organisationId: string, today: PlainDate): Promise<StaysHere> {
  const cells = (await subtreeOn(read, organisationId, today)).filter(({ holdsMembers }) => holdsMembers)
  const guests = await guestsOf(read, organisationId)
  const away = await awayFrom(
    read,
    cells.map(({ id }) => id),
  )
  const here = await findOrganisation(read, organisationId, today)
  return {
    guests: guests.map((line) => listed(line, organisationId)),
    away: away.map((line) => listed(line, organisationId)),
    quorum: here?.holdsMembers ? await quorumOf(read, organisationId, away, today) : undefined,
    named: [...guests, ...away].map(({ memberId }) => memberId),
  }
}

/** A guest's official place is elsewhere: the rights of decision are there. */
function listed({ memberId: _member, originId, ...line }: StayLine, organisationId: string): ListedStay {
  const { votes } = rightsIn(organisationId, { officialId: originId, type: 'official' })
  return { ...line, votes }
}

async function quorumOf(read: Read, cellId: string, away: readonly StayLine[], today: PlainDate) {
  const members = await read.rows<{ id: string; official: boolean }>(sql`
    select m.id, coalesce(m.official_on <= ${today}::date, false) as official
      from membership s join member m on m.id = s.member_id
     where s.organisation_id = ${cellId} and s.until is null and s.standing = 'active' and m.standing = 'active'`)
  // Admitted there already, and not gone yet: still called here.
  const elsewhere = new Set(away.filter(({ from }) => from <= today).map(({ memberId }) => memberId))
  const attendees = members.map(({ id, official }) => ({
    rights: rightsIn(cellId, { officialId: cellId, type: official ? 'official' : 'probationary' }),
    away: elsewhere.has(id),
    present: false,
  }))
  return { summoned: summoned(attendees).summoned, away: elsewhere.size }
}
