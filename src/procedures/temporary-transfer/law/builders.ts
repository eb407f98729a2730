/** Stays, actors and facts for tests of the law: each state is reached by the rules themselves, never written down. */
import { CLOCK, type Actor, type PersonActor } from '../../../kernel/actor.ts'
import { workCalendar } from '../../../kernel/holidays.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { instantAt } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import type { Facts } from './facts.ts'
import type { Place, Tier } from './place.ts'
import type { Command, Status, Stay } from './states.ts'

const place = (id: string, tier: Tier): Place => ({ id, name: id, tier, hasSeal: tier !== 'cell' })
export const PLACES = {
  cell: place('cell', 'cell'),
  ward: place('ward', 'grassroots'),
  city: place('city', 'province'),
  hostCell: place('host-cell', 'cell'),
  host: place('host', 'grassroots'),
} as const

export const TODAY: PlainDate = '2026-09-01'

const CALENDAR = workCalendar([])

const person = (memberId: string, position: string, organisationId: string): PersonActor => ({
  kind: 'person',
  memberId,
  hat: { position, organisationId },
  signedInAt: instantAt(TODAY, 9 * 60),
})

export const ACTORS = {
  member: person('member', 'member', 'cell'),
  cellSecretary: person('cell-secretary', 'cell-secretary', 'cell'),
  wardSecretary: person('ward-secretary', 'committee-secretary', 'ward'),
  wardOfficer: person('ward-officer', 'building-officer', 'ward'),
  wardClerk: person('ward-clerk', 'office-clerk', 'ward'),
  hostSecretary: person('host-secretary', 'committee-secretary', 'host'),
  hostOfficer: person('host-officer', 'building-officer', 'host'),
  hostCellSecretary: person('host-cell-secretary', 'cell-secretary', 'host-cell'),
  stranger: person('stranger', 'committee-secretary', 'elsewhere'),
  clock: CLOCK,
} as const satisfies Record<string, Actor>
export type ActorName = keyof typeof ACTORS

export const context = (actor: Actor, today: PlainDate = TODAY): Context => ({
  actor: actor.kind === 'person' ? { ...actor, signedInAt: instantAt(today, 9 * 60) } : actor,
  at: instantAt(today, 9 * 60),
  today,
  calendar: CALENDAR,
  settings: DEFAULT_SETTINGS,
})

export const FACTS: Facts = {
  member: { id: 'member', type: 'official', standing: 'active' },
  origin: [PLACES.cell, PLACES.ward, PLACES.city],
  host: [PLACES.hostCell, PLACES.host, PLACES.city],
  cell: { place: PLACES.hostCell, chain: [PLACES.hostCell, PLACES.host, PLACES.city] },
  standIn: false,
  otherOpen: false,
  paperId: 'paper',
  number: { number: 1, symbol: 'Số 01-GGT/ĐU' },
  fees: undefined,
  heirs: {},
  moved: false,
  hostGone: false,
}

export const ANSWERS: Stay['answers'] = {
  case: 'work',
  reason: 'Biệt phái',
  from: '2026-09-01',
  to: '2027-02-28',
  hostId: 'host-cell',
  place: 'Trung tâm',
  decisionIssuer: 'Sở Nội vụ',
  decisionIssuedOn: '2026-08-28',
  review: 'Tốt',
  phone: '0900000001',
}

const FILE = { id: 'file', role: 'decision', name: 'a.pdf', sha256: 'x', pages: 1 } as const
const FEES = { feesPaidThrough: '2026-09' }
const AWAY_WORDS = { comment: 'Tốt', leftOn: TODAY, ...FEES }

/** One command after another, each by who may; the events folded as they are in the program. */
export function after(
  stay: Stay | undefined,
  actor: Actor,
  command: Command,
  { today = TODAY, facts = {} }: { readonly today?: PlainDate; readonly facts?: Partial<Facts> } = {},
): Stay {
  const asked = context(actor, today)
  let next = stay
  for (const event of decide(stay, command, { ...FACTS, ...facts }, asked))
    next = evolve(next, event, asked.at)
  return next!
}

type Step = readonly [actor: ActorName, command: Command, today?: PlainDate, facts?: Partial<Facts>]
const BEGUN: readonly Step[] = [
  ['member', { type: 'save-draft', answers: ANSWERS }],
  ['member', { type: 'attach-file', file: FILE }],
]
const SENT: readonly Step[] = [...BEGUN, ['member', { type: 'submit', declared: true }]]
const COMMENTED: readonly Step[] = [
  ...SENT,
  ['cellSecretary', { type: 'comment', meetingOn: TODAY, comment: 'Tốt', ...FEES }],
]
const SIGNED: readonly Step[] = [
  ...COMMENTED,
  ['wardSecretary', { type: 'sign-referral', committeeComment: 'Nhất trí' }],
]
const NUMBERED: readonly Step[] = [...SIGNED, ['wardClerk', { type: 'take-number' }]]
const SEALED: readonly Step[] = [...NUMBERED, ['clock', { type: 'record-seal' }]]
const ASSIGNED: readonly Step[] = [...SEALED, ['hostSecretary', { type: 'assign-cell', cellId: 'host-cell' }]]
const ADMITTED: readonly Step[] = [...ASSIGNED, ['hostCellSecretary', { type: 'admit', meetingOn: TODAY }]]
const BACK: readonly Step[] = [...ADMITTED, ['hostCellSecretary', { type: 'write-return', ...AWAY_WORDS }]]

/** The way to each status. */
const WAYS: Readonly<Record<Status, readonly Step[]>> = {
  draft: BEGUN,
  'sent-back': [...SENT, ['cellSecretary', { type: 'send-back', reason: 'Sửa' }]],
  'cell-review': SENT,
  'committee-review': COMMENTED,
  numbering: SIGNED,
  sealing: NUMBERED,
  'sealing-failed': [...NUMBERED, ['clock', { type: 'record-seal-failure', failure: 'seal.unexpected' }]],
  'at-host': SEALED,
  'host-admission': ASSIGNED,
  active: ADMITTED,
  'extension-asked': [...ADMITTED, ['member', { type: 'ask-extension', until: '2027-03-31', reason: 'x' }]],
  expired: [...ADMITTED, ['clock', { type: 'note-expired' }, '2027-03-01']],
  returning: BACK,
  completed: [...BACK, ['cellSecretary', { type: 'record-return' }]],
  converted: [...ADMITTED, ['member', { type: 'convert', reason: 'x' }]],
  ended: [
    ...ADMITTED,
    [
      'clock',
      { type: 'end', ending: 'died', reason: 'x' },
      TODAY,
      { member: { id: 'member', type: 'official', standing: 'deceased' } },
    ],
  ],
  withdrawn: [...SENT, ['member', { type: 'withdraw', reason: 'x' }]],
  refused: [...SENT, ['cellSecretary', { type: 'refuse', reason: 'x' }]],
  declined: [...SEALED, ['hostOfficer', { type: 'decline', reason: 'x' }]],
}

/** A stay at this status. */
export function stayAt(status: Status): Stay {
  let stay: Stay | undefined
  for (const [actor, command, today, facts] of WAYS[status])
    stay = after(stay, ACTORS[actor], command, { ...(today ? { today } : {}), ...(facts ? { facts } : {}) })
  return stay!
}
