/** What may be asked and granted besides the fee itself (01-QĐ/TW, Điều 5 and Điều 2): which months, how much, who decides. */
import { addToMonth, monthOf, type PlainDate } from '../../../../kernel/plain-date.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import type { SettingsOfDay } from '../../../../kernel/settings.ts'
import { countPeriods, nextPeriod, type Period } from '../period.ts'
import { HARDSHIP_MONTHS, RELIEF_DECIDER, RELIEF_MONTHS_BACK } from './settings.ts'

/**
 * hardship: exempt as poor, near-poor or critically ill; reduction: less, or nothing, for other hardship; voluntary: more
 * than the fee; late, advance: the same fee at another time.
 */
export const RELIEF_KINDS = ['hardship', 'reduction', 'voluntary', 'late', 'advance'] as const
export type ReliefKind = (typeof RELIEF_KINDS)[number]

/** What is taken off (giảm), in per cent; 100 is exempt. */
export const REDUCTION_PERCENTS = [30, 50, 70, 100] as const
export type ReductionPercent = (typeof REDUCTION_PERCENTS)[number]

/** "Mỗi lần không quá 12 tháng": afterwards it takes a new request. */
export const MOST_REDUCTION_MONTHS = 12

export const RELIEF_CITATIONS: Readonly<Record<ReliefKind, string>> = {
  hardship: '01-QĐ/TW, Điều 5',
  reduction: '01-QĐ/TW, Điều 5',
  voluntary: '01-QĐ/TW, Điều 2',
  late: '01-QĐ/TW, Điều 5 khoản 2',
  advance: '01-QĐ/TW, Điều 5 khoản 2',
}

/** Hardship and reduction both take off: a member has one of them at a time. */
export const sortOf = (kind: ReliefKind): Exclude<ReliefKind, 'hardship'> =>
  kind === 'hardship' ? 'reduction' : kind

/** Both months included. */
export interface Months {
  readonly from: Period
  readonly until: Period
}

export interface Terms extends Months {
  readonly kind: ReliefKind
  /** the days of the temporary exemption from activity (tạm miễn sinh hoạt đảng), for late and advance */
  readonly exemption?: { readonly from: PlainDate; readonly until: PlainDate } | undefined
}

export interface Known {
  /** the month in which it was asked */
  readonly askedIn: Period
  /** the present month: of asking, or of deciding */
  readonly now: Period
  /** the last month schedules reach */
  readonly last: Period
  readonly settings: SettingsOfDay
  /** what was granted already of the same sort, as long as it holds */
  readonly others: readonly Months[]
}

/**
 * Asked at asking, and again of what is granted in its place.
 *
 * @throws Refusal invalid `party-fees.relief-months-reversed`; against-rule `party-fees.relief-too-long` {most},
 *   `party-fees.relief-too-early` {first}, `party-fees.relief-too-late` {last}, `party-fees.relief-outside-exemption`
 *   {first, last}; conflict `party-fees.relief-overlaps` {from, until}
 */
export function refuseTerms(terms: Terms, known: Known): void {
  const { kind, from, until } = terms
  if (until < from) throw new Refusal('invalid', 'party-fees.relief-months-reversed', about('until'))
  const most = mostMonths(kind, known.settings)
  if (most !== undefined && countPeriods(from, until) > most)
    throw new Refusal(
      'against-rule',
      'party-fees.relief-too-long',
      about('until', { most }, RELIEF_CITATIONS[kind]),
    )
  refuseExemption(terms)
  const first = firstMonth(kind, known)
  if (first !== undefined && from < first)
    throw new Refusal('against-rule', 'party-fees.relief-too-early', about('from', { first }))
  if (from > known.last)
    throw new Refusal('against-rule', 'party-fees.relief-too-late', about('from', { last: known.last }))
  const other = known.others.find((each) => each.from <= until && from <= each.until)
  if (other)
    throw new Refusal(
      'conflict',
      'party-fees.relief-overlaps',
      about('from', { from: other.from, until: other.until }),
    )
}

/** So many months one decision runs at most; late and advance are bounded by the exemption, a higher fee by nothing. */
export function mostMonths(kind: ReliefKind, settings: SettingsOfDay): number | undefined {
  if (kind === 'reduction') return MOST_REDUCTION_MONTHS
  return kind === 'hardship' ? settings.get(HARDSHIP_MONTHS) : undefined
}

/** More is given from a coming month, in advance is paid from the present one; a late month may have begun before. */
function firstMonth(kind: ReliefKind, { askedIn, now, settings }: Known): Period | undefined {
  if (kind === 'late') return undefined
  if (kind === 'advance') return askedIn
  return kind === 'voluntary' ? nextPeriod(now) : addToMonth(askedIn, -settings.get(RELIEF_MONTHS_BACK))
}

/** "Không quá thời gian tạm miễn sinh hoạt đảng": the months in which the exemption has a day. */
function refuseExemption({ kind, from, until, exemption }: Terms): void {
  if (kind !== 'late' && kind !== 'advance') return
  if (!exemption)
    throw new Refusal(
      'invalid',
      'party-fees.relief-outside-exemption',
      about('exemptionFrom', { first: from, last: until }),
    )
  const [first, last] = [monthOf(exemption.from), monthOf(exemption.until)]
  if (from < first || until > last)
    throw new Refusal(
      'against-rule',
      'party-fees.relief-outside-exemption',
      about(from < first ? 'from' : 'until', { first, last }, RELIEF_CITATIONS[kind]),
    )
}

/** What a refusal of these months says beside its code. */
function about(
  field: string,
  facts: Readonly<Record<string, string | number>> = {},
  citation?: string,
): { facts: typeof facts; fields: { field: string; code: string }[]; citation?: string } {
  return { facts, fields: [{ field, code: 'months' }], ...(citation ? { citation } : {}) }
}

/** An organisation on the way up from the cell, the cell first. */
export interface Place {
  readonly id: string
  readonly tier: string
  /** somebody there may decide: neither the member nor who wrote the request */
  readonly canDecide: boolean
}

/**
 * Who decides. Late and advance: who granted the temporary exemption. A higher fee: the committee directly above. The others:
 * a base-level cell by itself, any other cell's base committee, or what the setting says. A body in which nobody is left who
 * may decide leaves it to the next one above.
 *
 * @throws Refusal invalid `party-fees.relief-granter-unknown` where who granted the exemption is not on the way up
 */
export function deciderOf(
  kind: ReliefKind,
  places: readonly Place[],
  settings: SettingsOfDay,
  grantedBy?: string,
): string {
  const [cell, ...above] = places
  if (!cell) throw new Error('a member is counted somewhere')
  if (kind === 'late' || kind === 'advance') {
    const start = places.findIndex(({ id }) => id === grantedBy)
    if (start < 0) throw new Refusal('invalid', 'party-fees.relief-granter-unknown', about('exemptedBy'))
    return firstThatCan(places.slice(start))
  }
  if (kind === 'voluntary') return firstThatCan(above.length > 0 ? above : places)
  const setting = settings.get(RELIEF_DECIDER)
  if (setting === 'cell' || (setting === 'by-level' && cell.tier === 'grassroots'))
    return firstThatCan(places)
  const base = above.filter(({ tier }) => tier !== 'intermediate' && tier !== 'cell')
  return firstThatCan(base.length > 0 ? base : places)
}

/**
 * Who decides a request that came along with the member: whoever was to decide, while they are above the new cell too; else as
 * for a new one. Who granted the temporary exemption is left behind with the old cell, so the level above the new one decides.
 */
export function deciderAfterMove(
  kind: ReliefKind,
  places: readonly Place[],
  settings: SettingsOfDay,
  before: { readonly cell: string; readonly decider: string },
): string {
  const [cell, above] = places
  if (!cell) throw new Error('a member is counted somewhere')
  const stays = before.decider !== before.cell || cell.id === before.cell
  if (stays && places.some(({ id }) => id === before.decider)) return before.decider
  return deciderOf(kind, places, settings, (above ?? cell).id)
}

/** Where nobody can, it stays with the first: somebody will hold an office there again. */
const firstThatCan = (places: readonly Place[]): string =>
  (places.find(({ canDecide }) => canDecide) ?? places[0]!).id

export type ReliefStatus = 'asked' | 'forwarded' | 'granted' | 'refused' | 'withdrawn'
export type ReliefAct = 'withdraw' | 'forward' | 'decide' | 'end'

/** What may follow on a standing; `decide` of one that was only asked is the cell's own, where the cell decides. */
export function actsOn({
  status,
  cellDecides,
}: {
  readonly status: ReliefStatus
  readonly cellDecides: boolean
}): readonly ReliefAct[] {
  if (status === 'asked') return cellDecides ? ['withdraw', 'decide'] : ['withdraw', 'forward']
  if (status === 'forwarded') return ['withdraw', 'decide']
  return status === 'granted' ? ['end'] : []
}

/**
 * Nobody decides on the own request, nor on one of the own writing, nor after giving the cell's opinion on it.
 *
 * @param people who acts, and for whom they act
 * @throws Refusal forbidden `party-fees.relief-own`, `party-fees.relief-second-person`
 */
export function refuseDecider(
  relief: { readonly memberId: string; readonly askedBy: string; readonly forwardedBy: string | null },
  people: readonly string[],
): void {
  if (people.includes(relief.memberId) || people.includes(relief.askedBy))
    throw new Refusal('forbidden', 'party-fees.relief-own')
  if (relief.forwardedBy !== null && people.includes(relief.forwardedBy))
    throw new Refusal('forbidden', 'party-fees.relief-second-person')
}

/**
 * What was granted may end from a coming month on, while it still runs then.
 *
 * @throws Refusal against-rule `party-fees.relief-end-not-coming` {first}, `party-fees.relief-end-too-late` {last}
 */
export function refuseEnd(from: Period, granted: Months, now: Period): void {
  const first = granted.from > nextPeriod(now) ? granted.from : nextPeriod(now)
  if (from < first)
    throw new Refusal('against-rule', 'party-fees.relief-end-not-coming', about('endFrom', { first }))
  if (from > granted.until)
    throw new Refusal(
      'against-rule',
      'party-fees.relief-end-too-late',
      about('endFrom', { last: granted.until }),
    )
}
