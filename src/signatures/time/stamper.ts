/**
 * Stamps signatures and never keeps one from being given: without a stamp in time the paper is signed without (B-B). After
 * two failures nobody asks for a while, so that two thousand papers do not wait three seconds each; then one asks again.
 */

export interface Stamper {
  /** @returns the token over a signature value, or undefined when there is none to be had now */
  stamp(signature: Uint8Array): Promise<Uint8Array | undefined>
}

export interface StamperSettings {
  readonly ask: (signature: Uint8Array) => Promise<Uint8Array>
  /** milliseconds that only go forward */
  readonly now: () => number
  /** told when stamps stop coming, with the reason, and when they come again: not once a paper */
  readonly onChange: (failing: Error | undefined) => void
}

const FAILURES_TO_STOP = 2
const FIRST_PAUSE_MS = 30_000
const LONGEST_PAUSE_MS = 10 * 60_000

const pauseAfter = (failures: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** (failures - FAILURES_TO_STOP), LONGEST_PAUSE_MS)

export function openStamper({ ask, now, onChange }: StamperSettings): Stamper {
  let failures = 0
  let resumeAt = 0
  let trying = false

  /** @param askedAt of what was asked before the pause began, a failure says nothing new */
  function failed(error: Error, askedAt: number): void {
    if (failures >= FAILURES_TO_STOP && askedAt <= resumeAt - pauseAfter(failures)) return
    failures += 1
    if (failures < FAILURES_TO_STOP) return
    resumeAt = now() + pauseAfter(failures)
    if (failures === FAILURES_TO_STOP) onChange(error)
  }

  function succeeded(): void {
    if (failures >= FAILURES_TO_STOP) onChange(undefined)
    failures = 0
  }

  return {
    async stamp(signature) {
      const stopped = failures >= FAILURES_TO_STOP
      if (stopped && (trying || now() < resumeAt)) return undefined
      trying = stopped
      const askedAt = now()
      try {
        const token = await ask(signature)
        succeeded()
        return token
      } catch (error) {
        // Whatever it is, also roots that cannot be read: no paper waits for a stamp.
        failed(error as Error, askedAt)
        return undefined
      } finally {
        if (stopped) trying = false
      }
    },
  }
}
