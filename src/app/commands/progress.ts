/** Progress of what takes long, on standard error: a line now and then, and none for what is over at once. */
import type { Io } from './command.ts'

const TELL_EVERY_MS = 2_000

export function tellNowAndThen(io: Io): (line: string) => void {
  let told = performance.now()
  return (line) => {
    if (performance.now() - told < TELL_EVERY_MS) return
    told = performance.now()
    io.tell(line)
  }
}
