/**
 * `assess`: a month of fees for a country, with rows, indexes, totals of all levels and each cell's digest, over the bare INSERT …
 * SELECT of the same rows (members joined with their schedules) into a table without an index or a check, in alternating pairs;
 * and over copying the finished rows, which finds out nothing. Standard output is one JSON line.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { MIGRATIONS_FOLDER } from '../src/app/installation.ts'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { openDatabase, sql } from '../src/kernel/db.ts'
import { migrate } from '../src/kernel/migrations.ts'
import { assessMonth } from '../src/procedures/party-fees/assessing/assess.ts'
import { fillCapital } from './parts/country.ts'
import { machine, median } from './parts/machine.ts'
import { addPeople } from './parts/people.ts'

const MEMBERS = Number(process.env.MEMBERS ?? 5_600_000)
const MONTHS = ['2026-06-01', '2026-07-01', '2026-08-01', '2026-09-01', '2026-10-01']

const BARE = `
  insert into bare (member_id, period, number, organisation_id, kind, class, base_vnd, amount_vnd, made_on)
  select s.member_id, $1::date, 0, m.organisation_id, 'month', s.class, s.base_vnd, s.amount_vnd, $1::date
    from membership m
    join fee_schedule s on s.member_id = m.member_id and s.from_period <= $1::date
                       and (s.until_period is null or s.until_period >= $1::date)
   where m.standing = 'active' and m.since <= $1::date and (m.until is null or m.until > $1::date) and s.refusal is null`

const on = machine()
const folder = await mkdtemp(join(tmpdir(), 'dangvu-bench-'))
const ground = await startEmbeddedDatabase({ folder })
try {
  await migrate(ground.url, MIGRATIONS_FOLDER)
  const owner = new pg.Client({ connectionString: ground.url })
  owner.on('error', () => undefined) // what went wrong first is what is told
  await owner.connect()
  const database = openDatabase(ground.url, { connections: 2 })
  await fillCapital({ database, url: ground.url })
  await addPeople(owner, MEMBERS)
  const pairs: { oursS: number; bareS: number; ratio: number; copyS: number; againS: number }[] = []
  let lines = 0
  for (const month of MONTHS) {
    const ours = await timed(async () => {
      const made = await assessMonth(database, month, month)
      lines = made.lines
    })
    const bare = await timedInto(owner, BARE, month)
    const copy = await timedInto(owner, 'insert into bare select * from fee_line where period = $1', month)
    const again = await timed(async () => {
      const { lines: more } = await assessMonth(database, month, month)
      if (more !== 0) throw new Error(`${more} lines were added by doing nothing`)
    })
    pairs.push({
      oursS: seconds(ours),
      bareS: seconds(bare),
      ratio: Number((ours / bare).toFixed(2)),
      copyS: seconds(copy),
      againS: seconds(again),
    })
  }
  const { cells, dueVnd } = await database.read.one<{ cells: number; dueVnd: number }>(sql`
    select count(distinct organisation_id) as cells, sum(amount_vnd) as "dueVnd" from fee_assessment where period = ${MONTHS[0]}`)
  const { topVnd } = await database.read.one<{ topVnd: number }>(sql`
    select sum(t.due_vnd) as "topVnd" from fee_total t join organisation_period p using (organisation_id)
     where p.kind = 'province' and p.valid_to is null and t.period = ${MONTHS[0]}`)
  if (topVnd !== dueVnd) throw new Error('the provinces are not the sum of their cells')
  const ratios = pairs.map(({ ratio }) => ratio)
  process.stdout.write(
    `${JSON.stringify({ bench: 'assess', ratio: { median: median(ratios), worst: Math.max(...ratios) }, lines, cells, pairs, aim: { ratio: 4 }, on })}\n`,
  )
  await database.close()
  await owner.end()
} finally {
  await ground.stop()
  await rm(folder, { recursive: true, force: true })
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** A statement that writes the month's rows into a table made for it. */
async function timedInto(owner: pg.Client, statement: string, month: string): Promise<number> {
  await owner.query('drop table if exists bare; create table bare (like fee_line)')
  return timed(() => owner.query(statement, [month]).then(() => undefined))
}

function seconds(ms: number): number {
  return Number((ms / 1000).toFixed(2))
}
