/** The workbook that goes back to the cell: every row that was held back, mended or doubted, and what to do about it. */
import { sql, type Read } from '../../kernel/db.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Severity } from './problems.ts'
import { FIELD_TEXTS, PROBLEM_TEXTS } from './texts.ts'
import type { ProblemCode } from './problems.ts'

/** A problem as it was kept with its run. */
export interface KeptProblem {
  readonly ordinal: number
  readonly row: number
  readonly code: ProblemCode
  readonly severity: Severity
  readonly field: string
  readonly found: string
  readonly repair: string | null
  readonly fix: string | null
  readonly subject: string | null
  readonly organisationId: string | null
}

/** A run's problems in the order of the sheet, a page of them or all. */
export async function problemsOf(
  read: Read,
  runId: string,
  page: { limit?: number; offset?: number; severity?: Severity } = {},
): Promise<KeptProblem[]> {
  return read.rows<KeptProblem>(sql`
    select ordinal, row_number as row, code, severity, field, found, repair, fix, subject, organisation_id as "organisationId"
      from import_problem
     where run_id = ${runId} and (${page.severity ?? null}::text is null or severity = ${page.severity ?? null})
     order by ordinal limit ${page.limit ?? null}::bigint offset ${page.offset ?? 0}`)
}

export interface ImportRun {
  readonly id: string
  readonly kind: 'organisations' | 'members' | 'offices'
  readonly fileName: string
  readonly underId: string | null
  readonly dryRun: boolean
  readonly startedAt: Date
  readonly runBy: string | null
  readonly summary: {
    readonly rows: number
    readonly imported: number
    readonly repaired: number
    readonly heldBack: number
    readonly unchanged: number
    readonly unknownColumns: readonly string[]
  }
}

const RUN = sql`id, kind, file_name as "fileName", under_organisation as "underId", dry_run as "dryRun",
  started_at as "startedAt", run_by as "runBy", summary`

/** @throws Refusal not-found `import.run-unknown` */
export async function getImportRun(read: Read, runId: string): Promise<ImportRun> {
  const run = await read.maybe<ImportRun>(sql`select ${RUN} from import_run where id = ${runId}`)
  if (!run) throw new Refusal('not-found', 'import.run-unknown')
  return run
}

/** The newest runs of a person, or of everybody. */
export async function latestImportRuns(read: Read, runBy: string | null, limit = 20): Promise<ImportRun[]> {
  return read.rows<ImportRun>(sql`
    select ${RUN} from import_run where ${runBy}::uuid is null or run_by = ${runBy}::uuid
     order by started_at desc, id limit ${limit}`)
}

const STATES: Readonly<Record<Severity, string>> = {
  'held-back': 'Chưa nhập',
  repaired: 'Đã sửa',
  warning: 'Đã nhập, cần xem',
}

const COLUMNS = [
  { header: 'Dòng trong danh sách', width: 12 },
  { header: 'Họ tên hoặc tên tổ chức', width: 30 },
  { header: 'Cột', width: 26 },
  { header: 'Kết quả', width: 18 },
  { header: 'Vấn đề', width: 46 },
  { header: 'Đang ghi', width: 26 },
  { header: 'Đã sửa thành', width: 26 },
  { header: 'Cách sửa', width: 60 },
] as const

/** A text that a spreadsheet would take for a formula is shown with a mark before it. */
export function withoutFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

/** What was held back comes first. */
const ORDER: readonly Severity[] = ['held-back', 'warning', 'repaired']

/**
 * XLSX of a run's problems, Vietnamese as the cells read it.
 *
 * @param organisationId only the rows of that cell, where it was known
 * @throws Refusal not-found `import.run-unknown`
 */
export async function reportWorkbook(read: Read, runId: string, organisationId?: string): Promise<Buffer> {
  const run = await getImportRun(read, runId)
  const problems = (await problemsOf(read, runId)).filter(
    (problem) => organisationId === undefined || problem.organisationId === organisationId,
  )
  const { default: Excel } = await import('exceljs') // a big package that few requests need
  const workbook = new Excel.Workbook()
  const sheet = workbook.addWorksheet('Cần xem lại', { views: [{ state: 'frozen', ySplit: 3 }] })
  sheet.columns = COLUMNS.map(({ width }) => ({ width }))
  const { rows, imported, repaired, heldBack, unchanged } = run.summary
  sheet.addRow([withoutFormula(`${run.dryRun ? 'NHẬP THỬ' : 'KẾT QUẢ NHẬP'}: ${run.fileName}`)]).font = {
    bold: true,
  }
  sheet.addRow([
    `${rows} dòng: ${imported} nhập, ${repaired} nhập sau khi sửa, ${heldBack} chưa nhập, ${unchanged} không đổi`,
  ])
  sheet.addRow(COLUMNS.map(({ header }) => header)).font = { bold: true }
  for (const severity of ORDER)
    for (const problem of problems)
      if (problem.severity === severity)
        sheet.addRow(lineOf(problem)).alignment = { wrapText: true, vertical: 'top' }
  sheet.autoFilter = { from: { row: 3, column: 1 }, to: { row: 3, column: COLUMNS.length } }
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

function lineOf(problem: KeptProblem): (string | number)[] {
  const texts = [
    problem.subject ?? '',
    FIELD_TEXTS[problem.field]?.vi ?? problem.field,
    STATES[problem.severity],
    PROBLEM_TEXTS[problem.code].vi.what,
    problem.found,
    problem.repair ?? '',
    problem.fix ?? '',
  ]
  return [problem.row, ...texts.map(withoutFormula)]
}
