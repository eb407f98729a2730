/** The office's calendar (lịch làm việc): statutory holidays, the rows an office corrects, and its hours, as they stand now. */
import { z } from 'zod'
import { sql, type Database, type Read, type Write } from '../kernel/db.ts'
import { workCalendar } from '../kernel/holidays.ts'
import { plainDate, todayIn, type PlainDate } from '../kernel/plain-date.ts'
import { Refusal, refusalOf } from '../kernel/refusal.ts'
import { settingsOn, type Setting } from '../kernel/settings.ts'
import { calendarFrom, OFFICE_HOURS, type WeekHours, type WorkCalendar } from '../kernel/working-time.ts'
import type { Clock } from './clock.ts'

const spans = z.array(
  z.object({ fromMinute: z.number().int().min(0).max(1439), toMinute: z.number().int().min(1).max(1440) }),
)
const weekHours = z
  .object({ 1: spans, 2: spans, 3: spans, 4: spans, 5: spans, 6: spans, 7: spans })
  .refine((hours) => refusalOf(() => calendarFrom({ hours, holidays: () => [] })) === undefined)

/** When the office works; no regulation we could read fixes the minutes. */
export const OFFICE_HOURS_SETTING: Setting<WeekHours> = {
  key: 'calendar.office-hours',
  title: { vi: 'Giờ làm việc trong tuần', en: 'Working hours of the week' },
  certainty: 'I',
  source: '338-QĐ/TW điều 14 tính bằng giờ làm việc nhưng không định giờ làm việc',
  reason: {
    vi: 'Mặc định thứ Hai đến thứ Sáu, 07:30–11:30 và 13:00–17:00; mỗi địa phương quy định giờ của mình.',
    en: 'Monday to Friday, 07:30–11:30 and 13:00–17:00 by default; each province sets its own hours.',
  },
  default: OFFICE_HOURS,
  schema: weekHours,
}

/** One day an office enters by hand when the year's holidays and swaps are announced. */
export interface CalendarDay {
  readonly day: PlainDate
  readonly kind: 'holiday' | 'swapped-rest' | 'swapped-working'
  readonly name: string
  readonly source: string
}

/** The rows of a year, in order. */
export function calendarDays(read: Read, year: number): Promise<CalendarDay[]> {
  return read.rows<CalendarDay>(sql`
    select day, kind, name, source from calendar_day
     where day >= make_date(${year}, 1, 1) and day < make_date(${year + 1}, 1, 1) order by day`)
}

/** @throws Refusal invalid `calendar.day-invalid` for a day without name or source */
export async function saveCalendarDay(write: Write, row: CalendarDay): Promise<void> {
  const { kind, name, source } = row
  if (name.trim() === '' || source.trim() === '') throw new Refusal('invalid', 'calendar.day-invalid')
  await write.run(sql`
    insert into calendar_day (day, kind, name, source) values (${plainDate(row.day)}, ${kind}, ${name}, ${source})
    on conflict (day) do update set kind = excluded.kind, name = excluded.name, source = excluded.source`)
}

export async function removeCalendarDay(write: Write, day: PlainDate): Promise<void> {
  await write.run(sql`delete from calendar_day where day = ${plainDate(day)}`)
}

export interface Calendar {
  get(): Promise<WorkCalendar>
  /** after a change here; other processes see it within `KEPT_MS` */
  invalidate(): void
}

const KEPT_MS = 10_000

/** Reads the calendar when it is first asked for and keeps it for ten seconds, or until the clock's day changes. */
export function openCalendar(database: Database, clock: Clock): Calendar {
  let kept: { calendar: Promise<WorkCalendar>; today: PlainDate; until: number } | undefined
  return {
    get() {
      const today = todayIn(clock.now())
      if (kept === undefined || kept.today !== today || performance.now() > kept.until) {
        const calendar = database.snapshot((read) => readCalendar(read, today))
        kept = { calendar, today, until: performance.now() + KEPT_MS }
        calendar.catch(() => (kept = undefined))
      }
      return kept.calendar
    },
    invalidate: () => (kept = undefined),
  }
}

async function readCalendar(read: Read, today: PlainDate): Promise<WorkCalendar> {
  const rows = await read.rows<CalendarDay>(sql`select day, kind, name, source from calendar_day`)
  const hours = (await settingsOn(read, today)).get(OFFICE_HOURS_SETTING)
  return workCalendar(
    rows.map(({ day, ...row }) => ({ ...row, date: day, standing: 'announced' as const })),
    hours,
  )
}
