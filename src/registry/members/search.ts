/** Lists of members within one's organisations: by name without diacritics, by personal ID, by card, page by page. */
import type { RawBuilder } from 'kysely'
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { scopeOf, type PathRange } from '../organisations/store.ts'
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
}

export interface MemberPage {
  readonly members: readonly MemberLine[]
  /** true when the next page is not empty */
  readonly more: boolean
}

/** Fewer digits would match a province or a year: too many. */
const FEWEST_DIGITS = 6

const LINE = sql`m.id, m.full_name as "fullName", m.sex, m.birth_date as "birthDate", m.birth_precision as "birthPrecision",
  m.personal_id as "personalId", m.card_number as "cardNumber", m.official_on as "officialOn", m.standing,
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
 * Members counted in, or on their way from, one's organisations; in the order of Vietnamese name lists. Without text,
 * all of them. Text by which nothing can be found, such as two digits, finds nothing.
 */
export async function findMembers(read: Read, query: MemberQuery): Promise<MemberPage> {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), 200)
  const from = await foundBy(read, query)
  if (from === undefined) return { members: [], more: false }
  const found = await read.rows<MemberLine>(sql`
    select ${LINE} from ${from}
     order by m.sort_key, m.id limit ${limit + 1} offset ${Math.max(query.offset ?? 0, 0)}`)
  return { members: found.slice(0, limit), more: found.length > limit }
}

/** How many there are in all for the same question. */
export async function countMembers(read: Read, query: MemberQuery): Promise<number> {
  const from = await foundBy(read, query)
  if (from === undefined) return 0
  return (await read.one<{ count: number }>(sql`select count(*) as count from ${from}`)).count
}

/** From … where …, or undefined when nothing can be found. */
async function foundBy(read: Read, query: MemberQuery) {
  const text = query.text?.trim() ?? ''
  const condition = text === '' ? sql`true` : matching(text)
  const scope = await scopeOf(read, query.within, query.day)
  return condition && scope.length > 0 ? membersIn(scope, query.day, condition) : undefined
}

/** Members whose present membership lies in one of the ranges. */
function membersIn(scope: readonly PathRange[], day: PlainDate, condition: RawBuilder<unknown>) {
  return sql`
      unnest(${scope.map((range) => range.from)}::text[], ${scope.map((range) => range.to)}::text[]) as r(low, high)
      join organisation_period p on p.path >= r.low and p.path < r.high and p.valid_from <= ${day}::date
                                and (p.valid_to is null or ${day}::date < p.valid_to)
      join membership s on s.organisation_id = p.organisation_id and s.until is null
      join member m on m.id = s.member_id
     where ${condition}`
}
