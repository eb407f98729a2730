/** What time brings about for refunds: late ones are told to who must act, to the committee above and to the payer; paid ones close. */
import { sql } from '../../../kernel/db.ts'
import type { Sweep } from '../../../kernel/jobs.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { addWorkingDays } from '../../../kernel/working-time.ts'
import { findAncestors } from '../../../registry/organisations/store.ts'
import type { BackgroundServices } from '../../../web/feature.ts'
import type { RefundStatus } from '../law/refunds.ts'
import { REFUND_CLOSE_WORKING_DAYS } from './settings.ts'
import { tellHandlers } from './telling.ts'

type Services = Pick<BackgroundServices, 'database' | 'contextNow'>

export function refundSweeps(services: Services): readonly Sweep[] {
  return [
    { name: 'party-fees-refunds-late', everyMinutes: 24 * 60, run: () => remindNow(services) },
    { name: 'party-fees-refunds-close', everyMinutes: 24 * 60, run: () => closeNow(services) },
  ]
}

interface Late {
  readonly id: string
  readonly cell: string
  readonly payingId: string
  readonly payerId: string
  readonly status: RefundStatus
}

/** Once for each step that is late: whoever is to act, and the organisation above; the payer once. */
export async function remindNow({ database, contextNow }: Services): Promise<void> {
  const { today, at } = await contextNow()
  await database.transaction(async (write) => {
    const late = await write.rows<Late>(sql`
      select id, organisation_id as cell, paying_id as "payingId", payer_id as "payerId", status from fee_refund
       where status in ('asked', 'checked', 'approved') and due_on < ${today}::date order by due_on, id`)
    for (const { id, cell, payingId, payerId, status } of late) {
      const acting = status === 'approved' ? payingId : cell
      await tellHandlers(write, acting, 'party-fees.refund-late', {
        at,
        onceKey: `party-fees-refund-late ${id} ${status}`,
      })
      const [, above] = await findAncestors(write, acting, today)
      if (above)
        await tellHandlers(write, above.id, 'party-fees.refund-late-below', {
          at,
          onceKey: `party-fees-refund-late-below ${id} ${status}`,
        })
      await recordNotice(write, {
        to: { memberId: payerId },
        code: 'party-fees.refund-late-payer',
        onceKey: `party-fees-refund-late-payer ${id}`,
        at,
      })
    }
  })
}

/** Nobody has to come back to say that the money came. */
export async function closeNow({ database, contextNow }: Services): Promise<void> {
  const { today, at, calendar, settings } = await contextNow()
  const days = settings.get(REFUND_CLOSE_WORKING_DAYS)
  await database.transaction(async (write) => {
    const paid = await write.rows<{ id: string; paidOn: PlainDate }>(sql`
      select id, paid_on as "paidOn" from fee_refund where status = 'paid-out' order by paid_on, id`)
    const over = paid.filter(({ paidOn }) => addWorkingDays(calendar, paidOn, days) < today)
    await write.run(sql`
      update fee_refund set status = 'closed', closed_at = ${at}
       where id = any(${over.map(({ id }) => id)}::uuid[]) and status = 'paid-out'`)
  })
}
