/** A primary and a replica that streams from it, both real and this test's own. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { dataFolder } from '../src/app/database/cluster.ts'
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../src/app/database/embedded.ts'
import { migrate } from '../src/kernel/migrations.ts'

const MIGRATIONS = join(import.meta.dirname, '..', 'migrations')
/** A replica that waits for nobody before it replays what a reader still needs. */
const SETTINGS = { fsync: 'off', log_min_messages: 'fatal', max_standby_streaming_delay: '0' }

export interface Pair {
  readonly primaryUrl: string
  readonly replicaUrl: string
  /** Asks as the owner. */
  ask<Row extends pg.QueryResultRow>(url: string, statement: string): Promise<Row[]>
  /** Ends the replica at once. */
  stopReplica(): Promise<void>
  close(): Promise<void>
}

export async function openPair(): Promise<Pair> {
  const folder = await mkdtemp(join(tmpdir(), `dangvu-test-${process.pid}-`))
  const folders = { primary: join(folder, 'primary'), replica: join(folder, 'replica') }
  const primary = await startEmbeddedDatabase({ folder: folders.primary, settings: SETTINGS })
  let replica: EmbeddedDatabase | undefined
  const close = async () => {
    await replica?.stop()
    await primary.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await migrate(primary.url, MIGRATIONS)
    await copy(primary.url, folders)
    replica = await startEmbeddedDatabase({ folder: folders.replica, settings: SETTINGS })
    const replicaUrl = replica.url
    return {
      primaryUrl: primary.url,
      replicaUrl,
      ask: async (url, statement) => {
        const client = new pg.Client(url)
        await client.connect()
        return client
          .query(statement)
          .then(({ rows }) => rows as never)
          .finally(() => client.end())
      },
      stopReplica: async () => {
        await replica?.stop()
        replica = undefined
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** A base copy as the manual describes it (26.3.2), with what makes it follow. */
async function copy(url: string, folders: { primary: string; replica: string }): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(`select pg_backup_start('standby', fast => true)`)
    await cp(folders.primary, folders.replica, { recursive: true, preserveTimestamps: true })
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop()')
    const data = dataFolder(folders.replica)
    for (const own of ['postmaster.pid', 'postmaster.opts']) await rm(join(data, own), { force: true })
    await rm(join(folders.replica, 'starting.lock'), { recursive: true, force: true })
    const { hostname, port, username, password } = new URL(url)
    const way = `host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}`
    await writeFile(join(data, 'backup_label'), rows[0]!.labelfile)
    await writeFile(join(data, 'standby.signal'), '')
    await writeFile(join(data, 'postgresql.auto.conf'), `primary_conninfo = '${way}'\n`)
  } finally {
    await client.end()
  }
}
