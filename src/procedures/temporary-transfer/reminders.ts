/** Reminds the member, the host cell and the official cell that a temporary stay comes to its end: each mark once; then that it ran out. */
import { sql, type Database, type Read, type Write } from '../../kernel/db.ts'
import { recordNotice, type NoticeAddress } from '../../kernel/notices.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { furthestReminder, reminderDue } from './law/reminders.ts'
import type { Place } from './law/place.ts'
import { checkers, mendableUntil, originCommittee, signers } from './law/rules.ts'
import { bothPlaces } from './law/staying.ts'
import { heirOf, type Stay } from './law/states.ts'

type Moment = Pick<Context, 'today' | 'settings' | 'at'>

/** Stays whose last day is near, bounded; of one who is on the way back nobody is reminded. */
function staysEnding(read: Read, today: PlainDate, within: number): Promise<{ id: string; state: Stay }[]> {
  return read.rows(sql`
    select t.dossier_id as id, d.state from temporary_transfer t join dossier d on d.id = t.dossier_id
     where t.is_staying and t.status in ('active', 'extension-asked')
       and t.stay_until between ${today}::date and ${today}::date + ${within}::int
     order by t.stay_until limit 5000`)
}

/** @param lookAfter does what one stay wants, so that one that is broken keeps no other waiting */
export async function remindEnding(
  database: Database,
  moment: Moment,
  lookAfter: (act: Promise<void>) => Promise<void>,
): Promise<void> {
  const { today, settings } = moment
  for (const { id, state } of await staysEnding(database.read, today, furthestReminder(settings)))
    await lookAfter(remind(database, id, state, moment))
}

/** A stay that is extended is reminded of anew: the key of a reminder names its last day. */
async function remind(
  database: Database,
  dossierId: string,
  stay: Stay,
  { today, settings, at }: Moment,
): Promise<void> {
  const until = stay.until!
  const mark = reminderDue(until, today, settings)
  if (mark === undefined) return
  await database.transaction(async (write) => {
    for (const [side, to] of concerned(stay))
      await recordNotice(write, {
        to,
        code: `temporary.ends-soon-${side}`,
        facts: { until },
        dossierId,
        onceKey: `temporary-end ${dossierId} ${until} ${mark} ${side}`,
        at,
      })
  })
}

function concerned(stay: Stay): [side: string, to: NoticeAddress][] {
  const { home, host } = bothPlaces(stay)
  return [
    ['member', { memberId: stay.memberId }],
    ['host', officersOf(host)],
    ['origin', officersOf(home)],
  ]
}

const officersOf = (place: Place): NoticeAddress => ({ organisationId: place.id, positions: signers(place) })

/** A request that was sent back and not mended in time: its writer is reminded once, and told until when it stays open. */
export async function remindToMend(
  database: Database,
  dossierId: string,
  stay: Stay,
  { at, settings, calendar }: Pick<Context, 'at' | 'settings' | 'calendar'>,
): Promise<void> {
  const until = mendableUntil(stay, { settings, calendar })
  if (until === undefined) return
  const office = stay.office && heirOf(stay, stay.office)
  const to = office ? { organisationId: office.id, positions: checkers(office) } : { memberId: stay.memberId }
  await database.transaction((write) =>
    recordNotice(write, {
      to,
      code: 'temporary.mend-soon',
      facts: { until },
      dossierId,
      onceKey: `temporary-mend ${dossierId} ${stay.dueAt}`,
      at,
    }),
  )
}

/** What ran out is the official cell's to follow up, which learns of its turn; the others, and its committee, are told. */
export async function tellRanOut(write: Write, dossierId: string, stay: Stay, at: Date): Promise<void> {
  const { home, host } = bothPlaces(stay)
  const above = originCommittee(stay)
  const told: [side: string, to: NoticeAddress][] = [
    ['member', { memberId: stay.memberId }],
    ['host', officersOf(host)],
    ...(above.id === home.id ? [] : [['committee', officersOf(above)] as [string, NoticeAddress]]),
  ]
  for (const [side, to] of told)
    await recordNotice(write, {
      to,
      code: `temporary.ran-out-${side}`,
      facts: { until: stay.until },
      dossierId,
      at,
    })
}
