/** What the doctor tells at a terminal: by group, a line each, the fix beneath what is not well. */
import type { Language } from '../../kernel/plain-date.ts'
import { GROUPS, type Level } from './check.ts'
import type { Examined } from './examine.ts'

const MARKS: Readonly<Record<Level, { readonly sign: string; readonly colour: number }>> = {
  ok: { sign: '✓', colour: 32 },
  warn: { sign: '!', colour: 33 },
  wrong: { sign: '✗', colour: 31 },
  unknown: { sign: '?', colour: 36 },
}

/** @param colours false where nobody looks: a file, a pipe, NO_COLOR */
export function reportOf(examined: readonly Examined[], language: Language, colours: boolean): string[] {
  const paint = (text: string, ...codes: readonly number[]) =>
    colours ? `\u001b[${codes.join(';')}m${text}\u001b[0m` : text
  const other = language === 'vi' ? 'en' : 'vi'

  const tell = ({ level, what, fix, lines = [] }: Examined): string[] => {
    const { sign, colour } = MARKS[level]
    const first = `  ${paint(sign, colour)} ${what[language]}`
    if (level === 'ok') return [first]
    return [
      first,
      `    ${paint(what[other], 2)}`,
      ...(fix ? [`    → ${fix[language]}`, `      ${paint(fix[other], 2)}`] : []),
      ...lines.map((line) => `      ${paint(line, 1)}`),
    ]
  }

  const groups = Object.entries(GROUPS).flatMap(([group, words]) => {
    const here = examined.filter((each) => each.group === group)
    return here.length === 0 ? [] : [paint(words[language], 1), ...here.flatMap(tell), '']
  })
  return [...groups, ...summary(examined)]
}

function summary(examined: readonly Examined[]): string[] {
  const count = (level: Level) => examined.filter((each) => each.level === level).length
  const [wrong, warn, unknown] = [count('wrong'), count('warn'), count('unknown')]
  if (wrong + warn + unknown === 0) return ['Mọi thứ đều ổn. (All is well.)']
  return [
    `${wrong} điều sai, ${warn} điều nên sửa, ${unknown} điều chưa khám được. (${wrong} wrong, ${warn} to mend soon, ${unknown} not examined.)`,
  ]
}
