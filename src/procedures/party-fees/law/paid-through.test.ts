/** Through which month fees are paid: the first open month decides, whatever was paid after it. */
import { describe, expect, it } from 'vitest'
import { paidThroughOf } from './paid-through.ts'
import type { Period } from './period.ts'

const months = (...all: [Period, number][]) => all.map(([period, openVnd]) => ({ period, openVnd }))

describe('paid through', () => {
  it('says nothing of somebody who was never assessed', () => {
    expect(paidThroughOf([])).toBeUndefined()
  })

  it('is the last month assessed while nothing is open, also where it cost nothing', () => {
    expect(paidThroughOf(months(['2026-05', 0], ['2026-06', 0]))).toEqual({ through: '2026-06', open: [] })
  })

  it('is the month before the first open one, whatever was paid later', () => {
    expect(paidThroughOf(months(['2026-05', 0], ['2026-06', 80_000], ['2026-07', 0]))?.through).toBe(
      '2026-05',
    )
  })

  it('goes back into the year before when January is open', () => {
    expect(paidThroughOf(months(['2027-01', 1]))).toEqual({
      through: '2026-12',
      open: [{ period: '2027-01', openVnd: 1 }],
    })
  })

  it('lists every open month, the oldest first', () => {
    const { open } = paidThroughOf(months(['2026-03', 5], ['2026-04', 0], ['2026-05', 7]))!
    expect(open.map(({ period }) => period)).toEqual(['2026-03', '2026-05'])
  })
})
