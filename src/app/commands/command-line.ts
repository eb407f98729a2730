/** The command line: finds the command, reads its flags, runs it, and turns what went wrong into words and an exit code. */
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { sealAll } from '../../audit/sealer.ts'
import { actingAs } from '../../kernel/acting.ts'
import type { Language } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { ConfigError, readConfig, type Config } from '../config.ts'
import { openInstallation, StartError, type Installation } from '../installation.ts'
import { withoutPersons } from '../logging.ts'
import { nearest } from '../nearest.ts'
import { CommandError, UsageError, type Asked, type Command, type Io } from './command.ts'
import { backupCommand } from './backup.ts'
import { checkpointCommand } from './checkpoint.ts'
import { doctorCommand } from './doctor.ts'
import { feeCommand } from './fee.ts'
import { generateCountryCommand } from './generate-country.ts'
import { grantOfficeCommand } from './grant-office.ts'
import { COMMON_FLAGS, generalHelp, helpOf } from './help.ts'
import { importMembersCommand, importOfficesCommand, importOrganisationsCommand } from './import.ts'
import { migrateCommand } from './migrate.ts'
import { releaseMailCommand } from './release-mail.ts'
import { replayCommand } from './replay-command.ts'
import { restartCommand } from './restart.ts'
import { restoreCommand } from './restore.ts'
import { storyCommand } from './story-command.ts'
import { verifyLedgerCommand } from './verify-ledger.ts'
import { verifyLogCommand } from './verify-log.ts'
import { verifyPdfCommand } from './verify-pdf.ts'
import { vietqrCommand } from './vietqr-command.ts'

export const COMMANDS: readonly Command[] = [
  importOrganisationsCommand,
  importMembersCommand,
  importOfficesCommand,
  grantOfficeCommand,
  storyCommand,
  replayCommand,
  generateCountryCommand,
  feeCommand,
  verifyPdfCommand,
  checkpointCommand,
  verifyLogCommand,
  verifyLedgerCommand,
  vietqrCommand,
  doctorCommand,
  migrateCommand,
  backupCommand,
  restoreCommand,
  releaseMailCommand,
  restartCommand,
]

/** 0: done, or yes. 1: not possible, or no. 2: called wrongly. 3: a fault of the program. */
export type ExitCode = 0 | 1 | 2 | 3

export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  out(text: string): void
  error(text: string): void
  /** what to do, before the process ends, when somebody presses Ctrl-C */
  onInterrupt?(leave: () => Promise<void>): void
}

/** A command that undoes what it had begun is given so long for it after Ctrl-C. */
const UNDO_MS = 30_000

/** Runs one command line and returns the exit code. Never throws. */
export function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const over: Promise<ExitCode> = answer(argv, terminal, () => over)
  return over
}

/** @param over when all was said, also what went wrong */
async function answer(
  argv: readonly string[],
  terminal: Terminal,
  over: () => Promise<unknown>,
): Promise<ExitCode> {
  const io = ioFor(argv, terminal)
  try {
    return await dispatch(argv, terminal, io, over)
  } catch (error) {
    const { exit, code, message, ...more } = await explain(error, io.language)
    io.tell(message)
    io.result({ error: { code, message, ...more } })
    return exit
  }
}

/** Language and form are wanted before the rest can be read: an error about the rest is told in them, too. */
function ioFor(argv: readonly string[], terminal: Terminal): Io {
  const json = argv.includes('--json')
  const asked = argv.find((word, index) => argv[index - 1] === '--lang' || word.startsWith('--lang='))
  const language = asked?.replace('--lang=', '') ?? terminal.env.LC_ALL ?? terminal.env.LANG ?? ''
  return {
    json,
    language: language.startsWith('en') ? 'en' : 'vi',
    say: (line) => void (json || terminal.out(`${line}\n`)),
    tell: (line) => terminal.error(`${line}\n`),
    result: (document) => void (json && terminal.out(`${JSON.stringify(document, undefined, 2)}\n`)),
  }
}

async function dispatch(
  argv: readonly string[],
  terminal: Terminal,
  io: Io,
  over: () => Promise<unknown>,
): Promise<ExitCode> {
  const [name, ...rest] = argv
  if (name === undefined) {
    io.tell(generalHelp(COMMANDS, io.language))
    io.result({
      error: { code: 'usage.no-command', message: io.language === 'vi' ? 'Chưa có lệnh.' : 'No command.' },
    })
    return 2
  }
  if (['--help', '-h', 'help'].includes(name) || (name.startsWith('-') && rest.includes('--help'))) {
    return showHelp(generalHelp(COMMANDS, io.language), io)
  }
  const command = COMMANDS.find((each) => each.name === name)
  if (!command)
    throw unknown(
      'command',
      name,
      COMMANDS.map((each) => each.name),
    )
  const { positionals, values } = readArguments(command, rest)
  if (values.help === true) return showHelp(helpOf(command, io.language), io)
  requireAll(command, positionals, values)

  let config: Config | undefined
  const readOnce = () => (config ??= readConfig(terminal.env))
  if (command.readsConfiguration !== false) readOnce()
  let opening: Promise<Installation> | undefined
  const opened = () => opening?.catch(() => undefined) // why it could not be is told by the command
  const interruption = new AbortController()
  try {
    const open = () =>
      (opening ??= openInstallation(readOnce(), {
        connections: 4,
        asItIs: command.asItIs ?? false,
        onProgress: io.tell,
      }))
    terminal.onInterrupt?.(async () => {
      interruption.abort()
      const late = pause(UNDO_MS, undefined, { ref: false })
      if (command.undoes) await Promise.race([over(), late])
      // One that is only being opened would otherwise leave its PostgreSQL behind.
      await (await Promise.race([opened(), late]))?.close()
    })
    const acting = { kind: 'command-line', act: command.name } as const
    const asked: Asked = {
      positionals,
      flags: values,
      env: terminal.env,
      get config() {
        return readOnce()
      },
      open,
      interrupted: interruption.signal,
    }
    return (await actingAs(acting, () => command.run(asked, io))) ? 0 : 1
  } finally {
    // What a command did is in the log's chain when it ends; where that fails, the next who seals finds it.
    const installation = await opened()
    if (installation && !command.onlyLooks) await sealAll(installation.database).catch(() => undefined)
    await installation?.close()
  }
}

function showHelp(help: string, io: Io): ExitCode {
  io.say(help)
  io.result({ help })
  return 0
}

function readArguments(command: Command, argv: readonly string[]) {
  const flags = { ...command.flags, ...COMMON_FLAGS }
  const options: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean', short: 'h' } }
  for (const [name, flag] of Object.entries(flags)) {
    if (name !== 'help') options[name] = { type: flag.value === undefined ? 'boolean' : 'string' }
  }
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      options,
      allowPositionals: true,
      strict: true,
    })
    return { positionals, values: values as Record<string, string | boolean | undefined> }
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    const flag = /'(?:-\w, )?--?([^'\s=<]+)/.exec(message)?.[1] ?? ''
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
      throw unknown(
        'flag',
        `--${flag}`,
        Object.keys(flags).map((name) => `--${name}`),
      )
    if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
      throw new UsageError('usage.flag-value', {
        vi: flags[flag]?.value
          ? `--${flag} cần một giá trị: --${flag} ${flags[flag].value}`
          : `--${flag} không nhận giá trị`,
        en: flags[flag]?.value
          ? `--${flag} needs a value: --${flag} ${flags[flag].value}`
          : `--${flag} takes no value`,
      })
    }
    throw error
  }
}

function unknown(what: 'command' | 'flag', typed: string, names: readonly string[]): UsageError {
  const close = nearest(typed, names)
  const vi = what === 'command' ? 'Không có lệnh' : 'Không có tùy chọn'
  const en = what === 'command' ? 'There is no command' : 'There is no option'
  return new UsageError(`usage.unknown-${what}`, {
    vi: `${vi} "${typed}".${close ? ` Có phải "${close}"?` : ''} Xem: --help`,
    en: `${en} "${typed}".${close ? ` Did you mean "${close}"?` : ''} See: --help`,
  })
}

function requireAll(
  command: Command,
  positionals: readonly string[],
  values: Readonly<Record<string, unknown>>,
): void {
  const missing = [
    ...command.positionals.slice(positionals.length),
    ...Object.keys(command.flags)
      .filter((name) => command.flags[name]?.required && values[name] === undefined)
      .map((name) => `--${name}`),
  ]
  if (missing.length > 0) {
    const list = missing.join(', ')
    throw new UsageError('usage.missing', {
      vi: `Còn thiếu: ${list}. Xem: ${command.name} --help`,
      en: `Missing: ${list}. See: ${command.name} --help`,
    })
  }
  const surplus = positionals.slice(command.positionals.length)
  if (surplus.length > 0) {
    throw new UsageError('usage.surplus', {
      vi: `Thừa: ${surplus.join(' ')}`,
      en: `Not expected: ${surplus.join(' ')}`,
    })
  }
}

interface Explained {
  readonly exit: ExitCode
  readonly code: string
  readonly message: string
  readonly citation?: string
  readonly facts?: Refusal['facts']
}

/** What went wrong, for the person at the terminal. A defect is told without what it may quote of people. */
async function explain(error: unknown, language: Language): Promise<Explained> {
  if (error instanceof UsageError) return { exit: 2, code: error.code, message: error.words[language] }
  if (error instanceof CommandError) return { exit: 1, code: error.code, message: error.words[language] }
  if (error instanceof ConfigError) return { exit: 2, code: 'configuration', message: error.message }
  if (error instanceof StartError) return { exit: 1, code: 'start', message: error.message }
  if (error instanceof Refusal) return explainRefusal(error, language)
  const { stack, message } = error as Error
  const frames = (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 5)
  const what = language === 'vi' ? 'Chương trình gặp lỗi' : 'The program failed'
  return { exit: 3, code: 'defect', message: [`${what}: ${withoutPersons(message)}`, ...frames].join('\n') }
}

async function explainRefusal(refusal: Refusal, language: Language): Promise<Explained> {
  const { wordsOf } = await import('../refusal-words.ts')
  const { what, why, mend } = wordsOf(refusal, language)
  const { code, citation, facts } = refusal
  return {
    exit: 1,
    code,
    message: [what, why, mend].filter(Boolean).join(' '),
    ...(citation ? { citation } : {}),
    facts,
  }
}
