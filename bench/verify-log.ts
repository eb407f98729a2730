/**
 * `verify-log`: a million entries written by the triggers on real tables, sealed as the application seals (most blocks
 * small, as single acts make them), then verified. Standard output is one JSON line.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { MIGRATIONS_FOLDER } from '../src/app/installation.ts'
import { migrate } from '../src/kernel/migrations.ts'
import { verifyLog } from '../src/verify-log/verify.ts'
import { machine, median } from './parts/machine.ts'

const ACTING = `person|${randomUUID()}|office-clerk|${randomUUID()}||${randomUUID()}|POST /bench`
const ROWS = 240_000
const CHANGES_A_ROW = 3
/** after the bulk, which is sealed in full blocks: acts of three entries each, sealed one by one */
const SMALL_BLOCKS = 20_000
const RUNS = 3

const on = machine()
const folder = await mkdtemp(join(tmpdir(), 'dangvu-bench-'))
const ground = await startEmbeddedDatabase({ folder })
try {
  await migrate(ground.url, MIGRATIONS_FOLDER)
  const client = new pg.Client({ connectionString: ground.url })
  await client.connect()
  const asProgram = (statements: string) =>
    client.query(`begin; set local dangvu.acting = '${ACTING}'; ${statements}; commit`)
  const began = performance.now()
  await asProgram(`
    insert into setting_value (key, valid_from, value, reason)
    select 'bulk ' || n, '2026-01-01', to_jsonb(n), 'lý do của thiết lập số ' || n from generate_series(1, ${ROWS}) n`)
  for (let change = 0; change < CHANGES_A_ROW; change += 1)
    await asProgram(`update setting_value set value = to_jsonb(${change}), set_at = now()`)
  const writtenS = (performance.now() - began) / 1000
  const sealing = performance.now()
  await sealTheRest(client)
  const sealedS = (performance.now() - sealing) / 1000
  await client.query('analyze setting_value')
  await client.query(`set synchronous_commit = off; set dangvu.acting = '${ACTING}'`)
  await client.query(`
    do $$ begin
      for n in 1..${SMALL_BLOCKS} loop
        update setting_value set value = to_jsonb(n) where key in ('bulk ' || n, 'bulk ' || n + 1, 'bulk ' || n + 2);
        perform seal_audit(10000);
        commit;
      end loop;
    end $$`)
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

async function sealTheRest(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ sealed: number }>('select seal_audit(10000) as sealed')
    if (rows[0]?.sealed === 0) return
  }
}
