/** A backup (sao lưu): the whole database as it was at one moment, written beside its work into a folder of files. */
import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { findSequences, findTables, quoted, type Table } from './catalogue.ts'
import {
  checksumFile,
  checksumLine,
  FORMAT,
  MANIFEST,
  refused,
  type BackupTable,
  type Manifest,
} from './manifest.ts'
import { breakConnection, PLAIN_TEXT, toDisk, writeRows } from './rows.ts'

export interface BackupOptions {
  /** of the tables' owner */
  readonly url: string
  /** where the backup will be; nothing may be there yet */
  readonly folder: string
  readonly program: string
  readonly trial: boolean
  readonly onTable?: (name: string, done: number, of: number) => void
  /** aborted: nothing of the backup is left */
  readonly interrupted?: AbortSignal
}

export interface Backup {
  readonly folder: string
  readonly manifest: Manifest
  readonly bytes: number
}

/**
 * Writes a backup under a name of its own and gives it its name when it is whole and on the disk.
 *
 * @throws CommandError when something is there already, the disk is full or closed to us, there is nothing to back up, or it
 *   was interrupted
 */
export async function writeBackup(options: BackupOptions): Promise<Backup> {
  const folder = resolve(options.folder)
  await requireNothing(folder)
  const unfinished = `${folder}.unfinished-${randomBytes(4).toString('hex')}`
  try {
    await mkdir(unfinished, { mode: 0o700 })
    const manifest = await atOneMoment(options, (client, tables) =>
      writeAll(client, tables, unfinished, options),
    )
    const text = `${JSON.stringify(manifest, undefined, 1)}\n`
    await writeFile(join(unfinished, checksumFile), checksumLine(text), { mode: 0o600 })
    await writeFile(join(unfinished, MANIFEST), text, { mode: 0o600 })
    for (const name of [checksumFile, MANIFEST, '.']) await toDisk(join(unfinished, name))
    await rename(unfinished, folder)
    await toDisk(dirname(folder))
    return { folder, manifest, bytes: manifest.tables.reduce((sum, { fileBytes }) => sum + fileBytes, 0) }
  } catch (error) {
    const left = await rm(unfinished, { recursive: true, force: true }).then(
      () => false,
      () => true,
    )
    if (options.interrupted?.aborted) throw interrupted(left ? unfinished : undefined)
    throw inWords(error, folder)
  }
}

async function requireNothing(folder: string): Promise<void> {
  const there = await stat(folder).catch(() => undefined)
  if (there)
    throw refused('exists', {
      vi: `${folder} đã có rồi: mỗi bản sao lưu cần một thư mục mới, ví dụ ${folder}-2.`,
      en: `${folder} is there already: each backup needs a new folder, e.g. ${folder}-2.`,
    })
  const above = await stat(dirname(folder)).catch(() => undefined)
  if (!above?.isDirectory())
    throw refused('no-place', {
      vi: `Không có thư mục ${dirname(folder)} để ghi ${basename(folder)} vào. Hãy tạo nó, hoặc gắn ổ đĩa sao lưu.`,
      en: `There is no folder ${dirname(folder)} to write ${basename(folder)} into. Make it, or mount the disk for backups.`,
    })
}

/** @param left the unfinished folder, where it could not be removed */
function interrupted(left: string | undefined) {
  return refused('interrupted', {
    vi: `Đã dừng giữa chừng: không có bản sao lưu nào. ${left ? `Phần dở dang còn ở ${left}: hãy xóa nó.` : 'Phần dở dang đã xóa; có thể chạy lại cùng lệnh này.'}`,
    en: `Interrupted: there is no backup. ${left ? `What was written is still in ${left}: delete it.` : 'What was written is removed; the same command can be run again.'}`,
  })
}

const NOTHING_THERE = () =>
  refused('nothing-there', {
    vi: 'Cơ sở dữ liệu này không có dữ liệu của chương trình, hoặc của một phiên bản chưa có nhật ký: không có gì để sao lưu, chưa thay đổi gì. Hãy xem lại DATABASE_URL hay DANGVU_DATA; dữ liệu của phiên bản cũ như vậy thì dùng pg_dump.',
    en: 'This database holds no data of the program, or those of a version before the log: there is nothing to back up, and nothing was changed. Check DATABASE_URL or DANGVU_DATA; take pg_dump for data of so old a version.',
  })

function inWords(error: unknown, folder: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (syscall === undefined || !['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EIO', 'EPERM'].includes(code ?? ''))
    return error
  return refused('unwritable', {
    vi: `Không ghi được bản sao lưu vào ${dirname(folder)} (${code}); phần dở dang đã xóa. Hãy xem chỗ trống và quyền ghi.`,
    en: `The backup cannot be written to ${dirname(folder)} (${code}); what was written is removed. Look at the room and the rights there.`,
  })
}

/** How often a table made or changed while we take hold of all of them makes us begin anew. */
const MOST_TRIES = 5

/**
 * Does the work in one snapshot. Every table is held against changes of its shape before the snapshot is taken: a table
 * rewritten in between would look empty to it.
 */
async function atOneMoment<T>(
  { url, interrupted: signal }: BackupOptions,
  work: (client: pg.Client, tables: readonly Table[]) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'dangvu-backup' })
  client.on('error', () => undefined) // told by the next statement
  // Whatever is asked just then fails, a row that is written or a lock that is waited for.
  const breakOff = () => breakConnection(client)
  signal?.addEventListener('abort', breakOff)
  try {
    await client.connect()
    for (let tries = 1; ; tries += 1) {
      signal?.throwIfAborted()
      const expected = await findTables(client)
      if (!expected.some(({ name }) => name === 'audit_block')) throw NOTHING_THERE()
      await client.query('begin isolation level repeatable read read only')
      await client.query(PLAIN_TEXT)
      await client.query(`lock table ${expected.map(quoted).join(', ')} in access share mode`)
      const tables = await findTables(client)
      if (JSON.stringify(tables) === JSON.stringify(expected)) {
        const result = await work(client, tables)
        await client.query('commit')
        return result
      }
      await client.query('rollback')
      if (tries === MOST_TRIES) throw new Error('the tables keep changing')
    }
  } finally {
    signal?.removeEventListener('abort', breakOff)
    await client.end().catch(() => undefined)
  }
}

async function writeAll(
  client: pg.Client,
  tables: readonly Table[],
  folder: string,
  options: BackupOptions,
): Promise<Manifest> {
  const { rows } = await client.query<Pick<Manifest, 'postgres' | 'takenAt'> & { log: Manifest['log'] }>(HEAD)
  const head = rows[0]
  if (!head) throw new Error('the log has no block')
  const { rows: migrations } = await client.query<Manifest['migrations'][number]>(
    'select name, checksum from public.migration order by name collate "C"',
  )
  const written: BackupTable[] = []
  for (const table of tables) {
    options.interrupted?.throwIfAborted()
    const { schema, name, columns } = table
    const file = `${schema}.${name}.copy.gz`
    const measured = await writeRows(client, table, join(folder, file))
    written.push({ schema, name, columns: [...columns], file, ...measured })
    options.onTable?.(name, written.length, tables.length)
  }
  return {
    format: FORMAT,
    program: options.program,
    ...head,
    trial: options.trial,
    migrations,
    tables: written,
    // Not of the snapshot: a number may have been taken since, and is then left out in the copy, as after any rollback.
    sequences: await findSequences(client),
  }
}

/** The end of the log, as the manifest and a restored copy must agree on it. */
export const LOG_HEAD = `
  select json_build_object(
    'installation', (select encode(hash, 'hex') from public.audit_block where number = 0), 'block', number,
    'hash', encode(hash, 'hex'), 'entries', total, 'unsealed', (select count(*) from public.audit_tail)) as log
    from public.audit_block order by number desc limit 1`

const HEAD = `
  select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "takenAt",
         current_setting('server_version') as postgres, h.log from (${LOG_HEAD}) h`
