/** The columns of the cash book (sổ quỹ), and which of them a movement of money stands in. */

export const RECEIPT_COLUMNS = ['fees', 'from-above', 'other-in'] as const
export const PAYMENT_COLUMNS = [
  'newspapers',
  'congress',
  'rewards',
  'support',
  'allowance',
  'other-out',
] as const
/** What a voucher (phiếu thu, phiếu chi) is for. Fees come with receipts of their own, never by voucher. */
export const PURPOSES = ['from-above', 'other-in', ...PAYMENT_COLUMNS] as const
export type Purpose = (typeof PURPOSES)[number]
export type CashColumn = 'fees' | Purpose

export type Direction = 'in' | 'out'
export const directionOf = (purpose: Purpose): Direction =>
  purpose === 'from-above' || purpose === 'other-in' ? 'in' : 'out'

/** Where money is kept: in the cell's hand, or on its account. */
export const FUNDS = ['cash', 'bank'] as const
export type Fund = (typeof FUNDS)[number]

const COMES_IN: Readonly<Partial<Record<string, CashColumn>>> = {
  paid: 'fees',
  'collected-for': 'fees',
  received: 'fees',
  drawn: 'from-above',
}

/** The column of a movement, by its kind in the ledger and whether money came or went; a voucher's is its purpose. */
export function cashColumn(kind: string, direction: Direction, purpose?: Purpose): CashColumn {
  if (purpose) return purpose
  return direction === 'in' ? (COMES_IN[kind] ?? 'other-in') : 'other-out'
}

export interface Movement {
  readonly column: CashColumn
  readonly direction: Direction
  /** negative in a voucher that undoes another */
  readonly amountVnd: number
}

/** The balance after each movement, from what there was before the first. */
export function balances(openingVnd: number, movements: readonly Movement[]): number[] {
  let balance = openingVnd
  return movements.map(({ direction, amountVnd }) => (balance += direction === 'in' ? amountVnd : -amountVnd))
}
