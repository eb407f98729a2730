/** The readers as crews of processes: one for files somebody waits for, one for lists that are read for minutes beside their import. */
import { openCrew, type Crew } from '../kernel/crew.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Sheet } from '../spreadsheets/workbook.ts'
import type { FromReader } from './messages.ts'
import { unpackRows, type PackedRow } from './packed-rows.ts'
import { startReader, type Bounds, type ReaderProcess } from './process.ts'
import type { ForeignFile, Readers } from './readers.ts'
import type { Reading } from './readings.ts'

/** The largest list there is (32 MB packed) takes some 20 seconds and 350 MB; any other file a second and 150 MB. */
export const BOUNDS: Readonly<Record<Reading, Bounds>> = {
  inspect: { cpuSeconds: 15, silentSeconds: 60, megabytes: 640 },
  paper: { cpuSeconds: 15, silentSeconds: 60, megabytes: 640 },
  statement: { cpuSeconds: 30, silentSeconds: 90, megabytes: 640 },
  workbook: { cpuSeconds: 180, silentSeconds: 120, megabytes: 640 },
}
const MEGABYTES = 640
const IDLE_MS = 30_000
/** Whoever comes after so many is asked to try again, with the file still on their own machine. */
const MOST_WAITING = 30
/** Pieces of a list asked for ahead, so that reading goes on while rows are written. */
const AHEAD = 4

interface Waiting {
  settle(read: unknown): void
  fail(error: Error): void
}

interface Order {
  readonly id: number
  readonly reading: Reading
  readonly of: readonly unknown[]
  /** questions that are not answered yet, first come first answered */
  readonly asked: Waiting[]
  reader?: ReaderProcess
  unwatch?: () => void
  /** why nothing more can be asked */
  failed?: Error
  begin(): void
  fail(error: Error): void
}

export interface ReaderOptions {
  /** the built program of a reader (`main.reader.ts`) */
  readonly program: URL
  /** files read at a time; as many lists besides */
  readonly atOnce: number
  readonly bounds?: Readonly<Record<Reading, Bounds>>
}

export function openReaders({ program, atOnce, bounds = BOUNDS }: ReaderOptions): Readers {
  const orders = new Map<number, Order>()
  let last = 0

  function hear(said: FromReader): void {
    const order = orders.get(said.id)
    const first = order?.asked.shift()
    if (!order || !first) return
    if ('read' in said) return first.settle(said.read)
    const error = 'refused' in said ? refusalOf(said.refused) : new Error(`a reader failed: ${said.failed}`)
    order.failed = error
    first.fail(error)
  }

  const crewOf = (): Crew<Order> =>
    openCrew<Order, ReaderProcess>({
      workers: atOnce,
      ordersAWorker: 1,
      mostWorkersLost: 1, // a file that ended its reader is not given a second one
      idleMs: IDLE_MS,
      givenUp: () => new Refusal('invalid', 'file.reading-stopped'),
      closed: () => new Refusal('conflict', 'file.readers-busy'),
      hire: (lost) => startReader(program, MEGABYTES, { hear, lost }),
      begin(order, reader) {
        order.reader = reader
        reader.send({ id: order.id, reading: order.reading, of: order.of })
        order.unwatch = reader.watch(bounds[order.reading], () => order.asked.length > 0)
        order.begin()
      },
    })
  const crews = { files: crewOf(), lists: crewOf() }

  /** Has a reader for as long as `work` goes on. */
  async function reading<T>(
    crew: Crew<Order>,
    name: Reading,
    of: readonly unknown[],
    work: (next: (value?: unknown) => Promise<unknown>) => Promise<T>,
  ): Promise<T> {
    if (crew.waiting >= MOST_WAITING) throw new Refusal('conflict', 'file.readers-busy')
    const id = (last += 1)
    let order: Order | undefined
    try {
      order = await new Promise<Order>((resolve, reject) => {
        const made: Order = {
          id,
          reading: name,
          of,
          asked: [],
          begin: () => resolve(made),
          fail(error) {
            made.failed = error
            for (const { fail } of made.asked.splice(0)) fail(error)
            reject(error)
          },
        }
        orders.set(id, made)
        crew.add(made)
      })
      const { asked, reader } = order
      return await work((value) => {
        if (order?.failed) return Promise.reject(order.failed)
        const answered = new Promise((settle, fail) => asked.push({ settle, fail }))
        answered.catch(() => undefined) // whoever asked ahead may be busy elsewhere when the reader ends
        reader?.send({ id, next: value })
        return answered
      })
    } finally {
      orders.delete(id)
      order?.unwatch?.()
      // Asked for and not waited for: such a reader is still at work, and the next file shall not pay for it.
      if (order && order.asked.length > 0 && !order.failed) await order.reader?.end()
      else order?.reader?.send({ id, over: true })
      if (order) crew.finish(order)
    }
  }

  const one = <T>(name: Reading, ...of: readonly unknown[]): Promise<T> =>
    reading(crews.files, name, of, async (next) => (await next()) as T)

  return {
    inspect: (file) => one('inspect', file),
    paper: (bytes, options) => one('paper', bytes, options),
    statement: (file, account, profile) => one('statement', file, account, profile),
    workbook: (file: ForeignFile, { limits, long }, work) =>
      reading(long ? crews.lists : crews.files, 'workbook', [file, limits], async (next) => {
        const names = (await next()) as readonly string[]
        return work(names.map((name, place): Sheet => ({ name, rows: () => rowsOf(next, place) })))
      }),
    async close() {
      await Promise.all([crews.files.close(), crews.lists.close()])
    },
  }
}

function refusalOf({ kind, code, facts }: Extract<FromReader, { refused: unknown }>['refused']): Refusal {
  return new Refusal(kind, code, { facts })
}

/** The rows of one sheet; the sheet that was read before is left where it was. */
async function* rowsOf(
  next: (value?: unknown) => Promise<unknown>,
  place: number,
): ReturnType<Sheet['rows']> {
  const ahead = [next(place)]
  try {
    for (;;) {
      while (ahead.length < AHEAD) ahead.push(next())
      const rows = (await ahead.shift()) as readonly PackedRow[] | null
      if (rows === null) return
      yield unpackRows(rows)
    }
  } finally {
    // what was asked for ahead is answered before another sheet is asked for
    await Promise.allSettled(ahead)
  }
}
