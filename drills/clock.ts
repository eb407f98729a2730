/**
 * `clock`: the clock of the machine that serves jumps hours ahead, back, and behind, while people are at work and the database keeps
 * the true time. Sessions of a wrong day are over, sweeps and jobs go on, the log's order holds, nothing acknowledged is lost.
 */
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { visitor } from '../src/app/story/visitor.ts'
import { openDatabase, sql } from '../src/kernel/db.ts'
import { todayIn } from '../src/kernel/plain-date.ts'
import { demoPeople } from '../src/registry/demo.ts'
import { readArguments } from './parts/chance.ts'
import { wrongIn } from './parts/check.ts'
import { NOT_RUN, onGround, type Ground } from './parts/ground.ts'
import { embeddedUrl } from './parts/server.ts'

const JUMP_HOURS = 3
const JUMPED_MS = 8_000
const SWEEPS_WAIT_MS = 60_000
/** A jump of hours outlives the quarter of an hour after which an officer's screen closes. */
const AHEAD_MS = 15 * 60_000

const { cycles } = readArguments(2)
const library = findLibrary()
if (library === undefined) {
  console.error('Thiếu libfaketime: chưa thử (libfaketime is missing: apt-get install faketime; not run).')
  process.exit(NOT_RUN)
}

const folder = await mkdtemp(join(tmpdir(), 'dangvu-clock-'))
const clockFile = join(folder, 'clock')
await turnClock(0)
const variables = {
  LD_PRELOAD: library,
  FAKETIME_TIMESTAMP_FILE: clockFile,
  FAKETIME_CACHE_DURATION: '1',
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
}
try {
  await onGround({ orders: 4_000 + 1_000 * cycles, variables }, async (ground) => {
    let acknowledgedWhileWrong = 0
    let oldSessionsOver = 0
    const seconds: number[] = []
    for (let cycle = 0; cycle < cycles; cycle += 1)
      for (const hours of [JUMP_HOURS, -JUMP_HOURS]) {
        const jumped = await jump(ground, hours)
        acknowledgedWhileWrong += jumped.acknowledged
        if (jumped.sessionOver) oldSessionsOver += 1
        seconds.push(jumped.backAfterS)
        if (jumped.wrong.length > 0) return { cycles: cycle, wrong: jumped.wrong, sound: false }
      }
    const sweepsAhead = await sweepsLeftAhead(ground.folder)
    const figures = { cycles, acknowledgedWhileWrong, oldSessionsOver, sweepsAhead }
    const sound = acknowledgedWhileWrong > 0 && oldSessionsOver === cycles && sweepsAhead === 0
    return {
      ...figures,
      recoverySecondsMax: Math.max(...seconds),
      sound: sound && ground.server.restarts() === 0,
    }
  })
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** The clock goes wrong, people go on, the clock is put right. A session begun on a day to come must not outlive that. */
async function jump(ground: Ground, hours: number) {
  const { load, server } = ground
  const before = await ground.check()
  await turnClock(hours)
  load.resume()
  const stranger = await signIn(ground)
  await pause(JUMPED_MS)
  const during = await ground.check()
  const readyMeanwhile = await server.ready()
  await turnClock(0)
  load.resume()
  const sessionOver = await stranger.json('/api/v1/my-record').then(
    () => false,
    () => hours > 0,
  )
  const backAfterS = await ground.recovery()
  const after = await ground.check()
  const acknowledged = during.acknowledged - before.acknowledged
  console.error(
    `${hours} h: ${acknowledged} acknowledged meanwhile, ${readyMeanwhile.said.slice(0, 24)}, session over ${sessionOver}, back after ${backAfterS} s`,
  )
  return { acknowledged, sessionOver, backAfterS, wrong: [...wrongIn(during), ...wrongIn(after)] }
}

/** Somebody who comes in while the clock is wrong. */
async function signIn({ folder: data, server }: Ground) {
  const database = openDatabase(await embeddedUrl(data), { connections: 1 })
  const people = await demoPeople(database.read, todayIn(new Date())).finally(() => database.close())
  await pause(1_500) // the library looks into its file once a second
  const inspector = people.find(({ role }) => role === 'inspector')
  if (!inspector?.position) throw new Error('the demo has no inspector')
  const { personalId, position } = inspector
  return visitor(server.base, 'inspector', { personalId, position })
}

/** Sweeps that ran in days to come would rest until then. @returns how many still would, after all patience */
async function sweepsLeftAhead(data: string): Promise<number> {
  const database = openDatabase(await embeddedUrl(data), { connections: 1 })
  try {
    for (let waited = 0; ; waited += 1_000) {
      const { ahead } = await database.read.one<{ ahead: number }>(sql`
        select count(*) as ahead from instance_fact
         where key like 'sweep.%' and value::bigint > ${Date.now() + AHEAD_MS}`)
      if (ahead === 0 || waited > SWEEPS_WAIT_MS) return ahead
      await pause(1_000)
    }
  } finally {
    await database.close()
  }
}

/** Whole or not at all: the library reads it at any moment. */
async function turnClock(hours: number): Promise<void> {
  await writeFile(`${clockFile}.new`, `${hours < 0 ? '' : '+'}${hours}h\n`)
  await rename(`${clockFile}.new`, clockFile)
}

/** Where Debian's package puts it. */
function findLibrary(): string | undefined {
  const folders = [
    '/usr/lib',
    ...(existsSync('/usr/lib') ? readdirSync('/usr/lib').map((name) => `/usr/lib/${name}`) : []),
  ]
  return folders.map((each) => join(each, 'faketime', 'libfaketimeMT.so.1')).find((path) => existsSync(path))
}
