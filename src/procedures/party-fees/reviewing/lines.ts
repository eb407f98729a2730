/** Lines of the bank's that fitted nothing: those that wait on an organisation's accounts, and one with all that was decided of it. */
import { LOCAL_DAY, sql, type Read } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { LineName } from '../law/ordering.ts'
import type { Outcome } from '../law/outcome.ts'
import { standing, type Awaited, type Decision } from '../law/review.ts'

/** An account whose lines and statements the organisation looks at. */
export interface BankAccount {
  readonly id: string
  readonly bin: string
  readonly number: string
  readonly holder: string
  readonly inUse: boolean
}

/** The organisation's own, the one in use first; those given up still have lines. */
export function accountsOf(read: Read, organisationId: string): Promise<BankAccount[]> {
  return read.rows(sql`
    select id, bank_bin as bin, account_number as number, holder, retired_at is null as "inUse"
      from fee_account where organisation_id = ${organisationId} and verified_at is not null
     order by retired_at is not null, declared_at desc, id`)
}

/**
 * The account named, or the one in use; undefined where the organisation has none.
 *
 * @throws Refusal not-found `party-fees.bank-account-unknown`
 */
export function chosenAccount(
  accounts: readonly BankAccount[],
  id: string | undefined,
): BankAccount | undefined {
  if (id === undefined) return accounts[0]
  const found = accounts.find((each) => each.id === id)
  if (!found) throw new Refusal('not-found', 'party-fees.bank-account-unknown')
  return found
}

/** A line in the queue. */
export interface WaitingLine {
  readonly id: string
  readonly accountNumber: string
  readonly amountVnd: number
  readonly restVnd: number
  readonly direction: 'in' | 'out'
  readonly content: string
  readonly outcome: Outcome
  readonly bookedOn: PlainDate
  readonly toldOn: PlainDate
  readonly awaited: Awaited
  /** for who reads: not for somebody else of the organisation */
  readonly mine: boolean
}

/** Shown on one page. */
export const ROWS_A_PAGE = 50
/** So many are told to a program; those beyond come when the first are done. */
export const MOST_TOLD = 200

/** What was decided of `bank_line b`, added up. */
const DECIDED = sql`
  lateral (select coalesce(sum(r.amount_vnd), 0)::bigint as vnd,
                  coalesce(bool_or(r.act = 'sent-back' and r.sent_on is null and r.second_needed and r.confirmed_by is null), false)
                    as second,
                  array_agg(r.by_member) filter (where r.act = 'sent-back' and r.sent_on is null and r.second_needed
                                                   and r.confirmed_by is null
                                                   or r.act = 'attached' and r.payment_id is null) as first_people,
                  coalesce(bool_or(r.act = 'sent-back' and r.sent_on is null), false) as send,
                  coalesce(bool_or(r.act = 'attached' and r.payment_id is null), false) as proposed
             from bank_line_review r where r.bank_line_id = b.id and r.withdrawn_at is null)`

/** `bank_line b` told of a remittance, which knew it by its key. */
const REMITTED = sql`
  exists (select from fee_remittance f where f.in_line_id = b.id and f.returned_at is null)
  or exists (select from fee_remittance f where f.out_line_id = b.id and f.returned_at is null)`

const WAITS = sql`b.outcome <> 'matched' and not (${REMITTED}) and (d.vnd < b.amount_vnd or d.send or d.proposed)`

/** It waits for one of these people: not where a second person must follow them, or it is proposed as what one of them pays or owes. */
const awaits = (people: readonly string[]) => sql`
  not coalesce((d.second or d.proposed) and d.first_people && ${[...people]}::uuid[], false)
  and not exists (
    select from bank_line_review r
     where r.bank_line_id = b.id and r.act = 'attached' and r.payment_id is null and r.withdrawn_at is null
       and (r.proposed ->> 'payerId' = any(${[...people]}::text[])
            or exists (select from jsonb_array_elements(r.proposed -> 'lines') x
                        where x ->> 'memberId' = any(${[...people]}::text[]))))`

/** Those of all accounts of the organisation, the oldest first. */
export function waitingLines(
  read: Read,
  organisationId: string,
  {
    people,
    most,
    from,
  }: { readonly people: readonly string[]; readonly most: number; readonly from: number },
): Promise<WaitingLine[]> {
  return read.rows(sql`
    select b.id, a.account_number as "accountNumber", b.amount_vnd as "amountVnd", b.amount_vnd - d.vnd as "restVnd", b.direction,
           b.content, b.outcome, ${LOCAL_DAY('b.booked_at')} as "bookedOn", ${LOCAL_DAY('b.received_at')} as "toldOn",
           case when d.proposed then 'attach-second' when d.second then 'second' when d.send then 'send' else 'decide' end as awaited,
           ${awaits(people)} as mine
      from fee_account a join bank_line b on b.account_id = a.id cross join ${DECIDED} d
     where a.organisation_id = ${organisationId} and ${WAITS}
     order by b.received_at, b.id limit ${most} offset ${from}`)
}

export async function countWaiting(read: Read, organisationId: string): Promise<number> {
  const { count } = await read.one<{ count: number }>(sql`
    select count(*) from fee_account a join bank_line b on b.account_id = a.id cross join ${DECIDED} d
     where a.organisation_id = ${organisationId} and ${WAITS}`)
  return count
}

/** The day each line was told that waits for one of these people, as a query. */
export const daysAwaiting = (organisationId: string, people: readonly string[]) => sql`
  select ${LOCAL_DAY('b.received_at')} as day
    from fee_account a join bank_line b on b.account_id = a.id cross join ${DECIDED} d
   where a.organisation_id = ${organisationId} and ${WAITS} and ${awaits(people)}`

/** What waits, by the organisation whose account it is: how many lines, told on which days, and the oldest of them. */
export function waitingByOwner(
  read: Read,
): Promise<{ organisationId: string; days: PlainDate[]; oldest: string }[]> {
  return read.rows(sql`
    select a.organisation_id as "organisationId", json_agg(${LOCAL_DAY('b.received_at')} order by b.received_at, b.id) as days,
           (array_agg(b.id order by b.received_at, b.id))[1] as oldest
      from fee_account a join bank_line b on b.account_id = a.id cross join ${DECIDED} d
     where ${WAITS} group by a.organisation_id order by a.organisation_id`)
}

/** What one payment would be for. */
export interface Proposed {
  /** the order it is; absent where lines were chosen */
  readonly orderId: string | null
  readonly payerId: string
  readonly lines: readonly (LineName & { readonly fullName: string; readonly amountVnd: number })[]
}

/** A decision with what its page tells. */
export interface Review extends Decision {
  readonly at: Date
  readonly byName: string
  readonly reason: string
  readonly paymentId: string | null
  /** waits, or waited, for a second person: with all that was proposed in one act */
  readonly proposalId: string | null
  readonly proposed: Proposed | null
  readonly receipt: string | null
  /** the receipt is one of the reader's own organisation */
  readonly receiptOpens: boolean
  readonly documentId: string | null
  readonly confirmedByName: string | null
  readonly sentReference: string | null
  readonly withdrawnReason: string | null
}

/** A line with everything known of it. */
export interface ReviewedLine {
  readonly id: string
  readonly accountId: string
  /** whose account it is */
  readonly owner: string
  readonly accountNumber: string
  readonly amountVnd: number
  readonly direction: 'in' | 'out'
  readonly content: string
  readonly outcome: Outcome
  readonly source: string
  readonly reference: string
  readonly bookedAt: Date
  readonly bookedOn: PlainDate
  readonly toldOn: PlainDate
  readonly order: { readonly id: string; readonly key: string; readonly amountVnd: number } | null
  readonly reviews: readonly Review[]
  readonly restVnd: number
  readonly awaited: Awaited | undefined
}

type Row = Omit<ReviewedLine, 'reviews' | 'restVnd' | 'awaited'> & {
  readonly remitted: boolean
  readonly reviews: readonly (Omit<Review, 'at'> & { readonly at: string })[] | null
}

const PROPOSED = sql`
  case when r.proposed is not null then json_build_object('orderId', r.proposed ->> 'orderId', 'payerId', r.proposed ->> 'payerId',
    'lines', (select json_agg(json_build_object('memberId', x."memberId", 'fullName', p.full_name, 'period', x.period,
                                                'number', x.number, 'amountVnd', x."amountVnd") order by p.sort_key, p.id, x.period)
                from jsonb_to_recordset(r.proposed -> 'lines') as x("memberId" uuid, period date, number smallint, "amountVnd" bigint)
                join member p on p.id = x."memberId")) end`

/**
 * A line of one of the organisation's accounts that fitted nothing.
 *
 * @throws Refusal not-found `party-fees.bank-line-unknown`
 */
export async function getLine(read: Read, organisationId: string, id: string): Promise<ReviewedLine> {
  const row = await read.maybe<Row>(sql`
    select b.id, b.account_id as "accountId", a.organisation_id as owner, a.account_number as "accountNumber",
           b.amount_vnd as "amountVnd", b.direction, b.content, b.outcome, b.source,
           coalesce(b.bank_reference, b.reference) as reference, b.booked_at as "bookedAt",
           ${LOCAL_DAY('b.booked_at')} as "bookedOn", ${LOCAL_DAY('b.received_at')} as "toldOn",
           ${REMITTED} as remitted,
           (select json_build_object('id', o.id, 'key', o.key, 'amountVnd', o.amount_vnd) from fee_order o where o.id = b.order_id)
             as order,
           (select json_agg(json_build_object(
                     'id', r.id, 'act', r.act, 'amountVnd', r.amount_vnd, 'reason', r.reason, 'by', r.by_member, 'at', r.at,
                     'byName', m.full_name, 'secondNeeded', r.second_needed, 'confirmedBy', r.confirmed_by,
                     'confirmedByName', c.full_name, 'sentOn', r.sent_on, 'sentReference', r.sent_reference,
                     'withdrawn', r.withdrawn_at is not null, 'withdrawnReason', r.withdrawn_reason, 'paymentId', r.payment_id,
                     'documentId', r.document_id, 'proposalId', r.proposal_id, 'proposed', ${PROPOSED},
                     'receiptOpens', exists (select from fee_payment p where p.id = r.payment_id and p.organisation_id = a.organisation_id),
                     'receipt', (select p.receipt_number || '/' || p.receipt_year from fee_payment p where p.id = r.payment_id))
                     order by r.at, r.id)
              from bank_line_review r join member m on m.id = r.by_member left join member c on c.id = r.confirmed_by
             where r.bank_line_id = b.id) as reviews
      from bank_line b join fee_account a on a.id = b.account_id
     where b.id = ${id} and a.organisation_id = ${organisationId} and b.outcome <> 'matched'`)
  if (!row) throw new Refusal('not-found', 'party-fees.bank-line-unknown')
  const { remitted, ...line } = row
  const reviews = (line.reviews ?? []).map((each) => ({ ...each, at: new Date(each.at) }))
  return { ...line, reviews, ...standing(remitted ? 0 : line.amountVnd, reviews) }
}

/** What a bank's line may be besides a fee: something booked by hand, or another line that tells the same. */
export interface Booking {
  readonly documentId: string
  readonly kind: string
  readonly on: PlainDate
  readonly amountVnd: number
}

/** So far apart the bank's day and the one that was written down may lie. */
export const BOOKED_DAYS = 30
const TWIN_DAYS = 10
const MOST_SHOWN = 10

/** The document of `ledger_transfer t` is a remittance whose line of the bank's is known. */
export const lineKnown = (direction: 'in' | 'out') => sql`
  exists (select from fee_remittance f where f.id = t.document_id
             and ${direction === 'in' ? sql`f.in_line_id` : sql`f.out_line_id`} is not null)`

/** What the ledger moved by hand over the owner's bank, of the same amount, and no line of the bank's was found for yet. */
export function bookingsFor(
  read: Read,
  { accountId, owner, amountVnd, direction, bookedOn }: ReviewedLine,
): Promise<Booking[]> {
  const side =
    direction === 'in'
      ? sql`t.debit_owner = ${owner} and t.debit = 'bank'`
      : sql`t.credit_owner = ${owner} and t.credit = 'bank' and t.kind <> 'paid'`
  return read.rows(sql`
    select t.document_id as "documentId", min(t.kind) as kind, max(t.on_day) as on, sum(t.amount_vnd)::bigint as "amountVnd"
      from ledger_transfer t
     where ${side} and t.document_id is not null and t.kind not in ('paid', 'matched-later')
       and t.on_day between ${bookedOn}::date - ${BOOKED_DAYS}::int and ${bookedOn}::date + ${BOOKED_DAYS}::int
       and not exists (select from bank_line_review r where r.account_id = ${accountId} and r.document_id = t.document_id
                         and r.direction = ${direction})
       and not ${lineKnown(direction)}
     group by t.document_id having sum(t.amount_vnd) = ${amountVnd}
     order by abs(max(t.on_day) - ${bookedOn}::date), t.document_id limit ${MOST_SHOWN}`)
}

export interface Twin {
  readonly id: string
  readonly bookedOn: PlainDate
  readonly content: string
  readonly source: string
  readonly outcome: Outcome
}

/** A bank's number as it is compared: banks and people write the same one with and without blanks and signs. */
export const TIGHT = (column: string) => sql.raw(`upper(regexp_replace(${column}, '[^0-9A-Za-z]', '', 'g'))`)

/**
 * Other lines of the account that may tell the same: one amount, one direction, near in time, each taken once. Two that one
 * statement tells, or that bear two numbers of the bank's, are two.
 */
export function twinsOf(
  read: Read,
  { id, accountId, amountVnd, direction, bookedAt }: ReviewedLine,
): Promise<Twin[]> {
  return read.rows(sql`
    select b.id, ${LOCAL_DAY('b.booked_at')} as "bookedOn", b.content, b.source, b.outcome
      from bank_line b join bank_line own on own.id = ${id}
     where b.account_id = ${accountId} and b.id <> ${id} and b.amount_vnd = ${amountVnd} and b.direction = ${direction}
       and b.booked_at between ${bookedAt}::timestamptz - make_interval(days => ${TWIN_DAYS})
                           and ${bookedAt}::timestamptz + make_interval(days => ${TWIN_DAYS})
       and coalesce(${TIGHT('b.bank_reference')} = ${TIGHT('own.bank_reference')}, true)
       and not exists (select from bank_statement_line x join bank_statement_line y on y.statement_id = x.statement_id
                        where x.bank_line_id = b.id and y.bank_line_id = own.id)
       and not exists (select from bank_line_review r where r.same_line_id = b.id or (r.bank_line_id = b.id and r.act = 'told-twice'))
     order by abs(extract(epoch from b.booked_at - ${bookedAt}::timestamptz)), b.id limit ${MOST_SHOWN}`)
}
