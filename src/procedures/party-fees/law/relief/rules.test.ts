/** What may be asked and granted: every kind at its edges, who decides at every level, and who never does. */
import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../../../kernel/refusal.ts'
import { settingsWith } from '../builders.ts'
import {
  actsOn,
  deciderAfterMove,
  deciderOf,
  refuseDecider,
  refuseEnd,
  refuseTerms,
  REDUCTION_PERCENTS,
  RELIEF_KINDS,
  sortOf,
  type Known,
  type Place,
  type ReliefKind,
  type ReliefStatus,
  type Terms,
} from './rules.ts'
import { HARDSHIP_MONTHS, RELIEF_DECIDER, RELIEF_MONTHS_BACK } from './settings.ts'

const KNOWN: Known = {
  askedIn: '2026-11',
  now: '2026-11',
  last: '2027-12',
  settings: settingsWith(),
  others: [],
}
const EXEMPTION = { from: '2026-10-15', until: '2027-03-02' }
const code = (terms: Terms, known: Partial<Known> = {}) =>
  refusalOf(() => refuseTerms(terms, { ...KNOWN, ...known }))?.code
const back = (months: number) => settingsWith([RELIEF_MONTHS_BACK as never, months])

describe('how long', () => {
  test.each(['hardship', 'reduction'] as const)('%s: twelve months are taken, thirteen refused', (kind) => {
    expect(code({ kind, from: '2026-12', until: '2027-11' })).toBe(undefined)
    const refused = refusalOf(() => refuseTerms({ kind, from: '2026-12', until: '2027-12' }, KNOWN))
    expect(refused).toMatchObject({ code: 'party-fees.relief-too-long', facts: { most: 12 } })
    expect(refused?.citation).toContain('Điều 5')
  })
  test('of hardship a setting says how long; of a reduction the Regulation, whatever is set', () => {
    const settings = settingsWith([HARDSHIP_MONTHS as never, 24])
    const two = { from: '2026-12', until: '2028-11' }
    expect(code({ kind: 'hardship', ...two }, { settings })).toBe(undefined)
    expect(code({ kind: 'reduction', ...two }, { settings })).toBe('party-fees.relief-too-long')
  })
  test('a higher fee may run on', () => {
    expect(code({ kind: 'voluntary', from: '2026-12', until: '2030-12' })).toBe(undefined)
  })
  test.each(RELIEF_KINDS)('%s: one month is a stretch, the last before the first is none', (kind) => {
    const exemption = { from: '2026-01-01', until: '2027-12-31' }
    expect(code({ kind, from: '2026-12', until: '2026-12', exemption })).toBe(undefined)
    expect(code({ kind, from: '2026-12', until: '2026-11', exemption })).toBe(
      'party-fees.relief-months-reversed',
    )
  })
})

describe('from when', () => {
  test.each(['hardship', 'reduction'] as const)(
    '%s: from the month of asking, not the one before',
    (kind) => {
      expect(code({ kind, from: '2026-11', until: '2026-12' })).toBe(undefined)
      expect(code({ kind, from: '2026-10', until: '2026-12' })).toBe('party-fees.relief-too-early')
    },
  )
  test('decided in the month after, it still begins with the month of asking', () => {
    expect(code({ kind: 'reduction', from: '2026-11', until: '2026-12' }, { now: '2026-12' })).toBe(undefined)
  })
  test('a setting lets it reach back so many months, and no further', () => {
    expect(code({ kind: 'reduction', from: '2026-08', until: '2026-12' }, { settings: back(3) })).toBe(
      undefined,
    )
    expect(code({ kind: 'reduction', from: '2026-07', until: '2026-12' }, { settings: back(3) })).toBe(
      'party-fees.relief-too-early',
    )
  })
  test('more is given from a coming month: of the decision, not of asking', () => {
    expect(code({ kind: 'voluntary', from: '2026-12', until: '2026-12' })).toBe(undefined)
    expect(code({ kind: 'voluntary', from: '2026-11', until: '2026-12' })).toBe('party-fees.relief-too-early')
    expect(code({ kind: 'voluntary', from: '2026-12', until: '2026-12' }, { now: '2026-12' })).toBe(
      'party-fees.relief-too-early',
    )
  })
  test.each(['hardship', 'reduction', 'voluntary'] as const)(
    '%s: not beyond what schedules reach',
    (kind) => {
      expect(code({ kind, from: '2027-12', until: '2027-12' })).toBe(undefined)
      expect(code({ kind, from: '2028-01', until: '2028-01' })).toBe('party-fees.relief-too-late')
    },
  )
})

describe('late and advance', () => {
  test.each(['late', 'advance'] as const)('%s: the months in which the exemption has a day', (kind) => {
    const exemption = EXEMPTION
    expect(code({ kind, from: '2026-11', until: '2027-03', exemption })).toBe(undefined)
    expect(code({ kind, from: '2026-11', until: '2027-04', exemption })).toBe(
      'party-fees.relief-outside-exemption',
    )
    expect(code({ kind, from: '2026-09', until: '2027-03', exemption })).toBe(
      'party-fees.relief-outside-exemption',
    )
    expect(code({ kind, from: '2026-11', until: '2027-03' })).toBe('party-fees.relief-outside-exemption')
  })
  test('a month gone by may be allowed late, and is not paid ahead', () => {
    const months = { from: '2026-10', until: '2026-12', exemption: EXEMPTION }
    expect(code({ kind: 'late', ...months })).toBe(undefined)
    expect(code({ kind: 'advance', ...months })).toBe('party-fees.relief-too-early')
  })
})

test('two of a sort do not share a month; side by side they may lie', () => {
  const others = [{ from: '2027-01', until: '2027-03' }]
  const asked = (from: string, until: string) => code({ kind: 'reduction', from, until }, { others })
  expect(asked('2026-11', '2026-12')).toBe(undefined)
  expect(asked('2027-04', '2027-06')).toBe(undefined)
  for (const [from, until] of [
    ['2026-11', '2027-01'],
    ['2027-03', '2027-05'],
    ['2027-02', '2027-02'],
    ['2026-12', '2027-04'],
  ] as const)
    expect(asked(from, until)).toBe('party-fees.relief-overlaps')
})

test('exemption for hardship and reduction are one sort; the others each their own', () => {
  expect(RELIEF_KINDS.map(sortOf)).toEqual(['reduction', 'reduction', 'voluntary', 'late', 'advance'])
})

test('what may be taken off', () => {
  expect(REDUCTION_PERCENTS).toEqual([30, 50, 70, 100])
})

const place = (id: string, tier: string, canDecide = true): Place => ({ id, tier, canDecide })
const SUBORDINATE = [
  place('cell', 'cell'),
  place('section', 'intermediate'),
  place('ward', 'grassroots'),
  place('city', 'province'),
]
const BASE = [place('base-cell', 'grassroots'), place('bloc', 'direct-superior'), place('city', 'province')]

describe('who decides', () => {
  const by = (value: 'by-level' | 'cell' | 'committee') => settingsWith([RELIEF_DECIDER as never, value])
  test.each(['hardship', 'reduction'] as const)(
    '%s: a base-level cell itself, of another its base committee',
    (kind) => {
      expect(deciderOf(kind, BASE, by('by-level'))).toBe('base-cell')
      expect(deciderOf(kind, SUBORDINATE, by('by-level'))).toBe('ward')
    },
  )
  test('the setting changes it', () => {
    expect(deciderOf('reduction', SUBORDINATE, by('cell'))).toBe('cell')
    expect(deciderOf('reduction', BASE, by('committee'))).toBe('bloc')
  })
  test('a higher fee: the committee directly above', () => {
    expect(deciderOf('voluntary', SUBORDINATE, by('cell'))).toBe('section')
    expect(deciderOf('voluntary', BASE, by('by-level'))).toBe('bloc')
    expect(deciderOf('voluntary', [place('top', 'centre')], by('by-level'))).toBe('top')
  })
  test.each(['late', 'advance'] as const)('%s: who granted the exemption, if it is on the way up', (kind) => {
    for (const { id } of SUBORDINATE) expect(deciderOf(kind, SUBORDINATE, by('by-level'), id)).toBe(id)
    for (const other of ['elsewhere', undefined])
      expect(refusalOf(() => deciderOf(kind, SUBORDINATE, by('by-level'), other))?.code).toBe(
        'party-fees.relief-granter-unknown',
      )
  })
  test('where nobody is left who may decide it goes to the next above; where nobody is at all it waits', () => {
    const alone = BASE.map((each) => (each.id === 'base-cell' ? { ...each, canDecide: false } : each))
    expect(deciderOf('reduction', alone, by('by-level'))).toBe('bloc')
    const nobody = BASE.map((each) => ({ ...each, canDecide: false }))
    expect(deciderOf('reduction', nobody, by('by-level'))).toBe('base-cell')
  })
})

test('along with the member: whoever was to decide while they are above the new cell, else as for a new request', () => {
  const settings = settingsWith([RELIEF_DECIDER as never, 'by-level'])
  const after = (kind: ReliefKind, decider: string, cell = 'old') =>
    deciderAfterMove(kind, SUBORDINATE, settings, { cell, decider })
  expect(after('reduction', 'city')).toBe('city')
  expect(after('reduction', 'old-ward')).toBe('ward')
  expect(after('reduction', 'old')).toBe('ward')
  expect(after('voluntary', 'old-ward')).toBe('section')
  expect(after('late', 'old')).toBe('section')
  // It was the cell's own to decide, and is, where only what lies above changed.
  expect(after('reduction', 'cell', 'cell')).toBe('cell')
  expect(after('reduction', 'old-ward', 'cell')).toBe('ward')
})

test('nobody decides on the own request, one of the own writing, or after the opinion on it', () => {
  const relief = { memberId: 'm', askedBy: 'a', forwardedBy: 'f' }
  const of = (...people: string[]) => refusalOf(() => refuseDecider(relief, people))?.code
  expect(of('m')).toBe('party-fees.relief-own')
  expect(of('a')).toBe('party-fees.relief-own')
  expect(of('x', 'm')).toBe('party-fees.relief-own')
  expect(of('f')).toBe('party-fees.relief-second-person')
  expect(of('x')).toBe(undefined)
  expect(refusalOf(() => refuseDecider({ ...relief, forwardedBy: null }, ['f']))).toBe(undefined)
})

test('what follows on each standing', () => {
  const ALL: readonly ReliefStatus[] = ['asked', 'forwarded', 'granted', 'refused', 'withdrawn']
  const follows = (cellDecides: boolean) => ALL.map((status) => actsOn({ status, cellDecides }).join(' '))
  expect(follows(false)).toEqual(['withdraw forward', 'withdraw decide', 'end', '', ''])
  expect(follows(true)).toEqual(['withdraw decide', 'withdraw decide', 'end', '', ''])
})

test('what runs ends from a coming month, while it still runs', () => {
  const granted = { from: '2026-10', until: '2027-02' }
  const ends = (from: string, months = granted) => refusalOf(() => refuseEnd(from, months, '2026-11'))?.code
  expect(ends('2026-11')).toBe('party-fees.relief-end-not-coming')
  expect(ends('2026-12')).toBe(undefined)
  expect(ends('2027-02')).toBe(undefined)
  expect(ends('2027-03')).toBe('party-fees.relief-end-too-late')
  const coming = { from: '2027-01', until: '2027-02' }
  expect(ends('2026-12', coming)).toBe('party-fees.relief-end-not-coming')
  expect(ends('2027-01', coming)).toBe(undefined)
})

test('every kind has a sort that is a kind itself', () => {
  for (const kind of RELIEF_KINDS) expect(RELIEF_KINDS).toContain<ReliefKind>(sortOf(kind))
})
