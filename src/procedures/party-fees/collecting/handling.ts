/** Who handles a cell's fees in a request. */
import type { FastifyRequest } from 'fastify'
import { requireCovered } from '../../../identity/hats.ts'
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
