/** What follows for months that have lines when a new answer comes: more is added as arrears, less replaces what is unpaid, what is paid stays. */
import type { FeeClass } from './facts.ts'
import type { Period } from './period.ts'

export interface StandingLine {
  readonly number: number
  readonly amountVnd: number
  readonly paid: boolean
}

/** A month as it stands, and what the tariff says of it now. */
export interface Answer {
  readonly period: Period
  readonly class: FeeClass
  readonly amountVnd: number
  readonly baseVnd: number | null
  /** the cell that counts the member today collects the month */
  readonly counted: boolean
  /** somebody decided the month by hand */
  readonly decided: boolean
  readonly lines: readonly StandingLine[]
}

interface Compared {
  readonly period: Period
  readonly class: FeeClass
  readonly baseVnd: number | null
  readonly beforeVnd: number
  readonly afterVnd: number
}

export type Step =
  | (Compared & { readonly kind: 'assess' | 'arrears' | 'kept' })
  /** `leftVnd`: what is paid already beyond the new answer; giving it back is another procedure */
  | (Compared & {
      readonly kind: 'replace'
      readonly replacements: readonly { readonly number: number; readonly amountVnd: number }[]
      readonly leftVnd: number
    })

/**
 * Months that agree already have no step.
 *
 * @param dearer what a dearer month becomes: arrears after a declaration; after a decision on a relief, another line in the
 *   place of what is unpaid, and nothing where all is paid
 */
export function catchUpOf(answers: readonly Answer[], dearer: 'arrears' | 'replace' = 'arrears'): Step[] {
  return answers.flatMap((answer) => stepOf(answer, dearer) ?? [])
}

function stepOf(answer: Answer, dearer: 'arrears' | 'replace'): Step | undefined {
  const { lines, amountVnd: afterVnd, counted, decided, period, baseVnd } = answer
  const beforeVnd = lines.reduce((sum, line) => sum + line.amountVnd, 0)
  const compared: Compared = { period, class: answer.class, baseVnd, beforeVnd, afterVnd }
  if (lines.length === 0) return counted ? { ...compared, kind: 'assess' } : undefined
  if (afterVnd === beforeVnd) return undefined
  if (decided) return { ...compared, kind: 'kept' }
  if (afterVnd < beforeVnd) return { ...compared, kind: 'replace', ...lowered(lines, beforeVnd - afterVnd) }
  if (dearer === 'arrears') return { ...compared, kind: 'arrears' }
  const open = lines.findLast(({ paid }) => !paid)
  if (!open) return { ...compared, kind: 'kept' }
  const raised = { number: open.number, amountVnd: open.amountVnd + afterVnd - beforeVnd }
  return { ...compared, kind: 'replace', replacements: [raised], leftVnd: 0 }
}

/** Takes the difference off what is unpaid, the last line first. */
function lowered(lines: readonly StandingLine[], differenceVnd: number) {
  const replacements: { number: number; amountVnd: number }[] = []
  let leftVnd = differenceVnd
  for (const { number, amountVnd, paid } of lines.toReversed()) {
    if (paid || leftVnd === 0 || amountVnd === 0) continue
    const taken = Math.min(amountVnd, leftVnd)
    replacements.push({ number, amountVnd: amountVnd - taken })
    leftVnd -= taken
  }
  return { replacements, leftVnd }
}
