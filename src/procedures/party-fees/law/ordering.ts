/** Which lines one order (lệnh nộp) may pay together: decided from how each of them stands. */
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'

/** A line that is due, as forms and programs name it. */
export interface LineName {
  readonly memberId: string
  /** 'YYYY-MM-01' */
  readonly period: PlainDate
  readonly number: number
}

/** How a line stands now. */
export interface LineStanding extends LineName {
  /** the cell that collects it */
  readonly organisationId: string
  readonly amountVnd: number
  readonly replaced: boolean
  readonly paid: boolean
  /** the cell has not approved it yet */
  readonly waiting: boolean
}

/** Who pays: a member the own lines, or those in charge of a cell the lines of its members. */
export type Asker =
  | { readonly kind: 'own'; readonly memberId: string }
  | { readonly kind: 'cell'; readonly organisationId: string }

export interface Ordered {
  readonly organisationId: string
  readonly lines: readonly LineStanding[]
  readonly amountVnd: number
}

/** More at once is a slip, and no QR code's amount carries it. */
export const MOST_LINES = 500

/**
 * @param found how the lines stand, those that there are; somebody else's is answered like one that is not there
 * @throws Refusal invalid `party-fees.nothing-chosen`, `party-fees.too-many-lines`; not-found `party-fees.line-unknown`;
 *   conflict `party-fees.line-paid`, `party-fees.line-replaced`; against-rule `party-fees.line-waiting`,
 *   `party-fees.line-exempt`, `party-fees.lines-of-two-cells`
 */
export function orderedOf(asked: readonly LineName[], found: readonly LineStanding[], asker: Asker): Ordered {
  if (asked.length === 0) throw new Refusal('invalid', 'party-fees.nothing-chosen')
  if (asked.length > MOST_LINES)
    throw new Refusal('invalid', 'party-fees.too-many-lines', { facts: { most: MOST_LINES } })
  const known = new Map(found.map((line) => [nameOfLine(line), line]))
  const names = [...new Set(asked.map(nameOfLine))]
  const lines = names.map((name) => requireOpen(known.get(name), asker))
  const cells = new Set(lines.map(({ organisationId }) => organisationId))
  if (cells.size > 1) throw new Refusal('against-rule', 'party-fees.lines-of-two-cells')
  return {
    organisationId: lines[0]!.organisationId,
    lines,
    amountVnd: lines.reduce((sum, { amountVnd }) => sum + amountVnd, 0),
  }
}

export function nameOfLine({ memberId, period, number }: LineName): string {
  return `${memberId} ${period} ${number}`
}

function requireOpen(line: LineStanding | undefined, asker: Asker): LineStanding {
  const theirs =
    line !== undefined &&
    (asker.kind === 'own' ? line.memberId === asker.memberId : line.organisationId === asker.organisationId)
  if (!theirs) throw new Refusal('not-found', 'party-fees.line-unknown')
  const facts = { period: line.period.slice(0, 7) }
  if (line.paid && !line.replaced) throw new Refusal('conflict', 'party-fees.line-paid', { facts })
  if (line.replaced) throw new Refusal('conflict', 'party-fees.line-replaced', { facts })
  if (line.amountVnd === 0) throw new Refusal('against-rule', 'party-fees.line-exempt', { facts })
  if (line.waiting) throw new Refusal('against-rule', 'party-fees.line-waiting', { facts })
  return line
}
