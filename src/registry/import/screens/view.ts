/** An import as those see it who may import there: how far it is, its figures, and its problems, narrowed and page by page. */
import { sql, type Read } from '../../../kernel/db.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { foldName } from '../../../kernel/vietnamese-text.ts'
import { BUILDING_HEAD, BUILDING_OFFICER, SYSTEM_ADMINISTRATOR } from '../../offices/positions.ts'
import { getOrganisation, liesWithin, PATH, pathRange, type Organisation } from '../../organisations/store.ts'
import type { Reader } from '../../reader.ts'
import { findAttempt, type Attempt, type Figures, type KeptRefusal, type Stage } from '../attempts.ts'
import type { ProblemCode, Severity } from '../problems.ts'
import { getImportRun, type ImportRun } from '../report-workbook.ts'
import type { ImportKind } from '../request.ts'

/** Lists are brought in by those who keep the registry: the administrator and the building commission. */
export const IMPORTING: readonly string[] = [SYSTEM_ADMINISTRATOR, BUILDING_HEAD, BUILDING_OFFICER]

/** @throws Refusal forbidden `import.not-your-office` */
export function requireImporter(reader: Reader): void {
  if (!IMPORTING.includes(reader.position)) throw new Refusal('forbidden', 'import.not-your-office')
}

/** What of the problems is shown. */
export interface ProblemFilter {
  readonly severity?: Severity | undefined
  readonly code?: string | undefined
  /** rows of one cell */
  readonly organisation?: string | undefined
  /** words of a name or of what was found, or a row's number */
  readonly q?: string | undefined
  /** from 1 */
  readonly page: number
}

export interface ProblemLine {
  readonly ordinal: number
  readonly row: number
  readonly code: ProblemCode
  readonly severity: Severity
  readonly field: string
  readonly found: string
  readonly repair: string | null
  readonly fix: string | null
  readonly subject: string | null
  readonly organisationName: string | null
}

export interface ProblemSummary {
  readonly total: number
  readonly severities: Readonly<Partial<Record<Severity, number>>>
  readonly codes: readonly { readonly code: ProblemCode; readonly count: number }[]
  /** cells with rows to look at; those whose cell is not known are not here */
  readonly cells: readonly { readonly id: string; readonly name: string; readonly count: number }[]
}

export interface ImportView {
  readonly id: string
  readonly kind: ImportKind
  readonly fileName: string
  readonly sha256: string | null
  readonly underName: string | null
  readonly stage: Stage
  readonly handedInAt: Date
  /** null: the command line */
  readonly handedInBy: string | null
  readonly confirmedAt: Date | null
  readonly confirmedBy: string | null
  /** true while the import itself can be asked for */
  readonly confirmable: boolean
  readonly rowsRead: number
  /** rows of the trial: what the import will have to read */
  readonly rowsExpected: number | null
  readonly refusal: KeptRefusal | null
  /** of the import once it is done, before that of the trial */
  readonly runId: string | null
  readonly figures: Figures | null
  /** of the trial, beside those of the import: another import may have come between */
  readonly trialFigures: Figures | null
  readonly unknownColumns: readonly string[]
}

/**
 * @throws Refusal forbidden `import.not-your-office`; not-found `import.run-unknown`, also for one beside or above the
 *   reader's organisations
 */
export async function readableAttempt(read: Read, reader: Reader, id: string): Promise<Attempt> {
  requireImporter(reader)
  const attempt = await findAttempt(read, id)
  if (!attempt || !(await liesWithin(read, attempt.underId, reader.organisationId, reader.today)))
    throw new Refusal('not-found', 'import.run-unknown')
  return attempt
}

/** An attempt by its id, or a run of the command line by its own. */
export async function importView(read: Read, reader: Reader, id: string): Promise<ImportView> {
  requireImporter(reader)
  const attempt = await findAttempt(read, id)
  if (!attempt) return runView(read, reader, id)
  await readableAttempt(read, reader, id)
  const [trial, run, names, under] = await Promise.all([
    attempt.trialRunId ? getImportRun(read, attempt.trialRunId) : undefined,
    attempt.runId ? getImportRun(read, attempt.runId) : undefined,
    memberNames(read, [attempt.handedInBy, attempt.confirmedBy]),
    getOrganisation(read, attempt.underId, reader.today),
  ])
  const shown = run ?? trial
  return {
    id,
    kind: attempt.kind,
    fileName: attempt.fileName,
    sha256: attempt.sha256,
    underName: under.name,
    stage: attempt.stage,
    handedInAt: attempt.handedInAt,
    handedInBy: names.get(attempt.handedInBy) ?? null,
    confirmedAt: attempt.confirmedAt,
    confirmedBy: attempt.confirmedBy && (names.get(attempt.confirmedBy) ?? null),
    confirmable: attempt.stage === 'tried',
    rowsRead: attempt.rowsRead,
    rowsExpected: trial?.summary.rows ?? null,
    refusal: attempt.refusal,
    runId: shown?.id ?? null,
    figures: shown ? figuresOf(shown) : null,
    trialFigures: run && trial ? figuresOf(trial) : null,
    unknownColumns: shown?.summary.unknownColumns ?? [],
  }
}

async function runView(read: Read, reader: Reader, id: string): Promise<ImportView> {
  const run = await getImportRun(read, id)
  const within =
    run.underId !== null && (await liesWithin(read, run.underId, reader.organisationId, reader.today))
  if (!within || run.underId === null) throw new Refusal('not-found', 'import.run-unknown')
  const [names, under] = await Promise.all([
    memberNames(read, [run.runBy]),
    getOrganisation(read, run.underId, reader.today),
  ])
  return {
    id,
    kind: run.kind,
    fileName: run.fileName,
    sha256: null,
    underName: under.name,
    stage: run.dryRun ? 'tried' : 'imported',
    handedInAt: run.startedAt,
    handedInBy: run.runBy && (names.get(run.runBy) ?? null),
    confirmedAt: null,
    confirmedBy: null,
    confirmable: false,
    rowsRead: run.summary.rows,
    rowsExpected: null,
    refusal: null,
    runId: run.id,
    figures: figuresOf(run),
    trialFigures: null,
    unknownColumns: run.summary.unknownColumns,
  }
}

function figuresOf({ summary }: ImportRun): Figures {
  const { rows, imported, repaired, heldBack, unchanged } = summary
  return { rows, imported, repaired, heldBack, unchanged }
}

async function memberNames(read: Read, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const rows = await read.rows<{ id: string; name: string }>(
    sql`select id, full_name as name from member where id = any(${ids.filter((id) => id !== null)}::uuid[])`,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export const PROBLEMS_A_PAGE = 50

/** Without diacritics in SQL, as `foldName` does it: what the list wrote is not kept folded. */
const folded = (column: string) => sql`
  translate(regexp_replace(normalize(lower(${sql.ref(column)}), nfd), ${'[\u0300-\u036f]'}, '', 'g'), 'đ', 'd')`

function matching(runId: string, { severity, code, organisation, q }: ProblemFilter) {
  const typed = q?.trim() ?? ''
  const words = foldName(typed)
  const row = /^\d{1,7}$/.test(typed) ? Number(typed) : null
  return sql`
    i.run_id = ${runId}
    and (${severity ?? null}::text is null or i.severity = ${severity ?? null})
    and (${code ?? null}::text is null or i.code = ${code ?? null})
    and (${organisation ?? null}::uuid is null or i.organisation_id = ${organisation ?? null}::uuid)
    and (${words === ''} or i.row_number = ${row}::int or strpos(${folded('i.subject')}, ${words}) > 0
         or strpos(${folded('i.found')}, ${words}) > 0)`
}

/** A page of a run's problems, in the order of the sheet, and how many there are in all. */
export async function problemPage(
  read: Read,
  runId: string,
  filter: ProblemFilter,
): Promise<{ problems: ProblemLine[]; total: number }> {
  const condition = matching(runId, filter)
  const [problems, counted] = await Promise.all([
    read.rows<ProblemLine>(sql`
      select i.ordinal, i.row_number as row, i.code, i.severity, i.field, i.found, i.repair, i.fix, i.subject,
             (select p.name from organisation_period p where p.organisation_id = i.organisation_id
               order by p.valid_from desc limit 1) as "organisationName"
        from import_problem i where ${condition}
       order by i.ordinal limit ${PROBLEMS_A_PAGE} offset ${(filter.page - 1) * PROBLEMS_A_PAGE}`),
    read.one<{ total: number }>(sql`select count(*) as total from import_problem i where ${condition}`),
  ])
  return { problems, total: counted.total }
}

/** What problems a run has, for narrowing them. */
export async function problemSummary(read: Read, runId: string): Promise<ProblemSummary> {
  const [severities, codes, cells] = await Promise.all([
    read.rows<{ severity: Severity; count: number }>(sql`
      select severity, count(*) as count from import_problem where run_id = ${runId} group by severity`),
    read.rows<{ code: ProblemCode; count: number }>(sql`
      select code, count(*) as count from import_problem where run_id = ${runId} group by code order by count desc, code`),
    read.rows<{ id: string; name: string; count: number }>(sql`
      select i.organisation_id as id, p.name, count(*) as count
        from import_problem i
        join lateral (select name, path from organisation_period o where o.organisation_id = i.organisation_id
                       order by o.valid_from desc limit 1) p on true
       where i.run_id = ${runId} group by i.organisation_id, p.name, p.path order by p.path limit 500`),
  ])
  return {
    total: severities.reduce((sum, { count }) => sum + count, 0),
    severities: Object.fromEntries(severities.map(({ severity, count }) => [severity, count])),
    codes,
    cells,
  }
}

/** Organisations a list can be of: the reader's own, and committees below it that have a code; at most a hundred. */
export async function listOwners(
  read: Read,
  reader: Reader,
): Promise<Pick<Organisation, 'id' | 'name' | 'code'>[]> {
  const own = await getOrganisation(read, reader.organisationId, reader.today)
  const { from, to } = pathRange(own.path)
  return read.rows(sql`
    select o.id, o.name, o.code from organisation_on(${reader.today}::date) o
     where ${PATH} >= ${from} and ${PATH} < ${to} and o.code is not null
       and (o.id = ${own.id} or (not o.holds_members and o.tier <> 'advisory'))
     order by ${PATH} limit 100`)
}
