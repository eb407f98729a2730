/** The monthly assessment (xác định đảng phí tháng): one line for every member counted on the day, by what the tariff says of the month. */
import { sql, type Database, type Write } from '../../../kernel/db.ts'
import { monthOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { guestPayers } from '../../../registry/guests/store.ts'

/** Of month lines `l` of one cell; verify-ledger has its own words for the same. */
const DIGEST = sql`sha256(convert_to(string_agg(fee_line_text(l.member_id, l.class, l.base_vnd, l.amount_vnd), e'\n'
             order by l.member_id), 'UTF8'))`

export interface Assessed {
  readonly lines: number
  readonly cells: number
}

/**
 * Adds the lines of a month that are not there yet: of members counted in a cell on the day whose schedule knows the month.
 * Run again, it adds those who came meanwhile, and changes nothing else. A line is due to the cell that counts the member, or to
 * the one in which a guest pays (registry/guests); once made it stays there.
 *
 * @param month its first day
 * @param day on which members are counted, and along whose tree the totals go up
 * @param except members whose month another cell will collect
 */
export function assessMonth(
  database: Database,
  month: PlainDate,
  day: PlainDate,
  except: readonly string[] = [],
): Promise<Assessed> {
  return database.transaction((write) => assessMonthIn(write, month, day, undefined, except))
}

/** `assessMonth` in a transaction that is open, for some members or all, or all but some. */
export async function assessMonthIn(
  write: Write,
  month: PlainDate,
  day: PlainDate,
  members?: readonly string[],
  except: readonly string[] = [],
): Promise<Assessed> {
  const guests = await guestPayers(write, monthOf(month), day, members && { members })
  const [people, hosts] = [[...guests.keys()], [...guests.values()]]
  if (members === undefined) {
    const filled = await fillMonth(write, month, day, { except, people, hosts })
    if (filled) return filled
  }
  await write.rows(sql`select open_fee_month(${month}::date)`)
  const only = members ? sql`and s.member_id = any(${[...members]}::uuid[])` : sql``
  const without = except.length > 0 ? sql`and s.member_id <> all(${[...except]}::uuid[])` : sql``
  const { lines, cells } = await write.one<{ lines: number; cells: string[] | null }>(sql`
    with fresh as (
      insert into fee_line (member_id, period, number, organisation_id, kind, class, base_vnd, amount_vnd, made_on)
      select s.member_id, ${month}::date, 0, coalesce(g.host, m.organisation_id), 'month', s.class, s.base_vnd, s.amount_vnd, ${day}::date
        from membership m
        join fee_schedule s on s.member_id = m.member_id and s.from_period <= ${month}::date
                           and (s.until_period is null or s.until_period >= ${month}::date)
        left join unnest(${people}::uuid[], ${hosts}::uuid[]) g(guest, host) on g.guest = s.member_id
       where m.standing = 'active' and m.since <= ${day}::date and (m.until is null or m.until > ${day}::date)
         and s.refusal is null ${only} ${without}
         and not exists (select from fee_line l where l.period = ${month}::date and l.member_id = s.member_id)
       order by s.member_id
      returning member_id, organisation_id, amount_vnd),
    looked_at as (
      insert into fee_waiting (member_id, period, number, organisation_id)
      select f.member_id, ${month}::date, 0, f.organisation_id
        from fresh f join fee_member w on w.member_id = f.member_id and not w.auto_approve
       where f.amount_vnd > 0)
    select count(*) as lines, array_agg(distinct organisation_id) as cells from fresh`)
  if (cells) await keepAssessments(write, month, day, cells)
  return { lines, cells: cells?.length ?? 0 }
}

/** Opens a month with the lines of all at once; undefined where it is open already. */
async function fillMonth(
  write: Write,
  month: PlainDate,
  day: PlainDate,
  {
    except,
    people,
    hosts,
  }: { readonly except: readonly string[]; readonly people: string[]; readonly hosts: string[] },
): Promise<Assessed | undefined> {
  const { lines, cells } = await write.one<{ lines: number | null; cells: number | null }>(
    sql`select lines, cells from fill_fee_month(${month}::date, ${day}::date, ${[...except]}::uuid[], ${people}::uuid[], ${hosts}::uuid[])`,
  )
  if (lines === null || cells === null) return undefined
  await write.run(sql`
    insert into fee_waiting (member_id, period, number, organisation_id)
    select l.member_id, l.period, l.number, l.organisation_id
      from fee_member w join fee_line l on l.member_id = w.member_id and l.period = ${month}::date
     where not w.auto_approve and l.amount_vnd > 0`)
  return { lines, cells }
}

/** What the lines of a month in these cells are now, with their SHA-256: none of them can be changed unnoticed afterwards. */
async function keepAssessments(
  write: Write,
  month: PlainDate,
  day: PlainDate,
  cells: readonly string[],
): Promise<void> {
  await write.run(sql`
    insert into fee_assessment (organisation_id, period, number, made_on, lines, amount_vnd, digest)
    select l.organisation_id, ${month}::date,
           coalesce(min(a.number) + 1, 0), ${day}::date, count(*), sum(l.amount_vnd), ${DIGEST}
      from fee_line l
      left join (select organisation_id, max(number) as number from fee_assessment
                  where period = ${month}::date and organisation_id = any(${[...cells]}::uuid[]) group by organisation_id) a
             using (organisation_id)
     where l.period = ${month}::date and l.number = 0 and l.organisation_id = any(${[...cells]}::uuid[])
     group by l.organisation_id`)
}
