/** The law of the referral, whole: every command × step × actor, the allowed named and the forbidden derived; and how it begins. */
import { describe, expect, test } from 'vitest'
import { CLOCK, type Actor, type PersonActor } from '../../../../kernel/actor.ts'
import { Refusal, refusalOf } from '../../../../kernel/refusal.ts'
import {
  CELL,
  cellSecretary,
  COMMUNE,
  communeLeader,
  communeOfficer,
  DAY,
  MEMBER,
  NEAR_CELL,
  on,
  theMember,
  wearing,
  WORKPLACE,
  workplaceOfficer,
} from '../../law/builders.ts'
import { decide } from './decide.ts'
import { awaited, evolve, parties } from './evolve.ts'
import { NOTHING, type Facts } from './facts.ts'
import {
  isCurrent,
  NEXT,
  STATUSES,
  type Command,
  type CommandType,
  type Referral,
  type Status,
} from './states.ts'

type Later = Exclude<CommandType, 'refer' | 'mark-unreferred'>

const FACTS: Facts = {
  ...NOTHING,
  member: { id: MEMBER, standing: 'active' },
  workplace: WORKPLACE,
  commune: COMMUNE,
  cell: { place: CELL, communeId: COMMUNE.id },
}
const workplaceLeader = () => wearing('committee-secretary', WORKPLACE)
const REFER: Command = { type: 'refer', memberId: MEMBER, communeId: COMMUNE.id, address: 'x' }
const FOLLOW: Command = { type: 'follow-reorganisation' }

function after(
  referral: Referral | undefined,
  command: Command,
  actor: Actor,
  facts: Partial<Facts> = {},
): Referral {
  const context = on(DAY, actor)
  let state = referral
  for (const event of decide(referral, command, { ...FACTS, ...facts }, context))
    state = evolve(state, event, context.at)
  return state!
}

function at(status: Status): Referral {
  const referred = after(undefined, REFER, workplaceLeader())
  const accepted = () => after(referred, { type: 'accept', cellId: CELL.id }, communeLeader())
  const now = { workplace: WORKPLACE, commune: COMMUNE, cell: undefined }
  const made: Record<Status, () => Referral> = {
    referred: () => referred,
    'sent-back': () => after(referred, { type: 'send-back', reason: 'x' }, communeOfficer()),
    accepted,
    'needs-cell': () => after(accepted(), FOLLOW, CLOCK, { now }),
    'not-referred': () =>
      after(undefined, { type: 'mark-unreferred', memberId: MEMBER, ground: 'abroad' }, workplaceOfficer()),
    withdrawn: () => after(referred, { type: 'withdraw', reason: 'x' }, workplaceOfficer()),
    closed: () => after(accepted(), { type: 'close', reason: 'x' }, workplaceOfficer()),
  }
  return made[status]()
}

const ACTORS: Readonly<Record<string, Actor>> = {
  member: theMember(),
  'workplace officer': workplaceOfficer(),
  'workplace leader': workplaceLeader(),
  'workplace clerk': wearing('office-clerk', WORKPLACE),
  'commune officer': communeOfficer(),
  'commune leader': communeLeader(),
  'commune clerk': wearing('office-clerk', COMMUNE),
  'cell secretary': cellSecretary(),
  'officer who is the member': wearing('building-officer', COMMUNE, MEMBER),
  'leader who is the member': wearing('committee-secretary', WORKPLACE, MEMBER),
  administrator: wearing('system-administrator', COMMUNE),
  clock: CLOCK,
}
const WORKPLACES = ['workplace officer', 'workplace leader']
const COMMUNES = ['commune officer', 'commune leader']

const ALLOWED: Readonly<Record<Later, readonly string[]>> = {
  correct: ['workplace leader'],
  withdraw: [...WORKPLACES, 'clock'],
  accept: ['commune leader'],
  'send-back': COMMUNES,
  'assign-cell': COMMUNES,
  'set-exemption': WORKPLACES,
  close: [...WORKPLACES, 'clock'],
  'follow-member': ['clock'],
  'follow-reorganisation': ['clock'],
}
const SAMPLES: { readonly [T in Later]: Extract<Command, { type: T }> } = {
  correct: { type: 'correct', communeId: COMMUNE.id, address: 'y' },
  withdraw: { type: 'withdraw', reason: 'x' },
  accept: { type: 'accept', cellId: CELL.id },
  'send-back': { type: 'send-back', reason: 'x' },
  'assign-cell': { type: 'assign-cell', cellId: NEAR_CELL.id },
  'set-exemption': { type: 'set-exemption', exempt: 'rotated', reason: 'x' },
  close: { type: 'close', reason: 'x' },
  'follow-member': { type: 'follow-member' },
  'follow-reorganisation': { type: 'follow-reorganisation' },
}

describe.each(STATUSES)('at %s', (status) => {
  test.each(Object.keys(SAMPLES) as Later[])('%s', (command) => {
    const cell = command === 'accept' ? CELL : NEAR_CELL
    const facts = {
      ...FACTS,
      cell: { place: cell, communeId: COMMUNE.id },
      now: { workplace: COMMUNE, commune: COMMUNE, cell: CELL },
      workplace: COMMUNE,
    }
    for (const [name, actor] of Object.entries(ACTORS)) {
      // The clock withdraws what is about somebody who is gone.
      const gone = command === 'withdraw' && actor.kind === 'clock'
      const known = gone ? { ...facts, member: { id: MEMBER, standing: 'left' } } : facts
      const refusal = refusalOf(() => decide(at(status), SAMPLES[command], known, on(DAY, actor)))
      const inTime = (NEXT[status] as readonly string[]).includes(command)
      if (!inTime) expect(refusal?.code, name).toBe('residence-referral.not-now')
      else if (ALLOWED[command].includes(name)) expect(refusal?.code, name).toBeUndefined()
      else expect(refusal?.code, name).toMatch(/^residence-referral\.(not-yours|own)$/)
    }
  })
})

test.each<[string, Actor, Partial<Facts>, string | undefined]>([
  ['a leader of the workplace refers', workplaceLeader(), {}, undefined],
  ['an officer prepares and does not sign', workplaceOfficer(), {}, 'residence-referral.not-yours'],
  ['another workplace knows of nobody', communeLeader(), {}, 'member.unknown'],
  ['the member refers nobody', theMember(), {}, 'member.unknown'],
  ['nobody refers oneself', wearing('committee-secretary', WORKPLACE, MEMBER), {}, 'residence-referral.own'],
  ['one waits already', workplaceLeader(), { pending: true }, 'residence-referral.already-pending'],
  ['to what is no commune', workplaceLeader(), { commune: CELL }, 'residence-referral.no-commune'],
  [
    'who died',
    workplaceLeader(),
    { member: { id: MEMBER, standing: 'deceased' } },
    'residence-referral.member-left',
  ],
])('%s', (_name, actor, facts, code) => {
  expect(refusalOf(() => after(undefined, REFER, actor, facts))?.code).toBe(code)
})

test('a cell of another commune is not assigned', () => {
  const elsewhere = { cell: { place: CELL, communeId: 'another' } }
  const accept = () => after(at('referred'), { type: 'accept', cellId: CELL.id }, communeLeader(), elsewhere)
  expect(refusalOf(accept)?.code).toBe('residence-referral.cell-elsewhere')
})

test('what is open has exactly one organisation that answers; what holds may be nobody’s turn', () => {
  for (const status of STATUSES) {
    const referral = at(status)
    const { who, responsible } = awaited(referral)
    expect(who === 'organisation').toBe(['referred', 'sent-back', 'needs-cell'].includes(status))
    expect(parties(referral).filter(({ stage }) => stage === 'now')).toHaveLength(
      responsible === null ? 0 : 1,
    )
  }
  expect(STATUSES.filter((status) => isCurrent({ status }))).toEqual([
    'accepted',
    'needs-cell',
    'not-referred',
  ])
})

test('who refers, corrects or replies signs by it: with a fresh sign-in and a certificate that serves, else nothing is written', () => {
  const cannotSign = new Refusal('against-rule', 'signing.certificate-ended')
  const acts: readonly [Referral | undefined, Command, PersonActor][] = [
    [undefined, REFER, workplaceLeader()],
    [at('sent-back'), SAMPLES.correct, workplaceLeader()],
    [at('referred'), SAMPLES.accept, communeLeader()],
  ]
  for (const [referral, command, actor] of acts) {
    const ask = (facts: Facts, who: Actor) =>
      refusalOf(() => decide(referral, command, facts, { ...on(DAY, who), actor: who }))
    expect(ask({ ...FACTS, cannotSign }, { ...actor, signedInAt: on(DAY, actor).at })).toBe(cannotSign)
    expect(ask(FACTS, { ...actor, signedInAt: new Date(0) })?.code).toBe('identity.stale-sign-in')
  }
})
