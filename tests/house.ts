/** The whole server on a database of its own, with two wards and visitors of each kind: for tests that go through its routes. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { openCalendar } from '../src/app/calendar.ts'
import { markDemo, openClock } from '../src/app/clock.ts'
import { readConfig } from '../src/app/config.ts'
import { MIGRATIONS_FOLDER } from '../src/app/installation.ts'
import { makeLog } from '../src/app/logging.ts'
import type { Parts } from '../src/app/parts.ts'
import { buildServer } from '../src/app/server.ts'
import { openTestSigners } from '../src/app/test-signing.ts'
import { READ_HERE } from '../src/foreign-files/readers.ts'
import { cookieName } from '../src/identity/cookies.ts'
import { OWN_HAT } from '../src/identity/hats.ts'
import { csrfOf, openSession } from '../src/identity/sessions.ts'
import { openDatabase, type Database, type Write } from '../src/kernel/db.ts'
import { grantOffice } from '../src/registry/offices/store.ts'
import { addMember, addTwoWards, FOUNDED } from '../src/registry/test-builders.ts'
import { createTestDatabase } from './database.ts'

/** Nobody has not signed in; the administrator holds the technical office alone. */
export const VISITORS = ['nobody', 'member', 'officer', 'administrator'] as const
export type VisitorKind = (typeof VISITORS)[number]

/** Somebody who asks. */
export interface Visitor {
  readonly kind: VisitorKind
  /** '' for nobody */
  readonly memberId: string
  readonly officeId: string | null
  readonly csrf: string
  readonly cookies: Readonly<Record<string, string>>
}

export interface House {
  /** of the database's owner */
  readonly url: string
  readonly server: FastifyInstance
  readonly parts: Parts
  readonly database: Database
  readonly world: Awaited<ReturnType<typeof addTwoWards>>
  readonly visitors: Readonly<Record<VisitorKind, Visitor>>
  /** Asks as this visitor's browser does: from a page of ours, with the session's token and the cookie it has by now. */
  ask(who: Visitor, request: InjectOptions): Promise<LightMyRequestResponse>
  /** The same visitor with a session just opened: the one before may have been ended by a test. */
  signIn(who: Visitor): Promise<Visitor>
  close(): Promise<void>
}

/** Stories ask faster than people do; what happens then has a story of its own. */
const UNHURRIED = { DANGVU_REQUESTS_PER_MINUTE: '1000000' }

const OFFICES = { officer: 'office-clerk', administrator: 'system-administrator' } as const

/** @param options `demo: false` for an installation in earnest; `env` adds to its configuration */
export async function openHouse(
  options: { demo?: boolean; env?: Readonly<Record<string, string>> } = {},
): Promise<House> {
  const demo = options.demo ?? true
  const test = await createTestDatabase()
  const database = openDatabase(test.url, { connections: 4 })
  if (demo) await markDemo(database)
  const clock = await openClock(database)
  const calendar = openCalendar(database, clock)
  const publicFolder = await mkdtemp(join(tmpdir(), 'dangvu-house-'))
  await writeFile(join(publicFolder, 'app-TESTTEST.css'), 'body{color:#16202c}')
  await writeFile(join(publicFolder, 'service-worker.js'), 'self.addEventListener("install",()=>{})')
  await mkdir(join(publicFolder, 'fonts'))
  const config = readConfig({ LOG_LEVEL: 'silent', ...UNHURRIED, ...options.env })
  const parts: Parts = {
    config,
    readers: READ_HERE,
    bankCallbacks: config.bankCallbacks,
    database,
    clock,
    calendar: calendar.get,
    invalidateCalendar: calendar.invalidate,
    signers: openTestSigners(database, clock),
    publicUrl: config.publicUrl,
    demo,
    relyingParty: undefined,
    development: demo ? { issuer: 'http://localhost:1' } : undefined,
    assets: {
      css: '/assets/app-TESTTEST.css',
      js: '/assets/app-TESTTEST.js',
      fonts: [],
      brandCss: '/brand.css',
      serviceWorker: '/service-worker.js',
    },
    publicFolder,
    migrationsFolder: MIGRATIONS_FOLDER,
    log: makeLog({ level: 'silent' }),
  }
  const server = await buildServer(parts)
  const { world, visitors } = await fill(database, parts.publicUrl)
  const sessionCookie = cookieName('session', parts.publicUrl)
  /** by the first secret of a session, the one its browser keeps by now */
  const renewed = new Map<string, string>()
  return {
    url: test.url,
    server,
    parts,
    database,
    world,
    visitors,
    async ask(who, request) {
      await nextTurn() // as what comes by the network does
      const secret = who.cookies[sessionCookie]
      const answer = await server.inject({
        ...request,
        cookies: {
          ...who.cookies,
          ...(secret === undefined ? {} : { [sessionCookie]: renewed.get(secret) ?? secret }),
          ...request.cookies,
        },
        headers: {
          'sec-fetch-site': 'same-origin',
          ...(who.csrf === '' ? {} : { 'x-csrf-token': who.csrf }),
          ...request.headers,
        },
      })
      const kept = answer.cookies.find(({ name, value }) => name === sessionCookie && value !== '')
      if (secret !== undefined && kept) renewed.set(secret, kept.value)
      return answer
    },
    signIn: (who) =>
      who.kind === 'nobody'
        ? Promise.resolve(who)
        : database.transaction((write) => signIn(write, who, parts.publicUrl)),
    async close() {
      await server.close()
      clock.close()
      await database.close()
      await test.drop()
      await rm(publicFolder, { recursive: true, force: true })
    },
  }
}

async function fill(database: Database, publicUrl: string) {
  return database.transaction(async (write) => {
    const world = await addTwoWards(write)
    const visit = async (kind: Exclude<VisitorKind, 'nobody'>, name: string): Promise<Visitor> => {
      const memberId = await addMember(write, name, world.cell)
      const officeId =
        kind === 'member'
          ? null
          : await grantOffice(write, {
              memberId,
              position: OFFICES[kind],
              organisationId: world.ward,
              since: FOUNDED,
              source: 'kiểm thử',
            })
      return signIn(write, { kind, memberId, officeId, csrf: '', cookies: {} }, publicUrl)
    }
    const visitors = {
      nobody: { kind: 'nobody', memberId: '', officeId: null, csrf: '', cookies: {} },
      member: await visit('member', 'Đảng Viên Một'),
      officer: await visit('officer', 'Văn Thư Hai'),
      administrator: await visit('administrator', 'Quản Trị Ba'),
    } as const
    return { world, visitors }
  })
}

async function signIn(write: Write, who: Visitor, publicUrl: string): Promise<Visitor> {
  const { memberId, officeId } = who
  const now = new Date()
  const choice = officeId === null ? OWN_HAT : { officeId, grantId: null }
  const secret = await openSession(write, { memberId, choice, signedInAt: now, device: 'kiểm thử', now })
  return { ...who, csrf: csrfOf(secret), cookies: { [cookieName('session', publicUrl)]: secret } }
}
