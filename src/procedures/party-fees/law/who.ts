/** Who handles Party fees: for a cell, and for the committees above it. */
import { MEMBER_HAT, type Actor, type Hat, type PersonActor } from '../../../kernel/actor.ts'
import { Refusal } from '../../../kernel/refusal.ts'

/** The procedure's name in delegations and features. */
export const PARTY_FEES = 'party-fees'

/** Of a cell: approve, adjust, collect, pay for a list, remit (338-QĐ/TW; the cell's leaders or who is in charge of finance). */
export const CELL_HANDLERS = ['cell-secretary', 'cell-deputy-secretary', 'finance-officer'] as const

/** Of a committee: receive what is remitted, keep accounts, decide refunds; its office does it in the committee's name. */
export const COMMITTEE_HANDLERS = [
  'finance-officer',
  'office-chief',
  'office-clerk',
  'committee-secretary',
  'committee-standing-deputy',
  'committee-deputy-secretary',
] as const

/** Of a cell or a committee. */
export const HANDLERS: readonly string[] = [...new Set<string>([...CELL_HANDLERS, ...COMMITTEE_HANDLERS])]

/** True when somebody in this hat handles the fees of the hat's own organisation. */
export function handlesFees({ position }: Pick<Hat, 'position'>): boolean {
  return HANDLERS.includes(position)
}

/** Where whoever handles fees begins: with the cell's month, or, above the cells, with following up theirs. */
export function feesBegin({ position }: Pick<Hat, 'position'>): '/fees/month' | '/fees/follow' {
  return (CELL_HANDLERS as readonly string[]).includes(position) ? '/fees/month' : '/fees/follow'
}

/**
 * The organisation whose fees the actor handles: the one of the hat.
 *
 * @throws Refusal forbidden `party-fees.handlers-only`
 */
export function handledBy(actor: Actor): string {
  if (actor.kind === 'person' && handlesFees(actor.hat)) return actor.hat.organisationId
  throw new Refusal('forbidden', 'party-fees.handlers-only')
}

/** Who acts, and for whom: both count as the one person. */
export function peopleOf({ memberId, onBehalfOf }: PersonActor): readonly string[] {
  return onBehalfOf ? [memberId, onBehalfOf.memberId] : [memberId]
}

/**
 * The member whose own fees the actor looks after: oneself, or who delegated them.
 *
 * @throws Refusal forbidden `party-fees.own-hat-only` in an office's hat
 */
export function ownFeesOf(actor: Actor): string {
  if (actor.kind !== 'person' || actor.hat.position !== MEMBER_HAT)
    throw new Refusal('forbidden', 'party-fees.own-hat-only')
  return actor.onBehalfOf?.memberId ?? actor.memberId
}
