/**
 * `clock`: the clock of the application alone, or of the whole machine with its database, is set ahead and back by an hour and a day,
 * over midnight, the month's end and New Year in Viet Nam, drifts, and is set in the middle of a signing, while people are at work.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { CLOCK_WRONG_MS } from '../src/app/clock-offset.ts'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { visitor, type Visitor } from '../src/app/story/visitor.ts'
import { openDatabase, sql } from '../src/kernel/db.ts'
import { lastDayOf, monthOf, todayIn, yearOf, type PlainDate } from '../src/kernel/plain-date.ts'
import { demoPeople } from '../src/registry/demo.ts'
import { verifyPaper } from '../src/signatures/verify.ts'
import { chance, readArguments } from './parts/chance.ts'
import { wrongIn } from './parts/check.ts'
import { findLibraries, openFakeClock, type FakeClock } from './parts/faketime.ts'
import { BACK_WITHIN_S, NOT_RUN, onGround, type Ground } from './parts/ground.ts'
import { databaseProcesses } from './parts/server.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Before a day's end, so that people are at work while it turns. */
const BEFORE_ITS_END_MS = 1_500

/** The last instant of a day in Viet Nam, a little before. */
const endOf = (day: PlainDate): number => Date.parse(`${day}T24:00:00+07:00`) - BEFORE_ITS_END_MS

/** By how much a clock is set, from the true time. */
const BY = {
  'an hour ahead': () => HOUR_MS,
  'an hour back': () => -HOUR_MS,
  'a day ahead': () => DAY_MS,
  'a day back': () => -DAY_MS,
  midnight: (now: Date) => endOf(todayIn(now)) - now.getTime(),
  'the month’s end': (now: Date) => endOf(lastDayOf(monthOf(todayIn(now)))) - now.getTime(),
  'New Year': (now: Date) => endOf(`${yearOf(todayIn(now))}-12-31`) - now.getTime(),
} as const satisfies Record<string, (now: Date) => number>

type Whose = 'application' | 'machine'
interface Way {
  readonly whose: Whose
  readonly by: keyof typeof BY | 'drift'
  /** the clock is set while a letter is being signed */
  readonly signing?: true
}

/** In turn. */
const WAYS: readonly Way[] = [
  { whose: 'application', by: 'a day ahead' },
  { whose: 'machine', by: 'New Year', signing: true },
  { whose: 'application', by: 'an hour back' },
  { whose: 'machine', by: 'a day back', signing: true },
  { whose: 'application', by: 'drift' },
  { whose: 'machine', by: 'an hour ahead' },
  { whose: 'application', by: 'New Year' },
  { whose: 'machine', by: 'midnight' },
  { whose: 'application', by: 'a day back' },
  { whose: 'machine', by: 'an hour back', signing: true },
  { whose: 'application', by: 'midnight' },
  { whose: 'machine', by: 'the month’s end' },
  { whose: 'application', by: 'the month’s end' },
  { whose: 'machine', by: 'a day ahead', signing: true },
  { whose: 'application', by: 'an hour ahead' },
]

const WRONG_MS = { least: 2_000, most: 3_500 }
const INTO_A_SIGNING_MS = { least: 0, most: 900 }
/** So much the clock of the application goes wrong in each of these steps while it drifts. */
const DRIFT_MS = 1_500
const DRIFT_STEPS = 8
/** A demo's application asks the database for the time twice a second. */
const HEARD_MS = 1_500
const SIGN_IN_TRIES = 5
/** No way takes so long. One that does ends the drill: what hangs is not waited for. */
const LIMIT_MS = 90_000
const ORDERS = { first: 1_500, eachCycle: 400 }

const { cycles, seed } = readArguments(WAYS.length)
const libraries = findLibraries()
if (libraries === undefined) {
  console.error('Thiếu libfaketime: chưa thử (libfaketime is missing, apt-get install libfaketime: not run).')
  process.exit(NOT_RUN)
}

const draw = chance(seed)
let doctorAsked = false
const own = await openFakeClock(libraries.threaded)
const databases = await openFakeClock(libraries.single)
const elsewhere = await mkdtemp(join(tmpdir(), 'dangvu-database-'))
const database = await startEmbeddedDatabase({
  folder: join(elsewhere, 'database'),
  environment: databases.environment,
})
const addresses = { DATABASE_URL: database.url, DANGVU_DEMO: '1' }
try {
  const variables = { ...addresses, ...own.environment }
  const orders = ORDERS.first + ORDERS.eachCycle * cycles
  await onGround({ orders, variables, databaseUrl: database.url }, async (ground) => {
    // The demo itself tells of an end sixty and thirty days before it, in the same words.
    const { toldTwice: toldBefore } = await whatTimeLeft(database.url)
    const asleep = await inspector(ground)
    const seconds: number[] = []
    const faults: string[] = []
    let toldSkewed = 0
    let doctorTold = false
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      const way = WAYS[cycle % WAYS.length]!
      const went = await inTime(way, goWrong(ground, way, asleep))
      seconds.push(went.backAfterS)
      if (went.toldSkewed) toldSkewed += 1
      doctorTold ||= went.doctorTold
      faults.push(...went.faults.map((fault) => `${nameOf(way)}: ${fault}`))
      const told = `back after ${went.backAfterS} s, skew told ${went.toldSkewed}`
      console.error([`${cycle + 1}/${cycles} ${nameOf(way)}: ${told}`, ...went.faults].join(', '))
    }
    const { papers, papersBroken, notSignedBefore, toldTwice } = await whatTimeLeft(database.url)
    const remindedTwice = toldTwice - toldBefore
    const recoverySecondsMax = Math.max(...seconds)
    const figures = {
      cycles: seconds.length,
      recoverySecondsMax,
      seed,
      toldSkewed,
      doctorTold,
      papers,
      papersBroken,
      notSignedBefore,
    }
    const sound = faults.length + papersBroken + remindedTwice === 0 && doctorTold
    return {
      ...figures,
      remindedTwice,
      faults,
      sound: sound && recoverySecondsMax <= BACK_WITHIN_S && ground.server.restarts() === 0,
    }
  })
} finally {
  await database.stop()
  await Promise.all([own.remove(), databases.remove(), rm(elsewhere, { recursive: true, force: true })])
}

function nameOf({ whose, by, signing }: Way): string {
  return [whose, by, signing && 'in the middle of a signing'].filter(Boolean).join(', ')
}

async function inTime<T>(way: Way, done: Promise<T>): Promise<T> {
  const over = new AbortController()
  const tooLate = pause(LIMIT_MS, undefined, { signal: over.signal }).then(async () => {
    // What waits for the database is answered then, and the drill can be cleared away.
    for (const pid of await databaseProcesses(elsewhere)) process.kill(pid, 'SIGKILL')
    throw new Error(`${nameOf(way)}: not over within ${LIMIT_MS / 1000} s`)
  })
  try {
    return await Promise.race([done, tooLate])
  } finally {
    over.abort()
  }
}

/** The clock goes wrong, people go on, and it is put right. */
async function goWrong(ground: Ground, way: Way, asleep: Visitor) {
  const { load, server } = ground
  const faults: string[] = []
  const clocks = way.whose === 'application' ? [own] : [own, databases]
  load.resume()
  const awake = await inspector(ground)
  if (way.signing) {
    await load.nextOf('signing')
    await pause(draw.whole(INTO_A_SIGNING_MS.least, INTO_A_SIGNING_MS.most))
  }
  const aheadMs = await setWrong(clocks, way.by)
  await pause(HEARD_MS)
  const apart = way.whose === 'application'
  const doctor = apart && !doctorAsked ? doctorTellsOfIt() : Promise.resolve(false)
  // Who was at work before goes on by the database's time; where that is wrong too, they may have to sign in again.
  if (apart && !(await isIn(awake))) faults.push('who was at work was signed out')
  const newcomer = await inspector(ground)
  const toldSkewed = /"name":"clock","ok":false/.test((await server.ready()).said)
  if (toldSkewed !== (apart && Math.abs(aheadMs) > CLOCK_WRONG_MS))
    faults.push(`a skewed clock was told: ${toldSkewed}`)
  await pause(draw.whole(WRONG_MS.least, WRONG_MS.most))
  const doctorTold = await doctor
  await Promise.all(clocks.map((clock) => clock.setForAll(0)))
  await pause(HEARD_MS)
  const newcomerIn = await isIn(newcomer)
  if (apart && !newcomerIn) faults.push('who came meanwhile was signed out')
  if (!apart && aheadMs >= HOUR_MS && newcomerIn) faults.push('a session of days to come goes on')
  const backAfterS = await ground.recovery()
  faults.push(...wrongIn(await ground.check()))
  if (!(await isIn(asleep))) faults.push('who slept through it was signed out')
  return { backAfterS, toldSkewed, doctorTold, faults }
}

/** @returns by how many milliseconds it stands ahead at the end */
async function setWrong(clocks: readonly FakeClock[], by: Way['by']): Promise<number> {
  if (by !== 'drift') {
    const aheadMs = BY[by](new Date())
    await Promise.all(clocks.map((clock) => clock.setForAll(aheadMs)))
    return aheadMs
  }
  for (let step = 1; step <= DRIFT_STEPS; step += 1)
    await Promise.all(clocks.map((clock) => clock.setForAll(step * DRIFT_MS)))
  return DRIFT_STEPS * DRIFT_MS
}

/** An officer whose screen closes after a quarter of an hour; each time somebody else's browser. */
async function inspector({ server }: Ground): Promise<Visitor> {
  const reading = openDatabase(database.url, { connections: 1 })
  const people = await demoPeople(reading.read, todayIn(new Date())).finally(() => reading.close())
  const found = people.find(({ role }) => role === 'inspector')
  if (!found?.position) throw new Error('the demo has no inspector')
  const part = { personalId: found.personalId, position: found.position }
  // Whoever was at the provider while the clock was set is sent back and begins anew.
  for (let tries = 1; ; tries += 1)
    try {
      return await visitor(server.base, 'inspector', part)
    } catch (error) {
      if (tries === SIGN_IN_TRIES) throw error
      await pause(1_000)
    }
}

async function isIn(who: Visitor): Promise<boolean> {
  return (await who.get('/api/v1/hats')).ok
}

/** Asked as an administrator asks it, under the application's clock. */
async function doctorTellsOfIt(): Promise<boolean> {
  doctorAsked = true
  const child = spawn(process.execPath, ['scripts/dangvu.mjs', 'doctor', '--json'], {
    env: { ...process.env, ...addresses, ...own.environment, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let said = ''
  child.stdout.on('data', (chunk) => (said += String(chunk)))
  await new Promise((resolve) => child.once('close', resolve))
  return /this machine’s clock is [\d.]+ seconds (behind|ahead of) the database’s/.test(said)
}

/** Papers whose signatures do not verify, seals refused because a clock that stood ahead had signed before them, and what was told twice. */
async function whatTimeLeft(url: string) {
  const reading = openDatabase(url, { connections: 1 })
  try {
    const { read } = reading
    const papers = await read.rows<{ bytes: Buffer }>(
      sql`select f.bytes from paper p join file f on f.sha256 = p.sha256`,
    )
    const broken = papers.filter(({ bytes }) => !verifyPaper(bytes, { trust: [] }).valid)
    return await read.one<{
      papers: number
      papersBroken: number
      notSignedBefore: number
      toldTwice: number
    }>(sql`
      select ${papers.length}::integer as papers, ${broken.length}::integer as "papersBroken",
             (select count(*) from dossier_event
               where type = 'sealing-failed' and data ->> 'failure' = 'signature.before-the-last') as "notSignedBefore",
             (select count(*) from (
               select from notice where once_key is not null
                group by member_id, organisation_id, positions, code, facts, dossier_id having count(*) > 1) each) as "toldTwice"`)
  } finally {
    await reading.close()
  }
}
