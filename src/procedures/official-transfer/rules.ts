/** The law of the official transfer: its numbers, deadlines and who may, each under its citation. */
import { actsForMember, hasFreshSignIn, holds, isThisPerson, type Actor } from '../../kernel/actor.ts'
import { compare, monthOf, type PlainDate, type PlainMonth } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/procedure.ts'
import { addWorkingDays } from '../../kernel/working-time.ts'
import type { WorkCalendar } from '../../kernel/working-time.ts'
import type { Place, Tier } from './route.ts'
import { currentHop, type Answers, type CommandType, type FileRole, type Transfer } from './states.ts'

/** 294-QĐ/TW 6.3.1a, kept by 208-QĐ/TW: the procedure starts within 60 working days of the decision's effect. */
export const START_WORKING_DAYS = 60
export const START_CITATION = '294-QĐ/TW, mục 6.3.1a (208-QĐ/TW kế thừa)'

/** 294-QĐ/TW 6.3.1c: the referral is presented within 30 working days of its date. */
export const PRESENT_WORKING_DAYS = 30
export const PRESENT_CITATION = '294-QĐ/TW, mục 6.3.1c'

/** 338-QĐ/TW art. 14: what is missing is told within 8 working hours. */
export const INTAKE_WORKING_MINUTES = 8 * 60
export const INTAKE_CITATION = '338-QĐ/TW, Điều 14'

/** 294-QĐ/TW 6.3.1, last item: under inspection or with a complaint open, a member is not yet transferred. */
export const BLOCK_CITATION = '294-QĐ/TW, mục 6.3.1 (khoản cuối)'

/** 01-HD/TW 2021, section 10: the self-review covers the year before the transfer. */
export const SELF_REVIEW_CITATION = '01-HD/TW (2021), mục 10'

/** 06-HD/TW 2025, 8.1c: the supplement to the member's file is up to date at the transfer. */
export const SUPPLEMENT_SHEET_CITATION = '06-HD/TW (2025), mục 8.1c'

/** 338-QĐ/TW art. 6(1): wrong or incomplete information is prohibited; the member declares it true. */
export const TRUTH_CITATION = '338-QĐ/TW, Điều 6, khoản 1'

/** 294-QĐ/TW 6.3.1: fees are collected through the month of the letter. */
export const FEES_CITATION = 'Cách ghi giấy giới thiệu: đảng phí thu hết tháng viết giấy'

/** Practice of 30/2020/NĐ-CP as Party bodies follow it (A.4): who signs does not take the number. */
export const SEGREGATION_CITATION = 'Tách người ký và người cấp số (A.4)'

export function startBy(effectiveOn: PlainDate, calendar: WorkCalendar): PlainDate {
  return addWorkingDays(calendar, effectiveOn, START_WORKING_DAYS)
}

export function presentBy(referredOn: PlainDate, calendar: WorkCalendar): PlainDate {
  return addWorkingDays(calendar, referredOn, PRESENT_WORKING_DAYS)
}

/** True when the request comes after the last day of the 60 working days. */
export function isLate(answers: Answers, today: PlainDate, calendar: WorkCalendar): boolean {
  return (
    answers.decisionEffectiveOn !== undefined &&
    compare(today, startBy(answers.decisionEffectiveOn, calendar)) > 0
  )
}

/** Which positions check a dossier, sign its letter, and number and seal it, in an organisation of each tier. */
export const OFFICERS: Record<'check' | 'sign' | 'number', Record<Tier, readonly string[]>> = (() => {
  const cell = ['cell-secretary', 'cell-deputy-secretary']
  const leaders = ['committee-secretary', 'committee-standing-deputy', 'committee-deputy-secretary']
  const building = ['building-head', 'building-officer']
  const clerks = ['office-clerk', 'office-chief']
  const commission = ['commission-head', 'commission-deputy']
  const committee = { check: [...building, ...leaders], sign: leaders, number: clerks }
  const table = (what: 'check' | 'sign' | 'number'): Record<Tier, readonly string[]> => ({
    cell: what === 'number' ? [] : cell,
    intermediate: committee[what],
    grassroots: [
      ...committee[what],
      ...(what === 'number' ? ['cell-deputy-secretary', 'cell-committee-member'] : cell),
    ],
    'direct-superior': committee[what],
    province: committee[what],
    centre: committee[what],
    advisory: {
      check: [...commission, 'commission-officer'],
      sign: commission,
      number: ['commission-clerk', 'commission-officer'],
    }[what],
  })
  return { check: table('check'), sign: table('sign'), number: table('number') }
})()

export function checkers(place: Place): readonly string[] {
  return OFFICERS.check[place.tier]
}
export function signers(place: Place): readonly string[] {
  return OFFICERS.sign[place.tier]
}
export function numberers(place: Place): readonly string[] {
  return OFFICERS.number[place.tier]
}

/** The inspection body's chair sets and lifts blocks for members of the organisations above whom it inspects. */
export const INSPECTORS = ['inspection-chair'] as const

/** The grassroots organisation of the origin: it keeps and hands over the paper file. */
export function originCommittee(transfer: Transfer): Place {
  const place = transfer.origin.find((each) => each.tier === 'grassroots')
  if (!place) throw new Error('an origin without a grassroots organisation was accepted')
  return place
}

export function originCell(transfer: Transfer): Place {
  const place = transfer.origin[0]
  if (!place) throw new Error('a transfer without an origin')
  return place
}

/** Who may ask for a command: one rule each, and nobody else anywhere. Throws the refusal. */
export function mayAsk(command: CommandType, transfer: Transfer, actor: Actor): void {
  if (!MAY[command](transfer, actor))
    throw new Refusal('forbidden', 'transfer.not-yours', { facts: { command } })
  const asMember = BY_MEMBER.has(command) && actsForMember(actor, transfer.memberId)
  if (!asMember && isThisPerson(actor, transfer.memberId)) {
    throw new Refusal('forbidden', 'transfer.own-dossier', {
      citation: 'G.2: không ai tự giải quyết hồ sơ của mình',
    })
  }
}

type May = (transfer: Transfer, actor: Actor) => boolean

const theMember: May = (transfer, actor) => actsForMember(actor, transfer.memberId)
const theClock: May = (_transfer, actor) => actor.kind === 'clock'
const at = (
  actor: Actor,
  place: Place | undefined,
  positions: (place: Place) => readonly string[],
): boolean => place !== undefined && holds(actor, place.id, positions(place))
const cellOfOrigin: May = (transfer, actor) => at(actor, originCell(transfer), checkers)
const handling: May = (transfer, actor) =>
  transfer.hops.length === 0 ? cellOfOrigin(transfer, actor) : at(actor, currentHop(transfer).from, checkers)
const receiving: May = (transfer, actor) => at(actor, transfer.route?.receiver, checkers)
const inspecting: May = (transfer, actor) =>
  transfer.origin.some((place) => holds(actor, place.id, INSPECTORS))
const lastReferrer: May = (transfer, actor) => at(actor, transfer.hops.at(-1)?.from, checkers)
const originOrReferrer: May = (transfer, actor) =>
  at(actor, originCommittee(transfer), checkers) || lastReferrer(transfer, actor)

const MAY: Record<CommandType, May> = {
  'save-draft': theMember,
  'attach-file': theMember,
  'detach-file': theMember,
  submit: theMember,
  withdraw: theMember,
  'accept-intake': cellOfOrigin,
  'extend-intake': cellOfOrigin,
  'ask-supplement': handling,
  'answer-supplement': theMember,
  'remind-supplement': theClock,
  'close-unanswered': handling,
  block: (transfer, actor) => theClock(transfer, actor) || inspecting(transfer, actor),
  'lift-block': (transfer, actor) => theClock(transfer, actor) || inspecting(transfer, actor),
  'sign-referral': (transfer, actor) => at(actor, currentHop(transfer).from, signers),
  'take-number': (transfer, actor) => at(actor, currentHop(transfer).from, numberers),
  'record-seal': theClock,
  'record-seal-failure': theClock,
  'retry-seal': (transfer, actor) => at(actor, currentHop(transfer).from, numberers),
  return: (transfer, actor) =>
    handling(transfer, actor) || (isSealStage(transfer) && at(actor, currentHop(transfer).from, numberers)),
  refuse: handling,
  'hand-over-file': (transfer, actor) =>
    at(actor, originCommittee(transfer), checkers) || at(actor, originCommittee(transfer), numberers),
  'note-overdue': theClock,
  'explain-lateness': (transfer, actor) => theMember(transfer, actor) || originOrReferrer(transfer, actor),
  'report-lost': (transfer, actor) => theMember(transfer, actor) || originOrReferrer(transfer, actor),
  reissue: originOrReferrer,
  'void-referral': originOrReferrer,
  revert: originOrReferrer,
  receive: receiving,
  'assign-cell': receiving,
  'return-from-destination': (transfer, actor) =>
    transfer.status === 'cell-admission'
      ? at(actor, transfer.destinationCell, checkers)
      : receiving(transfer, actor),
  admit: (transfer, actor) => at(actor, transfer.destinationCell, signers),
}

const isSealStage = (transfer: Transfer): boolean =>
  transfer.status === 'numbering' || transfer.status === 'sealing-failed'

/** What the member asks for the own dossier. */
const BY_MEMBER: ReadonlySet<CommandType> = new Set([
  'save-draft',
  'attach-file',
  'detach-file',
  'submit',
  'withdraw',
  'answer-supplement',
  'explain-lateness',
  'report-lost',
])

/** Acts by which somebody signs: 379-QĐ/TW art. 12 wants the person authenticated for the act. */
export const SIGNING: ReadonlySet<CommandType> = new Set([
  'submit',
  'sign-referral',
  'take-number',
  'retry-seal',
  'admit',
  'void-referral',
  'reissue',
  'revert',
])

export function needFreshSignIn(command: CommandType, context: Pick<Context, 'actor' | 'at'>): void {
  if (SIGNING.has(command) && context.actor.kind === 'person' && !hasFreshSignIn(context.actor, context.at)) {
    throw new Refusal('forbidden', 'identity.stale-sign-in', {
      citation: '379-QĐ/TW, Điều 12',
      facts: { minutes: 5 },
    })
  }
}

/** Files a member may add in each situation. */
export function mayAttach(role: FileRole, transfer: Transfer): void {
  const lost = transfer.status === 'papers-lost'
  const supplement = transfer.status === 'supplement-requested'
  const allowed = lost
    ? role === 'police-confirmation'
    : role === 'decision' || role === 'self-review' || (supplement && role === 'supplement')
  if (!allowed) throw new Refusal('against-rule', 'transfer.file-not-asked', { facts: { role } })
}

/** What a request must say before it can be sent: all that is missing at once, never one by one. */
export function missingAnswers(transfer: Transfer, late: boolean): string[] {
  const { answers, files } = transfer
  const required: readonly (keyof Answers)[] = [
    'reason',
    'reasonText',
    'decisionIssuer',
    'decisionEffectiveOn',
    'destinationId',
    'reviewFrom',
    'reviewTo',
    'strengths',
    'weaknesses',
    'phone',
    'address',
  ]
  const missing: string[] = required.filter((field) => answers[field] === undefined || answers[field] === '')
  if (!files.some((file) => file.role === 'decision')) missing.push('decisionFile')
  if (late && !answers.lateExplanation) missing.push('lateExplanation')
  return missing
}

/** Fees are settled through the month in which the letter is written. */
export function feesCover(paidThrough: PlainMonth, today: PlainDate): boolean {
  return paidThrough >= monthOf(today)
}
