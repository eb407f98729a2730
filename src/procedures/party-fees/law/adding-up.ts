/** Which lines add up to an amount exactly, the earliest months first. */

/** Beyond so many different sums nobody would see at a glance that they add up. */
const MOST_SUMS = 20_000

/** The first lines, in their order, that make up the amount to the đồng; undefined where none do, or too many sums are possible. */
export function addingUp<Line extends { readonly amountVnd: number }>(
  lines: readonly Line[],
  amountVnd: number,
): Line[] | undefined {
  if (amountVnd <= 0) return undefined
  const reached = new Map<number, readonly Line[]>([[0, []]])
  for (const line of lines) {
    const before = [...reached]
    for (const [sum, chosen] of before) {
      const next = sum + line.amountVnd
      if (line.amountVnd > 0 && next <= amountVnd && !reached.has(next)) reached.set(next, [...chosen, line])
    }
    const found = reached.get(amountVnd)
    if (found) return [...found]
    if (reached.size > MOST_SUMS) return undefined
  }
  return undefined
}
