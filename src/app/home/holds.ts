/** Setting and lifting holds: the member's open transfer stops and goes on with them, in the same transaction. */
import type { Write } from '../../kernel/db.ts'
import { performIn, type Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { officialTransfer } from '../../procedures/official-transfer/procedure.ts'
import { NEXT, type CommandType, type Status } from '../../procedures/official-transfer/states.ts'
import { findOpenTransfer } from '../../procedures/official-transfer/store.ts'
import { holdsOf, liftHold, setHold, getHold, type HoldKind } from '../../registry/members/holds.ts'
import { membershipOf } from '../../registry/members/memberships.ts'
import { liesWithin } from '../../registry/organisations/store.ts'
import type { Read } from '../../kernel/db.ts'
import { derivedId } from '../../web/command-ids.ts'
import type { Web } from '../../web/web.ts'

type PersonContext = Context & { readonly actor: Extract<Context['actor'], { kind: 'person' }> }

/**
 * Lets pass whoever inspects an organisation in or above which the member is counted, or comes from.
 *
 * @throws Refusal not-found `member.unknown` for anybody else's member and for nobody's alike
 */
export async function mustInspect(
  read: Read,
  memberId: string,
  { actor, today }: PersonContext,
): Promise<void> {
  const membership = await membershipOf(read, memberId)
  const inspects =
    membership && (await liesWithin(read, membership.organisationId, actor.hat.organisationId, today))
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
    await tellTransfer(web, write, hold, { type: 'block', holdId: id }, context)
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
    await liftHold(write, {
      id: lift.holdId,
      on: context.today,
      by: context.actor.memberId,
      basis: lift.basis,
    })
    if ((await holdsOf(write, lift.memberId)).length > 0) return
    await tellTransfer(web, write, lift, { type: 'lift-block', holdId: lift.holdId }, context)
  })
}

async function tellTransfer(
  web: Web,
  write: Write,
  { commandId, memberId }: { commandId: string; memberId: string },
  command: { type: 'block' | 'lift-block'; holdId: string },
  context: Context,
): Promise<void> {
  const open = await findOpenTransfer(write, memberId)
  if (!open || !(NEXT[open.status as Status] as readonly CommandType[]).includes(command.type)) return
  await performIn(write, officialTransfer(web), { dossierId: open.id, commandId, command }, context)
}
