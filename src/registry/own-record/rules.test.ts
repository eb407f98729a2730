/** Who may do what with a reported error: what is allowed by name, everything else refused. */
import { expect, test } from 'vitest'
import { Refusal } from '../../kernel/refusal.ts'
import { POSITIONS } from '../offices/positions.ts'
import { CORRECTABLE } from './correcting.ts'
import { BUILDING_DECIDES, CELL_LOOKS, cellSettles, isTurnOf, mayAnswer, mayUndo } from './rules.ts'

const codeOf = (act: () => void): string => {
  try {
    act()
    return 'allowed'
  } catch (error) {
    return error instanceof Refusal ? error.code : 'defect'
  }
}

const atCell = {
  memberId: 'member',
  field: 'birthDate',
  stage: 'cell' as const,
  awaitedOrganisation: 'cell',
  awaitedPositions: CELL_LOOKS,
}
const atBuilding = {
  ...atCell,
  stage: 'building' as const,
  awaitedOrganisation: 'ward',
  awaitedPositions: BUILDING_DECIDES,
}
const reader = (position: string, organisationId: string, memberId = 'officer') => ({
  memberId,
  position,
  organisationId,
})

test('it is the turn of two offices of the cell, then of two of the commission, and of no other', () => {
  for (const position of POSITIONS) {
    expect(isTurnOf(atCell, reader(position, 'cell'))).toBe(
      ['cell-secretary', 'cell-deputy-secretary'].includes(position),
    )
    expect(isTurnOf(atCell, reader(position, 'neighbour'))).toBe(false)
    expect(isTurnOf(atBuilding, reader(position, 'ward'))).toBe(
      ['building-head', 'building-officer'].includes(position),
    )
    expect(isTurnOf(atBuilding, reader(position, 'ward', 'member'))).toBe(false)
  }
})

test('a cell settles what the setting says, and nothing else', () => {
  const contact = CORRECTABLE.filter((field) => cellSettles(field, 'contact'))
  expect(contact).toEqual([
    'phone',
    'residenceCountry',
    'residenceProvince',
    'residenceDetail',
    'residenceCommune',
  ])
  expect(CORRECTABLE.filter((field) => cellSettles(field, 'phone'))).toEqual(['phone'])
  expect(CORRECTABLE.filter((field) => cellSettles(field, 'nothing'))).toEqual([])
})

test.each([
  ['cell', 'passed-on', 'birthDate', 'allowed'],
  ['cell', 'declined', 'birthDate', 'allowed'],
  ['cell', 'accepted', 'birthDate', 'correction.decided-above'],
  ['cell', 'accepted', 'phone', 'allowed'],
  ['building', 'accepted', 'birthDate', 'allowed'],
  ['building', 'declined', 'phone', 'allowed'],
  ['building', 'passed-on', 'birthDate', 'correction.passed-already'],
] as const)('at the %s, %s of %s: %s', (stage, status, field, outcome) => {
  const asked = { ...(stage === 'cell' ? atCell : atBuilding), field }
  const office = stage === 'cell' ? reader('cell-secretary', 'cell') : reader('building-officer', 'ward')
  expect(codeOf(() => mayAnswer(asked, office, status, 'contact'))).toBe(outcome)
  const own = { ...office, memberId: 'member' }
  expect(codeOf(() => mayAnswer(asked, own, status, 'contact'))).toBe('correction.own-record')
})

test('taking back: by who decided, once, to the last minute of the last day', () => {
  const until = new Date('2026-11-25T10:00:00Z')
  const decided = {
    memberId: 'member',
    status: 'accepted',
    answeredBy: 'officer',
    undone: false,
    undoUntil: until,
  }
  const code = (change: object, by = 'officer', at = until) =>
    codeOf(() => mayUndo({ ...decided, ...change }, by, at))
  expect(code({})).toBe('allowed')
  expect(code({}, 'officer', new Date(until.getTime() + 1))).toBe('correction.undo-too-late')
  expect(code({}, 'another')).toBe('correction.not-who-decided')
  expect(code({}, 'member')).toBe('correction.own-record')
  expect(code({ undone: true })).toBe('correction.undone-already')
  for (const status of ['open', 'declined', 'withdrawn'])
    expect(code({ status })).toBe('correction.not-written')
})
