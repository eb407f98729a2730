/** Entries stand and fall with their act, and say who acted: a person at a route, the clock, a job, a command, or nobody we know. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House } from '../../tests/house.ts'
import { runCommandLine } from '../app/commands/command-line.ts'
import { startWorker } from '../app/worker.ts'
import { actingAs } from '../kernel/acting.ts'
import { sql, type Read } from '../kernel/db.ts'
import { planJob } from '../kernel/jobs.ts'
import { addMember } from '../registry/test-builders.ts'
import { verifyLog } from '../verify-log/verify.ts'
import { sealAll } from './sealer.ts'

const DEMO = join(import.meta.dirname, '..', '..', 'data', 'demo')

let house: House
let url: string

beforeAll(async () => {
  house = await openHouse()
  url = house.url
})

afterAll(() => house.close())

interface Entry {
  readonly subject: string
  readonly operation: string
  readonly kind: string
  readonly actor: string | null
  readonly position: string | null
  readonly organisation: string | null
  readonly request: string | null
  readonly act: string | null
}

/** What was written since, in order. */
function entriesSince(read: Read, seq: number): Promise<Entry[]> {
  return read.rows<Entry>(sql`
    select subject, operation, actor_kind as kind, actor_id as actor, position, organisation_id as organisation,
           request_id as request, act
      from audit_entry where seq > ${seq} order by seq`)
}

async function now(): Promise<number> {
  return (await house.database.read.one<{ seq: number }>(sql`select max(seq) as seq from audit_entry`)).seq
}

const CALENDAR_DAY = {
  method: 'POST',
  url: '/settings/calendar',
  payload: {
    'day-day': '4',
    'day-month': '5',
    'day-year': '2027',
    day: '2027-05-04',
    kind: 'holiday',
    name: 'Nghỉ',
    source: 'kiểm thử',
  },
} as const

test('a person at a route: who, in which hat, at which request, and nobody else once it is over', async () => {
  const since = await now()
  const { administrator } = house.visitors
  const [answer] = await Promise.all([
    house.ask(administrator, CALENDAR_DAY),
    house.database.transaction((write) => addMember(write, 'Đảng Viên Bốn', house.world.cell)),
  ])
  expect(answer.statusCode).toBe(303)
  const entries = await entriesSince(house.database.read, since)
  expect(entries.find(({ subject }) => subject === 'calendar_day')).toEqual({
    subject: 'calendar_day',
    operation: 'insert',
    kind: 'person',
    actor: administrator.memberId,
    position: 'system-administrator',
    organisation: house.world.ward,
    request: expect.stringMatching(/^[0-9a-f-]{36}$/),
    act: 'POST /settings/calendar',
  })
  expect(entries.find(({ subject }) => subject === 'member')).toMatchObject({ kind: 'program', actor: null })
})

test('a job and a sweep', async () => {
  const since = await now()
  const waiting = new Set(['Năm', 'Sáu'])
  let bothDone = () => undefined as void
  const finished = new Promise<void>((resolve) => (bothDone = resolve))
  const change = async (name: string) => {
    await house.database.transaction((write) => addMember(write, `Đảng Viên ${name}`, house.world.cell))
    waiting.delete(name)
    if (waiting.size === 0) bothDone()
  }
  const worker = await startWorker({
    url,
    database: house.database,
    clock: house.parts.clock,
    log: house.parts.log,
    tasks: { 'add-one': () => change('Năm') },
    sweeps: [{ name: 'look-round', everyMinutes: 5, run: () => change('Sáu') }],
  })
  await house.database.transaction((write) => planJob(write, { task: 'add-one', payload: {} }))
  await finished
  await worker.stop()
  const members = (await entriesSince(house.database.read, since)).filter(
    ({ subject }) => subject === 'member',
  )
  expect(members.map(({ kind, act }) => `${kind} ${act}`).sort()).toEqual([
    'clock look-round',
    expect.stringMatching(/^job add-one \d+$/),
  ])
})

test('a command of the command line: every row of an import, sealed when the command ends', async () => {
  const since = await now()
  const folder = await mkdtemp(join(tmpdir(), 'dangvu-entries-'))
  const exit = await runCommandLine(
    ['import-organisations', join(DEMO, 'city', 'organisations.csv'), '--json'],
    {
      env: { DATABASE_URL: url, DANGVU_DEMO: '1', DANGVU_DATA: folder },
      out: () => undefined,
      error: () => undefined,
    },
  )
  await rm(folder, { recursive: true })
  expect(exit).toBe(0)
  const entries = await entriesSince(house.database.read, since)
  const { n } = await house.database.read.one<{ n: number }>(sql`select count(*) as n from audit_tail`)
  expect(n).toBe(0)
  expect(entries.filter(({ subject }) => subject === 'organisation_period').length).toBeGreaterThan(2)
  expect(new Set(entries.map(({ kind, act }) => `${kind} ${act}`))).toEqual(
    new Set(['command-line import-organisations']),
  )
})

test('somebody at the database itself is called that, with the role that connected', async () => {
  const since = await now()
  const client = new pg.Client(url)
  await client.connect()
  await client.query(`update member set note = 'x' where full_name = 'Đảng Viên Bốn'`)
  const { rows } = await client.query<{ role: string }>('select session_user as role')
  await client.end()
  expect(await entriesSince(house.database.read, since)).toEqual([
    expect.objectContaining({ subject: 'member', operation: 'update', kind: 'outside', act: rows[0]?.role }),
  ])
})

test('an act of a kind that nobody knows is not done, whoever connected', async () => {
  const since = await now()
  const client = new pg.Client(url)
  await client.connect()
  const tried = client.query(`
    set dangvu.acting = 'somebody||||||x'; update member set note = 'y' where full_name = 'Đảng Viên Bốn'`)
  await expect(tried).rejects.toMatchObject({ code: '23514', constraint: 'audit_actor_kind_known' })
  await client.end()
  expect(await entriesSince(house.database.read, since)).toEqual([])
})

test('what is rolled back leaves no entry and nothing to seal', async () => {
  await sealAll(house.database)
  const since = await now()
  const refused = house.database.transaction(async (write) => {
    await addMember(write, 'Đảng Viên Bảy', house.world.cell)
    throw new Error('không')
  })
  await expect(refused).rejects.toThrow('không')
  expect(await entriesSince(house.database.read, since)).toEqual([])
  expect(await sealAll(house.database)).toBe(0)
})

test('an act with bars, line ends and a foreign request id stays one act', async () => {
  const since = await now()
  const acting = { kind: 'job', act: `a|b\nc'--\\`, requestId: 'req-1' } as const
  await actingAs(acting, () =>
    house.database.transaction((write) => addMember(write, 'Đảng Viên Tám', house.world.cell)),
  )
  const [entry] = await entriesSince(house.database.read, since)
  expect(entry).toMatchObject({ kind: 'job', act: `a b c'--\\`, request: null })
})

test('the application itself can neither write, change nor forget an entry', async () => {
  for (const statement of [
    sql`insert into audit_entry (at, subject, key, operation, actor_kind) values (now(), 'member', 'x', 'delete', 'person')`,
    sql`insert into audit_tail values (1)`,
    sql`delete from audit_tail`,
    sql`update audit_entry set act = 'x'`,
    sql`delete from audit_entry`,
    sql`update audit_block set total = 0`,
    sql`delete from audit_checkpoint`,
    sql`select audit_table('notice')`,
  ]) {
    const tried = house.database.transaction((write) => write.run(statement))
    await expect(tried).rejects.toMatchObject({ code: '42501' })
  }
})

test('after all this the log is whole, but for what somebody did at the database itself', async () => {
  await sealAll(house.database)
  const report = await verifyLog({ url })
  expect(report.problems).toEqual([expect.objectContaining({ kind: 'changed-outside', subject: 'member' })])
  expect(report.unsealed).toBe(0)
})
