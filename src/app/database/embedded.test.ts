/** The embedded database: made, joined, left, killed and found again. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startEmbeddedDatabase } from './embedded.ts'

let folder: string
const settings = { fsync: 'off' }
const start = () => startEmbeddedDatabase({ folder, settings })

async function query<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new pg.Client(url)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}

const processOfServer = async () => {
  const text = await readFile(join(folder, 'cluster', 'data', 'postmaster.pid'), 'utf8').catch(() => '')
  return Number(text.split('\n')[0]) || undefined
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dangvu-embedded-'))
})

afterEach(async () => {
  if ((await processOfServer()) !== undefined) await start().then((left) => left.stop())
  await rm(folder, { recursive: true, force: true })
})

test('a Vietnamese cluster on 127.0.0.1 alone, its password for the owner alone', async () => {
  const database = await start()
  const [found] = await query<Record<string, string>>(
    database.url,
    `select lower('ĐẢNG VIÊN') as lower, 'Đặng' ilike 'đặng' as matches, current_setting('server_encoding') as encoding,
       current_setting('listen_addresses') as address, current_setting('unix_socket_directories') as sockets,
       (select count(*) from pg_hba_file_rules where auth_method <> 'scram-sha-256')::int as without_password`,
  )
  expect(found).toEqual({
    lower: 'đảng viên',
    matches: true,
    encoding: 'UTF8',
    address: '127.0.0.1',
    sockets: '',
    without_password: 0,
  })
  const { mode } = await stat(join(folder, 'cluster', 'password'))
  expect(mode & 0o777).toBe(0o600)
  const stranger = database.url.replace(/:[0-9a-f]+@/, ':guessed@')
  await expect(query(stranger, 'select 1')).rejects.toThrow('password authentication failed')
  await database.stop()
})

test('what was written is there after a stop and a start', async () => {
  const first = await start()
  expect(first.reused).toBe(false)
  await query(first.url, 'create table kept as select 7 as number')
  await first.stop()
  await first.stop()
  expect(await processOfServer()).toBeUndefined()
  const second = await start()
  expect(await query(second.url, 'select number from kept')).toEqual([{ number: 7 }])
  await second.stop()
})

test('the last to leave stops the server, not the one that started it', async () => {
  const server = await start()
  const command = await start()
  expect([command.reused, command.url]).toEqual([true, server.url])
  await server.stop()
  expect(await query(command.url, 'select 1 as here')).toEqual([{ here: 1 }])
  await command.stop()
  expect(await processOfServer()).toBeUndefined()
})

test('a server left by a crash is joined; one that was killed recovers', async () => {
  const crash = `
    import { startEmbeddedDatabase } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))}
    await startEmbeddedDatabase({ folder: ${JSON.stringify(folder)} })
    process.kill(process.pid, 'SIGKILL')`
  await expect(runModule(crash)).rejects.toThrow()
  const left = await processOfServer()
  expect(left).toBeGreaterThan(0)

  const joined = await start()
  expect(joined.reused).toBe(true)
  expect(await processOfServer()).toBe(left)
  await query(joined.url, 'create table survivor as select 1 as number')
  process.kill(left!, 'SIGKILL')

  // Who uses it still brings it back, or who comes: whoever is first.
  const recovered = await start()
  expect(await processOfServer()).not.toBe(left)
  expect(await query(recovered.url, 'select number from survivor')).toEqual([{ number: 1 }])
  await joined.stop()
  await recovered.stop()
})

test('a server that dies while it is used is started again at the same address, and not after everybody left', async () => {
  const database = await start()
  await query(database.url, `create table kept as select 7 as number`)
  const died = await processOfServer()
  process.kill(died!, 'SIGKILL')
  const again = async (): Promise<unknown> =>
    query(database.url, 'select number from kept').catch(() => undefined)
  await expect.poll(again, { timeout: 20_000 }).toEqual([{ number: 7 }])
  expect(await processOfServer()).not.toBe(died)
  await database.stop()
  expect(await processOfServer()).toBeUndefined()
})

test('a postmaster.pid and a lock whose numbers now belong to strangers are not believed', async () => {
  const first = await start()
  await query(first.url, 'create table kept as select 7 as number')
  await first.stop()
  const foreign = [process.pid, 'x', 0, 5432, '', '127.0.0.1', '0 0', 'ready'].join('\n')
  await writeFile(join(folder, 'cluster', 'data', 'postmaster.pid'), foreign)
  await writeFile(join(folder, 'starting.lock'), String(process.pid))
  const second = await start()
  expect(second.reused).toBe(false)
  expect(await query(second.url, 'select number from kept')).toEqual([{ number: 7 }])
  await second.stop()
})

test('several that begin at once share one server', async () => {
  const databases = await Promise.all([start(), start(), start()])
  expect(databases.map(({ reused }) => reused).sort()).toEqual([false, true, true])
  expect(new Set(databases.map(({ url }) => url)).size).toBe(1)
  await Promise.all(databases.map((database) => database.stop()))
  expect(await processOfServer()).toBeUndefined()
})

test.runIf(process.getuid?.() === 0)(
  'root with a private home: the server runs, and not as root',
  async () => {
    const home = join(folder, 'home')
    await mkdir(home, { mode: 0o700 })
    const database = await startEmbeddedDatabase({ folder: join(home, 'database'), settings })
    try {
      const [found] = await query<{ where: string }>(
        database.url,
        `select current_setting('data_directory') as where`,
      )
      expect(found?.where).toBe(join(home, 'database', 'cluster', 'data'))
    } finally {
      await database.stop()
    }
    const again = await startEmbeddedDatabase({ folder: join(home, 'database'), settings })
    await again.stop()
  },
)

test('the log quotes no rows', async () => {
  const database = await start()
  await query(database.url, 'create table member (card text unique)')
  await query(database.url, `insert into member values ('CANARY-1')`)
  await expect(query(database.url, `insert into member values ('CANARY-1')`)).rejects.toThrow('duplicate key')
  await expect(query(database.url, `select 'CANARY-2'::int`)).rejects.toThrow('CANARY-2')
  await database.stop()
  expect(await readFile(join(folder, 'postgresql.log'), 'utf8')).not.toContain('CANARY')
})

/** Runs TypeScript in a process of its own. */
async function runModule(source: string): Promise<void> {
  const { build } = await import('esbuild')
  const outfile = join(import.meta.dirname, `../../../build/test-${process.pid}.mjs`)
  await build({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outfile,
  })
  try {
    await promisify(execFile)(process.execPath, [outfile])
  } finally {
    await rm(outfile, { force: true })
  }
}
