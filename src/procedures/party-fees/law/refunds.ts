/** A refund (hoàn tiền): asked, checked by one person, approved by another, paid out, closed; what may follow what, and whose turn it is. A correction (điều chỉnh khoản nộp) is one whose money pays other lines instead. */
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { isSameHolder } from './holder.ts'
import { orderedOf, type LineStanding } from './ordering.ts'

export const REFUND_STATUSES = [
  'asked',
  'checked',
  'approved',
  'paid-out',
  'closed',
  'refused',
  'withdrawn',
] as const
export type RefundStatus = (typeof REFUND_STATUSES)[number]

export const REFUND_ACTS = ['check', 'approve', 'refuse', 'withdraw', 'pay-out', 'close'] as const
export type RefundAct = (typeof REFUND_ACTS)[number]

/** What may be done at each step; the table's trigger lists the same. A correction that is approved is closed. */
export const NEXT = {
  asked: ['check', 'refuse', 'withdraw'],
  checked: ['approve', 'refuse', 'withdraw'],
  approved: ['pay-out'],
  'paid-out': ['close'],
  closed: [],
  refused: [],
  withdrawn: [],
} as const satisfies Readonly<Record<RefundStatus, readonly RefundAct[]>>

/** Why money is asked back; the short list a payer chooses from. */
export const REFUND_REASONS = ['twice', 'wrong-person', 'wrong-month', 'wrong-amount', 'other'] as const
export type RefundReason = (typeof REFUND_REASONS)[number]

export interface RefundFacts {
  readonly status: RefundStatus
  readonly payerId: string
  readonly askedBy: string
  readonly checkedBy: string | null
  /** whose months it opens again, or pays */
  readonly members: readonly string[]
  /** the cell whose lines were paid */
  readonly organisationId: string
  readonly amountVnd: number
  /** of a correction, the lines that its money is to pay, as they stand now; of a refund none */
  readonly targets: readonly LineStanding[]
}

/** Whose turn it is: the cell, a second person of the cell or above it, who holds the money, the payer; nobody when it is over. */
export type Turn = 'cell' | 'second-person' | 'who-pays' | 'payer' | 'nobody'

const TURNS: Readonly<Record<RefundStatus, Turn>> = {
  asked: 'cell',
  checked: 'second-person',
  approved: 'who-pays',
  'paid-out': 'payer',
  closed: 'nobody',
  refused: 'nobody',
  withdrawn: 'nobody',
}

export function turnOf({ status }: Pick<RefundFacts, 'status'>): Turn {
  return TURNS[status]
}

/** Late when the money is not paid back on the day that was promised. */
export function isLate(
  refund: { readonly status: RefundStatus; readonly dueOn: PlainDate },
  today: PlainDate,
): boolean {
  return ['asked', 'checked', 'approved'].includes(refund.status) && refund.dueOn < today
}

/** @throws Refusal conflict `party-fees.refund-moved-on` */
function requireStep({ status }: Pick<RefundFacts, 'status'>, act: RefundAct): void {
  const acts: readonly RefundAct[] = NEXT[status]
  if (!acts.includes(act)) throw new Refusal('conflict', 'party-fees.refund-moved-on', { facts: { status } })
}

/**
 * Nobody decides money that comes back to oneself, that one asked for, or that opens one's own months.
 *
 * @param people who acts, for whom, and who is linked with them by a delegation
 * @throws Refusal against-rule `party-fees.refund-own-affair`
 */
function requireStranger({ payerId, askedBy, members }: RefundFacts, people: readonly string[]): void {
  if ([payerId, askedBy, ...members].some((each) => people.includes(each)))
    throw new Refusal('against-rule', 'party-fees.refund-own-affair')
}

/**
 * The money of a correction goes whole to open lines of the same cell: where the amounts differ, it goes back to the payer instead.
 *
 * @throws Refusal as `orderedOf`; against-rule `party-fees.move-other-cell`; invalid `party-fees.move-amount`
 */
export function requireMovable(
  { organisationId, amountVnd }: Pick<RefundFacts, 'organisationId' | 'amountVnd'>,
  targets: readonly LineStanding[],
): void {
  if (targets.some((line) => line.organisationId !== organisationId))
    throw new Refusal('against-rule', 'party-fees.move-other-cell')
  const ordered = orderedOf(targets, targets, { kind: 'cell', organisationId })
  if (ordered.amountVnd !== amountVnd)
    throw new Refusal('invalid', 'party-fees.move-amount', {
      facts: { amountVnd },
      fields: [{ field: 'to', code: 'party-fees.move-amount' }],
    })
}

/** @throws Refusal as `requireMovable`; of a refund never */
export function requireTargetsOpen(refund: RefundFacts): void {
  if (refund.targets.length > 0) requireMovable(refund, refund.targets)
}

/**
 * The first person compares with the bank's line and looks at the account: its holder is the payer, or a reason is written down.
 *
 * @throws Refusal conflict `party-fees.refund-moved-on`; against-rule `party-fees.refund-own-affair`; invalid
 *   `party-fees.refund-holder-reason`; as `requireMovable`
 */
export function requireCheckable(
  refund: RefundFacts & { readonly holder: string | null; readonly payerName: string },
  checked: { readonly people: readonly string[]; readonly holderReason: string | undefined },
): void {
  requireStep(refund, 'check')
  requireStranger(refund, checked.people)
  requireTargetsOpen(refund)
  if (holderDiffers(refund) && checked.holderReason === undefined)
    throw new Refusal('invalid', 'party-fees.refund-holder-reason', {
      fields: [{ field: 'holderReason', code: 'party-fees.refund-holder-reason' }],
    })
}

export function holderDiffers(refund: {
  readonly holder: string | null
  readonly payerName: string
}): boolean {
  return refund.holder !== null && !isSameHolder(refund.holder, refund.payerName)
}

/**
 * The second person is another than the first.
 *
 * @throws Refusal conflict `party-fees.refund-moved-on`; against-rule `party-fees.refund-own-affair`,
 *   `party-fees.refund-second-person`; as `requireMovable`
 */
export function requireApprovable(refund: RefundFacts, people: readonly string[]): void {
  requireStep(refund, 'approve')
  requireStranger(refund, people)
  if (refund.checkedBy !== null && people.includes(refund.checkedBy))
    throw new Refusal('against-rule', 'party-fees.refund-second-person')
  requireTargetsOpen(refund)
}

/** @throws Refusal conflict `party-fees.refund-moved-on`; against-rule `party-fees.refund-own-affair` */
export function requireRefusable(refund: RefundFacts, people: readonly string[]): void {
  requireStep(refund, 'refuse')
  requireStranger(refund, people)
}

/**
 * The payer takes back what was asked, or who asked for the payer.
 *
 * @throws Refusal conflict `party-fees.refund-moved-on`; against-rule `party-fees.refund-not-asked-by-you`
 */
export function requireWithdrawable(refund: RefundFacts, by: string): void {
  requireStep(refund, 'withdraw')
  requireParty(refund, by)
}

/** @throws Refusal conflict `party-fees.refund-moved-on`; against-rule `party-fees.refund-not-asked-by-you` */
export function requireClosable(refund: RefundFacts, by: string): void {
  requireStep(refund, 'close')
  requireParty(refund, by)
}

function requireParty({ payerId, askedBy }: RefundFacts, by: string): void {
  if (payerId !== by && askedBy !== by)
    throw new Refusal('against-rule', 'party-fees.refund-not-asked-by-you')
}

/**
 * Who holds the money pays it out, and not to oneself.
 *
 * @throws Refusal conflict `party-fees.refund-moved-on`; against-rule `party-fees.refund-other-pays`,
 *   `party-fees.refund-own-affair`; invalid `party-fees.day-to-come`, `party-fees.refund-day-before`
 */
export function requirePayable(
  refund: RefundFacts & { readonly payingId: string; readonly approvedOn: PlainDate | null },
  paid: {
    readonly people: readonly string[]
    readonly organisationId: string
    readonly on: PlainDate
    readonly today: PlainDate
  },
): void {
  requireStep(refund, 'pay-out')
  if (refund.payingId !== paid.organisationId)
    throw new Refusal('against-rule', 'party-fees.refund-other-pays')
  if (paid.people.includes(refund.payerId)) throw new Refusal('against-rule', 'party-fees.refund-own-affair')
  if (paid.on > paid.today)
    throw new Refusal('invalid', 'party-fees.day-to-come', dayField('party-fees.day-to-come'))
  if (refund.approvedOn !== null && paid.on < refund.approvedOn)
    throw new Refusal('invalid', 'party-fees.refund-day-before', dayField('party-fees.refund-day-before'))
}

/**
 * Only money that two people have let go is signed for on paper; what is moved to other lines does not leave.
 *
 * @throws Refusal conflict `party-fees.refund-no-voucher`
 */
export function requireVoucher({
  status,
  method,
}: Pick<RefundFacts, 'status'> & { readonly method: string }): void {
  if (method === 'move' || !['approved', 'paid-out', 'closed'].includes(status))
    throw new Refusal('conflict', 'party-fees.refund-no-voucher')
}

/** The field of the form that a refused day stands in. */
const dayField = (code: string) => ({ fields: [{ field: 'on', code }] })

/** A line of a payment, as it stands when its money is asked back. */
export interface PaidLine {
  readonly memberId: string
  readonly period: PlainDate
  readonly number: number
  readonly amountVnd: number
  readonly refunded: boolean
}

/**
 * The ticked lines of a payment.
 *
 * @param ticked their names, as `nameOfLine` says them
 * @throws Refusal invalid `party-fees.nothing-chosen`; not-found `party-fees.line-unknown`; conflict
 *   `party-fees.refunded-already`
 */
export function linesToRefund<Line extends PaidLine>(
  paid: readonly Line[],
  ticked: readonly string[],
  nameOf: (line: Line) => string,
): Line[] {
  if (ticked.length === 0) throw new Refusal('invalid', 'party-fees.nothing-chosen')
  const known = new Map(paid.map((line) => [nameOf(line), line]))
  return [...new Set(ticked)].map((name) => {
    const line = known.get(name)
    if (!line) throw new Refusal('not-found', 'party-fees.line-unknown')
    if (line.refunded) throw new Refusal('conflict', 'party-fees.refunded-already')
    return line
  })
}
