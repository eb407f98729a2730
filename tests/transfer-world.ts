/** Two wards, their people and the whole server before them, with days that pass when a story says so: for stories of transfers. */
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Logger as QueueLogger, runOnce, type TaskList } from 'graphile-worker'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { openCalendar } from '../src/app/calendar.ts'
import { markDemo, type Clock, type RunningClock } from '../src/app/clock.ts'
import { readConfig } from '../src/app/config.ts'
import { sweepsOf, tasksOf } from '../src/app/features.ts'
import { MIGRATIONS_FOLDER } from '../src/app/installation.ts'
import { makeLog } from '../src/app/logging.ts'
import type { Parts } from '../src/app/parts.ts'
import { buildServer } from '../src/app/server.ts'
import type { SignerSource } from '../src/app/signing.ts'
import { openTestSigners } from '../src/app/test-signing.ts'
import { READ_HERE } from '../src/foreign-files/readers.ts'
import type { WatchedProvider } from '../src/identity/provider-watch.ts'
import { OWN_HAT, type HatChoice } from '../src/identity/hats.ts'
import { openPasskeySession } from './passkey-session.ts'
import { openSession } from '../src/identity/sessions.ts'
import { openDatabase, type Database } from '../src/kernel/db.ts'
import { instantAt, type PlainDate } from '../src/kernel/plain-date.ts'
import { grantOffice } from '../src/registry/offices/store.ts'
import { addMember, addOrganisation, addTwoWards, FOUNDED } from '../src/registry/test-builders.ts'
import { createTestDatabase } from './database.ts'
import { visit, type Visitor } from './transfer-visitor.ts'

/** Who holds which office where; `ward` and `commission` are the origin's, `destination` the other ward. */
const OFFICES = {
  cellSecretary: ['Bí Thư Khu Phố Ba', 'cell-secretary', 'cell'],
  cellDeputy: ['Phó Bí Thư Khu Phố Ba', 'cell-deputy-secretary', 'cell'],
  neighbourSecretary: ['Bí Thư Khu Phố Mười', 'cell-secretary', 'neighbour'],
  buildingOfficer: ['Cán Bộ Xây Dựng', 'building-officer', 'ward'],
  wardDeputy: ['Phó Bí Thư Tân Tạo', 'committee-deputy-secretary', 'ward'],
  wardClerk: ['Văn Thư Tân Tạo', 'office-clerk', 'ward'],
  inspector: ['Chủ Nhiệm Kiểm Tra', 'inspection-chair', 'ward'],
  administrator: ['Quản Trị Viên', 'system-administrator', 'ward'],
  commissionDeputy: ['Phó Trưởng Ban', 'commission-deputy', 'commission'],
  commissionClerk: ['Văn Thư Ban', 'commission-clerk', 'commission'],
  cityChief: ['Chánh Văn Phòng', 'office-chief', 'city'],
  destinationDeputy: ['Phó Bí Thư Cầu Kiệu', 'committee-deputy-secretary', 'otherWard'],
  destinationClerk: ['Văn Thư Cầu Kiệu', 'office-clerk', 'otherWard'],
  destinationSecretary: ['Bí Thư Nơi Đến', 'cell-secretary', 'otherCell'],
  strangerDeputy: ['Phó Bí Thư Phường Khác', 'committee-deputy-secretary', 'thirdWard'],
  strangerClerk: ['Văn Thư Phường Khác', 'office-clerk', 'thirdWard'],
  foreignDeputy: ['Phó Bí Thư Tỉnh Khác', 'committee-deputy-secretary', 'foreignWard'],
} as const

export type OfficerRole = keyof typeof OFFICES
export type Officers = Readonly<Record<OfficerRole, Visitor>>
export type Places = Awaited<ReturnType<typeof addPlaces>>

export interface TransferWorld {
  readonly server: FastifyInstance
  readonly parts: Parts
  readonly database: Database
  readonly databaseUrl: string
  readonly places: Places
  readonly officers: Officers
  /** Every line the application logged so far. */
  readonly logged: string[]
  now(): Date
  /** It is this day and this time ('08:30') in Viet Nam from now on. */
  day(date: PlainDate, time?: string): void
  /** Somebody new in the registry, signed in for their own affairs. */
  member(name: string, cellId?: string, facts?: { officialOn?: string | null }): Promise<Visitor>
  /** Gives somebody an office, and shows them wearing it. */
  office(memberId: string, name: string, position: string, organisationId: string): Promise<Visitor>
  /** The same person anew, in the own hat unless told otherwise; signed in so many minutes ago. */
  signIn(who: Pick<Visitor, 'name' | 'memberId'>, hat?: HatChoice, minutesAgo?: number): Promise<Visitor>
  /** The same person by a passkey registered before: reads and drafts, nothing official. */
  byPasskey(who: Pick<Visitor, 'name' | 'memberId'>, hat?: HatChoice): Promise<Visitor>
  /** Does every job that is due, as the worker would. */
  work(): Promise<void>
  /** Looks after everything regular once, as the worker would. */
  sweep(): Promise<void>
  /** As the owner of the tables: for what the application itself may not do. */
  change(query: string, values?: unknown[]): Promise<pg.QueryResult>
  close(): Promise<void>
}

async function addPlaces(database: Database) {
  return database.transaction(async (write) => {
    const two = await addTwoWards(write)
    const thirdWard = await addOrganisation(write, 'Đảng bộ Phường Hạnh Thông', 'commune', two.city)
    const province = await addOrganisation(write, 'Đảng bộ Tỉnh Đồng Nai', 'province', null)
    const foreignWard = await addOrganisation(write, 'Đảng bộ Phường Trấn Biên', 'commune', province)
    const foreignCell = await addOrganisation(write, 'Chi bộ khu phố 1', 'cell', foreignWard)
    return { ...two, thirdWard, province, foreignWard, foreignCell }
  })
}

/** A clock that stands still until somebody sets it. */
function stoppedClock(start: Date): RunningClock & { set(to: Date): void } {
  let now = start
  return {
    now: () => now,
    real: () => new Date(),
    set: (to) => (now = to),
    moveTo: async (to) => void (now = to),
    onMove: () => undefined,
    onStep: () => undefined,
    isSettled: () => true,
    close: () => undefined,
  }
}

/** Who signs in this world instead of, or beside, the test authority. */
type Signers = (test: SignerSource, database: Database, clock: Clock) => SignerSource

/** @param options `connections` of the application's pool; `signers` lets organisations sign with files that may be missing */
export async function openTransferWorld(
  options: {
    connections?: number
    signers?: Signers
    provider?: (database: Database, clock: Clock) => WatchedProvider
  } = {},
): Promise<TransferWorld> {
  const test = await createTestDatabase()
  const database = openDatabase(test.url, { connections: options.connections ?? 4 })
  await markDemo(database)
  const keyDatabase = openDatabase(test.url, { connections: 2 })
  const owner = new pg.Pool({ connectionString: test.url, max: 1 })
  const queue = new pg.Pool({ connectionString: test.url, max: 3, options: '-c role=dangvu_app' })
  for (const pool of [owner, queue]) {
    pool.on('error', () => undefined)
    pool.on('connect', (client) => void client.on('error', () => undefined))
  }
  const clock = stoppedClock(instantAt('2026-08-24', 8 * 60))
  const logged: string[] = []
  const publicFolder = await mkdtemp(join(tmpdir(), 'dangvu-story-'))
  const signers = openTestSigners(keyDatabase, clock)
  const parts = partsOf(
    database,
    clock,
    publicFolder,
    logged,
    options.signers?.(signers, keyDatabase, clock) ?? signers,
    options.provider?.(database, clock),
  )
  const server = await buildServer(parts)
  await server.listen({ port: 0, host: '127.0.0.1' })
  const home = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  const places = await addPlaces(database)

  const signIn: TransferWorld['signIn'] = async ({ name, memberId }, hat = OWN_HAT, minutesAgo = 0) => {
    const now = new Date()
    const signedInAt = new Date(now.getTime() - minutesAgo * 60_000)
    const opening = { memberId, choice: hat, signedInAt, device: 'kiểm thử', now }
    const secret = await database.transaction((write) => openSession(write, opening))
    return visit({ home, name, memberId, secret, publicUrl: parts.publicUrl })
  }
  const byPasskey: TransferWorld['byPasskey'] = async ({ name, memberId }, hat = OWN_HAT) => {
    const now = new Date()
    const secret = await database.transaction((write) => openPasskeySession(write, memberId, hat, now))
    return visit({ home, name, memberId, secret, publicUrl: parts.publicUrl })
  }
  const office: TransferWorld['office'] = async (memberId, name, position, organisationId) => {
    const grant = { memberId, position, organisationId, since: FOUNDED, source: 'kiểm thử' }
    const officeId = await database.transaction((write) => grantOffice(write, grant))
    return signIn({ name, memberId }, { officeId, grantId: null })
  }
  const listed = (name: string, cellId: string, facts: { officialOn?: string | null } = {}) =>
    database.transaction((write) => addMember(write, name, cellId, facts))
  const officers = {} as Record<OfficerRole, Visitor>
  for (const [role, [name, position, place]] of Object.entries(OFFICES) as [
    OfficerRole,
    (typeof OFFICES)[OfficerRole],
  ][]) {
    const cell = place.startsWith('foreign') ? places.foreignCell : places.neighbour
    officers[role] = await office(await listed(name, cell), name, position, places[place])
  }
  return {
    server,
    parts,
    database,
    databaseUrl: test.url,
    places,
    officers,
    logged,
    now: clock.now,
    day(date, time = '08:00') {
      const [hours = '', minutes = ''] = time.split(':')
      clock.set(instantAt(date, Number(hours) * 60 + Number(minutes)))
    },
    async member(name, cellId = places.cell, facts = {}) {
      return signIn({ name, memberId: await listed(name, cellId, facts) })
    },
    office,
    signIn,
    byPasskey,
    work: () => work(queue, parts),
    async sweep() {
      for (const sweep of sweepsOf(parts)) await sweep.run(clock.now())
    },
    change: (query, values = []) => owner.query(query, values),
    async close() {
      await server.close()
      await Promise.all([queue.end(), owner.end()])
      await Promise.all([database.close(), keyDatabase.close()])
      await test.drop()
      await rm(publicFolder, { recursive: true, force: true })
    },
  }
}

function partsOf(
  database: Database,
  clock: RunningClock,
  publicFolder: string,
  logged: string[],
  signers: SignerSource,
  relyingParty: WatchedProvider | undefined,
): Parts {
  const config = readConfig({ DANGVU_REQUESTS_PER_MINUTE: '1000000' })
  const calendar = openCalendar(database, clock)
  return {
    config,
    database,
    clock,
    calendar: calendar.get,
    invalidateCalendar: calendar.invalidate,
    signers,
    publicUrl: config.publicUrl,
    demo: true,
    relyingParty,
    development: undefined,
    assets: { css: '/assets/a.css', js: '/assets/a.js', fonts: [], brandCss: '/brand.css' },
    publicFolder,
    readers: READ_HERE,
    bankCallbacks: [],
    migrationsFolder: MIGRATIONS_FOLDER,
    log: makeLog({ level: 'info', stream: { write: (line: string) => void logged.push(line) } }),
  }
}

const SILENT = new QueueLogger(() => () => undefined)

async function work(queue: pg.Pool, parts: Parts): Promise<void> {
  const taskList: TaskList = Object.fromEntries(
    Object.entries(tasksOf(parts)).map(([name, task]) => [
      name,
      (payload, { job }) =>
        task(payload as Record<string, unknown>, {
          attempt: job.attempts,
          lastAttempt: job.attempts >= job.max_attempts,
        }),
    ]),
  )
  await runOnce({ pgPool: queue, taskList, noHandleSignals: true, logger: SILENT, parsedCronItems: [] })
}
