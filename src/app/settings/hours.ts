/** Working hours as people write them: one line a day, '07:30-11:30 13:00-17:00'. */
import { Refusal } from '../../kernel/refusal.ts'
import type { WeekHours, WorkSpan } from '../../kernel/working-time.ts'

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** '07:30-11:30 13:00-17:00', or '' for a day of rest. */
export function writeSpans(spans: readonly WorkSpan[]): string {
  return spans.map((span) => `${clock(span.fromMinute)}-${clock(span.toMinute)}`).join(' ')
}

/**
 * Reads the week from seven lines `day1`…`day7`.
 *
 * @throws Refusal invalid `setting.hours-unreadable` naming the days
 */
export function readWeek(fields: Readonly<Record<string, unknown>>): WeekHours {
  const wrong: { field: string; code: string }[] = []
  const days = WEEK.map((day) => {
    const spans = readSpans(String(fields[`day${day}`] ?? ''))
    if (!spans) wrong.push({ field: `day${day}`, code: 'unreadable' })
    return [day, spans ?? []] as const
  })
  if (wrong.length > 0) throw new Refusal('invalid', 'setting.hours-unreadable', { fields: wrong })
  return Object.fromEntries(days) as unknown as WeekHours
}

function readSpans(line: string): WorkSpan[] | undefined {
  const written = line
    .trim()
    .split(/[\s,;]+/)
    .filter(Boolean)
  const spans = written.map((span) => {
    const found = /^(\d{1,2})[:h](\d{2})[-–](\d{1,2})[:h](\d{2})$/.exec(span)
    if (!found) return undefined
    const [fromHour, fromMinute, toHour, toMinute] = found.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
    ]
    return { fromMinute: fromHour * 60 + fromMinute, toMinute: toHour * 60 + toMinute }
  })
  return spans.every((span) => span !== undefined) ? spans : undefined
}
