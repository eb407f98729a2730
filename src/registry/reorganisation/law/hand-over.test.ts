/** Which papers a reorganisation needs and who signs them: each pair of sides, each office, each order of steps. */
import { expect, test } from 'vitest'
import type { PersonActor } from '../../../kernel/actor.ts'
import { refusalOf } from '../../../kernel/refusal.ts'
import { POSITIONS } from '../../offices/positions.ts'
import { compile } from './compile.ts'
import {
  acceptancesOf,
  awaitedSteps,
  handOversOf,
  numberersAt,
  refuseNumbering,
  refuseSigning,
  signersAt,
  type Standing,
} from './hand-over.ts'
import type { Body, KindOfBody, Known } from './known.ts'
import type { NewBody, Plan, Step } from './plan.ts'

/** id, tier, parent; a cell has members unless told otherwise. */
const TREE: readonly (readonly [id: string, tier: string, parent: string | null])[] = [
  ['city', 'province', null],
  ['commission', 'advisory', 'city'],
  ['A', 'grassroots', 'city'],
  ['A-part', 'intermediate', 'A'],
  ['A-office', 'advisory', 'A'],
  ['A1', 'cell', 'A'],
  ['A2', 'cell', 'A'],
  ['A3', 'cell', 'A-part'],
  ['B', 'grassroots', 'city'],
  ['B1', 'cell', 'B'],
]

function bodyOf(id: string): Body {
  const [, tier, parentId] = TREE.find(([each]) => each === id)!
  const path = parentId === null ? `${id}.` : `${bodyOf(parentId).path}${id}.`
  const children = TREE.filter(([, , parent]) => parent === id).map(([child]) => child)
  const active = tier === 'cell' ? 3 : 0
  return {
    id,
    code: null,
    name: id,
    kind: tier,
    tier,
    holdsMembers: tier === 'cell',
    parentId,
    path,
    children,
    active,
    inTransit: 0,
    offices: 0,
  }
}

const KINDS: readonly KindOfBody[] = ['cell', 'intermediate', 'grassroots', 'province', 'advisory'].map(
  (tier) => ({
    code: tier,
    name: tier,
    tier,
    holdsMembers: tier === 'cell',
  }),
)

function planned(steps: readonly Step[], bodies: readonly NewBody[] = []) {
  const plan: Plan = {
    title: '',
    decision: { number: '1', issuer: '', signedOn: '2026-09-01' },
    effectiveOn: '2026-09-01',
    bodies,
    steps,
    continuing: [],
  }
  const all = new Map(TREE.map(([id]) => [id, bodyOf(id)]))
  const known: Known = {
    day: '2026-09-01',
    under: bodyOf('city'),
    bodies: all,
    kinds: new Map(KINDS.map((kind) => [kind.code, kind])),
    members: new Map([['m', 'A1']]),
    codesTaken: new Set(),
    changedLater: new Set(),
  }
  const { changes, problems } = compile(plan, known)
  expect(problems).toEqual([])
  return handOversOf(plan, known, changes)
}

const body = (id: string, kind: string, parentId: string): NewBody => ({
  id,
  code: null,
  name: id,
  kind,
  parentId,
})

const inShort = (handOvers: ReturnType<typeof planned>) =>
  handOvers.map(({ giver, receiver, inside, organisations, members }) => [
    `${giver} → ${receiver}${inside ? ' inside' : ''}`,
    [...organisations].sort().join(' '),
    members.map(({ from, to }) => `${from}>${to}`).join(' '),
  ])

test.each<[string, readonly Step[], readonly NewBody[], unknown]>([
  [
    'one cell goes into another of the same ward: the cells themselves, inside',
    [{ type: 'dissolve', organisation: 'A1', to: 'A2' }],
    [],
    [['A1 → A2 inside', '', 'A1>A2']],
  ],
  [
    'a cell changes its part committee: the committees above it, inside',
    [{ type: 'move', organisation: 'A1', to: 'A-part' }],
    [],
    [['A → A-part inside', 'A1', '']],
  ],
  [
    'a cell goes into one of another ward: the wards',
    [{ type: 'dissolve', organisation: 'A3', to: 'B1' }],
    [],
    [['A → B', '', 'A3>B1']],
  ],
  [
    'a cell moves to another ward: the wards, it is listed whole',
    [{ type: 'move', organisation: 'A1', to: 'B' }],
    [],
    [['A → B', 'A1', '']],
  ],
  [
    'some members move to another ward: by name',
    [{ type: 'part', from: 'A1', to: 'B1', organisations: [], members: ['m'] }],
    [],
    [['A → B', '', 'A1>B1']],
  ],
  [
    'two wards become a new one: each to it; what only advises is not listed',
    [{ type: 'merge', from: ['A', 'B'], into: 'C' }],
    [body('C', 'grassroots', 'city')],
    [
      ['A → C', 'A-part A1 A2', ''],
      ['B → C', 'B1', ''],
    ],
  ],
  [
    'two cells become a new one of their ward',
    [{ type: 'merge', from: ['A1', 'A2'], into: 'N' }],
    [body('N', 'cell', 'A')],
    [
      ['A1 → N inside', '', 'A1>N'],
      ['A2 → N inside', '', 'A2>N'],
    ],
  ],
  ['a new name hands nothing over', [{ type: 'rename', organisation: 'A', name: 'A!' }], [], []],
])('%s', (_, steps, bodies, expected) => {
  expect(inShort(planned(steps, bodies))).toEqual(expected)
})

test('who receives from outside accepts, once; nobody accepts inside, nor the committee that decides', () => {
  const merged = planned([{ type: 'merge', from: ['A', 'B'], into: 'C' }], [body('C', 'grassroots', 'city')])
  expect(acceptancesOf(merged, 'city')).toEqual(['C'])
  expect(acceptancesOf(merged, 'C')).toEqual([])
  expect(acceptancesOf(planned([{ type: 'dissolve', organisation: 'A1', to: 'A2' }]), 'city')).toEqual([])
})

test('what ends hands over its files, what stays does not', () => {
  const [handOver] = planned([{ type: 'merge', from: ['A', 'B'], into: 'B' }])
  expect(handOver).toMatchObject({ giver: 'A', receiver: 'B', ended: expect.arrayContaining(['A']) })
  expect(planned([{ type: 'move', organisation: 'A1', to: 'B' }])[0]!.ended).toEqual([])
})

const side = (id: string, tier = 'grassroots', ended = false) => ({ id, tier, ended })
const minutes = (more: Partial<Standing> = {}): Standing => ({
  kind: 'minutes',
  issuer: side('A'),
  giver: side('A'),
  receiver: side('B'),
  underId: 'city',
  voided: false,
  numbered: false,
  places: ['giver', 'receiver', 'giver-organisation', 'receiver-organisation'],
  acts: new Map(),
  signed: [],
  made: true,
  ...more,
})
const decision = (more: Partial<Standing> = {}): Standing =>
  minutes({
    kind: 'decision',
    giver: null,
    receiver: null,
    places: ['person', 'organisation'],
    made: false,
    ...more,
  })

const person = (position: string, organisationId: string, memberId = 'x'): PersonActor => ({
  kind: 'person',
  memberId,
  hat: { position, organisationId },
  signedInAt: new Date(0),
})
const codeOf = (act: () => void) => refusalOf(act)?.code ?? 'may'

test('the secretary or a deputy signs for a side, in the side’s own office, and nobody else', () => {
  for (const [tier, expected] of [
    ['cell', ['cell-secretary', 'cell-deputy-secretary']],
    ['intermediate', ['committee-secretary', 'committee-standing-deputy', 'committee-deputy-secretary']],
    [
      'grassroots',
      [
        'committee-secretary',
        'committee-standing-deputy',
        'committee-deputy-secretary',
        'cell-secretary',
        'cell-deputy-secretary',
      ],
    ],
  ] as const) {
    const paper = minutes({ giver: side('A', tier) })
    const mayGive = (organisation: string, ledGiver = false) =>
      POSITIONS.filter((position) => {
        const actor = person(position, organisation)
        return codeOf(() => refuseSigning('giver', paper, { actor, ledGiver })) === 'may'
      })
    expect(new Set(mayGive('A'))).toEqual(new Set(expected))
    expect([...mayGive('B'), ...mayGive('city'), ...mayGive('A-office')]).toEqual([])
    // Somebody who led it before is nobody while it is there.
    expect(mayGive('B', true)).toEqual([])
  }
})

test('for a side that ended: who led it last, in whatever hat, or the committee that decided', () => {
  const paper = minutes({ giver: side('A', 'grassroots', true) })
  const give = (actor: PersonActor, ledGiver: boolean) =>
    codeOf(() => refuseSigning('giver', paper, { actor, ledGiver }))
  expect(give(person('member', 'B1'), true)).toBe('may')
  expect(give(person('member', 'B1'), false)).toBe('hand-over.not-yours')
  expect(give(person('committee-secretary', 'city'), false)).toBe('may')
  expect(give(person('office-chief', 'city'), false)).toBe('hand-over.not-yours')
  expect(give(person('committee-secretary', 'B'), false)).toBe('hand-over.not-yours')
  const delegated = { ...person('committee-secretary', 'city'), onBehalfOf: { memberId: 'y', grantId: 'g' } }
  expect(give(delegated, false)).toBe('hand-over.not-yours')
})

test('nobody signs for both sides, nor twice, nor what is void or not there yet', () => {
  const signer = (memberId: string) => ({
    actor: person('committee-secretary', 'B', memberId),
    ledGiver: false,
  })
  const receive = (paper: Standing, memberId = 'x') =>
    codeOf(() => refuseSigning('receiver', paper, signer(memberId)))
  const given = { acts: new Map([['giver', { memberId: 'x' }]]), signed: ['giver'] }
  expect(receive(minutes(given), 'x')).toBe('hand-over.both-sides')
  expect(receive(minutes(given), 'y')).toBe('may')
  expect(receive(minutes({ signed: ['receiver'] }))).toBe('hand-over.not-now')
  expect(receive(minutes({ voided: true }))).toBe('hand-over.not-now')
  expect(receive(minutes({ made: false }))).toBe('hand-over.not-now')
})

test('person, then number, then seal; minutes bear no number', () => {
  expect(awaitedSteps(decision())).toEqual(['person'])
  expect(awaitedSteps(decision({ signed: ['person'] }))).toEqual(['number'])
  expect(awaitedSteps(decision({ signed: ['person'], numbered: true }))).toEqual(['seal'])
  expect(awaitedSteps(decision({ signed: ['person', 'organisation'], numbered: true }))).toEqual([])
  expect(awaitedSteps(decision({ places: ['person'], signed: ['person'], numbered: true }))).toEqual([])
  expect(awaitedSteps(minutes({ made: false }))).toEqual(['made'])
  expect(awaitedSteps(minutes())).toEqual(['giver', 'receiver'])
  expect(awaitedSteps(minutes({ signed: ['receiver'] }))).toEqual(['giver'])
  expect(awaitedSteps(minutes({ signed: ['giver', 'receiver'] }))).toEqual(['seal'])
  expect(awaitedSteps(minutes({ places: ['giver', 'receiver'], signed: ['giver', 'receiver'] }))).toEqual([])
  expect(awaitedSteps(decision({ voided: true }))).toEqual([])
})

test('a clerk of the issuer takes the number, after the signature, and never who signed', () => {
  const signed = decision({ signed: ['person'], acts: new Map([['person', { memberId: 'signer' }]]) })
  const number = (position: string, place: string, memberId = 'x', paper = signed) =>
    codeOf(() => refuseNumbering(paper, person(position, place, memberId)))
  for (const position of POSITIONS)
    expect(number(position, 'A')).toBe(
      numberersAt('grassroots').includes(position) ? 'may' : 'hand-over.not-yours',
    )
  expect(number('office-clerk', 'B')).toBe('hand-over.not-yours')
  expect(number('office-chief', 'A', 'signer')).toBe('hand-over.own-number')
  expect(number('office-clerk', 'A', 'x', decision())).toBe('hand-over.not-now')
  expect(signersAt('province').some((position) => numberersAt('province').includes(position))).toBe(false)
})
