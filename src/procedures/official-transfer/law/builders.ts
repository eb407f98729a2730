/** Named places, people, days and stories: what the tests of the transfer's law are told with. */
import { CLOCK, MEMBER_HAT, type Actor, type PersonActor } from '../../../kernel/actor.ts'
import { workCalendar } from '../../../kernel/holidays.ts'
import { instantAt, todayIn } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { DEFAULT_SETTINGS, type SettingsOfDay } from '../../../kernel/settings.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import type { Facts } from './facts.ts'
import type { Chain, Place, Tier } from './route.ts'
import { SAMPLES } from './samples.ts'
import { WITHIN_PROVINCE } from './settings.ts'
import {
  currentHop,
  type Answers,
  type Command,
  type CommandType,
  type Event,
  type Transfer,
} from './states.ts'

const SEALED: ReadonlySet<Tier> = new Set(['grassroots', 'direct-superior', 'province', 'centre', 'advisory'])

export function aPlace(id: string, tier: Tier, more: Partial<Place> = {}): Place {
  return { id, name: id, tier, hasSeal: SEALED.has(tier), armedForces: false, abroad: false, ...more }
}

export const CITY = aPlace('city', 'province')
export const COMMISSION = aPlace('commission', 'advisory')
/** 208-QĐ/TW: wards are grassroots organisations directly under the city. */
export const WARD = aPlace('ward', 'grassroots')
export const PART = aPlace('part', 'intermediate')
export const CELL = aPlace('cell', 'cell')
export const NEAR_CELL = aPlace('near-cell', 'cell')
export const FAR_WARD = aPlace('far-ward', 'grassroots')
export const FAR_CELL = aPlace('far-cell', 'cell')
/** 294-QĐ/TW: communes stand directly above grassroots organisations. */
export const COMMUNE = aPlace('commune', 'direct-superior')
export const SCHOOL = aPlace('school', 'grassroots')
export const SCHOOL_CELL = aPlace('school-cell', 'cell')
export const CLINIC = aPlace('clinic', 'grassroots')
export const FAR_COMMUNE = aPlace('far-commune', 'direct-superior')
export const FAR_SCHOOL = aPlace('far-school', 'grassroots')

/** Where one moves from and to. */
export interface Move {
  readonly origin: Chain
  readonly destination: Chain
  readonly withinProvince?: 'through-commission' | 'direct'
}

export const WARD_TO_WARD: Move = { origin: [CELL, WARD, CITY], destination: [FAR_CELL, FAR_WARD, CITY] }
export const WARD_TO_WARD_DIRECT: Move = { ...WARD_TO_WARD, withinProvince: 'direct' }
export const INSIDE_THE_WARD: Move = { origin: [CELL, WARD, CITY], destination: [NEAR_CELL, WARD, CITY] }
export const OUT_OF_THE_COMMUNE: Move = {
  origin: [SCHOOL_CELL, PART, SCHOOL, COMMUNE, CITY],
  destination: [FAR_SCHOOL, FAR_COMMUNE, CITY],
}

export const MEMBER = 'the-member'

function wearing(position: string, place: Place, memberId = `${position} of ${place.id}`): PersonActor {
  return { kind: 'person', memberId, hat: { position, organisationId: place.id }, signedInAt: new Date(0) }
}

export const theMember = (): PersonActor => wearing(MEMBER_HAT, CELL, MEMBER)
export const theDelegate = (): PersonActor => ({
  ...wearing(MEMBER_HAT, CELL, 'the-delegate'),
  onBehalfOf: { memberId: MEMBER, grantId: 'grant' },
})
export const anotherMember = (): PersonActor => wearing(MEMBER_HAT, CELL, 'another-member')
export const theCellSecretary = (cell = CELL): PersonActor => wearing('cell-secretary', cell)
export const theCellDeputy = (cell = CELL): PersonActor => wearing('cell-deputy-secretary', cell)
export const theLeader = (committee = WARD): PersonActor => wearing('committee-secretary', committee)
export const theBuildingOfficer = (committee = WARD): PersonActor => wearing('building-officer', committee)
export const theClerk = (committee = WARD): PersonActor => wearing('office-clerk', committee)
export const theCommissionHead = (): PersonActor => wearing('commission-head', COMMISSION)
export const theCommissionOfficer = (): PersonActor => wearing('commission-officer', COMMISSION)
export const theCommissionClerk = (): PersonActor => wearing('commission-clerk', COMMISSION)
export const theInspector = (committee = WARD): PersonActor => wearing('inspection-chair', committee)
export const theAdministrator = (): PersonActor => wearing('system-administrator', CITY)

/** The same office, held by the member whom the dossier is about. */
export const whoIsTheMember = (officer: PersonActor): PersonActor => ({ ...officer, memberId: MEMBER })

/** Who signs and who numbers at a hop, whatever its tier. */
export const signerOf = ({ from }: { from: Place }): PersonActor => {
  if (from.tier === 'cell') return theCellSecretary(from)
  return from.tier === 'advisory' ? theCommissionHead() : theLeader(from)
}
export const numbererOf = ({ from }: { from: Place }): PersonActor =>
  from.tier === 'advisory' ? theCommissionClerk() : theClerk(from)

/** An instant from what a wall clock in Viet Nam says: '2026-11-16 09:00'. */
export function at(text: string): Date {
  const [date, hour, minute] = text.split(/[ :]/)
  return instantAt(date!, Number(hour) * 60 + Number(minute))
}

/** Holidays by the law. */
export const CALENDAR = workCalendar([])

/** Who asks, and when; people have just signed in. */
export function by(actor: Actor, instant: Date, settings: SettingsOfDay = DEFAULT_SETTINGS): Context {
  const fresh = actor.kind === 'person' ? { ...actor, signedInAt: instant } : actor
  return { actor: fresh, at: instant, today: todayIn(instant), calendar: CALENDAR, settings }
}

export const ANSWERS: Answers = {
  reason: 'new-unit',
  reasonText: 'Chuyển công tác',
  decisionNumber: '12-QĐ',
  decisionIssuer: 'Ủy ban nhân dân phường',
  decisionEffectiveOn: '2026-11-02',
  destinationId: 'chosen',
  reviewFrom: '2025-11-01',
  reviewTo: '2026-10-31',
  strengths: 'Hoàn thành tốt nhiệm vụ',
  weaknesses: 'Ít tham gia ý kiến',
  phone: '0900000000',
  address: 'Khu phố 1',
}

export const HOLD = { id: 'hold', kind: 'inspection' }
export const DECISION = {
  id: 'decision',
  role: 'decision',
  name: 'qd.pdf',
  sha256: '00',
  pages: 1,
} as const

/** What a story may set otherwise. */
export interface Twist extends Partial<Facts> {
  readonly answers?: Partial<Answers>
  readonly settings?: SettingsOfDay
}

/** A transfer being told: its state, every event with its instant, and the hour it is. */
export interface Story {
  readonly move: Move
  readonly now: Date
  readonly transfer: Transfer | undefined
  readonly told: readonly { readonly event: Event; readonly at: Date }[]
}

/** Ids and numbers that never repeat within a story. */
const fresh = (story: Story): string => String(story.told.length + 1)

export function factsOf(story: Story, twist: Twist = {}): Facts {
  const { origin, destination } = story.move
  const letter = Number(fresh(story))
  return {
    member: { id: MEMBER, type: 'official', standing: 'active' },
    origin,
    destination,
    commission: COMMISSION,
    cell: { place: destination[0]!, chain: destination },
    standIn: undefined,
    holds: [],
    otherOpen: false,
    defects: [],
    paperIds: [`paper-${letter}`, `copy-${letter}`, `notice-${letter}`],
    number: { number: letter, symbol: `Số ${letter}-GGT` },
    fees: undefined,
    ...twist,
  }
}

export function settingsOf(move: Move): SettingsOfDay {
  const within = move.withinProvince
  return within === undefined
    ? DEFAULT_SETTINGS
    : { get: (setting) => (setting.key === WITHIN_PROVINCE.key ? (within as never) : setting.default) }
}

/** A well-formed command of this kind for where the story stands. */
export function sampleOf(story: Story, type: CommandType, actor: Actor = CLOCK): Command {
  if (type === 'save-draft') return { type, answers: ANSWERS }
  if (type === 'block') return { type, holdId: HOLD.id }
  return SAMPLES[type](story.transfer!, by(actor, story.now))
}

/** One step: the command decided and its events folded. Throws what the rules refuse. */
export function step(story: Story, command: Command | CommandType, actor: Actor, twist: Twist = {}): Story {
  const asked = typeof command === 'string' ? sampleOf(story, command, actor) : command
  const context = by(actor, story.now, twist.settings ?? settingsOf(story.move))
  const events = decide(story.transfer, asked, factsOf(story, twist), context)
  const transfer = events.reduce<Transfer | undefined>(
    (state, event) => evolve(state, event, story.now),
    story.transfer,
  )
  return { ...story, transfer, told: [...story.told, ...events.map((event) => ({ event, at: story.now }))] }
}

/** A story with its verbs: each `and` goes one step on; the early ones of a life begin at nothing. */
export interface Telling extends Story {
  readonly transfer: Transfer
  on(instant: Date): Telling
  and(command: Command | CommandType, actor: Actor, twist?: Twist): Telling
}

function telling(story: Story): Telling {
  return {
    ...story,
    transfer: story.transfer!,
    on: (now) => telling({ ...story, now }),
    and: (command, actor, twist) => telling(step(story, command, actor, twist)),
  }
}

export const MONDAY = at('2026-11-16 09:00')

/** `aTransfer().inTransit()`: a life up to there, by the people whose turn it was, all on one Monday morning. */
export function aTransfer(move: Move = WARD_TO_WARD, twist: Twist = {}) {
  const member = theMember()
  const admitter = theCellSecretary(move.destination[0])
  const building = theBuildingOfficer(wardOf(move.destination))
  const isInternal = wardOf(move.origin).id === wardOf(move.destination).id
  const tell = {
    draft: (now = MONDAY): Telling =>
      telling({ move, now, transfer: undefined, told: [] })
        .and({ type: 'save-draft', answers: { ...ANSWERS, ...twist.answers } }, member, twist)
        .and({ type: 'attach-file', file: DECISION }, member, twist),
    technicallyRejected: () => tell.draft().and('submit', member, { ...twist, defects: ['broken'] }),
    received: (now?: Date) => tell.draft(now).and('submit', member, twist),
    cellReview: (now?: Date) =>
      tell.received(now).and('accept-intake', theCellSecretary(move.origin[0]), twist),
    returned: () => tell.cellReview().and('return', theCellSecretary(move.origin[0]), twist),
    /** the letters before this hop (else the last) are sealed; its own waits for the signature */
    reviewing: (hop?: number): Telling => {
      let story = tell.cellReview()
      while (story.transfer.hop < (hop ?? story.transfer.hops.length - 1)) story = passed(story, twist)
      return story
    },
    numbering: (hop?: number) => signed(tell.reviewing(hop), twist),
    sealing: (hop?: number) => numbered(tell.numbering(hop), twist),
    sealingFailed: (hop?: number) => tell.sealing(hop).and('record-seal-failure', CLOCK, twist),
    referred: () => tell.sealing().and('record-seal', CLOCK, twist),
    inTransit: () => tell.referred().and('hand-over-file', theBuildingOfficer(wardOf(move.origin)), twist),
    papersLost: () => tell.inTransit().and('report-lost', member, twist),
    atDestination: () => tell.inTransit().and('receive', building, twist),
    cellAdmission: () =>
      isInternal ? tell.referred() : tell.atDestination().and('assign-cell', building, twist),
    destinationReturned: () =>
      isInternal
        ? tell.cellAdmission().and('return-from-destination', admitter, twist)
        : tell.atDestination().and('return-from-destination', building, twist),
    completed: () => tell.cellAdmission().and('admit', admitter, twist),
  }
  return tell
}

const wardOf = (chain: Chain): Place => chain.findLast((place) => place.tier === 'grassroots')!

const signed = (story: Telling, twist: Twist): Telling =>
  story.and('sign-referral', signerOf(currentHop(story.transfer)), twist)
const numbered = (story: Telling, twist: Twist): Telling =>
  story.and('take-number', numbererOf(currentHop(story.transfer)), twist)

/** This hop signs, numbers and seals; a body without a seal only signs. */
export function passed(story: Telling, twist: Twist = {}): Telling {
  const after = signed(story, twist)
  if (after.transfer.status !== 'numbering') return after
  return numbered(after, twist).and('record-seal', CLOCK, twist)
}
