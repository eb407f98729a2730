/** Holds over HTTP: the inspector's page of a member, setting and lifting; the same as JSON. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { PersonActor } from '../../kernel/actor.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { maskDigits } from '../../kernel/vietnamese-text.ts'
import { NEXT, type CommandType, type Status } from '../../procedures/official-transfer/states.ts'
import { findOpenTransfer } from '../../procedures/official-transfer/store.ts'
import { TRANSFER_TEXTS } from '../../procedures/official-transfer/texts.ts'
import { HOLD_KINDS, holdHistory } from '../../registry/members/holds.ts'
import { membershipOf } from '../../registry/members/memberships.ts'
import { getMember } from '../../registry/members/store.ts'
import { INSPECTION_CHAIR } from '../../registry/offices/positions.ts'
import { findOrganisation } from '../../registry/organisations/store.ts'
import type { ErrorItem } from '../../ui/error-summary.tsx'
import { formFields } from '../../web/forms.ts'
import { contextOf, parse, sessionOf, STATUS } from '../../web/http.ts'
import { html, newCommandId } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import { holdMember, mustInspect, releaseMember } from './holds.ts'
import { HoldsPage, type HoldsPageProps } from './holds-page.tsx'
import { HOME_TEXTS } from './texts.ts'

const MEMBER = z.object({ id: z.uuid() })
const HOLD = z.object({ id: z.uuid(), holdId: z.uuid() })
const basis = z.string().trim().min(1).max(500)
const SET = z.object({ commandId: z.uuid(), kind: z.enum(HOLD_KINDS), basis })
const LIFT = z.object({ commandId: z.uuid(), basis })
const PAGE = z.object({ done: z.enum(['set', 'lift']).optional().catch(undefined) })
const HOLDS = z.object({
  holds: z.array(
    z.object({
      id: z.uuid(),
      kind: z.enum(HOLD_KINDS),
      basis: z.string(),
      setOn: z.string(),
      liftedOn: z.string().nullable(),
      liftBasis: z.string().nullable(),
    }),
  ),
})

type PersonContext = Context & { readonly actor: PersonActor }

export function registerHolds(server: FastifyInstance, web: Web): void {
  const config = { access: 'officer' as const }

  server.get('/members/:id/holds', { config }, async (request, reply) => {
    const { id } = parse(MEMBER, request.params)
    const { done } = parse(PAGE, request.query)
    const context = await inspecting(web, request, id)
    return html(reply, await showHolds(web, request, id, context, { done, errors: [], entered: {} }))
  })

  server.post('/members/:id/holds', { config }, async (request, reply) => {
    const { id } = parse(MEMBER, request.params)
    const context = await inspecting(web, request, id)
    return asForm(request, id, context, async (fields) => {
      await holdMember(web, { ...parse(SET, fields), memberId: id }, context)
      return reply.redirect(`/members/${id}/holds?done=set`, 303)
    }).catch((page: unknown) => sendPage(reply, page))
  })

  server.post('/members/:id/holds/:holdId/lift', { config }, async (request, reply) => {
    const { id, holdId } = parse(HOLD, request.params)
    const context = await inspecting(web, request, id)
    return asForm(request, id, context, async (fields) => {
      await releaseMember(web, { ...parse(LIFT, fields), memberId: id, holdId }, context)
      return reply.redirect(`/members/${id}/holds?done=lift`, 303)
    }).catch((page: unknown) => sendPage(reply, page))
  })
}
