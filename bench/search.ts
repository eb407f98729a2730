/**
 * `search`: members of a country found by what officers type, by the function behind the page of the search, its first page each:
 * names whole and half typed, family and middle name, given name, middle and given name, two letters, last digits. In the whole
 * country and a province (`anywhere`), within an organisation (a commune, a grassroots committee, a cell), and names with a slip of
 * the finger. `COUNTRY=FOLDER` takes a country that is there. Standard output is one JSON line.
 */
import { openDatabase, sql, type Database } from '../src/kernel/db.ts'
import { todayIn } from '../src/kernel/plain-date.ts'
import { pageOfMembers } from '../src/registry/members/listing.ts'
import { getOrganisation } from '../src/registry/organisations/store.ts'
import type { Reader } from '../src/registry/reader.ts'
import { openCountry } from './parts/country.ts'
import { machine } from './parts/machine.ts'

const ASKED = Number(process.env.ASKED ?? 400)
const TODAY = todayIn(new Date())

const KINDS = [
  'whole name',
  'half typed',
  'family and middle name',
  'given name',
  'middle and given name',
  'family and given name',
  'two letters',
  'last digits',
] as const

const on = machine()
const country = await openCountry()
const database = openDatabase(country.url, { connections: 1 })
try {
  const people = await somebody(database, ASKED)
  const places = await somewhere(database)
  const { members } = await database.read.one<{ members: number }>(
    sql`select reltuples::bigint as members from pg_class where oid = 'member'::regclass`,
  )
  const questions = {
    country: people.map((person, place) => [places.country[0]!, typed(person, place)] as const),
    province: people.map(
      (person, place) => [places.province[place % places.province.length]!, typed(person, place)] as const,
    ),
    within: people.map(
      (person, place) =>
        [person.organisations[place % person.organisations.length]!, typed(person, place)] as const,
    ),
    slipCountry: people.map((person, place) => [places.country[0]!, slipped(person.name, place)] as const),
    slipProvince: people.map((person, place) => [person.province, slipped(person.name, place)] as const),
  }
  // Once without the clock: prepared statements, and the pages of the indexes that everybody reads.
  for (const asked of Object.values(questions)) await timesOf(asked.slice(0, 40))
  const times: Record<string, { ms: number; q: string; found: number }[]> = {}
  for (const [name, asked] of Object.entries(questions)) times[name] = await timesOf(asked)
  const figures = Object.fromEntries(
    Object.entries(times).map(([name, each]) => [name, figure(each.map(({ ms }) => ms))]),
  )
  const kinds = Object.fromEntries(
    KINDS.map((kind, nth) => [
      kind,
      Object.fromEntries(
        ['country', 'province', 'within'].map((name) => [
          name,
          figure(times[name]!.filter((_, place) => place % KINDS.length === nth).map(({ ms }) => ms)).p95,
        ]),
      ),
    ]),
  )
  const nobody = Object.fromEntries(
    Object.entries(times).map(([name, each]) => [name, each.filter(({ found }) => found === 0).length]),
  )
  const anywhereP95Ms = Math.max(figures.country!.p95, figures.province!.p95)
  const slipP95Ms = Math.max(figures.slipCountry!.p95, figures.slipProvince!.p95)
  process.stdout.write(
    `${JSON.stringify({ bench: 'search', anywhereP95Ms, withinP95Ms: figures.within!.p95, slipP95Ms, figures, p95OfKinds: kinds, nobodyFound: nobody, asked: ASKED, members, aim: { anywhereP95Ms: 10, withinP95Ms: 3, slipP95Ms: 60 }, on })}\n`,
  )
} finally {
  await database.close()
  await country.close()
}

interface Person {
  readonly name: string
  readonly personalId: string
  /** the cell, and what holds it */
  readonly organisations: readonly string[]
  readonly province: string
}

/** People drawn evenly over the country. */
function somebody(db: Database, count: number): Promise<Person[]> {
  return db.read.rows<Person>(sql`
    select m.name_norm as name, m.personal_id as "personalId",
           array[s.organisation_id, p.parent_id] as organisations, province.organisation_id as province
      from (select member_id, organisation_id from membership tablesample system (0.1) repeatable (1) where until is null) s
      join member m on m.id = s.member_id
      join organisation_period p on p.organisation_id = s.organisation_id and p.valid_to is null
      join organisation_period province on province.kind = 'province' and starts_with(p.path, province.path)
     order by md5(m.id::text) limit ${count}`)
}

async function somewhere(db: Database): Promise<{ country: string[]; province: string[] }> {
  const rows = await db.read.rows<{ id: string; kind: string }>(
    sql`select organisation_id as id, kind from organisation_period where kind in ('centre', 'province') and valid_to is null order by path`,
  )
  const of = (kind: string) => rows.filter((row) => row.kind === kind).map(({ id }) => id)
  return { country: of('centre'), province: of('province') }
}

function typed({ name, personalId }: Person, place: number): string {
  const words = name.split(' ')
  const [first = '', last = ''] = [words[0], words.at(-1)]
  const forms: Record<(typeof KINDS)[number], string> = {
    'whole name': name,
    'half typed': name.slice(0, Math.ceil(name.length * 0.7)),
    'family and middle name': words.slice(0, 2).join(' '),
    'given name': last,
    'middle and given name': words.slice(-2).join(' '),
    'family and given name': `${first} ${last}`,
    'two letters': name.slice(0, 2),
    'last digits': personalId.slice(-4 - (place % 3)),
  }
  return forms[KINDS[place % KINDS.length]!]
}

/** Two letters of the longest word change places, or one is left out. */
function slipped(name: string, place: number): string {
  const words = name.split(' ')
  const longest = words.reduce((at, word, index) => (word.length > words[at]!.length ? index : at), 0)
  const word = words[longest]!
  const at = 1 + (place % Math.max(1, word.length - 2))
  const wrong =
    place % 2 === 0
      ? word.slice(0, at) + word.slice(at + 1)
      : word.slice(0, at) + (word[at + 1] ?? '') + word[at] + word.slice(at + 2)
  return words.toSpliced(longest, 1, wrong).join(' ')
}

async function timesOf(asked: readonly (readonly [string, string])[]) {
  const times: { ms: number; q: string; found: number }[] = []
  for (const [organisationId, q] of asked) {
    const organisation = await getOrganisation(database.read, organisationId, TODAY)
    const began = performance.now()
    const { lines } = await pageOfMembers(database.read, readerOf(organisationId), organisation, {
      q,
      page: 1,
    })
    times.push({ ms: performance.now() - began, q, found: lines.length })
  }
  return times
}

function readerOf(organisationId: string): Reader {
  const at = new Date()
  return {
    memberId: organisationId,
    position: 'building-officer',
    organisationId,
    officeId: null,
    today: TODAY,
    day: TODAY,
    at,
  }
}

function figure(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2))
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
