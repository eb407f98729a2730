/** The server over the world of the matrix: it answers as it would, and forgets what it wrote. Stands on the sources alone. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { openCalendar } from '../src/app/calendar.ts'
import type { RunningClock } from '../src/app/clock.ts'
import { readConfig } from '../src/app/config.ts'
import { makeLog } from '../src/app/logging.ts'
import { buildServer } from '../src/app/server.ts'
import type { SignerSource } from '../src/app/signing.ts'
import { openTestSigners } from '../src/app/test-signing.ts'
import { READ_HERE } from '../src/foreign-files/readers.ts'
import { openDatabase, type Database, type Write } from '../src/kernel/db.ts'
import type { Asker } from './access-places.ts'

/** All that somebody learns by asking, and all that asking does. */
export interface Observed {
  readonly status: number
  readonly code: string
  readonly type: string
  readonly location: string
  readonly body: string
  /** rows that were written, before that was undone */
  readonly changed: number
}

export interface AccessServer {
  readonly server: FastifyInstance
  ask(who: Asker, request: InjectOptions): Promise<Observed>
  close(): Promise<void>
}

/** @param at the moment at which this world stands still */
export async function openAccessServer(databaseUrl: string, at: Date): Promise<AccessServer> {
  const database = openDatabase(databaseUrl, { connections: 8 })
  // As in an instance: who signs in a transaction must not wait for the last connection.
  const keyDatabase = openDatabase(databaseUrl, { connections: 2 })
  const counted = new AsyncLocalStorage<{ changed: number }>()
  const server = await buildServer(
    partsOf(
      forgetting(database, (rows) => {
        const counter = counted.getStore()
        if (counter) counter.changed += rows
      }),
      openTestSigners(keyDatabase, { now: () => at }),
      at,
    ),
  )
  const counters = new Map<string, { changed: number }>()
  // Reading a body leaves the asker's context behind: it is found again by the number of the trial.
  server.addHook('preHandler', (request, _reply, done) =>
    counted.run(counters.get(String(request.headers['x-trial'])) ?? { changed: 0 }, done),
  )
  let asked = 0
  return {
    server,
    async ask(who, request) {
      await nextTurn() // as what comes by the network does
      asked += 1
      const counter = { changed: 0 }
      const trial = String(asked)
      counters.set(trial, counter)
      const answer = await server.inject({
        ...request,
        // Limits of requests count by address: everybody comes from elsewhere.
        remoteAddress: `10.${asked >> 16}.${(asked >> 8) & 255}.${asked & 255}`,
        cookies: { ...who.cookies },
        headers: {
          'x-trial': trial,
          ...(who.csrf === '' ? {} : { 'x-csrf-token': who.csrf }),
          ...request.headers,
        },
      })
      counters.delete(trial)
      const type = String(answer.headers['content-type'] ?? '').split(';')[0] ?? ''
      return {
        status: answer.statusCode,
        code: type === 'application/problem+json' ? answer.json<{ code: string }>().code : '',
        type,
        location: String(answer.headers.location ?? ''),
        body: answer.body,
        changed: counter.changed,
      }
    },
    async close() {
      await server.close()
      await Promise.all([database.close(), keyDatabase.close()])
    },
  }
}

function partsOf(database: Database, signers: SignerSource, at: Date): Parameters<typeof buildServer>[0] {
  const config = readConfig({ LOG_LEVEL: 'silent', DANGVU_REQUESTS_PER_MINUTE: '1000000' })
  const clock: RunningClock = {
    now: () => at,
    real: () => new Date(),
    moveTo: async () => undefined,
    onMove: () => undefined,
    onStep: () => undefined,
    isSettled: () => true,
    close: () => undefined,
  }
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
    relyingParty: undefined,
    development: undefined,
    assets: { css: '/assets/a.css', js: '/assets/a.js', fonts: [], brandCss: '/brand.css' },
    publicFolder: import.meta.dirname,
    readers: READ_HERE,
    bankCallbacks: [],
    migrationsFolder: import.meta.dirname,
    log: makeLog({ level: 'silent' }),
  }
}

/** Carries the answer of a transaction out of its undoing. */
class Undone extends Error {
  readonly answer: unknown
  constructor(answer: unknown) {
    super('undone')
    this.answer = answer
  }
}

/**
 * The same database, every transaction of which is undone after it answered; what one wrote counts when it would have stayed.
 * Each way to the database is named: one that is added later does not compile until it is said here whether it writes.
 */
function forgetting(database: Database, changed: (rows: number) => void): Database {
  const undone =
    (begin: Database['transaction']): Database['transaction'] =>
    async <T>(work: (write: Write) => Promise<T>): Promise<T> => {
      let written = 0
      try {
        return await begin(async (write) => {
          const run: Write['run'] = async (query) => {
            const rows = await write.run(query)
            written += rows
            return rows
          }
          throw new Undone(await work({ ...write, run }))
        })
      } catch (error) {
        if (!(error instanceof Undone)) throw error
        changed(written)
        return error.answer as T
      }
    }
  const { transaction, byIndex } = database
  return { ...database, transaction: undone(transaction), byIndex: undone(byIndex) }
}
