/** Several processes behind one address: restarted one by one under requests that never pause, none of them lost. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/database.ts'
import { openDatabase, sql } from '../../kernel/db.ts'
import { runCommandLine } from '../commands/command-line.ts'
import type { RunningServer } from '../running.ts'

const START = join(import.meta.dirname, '..', '..', '..', 'scripts', 'start.mjs')

// Programs begin several times over in each of these; a busy machine takes minutes for that.
vi.setConfig({ testTimeout: 900_000, hookTimeout: 180_000 })

let folder: string
let given: TestDatabase
let server: ChildProcess | undefined
let said: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dangvu-processes-'))
  given = await createTestDatabase()
})

afterEach(async () => {
  if (server?.exitCode === null) {
    const ended = new Promise((resolve) => server?.once('exit', resolve))
    server.kill('SIGTERM')
    await ended
  }
  await given.drop()
  await rm(folder, { recursive: true, force: true })
})

const environment = () => ({ DATABASE_URL: given.url, DANGVU_DATA: folder, PORT: '0', HOST: '127.0.0.1' })

async function start(processes: number): Promise<RunningServer> {
  said = ''
  const env = { PATH: process.env.PATH, ...environment(), DANGVU_PROCESSES: String(processes) }
  server = spawn(process.execPath, [START], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  server.stdout?.on('data', (chunk) => (said += chunk))
  server.stderr?.on('data', (chunk) => (said += chunk))
  await expect.poll(() => said, { timeout: 300_000 }).toContain('sẵn sàng')
  return note()
}

const note = async () => JSON.parse(await readFile(join(folder, 'server.json'), 'utf8')) as RunningServer

/** The processes that serve: children of the first one. */
async function serving(): Promise<number[]> {
  const text = await readFile(`/proc/${server?.pid}/task/${server?.pid}/children`, 'utf8')
  return text.trim().split(' ').map(Number)
}

async function command(...argv: string[]) {
  let out = ''
  const exit = await runCommandLine([...argv, '--json'], {
    env: environment(),
    out: (text) => void (out += text),
    error: () => undefined,
  })
  return { exit, ...(JSON.parse(out) as Record<string, unknown>) }
}

/** One request; what went wrong with it, or undefined. */
function ask(port: number, agent: Agent | undefined, path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const asked = request({ port, host: '127.0.0.1', path, agent: agent ?? false }, (response) => {
      response.resume()
      response.once('end', () =>
        resolve(response.statusCode === 200 ? undefined : `status ${response.statusCode}`),
      )
      response.once('error', (error) => resolve(error.message))
    })
    asked.once('error', (error) => resolve(`${(error as NodeJS.ErrnoException).code} ${path}`))
    asked.end()
  })
}

test('restarted one by one under requests without pause: every one is answered, by new processes at the end', async () => {
  const { port, processes } = await start(2)
  expect(processes).toBe(2)
  const before = await serving()
  expect(before).toHaveLength(2)
  const run = { stopped: false }
  const lost: string[] = []
  let answered = 0
  const askers = Array.from({ length: 6 }, async (_, asker) => {
    // Four keep their connection as browsers and proxies do, two come anew each time.
    const agent = asker < 4 ? new Agent({ keepAlive: true, maxSockets: 1 }) : undefined
    const path = asker % 3 === 2 ? '/about' : '/healthz'
    while (!run.stopped) {
      const wrong = await ask(port, agent, path)
      if (wrong === undefined) answered += 1
      else lost.push(wrong)
    }
    agent?.destroy()
  })
  // One that asks now and then on the same connection.
  const seldom = (async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    while (!run.stopped) {
      const wrong = await ask(port, agent, '/healthz')
      if (wrong !== undefined) lost.push(wrong)
      await pause(700)
    }
    agent.destroy()
  })()
  const first = await command('restart')
  const between = answered
  const second = await command('restart')
  run.stopped = true
  await Promise.all([...askers, seldom])
  expect([first, second]).toMatchObject([
    { exit: 0, processes: 2, replaced: true },
    { exit: 0, replaced: true },
  ])
  expect(lost).toEqual([])
  expect(between).toBeGreaterThan(20)
  expect(answered).toBeGreaterThan(between)
  const after = await serving()
  expect(after).toHaveLength(2)
  expect(after.filter((pid) => before.includes(pid))).toEqual([])
})

test('one that dies is replaced, twins are refused, work for all is done by one, and stopping ends all in order', async () => {
  const { port } = await start(2)
  const [victim] = await serving()
  process.kill(victim!, 'SIGKILL')
  await expect.poll(serving, { timeout: 60_000 }).toHaveLength(2)
  await expect.poll(async () => (await serving()).includes(victim!)).toBe(false)
  await expect.poll(() => ask(port, undefined, '/healthz')).toBeUndefined()

  const twin = spawn(process.execPath, [START], {
    env: { PATH: process.env.PATH, ...environment() },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let words = ''
  twin.stderr.on('data', (chunk) => (words += chunk))
  expect(await new Promise((resolve) => twin.once('exit', resolve))).toBe(1)
  expect(words).toContain('Máy chủ đã chạy')

  // Each sweep is claimed by one process, whoever looks first.
  const database = openDatabase(given.url, { connections: 1 })
  const { sweeps } = await database.read.one<{ sweeps: number }>(
    sql`select count(*) as sweeps from instance_fact where key like 'sweep.%'`,
  )
  await database.close()
  expect(sweeps).toBeGreaterThan(5)

  const pids = await serving()
  server?.kill('SIGTERM')
  expect(await new Promise((resolve) => server?.once('exit', resolve))).toBe(0)
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow()
  await expect(note()).rejects.toThrow()
})

test('one process alone is told how to be restarted without a pause', async () => {
  await start(1)
  expect(await command('restart')).toMatchObject({ exit: 1, error: { code: 'restart.one-process' } })
})
