/** Days and months without a clock: plain 'YYYY-MM-DD' and 'YYYY-MM' strings, and the one place that knows Viet Nam's time zone. */

import { Refusal } from './refusal.ts'

/** A day of the Gregorian calendar, 'YYYY-MM-DD', years 0001–9999. Comparing the strings compares the days. */
export type PlainDate = string

/** A month of the Gregorian calendar, 'YYYY-MM'. */
export type PlainMonth = string

/** Monday 1 to Sunday 7 (thứ Hai … Chủ nhật). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** The languages of the screens and papers: Vietnamese first. */
export type Language = 'vi' | 'en'

/** A wall-clock time in Viet Nam: the day, and whole minutes since its midnight (0–1439). */
export interface LocalTime {
  readonly date: PlainDate
  readonly minutes: number
}

/**
 * Asia/Ho_Chi_Minh is UTC+7 without daylight saving since 1975-06-13 (tz database). Instants before that day are not
 * the business of this system and are read with the same offset.
 */
const OFFSET_MS = 7 * 60 * 60 * 1000
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const LAST_DAY_NUMBER = dayNumberOf(9999, 12, 31)
const FIRST_DAY_NUMBER = dayNumberOf(1, 1, 1)

/** Days since 1970-01-01 of a Gregorian day (Howard Hinnant's days_from_civil: exact for every year). */
function dayNumberOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The inverse of `dayNumberOf` (civil_from_days). */
function dateOfDayNumber(number: number): PlainDate {
  if (number < FIRST_DAY_NUMBER || number > LAST_DAY_NUMBER) throw new Refusal('invalid', 'date.out-of-range')
  const shifted = number + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return dateText(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
}

function dateText(year: number, month: number, day: number): PlainDate {
  return `${monthText(year, month)}-${String(day).padStart(2, '0')}`
}

function monthText(year: number, month: number): PlainMonth {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
}

/** The parts of a day, or undefined when the text is not a day that exists. */
function partsOrNothing(text: string): { year: number; month: number; day: number } | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const year = Number(text.slice(0, 4))
  const month = Number(text.slice(5, 7))
  const day = Number(text.slice(8, 10))
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  return { year, month, day }
}

function partsOf(date: PlainDate): { year: number; month: number; day: number } {
  const parts = partsOrNothing(date)
  if (parts === undefined) throw new Refusal('invalid', 'date.invalid')
  return parts
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Whether `text` is a day that exists, written 'YYYY-MM-DD'. */
export function isPlainDate(text: unknown): text is PlainDate {
  return typeof text === 'string' && partsOrNothing(text) !== undefined
}

/** Takes `text` as a day; refuses (invalid, `date.invalid`) what is not one. The text is not repeated: it may be a birthday. */
export function plainDate(text: string): PlainDate {
  partsOf(text)
  return text
}

/** The day `days` later (earlier when negative). Refuses `date.out-of-range` outside the years 0001–9999. */
export function addDays(date: PlainDate, days: number): PlainDate {
  if (!Number.isInteger(days)) throw new RangeError('addDays takes whole days')
  return dateOfDayNumber(dayNumber(date) + days)
}

/** The same day of the month `months` later, or the last day of that month when it is shorter (31/01 + 1 = 28/02). */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const { day } = partsOf(date)
  const month = addToMonth(monthOf(date), months)
  const last = lastDayOf(month)
  return day > Number(last.slice(8)) ? last : `${month}-${date.slice(8)}`
}

/** How many days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** Days since 1970-01-01. */
function dayNumber(date: PlainDate): number {
  const { year, month, day } = partsOf(date)
  return dayNumberOf(year, month, day)
}

/** For sorting: negative when `a` is earlier, 0 when equal, positive when later. Works for months too. */
export function compare(a: PlainDate | PlainMonth, b: PlainDate | PlainMonth): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The day of the week, Monday 1 to Sunday 7. */
export function weekday(date: PlainDate): Weekday {
  const sinceMonday = (dayNumber(date) + 3) % 7
  return ((sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1) as Weekday
}

/** The year of a day. */
export function yearOf(date: PlainDate): number {
  return partsOf(date).year
}

/** Whether `text` is a month written 'YYYY-MM'. */
export function isPlainMonth(text: unknown): text is PlainMonth {
  return typeof text === 'string' && /^\d{4}-\d{2}$/.test(text) && partsOrNothing(`${text}-01`) !== undefined
}

/** Takes `text` as a month; refuses (invalid, `month.invalid`) what is not one. */
export function plainMonth(text: string): PlainMonth {
  if (!isPlainMonth(text)) throw new Refusal('invalid', 'month.invalid')
  return text
}

/** The month a day lies in. */
export function monthOf(date: PlainDate): PlainMonth {
  partsOf(date)
  return date.slice(0, 7)
}

/** The month `months` later (earlier when negative). Refuses `date.out-of-range` outside the years 0001–9999. */
export function addToMonth(month: PlainMonth, months: number): PlainMonth {
  if (!Number.isInteger(months)) throw new RangeError('addToMonth takes whole months')
  const number = monthNumber(month) + months
  const year = Math.floor(number / 12)
  if (year < 1 || year > 9999) throw new Refusal('invalid', 'date.out-of-range')
  return monthText(year, number - year * 12 + 1)
}

/** How many months from `from` to `to`; negative when `to` is earlier. */
export function monthsBetween(from: PlainMonth, to: PlainMonth): number {
  return monthNumber(to) - monthNumber(from)
}

function monthNumber(month: PlainMonth): number {
  plainMonth(month)
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
}

/** The first day of a month. */
export function firstDayOf(month: PlainMonth): PlainDate {
  return `${plainMonth(month)}-01`
}

/** The last day of a month. */
export function lastDayOf(month: PlainMonth): PlainDate {
  plainMonth(month)
  return `${month}-${daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5, 7)))}`
}

/** The day it is in Viet Nam at an instant. */
export function todayIn(instant: Date): PlainDate {
  return localTime(instant).date
}

/** The wall-clock time in Viet Nam at an instant; seconds are cut off. */
export function localTime(instant: Date): LocalTime {
  const local = instant.getTime() + OFFSET_MS
  if (Number.isNaN(local)) throw new RangeError('not an instant')
  const days = Math.floor(local / DAY_MS)
  return { date: dateOfDayNumber(days), minutes: Math.floor((local - days * DAY_MS) / MINUTE_MS) }
}

/** The instant of a wall-clock time in Viet Nam; `minutes` since midnight, 0–1440 (1440 is the end of the day). */
export function instantAt(date: PlainDate, minutes: number): Date {
  if (!(minutes >= 0 && minutes <= 1440))
    throw new RangeError('minutes since midnight lie between 0 and 1440')
  return new Date(dayNumber(date) * DAY_MS + minutes * MINUTE_MS - OFFSET_MS)
}

const WEEKDAYS = {
  vi: ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const

const MONTHS_EN = (
  'January February March April May June July August September October November December' as const
).split(' ')

/** '25/11/2026'; in English '25 November 2026'. */
export function formatDate(date: PlainDate, language: Language = 'vi'): string {
  const { year, month, day } = partsOf(date)
  if (language === 'en') return `${day} ${MONTHS_EN[month - 1]} ${year}`
  return `${date.slice(8)}/${date.slice(5, 7)}/${date.slice(0, 4)}`
}

/** 'thứ Tư, 25/11/2026'; in English 'Wednesday, 25 November 2026'. */
export function formatWeekday(date: PlainDate, language: Language = 'vi'): string {
  return `${WEEKDAYS[language][weekday(date) - 1]}, ${formatDate(date, language)}`
}

/** '09:12 16/11/2026' in Viet Nam's time; in English '09:12, 16 November 2026'. */
export function formatInstant(instant: Date, language: Language = 'vi'): string {
  const { date, minutes } = localTime(instant)
  const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  return `${clock}${language === 'en' ? ',' : ''} ${formatDate(date, language)}`
}

/** 'tháng 01/2026', 'tháng 3/2026' (leading zero for January and February only); in English 'March 2026'. */
export function formatMonth(month: PlainMonth, language: Language = 'vi'): string {
  plainMonth(month)
  const number = Number(month.slice(5))
  if (language === 'en') return `${MONTHS_EN[number - 1]} ${Number(month.slice(0, 4))}`
  return `tháng ${number <= 2 ? `0${number}` : number}/${month.slice(0, 4)}`
}
