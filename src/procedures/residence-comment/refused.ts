/** A refusal on its way to a form of this slice: its words, and each field it names with what is wrong there. */
import type { Language } from '../../kernel/plain-date.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { ErrorItem } from '../../ui/error-summary.tsx'
import type { RefusalWords, Web } from '../../web/web.ts'
import { DOSSIER_TEXTS } from './dossier-texts.ts'
import { RESIDENCE_TEXTS } from './texts.ts'

/** A form that was refused, to be shown again with what was written. */
export interface RefusedForm {
  readonly words: RefusalWords
  readonly citation?: string | undefined
  readonly errors: readonly ErrorItem[]
  /** its fields say all there is to say */
  readonly saidAtFields: boolean
}

/** Codes of a schema for what was left open. */
const LEFT_OPEN: ReadonlySet<string> = new Set([
  'missing',
  'invalid_type',
  'too_small',
  'invalid_value',
  'invalid_union',
])

/** Figures whose bounds the sentence says. */
const BOUNDED: ReadonlySet<string> = new Set(['askFromMonth', 'askUntilMonth', 'returnDecemberDay'])

/** A rule's "no" that one field of a form can mend. */
const FIELD_OF: Readonly<Record<string, string>> = {
  'residence-comment.reason-missing': 'reason',
  'residence-comment.front-board-in-future': 'frontBoardMetOn',
  'residence-comment.season-order': 'askUntilMonth',
  'residence-comment.wrong-year': 'year',
}

/** @param idOf the id of a field's control, where a page has several forms */
export function refusedForm(
  web: Pick<Web, 'wordsOf'>,
  refusal: Refusal,
  language: Language,
  idOf: (field: string) => string | undefined = () => undefined,
): RefusedForm {
  const words = web.wordsOf(refusal, language)
  const { open, problems } = DOSSIER_TEXTS[language]
  const fields: Readonly<Record<string, unknown>> = RESIDENCE_TEXTS[language].fields
  const named = refusal.fields.map(({ field, code }) => {
    const said = LEFT_OPEN.has(code) || code === 'custom' || BOUNDED.has(field) ? open[field] : undefined
    const label = typeof fields[field] === 'string' ? fields[field] : words.title
    return { field, id: idOf(field), text: said ?? `${label}: ${problems[code] ?? problems.other!}` }
  })
  const mended = FIELD_OF[refusal.code]
  const isNamed = mended === undefined || named.some(({ field }) => field === mended)
  const errors = isNamed ? named : [...named, { field: mended, id: idOf(mended), text: words.title }]
  return {
    words,
    citation: refusal.citation,
    errors,
    saidAtFields: errors.length > 0 && refusal.code === 'request.invalid',
  }
}
