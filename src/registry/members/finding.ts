/**
 * Finding members by what somebody typed: who fits best comes first, and nobody outside the reader's organisations comes at all.
 *
 * Within an organisation (up to some hundred cells) its members are looked through. In a province or the whole country the
 * table `member_search` is asked from the beginning of the name or of the given name, region by region: no question reads more
 * than it shows, however many are called so.
 */
import type { RawBuilder } from 'kysely'
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { countedOn, trueOn } from '../day.ts'
import { inScope, scopeOf, type PathRange } from '../organisations/store.ts'
import { typedWords } from '../word-search.ts'
import { likelyMeant } from './typing-errors.ts'

export interface Typed {
  /** words of a name; or digits of a personal ID or a card number: the last ones, or with 6 and more the first ones */
  readonly text: string
  readonly within: readonly string[]
  readonly day: PlainDate
}

export interface FoundIds {
  /** at most as many as asked for; the best first */
  readonly ids: readonly string[]
  /** nobody is called what was typed: these are called so */
  readonly meant?: string
}

/** Fewer digits would match a province or a year: too many. */
export const FEWEST_DIGITS = 4
const FEWEST_FIRST_DIGITS = 6
const DIGITS = 12

/** Organisations whose members are looked through, rather than asking everybody of that name. */
const MOST_LOOKED_THROUGH = 400

/** @param most to find; more are not looked for */
export async function findByText(read: Read, typed: Typed, most: number): Promise<FoundIds> {
  const scope = await scopeOf(read, typed.within, typed.day)
  if (scope.length === 0) return { ids: [] }
  const digits = typed.text.replace(/[\s.]/g, '')
  if (/^\d+$/.test(digits)) return { ids: await findByDigits(read, digits, { ...typed, scope }, most) }
  const words = typedWords(typed.text)
  if (words.length === 0) return { ids: [] }
  const ask = (await isLookedThrough(read, scope, typed.day))
    ? (each: readonly string[]) => lookThrough(read, each, { ...typed, scope }, most)
    : await askRegions(read, { ...typed, scope }, most)
  const ids = await ask(words)
  return ids.length > 0 ? { ids } : findWhatWasMeant(read, words, ask)
}

interface Within {
  readonly scope: readonly PathRange[]
  readonly day: PlainDate
}

type Ask = (words: readonly string[]) => Promise<string[]>

/** The first that somebody is called of what may have been meant. */
async function findWhatWasMeant(read: Read, words: readonly string[], ask: Ask): Promise<FoundIds> {
  const known = await read.rows<{ word: string }>(sql`select distinct word from name_word`)
  for (const meant of likelyMeant(
    words,
    known.map(({ word }) => word),
  )) {
    const ids = await ask(meant)
    if (ids.length > 0) return { ids, meant: meant.join(' ') }
  }
  return { ids: [] }
}

async function isLookedThrough(read: Read, scope: readonly PathRange[], day: PlainDate): Promise<boolean> {
  const { count } = await read.one<{ count: number }>(sql`
    select count(*) as count from (select from organisation_period p where ${inScope(scope)} and ${trueOn('p', day)} order by p.path
                                    limit ${MOST_LOOKED_THROUGH + 1}) first`)
  return count <= MOST_LOOKED_THROUGH
}

/** Everybody in the organisation with words that begin as those typed, in any order. */
async function lookThrough(
  read: Read,
  words: readonly string[],
  within: Within,
  most: number,
): Promise<string[]> {
  const name = words.join(' ')
  const all = sql.join(
    words.map((word) => sql`' ' || m.name_norm like ${`% ${word}%`}`),
    sql` and `,
  )
  return idsOf(
    await read.rows(sql`
      select m.id
        from organisation_period p
        join membership s on s.organisation_id = p.organisation_id and ${countedOn('s', within.day)}
        join member m on m.id = s.member_id
       where ${inScope(within.scope)} and ${trueOn('p', within.day)} and ${all}
       order by case when m.name_norm = ${name} then 0 when starts_with(m.name_norm, ${name}) then 1
                     when m.name_norm like ${`% ${name}`} then 2 when m.name_norm like ${`% ${name}%`} then 3 else 4 end, m.sort_key, m.id
       limit ${most}`),
  )
}

const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id)

/** After every text that begins like this one. */
const END = '\u{10ffff}'

/** Where names are looked up in `member_search`: from one text on, up to another, and with these words too. */
interface Stretch {
  readonly column: 'name_norm' | 'given_first'
  readonly begins: string
  readonly others?: readonly string[]
}

/**
 * In what order names are looked for. The beginning of the name ('nguyen van h'); the given name with what comes first after it
 * ('bui hung', 'hung bui'); a given name and words anywhere before it ('quoc hung', 'hung quoc').
 */
function stretches(words: readonly string[]): { inOrder: Stretch[]; anywhere: Stretch[] } {
  const [first = '', ...rest] = words
  const last = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const inOrder: Stretch[] = [
    { column: 'name_norm', begins: words.join(' ') },
    { column: 'given_first', begins: words.join(' ') },
  ]
  if (rest.length === 0) return { inOrder, anywhere: [] }
  return {
    inOrder: [...inOrder, { column: 'given_first', begins: [last, ...before].join(' ') }],
    anywhere: [
      { column: 'given_first', begins: last, others: before },
      { column: 'given_first', begins: `${first} `, others: rest },
    ],
  }
}

/** Two words are often of the middle: 'văn hùng' is not only the family Văn. Of three, the order says who is meant. */
const AMBIGUOUS_WORDS = 2

async function askRegions(read: Read, within: Within & Typed, most: number): Promise<Ask> {
  const regions = await regionsOf(read, within)
  return async (words) => {
    const found = new Set<string>()
    const { inOrder, anywhere } = stretches(words)
    const look = async (all: readonly Stretch[]) => {
      for (const stretch of all) {
        if (found.size >= most) return
        for (const id of await lookUp(read, stretch, regions, within, most)) found.add(id)
      }
    }
    await look(inOrder)
    if (words.length <= AMBIGUOUS_WORDS || found.size === 0) await look(anywhere)
    return [...found].slice(0, most)
  }
}

/** Regions by the numbers of the organisations at their heads; of the Centre all. */
async function regionsOf(read: Read, { within, day }: Typed): Promise<number[]> {
  const rows = await read.rows<{ region: number }>(sql`
    with own as (
      select p.organisation_id, p.path, c.centres from (select numbers_of_centres() as centres) c, organisation_period p
       where p.organisation_id = any(${within}::uuid[]) and ${trueOn('p', day)})
    select region_of(path, centres) as region from own
     union
    select o.number from own join organisation_period below on below.parent_id = own.organisation_id
      join organisation o on o.id = below.organisation_id
     where region_of(own.path, own.centres) = any(own.centres)`)
  return rows.map(({ region }) => region)
}

/** Who is counted on the day in one of the ranges: asked of each who fits, until there are enough. */
const isCounted = (member: RawBuilder<unknown>, { scope, day }: Within) => sql`
  exists (select from membership s
            join organisation_period p on p.organisation_id = s.organisation_id and ${trueOn('p', day)}
           where s.member_id = ${member} and ${countedOn('s', day)} and ${inScope(scope)} offset 0)`

/**
 * Those of a stretch, by name. In several regions, which is everywhere, almost everybody found is counted: so they are brought into
 * their order first, and only those who are shown are asked for it. Where that leaves too few, each is asked.
 */
async function lookUp(
  read: Read,
  stretch: Stretch,
  regions: readonly number[],
  within: Within,
  most: number,
): Promise<string[]> {
  if (regions.length > 1) {
    const all = inRegions(stretch, regions, sql`true`, most + SPARE)
    const ids = idsOf(
      await read.rows(sql`
      select x.id from (select key, id from ${all} x group by key, id order by key, id offset 0) x
       where ${isCounted(sql`x.id`, within)} limit ${most}`),
    )
    if (ids.length === most) return ids
  }
  const counted = inRegions(stretch, regions, isCounted(sql`t.member_id`, within), most)
  return idsOf(
    await read.rows(sql`select x.id from ${counted} x group by key, id order by key, id limit ${most}`),
  )
}

/** Of a page's worth of people so many more may have left since. */
const SPARE = 10

/** The first so many of each region, with what they are ordered by. */
function inRegions(
  { column, begins, others = [] }: Stretch,
  regions: readonly number[],
  condition: RawBuilder<unknown>,
  most: number,
): RawBuilder<unknown> {
  const key = sql.ref(`t.${column}`)
  const also = others.map((word) => sql`and t.given_first like ${`% ${word}%`}`)
  return sql`
    (select found.key, found.id
       from unnest(${[...regions]}::bigint[]) as r(region)
      cross join lateral (
        select t.member_id as id, ${key} as key from member_search t
         where t.region = r.region and ${key} >= ${begins} and ${key} < ${begins + END} ${sql.join(also, sql` `)} and ${condition}
         order by ${key}, t.member_id limit ${most}) found)`
}

/** By whole numbers, their beginning, or their last digits, which stand on a card that is shown. */
async function findByDigits(read: Read, digits: string, within: Within, most: number): Promise<string[]> {
  if (digits.length < FEWEST_DIGITS || digits.length > DIGITS) return []
  const turned = [...digits].reverse().join('')
  const last = sql`reverse(m.personal_id) collate "C" >= ${turned} and reverse(m.personal_id) collate "C" < ${turned + END}`
  const [lowest, highest] = [digits.padEnd(DIGITS, '0'), digits.padEnd(DIGITS, '9')]
  const beginning =
    digits.length < FEWEST_FIRST_DIGITS
      ? sql``
      : sql`union select m.id, m.sort_key from member m where m.personal_id between ${lowest} and ${highest}
            union select m.id, m.sort_key from member m where m.card_number between ${lowest} and ${highest}`
  return idsOf(
    await read.rows(sql`
      select m.id from (select m.id, m.sort_key from member m where ${last} ${beginning}) m
       where ${isCounted(sql`m.id`, within)} order by m.sort_key, m.id limit ${most}`),
  )
}
