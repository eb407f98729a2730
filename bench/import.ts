/**
 * `import`: a workbook of 366,000 members through the command of the real import, in a registry of one province, over a bare COPY of
 * the rows it wrote (members and memberships, into tables of the same columns without an index, a check or a trigger) and the time
 * to read the workbook and do nothing; and the memory of the importing process at most. Rounds alternate. Standard output is one
 * JSON line.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { MIGRATIONS_FOLDER } from '../src/app/installation.ts'
import { migrate } from '../src/kernel/migrations.ts'
import { MEMBER_COLUMNS } from '../src/registry/import/member-columns.ts'
import { openTable } from '../src/spreadsheets/table.ts'
import { openWorkbook } from '../src/spreadsheets/workbook.ts'
import { machine, median } from './parts/machine.ts'
import { memberRows, writeWorkbook } from './parts/member-list.ts'

const ROWS = Number(process.env.ROWS ?? 366_000)
const ROUNDS = Number(process.env.ROUNDS ?? 3)
const PROVINCE = '79.000.000.000.000'

/** A province, 168 communes, 100 cells each. */
const ORGANISATIONS = `
  insert into organisation (code) values ('${PROVINCE}');
  insert into organisation (code) select format('79.%s.000.000.000', lpad(w::text, 3, '0')) from generate_series(1, 168) w;
  insert into organisation (code) select format('79.%s.%s.000.001', lpad(w::text, 3, '0'), lpad(c::text, 3, '0')) from generate_series(1, 168) w, generate_series(1, 100) c;
  insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, source)
    select id, '2025-07-01', 'Đảng bộ Thành phố', 'dang bo thanh pho', 'province', null, number || '.', 'x' from organisation where code = '${PROVINCE}';
  insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, source)
    select o.id, '2025-07-01', 'Đảng bộ Phường ' || o.number, 'dang bo phuong ' || o.number, 'commune', p.organisation_id, p.path || o.number || '.', 'x'
      from organisation o, organisation_period p where o.code like '79.___.000.000.000' and o.code <> '${PROVINCE}';
  insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, source)
    select o.id, '2025-07-01', 'Chi bộ ' || o.number, 'chi bo ' || o.number, 'cell', w.id, p.path || o.number || '.', 'x'
      from organisation o join organisation w on w.code = left(o.code, 6) || '.000.000.000'
      join organisation_period p on p.organisation_id = w.id where o.code like '%.001'`

const on = machine()
const folder = await mkdtemp(join(tmpdir(), 'dangvu-bench-'))
const file = join(folder, 'danh-sach.xlsx')
try {
  const cells = Array.from(
    { length: 168 * 100 },
    (_, n) => `79.${three(Math.floor(n / 100) + 1)}.${three((n % 100) + 1)}.000.001`,
  )
  await writeWorkbook(file, memberRows(ROWS, cells))
  await once(spawn(process.execPath, ['scripts/dangvu.mjs', 'help'], { stdio: 'ignore' }), 'exit') // it is built when the first one starts
  const rounds: Awaited<ReturnType<typeof oneRound>>[] = []
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await oneRound(join(folder, String(round))))
  const timesCopy = rounds.map(({ importS, readS, copyS }) => (importS - readS) / copyS)
  const rounded = (value: number) => Number(value.toFixed(2))
  process.stdout.write(
    `${JSON.stringify({ bench: 'import', timesCopyBesideReading: { median: rounded(median(timesCopy)), worst: rounded(Math.max(...timesCopy)) }, memoryMB: Math.max(...rounds.map(({ memoryMB }) => memoryMB)), rounds, rows: ROWS, fileMB: rounded((await stat(file)).size / 1e6), aim: { timesCopyBesideReading: 6, memoryMB: 450 }, on })}\n`,
  )
} finally {
  await rm(folder, { recursive: true, force: true })
}

function three(number: number): string {
  return String(number).padStart(3, '0')
}

async function oneRound(data: string) {
  const readS = await timed(readAll)
  const ground = await startEmbeddedDatabase({ folder: join(data, 'database') })
  try {
    await migrate(ground.url, MIGRATIONS_FOLDER)
    const owner = new pg.Client({ connectionString: ground.url })
    await owner.connect()
    await owner.query(ORGANISATIONS)
    await owner.query('vacuum analyze')
    let memoryMB = 0
    const importS = await timed(async () => {
      memoryMB = await runImport(data)
    })
    const copyS = await bareCopy(owner)
    const { rows } = await owner.query<{ members: number }>('select count(*)::int as members from member')
    if (rows[0]!.members !== ROWS) throw new Error(`${rows[0]!.members} of ${ROWS} members are there`)
    await owner.end()
    return { importS, readS, copyS, memoryMB }
  } finally {
    await ground.stop()
    await rm(data, { recursive: true, force: true })
  }
}

/** Everything up to the cells of each row. */
async function readAll(): Promise<void> {
  let rows = 0
  const table = await openTable(await openWorkbook(await readFile(file), file), MEMBER_COLUMNS)
  for await (const some of table.rows()) rows += some.length
  if (rows !== ROWS) throw new Error(`${rows} of ${ROWS} rows were read`)
}

/** The command as an administrator gives it. @returns its own memory at most, in MB: the database has processes of its own */
async function runImport(data: string): Promise<number> {
  const child = spawn(
    process.execPath,
    ['scripts/dangvu.mjs', 'import-members', file, '--under', PROVINCE, '--json'],
    {
      env: { ...process.env, DANGVU_DATA: data },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  let most = 0
  const looking = setInterval(() => (most = Math.max(most, peakOf(child.pid!))), 50)
  const [code] = (await once(child, 'exit')) as [number]
  clearInterval(looking)
  if (code !== 0) throw new Error(`the import ended with ${code}`)
  return Math.round(most)
}

function peakOf(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Through a file of the server's own, so that no client is measured. */
async function bareCopy(owner: pg.Client): Promise<number> {
  const tables = ['member', 'membership']
  const { rows } = await owner.query<{ folder: string }>(`select current_setting('data_directory') as folder`)
  const fileOf = (table: string) => pg.escapeLiteral(join(rows[0]!.folder, `bench-${table}`))
  for (const table of tables) {
    await owner.query(`create table bare_${table} as select * from ${table} where false`)
    await owner.query(`copy ${table} to ${fileOf(table)}`)
  }
  return timed(async () => {
    for (const table of tables) await owner.query(`copy bare_${table} from ${fileOf(table)}`)
  })
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return Number(((performance.now() - began) / 1000).toFixed(2))
}
