/** The rules of delegation (ủy quyền): who may give what to whom, for how long, and who may take it back. */
import { MEMBER_HAT, type PersonActor } from '../kernel/actor.ts'
import { addDays, type PlainDate } from '../kernel/plain-date.ts'
import { Refusal } from '../kernel/refusal.ts'
import { requireFresh } from './session-rules.ts'

const ART_11 = '338-QĐ/TW, Điều 11'

/** A choice of ours: a delegation is renewed at least once a year, so that none is forgotten. The regulation names no limit. */
export const LONGEST_DELEGATION_DAYS = 366

/** 338-QĐ/TW art. 11: in writing, by authentication of the delegator's account, or another form as guided. */
export const DELEGATION_FORMS = ['written', 'account-auth', 'other'] as const
export type DelegationForm = (typeof DELEGATION_FORMS)[number]

/** 338-QĐ/TW art. 11: another member, or a Party organisation (then its officers act). */
export type Delegate =
  | { readonly kind: 'member'; readonly memberId: string }
  | { readonly kind: 'organisation'; readonly organisationId: string }

export interface GrantDelegation {
  readonly id: string
  readonly delegate: Delegate
  /** present when an office is delegated, absent for one's own affairs */
  readonly officeId?: string
  readonly procedures: readonly string[]
  readonly validFrom: PlainDate
  /** the last day */
  readonly validTo: PlainDate
  readonly form: DelegationForm
  /** why, and on what document */
  readonly basis: string
  readonly evidenceSha256?: string
}

export interface GrantFacts {
  readonly today: PlainDate
  /** real time, for the fresh sign-in */
  readonly now: Date
  /** codes of the procedures there are */
  readonly procedures: readonly string[]
  /** a live member, or an organisation that exists today */
  readonly delegateStands: boolean
  /** the evidence named is among the files kept; true when none is named */
  readonly evidenceKept: boolean
}

/**
 * Lets pass a delegation that may be given.
 *
 * @throws Refusal with the first rule that is broken
 */
export function mayGrant(actor: PersonActor, grant: GrantDelegation, facts: GrantFacts): void {
  // Ours, not the regulation's: who answers for what must stay one step away (handbook G.2).
  if (actor.onBehalfOf !== undefined) throw new Refusal('forbidden', 'identity.no-redelegation')
  if (
    grant.officeId === undefined ? actor.hat.position !== MEMBER_HAT : actor.hat.officeId !== grant.officeId
  )
    throw new Refusal('forbidden', 'identity.delegate-in-own-hat', { citation: ART_11 })
  mayReceive(actor, grant, facts)
  mustBeComplete(grant, facts)
  mustRunProperly(grant, facts.today)
  requireFresh(actor, facts.now)
}

function mayReceive(actor: PersonActor, { delegate, officeId }: GrantDelegation, facts: GrantFacts): void {
  if (delegate.kind === 'member' && delegate.memberId === actor.memberId)
    throw new Refusal('invalid', 'identity.delegate-is-oneself')
  if (!facts.delegateStands)
    throw new Refusal('against-rule', 'identity.delegate-unknown', { citation: ART_11 })
  // An office is a person's: whoever acts in it must be known by name.
  if (officeId !== undefined && delegate.kind === 'organisation')
    throw new Refusal('against-rule', 'identity.office-needs-person')
}

function mustBeComplete(grant: GrantDelegation, facts: GrantFacts): void {
  if (grant.procedures.length === 0) throw new Refusal('invalid', 'identity.procedures-missing')
  if (!grant.procedures.every((code) => facts.procedures.includes(code)))
    throw new Refusal('invalid', 'identity.procedure-unknown')
  if (grant.basis.trim() === '') throw new Refusal('invalid', 'identity.basis-missing', { citation: ART_11 })
  if (!facts.evidenceKept) throw new Refusal('invalid', 'identity.evidence-unknown')
}

function mustRunProperly({ validFrom, validTo }: GrantDelegation, today: PlainDate): void {
  if (validFrom < today) throw new Refusal('against-rule', 'identity.delegation-in-the-past')
  if (validTo < validFrom) throw new Refusal('invalid', 'identity.delegation-ends-early')
  if (validTo > addDays(validFrom, LONGEST_DELEGATION_DAYS - 1))
    throw new Refusal('against-rule', 'identity.delegation-too-long', {
      facts: { days: LONGEST_DELEGATION_DAYS },
    })
}

/**
 * Who gave a delegation takes it back at any time, and the person who received it lays it down; both for themselves.
 *
 * @throws Refusal not-found `identity.unknown-delegation` for anybody else, who need not know that it exists
 */
export function mayRevoke(
  actor: PersonActor,
  delegation: { readonly delegatorId: string; readonly delegateMemberId: string | null },
): void {
  const parties = [delegation.delegatorId, delegation.delegateMemberId]
  if (!parties.some((id) => id !== null && id === actor.memberId))
    throw new Refusal('not-found', 'identity.unknown-delegation')
}
