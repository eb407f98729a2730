/**
 * Reading files that strangers made: each kind by its own reader, in a process of its own (`process.ts`) that has no rights, or,
 * for the command line and for tests, in this very thread. What a reader finds is plain values; bytes go in, none come out.
 */
import { inspectUpload, type InspectedUpload } from '../papers/hostile-files.ts'
import { PdfSyntaxError } from '../papers/pdf/reading.ts'
import { readStatement, type StatementFormat } from '../payments/statements/read-statement.ts'
import type { Statement } from '../payments/statements/statement.ts'
import type { StatementProfile } from '../payments/statements/table-profiles.ts'
import { attachmentsOf, type AttachedFile } from '../signatures/attachments.ts'
import { verifyPaper, type VerifyOptions, type VerifyResult } from '../signatures/verify.ts'
import { openWorkbook, type Limits, type Sheet } from '../spreadsheets/workbook.ts'

export interface ForeignFile {
  readonly bytes: Uint8Array
  readonly name: string
}

/** A paper looked through: its signatures, and the files it carries when they stand. */
export interface ReadPaper extends VerifyResult {
  readonly carried: readonly Pick<AttachedFile, 'name' | 'description' | 'sha256'>[]
}

export interface ReadStatement {
  readonly format: StatementFormat
  readonly statement: Statement
}

/** What can travel to another process. */
export type PaperOptions = Omit<VerifyOptions, 'revokedAt'>

/**
 * Every reading may also be refused: invalid `file.reading-stopped` (it took too much time or memory), conflict
 * `file.readers-busy` (too many wait).
 */
export interface Readers {
  /** as `inspectUpload` */
  inspect(file: ForeignFile): Promise<InspectedUpload>
  /** as `verifyPaper`; hostile bytes give problems, never an exception */
  paper(bytes: Uint8Array, options: PaperOptions): Promise<ReadPaper>
  /** as `readStatement` */
  statement(file: ForeignFile, account: string, profile?: StatementProfile): Promise<ReadStatement>
  /**
   * As `openWorkbook`; the sheets can be read as long as `work` goes on.
   *
   * @param how `long`: it may take minutes, in which others shall not wait for their files
   */
  workbook<T>(
    file: ForeignFile,
    how: { readonly limits?: Limits; readonly long?: true },
    work: (sheets: readonly Sheet[]) => Promise<T>,
  ): Promise<T>
  close(): Promise<void>
}

export function readPaper(bytes: Uint8Array, options: PaperOptions): ReadPaper {
  const verified = verifyPaper(bytes, options)
  if (!verified.valid) return { ...verified, carried: [] }
  try {
    const carried = attachmentsOf(bytes).map(({ name, description, sha256 }) => ({
      name,
      description,
      sha256,
    }))
    return { ...verified, carried }
  } catch (error) {
    // Whoever has a certificate can sign a file whose attachments are broken.
    if (!(error instanceof PdfSyntaxError)) throw error
    const problems = [{ code: 'file.unreadable' as const, facts: { offset: error.offset } }]
    return { ...verified, valid: false, trusted: false, problems, carried: [] }
  }
}

/** Reads in this very thread: nothing holds a bad file back but the readers' own limits. */
export const READ_HERE: Readers = {
  inspect: ({ bytes, name }) => inspectUpload(bytes, name),
  paper: async (bytes, options) => readPaper(bytes, options),
  statement: readStatement,
  workbook: async ({ bytes, name }, { limits }, work) => work(await openWorkbook(bytes, name, limits)),
  close: async () => undefined,
}
