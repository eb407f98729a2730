/** The log (nhật ký kỹ thuật): one JSON line an occurrence, from which numbers of persons, names and secrets are kept away. */
import pino, { type Bindings, type ChildLoggerOptions, type DestinationStream, type Logger } from 'pino'

/**
 * The only keys that reach the log. Whatever else somebody hands to it is dropped: a list of what is allowed cannot
 * forget what is forbidden. None of these may hold what a person typed.
 */
const LOGGED = new Set([
  'reqId',
  'err',
  'req',
  'res',
  'responseTime',
  'code',
  'kind',
  'status',
  'route',
  'task',
  'jobId',
  'attempt',
  'sweep',
  'check',
  'dossierId',
  'commandId',
  'procedure',
  'durationMs',
  'address',
  'port',
  'count',
  'signal',
  'migrations',
])

const QUOTED = /"[^"]*"|'[^']*'|`[^`]*`|«[^»]*»|“[^”]*”/g
/** Personal IDs (12 digits), old IDs (9), card numbers (8 or more), phones: any long run, however it is broken up. */
const LONG_NUMBER = /\d(?:[ .-]?\d){7,}/g
/** A word with a Vietnamese letter: names have them, our English sentences do not. */
const VIETNAMESE_WORD = /[\p{L}\p{M}\d]*(?:(?![a-z])\p{L}|\p{M})[\p{L}\p{M}\d]*/giu
const ASCII_WORD = /^[A-Za-z\d]+$/
/** Two or more words with a capital in a row, or one beside a word already hidden: the rest of a name. */
const NAME_WITHOUT_MARKS = /(?:[A-Z][A-Za-z]*|•••)(?:\s+(?:[A-Z][A-Za-z]*|•••))+/g
const ADDRESS = /[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+/g
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi
/** Tokens of verification pages, cookies, secrets: 20 letters and digits or more in one piece. */
const LONG_TOKEN = /[A-Za-z0-9_-]{20,}/g
/** Addresses asked for, and paths: what stands in them somebody may have typed. */
const PATH = /(?:[A-Za-z]+:)?\/[^\s)]+/g
const HIDDEN = '•••'

/** A sentence without what was quoted in it, long numbers, names, addresses and tokens; ids of our own tables stay. */
export function withoutPersons(text: string): string {
  const ids: string[] = []
  return text
    .replace(UUID, (id) => `\u0000${ids.push(id) - 1}\u0000`)
    .replace(QUOTED, HIDDEN)
    .replace(PATH, HIDDEN)
    .replace(ADDRESS, HIDDEN)
    .replace(LONG_NUMBER, HIDDEN)
    .replace(LONG_TOKEN, HIDDEN)
    .replace(VIETNAMESE_WORD, (word) => (ASCII_WORD.test(word) ? word : HIDDEN))
    .replace(NAME_WITHOUT_MARKS, HIDDEN)
    .replace(/\u0000(\d+)\u0000/g, (_all, index: string) => ids[Number(index)] ?? HIDDEN)
}

/** Frames of a stack without its message: they name our files, never data. */
function framesOf(stack: string | undefined): string[] {
  return (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim().replace(/(?:file:\/\/)?\/[^\s()]*?\/(?=(?:build|src|node_modules)\/)/, ''))
}

/** An error as it may be logged. PostgreSQL's `detail` and `where` quote rows: they stay out. */
function describeError(error: unknown): Record<string, unknown> {
  if (typeof error !== 'object' || error === null) return { type: typeof error }
  const { name, message, stack, code, constraint, table, cause } = error as Record<string, unknown>
  return {
    type: typeof name === 'string' ? name : 'Error',
    message: withoutPersons(typeof message === 'string' ? message : ''),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(typeof table === 'string' ? { table } : {}),
    frames: framesOf(typeof stack === 'string' ? stack : undefined),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  }
}

interface LoggedRequest {
  readonly method?: string
  readonly routeOptions?: { readonly url?: string | undefined }
}

/** The route's pattern, not the address: that may carry a name someone searched for, or the token of a paper. */
const describeRequest = (request: LoggedRequest) => ({
  method: request.method,
  route: request.routeOptions?.url ?? 'unknown',
})

const describeReply = (reply: { statusCode?: number }) => ({ statusCode: reply.statusCode })

function cleanValue(key: string, value: unknown): unknown {
  if (key === 'err' || key === 'req' || key === 'res') return value // their serializers choose what to tell
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (key === 'reqId') return value // made here, for each request
  return typeof value === 'string' ? withoutPersons(value) : undefined
}

function onlyLogged(values: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(values).filter(([key]) => LOGGED.has(key))
  return Object.fromEntries(entries.map(([key, value]) => [key, cleanValue(key, value)]))
}

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'

/**
 * Where lines go: a file or its descriptor. A line that cannot be written, because the disk is full, is lost; what was under way
 * is not.
 */
export function openLogStream(to: number | string): DestinationStream {
  const stream = pino.destination({ dest: to, sync: true })
  stream.on('error', () => undefined)
  return stream
}

/**
 * The application's log.
 *
 * @param options `stream`: where lines go, standard output unless given
 */
export function makeLog(options: { level: LogLevel; stream?: DestinationStream }): Logger {
  const log = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError, req: describeRequest, res: describeReply },
      formatters: { level: (label) => ({ level: label }), log: onlyLogged },
      hooks: {
        logMethod([first, second], method) {
          const values = first instanceof Error ? { err: first } : first
          if (typeof values === 'string') return method.call(this, withoutPersons(values))
          const said = second ?? (values as { err?: Error }).err?.message ?? ''
          return method.call(this, values, withoutPersons(String(said)))
        },
      },
    },
    options.stream ?? openLogStream(1),
  )
  // A child's own bindings pass by the formatters of its parent; children of children inherit this.
  const makeChild = log.child
  log.child = function (this: Logger, bindings: Bindings, childOptions?: ChildLoggerOptions) {
    return makeChild.call(this as never, onlyLogged(bindings), childOptions as never)
  } as typeof log.child
  return log
}
