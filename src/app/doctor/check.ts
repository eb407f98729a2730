/** What a check of the doctor (khám máy) is: one thing examined, and findings that each come with their fix. */
import type pg from 'pg'
import type { Words } from '../commands/command.ts'
import type { Config } from '../config.ts'

/** `unknown`: it could not be examined, which is said and stops nothing else. */
export type Level = 'ok' | 'warn' | 'wrong' | 'unknown'

export interface Finding {
  readonly level: Level
  readonly what: Words
  /** how to mend it, in words; absent where nothing is to be done */
  readonly fix?: Words
  /** commands to run or lines to write, as they are */
  readonly lines?: readonly string[]
}

export const GROUPS = {
  configuration: { vi: 'Cấu hình', en: 'Configuration' },
  machine: { vi: 'Máy', en: 'Machine' },
  keys: { vi: 'Chứng thư số và khóa', en: 'Certificates and keys' },
  database: { vi: 'Cơ sở dữ liệu', en: 'Database' },
  peers: { vi: 'Dịch vụ bên ngoài', en: 'Services outside' },
  work: { vi: 'Việc đang chạy', en: 'Work under way' },
} as const satisfies Record<string, Words>

/** Facts of the machine that a test cannot change, read once. */
export interface Machine {
  readonly now: () => Date
  /** as `process.versions.node` */
  readonly nodeVersion: string
  /** what this process may use: the machine's, or its limit */
  readonly memoryBytes: number
  readonly uid: number
}

/** What is examined: the configuration as the service would read it, the machine, and the database when asked for. */
export interface Scene {
  readonly config: Config
  /** what is wrong with the environment; those variables are left out of `config` */
  readonly problems: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** the file with the service's environment, where there is one */
  readonly environmentFile: string | undefined
  readonly machine: Machine
  /** undefined: an embedded database that was never made */
  readonly databaseUrl: () => Promise<string | undefined>
  /** one connection as the owner, asked in turn. @throws when the database cannot be reached, or there is none yet */
  readonly database: () => Promise<pg.Pool>
}

export interface Check {
  /** stays the same: machines read it */
  readonly name: string
  readonly group: keyof typeof GROUPS
  /** what it looks at */
  readonly examines: Words
  /** cannot be examined without a database that answers */
  readonly needsDatabase?: boolean
  /** @returns nothing where the check does not apply to this installation */
  run(scene: Scene): Promise<readonly Finding[]>
}

export const ok = (vi: string, en: string): Finding => ({ level: 'ok', what: { vi, en } })

export const unknown = (vi: string, en: string): Finding => ({ level: 'unknown', what: { vi, en } })

type Pair = readonly [vi: string, en: string]
const asWords = ([vi, en]: Pair): Words => ({ vi, en })

/** It works, but not for long or not as well as it should. */
export const warn = (what: Pair, fix: Pair, ...lines: readonly string[]): Finding => ({
  level: 'warn',
  what: asWords(what),
  fix: asWords(fix),
  ...(lines.length > 0 ? { lines } : {}),
})

/** It does not work, or is open to harm. */
export const wrong = (what: Pair, fix: Pair, ...lines: readonly string[]): Finding => ({
  ...warn(what, fix, ...lines),
  level: 'wrong',
})

/** A trial signs with the test authority and lets the development provider in: what a real installation needs is not asked of it. */
export function isReal({ config }: Scene): boolean {
  return config.databaseUrl !== undefined && !config.demo
}

export const LOCAL_HOSTS = ['', 'localhost', '127.0.0.1', '::1', '[::1]']
