/** The worker's side of the press: makes what it is told, and asks for each signature where the key is. */
import { parentPort } from 'node:worker_threads'
import { Refusal } from '../../kernel/refusal.ts'
import { makePaper } from './make.ts'
import type { FromWorker, ToWorker } from './press.ts'

interface Wanted {
  readonly settle: (answer: Uint8Array | undefined) => void
  readonly fail: (error: Error) => void
}

/** Works until its thread is ended. */
export function workAtPress(): void {
  if (!parentPort) throw new Error('the press has no other side')
  const port = parentPort
  const wanted = new Map<number, Wanted>()
  const say = (message: FromWorker) => port.postMessage(message)
  const ask = (question: FromWorker) =>
    new Promise<Uint8Array | undefined>((settle, fail) => {
      wanted.set(question.id, { settle, fail })
      say(question)
    })

  port.on('message', (told: ToWorker) => {
    if ('signature' in told) return wanted.get(told.id)?.settle(told.signature)
    if ('stamp' in told) return wanted.get(told.id)?.settle(told.stamp)
    if ('unsigned' in told) return wanted.get(told.id)?.fail(new Error(told.unsigned))
    const { id, making, key, stamped } = told
    const sign = async (toSign: Uint8Array) => (await ask({ id, toSign }))!
    const stamp = stamped ? { stamp: (toStamp: Uint8Array) => ask({ id, toStamp }) } : {}
    makePaper(making, { ...key, sign, ...stamp })
      .then((made) => say({ id, made }))
      .catch((error: unknown) => say(failure(id, error)))
      .finally(() => wanted.delete(id))
  })
}

function failure(id: number, error: unknown): FromWorker {
  if (!(error instanceof Refusal)) return { id, failed: error instanceof Error ? error.message : 'unknown' }
  const { kind, code, citation, facts } = error
  return { id, refused: { kind, code, ...(citation ? { citation } : {}), facts } }
}
