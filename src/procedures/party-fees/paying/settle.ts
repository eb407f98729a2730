/** What a bank tells (báo có), settled many at once: each line kept once, known by its key, booked with its receipt, or put aside for review. */
import { isPassing, sql, type Database, type Read, type Write } from '../../../kernel/db.ts'
import { orderedId } from '../../../kernel/ordered-id.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { judge, type Judged, type KnownOrder, type Outcome } from '../law/outcome.ts'

/** A line of a bank account as somebody told it: by a callback, or in a statement. */
export interface ToldLine {
  /** the account (fee_account) it is of */
  readonly accountId: string
  /** the bank's own name of the line: told twice, it is one line */
  readonly reference: string
  readonly amountVnd: number
  readonly direction: 'in' | 'out'
  readonly content: string
  readonly bookedAt: Date
  readonly source: 'sepay' | 'casso' | 'payos' | 'statement'
  /** the payment key found in the content; absent when none was, or several */
  readonly key?: string
}

export interface Settled {
  readonly outcome: Outcome
  /** true: the line had been told before, and nothing new happened */
  readonly repeated: boolean
}

interface When {
  readonly at: Date
  readonly today: PlainDate
}

/** Two processes that settle the same line, order or receipt at one moment: the later asks again what is true then. */
const MOST_TRIES = 5

/**
 * Settles lines in the order given, in one transaction. The same line again, in this call or a later one, is answered as it
 * was the first time.
 */
export async function settleLines(
  database: Database,
  told: readonly ToldLine[],
  when: When,
): Promise<Settled[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await database.transaction((write) => settleIn(write, told, when))
    } catch (error) {
      if (tries === MOST_TRIES || !isPassing(error)) throw error
    }
  }
}

/** `settleLines` inside a transaction that is open already. */
async function settleIn(write: Write, told: readonly ToldLine[], when: When): Promise<Settled[]> {
  const { before, orders, owners } = await knownOf(write, told)
  const fresh = new Map(told.toReversed().map((line) => [nameOf(line), line]))
  for (const name of before.keys()) fresh.delete(name)
  const lines = told.filter((line) => fresh.get(nameOf(line)) === line)
  const judged = judge(lines, orders)
  if (judged.length > 0) await book(write, judged, owners, when)
  const outcomes = new Map(judged.map(({ line, outcome }) => [nameOf(line), outcome]))
  return told.map((line) => ({
    outcome: outcomes.get(nameOf(line)) ?? before.get(nameOf(line))!,
    repeated: fresh.get(nameOf(line)) !== line,
  }))
}

function nameOf({ accountId, reference }: ToldLine): string {
  return `${accountId} ${reference}`
}

interface Owned extends KnownOrder {
  /** the cell whose lines it pays */
  readonly organisationId: string
  readonly payerId: string
}

interface Known {
  /** what was made of lines told before, by their names */
  readonly before: ReadonlyMap<string, Outcome>
  /** by key */
  readonly orders: ReadonlyMap<string, Owned>
  /** whose account each is */
  readonly owners: ReadonlyMap<string, string>
}

async function knownOf(read: Read, told: readonly ToldLine[]): Promise<Known> {
  const keys = [...new Set(told.flatMap(({ key }) => key ?? []))]
  const { before, orders, owners } = await read.one<{
    before: { name: string; outcome: Outcome }[] | null
    orders: (Owned & { key: string })[] | null
    owners: { id: string; owner: string }[] | null
  }>(sql`
    select (select json_agg(json_build_object('name', b.account_id || ' ' || b.reference, 'outcome', b.outcome))
              from unnest(${told.map(({ accountId }) => accountId)}::uuid[], ${told.map(({ reference }) => reference)}::text[])
                     as t(account_id, reference)
              join bank_line b using (account_id, reference)) as before,
           (select json_agg(json_build_object('key', o.key, 'id', o.id, 'accountId', o.account_id, 'amountVnd', o.amount_vnd,
                     'organisationId', o.organisation_id, 'payerId', o.payer_id,
                     'paid', exists (select from fee_payment p where p.order_id = o.id),
                     'lines', (select json_agg(json_build_object('memberId', l.member_id, 'period', l.period, 'number', l.number,
                                        'amountVnd', l.amount_vnd, 'taken',
                                        exists (select from ledger_transfer t where t.kind = 'paid' and t.member_id = l.member_id
                                                   and t.period = l.period and t.line = l.number)
                                        or exists (select from fee_line r where r.member_id = l.member_id
                                                      and r.period = l.period and r.replaces = l.number)))
                                 from fee_order_line l where l.order_id = o.id)))
              from fee_order o where o.key = any(${keys}::text[])) as orders,
           (select json_agg(json_build_object('id', a.id, 'owner', a.organisation_id))
              from fee_account a where a.id = any(${[...new Set(told.map(({ accountId }) => accountId))]}::uuid[])) as owners`)
  return {
    before: new Map(before?.map(({ name, outcome }) => [name, outcome])),
    orders: new Map(orders?.map(({ key, ...order }) => [key, order])),
    owners: new Map(owners?.map(({ id, owner }) => [id, owner])),
  }
}

/** Keeps the lines and all that follows of them, in one statement. */
async function book(
  write: Write,
  judged: readonly Judged<ToldLine, Owned>[],
  owners: Known['owners'],
  { at, today }: When,
): Promise<void> {
  const lines = judged.map(({ line, outcome, order }) => ({
    id: orderedId(at),
    account_id: line.accountId,
    reference: line.reference,
    amount_vnd: line.amountVnd,
    direction: line.direction,
    content: line.content,
    booked_at: line.bookedAt,
    source: line.source,
    order_id: order?.id ?? null,
    outcome,
  }))
  const payments = judged.flatMap(({ line, outcome, order }, index) =>
    outcome === 'matched' && order
      ? {
          id: orderedId(at),
          place: index,
          order,
          line: lines[index]!,
          owner: owners.get(line.accountId)!,
        }
      : [],
  )
  const transfers = [
    ...payments.flatMap(({ id, order, line, owner }) => bookedPayment(id, order, line, owner)),
    ...lines
      .filter(({ outcome }) => outcome !== 'matched')
      .map((line) => ({
        kind: 'unmatched',
        debit: line.direction === 'in' ? 'bank' : 'unmatched',
        debit_owner: owners.get(line.account_id)!,
        credit: line.direction === 'in' ? 'unmatched' : 'bank',
        credit_owner: owners.get(line.account_id)!,
        amount_vnd: line.amount_vnd,
        bank_line_id: line.id,
      })),
  ]
  const paid = payments.map(({ id, place, order, line }) => ({
    id,
    place,
    order_id: order.id,
    organisation_id: order.organisationId,
    payer_id: order.payerId,
    amount_vnd: line.amount_vnd,
    bank_line_id: line.id,
    paid_at: line.booked_at,
  }))
  await write.run(sql`
    with line as (
      insert into bank_line (id, account_id, reference, amount_vnd, direction, content, booked_at, source, received_at, order_id, outcome)
      select id, account_id, reference, amount_vnd, direction, content, booked_at, source, ${at}::timestamptz, order_id, outcome
        from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as t(id uuid, account_id uuid, reference text, amount_vnd bigint,
               direction text, content text, booked_at timestamptz, source text, order_id uuid, outcome text)),
    payment as (
      insert into fee_payment (id, order_id, organisation_id, payer_id, method, amount_vnd, bank_line_id, paid_at, on_day,
                               receipt_year, receipt_number)
      select t.id, t.order_id, t.organisation_id, t.payer_id, 'transfer', t.amount_vnd, t.bank_line_id, t.paid_at, ${today}::date,
             extract(year from ${today}::date),
             coalesce((select p.receipt_number from fee_payment p
                        where p.organisation_id = t.organisation_id and p.receipt_year = extract(year from ${today}::date)::smallint
                        order by p.receipt_number desc limit 1), 0)
               + row_number() over (partition by t.organisation_id order by t.place)
        from jsonb_to_recordset(${JSON.stringify(paid)}::jsonb) as t(id uuid, place int, order_id uuid, organisation_id uuid,
               payer_id uuid, amount_vnd bigint, bank_line_id uuid, paid_at timestamptz))
    insert into ledger_transfer (at, on_day, kind, debit, debit_owner, credit, credit_owner, amount_vnd, member_id, period, line,
                                 payment_id, bank_line_id)
    select ${at}::timestamptz, ${today}::date, kind, debit, debit_owner, credit, credit_owner, amount_vnd, member_id, period, line,
           payment_id, bank_line_id
      from jsonb_to_recordset(${JSON.stringify(transfers)}::jsonb) as t(kind text, debit text, debit_owner uuid, credit text,
             credit_owner uuid, amount_vnd bigint, member_id uuid, period date, line smallint, payment_id uuid, bank_line_id uuid)`)
}

/** The transfers of a payment: each line off the member's dues; by another body's account through `settlement`. */
function bookedPayment(
  paymentId: string,
  order: Owned,
  line: { readonly id: string; readonly amount_vnd: number },
  owner: string,
) {
  const cell = order.organisationId
  const document = { payment_id: paymentId, bank_line_id: line.id }
  const own = owner === cell
  const lines = order.lines.map(({ memberId, period, number, amountVnd }) => ({
    kind: 'paid',
    debit: own ? 'bank' : 'settlement',
    debit_owner: cell,
    credit: 'dues',
    credit_owner: cell,
    amount_vnd: amountVnd,
    member_id: memberId,
    period,
    line: number,
    ...document,
  }))
  if (own) return lines
  const collected = { kind: 'collected-for', debit: 'bank', debit_owner: owner }
  return [
    ...lines,
    { ...collected, credit: 'settlement', credit_owner: owner, amount_vnd: line.amount_vnd, ...document },
  ]
}
