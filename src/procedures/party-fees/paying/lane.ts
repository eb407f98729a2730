/** A lane (làn gom) of work that arrives one by one and is done together: what comes while a commit is under way waits for the next. */

export interface Lane<Item, Result> {
  /** Answers when the commit that holds the item is done, or throws what its batch threw. */
  submit(item: Item): Promise<Result>
}

interface Waiting<Item, Result> {
  readonly item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

/**
 * Opens a lane. There is no timer: alone, an item goes at once; under load, batches grow by themselves.
 *
 * @param work does a batch and answers each of its items, in their order
 * @param most items in one batch
 */
export function openLane<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  most: number,
): Lane<Item, Result> {
  const waiting: Waiting<Item, Result>[] = []
  let running = false

  async function run(): Promise<void> {
    running = true
    while (waiting.length > 0) {
      const batch = waiting.splice(0, most)
      try {
        const results = await work(batch.map(({ item }) => item))
        batch.forEach((each, index) => each.resolve(results[index]!))
      } catch (error) {
        if (batch.length === 1) batch[0]!.reject(error)
        else await oneByOne(batch)
      }
    }
    running = false
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
        if (!running) void run()
      }),
  }
}
