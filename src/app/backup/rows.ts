/** Rows of one table on their way out of a database and into another: as PostgreSQL's own text, streamed, never held. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { quoted, type Table } from './catalogue.ts'

/** Text that is the same whatever a session or a server is set to. */
export const PLAIN_TEXT = `set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
  set local bytea_output = 'hex'; set local extra_float_digits = 1; set local client_encoding = 'UTF8';
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local jit = off`

/** Quick rather than small: files of papers are packed already. */
const GZIP_LEVEL = 1

/** Counts and hashes what passes. */
class Measured extends Transform {
  readonly #hash = createHash('sha256')
  bytes = 0

  override _transform(chunk: Buffer, _encoding: string, done: (error: null, chunk: Buffer) => void): void {
    this.#hash.update(chunk)
    this.bytes += chunk.length
    done(null, chunk)
  }

  digest(): string {
    return this.#hash.digest('hex')
  }
}

/** Who works on a job just now is of this moment and this server: in a copy nobody does. */
const LOCKS = ['locked_at', 'locked_by']

function selected({ schema, name, columns, order }: Table): string {
  const shown = columns.map((column) =>
    schema === 'graphile_worker' && LOCKS.includes(column) ? 'null' : pg.escapeIdentifier(column),
  )
  return `copy (select ${shown.join(', ')} from only ${quoted({ schema, name })} order by ${order.join(', ')}) to stdout`
}

export interface Written {
  readonly rows: number
  readonly digest: string
  readonly fileBytes: number
  readonly fileDigest: string
}

/** Writes the rows of a table to a new file, which is on the disk when this returns. */
export async function writeRows(client: pg.Client, table: Table, path: string): Promise<Written> {
  const rows = client.query(copyTo(selected(table)))
  const plain = new Measured()
  const packed = new Measured()
  await pipeline(
    rows,
    plain,
    createGzip({ level: GZIP_LEVEL }),
    packed,
    createWriteStream(path, { flags: 'wx', mode: 0o600 }),
  )
  await toDisk(path)
  return {
    rows: rows.rowCount,
    digest: plain.digest(),
    fileBytes: packed.bytes,
    fileDigest: packed.digest(),
  }
}

/** What the rows of a table are in this database. */
export async function measureRows(
  client: pg.Client,
  table: Table,
): Promise<{ rows: number; digest: string }> {
  const rows = client.query(copyTo(selected(table)))
  const plain = new Measured()
  await pipeline(rows, plain, new Writable({ write: (_chunk, _encoding, done) => done() }))
  return { rows: rows.rowCount, digest: plain.digest() }
}

/** Reads a file's rows into a table that was emptied in this transaction. @returns how many */
export async function readRows(client: pg.Client, table: Table, path: string): Promise<number> {
  const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(', ')
  const rows = client.query(copyFrom(`copy ${quoted(table)} (${columns}) from stdin with (freeze)`))
  await pipeline(createReadStream(path), createGunzip(), rows)
  return rows.rowCount
}

/** A file or a folder's list of names, kept through a power cut. */
export async function toDisk(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** At once, and without a farewell: what is under way on it fails. */
export function breakConnection(client: pg.Client): void {
  const { connection } = client as pg.Client & {
    readonly connection: { readonly stream: { destroy(error: Error): void } }
  }
  connection.stream.destroy(new Error('the connection was broken off'))
}
