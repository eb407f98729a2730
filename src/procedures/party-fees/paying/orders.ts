/** Orders to pay (lệnh nộp): made once for the same open lines, paid to the cell's account or the nearest above it, and found again. */
import { randomBytes } from 'node:crypto'
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { KEY_BYTES, makePaymentKey } from '../../../payments/payment-key.ts'
import { VIETQR_PROVIDER } from '../../../payments/provider.ts'
import { orderedOf, type Asker, type LineName, type LineStanding } from '../law/ordering.ts'
import type { When } from './booking.ts'

/** An account that receives fees. */
export interface Account {
  readonly id: string
  readonly organisationId: string
  readonly organisationName: string
  readonly bin: string
  readonly number: string
  readonly holder: string
}

/** Asked for again within this time, the same lines have the same order: one key, however many phones. */
const SAME_ORDER_HOURS = 24

export interface OrderAsked {
  /** made by the page; also the order's id */
  readonly commandId: string
  readonly lines: readonly LineName[]
  readonly asker: Asker
  /** in whose name it is paid */
  readonly payer: string
  readonly madeBy: string
}

/** How the named lines stand, those that there are. */
export function standingOf(read: Read, lines: readonly LineName[]): Promise<LineStanding[]> {
  return read.rows(sql`
    select l.member_id as "memberId", l.period, l.number, l.organisation_id as "organisationId", l.amount_vnd as "amountVnd",
           l.replaced, l.payment_id is not null as paid, l.waiting
      from unnest(${lines.map(({ memberId }) => memberId)}::uuid[], ${lines.map(({ period }) => period)}::date[],
                  ${lines.map(({ number }) => number)}::smallint[]) as a(member_id, period, number)
      join fee_line_now l on l.member_id = a.member_id and l.period = a.period and l.number = a.number`)
}

/** The account in use of the cell, else of the nearest above it; not of one whose money runs top-down (fee_share). */
export function receivingAccount(read: Read, cellId: string, today: PlainDate): Promise<Account | undefined> {
  return read.maybe(sql`
    select a.id, a.organisation_id as "organisationId", p.name as "organisationName", a.bank_bin as bin,
           a.account_number as number, a.holder
      from organisation_line_up(${cellId}, ${today}::date) up
      join fee_account a on a.organisation_id = up.id and a.verified_at is not null and a.retired_at is null
                        and a.set_aside_at is null
      join organisation_period p on p.organisation_id = up.id and p.valid_from <= ${today}::date
                                and (p.valid_to is null or ${today}::date < p.valid_to)
     where 'top-down' is distinct from (select s.direction from fee_share s
                                         where s.organisation_id = up.id and s.valid_from <= ${today}::date
                                         order by s.valid_from desc limit 1)
     order by length(p.path) desc limit 1`)
}

/** The text of an order's QR code. */
export async function qrTextOf(
  order: { readonly key: string; readonly amountVnd: number },
  account: Pick<Account, 'bin' | 'number'>,
  on: PlainDate,
): Promise<string> {
  const payee = { bin: account.bin, account: account.number }
  const { qrText } = await VIETQR_PROVIDER.createOrder(
    { key: order.key, amountVnd: order.amountVnd, payee },
    on,
  )
  return qrText
}

/**
 * Makes an order to pay by transfer, or finds the one made for the same lines within a day. One payer's orders are made
 * one after the other.
 *
 * @returns its id
 * @throws Refusal as `orderedOf`; against-rule `party-fees.no-account`; conflict `command.reused`
 */
export async function makeOrder(write: Write, asked: OrderAsked, { at, today }: When): Promise<string> {
  const { commandId, lines, asker, payer, madeBy } = asked
  await write.rows(sql`select pg_advisory_xact_lock(hashtextextended('fee-order ' || ${payer}::text, 0))`)
  const before = await write.maybe<{ madeBy: string }>(
    sql`select made_by as "madeBy" from fee_order where id = ${commandId}`,
  )
  if (before && before.madeBy !== madeBy) throw new Refusal('conflict', 'command.reused')
  if (before) return commandId
  const ordered = orderedOf(lines, await standingOf(write, lines), asker)
  const account = await receivingAccount(write, ordered.organisationId, today)
  if (!account) throw new Refusal('against-rule', 'party-fees.no-account')
  const again = await sameOrder(write, payer, account.id, ordered.lines, at)
  if (again) return again
  const key = makePaymentKey(randomBytes(KEY_BYTES))
  await qrTextOf({ key, amountVnd: ordered.amountVnd }, account, today) // an amount no code carries is refused now
  await insertOrders(
    write,
    [
      {
        id: commandId,
        key,
        payerId: payer,
        organisationId: ordered.organisationId,
        accountId: account.id,
        madeBy,
        lines: ordered.lines,
      },
    ],
    at,
  )
  return commandId
}

/** An unpaid order of this payer for exactly these lines. */
async function sameOrder(
  read: Read,
  payer: string,
  accountId: string,
  lines: readonly LineStanding[],
  at: Date,
): Promise<string | undefined> {
  const since = new Date(at.getTime() - SAME_ORDER_HOURS * 3_600_000)
  const names = lines.map(({ memberId, period, number }) => `${memberId} ${period} ${number}`).toSorted()
  const found = await read.maybe<{ id: string }>(sql`
    select o.id from fee_order o
     where o.payer_id = ${payer} and o.account_id = ${accountId} and o.made_at > ${since}
       and not exists (select from fee_payment p where p.order_id = o.id)
       and (select array_agg(concat_ws(' ', l.member_id, l.period, l.number) collate "C"
                             order by concat_ws(' ', l.member_id, l.period, l.number) collate "C")
              from fee_order_line l where l.order_id = o.id) = ${names}::text[]
     order by o.made_at desc limit 1`)
  return found?.id
}

export interface NewOrder {
  readonly id: string
  readonly key: string
  readonly payerId: string
  readonly organisationId: string
  /** absent for cash */
  readonly accountId?: string
  readonly madeBy: string
  readonly lines: readonly (LineName & { readonly amountVnd: number })[]
}

/** Orders with their lines, in two statements. */
export async function insertOrders(write: Write, orders: readonly NewOrder[], at: Date): Promise<void> {
  const rows = orders.map(({ id, key, payerId, organisationId, accountId, madeBy, lines }) => ({
    id,
    key,
    payer_id: payerId,
    organisation_id: organisationId,
    account_id: accountId ?? null,
    amount_vnd: lines.reduce((sum, { amountVnd }) => sum + amountVnd, 0),
    made_by: madeBy,
  }))
  const lines = orders.flatMap(({ id, lines: own }) =>
    own.map(({ memberId, period, number, amountVnd }) => ({
      order_id: id,
      member_id: memberId,
      period,
      number,
      amount_vnd: amountVnd,
    })),
  )
  await write.run(sql`
    insert into fee_order (id, key, payer_id, organisation_id, method, account_id, amount_vnd, made_by, made_at)
    select id, key, payer_id, organisation_id, case when account_id is null then 'cash' else 'transfer' end, account_id,
           amount_vnd, made_by, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, key text, payer_id uuid, organisation_id uuid,
             account_id uuid, amount_vnd bigint, made_by uuid)`)
  await write.run(sql`
    insert into fee_order_line (order_id, member_id, period, number, amount_vnd)
    select order_id, member_id, period, number, amount_vnd
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as t(order_id uuid, member_id uuid, period date, number smallint,
             amount_vnd bigint)`)
}

export interface OrderLine extends LineName {
  readonly amountVnd: number
  /** paid by another payment, or replaced: money sent for this order would come too much */
  readonly taken: boolean
}

/** An order with everything its page says. */
export interface Order {
  readonly id: string
  readonly key: string
  readonly payerId: string
  readonly payerName: string
  readonly organisationId: string
  readonly organisationName: string
  readonly amountVnd: number
  readonly madeAt: Date
  readonly account: Account
  readonly lines: readonly OrderLine[]
  readonly payment: {
    readonly id: string
    readonly paidAt: Date
    readonly receiptNumber: number
    readonly receiptYear: number
  } | null
  /** the last line of the bank's that named it and was put aside */
  readonly putAside: { readonly outcome: string; readonly amountVnd: number } | null
}

/**
 * An order by transfer that the asker may know of: the payer, or those in charge of its cell.
 *
 * @throws Refusal not-found `party-fees.order-unknown`
 */
export async function getOrder(read: Read, id: string, asker: Asker): Promise<Order> {
  const theirs =
    asker.kind === 'own'
      ? sql`o.payer_id = ${asker.memberId}`
      : sql`o.organisation_id = ${asker.organisationId}`
  const row = await read.maybe<
    Omit<Order, 'madeAt' | 'payment'> & { madeAt: Date; payment: PaymentText | null }
  >(sql`
    select o.id, o.key, o.payer_id as "payerId", m.full_name as "payerName", o.organisation_id as "organisationId",
           (select name from organisation_period z where z.organisation_id = o.organisation_id order by z.valid_from desc limit 1)
             as "organisationName",
           o.amount_vnd as "amountVnd", o.made_at as "madeAt",
           (select json_build_object('id', a.id, 'organisationId', a.organisation_id, 'bin', a.bank_bin, 'number', a.account_number,
                                     'holder', a.holder, 'organisationName',
                                     (select name from organisation_period z where z.organisation_id = a.organisation_id
                                       order by z.valid_from desc limit 1))
              from fee_account a where a.id = o.account_id) as account,
           (select json_agg(json_build_object('memberId', l.member_id, 'period', l.period, 'number', l.number,
                     'amountVnd', l.amount_vnd,
                     'taken', coalesce(n.payment_id is not null and n.payment_id is distinct from p.id or n.replaced, true))
                     order by l.period, l.member_id)
              from fee_order_line l
              left join fee_line_now n on n.member_id = l.member_id and n.period = l.period and n.number = l.number
             where l.order_id = o.id) as lines,
           case when p.id is not null then json_build_object('id', p.id, 'paidAt', p.paid_at, 'receiptNumber', p.receipt_number,
                                                             'receiptYear', p.receipt_year) end as payment,
           (select json_build_object('outcome', b.outcome, 'amountVnd', b.amount_vnd)
              from bank_line b where b.account_id = o.account_id and b.order_id = o.id
                                and b.outcome <> 'matched' order by b.id desc limit 1) as "putAside"
      from fee_order o join member m on m.id = o.payer_id left join fee_payment p on p.order_id = o.id
     where o.id = ${id} and o.method = 'transfer' and ${theirs}`)
  if (!row) throw new Refusal('not-found', 'party-fees.order-unknown')
  const { payment } = row
  return { ...row, payment: payment && { ...payment, paidAt: new Date(payment.paidAt) } }
}

type PaymentText = Omit<NonNullable<Order['payment']>, 'paidAt'> & { readonly paidAt: string }
