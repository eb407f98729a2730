/** The process's side: reads what it is told, and says what it found. It has no rights it could lose. */
import { Refusal } from '../kernel/refusal.ts'
import type { FromReader, ToReader } from './messages.ts'
import { READINGS } from './readings.ts'

type Pulled = AsyncGenerator<unknown, void, unknown>

/** Works until its process is ended, or the server is gone. */
export function readForServer(): void {
  if (!process.send) throw new Error('a reader has no other side')
  const under = new Map<number, Pulled>()
  const say = (said: FromReader) => process.send?.(said)
  const pull = ({ id, next }: { id: number; next: unknown }) =>
    under
      .get(id)
      ?.next(next)
      .then(
        ({ value }) => say({ id, read: value }),
        (error: unknown) => say(failure(id, error)),
      )
  process.on('disconnect', () => process.exit())
  process.on('message', (told: ToReader) => {
    if ('reading' in told) {
      const begin = READINGS[told.reading] as (...of: readonly unknown[]) => Pulled
      under.set(told.id, begin(...told.of))
    } else if ('over' in told) under.delete(told.id)
    else void pull(told)
  })
}

function failure(id: number, error: unknown): FromReader {
  if (!(error instanceof Refusal)) return { id, failed: error instanceof Error ? error.name : 'unknown' }
  const { kind, code, facts } = error
  return { id, refused: { kind, code, facts } }
}
