/** Reorganisations over HTTP: plans of the committee one acts for, drawn up, looked at, signed, taken back; pages and JSON. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { PersonActor } from '../../kernel/actor.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { formFields } from '../../web/forms.ts'
import { contextOf, parse, sessionOf, STATUS, type ApiDescription } from '../../web/http.ts'
import { html, newCommandId } from '../../web/procedure-routes.ts'
import type { Scopes } from '../../web/scope.ts'
import type { Page, Web } from '../../web/web.ts'
import { findMembers } from '../members/search.ts'
import { childrenOn } from '../organisations/counting.ts'
import { getOrganisation, liesWithin, type Organisation } from '../organisations/store.ts'
import { mayReadMembers } from '../reader.ts'
import * as contract from './contract.ts'
import { withoutStep, withStep } from './drafting.ts'
import { know } from './know.ts'
import type { Plan, StepType } from './law/plan.ts'
import { mayFollow, PLANNERS } from './law/rules.ts'
import { PlanPage } from './plan-page.tsx'
import {
  cancelPlan,
  reorganisationsUnder,
  savePlan,
  signPlan,
  takeBack,
  type Reorganisation,
} from './plans.ts'
import { DetailsPage, PlansPage, type DetailsPageProps } from './plans-page.tsx'
import { papersShown, planPapers } from './papers/view.ts'
import { StepPage, type StepPageProps } from './step-page.tsx'
import { REORGANISATION_TEXTS } from './texts.ts'
import { planView, previewIfOpen, readableReorganisation } from './view.ts'

/** Who asks, and for which committee: its own people, or its commission's. */
interface Planner {
  readonly context: Context & { readonly actor: PersonActor }
  readonly committee: Organisation
}

/**
 * @throws Refusal forbidden `reorganisation.not-yours` for offices that plan nothing, and for cells, which lie above nobody
 */
async function plannerOf(request: FastifyRequest, web: Web): Promise<Planner> {
  const context = await contextOf(request, web)
  const { hat, onBehalfOf } = context.actor
  const own = await getOrganisation(web.database.read, hat.organisationId, context.today)
  if (!PLANNERS.includes(hat.position) || onBehalfOf || own.tier === 'cell')
    throw new Refusal('forbidden', 'reorganisation.not-yours', { facts: { command: 'save' } })
  const committee =
    own.tier === 'advisory' && own.parentId
      ? await getOrganisation(web.database.read, own.parentId, context.today)
      : own
  return { context, committee }
}

export function registerReorganisationRoutes(server: FastifyInstance, web: Web): void {
  registerReading(server, web)
  registerDrafting(server, web)
  registerActs(server, web)
  registerApi(server, web)
}

const officer = { config: { access: 'officer' as const } }
const ONE = { id: 'reorganisation' } as const
const one = { config: { ...officer.config, scope: ONE } }
/** what is ticked or looked into lies within the committee whose plan it is, or is unknown */
const IN_PLAN = {
  within: 'part',
  organisations: 'part',
  members: 'part',
  offices: 'part',
  targetNameId: 'part',
} as const
const step = { config: { ...officer.config, scope: { ...ONE, ...IN_PLAN, type: 'word' } as const } }

function registerReading(server: FastifyInstance, web: Web): void {
  const { read } = web.database

  server.get('/reorganisations', officer, async (request, reply) => {
    const { committee } = await plannerOf(request, web)
    const { done } = parse(contract.LIST_PAGE, request.query)
    const plans = await reorganisationsUnder(read, committee.id)
    const { language } = request
    return show(web, request, reply, {
      title: REORGANISATION_TEXTS[language].title,
      children: PlansPage({
        language,
        committee: committee.name,
        cancelled: done === 'cancelled',
        plans: plans.map(({ id, status, plan }) => ({
          id,
          status,
          title: plan.title,
          effectiveOn: plan.effectiveOn,
          decision: `${plan.decision.number}, ${plan.decision.issuer}`,
        })),
      }),
    })
  })

  server.get('/reorganisations/:id', one, async (request, reply) => {
    const { id } = parse(contract.ADDRESS, request.params)
    const { done } = parse(contract.SHOWN, request.query)
    const planner = await plannerOf(request, web)
    const plan = await readableReorganisation(read, planner.committee.id, id)
    return showPlan(web, request, reply, planner, plan, { done, problem: undefined })
  })
}

async function showPlan(
  web: Web,
  request: FastifyRequest,
  reply: FastifyReply,
  { context }: Planner,
  plan: Reorganisation,
  shown: {
    readonly done: 'saved' | 'signed' | 'applied' | 'undone' | undefined
    readonly problem: string | undefined
  },
): Promise<FastifyReply> {
  const { language } = request
  const view = await planView(web.database.read, plan, context, language)
  return show(web, request, reply, {
    title: plan.plan.title,
    width: 'wide',
    back: { href: '/reorganisations', text: REORGANISATION_TEXTS[language].back },
    children: PlanPage({
      ...view,
      ...shown,
      language,
      papers: papersShown(await planPapers(web.database.read, plan.id, context), language),
      today: context.today,
      csrf: sessionOf(request).csrf,
      commandIdOf: newCommandId,
    }),
  })
}

async function show(
  web: Web,
  request: FastifyRequest,
  reply: FastifyReply,
  page: Page,
): Promise<FastifyReply> {
  return html(reply, await web.showPage(request, page))
}

function registerDrafting(server: FastifyInstance, web: Web): void {
  const { database } = web
  const { read } = database

  server.get('/reorganisations/begin', officer, async (request, reply) => {
    const planner = await plannerOf(request, web)
    return showDetails(web, request, reply, planner, { action: '/reorganisations', entered: {}, errors: [] })
  })

  server.post('/reorganisations', officer, async (request, reply) => {
    const planner = await plannerOf(request, web)
    return detailsPosted(web, request, reply, planner, undefined)
  })

  server.get('/reorganisations/:id/details', one, async (request, reply) => {
    const planner = await plannerOf(request, web)
    const { id, plan, version } = await changeable(web, planner, request)
    const { title, decision, effectiveOn } = plan
    return showDetails(web, request, reply, planner, {
      action: `/reorganisations/${id}/details`,
      expectedNumber: version,
      entered: { title, effectiveOn, ...decision },
      errors: [],
    })
  })

  server.post('/reorganisations/:id/details', one, async (request, reply) => {
    const planner = await plannerOf(request, web)
    return detailsPosted(web, request, reply, planner, await changeable(web, planner, request))
  })

  server.get('/reorganisations/:id/steps/:type', step, async (request, reply) => {
    const planner = await plannerOf(request, web)
    const { type } = parse(contract.STEP_ADDRESS, request.params)
    const plan = await changeable(web, planner, request)
    const { within } = parse(contract.PICKING, request.query)
    const entered =
      type === 'merge' || type === 'split' ? { newKind: type === 'merge' ? 'commune' : 'cell' } : {}
    return showStep(web, request, reply, planner, plan, type, within, { entered, errors: [] })
  })

  server.post('/reorganisations/:id/steps/:type', step, async (request, reply) => {
    const planner = await plannerOf(request, web)
    const { type } = parse(contract.STEP_ADDRESS, request.params)
    const before = await changeable(web, planner, request)
    const fields = formFields(request.body)
    try {
      const form = parse(contract.STEP_FORM, fields)
      const within = await pickable(web, planner, before.plan, form.within)
      const changed = await withStep(type, { read, underId: before.underId, plan: before.plan, form, within })
      return await saved(web, reply, planner, before, changed, fields)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'request.invalid') throw error
      const within = typeof fields.within === 'string' ? fields.within : undefined
      const { problems } = REORGANISATION_TEXTS[request.language].form
      const errors = error.fields.map(({ field }) => ({
        field,
        text: problems[field as keyof typeof problems] ?? REORGANISATION_TEXTS[request.language].missing,
      }))
      reply.code(400)
      return showStep(web, request, reply, planner, before, type, within, {
        entered: fields as StepPageProps['entered'],
        errors,
      })
    }
  })

  server.post('/reorganisations/:id/remove', one, async (request, reply) => {
    const planner = await plannerOf(request, web)
    const before = await changeable(web, planner, request)
    const fields = formFields(request.body)
    const { step } = parse(contract.REMOVE_STEP, fields)
    return saved(web, reply, planner, before, withoutStep(before.plan, step), fields)
  })

  server.post('/reorganisations/:id/continuing', one, async (request, reply) => {
    const planner = await plannerOf(request, web)
    const before = await changeable(web, planner, request)
    const fields = formFields(request.body)
    const { offices } = parse(contract.CONTINUING, fields)
    return saved(web, reply, planner, before, { ...before.plan, continuing: offices }, fields)
  })
}

/** A plan that may still be written on. */
async function changeable(
  web: Web,
  { committee }: Planner,
  request: FastifyRequest,
): Promise<Reorganisation> {
  const { id } = parse(contract.ADDRESS, request.params)
  const plan = await readableReorganisation(web.database.read, committee.id, id)
  mayFollow(plan.status, 'save')
  return plan
}

async function saved(
  web: Web,
  reply: FastifyReply,
  { context, committee }: Planner,
  before: Reorganisation,
  plan: Plan,
  fields: Readonly<Record<string, unknown>>,
): Promise<FastifyReply> {
  const commandId = parse(contract.ADDRESS.shape.id, fields.commandId)
  const expected = Number(fields.expectedNumber ?? before.version)
  const asked = { id: before.id, commandId, underId: committee.id, plan, expected }
  await savePlan(web.database, asked, context)
  return reply.redirect(`/reorganisations/${before.id}?done=saved`, 303)
}

async function detailsPosted(
  web: Web,
  request: FastifyRequest,
  reply: FastifyReply,
  planner: Planner,
  before: Reorganisation | undefined,
): Promise<FastifyReply> {
  const { context, committee } = planner
  const fields = formFields(request.body)
  const parsed = contract.DETAILS.safeParse(fields)
  const commandId = parse(contract.ADDRESS.shape.id, fields.commandId)
  if (!parsed.success) {
    const words = REORGANISATION_TEXTS[request.language]
    const errors = parsed.error.issues.map((issue) => {
      const field = String(issue.path[0])
      return {
        field,
        text: field.endsWith('On') && fields[field] !== undefined ? words.wrongDay : words.missing,
      }
    })
    const action = before ? `/reorganisations/${before.id}/details` : '/reorganisations'
    const entered = request.body as Record<string, string>
    reply.code(400)
    return showDetails(web, request, reply, planner, {
      action,
      expectedNumber: before?.version,
      entered,
      errors,
    })
  }
  const { title, number, issuer, signedOn, effectiveOn } = parsed.data
  const empty = { bodies: [], steps: [], continuing: [] }
  const plan: Plan = {
    ...(before?.plan ?? empty),
    title,
    decision: { number, issuer, signedOn },
    effectiveOn,
  }
  // Sent twice, the form makes one plan: its id follows from the page it was made with.
  const id = before?.id ?? commandId
  const expected = before ? { expected: Number(fields.expectedNumber ?? before.version) } : {}
  await savePlan(
    web.database,
    { id, commandId: before ? commandId : id, underId: committee.id, plan, ...expected },
    context,
  )
  return reply.redirect(`/reorganisations/${id}?done=saved`, 303)
}

function showDetails(
  web: Web,
  request: FastifyRequest,
  reply: FastifyReply,
  { context }: Planner,
  shown: Pick<DetailsPageProps, 'action' | 'entered' | 'errors' | 'expectedNumber'>,
): Promise<FastifyReply> {
  const { language } = request
  const texts = REORGANISATION_TEXTS[language]
  return show(web, request, reply, {
    title: texts.details.title,
    back: { href: '/reorganisations', text: texts.back },
    children: DetailsPage({
      ...shown,
      language,
      today: context.today,
      csrf: sessionOf(request).csrf,
      commandId: newCommandId(),
    }),
  })
}

/** An organisation whose inside the planner may look at: the committee's own, on the plan's day. */
async function pickable(web: Web, { committee }: Planner, plan: Plan, id: string): Promise<Organisation> {
  const { read } = web.database
  if (!(await liesWithin(read, id, committee.id, plan.effectiveOn)))
    throw new Refusal('not-found', 'organisation.unknown')
  return getOrganisation(read, id, plan.effectiveOn)
}

async function showStep(
  web: Web,
  request: FastifyRequest,
  reply: FastifyReply,
  planner: Planner,
  reorganisation: Reorganisation,
  type: StepType,
  withinId: string | undefined,
  shown: Pick<StepPageProps, 'entered' | 'errors'>,
): Promise<FastifyReply> {
  const { context, committee } = planner
  const { plan } = reorganisation
  const { read } = web.database
  const within = await pickable(web, planner, plan, withinId ?? committee.id)
  const inside = type === 'part' || type === 'split'
  const [children, known, members] = await Promise.all([
    childrenOn(read, within.id, plan.effectiveOn),
    know(read, committee.id, plan),
    inside && within.holdsMembers && mayReadMembers(context.actor.hat)
      ? findMembers(read, { within: [within.id], day: context.today, limit: 200 })
      : { members: [] },
  ])
  const { language } = request
  const texts = REORGANISATION_TEXTS[language]
  return show(web, request, reply, {
    title: texts.stepNames[type],
    back: { href: `/reorganisations/${reorganisation.id}`, text: plan.title },
    children: StepPage({
      ...shown,
      language,
      type,
      planId: reorganisation.id,
      csrf: sessionOf(request).csrf,
      commandId: newCommandId(),
      expectedNumber: reorganisation.version,
      within: {
        id: within.id,
        name: within.name,
        upId: within.id === committee.id ? null : within.parentId,
      },
      organisations: children.map((child) => ({
        id: child.id,
        name: child.name,
        about: `${child.kindName} · ${texts.person(child.active)}`,
        children: child.children,
      })),
      members: members.members.map(({ id, fullName }) => ({ id, name: fullName })),
      kinds: [...known.kinds.values()].map(({ code, name }) => ({ code, name })),
    }),
  })
}

function registerActs(server: FastifyInstance, web: Web): void {
  const { database, followReorganisation: follow } = web

  server.post('/reorganisations/:id/sign', one, (request, reply) =>
    attempt(web, request, reply, async ({ context }, id, fields) => {
      const asked = { id, ...parse(contract.SIGN, fields) }
      const { reorganisation } = await signPlan(database, asked, context, follow, web)
      return `/reorganisations/${id}?done=${reorganisation.status === 'applied' ? 'applied' : 'signed'}`
    }),
  )
  server.post('/reorganisations/:id/undo', one, (request, reply) =>
    attempt(web, request, reply, async ({ context }, id, fields) => {
      await takeBack(database, { id, ...parse(contract.WITH_REASON, fields) }, context, follow)
      return `/reorganisations/${id}?done=undone`
    }),
  )
  server.post('/reorganisations/:id/cancel', one, (request, reply) =>
    attempt(web, request, reply, async ({ context }, id, fields) => {
      await cancelPlan(database, { id, ...parse(contract.WITH_REASON, fields) }, context)
      return '/reorganisations?done=cancelled'
    }),
  )
}

/** Does it and goes on; a refusal is shown on the plan's page, which says how things stand now. */
async function attempt(
  web: Web,
  request: FastifyRequest,
  reply: FastifyReply,
  act: (planner: Planner, id: string, fields: Readonly<Record<string, unknown>>) => Promise<string>,
): Promise<FastifyReply> {
  const { id } = parse(contract.ADDRESS, request.params)
  const planner = await plannerOf(request, web)
  await readableReorganisation(web.database.read, planner.committee.id, id)
  try {
    return await reply.redirect(await act(planner, id, formFields(request.body)), 303)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code.startsWith('identity.')) throw error
    const words = web.wordsOf(error, request.language)
    const plan = await readableReorganisation(web.database.read, planner.committee.id, id)
    const problem = `${words.what} ${words.mend}`
    return showPlan(web, request, reply.code(STATUS[error.kind]), planner, plan, { done: undefined, problem })
  }
}

/** a plan's own id is made up by whoever draws it up; what it names lies within the committee, or is unknown */
const PLAN_SAVED = {
  id: 'new',
  from: 'part',
  into: 'part',
  to: 'part',
  rest: 'part',
  parentId: 'part',
  organisation: 'part',
  organisations: 'part',
  members: 'part',
  continuing: 'part',
} as const

function registerApi(server: FastifyInstance, web: Web): void {
  const { database, followReorganisation: follow } = web
  const { read } = database
  const api = '/api/v1/reorganisations'
  const described = (summary: string, more: Omit<ApiDescription, 'summary'> = {}, scope: Scopes = ONE) => ({
    config: {
      access: 'officer' as const,
      scope,
      api: { summary, response: contract.REORGANISATION, ...more },
    },
  })
  const answer = async (
    reorganisation: Reorganisation,
    context: Planner['context'],
  ): Promise<z.infer<typeof contract.REORGANISATION>> => {
    const { id, status, version, plan, appliedOn, undoneOn, stopped } = reorganisation
    const preview = await previewIfOpen(read, reorganisation)
    const papers = await planPapers(read, id, context)
    const shown = {
      id,
      status,
      version,
      plan,
      appliedOn,
      undoneOn,
      stopped,
      papers,
      preview: preview ?? null,
    }
    return contract.REORGANISATION.parse(shown)
  }

  server.get(
    api,
    described('Plans of the committee one acts for', { response: contract.LISTED }),
    async (request) => {
      const { committee } = await plannerOf(request, web)
      const plans = await reorganisationsUnder(read, committee.id)
      return plans.map(({ id, status, plan }) => ({
        id,
        status,
        title: plan.title,
        effectiveOn: plan.effectiveOn,
      }))
    },
  )

  server.get(`${api}/:id`, described('A plan with what it would change'), async (request) => {
    const { id } = parse(contract.ADDRESS, request.params)
    const { committee, context } = await plannerOf(request, web)
    return answer(await readableReorganisation(read, committee.id, id), context)
  })

  server.post(
    `${api}/:id/save`,
    described('Draw up or change a plan', { body: contract.SAVE }, PLAN_SAVED),
    async (request) => {
      const { id } = parse(contract.ADDRESS, request.params)
      const { committee, context } = await plannerOf(request, web)
      const { commandId, expectedNumber, plan } = parse(contract.SAVE, request.body)
      const expected = expectedNumber === undefined ? {} : { expected: expectedNumber }
      const asked = { id, commandId, underId: committee.id, plan, ...expected }
      return answer(await savePlan(database, asked, context), context)
    },
  )

  server.post(
    `${api}/:id/sign`,
    described('Sign a plan as it was seen', { body: contract.SIGN }),
    async (request) => {
      const { planner, id } = await known(web, request)
      const asked = { id, ...parse(contract.SIGN, request.body) }
      const { reorganisation } = await signPlan(database, asked, planner.context, follow, web)
      return answer(reorganisation, planner.context)
    },
  )

  server.post(
    `${api}/:id/undo`,
    described('Take an applied plan back from today on', { body: contract.WITH_REASON }),
    async (request) => {
      const { planner, id } = await known(web, request)
      const asked = { id, ...parse(contract.WITH_REASON, request.body) }
      return answer(await takeBack(database, asked, planner.context, follow), planner.context)
    },
  )

  server.post(
    `${api}/:id/cancel`,
    described('Give up a plan that was not applied', { body: contract.WITH_REASON }),
    async (request) => {
      const { planner, id } = await known(web, request)
      const asked = { id, ...parse(contract.WITH_REASON, request.body) }
      return answer(await cancelPlan(database, asked, planner.context), planner.context)
    },
  )
}

async function known(web: Web, request: FastifyRequest): Promise<{ planner: Planner; id: string }> {
  const { id } = parse(contract.ADDRESS, request.params)
  const planner = await plannerOf(request, web)
  await readableReorganisation(web.database.read, planner.committee.id, id)
  return { planner, id }
}
