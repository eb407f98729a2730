/**
 * `fuzz`: the running server asked by its own table of routes, its interface's schemas and its pages' forms, in several hats,
 * with things in the requests changed. Nothing may end in 5xx, show a stack, stay without answer, log a defect or swell the
 * process. `--seed S` chooses, `--only N` sends one request of it again. Standard output is one JSON line; a failure ends with 1.
 */
import { closeSync, openSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { machine } from '../bench/parts/machine.ts'
import { startServer } from '../bench/parts/running.ts'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { visitor } from '../src/app/story/visitor.ts'
import { openDatabase } from '../src/kernel/db.ts'
import { todayIn } from '../src/kernel/plain-date.ts'
import { demoPeople } from '../src/registry/demo.ts'
import { ask, type Answered } from './fuzz/ask.ts'
import { walkPages } from './fuzz/pages.ts'
import { requestOf, type Hat, type Made } from './fuzz/requests.ts'
import { describedRoutes } from './fuzz/routes.ts'

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    requests: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
})
const wholeNumber = (text: string, name: string): number => {
  const value = Number(text)
  if (!(Number.isInteger(value) && value >= 0)) throw new Error(`--${name} wants a whole number`)
  return value
}
const REQUESTS = wholeNumber(values.requests, 'requests')
const SEED = wholeNumber(values.seed, 'seed')
const ONLY = values.only === undefined ? undefined : wholeNumber(values.only, 'only')

/** So many failures are printed; then it is over. */
const MOST_FAILURES = 20
/** A server that only answers does not grow by more, however it was asked. */
const MOST_GROWTH_MB = 350
const STACK = /\n\s+at [^\n]*[(/][^\n]*:\d+:\d+|node_modules\/|\bnode:internal\b/

const on = machine()
const folder = await mkdtemp(join(tmpdir(), 'dangvu-fuzz-'))
const logFile = join(folder, 'log')
const log = openSync(logFile, 'w')
const described = await describedRoutes()
const server = await startServer(folder, { LOG_LEVEL: 'error', TRUST_PROXY: '1' }, log)
const failures: string[] = []
const statuses: Record<string, number> = {}
const asked = new Set<string>()
let slowestMs = 0
try {
  const hats = await dress()
  const before = residentMB()
  let most = before
  const began = performance.now()
  for (let number = ONLY ?? 0; number < (ONLY === undefined ? REQUESTS : ONLY + 1); number += 1) {
    const made = requestOf({ described, hats }, SEED, number)
    const wrong = await tried(made)
    if (wrong) tell(number, made, wrong)
    if (failures.length >= MOST_FAILURES) break
    if (number % 50 === 0) most = Math.max(most, residentMB())
    if (number % 1000 === 999)
      console.error(`${number + 1}/${REQUESTS}, ${failures.length} failures, ${most} MB`)
  }
  // the greeting goes there too
  const logged = readFileSync(logFile, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
  for (const line of logged.slice(0, 5)) console.error(line)
  const ready = (await ask(server.base, { method: 'GET', path: '/readyz', headers: {} })).status
  const sound =
    failures.length === 0 && logged.length === 0 && ready === 200 && most - before < MOST_GROWTH_MB
  process.stdout.write(
    `${JSON.stringify({ drill: 'fuzz', seed: SEED, requests: REQUESTS, hats: hats.length, forms: hats.reduce((sum, { offered }) => sum + offered.forms.length, 0), routesAsked: asked.size, routes: described.routes.length, statuses, failures: failures.length, logged: logged.length, slowestMs: Math.round(slowestMs), seconds: Math.round((performance.now() - began) / 1000), serverMB: { before, most }, on })}\n`,
  )
  process.exitCode = sound ? 0 : 1
} finally {
  await server.stop()
  closeSync(log)
  await rm(folder, { recursive: true, force: true })
}
process.exit() // kept-alive connections would hold the process

/** Signs everybody of the demo in, and looks at what their pages offer. */
async function dress(): Promise<Hat[]> {
  const ground = await startEmbeddedDatabase({ folder: join(folder, 'database') })
  const database = openDatabase(ground.url, { connections: 1 })
  const people = await demoPeople(database.read, todayIn(new Date()))
  await database.close()
  await ground.stop()
  const hats: Hat[] = [{ name: 'nobody', cookie: '', csrf: '', offered: await walkPages(server.base, '') }]
  for (const { role, memberId, personalId, position } of people) {
    const one = await visitor(server.base, role, { personalId, ...(position ? { position } : {}) })
    const { cookie, csrf } = one.credentials()
    const offered = await walkPages(server.base, cookie)
    hats.push({ name: role, cookie, csrf, offered: { ...offered, ids: [memberId, ...offered.ids] } })
  }
  return hats
}

/** @returns what is wrong with the answer */
async function tried(made: Made): Promise<string | undefined> {
  asked.add(made.route)
  let answer: Answered
  try {
    answer = await ask(server.base, made.asked)
  } catch (error) {
    // A body refused before it was read: the connection is closed on whoever still sends.
    const { code } = error as { code?: string }
    if (made.asked.body && (code === 'EPIPE' || code === 'ECONNRESET')) return undefined
    return `no answer: ${String(error)}`
  }
  statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
  slowestMs = Math.max(slowestMs, answer.ms)
  if (answer.status >= 500) return `answered ${answer.status}`
  if (STACK.test(answer.body)) return 'shows a stack'
  const isProblem = answer.type === 'application/problem+json'
  if (answer.status >= 400 && made.asked.path.startsWith('/api/') && !isProblem)
    return `answered ${answer.status} as ${answer.type || 'nothing'}, not as a problem document`
  return undefined
}

function tell(
  number: number,
  { hat, route, asked: { method, path, headers, body } }: Made,
  wrong: string,
): void {
  const { cookie: _, 'x-csrf-token': __, ...shown } = headers
  const text = body ? Buffer.from(body).toString('utf8').slice(0, 1_500) : ''
  failures.push(wrong)
  console.error(
    [
      `--seed ${SEED} --only ${number}: ${wrong}`,
      `  ${hat}: ${route}`,
      `  ${method} ${path.slice(0, 600)}`,
      `  ${JSON.stringify(shown).slice(0, 500)}`,
      `  ${JSON.stringify(text)}`,
    ].join('\n'),
  )
}

function residentMB(): number {
  const found = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))
  return Math.round(Number(found?.[1] ?? 0) / 1024)
}
