/** Exact arithmetic of fees: fractions of whole numbers, rounded once at the end, half up. */

/** A rate (mức đóng) as a fraction: 0.3 % is 3/1000. */
export interface Rate {
  readonly num: number
  readonly den: number
}

/** An exact amount of đồng, not yet rounded. */
export interface Exact {
  readonly num: bigint
  readonly den: bigint
}

/** One fee, one income and one allowance stay below this: a thousand billion đồng. What is larger is a slip of the keyboard. */
export const MAX_AMOUNT_VND = 1_000_000_000_000

export const exactly = (amountVnd: number): Exact => ({ num: BigInt(amountVnd), den: 1n })

export const times = (exact: Exact, rate: Rate): Exact => ({
  num: exact.num * BigInt(rate.num),
  den: exact.den * BigInt(rate.den),
})

export const plus = (a: Exact, b: Exact): Exact => ({
  num: a.num * b.den + b.num * a.den,
  den: a.den * b.den,
})

/** To a multiple of `unitVnd`, half up; amounts are not negative. */
export function roundHalfUp({ num, den }: Exact, unitVnd: number): number {
  const unit = BigInt(unitVnd)
  const step = den * unit
  return Number(((2n * num + step) / (2n * step)) * unit)
}

/** '15930', '4778.55': a finite decimal, as every product of đồng and rates in thousandths is. */
export function decimalText({ num, den }: Exact): string {
  const whole = num / den
  let rest = num % den
  let decimals = ''
  while (rest > 0n && decimals.length < 12) {
    rest *= 10n
    decimals += String(rest / den)
    rest %= den
  }
  return decimals === '' ? String(whole) : `${whole}.${decimals}`
}

/** The rate in per cent: 3/1000 → '0.3'. */
export const percentText = (rate: Rate): string => decimalText(times(exactly(100), rate))
