/** Holds over HTTP: the inspector's page of a member, setting and lifting; the same as JSON. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { PersonActor } from '../../kernel/actor.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { maskDigits } from '../../kernel/vietnamese-text.ts'
import { HOLD_KINDS, holdHistory } from '../../registry/members/holds.ts'
import { membershipOf } from '../../registry/members/memberships.ts'
import { getMember } from '../../registry/members/store.ts'
import { INSPECTION_CHAIR } from '../../registry/offices/positions.ts'
import { keepView } from '../../registry/readings/keeping.ts'
import { findOrganisation } from '../../registry/organisations/store.ts'
import type { ErrorItem } from '../../ui/error-summary.tsx'
import { formFields } from '../../web/forms.ts'
import { contextOf, parse, sessionOf, STATUS } from '../../web/http.ts'
import { html, newCommandId } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import { heldDossier, holdMember, mustInspect, releaseMember, setAbove } from './holds.ts'
import { HoldsPage, liftFieldId, type HoldsPageProps } from './holds-page.tsx'
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
  const config = { access: 'officer' as const, scope: { id: 'inspected-member' } as const }
  const lifting = { ...config, scope: { id: 'inspected-member', holdId: 'part' } as const }

  server.get('/members/:id/holds', { config }, async (request, reply) => {
    const { id } = parse(MEMBER, request.params)
    const { done } = parse(PAGE, request.query)
    const context = await inspecting(web, request, id)
    return html(reply, await showHolds(web, request, id, context, { done, errors: [], entered: {} }))
  })

  server.post('/members/:id/holds', { config }, async (request, reply) => {
    const { id } = parse(MEMBER, request.params)
    const context = await inspecting(web, request, id)
    return attempt(web, request, reply, { id, context, what: 'set' }, (fields) =>
      holdMember(web, { ...parse(SET, fields), memberId: id }, context),
    )
  })

  server.post('/members/:id/holds/:holdId/lift', { config: lifting }, async (request, reply) => {
    const { id, holdId } = parse(HOLD, request.params)
    const context = await inspecting(web, request, id)
    return attempt(web, request, reply, { id, context, what: 'lift', holdId }, (fields) =>
      releaseMember(web, { ...parse(LIFT, fields), memberId: id, holdId }, context),
    )
  })

  registerHoldsApi(server, web)
}

function registerHoldsApi(server: FastifyInstance, web: Web): void {
  const address = '/api/v1/members/:id/holds'
  const described = (summary: string, body?: z.ZodType) => ({
    config: {
      access: 'officer' as const,
      scope: { id: 'inspected-member', holdId: 'part' } as const,
      api: { summary, response: HOLDS, ...(body ? { body } : {}) },
    },
  })

  server.get(address, described('Holds on a member, for the inspection chair'), async (request) => {
    const { id } = parse(MEMBER, request.params)
    await inspecting(web, request, id)
    return holdsAnswer(web, id)
  })

  server.post(address, described('Set a hold; the open transfer stops with it', SET), async (request) => {
    const { id } = parse(MEMBER, request.params)
    const context = await inspecting(web, request, id)
    await holdMember(web, { ...parse(SET, request.body), memberId: id }, context)
    return holdsAnswer(web, id)
  })

  server.post(`${address}/:holdId/lift`, described('Lift a hold', LIFT), async (request) => {
    const { id, holdId } = parse(HOLD, request.params)
    const context = await inspecting(web, request, id)
    await releaseMember(web, { ...parse(LIFT, request.body), memberId: id, holdId }, context)
    return holdsAnswer(web, id)
  })
}

async function holdsAnswer(web: Web, memberId: string): Promise<z.infer<typeof HOLDS>> {
  const holds = await holdHistory(web.database.read, memberId)
  return {
    holds: holds.map(({ id, kind, basis: why, setOn, liftedOn, liftBasis }) => ({
      id,
      kind,
      basis: why,
      setOn,
      liftedOn,
      liftBasis,
    })),
  }
}

/**
 * The inspection chair of an organisation above the member; to anybody else the member is unknown.
 *
 * @throws Refusal not-found `member.unknown`
 */
async function inspecting(web: Web, request: FastifyRequest, memberId: string): Promise<PersonContext> {
  const context = await contextOf(request, web)
  if (sessionOf(request).hat.position !== INSPECTION_CHAIR) throw new Refusal('not-found', 'member.unknown')
  await mustInspect(web.database.read, memberId, context)
  const { actor, at } = context
  const viewer = { memberId: actor.memberId, ...actor.hat }
  await web.database.transaction((write) => keepView(write, { memberId, kind: 'record', viewer, at }))
  return context
}

/** Does it and goes back to the page; a refusal is shown there with what was written. */
async function attempt(
  web: Web,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: { id: string; context: PersonContext; what: 'set' | 'lift'; holdId?: string },
  act: (fields: Readonly<Record<string, unknown>>) => Promise<void>,
): Promise<FastifyReply> {
  const { id, context, what, holdId } = asked
  const fields = formFields(request.body)
  try {
    await act(fields)
    return reply.redirect(`/members/${id}/holds?done=${what}`, 303)
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind === 'not-found') throw error
    const errors = errorsOf(web, request, error, holdId)
    const shown = { errors, entered: written(fields), lifting: holdId, done: undefined }
    return html(reply.code(STATUS[error.kind]), await showHolds(web, request, id, context, shown))
  }
}

/** @param holdId the hold whose form was sent: its fields have ids of their own */
function errorsOf(
  web: Web,
  { language }: FastifyRequest,
  refusal: Refusal,
  holdId: string | undefined,
): ErrorItem[] {
  const { problems } = HOME_TEXTS[language].holds
  const named = refusal.fields.flatMap(({ field }) =>
    field === 'basis' || field === 'kind'
      ? [{ field, text: problems[field], ...(holdId ? { id: liftFieldId(holdId) } : {}) }]
      : [],
  )
  if (named.length > 0) return named
  const words = web.wordsOf(refusal, language)
  return [{ text: `${words.what} ${words.mend}` }]
}

function written(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

async function showHolds(
  web: Web,
  request: FastifyRequest,
  memberId: string,
  context: PersonContext,
  shown: Pick<HoldsPageProps, 'done' | 'errors' | 'entered' | 'lifting'>,
): Promise<string> {
  const { read } = web.database
  const { language } = request
  const { today } = context
  const [member, membership, holds, dossier] = await Promise.all([
    getMember(read, memberId),
    membershipOf(read, memberId),
    holdHistory(read, memberId),
    heldDossier(read, memberId, language),
  ])
  const organisation = membership && (await findOrganisation(read, membership.organisationId, today))
  const page = HoldsPage({
    language,
    csrf: sessionOf(request).csrf,
    commandIdOf: newCommandId,
    member: {
      id: memberId,
      name: member.fullName,
      card: maskDigits(member.cardNumber ?? '').replaceAll('*', '•'),
      organisation: organisation?.name ?? '',
    },
    holds: await Promise.all(
      holds.map(async (hold) => ({ ...hold, setAbove: await setAbove(read, hold, context) })),
    ),
    dossier,
    ...shown,
  })
  const { title } = HOME_TEXTS[language].holds
  const heading =
    shown.errors.length > 0 ? `${language === 'en' ? 'To correct' : 'Cần sửa'}: ${title}` : title
  return web.showPage(request, {
    title: heading,
    children: page,
    back: { href: '/', text: HOME_TEXTS[language].bulk.back },
  })
}
