/** A deadline in words with its colour: how near it is, on which weekday, at what time where it is not the end of work. */
import { formatWeekday, localTime, todayIn, type Language } from '../kernel/plain-date.ts'
import { endOfWorkingDay, workingDaysBetween, type WorkCalendar } from '../kernel/working-time.ts'
import type { DeadlineProps } from '../ui/pill.tsx'

/** So many working days before, a deadline is called near. */
const NEAR_WORKING_DAYS = 2

const WORDS = {
  vi: {
    before: (day: string) => `Trước ${day}`,
    today: (clock: string) => `Hôm nay, trước ${clock}`,
    late: (day: string) => `Quá hạn từ ${day}`,
    at: (clock: string, day: string) => `${clock} ${day}`,
  },
  en: {
    before: (day: string) => `Before the end of ${day}`,
    today: (clock: string) => `Today, before ${clock}`,
    late: (day: string) => `Overdue since ${day}`,
    at: (clock: string, day: string) => `${clock} on ${day}`,
  },
}

/** 'Trước thứ Tư, 25/11/2026', 'Hôm nay, trước 16:30', 'Quá hạn từ thứ Hai, 23/11/2026'. */
export function deadlineOf(until: Date, at: Date, calendar: WorkCalendar, language: Language): DeadlineProps {
  const words = WORDS[language]
  const { date } = localTime(until)
  if (until < at) return { tone: 'late', text: words.late(formatWeekday(date, language)) }
  if (date === todayIn(at)) return { tone: 'soon', text: words.today(clockOf(until)) }
  const tone = workingDaysBetween(calendar, todayIn(at), date) <= NEAR_WORKING_DAYS ? 'soon' : 'ok'
  return { tone, text: words.before(dayInWords(until, calendar, language)) }
}

/** The day, with the time of day where a deadline falls in the middle of it. */
export function dayInWords(until: Date, calendar: WorkCalendar, language: Language): string {
  const { date } = localTime(until)
  const day = formatWeekday(date, language)
  const isEndOfWork = endOfWorkingDay(calendar, date).getTime() === until.getTime()
  return isEndOfWork ? day : WORDS[language].at(clockOf(until), day)
}

function clockOf(instant: Date): string {
  const { minutes } = localTime(instant)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
