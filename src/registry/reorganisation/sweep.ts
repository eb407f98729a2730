/** Time applies what was signed before its day. */
import { CLOCK } from '../../kernel/actor.ts'
import type { Sweep } from '../../kernel/jobs.ts'
import type { BackgroundServices } from '../../web/feature.ts'
import type { FollowDossiers } from './apply.ts'
import { applyDue, duePlans } from './plans.ts'

/** One after the other: what the first changes the second meets. One that fails keeps none of the others waiting. */
export function reorganisationSweep(services: BackgroundServices, follow: FollowDossiers): Sweep {
  return {
    name: 'reorganisation',
    everyMinutes: 10,
    async run() {
      const now = await services.contextNow()
      const defects: unknown[] = []
      for (const id of await duePlans(services.database.read, now.today))
        await applyDue(services.database, id, { ...now, actor: CLOCK }, follow, services).catch(
          (error: unknown) => defects.push(error),
        )
      if (defects.length > 0) throw new AggregateError(defects, `${defects.length} plans not applied`)
    },
  }
}
