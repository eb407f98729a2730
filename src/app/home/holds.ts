/** Setting and lifting holds: the member's open transfer stops and goes on with them, in the same transaction. */
import type { Write } from '../../kernel/db.ts'
import type { Language } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import {
  holdsOf,
  liftHold,
  setHold,
  getHold,
  type HoldKind,
  type MemberHold,
} from '../../registry/members/holds.ts'
import { membershipOf } from '../../registry/members/memberships.ts'
import { findOrganisation, liesWithin } from '../../registry/organisations/store.ts'
import type { Read } from '../../kernel/db.ts'
import { derivedId } from '../../web/command-ids.ts'
import type { Web } from '../../web/web.ts'
import { FEATURES } from '../features.ts'

type PersonContext = Context & { readonly actor: Extract<Context['actor'], { kind: 'person' }> }

/**
 * Lets pass whoever inspects an organisation in or above which the member is counted, or comes from. Nobody reads a hold
 * of the own, nor sets or lifts one; and an inspection is no procedure that could be delegated.
 *
 * @throws Refusal not-found `member.unknown` for anybody else's member, for oneself and for nobody's alike; forbidden
 *   `registry.not-delegated` in a hat worn for somebody else
 */
export async function mustInspect(
  read: Read,
  memberId: string,
  { actor, today }: PersonContext,
): Promise<void> {
  if (actor.onBehalfOf)
    throw new Refusal('forbidden', 'registry.not-delegated', { citation: '338-QĐ/TW, Điều 11' })
  const membership = await membershipOf(read, memberId)
  const inspects =
    membership &&
    actor.memberId !== memberId &&
    (await liesWithin(read, membership.organisationId, actor.hat.organisationId, today))
  if (!inspects) throw new Refusal('not-found', 'member.unknown')
}

/** Sets the hold and blocks the open transfer, if it stands where it can be blocked. */
export async function holdMember(
  web: Web,
  hold: { commandId: string; memberId: string; kind: HoldKind; basis: string },
  context: PersonContext,
): Promise<void> {
  const { actor, today } = context
  const id = derivedId(`hold ${hold.commandId}`)
  await web.database.transaction(async (write) => {
    await mustInspect(write, hold.memberId, context)
    await setHold(write, {
      id,
      memberId: hold.memberId,
      kind: hold.kind,
      basis: hold.basis,
      setOn: today,
      setBy: actor.memberId,
      setByOffice: actor.hat.officeId ?? null,
    })
    await tellDossiers(web, write, { ...hold, holdId: id, set: true }, context)
  })
}

/** Lifts the hold; the blocked transfer goes on when no other hold stands. */
export async function releaseMember(
  web: Web,
  lift: { commandId: string; memberId: string; holdId: string; basis: string },
  context: PersonContext,
): Promise<void> {
  await web.database.transaction(async (write) => {
    await mustInspect(write, lift.memberId, context)
    const hold = await getHold(write, lift.holdId)
    if (hold.memberId !== lift.memberId) throw new Refusal('not-found', 'hold.unknown')
    const above = await setAbove(write, hold, context)
    if (above) throw new Refusal('forbidden', 'hold.set-above', { facts: { organisation: above } })
    await liftHold(write, {
      id: lift.holdId,
      on: context.today,
      by: context.actor.memberId,
      basis: lift.basis,
    })
    if ((await holdsOf(write, lift.memberId)).length > 0) return
    await tellDossiers(web, write, { ...lift, set: false }, context)
  })
}

/**
 * What is called the organisation that set a hold which this inspector may not lift: only the body that set it, or one
 * above it, may. A body that is no more leaves its holds to whoever inspects now.
 */
export async function setAbove(
  read: Read,
  { setIn }: Pick<MemberHold, 'setIn'>,
  { actor, today }: PersonContext,
): Promise<string | undefined> {
  const body = setIn === null ? undefined : await findOrganisation(read, setIn, today)
  const mayLift = !body || (await liesWithin(read, body.id, actor.hat.organisationId, today))
  return mayLift ? undefined : body.name
}

/** Each procedure that holds stop is told, in the hold's own transaction. */
async function tellDossiers(
  web: Web,
  write: Write,
  change: { memberId: string; commandId: string; holdId: string; set: boolean },
  context: Context,
): Promise<void> {
  for (const { holds } of FEATURES) await holds?.tell(write, web, change, context)
}

/** The member's open dossier that holds stop: its page, its step in words, and whether it stops at once. */
export async function heldDossier(
  read: Read,
  memberId: string,
  language: Language,
): Promise<{ href: string; step: string; stopsLater: boolean } | undefined> {
  for (const { holds, pages, words } of FEATURES) {
    const open = await holds?.open(read, memberId)
    if (!open) continue
    const { id, status, stopsLater } = open
    return { href: `${pages}/${id}`, step: words[language].statuses[status] ?? status, stopsLater }
  }
  return undefined
}
