/** Following up: the share asked for to the line, what lies beside, the order of units, the days of reminding. */
import { describe, expect, it } from 'vitest'
import { isBelow, isNothing, isReminderDue, NOTHING, remainderOf, sortedUnits } from './follow-up.ts'

const of = (lines: number, paidLines: number, dueVnd = 0, paidVnd = 0) => ({
  ...NOTHING,
  lines,
  paidLines,
  dueVnd,
  paidVnd,
})

describe('below a share', () => {
  it('is less than it, not the share itself', () => {
    expect(isBelow(of(10, 8), 80)).toBe(false)
    expect(isBelow(of(10, 7), 80)).toBe(true)
    expect(isBelow(of(1657, 1325), 80)).toBe(true)
    expect(isBelow(of(1657, 1326), 80)).toBe(false)
  })

  it('is nobody without lines, and everybody short of all where all is asked', () => {
    expect(isBelow(of(0, 0), 80)).toBe(false)
    expect(isBelow(of(3, 2), 100)).toBe(true)
    expect(isBelow(of(3, 3), 100)).toBe(false)
  })
})

describe('what lies beside the units', () => {
  it('is nothing when they come to the whole', () => {
    expect(isNothing(remainderOf(of(5, 2, 50, 20), [of(3, 1, 30, 10), of(2, 1, 20, 10)]))).toBe(true)
  })

  it('is what ended or went elsewhere, less what came with other months', () => {
    expect(remainderOf(of(5, 2, 50, 20), [of(3, 1, 30, 10)])).toEqual(of(2, 1, 20, 10))
    expect(remainderOf(of(1, 0, 10, 0), [of(3, 1, 30, 10)])).toEqual(of(-2, -1, -20, -10))
  })
})

it('units come by name, by share from the lowest, by what is owed from the most', () => {
  const units = [
    { name: 'a', ...of(10, 9, 100, 90) },
    { name: 'b', ...of(0, 0) },
    { name: 'c', ...of(10, 1, 100, 10) },
  ]
  const names = (...[sort, down]: [Parameters<typeof sortedUnits>[1], boolean]) =>
    sortedUnits(units, sort, down).map(({ name }) => name)
  expect(names('name', false)).toEqual(['a', 'b', 'c'])
  expect(names('name', true)).toEqual(['c', 'b', 'a'])
  expect(names('share', false)).toEqual(['c', 'a', 'b'])
  expect(names('owed', false)).toEqual(['c', 'a', 'b'])
})

describe('the day of reminding', () => {
  it('is the day and the two after it', () => {
    const due = (today: string) => isReminderDue(today, 20)
    expect(['2026-11-19', '2026-11-20', '2026-11-22', '2026-11-23'].map(due)).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  it('is the last of a month that does not have it', () => {
    expect(isReminderDue('2027-02-27', 31)).toBe(false)
    expect(isReminderDue('2027-02-28', 31)).toBe(true)
    expect(isReminderDue('2027-03-01', 31)).toBe(false)
  })

  it('is never where it is 0', () => {
    expect(isReminderDue('2026-11-30', 0)).toBe(false)
  })
})
