/** What time brings about for money that fits nothing: a reminder a day, word to the committee above, and files nobody kept are forgotten. */
import { sql, type Write } from '../../../kernel/db.ts'
import type { Sweep } from '../../../kernel/jobs.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import type { BackgroundServices } from '../../../web/feature.ts'
import { waitsTooLong } from '../law/review.ts'
import { COMMITTEE_HANDLERS, HANDLERS } from '../law/who.ts'
import { dropOldFiles } from './files.ts'
import { waitingByOwner } from './lines.ts'
import { REVIEW_ABOVE_WORKING_DAYS, REVIEW_WORKING_DAYS } from './settings.ts'

type Services = Pick<BackgroundServices, 'database' | 'contextNow'>

export function reviewingSweeps(services: Services): readonly Sweep[] {
  return [{ name: 'party-fees-bank-waits', everyMinutes: 60, run: () => remindNow(services) }]
}

/** Handlers once a day while something waits too long; the committee above once for what waits longer still. */
export async function remindNow({ database, contextNow }: Services): Promise<void> {
  const { today, at, calendar, settings } = await contextNow()
  const [days, above] = [settings.get(REVIEW_WORKING_DAYS), settings.get(REVIEW_ABOVE_WORKING_DAYS)]
  await database.transaction(async (write) => {
    await dropOldFiles(write, at)
    for (const { organisationId, days: told, oldest } of await waitingByOwner(write)) {
      const longer = (than: number) =>
        told.filter((since) => waitsTooLong(calendar, since, today, than)).length
      if (longer(days) > 0)
        await recordNotice(write, {
          to: { organisationId, positions: HANDLERS },
          code: 'party-fees.bank-waits',
          facts: { lines: longer(days), days },
          onceKey: `party-fees-bank-waits ${organisationId} ${today}`,
          at,
        })
      const parent = longer(above) > 0 ? await parentOf(write, organisationId, today) : undefined
      if (parent)
        await recordNotice(write, {
          to: { organisationId: parent, positions: COMMITTEE_HANDLERS },
          code: 'party-fees.bank-waits-below',
          facts: { lines: longer(above), days: above },
          onceKey: `party-fees-bank-waits-below ${organisationId} ${oldest}`,
          at,
        })
    }
  })
}

async function parentOf(write: Write, organisationId: string, today: PlainDate): Promise<string | undefined> {
  const row = await write.maybe<{ parent: string | null }>(sql`
    select parent_id as parent from organisation_period
     where organisation_id = ${organisationId} and valid_from <= ${today}::date and (valid_to is null or ${today}::date < valid_to)`)
  return row?.parent ?? undefined
}
