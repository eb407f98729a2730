/** A statement of an account (sao kê): its lines between two balances, and whether they add up. */
import type { PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { BankLine } from '../bank-line.ts'
import { numberVi } from '../../kernel/vietnamese-numbers.ts'

export interface Statement {
  readonly account: string
  readonly currency: 'VND'
  /** balances may be below zero; absent where the file does not say them */
  readonly opening?: number
  readonly closing?: number
  readonly openingOn?: PlainDate
  readonly closingOn?: PlainDate
  readonly lines: readonly BankLine[]
}

/** A place where a statement cannot be read; `place` is one of the format (a tag, a row), never its content. */
export function unreadable(place: string): Refusal {
  return new Refusal('invalid', 'payments.statement-unreadable', { facts: { place } })
}

/** A cell of a table that cannot be read: its row, and the column as tables call it. */
export function unreadableCell({ row, column }: { readonly row: number; readonly column: string }): Refusal {
  return new Refusal('invalid', 'payments.statement-cell-unreadable', { facts: { row, column } })
}

/** What a line adds to the balance. */
export const signed = ({ amountVnd, direction }: Pick<BankLine, 'amountVnd' | 'direction'>): number =>
  direction === 'in' ? amountVnd : -amountVnd

/**
 * Sees to it that no line was lost or doubled on the way: opening balance and lines give the closing balance.
 *
 * @throws Refusal invalid `payments.statement-without-balances`, `payments.statement-does-not-add-up`
 */
export function checkStatement({ opening, closing, lines }: Statement): void {
  if (opening === undefined || closing === undefined)
    throw new Refusal('invalid', 'payments.statement-without-balances')
  const sum = lines.reduce((total, line) => total + signed(line), 0)
  const difference = closing - opening - sum
  if (difference === 0) return
  const [openingText, closingText, sumText, differenceText] = [opening, closing, sum, difference].map(
    numberVi,
  )
  throw new Refusal('invalid', 'payments.statement-does-not-add-up', {
    facts: {
      opening: openingText ?? '',
      closing: closingText ?? '',
      sum: sumText ?? '',
      difference: differenceText ?? '',
    },
  })
}
