/**
 * Finding members by what somebody typed: who fits best comes first, and nobody outside the reader's organisations comes at all.
 *
 * Within an organisation (up to some hundred cells) its members are looked through. In a province or the whole country they are
 * looked up by the beginnings of names (`looking-up.ts`). One question tells the place and the words, one finds and shows; where
 * nobody is called so and a word was not typed as names have it, two more find who was meant.
 */
import type { RawBuilder } from 'kysely'
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { countedOn, trueOn } from '../day.ts'
import { inScope, type PathRange } from '../organisations/store.ts'
import { typedWords } from '../word-search.ts'
import {
  eachCounted,
  lineOn,
  rangesOf,
  type FoundLine,
  type MemberLine,
  type MemberPage,
  type Stretch,
} from './line.ts'
import { END, isCounted, lookUp, patternOf, type TypedWord } from './looking-up.ts'
import { likelyMeant } from './typing-errors.ts'

export interface Typed {
  /** words of a name; or digits of a personal ID or a card number: the last ones, or with 6 and more the first ones */
  readonly text: string
  readonly scope: readonly PathRange[]
  readonly day: PlainDate
}

/** Fewer digits would match a province or a year: too many. */
export const FEWEST_DIGITS = 4
const FEWEST_FIRST_DIGITS = 6
const DIGITS = 12

/** Organisations whose members are looked through, rather than looked up. */
const MOST_LOOKED_THROUGH = 400

const NOBODY: MemberPage = { members: [], more: false }

/** Members whom what was typed finds, the best first. */
export async function findByText(read: Read, typed: Typed, asked: Stretch): Promise<MemberPage> {
  if (typed.scope.length === 0) return NOBODY
  const digits = typed.text.replace(/[\s.]/g, '')
  if (/^\d+$/.test(digits)) return findByDigits(read, digits, typed, asked)
  const words = typedWords(typed.text)
  if (words.length === 0) return NOBODY
  const ground = await groundOf(read, typed, words)
  const inPlace = ground.organisations <= MOST_LOOKED_THROUGH ? lookThrough : lookUp
  const find = (readings: readonly (readonly string[])[], known: ReadonlySet<string>) => {
    const all = readings.map((each) => typedAs(each, known, /\s$/.test(typed.text)))
    return inPlace(read, all, { ...typed, regions: ground.regions }, asked)
  }
  if (ground.known === null) {
    const lines = await find([words], new Set(ground.whole))
    if (lines.length > 0) return pageOf(lines)
    if (words.every((word) => ground.whole.includes(word))) return NOBODY
  }
  const known = ground.known ?? (await knownWords(read))
  const meant = likelyMeant(words, known)
  if (meant.length === 0) return NOBODY
  const lines = await find(meant, new Set(known))
  const by = meant[lines[0]?.reading ?? 0]
  return by && lines.length > 0 ? { ...pageOf(lines), meant: by.join(' ') } : NOBODY
}

function pageOf(lines: readonly FoundLine[]): MemberPage {
  return {
    members: lines.map(({ reading: _reading, more: _more, ...line }) => line),
    more: lines[0]?.more ?? false,
  }
}

function typedAs(words: readonly string[], known: ReadonlySet<string>, blankAtTheEnd: boolean): TypedWord[] {
  return words.map((text, place) => {
    const whole = known.has(text)
    return { text, whole, finished: whole && (place < words.length - 1 || blankAtTheEnd) }
  })
}

interface Ground {
  /** how many are in the scope; no more than needed are counted */
  readonly organisations: number
  /** numbers of the regions the scope lies in */
  readonly regions: readonly string[]
  /** of the words typed those that names have */
  readonly whole: readonly string[]
  /** all words names have, where a word was typed that begins none of them: nobody is called so; else null */
  readonly known: readonly string[] | null
}

/** Where is looked, and what is known of the words. Regions by the numbers of the organisations at their heads; of the Centre all. */
function groundOf(read: Read, { scope, day }: Typed, words: readonly string[]): Promise<Ground> {
  return read.one<Ground>(sql`
    with own as materialized (
      select o.id, head.low, head.high, c.centres
        from (select numbers_of_centres() as centres) c, ${rangesOf(scope)} join organisation o on o.number = split_part(head.low, '.', -2)::bigint),
    typed as materialized (
      select word, exists (select from name_word n where n.word = typed.word) as whole,
             exists (select from name_word n where n.word >= typed.word and n.word < typed.word || ${END}) as begins
        from (select word collate "C" as word from jsonb_array_elements_text(${JSON.stringify(words)}::jsonb) as t(word)) typed)
    select (select count(*) from (select from own cross join lateral (
                                    select from organisation_period p where p.path >= own.low and p.path < own.high and ${trueOn('p', day)}
                                     order by p.path limit ${MOST_LOOKED_THROUGH + 1}) p) first) as organisations,
           array(select region_of(low, centres) from own
                  union
                 select o.number from own join organisation_period below on below.parent_id = own.id
                   join organisation o on o.id = below.organisation_id
                  where region_of(own.low, own.centres) = any(own.centres))::text[] as regions,
           array(select word from typed where whole) as whole,
           case when exists (select from typed where not begins) then array(select distinct word from name_word) end as known`)
}

async function knownWords(read: Read): Promise<string[]> {
  const rows = await read.rows<{ word: string }>(sql`select distinct word from name_word`)
  return rows.map(({ word }) => word)
}

/** Everybody in the organisation with words that begin as those typed, in any order; of the first reading that finds anybody. */
function lookThrough(
  read: Read,
  readings: readonly (readonly TypedWord[])[],
  { scope, day }: Typed,
  { offset, limit }: Stretch,
): Promise<FoundLine[]> {
  const asked = readings.map((words, reading) => ({
    reading,
    name: words.map(({ text }) => text).join(' '),
    patterns: words.map(patternOf),
  }))
  return read.rows<FoundLine>(sql`
    with asked as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as a(reading int, name text, patterns text[])),
    found as materialized (
      select m.id, m.name_norm, m.sort_key, s.id as membership, p.name as organisation_name, fits.reading
        from ${eachCounted(scope, day)}
       cross join lateral (select min(reading) as reading from asked where ' ' || m.name_norm || ' ' like all(patterns)) fits
       where fits.reading is not null),
    best as (
      select found.*, row_number() over (
               order by case when name_norm = name then 0 when starts_with(name_norm, name) then 1 when name_norm like '% ' || name then 2
                             when name_norm like '% ' || name || '%' then 3 else 4 end, sort_key, found.id) as place
        from found join asked using (reading) where reading = (select min(reading) from found)
       order by place limit ${limit + 1} offset ${offset})
    select ${lineOn(day)}, best.reading, (select count(*) from best) > ${limit} as more
      from best join member m on m.id = best.id join membership s on s.id = best.membership
     cross join lateral (select best.organisation_name as name) p
     order by best.place limit ${limit}`)
}

/**
 * By whole numbers, their beginning, or their last digits, which stand on a card that is shown. So few digits that many of the country
 * have them are looked through the members of a small place for; else the numbers are looked up, of a province's own people alone,
 * and brought into their order before each is asked for being counted.
 */
async function findByDigits(
  read: Read,
  digits: string,
  typed: Typed,
  { offset, limit }: Stretch,
): Promise<MemberPage> {
  if (digits.length < FEWEST_DIGITS || digits.length > DIGITS) return NOBODY
  const { scope, day } = typed
  const { organisations, regions } = await groundOf(read, typed, [])
  if (digits.length < FEWEST_FIRST_DIGITS && organisations <= MOST_LOOKED_THROUGH)
    return pageOfLines(
      limit,
      await read.rows<MemberLine>(sql`
        select ${lineOn(day)} from ${eachCounted(scope, day)}
         where right(m.personal_id, ${digits.length}::int) = ${digits}
         order by m.sort_key, m.id limit ${limit + 1} offset ${offset}`),
    )
  const turned = [...digits].reverse().join('')
  const [lowest, highest] = [digits.padEnd(DIGITS, '0'), digits.padEnd(DIGITS, '9')]
  const [region] = regions.length === 1 ? regions : []
  const beginning: RawBuilder<unknown> =
    digits.length < FEWEST_FIRST_DIGITS
      ? sql``
      : sql`union select m.id, m.sort_key from member m where m.personal_id between ${lowest} and ${highest}
            union select m.id, m.sort_key from member m where m.card_number between ${lowest} and ${highest}`
  const ofRegion =
    region === undefined
      ? sql`true`
      : sql`exists (select from member_search t where t.member_id = m.id and t.region = ${region}::bigint offset 0)`
  return pageOfLines(
    limit,
    await read.rows<MemberLine>(sql`
      select ${lineOn(day)}
        from (select x.id from (
                select m.id, m.sort_key from (
                  select m.id, m.sort_key from member m
                   where reverse(m.personal_id) collate "C" >= ${turned} and reverse(m.personal_id) collate "C" < ${turned + END}
                  ${beginning}) m where ${ofRegion} order by m.sort_key, m.id offset 0) x
               where ${isCounted(sql`x.id`, typed)} limit ${limit + 1} offset ${offset}) found
        join member m on m.id = found.id
        join membership s on s.member_id = m.id and ${countedOn('s', day)}
        join organisation_period p on p.organisation_id = s.organisation_id and ${trueOn('p', day)}
       where ${inScope(scope)} order by m.sort_key, m.id`),
  )
}

const pageOfLines = (limit: number, lines: readonly MemberLine[]): MemberPage => ({
  members: lines.slice(0, limit),
  more: lines.length > limit,
})
