/** Reminds the member, the host cell and the official place that a stay ends, and tells them that it ran out: each once. */
import { sql, type Database, type Read } from '../../kernel/db.ts'
import { loadDossier } from '../../kernel/dossier.ts'
import { recordNotice, type NoticeAddress } from '../../kernel/notices.ts'
import { addDays, type PlainDate } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { furthestReminder, REMINDED, reminderDue, type Reminder } from './law/reminders.ts'
import { actingFor, originCell, originCommittee, signers } from './law/rules.ts'
import type { Place } from './law/place.ts'
import type { Stay } from './law/states.ts'

/** Stays whose end is near or past, bounded: the next run takes the rest, those first whose day is nearest. */
function ending(read: Read, upTo: PlainDate): Promise<{ id: string }[]> {
  return read.rows(sql`
    select dossier_id as id from temporary_transfer
     where is_staying and status = any(${[...REMINDED]}) and stay_until <= ${upTo}::date
     order by stay_until desc limit 5000`)
}

/**
 * A stay that is extended is reminded of anew: the key of a reminder names its last day.
 *
 * @param lookAfter does what one stay wants, so that one that is broken keeps no other waiting
 */
export async function remindEnding(
  database: Database,
  { today, settings, at }: Omit<Context, 'actor'>,
  lookAfter: (act: Promise<void>) => Promise<void>,
): Promise<void> {
  for (const { id } of await ending(database.read, addDays(today, furthestReminder(settings))))
    await lookAfter(remind(database, id, { today, settings, at }))
}

async function remind(
  database: Database,
  dossierId: string,
  { today, settings, at }: Pick<Context, 'today' | 'settings' | 'at'>,
): Promise<void> {
  await database.transaction(async (write) => {
    const dossier = await loadDossier<Stay>(write, 'temporary-transfer', dossierId)
    const stay = dossier?.state
    if (!stay?.until || !REMINDED.includes(stay.status)) return
    const due = reminderDue(stay.until, today, settings)
    if (due === undefined) return
    for (const [side, to] of concerned(stay, due))
      await recordNotice(write, {
        to,
        code: `temporary.${due === 'expired' ? 'ran-out' : 'ends-soon'}-${side}`,
        facts: { until: stay.until },
        dossierId,
        onceKey: `temporary-end ${dossierId} ${stay.until} ${due} ${side}`,
        at,
      })
  })
}

type Side = 'member' | 'host' | 'origin' | 'committee'

/** What ran out is the origin's to follow up: its committee is told beside the cell. */
function concerned(stay: Stay, due: Reminder): [Side, NoticeAddress][] {
  const office = (place: Place): NoticeAddress => ({
    organisationId: place.id,
    positions: [...signers(place)],
  })
  const home = actingFor(stay, originCell(stay))
  const above = originCommittee(stay)
  const told: [Side, NoticeAddress][] = [
    ['member', { memberId: stay.memberId }],
    ['host', office(actingFor(stay, stay.hostCell!))],
    ['origin', office(home)],
  ]
  return due === 'expired' && above.id !== home.id ? [...told, ['committee', office(above)]] : told
}
