/** Whose month it is around a letter of introduction: no month twice, none lost. */
import { describe, expect, it } from 'vitest'
import { isLeftOpen, ownedMonths } from './introduced.ts'

const OUT = { firstOn: '2026-08-20', writtenOn: '2026-08-20', out: true } as const
const DONE = { ...OUT, out: false } as const

describe('while the letter is out', () => {
  it('its own month is the sending cell’s, to the last day; the next is nobody’s yet', () => {
    expect(isLeftOpen(OUT, '2026-07')).toBe(false)
    expect(isLeftOpen(OUT, '2026-08')).toBe(false)
    expect(isLeftOpen(OUT, '2026-09')).toBe(true)
    expect(isLeftOpen(DONE, '2026-09')).toBe(false)
  })

  it('only the letter’s month is collected, by who counted the member the day before', () => {
    expect(ownedMonths(OUT, '2026-10-05')).toEqual([{ period: '2026-08', day: '2026-08-19' }])
  })
})

describe('when it is out no longer', () => {
  it('admitted in its own month: that month stays where it was', () => {
    expect(ownedMonths(DONE, '2026-08-31')).toEqual([{ period: '2026-08', day: '2026-08-19' }])
  })

  it('the months since are whose the member is today', () => {
    expect(ownedMonths(DONE, '2026-10-05')).toEqual([
      { period: '2026-08', day: '2026-08-19' },
      { period: '2026-09', day: '2026-10-05' },
      { period: '2026-10', day: '2026-10-05' },
    ])
  })

  it('written again in a later month, the sending cell has the months up to it', () => {
    const again = { firstOn: '2026-08-20', writtenOn: '2026-10-02', out: true } as const
    expect(ownedMonths(again, '2026-11-02').map(({ period, day }) => [period, day])).toEqual([
      ['2026-08', '2026-10-01'],
      ['2026-09', '2026-10-01'],
      ['2026-10', '2026-10-01'],
    ])
  })

  it('written on the first of a month, the day before is another month and the month still theirs', () => {
    const first = { firstOn: '2026-09-01', writtenOn: '2026-09-01', out: true } as const
    expect(ownedMonths(first, '2026-09-01')).toEqual([{ period: '2026-09', day: '2026-08-31' }])
  })
})
