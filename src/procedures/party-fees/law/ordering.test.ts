/** What one order may pay together: open lines of one's own or of one's cell, and nothing else. */
import { expect, test } from 'vitest'
import { Refusal } from '../../../kernel/refusal.ts'
import { MOST_LINES, orderedOf, type Asker, type LineName, type LineStanding } from './ordering.ts'

const OPEN: LineStanding = {
  memberId: 'a',
  period: '2026-06-01',
  number: 0,
  organisationId: 'cell',
  amountVnd: 15_930,
  replaced: false,
  paid: false,
  waiting: false,
}
const OWN: Asker = { kind: 'own', memberId: 'a' }
const CELL: Asker = { kind: 'cell', organisationId: 'cell' }
const line = (more: Partial<LineStanding>): LineStanding => ({ ...OPEN, ...more })

function codeOf(asked: readonly LineName[], found: readonly LineStanding[], asker: Asker): string {
  try {
    orderedOf(asked, found, asker)
    return 'ordered'
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error)
  }
}

test('one’s own open months, together, once each', () => {
  const july = line({ period: '2026-07-01', amountVnd: 20_000 })
  const ordered = orderedOf([OPEN, july, OPEN], [july, OPEN], OWN)
  expect(ordered.lines).toEqual([OPEN, july])
  expect(ordered.amountVnd).toBe(35_930)
  expect(ordered.organisationId).toBe('cell')
})

test('those in charge of a cell order for its members, of its lines alone', () => {
  const other = line({ memberId: 'b' })
  expect(orderedOf([OPEN, other], [OPEN, other], CELL).amountVnd).toBe(31_860)
  const elsewhere = line({ memberId: 'b', organisationId: 'other' })
  expect(codeOf([OPEN, elsewhere], [OPEN, elsewhere], CELL)).toBe('party-fees.line-unknown')
})

test.each([
  ['party-fees.line-paid', line({ paid: true })],
  ['party-fees.line-replaced', line({ replaced: true })],
  ['party-fees.line-replaced', line({ replaced: true, paid: true })],
  ['party-fees.line-waiting', line({ waiting: true })],
  ['party-fees.line-exempt', line({ amountVnd: 0 })],
  ['party-fees.line-unknown', line({ memberId: 'b' })],
])('%s', (code, found) => {
  for (const asker of code === 'party-fees.line-unknown' ? [OWN] : [OWN, CELL])
    expect(codeOf([found], [found], asker)).toBe(code)
})

test('a line that is not there is answered like somebody else’s, whatever it is like', () => {
  expect(codeOf([OPEN], [], OWN)).toBe('party-fees.line-unknown')
  const foreign = line({ memberId: 'b', paid: true })
  expect(codeOf([foreign], [foreign], OWN)).toBe('party-fees.line-unknown')
})

test('nothing, too much, and months of two cells', () => {
  expect(codeOf([], [], OWN)).toBe('party-fees.nothing-chosen')
  const many = Array.from({ length: MOST_LINES + 1 }, (_, number) => line({ number }))
  expect(codeOf(many, many, OWN)).toBe('party-fees.too-many-lines')
  expect(codeOf(many.slice(1), many, OWN)).toBe('ordered')
  const moved = line({ period: '2026-07-01', organisationId: 'other' })
  expect(codeOf([OPEN, moved], [OPEN, moved], OWN)).toBe('party-fees.lines-of-two-cells')
})
