/** Metrics: nobody reads them without the token, labels are few whatever is asked for, and what is counted was done. */
import { afterEach, expect, test } from 'vitest'
import { openHouse, type House } from '../../tests/house.ts'
import { openDatabase, sql } from '../kernel/db.ts'
import { HERE } from '../papers/press/press.ts'
import { openMetrics, routeClassOf } from './metrics.ts'
import Fastify from 'fastify'

const METRICS_TOKEN = 'a-token-of-twenty-letters'
const BEARER = { authorization: `Bearer ${METRICS_TOKEN}` }

let house: House
let close: (() => Promise<void>) | undefined
afterEach(async () => {
  await close?.()
  close = undefined
})

async function open(env: Record<string, string> = { METRICS_TOKEN }): Promise<void> {
  house = await openHouse({ env })
  close = house.close
}

async function scrape(): Promise<string> {
  const { statusCode, body, headers } = await house.server.inject({ url: '/metrics', headers: BEARER })
  expect(statusCode).toBe(200)
  expect(headers['content-type']).toContain('text/plain; version=0.0.4')
  return body
}

/** The value of the one line that begins so. */
const valueOf = (body: string, line: string) =>
  Number(
    body
      .split('\n')
      .find((each) => each.startsWith(`${line} `))
      ?.slice(line.length + 1),
  )

test('denied by default, without the token and with another: as if there were no such page', async () => {
  await open({})
  const unknown = await house.server.inject('/metrizz')
  for (const headers of [{}, BEARER, { authorization: 'Bearer undefined' }, { authorization: 'Bearer ' }]) {
    const answer = await house.server.inject({ url: '/metrics', headers })
    expect([answer.statusCode, answer.body.length]).toEqual([404, unknown.body.length])
  }
  await close?.()
  await open()
  for (const authorization of [undefined, 'Bearer x', METRICS_TOKEN, `Basic ${METRICS_TOKEN}`]) {
    const answer = await house.server.inject({
      url: '/metrics',
      headers: authorization ? { authorization } : {},
    })
    expect(answer.statusCode).toBe(404)
  }
  // a monitor's token is no session, and a session is no token
  const { statusCode } = await house.ask(house.visitors.administrator, { url: '/metrics' })
  expect(statusCode).toBe(404)
})

test('every line is of the text format, each family has its help and its type', async () => {
  await open()
  const body = await scrape()
  for (const line of body.split('\n').filter(Boolean))
    expect(line).toMatch(
      /^(# (HELP|TYPE) \S+ .+|[a-z_0-9]+(\{([a-z_]+="[^"\n]*",?)+\})? (-?[\d.e+-]+|Nan|\+Inf))$/i,
    )
  for (const family of [
    'dangvu_request_seconds',
    'dangvu_sign_ins_total',
    'dangvu_papers_total',
    'dangvu_jobs_waiting',
    'dangvu_jobs_failed',
    'dangvu_log_unsealed',
    'dangvu_pool_connections',
    'dangvu_disk_free_bytes',
    'dangvu_clock_offset_seconds',
    'nodejs_eventloop_lag_seconds',
    'process_resident_memory_bytes',
  ])
    expect(body).toMatch(new RegExp(`^# TYPE ${family} `, 'm'))
  expect(valueOf(body, 'dangvu_database_up')).toBe(1)
  expect(valueOf(body, 'dangvu_disk_free_bytes')).toBeGreaterThan(0)
  expect(Math.abs(valueOf(body, 'dangvu_clock_offset_seconds'))).toBeLessThan(10)
  expect(body).not.toContain('dangvu_replica_up')
})

test('requests count by class and status, and whatever is asked for makes no new label', async () => {
  await open()
  const { nobody, member } = house.visitors
  await house.ask(nobody, { url: '/about' })
  await house.ask(member, { url: '/notices' })
  const before = await scrape()
  expect(valueOf(before, 'dangvu_request_seconds_count{class="page",status="2xx"}')).toBe(2)
  const labels = (body: string) => new Set(body.match(/class="[^"]*"/g))
  for (const secret of ['Nguyễn Văn Kín', '099184300001', '../../etc/passwd', '"}\n']) {
    await house.ask(nobody, { url: `/verify/${encodeURIComponent(secret)}` })
    await house.ask(nobody, { url: `/${encodeURIComponent(secret)}?q=${encodeURIComponent(secret)}` })
    await house.ask(nobody, { method: 'POST', url: '/sign-out', payload: { secret } })
  }
  const after = await scrape()
  const few = ['page', 'act', 'api', 'asset', 'health', 'sign-in', 'verify', 'unknown'].map(
    (name) => `class="${name}"`,
  )
  expect([...labels(after)].filter((label) => !few.includes(label))).toEqual([])
  expect(after).not.toMatch(/Kín|0991843|passwd|K%C3%ADn/)
  expect(valueOf(after, 'dangvu_request_seconds_count{class="unknown",status="4xx"}')).toBe(4)
})

test('every route has one of the classes', async () => {
  await open()
  const classes = new Set(house.server.routeTable.map(({ method, url }) => routeClassOf(method, url)))
  expect([...classes].sort()).toEqual(['act', 'api', 'asset', 'health', 'page', 'sign-in', 'verify'])
})

test('a refused answer of the provider counts as a sign-in that was refused', async () => {
  await open()
  await house.ask(house.visitors.nobody, { url: '/sign-in/callback?code=x&state=y' })
  const body = await scrape()
  expect(valueOf(body, 'dangvu_sign_ins_total{outcome="refused"}')).toBe(1)
  expect(valueOf(body, 'dangvu_sign_ins_total{outcome="taken"}')).toBeNaN()
})

test('what waits: jobs due, given up, and the log not sealed', async () => {
  await open()
  await house.database.transaction(async (write) => {
    await write.rows(
      sql`select graphile_worker.add_job('due', '{}', run_at => now() - interval '90 seconds')`,
    )
    await write.rows(sql`select graphile_worker.add_job('later', '{}', run_at => now() + interval '1 day')`)
    await write.run(sql`insert into calendar_day values ('2031-01-01', 'holiday', 'Tết', 'test')`)
  })
  const body = await scrape()
  expect(valueOf(body, 'dangvu_jobs_waiting')).toBe(1)
  expect(valueOf(body, 'dangvu_jobs_oldest_waiting_seconds')).toBeGreaterThanOrEqual(90)
  expect(valueOf(body, 'dangvu_jobs_failed')).toBe(0)
  expect(valueOf(body, 'dangvu_log_unsealed')).toBeGreaterThan(0)
})

test('papers that failed are counted, and the failure goes on to who asked', async () => {
  const metrics = openMetrics()
  const press = metrics.countingPapers(HERE)
  await expect(press.make(undefined as never, undefined as never)).rejects.toThrow()
  const server = Fastify()
  const database = openDatabase('postgres://127.0.0.1:1/gone', { connections: 1 })
  metrics.install(server, {
    database,
    dataFolders: ['/'],
    config: { version: '1', metricsToken: METRICS_TOKEN },
  })
  const { body } = await server.inject({ url: '/metrics', headers: BEARER })
  expect(valueOf(body, 'dangvu_papers_total{outcome="failed"}')).toBe(1)
  // and a database that is gone leaves the rest to be read
  expect(valueOf(body, 'dangvu_database_up')).toBe(0)
  expect(body).not.toMatch(/^dangvu_jobs_waiting \d/m)
  await Promise.all([server.close(), database.close()])
})
