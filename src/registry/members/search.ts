/** Lists of members within one's organisations, page by page: everybody in the order of name lists, or those found by what was typed. */
import type { RawBuilder } from 'kysely'
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { countedOn, trueOn } from '../day.ts'
import { inScope, scopeOf, type PathRange } from '../organisations/store.ts'
import { findByText } from './finding.ts'
import type { Standing } from './store.ts'

/** A line of a list of members. */
export interface MemberLine {
  readonly id: string
  readonly fullName: string
  readonly sex: 'male' | 'female'
  readonly birthDate: PlainDate
  readonly birthPrecision: 'day' | 'month' | 'year'
  /** whole: mask it unless the task needs it */
  readonly personalId: string
  readonly cardNumber: string | null
  readonly officialOn: PlainDate | null
  readonly standing: Standing
  readonly organisationId: string
  readonly organisationName: string
  /** 'in-transit': left this organisation, not yet admitted elsewhere */
  readonly membership: 'active' | 'in-transit'
}

export interface MemberQuery {
  /** what was typed, see `findByText` */
  readonly text?: string
  /** organisations whose subtrees are looked at: those of the reader's offices */
  readonly within: readonly string[]
  readonly day: PlainDate
  /** 1 to 200 */
  readonly limit?: number
  readonly offset?: number
  /** how many there are in all, where that is known: a page of a long list is found quicker then */
  readonly total?: number
}

export interface MemberPage {
  readonly members: readonly MemberLine[]
  /** true when the next page is not empty */
  readonly more: boolean
  /** nobody is called what was typed: these are called so */
  readonly meant?: string
}

/** A person's own facts are not dated. What they tell of a later day, a line of an earlier one does not. */
const lineOn = (day: PlainDate) => sql`
  m.id, m.full_name as "fullName", m.sex, m.birth_date as "birthDate", m.birth_precision as "birthPrecision",
  m.personal_id as "personalId", m.card_number as "cardNumber",
  case when m.official_on <= ${day}::date then m.official_on end as "officialOn",
  case when m.ended_on > ${day}::date then 'active' else m.standing end as standing,
  s.organisation_id as "organisationId", p.name as "organisationName", s.standing as membership`

/**
 * Members counted on the day in, or on their way from, one's organisations; in the order of Vietnamese name lists. Without text,
 * all of them. With text, who fits best comes first; text by which nothing can be found, such as two digits, finds nothing.
 */
export async function findMembers(read: Read, query: MemberQuery): Promise<MemberPage> {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), 200)
  const offset = Math.max(query.offset ?? 0, 0)
  const text = query.text?.trim() ?? ''
  if (text !== '') return pageOfFound(read, { ...query, text }, offset, limit)
  const scope = await scopeOf(read, query.within, query.day)
  if (scope.length === 0) return { members: [], more: false }
  const from = (await isWalked(read, query, offset + limit))
    ? inOrderOfNames(scope, query.day)
    : membersIn(scope, query.day, sql`true`)
  const found = await read.rows<MemberLine>(sql`
    select ${lineOn(query.day)} from ${from}
     order by m.sort_key, m.id limit ${limit + 1} offset ${offset}`)
  return { members: found.slice(0, limit), more: found.length > limit }
}

async function pageOfFound(
  read: Read,
  query: MemberQuery & { readonly text: string },
  offset: number,
  limit: number,
): Promise<MemberPage> {
  const { ids, meant } = await findByText(read, query, offset + limit + 1)
  const scope = await scopeOf(read, query.within, query.day)
  const shown = ids.slice(offset, offset + limit)
  const members = await read.rows<MemberLine>(sql`
    select ${lineOn(query.day)} from unnest(${shown}::uuid[]) with ordinality as found(id, place)
      join member m on m.id = found.id
      join membership s on s.member_id = m.id and ${countedOn('s', query.day)}
      join organisation_period p on p.organisation_id = s.organisation_id and ${trueOn('p', query.day)}
     where ${inScope(scope)} order by found.place`)
  return { members, more: ids.length > offset + limit, ...(meant === undefined ? {} : { meant }) }
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
 * of a list of `total`, the walk passes `last` × everybody / `total` members. By how many everybody is, statistics say.
 */
async function isWalked(read: Read, query: MemberQuery, last: number): Promise<boolean> {
  const { total = 0 } = query
  if (total <= last) return false
  const { everybody } = await read.one<{ everybody: number }>(
    sql`select reltuples as everybody from pg_class where oid = 'member'::regclass`,
  )
  return total * total > last * Math.max(everybody, total)
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
export async function countMembers(read: Read, query: Pick<MemberQuery, 'within' | 'day'>): Promise<number> {
  const scope = await scopeOf(read, query.within, query.day)
  if (scope.length === 0) return 0
  const from = membershipsIn(scope, query.day)
  return (await read.one<{ count: number }>(sql`select count(*) as count from ${from}`)).count
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
