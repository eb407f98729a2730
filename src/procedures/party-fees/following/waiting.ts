/** What waits for one officer in Party fees, page by page: the first page's card and the counts on the tabs are these. */
import type { RawBuilder } from 'kysely'
import { sql, type Read } from '../../../kernel/db.ts'
import type { PlainDate, PlainMonth } from '../../../kernel/plain-date.ts'
import { heldOn, trueOn } from '../../../registry/day.ts'
import type { Handler } from '../assessing/lines.ts'
import { peopleSince } from '../assessing/people.ts'
import type { FeePage, TabCounts } from '../fee-tabs.tsx'
import { CELL_HANDLERS, HANDLERS } from '../law/who.ts'
import { daysAwaiting } from '../reviewing/lines.ts'

/** In the order in which pages are named; `below` is the other page of remitting. */
export const WAITING_PAGES = [
  'month',
  'declarations',
  'reliefs',
  'refunds',
  'bank',
  'below',
  'remit',
  'accounts',
] as const
export type WaitingPage = (typeof WAITING_PAGES)[number]

export interface Waiting {
  readonly page: WaitingPage
  readonly count: number
  /** the earliest day by which one of them is to be done, where they have one */
  readonly dueOn: PlainDate | null
  /** of the bank's lines: since when the oldest waits */
  readonly since: PlainDate | null
  /** of months to approve, and of remittances from below: the oldest month */
  readonly month: PlainMonth | null
}

type Officer = Pick<Handler, 'cell' | 'people' | 'at' | 'today'>

/**
 * What the rules would let this officer do now: nothing of their own, nothing that another must do after them. Who is linked
 * with them by a delegation today counts as they do. As the notices do, a refund comes up from directly below where nobody
 * there may act, and an account that waits there is verified here too.
 */
export async function waitingFor(read: Read, officer: Officer): Promise<Waiting[]> {
  const { cell, today } = officer
  const people = await peopleSince(read, officer.people, officer.at)
  const mine = sql`${people}::uuid[]`
  const none = sql`null::date`
  const others = (
    organisation: RawBuilder<unknown>,
    except: RawBuilder<unknown>,
    positions = HANDLERS,
  ) => sql`
    exists (select from office x where x.organisation_id = ${organisation} and ${heldOn('x', today)}
               and x.position = any(${[...positions]}::text[]) and x.member_id <> all (${except}))`
  const ownAffair = (member: string) =>
    sql`${sql.ref(member)} = any (${mine}) and ${others(sql`${cell}::uuid`, mine, CELL_HANDLERS)}`
  const hereAndBelow = sql`array(
    select ${cell}::uuid union all
    select p.organisation_id from organisation_period p where p.parent_id = ${cell} and ${trueOn('p', today)})`
  const parties = sql`array[r.payer_id, r.asked_by, coalesce(r.checked_by, r.payer_id)]
    || array(select l.member_id from fee_refund_line l where l.refund_id = r.id)
    || array(select t.member_id from fee_refund_target t where t.refund_id = r.id)`

  const found = await read.rows<Waiting>(sql`
    with waiting (page, due_on, since, month) as (
      select 'month', ${none}, ${none}, period from fee_waiting w join fee_line_now l using (member_id, period, number)
       where w.organisation_id = ${cell} and w.approved_at is null and not l.replaced and l.paid_at is null
      union all
      select 'declarations', ${none}, ${none}, ${none} from fee_declaration d
       where d.organisation_id = ${cell} and d.status = 'submitted' and not (${ownAffair('d.member_id')})
      union all
      select 'reliefs', r.due_on, null, null from fee_relief r
       where r.organisation_id = ${cell} and r.status = 'asked' and r.decider_id <> ${cell} and not (${ownAffair('r.member_id')})
      union all
      select 'reliefs', r.due_on, null, null from fee_relief r
       where r.decider_id = ${cell} and (r.status = 'forwarded' or r.status = 'asked' and r.organisation_id = ${cell})
         and not array[r.member_id, r.asked_by, r.forwarded_by] && ${mine}
      union all
      select 'refunds', r.due_on, null, null from fee_refund r
       where r.organisation_id = any (${hereAndBelow}) and r.status in ('asked', 'checked') and not ${parties} && ${mine}
         and (r.organisation_id = ${cell} or not ${others(sql`r.organisation_id`, parties)})
      union all
      select 'refunds', r.due_on, null, null from fee_refund r
       where r.paying_id = ${cell} and r.status = 'approved' and r.payer_id <> all (${mine})
      union all
      select 'bank', null, l.day, null from (${daysAwaiting(cell, people)}) l
      union all
      select 'below', null, null, r.period from fee_remittance r
       where r.superior_id = ${cell} and r.sent_at is not null and r.received_at is null and r.returned_at is null
         and not array[r.made_by, r.sent_by] && ${mine}
      union all
      select 'remit', r.due_on, null, null from fee_remittance r
       where r.organisation_id = ${cell} and r.remit_vnd > 0 and r.sent_at is null and r.returned_at is null
      union all
      select 'remit', null, null, null from fee_drawing d
       where d.organisation_id = ${cell} and d.confirmed_at is null and d.returned_at is null and d.paid_by <> all (${mine})
      union all
      select 'accounts', null, null, null from fee_account a
       where a.organisation_id = any (${hereAndBelow}) and a.verified_at is null and a.retired_at is null
         and (a.declared_by is null or a.declared_by <> all (${mine})))
    select page, count(*)::int as count, min(due_on) as "dueOn", min(since) as since, to_char(min(month), 'YYYY-MM') as month
      from waiting group by page`)
  return found.toSorted((a, b) => WAITING_PAGES.indexOf(a.page) - WAITING_PAGES.indexOf(b.page))
}

/** The same as the tabs show it: a tab without anything says nothing. */
export async function waitingOnTabs(read: Read, officer: Officer): Promise<TabCounts> {
  return onTabs(await waitingFor(read, officer))
}

export function onTabs(waiting: readonly Waiting[]): TabCounts {
  const counts: Partial<Record<FeePage, number>> = {}
  for (const { page, count } of waiting) {
    const tab = page === 'below' ? 'remit' : page
    counts[tab] = (counts[tab] ?? 0) + count
  }
  return counts
}
