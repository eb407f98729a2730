/** Months that have lines already when a declaration is approved or a relief decided: what is missing is added, nothing that stands is changed. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { beforePayments } from '../paying/locks.ts'
import { formatMonth, monthOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { numberVi } from '../../../kernel/vietnamese-numbers.ts'
import { derivedId } from '../../../web/command-ids.ts'
import { catchUpOf, type Answer, type Step } from '../law/catching-up.ts'
import { firstDayOfPeriod, periodsFrom, type Period } from '../law/period.ts'
import type { Outcome } from '../law/schedule.ts'
import { assessMonthIn } from './assess.ts'
import { cellOfGuestMonth } from './guest-month.ts'
import { addDifference, replaceLine, standingLines, type Handling } from './lines.ts'
import { horizonOn } from './schedule.ts'

/** What the months follow from: lines of either kind may be followed again. */
type Because = 'redeclared' | 'relief'

/** What is to be done of the months from `from` to today, and of those assessed ahead; and what will be left as it is. */
export async function planCatchUp(
  read: Read,
  memberId: string,
  from: Period,
  today: PlainDate,
  answerOf: (period: Period) => Outcome | undefined,
  kind: Because = 'redeclared',
): Promise<Step[]> {
  const now = monthOf(today)
  const first = await firstCountedMonth(read, memberId)
  const horizon = firstDayOfPeriod(horizonOn(today))
  const lines = await standingLines(read, memberId, firstDayOfPeriod(from), horizon)
  const ahead = [...new Set(lines.map(({ period }) => monthOf(period)))].filter((period) => period > now)
  const decided = await decidedMonths(read, memberId, from)
  const answers = [...periodsFrom(from, now), ...ahead].flatMap((period): Answer[] => {
    const outcome = answerOf(period)
    if (!outcome || outcome.amountVnd === null || outcome.class === null) return []
    return [
      {
        period,
        amountVnd: outcome.amountVnd,
        class: outcome.class,
        baseVnd: outcome.baseVnd,
        counted: first !== undefined && period >= first,
        decided: decided.has(period),
        lines: lines
          .filter((line) => monthOf(line.period) === period)
          .map(({ number, amountVnd, paidAt }) => ({ number, amountVnd, paid: paidAt !== null })),
      },
    ]
  })
  return catchUpOf(answers, kind === 'relief' ? 'replace' : 'arrears')
}

interface CatchingUp {
  readonly memberId: string
  readonly from: Period
  /** the declaration or the decision: asked twice, nothing is done twice */
  readonly because: string
  readonly kind?: Because
  /** begins the reason of each line */
  readonly reason?: string
}

/** Does what `planCatchUp` says by the schedule that was just written. @returns the steps, also those that change nothing */
export async function catchUp(write: Write, catching: CatchingUp, handling: Handling): Promise<Step[]> {
  const { memberId, from, kind } = catching
  const outcomes = await scheduled(write, memberId, from, horizonOn(handling.today))
  const steps = await planCatchUp(
    write,
    memberId,
    from,
    handling.today,
    (period) => outcomes.get(period),
    kind,
  )
  if (steps.some((step) => step.kind === 'replace')) await beforePayments(write)
  for (const step of steps) await take(write, catching, step, handling)
  return steps
}

async function take(
  write: Write,
  { memberId, because, kind = 'redeclared', reason: begins = 'Kê khai mới được duyệt' }: CatchingUp,
  step: Step,
  handling: Handling,
): Promise<void> {
  const period = firstDayOfPeriod(step.period)
  if (step.kind === 'assess') {
    await assessMonthIn(write, period, handling.today, [memberId])
    return
  }
  const reason = `${begins}: ${formatMonth(step.period)} đã xác định ${numberVi(step.beforeVnd)} đ, nay ${numberVi(step.afterVnd)} đ`
  if (step.kind === 'kept') return
  // What the own cell approves of a month that a guest pays elsewhere is due there.
  const guestCell = await cellOfGuestMonth(write, memberId, period, handling.today)
  if (step.kind === 'arrears') {
    const change = {
      id: derivedId(`${because} ${period} arrears`),
      amountVnd: step.afterVnd - step.beforeVnd,
      reason,
    }
    const like = { memberId, period, class: step.class, baseVnd: step.baseVnd }
    await addDifference(write, like, change, { ...handling, cell: guestCell ?? handling.cell })
  }
  if (step.kind !== 'replace') return
  const lines = await standingLines(write, memberId, period, period)
  for (const { number, amountVnd } of step.replacements) {
    const line = lines.find((each) => each.number === number)
    if (!line) throw new Error('a line that was to be replaced is gone')
    const change = { id: derivedId(`${because} ${period} ${number}`), amountVnd, reason }
    const like = { ...line, class: step.class, baseVnd: step.baseVnd }
    // What is granted changes the amount, not whose the line is.
    const cell = kind === 'relief' ? line.organisationId : (guestCell ?? handling.cell)
    await replaceLine(write, like, change, kind, { ...handling, cell })
  }
}

async function scheduled(
  read: Read,
  memberId: string,
  from: Period,
  until: Period,
): Promise<Map<Period, Outcome>> {
  const rows = await read.rows<Outcome & { period: Period }>(sql`
    select to_char(month, 'YYYY-MM') as period, s.class, s.base_vnd as "baseVnd", s.amount_vnd as "amountVnd"
      from generate_series(${firstDayOfPeriod(from)}::date, ${firstDayOfPeriod(until)}::date, interval '1 month') month
      join fee_schedule s on s.member_id = ${memberId} and s.from_period <= month::date and (s.until_period is null or s.until_period >= month::date)
     where s.refusal is null`)
  return new Map(rows.map(({ period, ...outcome }) => [period, outcome]))
}

/**
 * The first month that the cell collects by itself: of a new member the month of coming; of one who was introduced from
 * elsewhere, the month after the one of leaving, for the month in which the letter is written is the sending cell's.
 */
async function firstCountedMonth(read: Read, memberId: string): Promise<Period | undefined> {
  const row = await read.maybe<{ month: Period }>(sql`
    select to_char(coalesce(
             (select max(t.since) + interval '1 month' from membership t
               where t.member_id = m.member_id and t.standing = 'in-transit' and t.until = m.since),
             case when exists (select from membership b where b.member_id = m.member_id and b.since < m.since)
                       and m.since > date_trunc('month', m.since)::date
                  then m.since + interval '1 month' else m.since end), 'YYYY-MM') as month
      from membership m where m.member_id = ${memberId} and m.until is null and m.standing = 'active'`)
  return row?.month
}

/**
 * Months in which somebody decided an amount by hand: they are not touched. A line that only changed its cell, or is open again
 * with the amount it had, was not decided.
 */
async function decidedMonths(read: Read, memberId: string, from: Period): Promise<Set<Period>> {
  const rows = await read.rows<{ period: Period }>(sql`
    select distinct to_char(c.period, 'YYYY-MM') as period from fee_change c
     where c.member_id = ${memberId} and c.period >= ${firstDayOfPeriod(from)}::date and c.kind not in ('redeclared', 'relief', 'moved')
       and not (c.kind = 'refunded' and exists (
         select from fee_line l where l.member_id = c.member_id and l.period = c.period and l.number = c.replaces
                                  and l.amount_vnd = c.amount_vnd))`)
  return new Set(rows.map(({ period }) => period))
}
