/** The first page of everybody, the queues as JSON and CSV, and acting on several dossiers at once. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered } from '../../identity/hats.ts'
import { formatDate, todayIn } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { OFFICIAL_TRANSFER } from '../../procedures/official-transfer/procedure.ts'
import { TRANSFER_TEXTS, type StatusName } from '../../procedures/official-transfer/texts.ts'
import { formFields } from '../../web/forms.ts'
import { contextOf, parse, sessionOf, wantsJson } from '../../web/http.ts'
import { html, newCommandId } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import { nameOfPosition } from '../shell-page.tsx'
import { actOnMany, bulkFor } from './bulk.ts'
import {
  AdministratorHome,
  BulkResultPage,
  DeskPage,
  MemberHome,
  type BulkName,
  type StatusWords,
} from './page.tsx'
import {
  ownDossiers,
  QUEUES,
  queueCounts,
  queueRows,
  queueSize,
  type QueueQuery,
  type QueueRow,
} from './queues.ts'
import { HOME_TEXTS } from './texts.ts'

const QUERY = z.object({
  queue: z.enum(QUEUES).default('todo'),
  q: z.string().trim().max(100).default(''),
  overdue: z.literal('yes').optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  format: z.literal('csv').optional(),
})
const BULK = z.object({
  command: z.enum(['accept-intake', 'take-number', 'sign-referral']),
  commandId: z.uuid(),
  chosen: z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.uuid()).max(500),
  ),
})
const PAGE_SIZE = 25
const EXPORT_MOST = 5000

export function registerHome(server: FastifyInstance, web: Web): void {
  const config = { access: 'signed-in' as const }

  server.get('/', { config }, async (request, reply) => {
    const { hat } = sessionOf(request)
    if (hat.position === 'member') return html(reply, await memberHome(request, web))
    if (hat.position === 'system-administrator') return html(reply, await administratorHome(request, web))
    const query = parse(QUERY, request.query)
    if (query.format === 'csv') return sendCsv(request, reply, web, query)
    return html(reply, await deskPage(request, web, query))
  })

  server.get('/api/v1/dossiers', { config }, async (request) => {
    const { hat } = sessionOf(request)
    if (hat.position === 'member') {
      return {
        dossiers: await ownDossiers(
          web.database.read,
          hat.onBehalfOf?.memberId ?? sessionOf(request).memberId,
        ),
      }
    }
    const query = parse(QUERY, request.query)
    const asked = toQuery(query, web.clock.now())
    const rows = hat.position === 'system-administrator' ? [] : await queueRows(web.database.read, hat, asked)
    return { dossiers: rows, counts: await queueCounts(web.database.read, hat, web.clock.now()) }
  })

  server.post('/bulk', { config: { access: 'officer' } }, async (request, reply) => {
    requireCovered(sessionOf(request).hat, OFFICIAL_TRANSFER)
    const { command, commandId, chosen } = parse(BULK, formFields(request.body))
    const results = await actOnMany(web, command, chosen, commandId, await contextOf(request, web))
    const shown = results.map(({ id, member, refusal }) => ({
      id,
      title: member || id.slice(0, 8),
      ok: refusal === undefined,
      about: refusal ? saidOf(refusal, request, web) : HOME_TEXTS[request.language].bulkDone,
    }))
    if (wantsJson(request)) return reply.send({ results: shown })
    const texts = HOME_TEXTS[request.language]
    const page = BulkResultPage({ texts, results: shown })
    return html(
      reply,
      await web.showPage(request, {
        title: texts.bulkResult,
        back: { href: '/', text: texts.back },
        children: page,
      }),
    )
  })
}

function saidOf(refusal: Refusal, request: FastifyRequest, web: Web): string {
  const words = web.wordsOf(refusal, request.language)
  return `${words.what} ${words.mend}`
}

const statusIn = (request: FastifyRequest): StatusWords => {
  const words = TRANSFER_TEXTS[request.language].statuses
  return (procedure, status) => (procedure === OFFICIAL_TRANSFER ? words[status as StatusName] : status)
}

async function memberHome(request: FastifyRequest, web: Web): Promise<string> {
  const session = sessionOf(request)
  const texts = HOME_TEXTS[request.language]
  const memberId = session.hat.onBehalfOf?.memberId ?? session.memberId
  const page = MemberHome({
    texts,
    language: request.language,
    now: web.clock.now(),
    statusOf: statusIn(request),
    dossiers: await ownDossiers(web.database.read, memberId),
    begin: [{ code: OFFICIAL_TRANSFER, href: '/transfers/begin' }],
    notices: [],
  })
  return web.showPage(request, { title: texts.myAffairs, keepOffline: true, children: page })
}

async function administratorHome(request: FastifyRequest, web: Web): Promise<string> {
  const texts = HOME_TEXTS[request.language]
  return web.showPage(request, {
    title: texts.administration,
    width: 'wide',
    children: AdministratorHome({ texts }),
  })
}

type Query = z.infer<typeof QUERY>

function toQuery(query: Query, at: Date): QueueQuery {
  return {
    queue: query.queue,
    text: query.q,
    overdueOnly: query.overdue === 'yes',
    at,
    limit: PAGE_SIZE,
    offset: (query.page - 1) * PAGE_SIZE,
  }
}

async function deskPage(request: FastifyRequest, web: Web, query: Query): Promise<string> {
  const { hat, csrf } = sessionOf(request)
  const { read } = web.database
  const texts = HOME_TEXTS[request.language]
  const now = web.clock.now()
  const asked = toQuery(query, now)
  const [rows, total, counts] = await Promise.all([
    queueRows(read, hat, asked),
    queueSize(read, hat, asked),
    queueCounts(read, hat, now),
  ])
  const bulk = [...new Set(rows.map((row) => bulkFor(row, hat.position)))].filter(
    (name): name is BulkName => name !== undefined,
  )
  const page = DeskPage({
    texts,
    language: request.language,
    now,
    statusOf: statusIn(request),
    caption: `${nameOfPosition(hat, request.language)} · ${hat.organisationName}`,
    queue: query.queue,
    counts,
    rows,
    total,
    page: query.page,
    pages: Math.max(1, Math.ceil(total / PAGE_SIZE)),
    text: query.q,
    overdueOnly: query.overdue === 'yes',
    csrf,
    commandId: newCommandId(),
    bulk,
    bulkFor: (row) => bulkFor(row, hat.position),
  })
  return web.showPage(request, { title: texts.queues[query.queue], width: 'wide', children: page })
}

async function sendCsv(
  request: FastifyRequest,
  reply: FastifyReply,
  web: Web,
  query: Query,
): Promise<FastifyReply> {
  const { hat } = sessionOf(request)
  const texts = HOME_TEXTS[request.language]
  const asked = { ...toQuery(query, web.clock.now()), limit: EXPORT_MOST, offset: 0 }
  const rows = await queueRows(web.database.read, hat, asked)
  const lines = [
    [texts.number, texts.member, texts.state, texts.holder, texts.due],
    ...rows.map((row: QueueRow) => [
      row.number ?? '',
      row.member,
      statusIn(request)(row.procedure, row.status),
      row.responsible ?? '',
      row.dueAt ? formatDate(todayIn(row.dueAt), request.language) : '',
    ]),
  ]
  return reply
    .type('text/csv; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${query.queue}.csv"`)
    .send(`\uFEFF${lines.map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`)
}

/** Quoted, and never read as a formula by a spreadsheet. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}
