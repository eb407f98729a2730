/** How far another clock is from ours: asked for, and judged by the middle of the time the question took. */

/** Farther apart than this and signatures, sessions and deadlines of two machines contradict each other. */
export const CLOCK_LIMIT_MS = 2_000

/** Farther than this no deadline and no signature can be relied on. */
export const CLOCK_WRONG_MS = 10_000

/**
 * Milliseconds that the other clock is ahead; 0 when the difference may be the way there and back.
 *
 * @param precisionMs how coarse the other's answer is: 1000 for a `Date` header, which counts whole seconds downwards
 */
export async function clockOffset(
  now: () => Date,
  ask: () => Promise<Date>,
  precisionMs = 0,
): Promise<number> {
  const began = now().getTime()
  const theirs = (await ask()).getTime()
  const ended = now().getTime()
  if (theirs + precisionMs < began) return theirs + precisionMs - began
  return theirs > ended ? theirs - ended : 0
}
