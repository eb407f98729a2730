/** The words of a refusal: what, why and how to mend it, found by its code in the texts of the slice that says it. */
import type { Language } from '../kernel/plain-date.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { RefusalWords } from '../web/web.ts'
import { withFacts } from './fact-words.ts'
import { REFUSAL_TEXTS } from './features.ts'

/** @throws Error for a code without words: a test finds it before a person does */
export function wordsOf(refusal: Pick<Refusal, 'code' | 'facts'>, language: Language): RefusalWords {
  const words = REFUSAL_TEXTS[refusal.code]?.[language]
  if (!words) throw new Error(`no words for refusal ${refusal.code}`)
  const fill = (text: string): string => withFacts(text, refusal.facts, language)
  return {
    title: fill(words.title),
    what: fill(words.what),
    ...(words.why ? { why: fill(words.why) } : {}),
    mend: fill(words.mend),
  }
}
