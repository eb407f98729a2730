/**
 * `npm test [-- NAME…]`: prepares, then checks everything; the last line of standard output is `N passed, N failed`. With `--drills`
 * short drills follow, each one test more.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { install } from './install.mjs'
import { ROOT } from './turn.mjs'

const REPORTS = join(ROOT, 'build', 'tests')
const MINUTE_MS = 60_000

const node = (path, ...args) => [process.execPath, join(ROOT, 'node_modules', path), ...args]

/** Each counts as one test. They need a processor each and little else, so two run at a time. */
const CHECKS = [
  { name: 'types', command: node('typescript/bin/tsc', '--project', 'tsconfig.json') },
  { name: 'types-browser', command: node('typescript/bin/tsc', '--project', 'tsconfig.browser.json') },
  { name: 'format', command: node('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.') },
  { name: 'lint', command: node('oxlint/bin/oxlint', '--deny-warnings') },
  { name: 'walls', command: node('dependency-cruiser/bin/dependency-cruise.mjs', 'src', '--config') },
  { name: 'dead-code', command: node('knip/bin/knip.js', '--no-progress', '--no-config-hints') },
]
const CHECKS_AT_ONCE = 2

/** The projects of vitest.config.ts, one after the other: races and browsers want the machine for themselves. */
const GROUPS = ['unit', 'story', 'race', 'browser']

/** Short versions of every drill; they want the machine for themselves, one after the other, four minutes in all. */
const DRILLS = [
  { name: 'kill', args: ['--cycles', '6', '--seed', '6'] },
  { name: 'disk-full', args: ['--cycles', '2'] },
  { name: 'database-away', args: ['--cycles', '10', '--seed', '6'] },
]
/** A drill that this machine does not allow says why and ends so. */
const NOT_RUN = 77

/** Nothing of a developer's own installation may leak into a test. */
function testEnvironment() {
  const ours = Object.entries(process.env).filter(
    ([name]) => !/^(DANGVU_|DATABASE_URL|PUBLIC_URL|PORT$|PG)/.test(name),
  )
  return { ...Object.fromEntries(ours), NODE_ENV: 'test' }
}

/** Process groups under way, so that Ctrl-C ends them and all they started. */
const running = new Set()

function endGroup(pid, signal) {
  try {
    process.kill(-pid, signal)
  } catch {
    // it has ended by itself
  }
}

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    for (const pid of running) endGroup(pid, signal)
    process.exitCode = 130
    setTimeout(() => process.exit(), 3000) // time to stop their databases and browsers
  })

/** Runs a command; one that hangs is ended. Resolves to its exit code and, if kept, its words. */
function run(command, limitMs, keepWords) {
  const [program, ...args] = command
  return new Promise((resolve) => {
    const stdio = keepWords ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit']
    const child = spawn(program, args, { cwd: ROOT, env: testEnvironment(), stdio, detached: true })
    running.add(child.pid)
    let words = ''
    child.stdout?.on('data', (chunk) => (words += chunk))
    child.stderr?.on('data', (chunk) => (words += chunk))
    const timer = setTimeout(() => {
      console.log(`${args[0]}: not finished after ${limitMs / MINUTE_MS} minutes`)
      endGroup(child.pid, 'SIGKILL')
    }, limitMs)
    child.on('error', (error) => (words += error.message))
    child.on('close', (code) => {
      clearTimeout(timer)
      running.delete(child.pid)
      resolve({ code: code ?? 1, words })
    })
  })
}

function report(name, passed, failed, began) {
  const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(6)
  console.log(
    `${failed === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(14)} ${seconds} s  ${passed} passed, ${failed} failed`,
  )
  return { passed, failed }
}

async function check({ name, command }) {
  const began = Date.now()
  const { code, words } = await run(command, 5 * MINUTE_MS, true)
  if (code !== 0) console.log(words.trim())
  return code === 0 ? report(name, 1, 0, began) : report(name, 0, 1, began)
}

/** Counts from vitest's report. What stops it from counting (a crash, a file that does not load) is a failure too. */
function countTests(file, exitCode) {
  if (!existsSync(file)) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(file, 'utf8'))
  const notLoaded = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  )
  const failed = numFailedTests + notLoaded.length
  return { passed: numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed }
}

async function group(name, filters) {
  const began = Date.now()
  const file = join(REPORTS, `${name}.json`)
  rmSync(file, { force: true })
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]
  const command = node(
    'vitest/vitest.mjs',
    'run',
    '--project',
    name,
    '--passWithNoTests',
    ...reporters,
    ...filters,
  )
  const { code } = await run(command, 25 * MINUTE_MS, false)
  const { passed, failed } = countTests(file, code)
  return report(name, passed, failed, began)
}

async function drill({ name, args }) {
  const began = Date.now()
  const command = [process.execPath, join(ROOT, 'scripts', 'drill.mjs'), name, ...args]
  const { code, words } = await run(command, 8 * MINUTE_MS, true)
  console.log(words.trim())
  if (code === NOT_RUN) return report(`drill ${name}`, 0, 0, began)
  return code === 0 ? report(`drill ${name}`, 1, 0, began) : report(`drill ${name}`, 0, 1, began)
}

/** Takes the checks from a common list until it is empty, `CHECKS_AT_ONCE` of them at a time. */
async function runChecks(checks) {
  const waiting = [...checks]
  const results = []
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results.push(await check(next))
  }
  await Promise.all(Array.from({ length: CHECKS_AT_ONCE }, worker))
  return results
}

const withDrills = process.argv.includes('--drills')
const asked = process.argv.slice(2).filter((name) => name !== '--drills')
const stepNames = [...CHECKS.map(({ name }) => name), ...GROUPS]
const steps = asked.filter((name) => stepNames.includes(name))
const filters = asked.filter((name) => !stepNames.includes(name))
const chosen = (name, isGroup) => (steps.length > 0 ? steps.includes(name) : isGroup || filters.length === 0)

await install('all')
await build()
mkdirSync(REPORTS, { recursive: true })
const results = await runChecks(CHECKS.filter(({ name }) => chosen(name, false)))
for (const name of GROUPS) if (chosen(name, true)) results.push(await group(name, filters))
if (withDrills) for (const each of DRILLS) results.push(await drill(each))

const sum = (key) => results.reduce((total, result) => total + result[key], 0)
const failed = sum('failed')
process.exitCode = failed === 0 && results.length > 0 ? 0 : 1
console.log(`${sum('passed')} passed, ${failed} failed`)
