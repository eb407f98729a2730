/** A remittance (hồ sơ nộp cấp trên) and a share paid down: where each stands, and who may do what with it, by two people. */
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'

export const REMITTANCE_STANDINGS = ['made', 'sent', 'received', 'kept', 'returned'] as const
/** kept: nothing of it goes up; returned: all of it was moved back. */
export type RemittanceStanding = (typeof REMITTANCE_STANDINGS)[number]

export interface RemittanceFacts {
  readonly organisationId: string
  readonly superiorId: string | null
  readonly remitVnd: number
  readonly heldVnd: number
  readonly madeBy: string
  readonly sentHow: 'transfer' | 'cash' | 'held-above' | null
  readonly sentBy: string | null
  /** anything not null: it happened */
  readonly sentAt: unknown
  readonly receivedAt: unknown
  readonly returnedAt: unknown
}

export function standingOfRemittance(it: RemittanceFacts): RemittanceStanding {
  if (it.returnedAt !== null) return 'returned'
  if (it.remitVnd === 0) return 'kept'
  if (it.receivedAt !== null) return 'received'
  return it.sentAt !== null ? 'sent' : 'made'
}

/** Who acts: a person in charge of the fees of one organisation. */
export interface RemittanceActor {
  readonly organisationId: string
  readonly memberId: string
  /** who acts, for whom, and who is linked with them by a delegation */
  readonly people: readonly string[]
}

/**
 * The organisation says that the money left.
 *
 * @throws Refusal not-found `party-fees.remittance-unknown`; conflict `party-fees.remittance-not-open`; against-rule
 *   `party-fees.remittance-other-side`
 */
export function requireMaySend(it: RemittanceFacts, actor: RemittanceActor): void {
  if (actor.organisationId === it.superiorId) throw otherSide()
  if (actor.organisationId !== it.organisationId) throw unknown()
  if (standingOfRemittance(it) !== 'made') throw notOpen(it)
}

/**
 * The organisation above says that the money came.
 *
 * @throws Refusal not-found `party-fees.remittance-unknown`; conflict `party-fees.remittance-not-open`; against-rule
 *   `party-fees.remittance-two-people`, `party-fees.remittance-other-side`
 */
export function requireMayReceive(it: RemittanceFacts, actor: RemittanceActor): void {
  if (actor.organisationId === it.organisationId) throw otherSide()
  if (actor.organisationId !== it.superiorId) throw unknown()
  if (standingOfRemittance(it) !== 'sent') throw notOpen(it)
  if (actor.people.includes(it.madeBy) || (it.sentBy !== null && actor.people.includes(it.sentBy)))
    throw twoPeople()
}

/**
 * It is moved back: by the organisation above once it was sent, by another officer of the organisation itself as long as it
 * was not received. What the account above held was received at once; it may still be moved back.
 *
 * @throws Refusal not-found `party-fees.remittance-unknown`; conflict `party-fees.remittance-not-open`; against-rule
 *   `party-fees.remittance-two-people`
 */
export function requireMayReturn(it: RemittanceFacts, actor: RemittanceActor): void {
  const own = actor.organisationId === it.organisationId
  if (!own && actor.organisationId !== it.superiorId) throw unknown()
  const standing = standingOfRemittance(it)
  const open =
    standing === 'sent' ||
    (own && (standing === 'made' || standing === 'kept')) ||
    (standing === 'received' && it.sentHow === 'held-above')
  if (!open) throw notOpen(it)
  if (actor.people.includes(it.madeBy)) throw twoPeople()
}

/** How it stands towards its day, as the organisation above sees it. */
export const BELOW_STANDINGS = ['missing', 'due', 'made', 'sent', 'received', 'overdue', 'nothing'] as const
export type BelowStanding = (typeof BELOW_STANDINGS)[number]

/**
 * One organisation's month, from above: nothing to share out, still in time, shared out but not sent, on its way, received,
 * not sent in time, or not even shared out in time.
 */
export function belowStandingOf(
  remittances: readonly (RemittanceFacts & { readonly dueOn: PlainDate })[],
  unsharedVnd: number,
  dueOn: PlainDate,
  today: PlainDate,
): BelowStanding {
  const standings = remittances.map(standingOfRemittance)
  if (standings.includes('sent')) return 'sent'
  if (standings.includes('made')) return today > dueOn ? 'overdue' : 'made'
  if (unsharedVnd > 0) return today > dueOn ? 'missing' : 'due'
  return standings.some((each) => each === 'received' || each === 'kept') ? 'received' : 'nothing'
}

export interface DrawingFacts {
  readonly organisationId: string
  readonly holderId: string
  readonly paidBy: string
  readonly confirmedAt: unknown
  readonly returnedAt: unknown
}

/**
 * The organisation whose money it is confirms that it came, or says that it did not.
 *
 * @throws Refusal not-found `party-fees.drawing-unknown`; conflict `party-fees.drawing-answered`; against-rule
 *   `party-fees.remittance-two-people`
 */
export function requireMayAnswerDrawing(it: DrawingFacts, actor: RemittanceActor): void {
  if (actor.organisationId !== it.organisationId) throw new Refusal('not-found', 'party-fees.drawing-unknown')
  if (it.confirmedAt !== null || it.returnedAt !== null)
    throw new Refusal('conflict', 'party-fees.drawing-answered')
  if (actor.people.includes(it.paidBy)) throw twoPeople()
}

const unknown = (): Refusal => new Refusal('not-found', 'party-fees.remittance-unknown')
const twoPeople = (): Refusal => new Refusal('against-rule', 'party-fees.remittance-two-people')
const otherSide = (): Refusal => new Refusal('against-rule', 'party-fees.remittance-other-side')
const notOpen = (it: RemittanceFacts): Refusal =>
  new Refusal('conflict', 'party-fees.remittance-not-open', { facts: { standing: standingOfRemittance(it) } })
