/** A country in small for measurements of fees: 34 provinces, 400 communes, 11,601 cells, members who owe a month, and an order each. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openDatabase } from '../../src/kernel/db.ts'
import { KEY_BYTES, makePaymentKey } from '../../src/payments/payment-key.ts'
import { assessMonth } from '../../src/procedures/party-fees/assessing/assess.ts'

export const MONTH = '2026-06-01'
export const FEE_VND = 80_000

/** The Centre, 34 provinces, 400 communes and 11,601 cells, all called 'Đơn vị N'. */
export const ORGANISATIONS = `
  create temporary table first as select coalesce(max(number), 0) + 1 as number from organisation;
  insert into organisation (id) select gen_random_uuid() from generate_series(1, 12036);
  insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, source)
  select o.id, '2025-07-01', 'Đơn vị ' || n, 'don vi ' || n,
         case when n <= 34 then 'province' when n <= 434 then 'commune' else 'cell' end, above.id,
         case when n = 0 then o.number || '.'
              when n <= 34 then f.number || '.' || o.number || '.'
              when n <= 434 then f.number || '.' || above.number || '.' || o.number || '.'
              else f.number || '.' || f.number + 1 + (above.number - f.number) % 34 || '.' || above.number || '.' || o.number || '.' end, 'x'
    from first f, organisation o, lateral (select o.number - f.number as n) x
    left join organisation above on above.number = (select number from first)
                                    + case when n = 0 then null when n <= 34 then 0 when n <= 434 then 1 + n % 34 else 35 + n % 400 end
   where o.number >= f.number`

/** @param count how many members, each with one line that is due and one order to pay it */
const MEMBERS = (count: number) => `
  create temporary table person as
    select gen_random_uuid() as id, n, c.organisation_id as cell
      from generate_series(1, ${count}) n
      join (select organisation_id, row_number() over () - 1 as place
              from organisation_period where kind = 'cell' and source = 'x') c on c.place = n % 11601;
  insert into member (id, full_name, name_norm, sort_key, sex, birth_date, personal_id)
    select id, 'Đảng viên ' || n, 'dang vien ' || n, 'dang vien ' || lpad(n::text, 9, '0'), 'male', '1980-01-01',
           '098' || lpad(n::text, 9, '0') from person;
  insert into membership (member_id, organisation_id, standing, since, reason)
    select id, cell, 'active', '2025-07-01', 'listed' from person;
  insert into fee_schedule (member_id, from_period, until_period, class, base_vnd, amount_vnd)
    select id, '${MONTH}', '${MONTH}', 'BHXH', 8000000, ${FEE_VND} from person`

const ACCOUNTS = `
  insert into fee_account (id, organisation_id, bank_bin, account_number, holder, declared_at, verified_at, verified_how)
    select gen_random_uuid(), organisation_id, '970436', '77' || lpad(row_number() over ()::text, 8, '0'), 'DON VI', now(), now(), 'x'
      from organisation_period where kind = 'cell' and source = 'x'`

export interface Payable {
  readonly key: string
  readonly accountNumber: string
}

/**
 * Fills a database that is up to date, as its owner.
 *
 * @param logged false: without the log and the checks of keys, where they are not what is measured
 * @returns the orders, about as they were made: who has a code on the screen pays it within minutes
 */
export async function fillFees(url: string, members: number, logged = true): Promise<Payable[]> {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  await owner.query(`set dangvu.acting = 'program||||||fill'`)
  if (!logged) await owner.query('set session_replication_role = replica')
  for (const step of [ORGANISATIONS, MEMBERS(members), ACCOUNTS]) await owner.query(step)
  await owner.query('vacuum analyze')
  const database = openDatabase(url, { connections: 1 })
  await assessMonth(database, MONTH, MONTH)
  await database.close()
  const keys = Array.from({ length: members }, () => makePaymentKey(randomBytes(KEY_BYTES)))
  await owner.query('create temporary table drawn (n bigint, key text)')
  await owner.query('insert into drawn select n, key from unnest($1::text[]) with ordinality k(key, n)', [
    keys,
  ])
  await owner.query(`
    insert into fee_order (id, key, payer_id, organisation_id, method, account_id, amount_vnd, made_by, made_at)
      select gen_random_uuid(), k.key, p.id, p.cell, 'transfer', a.id, ${FEE_VND}, p.id, now()
        from person p join drawn k using (n) join fee_account a on a.organisation_id = p.cell order by p.n;
    insert into fee_order_line (order_id, member_id, period, number, amount_vnd)
      select o.id, p.id, '${MONTH}', 0, ${FEE_VND} from fee_order o join person p on p.id = o.payer_id order by p.n`)
  await owner.query('vacuum analyze')
  const { rows } = await owner.query<Payable>(`
    select o.key, a.account_number as "accountNumber" from fee_order o join fee_account a on a.id = o.account_id
      join person p on p.id = o.payer_id order by p.n / 4096, md5(o.key)`)
  await owner.end()
  return rows
}
