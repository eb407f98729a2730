/** Paying ahead over HTTP: the lines of coming months are made, and the member pays them as any other. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { requireCovered } from '../../../identity/hats.ts'
import { isPlainMonth } from '../../../kernel/plain-date.ts'
import { formFields } from '../../../web/forms.ts'
import { contextOf, parse, sessionOf } from '../../../web/http.ts'
import type { Web } from '../../../web/web.ts'
import { ownFeesOf, PARTY_FEES } from '../law/who.ts'
import { assessAhead } from './ahead.ts'

const THROUGH = z.object({ through: z.string().refine(isPlainMonth) })

export function registerAhead(server: FastifyInstance, web: Web): void {
  server.post('/fees/ahead', { config: { access: 'signed-in' } }, async (request, reply) => {
    requireCovered(sessionOf(request).hat, PARTY_FEES)
    const { actor, today } = await contextOf(request, web)
    const { through } = parse(THROUGH, formFields(request.body))
    await assessAhead(web.database, ownFeesOf(actor), through, today)
    return reply.redirect('/fees?done=ahead', 303)
  })
}
