/** Questions of one turn of the event loop become one statement: who asks alone waits no longer, who asks in a crowd costs less. */
import type { Database, Read } from './db.ts'

/** Those who wait for the same statement; nobody joins once it was sent. */
interface Asking<Key, Answer> {
  readonly keys: Key[]
  readonly answers: Promise<readonly Answer[]>
}

/**
 * A question that several ask at once. It is sent after the last of them asked, and nothing is kept of an earlier answer:
 * each is as fresh as one asked alone. A key that the database cannot take would fail all who ask with it: keys are
 * checked before.
 *
 * @param ask answers each key in its place
 */
export function askedTogether<Key, Answer>(
  ask: (read: Read, keys: readonly Key[]) => Promise<readonly Answer[]>,
): (database: Database, key: Key) => Promise<Answer> {
  const open = new WeakMap<Database, Asking<Key, Answer>>()

  function begin(database: Database): Asking<Key, Answer> {
    const keys: Key[] = []
    const turn = new Promise<void>((resolve) => setImmediate(resolve))
    const answers = turn.then(() => {
      open.delete(database)
      return ask(database.read, keys)
    })
    return { keys, answers }
  }

  return async (database, key) => {
    let asking = open.get(database)
    if (asking === undefined) open.set(database, (asking = begin(database)))
    const place = asking.keys.push(key) - 1
    return (await asking.answers)[place] as Answer
  }
}
