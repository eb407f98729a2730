/** A lane (làn gom) of work that arrives one by one and is done together: what comes while commits are under way waits for the next. */
import { setImmediate as soon } from 'node:timers/promises'

export interface Lane<Item, Result> {
  /** Answers when the commit that holds the item is done, or throws what its batch threw. */
  submit(item: Item): Promise<Result>
}

interface Waiting<Item, Result> {
  readonly item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

/** While the database does one batch, the next is made ready and waits there: it never waits for the application. */
const UNDER_WAY = 2

/** So many are answered between two looks at what came in: what the database said must not wait for a hundred answers. */
const ANSWERED_AT_ONCE = 16

/**
 * Opens a lane. There is no timer: alone, an item goes at once; under load, batches grow by themselves.
 *
 * @param work does a batch and answers each of its items, in their order; two are worked on at once
 * @param most items in one batch
 */
export function openLane<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  most: number,
): Lane<Item, Result> {
  const waiting: Waiting<Item, Result>[] = []
  let underWay = 0

  function go(): void {
    while (underWay < UNDER_WAY && waiting.length > 0) void run(waiting.splice(0, most))
  }

  async function run(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    underWay += 1
    try {
      void answer(batch, await work(batch.map(({ item }) => item)))
    } catch (error) {
      if (batch.length === 1) batch[0]!.reject(error)
      else await oneByOne(batch)
    }
    underWay -= 1
    go()
  }

  async function answer(batch: readonly Waiting<Item, Result>[], results: readonly Result[]): Promise<void> {
    for (const [place, { resolve }] of batch.entries()) {
      if (place % ANSWERED_AT_ONCE === 0 && batch.length > 1) await soon()
      resolve(results[place]!)
    }
  }

  /** One item that cannot be done must not stop those that came with it. */
  async function oneByOne(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    for (const { item, resolve, reject } of batch)
      await work([item]).then(([result]) => resolve(result!), reject)
  }

  return {
    submit: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        go()
      }),
  }
}
