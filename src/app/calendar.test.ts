/** The office's calendar: what the law says, what the office entered, and how soon a change counts. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/database.ts'
import { openDatabase, type Database } from '../kernel/db.ts'
import { changeSetting } from '../kernel/settings.ts'
import { isWorkingDay } from '../kernel/working-time.ts'
import {
  calendarDays,
  OFFICE_HOURS_SETTING,
  openCalendar,
  removeCalendarDay,
  saveCalendarDay,
} from './calendar.ts'

let testDatabase: TestDatabase
let database: Database
let now = new Date('2026-11-20T02:00:00Z')
const clock = { now: () => now }

beforeEach(async () => {
  now = new Date('2026-11-20T02:00:00Z')
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url, { connections: 2 })
})

afterEach(async () => {
  await database.close()
  await testDatabase.drop()
})

test('without any row: the holidays of the Labour Code and eight hours a day', async () => {
  const calendar = await openCalendar(database, clock).get()
  expect(isWorkingDay(calendar, '2027-02-08')).toBe(false) // Tết Đinh Mùi is 6/2/2027, a Saturday
  expect(isWorkingDay(calendar, '2026-11-20')).toBe(true)
  expect(calendar.spansOf('2026-11-20')).toEqual([
    { fromMinute: 450, toMinute: 690 },
    { fromMinute: 780, toMinute: 1020 },
  ])
})

test('a swapped day counts as soon as it is saved here, and no longer when it is removed', async () => {
  const calendar = openCalendar(database, clock)
  expect(isWorkingDay(await calendar.get(), '2026-11-21')).toBe(false)
  const swap = { day: '2026-11-21', kind: 'swapped-working', name: 'Làm bù', source: 'Công văn 1' } as const
  await database.transaction((write) => saveCalendarDay(write, swap))
  expect(isWorkingDay(await calendar.get(), '2026-11-21')).toBe(false) // kept until told
  calendar.invalidate()
  expect(isWorkingDay(await calendar.get(), '2026-11-21')).toBe(true)
  expect(await calendarDays(database.read, 2026)).toEqual([swap])
  expect(await calendarDays(database.read, 2027)).toEqual([])
  await database.transaction((write) => removeCalendarDay(write, '2026-11-21'))
  calendar.invalidate()
  expect(isWorkingDay(await calendar.get(), '2026-11-21')).toBe(false)
})

test('new hours count from the day they were set for', async () => {
  const morning = [{ fromMinute: 480, toMinute: 720 }]
  const hours = { 1: morning, 2: morning, 3: morning, 4: morning, 5: morning, 6: morning, 7: [] }
  const change = { value: hours, validFrom: '2026-12-01', reason: 'Giờ mùa đông', setBy: null }
  await database.transaction((write) => changeSetting(write, OFFICE_HOURS_SETTING, change))
  const calendar = openCalendar(database, clock)
  expect(isWorkingDay(await calendar.get(), '2026-12-05')).toBe(false) // a Saturday, by the hours of November
  now = new Date('2026-12-01T02:00:00Z')
  expect(isWorkingDay(await calendar.get(), '2026-12-05')).toBe(true)
})

test('hours without work or in disorder are refused, as is a day without a source', async () => {
  const empty = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] }
  const change = { value: empty, validFrom: '2026-12-01', reason: 'x', setBy: null }
  await expect(
    database.transaction((write) => changeSetting(write, OFFICE_HOURS_SETTING, change)),
  ).rejects.toMatchObject({ code: 'setting.invalid' })
  await expect(
    database.transaction((write) =>
      saveCalendarDay(write, { day: '2026-12-24', kind: 'holiday', name: 'Nghỉ', source: ' ' }),
    ),
  ).rejects.toMatchObject({ code: 'calendar.day-invalid' })
})
