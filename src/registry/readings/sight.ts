/** Who may know of a member's dossier at all, and why, in every procedure: to everybody else it is as unknown as none. */
import { actsForMember, MEMBER_HAT } from '../../kernel/actor.ts'
import type { Read } from '../../kernel/db.ts'
import type { Party } from '../../kernel/dossier.ts'
import type { Context } from '../../kernel/procedure.ts'
import type { Sight } from '../../web/feature.ts'
import { findAncestors } from '../organisations/store.ts'
import { tookOverFrom } from '../organisations/successors.ts'
import { mayReadMembers } from '../reader.ts'

/** What sight is decided by: whom it is about, whom it passes, and where its two ends lie. */
export interface Concerned {
  readonly memberId: string
  /** written and never sent: its writer's alone, also after it was given up */
  readonly unsent?: boolean
  readonly way: readonly Party[]
  /** the chain it began in, as it was then: those keep what they knew of */
  readonly origin?: readonly { readonly id: string }[]
  /** its ends, where they lie today: a cell takes its dossiers along when it comes under another committee */
  readonly from: string | undefined
  readonly to: string | undefined
}

/**
 * The member (or who acts for them), every organisation on the way or that took over from one, and the committees above its two
 * ends; never who only keeps the system running. The reason is told to administrators who ask why (`/access`).
 */
export async function sightOf(
  read: Read,
  { memberId, unsent = false, way, origin = [], from, to }: Concerned,
  { actor, today }: Pick<Context, 'actor' | 'today'>,
): Promise<Sight> {
  if (actor.kind !== 'person') return { sees: true, why: 'clock' }
  if (actsForMember(actor, memberId)) return { sees: true, why: 'own' }
  if (actor.hat.position === MEMBER_HAT) return { sees: false, why: 'not-own' }
  if (!mayReadMembers(actor.hat)) return { sees: false, why: 'administrator' }
  const own = actor.hat.organisationId
  const passed = way.map(({ organisationId }) => organisationId)
  const began = origin.map(({ id }) => id)
  if (passed.includes(own)) return { sees: true, why: 'on-the-way' }
  if (unsent) return { sees: false, why: 'draft' }
  if (began.includes(own)) return { sees: true, why: 'above-origin' }
  if (await tookOverFrom(read, own, [...passed, ...began])) return { sees: true, why: 'took-over' }
  const isAbove = async (end: string | undefined) =>
    end !== undefined && (await findAncestors(read, end, today)).some(({ id }) => id === own)
  if (await isAbove(from)) return { sees: true, why: 'above-origin' }
  return (await isAbove(to)) ? { sees: true, why: 'above-destination' } : { sees: false, why: 'elsewhere' }
}
