/** The help of the command line, in general and of each command. */
import type { Language } from '../../kernel/plain-date.ts'
import type { Command, Flag } from './command.ts'

const CALL = 'npm run -s dangvu --'

/** Flags that every command takes. */
export const COMMON_FLAGS: Readonly<Record<string, Flag>> = {
  json: {
    words: {
      vi: 'đầu ra chuẩn chỉ là một tài liệu JSON, cả khi có lỗi',
      en: 'standard output is one JSON document alone, also for an error',
    },
  },
  lang: {
    value: 'vi|en',
    words: {
      vi: 'ngôn ngữ (mặc định: en khi LANG=en…, không thì vi)',
      en: 'language (default: en with LANG=en…, else vi)',
    },
  },
  help: { words: { vi: 'hướng dẫn này', en: 'this help' } },
}

const WORDS = {
  vi: {
    title: 'dangvu: thủ tục hành chính của Đảng trực tuyến',
    usage: 'Cách dùng',
    commands: 'Các lệnh',
    flags: 'Tùy chọn',
    required: 'bắt buộc',
    more: `Hướng dẫn của từng lệnh: ${CALL} LỆNH --help`,
    command: 'LỆNH',
    exit: [
      'Mã kết thúc: 0 đã làm xong, câu trả lời là có; 1 không được, hoặc câu trả lời là không; 2 gọi lệnh sai; 3 lỗi của chương trình.',
      'Cấu hình bằng biến môi trường (README): DATABASE_URL, DANGVU_DATA…; không có DATABASE_URL thì dùng cơ sở dữ liệu đi kèm.',
    ],
  },
  en: {
    title: 'dangvu: Party administrative procedures online',
    usage: 'Usage',
    commands: 'Commands',
    flags: 'Options',
    required: 'required',
    more: `Help of a command: ${CALL} COMMAND --help`,
    command: 'COMMAND',
    exit: [
      'Exit codes: 0 done, the answer is yes; 1 not possible, or the answer is no; 2 called wrongly; 3 a fault of the program.',
      'Configured by the environment (README): DATABASE_URL, DANGVU_DATA…; the embedded database without DATABASE_URL.',
    ],
  },
} as const

/** Two columns, the first as wide as its longest entry. */
function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}

export function generalHelp(commands: readonly Command[], language: Language): string {
  const words = WORDS[language]
  return [
    words.title,
    '',
    `${words.usage}: ${CALL} ${words.command} …`,
    '',
    `${words.commands}:`,
    ...columns(commands.map((command) => [shortUsageOf(command), command.summary[language]])),
    '',
    words.more,
    '',
    ...words.exit,
  ].join('\n')
}

export function helpOf(command: Command, language: Language): string {
  const words = WORDS[language]
  const flags = Object.entries({ ...command.flags, ...COMMON_FLAGS }).map(([name, flag]) => {
    const required = flag.required ? ` (${words.required})` : ''
    return [`--${name}${flag.value ? ` ${flag.value}` : ''}`, `${flag.words[language]}${required}`] as const
  })
  return [
    command.summary[language],
    '',
    `${words.usage}: ${CALL} ${usageOf(command)}`,
    '',
    command.about[language],
    '',
    `${words.flags}:`,
    ...columns(flags),
    '',
    ...words.exit,
  ].join('\n')
}

/** In the list of commands: what each must be told; how, says its own help. */
function shortUsageOf(command: Command): string {
  const more = Object.keys(command.flags).length > 0 ? ['…'] : []
  return [command.name, ...command.positionals, ...more].join(' ')
}

function usageOf(command: Command): string {
  const flags = Object.entries(command.flags).map(([name, { value, required }]) => {
    const flag = `--${name}${value ? ` ${value}` : ''}`
    return required ? flag : `[${flag}]`
  })
  return [command.name, ...command.positionals, ...flags].join(' ')
}
