/** The configuration (cấu hình): the environment, read once and strictly, at the door. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { z } from 'zod'
import { version } from '../../package.json'
import { providerFromEnvironment, type ProviderConfiguration } from '../identity/configuration.ts'
import { CALLBACK_SOURCES, type CallbackSource } from '../payments/callbacks/sources.ts'
import { KEY_LIST, type KeyList } from './key-list.ts'
import { nearest } from './nearest.ts'
import type { TimestampSettings } from './stamped-signing.ts'
import { CONFIGURATION, VARIABLES, type Values, type Variable } from './variables.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface MailSettings {
  readonly url: string
  readonly from: string
}

export interface Config {
  /** of the program */
  readonly version: string
  readonly port: number
  readonly host: string
  /** without a slash at the end */
  readonly publicUrl: string
  /** undefined: the embedded database */
  readonly databaseUrl: string | undefined
  /** where reports are asked; undefined: the database itself */
  readonly databaseReadUrl: string | undefined
  /** absolute path */
  readonly dataFolder: string
  /** how many serve the one address */
  readonly processes: number
  /** asked for with DANGVU_DEMO=1 */
  readonly demo: boolean
  readonly installation: {
    readonly name: string
    readonly colour: string
    /** path of an SVG or PNG file */
    readonly emblem: string | undefined
  }
  /** undefined without VNEID_ISSUER: the development provider where it may run, else nobody signs in */
  readonly identity: ProviderConfiguration | undefined
  readonly signing: { readonly folder: string; readonly password: string } | undefined
  /** the authority that stamps signatures; undefined: they bear this machine's time only */
  readonly timestamps: TimestampSettings | undefined
  /** keys in tokens and remote services; undefined: all of them lie in the folder */
  readonly signingKeys: KeyList | undefined
  /** who may tell of money on accounts, with their secrets */
  readonly bankCallbacks: readonly CallbackSource[]
  readonly mail: MailSettings | undefined
  readonly log: { readonly level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent' }
  /** undefined: /metrics is not there */
  readonly metricsToken: string | undefined
  /** as Fastify takes it */
  readonly trustProxy: number | string[]
  /** units that one person may spend in a minute; an address of those who have not signed in ten times as much */
  readonly requestsPerMinute: number
}

/** What is wrong with the environment: one line a variable, with an example. Never a value: it may be a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`Cấu hình chưa dùng được (configuration):\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/** Variables that begin so are ours alone, so one we do not know is a slip of the pen. */
const OUR_PREFIX = /^(?:DANGVU|VNEID|SIGNING|TIMESTAMP|SMTP|INSTALLATION|METRICS)_/

/**
 * Reads the environment.
 *
 * @throws ConfigError naming every variable that is wrong, unknown or missing beside another
 */
export function readConfig(env: Environment): Config {
  const problems: string[] = unknownVariables(env)
  const values: Record<string, unknown> = {}
  for (const [name, definition] of Object.entries<Variable>(VARIABLES)) {
    const parsed = definition.schema.safeParse(env[name]?.trim() || definition.default)
    if (parsed.success) values[name] = parsed.data
    else problems.push(`${name}: ${definition.vi} (${definition.en}). Ví dụ: ${name}=${definition.example}`)
  }
  const known = values as Values
  const publicUrl = known.PUBLIC_URL ?? `http://localhost:${known.PORT ?? 3000}`
  const identity = readIdentity(env, publicUrl, problems)
  if ((known.SMTP_URL === undefined) !== (known.SMTP_FROM === undefined))
    problems.push('SMTP_URL, SMTP_FROM: phải có cả hai hoặc không có cả hai (both or neither).')
  const bankCallbacks =
    readListed(
      'BANK_CALLBACKS_FILE',
      known.BANK_CALLBACKS_FILE,
      CALLBACK_SOURCES,
      'docs/payments.md',
      problems,
    ) ?? []
  const signingKeys = readListed(
    'SIGNING_KEYS_FILE',
    known.SIGNING_KEYS_FILE,
    KEY_LIST,
    'docs/how-to/sign-with-a-token.md',
    problems,
  )
  if (known.SIGNING_KEYS_FILE && !known.SIGNING_FOLDER)
    problems.push(
      'SIGNING_KEYS_FILE: cần cả SIGNING_FOLDER với roots/*.pem (needs SIGNING_FOLDER with its roots).',
    )
  if (known.DATABASE_READ_URL && !known.DATABASE_URL)
    problems.push(
      'DATABASE_READ_URL: cần cả DATABASE_URL, là cơ sở dữ liệu chính (needs DATABASE_URL, the primary).',
    )
  if (problems.length > 0) throw new ConfigError(problems)
  return { ...configOf(known, publicUrl, identity), bankCallbacks, signingKeys }
}

function configOf(
  known: Values,
  publicUrl: string,
  identity: ProviderConfiguration | undefined,
): Omit<Config, 'bankCallbacks' | 'signingKeys'> {
  return {
    version,
    port: known.PORT,
    host: known.HOST,
    publicUrl,
    databaseUrl: known.DATABASE_URL,
    databaseReadUrl: known.DATABASE_READ_URL,
    dataFolder: resolve(known.DANGVU_DATA),
    processes: known.DANGVU_PROCESSES,
    demo: known.DANGVU_DEMO,
    installation: {
      name: known.INSTALLATION_NAME,
      colour: known.INSTALLATION_COLOUR.toLowerCase(),
      emblem: known.INSTALLATION_EMBLEM,
    },
    identity,
    signing: known.SIGNING_FOLDER
      ? { folder: resolve(known.SIGNING_FOLDER), password: known.SIGNING_PASSWORD }
      : undefined,
    timestamps: known.TIMESTAMP_URL
      ? { url: known.TIMESTAMP_URL, roots: known.TIMESTAMP_ROOTS, policy: known.TIMESTAMP_POLICY }
      : undefined,
    mail: known.SMTP_URL && known.SMTP_FROM ? { url: known.SMTP_URL, from: known.SMTP_FROM } : undefined,
    log: { level: known.LOG_LEVEL ?? (known.DATABASE_URL ? 'info' : 'warn') },
    metricsToken: known.METRICS_TOKEN,
    trustProxy: known.TRUST_PROXY,
    requestsPerMinute: known.DANGVU_REQUESTS_PER_MINUTE,
  }
}

function readIdentity(env: Environment, publicUrl: string, problems: string[]) {
  try {
    return providerFromEnvironment(env, publicUrl)
  } catch (error) {
    problems.push((error as Error).message)
    return undefined
  }
}

/** What a JSON file lists. The problem names no value: what is wrong in the file may be a secret. */
function readListed<T>(
  variable: string,
  file: string | undefined,
  schema: z.ZodType<T>,
  page: string,
  problems: string[],
): T | undefined {
  if (file === undefined) return undefined
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    if (parsed.success) return parsed.data
    const places = parsed.error.issues.map(({ path }) => path.join('.') || '(tệp)')
    problems.push(`${variable}: chưa đúng ở ${places.join(', ')} (wrong there), xem ${page}`)
  } catch {
    problems.push(`${variable}: không đọc được như JSON (not readable as JSON), xem ${page}`)
  }
  return undefined
}

function unknownVariables(env: Environment): string[] {
  const names = CONFIGURATION.map(({ name }) => name)
  return Object.keys(env)
    .filter((name) => OUR_PREFIX.test(name) && !names.includes(name))
    .map((name) => {
      const close = nearest(name, names)
      return `${name}: không có biến này (no such variable).${close ? ` Có phải ${close}?` : ''}`
    })
}
