/** Lists of members within one's organisations: by name without diacritics, by personal ID, by card, page by page. */
import type { RawBuilder } from 'kysely'
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { countedOn, trueOn } from '../day.ts'
import { inScope, scopeOf, type PathRange } from '../organisations/store.ts'
import { wordsQuery } from '../word-search.ts'
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
  /** words of a name, or digits: of a personal ID or a card (whole, or from its beginning with 6 digits and more) */
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
}

/** Fewer digits would match a province or a year: too many. */
export const FEWEST_DIGITS = 6

/** A person's own facts are not dated. What they tell of a later day, a line of an earlier one does not. */
const lineOn = (day: PlainDate) => sql`
  m.id, m.full_name as "fullName", m.sex, m.birth_date as "birthDate", m.birth_precision as "birthPrecision",
  m.personal_id as "personalId", m.card_number as "cardNumber",
  case when m.official_on <= ${day}::date then m.official_on end as "officialOn",
  case when m.ended_on > ${day}::date then 'active' else m.standing end as standing,
  s.organisation_id as "organisationId", p.name as "organisationName", s.standing as membership`

/** What was typed, as a condition on `member m`; undefined when nothing can be found by it. */
function matching(text: string) {
  const typed = text.replace(/[\s.]/g, '')
  if (!/^\d+$/.test(typed)) {
    const words = wordsQuery(text)
    return words && sql`to_tsvector('simple', m.name_norm) @@ to_tsquery('simple', ${words})`
  }
  if (typed.length < FEWEST_DIGITS || typed.length > 12) return undefined
  const lowest = typed.padEnd(12, '0')
  const highest = typed.padEnd(12, '9')
  return sql`(m.personal_id between ${lowest} and ${highest} or m.card_number between ${lowest} and ${highest})`
}

/**
 * Members counted on the day in, or on their way from, one's organisations; in the order of Vietnamese name lists. Without text,
 * all of them. Text by which nothing can be found, such as two digits, finds nothing.
 */
export async function findMembers(read: Read, query: MemberQuery): Promise<MemberPage> {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), 200)
  const offset = Math.max(query.offset ?? 0, 0)
  const from = (await isWalked(read, query, offset + limit))
    ? inOrderOfNames(await scopeOf(read, query.within, query.day), query.day)
    : await foundBy(read, query)
  if (from === undefined) return { members: [], more: false }
  const found = await read.rows<MemberLine>(sql`
    select ${lineOn(query.day)} from ${from}
     order by m.sort_key, m.id limit ${limit + 1} offset ${offset}`)
  return { members: found.slice(0, limit), more: found.length > limit }
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
  const { total = 0, text = '' } = query
  if (text.trim() !== '' || total <= last) return false
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

/** How many there are in all for the same question. */
export async function countMembers(read: Read, query: MemberQuery): Promise<number> {
  const all = (query.text?.trim() ?? '') === ''
  const from = all
    ? membershipsIn(await scopeOf(read, query.within, query.day), query.day)
    : await foundBy(read, query)
  if (from === undefined) return 0
  return (await read.one<{ count: number }>(sql`select count(*) as count from ${from}`)).count
}

/** From … where …: `membership s` in one of the ranges on the day. Each has a member, who need not be looked up to be counted. */
function membershipsIn(scope: readonly PathRange[], day: PlainDate) {
  return sql`
      organisation_period p
      join membership s on s.organisation_id = p.organisation_id and ${countedOn('s', day)}
     where ${inScope(scope)} and ${trueOn('p', day)}`
}

/** From … where …, or undefined when nothing can be found. */
async function foundBy(read: Read, query: MemberQuery) {
  const text = query.text?.trim() ?? ''
  const condition = text === '' ? sql`true` : matching(text)
  const scope = await scopeOf(read, query.within, query.day)
  return condition && scope.length > 0 ? membersIn(scope, query.day, condition) : undefined
}

/** From … where …: `member m` counted by `membership s` on the day in one of the ranges, `p` being the organisation. */
export function membersIn(scope: readonly PathRange[], day: PlainDate, condition: RawBuilder<unknown>) {
  return sql`
      organisation_period p
      join membership s on s.organisation_id = p.organisation_id and ${countedOn('s', day)}
      join member m on m.id = s.member_id
     where ${inScope(scope)} and ${trueOn('p', day)} and ${condition}`
}
