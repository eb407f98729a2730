/** Lists on their way into the registry: handed in, tried, imported from the same bytes; and the history of all runs. */
import { createHash } from 'node:crypto'
import { sql, type Read, type Write } from '../../kernel/db.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { getOrganisation, pathRange } from '../organisations/store.ts'
import type { Reader } from '../reader.ts'
import type { ImportKind } from './request.ts'

/**
 * trying and importing: the job is under way; tried: its dry run is there, waiting for the real one; refused: the file
 * as a whole cannot be taken; dropped: the list was taken back, or nobody wanted it for a week.
 */
export type Stage = 'trying' | 'tried' | 'importing' | 'imported' | 'refused' | 'dropped'

/** A refusal as it is kept until somebody reads it. */
export interface KeptRefusal {
  readonly code: string
  readonly facts: Readonly<Record<string, string | number | boolean | readonly string[]>>
}

export interface Attempt {
  readonly id: string
  readonly kind: ImportKind
  readonly fileName: string
  readonly sha256: string
  readonly underId: string
  readonly handedInBy: string
  readonly handedInAt: Date
  readonly stage: Stage
  readonly rowsRead: number
  readonly trialRunId: string | null
  readonly runId: string | null
  readonly refusal: KeptRefusal | null
  readonly confirmedBy: string | null
  readonly confirmedAt: Date | null
}

const COLUMNS = sql`a.id, a.kind, a.file_name as "fileName", a.file_sha256 as sha256, a.under_organisation as "underId",
  a.handed_in_by as "handedInBy", a.handed_in_at as "handedInAt", a.stage, a.rows_read as "rowsRead",
  a.trial_run as "trialRunId", a.run as "runId", a.refusal, a.confirmed_by as "confirmedBy", a.confirmed_at as "confirmedAt"`

/** Keeps a list that was handed in; under the same id again nothing changes. */
export async function keepAttempt(
  write: Write,
  attempt: {
    id: string
    kind: ImportKind
    fileName: string
    bytes: Uint8Array
    underId: string
    handedInBy: string
    handedInAt: Date
  },
): Promise<void> {
  const sha256 = createHash('sha256').update(attempt.bytes).digest('hex')
  await write.run(sql`
    insert into import_attempt (id, kind, file_name, file_sha256, bytes, under_organisation, handed_in_by, handed_in_at, stage)
    values (${attempt.id}, ${attempt.kind}, ${attempt.fileName}, ${sha256}, ${Buffer.from(attempt.bytes)},
            ${attempt.underId}, ${attempt.handedInBy}, ${attempt.handedInAt}, 'trying')
    on conflict (id) do nothing`)
}

export async function findAttempt(read: Read, id: string): Promise<Attempt | undefined> {
  return read.maybe<Attempt>(sql`select ${COLUMNS} from import_attempt a where a.id = ${id}`)
}

/**
 * The stored list of an attempt, checked against its sum: what is imported is what was tried.
 *
 * @throws Error when the bytes are gone or others
 */
export async function bytesOf(read: Read, attempt: Attempt): Promise<Uint8Array> {
  const row = await read.maybe<{ bytes: Buffer | null }>(
    sql`select bytes from import_attempt where id = ${attempt.id}`,
  )
  const bytes = row?.bytes
  if (!bytes || createHash('sha256').update(bytes).digest('hex') !== attempt.sha256)
    throw new Error('the bytes of an import attempt are gone or changed')
  return new Uint8Array(bytes)
}

/** How far the job is. */
export async function noteRows(write: Write, id: string, rows: number): Promise<void> {
  await write.run(sql`update import_attempt set rows_read = ${rows} where id = ${id}`)
}

/** The dry run is done. */
export async function noteTried(write: Write, id: string, runId: string, rows: number): Promise<void> {
  await write.run(sql`
    update import_attempt set stage = 'tried', trial_run = ${runId}, rows_read = ${rows}
     where id = ${id} and stage = 'trying'`)
}

/** The import is done, and the list is no longer needed. */
export async function noteImported(write: Write, id: string, runId: string, rows: number): Promise<void> {
  await write.run(sql`
    update import_attempt set stage = 'imported', run = ${runId}, rows_read = ${rows}, bytes = null, refusal = null
     where id = ${id} and stage = 'importing'`)
}

/** A refused trial ends the attempt; a refused import leaves it as it was tried, to be asked for again. */
export async function noteRefused(write: Write, id: string, refusal: KeptRefusal): Promise<void> {
  const kept = JSON.stringify(refusal)
  await write.run(sql`
    update import_attempt
       set stage = case stage when 'trying' then 'refused' else 'tried' end, refusal = ${kept}::jsonb,
           bytes = case stage when 'trying' then null else bytes end,
           confirmed_by = null, confirmed_at = null
     where id = ${id} and stage in ('trying', 'importing')`)
}

/**
 * Somebody saw the dry run and wants it done. Asked again it is done once.
 *
 * @returns true when the import has to be planned
 * @throws Refusal conflict `import.not-tried` when there is nothing to import: refused, dropped, still being tried
 */
export async function confirmAttempt(write: Write, attempt: Attempt, by: string, at: Date): Promise<boolean> {
  const confirmed = await write.run(sql`
    update import_attempt set stage = 'importing', confirmed_by = ${by}, confirmed_at = ${at}, rows_read = 0, refusal = null
     where id = ${attempt.id} and stage = 'tried'`)
  if (confirmed === 1) return true
  const now = await findAttempt(write, attempt.id)
  if (now?.stage === 'importing' || now?.stage === 'imported') return false
  throw new Refusal('conflict', 'import.not-tried')
}

/** The list is taken back, or nobody asked for its import in time. @returns true when there was one */
export async function dropAttempt(write: Write, id: string): Promise<boolean> {
  const dropped = await write.run(sql`
    update import_attempt set stage = 'dropped', bytes = null where id = ${id} and stage in ('trying', 'tried')`)
  return dropped === 1
}

/** The run that imported these bytes and that no attempt knows of: the job broke off before it could say so. */
export async function unclaimedRun(read: Read, attempt: Attempt): Promise<string | undefined> {
  const row = await read.maybe<{ id: string }>(sql`
    select r.id from import_run r
     where r.file_sha256 = ${attempt.sha256} and r.kind = ${attempt.kind} and not r.dry_run
       and r.run_by = ${attempt.confirmedBy}::uuid
       and not exists (select from import_attempt a where a.run = r.id)
     order by r.started_at desc limit 1`)
  return row?.id
}

/** Newest attempts of one person still waiting; older ones are dropped so that lists do not pile up. */
const MOST_WAITING = 5

export async function dropOldest(write: Write, handedInBy: string): Promise<void> {
  await write.run(sql`
    update import_attempt set stage = 'dropped', bytes = null
     where id in (select id from import_attempt where handed_in_by = ${handedInBy} and stage = 'tried'
                   order by handed_in_at desc, id offset ${MOST_WAITING})`)
}

/** A line of the history: an attempt, or a run of the command line. */
export interface HistoryLine {
  /** of the attempt, or of the run where there was no attempt */
  readonly id: string
  readonly kind: ImportKind
  readonly fileName: string
  readonly underName: string | null
  readonly stage: Stage
  readonly at: Date
  /** null: the command line */
  readonly by: string | null
  readonly figures: Figures | null
}

export interface Figures {
  readonly rows: number
  readonly imported: number
  readonly repaired: number
  readonly heldBack: number
  readonly unchanged: number
}

export const HISTORY_A_PAGE = 20

/** Imports within the reader's organisations, the newest first, a page of them; one more when there is a next page. */
export async function historyFor(
  read: Read,
  reader: Reader,
  page: number,
): Promise<{ lines: HistoryLine[]; more: boolean }> {
  const { path } = await getOrganisation(read, reader.organisationId, reader.today)
  const { from, to } = pathRange(path)
  const rows = await read.rows<HistoryLine>(sql`
    with line as (
      select a.id, a.kind, a.file_name, a.under_organisation, a.stage, a.handed_in_at as at, a.handed_in_by as by,
             coalesce(a.run, a.trial_run) as run_id
        from import_attempt a
      union all
      select r.id, r.kind, r.file_name, r.under_organisation, case when r.dry_run then 'tried' else 'imported' end,
             r.started_at, r.run_by, r.id
        from import_run r
       where not exists (select from import_attempt a where a.run = r.id)
         and not exists (select from import_attempt a where a.trial_run = r.id))
    select l.id, l.kind, l.file_name as "fileName", p.name as "underName", l.stage, l.at, m.full_name as by, r.summary - 'unknownColumns' as figures
      from line l
      join organisation_period p on p.organisation_id = l.under_organisation and p.valid_from <= ${reader.today}::date
                                and (p.valid_to is null or ${reader.today}::date < p.valid_to)
      left join member m on m.id = l.by
      left join import_run r on r.id = l.run_id
     where p.path >= ${from} and p.path < ${to}
     order by l.at desc, l.id limit ${HISTORY_A_PAGE + 1} offset ${(page - 1) * HISTORY_A_PAGE}`)
  return { lines: rows.slice(0, HISTORY_A_PAGE), more: rows.length > HISTORY_A_PAGE }
}
