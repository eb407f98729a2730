/** What a bank tells (báo có), settled many at once: each line kept once, known by its key, booked with its receipt, or put aside for review. */
import type { RawBuilder } from 'kysely'
import { sql, table, type Database, type Read, type Write } from '../../../kernel/db.ts'
import { orderedId } from '../../../kernel/ordered-id.ts'
import { holdRemittances, recogniseRemittances } from '../remitting/bank-lines.ts'
import { judge, type Judged, type KnownOrder, type Outcome } from '../law/outcome.ts'
import { transactionAgain } from './again.ts'
import { insertPayments, insertTransfers, type Transfer, type When } from './booking.ts'
import { amongPayments, oneBatch } from './locks.ts'

/** A line of a bank account as somebody told it: by a callback, or in a statement. */
export interface ToldLine {
  /** the account (fee_account) it is of */
  readonly accountId: string
  /** the bank's own name of the line: told twice, it is one line */
  readonly reference: string
  /** the number the bank gave it, where it is told beside that */
  readonly bankReference?: string
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

/** The same, of whom only the account's number is told. */
export type NumberedLine = Omit<ToldLine, 'accountId'> & { readonly accountNumber: string }

/**
 * Settles lines in the order given, in one transaction. The same line again, in this call or a later one, is answered as it
 * was the first time.
 */
export async function settleLines(
  database: Database,
  told: readonly ToldLine[],
  when: When,
): Promise<Settled[]> {
  return transactionAgain(database, async (write) => {
    amongPayments(write)
    return settleIn(write, told, await knownOf(write, told), when)
  })
}

/** `settleLines`; a line of an account that nobody declared, or of a number that two banks gave, is answered by `undefined`. */
export async function settleNumbered(
  database: Database,
  told: readonly NumberedLine[],
  when: When,
): Promise<(Settled | undefined)[]> {
  return transactionAgain(database, async (write) => {
    amongPayments(write)
    const known = await ask(write, told, {
      named: told.map(({ accountNumber }) => accountNumber),
      accounts: accountsByNumber,
    })
    const accountOf = ({ accountNumber }: NumberedLine) => known.accounts.get(accountNumber)
    const lines = told.flatMap((line) => {
      const accountId = accountOf(line)
      return accountId === undefined ? [] : [{ ...line, accountId }]
    })
    const settled = (await settleIn(write, lines, known, when)).values()
    return told.map((line) => (accountOf(line) === undefined ? undefined : settled.next().value))
  })
}

/** What would become of lines that were not told before; nothing is kept. */
export async function tryLines(read: Read, told: readonly ToldLine[]): Promise<Outcome[]> {
  const { orders } = await knownOf(read, told)
  return judge(told, orders).map(({ outcome }) => outcome)
}

/** `settleLines` inside a transaction that is open already. */
async function settleIn(
  write: Write,
  told: readonly ToldLine[],
  { before, orders, owners }: Known,
  when: When,
): Promise<Settled[]> {
  const fresh = new Map(told.toReversed().map((line) => [nameOf(line), line]))
  for (const name of before.keys()) fresh.delete(name)
  const lines = told.filter((line) => fresh.get(nameOf(line)) === line)
  const judged = judge(lines, orders)
  const strangers = judged.flatMap(({ line: { accountId, reference, key }, order }) =>
    order || key === undefined ? [] : [{ accountId, reference, key }],
  )
  if (judged.length > 0) oneBatch(write)
  const remittances =
    strangers.length > 0
      ? await holdRemittances(
          write,
          strangers.map(({ key }) => key),
        )
      : []
  if (judged.length > 0) write.later(booked(judged, owners, when))
  if (remittances.length > 0) await recogniseRemittances(write, remittances, strangers, when)
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
  /** ids by the names that were asked for */
  readonly accounts: ReadonlyMap<string, string>
  /** whose account each is */
  readonly owners: ReadonlyMap<string, string>
}

/** `account (name, id, owner)`, of accounts that are named as `told` names them. */
type Accounts = (names: readonly string[]) => RawBuilder<unknown>

const accountsById: Accounts = (ids) =>
  sql`select id::text as name, id, organisation_id as owner from fee_account where id = any(${ids}::uuid[])`

/** A number that two banks gave to two organisations is nobody's here: a statement says which. */
const accountsByNumber: Accounts = (numbers) => sql`
  select account_number as name, (array_agg(id order by retired_at is not null, declared_at desc))[1] as id,
         (array_agg(organisation_id order by retired_at is not null, declared_at desc))[1] as owner
    from fee_account where account_number = any(${numbers}::text[]) and verified_at is not null
   group by account_number having count(*) filter (where retired_at is null) <= 1`

function knownOf(read: Read, told: readonly ToldLine[]): Promise<Known> {
  return ask(read, told, { named: told.map(({ accountId }) => accountId), accounts: accountsById })
}

/**
 * One question for all, in which the transaction begins. What was told before is looked up line by line (`offset 0`): a young table,
 * of which the planner knows nothing, would be walked through from end to end.
 */
async function ask(
  read: Read,
  told: readonly Pick<ToldLine, 'reference' | 'key'>[],
  { named, accounts }: { readonly named: readonly string[]; readonly accounts: Accounts },
): Promise<Known> {
  const keys = [...new Set(told.flatMap(({ key }) => key ?? []))]
  const { before, orders, found } = await read.one<{
    before: { name: string; outcome: Outcome }[] | null
    orders: (Owned & { key: string })[] | null
    found: { name: string; id: string; owner: string }[] | null
  }>(sql`
    with account as (${accounts([...new Set(named)])})
    select (select json_agg(json_build_object('name', b.account_id || ' ' || b.reference, 'outcome', b.outcome))
              from unnest(${named}::text[], ${told.map(({ reference }) => reference)}::text[]) as t(name, reference)
              join account a using (name)
             cross join lateral (select * from bank_line x where x.account_id = a.id and x.reference = t.reference offset 0) b)
             as before,
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
           (select json_agg(a) from account a) as found`)
  return {
    before: new Map(before?.map(({ name, outcome }) => [name, outcome])),
    orders: new Map(orders?.map(({ key, ...order }) => [key, order])),
    accounts: new Map(found?.map(({ name, id }) => [name, id])),
    owners: new Map(found?.map(({ id, owner }) => [id, owner])),
  }
}

const BANK_LINE = {
  id: 'uuid',
  account_id: 'uuid',
  reference: 'text',
  bank_reference: 'text',
  amount_vnd: 'bigint',
  direction: 'text',
  content: 'text',
  booked_at: 'timestamptz',
  source: 'text',
  order_id: 'uuid',
  outcome: 'text',
} as const

/** Keeps the lines and all that follows of them, in one statement. */
function booked(
  judged: readonly Judged<ToldLine, Owned>[],
  owners: Known['owners'],
  when: When,
): RawBuilder<unknown> {
  const { at, today } = when
  const lines = judged.map(({ line, outcome, order }) => ({
    id: orderedId(at),
    account_id: line.accountId,
    reference: line.reference,
    bank_reference: line.bankReference ?? null,
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
  const transfers: Transfer[] = [
    ...payments.flatMap(({ id, order, line, owner }) => bookedPayment(id, order, line, owner)),
    ...lines
      .filter(({ outcome }) => outcome !== 'matched')
      .map((line): Transfer => ({
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
  return sql`
    with line as (
      insert into bank_line (id, account_id, reference, bank_reference, amount_vnd, direction, content, booked_at, source,
                             received_at, order_id, outcome)
      select id, account_id, reference, bank_reference, amount_vnd, direction, content, booked_at, source, ${at}::timestamptz,
             order_id, outcome
        from ${table(lines, BANK_LINE)}),
    payment as (${insertPayments(paid, today)})
    ${insertTransfers(transfers, when)}`
}

/** The transfers of a payment: each line off the member's dues; by another body's account through `settlement`. */
export function bookedPayment(
  paymentId: string,
  order: Pick<Owned, 'organisationId'> & {
    readonly lines: readonly Omit<Owned['lines'][number], 'taken'>[]
  },
  line: { readonly id: string; readonly amount_vnd: number },
  owner: string,
): Transfer[] {
  const cell = order.organisationId
  const document = { payment_id: paymentId, bank_line_id: line.id }
  const own = owner === cell
  const lines = order.lines.map(({ memberId, period, number, amountVnd }): Transfer => ({
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
  const collected = { kind: 'collected-for' as const, debit: 'bank', debit_owner: owner }
  return [
    ...lines,
    { ...collected, credit: 'settlement', credit_owner: owner, amount_vnd: line.amount_vnd, ...document },
  ]
}
