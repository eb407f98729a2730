/** How the words of a refusal are written down: title, what happened, why (or null), how to mend it; Vietnamese first. */
import type { Language } from '../kernel/plain-date.ts'
import type { RefusalWords } from './web.ts'

/** Title, what, why, mend. */
export type Said = readonly [title: string, what: string, why: string | null, mend: string]

/** One refusal in both languages. */
export function said(vi: Said, en: Said): Readonly<Record<Language, RefusalWords>> {
  return { vi: wordsOf(vi), en: wordsOf(en) }
}

function wordsOf([title, what, why, mend]: Said): RefusalWords {
  return { title, what, ...(why === null ? {} : { why }), mend }
}
