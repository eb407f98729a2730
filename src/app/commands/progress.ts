/** Progress of what takes long, on standard error: a line now and then, and none for what is over at once. */
import type { Io } from './command.ts'

const TELL_EVERY_MS = 2_000

/** @returns what tells a line if the last one is long ago, or if it is of another step than that one */
export function tellNowAndThen(io: Pick<Io, 'tell'>): (line: string, step?: string) => void {
  let told = { step: '', at: performance.now() }
  return (line, step = '') => {
    if (step === told.step && performance.now() - told.at < TELL_EVERY_MS) return
    told = { step, at: performance.now() }
    io.tell(line)
  }
}
