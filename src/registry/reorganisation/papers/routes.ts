/** Hand-over papers over HTTP: what waits for whoever asks, one paper, its file, its signatures; pages and JSON. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { MEMBER_HAT } from '../../../kernel/actor.ts'
import { planJob } from '../../../kernel/jobs.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { loadFile } from '../../../papers/store.ts'
import { contextOf, parse, sessionOf, type ApiDescription } from '../../../web/http.ts'
import { html } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { keepListView } from '../../readings/keeping.ts'
import * as contract from './contract.ts'
import { HandOverPage, HandOversPage } from './hand-over-page.tsx'
import { lastOffice, numberHandOver, signHandOver } from './sign.ts'
import { membersNamed, minutesOf, type HandOverPaper } from './store.ts'
import { SEAL_TASK } from './tasks.ts'
import { HAND_OVER_TEXTS } from './texts.ts'
import { handOverView, readableHandOver, readableHandOvers, type Asking } from './view.ts'

/** Whoever led an organisation that ended may have no office any more: what they may see the papers say. */
const config = { access: 'signed-in' as const }
const named = { ...config, scope: { id: 'hand-over' as const } }

export function registerHandOverRoutes(server: FastifyInstance, web: Web): void {
  const { read } = web.database

  server.get('/hand-overs', { config }, async (request, reply) => {
    const { language } = request
    const { title } = HAND_OVER_TEXTS[language]
    const children = HandOversPage({ language, papers: await listed(web, request) })
    return html(reply, await web.showPage(request, { title, children }))
  })

  server.get('/hand-overs/:id', { config: named }, async (request, reply) => {
    const { id } = parse(contract.ADDRESS, request.params)
    const { done } = parse(contract.SHOWN, request.query)
    const context = await contextOf(request, web)
    const paper = await handOverView(read, await readableHandOver(read, id, context), context)
    const { language } = request
    const words = HAND_OVER_TEXTS[language]
    return html(
      reply,
      await web.showPage(request, {
        title: words.kinds[paper.kind],
        back: { href: '/hand-overs', text: words.back },
        // The seal comes by a job, and so do the minutes.
        reloadAfter: paper.steps.some((step) => step === 'made' || (step === 'seal' && !paper.failure))
          ? 5
          : undefined,
        children: HandOverPage({
          language,
          paper,
          today: context.today,
          csrf: sessionOf(request).csrf,
          done,
        }),
      }),
    )
  })

  server.get('/hand-overs/:id/paper', { config: named }, (request, reply) => sendPaper(web, request, reply))

  server.post('/hand-overs/:id/sign', { config: named }, async (request, reply) => {
    const id = await sign(web, request)
    return reply.redirect(`/hand-overs/${id}?done=signed`, 303)
  })
  server.post('/hand-overs/:id/number', { config: named }, async (request, reply) => {
    const id = await takeNumber(web, request)
    return reply.redirect(`/hand-overs/${id}?done=numbered`, 303)
  })
  server.post('/hand-overs/:id/seal', { config: named }, async (request, reply) => {
    const id = await sealAgain(web, request)
    return reply.redirect(`/hand-overs/${id}?done=sealing`, 303)
  })

  registerApi(server, web)
}

async function listed(web: Web, request: FastifyRequest): Promise<contract.HandOverView[]> {
  const context = await contextOf(request, web)
  const { read } = web.database
  const papers = await readableHandOvers(read, context)
  return Promise.all(papers.map((paper) => handOverView(read, paper, context)))
}

async function sendPaper(web: Web, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { id } = parse(contract.ADDRESS, request.params)
  const { read } = web.database
  const context = await contextOf(request, web)
  const paper = await readableHandOver(read, id, context)
  if (paper.sha256 === null) throw new Refusal('not-found', 'hand-over.unknown')
  await keepShown(web, paper, context)
  const { bytes } = await loadFile(read, paper.sha256)
  return reply
    .type('application/pdf')
    .header('cache-control', 'private, no-store')
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('content-disposition', `attachment; filename="${FILE_NAMES[paper.kind]}.pdf"`)
    .send(Buffer.from(bytes))
}

/** Minutes name members: each of them sees that the list was taken along, and by which office. */
async function keepShown(web: Web, paper: HandOverPaper, context: Asking): Promise<void> {
  if (paper.kind !== 'minutes') return
  const { actor, today, at } = context
  const { giver, receiver } = minutesOf(paper)
  const { read } = web.database
  const [shown, last] = await Promise.all([
    membersNamed(read, paper),
    lastOffice(read, paper, actor.memberId),
  ])
  const { position, organisationId } = actor.hat
  const asLast = last !== undefined && position === MEMBER_HAT
  const viewer = asLast
    ? { memberId: actor.memberId, position: last, organisationId: giver.id }
    : { memberId: actor.memberId, position, organisationId }
  const list = {
    organisationId: receiver.id,
    day: today,
    kind: 'export' as const,
    people: shown.length,
    shown,
  }
  await web.database.transaction((write) => keepListView(write, { ...list, viewer, at }))
}

const FILE_NAMES = {
  decision: 'quyet-dinh-chuyen-giao',
  acceptance: 'quyet-dinh-tiep-nhan',
  minutes: 'bien-ban-ban-giao',
} as const

async function sign(web: Web, request: FastifyRequest): Promise<string> {
  const { id } = parse(contract.ADDRESS, request.params)
  const { place } = parse(contract.SIGN, request.body)
  const context = await contextOf(request, web)
  await readableHandOver(web.database.read, id, context)
  await signHandOver(web.database, web, { id, place }, context)
  return id
}

async function takeNumber(web: Web, request: FastifyRequest): Promise<string> {
  const { id } = parse(contract.ADDRESS, request.params)
  const context = await contextOf(request, web)
  await readableHandOver(web.database.read, id, context)
  await numberHandOver(web.database, id, context)
  return id
}

/** Plans the sealing anew where it failed; one job, however often it is asked for. */
async function sealAgain(web: Web, request: FastifyRequest): Promise<string> {
  const { id } = parse(contract.ADDRESS, request.params)
  const context = await contextOf(request, web)
  const { read } = web.database
  const { may } = await handOverView(read, await readableHandOver(read, id, context), context)
  if (!may.includes('seal')) throw new Refusal('against-rule', 'hand-over.not-now')
  await web.database.transaction((write) =>
    planJob(write, { task: SEAL_TASK, payload: { paperId: id }, key: `seal ${id}` }),
  )
  return id
}

function registerApi(server: FastifyInstance, web: Web): void {
  const api = '/api/v1/hand-overs'
  const described = (summary: string, more: Omit<ApiDescription, 'summary'> = {}) => ({
    config: { ...named, api: { summary, response: contract.HAND_OVER, ...more } },
  })
  const answer = async (request: FastifyRequest): Promise<contract.HandOverView> => {
    const { id } = parse(contract.ADDRESS, request.params)
    const context = await contextOf(request, web)
    const { read } = web.database
    return contract.HAND_OVER.parse(
      await handOverView(read, await readableHandOver(read, id, context), context),
    )
  }

  server.get(
    api,
    {
      config: {
        ...config,
        api: { summary: 'Hand-over papers one has to do with', response: contract.HAND_OVERS },
      },
    },
    async (request) => contract.HAND_OVERS.parse(await listed(web, request)),
  )
  server.get(`${api}/:id`, described('A hand-over paper'), answer)
  server.get(
    `${api}/:id/paper`,
    { config: { ...named, api: { summary: 'Its file', responseType: 'application/pdf' } } },
    (request, reply) => sendPaper(web, request, reply),
  )
  server.post(`${api}/:id/sign`, described('Sign at one place', { body: contract.SIGN }), async (request) => {
    await sign(web, request)
    return answer(request)
  })
  server.post(
    `${api}/:id/number`,
    described('Take the number of a decision', { body: contract.ASKED }),
    async (request) => {
      await takeNumber(web, request)
      return answer(request)
    },
  )
  server.post(
    `${api}/:id/seal`,
    described('Seal again where it failed', { body: contract.ASKED }),
    async (request) => {
      await sealAgain(web, request)
      return answer(request)
    },
  )
}
