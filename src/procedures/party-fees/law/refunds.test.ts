/** The rules of refunds: every status with every act, every kind of person with every decision, and the days. */
import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../../kernel/refusal.ts'
import {
  holderDiffers,
  isLate,
  linesToRefund,
  NEXT,
  REFUND_ACTS,
  REFUND_STATUSES,
  requireApprovable,
  requireCheckable,
  requireClosable,
  requireMovable,
  requirePayable,
  requireRefusable,
  requireWithdrawable,
  turnOf,
  type RefundAct,
  type RefundFacts,
  type RefundStatus,
} from './refunds.ts'

const FACTS = {
  status: 'asked',
  payerId: 'payer',
  askedBy: 'asker',
  checkedBy: 'first',
  members: ['member'],
  organisationId: 'cell',
  amountVnd: 80_000,
  targets: [],
  holder: 'LE THI NOP',
  payerName: 'Lê Thị Nộp',
  payingId: 'cell',
  approvedOn: '2026-06-05',
} as const
const TODAY = '2026-06-08'

/** Does the act; by somebody whom nothing keeps from it, unless said. */
function ask(
  act: RefundAct,
  status: RefundStatus,
  by = act === 'withdraw' || act === 'close' ? 'asker' : 'other',
) {
  const refund = { ...FACTS, status } satisfies RefundFacts
  const acts: Readonly<Record<RefundAct, () => void>> = {
    check: () => requireCheckable(refund, { people: [by], holderReason: undefined }),
    approve: () => requireApprovable(refund, [by]),
    refuse: () => requireRefusable(refund, [by]),
    withdraw: () => requireWithdrawable(refund, by),
    'pay-out': () =>
      requirePayable(refund, { people: [by], organisationId: 'cell', on: TODAY, today: TODAY }),
    close: () => requireClosable(refund, by),
  }
  return refusalOf(acts[act])?.code
}

describe.each(REFUND_STATUSES)('%s', (status) => {
  test.each(REFUND_ACTS)('%s', (act) => {
    const allowed: readonly RefundAct[] = NEXT[status]
    expect(ask(act, status)).toBe(allowed.includes(act) ? undefined : 'party-fees.refund-moved-on')
  })
})

const STEP: Readonly<Record<RefundAct, RefundStatus>> = {
  check: 'asked',
  approve: 'checked',
  refuse: 'checked',
  withdraw: 'asked',
  'pay-out': 'approved',
  close: 'paid-out',
}
/** Who is kept from what, and by which rule; everybody not named may. */
const KEPT: Readonly<Record<RefundAct, Readonly<Record<string, string>>>> = {
  check: own('payer', 'asker', 'member'),
  approve: { ...own('payer', 'asker', 'member'), first: 'party-fees.refund-second-person' },
  refuse: own('payer', 'asker', 'member'),
  withdraw: strangers('member', 'first', 'other'),
  'pay-out': own('payer'),
  close: strangers('member', 'first', 'other'),
}
function own(...who: string[]): Record<string, string> {
  return Object.fromEntries(who.map((each) => [each, 'party-fees.refund-own-affair']))
}
function strangers(...who: string[]): Record<string, string> {
  return Object.fromEntries(who.map((each) => [each, 'party-fees.refund-not-asked-by-you']))
}

describe.each(REFUND_ACTS)('%s by', (act) => {
  test.each(['payer', 'asker', 'member', 'first', 'other'])('%s', (by) => {
    expect(ask(act, STEP[act], by)).toBe(KEPT[act][by])
  })
})

test.each(['payer', 'asker', 'member', 'first'])('a deputy is kept from what %s is kept from', (whom) => {
  const people = ['deputy', whom]
  const of = (status: RefundStatus) => ({ ...FACTS, status }) satisfies RefundFacts
  const paid = { people, organisationId: 'cell', on: TODAY, today: TODAY }
  const codes = {
    check: refusalOf(() => requireCheckable(of('asked'), { people, holderReason: undefined }))?.code,
    approve: refusalOf(() => requireApprovable(of('checked'), people))?.code,
    refuse: refusalOf(() => requireRefusable(of('checked'), people))?.code,
    'pay-out': refusalOf(() => requirePayable(of('approved'), paid))?.code,
  } as const
  for (const act of ['check', 'approve', 'refuse', 'pay-out'] as const)
    expect([act, codes[act]]).toEqual([act, KEPT[act][whom]])
})

test('whose turn it is, at each status', () => {
  expect(REFUND_STATUSES.map((status) => turnOf({ status }))).toEqual([
    'cell',
    'second-person',
    'who-pays',
    'payer',
    'nobody',
    'nobody',
    'nobody',
  ])
})

test.each([
  ['2026-06-07', true],
  ['2026-06-08', false],
  ['2026-06-09', false],
] as const)('promised for %s, on the 8th it is late: %s', (dueOn, late) => {
  for (const status of REFUND_STATUSES) {
    const open = ['asked', 'checked', 'approved'].includes(status)
    expect(isLate({ status, dueOn }, TODAY)).toBe(late && open)
  }
})

test.each([
  ['LE THI NOP', false],
  ['lê thị nộp', false],
  ['LE THI NOP A', true],
  [null, false],
])('the holder %s differs from the payer: %s', (holder, differs) => {
  expect(holderDiffers({ holder, payerName: 'Lê Thị Nộp' })).toBe(differs)
  const refund = { ...FACTS, holder }
  const check = (holderReason?: string) =>
    refusalOf(() => requireCheckable(refund, { people: ['other'], holderReason }))?.code
  expect(check()).toBe(differs ? 'party-fees.refund-holder-reason' : undefined)
  expect(check('con gái nhận thay')).toBeUndefined()
})

test.each([
  ['2026-06-04', 'party-fees.refund-day-before'],
  ['2026-06-05', undefined],
  ['2026-06-08', undefined],
  ['2026-06-09', 'party-fees.day-to-come'],
])('approved on the 5th, paid out on %s, said on the 8th', (on, code) => {
  const paid = { people: ['other'], organisationId: 'cell', on, today: TODAY }
  expect(refusalOf(() => requirePayable({ ...FACTS, status: 'approved' }, paid))?.code).toBe(code)
})

test('another organisation than the one that holds the money does not pay it out', () => {
  const paid = { people: ['other'], organisationId: 'ward', on: TODAY, today: TODAY }
  expect(refusalOf(() => requirePayable({ ...FACTS, status: 'approved' }, paid))?.code).toBe(
    'party-fees.refund-other-pays',
  )
})

const line = (memberId: string, refunded = false) => ({
  memberId,
  period: '2026-06-01',
  number: 0,
  amountVnd: 1,
  refunded,
})
const nameOf = ({ memberId }: { readonly memberId: string }) => memberId

test.each([
  [['a'], undefined],
  [['a', 'b', 'a'], undefined],
  [[], 'party-fees.nothing-chosen'],
  [['x'], 'party-fees.line-unknown'],
  [['a', 'c'], 'party-fees.refunded-already'],
])('of a, b and c that went back already, ticked %j', (ticked, code) => {
  const paid = [line('a'), line('b'), line('c', true)]
  expect(refusalOf(() => linesToRefund(paid, ticked, nameOf))?.code).toBe(code)
  if (code === undefined)
    expect(linesToRefund(paid, ticked, nameOf).map(nameOf)).toEqual([...new Set(ticked)])
})

const LINE = {
  memberId: 'payer',
  period: '2026-07-01',
  number: 0,
  organisationId: 'cell',
  amountVnd: 80_000,
  replaced: false,
  paid: false,
  waiting: false,
} as const
const HALF = { ...LINE, period: '2026-05-01', amountVnd: 40_000 } as const

test.each([
  [undefined, [LINE]],
  [undefined, [HALF, { ...HALF, memberId: 'member' }]],
  ['party-fees.move-amount', [HALF]],
  ['party-fees.move-amount', [LINE, HALF]],
  ['party-fees.move-other-cell', [{ ...LINE, organisationId: 'other' }]],
  ['party-fees.line-paid', [{ ...LINE, paid: true }]],
  ['party-fees.line-replaced', [{ ...LINE, replaced: true }]],
  ['party-fees.line-waiting', [{ ...LINE, waiting: true }]],
  ['party-fees.line-exempt', [LINE, { ...HALF, amountVnd: 0 }]],
  ['party-fees.nothing-chosen', []],
])('money of a correction goes whole to open lines of the same cell: %s', (code, targets) => {
  expect(refusalOf(() => requireMovable(FACTS, targets))?.code).toBe(code)
  if (targets.length === 0) return
  const refund = { ...FACTS, targets }
  const people = ['other']
  const checked = () => requireCheckable({ ...refund, status: 'asked' }, { people, holderReason: undefined })
  expect(refusalOf(checked)?.code).toBe(code)
  expect(refusalOf(() => requireApprovable({ ...refund, status: 'checked' }, people))?.code).toBe(code)
  expect(refusalOf(() => requireRefusable({ ...refund, status: 'checked' }, people))).toBeUndefined()
})
