/** What a command of the command line is: its words, its flags, and what it does. */
import type { Language } from '../../kernel/plain-date.ts'
import type { Installation } from '../installation.ts'
import type { Config } from '../config.ts'

export type Words = Readonly<Record<Language, string>>

export interface Flag {
  /** the name of its value in the help; absent: the flag stands alone */
  readonly value?: string
  readonly required?: boolean
  readonly words: Words
}

/** Where a command speaks. Results go to standard output; progress and problems to standard error. */
export interface Io {
  readonly language: Language
  /** true: standard output is one JSON document */
  readonly json: boolean
  /** one line for people on standard output; nothing with --json */
  say(line: string): void
  /** one line on standard error */
  tell(line: string): void
  /** the document of --json; nothing without it */
  result(document: unknown): void
}

export interface Asked {
  readonly positionals: readonly string[]
  readonly flags: Readonly<Record<string, string | boolean | undefined>>
  readonly env: Readonly<Record<string, string | undefined>>
  /** @throws ConfigError where it is wrong, for a command that said it reads the environment by itself */
  readonly config: Config
  /** opens the installation's database; it is left when the command has ended */
  readonly open: () => Promise<Installation>
  /** aborted when somebody presses Ctrl-C */
  readonly interrupted: AbortSignal
}

export interface Command {
  readonly name: string
  /** names of the arguments, all required */
  readonly positionals: readonly string[]
  readonly flags: Readonly<Record<string, Flag>>
  /** one line for the list of commands */
  readonly summary: Words
  /** changes nothing, so that nothing is sealed after it */
  readonly onlyLooks?: boolean
  /** the database is opened as it is, of whatever version, and not brought up to date */
  readonly asItIs?: boolean
  /** it ends by itself when `interrupted` is aborted, and undoes what it had begun */
  readonly undoes?: boolean
  /** false: it wants to begin also where the configuration is wrong, and reads the environment by itself */
  readonly readsConfiguration?: false
  /** what else the help says */
  readonly about: Words
  /** @returns true when it went well; false: done, but the answer is no (exit code 1) */
  run(asked: Asked, io: Io): Promise<boolean>
}

/** The command was called wrongly: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly words: Words
  readonly code: string

  constructor(code: string, words: Words) {
    super(words.en)
    this.words = words
    this.code = code
  }
}

/** A command could not do its work, for a reason its user can do something about: exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly words: Words
  readonly code: string

  constructor(code: string, words: Words) {
    super(words.en)
    this.words = words
    this.code = code
  }
}

/** The value of a flag that was declared as required or is known to be there. */
export function textOf(asked: Asked, flag: string): string {
  const value = asked.flags[flag]
  if (typeof value !== 'string') throw new Error(`--${flag} has no value`)
  return value
}

export function optionalText(asked: Asked, flag: string): string | undefined {
  const value = asked.flags[flag]
  return typeof value === 'string' ? value : undefined
}

/**
 * A flag that is a whole number.
 *
 * @throws UsageError `usage.flag-value` when it is none, or out of bounds
 */
export function optionalNumber(
  asked: Asked,
  flag: string,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  const text = optionalText(asked, flag)
  if (text === undefined) return undefined
  const number = /^\d{1,8}$/.test(text) ? Number(text) : NaN
  if (number >= least && number <= most) return number
  throw new UsageError('usage.flag-value', {
    vi: `--${flag} cần một số từ ${least} đến ${most}`,
    en: `--${flag} needs a number from ${least} to ${most}`,
  })
}
