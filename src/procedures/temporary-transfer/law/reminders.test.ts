/** The days before the end of a stay on which a reminder is due: each mark, the day before it and the day after. */
import { expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { furthestReminder, reminderDue } from './reminders.ts'

test.each([
  ['2026-12-31', '2026-11-01', 60, 'sixty days before'],
  ['2026-12-31', '2026-10-31', undefined, 'sixty-one days before'],
  ['2026-12-31', '2026-11-30', 60, 'thirty-one days before'],
  ['2026-12-31', '2026-12-01', 30, 'thirty days before'],
  ['2026-12-31', '2026-12-23', 30, 'eight days before'],
  ['2026-12-31', '2026-12-24', 7, 'seven days before'],
  ['2026-12-31', '2026-12-31', 7, 'on the last day'],
  ['2026-12-31', '2027-01-01', undefined, 'the day after'],
] as const)('a stay until %s, on %s: %s (%s)', (until, today, due, _when) => {
  expect(reminderDue(until, today, DEFAULT_SETTINGS)).toBe(due)
})

test('no stay that ends later than the first mark is looked at', () => {
  expect(furthestReminder(DEFAULT_SETTINGS)).toBe(60)
})
