/** Time carried on (giờ giữ nhịp): another clock's time between two questions, by one that only goes forward and nobody can set. */

/** More than this no way there and no network time explains: somebody set that clock, or this machine slept. */
export const STEP_MS = 60_000

export interface CarriedTime {
  /** what the other clock shows now, as far as we heard of it */
  now(): Date
  /**
   * Takes the other clock's answer. While what we carried on may be right it stays, so that time does not tremble with each answer.
   *
   * @param asked when it was asked, and `heard` when it was answered, in milliseconds of `ticks`
   * @returns by how many milliseconds it was set, where it is more than `STEP_MS`; else 0
   */
  hear(theirs: Date, asked: number, heard: number): number
  /** milliseconds since it was last set; `Infinity` when it never was */
  sinceStep(): number
}

/** @param ticks milliseconds of a clock that only goes forward */
export function carryTime(ticks: () => number): CarriedTime {
  let anchor: { readonly at: number; readonly ticks: number } | undefined
  let steppedAt = -Infinity
  const at = (tick: number): number => {
    if (anchor === undefined) throw new Error('the other clock was not asked yet')
    return anchor.at + tick - anchor.ticks
  }
  return {
    now: () => new Date(at(ticks())),
    sinceStep: () => ticks() - steppedAt,
    hear(theirs, asked, heard) {
      const [earliest, latest] = [theirs.getTime(), theirs.getTime() + heard - asked]
      const carried = anchor && at(heard)
      if (carried !== undefined && earliest <= carried && carried <= latest) return 0
      anchor = { at: (earliest + latest) / 2, ticks: heard }
      const step = carried === undefined ? 0 : anchor.at - carried
      if (Math.abs(step) <= STEP_MS) return 0
      steppedAt = heard
      return step
    },
  }
}
