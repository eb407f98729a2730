/** A refusal on its way to a page: its words, and each field it names with what is wrong there. */
import type { Language } from '../../kernel/plain-date.ts'
import type { FieldProblem, Refusal } from '../../kernel/refusal.ts'
import type { ErrorItem } from '../../ui/error-summary.tsx'
import type { Web } from '../../web/web.ts'
import type { RefusedForm } from './page-data.ts'
import { REQUEST_TEXTS } from './request/texts.ts'
import { TRANSFER_TEXTS } from './texts.ts'

/** A rule's "no" that one field of a form can mend. */
const FIELDS_OF: Readonly<Record<string, readonly string[]>> = {
  'transfer.supplement-sheet': ['supplementUpToDate'],
  'transfer.fees-unpaid': ['feesPaidThrough'],
  'transfer.fees-contradict': ['feesReason'],
  'transfer.one-supplement': ['overrideReason'],
  'transfer.not-declared': ['declared'],
  'transfer.cell-review-missing': ['meetingOn', 'comment', 'feesPaidThrough'],
}

/**
 * The fields that were refused, each with what is wrong with it; `given` are those that were filled in. A command names an
 * officer's form; without one it is a question of the request.
 */
export function fieldErrors(
  refusal: Pick<Refusal, 'code' | 'fields'>,
  given: Readonly<Record<string, unknown>>,
  language: Language,
  command?: string,
): ErrorItem[] {
  const named = refusal.code === 'transfer.cell-review-missing' ? [] : refusal.fields
  const mended = (FIELDS_OF[refusal.code] ?? [])
    .filter((field) => refusal.code !== 'transfer.cell-review-missing' || given[field] === undefined)
    .map((field) => ({
      field,
      code: refusal.code === 'transfer.cell-review-missing' ? 'missing' : refusal.code,
    }))
  return [...named, ...mended].map((problem) => ({
    field: problem.field,
    text: problemText(problem, command, language),
  }))
}

/** What a code says of a field that was left open. */
const LEFT_OPEN: ReadonlySet<string> = new Set([
  'missing',
  'invalid_type',
  'too_small',
  'invalid_value',
  'transfer.supplement-sheet',
  'transfer.fees-contradict',
  'transfer.one-supplement',
  'transfer.not-declared',
])

/** 'Chọn một lý do chuyển sinh hoạt'; 'Ngày chi bộ họp: không được sau hôm nay'. */
function problemText({ field, code }: FieldProblem, command: string | undefined, language: Language): string {
  const { problems, fields, open } = TRANSFER_TEXTS[language]
  const request = REQUEST_TEXTS[language]
  const ofRequest = command === undefined
  if (LEFT_OPEN.has(code)) {
    const sentence =
      (ofRequest ? (request.open[field] ?? open[field]) : (open[field] ?? request.open[field])) ?? ''
    if (sentence !== '') return sentence
  }
  const labels: Readonly<Record<string, unknown>> = {
    ...(ofRequest ? fields : request.fields),
    ...(ofRequest ? request.fields : fields),
    destinationId: request.short.destination,
    cellId: fields.cell,
  }
  const label = labels[field]
  const what = (problems as Readonly<Record<string, string>>)[code] ?? problems.other
  return typeof label === 'string' ? `${label.replace(/\?$/, '')}: ${what}` : `${field}: ${what}`
}

/** A refused form as the page shows it again. */
export function refusedForm(
  web: Pick<Web, 'wordsOf'>,
  refused: { refusal: Refusal; command: string; entered: Readonly<Record<string, unknown>> },
  language: Language,
  since: RefusedForm['since'] = [],
): RefusedForm {
  const { refusal, command, entered } = refused
  const words = web.wordsOf(refusal, language)
  return {
    command,
    title: words.title,
    what: words.what,
    why: words.why ?? '',
    citation: refusal.citation,
    mend: words.mend,
    errors: fieldErrors(refusal, entered, language, command === '' ? undefined : command),
    stale: refusal.code === 'identity.stale-sign-in',
    since,
  }
}
