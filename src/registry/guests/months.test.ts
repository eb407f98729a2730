/** Months of a stay elsewhere, by table: the letter's month, the first and the last day, stays too short for any. */
import { describe, expect, test } from 'vitest'
import { addToMonth } from '../../kernel/plain-date.ts'
import { firstGuestMonth, isGuestMonth, type GuestStay } from './months.ts'

const stay = (writtenOn: string, since: string, until: string): GuestStay => ({
  memberId: 'Lan',
  organisationId: 'B',
  writtenOn,
  since,
  until,
})
const MONTHS = Array.from({ length: 14 }, (_each, index) => addToMonth('2027-01', index))

describe('the months of a guest', () => {
  test.each<[what: string, stay: GuestStay, from: string | undefined, to: string | undefined]>([
    [
      'lent out in March, back in September',
      stay('2027-03-02', '2027-03-10', '2027-09-10'),
      '2027-04',
      '2027-09',
    ],
    [
      'written in one month, begun on the first of the next',
      stay('2027-02-26', '2027-03-01', '2027-06-30'),
      '2027-03',
      '2027-06',
    ],
    [
      'written on the very day it begins, a first',
      stay('2027-03-01', '2027-03-01', '2027-06-30'),
      '2027-04',
      '2027-06',
    ],
    ['the last day is a first', stay('2027-03-02', '2027-03-10', '2027-09-01'), '2027-04', '2027-09'],
    [
      'the last day is the day before a first',
      stay('2027-03-02', '2027-03-10', '2027-08-31'),
      '2027-04',
      '2027-08',
    ],
    [
      'admitted months after the letter',
      stay('2027-03-02', '2027-05-11', '2027-09-10'),
      '2027-06',
      '2027-09',
    ],
    ['extended to the end of the year', stay('2027-03-02', '2027-03-10', '2027-12-31'), '2027-04', '2027-12'],
    ['called back within the month', stay('2027-03-02', '2027-03-10', '2027-03-20'), undefined, undefined],
    ['over before its first day', stay('2027-03-02', '2027-04-01', '2027-03-20'), undefined, undefined],
  ])('%s', (_what, of, from, to) => {
    const wanted = MONTHS.filter((month) => from !== undefined && from <= month && month <= to!)
    expect(MONTHS.filter((month) => isGuestMonth(of, month))).toEqual(wanted)
    expect(firstGuestMonth(of)).toBe(from)
  })
})
