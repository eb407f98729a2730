/** The manifest of a backup (bản sao lưu): what it holds, of which moment and program, and how each file is known again. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { CommandError } from '../commands/command.ts'

export const FORMAT = 'dangvu-backup-1'
export const MANIFEST = 'manifest.json'

const NAME = z.string().regex(/^[a-z_][a-z0-9_]*$/)
const SHA256 = z.string().regex(/^[0-9a-f]{64}$/)
const COUNT = z.number().int().nonnegative()

const TABLE = z.strictObject({
  schema: NAME,
  name: NAME,
  columns: z.array(NAME).min(1),
  rows: COUNT,
  /** SHA-256 of the rows as `COPY` writes them, in the order of the primary key, texts by their bytes: the same rows, the same digest */
  digest: SHA256,
  /** within the backup's folder */
  file: z.string().regex(/^[a-z_]+\.[a-z0-9_]+\.copy\.gz$/),
  fileBytes: COUNT,
  fileDigest: SHA256,
})

const MANIFEST_SHAPE = z.strictObject({
  format: z.literal(FORMAT),
  program: z.string(),
  postgres: z.string(),
  /** the moment that everything in it is of */
  takenAt: z.iso.datetime(),
  /** true: people signed in there with the development provider */
  trial: z.boolean(),
  migrations: z.array(z.strictObject({ name: z.string(), checksum: SHA256 })).min(1),
  /** the end of the log then; `installation` is the hash of its block 0 */
  log: z.strictObject({ installation: SHA256, block: COUNT, hash: SHA256, entries: COUNT, unsealed: COUNT }),
  tables: z.array(TABLE).min(1),
  sequences: z.array(z.strictObject({ schema: NAME, name: NAME, last: COUNT, called: z.boolean() })),
})

export type BackupTable = z.output<typeof TABLE>
export type Manifest = z.output<typeof MANIFEST_SHAPE>
export type Sequence = Manifest['sequences'][number]

/** As `sha256sum --check` reads it. */
export const checksumFile = `${MANIFEST}.sha256`
export const checksumLine = (text: string) => `${sha256(text)}  ${MANIFEST}\n`

function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex')
}

/**
 * Reads a backup and looks at every file of it: nothing of a backup that is not whole reaches a database.
 *
 * @throws CommandError in words: no backup, half written, another format, a file missing, cut off or altered
 */
export async function readBackup(folder: string, interrupted?: AbortSignal): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => undefined)
  if (text === undefined)
    throw refused('no-backup', {
      vi: `${folder} không phải là bản sao lưu, hoặc bản sao lưu chưa ghi xong (không có ${MANIFEST}). Hãy chọn thư mục mà lệnh backup đã ghi xong.`,
      en: `${folder} is no backup, or one that was not finished (it has no ${MANIFEST}). Name a folder that the command backup finished.`,
    })
  const line = await readFile(join(folder, checksumFile), 'utf8').catch(() => '')
  if (line !== checksumLine(text)) throw altered(MANIFEST)
  const manifest = parse(text)
  for (const table of manifest.tables) await checkFile(folder, table, interrupted)
  return manifest
}

function parse(text: string): Manifest {
  const document = JSON.parse(text) as { format?: unknown }
  if (document.format !== FORMAT)
    throw refused('foreign-format', {
      vi: `Bản sao lưu có định dạng khác (${String(document.format)}), chương trình này đọc ${FORMAT}. Hãy dùng phiên bản chương trình đã ghi nó, hoặc mới hơn.`,
      en: `The backup has another format (${String(document.format)}); this program reads ${FORMAT}. Use the version that wrote it, or a newer one.`,
    })
  const parsed = MANIFEST_SHAPE.safeParse(document)
  if (parsed.success) return parsed.data
  throw altered(MANIFEST)
}

async function checkFile(
  folder: string,
  { file, fileBytes, fileDigest }: BackupTable,
  signal: AbortSignal | undefined,
): Promise<void> {
  const path = join(folder, file)
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) throw refused('file-missing', missingWords(file))
  if (found.size < fileBytes) throw refused('file-cut-off', cutOffWords(file, found.size, fileBytes))
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { signal }), hash)
  if (hash.digest('hex') !== fileDigest) throw altered(file)
}

const ANOTHER = {
  vi: 'Hãy dùng một bản sao lưu khác.',
  en: 'Use another backup.',
}

const missingWords = (file: string) => ({
  vi: `Bản sao lưu thiếu tệp ${file}. ${ANOTHER.vi}`,
  en: `The backup lacks the file ${file}. ${ANOTHER.en}`,
})

const cutOffWords = (file: string, found: number, wanted: number) => ({
  vi: `Tệp ${file} bị cắt cụt: còn ${found} trong ${wanted} byte. ${ANOTHER.vi}`,
  en: `The file ${file} was cut off: ${found} of ${wanted} bytes are left. ${ANOTHER.en}`,
})

function altered(file: string): CommandError {
  return refused('file-altered', {
    vi: `Tệp ${file} không còn như khi sao lưu (SHA-256 khác). ${ANOTHER.vi}`,
    en: `The file ${file} is not as it was written (its SHA-256 differs). ${ANOTHER.en}`,
  })
}

/** Why a backup is not restored, or not made. */
export function refused(code: string, words: { vi: string; en: string }): CommandError {
  return new CommandError(`backup.${code}`, words)
}
