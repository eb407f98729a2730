/** Delegations over HTTP: the page with both lists and the form, and the same as JSON. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { Refusal } from '../kernel/refusal.ts'
import {
  delegationBody,
  delegationForm,
  delegationsAnswer,
  idParams,
  type DelegationBody,
} from './contract.ts'
import type { Delegate } from './delegation-rules.ts'
import { findDelegateMember, grantDelegation, revokeDelegation } from './delegations.ts'
import { requireSession } from './identification.ts'
import { invalidInput, sendPage, type IdentityRouteOptions } from './route-options.ts'
import { actorOf, type ActingSession } from './sessions.ts'
import { STATUS } from '../web/status.ts'
import { delegationsView, shownDelegations, type ShownDelegation } from './view.ts'

/** Naming a delegate tells whether an ID and a name belong together: it must not be asked in bulk. */
const NAMED = { id: 'new', officeId: 'own', delegateOrganisationId: 'open' } as const
const GIVE = { access: 'signed-in', cost: 'guessing', scope: NAMED } as const
const PARTY = { access: 'signed-in' } as const
const ONE = { ...PARTY, scope: { id: 'own' } } as const

export function registerDelegationRoutes(app: FastifyInstance, options: IdentityRouteOptions): void {
  registerPages(app, options)
  registerJson(app, options)
}

function registerPages(app: FastifyInstance, options: IdentityRouteOptions): void {
  const typed = app.withTypeProvider<ZodTypeProvider>()

  typed.get('/delegations', { config: PARTY }, async (request, reply) => {
    const session = await requireSession(options, request)
    return showDelegations(options, session, request, reply)
  })

  typed.post('/delegations', { config: GIVE }, async (request, reply) => {
    const session = await requireSession(options, request)
    try {
      const parsed = delegationForm.safeParse(request.body)
      if (!parsed.success)
        throw invalidInput(parsed.error.issues.map(({ path, code }) => ({ field: path.join('.'), code })))
      await give(options, session, parsed.data)
      return reply.redirect('/delegations', 303)
    } catch (error) {
      // What was written stays on the page, with the reason above it.
      if (!(error instanceof Refusal)) throw error
      reply.code(STATUS[error.kind])
      return showDelegations(options, session, request, reply, error)
    }
  })

  typed.post(
    '/delegations/:id/revoke',
    { config: ONE, schema: { params: idParams } },
    async (request, reply) => {
      const session = await requireSession(options, request)
      await takeBack(options, session, request.params.id)
      return reply.redirect('/delegations', 303)
    },
  )
}

async function showDelegations(
  options: IdentityRouteOptions,
  session: ActingSession,
  request: FastifyRequest,
  reply: FastifyReply,
  problem?: Refusal,
): Promise<FastifyReply> {
  const view = await delegationsView(options.database.read, session, {
    now: options.now(),
    today: await options.today(),
    procedures: options.procedures,
    newId: randomUUID(),
  })
  const entered = problem === undefined ? {} : { problem, entered: request.body as Record<string, unknown> }
  return sendPage(reply, await options.pages.delegations({ ...view, ...entered }, request))
}

/** Gives the delegation the body describes, in the hat worn: an office is only delegated as its holder. */
async function give(
  options: IdentityRouteOptions,
  session: ActingSession,
  body: DelegationBody,
): Promise<void> {
  const context = {
    now: options.now(),
    today: await options.today(),
    procedures: options.procedures.map((procedure) => procedure.code),
  }
  await options.database.transaction(async (write) => {
    const delegate: Delegate =
      body.delegateKind === 'organisation'
        ? { kind: 'organisation', organisationId: body.delegateOrganisationId }
        : {
            kind: 'member',
            memberId: await memberNamed(write, body),
          }
    const { id, officeId, procedures, validFrom, validTo, form, basis, evidenceSha256 } = body
    await grantDelegation(
      write,
      actorOf(session),
      {
        id,
        delegate,
        procedures,
        validFrom,
        validTo,
        form,
        basis,
        ...(officeId === undefined ? {} : { officeId }),
        ...(evidenceSha256 === undefined ? {} : { evidenceSha256 }),
      },
      context,
    )
  })
}

async function memberNamed(
  read: Parameters<typeof findDelegateMember>[0],
  body: { delegatePersonalId: string; delegateName: string },
): Promise<string> {
  const found = await findDelegateMember(read, body.delegatePersonalId, body.delegateName)
  if (found === undefined)
    throw new Refusal('against-rule', 'identity.delegate-unknown', { citation: '338-QĐ/TW, Điều 11' })
  return found
}

async function takeBack(options: IdentityRouteOptions, session: ActingSession, id: string): Promise<void> {
  await options.database.transaction((write) => revokeDelegation(write, actorOf(session), id, options.now()))
}

function registerJson(app: FastifyInstance, options: IdentityRouteOptions): void {
  const typed = app.withTypeProvider<ZodTypeProvider>()
  const answer = { response: { 200: delegationsAnswer } }

  async function lists(session: ActingSession) {
    const { given, received } = await shownDelegations(
      options.database.read,
      session.memberId,
      await options.today(),
    )
    return { given: given.map(asJson), received: received.map(asJson) }
  }

  typed.get(
    '/api/v1/delegations',
    { config: { ...PARTY, api: { summary: 'Delegations given and received' } }, schema: answer },
    async (request) => lists(await requireSession(options, request)),
  )

  typed.post(
    '/api/v1/delegations',
    {
      config: { ...GIVE, api: { summary: 'Give a delegation' } },
      schema: { ...answer, body: delegationBody },
    },
    async (request) => {
      const session = await requireSession(options, request)
      await give(options, session, request.body)
      return lists(session)
    },
  )

  typed.post(
    '/api/v1/delegations/:id/revoke',
    {
      config: { ...ONE, api: { summary: 'Take back or lay down a delegation' } },
      schema: { ...answer, params: idParams },
    },
    async (request) => {
      const session = await requireSession(options, request)
      await takeBack(options, session, request.params.id)
      return lists(session)
    },
  )
}

function asJson(delegation: ShownDelegation) {
  return {
    ...delegation,
    grantedAt: delegation.grantedAt.toISOString(),
    revokedAt: delegation.revokedAt?.toISOString() ?? null,
  }
}
