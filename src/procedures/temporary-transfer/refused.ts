/** A refusal on its way to a page: its words, and each field it names with what is wrong there. */
import type { Language } from '../../kernel/plain-date.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Web } from '../../web/web.ts'
import type { RefusedForm } from './page-data.ts'
import { STAY_TEXTS } from './texts.ts'

/** Codes of a schema for what was left open. */
const LEFT_OPEN: ReadonlySet<string> = new Set(['missing', 'invalid_type', 'too_small', 'invalid_value'])

export function refusedForm(
  web: Pick<Web, 'wordsOf'>,
  { refusal, command }: { readonly refusal: Refusal; readonly command: string },
  language: Language,
): RefusedForm {
  const words = web.wordsOf(refusal, language)
  const { fields, problems } = STAY_TEXTS[language]
  return {
    command,
    title: words.title,
    what: words.what,
    why: words.why ?? '',
    citation: refusal.citation,
    mend: words.mend,
    errors: refusal.fields.map(({ field, code }) => {
      const what = problems[LEFT_OPEN.has(code) ? 'missing' : code] ?? problems.other!
      return { field, text: `${fields[field] ?? field}: ${what}` }
    }),
    stale: refusal.code === 'identity.stale-sign-in',
  }
}
