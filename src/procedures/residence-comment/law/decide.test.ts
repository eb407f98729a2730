/** The law of the comment, whole: every command × step × actor, the allowed named and the forbidden derived; requests; lateness. */
import { describe, expect, test } from 'vitest'
import { CLOCK, type Actor } from '../../../kernel/actor.ts'
import { addDays } from '../../../kernel/plain-date.ts'
import { Refusal, refusalOf } from '../../../kernel/refusal.ts'
import { awaited, parties } from './awaited.ts'
import {
  after,
  at,
  cellSecretary,
  COMMUNE,
  communeLeader,
  communeOfficer,
  CELL,
  COMPLETE,
  DAY,
  FACTS,
  MEMBER,
  NEAR_CELL,
  on,
  REQUEST,
  RESIDENCE,
  theMember,
  wearing,
  WORKPLACE,
  workplaceOfficer,
} from './builders.ts'
import { decide } from './decide.ts'
import type { Facts } from './facts.ts'
import { escalationDue, residenceFor } from './rules.ts'
import { SAMPLES } from './samples.ts'
import { roundYear } from './season.ts'
import { NEXT, STATUSES, type Command, type CommandType, type Status } from './states.ts'

const ACTORS: Readonly<Record<string, Actor>> = {
  member: theMember(),
  'another member': wearing('member', WORKPLACE, 'another'),
  'workplace officer': workplaceOfficer(),
  'workplace leader': wearing('committee-secretary', WORKPLACE),
  'workplace clerk': wearing('office-clerk', WORKPLACE),
  'commune officer': communeOfficer(),
  'commune leader': communeLeader(),
  'commune clerk': wearing('office-clerk', COMMUNE),
  'cell secretary': cellSecretary(),
  'cell committee member': wearing('cell-committee-member', CELL),
  'secretary of another cell': wearing('cell-secretary', NEAR_CELL),
  'secretary who is the member': wearing('cell-secretary', CELL, MEMBER),
  administrator: wearing('system-administrator', COMMUNE),
  clock: CLOCK,
}

type Asked = Exclude<CommandType, 'request'>
const WORKPLACES = ['workplace officer', 'workplace leader']
const COMMUNES = ['commune officer', 'commune leader']
const CELLS = ['cell secretary', 'cell committee member']

/** Everybody who may, by command and step; whoever is not here may not. */
function allowed(command: Asked, status: Status): readonly string[] {
  const table: Record<Asked, readonly string[]> = {
    route: COMMUNES,
    // A draft is the cell's; where the cell is not known yet nobody's.
    'save-draft': CELLS,
    sign: ['cell secretary'],
    'return-to-cell': COMMUNES,
    confirm: ['commune leader'],
    'record-seal': ['clock'],
    'record-seal-failure': ['clock'],
    'retry-seal': COMMUNES,
    'send-back': status === 'cell-signed' || status === 'requested' ? COMMUNES : [...COMMUNES, ...CELLS],
    'ask-again': WORKPLACES,
    file: WORKPLACES,
    cancel: [...WORKPLACES, 'clock'],
    'follow-member': ['clock'],
    escalate: ['clock'],
    'follow-reorganisation': ['clock'],
  }
  return table[command]
}

const COMMANDS = Object.keys(SAMPLES) as Asked[]
const FOLLOWING: Partial<Facts> = {
  now: { workplace: WORKPLACE, commune: COMMUNE, cell: NEAR_CELL },
  workplace: COMMUNE,
}
const GONE: Partial<Facts> = { member: { id: MEMBER, standing: 'deceased' } }

/** A command filled in well enough for its step. */
function wellFormed(command: Asked, status: Status): Command {
  if (command === 'route') return { type: 'route', cellId: NEAR_CELL.id }
  if (command === 'escalate')
    return {
      type: 'escalate',
      level: status === 'requested' || status === 'cell-signed' ? 'province' : 'commune',
    }
  return SAMPLES[command](at(status))
}

describe.each(STATUSES)('at %s', (status) => {
  test.each(COMMANDS)('%s', (command) => {
    for (const [name, actor] of Object.entries(ACTORS)) {
      const comment = at(status)
      const day = command === 'escalate' ? '2026-12-28' : DAY
      // The clock ends what is about somebody who is gone.
      const facts = command === 'cancel' && actor.kind === 'clock' ? GONE : FOLLOWING
      const ask = () => decide(comment, wellFormed(command, status), { ...FACTS, ...facts }, on(day, actor))
      const refusal = refusalOf(ask)
      const inTime = (NEXT[status] as readonly string[]).includes(command)
      if (!inTime) {
        expect(refusal?.code, `${name} at ${status}`).toBe('residence-comment.not-now')
        continue
      }
      if (allowed(command, status).includes(name)) {
        // What is not drafted yet is not signed: the only "no" a rightful hand meets here.
        if (command === 'sign' && status === 'with-cell')
          expect(refusal?.code).toBe('residence-comment.incomplete')
        else expect(refusal?.code, `${name} at ${status}`).toBeUndefined()
      } else expect(refusal?.code, `${name} at ${status}`).toMatch(/^residence-comment\.(not-yours|own)$/)
    }
  })
})

test('the member cancels only what they started, and only before the cell has written', () => {
  const own = after(undefined, { ...REQUEST, memberId: MEMBER }, theMember())
  expect(own.startedBy).toBe('member')
  const cancel = { type: 'cancel', reason: 'x' } as const
  expect(after(own, cancel, theMember()).status).toBe('cancelled')
  const drafted = after(own, COMPLETE, cellSecretary())
  expect(refusalOf(() => after(drafted, cancel, theMember()))?.code).toBe('residence-comment.not-yours')
})

test('signing wants a fresh sign-in', () => {
  const stale = { ...on(DAY, cellSecretary()), actor: cellSecretary() }
  expect(refusalOf(() => decide(at('drafted'), { type: 'sign' }, FACTS, stale))?.code).toBe(
    'identity.stale-sign-in',
  )
})

describe('a request', () => {
  const refused = (facts: Partial<Facts>, command: Partial<typeof REQUEST> | object = {}, day = DAY) =>
    refusalOf(() =>
      decide(
        undefined,
        { ...REQUEST, ...command } as Command,
        { ...FACTS, ...facts },
        on(day, workplaceOfficer()),
      ),
    )?.code

  test.each<[string, Partial<Facts>, object, string | undefined]>([
    ['goes to the cell of the accepted referral', {}, {}, undefined],
    ['no accepted referral', { residences: [] }, {}, 'residence-comment.no-referral'],
    ['not referred at all', { notReferred: true }, {}, 'residence-comment.not-referred'],
    ['exempt', { residences: [{ ...RESIDENCE, exempt: true }] }, {}, 'residence-comment.exempt'],
    [
      'exempt, when needed',
      { residences: [{ ...RESIDENCE, exempt: true }] },
      { purpose: 'when-needed', reason: 'x' },
      undefined,
    ],
    ['when needed, for nothing', {}, { purpose: 'when-needed' }, 'residence-comment.reason-missing'],
    [
      'when needed, of another year',
      {},
      { purpose: 'when-needed', reason: 'x', year: 2025 },
      'residence-comment.wrong-year',
    ],
    ['died', { member: { id: MEMBER, standing: 'deceased' } }, {}, 'residence-comment.member-left'],
    ['left', { member: { id: MEMBER, standing: 'left' } }, {}, 'residence-comment.member-left'],
    [
      'moved to another workplace',
      { workplace: COMMUNE, wasHere: true },
      {},
      'residence-comment.member-moved',
    ],
    ['never here', { workplace: COMMUNE }, {}, 'member.unknown'],
    ['open already', { last: { id: 'other', filed: false } }, {}, 'residence-comment.already-open'],
    ['filed already', { last: { id: 'other', filed: true } }, {}, 'residence-comment.already-filed'],
    [
      'filed already, when needed once more in the year',
      { last: { id: 'other', filed: true } },
      { purpose: 'when-needed', reason: 'x' },
      undefined,
    ],
    [
      'when needed, and one is open',
      { last: { id: 'other', filed: false } },
      { purpose: 'when-needed', reason: 'x' },
      'residence-comment.already-open',
    ],
    ['in place of the filed one', { last: { id: 'other', filed: true } }, { corrects: 'other' }, undefined],
    [
      'in place of one that is not',
      { last: { id: 'other', filed: true } },
      { corrects: 'x' },
      'residence-comment.corrects-unknown',
    ],
    ['in place of nothing', {}, { corrects: 'x' }, 'residence-comment.corrects-unknown'],
  ])('%s', (_name, facts, command, code) => {
    expect(refused(facts, command)).toBe(code)
  })

  test('the round has its first day and its last', () => {
    expect(refused({}, {}, '2026-09-30')).toBe('residence-comment.too-early')
    expect(refused({}, {}, '2026-10-01')).toBeUndefined()
    expect(refused({}, {}, '2027-01-15')).toBeUndefined()
    expect(refused({}, {}, '2027-01-16')).toBe('residence-comment.too-late')
    const province = { province: { askFromMonth: 9, askUntilMonth: 10, returnDecemberDay: 5 } }
    expect(refused(province, {}, '2026-09-01')).toBeUndefined()
    const asked = after(undefined, REQUEST, workplaceOfficer(), { facts: province, day: '2026-11-02' })
    expect(asked).toMatchObject({ late: true, returnBy: '2026-12-05' })
  })

  test('nobody but the member in the cell could sign: the commune acts', () => {
    const comment = after(undefined, REQUEST, workplaceOfficer(), { facts: { othersCanSign: false } })
    expect(awaited(comment).responsible).toBe(COMMUNE.id)
    expect(parties(comment).map(({ organisationId }) => organisationId)).not.toContain(CELL.id)
    const drafted = after(comment, COMPLETE, communeOfficer())
    const signed = after(drafted, { type: 'sign' }, communeLeader())
    expect(refusalOf(() => after(signed, { type: 'confirm' }, communeLeader()))?.code).toBe(
      'residence-comment.same-hand',
    )
    const other = wearing('committee-secretary', COMMUNE)
    expect(after(signed, { type: 'confirm' }, other).status).toBe('sealing')
  })
})

test('the round of a year goes on in January; the clock ends nothing of somebody who is still there', () => {
  const year = (day: string) => roundYear(day, on(day, CLOCK).settings)
  expect([year('2026-12-31'), year('2027-01-15'), year('2027-01-16')]).toEqual([2026, 2026, 2027])
  const cancel = { type: 'cancel', reason: 'x' } as const
  expect(refusalOf(() => after(at('drafted'), cancel, CLOCK))?.code).toBe('residence-comment.nothing-ended')
})

test('it goes along with the member who changes the workplace, and then that one answers in its own time', () => {
  const follow = { type: 'follow-member' } as const
  const facts = { workplace: COMMUNE }
  const day = '2026-11-10'
  const still = { facts: { workplace: WORKPLACE } }
  expect(refusalOf(() => after(at('drafted'), follow, CLOCK, still))?.code).toBe(
    'residence-comment.nothing-to-follow',
  )
  const drafted = after(at('drafted'), follow, CLOCK, { facts, day })
  expect(drafted).toMatchObject({ workplace: COMMUNE, dueAt: at('drafted').dueAt })
  const back = after(at('returned-to-workplace'), follow, CLOCK, { facts, day })
  expect(awaited(back).responsible).toBe(COMMUNE.id)
  expect(back.dueAt).toContain('2026-11-17')
})

test('a cell that can no longer sign has its part done by the commune, which sends it to the same cell once more', () => {
  const again = { type: 'route', cellId: CELL.id } as const
  const cell = { place: CELL, communeId: COMMUNE.id }
  const routed = (othersCanSign: boolean) => () =>
    after(at('drafted'), again, communeOfficer(), { facts: { cell, othersCanSign } })
  expect(refusalOf(routed(true))?.code).toBe('residence-comment.same-cell')
  expect(routed(false)()).toMatchObject({ status: 'drafted', communeActs: true })
})

test('a cell that ends with nobody after it leaves the commune its whole time to choose another', () => {
  const now = { workplace: WORKPLACE, commune: COMMUNE, cell: undefined }
  const late = { facts: { now }, day: '2026-11-23' }
  const followed = after(at('drafted'), { type: 'follow-reorganisation' }, CLOCK, late)
  expect(followed).toMatchObject({ status: 'requested', draft: at('drafted').draft })
  expect(followed.dueAt).toContain('2026-11-26')
})

test('a draft takes only what the form has, and a meeting that has been', () => {
  const save = (fields: object) => () =>
    after(at('with-cell'), { type: 'save-draft', ...fields }, cellSecretary())
  expect(refusalOf(save({ ticks: { example: 'best' } }))?.code).toBe('residence-comment.tick-unknown')
  expect(refusalOf(save({ ticks: { 'reduced-duties': 'good' } }))?.code).toBe(
    'residence-comment.tick-unknown',
  )
  expect(refusalOf(save({ frontBoardMetOn: addDays(DAY, 1) }))?.code).toBe(
    'residence-comment.front-board-in-future',
  )
  const emptied = after(at('drafted'), { type: 'save-draft', ticks: { example: '' } }, cellSecretary())
  expect(emptied.status).toBe('with-cell')
  expect(emptied.draft.ticks.example).toBeUndefined()
})

test('lateness goes to the commune, then to the province; the commune’s own goes to the province', () => {
  const told = (status: Status, day: string) => {
    const comment = at(status)
    return escalationDue(comment, on(day, CLOCK))
  }
  // Asked on 3/11; ten working days end on 17/11. 24/11 is a holiday.
  expect(at('with-cell').dueAt).toContain('2026-11-17')
  expect(told('with-cell', '2026-11-17')).toBeUndefined()
  expect(told('with-cell', '2026-11-19')).toBeUndefined()
  expect(told('with-cell', '2026-11-20')).toBe('commune')
  const once = after(at('with-cell'), { type: 'escalate', level: 'commune' }, CLOCK, { day: '2026-11-20' })
  expect(escalationDue(once, on('2026-11-27', CLOCK))).toBeUndefined()
  expect(escalationDue(once, on('2026-11-30', CLOCK))).toBe('province')
  expect(told('cell-signed', '2026-11-11')).toBe('province')
  expect(told('returned-to-workplace', '2026-12-20')).toBeUndefined()
})

test('the residence of a year is the one where most of it was spent; what is needed now is asked where the member lives', () => {
  const spring = { ...RESIDENCE, referralId: 'spring', acceptedOn: '2026-01-10', closedOn: '2026-04-01' }
  const rest = { ...RESIDENCE, referralId: 'rest', acceptedOn: '2026-04-01' }
  expect(residenceFor([spring, rest], 'yearly', 2026, '2026-11-03')?.referralId).toBe('rest')
  expect(residenceFor([spring, rest], 'yearly', 2026, '2026-05-03')?.referralId).toBe('spring')
  expect(residenceFor([spring, rest], 'when-needed', 2026, '2026-05-03')?.referralId).toBe('rest')
  expect(residenceFor([spring], 'when-needed', 2026, '2026-05-03')).toBeUndefined()
})

test('exactly one organisation answers for every open comment', () => {
  for (const status of STATUSES) {
    const comment = at(status)
    const { who, responsible } = awaited(comment)
    const closed = status === 'filed' || status === 'cancelled'
    expect(who === 'nobody').toBe(closed)
    expect(responsible === null).toBe(closed)
    expect(parties(comment).filter(({ stage }) => stage === 'now')).toHaveLength(closed ? 0 : 1)
  }
})

test('a refusal is a refusal', () => {
  expect(() => decide(undefined, { type: 'sign' }, FACTS, on(DAY, cellSecretary()))).toThrow(Refusal)
})

describe('the request is signed by who asks in an office that signs (7.6)', () => {
  const leader = wearing('committee-secretary', WORKPLACE)
  const ask = (actor: Actor, facts: Partial<Facts> = {}) =>
    decide(undefined, REQUEST, { ...FACTS, ...facts }, on(DAY, actor))
  const ended = new Refusal('against-rule', 'signing.certificate-ended')

  test.each<[string, Actor, boolean]>([
    ['a leader of the workplace', leader, true],
    ['an officer who prepares', workplaceOfficer(), false],
    ['the member', theMember(), false],
  ])('%s', (_name, actor, signs) => {
    const asked = actor.kind === 'person' && actor.hat.position === 'member' ? { memberId: MEMBER } : {}
    expect(after(undefined, { ...REQUEST, ...asked }, actor).requestSigned !== undefined).toBe(signs)
    expect(refusalOf(() => ask(actor, { cannotSign: ended }))?.code).toBe(signs ? ended.code : undefined)
    const stale = { ...on(DAY, actor), actor: { ...actor, signedInAt: new Date(0) } as Actor }
    expect(refusalOf(() => decide(undefined, REQUEST, FACTS, stale))?.code).toBe(
      signs ? 'identity.stale-sign-in' : undefined,
    )
  })

  test('a certificate that ended is told once nothing else stands in the way, and signs nothing in the cell either', () => {
    expect(refusalOf(() => ask(leader, { cannotSign: ended, residences: [] }))?.code).toBe(
      'residence-comment.no-referral',
    )
    const sign = (status: Status) =>
      refusalOf(() =>
        decide(at(status), { type: 'sign' }, { ...FACTS, cannotSign: ended }, on(DAY, cellSecretary())),
      )
    expect(sign('with-cell')?.code).toBe('residence-comment.incomplete')
    expect(sign('drafted')).toBe(ended)
  })
})
