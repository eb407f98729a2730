/**
 * `verify-log`: a million entries written by the triggers on real tables, sealed as the application seals (most blocks
 * small, as single acts make them), then verified. Standard output is one JSON line.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { MIGRATIONS_FOLDER } from '../src/app/installation.ts'
import { migrate } from '../src/kernel/migrations.ts'
import { verifyLog } from '../src/verify-log/verify.ts'
import { machine, median } from './parts/machine.ts'

const ROWS = 250_000
const CHANGES_A_ROW = 3
/** the bulk is sealed in full blocks, the rest as single acts of three entries are */
const SMALL_BLOCKS = 60_000
const SMALL = 3
const RUNS = 3

const on = machine()
const folder = await mkdtemp(join(tmpdir(), 'dangvu-bench-'))
const ground = await startEmbeddedDatabase({ folder })
try {
  await migrate(ground.url, MIGRATIONS_FOLDER)
  const client = new pg.Client({ connectionString: ground.url })
  await client.connect()
  const asProgram = (statements: string) =>
    client.query(
      `begin; set local dangvu.acting = 'person|${crypto.randomUUID()}|office-clerk|${crypto.randomUUID()}||${crypto.randomUUID()}|POST /bench'; ${statements}; commit`,
    )
  const began = performance.now()
  await asProgram(`
    insert into setting_value (key, valid_from, value, reason)
    select gen_random_uuid(), '2026-01-01', to_jsonb(n), 'lý do của thiết lập số ' || n from generate_series(1, ${ROWS}) n`)
  for (let change = 0; change < CHANGES_A_ROW; change += 1)
    await asProgram(`update setting_value set value = to_jsonb(${change}), set_at = now()`)
  const writtenS = (performance.now() - began) / 1000
  const sealing = performance.now()
  await client.query(
    `do $$ begin for n in 1..${SMALL_BLOCKS} loop perform seal_audit(${SMALL}); end loop; end $$`,
  )
  for (;;) {
    const { rows } = await client.query<{ sealed: number }>('select seal_audit(10000) as sealed')
    if (rows[0]?.sealed === 0) break
  }
  const sealedS = (performance.now() - sealing) / 1000
  await client.query('vacuum analyze audit_entry, audit_block, audit_tail, setting_value')
  await client.end()
  const reports = []
  for (let run = 0; run < RUNS; run += 1) reports.push(await verifyLog({ url: ground.url }))
  const rates = reports.map((report) => report.entriesPerSecond)
  const [{ entries, blocks, rowsChecked } = { entries: 0, blocks: 0, rowsChecked: 0 }] = reports
  const problems = Math.max(...reports.map((report) => report.problemCount))
  process.stdout.write(
    `${JSON.stringify({ bench: 'verify-log', entriesPerSecond: { median: median(rates), worst: Math.min(...rates) }, entries, blocks, rowsChecked, problems, writtenS: Number(writtenS.toFixed(1)), sealedS: Number(sealedS.toFixed(1)), aim: { entriesPerSecond: 150_000 }, on })}\n`,
  )
} finally {
  await ground.stop()
  await rm(folder, { recursive: true, force: true })
}
