/** A month of an account: the bank's own figures against those of the ledger, and where they differ. */
import { LOCAL_DAY, sql, type Read } from '../../../kernel/db.ts'
import {
  addDays,
  firstDayOf,
  lastDayOf,
  type PlainDate,
  type PlainMonth,
} from '../../../kernel/plain-date.ts'
import { lineKnown } from './lines.ts'

interface Figures {
  readonly openingVnd: number
  readonly inVnd: number
  readonly outVnd: number
  readonly closingVnd: number
}

/** A difference, line by line. */
export interface Difference {
  /** not-in-statement: told by a callback, in no statement. not-at-bank: booked by hand, no line of the bank's was found for it. */
  readonly kind: 'not-in-statement' | 'not-at-bank'
  readonly key: string
  readonly on: PlainDate
  readonly amountVnd: number
  readonly direction: 'in' | 'out'
  /** what the bank wrote, or the kind of booking */
  readonly text: string
  readonly lineId: string | null
}

export interface AccountMonth {
  readonly month: PlainMonth
  /** absent where no statement covers a day of the month */
  readonly bank: Figures | undefined
  readonly ledger: Figures
  /** days of the month that no statement covers, as stretches */
  readonly missingDays: readonly { readonly from: PlainDate; readonly to: PlainDate }[]
  /** lines in statements that no go-between told of, where it tells of others */
  readonly onlyInStatement: number
  readonly differences: readonly Difference[]
}

const MOST_DIFFERENCES = 200

export async function accountMonth(
  read: Read,
  account: { readonly id: string; readonly owner: string },
  month: PlainMonth,
  today: PlainDate,
): Promise<AccountMonth> {
  const first = firstDayOf(month)
  const end = lastDayOf(month)
  const last = end < today ? end : today
  const [statements, told, ledger, differences] = await Promise.all([
    statementsIn(read, account.id, first, last),
    toldIn(read, account.id, first, last),
    ledgerOf(read, account, first, last),
    differencesIn(read, account, first, last),
  ])
  return {
    month,
    bank: bankFigures(statements, told),
    ledger,
    missingDays: missing(statements, first, last),
    onlyInStatement: told.onlyInStatement,
    differences,
  }
}

interface StatementOfMonth {
  readonly fromDay: PlainDate
  readonly toDay: PlainDate
  /** at the beginning of the month's first day that it covers, and at the end of the last */
  readonly openingVnd: number
  readonly closingVnd: number
}

function statementsIn(
  read: Read,
  accountId: string,
  first: PlainDate,
  last: PlainDate,
): Promise<StatementOfMonth[]> {
  const moved = (which: ReturnType<typeof sql>) => sql`
    coalesce((select sum(case b.direction when 'in' then b.amount_vnd else -b.amount_vnd end)
                from bank_statement_line l join bank_line b on b.id = l.bank_line_id where l.statement_id = s.id and ${which}), 0)`
  return read.rows(sql`
    select greatest(s.from_day, ${first}::date) as "fromDay", least(s.to_day, ${last}::date) as "toDay",
           (s.opening_vnd + ${moved(sql`l.booked_on < ${first}::date`)})::bigint as "openingVnd",
           (s.closing_vnd - ${moved(sql`l.booked_on > ${last}::date`)})::bigint as "closingVnd"
      from bank_statement s
     where s.account_id = ${accountId} and s.to_day >= ${first}::date and s.from_day <= ${last}::date
     order by s.from_day, s.to_day`)
}

interface ToldInMonth {
  readonly inVnd: number
  readonly outVnd: number
  readonly onlyInStatement: number
}

/** Lines that statements told in the month, each once. */
function toldIn(read: Read, accountId: string, first: PlainDate, last: PlainDate): Promise<ToldInMonth> {
  return read.one(sql`
    select coalesce(sum(t.amount_vnd) filter (where t.direction = 'in'), 0)::bigint as "inVnd",
           coalesce(sum(t.amount_vnd) filter (where t.direction = 'out'), 0)::bigint as "outVnd",
           case when exists (select from bank_line c where c.account_id = ${accountId} and c.source <> 'statement')
                then count(*) filter (where t.source = 'statement') else 0 end as "onlyInStatement"
      from (select distinct b.id, b.amount_vnd, b.direction, b.source
              from bank_statement s join bank_statement_line l on l.statement_id = s.id join bank_line b on b.id = l.bank_line_id
             where s.account_id = ${accountId} and l.booked_on between ${first}::date and ${last}::date) t`)
}

function bankFigures(statements: readonly StatementOfMonth[], told: ToldInMonth): Figures | undefined {
  const opening = statements[0]
  const closing = statements.toSorted((a, b) => (a.toDay < b.toDay ? 1 : -1))[0]
  if (!opening || !closing) return undefined
  return {
    openingVnd: opening.openingVnd,
    inVnd: told.inVnd,
    outVnd: told.outVnd,
    closingVnd: closing.closingVnd,
  }
}

function missing(
  statements: readonly StatementOfMonth[],
  first: PlainDate,
  last: PlainDate,
): { from: PlainDate; to: PlainDate }[] {
  const gaps: { from: PlainDate; to: PlainDate }[] = []
  let next = first
  for (const { fromDay, toDay } of statements) {
    if (next < fromDay) gaps.push({ from: next, to: addDays(fromDay, -1) })
    if (toDay >= next) next = addDays(toDay, 1)
  }
  if (next <= last) gaps.push({ from: next, to: last })
  return gaps
}

/**
 * What moves over the owner's account `bank`, of this account: lines on the day the bank booked them, all else on its own day. What
 * a line moved and took back again counts as nothing; of one told twice the other stays.
 */
const MOVED = (account: { readonly id: string; readonly owner: string }) => sql`
  select coalesce((select min(l.booked_on) from bank_statement_line l where l.bank_line_id = b.id),
                  ${LOCAL_DAY('b.booked_at')}, t.on_day) as day,
         case when t.debit = 'bank' and t.debit_owner = ${account.owner} then t.amount_vnd else 0 end
         - case when t.credit = 'bank' and t.credit_owner = ${account.owner} then t.amount_vnd else 0 end as vnd, b.id as line,
         t.document_id as document, t.id
    from ledger_transfer t left join bank_line b on b.id = t.bank_line_id and t.kind <> 'sent-back'
   where ((t.debit_owner = ${account.owner} and t.debit = 'bank') or (t.credit_owner = ${account.owner} and t.credit = 'bank'))
     and (b.id is null or b.account_id = ${account.id})`

async function ledgerOf(
  read: Read,
  account: { readonly id: string; readonly owner: string },
  first: PlainDate,
  last: PlainDate,
): Promise<Figures> {
  const { openingVnd, inVnd, outVnd } = await read.one<Omit<Figures, 'closingVnd'>>(sql`
    with moved as (
      select day, coalesce(line, document) as what, sum(vnd) as vnd from (${MOVED(account)}) m group by day, coalesce(line, document),
             case when line is null and document is null then id end)
    select coalesce(sum(vnd) filter (where day < ${first}::date), 0)::bigint as "openingVnd",
           coalesce(sum(vnd) filter (where vnd > 0 and day between ${first}::date and ${last}::date), 0)::bigint as "inVnd",
           coalesce(-sum(vnd) filter (where vnd < 0 and day between ${first}::date and ${last}::date), 0)::bigint as "outVnd"
      from moved`)
  return { openingVnd, inVnd, outVnd, closingVnd: openingVnd + inVnd - outVnd }
}

/** Both ways round: told and in no statement although its day is covered; booked by hand and not seen at the bank. */
function differencesIn(
  read: Read,
  account: { readonly id: string; readonly owner: string },
  first: PlainDate,
  last: PlainDate,
): Promise<Difference[]> {
  return read.rows(sql`
    select * from (
      select 'not-in-statement' as kind, b.id::text as key, ${LOCAL_DAY('b.booked_at')} as on,
             b.amount_vnd as "amountVnd", b.direction, b.content as text, b.id as "lineId"
        from bank_line b
       where b.account_id = ${account.id} and ${LOCAL_DAY('b.booked_at')} between ${first}::date and ${last}::date
         and not exists (select from bank_statement_line l where l.bank_line_id = b.id)
         and not exists (select from bank_line_review r where r.bank_line_id = b.id and r.act = 'told-twice')
      union all
      select 'not-at-bank', t.document_id::text, max(t.on_day), sum(t.amount_vnd)::bigint,
             case when t.debit = 'bank' and t.debit_owner = ${account.owner} then 'in' else 'out' end, min(t.kind), null
        from ledger_transfer t
       where ((t.debit_owner = ${account.owner} and t.debit = 'bank') or (t.credit_owner = ${account.owner} and t.credit = 'bank'))
         and t.document_id is not null and t.kind not in ('paid', 'matched-later')
         and t.on_day between ${first}::date and ${last}::date
         and not exists (select from bank_line_review r where r.account_id = ${account.id} and r.document_id = t.document_id
               and r.direction = case when t.debit = 'bank' and t.debit_owner = ${account.owner} then 'in' else 'out' end)
         and not case when t.debit = 'bank' and t.debit_owner = ${account.owner} then ${lineKnown('in')} else ${lineKnown('out')} end
       group by t.document_id, 5) d
     order by d.on, d.key limit ${MOST_DIFFERENCES}`)
}
