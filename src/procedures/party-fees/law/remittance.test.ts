/** Who may do what with a remittance: every standing, every actor; what is not named as allowed is refused. */
import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../../kernel/refusal.ts'
import {
  BELOW_STANDINGS,
  belowStandingOf,
  REMITTANCE_STANDINGS,
  requireMayAnswerDrawing,
  requireMayReceive,
  requireMayReturn,
  requireMaySend,
  standingOfRemittance,
  type RemittanceFacts,
  type RemittanceStanding,
} from './remittance.ts'

const codeOf = (act: () => unknown): string | undefined => refusalOf(act)?.code

const MADE: RemittanceFacts = {
  organisationId: 'cell',
  superiorId: 'ward',
  remitVnd: 30,
  heldVnd: 0,
  madeBy: 'maker',
  sentHow: null,
  sentBy: null,
  sentAt: null,
  receivedAt: null,
  returnedAt: null,
}
const SENT: RemittanceFacts = { ...MADE, sentHow: 'transfer', sentBy: 'sender', sentAt: 'then' }
const CASES: Readonly<Record<RemittanceStanding | 'held', RemittanceFacts>> = {
  made: MADE,
  sent: SENT,
  received: { ...SENT, receivedAt: 'then' },
  held: { ...MADE, heldVnd: 30, sentHow: 'held-above', sentAt: 'then', receivedAt: 'then' },
  kept: { ...MADE, remitVnd: 0 },
  returned: { ...SENT, returnedAt: 'then' },
}

test('each case stands as it is called', () => {
  for (const standing of REMITTANCE_STANDINGS) expect(standingOfRemittance(CASES[standing])).toBe(standing)
  expect(standingOfRemittance(CASES.held)).toBe('received')
})

const ACTS = { send: requireMaySend, receive: requireMayReceive, return: requireMayReturn } as const
const ACTORS = [
  'cell maker',
  'cell sender',
  'cell other',
  'ward maker',
  'ward sender',
  'ward other',
  'stranger other',
]

/** act, case, actors who may; everything else is refused */
const ALLOWED = new Set([
  ...['cell maker', 'cell sender', 'cell other'].map((who) => `send made ${who}`),
  'receive sent ward other',
  ...['cell sender', 'cell other'].flatMap((who) =>
    ['made', 'sent', 'kept', 'held'].map((each) => `return ${each} ${who}`),
  ),
  ...['ward sender', 'ward other'].flatMap((who) => ['sent', 'held'].map((each) => `return ${each} ${who}`)),
])

describe.each(Object.keys(ACTS) as (keyof typeof ACTS)[])('%s', (act) => {
  test.each(Object.keys(CASES) as (keyof typeof CASES)[])('when %s', (which) => {
    for (const who of ACTORS) {
      const [organisationId = '', memberId = ''] = who.split(' ')
      const code = codeOf(() => ACTS[act](CASES[which], { organisationId, memberId, people: [memberId] }))
      expect(`${who}: ${code === undefined}`).toBe(`${who}: ${ALLOWED.has(`${act} ${which} ${who}`)}`)
      if (organisationId === 'stranger') expect(code).toBe('party-fees.remittance-unknown')
    }
  })
})

test.each(['maker', 'sender'])('who acts for %s is no second person', (principal) => {
  const deputyOf = (organisationId: string) => ({
    organisationId,
    memberId: 'deputy',
    people: ['deputy', principal],
  })
  const two = 'party-fees.remittance-two-people'
  expect(codeOf(() => requireMayReceive(SENT, deputyOf('ward')))).toBe(two)
  expect(codeOf(() => requireMayReturn(MADE, deputyOf('cell')))).toBe(principal === 'maker' ? two : undefined)
})

test('from above: each standing, on the last day and the day after', () => {
  const [due, last, after] = ['2026-07-05', '2026-07-05', '2026-07-06']
  const of = (which: keyof typeof CASES) => [{ ...CASES[which], dueOn: due }]
  const seen = [
    belowStandingOf([], 0, due, after),
    belowStandingOf([], 50, due, last),
    belowStandingOf([], 50, due, after),
    belowStandingOf(of('made'), 0, due, last),
    belowStandingOf(of('made'), 0, due, after),
    belowStandingOf(of('sent'), 0, due, after),
    belowStandingOf(of('received'), 0, due, after),
  ]
  expect(seen).toEqual(['nothing', 'due', 'missing', 'made', 'overdue', 'sent', 'received'])
  expect(new Set(seen)).toEqual(new Set(BELOW_STANDINGS))
  expect(belowStandingOf(of('returned'), 50, due, after)).toBe('missing')
  expect(belowStandingOf(of('kept'), 0, due, after)).toBe('received')
})

test('a share paid down is answered once, by another person of whose money it is', () => {
  const drawing = {
    organisationId: 'cell',
    holderId: 'ward',
    paidBy: 'payer',
    confirmedAt: null,
    returnedAt: null,
  }
  const by = (organisationId: string, memberId: string) => ({ organisationId, memberId, people: [memberId] })
  expect(codeOf(() => requireMayAnswerDrawing(drawing, by('cell', 'other')))).toBeUndefined()
  expect(codeOf(() => requireMayAnswerDrawing(drawing, by('ward', 'other')))).toBe(
    'party-fees.drawing-unknown',
  )
  expect(codeOf(() => requireMayAnswerDrawing(drawing, by('cell', 'payer')))).toBe(
    'party-fees.remittance-two-people',
  )
  const deputy = { ...by('cell', 'deputy'), people: ['deputy', 'payer'] }
  expect(codeOf(() => requireMayAnswerDrawing(drawing, deputy))).toBe('party-fees.remittance-two-people')
  for (const answered of [{ confirmedAt: 'then' }, { returnedAt: 'then' }])
    expect(codeOf(() => requireMayAnswerDrawing({ ...drawing, ...answered }, by('cell', 'other')))).toBe(
      'party-fees.drawing-answered',
    )
})
