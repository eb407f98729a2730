/** Where a measurement of the whole system runs: a server on a folder, its database beside it, people signed in. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedDatabase } from '../../src/app/database/embedded.ts'
import { openDatabase, sql } from '../../src/kernel/db.ts'
import { startServer, type RunningServer } from './running.ts'
import { signPeopleIn, type People } from './traffic.ts'

export interface Ground {
  readonly server: RunningServer
  /** of the database */
  readonly postmaster: number
  readonly people: People
  /** members in the registry */
  readonly members: number
}

/** `--data FOLDER` of the command: a country that is there; without it the demo, on a folder of its own. */
export function dataAsked(): string | undefined {
  const at = process.argv.indexOf('--data')
  return at === -1 ? undefined : process.argv[at + 1]
}

/** Runs `measure` on a server over the data asked for, with 400 members and 200 officers signed in. */
export async function onGround<T>(measure: (ground: Ground) => Promise<T>): Promise<T> {
  const asked = dataAsked()
  const folder = asked ?? (await mkdtemp(join(tmpdir(), 'dangvu-bench-')))
  const server = await startServer(folder)
  try {
    const embedded = await startEmbeddedDatabase({ folder: join(folder, 'database') })
    const database = openDatabase(embedded.url, { connections: 2 })
    const people = await signPeopleIn(database, { members: 400, officers: 100 })
    const { count } = await database.read.one<{ count: number }>(sql`select count(*) as count from member`)
    await database.close()
    await embedded.stop()
    return await measure({ server, postmaster: await postmasterOf(folder), people, members: count })
  } finally {
    await server.stop()
    if (asked === undefined) await rm(folder, { recursive: true, force: true })
  }
}

async function postmasterOf(folder: string): Promise<number> {
  const note = await readFile(join(folder, 'database', 'cluster', 'data', 'postmaster.pid'), 'utf8')
  return Number(note.split('\n')[0])
}
