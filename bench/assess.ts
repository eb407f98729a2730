/**
 * `assess`: a month of fees for a country, with rows, indexes, totals of all levels and each cell's digest, over the bare INSERT …
 * SELECT of the same rows into a table without an index, in alternating pairs. Standard output is one JSON line.
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
import { fillCountry } from './parts/country.ts'
import { machine, median } from './parts/machine.ts'

const MEMBERS = Number(process.env.MEMBERS ?? 5_600_000)
const MONTHS = ['2026-06-01', '2026-07-01', '2026-08-01', '2026-09-01', '2026-10-01']

/** Members counted in every cell, each with a schedule; without the log and the checks of keys: they are not what is measured. */
const PEOPLE = `
  set session_replication_role = replica;
  create temporary table cell as
    select organisation_id as id, row_number() over () - 1 as place from organisation_period where kind = 'cell' and valid_to is null;
  create index on cell (place);
  analyze cell;
  create temporary table person as
    select gen_random_uuid() as id, c.id as cell, n
      from generate_series(1, ${MEMBERS}) n join cell c on c.place = n % (select count(*) from cell);
  insert into membership (member_id, organisation_id, standing, since, reason)
    select id, cell, 'active', '2026-01-01', 'listed' from person order by cell;
  insert into fee_schedule (member_id, from_period, class, base_vnd, amount_vnd)
    select id, '2026-02-01', case n % 3 when 0 then 'BHXH' when 1 then 'HUU_TRI' else 'TRONG_TUOI' end, 5000000 + n % 9000000,
           15000 + n % 90000 from person order by id;
  drop table person, cell;
  set session_replication_role = default`

const on = machine()
const folder = await mkdtemp(join(tmpdir(), 'dangvu-bench-'))
const ground = await startEmbeddedDatabase({ folder })
try {
  await migrate(ground.url, MIGRATIONS_FOLDER)
  const owner = new pg.Client({ connectionString: ground.url })
  await owner.connect()
  await fillCountry(owner)
  await owner.query(PEOPLE)
  await owner.query('vacuum analyze')
  const database = openDatabase(ground.url, { connections: 2 })
  const pairs: { oursS: number; bareS: number; ratio: number; againS: number }[] = []
  let lines = 0
  for (const month of MONTHS) {
    const ours = await timed(async () => {
      const made = await assessMonth(database, month, month)
      lines = made.lines
    })
    await owner.query(`drop table if exists bare; create table bare (like fee_line)`)
    const bare = await timed(() =>
      owner.query('insert into bare select * from fee_line where period = $1', [month]).then(() => undefined),
    )
    const again = await timed(async () => {
      const { lines: more } = await assessMonth(database, month, month)
      if (more !== 0) throw new Error(`${more} lines were added by doing nothing`)
    })
    pairs.push({
      oursS: seconds(ours),
      bareS: seconds(bare),
      ratio: Number((ours / bare).toFixed(2)),
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

function seconds(ms: number): number {
  return Number((ms / 1000).toFixed(2))
}
