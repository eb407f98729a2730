/** A refund step by step, each step one transaction: asked, checked, approved with its bookings, refused, withdrawn, paid out, closed. */
import { sql, type Database, type Write } from '../../../kernel/db.ts'
import { todayIn, type PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { SettingsOfDay } from '../../../kernel/settings.ts'
import { addWorkingDays, type WorkCalendar } from '../../../kernel/working-time.ts'
import { voidPapers } from '../../../papers/store.ts'
import type { Handler, Handling } from '../assessing/lines.ts'
import { peopleSince } from '../assessing/people.ts'
import { nameOfLine, type Asker, type LineName } from '../law/ordering.ts'
import {
  linesToRefund,
  requireApprovable,
  requireCheckable,
  requireClosable,
  requirePayable,
  requireRefusable,
  requireWithdrawable,
  type RefundReason,
} from '../law/refunds.ts'
import { transactionAgain } from '../paying/again.ts'
import { insertTransfers, type Transfer } from '../paying/booking.ts'
import { cashInHand } from '../paying/cash.ts'
import { beforePayments, lockHand, lockPayment } from '../paying/locks.ts'
import { linesOfPayment, openAgain } from '../paying/open-again.ts'
import { receiptPapersOf } from '../paying/receipts.ts'
import { insertMoved, keepTargets, tellMoved } from './correction.ts'
import { paidBefore, whoHolds } from './paid.ts'
import { REFUND_WORKING_DAYS } from './settings.ts'
import { findRefund, refundFor, type Refund, type TargetAccount } from './refunds.ts'
import { nearestHandlers, tellHandlers, tellMember } from './telling.ts'

export interface AskedBack {
  /** made by the page; also the refund's id */
  readonly commandId: string
  readonly paymentId: string
  readonly lines: readonly LineName[]
  readonly reason: RefundReason
  readonly note: string | undefined
  /** undefined: cash, or a correction */
  readonly target: TargetAccount | undefined
  /** a correction: the lines the money is to pay */
  readonly to?: readonly LineName[]
}

export interface Now {
  readonly at: Date
  readonly today: PlainDate
  readonly calendar: WorkCalendar
  readonly settings: SettingsOfDay
}

/**
 * Asks money back, of the whole payment or of ticked lines, or asks that it pay other lines. The same form again asks once.
 *
 * @returns the refund's id
 * @throws Refusal as `paidBefore`, `linesToRefund` and `keepTargets`; conflict `party-fees.refund-open`, `command.reused`; invalid
 *   `party-fees.refund-by-transfer-only`
 */
export function askRefund(
  database: Database,
  asked: AskedBack,
  { asker, by }: { readonly asker: Asker; readonly by: string },
  now: Now,
): Promise<string> {
  const { commandId, paymentId, target } = asked
  return transactionAgain(database, async (write) => {
    await lockPayment(write, paymentId)
    const paid = await paidBefore(write, paymentId, asker, now.today)
    const before = await findRefund(write, commandId)
    if (before && !isAsked(before, asked)) throw new Refusal('conflict', 'command.reused')
    if (before) return commandId
    if (await isUndecided(write, paymentId)) throw new Refusal('conflict', 'party-fees.refund-open')
    const method = methodOf(asked)
    if (method === 'cash' && paid.method !== 'cash')
      throw new Refusal('invalid', 'party-fees.refund-by-transfer-only')
    const lines = linesToRefund(paid.lines, asked.lines.map(nameOfLine), nameOfLine)
    const amountVnd = sumOf(lines)
    const dueOn = addWorkingDays(now.calendar, now.today, now.settings.get(REFUND_WORKING_DAYS))
    await write.run(sql`
      insert into fee_refund (id, payment_id, organisation_id, payer_id, asked_by, asked_at, due_on, reason, note, amount_vnd,
                              method, bank_bin, account_number, holder, paying_id, handed_from)
      values (${commandId}, ${paymentId}, ${paid.organisationId}, ${paid.payerId}, ${by}, ${now.at}, ${dueOn}, ${asked.reason},
              ${asked.note ?? null}, ${amountVnd}, ${method}, ${target?.bin ?? null}, ${target?.number ?? null},
              ${target?.holder ?? null}, ${await whoHolds(write, paid, method === 'move' ? paid.method : method, now.today)},
              ${paid.paidTo === paid.organisationId ? [] : [paid.paidTo]}::uuid[])`)
    const rows = lines.map((line) => ({
      memberId: line.memberId,
      period: line.period,
      number: line.number,
      amountVnd: line.amountVnd,
    }))
    await write.run(sql`
      insert into fee_refund_line (refund_id, member_id, period, number, amount_vnd)
      select ${commandId}, "memberId", period, number, "amountVnd"
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t("memberId" uuid, period date, number smallint, "amountVnd" bigint)`)
    if (asked.to)
      await keepTargets(write, commandId, asked.to, { asker, organisationId: paid.organisationId, amountVnd })
    const members = [...lines, ...(asked.to ?? [])].map(({ memberId }) => memberId)
    const parties = [by, paid.payerId, ...members]
    const kept = await peopleSince(write, parties, now.at)
    const first = await nearestHandlers(write, paid.organisationId, kept, now.today)
    await tellHandlers(write, first, 'party-fees.refund-asked', { at: now.at })
    if (by !== paid.payerId)
      await tellMember(write, paid.payerId, 'party-fees.refund-asked-for-you', now.at, { day: dueOn })
    return commandId
  })
}

function methodOf({ to, target }: AskedBack): Refund['method'] {
  if (to) return 'move'
  return target ? 'transfer' : 'cash'
}

/** Whether the same was asked by this id before; which lines a correction pays may have followed a reorganisation since. */
function isAsked(before: Refund, asked: AskedBack): boolean {
  const lines = new Set(before.lines.map(nameOfLine))
  return (
    before.paymentId === asked.paymentId &&
    before.reason === asked.reason &&
    before.note === (asked.note ?? null) &&
    before.method === methodOf(asked) &&
    before.number === (asked.target?.number ?? null) &&
    asked.lines.every((line) => lines.has(nameOfLine(line)))
  )
}

async function isUndecided(write: Write, paymentId: string): Promise<boolean> {
  const found = await write.maybe(
    sql`select 1 from fee_refund where payment_id = ${paymentId} and status in ('asked', 'checked')`,
  )
  return found !== undefined
}

const sumOf = (lines: readonly { readonly amountVnd: number }[]): number =>
  lines.reduce((sum, { amountVnd }) => sum + amountVnd, 0)

/**
 * One step of a refund the asker may know of, with everything about its payment standing still.
 *
 * @param first what is to be held before that
 */
function step<Done>(
  database: Database,
  id: string,
  { asker, today }: { readonly asker: Asker; readonly today: PlainDate },
  work: (write: Write, refund: Refund) => Promise<Done>,
  first?: (write: Write) => Promise<void>,
): Promise<Done> {
  return transactionAgain(database, async (write) => {
    const { paymentId } = await refundFor(write, id, asker, today)
    await first?.(write)
    await lockPayment(write, paymentId)
    return work(write, await refundFor(write, id, asker, today))
  })
}

const asCell = ({ cell, today }: Handling) => ({
  asker: { kind: 'cell', organisationId: cell } as const,
  today,
})

export interface CheckedBack {
  /** why the account is taken although its holder is not the payer by name */
  readonly holderReason: string | undefined
  /** what months cost in truth, by `nameOfLine`, where they were paid with another amount */
  readonly rightVnd: ReadonlyMap<string, number>
}

/**
 * The first person has compared with the bank's line and looked at the account.
 *
 * @throws Refusal as `refundFor` and `requireCheckable`
 */
export function checkRefund(
  database: Database,
  id: string,
  { holderReason, rightVnd }: CheckedBack,
  handling: Handler,
): Promise<void> {
  const { by, at, today } = handling
  return step(database, id, asCell(handling), async (write, refund) => {
    if (refund.status === 'checked' && refund.checkedBy === by) return
    const people = await peopleSince(write, handling.people, refund.askedAt)
    requireCheckable(refund, { people, holderReason })
    for (const line of refund.lines) {
      const right = rightVnd.get(nameOfLine(line))
      if (right === undefined || right === line.amountVnd) continue
      await write.run(sql`
        update fee_refund_line set right_vnd = ${right}
         where refund_id = ${id} and member_id = ${line.memberId} and period = ${line.period}::date and number = ${line.number}`)
    }
    await write.run(sql`
      update fee_refund set status = 'checked', checked_by = ${by}, checked_at = ${at}, holder_reason = ${holderReason ?? null}
       where id = ${id}`)
    const parties = [by, refund.askedBy, refund.payerId, ...refund.members]
    const kept = await peopleSince(write, parties, refund.askedAt)
    const second = await nearestHandlers(write, refund.organisationId, kept, today)
    await tellHandlers(write, second, 'party-fees.refund-second', { at })
    await tellMember(write, refund.payerId, 'party-fees.refund-checked', at)
  })
}

/**
 * The second person approves: each month is open again, the receipt is void, and the money is owed to the payer, or, in a
 * correction, pays its new lines at once.
 *
 * @throws Refusal as `refundFor` and `requireApprovable`; conflict `party-fees.refunded-already`
 */
export function approveRefund(database: Database, id: string, handling: Handler): Promise<void> {
  const { by, at } = handling
  const approve = async (write: Write, refund: Refund): Promise<void> => {
    if (refund.approvedBy === by) return
    requireApprovable(refund, await peopleSince(write, handling.people, refund.askedAt))
    const { organisationId, paymentId, payerId } = refund
    // Cash is given back by its taker too, on the same day: whoever comes first has it.
    if (refund.payment.method === 'cash') await lockHand(write, organisationId)
    const paid = await linesOfPayment(write, paymentId)
    const lines = linesToRefund(paid, refund.lines.map(nameOfLine), nameOfLine)
    const moved = refund.method === 'move' ? await insertMoved(write, refund, handling) : undefined
    const transfers = [...owedTransfers(refund, lines), ...(moved?.transfers ?? [])]
    await write.run(insertTransfers(transfers, handling))
    const right = new Map(refund.lines.map((line) => [nameOfLine(line), line.rightVnd]))
    const again = lines.map((line) => ({ ...line, amountVnd: right.get(nameOfLine(line)) ?? line.amountVnd }))
    const what = moved ? 'Điều chỉnh khoản nộp' : 'Hoàn tiền'
    const reason = `${what}, biên lai số ${refund.payment.receiptNumber}/${refund.payment.receiptYear}`
    await openAgain(write, again, { reason, by }, handling)
    const opened = [...new Set(lines.map(({ memberId }) => memberId))]
    await voidPapers(write, receiptPapersOf(paymentId, paid, opened), reason, at)
    await write.run(sql`
      update fee_refund set status = ${moved ? 'closed' : 'approved'}, approved_by = ${by}, approved_at = ${at},
             closed_at = ${moved ? at : null}, moved_to = ${moved?.paymentId ?? null} where id = ${id}`)
    const others = opened.filter((member) => member !== payerId)
    for (const member of others) await tellMember(write, member, 'party-fees.refund-month-open', at)
    if (moved) return tellMoved(write, refund, at)
    await tellHandlers(write, refund.payingId, 'party-fees.refund-to-pay', { at })
    await tellMember(write, payerId, 'party-fees.refund-approved', at, { day: refund.dueOn })
  }
  return step(database, id, asCell(handling), approve, beforePayments)
}

/** The money of the lines, from now on owed to the payer. */
function owedTransfers(
  { id, organisationId, paymentId }: Refund,
  lines: readonly (LineName & { readonly amountVnd: number })[],
): Transfer[] {
  return lines.map(({ memberId, period, number, amountVnd }) => ({
    kind: 'refunded',
    debit: 'dues',
    debit_owner: organisationId,
    credit: 'refunds',
    credit_owner: organisationId,
    amount_vnd: amountVnd,
    member_id: memberId,
    period,
    line: number,
    payment_id: paymentId,
    document_id: id,
  }))
}

/**
 * Refused at either look, with the reason.
 *
 * @throws Refusal as `refundFor` and `requireRefusable`
 */
export function refuseRefund(database: Database, id: string, why: string, handling: Handler): Promise<void> {
  const { by, at } = handling
  return step(database, id, asCell(handling), async (write, refund) => {
    if (refund.status === 'refused' && refund.endedBy === by) return
    requireRefusable(refund, await peopleSince(write, handling.people, refund.askedAt))
    await write.run(sql`
      update fee_refund set status = 'refused', ended_by = ${by}, ended_at = ${at}, ended_why = ${why} where id = ${id}`)
    await tellMember(write, refund.payerId, 'party-fees.refund-refused', at)
  })
}

export interface Party {
  readonly asker: Asker
  /** the payer, also where somebody acts for the payer, or the officer */
  readonly as: string
  readonly by: string
  readonly at: Date
  readonly today: PlainDate
}

/** @throws Refusal as `refundFor` and `requireWithdrawable` */
export function withdrawRefund(database: Database, id: string, party: Party): Promise<void> {
  return step(database, id, party, async (write, refund) => {
    if (refund.status === 'withdrawn') return
    requireWithdrawable(refund, party.as)
    await write.run(sql`
      update fee_refund set status = 'withdrawn', ended_by = ${party.by}, ended_at = ${party.at} where id = ${id}`)
    if (party.as !== refund.payerId)
      await tellMember(write, refund.payerId, 'party-fees.refund-withdrawn', party.at)
  })
}

/** The payer says that the money has come. */
export function closeRefund(database: Database, id: string, party: Party): Promise<void> {
  return step(database, id, party, async (write, refund) => {
    if (refund.status === 'closed') return
    requireClosable(refund, party.as)
    await write.run(sql`update fee_refund set status = 'closed', closed_at = ${party.at} where id = ${id}`)
  })
}

export interface PaidBack {
  /** the day of the transfer, or on which the cash was given */
  readonly on: PlainDate
  /** the bank's own name of the transfer */
  readonly reference: string | undefined
}

/**
 * The money has gone back: from the account of who holds it, through `settlement` where that is another body, or out of the
 * cell's cash.
 *
 * @throws Refusal as `refundFor` and `requirePayable`; invalid `party-fees.refund-reference`; conflict
 *   `party-fees.refund-no-cash`
 */
export function payOutRefund(
  database: Database,
  id: string,
  { on, reference }: PaidBack,
  handling: Handler,
): Promise<void> {
  const { by, at, cell, today } = handling
  return step(database, id, asCell(handling), async (write, refund) => {
    if (refund.status === 'paid-out' && refund.paidBy === by && refund.bankReference === (reference ?? null))
      return
    const approvedOn = refund.approvedAt && todayIn(refund.approvedAt)
    const people = await peopleSince(write, handling.people, refund.askedAt)
    requirePayable({ ...refund, approvedOn }, { people, organisationId: cell, on, today })
    const { organisationId, amountVnd, method } = refund
    if (method === 'transfer' && reference === undefined)
      throw new Refusal('invalid', 'party-fees.refund-reference', {
        fields: [{ field: 'reference', code: 'party-fees.refund-reference' }],
      })
    if (method === 'cash') {
      await lockHand(write, organisationId)
      if ((await cashInHand(write, organisationId)) < amountVnd)
        throw new Refusal('conflict', 'party-fees.refund-no-cash')
    }
    await write.run(insertTransfers(paidBackTransfers(refund), handling))
    await write.run(sql`
      update fee_refund set status = 'paid-out', paid_by = ${by}, paid_at = ${at}, paid_on = ${on}::date,
             bank_reference = ${method === 'transfer' ? reference! : null} where id = ${id}`)
    await tellMember(write, refund.payerId, 'party-fees.refund-paid-out', at, { day: on })
  })
}

function paidBackTransfers({
  id,
  organisationId,
  payingId,
  amountVnd,
  method,
  paymentId,
}: Refund): Transfer[] {
  const back = { kind: 'paid-back', amount_vnd: amountVnd, payment_id: paymentId, document_id: id } as const
  const own = payingId === organisationId
  const from = method === 'cash' ? 'cash' : own ? 'bank' : 'settlement'
  const ofCell: Transfer = {
    ...back,
    debit: 'refunds',
    debit_owner: organisationId,
    credit: from,
    credit_owner: organisationId,
  }
  if (own) return [ofCell]
  return [
    ofCell,
    { ...back, debit: 'settlement', debit_owner: payingId, credit: 'bank', credit_owner: payingId },
  ]
}
