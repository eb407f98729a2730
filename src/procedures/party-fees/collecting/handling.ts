/** Who handles a cell's fees in a request, and keeping whose names were shown. */
import type { FastifyRequest } from 'fastify'
import { requireCovered } from '../../../identity/hats.ts'
import { todayIn } from '../../../kernel/plain-date.ts'
import { keepListView, type ListView } from '../../../registry/readings/keeping.ts'
import { contextOf, sessionOf } from '../../../web/http.ts'
import type { Web } from '../../../web/web.ts'
import type { Handler } from '../assessing/lines.ts'
import { handledBy, PARTY_FEES, peopleOf } from '../law/who.ts'

/** @throws Refusal forbidden `party-fees.handlers-only`, `identity.outside-delegation` */
export async function handlingOf(web: Web, request: FastifyRequest): Promise<Handler> {
  requireCovered(sessionOf(request).hat, PARTY_FEES)
  const { actor, at, today } = await contextOf(request, web)
  return { cell: handledBy(actor), by: actor.memberId, people: peopleOf(actor), at, today }
}

/** Names of members shown to an officer are a reading of each. */
export async function keepShown(
  web: Web,
  request: FastifyRequest,
  people: readonly string[],
  kind: ListView['kind'] = 'list',
): Promise<void> {
  const { memberId, hat } = sessionOf(request)
  const { position, organisationId, onBehalfOf } = hat
  const viewer = { memberId, position, organisationId, grantId: onBehalfOf?.grantId ?? null }
  const at = web.clock.now()
  const shown = [...new Set(people)]
  const list = { organisationId, day: todayIn(at), kind, people: shown.length, shown, viewer, at }
  await web.database.transaction((write) => keepListView(write, list))
}
