/**
 * `totals`: the figures of a month as a first page shows them (an organisation's own and those of all directly below it), for the
 * Centre, a province and a commune, while the members of a country grow from 10,000 to 5.6 million. Standard output is one
 * JSON line.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { MIGRATIONS_FOLDER } from '../src/app/installation.ts'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { openDatabase, sql, type Database } from '../src/kernel/db.ts'
import { migrate } from '../src/kernel/migrations.ts'
import { assessMonth } from '../src/procedures/party-fees/assessing/assess.ts'
import { totalsOf } from '../src/procedures/party-fees/following/totals.ts'
import { ORGANISATIONS } from './parts/fees.ts'
import { machine, median } from './parts/machine.ts'
import { addPeople } from './parts/people.ts'

const SIZES = [10_000, 100_000, 1_000_000, Number(process.env.MEMBERS ?? 5_600_000)]
const MONTHS = ['2026-06', '2026-07', '2026-08', '2026-09']
const ASKED = 3_000

const on = machine()
const folder = await mkdtemp(join(tmpdir(), 'dangvu-bench-'))
const ground = await startEmbeddedDatabase({ folder })
try {
  await migrate(ground.url, MIGRATIONS_FOLDER)
  const owner = new pg.Client({ connectionString: ground.url })
  owner.on('error', () => undefined) // what went wrong first is what is told
  await owner.connect()
  await owner.query(ORGANISATIONS)
  const database = openDatabase(ground.url, { connections: 2 })
  const levels = await levelsOf(database)
  const curve = []
  for (const [place, members] of SIZES.entries()) {
    await addPeople(owner, members - (SIZES[place - 1] ?? 0))
    const month = MONTHS[place]!
    const { lines } = await assessMonth(database, `${month}-01`, `${month}-01`)
    if (lines !== members) throw new Error(`${lines} lines of ${members} members`)
    await owner.query('vacuum analyze fee_total')
    curve.push({ members, ...(await measure(database, levels, month)) })
  }
  const [first, last] = [curve[0]!, curve.at(-1)!]
  const growth = Math.max(...Object.keys(levels).map((level) => last.medians[level]! / first.medians[level]!))
  process.stdout.write(
    `${JSON.stringify({ bench: 'totals', p99Ms: Math.max(...curve.map(({ p99Ms }) => p99Ms)), growth: Number(growth.toFixed(2)), curve, aim: { p99Ms: 5, growth: 2.5 }, on })}\n`,
  )
  await database.close()
  await owner.end()
} finally {
  await ground.stop()
  await rm(folder, { recursive: true, force: true })
}

/** One organisation of each level: the first, and it has others below. */
async function levelsOf(database: Database): Promise<Readonly<Record<string, string>>> {
  const rows = await database.read.rows<{ level: string; id: string }>(sql`
    select distinct on (depth) case depth when 1 then 'centre' when 2 then 'province' else 'commune' end as level, id
      from (select organisation_id as id, kind, length(path) - length(replace(path, '.', '')) as depth, path
              from organisation_period where valid_to is null) o
     where depth <= 3 order by depth, path`)
  return Object.fromEntries(rows.map(({ level, id }) => [level, id]))
}

/** The levels in turns, so that none has a quieter time than the others. */
async function measure(database: Database, levels: Readonly<Record<string, string>>, month: string) {
  const times = new Map(Object.keys(levels).map((level) => [level, [] as number[]]))
  for (let asked = 0; asked < ASKED; asked += 1)
    for (const [level, id] of Object.entries(levels)) {
      const began = performance.now()
      await totalsOf(database.read, id, month, `${month}-15`)
      times.get(level)!.push(performance.now() - began)
    }
  const all = [...times.values()].flat().toSorted((a, b) => a - b)
  return {
    p99Ms: Number(all[Math.floor(all.length * 0.99)]!.toFixed(2)),
    medians: Object.fromEntries(
      [...times].map(([level, each]) => [level, Number(median(each).toFixed(3))]),
    ) as Record<string, number>,
  }
}
