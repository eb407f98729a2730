/** Proof of the ledger (đối chiếu sổ cái): everything that is derived is made anew from the rows that are only added, and compared. */
import type { RawBuilder } from 'kysely'
import { sql, type Database, type Read } from '../../../kernel/db.ts'

/** A check that must find nothing. Its query answers the key of each row that is wrong, with what is wrong. */
interface Check {
  readonly name: string
  readonly wrong: RawBuilder<{ key: string; found: string; wanted: string }>
}

export interface Finding {
  readonly check: string
  /** which row: ids only */
  readonly key: string
  readonly found: string
  readonly wanted: string
}

export interface LedgerReport {
  readonly lines: number
  readonly transfers: number
  readonly payments: number
  readonly checks: readonly { readonly name: string; readonly problems: number }[]
  readonly problemCount: number
  /** the first of each check */
  readonly problems: readonly Finding[]
  readonly tookSeconds: number
}

const SHOWN_OF_EACH = 20

/** What is due and paid of each line, with the organisations above its cell when the line was made. */
const TOTALS_ANEW = sql`
  with recursive line as (
    select l.organisation_id, l.made_on, l.period, l.amount_vnd, 1 as lines, false as paid from fee_line l
     where not exists (select from fee_line r where r.member_id = l.member_id and r.period = l.period and r.replaces = l.number)
    union all
    select l.organisation_id, l.made_on, l.period, case t.kind when 'paid' then t.amount_vnd else -t.amount_vnd end,
           case t.kind when 'paid' then 1 else -1 end, true
      from ledger_transfer t join fee_line l on l.member_id = t.member_id and l.period = t.period and l.number = t.line
     where t.kind in ('paid', 'refunded')),
  of_cell as (
    select organisation_id, made_on, period,
           coalesce(sum(lines) filter (where not paid and amount_vnd > 0), 0) as lines,
           coalesce(sum(lines) filter (where paid), 0) as paid_lines,
           coalesce(sum(lines) filter (where not paid and amount_vnd = 0), 0) as exempt,
           coalesce(sum(amount_vnd) filter (where not paid), 0) as due_vnd,
           coalesce(sum(amount_vnd) filter (where paid), 0) as paid_vnd
      from line group by organisation_id, made_on, period),
  climbing as (
    select c.*, c.organisation_id as above from of_cell c
     where not exists (select from fee_line_up k where k.organisation_id = c.organisation_id and k.made_on = c.made_on)
    union all
    select u.organisation_id, u.made_on, u.period, u.lines, u.paid_lines, u.exempt, u.due_vnd, u.paid_vnd, p.parent_id
      from climbing u join organisation_period p on p.organisation_id = u.above and p.valid_from <= u.made_on
                                                and (p.valid_to is null or u.made_on < p.valid_to)
     where p.parent_id is not null),
  up as (
    select * from climbing
    union all
    select c.*, o.id from of_cell c
      join fee_line_up k on k.organisation_id = c.organisation_id and k.made_on = c.made_on
     cross join unnest(string_to_array(rtrim(k.path, '.'), '.')::bigint[]) n
      join organisation o on o.number = n)
  select above as organisation_id, period, sum(lines) as lines, sum(paid_lines) as paid_lines, sum(exempt) as exempt,
         sum(due_vnd) as due_vnd, sum(paid_vnd) as paid_vnd
    from up group by above, period`

/** Somebody took over from it, if only for a time. */
const hasEnded = (id: RawBuilder<unknown>) =>
  sql`exists (select from organisation_successor s where s.organisation_id = ${id})`

const CHECKS: readonly Check[] = [
  {
    name: 'balances',
    wrong: sql`
      with anew as (
        select owner, account, sum(debit) as debit_vnd, sum(credit) as credit_vnd
          from (select debit_owner as owner, debit as account, amount_vnd as debit, 0 as credit from ledger_transfer
                union all select credit_owner, credit, 0, amount_vnd from ledger_transfer) moved
         group by owner, account)
      select owner || ' ' || account as key, concat_ws(' / ', b.debit_vnd, b.credit_vnd) as found,
             concat_ws(' / ', a.debit_vnd, a.credit_vnd) as wanted
        from anew a full join ledger_balance b using (owner, account)
       where (a.debit_vnd, a.credit_vnd) is distinct from (b.debit_vnd, b.credit_vnd)`,
  },
  {
    name: 'debit-is-credit',
    wrong: sql`
      select 'all' as key, sum(debit_vnd)::text as found, sum(credit_vnd)::text as wanted
        from ledger_balance having sum(debit_vnd) <> sum(credit_vnd)`,
  },
  {
    name: 'totals',
    wrong: sql`
      select organisation_id || ' ' || period as key,
             concat_ws(' / ', t.lines, t.paid_lines, t.exempt, t.due_vnd, t.paid_vnd) as found,
             concat_ws(' / ', a.lines, a.paid_lines, a.exempt, a.due_vnd, a.paid_vnd) as wanted
        from (${TOTALS_ANEW}) a full join fee_total t using (organisation_id, period)
       -- an organisation whose lines all went elsewhere keeps a row of nothings
       where (coalesce(a.lines, 0), coalesce(a.paid_lines, 0), coalesce(a.exempt, 0), coalesce(a.due_vnd, 0), coalesce(a.paid_vnd, 0))
             is distinct from (coalesce(t.lines, 0), coalesce(t.paid_lines, 0), coalesce(t.exempt, 0), coalesce(t.due_vnd, 0),
                               coalesce(t.paid_vnd, 0))`,
  },
  {
    name: 'payments',
    wrong: sql`
      select p.id::text as key, concat_ws(' / ', p.amount_vnd, sum(t.amount_vnd), b.amount_vnd) as found,
             concat_ws(' / ', o.amount_vnd, (select sum(l.amount_vnd) from fee_order_line l where l.order_id = o.id)) as wanted
        from fee_payment p
        left join fee_order o on o.id = p.order_id
        left join bank_line b on b.id = p.bank_line_id
        left join bank_line_review r on r.payment_id = p.id
        left join ledger_transfer t on t.payment_id = p.id and t.kind = 'paid'
       group by p.id, o.id, b.id, r.id
      having p.amount_vnd is distinct from o.amount_vnd or p.amount_vnd is distinct from sum(t.amount_vnd)
          or p.amount_vnd is distinct from (select sum(l.amount_vnd) from fee_order_line l where l.order_id = o.id)
          or (p.method = 'transfer' and p.moved_from is null and p.amount_vnd is distinct from coalesce(r.amount_vnd, b.amount_vnd))`,
  },
  {
    name: 'paid-lines',
    wrong: sql`
      select t.id::text as key, t.amount_vnd::text as found, coalesce(l.amount_vnd::text, 'no such line') as wanted
        from ledger_transfer t
        left join fee_line l on l.member_id = t.member_id and l.period = t.period and l.number = t.line
       where t.line is not null and (l.amount_vnd is distinct from t.amount_vnd or t.credit_owner <> l.organisation_id and t.kind = 'paid')`,
  },
  {
    name: 'paid-and-replaced',
    wrong: sql`
      select concat_ws(' ', r.member_id, r.period, r.replaces) as key, 'paid and replaced' as found, 'paid back' as wanted
        from fee_line r
        join ledger_transfer t on t.kind = 'paid' and t.member_id = r.member_id and t.period = r.period and t.line = r.replaces
       where r.replaces is not null
         and not exists (select from ledger_transfer b where b.kind = 'refunded' and b.member_id = r.member_id
                            and b.period = r.period and b.line = r.replaces)`,
  },
  {
    name: 'refunds',
    wrong: sql`
      select owner::text as key, coalesce(b.held, 0)::text as found, coalesce(r.owed, 0)::text as wanted
        from (select owner, credit_vnd - debit_vnd as held from ledger_balance where account = 'refunds') b
        full join (select organisation_id as owner, sum(amount_vnd) as owed from fee_refund where status = 'approved'
                    group by organisation_id) r using (owner)
       where coalesce(b.held, 0) <> coalesce(r.owed, 0)`,
  },
  {
    // What is approved was booked off its lines, whole; a correction paid as much on, as a payment of its own, and no other money moved.
    name: 'corrections',
    wrong: sql`
      with moved as (
        select document_id as id, coalesce(sum(amount_vnd) filter (where kind = 'refunded'), 0) as back,
               coalesce(sum(amount_vnd) filter (where kind = 'paid'), 0) as onward,
               string_agg(distinct payment_id::text, ' ') filter (where kind = 'paid') as payments
          from ledger_transfer where kind in ('refunded', 'paid') and document_id is not null group by document_id),
      wanted as (
        select r.id, case when r.approved_at is null then 0 else r.amount_vnd end as back,
               case when r.moved_to is null then 0 else r.amount_vnd end as onward, r.moved_to::text as payments
          from fee_refund r)
      select id::text as key, concat_ws(' / ', m.back, m.onward, m.payments) as found, concat_ws(' / ', w.back, w.onward, w.payments) as wanted
        from moved m full join wanted w using (id)
       where (coalesce(m.back, 0), coalesce(m.onward, 0), m.payments) is distinct from (w.back, w.onward, w.payments)
      union all
      select p.id::text, 'moved', 'no such correction' from fee_payment p
       where p.moved_from is not null
         and not exists (select from fee_refund r join fee_payment f on f.id = r.payment_id
                          where r.moved_to = p.id and coalesce(f.moved_from, f.id) = p.moved_from
                            and (f.method, f.bank_line_id, f.received_by) is not distinct from (p.method, p.bank_line_id, p.received_by))`,
  },
  {
    name: 'receipts',
    wrong: sql`
      select organisation_id || ' ' || receipt_year as key, max(receipt_number)::text as found, count(*)::text as wanted
        from fee_payment group by organisation_id, receipt_year
      having max(receipt_number) <> count(*) or min(receipt_number) <> 1`,
  },
  {
    // What a remittance found its line by is looked at there.
    // What came in stands in the ledger once: as payments, as money that fits nothing, or as what was booked by hand before.
    name: 'bank-lines',
    wrong: sql`
      select b.id::text as key, coalesce(t.vnd, 0)::text as found, (b.amount_vnd - coalesce(r.vnd, 0))::text as wanted
        from bank_line b
        left join (select bank_line_id, sum(case kind when 'matched-later' then -amount_vnd else amount_vnd end) as vnd
                     from ledger_transfer m where kind in ('paid', 'unmatched', 'matched-later')
                      and not (kind = 'matched-later' and exists (select from fee_remittance f where f.id = m.document_id))
                    group by bank_line_id) t
               on t.bank_line_id = b.id
        left join (select bank_line_id, sum(amount_vnd) as vnd from bank_line_review where act in ('booked', 'told-twice')
                    group by bank_line_id) r on r.bank_line_id = b.id
       where coalesce(t.vnd, 0) <> b.amount_vnd - coalesce(r.vnd, 0)`,
  },
  {
    // Each decision moved what it says, nothing else took a line's booking back, and no more was decided of than came.
    name: 'reviews',
    wrong: sql`
      select coalesce(r.id::text, m.document_id::text) as key, concat_ws(' / ', m.later, m.back, m.lines) as found,
             coalesce(concat_ws(' ', r.act, r.amount_vnd), 'no decision') as wanted
        from bank_line_review r
        full join (select document_id, coalesce(sum(amount_vnd) filter (where kind = 'matched-later'), 0) as later,
                          coalesce(sum(amount_vnd) filter (where kind = 'sent-back'), 0) as back,
                          string_agg(distinct bank_line_id::text, ' ') as lines, string_agg(distinct payment_id::text, ' ') as payments
                     from ledger_transfer t where kind in ('matched-later', 'sent-back')
                      and not exists (select from fee_remittance f where f.id = t.document_id) group by document_id) m on m.document_id = r.id
       where r.id is null
          or coalesce(m.later, 0) <> case when r.act in ('booked', 'told-twice') or r.payment_id is not null then r.amount_vnd else 0 end
          or coalesce(m.back, 0) <> case when r.sent_on is not null then r.amount_vnd else 0 end
          or (m.lines is not null and m.lines <> r.bank_line_id::text)
          or (r.payment_id is not null and not exists (select from fee_payment p where p.id = r.payment_id
                and p.bank_line_id = r.bank_line_id and p.amount_vnd = r.amount_vnd and m.payments = p.id::text))
      union all
      select b.id::text, sum(r.amount_vnd)::text, b.amount_vnd::text
        from bank_line_review r join bank_line b on b.id = r.bank_line_id where r.withdrawn_at is null
       group by b.id having sum(r.amount_vnd) > b.amount_vnd`,
  },
  {
    name: 'statements',
    wrong: sql`
      select s.id::text as key, concat_ws(' / ', count(l.place), s.opening_vnd + coalesce(sum(case b.direction
               when 'in' then b.amount_vnd else -b.amount_vnd end), 0)) as found, concat_ws(' / ', s.lines, s.closing_vnd) as wanted
        from bank_statement s
        left join bank_statement_line l on l.statement_id = s.id
        left join bank_line b on b.id = l.bank_line_id and b.account_id = s.account_id
       group by s.id
      having count(b.id) <> s.lines
          or s.opening_vnd + coalesce(sum(case b.direction when 'in' then b.amount_vnd else -b.amount_vnd end), 0) <> s.closing_vnd`,
  },
  {
    name: 'assessments',
    wrong: sql`
      with anew as (
        select organisation_id, period, count(*) as lines, sum(amount_vnd) as amount_vnd,
               sha256(convert_to(string_agg(member_id || ' ' || class || ' ' || coalesce(base_vnd::text, '-') || ' ' || amount_vnd,
                                            e'\n' order by member_id), 'UTF8')) as digest
          from fee_line where number = 0 group by organisation_id, period),
      last as (select distinct on (organisation_id, period) * from fee_assessment order by organisation_id, period, number desc)
      select organisation_id || ' ' || period as key, concat_ws(' / ', a.lines, a.amount_vnd, encode(a.digest, 'hex')) as found,
             concat_ws(' / ', k.lines, k.amount_vnd, encode(k.digest, 'hex')) as wanted
        from anew a full join last k using (organisation_id, period)
       where (a.lines, a.amount_vnd, a.digest) is distinct from (k.lines, k.amount_vnd, k.digest)`,
  },
  {
    name: 'changes',
    wrong: sql`
      select concat_ws(' ', member_id, period, number) as key, concat_ws(' / ', l.amount_vnd, l.replaces) as found,
             concat_ws(' / ', c.amount_vnd, c.replaces) as wanted
        from (select * from fee_line where number > 0) l full join fee_change c using (member_id, period, number)
       where (l.amount_vnd, l.replaces) is distinct from (c.amount_vnd, c.replaces) or l.kind is null or c.kind is null`,
  },
  {
    // Each step of a remittance, as the ledger has it: kept, owed, remitted, and received above.
    name: 'remittances',
    wrong: sql`
      with moved as (
        select document_id as id,
               sum(case when credit = 'retained' then amount_vnd else -amount_vnd end) filter (where kind = 'retained') as kept,
               sum(case when credit = 'owed' then amount_vnd else -amount_vnd end) filter (where kind = 'owed') as owed,
               sum(case when debit = 'owed' then amount_vnd else -amount_vnd end) filter (where kind = 'remitted') as remitted,
               sum(case when credit = 'receipts' then amount_vnd else -amount_vnd end) filter (where kind = 'received') as received
          from ledger_transfer where kind in ('retained', 'owed', 'remitted', 'received') group by document_id),
      wanted as (
        select id, case when returned_at is null then keep_vnd else 0 end as kept,
               case when returned_at is null then remit_vnd else 0 end as owed,
               case when returned_at is not null then 0 when sent_at is not null then remit_vnd else held_vnd end as remitted,
               case when returned_at is not null then 0 when received_at is not null then remit_vnd else held_vnd end as received
          from fee_remittance)
      select id::text as key, concat_ws(' / ', m.kept, m.owed, m.remitted, m.received) as found,
             concat_ws(' / ', w.kept, w.owed, w.remitted, w.received) as wanted
        from moved m full join wanted w using (id)
       where (coalesce(m.kept, 0), coalesce(m.owed, 0), coalesce(m.remitted, 0), coalesce(m.received, 0))
             is distinct from (w.kept, w.owed, w.remitted, w.received)`,
  },
  {
    // What an organisation owes upwards is what it made and did not send.
    name: 'owed',
    wrong: sql`
      with made as (
        select organisation_id as owner,
               sum(remit_vnd - case when sent_at is not null then remit_vnd else held_vnd end) filter (where returned_at is null) as owed
          from fee_remittance group by organisation_id)
      select owner::text as key, coalesce(b.credit_vnd - b.debit_vnd, 0)::text as found, coalesce(m.owed, 0)::text as wanted
        from made m full join (select * from ledger_balance where account = 'owed') b using (owner)
       where coalesce(b.credit_vnd - b.debit_vnd, 0) <> coalesce(m.owed, 0)`,
  },
  {
    // Up the tree nothing is lost: what came into an organisation is what left those below for it, but for what is on its way.
    name: 'received-from-below',
    wrong: sql`
      with sent as (
        select r.superior_id as owner,
               sum(case when t.debit = 'owed' then t.amount_vnd else -t.amount_vnd end)
               - coalesce((select sum(w.remit_vnd - w.held_vnd) from fee_remittance w where w.superior_id = r.superior_id
                            and w.sent_at is not null and w.received_at is null and w.returned_at is null), 0) as vnd
          from ledger_transfer t join fee_remittance r on r.id = t.document_id
         where t.kind = 'remitted' and r.superior_id is not null group by r.superior_id),
      came as (
        select owner, sum(amount_vnd) as vnd
          from (select case when ${hasEnded(sql`t.credit_owner`)} then coalesce(r.superior_id, t.credit_owner) else t.credit_owner end as owner,
                       t.amount_vnd
                  from ledger_transfer t left join fee_remittance r on r.id = t.document_id
                 where t.kind = 'received' and t.credit = 'receipts'
                union all
                select case when ${hasEnded(sql`t.debit_owner`)} then coalesce(r.superior_id, t.debit_owner) else t.debit_owner end,
                       -t.amount_vnd
                  from ledger_transfer t left join fee_remittance r on r.id = t.document_id
                 where t.kind = 'received' and t.debit = 'receipts') moved
         group by owner)
      select owner::text as key, coalesce(c.vnd, 0)::text as found, coalesce(s.vnd, 0)::text as wanted
        from came c full join sent s using (owner) where coalesce(c.vnd, 0) <> coalesce(s.vnd, 0)`,
  },
  {
    // A share paid down left the account that held it, and came to whose it is once that was confirmed.
    name: 'drawings',
    wrong: sql`
      with moved as (
        select d.id, sum(case when t.debit = 'settlement' then case when t.debit_owner = any(d.holder_from || d.holder_id) then t.amount_vnd else 0 end
                         when t.debit_owner = d.holder_id then -t.amount_vnd else 0 end) as paid,
               sum(case when t.credit_owner = d.organisation_id and t.credit = 'settlement' then t.amount_vnd else 0 end) as came
          from fee_drawing d left join ledger_transfer t on t.document_id = d.id and t.kind = 'drawn' group by d.id),
      wanted as (
        select id, case when returned_at is null then amount_vnd else 0 end as paid,
               case when confirmed_at is null then 0 else amount_vnd end as came from fee_drawing)
      select id::text as key, concat_ws(' / ', m.paid, m.came) as found, concat_ws(' / ', w.paid, w.came) as wanted
        from moved m join wanted w using (id) where (m.paid, m.came) is distinct from (w.paid, w.came)
      union all
      select t.id::text, t.amount_vnd::text, 'no such payment' from ledger_transfer t
       where t.kind = 'drawn' and not exists (select from fee_drawing d where d.id = t.document_id)
         and not exists (select from fee_voucher v where v.id = t.document_id)`,
  },
  {
    // A voucher moved its amount once between its fund and what was retained, and vouchers are numbered without a gap.
    name: 'vouchers',
    wrong: sql`
      with moved as (
        select v.id, v.amount_vnd as wanted, case when (v.direction = 'in') = (v.undoes is null) then 1 else -1 end as sign,
               sum(case when t.debit_owner <> v.organisation_id or t.credit_owner <> v.organisation_id then 0
                        when t.debit = v.fund and t.credit = 'retained' then t.amount_vnd
                        when t.debit = 'retained' and t.credit = v.fund then -t.amount_vnd end) as found
          from fee_voucher v left join ledger_transfer t on t.document_id = v.id and t.kind in ('spent', 'drawn') group by v.id)
      select id::text as key, found::text, (wanted * sign)::text as wanted from moved where found is distinct from wanted * sign
      union all
      select concat_ws(' ', organisation_id, voucher_year, direction), max(number)::text, count(*)::text
        from fee_voucher group by organisation_id, voucher_year, direction having max(number) <> count(*)
      union all
      select t.id::text, t.amount_vnd::text, 'no such voucher' from ledger_transfer t
       where t.kind = 'spent' and not exists (select from fee_voucher v where v.id = t.document_id)`,
  },
]

export const LEDGER_CHECKS: readonly string[] = CHECKS.map(({ name }) => name)

/** Checks everything as at one moment. */
export async function verifyLedger(
  database: Database,
  onProgress: (check: string) => void = () => undefined,
): Promise<LedgerReport> {
  const began = performance.now()
  return database.report(async (read) => {
    const checks: { name: string; problems: number }[] = []
    const problems: Finding[] = []
    for (const { name, wrong } of CHECKS) {
      onProgress(name)
      const found = await read.rows<Omit<Finding, 'check'> & { count: number }>(sql`
        select key, found, wanted, count(*) over () as count from (${wrong}) w order by key limit ${SHOWN_OF_EACH}`)
      checks.push({ name, problems: found[0]?.count ?? 0 })
      problems.push(...found.map(({ count: _count, ...finding }) => ({ check: name, ...finding })))
    }
    return {
      ...(await counts(read)),
      checks,
      problemCount: checks.reduce((sum, { problems: count }) => sum + count, 0),
      problems,
      tookSeconds: Number(((performance.now() - began) / 1000).toFixed(2)),
    }
  })
}

function counts(read: Read): Promise<Pick<LedgerReport, 'lines' | 'transfers' | 'payments'>> {
  return read.one(sql`
    select (select count(*) from fee_line) as lines, (select count(*) from ledger_transfer) as transfers,
           (select count(*) from fee_payment) as payments`)
}
