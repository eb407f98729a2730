/**
 * `as-of`: the registry on a day two years ago against the same on the last day, by the same functions the pages ask: a page
 * of the member list with its count, a search, and a tree level with its counts, in alternating pairs on one PostgreSQL.
 * Standard output is one JSON line.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { MIGRATIONS_FOLDER } from '../src/app/installation.ts'
import { openDatabase, sql, type Database } from '../src/kernel/db.ts'
import { migrate } from '../src/kernel/migrations.ts'
import { pageOfMembers } from '../src/registry/members/listing.ts'
import { childrenOn } from '../src/registry/organisations/counting.ts'
import { findOrganisationByCode, type Organisation } from '../src/registry/organisations/store.ts'
import type { Reader } from '../src/registry/reader.ts'
import { fillRegistry } from './parts/registry.ts'
import { machine, median } from './parts/machine.ts'

/** No clock is asked: rules are known from July 2025 on, and two years must have passed. */
const TODAY = '2028-11-21'
const THEN = '2026-11-21'
const PAIRS = 11
/** each side of a pair takes about so long */
const SIDE_MS = 400

const on = machine()
const folder = await mkdtemp(join(tmpdir(), 'dangvu-bench-'))
const ground = await startEmbeddedDatabase({ folder: join(folder, 'database') })
try {
  await migrate(ground.url, MIGRATIONS_FOLDER)
  const owner = new pg.Client({ connectionString: ground.url })
  await owner.connect()
  await fillRegistry(owner)
  await owner.end()
  const database = openDatabase(ground.url, { connections: 4 })
  const size = await database.read.one(sql`
    select (select count(*) from member) as members, (select count(*) from membership) as memberships,
           (select count(*) from organisation) as organisations, (select count(*) from organisation_period) as periods`)
  const parts: Record<string, Awaited<ReturnType<typeof measure>>> = {}
  for (const [name, ask] of Object.entries(await questions(database))) parts[name] = await measure(ask)
  const of = (pick: (part: { median: number; worst: number }) => number) =>
    Math.max(...Object.values(parts).map(({ ratio }) => pick(ratio)))
  const ratio = { median: of((part) => part.median), worst: of((part) => part.worst) }
  process.stdout.write(`${JSON.stringify({ bench: 'as-of', ratio, parts, size, aim: { ratio: 2 }, on })}\n`)
  await database.close()
} finally {
  await ground.stop()
  await rm(folder, { recursive: true, force: true })
}

type Ask = (day: string) => Promise<unknown>

async function questions(database: Database): Promise<Record<string, Ask>> {
  const { read } = database
  const find = async (code: string): Promise<Organisation> => {
    const found = await findOrganisationByCode(read, code, TODAY)
    if (!found) throw new Error(`no ${code}`)
    return found
  }
  const [city, commune, cell] = [
    await find('79.000.000.000.000'),
    await find('79.050.000.000.000'),
    await find('79.050.020.000.001'),
  ]
  const reader = (organisationId: string, day: string): Reader => ({
    memberId: organisationId,
    position: 'building-officer',
    organisationId,
    officeId: null,
    today: TODAY,
    day,
    at: new Date(),
  })
  const list = (of: Organisation, q: string) => (day: string) =>
    pageOfMembers(read, reader(of.id, day), of, { q, page: 1 })
  return {
    'list of a cell': list(cell, ''),
    'list of a commune': list(commune, ''),
    'list of the city': list(city, ''),
    'search in a commune': list(commune, 'nguyen van'),
    'counts of the city’s communes': (day) => childrenOn(read, city.id, day),
    'counts of a commune’s cells': (day) => childrenOn(read, commune.id, day),
  }
}

/** Milliseconds of one answer on each day, and the ratio of the past to the last day, pair by pair. */
async function measure(ask: Ask) {
  for (const day of [TODAY, THEN, TODAY, THEN, TODAY, THEN]) await took(ask, day, 2)
  const times = Math.max(2, Math.round(SIDE_MS / (await took(ask, TODAY, 2))))
  const pairs: { last: number; past: number }[] = []
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const days = pair % 2 === 0 ? [TODAY, THEN] : [THEN, TODAY]
    const ms: Record<string, number> = {}
    for (const day of days) ms[day] = await took(ask, day, times)
    pairs.push({ last: ms[TODAY]!, past: ms[THEN]! })
  }
  const ratios = pairs.map(({ last, past }) => past / last)
  const rounded = (value: number) => Number(value.toFixed(2))
  return {
    ratio: { median: rounded(median(ratios)), worst: rounded(Math.max(...ratios)) },
    lastDayMs: rounded(median(pairs.map(({ last }) => last))),
    pastMs: rounded(median(pairs.map(({ past }) => past))),
    times,
  }
}

async function took(ask: Ask, day: string, times: number): Promise<number> {
  const began = performance.now()
  for (let time = 0; time < times; time += 1) await ask(day)
  return (performance.now() - began) / times
}
