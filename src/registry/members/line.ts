/** A member as a line of a list shows them on a day. */
import { sql } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { countedOn, trueOn } from '../day.ts'
import type { PathRange } from '../organisations/store.ts'
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

export interface MemberPage {
  readonly members: readonly MemberLine[]
  /** true when the next page is not empty */
  readonly more: boolean
  /** nobody is called what was typed: these are called so */
  readonly meant?: string
}

/** A line that a search found: by the how manieth reading of what was typed, and whether there are more than were asked for. */
export type FoundLine = MemberLine & { readonly reading: number; readonly more: boolean }

/** Which lines of a list, counted from its beginning. */
export interface Stretch {
  readonly offset: number
  readonly limit: number
}

/**
 * Of `member m` counted by `membership s` in `organisation_period p`. A person's own facts are not dated: what they tell of a later
 * day, a line of an earlier one does not.
 */
export const lineOn = (day: PlainDate) => sql`
  m.id, m.full_name as "fullName", m.sex, m.birth_date as "birthDate", m.birth_precision as "birthPrecision",
  m.personal_id as "personalId", m.card_number as "cardNumber",
  case when m.official_on <= ${day}::date then m.official_on end as "officialOn",
  case when m.ended_on > ${day}::date then 'active' else m.standing end as standing,
  s.organisation_id as "organisationId", p.name as "organisationName", s.standing as membership`

/**
 * The ranges as `head(low, high)`. As JSON, of whose rows the planner knows nothing: a plan for any values is then as good as one for
 * these, and is made once a connection instead of each time.
 */
export const rangesOf = (scope: readonly PathRange[]) =>
  sql`jsonb_to_recordset(${JSON.stringify(scope.map(({ from, to }) => ({ low: from, high: to })))}::jsonb) as head(low text, high text)`

/**
 * From …: `member m` counted by `membership s` in `organisation_period p` on the day, of the ranges: organisation by organisation, by the
 * indexes. For those of few organisations.
 */
export const eachCounted = (scope: readonly PathRange[], day: PlainDate) => sql`
       ${rangesOf(scope)}
       cross join lateral (
         select p.* from organisation_period p where p.path >= head.low and p.path < head.high and ${trueOn('p', day)} offset 0) p
       cross join lateral (
         select s.* from membership s where s.organisation_id = p.organisation_id and ${countedOn('s', day)} offset 0) s
       cross join lateral (select m.* from member m where m.id = s.member_id offset 0) m`
