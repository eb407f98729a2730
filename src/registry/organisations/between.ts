/** What changed between two days, from the same dated rows: organisations that began, ended, were renamed or moved; members in and out. */
import { sql, type Read } from '../../kernel/db.ts'
import { isPlainDate, type PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { formFields } from '../../web/forms.ts'
import { membersIn } from '../members/search.ts'
import { headsOf, type Reader } from '../reader.ts'
import type { ChangeKind } from './change-kinds.ts'
import { findOrganisation, firstDayKnown, liesWithinAny, scopeOf } from './store.ts'

export interface ChangeLine {
  readonly on: PlainDate
  readonly kind: ChangeKind
  /** from that day on; of an organisation that ended, its last */
  readonly name: string
  /** name, organisation above, or kind until then */
  readonly before: string | null
  /** the same from that day on */
  readonly after: string | null
  readonly source: string
}

export interface Changes {
  /** what was so on this day already is no change */
  readonly from: PlainDate
  readonly to: PlainDate
  readonly lines: readonly ChangeLine[]
  /** more happened than is listed */
  readonly cut: boolean
  /**
   * Counted on the last day and not on the first, and the other way round, the subtree taken as it was on each: the
   * number of the last day is that of the first and `in` without `out`. Null where the first day is none of the reader's.
   */
  readonly members: { readonly in: number; readonly out: number } | null
}

/** More lines than this are no list that anybody reads. */
const MOST_LINES = 200

/**
 * The first day of a period a query asks for, the day looked at being its last; undefined where none is asked for.
 *
 * @throws Refusal invalid `registry.day-unreadable`, `registry.period-backwards`; not-found
 *   `registry.day-before-records` {first}
 */
export async function changesAsked(
  read: Read,
  query: unknown,
  reader: Reader,
): Promise<PlainDate | undefined> {
  const { from } = formFields(query)
  if (from === undefined) return undefined
  if (!isPlainDate(from)) throw new Refusal('invalid', 'registry.day-unreadable')
  if (from >= reader.day) throw new Refusal('invalid', 'registry.period-backwards')
  const first = (await firstDayKnown(read)) ?? reader.today
  if (from < first) throw new Refusal('not-found', 'registry.day-before-records', { facts: { first } })
  return from
}

/** What changed in an organisation and below it after `from` and up to the day looked at. The reader must be let in already. */
export async function changesBetween(
  read: Read,
  reader: Reader,
  id: string,
  from: PlainDate,
): Promise<Changes> {
  const [rows, members] = await Promise.all([
    changedRows(read, id, from, reader.day),
    membersInAndOut(read, reader, id, from),
  ])
  const lines = rows.flatMap(linesOf)
  return {
    from,
    to: reader.day,
    lines: lines.slice(0, MOST_LINES),
    cut: lines.length > MOST_LINES,
    members,
  }
}

interface ChangedRow {
  readonly on: PlainDate
  readonly source: string
  readonly nameBefore: string | null
  readonly nameAfter: string | null
  readonly parentBefore: string | null
  readonly parentAfter: string | null
  readonly moved: boolean
  readonly kindBefore: string | null
  readonly kindAfter: string | null
}

/** Facts of a period that ended, and of the one that began; of an organisation that was new or is no more, one of them. */
async function changedRows(read: Read, id: string, from: PlainDate, to: PlainDate): Promise<ChangedRow[]> {
  const within = (row: string) =>
    sql`exists (select from here where ${sql.ref(`${row}.path`)} >= here.low and ${sql.ref(`${row}.path`)} < here.high)`
  const inPeriod = (row: string, name: string) =>
    sql`${sql.ref(`${row}.${name}`)} > ${from}::date and ${sql.ref(`${row}.${name}`)} <= ${to}::date`
  return read.rows<ChangedRow>(sql`
    with here as (
      select distinct path as low, left(path, -1) || '/' as high from organisation_period
       where organisation_id = ${id} and valid_from <= ${to}::date and (valid_to is null or valid_to > ${from}::date)),
    touched as (
      select b.valid_from as on, b.source, a.name as "nameBefore", b.name as "nameAfter", a.parent_id as "above", b.parent_id as "aboveAfter",
             a.kind as "kindCodeBefore", b.kind as "kindCodeAfter", b.path
        from organisation_period b
        left join organisation_period a on a.organisation_id = b.organisation_id and a.valid_to = b.valid_from
       where ${inPeriod('b', 'valid_from')} and (${within('b')} or ${within('a')})
         and (a.name, a.parent_id, a.kind) is distinct from (b.name, b.parent_id, b.kind)
      union all
      select a.valid_to, a.source, a.name, null, a.parent_id, null, a.kind, null, a.path
        from organisation_period a
       where ${inPeriod('a', 'valid_to')} and ${within('a')}
         and not exists (select from organisation_period b
                          where b.organisation_id = a.organisation_id and b.valid_from = a.valid_to))
    select t.on, t.source, t."nameBefore", t."nameAfter", t.above is distinct from t."aboveAfter" as moved,
           (select p.name from organisation_period p where p.organisation_id = t.above
               and p.valid_from < t.on and (p.valid_to is null or t.on <= p.valid_to)) as "parentBefore",
           (select p.name from organisation_period p where p.organisation_id = t."aboveAfter"
               and p.valid_from <= t.on and (p.valid_to is null or t.on < p.valid_to)) as "parentAfter",
           (select k.name from organisation_kind k where k.code = t."kindCodeBefore"
               and k.valid_from < t.on and (k.valid_to is null or t.on <= k.valid_to)) as "kindBefore",
           (select k.name from organisation_kind k where k.code = t."kindCodeAfter"
               and k.valid_from <= t.on and (k.valid_to is null or t.on < k.valid_to)) as "kindAfter"
      from touched t order by t.on desc, t.path collate "C" limit ${MOST_LINES + 1}`)
}

function linesOf(row: ChangedRow): ChangeLine[] {
  const { on, source, nameBefore, nameAfter, parentBefore, parentAfter, kindBefore, kindAfter } = row
  const of = { on, source, name: nameAfter ?? nameBefore ?? '' }
  if (nameBefore === null) return [{ ...of, kind: 'began', before: null, after: parentAfter }]
  if (nameAfter === null) return [{ ...of, kind: 'ended', before: parentBefore, after: null }]
  return [
    ...(nameBefore === nameAfter
      ? []
      : [{ ...of, kind: 'renamed' as const, before: nameBefore, after: nameAfter }]),
    ...(row.moved ? [{ ...of, kind: 'moved' as const, before: parentBefore, after: parentAfter }] : []),
    ...(kindBefore === kindAfter
      ? []
      : [{ ...of, kind: 'kind-changed' as const, before: kindBefore, after: kindAfter }]),
  ]
}

async function membersInAndOut(read: Read, reader: Reader, id: string, from: PlainDate) {
  const then = { ...reader, day: from }
  const stood = (await findOrganisation(read, id, from)) !== undefined
  if (stood && !(await liesWithinAny(read, id, await headsOf(read, then), from))) return null
  const counted = async (day: PlainDate) =>
    membersIn(await scopeOf(read, [id], day), day, sql`s.standing = 'active'`)
  return read.one<{ in: number; out: number }>(sql`
    select count(*) filter (where before.id is null) as in, count(*) filter (where after.id is null) as out
      from (select m.id from ${await counted(from)}) before
      full join (select m.id from ${await counted(reader.day)}) after on after.id = before.id`)
}
