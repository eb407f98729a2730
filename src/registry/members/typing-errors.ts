/** What may have been meant by words that no name has: the words names are made of that are a slip of the finger away. Pure. */

/** So many readings are tried at most. */
const MOST_READINGS = 8
/** Other words for one that was typed. */
const MOST_FOR_A_WORD = 5
/** From so many letters on two slips are forgiven. */
const LONG = 6
/** Fewer letters of a half typed word may become anything. */
const FEWEST_LETTERS = 3

/**
 * Other readings of the words, the likeliest first. Words that no name has are read otherwise, and where there are none, a last one
 * that is half typed. Where names have every word, it was meant: nobody is called so.
 *
 * @param known the words of all names, without diacritics
 */
export function likelyMeant(words: readonly string[], known: readonly string[]): string[][] {
  const names = new Set(known)
  const begins = (text: string) => known.some((word) => word.startsWith(text))
  const isKnown = (word: string, place: number) =>
    names.has(word) || (place === words.length - 1 && begins(word))
  const unknown = words.flatMap((word, place) => (isKnown(word, place) ? [] : [place]))
  const halfTyped = words.flatMap((word, place) =>
    names.has(word) || word.length < FEWEST_LETTERS ? [] : [place],
  )
  const wrong = unknown.length > 0 ? unknown : halfTyped
  if (wrong.length === 0) return []
  return combined(
    words.map((word, place) => (wrong.includes(place) ? readingsOf(word, known, names) : [[word]])),
  )
}

/** Each a word that is near, or two that were written together. */
function readingsOf(word: string, known: readonly string[], names: ReadonlySet<string>): string[][] {
  const most = word.length >= LONG ? 2 : 1
  const near = known
    .filter((other) => other !== word && Math.abs(other.length - word.length) <= most)
    .map((other) => ({ other, slips: slipsBetween(word, other) }))
    .filter(({ slips }) => slips <= most)
    .toSorted((a, b) => a.slips - b.slips || Number(b.other[0] === word[0]) - Number(a.other[0] === word[0]))
    .slice(0, MOST_FOR_A_WORD)
    .map(({ other }) => [other])
  const parted = Array.from({ length: Math.max(0, word.length - 3) }, (_, at) => [
    word.slice(0, at + 2),
    word.slice(at + 2),
  ])
  return [...parted.filter((two) => two.every((part) => names.has(part))).slice(0, 2), ...near]
}

function combined(readings: readonly (readonly string[][])[]): string[][] {
  let all: string[][] = [[]]
  for (const each of readings)
    all = all.flatMap((before) => each.map((reading) => [...before, ...reading])).slice(0, MOST_READINGS)
  return all
}

/** Letters changed, added, left out, or two that changed places (Damerau). */
export function slipsBetween(a: string, b: string): number {
  let [beforeLast, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, place) => place)]
  for (let row = 1; row <= a.length; row += 1) {
    const now = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1]
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      now.push(
        Math.min(
          last[column - 1]! + (same ? 0 : 1),
          last[column]! + 1,
          now[column - 1]! + 1,
          swapped ? beforeLast[column - 2]! + 1 : Infinity,
        ),
      )
    }
    ;[beforeLast, last] = [last, now]
  }
  return last[b.length]!
}
