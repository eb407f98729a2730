/**
 * Looks members up in `member_search` by the beginnings of what they are called, in a province or the whole country: one question,
 * that reads little more than it shows, however many are called so.
 */
import type { RawBuilder } from 'kysely'
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { countedOn, trueOn } from '../day.ts'
import { inScope, type PathRange } from '../organisations/store.ts'
import { lineOn, type FoundLine, type Stretch } from './line.ts'

/** A word as it was typed. */
export interface TypedWord {
  readonly text: string
  /** names have it as it is */
  readonly whole: boolean
  /** names have it, and a blank comes after it: not the beginning of a longer one */
  readonly finished: boolean
}

interface Within {
  readonly scope: readonly PathRange[]
  readonly day: PlainDate
  /** numbers of the organisations at the heads of the regions the scope lies in */
  readonly regions: readonly string[]
}

/** After every text that begins like this one. */
export const END = '\u{10ffff}'
/** After every text that begins with this word, before those with a longer one: a blank comes before all letters. */
const END_OF_WORD = '!'

/** One way in which the words may stand in a name: all names from one text on up to another, with the other words anywhere. */
export interface Order {
  /** columns of `member_search`: 'bui quoc hung', 'hung bui quoc', 'hung quoc bui' */
  readonly by: 'name_norm' | 'given_first' | 'given_middle'
  readonly low: string
  readonly high: string
  /** patterns of the other words */
  readonly others: readonly string[]
  /** every name with the first of the words is read, not those alone that are shown */
  readonly reads?: 'names'
}

/**
 * The orders in which the words are looked for, who fits best first: as a name is written; the given name first; the given name last,
 * with the family name or the middle name before it; the family name last; the given name, and the others anywhere.
 */
export function ordersOf(words: readonly TypedWord[]): Order[] {
  const beginning = (
    by: Order['by'],
    first: readonly TypedWord[],
    others: readonly TypedWord[] = [],
  ): Order => {
    const low = first.map(({ text }) => text).join(' ')
    return {
      by,
      low,
      high: low + (first.at(-1)?.finished ? END_OF_WORD : END),
      others: others.map(patternOf),
    }
  }
  const typed = [beginning('name_norm', words), beginning('given_first', words)]
  const [first, last] = [words[0], words.at(-1)]
  if (first === undefined || last === undefined || words.length === 1) return typed
  const before = words.slice(0, -1)
  const [between, beforeLast] = [words.slice(1, -1), before.at(-1)!]
  const whole = { ...last, finished: true }
  const givenLast = [
    beginning('given_first', [whole, first], between),
    beginning('given_middle', [whole, beforeLast], before.slice(0, -1)),
  ]
  const familyLast = [
    beginning('given_first', [beforeLast, last], before.slice(0, -1)),
    beginning('given_first', [first, last], between),
  ]
  return [
    ...typed,
    beginning('given_middle', words),
    ...(last.whole ? givenLast : []),
    ...(between.length > 0 ? familyLast : []),
    { ...beginning('given_first', [last], before), reads: 'names' },
    ...(first.whole
      ? [{ ...beginning('given_first', [first], words.slice(1)), reads: 'names' as const }]
      : []),
  ]
}

/** A pattern of the word within ' ' || name || ' '. */
export const patternOf = ({ text, finished }: TypedWord) => `% ${text}${finished ? ' ' : ''}%`

/** So many names are read at most, over all regions, to find words anywhere in them. */
const MOST_READ = 40_000

/** Who is counted on the day in one of the ranges: asked of each who fits, until there are enough. */
export const isCounted = (member: RawBuilder<unknown>, { scope, day }: Pick<Within, 'scope' | 'day'>) => sql`
  exists (select from membership s
            join organisation_period p on p.organisation_id = s.organisation_id and ${trueOn('p', day)}
           where s.member_id = ${member} and ${countedOn('s', day)} and ${inScope(scope)} offset 0)`

/**
 * Order after order until there are enough; of the first reading that finds anybody.
 *
 * Of each region the first few are taken, brought into their order, and asked for being counted one after the other: almost everybody
 * is. Beyond the last that a region gave, somebody of it may be missing: where that is too early, the order is asked for again with
 * more of each region, and at last with those alone who are counted; of a single region, at once.
 */
export function lookUp(
  read: Read,
  readings: readonly (readonly TypedWord[])[],
  within: Within,
  { offset, limit }: Stretch,
): Promise<FoundLine[]> {
  const { day, scope, regions } = within
  const most = offset + limit + 1
  const orders = readings.flatMap((words, reading) => {
    const exact = regions.length === 1 && words.at(-1)!.whole
    return ordersOf(words)
      .filter(({ reads }) => reads === undefined || reading === 0 || exact)
      .map(({ reads, ...order }) => ({
        ...order,
        reading,
        regions,
        most_read: reads ? Math.ceil(MOST_READ / regions.length) : null,
        if_nobody: reads !== undefined && !exact,
      }))
  })
  const asked = JSON.stringify(orders.map((order, place) => ({ ...order, place: place + 1 })))
  const firstTry = regions.length === 1 ? LAST_TRY : 0
  const few = FEW + Math.ceil(most / 8)
  const counted = isCounted(sql`x.id`, within)
  const isNew = sql`x.id <> all(f.ids)`
  const namesBy = (by: Order['by']) => sql`
    (select x.key, x.id
       from (select ${sql.ref(by)} as key, member_id as id from member_search t
              where next.by = ${by} and t.region = r.region and t.${sql.ref(by)} >= next.low and t.${sql.ref(by)} < next.high
              order by t.${sql.ref(by)}, t.member_id limit next.most_read) x
      where ' ' || x.key || ' ' like all(next.others) and (f.try < ${LAST_TRY} or (${isNew} and ${counted}))
      order by x.key, x.id
      limit case f.try when 0 then ${few}::int when 1 then ${most + SPARE}::int else ${most}::int - cardinality(f.ids) end)`
  return read.rows<FoundLine>(sql`
    with recursive
    asked as materialized (
      select * from jsonb_to_recordset(${asked}::jsonb)
        as a(place int, reading int, regions bigint[], by text, low text, high text, others text[], most_read int, if_nobody boolean)),
    found as (
      select 0 as place, ${firstTry}::int as try, null::int as reading, '{}'::uuid[] as ids
       union all
      select case when here.too_few then f.place else next.place end, case when here.too_few then f.try + 1 else ${firstTry}::int end,
             case when f.reading is null and not here.too_few and cardinality(here.ids) > 0 then next.reading else f.reading end,
             case when here.too_few then f.ids else f.ids || here.ids end
        from found f
        join asked next on next.place = f.place + 1
       cross join lateral (
         select coalesce(array_agg(y.id) filter (where not y.beyond), '{}') as ids,
                f.try < ${LAST_TRY} and coalesce(bool_or(y.beyond), false) as too_few
           from (select x.id, x.beyond
                   from (select key, id, coalesce(bool_or(is_last) over (order by key, id rows between unbounded preceding and 1 preceding), false) as beyond
                           from (select key, id, bool_or(nth = few) as is_last
                                   from unnest(next.regions) as r(region)
                                  cross join lateral (
                                    select key, id, row_number() over () as nth,
                                           case f.try when 0 then ${few}::int when 1 then ${most + SPARE}::int end as few
                                      from (${namesBy('name_norm')} union all ${namesBy('given_first')} union all ${namesBy('given_middle')}) n) each
                                  where (f.reading is null or f.reading = next.reading) and not (next.if_nobody and cardinality(f.ids) > 0)
                                  group by key, id) all_regions
                          order by key, id offset 0) x
                  where x.beyond or f.try = ${LAST_TRY} or (${isNew} and ${counted})
                  limit ${most}::int - cardinality(f.ids)) y) here
       where cardinality(f.ids) < ${most})
    select ${lineOn(day)}, last.reading, cardinality(last.ids) >= ${most} as more
      from (select ids, reading from found order by place desc limit 1) last
     cross join lateral unnest(last.ids[${offset + 1}::int:${offset + limit}::int]) with ordinality as shown(id, place)
      join member m on m.id = shown.id
      join membership s on s.member_id = m.id and ${countedOn('s', day)}
      join organisation_period p on p.organisation_id = s.organisation_id and ${trueOn('p', day)}
     where ${inScope(scope)} order by shown.place`)
}

/** The try that reads nobody who is not counted. */
const LAST_TRY = 2
/** Of a region so many are taken first, and a share of those who are asked for: regions have few of the first of all. */
const FEW = 4
/** Of a page's worth of people so many more may have left since. */
const SPARE = 10
