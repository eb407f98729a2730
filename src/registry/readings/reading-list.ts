/** "Ai đã xem hồ sơ của tôi": the readings of one's record, by office and month, repeated looks as one line with a count. */
import { sql, type Read } from '../../kernel/db.ts'
import {
  addToMonth,
  firstDayOf,
  instantAt,
  monthOf,
  todayIn,
  type PlainMonth,
} from '../../kernel/plain-date.ts'
import type { ListView, ViewKind } from './keeping.ts'

/** numbers: whole numbers were looked at, with a reason. */
export type ReadingKind = ViewKind | 'numbers' | ListView['kind']

/** One line: an office that looked, once or several times in a row. */
export interface ReadingLine {
  /** names the line within its month, as long as it grows at its end */
  readonly key: string
  readonly kind: ReadingKind
  readonly position: string
  /** null: somebody the member had delegated to */
  readonly positionName: string | null
  readonly positionNameEn: string | null
  readonly organisationId: string
  readonly organisationName: string
  readonly dossierNumber: string | null
  /** of a list: whose it was, and how many people were in it */
  readonly listName: string | null
  readonly people: number | null
  readonly reason: string | null
  readonly times: number
  readonly firstAt: Date
  readonly lastAt: Date
}

export const LINES_A_PAGE = 20

/** Looks of one office at the same thing no further apart than this are one line. */
const SAME_LOOK_MINUTES = 30

/** The lines of a month, the newest first, a page of them. */
export async function readingsIn(
  read: Read,
  memberId: string,
  month: PlainMonth,
  page: number,
): Promise<{ total: number; lines: ReadingLine[] }> {
  const rows = await read.rows<ReadingLine & { total: number }>(sql`
    ${linesOf(memberId, month)}
    select l.kind || '.' || l.position || '.' || l.organisation_id || '.' || (extract(epoch from l.first_at) * 1000)::bigint as key,
           l.kind, l.position, n.name as "positionName", n.name_en as "positionNameEn", l.organisation_id as "organisationId",
           ${lastName(sql`l.organisation_id`)} as "organisationName", d.number as "dossierNumber",
           ${lastName(sql`l.listed_id`)} as "listName", l.people, l.reason, l.times, l.first_at as "firstAt",
           l.last_at as "lastAt", count(*) over () as total
      from lines l
      left join position n on n.code = l.position
      left join dossier d on d.id = l.dossier_id
     order by l.last_at desc, key limit ${LINES_A_PAGE} offset ${(page - 1) * LINES_A_PAGE}`)
  return { total: rows[0]?.total ?? 0, lines: rows.map(({ total: _total, ...line }) => line) }
}

/** One line of the month its first look falls into, or undefined. */
export async function readingLine(
  read: Read,
  memberId: string,
  key: string,
): Promise<ReadingLine | undefined> {
  const first = new Date(Number(key.split('.').at(-1)))
  if (Number.isNaN(first.getTime())) return undefined
  const month = monthOf(todayIn(first))
  for (let page = 1; ; page += 1) {
    const { lines, total } = await readingsIn(read, memberId, month, page)
    const found = lines.find((line) => line.key === key)
    if (found ?? page * LINES_A_PAGE >= total) return found
  }
}

/** The newest lines of the last two months: for the own record. */
export async function latestReadings(
  read: Read,
  memberId: string,
  month: PlainMonth,
  most: number,
): Promise<ReadingLine[]> {
  const now = await readingsIn(read, memberId, month, 1)
  if (now.lines.length >= most) return now.lines.slice(0, most)
  const before = await readingsIn(read, memberId, addToMonth(month, -1), 1)
  return [...now.lines, ...before.lines].slice(0, most)
}

const lastName = (id: ReturnType<typeof sql>) => sql`(select name from organisation_period z
  where z.organisation_id = ${id} order by z.valid_from desc limit 1)`

const startOf = (month: PlainMonth) => instantAt(firstDayOf(month), 0)

function linesOf(memberId: string, month: PlainMonth) {
  const from = startOf(month)
  const to = startOf(addToMonth(month, 1))
  return sql`
    with views as (
      select kind, position, organisation_id, dossier_id, null::uuid as listed_id, null::integer as people,
             null::text as reason, at
        from record_view where member_id = ${memberId} and at >= ${from} and at < ${to}
      union all
      select 'numbers', position, organisation_id, null, null, null, reason, read_at
        from member_reading
       where member_id = ${memberId} and read_by <> ${memberId} and read_at >= ${from} and read_at < ${to}
      union all
      select kind, position, reader_organisation_id, null, organisation_id, people, null, at
        from list_view l
       where l.read_by <> ${memberId} and l.at >= ${from} and l.at < ${to}
         and l.shown @> array[${memberId}::uuid]
      union all
      select kind, position, reader_organisation_id, null, organisation_id, people, null, at
        from list_view l
       where l.read_by <> ${memberId} and l.at >= ${from} and l.at < ${to} and l.shown is null
         and l.organisation_id in (${placesOf(memberId)}) and ${countedBelow(memberId)}
    ), marked as (
      select *, case when at - lag(at) over same <= make_interval(mins => ${SAME_LOOK_MINUTES}) then 0 else 1 end as begins
        from views
      window same as (partition by kind, position, organisation_id, dossier_id, listed_id, reason order by at)
    ), numbered as (
      select *, sum(begins) over (partition by kind, position, organisation_id, dossier_id, listed_id, reason
                                  order by at rows unbounded preceding) as look from marked
    ), lines as (
      select kind, position, organisation_id, dossier_id, listed_id, max(people) as people, reason,
             count(*)::integer as times, min(at) as first_at, max(at) as last_at
        from numbered group by kind, position, organisation_id, dossier_id, listed_id, reason, look
    )`
}

/** Every organisation the member was ever counted in or below. */
function placesOf(memberId: string) {
  return sql`
    select o.id from organisation o where o.number in (
      select unnest(string_to_array(rtrim(p.path, '.'), '.')::bigint[])
        from membership s join organisation_period p on p.organisation_id = s.organisation_id
       where s.member_id = ${memberId})`
}

/** The member was in the list of `list_view l`: counted in its organisation or below on its day, or on the way from there. */
function countedBelow(memberId: string) {
  return sql`exists (
    select from membership s
      join organisation_period p on p.organisation_id = s.organisation_id
                                and p.valid_from <= l.day and (p.valid_to is null or l.day < p.valid_to)
      join organisation_period q on q.organisation_id = l.organisation_id
                                and q.valid_from <= l.day and (q.valid_to is null or l.day < q.valid_to)
     where s.member_id = ${memberId} and s.since <= l.day and (s.until is null or l.day < s.until)
       and p.path >= q.path and p.path < left(q.path, -1) || '/')`
}
