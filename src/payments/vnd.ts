/** Amounts of đồng: whole numbers, for there is no smaller coin. */

/** More than any account of ours will ever move at once; what is larger is a mistake of somebody's. */
export const MOST_VND = 10_000_000_000_000

/** Whether a number is an amount that a line of an account may have. */
export function isAmount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0 && value <= MOST_VND
}

/**
 * An amount as banks print it: '1.234.567', '1,234,567.00', '-1.234.567,00 VND', '(50,000)'. One separator can be told
 * from the other by the groups. Undefined for what is no whole number of đồng, or could be read in two ways.
 */
export function readVnd(text: string): number | undefined {
  const plain = text.replace(/[\s\u00a0]|VND|VNĐ|[₫đ]$/giu, '')
  const [, open, sign, digits = '', close] = /^(\()?([+-])?([\d.,]+)(\))?$/.exec(plain) ?? []
  if ((open === undefined) !== (close === undefined) || (open !== undefined && sign !== undefined))
    return undefined
  const whole =
    /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,0{1,2})?$/.exec(digits)?.[1] ??
    /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.0{1,2})?$/.exec(digits)?.[1]
  if (whole === undefined) return undefined
  const value = Number(whole.replace(/[.,]/g, ''))
  if (value > MOST_VND) return undefined
  return value !== 0 && (sign === '-' || open !== undefined) ? -value : value
}
