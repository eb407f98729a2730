/** Where an event of one procedure concerns another: slices never meet, so the roof ties them, each tie a job. */
import type { PersonActor } from '../kernel/actor.ts'
import { MEMBER_HAT } from '../kernel/actor.ts'
import type { Task, Tasks } from '../kernel/jobs.ts'
import { recordNotice } from '../kernel/notices.ts'
import { performIn } from '../kernel/procedure.ts'
import { Refusal } from '../kernel/refusal.ts'
import { officialTransfer } from '../procedures/official-transfer/procedure.ts'
import { CONVERTED_TASK } from '../procedures/temporary-transfer/tasks.ts'
import { membershipOf } from '../registry/members/memberships.ts'
import { derivedId } from '../web/command-ids.ts'
import type { BackgroundServices } from '../web/feature.ts'

/** By the name that the procedure planned the job under. */
export function reactionsOf(services: BackgroundServices): Tasks {
  return { [CONVERTED_TASK]: openOfficial(services) }
}

/**
 * A temporary stay was made official by its member (transfers 6.5): an official transfer is begun for them, as a draft that
 * leads to the cell of the stay. Sending it is theirs. Done twice it is one dossier; one already open stays as it is.
 */
function openOfficial(services: BackgroundServices): Task {
  return async (payload) => {
    const stayId = String(payload.dossierId)
    const memberId = String(payload.memberId)
    const context = await services.contextNow()
    const dossierId = derivedId(`official transfer after ${stayId}`)
    const command = { type: 'save-draft', answers: { destinationId: String(payload.destinationId) } } as const
    const request = { dossierId, commandId: derivedId(`begin ${dossierId}`), command }
    await services.database.transaction(async (write) => {
      const membership = await membershipOf(write, memberId)
      if (!membership) return
      const hat = { position: MEMBER_HAT, organisationId: membership.organisationId }
      const actor: PersonActor = { kind: 'person', memberId, hat, signedInAt: context.at }
      try {
        await performIn(write, officialTransfer(services), request, { ...context, actor })
      } catch (error) {
        // Refused before anything was written: they have one open already, or belong nowhere any more.
        if (error instanceof Refusal) return
        throw error
      }
      await recordNotice(write, {
        to: { memberId },
        code: 'temporary.official-opened',
        dossierId,
        onceKey: `official after ${stayId}`,
        at: context.at,
      })
    })
  }
}
