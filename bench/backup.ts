/**
 * `backup`: a registry of about a million rows with its log backed up and restored, in this process, whose memory is looked at
 * meanwhile; the backup in pairs with a bare COPY of the same tables to nowhere. Standard output is one JSON line.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { writeBackup, type Backup } from '../src/app/backup/backup.ts'
import { findTables, quoted } from '../src/app/backup/catalogue.ts'
import { restore, type Step } from '../src/app/backup/restore.ts'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { MIGRATIONS_FOLDER } from '../src/app/installation.ts'
import { migrate } from '../src/kernel/migrations.ts'
import { verifyLog } from '../src/verify-log/verify.ts'
import { ORGANISATIONS } from './parts/fees.ts'
import { machine, median } from './parts/machine.ts'

const MEMBERS = Number(process.env.MEMBERS ?? 200_000)
const PAIRS = 3
const LOOK_MS = 50

const on = machine()
const folder = await mkdtemp(join(tmpdir(), 'dangvu-bench-'))
const source = await startEmbeddedDatabase({ folder: join(folder, 'source') })
const target = await startEmbeddedDatabase({ folder: join(folder, 'target') })
try {
  await migrate(source.url, MIGRATIONS_FOLDER)
  const owner = new pg.Client({ connectionString: source.url })
  await owner.connect()
  await owner.query(ORGANISATIONS)
  const memory = []
  for (const members of [MEMBERS / 10, MEMBERS]) {
    await addMembers(owner, memory[0]?.members ?? 0, members)
    while ((await owner.query<{ n: number }>('select seal_audit(10000) as n')).rows[0]?.n !== 0);
    const { made, peakMB } = await watched(() => backUp(`of-${members}`))
    memory.push({ members, rows: rowsOf(made), peakMB })
  }
  await owner.query('vacuum analyze')
  const pairs = []
  let last: Backup | undefined
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const bare = await timed(() => copyToNowhere(owner))
    const backup = await timed(async () => (last = await backUp(`pair-${pair}`)))
    pairs.push({ bareS: bare.seconds, backupS: backup.seconds, ratio: backup.seconds / bare.seconds })
  }
  await owner.end()
  if (!last) throw new Error('no pair')
  const steps: Partial<Record<Step, number>> = {}
  const { folder: from, manifest, bytes } = last
  const began = performance.now()
  const { made: restored, peakMB } = await watched(() =>
    restore({
      url: target.url,
      folder: from,
      manifest,
      migrationsFolder: MIGRATIONS_FOLDER,
      keepSessions: false,
      holdMail: true,
      acceptFindings: true,
      verifyLog: async (url) => (await verifyLog({ url })).problemCount,
      onStep: (step) => (steps[step] ??= Math.round(performance.now() - began) / 1000),
    }),
  )
  const restoreS = (performance.now() - began) / 1000
  const rows = rowsOf(last)
  const backupS = median(pairs.map((pair) => pair.backupS))
  const ratio = median(pairs.map((pair) => pair.ratio))
  process.stdout.write(
    `${JSON.stringify({ bench: 'backup', rows, megabytes: Math.round(bytes / 1e6), backupS: round(backupS), rowsPerSecond: Math.round(rows / backupS), overBareCopy: round(ratio), memory, restore: { seconds: round(restoreS), rowsPerSecond: Math.round(rows / restoreS), begunAfterS: steps, peakMB, usable: restored.usable }, on })}\n`,
  )
} finally {
  await source.stop()
  await target.stop()
  await rm(folder, { recursive: true, force: true })
}

/** With the log: two entries each. */
async function addMembers(client: pg.Client, from: number, to: number): Promise<void> {
  await client.query(`
    begin; set local dangvu.acting = 'program||||||bench';
    with cell as (select organisation_id as id, row_number() over () - 1 as place, count(*) over () as cells
                    from organisation_period where kind = 'cell' and valid_to is null),
    made as (
      insert into member (id, full_name, name_norm, sort_key, sex, birth_date, personal_id, card_number, joined_on, official_on)
      select uuidv7(), 'Nguyễn Văn ' || n, 'nguyen van ' || n, 'van nguyen ' || n, 'male', '1980-01-01',
             '099' || lpad(n::text, 9, '0'), '099' || lpad(n::text, 9, '0'), '2009-01-01', '2010-01-01'
        from generate_series(${from} + 1, ${to}) n returning id, right(card_number, 9)::int as n),
    due as (
      insert into fee_schedule (member_id, from_period, class, base_vnd, amount_vnd)
      select id, '2026-02-01', 'BHXH', 5000000, 50000 from made)
    insert into membership (member_id, organisation_id, standing, since, reason)
    select m.id, c.id, 'active', '2026-01-01', 'listed' from made m join cell c on c.place = m.n % c.cells;
    commit`)
}

function backUp(name: string): Promise<Backup> {
  return writeBackup({ url: source.url, folder: join(folder, name), program: 'bench', trial: true })
}

function rowsOf({ manifest }: Backup): number {
  return manifest.tables.reduce((sum, table) => sum + table.rows, 0)
}

async function copyToNowhere(client: pg.Client): Promise<void> {
  for (const table of await findTables(client))
    await pipeline(
      client.query(copyTo(`copy ${quoted(table)} to stdout`)),
      new Writable({ write: (_chunk, _encoding, done) => done() }),
    )
}

async function timed(work: () => Promise<unknown>): Promise<{ seconds: number }> {
  const began = performance.now()
  await work()
  return { seconds: (performance.now() - began) / 1000 }
}

/** The most memory this process held meanwhile (RSS). */
async function watched<T>(work: () => Promise<T>): Promise<{ made: T; peakMB: number }> {
  let peak = process.memoryUsage.rss()
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), LOOK_MS)
  try {
    return { made: await work(), peakMB: Math.round(peak / 1e6) }
  } finally {
    clearInterval(timer)
  }
}

function round(value: number): number {
  return Number(value.toFixed(2))
}
