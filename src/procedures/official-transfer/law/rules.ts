/** The law of the official transfer: its numbers, deadlines and who may, each under its citation. */
import { actsForMember, hasFreshSignIn, holds, isThisPerson, type Actor } from '../../../kernel/actor.ts'
import { compare, monthOf, type PlainDate, type PlainMonth } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { addWorkingDays } from '../../../kernel/working-time.ts'
import type { WorkCalendar } from '../../../kernel/working-time.ts'
import type { KnownFees } from './facts.ts'
import { grassrootsIn, type Place, type Tier } from './route.ts'
import {
  currentHop,
  heirOf,
  type Act,
  type Answers,
  type CommandType,
  type FeesOwed,
  type FileRole,
  type Transfer,
} from './states.ts'

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

/** 06-HD/TW 2025, 8.1c: the supplement to the member's file is up to date at the transfer. */
export const SUPPLEMENT_SHEET_CITATION = '06-HD/TW (2025), mục 8.1c'

/** 338-QĐ/TW art. 6(1): wrong or incomplete information is prohibited; the member declares it true. */
export const TRUTH_CITATION = '338-QĐ/TW, Điều 6, khoản 1'

/** How the letter is filled (05-HD/TCTW 2002, 12-HD/BTCTW 2022): fees are collected through the month in which it is written. */
export const FEES_CITATION = 'Cách ghi giấy giới thiệu: đảng phí thu hết tháng viết giấy'

/** Practice of 30/2020/NĐ-CP as Party bodies follow it: who signs does not take the number. Not a readable Party rule [I]. */
export const SEGREGATION_CITATION = 'Nguyên tắc văn thư: người ký không tự cấp số'

/** Inferred from the roles of the system, not a readable Party rule [I]: nobody handles the own dossier, nor one they filed for another. */
export const OWN_DOSSIER_CITATION =
  'Nguyên tắc của hệ thống: không ai tự giải quyết hồ sơ của mình hoặc hồ sơ mình nộp thay'

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
  // A cell has no clerk; one with a seal (chi bộ cơ sở) numbers by another member of its committee than the signer.
  const cellNumberers = ['cell-deputy-secretary', 'cell-committee-member']
  const leaders = ['committee-secretary', 'committee-standing-deputy', 'committee-deputy-secretary']
  const building = ['building-head', 'building-officer']
  const clerks = ['office-clerk', 'office-chief']
  const commission = ['commission-head', 'commission-deputy']
  const committee = { check: [...building, ...leaders], sign: leaders, number: clerks }
  const table = (what: 'check' | 'sign' | 'number'): Record<Tier, readonly string[]> => ({
    cell: what === 'number' ? cellNumberers : cell,
    intermediate: committee[what],
    grassroots: [...committee[what], ...(what === 'number' ? cellNumberers : cell)],
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
export function originCommittee(transfer: Pick<Transfer, 'origin'>): Place {
  const place = transfer.origin[grassrootsIn(transfer.origin)]
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
  if (!asMember && isOwn(transfer, actor))
    throw new Refusal('forbidden', 'transfer.own-dossier', { citation: OWN_DOSSIER_CITATION })
}

/** The member's own dossier, under whatever hat; or one this person sent for the member, whose content they answer for (338 art. 11). */
function isOwn(transfer: Transfer, actor: Actor): boolean {
  const { memberId, submittedBy } = transfer
  return isThisPerson(actor, memberId) || (submittedBy !== undefined && isThisPerson(actor, submittedBy))
}

/** One pair of hands, also through a delegated office: neither the doer nor the one acted for may be in both. */
export function isSameHand(one: Act, other: Act): boolean {
  const hands = new Set([one.by, one.onBehalfOf].filter((id) => id !== undefined))
  return hands.has(other.by) || (other.onBehalfOf !== undefined && hands.has(other.onBehalfOf))
}

/** Who may be transferred: members, also those exempt from activity (miễn sinh hoạt); nobody who left, was removed or died. */
export function isStillMember(member: { readonly standing: string } | undefined): boolean {
  return member?.standing === 'active' || member?.standing === 'exempt'
}

/**
 * Who acts for a place on this dossier: itself, or the committee above a cell whose only officer is the member. Inferred
 * from the roles of the system, not a readable Party rule [I]: nobody handles the own dossier, so it goes to the deputy,
 * and where there is none to the committee above.
 */
export function actingFor(transfer: Transfer, place: Place): Place {
  const standIn = transfer.standIns?.find(({ cellId }) => cellId === place.id)?.by
  return standIn ? heirOf(transfer, standIn) : place
}

type May = (transfer: Transfer, actor: Actor) => boolean

const theMember: May = (transfer, actor) => actsForMember(actor, transfer.memberId)
const theClock: May = (_transfer, actor) => actor.kind === 'clock'
function at(
  transfer: Transfer,
  actor: Actor,
  place: Place | undefined,
  positions: (place: Place) => readonly string[],
): boolean {
  if (place === undefined) return false
  const acting = actingFor(transfer, place)
  return holds(actor, acting.id, positions(acting))
}
const cellOfOrigin: May = (transfer, actor) => at(transfer, actor, originCell(transfer), checkers)
const handling: May = (transfer, actor) =>
  transfer.hops.length === 0
    ? cellOfOrigin(transfer, actor)
    : at(transfer, actor, currentHop(transfer).from, checkers)
const receiving: May = (transfer, actor) => at(transfer, actor, transfer.route?.receiver, checkers)
const inspecting: May = (transfer, actor) =>
  transfer.origin.some((place) => holds(actor, place.id, INSPECTORS))
const lastReferrer: May = (transfer, actor) => {
  const last = transfer.hops.at(-1)
  return at(transfer, actor, last && heirOf(transfer, last.from), checkers)
}
const originOrReferrer: May = (transfer, actor) =>
  at(transfer, actor, originCommittee(transfer), checkers) || lastReferrer(transfer, actor)

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
  'sign-referral': (transfer, actor) => at(transfer, actor, currentHop(transfer).from, signers),
  'take-number': (transfer, actor) => at(transfer, actor, currentHop(transfer).from, numberers),
  'record-seal': theClock,
  'record-seal-failure': theClock,
  'retry-seal': (transfer, actor) => at(transfer, actor, currentHop(transfer).from, numberers),
  return: (transfer, actor) =>
    handling(transfer, actor) ||
    (isSealStage(transfer) && at(transfer, actor, currentHop(transfer).from, numberers)),
  refuse: handling,
  'hand-over-file': (transfer, actor) =>
    at(transfer, actor, originCommittee(transfer), checkers) ||
    at(transfer, actor, originCommittee(transfer), numberers),
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
      ? at(transfer, actor, transfer.destinationCell, checkers)
      : receiving(transfer, actor),
  admit: (transfer, actor) => at(transfer, actor, transfer.destinationCell, signers),
  'follow-reorganisation': theClock,
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

/** Files a member may add, and take off again, in each situation. */
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

/** What is open after the month that the letter states. */
export function feesOwedAfter(paidThrough: PlainMonth, { open }: KnownFees): FeesOwed | undefined {
  const owed = open.filter(({ month }) => month > paidThrough)
  const first = owed[0]
  return (
    first && {
      since: first.month,
      months: owed.length,
      amountVnd: owed.reduce((sum, { amountVnd }) => sum + amountVnd, 0),
    }
  )
}
