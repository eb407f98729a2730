/** Refunds in the database: one with its payment and the bank's line beside it, those of a payer, those that handlers see. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { inScope } from '../../../registry/organisations/store.ts'
import type { Handling } from '../assessing/lines.ts'
import { isWithinReach, reachOf } from '../collecting/reach.ts'
import type { Asker, LineStanding } from '../law/ordering.ts'
import type { RefundFacts, RefundReason } from '../law/refunds.ts'
import type { Shown } from './contract.ts'

export interface RefundLine {
  readonly memberId: string
  readonly fullName: string
  readonly period: PlainDate
  readonly number: number
  readonly amountVnd: number
  /** what the month costs in truth, where that is another amount */
  readonly rightVnd: number | null
}

export interface Refund extends RefundFacts {
  readonly id: string
  readonly paymentId: string
  readonly organisationName: string
  readonly payerName: string
  readonly askedByName: string
  readonly askedAt: Date
  readonly dueOn: PlainDate
  readonly reason: RefundReason
  readonly note: string | null
  /** move: a correction, to `targets` */
  readonly method: 'transfer' | 'cash' | 'move'
  readonly bin: string | null
  readonly number: string | null
  readonly holder: string | null
  readonly payingId: string
  readonly payingName: string
  readonly checkedByName: string | null
  readonly checkedAt: Date | null
  readonly holderReason: string | null
  readonly approvedBy: string | null
  readonly approvedByName: string | null
  readonly approvedAt: Date | null
  readonly paidBy: string | null
  readonly paidByName: string | null
  readonly paidOn: PlainDate | null
  readonly bankReference: string | null
  readonly endedBy: string | null
  readonly endedByName: string | null
  readonly endedAt: Date | null
  readonly endedWhy: string | null
  readonly closedAt: Date | null
  readonly lines: readonly RefundLine[]
  readonly targets: readonly (LineStanding & { readonly fullName: string })[]
  /** the payment as which a correction paid them */
  readonly movedTo: { readonly id: string; readonly receipt: string } | null
  readonly payment: PaymentBeside
}

/** What is compared: what was booked when the money came in, and what the bank told of it. */
export interface PaymentBeside {
  readonly receiptNumber: number
  readonly receiptYear: number
  /** a correction made it: the cell chose whose months it paid */
  readonly moved: boolean
  readonly paidAt: Date
  readonly method: 'transfer' | 'cash'
  readonly amountVnd: number
  readonly key: string
  readonly receiverName: string | null
  readonly bank: {
    readonly reference: string
    readonly content: string
    readonly amountVnd: number
    readonly bookedAt: Date
    readonly accountNumber: string
    readonly accountHolder: string
  } | null
}

const named = (id: ReturnType<typeof sql.ref>) =>
  sql`(select name from organisation_period z where z.organisation_id = ${id} order by z.valid_from desc limit 1)`

/** What a correction is to pay: each line as it stands, or the one that stands in its place since; once it is over, the lines it paid. */
const TARGETS = sql`(
  select coalesce(json_agg(json_build_object('memberId', n.member_id, 'fullName', x.full_name, 'period', n.period, 'number', n.number,
                    'organisationId', n.organisation_id, 'amountVnd', n.amount_vnd, 'replaced', n.replaced,
                    'paid', n.payment_id is not null, 'waiting', n.waiting) order by n.period, x.sort_key, x.id, n.number), '[]')
    from (select t.member_id, t.period, t.number from fee_refund_target t where t.refund_id = r.id and r.moved_to is null
          union all
          select o.member_id, o.period, o.number from fee_payment p join fee_order_line o on o.order_id = p.order_id
           where p.id = r.moved_to) g
    join member x on x.id = g.member_id
    join fee_line_now n on n.member_id = g.member_id and n.period = g.period and n.number = case
      when r.status not in ('asked', 'checked') then g.number else fee_line_in_place(g.member_id, g.period, g.number) end)`

const COLUMNS = sql`r.id, r.payment_id as "paymentId", r.organisation_id as "organisationId",
  ${named(sql.ref('r.organisation_id'))} as "organisationName", r.payer_id as "payerId", m.full_name as "payerName",
  r.asked_by as "askedBy", a.full_name as "askedByName", r.asked_at as "askedAt", r.due_on as "dueOn", r.reason, r.note,
  r.amount_vnd as "amountVnd", r.method, r.bank_bin as bin, r.account_number as number, r.holder, r.paying_id as "payingId",
  ${named(sql.ref('r.paying_id'))} as "payingName", r.status, r.checked_by as "checkedBy", c.full_name as "checkedByName",
  r.checked_at as "checkedAt", r.holder_reason as "holderReason", r.approved_by as "approvedBy", v.full_name as "approvedByName",
  r.approved_at as "approvedAt", r.paid_by as "paidBy", o.full_name as "paidByName", r.paid_on as "paidOn", r.bank_reference as "bankReference",
  r.ended_by as "endedBy", e.full_name as "endedByName", r.ended_at as "endedAt", r.ended_why as "endedWhy", r.closed_at as "closedAt",
  (select json_agg(json_build_object('memberId', l.member_id, 'fullName', x.full_name, 'period', l.period, 'number', l.number,
                                     'amountVnd', l.amount_vnd, 'rightVnd', l.right_vnd) order by l.period, x.sort_key, x.id, l.number)
     from fee_refund_line l join member x on x.id = l.member_id where l.refund_id = r.id) as lines,
  ${TARGETS} as targets,
  (select json_build_object('id', n.id, 'receipt', n.receipt_number || '/' || n.receipt_year)
     from fee_payment n where n.id = r.moved_to) as "movedTo",
  (select json_build_object('receiptNumber', p.receipt_number, 'receiptYear', p.receipt_year,
            'moved', p.moved_from is not null, 'paidAt', p.paid_at,
            'method', p.method, 'amountVnd', s.amount_vnd, 'key', d.key, 'receiverName', t.full_name,
            'bank', case when b.id is not null then json_build_object('reference', b.reference, 'content', b.content,
                      'amountVnd', b.amount_vnd, 'bookedAt', b.booked_at, 'accountNumber', f.account_number,
                      'accountHolder', f.holder) end)
     from fee_payment p join fee_payment s on s.id = coalesce(p.moved_from, p.id) join fee_order d on d.id = s.order_id
     left join member t on t.id = p.received_by
     left join bank_line b on b.id = p.bank_line_id left join fee_account f on f.id = b.account_id
    where p.id = r.payment_id) as payment`
const FROM = sql`fee_refund r join member m on m.id = r.payer_id join member a on a.id = r.asked_by
  left join member c on c.id = r.checked_by left join member v on v.id = r.approved_by left join member o on o.id = r.paid_by
  left join member e on e.id = r.ended_by`

type Row = Omit<Refund, 'members'>

function whole(row: Row): Refund {
  const { payment } = row
  const { bank } = payment
  return {
    ...row,
    members: [...new Set([...row.lines, ...row.targets].map(({ memberId }) => memberId))],
    // JSON carries instants as texts
    payment: {
      ...payment,
      paidAt: new Date(payment.paidAt),
      bank: bank && { ...bank, bookedAt: new Date(bank.bookedAt) },
    },
  }
}

export async function findRefund(read: Read, id: string): Promise<Refund | undefined> {
  const row = await read.maybe<Row>(sql`select ${COLUMNS} from ${FROM} where r.id = ${id}`)
  return row && whole(row)
}

/**
 * A refund that the asker may know of: its payer, who handles fees in the cell or above it, or who pays it out, wherever the
 * cell lies by then.
 *
 * @throws Refusal not-found `party-fees.refund-unknown`
 */
export async function refundFor(read: Read, id: string, asker: Asker, today: PlainDate): Promise<Refund> {
  const found = await findRefund(read, id)
  const theirs =
    found !== undefined &&
    (asker.kind === 'own'
      ? found.payerId === asker.memberId
      : isPaidBy(found, asker.organisationId) ||
        (await isWithinReach(read, found.organisationId, { cell: asker.organisationId, today })))
  if (!theirs) throw new Refusal('not-found', 'party-fees.refund-unknown')
  return found
}

/** A refund as somebody reads it: what it moves or opens for members that they are not told of is there as a sum. */
export interface ReadRefund extends Refund {
  readonly ofOthers: { readonly linesVnd: number; readonly targetsVnd: number }
}

/** Its payer is not told whose months the cell moves the money to, nor whose it had moved it to before; an officer is. */
export function readBy(refund: Refund, asker: Asker): ReadRefund {
  const { lines, targets, payment } = refund
  const isTold = ({ memberId }: { readonly memberId: string }) =>
    asker.kind === 'cell' || memberId === asker.memberId
  const ofOthers = {
    linesVnd: payment.moved ? sumOf(lines.filter((line) => !isTold(line))) : 0,
    targetsVnd: sumOf(targets.filter((line) => !isTold(line))),
  }
  return {
    ...refund,
    lines: payment.moved ? lines.filter(isTold) : lines,
    targets: targets.filter(isTold),
    ofOthers,
  }
}

const sumOf = (lines: readonly { readonly amountVnd: number }[]): number =>
  lines.reduce((sum, { amountVnd }) => sum + amountVnd, 0)

/** From its approval on a refund concerns the body that pays it, also where the cell has moved under another one meanwhile. */
const isPaidBy = ({ payingId, status, method }: Refund, organisationId: string): boolean =>
  payingId === organisationId && method !== 'move' && ['approved', 'paid-out', 'closed'].includes(status)
const paidBy = (organisationId: string) =>
  sql`r.paying_id = ${organisationId} and r.method <> 'move' and r.status in ('approved', 'paid-out', 'closed')`

/** A line of the lists: whose, how much, until when, where it stands. */
export interface RefundShort extends Pick<
  Refund,
  | 'id'
  | 'organisationId'
  | 'organisationName'
  | 'payerId'
  | 'payerName'
  | 'askedBy'
  | 'checkedBy'
  | 'payingId'
  | 'payingName'
  | 'dueOn'
  | 'amountVnd'
  | 'method'
  | 'status'
> {
  readonly receipt: string
}

const SHORT = sql`r.id, r.organisation_id as "organisationId", ${named(sql.ref('r.organisation_id'))} as "organisationName",
  r.payer_id as "payerId", m.full_name as "payerName", r.asked_by as "askedBy", r.checked_by as "checkedBy",
  r.paying_id as "payingId", ${named(sql.ref('r.paying_id'))} as "payingName", r.due_on as "dueOn",
  r.amount_vnd as "amountVnd", r.method, r.status, p.receipt_number || '/' || p.receipt_year as receipt`
const SHORT_FROM = sql`fee_refund r join member m on m.id = r.payer_id join fee_payment p on p.id = r.payment_id`

const OPEN = sql`r.status in ('asked', 'checked', 'approved')`

/** Those of the handlers' organisation, of all below, and those it pays out: open ones by their day, late ones, or what is over by the newest. */
export async function refundsWithin(
  read: Read,
  handling: Pick<Handling, 'cell' | 'today'>,
  asked: { readonly shown: Shown; readonly most: number; readonly from: number },
): Promise<{ rows: RefundShort[]; counts: Readonly<Record<Shown, number>> }> {
  const { cell, today } = handling
  const within = sql`(${paidBy(cell)} or exists (select from organisation_period p where p.organisation_id = r.organisation_id
    and p.valid_from <= ${today}::date and (p.valid_to is null or ${today}::date < p.valid_to)
    and ${inScope(await reachOf(read, handling))}))`
  const late = sql`${OPEN} and r.due_on < ${today}::date`
  const which = { open: OPEN, late, over: sql`not (${OPEN})` }[asked.shown]
  const order = asked.shown === 'over' ? sql`r.asked_at desc, r.id` : sql`r.due_on, r.asked_at, r.id`
  const [rows, counts] = await Promise.all([
    read.rows<RefundShort>(sql`
      select ${SHORT} from ${SHORT_FROM} where ${within} and ${which} order by ${order} limit ${asked.most} offset ${asked.from}`),
    read.one<Record<Shown, number>>(sql`
      select count(*) filter (where ${OPEN})::int as open, count(*) filter (where ${late})::int as late,
             count(*) filter (where not (${OPEN}))::int as over from fee_refund r where ${within}`),
  ])
  return { rows, counts }
}

/** What a payer asked back, newest first. */
export function refundsOfPayer(read: Read, payerId: string): Promise<RefundShort[]> {
  return read.rows<RefundShort>(sql`
    select ${SHORT} from ${SHORT_FROM} where r.payer_id = ${payerId} order by r.asked_at desc, r.id limit 12`)
}

/** A refund of the payment that is not decided yet. */
export async function openRefundOf(read: Read, paymentId: string): Promise<string | undefined> {
  const found = await read.maybe<{ id: string }>(
    sql`select id from fee_refund where payment_id = ${paymentId} and status in ('asked', 'checked')`,
  )
  return found?.id
}

export interface TargetAccount {
  readonly bin: string
  readonly number: string
  readonly holder: string
}

/** The account that money of the payer's went back to last, or was to; a cell sees what it was itself told. */
export function lastTargetOf(read: Read, payerId: string, asker: Asker): Promise<TargetAccount | undefined> {
  const told = asker.kind === 'cell' ? sql`organisation_id = ${asker.organisationId}` : sql`true`
  return read.maybe<TargetAccount>(sql`
    select bank_bin as bin, account_number as number, holder from fee_refund
     where payer_id = ${payerId} and method = 'transfer' and ${told} order by asked_at desc, id limit 1`)
}
