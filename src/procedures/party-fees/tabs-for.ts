/** The tabs over an officer's page, with what waits for who asks: the same counts on every page. */
import type { FastifyRequest } from 'fastify'
import type { Children } from '../../ui/children.ts'
import type { Web } from '../../web/web.ts'
import { handlingOf } from './collecting/handling.ts'
import { FeeTabs, type FeePage } from './fee-tabs.tsx'
import { waitingOnTabs } from './following/waiting.ts'

/** @throws Refusal as `handlingOf` */
export async function tabsFor(web: Web, request: FastifyRequest, current: FeePage): Promise<Children> {
  const counts = await waitingOnTabs(web.database.read, await handlingOf(web, request))
  return FeeTabs({ language: request.language, current, counts })
}
