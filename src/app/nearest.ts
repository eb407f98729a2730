/** The nearest of known names to one somebody mistyped. */

/** The name with the fewest letters to change, or undefined when none is close (a third of its letters, at most four). */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const measured = names.map((name) => ({
    name,
    distance: distance(typed.toLowerCase(), name.toLowerCase()),
  }))
  const [best] = measured.sort((a, b) => a.distance - b.distance)
  return best && best.distance <= Math.min(4, Math.ceil(best.name.length / 3)) ? best.name : undefined
}

/** Letters to add, drop, change or swap with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2]! + 1 : Infinity
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1, swapped))
    }
    before = row
    row = next
  }
  return row[b.length]!
}
