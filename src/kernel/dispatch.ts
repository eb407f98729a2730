/** What goes to PostgreSQL in one go: statements one after another, each parsed once a connection, one answer waited for. */
import pg from 'pg'

export interface Statement {
  /** the same text has the same name; without one it is parsed anew each time */
  readonly name: string
  readonly text: string
  readonly values: readonly unknown[]
}

export interface Answer {
  readonly rows: Record<string, unknown>[]
  /** rows inserted, updated, deleted or merged; none where the statement only reads */
  readonly changed: number
}

/** How rows of a statement look, told by PostgreSQL once: it never changes under a prepared name. */
interface Shape {
  readonly names: readonly string[]
  readonly parsers: readonly ((text: string) => unknown)[]
  readonly empty: Readonly<Record<string, unknown>>
}

const NO_ROWS: Shape = { names: [], parsers: [], empty: {} }

/** Where a name stands on a connection: its rows' shape, or 'unsure' after a failure that may have come before or after parsing. */
type Prepared = Map<string, Shape | 'unsure'>

const preparedOn = new WeakMap<pg.PoolClient, Prepared>()

/**
 * Sends the statements together and waits once. The first that fails is thrown, and those after it are not done; outside a
 * transaction they stand or fall together.
 *
 * @returns the answer to each, in its place
 */
export function dispatch(client: pg.PoolClient, statements: readonly Statement[]): Promise<Answer[]> {
  let prepared = preparedOn.get(client)
  if (prepared === undefined) preparedOn.set(client, (prepared = new Map()))
  const known = prepared
  return new Promise((resolve, reject) => client.query(new Dispatch(statements, known, resolve, reject)))
}

/** The parts of node-postgres's connection and its way of turning values into text, which its types leave out. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void }
  parse(message: { name: string; text: string }): void
  bind(message: {
    statement: string
    values: readonly unknown[]
    valueMapper: (value: unknown) => unknown
  }): void
  describe(message: { type: 'P'; name: string }): void
  execute(message: { portal: string }): void
  close(message: { type: 'S'; name: string }): void
  sync(): void
}
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils

interface Field {
  readonly name: string
  readonly dataTypeID: number
}

const CHANGES = /^(?:INSERT 0|UPDATE|DELETE|MERGE) (\d+)$/

/** What node-postgres hands each message of an answer to: its own extension point, as cursors use it. */
class Dispatch implements pg.Submittable {
  readonly #statements: readonly Statement[]
  readonly #prepared: Prepared
  readonly #resolve: (answers: Answer[]) => void
  readonly #reject: (error: Error) => void
  #now = 0
  #shape: Shape
  #rows: Record<string, unknown>[] = []
  readonly #answers: Answer[] = []
  #failure: Error | undefined

  constructor(
    statements: readonly Statement[],
    prepared: Prepared,
    resolve: (answers: Answer[]) => void,
    reject: (error: Error) => void,
  ) {
    this.#statements = statements
    this.#prepared = prepared
    this.#resolve = resolve
    this.#reject = reject
    this.#shape = this.#known(0) ?? NO_ROWS
  }

  #known(place: number): Shape | undefined {
    const shape = this.#prepared.get(this.#statements[place]?.name ?? '')
    return shape === 'unsure' ? undefined : shape
  }

  submit(connection: unknown): void {
    const wire = connection as Wire
    wire.stream.cork()
    try {
      this.#statements.forEach((statement, place) => this.#put(wire, statement, place))
    } catch (error) {
      // A value that cannot be sent: what stands before it is done, the rest is not.
      this.#failure = error as Error
      for (const { name } of this.#statements)
        if (name !== '' && !this.#prepared.has(name)) this.#prepared.set(name, 'unsure')
    }
    wire.sync()
    wire.stream.uncork()
  }

  #put(wire: Wire, { name, text, values }: Statement, place: number): void {
    const known = this.#known(place) !== undefined
    const before = this.#statements.findIndex((other) => other.name === name)
    if (!known && (name === '' || before === place)) {
      if (this.#prepared.get(name) === 'unsure') wire.close({ type: 'S', name })
      wire.parse({ name, text })
    }
    wire.bind({ statement: name, values, valueMapper: prepareValue })
    if (!known) wire.describe({ type: 'P', name: '' })
    wire.execute({ portal: '' })
  }

  handleRowDescription({ fields }: { fields: readonly Field[] }): void {
    this.#shape = {
      names: fields.map(({ name }) => name),
      parsers: fields.map(
        ({ dataTypeID }) => pg.types.getTypeParser(dataTypeID) as (text: string) => unknown,
      ),
      empty: Object.fromEntries(fields.map(({ name }) => [name, null])),
    }
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const { names, parsers, empty } = this.#shape
    const row = { ...empty }
    try {
      for (const [place, text] of fields.entries())
        if (text !== null) row[names[place]!] = parsers[place]!(text)
    } catch (error) {
      this.#failure ??= error as Error
    }
    this.#rows.push(row)
  }

  handleCommandComplete({ text }: { text: string }): void {
    const name = this.#statements[this.#now]!.name
    if (name !== '') this.#prepared.set(name, this.#shape)
    this.#answers.push({ rows: this.#rows, changed: Number(CHANGES.exec(text)?.[1] ?? 0) })
    this.#now += 1
    this.#shape = this.#known(this.#now) ?? NO_ROWS
    this.#rows = []
  }

  handleError(error: Error): void {
    const name = this.#statements[this.#now]?.name
    if (name && !this.#prepared.has(name)) this.#prepared.set(name, 'unsure')
    this.#reject(this.#failure ?? error)
  }

  handleReadyForQuery(): void {
    if (this.#failure) this.#reject(this.#failure)
    else this.#resolve(this.#answers)
  }

  handleEmptyQuery(): void {
    this.#failure ??= new Error('a statement without words')
  }

  handlePortalSuspended(): void {
    this.#failure ??= new Error('no statement is asked for a part of its rows')
  }

  handleCopyInResponse(connection: { sendCopyFail(words: string): void }): void {
    connection.sendCopyFail('rows are not sent this way')
  }

  handleCopyData(): void {
    this.#failure ??= new Error('rows are not copied this way')
  }
}
