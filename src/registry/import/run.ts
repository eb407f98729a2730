/** One import from the file to the report: in one transaction, kept as a run with its problems; a trial keeps only those. */
import { createHash, randomUUID } from 'node:crypto'
import { sql, type Database, type Write } from '../../kernel/db.ts'
import { takeMembers } from './member-list.ts'
import { takeOffices } from './offices.ts'
import { takeOrganisations } from './organisations.ts'
import { countOutcomes, type ImportReport, type Outcome, type Problem } from './problems.ts'
import type { ImportKind, ImportRequest, TakenList } from './request.ts'
import { READ_HERE, type Readers } from '../../foreign-files/readers.ts'
import type { Sheet } from '../../spreadsheets/workbook.ts'

export type { ImportKind, ImportRequest } from './request.ts'
export type { ImportReport } from './problems.ts'

const TAKE: Readonly<
  Record<ImportKind, (write: Write, sheets: readonly Sheet[], request: ImportRequest) => Promise<TakenList>>
> = { organisations: takeOrganisations, members: takeMembers, offices: takeOffices }

interface KeptProblem {
  readonly problem: Problem
  readonly organisationId: string | null
  readonly subject: string | null
}

/** What a run came to, before it is kept. */
interface Result {
  readonly report: ImportReport
  readonly kept: readonly KeptProblem[]
  readonly underId: string | null
  readonly unknownColumns: readonly string[]
}

/** Thrown to undo what a trial wrote; it carries what the trial found out. */
class TrialOver extends Error {
  readonly result: Result
  constructor(result: Result) {
    super('trial over')
    this.result = result
  }
}

/**
 * Imports a list. All of it or nothing is written; with `dryRun` nothing but the run and its problems, which are those
 * the import itself would have.
 *
 * @param readers who read the file; left out, this very thread
 * @returns the run's id and the report, whose problems are in the order of the rows
 * @throws Refusal invalid `import.*` when the file as a whole cannot be taken; conflict `import.registry-changed`
 */
export async function runImport(
  database: Database,
  request: ImportRequest,
  readers: Readers = READ_HERE,
): Promise<{ runId: string; report: ImportReport }> {
  const file = { bytes: request.bytes, name: request.fileName }
  return readers.workbook(file, { long: true }, (sheets) => runOver(database, sheets, request))
}

async function runOver(
  database: Database,
  sheets: readonly Sheet[],
  request: ImportRequest,
): Promise<{ runId: string; report: ImportReport }> {
  const runId = randomUUID()
  const startedAt = new Date()
  try {
    const report = await database.transaction(async (write) => {
      const result = await takeAll(await TAKE[request.kind](write, sheets, request), request)
      if (request.dryRun) throw new TrialOver(result)
      await keepRun(write, { runId, startedAt }, request, result)
      return result.report
    })
    return { runId, report }
  } catch (error) {
    if (!(error instanceof TrialOver)) throw error
    const { result } = error
    await database.transaction((write) => keepRun(write, { runId, startedAt }, request, result))
    return { runId, report: result.report }
  }
}

async function takeAll(list: TakenList, request: ImportRequest): Promise<Result> {
  const outcomes: Outcome[] = []
  const kept: KeptProblem[] = []
  for await (const results of list.results()) {
    for (const { outcome, problems, organisationId, subject } of results) {
      outcomes.push(outcome)
      for (const problem of problems) kept.push({ problem, organisationId, subject })
    }
    request.onProgress?.(outcomes.length)
  }
  const report = { ...countOutcomes(outcomes), problems: kept.map(({ problem }) => problem) }
  return { report, kept, underId: list.under?.id ?? null, unknownColumns: list.unknownColumns }
}

const PROBLEMS_AT_A_TIME = 5_000

async function keepRun(
  write: Write,
  run: { runId: string; startedAt: Date },
  request: ImportRequest,
  { report, kept, underId, unknownColumns }: Result,
): Promise<void> {
  const { problems: _, ...counts } = report
  const sha256 = createHash('sha256').update(request.bytes).digest('hex')
  await write.run(sql`
    insert into import_run (id, kind, file_name, file_sha256, under_organisation, dry_run, started_at, finished_at, run_by, summary)
    values (${run.runId}, ${request.kind}, ${request.fileName}, ${sha256}, ${underId}, ${request.dryRun}, ${run.startedAt},
            now(), ${request.runBy ?? null}, ${JSON.stringify({ ...counts, unknownColumns })}::jsonb)`)
  for (let start = 0; start < kept.length; start += PROBLEMS_AT_A_TIME) {
    const rows = kept
      .slice(start, start + PROBLEMS_AT_A_TIME)
      .map(({ problem, organisationId, subject }, place) => ({
        ...problem,
        ordinal: start + place + 1,
        row_number: problem.row,
        organisation_id: organisationId,
        subject,
      }))
    await write.run(sql`
      insert into import_problem (run_id, ordinal, row_number, code, severity, field, found, repair, fix, organisation_id, subject)
      select ${run.runId}, ordinal, row_number, code, severity, field, found, repair, fix, organisation_id, subject
        from jsonb_populate_recordset(null::import_problem, ${JSON.stringify(rows)}::jsonb)`)
  }
}
