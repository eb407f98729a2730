/** The law of the temporary transfer: its durations, who may, and what a request must say, each under its citation. */
import { actsForMember, hasFreshSignIn, holds, isThisPerson, type Actor } from '../../../kernel/actor.ts'
import { addDays, addMonths, compare, todayIn, yearOf, type PlainDate } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { SettingsOfDay } from '../../../kernel/settings.ts'
import { addWorkingDays, addWorkingMinutes } from '../../../kernel/working-time.ts'
import { committeeOf, type Place, type Tier } from './place.ts'
import { boundOf, CORRECTION_DAYS, DURATION_CITATION, LEAST_MONTHS, YEARLY_MONTH } from './settings.ts'
import { heirOf, STAYING, type Act, type Answers, type Case, type CommandType, type Stay } from './states.ts'

/** 338-QĐ/TW art. 6(1): wrong or incomplete information is prohibited; who asks declares it true. */
export const TRUTH_CITATION = '338-QĐ/TW, Điều 6, khoản 1'

/** Inferred from the roles of the system, not a readable Party rule [I]. */
export const OWN_DOSSIER_CITATION =
  'Nguyên tắc của hệ thống: không ai tự giải quyết hồ sơ của mình hoặc hồ sơ mình nộp thay'

/** Practice of clerks, not a readable Party rule [I]: who signs does not take the number. */
export const SEGREGATION_CITATION = 'Nguyên tắc văn thư: người ký không tự cấp số'

/** 232-QĐ/TW 6.3.2a, 01-HD/TW 10.2.2: 3 months to under a year; study to two years. The last day is part of the stay. */
export function refuseDuration(of: Case, from: PlainDate, to: PlainDate, settings: SettingsOfDay): void {
  const end = addDays(to, 1)
  const least = settings.get(LEAST_MONTHS)
  if (compare(end, addMonths(from, least)) < 0) {
    throw new Refusal('against-rule', 'temporary.too-short', {
      citation: DURATION_CITATION,
      facts: { months: least },
      fields: [{ field: 'to', code: 'too-short' }],
    })
  }
  refuseBeyond(of, from, to, settings)
}

/**
 * What the days of a request say against it, as far as they are known: asked when it is sent, and said at the question before.
 *
 * @throws Refusal invalid `temporary.dates-impossible`; against-rule for what is too short, too long or over
 */
export function refuseDays(answers: Answers, { today, settings }: Pick<Context, 'today' | 'settings'>): void {
  const { case: of, from, to, decisionIssuedOn } = answers
  const impossible = (field: string, code = 'date') =>
    new Refusal('invalid', 'temporary.dates-impossible', { fields: [{ field, code }] })
  if (decisionIssuedOn && compare(decisionIssuedOn, today) > 0) throw impossible('decisionIssuedOn')
  if (from && compare(from, addMonths(today, 12)) > 0) throw impossible('from')
  if (from && to && compare(from, to) >= 0) throw impossible('to', 'before-start')
  if (of && from && to) refuseDuration(of, from, to, settings)
  // Whoever would come when the stay is over already, does not come: a new request says new days.
  if (to && compare(today, to) > 0)
    throw new Refusal('against-rule', 'temporary.already-over', { fields: [{ field: 'to', code: 'date' }] })
}

/** The most a case allows, extensions included. */
export function refuseBeyond(of: Case, from: PlainDate, to: PlainDate, settings: SettingsOfDay): void {
  const bound = boundOf(of)
  const months = settings.get(bound.months)
  const over = compare(addDays(to, 1), addMonths(from, months))
  if (bound.reached ? over <= 0 : over < 0) return
  throw new Refusal('against-rule', bound.reached ? 'temporary.study-too-long' : 'temporary.too-long', {
    citation: DURATION_CITATION,
    facts: { months },
    fields: [{ field: 'to', code: 'too-long' }],
  })
}

/** The last day a stay of this case may have. */
export function lastPossible(of: Case, from: PlainDate, settings: SettingsOfDay): PlainDate {
  const bound = boundOf(of)
  return addDays(addMonths(from, settings.get(bound.months)), bound.reached ? -1 : -2)
}

/** 338-QĐ/TW art. 14: what is missing is said within 8 working hours, once and in full. */
const INTAKE_WORKING_MINUTES = 8 * 60

/** Until when the cell says what is missing of a request that comes in now. */
export function askUntil({ calendar, at: now }: Pick<Context, 'calendar' | 'at'>): string {
  return addWorkingMinutes(calendar, now, INTAKE_WORKING_MINUTES).toISOString()
}

/**
 * The last day on which a request that was sent back may still be mended: once its time is over its writer is reminded, and
 * has as long again.
 */
export function mendableUntil(
  { status, dueAt }: Pick<Stay, 'status' | 'dueAt'>,
  { calendar, settings }: Pick<Context, 'calendar' | 'settings'>,
): PlainDate | undefined {
  if (status !== 'sent-back' || dueAt === null) return undefined
  return addWorkingDays(calendar, todayIn(new Date(dueAt)), settings.get(CORRECTION_DAYS))
}

/** The year whose comment is to be asked of the host cell today, if it was not yet: before the rating at the official place. */
export function yearToAsk(
  { status, from, yearly }: Stay,
  today: PlainDate,
  settings: SettingsOfDay,
): number | undefined {
  const year = yearOf(today)
  const isTime = Number(today.slice(5, 7)) >= settings.get(YEARLY_MONTH)
  const known = yearly.some((each) => each.year === year)
  // Who has not come yet is not commented on; who is on the way back was, in the letter.
  const isThere = STAYING.has(status) && status !== 'returning' && compare(from!, today) <= 0
  return isThere && isTime && !known ? year : undefined
}

/** Who may stay elsewhere: members, also those exempt from activity; nobody who left, was removed or died. */
export function isStillMember(member: { readonly standing: string } | undefined): boolean {
  return member?.standing === 'active' || member?.standing === 'exempt'
}

const CELL = ['cell-secretary', 'cell-deputy-secretary']
const LEADERS = ['committee-secretary', 'committee-standing-deputy', 'committee-deputy-secretary']
const BUILDING = ['building-head', 'building-officer']
const CLERKS = ['office-clerk', 'office-chief']
const CELL_CLERKS = ['cell-deputy-secretary', 'cell-committee-member']

const byTier = (cell: readonly string[], committee: readonly string[]) => (tier: Tier) =>
  // A grassroots cell (chi bộ cơ sở) has a cell's officers and a committee's part.
  tier === 'cell' ? cell : tier === 'grassroots' ? [...committee, ...cell] : committee

const CHECK = byTier(CELL, [...BUILDING, ...LEADERS])
const SIGN = byTier(CELL, LEADERS)
const NUMBER = byTier(CELL_CLERKS, CLERKS)

/** Which positions look after a dossier, sign, and number, in an organisation. */
export const checkers = ({ tier }: Place): readonly string[] => CHECK(tier)
export const signers = ({ tier }: Place): readonly string[] => SIGN(tier)
export const numberers = ({ tier }: Place): readonly string[] => NUMBER(tier)

export function originCell({ origin }: Pick<Stay, 'origin'>): Place {
  const place = origin[0]
  if (!place) throw new Error('a stay without an origin')
  return place
}

export function originCommittee({ origin }: Pick<Stay, 'origin'>): Place {
  const place = committeeOf(origin)
  if (!place) throw new Error('an origin without a grassroots organisation was accepted')
  return place
}

/** The committee that has the guest today. */
export function hostOf(stay: Stay): Place {
  if (!stay.host) throw new Error('a stay that was sent without a host')
  return heirOf(stay, stay.host)
}

/** Who does a cell's part: itself, or the committee where nobody is left there but the member or who filed it [I]. */
export function actingFor(stay: Stay, cell: Place): Place {
  const now = heirOf(stay, cell)
  if (!stay.standIns.includes(cell.id)) return now
  return cell.id === originCell(stay).id ? originCommittee(stay) : hostOf(stay)
}

type May = (stay: Stay, actor: Actor) => boolean
type Positions = (place: Place) => readonly string[]

const at = (actor: Actor, place: Place | undefined, positions: Positions): boolean =>
  place !== undefined && holds(actor, place.id, positions(place))

const theMember: May = (stay, actor) => actsForMember(actor, stay.memberId)
const theClock: May = (_stay, actor) => actor.kind === 'clock'
const asking: May = (stay, actor) =>
  theMember(stay, actor) || at(actor, stay.office && heirOf(stay, stay.office), checkers)
const homeCell =
  (positions: Positions): May =>
  (stay, actor) =>
    at(actor, actingFor(stay, originCell(stay)), positions)
const home =
  (positions: Positions): May =>
  (stay, actor) =>
    at(actor, originCommittee(stay), positions)
const host =
  (positions: Positions): May =>
  (stay, actor) =>
    at(actor, stay.host && hostOf(stay), positions)
const hostCell =
  (positions: Positions): May =>
  (stay, actor) =>
    at(actor, stay.hostCell && actingFor(stay, stay.hostCell), positions)

const MAY: Record<CommandType, May> = {
  'save-draft': asking,
  'attach-file': asking,
  'detach-file': asking,
  submit: asking,
  withdraw: asking,
  'send-back': (stay, actor) =>
    stay.status === 'cell-review'
      ? homeCell(checkers)(stay, actor)
      : home(stay.status === 'numbering' ? numberers : checkers)(stay, actor),
  refuse: (stay, actor) =>
    stay.status === 'cell-review' ? homeCell(signers)(stay, actor) : home(signers)(stay, actor),
  comment: homeCell(signers),
  'sign-referral': home(signers),
  'take-number': home(numberers),
  'record-seal': theClock,
  'record-seal-failure': theClock,
  'retry-seal': home(numberers),
  // Who finds the cell signs the box that refers to it.
  'assign-cell': host(signers),
  decline: host(checkers),
  admit: hostCell(signers),
  'ask-extension': (stay, actor) => theMember(stay, actor) || hostCell(checkers)(stay, actor),
  'grant-extension': host(signers),
  'refuse-extension': host(signers),
  'write-return': hostCell(signers),
  'record-return': homeCell(signers),
  recall: homeCell(signers),
  'note-expired': theClock,
  convert: theMember,
  end: theClock,
  'ask-yearly-comment': theClock,
  'write-yearly-comment': hostCell(signers),
  'follow-reorganisation': theClock,
}

/** What the member asks for the own stay. */
const BY_MEMBER: ReadonlySet<CommandType> = new Set([
  'save-draft',
  'attach-file',
  'detach-file',
  'submit',
  'withdraw',
  'ask-extension',
  'convert',
])

/** What an office writes for the member, and may go on writing once it was sent by one of its people. */
const BY_OFFICE: ReadonlySet<CommandType> = new Set([
  'save-draft',
  'attach-file',
  'detach-file',
  'submit',
  'withdraw',
])

/** Who may ask for a command: one rule each, and nobody else anywhere. Throws the refusal. */
export function mayAsk(command: CommandType, stay: Stay, actor: Actor): void {
  if (!MAY[command](stay, actor))
    throw new Refusal('forbidden', 'temporary.not-yours', { facts: { command } })
  if (BY_MEMBER.has(command) && theMember(stay, actor)) return
  const filed = stay.submittedBy !== undefined && isThisPerson(actor, stay.submittedBy)
  if (isThisPerson(actor, stay.memberId) || (filed && !BY_OFFICE.has(command)))
    throw new Refusal('forbidden', 'temporary.own-dossier', { citation: OWN_DOSSIER_CITATION })
}

/** One pair of hands, also through a delegated office. */
export function isSameHand(one: Act, other: Act): boolean {
  const hands = new Set([one.by, one.onBehalfOf].filter((id) => id !== undefined))
  return hands.has(other.by) || (other.onBehalfOf !== undefined && hands.has(other.onBehalfOf))
}

/** Acts by which somebody signs: 379-QĐ/TW art. 12 wants the person authenticated for the act. */
export const SIGNING: ReadonlySet<CommandType> = new Set([
  'submit',
  'comment',
  'sign-referral',
  'take-number',
  'retry-seal',
  'assign-cell',
  'admit',
  'grant-extension',
  'write-return',
  'record-return',
  'write-yearly-comment',
])

export function needFreshSignIn(
  command: CommandType,
  { actor, at: now }: Pick<Context, 'actor' | 'at'>,
): void {
  if (SIGNING.has(command) && actor.kind === 'person' && !hasFreshSignIn(actor, now)) {
    throw new Refusal('forbidden', 'identity.stale-sign-in', {
      citation: '379-QĐ/TW, Điều 12',
      facts: { minutes: 5 },
    })
  }
}

const REQUIRED: readonly (keyof Answers)[] = [
  'case',
  'reason',
  'from',
  'to',
  'hostId',
  'place',
  'decisionIssuer',
  'decisionIssuedOn',
  'review',
  'phone',
]

/** What a request must say before it can be sent: all that is missing at once, never one by one. */
export function missingAnswers({ answers, files }: Stay): string[] {
  const missing: string[] = REQUIRED.filter((field) => answers[field] === undefined || answers[field] === '')
  return files.length === 0 ? [...missing, 'decisionFile'] : missing
}
