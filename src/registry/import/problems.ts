/** What an import says about a list: the outcome of each row, and one problem for each defect. */

/** repaired: mended, and the repair is named; held-back: the row is not taken; warning: taken as it is, somebody should look. */
export type Severity = 'repaired' | 'held-back' | 'warning'

export type Outcome = 'imported' | 'repaired' | 'held-back' | 'unchanged'

/** Codes are stable; their words in both languages stand in `texts.ts`. */
export type ProblemCode =
  | 'row.not-a-record'
  | 'cell.formula'
  | 'cell.error'
  | 'text.decomposed'
  | 'text.too-long'
  | 'field.missing'
  | 'full-name.form'
  | 'full-name.implausible'
  | 'date.from-excel'
  | 'date.form'
  | 'date.year-only'
  | 'date.month-only'
  | 'date.not-exact'
  | 'date.unreadable'
  | 'date.in-future'
  | 'date.official-before-joining'
  | 'date.joined-young'
  | 'date.official-early'
  | 'date.card-before-official'
  | 'date.until-before-since'
  | 'sex.free-text'
  | 'sex.missing'
  | 'sex.unclear'
  | 'personal-id.missing'
  | 'personal-id.zeros-lost'
  | 'personal-id.blanks'
  | 'personal-id.malformed'
  | 'personal-id.province-unknown'
  | 'personal-id.disagrees'
  | 'personal-id.duplicate'
  | 'personal-id.of-another'
  | 'personal-id.unknown'
  | 'card-number.missing'
  | 'card-number.zeros-lost'
  | 'card-number.malformed'
  | 'card-number.differs'
  | 'digits.zeros-lost'
  | 'standing.unknown'
  | 'standing.transferred'
  | 'standing.day-missing'
  | 'standing.ended-before'
  | 'deletion.requested'
  | 'organisation.unknown'
  | 'organisation.abbreviated'
  | 'organisation.form'
  | 'organisation.ambiguous'
  | 'organisation.holds-no-members'
  | 'organisation.differs'
  | 'organisation.changed'
  | 'organisation.outside'
  | 'organisation-code.form'
  | 'organisation-code.malformed'
  | 'organisation-code.duplicate'
  | 'organisation-code.unknown'
  | 'kind.unknown'
  | 'parent.held-back'
  | 'member.elsewhere'
  | 'member.in-transit'
  | 'member.updated'
  | 'office.position-unknown'
  | 'office.name-differs'
  | 'office.duplicate'
  | 'office.overlaps'
  | 'office.own'
  | 'office.administrator'

export interface Problem {
  /** the sheet's row, counted from 1 */
  readonly row: number
  readonly code: ProblemCode
  readonly severity: Severity
  readonly field: string
  /** what the cell held, as a person sees it */
  readonly found: string
  /** what it was mended to */
  readonly repair?: string
  /** how the cell that sent the list can mend it, in Vietnamese */
  readonly fix?: string
}

/** The import's answer, as the command prints it: rows = imported + repaired + heldBack + unchanged. */
export interface ImportReport {
  readonly rows: number
  readonly imported: number
  readonly repaired: number
  readonly heldBack: number
  readonly unchanged: number
  readonly problems: readonly Problem[]
}

/** What the problems of a row make of it, before it is compared with the registry. */
export function outcomeOf(problems: readonly Problem[]): Exclude<Outcome, 'unchanged'> {
  if (problems.some((problem) => problem.severity === 'held-back')) return 'held-back'
  return problems.some((problem) => problem.severity === 'repaired') ? 'repaired' : 'imported'
}

/** Counts outcomes row by row. */
export function countOutcomes(outcomes: Iterable<Outcome>): Omit<ImportReport, 'problems'> {
  const counts = { imported: 0, repaired: 0, 'held-back': 0, unchanged: 0 }
  for (const outcome of outcomes) counts[outcome] += 1
  const { imported, repaired, unchanged } = counts
  const heldBack = counts['held-back']
  return { rows: imported + repaired + heldBack + unchanged, imported, repaired, heldBack, unchanged }
}
