/** Which lines of a statement were told before, by a callback or in another statement: by their reference, by the bank's number, or because a statement leaves nothing out. */
import { daysBetween } from '../kernel/plain-date.ts'
import { foldName } from '../kernel/vietnamese-text.ts'
import type { BankLine } from './bank-line.ts'
import { findPaymentKeys } from './payment-key.ts'
import { sameTransaction } from './same-transaction.ts'
import { signed } from './statements/statement.ts'

/** A line that is kept. */
export interface KnownLine {
  readonly id: string
  readonly line: BankLine
  /** its own, and those under which statements told it */
  readonly references: readonly string[]
  /** the formats of the statements that told it */
  readonly formats: readonly string[]
}

/** How a line is known again. days: the statement holds all lines of its days, so a known line of these days is among them. */
export type KnownBy = 'reference' | 'number' | 'days'

export type Told =
  | { readonly is: 'new' }
  | { readonly is: 'known'; readonly id: string; readonly by: KnownBy }
  /** one of these, or a line of its own: a person says */
  | { readonly is: 'unsure'; readonly ids: readonly string[]; readonly sameKey: boolean }

const LONGEST = 100

/**
 * What lines of a statement are called for ever: the same whichever file tells them. Banks give one number to a transfer and
 * to its fee, begin their numbers anew each day, or give none: so day and amount belong to the name, and the how-manieth of
 * those alike.
 */
export function statementReferences(lines: readonly BankLine[]): string[] {
  const counts = new Map<string, number>()
  return lines.map((line) => {
    const name = [
      line.bankReference ?? `-/${digestOf(foldName(line.content))}`,
      line.bookedOn,
      signed(line),
    ].join('/')
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    const whole = count === 1 ? name : `${name}/${count}`
    return whole.length <= LONGEST ? whole : `${digestOf(name)}/${line.bookedOn}/${signed(line)}/${count}`
  })
}

/** Sixteen hexadecimal digits that two contents hardly share; names are given where nothing secret hangs on them. */
function digestOf(text: string): string {
  let [one, two] = [0x811c9dc5, 0x1b873593]
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    one = Math.imul(one ^ unit, 0x01000193)
    two = Math.imul(two ^ (unit + at), 0x85ebca6b)
    two ^= two >>> 13
  }
  return [one, two].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}

/**
 * @param lines of one statement, whole days from the first line's to the last's
 * @param references what they are called, in the same order
 * @param known lines of the same account in and around these days
 */
export function toldBefore(
  lines: readonly BankLine[],
  references: readonly string[],
  known: readonly KnownLine[],
): Told[] {
  const answers = new Map<number, Told>()
  const left = new Map(known.map((each) => [each.id, each]))
  const answer = (place: number, id: string, by: KnownBy) => {
    answers.set(place, { is: 'known', id, by })
    left.delete(id)
  }

  const byReference = new Map(
    known.flatMap(({ id, references: own }) => own.map((each) => [each, id] as const)),
  )
  references.forEach((reference, place) => {
    const id = byReference.get(reference)
    if (id !== undefined && left.has(id)) answer(place, id, 'reference')
  })

  // What a statement of the same form told has its name there: another name is another line.
  const format = lines[0]?.provider ?? ''
  const others = known.filter(({ id, formats }) => left.has(id) && !formats.includes(format))
  const byNumber = groupedBy(others, ({ line }) => numberAndAmount(line))
  const byAmount = groupedBy(others, ({ line }) => String(signed(line)))
  const byAmountAndKey = groupedBy(others, ({ line }) => amountAndKey(line))
  const open = () => lines.map((line, place) => ({ line, place })).filter(({ place }) => !answers.has(place))
  const stillLeft = (some: readonly KnownLine[] = []) => some.filter(({ id }) => left.has(id))

  for (const { line, place } of open()) {
    if (line.bankReference === undefined) continue
    const same = stillLeft(byNumber.get(numberAndAmount(line)))
      .filter((each) => sameTransaction(line, each.line) === 'same')
      .toSorted((a, b) => distance(line, a.line) - distance(line, b.line))[0]
    if (same) answer(place, same.id, 'number')
  }

  const days = lines.map(({ bookedOn }) => bookedOn).toSorted()
  const [from = '', to = ''] = [days[0], days.at(-1)]
  const inDays = (line: BankLine) =>
    stillLeft(byAmountAndKey.get(amountAndKey(line))).filter(
      (each) => from <= each.line.bookedOn && each.line.bookedOn <= to,
    )
  for (const { place, id } of pairsOfDays(open(), inDays)) answer(place, id, 'days')

  for (const { line, place } of open()) {
    const perhaps = stillLeft(
      keyOf(line) === ''
        ? byAmount.get(String(signed(line)))
        : [
            ...(byAmountAndKey.get(amountAndKey(line)) ?? []),
            ...(byAmountAndKey.get(`${signed(line)} `) ?? []),
          ],
    ).filter((each) => sameTransaction(line, each.line) === 'unsure')
    if (perhaps.length > 0)
      answers.set(place, {
        is: 'unsure',
        ids: perhaps.map(({ id }) => id),
        sameKey: keyOf(line) !== '' && perhaps.some((each) => keyOf(each.line) === keyOf(line)),
      })
  }
  return lines.map((_, place) => answers.get(place) ?? { is: 'new' })
}

const distance = (one: BankLine, other: BankLine): number =>
  Math.abs(daysBetween(one.bookedOn, other.bookedOn)) + (wordsOf(one) === wordsOf(other) ? 0 : 0.5)

/** Banks write before and after what was noted; a key says enough by itself. */
function wordsAgree(one: BankLine, other: BankLine): boolean {
  if (keyOf(one) !== '') return true
  const [words, others] = [wordsOf(one), wordsOf(other)].map((text) => text.replace(/[^a-z0-9]/g, ''))
  return words !== '' && others !== '' && (words!.includes(others!) || others!.includes(words!))
}

const wordsOf = once(({ content }) => foldName(content))
const keyOf = once(({ content }) => findPaymentKeys(content).join(' '))
const amountAndKey = (line: BankLine): string => `${signed(line)} ${keyOf(line)}`
const numberAndAmount = (line: BankLine): string =>
  `${(line.bankReference ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '')} ${signed(line)}`

/** Of long files: what is read off a line is read off once. */
function once(read: (line: BankLine) => string): (line: BankLine) => string {
  const kept = new WeakMap<BankLine, string>()
  return (line) => {
    const before = kept.get(line)
    if (before !== undefined) return before
    const text = read(line)
    kept.set(line, text)
    return text
  }
}

/**
 * Every known line of these days stands in the statement. So as many of its lines as are known with one amount and one key
 * are those, the nearest first; which of two that agree in all of this is which makes no difference to anybody's money. A
 * go-between's day may be the one before the bank's, so that without a key the words must agree too.
 */
function* pairsOfDays(
  open: readonly { readonly line: BankLine; readonly place: number }[],
  inDays: (line: BankLine) => readonly KnownLine[],
): Generator<{ place: number; id: string }> {
  const wanted = open
    .flatMap(({ line, place }) =>
      inDays(line)
        .filter((each) => sameTransaction(line, each.line) === 'unsure' && wordsAgree(line, each.line))
        .map((each) => ({ place, id: each.id, far: distance(line, each.line) })),
    )
    .toSorted((a, b) => a.far - b.far || a.place - b.place)
  const taken = new Set<number | string>()
  for (const { place, id } of wanted) {
    if (taken.has(place) || taken.has(id)) continue
    taken.add(place).add(id)
    yield { place, id }
  }
}

function groupedBy<T, K>(items: readonly T[], keyOfItem: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const key = keyOfItem(item)
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return groups
}
