/** What somebody typed into a search box, as a full-text query over names without diacritics. */
import { foldName } from '../kernel/vietnamese-text.ts'

/** More words than any name has are not looked at. */
const MOST_WORDS = 8

/** 'Tô Văn Ng' → to, van, ng. */
export function typedWords(text: string): string[] {
  return foldName(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
}

/**
 * 'Tô Văn Ng' → 'to:* & van:* & ng:*': every word typed begins a word of the name, in any order.
 * Undefined when nothing searchable was typed.
 */
export function wordsQuery(text: string): string | undefined {
  const words = typedWords(text)
  return words.length === 0 ? undefined : words.map((word) => `${word}:*`).join(' & ')
}
