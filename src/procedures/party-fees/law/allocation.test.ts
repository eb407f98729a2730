/** Shares: every kind of organisation under both regimes, what was set for one, the worked cases, and that shares always add up. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { refusalOf } from '../../../kernel/refusal.ts'
import {
  allocationKept,
  allocationOf,
  remitUntil,
  SHARE_CLASSES,
  shareClassOf,
  sharesOf,
  takenFrom,
  type ShareClass,
  type SharePlace,
} from './allocation.ts'
import {
  ALLOCATION_SETTINGS,
  KEEP_CELL_OF_COMMUNE,
  OLD_KEEP_CELL_OTHER,
  REMIT_UNTIL_CELL,
} from './allocation-settings.ts'
import { settingsWith } from './builders.ts'
import { FIRST_PERIOD_OF_01 } from './settings.ts'

const codeOf = (act: () => unknown): string | undefined => refusalOf(act)?.code

const place = (kind: string, tier: string, more: Partial<SharePlace> = {}): SharePlace => ({
  kind,
  tier,
  holdsMembers: tier === 'cell',
  abroad: false,
  baseKind: undefined,
  ...more,
})
const DEFAULTS = { ofFirstDay: DEFAULT_SETTINGS, ofToday: DEFAULT_SETTINGS }

const PLACES: Readonly<Record<ShareClass, SharePlace>> = {
  'cell-of-commune': place('cell', 'cell', { baseKind: 'commune' }),
  'cell-other': place('cell', 'cell', { baseKind: 'grassroots-committee' }),
  commune: place('commune', 'grassroots'),
  'base-other': place('grassroots-committee', 'grassroots'),
  'above-base': place('province', 'province'),
  'cell-abroad': place('cell', 'cell', { abroad: true, baseKind: 'commune' }),
  'committee-abroad': place('grassroots-committee', 'grassroots', { abroad: true }),
  centre: place('centre', 'centre'),
}

/** Kept until 01/2026, and from 02/2026 on, by default. */
const KEPT: Readonly<Record<ShareClass, readonly [number, number]>> = {
  'cell-of-commune': [50, 70],
  'cell-other': [30, 50],
  commune: [90, 70],
  'base-other': [70, 70],
  'above-base': [50, 50],
  'cell-abroad': [30, 30],
  'committee-abroad': [50, 50],
  centre: [100, 100],
}

describe.each(SHARE_CLASSES)('%s', (shareClass) => {
  test('is known by its kind and level', () => {
    expect(shareClassOf(PLACES[shareClass])).toBe(shareClass)
  })

  test.each([
    ['2011-04', 'decision-342', 0],
    ['2026-01', 'decision-342', 0],
    ['2026-02', 'regulation-01', 1],
    ['2030-12', 'regulation-01', 1],
  ] as const)('keeps in %s what %s says', (period, regime, which) => {
    const allocation = allocationOf(PLACES[shareClass], period, DEFAULTS, undefined)
    expect(allocation.keepPercent).toBe(KEPT[shareClass][which])
    expect(allocation.rule).toBe(`${regime}.${shareClass}`)
    // A setting never stands as what the regulation says.
    expect(allocation.certainty === 'C').toBe(allocation.citation !== undefined)
    expect(allocation.certainty === 'C').toBe(allocation.source === undefined)
    expect(allocationKept(allocation, undefined)).toEqual(allocation)
  })

  test('keeps what was set for it, whatever the rule', () => {
    const own = { validFrom: '2026-06-01', keepPercent: 62.5, source: 'Công văn 12' }
    const allocation = allocationOf(PLACES[shareClass], '2026-06', DEFAULTS, own)
    expect(allocationKept(allocation, 'Công văn 12')).toEqual(allocation)
    expect(allocation).toMatchObject({ keepPercent: 62.5, rule: 'own.2026-06-01', source: 'Công văn 12' })
    expect(
      allocationOf(PLACES[shareClass], '2026-06', DEFAULTS, { ...own, keepPercent: null }).keepPercent,
    ).toBe(KEPT[shareClass][1])
  })
})

test('a commune keeps the same on both sides of the day it became a base organisation', () => {
  for (const tier of ['direct-superior', 'grassroots'])
    expect(shareClassOf(place('commune', tier))).toBe('commune')
})

test.each([
  ['part-committee', 'intermediate'],
  ['advisory-body', 'advisory'],
  ['something-new', 'unheard-of'],
])('no rule tells of %s: it is refused, until a share is set for it', (kind, tier) => {
  const asked = place(kind, tier)
  expect(codeOf(() => allocationOf(asked, '2026-06', DEFAULTS, undefined))).toBe('party-fees.share-unknown')
  const own = { validFrom: '2026-02-01', keepPercent: 30, source: 'Kết luận 3' }
  expect(allocationOf(asked, '2026-06', DEFAULTS, own).keepPercent).toBe(30)
})

test('before there was a tariff nothing is shared out', () => {
  expect(codeOf(() => allocationOf(PLACES.commune, '2011-03', DEFAULTS, undefined))).toBe(
    'party-fees.period-before-tariff',
  )
})

test('a month is shared out by the value of its first day; months of the old regime by what is known today', () => {
  const ofFirstDay = settingsWith(
    [KEEP_CELL_OF_COMMUNE as never, 60],
    [OLD_KEEP_CELL_OTHER as never, 31],
    [FIRST_PERIOD_OF_01 as never, '2026-01'],
  )
  const ofToday = settingsWith([KEEP_CELL_OF_COMMUNE as never, 65], [OLD_KEEP_CELL_OTHER as never, 40])
  const settings = { ofFirstDay, ofToday }
  expect(allocationOf(PLACES['cell-of-commune'], '2026-06', settings, undefined).keepPercent).toBe(60)
  expect(allocationOf(PLACES['cell-other'], '2026-01', settings, undefined).keepPercent).toBe(40)
})

test.each([
  ['C21', '2026-06', PLACES['base-other'], 26_100_800, 18_270_560, 7_830_240],
  ['C23', '2026-06', PLACES['cell-of-commune'], 1_234_567, 864_197, 370_370],
  ['C25', '2026-01', PLACES.commune, 10_000_000, 9_000_000, 1_000_000],
] as const)('worked case %s', (_case, period, asked, baseVnd, keepVnd, remitVnd) => {
  const { keepPercent } = allocationOf(asked, period, DEFAULTS, undefined)
  expect(sharesOf(baseVnd, keepPercent)).toEqual({ keepVnd, remitVnd })
})

test('half a đồng is kept', () => {
  expect(sharesOf(1, 50)).toEqual({ keepVnd: 1, remitVnd: 0 })
  expect(sharesOf(3, 50)).toEqual({ keepVnd: 2, remitVnd: 1 })
  expect(sharesOf(1, 49.99)).toEqual({ keepVnd: 0, remitVnd: 1 })
})

const anyMoney = fc.integer({ min: 1, max: 1_000_000_000_000 })
const anyPercent = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100)

test('shares always add up, lie between nothing and all, and are no more than half a đồng off', () => {
  fc.assert(
    fc.property(anyMoney, anyPercent, (baseVnd, percent) => {
      const { keepVnd, remitVnd } = sharesOf(baseVnd, percent)
      expect(keepVnd + remitVnd).toBe(baseVnd)
      expect(Number.isSafeInteger(keepVnd) && keepVnd >= 0 && remitVnd >= 0).toBe(true)
      const exact = BigInt(baseVnd) * BigInt(Math.round(percent * 100))
      const off = BigInt(keepVnd) * 10_000n - exact
      expect(off <= 5_000n && off > -5_000n).toBe(true)
    }),
  )
})

test('more money or a higher percentage never means a smaller kept share', () => {
  fc.assert(
    fc.property(anyMoney, anyMoney, anyPercent, anyPercent, (a, b, p, q) => {
      const [less, more] = a < b ? [a, b] : [b, a]
      const [lower, higher] = p < q ? [p, q] : [q, p]
      expect(sharesOf(less, p).keepVnd).toBeLessThanOrEqual(sharesOf(more, p).keepVnd)
      expect(sharesOf(less, p).remitVnd).toBeLessThanOrEqual(sharesOf(more, p).remitVnd)
      expect(sharesOf(a, lower).keepVnd).toBeLessThanOrEqual(sharesOf(a, higher).keepVnd)
    }),
  )
})

test('what is taken from the two sources is the shares, and never more than there is', () => {
  const anySource = fc.integer({ min: -1_000_000, max: 1_000_000_000 })
  fc.assert(
    fc.property(anySource, anySource, anyPercent, (collected, received, percent) => {
      fc.pre(collected + received > 0)
      const shares = sharesOf(collected + received, percent)
      const { keep, remit } = takenFrom(collected, received, shares)
      expect(keep.dues + keep.receipts).toBe(shares.keepVnd)
      expect(remit.dues + remit.receipts).toBe(shares.remitVnd)
      for (const part of [keep.dues, keep.receipts, remit.dues, remit.receipts])
        expect(part).toBeGreaterThanOrEqual(0)
      expect(keep.dues + remit.dues).toBeLessThanOrEqual(Math.max(0, collected))
      expect(keep.receipts + remit.receipts).toBeLessThanOrEqual(Math.max(0, received))
    }),
  )
})

test('until when: day 5 for cells, day 10 for committees, and a month without the day ends earlier', () => {
  expect(remitUntil('2026-06', 'cell', DEFAULT_SETTINGS)).toBe('2026-07-05')
  expect(remitUntil('2026-12', 'grassroots', DEFAULT_SETTINGS)).toBe('2027-01-10')
  expect(remitUntil('2027-01', 'cell', settingsWith([REMIT_UNTIL_CELL as never, 31]))).toBe('2027-02-28')
})

test('every default fits, and no key stands twice', () => {
  for (const { schema, default: fallback } of ALLOCATION_SETTINGS)
    expect(schema.safeParse(fallback).success).toBe(true)
  expect(new Set(ALLOCATION_SETTINGS.map(({ key }) => key)).size).toBe(ALLOCATION_SETTINGS.length)
})
