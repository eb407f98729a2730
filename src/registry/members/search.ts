/** Lists of members within one's organisations, page by page: everybody in the order of name lists, or those found by what was typed. */
import type { RawBuilder } from 'kysely'
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { countedOn, trueOn } from '../day.ts'
import { inScope, scopeOf, type PathRange } from '../organisations/store.ts'
import { findByText } from './finding.ts'
import { eachCounted, lineOn, type MemberLine, type MemberPage, type Stretch } from './line.ts'

export interface MemberQuery {
  /** what was typed, see `findByText` */
  readonly text?: string
  /** organisations whose subtrees are looked at: those of the reader's offices */
  readonly within: readonly string[]
  readonly day: PlainDate
  /** 1 to 200 */
  readonly limit?: number
  readonly offset?: number
  /** where it is known: a page of a long list is found quicker then */
  readonly size?: ListSize
}

/** How many there are in the list, and about how many in the whole registry, as statistics say. */
export interface ListSize {
  readonly total: number
  readonly everybody: number
}

/**
 * Members counted on the day in, or on their way from, one's organisations; in the order of Vietnamese name lists. Without text,
 * all of them. With text, who fits best comes first; text by which nothing can be found, such as two digits, finds nothing.
 */
export async function findMembers(read: Read, query: MemberQuery): Promise<MemberPage> {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), 200)
  const offset = Math.max(query.offset ?? 0, 0)
  const scope = await scopeOf(read, query.within, query.day)
  return query.text !== undefined && query.text.trim() !== ''
    ? findByText(read, { text: query.text, scope, day: query.day }, { limit, offset })
    : pageOfList(read, scope, { day: query.day, limit, offset }, query.size)
}

/** A page of all members in one of the ranges. */
export async function pageOfList(
  read: Read,
  scope: readonly PathRange[],
  { day, limit, offset }: Stretch & { readonly day: PlainDate },
  size?: ListSize,
): Promise<MemberPage> {
  if (scope.length === 0) return { members: [], more: false }
  const from =
    size && isWalked(size, offset + limit) ? inOrderOfNames(scope, day) : membersIn(scope, day, sql`true`)
  const found = await read.rows<MemberLine>(sql`
    select ${lineOn(day)} from ${from} order by m.sort_key, m.id limit ${limit + 1} offset ${offset}`)
  return { members: found.slice(0, limit), more: found.length > limit }
}

/** The same, with how many there are in all. */
export async function pageOfLongList(
  read: Read,
  scope: readonly PathRange[],
  page: Stretch & { readonly day: PlainDate },
): Promise<{ readonly members: readonly MemberLine[]; readonly total: number }> {
  const size = await sizeOf(read, scope, page.day)
  return { ...(await pageOfList(read, scope, page, size)), total: size.total }
}

/** The same of a list that is sorted whole for its page, of few organisations: the page tells how many there are in all. */
export async function pageOfShortList(
  read: Read,
  scope: readonly PathRange[],
  { day, limit, offset }: Stretch & { readonly day: PlainDate },
): Promise<{ readonly members: readonly MemberLine[]; readonly total: number }> {
  const rows = await read.rows<MemberLine & { inAll: number }>(sql`
    select ${lineOn(day)}, count(*) over () as "inAll"
      from ${eachCounted(scope, day)} order by m.sort_key, m.id limit ${limit} offset ${offset}`)
  const [first] = rows
  const total = first?.inAll ?? (offset === 0 ? 0 : (await sizeOf(read, scope, day)).total)
  return { members: rows.map(({ inAll: _inAll, ...line }) => line), total }
}

/** One member's line in the list of a day, with the day since when; undefined for somebody who is not in it. */
export async function lineOf(
  read: Read,
  id: string,
  query: Pick<MemberQuery, 'within' | 'day'>,
): Promise<(MemberLine & { readonly since: PlainDate }) | undefined> {
  const scope = await scopeOf(read, query.within, query.day)
  return read.maybe(sql`
    select ${lineOn(query.day)}, s.since from ${membersIn(scope, query.day, sql`m.id = ${id}`)}`)
}

/**
 * Whether a page is come to sooner by walking through all members in the order of names than by sorting those of the list:
 * of a list of `total`, the walk passes `last` × everybody / `total` members.
 */
function isWalked({ total, everybody }: ListSize, last: number): boolean {
  return total > last && total * total > last * Math.max(everybody, total)
}

/** The same as `membersIn`, member by member: what is asked of each comes after the order. */
function inOrderOfNames(scope: readonly PathRange[], day: PlainDate) {
  return sql`
      member m
      cross join lateral (
        select s.organisation_id, s.standing, p.name from membership s
          join organisation_period p on p.organisation_id = s.organisation_id and ${trueOn('p', day)}
         where s.member_id = m.id and ${countedOn('s', day)} and ${inScope(scope)} offset 0) s
      cross join lateral (select s.name) p`
}

/** How many there are in all, whatever was typed. */
export async function sizeOfList(read: Read, query: Pick<MemberQuery, 'within' | 'day'>): Promise<ListSize> {
  return sizeOf(read, await scopeOf(read, query.within, query.day), query.day)
}

async function sizeOf(read: Read, scope: readonly PathRange[], day: PlainDate): Promise<ListSize> {
  if (scope.length === 0) return { total: 0, everybody: 0 }
  return read.one<ListSize>(sql`
    select count(*) as total, (select reltuples from pg_class where oid = 'member'::regclass) as everybody
      from ${membershipsIn(scope, day)}`)
}

/** From … where …: `membership s` in one of the ranges on the day. Each has a member, who need not be looked up to be counted. */
function membershipsIn(scope: readonly PathRange[], day: PlainDate) {
  return sql`
      organisation_period p
      join membership s on s.organisation_id = p.organisation_id and ${countedOn('s', day)}
     where ${inScope(scope)} and ${trueOn('p', day)}`
}

/** From … where …: `member m` counted by `membership s` on the day in one of the ranges, `p` being the organisation. */
export function membersIn(scope: readonly PathRange[], day: PlainDate, condition: RawBuilder<unknown>) {
  return sql`
      organisation_period p
      join membership s on s.organisation_id = p.organisation_id and ${countedOn('s', day)}
      join member m on m.id = s.member_id
     where ${inScope(scope)} and ${trueOn('p', day)} and ${condition}`
}
