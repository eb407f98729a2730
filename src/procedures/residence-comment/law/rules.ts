/** The law of the residence comment: who may, by when, and what a comment must say, each under its citation. */
import { actsForMember, hasFreshSignIn, holds, isThisPerson, type Actor } from '../../../kernel/actor.ts'
import { addDays, compare, daysBetween, todayIn, type PlainDate } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { SettingsOfDay } from '../../../kernel/settings.ts'
import {
  addWorkingDays,
  endOfWorkingDay,
  workingDaysBetween,
  type WorkCalendar,
} from '../../../kernel/working-time.ts'
import type { Residence } from './facts.ts'
import { criteriaOf, formOf, openCriteria } from './form.ts'
import { preparers, signers, type Place } from './place.ts'
import { CELL_DAYS, ESCALATE_COMMUNE_DAYS, ESCALATE_PROVINCE_DAYS } from './settings.ts'
import type { Act, Comment, CommandType, Draft, Event, Level } from './states.ts'

/** 213-QĐ/TW, 33-HD/BTCTW: every working member is referred to the residence once, and commented on each year. */
export const REFERRAL_CITATION = '213-QĐ/TW; 33-HD/BTCTW'
/** 33-HD/BTCTW 1.1: referred but exempt: no periodic yearly comment, only when needed. */
export const EXEMPT_CITATION = '33-HD/BTCTW, mục 1.1'
export const NOT_REFERRED_CITATION = '33-HD/BTCTW, mục 1.2'
/** The cell committee comments after it met the front board. */
export const FRONT_BOARD_CITATION = '213-QĐ/TW (chi ủy cùng ban công tác mặt trận)'
/** 338-QĐ/TW art. 6(6): deliberate delay is a prohibited act. */
export const DELAY_CITATION = '338-QĐ/TW, Điều 6, khoản 6'
/** Inferred, not a readable Party rule [I]: nobody comments on themselves; the deputy or the commune does. */
export const OWN_CITATION = 'Nguyên tắc của hệ thống: không ai tự nhận xét, tự xác nhận về mình'
/** Inferred [I]: what is signed stays; a mistake is mended by a new comment that names the old one. */
export const SIGNED_CITATION = 'Nguyên tắc của hệ thống: phiếu đã ký không sửa, chỉ thay bằng phiếu mới'

type May = (comment: Comment, actor: Actor) => boolean

const theClock: May = (_comment, actor) => actor.kind === 'clock'
const at = (
  actor: Actor,
  place: Place | undefined,
  positions: (place: Place) => readonly string[],
): boolean => place !== undefined && holds(actor, place.id, positions(place))
const workplace: May = (comment, actor) => at(actor, comment.workplace, preparers)
const commune: May = (comment, actor) => at(actor, comment.commune, preparers)

/** The place that writes the comment: the cell, or the commune in its stead. */
export function writingPlace(comment: Comment): Place | undefined {
  return comment.communeActs ? comment.commune : comment.cell
}

const BY_MEMBER: ReadonlySet<CommandType> = new Set(['cancel'])
/** Until the cell begins, a member may take back what they started. */
const byMember: May = (comment, actor) =>
  comment.startedBy === 'member' &&
  (comment.status === 'requested' || comment.status === 'with-cell' || comment.status === 'sent-back') &&
  actsForMember(actor, comment.memberId)

const MAY: Record<Exclude<CommandType, 'request'>, May> = {
  route: commune,
  'save-draft': (comment, actor) => at(actor, writingPlace(comment), preparers),
  sign: (comment, actor) => at(actor, writingPlace(comment), signers),
  'return-to-cell': commune,
  confirm: (comment, actor) => at(actor, comment.commune, signers),
  'record-seal': theClock,
  'record-seal-failure': theClock,
  'retry-seal': commune,
  'send-back': (comment, actor) =>
    commune(comment, actor) ||
    (comment.status !== 'cell-signed' && at(actor, writingPlace(comment), preparers)),
  'ask-again': workplace,
  file: workplace,
  cancel: (comment, actor) =>
    workplace(comment, actor) || byMember(comment, actor) || theClock(comment, actor),
  escalate: theClock,
  'follow-member': theClock,
  'follow-reorganisation': theClock,
}

/** Who may ask for a command: one rule each, and nobody else anywhere. Nobody acts on a comment about themselves. */
export function mayAsk(command: Exclude<CommandType, 'request'>, comment: Comment, actor: Actor): void {
  if (!MAY[command](comment, actor))
    throw new Refusal('forbidden', 'residence-comment.not-yours', { facts: { command } })
  const asMember = BY_MEMBER.has(command) && actsForMember(actor, comment.memberId)
  if (!asMember && isThisPerson(actor, comment.memberId))
    throw new Refusal('forbidden', 'residence-comment.own', { citation: OWN_CITATION })
}

/** Acts by which somebody signs: 379-QĐ/TW art. 12 wants the person authenticated for the act. */
export const SIGNING: ReadonlySet<CommandType> = new Set(['sign', 'confirm'])

export function needFreshSignIn(
  command: CommandType,
  { actor, at: now }: Pick<Context, 'actor' | 'at'>,
): void {
  if (SIGNING.has(command)) needFresh({ actor, at: now })
}

/** @throws Refusal forbidden `identity.stale-sign-in` */
export function needFresh({ actor, at: now }: Pick<Context, 'actor' | 'at'>): void {
  if (actor.kind === 'person' && !hasFreshSignIn(actor, now))
    throw new Refusal('forbidden', 'identity.stale-sign-in', {
      citation: '379-QĐ/TW, Điều 12',
      facts: { minutes: 5 },
    })
}

/** Who holds a signing position at the workplace signs the request by asking (7.6); others ask in its name, unsigned. */
export function signsRequest(workplace: Place, actor: Actor): boolean {
  return at(actor, workplace, signers)
}

/** One pair of hands, also through a delegated office. */
export function isSameHand(one: Act, other: Act): boolean {
  const hands = new Set([one.by, one.onBehalfOf].filter((id) => id !== undefined))
  return hands.has(other.by) || (other.onBehalfOf !== undefined && hands.has(other.onBehalfOf))
}

/** Members, also those exempt from activity; nobody who left, was removed or died. */
export function isStillMember(member: { readonly standing: string } | undefined): boolean {
  return member?.standing === 'active' || member?.standing === 'exempt'
}

/** The cell that had it to write ended, and nobody took over: the commune chooses another one. */
export function losesCell({ status }: Pick<Comment, 'status'>, cell: Place | undefined): boolean {
  return cell === undefined && (status === 'with-cell' || status === 'drafted')
}

/** A draft with what was written last; '' empties. */
export function written(
  draft: Draft,
  {
    ticks,
    freeText,
    frontBoardMetOn,
  }: Pick<Extract<Event, { type: 'draft-saved' }>, 'ticks' | 'freeText' | 'frontBoardMetOn'>,
): Draft {
  const all = Object.entries({ ...draft.ticks, ...ticks }).filter(([, tick]) => tick !== '')
  const met = frontBoardMetOn ?? draft.frontBoardMetOn
  return {
    ticks: Object.fromEntries(all),
    freeText: freeText ?? draft.freeText,
    ...(met ? { frontBoardMetOn: met } : {}),
  }
}

/** What a draft still lacks before it can be signed: criteria, and the day of the meeting with the front board. */
export function missingIn(comment: Pick<Comment, 'form' | 'exempt'>, draft: Draft): string[] {
  const open = openCriteria(criteriaOf(formOf(comment.form), comment.exempt), draft.ticks)
  return draft.frontBoardMetOn ? open : [...open, 'frontBoardMetOn']
}

export function isComplete(comment: Pick<Comment, 'form' | 'exempt'>, draft: Draft): boolean {
  return missingIn(comment, draft).length === 0
}

/** Days of the year, up to today, on which the member was at this residence. */
function daysThere({ acceptedOn, closedOn }: Residence, year: number, today: PlainDate): number {
  const later = (one: PlainDate, other: PlainDate) => (compare(one, other) > 0 ? one : other)
  const earlier = (one: PlainDate, other: PlainDate) => (compare(one, other) < 0 ? one : other)
  const from = later(acceptedOn, `${year}-01-01`)
  const to = earlier(earlier(closedOn ?? `${year + 1}-01-01`, `${year + 1}-01-01`), addDays(today, 1))
  return Math.max(0, daysBetween(from, to))
}

/**
 * Which residence comments on a year: where most of it was spent (7.9 [I]); of two alike the later. What is needed now is
 * asked where the member lives now.
 */
export function residenceFor(
  residences: readonly Residence[],
  purpose: Comment['purpose'],
  year: number,
  today: PlainDate,
): Residence | undefined {
  const current = residences.findLast(({ closedOn }) => closedOn === null)
  if (purpose === 'when-needed') return current
  const there = residences.map((residence) => ({ residence, days: daysThere(residence, year, today) }))
  const most = Math.max(0, ...there.map(({ days }) => days))
  return most === 0 ? current : there.findLast(({ days }) => days === most)?.residence
}

/** So many working days, to the end of that day. */
export function dueIn(days: number, { today, calendar }: Pick<Context, 'today' | 'calendar'>): string {
  return endOfWorkingDay(calendar, addWorkingDays(calendar, today, days)).toISOString()
}

/** The cell's days, never beyond the province's day of return, and never less than one working day. */
export function cellDueAt(
  returnBy: PlainDate | null,
  context: Pick<Context, 'today' | 'calendar' | 'settings'>,
): string {
  const { calendar, today, settings } = context
  const full = addWorkingDays(calendar, today, settings.get(CELL_DAYS))
  const least = addWorkingDays(calendar, today, 1)
  const capped = returnBy !== null && compare(returnBy, full) < 0 ? returnBy : full
  return endOfWorkingDay(calendar, compare(capped, least) < 0 ? least : capped).toISOString()
}

/** Statuses in which the commune itself is late: nothing lies between it and the province. */
const COMMUNES_TURN: ReadonlySet<Comment['status']> = new Set(['requested', 'cell-signed'])

/**
 * To whom lateness is told now: the cell's to the commune and later to the province's commission, the commune's to the
 * commission. Undefined while there is nothing to tell, or all is told.
 */
export function escalationDue(
  comment: Comment,
  { at: now, calendar, settings }: { at: Date; calendar: WorkCalendar; settings: SettingsOfDay },
): Level | undefined {
  const { status, dueAt, escalated, communeActs } = comment
  const counted = status === 'with-cell' || status === 'drafted' || COMMUNES_TURN.has(status)
  if (!counted || dueAt === null || new Date(dueAt) > now) return undefined
  const late = workingDaysBetween(calendar, todayIn(new Date(dueAt)), todayIn(now))
  const has = (level: Level) => escalated.some((each) => each.level === level)
  const communes = COMMUNES_TURN.has(status) || communeActs
  if (late < settings.get(ESCALATE_COMMUNE_DAYS)) return undefined
  if (communes) return has('province') ? undefined : 'province'
  if (!has('commune')) return 'commune'
  return late >= settings.get(ESCALATE_PROVINCE_DAYS) && !has('province') ? 'province' : undefined
}
