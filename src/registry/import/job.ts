/** The job of an import: tries a list that was handed in, then, when asked, imports the very same bytes; forgets what nobody wants. */
import type { Readers } from '../../foreign-files/readers.ts'
import type { Database } from '../../kernel/db.ts'
import { todayIn } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { getOrganisation } from '../organisations/store.ts'
import {
  bytesOf,
  dropAttempt,
  findAttempt,
  noteImported,
  noteRefused,
  noteRows,
  noteTried,
  unclaimedRun,
  type Attempt,
} from './attempts.ts'
import { runImport } from './run.ts'

export const IMPORT_TASK = 'registry-import'

/** What the job is asked to do with an attempt. */
export interface ImportJob extends Readonly<Record<string, unknown>> {
  readonly attemptId: string
  readonly act: 'work' | 'forget'
}

/** After so many days a list that was only tried is forgotten. */
export const TRIED_KEPT_DAYS = 7

/** A job that broke three times is given up: the list is asked for anew. */
export const IMPORT_ATTEMPTS = 3

export interface ImportServices {
  readonly database: Database
  readonly readers: Readers
  readonly clock: { now(): Date }
  /** whether the test prefixes 003 and 099 count as valid */
  readonly demo: boolean
}

/**
 * Works on an attempt; doing it twice changes nothing more.
 *
 * @param lastAttempt true when the queue will not try again: the attempt then says so instead of waiting for ever
 */
export async function importTask(
  services: ImportServices,
  payload: Readonly<Record<string, unknown>>,
  lastAttempt = false,
): Promise<void> {
  const { attemptId, act } = payload as ImportJob
  const { database } = services
  const attempt = await findAttempt(database.read, attemptId)
  if (!attempt) return
  if (act === 'forget')
    return database.transaction(async (write) => void (await dropAttempt(write, attemptId)))
  if (attempt.stage !== 'trying' && attempt.stage !== 'importing') return
  try {
    await work(services, attempt)
  } catch (error) {
    if (error instanceof Refusal)
      return database.transaction((write) =>
        noteRefused(write, attemptId, { code: error.code, facts: error.facts }),
      )
    if (lastAttempt)
      await database.transaction((write) =>
        noteRefused(write, attemptId, { code: 'import.failed', facts: {} }),
      )
    throw error
  }
}

async function work(services: ImportServices, attempt: Attempt): Promise<void> {
  const { database } = services
  const trial = attempt.stage === 'trying'
  const done = trial ? undefined : await unclaimedRun(database.read, attempt)
  const { runId, rows } = done ? { runId: done, rows: attempt.rowsRead } : await run(services, attempt, trial)
  const note = trial ? noteTried : noteImported
  await database.transaction((write) => note(write, attempt.id, runId, rows))
}

async function run(services: ImportServices, attempt: Attempt, trial: boolean) {
  const { database, readers, clock, demo } = services
  const today = todayIn(clock.now())
  const { code } = await getOrganisation(database.read, attempt.underId, today)
  if (code === null) throw new Refusal('invalid', 'import.under-without-code')
  const counter = rowCounter(database, attempt.id)
  try {
    const request = {
      kind: attempt.kind,
      bytes: await bytesOf(database.read, attempt),
      fileName: attempt.fileName,
      under: code,
      dryRun: trial,
      today,
      runBy: attempt.confirmedBy ?? attempt.handedInBy,
      allowTestPrefixes: demo,
      onProgress: counter.note,
    }
    const { runId, report } = await runImport(database, request, readers)
    return { runId, rows: report.rows }
  } finally {
    await counter.stop()
  }
}

const NOTE_EVERY_MS = 700

/** Writes down how far an import is, now and then, beside its transaction; one write at a time. */
function rowCounter(database: Database, attemptId: string) {
  let notedAt = -Infinity
  let writing: Promise<unknown> = Promise.resolve()
  return {
    note(rows: number): void {
      if (performance.now() - notedAt < NOTE_EVERY_MS) return
      notedAt = performance.now()
      writing = writing
        .then(() => database.transaction((write) => noteRows(write, attemptId, rows)))
        .catch(() => undefined) // a figure on a waiting page; the import itself tells of a broken database
    },
    stop: () => writing,
  }
}
