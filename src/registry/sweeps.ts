/** What time brings about in the registry: reported errors go up by themselves, late answers are told to the leaders. */
import type { Sweep } from '../kernel/jobs.ts'
import type { BackgroundServices } from '../web/feature.ts'
import { routeStrays } from './own-record/routing.ts'
import { tellLateQuestions } from './readings/questions.ts'

export function registrySweeps({ database, contextNow }: BackgroundServices): Sweep[] {
  return [
    {
      name: 'members-rights',
      everyMinutes: 60,
      async run() {
        const now = await contextNow()
        await database.transaction(async (write) => {
          await routeStrays(write, now)
          await tellLateQuestions(write, now.at)
        })
      },
    },
  ]
}
