/** A refusal on its way to a page: its words, and each field it names with what is wrong there. */
import type { Language } from '../../kernel/plain-date.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Web } from '../../web/web.ts'
import type { RefusedForm } from './page-data.ts'
import { STAY_TEXTS } from './texts.ts'

/** Codes of a schema for what was left open. */
const LEFT_OPEN: ReadonlySet<string> = new Set(['missing', 'invalid_type', 'too_small', 'invalid_value'])

/** A rule's "no" that one field of a form can mend. */
const FIELD_OF: Readonly<Record<string, string>> = {
  'temporary.not-declared': 'declared',
  'temporary.file-secret': 'confidentiality',
  'request.no-file': 'file',
  'request.too-large': 'file',
}

export function refusedForm(
  web: Pick<Web, 'wordsOf'>,
  { refusal, command }: { readonly refusal: Refusal; readonly command: string },
  language: Language,
): RefusedForm {
  const words = web.wordsOf(refusal, language)
  const { fields, problems, open } = STAY_TEXTS[language]
  const named = refusal.fields.map(({ field, code }) => {
    if (LEFT_OPEN.has(code) && open[field]) return { field, text: open[field] }
    const what = problems[LEFT_OPEN.has(code) ? 'missing' : code] ?? problems.other!
    return { field, text: `${fields[field] ?? field}: ${what}` }
  })
  const mended = FIELD_OF[refusal.code] ?? (refusal.code.startsWith('file.') ? 'file' : undefined)
  const isNamed = mended === undefined || named.some(({ field }) => field === mended)
  return {
    command,
    code: refusal.code,
    title: words.title,
    what: words.what,
    why: words.why ?? '',
    citation: refusal.citation,
    mend: words.mend,
    errors: isNamed
      ? named
      : [
          ...named,
          { field: mended, text: open[mended] && mended === 'declared' ? open[mended] : words.title },
        ],
    stale: refusal.code === 'identity.stale-sign-in',
  }
}
