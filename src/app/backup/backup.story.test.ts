/** Backups through the command line: the same rows come back, of one moment, proved; and what is not whole is refused in words. */
import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { cp, mkdtemp, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/database.ts'
import { openHouse, type House } from '../../../tests/house.ts'
import { sealAll, startSealer } from '../../audit/sealer.ts'
import { openDatabase, sql } from '../../kernel/db.ts'
import { planJob } from '../../kernel/jobs.ts'
import { migrate, readMigrations } from '../../kernel/migrations.ts'
import { recordNotice } from '../../kernel/notices.ts'
import { addMember } from '../../registry/test-builders.ts'
import { runCommandLine } from '../commands/command-line.ts'
import { MIGRATIONS_FOLDER, openInstallation, StartError } from '../installation.ts'
import { checksumFile, checksumLine, MANIFEST, type Manifest } from './manifest.ts'

let house: House
let folder: string
const targets: TestDatabase[] = []

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dangvu-backup-'))
})
afterEach(async () => {
  for (const target of targets.splice(0)) await target.drop()
  await rm(folder, { recursive: true, force: true })
})

async function emptyDatabase(locale?: string): Promise<string> {
  const target = await createTestDatabase({ migrated: false, ...(locale !== undefined && { locale }) })
  targets.push(target)
  return target.url
}

async function run(url: string, ...argv: string[]) {
  let out = ''
  let error = ''
  const exit = await runCommandLine(argv, {
    env: { DATABASE_URL: url, DANGVU_DATA: join(folder, 'data') },
    out: (text) => void (out += text),
    error: (text) => void (error += text),
  })
  return { exit, out, error }
}

async function inJson(url: string, ...argv: string[]) {
  const { exit, out } = await run(url, ...argv, '--json')
  return { exit, ...(JSON.parse(out) as Record<string, unknown>) }
}

const backup = (url: string, name: string) => inJson(url, 'backup', join(folder, name))
const manifestOf = async (name: string) =>
  JSON.parse(await readFile(join(folder, name, MANIFEST), 'utf8')) as Manifest
const digestsOf = async (name: string) =>
  Object.fromEntries((await manifestOf(name)).tables.map((table) => [table.name, table.digest]))

async function ask<Row extends object>(
  url: string,
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query<Row>(statement, values)).rows
  } finally {
    await client.end()
  }
}

describe('the same rows', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replaceAll('\u0000', '�'))
  const awkward = fc.constantFrom('\\N', '\\.', 'a\tb\nc\rd\\', '"', '', 'Nguyễn Thị Ký', '𠮷')
  const rows = fc.array(
    fc.record({ text: fc.oneof(anyText, awkward), bytes: fc.uint8Array({ minLength: 1, maxLength: 200 }) }),
    { minLength: 1, maxLength: 30 },
  )

  async function put({ text, bytes }: { text: string; bytes: Uint8Array }, at: number): Promise<void> {
    await house.database.transaction(async (write) => {
      await write.run(sql`
        insert into file (sha256, kind, size, bytes) values
          (${createHash('sha256').update(bytes).digest('hex')}, 'pdf', ${bytes.length}, ${Buffer.from(bytes)})
        on conflict do nothing`)
      await write.run(sql`
        insert into setting_value (key, valid_from, value, reason)
        values (${`k ${text}`}, date '2026-01-01' + ${at}::int, ${JSON.stringify(text)}, ${`l ${text}`}) on conflict do nothing`)
      await recordNotice(write, {
        to: { memberId: house.visitors.member.memberId },
        code: 'x',
        facts: { text },
        at: new Date(1_000_000_000_123 + at),
      })
      await planJob(write, { task: 'nothing', payload: { text }, key: `k${at}`, queue: 'one' })
    })
  }

  test('whatever is in them: backed up, restored and backed up again, every table has the same digest', async () => {
    await house.database.transaction((write) => write.run(sql`select open_fee_month('2026-10-01')`))
    let round = 0
    await fc.assert(
      fc.asyncProperty(rows, async (made) => {
        round += 1
        for (const [at, row] of made.entries()) await put(row, at)
        expect(await backup(house.url, `first-${round}`)).toMatchObject({ exit: 0 })
        const url = await emptyDatabase()
        const restored = await inJson(
          url,
          'restore',
          join(folder, `first-${round}`),
          '--keep-sessions',
          '--send-mail',
        )
        expect(restored).toMatchObject({
          exit: 0,
          usable: true,
          sessionsEnded: 0,
          mailHeld: false,
          migrated: [],
        })
        expect(await backup(url, `second-${round}`)).toMatchObject({ exit: 0 })
        expect(await digestsOf(`second-${round}`)).toEqual(await digestsOf(`first-${round}`))
        const { sequences, log } = await manifestOf(`first-${round}`)
        expect(await manifestOf(`second-${round}`)).toMatchObject({ sequences, log })
      }),
      { numRuns: 3 },
    )
  })

  test('files of a backup are for their owner alone, and its name comes last', async () => {
    await backup(house.url, 'night')
    expect(await readdir(folder)).toEqual(['night'])
    expect((await stat(join(folder, 'night'))).mode & 0o777).toBe(0o700)
    for (const name of await readdir(join(folder, 'night')))
      expect((await stat(join(folder, 'night', name))).mode & 0o777).toBe(0o600)
  })

  test('a copy is held to the same rules, numbers go on, and nobody is signed in', async () => {
    await backup(house.url, 'night')
    const url = await emptyDatabase()
    const restored = await run(url, 'restore', join(folder, 'night'), '--lang', 'en')
    expect([restored.exit, restored.out.trim().split('\n').at(-1)]).toEqual([
      0,
      expect.stringMatching(/^VERIFIED, READY: \d+ tables, \d+ rows as of .*log and ledger agree/),
    ])
    const [copy] = await ask<{ sessions: number; held: boolean }>(
      url,
      `select (select count(*)::int from session) as sessions, exists (select from instance_fact where key = 'mail-held') as held`,
    )
    expect(copy).toEqual({ sessions: 0, held: true })
    expect(await ask(house.url, 'select 1 from session limit 1')).toHaveLength(1)
    await expect(ask(url, `update audit_entry set act = 'x'`)).rejects.toThrow()
    await expect(ask(url, `insert into office (member_id) values (gen_random_uuid())`)).rejects.toThrow()
    const database = openDatabase(url, { connections: 2 })
    await database.transaction((write) => addMember(write, 'Đảng Viên Sau', house.world.cell))
    await sealAll(database)
    await database.close()
    expect(await inJson(url, 'verify-log')).toMatchObject({ exit: 0, unsealed: 0 })
    expect(await inJson(url, 'release-mail')).toMatchObject({ exit: 0, held: true })
    expect(await inJson(url, 'release-mail')).toMatchObject({ exit: 0, held: false })
  })
})

test('a database that orders texts by a locale has the backup of one that does by bytes, and goes back into either', async () => {
  const local = await emptyDatabase('vi-u-ka-shifted')
  await migrate(local, MIGRATIONS_FOLDER)
  await ask(
    local,
    `insert into setting_value (key, valid_from, value, reason)
     select key, date '2026-01-01', '1', 'thử' from unnest(array['b.c', 'bb', 'B', 'đ', 'b-d', 'a']) key`,
  )
  const found = await ask<{ differs: boolean }>(
    local,
    `select array_agg(key order by key) <> array_agg(key order by key collate "C") as differs from setting_value`,
  )
  expect(found).toEqual([{ differs: true }])
  expect(await backup(local, 'local')).toMatchObject({ exit: 0 })
  for (const locale of [undefined, 'vi-u-ka-shifted'])
    expect(
      await inJson(await emptyDatabase(locale), 'restore', join(folder, 'local'), '--accept-findings'),
    ).toMatchObject({ exit: 0, usable: true })
})

test('under load it is of one moment: what was written together is there together, and log and ledger agree', async () => {
  const writing = { over: false }
  const sealer = startSealer(house.database, () => undefined)
  const writers = Array.from({ length: 3 }, async (_, writer) => {
    for (let act = 0; !writing.over; act += 1)
      await house.database.transaction(async (write) => {
        const memberId = await addMember(write, `Đảng Viên ${writer} ${act}`, house.world.cell)
        await recordNotice(write, { to: { memberId }, code: 'together', at: new Date() })
      })
  })
  const [before] = await ask<{ n: number }>(
    house.url,
    `select count(*)::int as n from notice where code = 'together'`,
  )
  const made = await backup(house.url, 'busy')
  writing.over = true
  await Promise.all(writers)
  await sealer.stop()
  expect(made.exit).toBe(0)
  const url = await emptyDatabase()
  expect(await inJson(url, 'restore', join(folder, 'busy'))).toMatchObject({
    exit: 0,
    logProblems: 0,
    ledgerProblems: 0,
  })
  const [copy] = await ask<{ alone: number; notices: number; jobs: number }>(
    url,
    `select (select count(*)::int from notice n where code = 'together'
               and not exists (select from membership m where m.member_id = n.member_id)) as alone,
            (select count(*)::int from notice where code = 'together') as notices,
            (select count(*)::int from notice n where code = 'together' and exists (
               select from graphile_worker._private_jobs j where j.payload ->> 'noticeId' = n.id::text)) as jobs`,
  )
  const [after] = await ask<{ n: number }>(
    house.url,
    `select count(*)::int as n from notice where code = 'together'`,
  )
  expect(copy).toMatchObject({ alone: 0, jobs: copy?.notices })
  expect(copy?.notices).toBeGreaterThanOrEqual(before!.n)
  expect(after!.n).toBeGreaterThan(copy!.notices)
})

test('a database of an older program is backed up as it is, restored as it was, compared, and then brought up to date', async () => {
  const old = await emptyDatabase()
  const migrations = (await readMigrations(MIGRATIONS_FOLDER)).map(({ name }) => name)
  const before = migrations.at(-3)!
  await migrate(old, MIGRATIONS_FOLDER, { until: before })
  expect(await backup(old, 'old')).toMatchObject({ exit: 0 })
  // It was taken as it was: nothing was brought up to date.
  const applied = await ask<{ name: string }>(old, 'select name from migration order by name collate "C"')
  expect(applied.at(-1)).toEqual({ name: before })
  const url = await emptyDatabase()
  expect(await inJson(url, 'restore', join(folder, 'old'))).toMatchObject({
    exit: 0,
    migrated: migrations.slice(-2),
    logProblems: 0,
  })
})

describe('refused in words, and nothing is made', () => {
  beforeEach(() => backup(house.url, 'good'))

  const damaged = async (damage: (path: string) => Promise<unknown>) => {
    await rm(join(folder, 'bad'), { recursive: true, force: true })
    await cp(join(folder, 'good'), join(folder, 'bad'), { recursive: true })
    await damage(join(folder, 'bad'))
    const url = await emptyDatabase()
    const answer = await inJson(url, 'restore', join(folder, 'bad'))
    const made = await ask(
      url,
      `select 1 from pg_namespace where nspname in ('dangvu_restore', 'graphile_worker')`,
    )
    return {
      ...((answer as { error?: unknown }).error as { code: string; message: string }),
      exit: answer.exit,
      made: made.length,
    }
  }
  const writeManifest = async (path: string, change: (manifest: Manifest) => unknown) => {
    const text = JSON.stringify(change(JSON.parse(await readFile(join(path, MANIFEST), 'utf8')) as Manifest))
    await writeFile(join(path, MANIFEST), text)
    await writeFile(join(path, checksumFile), checksumLine(text))
  }
  const MEMBERS = 'public.member.copy.gz'

  test('half written, another folder, cut off, altered, missing', async () => {
    expect(await damaged((path) => rm(join(path, MANIFEST)))).toMatchObject({
      exit: 1,
      code: 'backup.no-backup',
      made: 0,
    })
    expect(await damaged((path) => rename(path, `${path}-elsewhere`))).toMatchObject({
      code: 'backup.no-backup',
    })
    expect(await damaged((path) => truncate(join(path, MEMBERS), 20))).toMatchObject({
      exit: 1,
      code: 'backup.file-cut-off',
      message: expect.stringContaining(MEMBERS),
      made: 0,
    })
    expect(await damaged((path) => rm(join(path, MEMBERS)))).toMatchObject({
      code: 'backup.file-missing',
      made: 0,
    })
    const flipped = async (path: string) => {
      const bytes = await readFile(join(path, MEMBERS))
      bytes[bytes.length - 9]! ^= 1
      await writeFile(join(path, MEMBERS), bytes)
    }
    expect(await damaged(flipped)).toMatchObject({ exit: 1, code: 'backup.file-altered', made: 0 })
    const edited = async (path: string) => {
      const text = await readFile(join(path, MANIFEST), 'utf8')
      await writeFile(join(path, MANIFEST), text.replace('"rows": 0', '"rows": 1'))
    }
    expect(await damaged(edited)).toMatchObject({ code: 'backup.file-altered', made: 0 })
  })

  test('another format, a newer program, a migration that differs, a file outside the folder', async () => {
    const rewritten = (change: (manifest: Manifest) => unknown) =>
      damaged((path) => writeManifest(path, change))
    expect(await rewritten((all) => ({ ...all, format: 'dangvu-backup-9' }))).toMatchObject({
      code: 'backup.foreign-format',
      made: 0,
    })
    const more = { name: '9999-from-the-future.sql', checksum: '0'.repeat(64) }
    expect(await rewritten((all) => ({ ...all, migrations: [...all.migrations, more] }))).toMatchObject({
      code: 'backup.foreign-version',
      message: expect.stringContaining('9999-from-the-future.sql'),
      made: 0,
    })
    const other = ({ migrations: [first, ...rest], ...all }: Manifest) => ({
      ...all,
      migrations: [{ ...first, checksum: '1'.repeat(64) }, ...rest],
    })
    expect(await rewritten(other)).toMatchObject({ code: 'backup.foreign-version', made: 0 })
    const outside = (all: Manifest) => ({
      ...all,
      tables: all.tables.map((table) => ({ ...table, file: '../../etc/passwd' })),
    })
    expect(await rewritten(outside)).toMatchObject({ code: 'backup.file-altered', made: 0 })
  })

  test('nothing to back up, in a database and where none is: nothing is made there', async () => {
    const url = await emptyDatabase()
    expect(await backup(url, 'nothing')).toMatchObject({
      exit: 1,
      error: { code: 'backup.nothing-there' },
    })
    expect(await ask(url, `select 1 from pg_class where relnamespace = 'public'::regnamespace`)).toEqual([])
    let error = ''
    const exit = await runCommandLine(['backup', join(folder, 'nothing')], {
      env: { DANGVU_DATA: join(folder, 'no-data') },
      out: () => undefined,
      error: (text) => void (error += text),
    })
    expect([exit, error]).toEqual([1, expect.stringContaining('There is no database in')])
    expect(await readdir(folder)).toEqual(['good'])
  })

  test('what fails halfway is told with what is left and what to do', async () => {
    const url = await emptyDatabase()
    const other = join(folder, 'other')
    await cp(join(folder, 'good'), other, { recursive: true })
    await writeManifest(other, (all) => ({
      ...all,
      tables: all.tables.filter(({ name }) => name !== 'member'),
    }))
    const { exit, error } = await run(url, 'restore', other, '--lang', 'en')
    expect([exit, error]).toEqual([
      1,
      expect.stringMatching(
        /do not have the same tables: public\.member\..*unfinished copy, marked.*dropdb, createdb/s,
      ),
    ])
    const nowhere = new URL(url)
    nowhere.port = '1'
    const away = await run(nowhere.href, 'restore', join(folder, 'good'), '--lang', 'en')
    expect([away.exit, away.error]).toEqual([
      1,
      expect.stringMatching(/is away.*nothing was written into it/s),
    ])
  })

  test('a database that is not empty, a folder that is there, a place that is not', async () => {
    expect(await inJson(house.url, 'restore', join(folder, 'good'))).toMatchObject({
      exit: 1,
      error: { code: 'backup.not-empty' },
    })
    expect(await backup(house.url, 'good')).toMatchObject({ exit: 1, error: { code: 'backup.exists' } })
    expect(await backup(house.url, 'no/such/place')).toMatchObject({
      exit: 1,
      error: { code: 'backup.no-place' },
    })
  })

  test('real data are not put where anybody signs in as anybody, unless asked for', async () => {
    const { exit, error } = await run(
      house.url,
      'restore',
      join(folder, 'good'),
      '--into',
      join(folder, 'embedded'),
      '--lang',
      'en',
    )
    expect([exit, error]).toEqual([1, expect.stringContaining('--as-trial')])
    expect(await readdir(folder)).not.toContain('embedded')
  })

  test('a copy that differs from its manifest stays closed to everybody', async () => {
    await cp(join(folder, 'good'), join(folder, 'wrong'), { recursive: true })
    await writeManifest(join(folder, 'wrong'), (all) => ({
      ...all,
      tables: all.tables.map((table) =>
        table.name === 'member' ? { ...table, digest: '0'.repeat(64) } : table,
      ),
    }))
    const url = await emptyDatabase()
    expect(await inJson(url, 'restore', join(folder, 'wrong'))).toMatchObject({
      exit: 1,
      error: { code: 'backup.copy-differs', message: expect.stringContaining('member') },
    })
    const opened = openInstallation({ databaseUrl: url, dataFolder: folder, demo: false })
    await expect(opened).rejects.toThrow(StartError)
    await expect(opened).rejects.toThrow('restore')
    expect(await inJson(url, 'restore', join(folder, 'good'))).toMatchObject({
      error: { code: 'backup.unfinished', message: expect.stringContaining('dropdb') },
    })
  })
})

describe('broken off by Ctrl-C', () => {
  /** Runs a command, and presses Ctrl-C once it stands where it is wanted. */
  async function brokenOff(url: string, stands: () => Promise<boolean>, ...argv: string[]) {
    let out = ''
    let leave = async (): Promise<void> => undefined
    const running = runCommandLine([...argv, '--json'], {
      env: { DATABASE_URL: url, DANGVU_DATA: join(folder, 'data') },
      out: (text) => void (out += text),
      error: () => undefined,
      onInterrupt: (how) => void (leave = how),
    })
    await expect.poll(stands, { timeout: 20_000 }).toBe(true)
    await leave()
    return { exit: await running, ...(JSON.parse(out) as Record<string, unknown>) }
  }

  async function holding<T>(url: string, statement: string, work: () => Promise<T>): Promise<T> {
    const holder = new pg.Client(url)
    await holder.connect()
    try {
      await holder.query(statement)
      return await work()
    } finally {
      await holder.end()
    }
  }

  test('a backup leaves nothing, says so, and can be made again', async () => {
    const begun = async () => (await readdir(folder)).some((name) => name.startsWith('night.unfinished-'))
    const answer = await holding(house.url, 'begin; lock table member in access exclusive mode', () =>
      brokenOff(house.url, begun, 'backup', join(folder, 'night')),
    )
    expect(answer).toMatchObject({ exit: 1, error: { code: 'backup.interrupted' } })
    expect((await readdir(folder)).filter((name) => name.startsWith('night'))).toEqual([])
    expect(await backup(house.url, 'night')).toMatchObject({ exit: 0 })
  })

  test('a restore says what is left, and the next is told how to begin anew', async () => {
    await backup(house.url, 'whole')
    const url = await emptyDatabase()
    const marked = async () =>
      (await ask(url, `select 1 from pg_namespace where nspname = 'dangvu_restore'`)).length === 1
    // Whoever migrates this database just now is waited for.
    const answer = await holding(url, 'select pg_advisory_lock(1684106855)', () =>
      brokenOff(url, marked, 'restore', join(folder, 'whole')),
    )
    expect(answer).toMatchObject({
      exit: 1,
      error: { code: 'backup.interrupted', message: expect.stringMatching(/đã đánh dấu.*dropdb, createdb/) },
    })
    expect(await inJson(url, 'restore', join(folder, 'whole'))).toMatchObject({
      exit: 1,
      error: { code: 'backup.unfinished', message: expect.stringContaining('dropdb') },
    })
  })
})

test('a log that was wrong before is restored as it was, said, and used only when somebody accepts it', async () => {
  const own = await openHouse()
  await ask(
    own.url,
    `alter table member disable trigger user; update member set note = 'x'; alter table member enable trigger user`,
  )
  await backup(own.url, 'doubtful')
  await own.close()
  const closed = await emptyDatabase()
  const first = await run(closed, 'restore', join(folder, 'doubtful'), '--lang', 'en')
  expect([first.exit, first.out.trim().split('\n').at(-1)]).toEqual([
    1,
    expect.stringMatching(/^NOT READY: /),
  ])
  await expect(openInstallation({ databaseUrl: closed, dataFolder: folder, demo: false })).rejects.toThrow(
    StartError,
  )
  const open = await emptyDatabase()
  expect(await inJson(open, 'restore', join(folder, 'doubtful'), '--accept-findings')).toMatchObject({
    exit: 0,
    usable: true,
    logProblems: expect.any(Number),
  })
  await (await openInstallation({ databaseUrl: open, dataFolder: folder, demo: false })).close()
})
