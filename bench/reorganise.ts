/**
 * `reorganise`: three communes of about 220 cells and 5,000 members merge in a country of 250,000 cells, a hundred transfers open,
 * and the merger is taken back, again and again; durable. Standard output is one JSON line.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCalendar } from '../src/app/calendar.ts'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { followReorganisation } from '../src/app/features.ts'
import { MIGRATIONS_FOLDER } from '../src/app/installation.ts'
import { openTestSigners } from '../src/app/test-signing.ts'
import { openDatabase, sql, type Database } from '../src/kernel/db.ts'
import { migrate } from '../src/kernel/migrations.ts'
import { addDays, instantAt, type PlainDate } from '../src/kernel/plain-date.ts'
import type { Context } from '../src/kernel/procedure.ts'
import { DEFAULT_SETTINGS } from '../src/kernel/settings.ts'
import type { FollowDossiers } from '../src/registry/reorganisation/apply.ts'
import type { Plan } from '../src/registry/reorganisation/law/plan.ts'
import { savePlan, signPlan, takeBack } from '../src/registry/reorganisation/plans.ts'
import { previewOf } from '../src/registry/reorganisation/preview.ts'
import { fillCapital } from './parts/country.ts'
import { machine, median } from './parts/machine.ts'
import { findGround, openTransfers, type Ground } from './parts/reorganising.ts'

/** No clock is asked: a Monday; each merger and each taking back is a day later. */
const FIRST_DAY = '2026-09-07'
const ROUNDS = 7

const on = machine()
const folder = await mkdtemp(join(tmpdir(), 'dangvu-bench-'))
const server = await startEmbeddedDatabase({ folder: join(folder, 'database') })
try {
  await migrate(server.url, MIGRATIONS_FOLDER)
  const database = openDatabase(server.url, { connections: 4 })
  await fillCapital({ database, url: server.url })
  await mustBeDurable(database)
  const clock = { now: () => instantAt(FIRST_DAY, 9 * 60) }
  const signers = openTestSigners(database, clock)
  const surroundings = { calendar: await openCalendar(database, clock).get(), settings: DEFAULT_SETTINGS }
  const ground = await findGround(database.read, clock.now())
  const at = clock.now()
  const opened = await openTransfers(database, signers, { ...surroundings, at, today: FIRST_DAY })
  const follow: FollowDossiers = (write, touched, context) =>
    followReorganisation(write, { signers, publicUrl: 'https://localhost' }, touched, context)
  const contextOn = (today: PlainDate): Context => {
    const signedInAt = instantAt(today, 9 * 60)
    return { ...surroundings, actor: { ...ground.deputy, signedInAt }, at: signedInAt, today }
  }
  const rounds: Awaited<ReturnType<typeof mergeAndTakeBack>>[] = []
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push(await mergeAndTakeBack(database, ground, round, contextOn, follow))
  const size = await database.read.one(sql`
    select (select count(*) from organisation_period where kind = 'cell' and valid_to is null) as cells,
           (select count(*) from organisation_period) as periods, (select count(*) from membership) as memberships,
           (select count(*) from dossier where is_open) as dossiers`)
  const figure = (pick: (round: (typeof rounds)[number]) => number) => {
    const values = rounds.map(pick)
    return { median: Number(median(values).toFixed(2)), worst: Number(Math.max(...values).toFixed(2)) }
  }
  const figures = {
    applyS: figure((round) => round.applyS),
    previewS: figure((round) => round.previewS),
    takeBackS: figure((round) => round.takeBackS),
  }
  const { moved } = rounds[0]!
  process.stdout.write(
    `${JSON.stringify({ bench: 'reorganise', ...figures, rounds: ROUNDS, moved, opened, size, aim: { applyS: 2 }, on })}\n`,
  )
  await database.close()
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}

async function mergeAndTakeBack(
  database: Database,
  ground: Ground,
  round: number,
  contextOn: (day: PlainDate) => Context,
  follow: FollowDossiers,
) {
  const day = addDays(FIRST_DAY, 2 * round)
  const id = randomUUID()
  const asked = { id, underId: ground.province, plan: planOn(day, ground, round) }
  const saved = await savePlan(database, { ...asked, commandId: randomUUID() }, contextOn(day))
  const [previewS, preview] = await timed(() => previewOf(database.read, saved))
  const sign = { id, commandId: randomUUID(), digest: preview.digest }
  const [applyS, { applied }] = await timed(() => signPlan(database, sign, contextOn(day), follow))
  const back = { id, commandId: randomUUID(), reason: 'đo' }
  const [takeBackS] = await timed(() => takeBack(database, back, contextOn(addDays(day, 1)), follow))
  return { previewS, applyS, takeBackS, moved: applied }
}

/** Offices go on where they are in force that round: taken back, they are new ones. */
function planOn(day: PlainDate, { province, communes, offices }: Ground, round: number): Plan {
  const body = { id: randomUUID(), code: null, name: 'Đảng bộ Xã Mới', kind: 'commune', parentId: province }
  return {
    title: 'Sắp xếp ba xã',
    decision: { number: '12-QĐ/TU', issuer: 'Ban Thường vụ Tỉnh ủy', signedOn: day },
    effectiveOn: day,
    bodies: [body],
    steps: [{ type: 'merge', from: communes, into: body.id }],
    continuing: round === 0 ? offices : [],
  }
}

async function timed<T>(act: () => Promise<T>): Promise<[number, T]> {
  const began = performance.now()
  const answer = await act()
  return [(performance.now() - began) / 1000, answer]
}

async function mustBeDurable(database: Database): Promise<void> {
  const { durable } = await database.read.one<{ durable: string }>(sql`
    select current_setting('fsync') || current_setting('synchronous_commit') || current_setting('full_page_writes') as durable`)
  if (durable !== 'ononon') throw new Error(`the database is not durable: ${durable}`)
}
