/** For administrators: breaches of personal data, the register of processing with the retention schedule. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { sql } from '../../kernel/db.ts'
import { instantAt, isPlainDate, todayIn } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { currentSettings } from '../../kernel/settings.ts'
import { formFields } from '../../web/forms.ts'
import { parse, sessionOf, STATUS } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import { BREACH_TEXTS } from './breach-texts.ts'
import { BREACH_HOURS, BREACH_STEPS, breaches, recordBreach, recordBreachStep } from './breaches.ts'
import { BreachesPage, ProcessingPage } from './pages.tsx'
import { PURPOSE_OF_COLUMN, purposeOf } from './processing.ts'
import { scheduleOf } from './retention.ts'

const text = z.string().trim().min(3).max(2000)
const ABOUT = { id: z.uuid().optional(), what: text, dataKinds: text, people: z.coerce.number().int().min(0) }
const FORM = z.object({
  ...ABOUT,
  foundOn: z.string().refine(isPlainDate),
  foundTime: z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d$/),
})
const BODY = z.object({ ...ABOUT, foundAt: z.iso.datetime() })
const STEP = z.object({
  id: z.uuid().optional(),
  kind: z.enum(BREACH_STEPS),
  told: z.string().trim().max(300).default(''),
  words: text,
})
const ADDRESS = z.object({ id: z.uuid() })
const SHOWN = z.object({ saved: z.enum(['yes']).optional() })
const RECORDED = z.object({ id: z.uuid() })
const instant = z.iso.datetime()
const BREACHES = z.object({
  breaches: z.array(
    z.object({
      id: z.uuid(),
      foundAt: instant,
      what: z.string(),
      dataKinds: z.string(),
      people: z.int(),
      dueAt: instant.describe('by when the authority is told'),
      toldAt: instant.nullable(),
      closedAt: instant.nullable(),
      steps: z.array(
        z.object({
          id: z.uuid(),
          kind: z.enum(BREACH_STEPS),
          at: instant,
          told: z.string(),
          words: z.string(),
        }),
      ),
    }),
  ),
})

export function registerPrivacyOffice(server: FastifyInstance, web: Web): void {
  registerBreaches(server, web)
  registerProcessing(server, web)
}

const administrator = { access: 'administrator' as const }
/** breaches are the installation's: every administrator keeps all of them */
const one = { ...administrator, scope: { id: 'open' } as const }
const recording = { ...administrator, scope: { id: 'new' } as const }

function registerBreaches(server: FastifyInstance, web: Web): void {
  const { database } = web

  const all = async () => {
    const settings = await currentSettings(database, todayIn(web.clock.now()))
    return breaches(database.read, settings.get(BREACH_HOURS))
  }
  const record = async (request: FastifyRequest, breach: z.output<typeof BODY>) => {
    const { id = randomUUID(), foundAt, ...about } = breach
    const by = sessionOf(request).memberId
    const at = web.clock.now()
    const recorded = { ...about, id, foundAt: new Date(foundAt), by, at }
    await database.transaction((write) => recordBreach(write, recorded))
    return { id }
  }
  const step = async (request: FastifyRequest, body: unknown) => {
    const { id: breachId } = parse(ADDRESS, request.params)
    const { id = randomUUID(), ...done } = parse(STEP, body)
    const by = sessionOf(request).memberId
    const at = web.clock.now()
    await database.transaction((write) => recordBreachStep(write, breachId, { id, ...done, by, at }))
    return { id }
  }
  const show = async (
    request: FastifyRequest,
    more: { saved: boolean; entered?: Record<string, string> },
  ) => {
    const texts = BREACH_TEXTS[request.language]
    const at = web.clock.now()
    const children = BreachesPage({
      texts,
      language: request.language,
      csrf: sessionOf(request).csrf,
      today: todayIn(at),
      at,
      newId: randomUUID,
      breaches: await all(),
      ...more,
    })
    const back = { href: '/settings', text: texts.settings }
    return web.showPage(request, { title: texts.title, back, children })
  }

  server.get('/settings/breaches', { config: administrator }, async (request, reply) =>
    html(reply, await show(request, { saved: parse(SHOWN, request.query).saved !== undefined })),
  )

  server.get(
    '/settings/breaches.csv',
    { config: { ...administrator, cost: 'heavy' } },
    async (request, reply) =>
      reply
        .type('text/csv; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-disposition', 'attachment; filename="su-co.csv"')
        .send(breachesCsv(await all(), request.language)),
  )

  server.post('/settings/breaches', { config: recording }, async (request, reply) => {
    const entered = formFields(request.body)
    try {
      const { foundOn, foundTime, ...about } = parse(FORM, entered)
      const [hours = 0, minutes = 0] = foundTime.split(':').map(Number)
      const foundAt = instantAt(foundOn, hours * 60 + minutes).toISOString()
      await record(request, { ...about, foundAt })
      return reply.redirect('/settings/breaches?saved=yes', 303)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'request.invalid') throw error
      return html(
        reply.code(STATUS.invalid),
        await show(request, { saved: false, entered: written(entered) }),
      )
    }
  })

  server.post('/settings/breaches/:id', { config: one }, async (request, reply) => {
    await step(request, formFields(request.body))
    return reply.redirect('/settings/breaches?saved=yes', 303)
  })

  const list = { summary: 'Breaches of personal data with their deadline', response: BREACHES }
  server.get('/api/v1/breaches', { config: { ...administrator, api: list } }, async () => ({
    breaches: await all(),
  }))

  const api = { summary: 'Record a breach', body: BODY, response: RECORDED, status: 201 }
  server.post('/api/v1/breaches', { config: { ...recording, api } }, async (request, reply) =>
    reply.code(201).send(await record(request, parse(BODY, request.body ?? {}))),
  )

  const done = { summary: 'Record what was done about a breach', body: STEP, response: RECORDED }
  server.post('/api/v1/breaches/:id/steps', { config: { ...one, api: done } }, (request) =>
    step(request, request.body ?? {}),
  )
}

function written(fields: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
}

/** A cell a spreadsheet would run is kept as text. */
function breachesCsv(all: Awaited<ReturnType<typeof breaches>>, language: 'vi' | 'en'): string {
  const texts = BREACH_TEXTS[language]
  const cell = (value: string | number | Date | null) => {
    const said = value instanceof Date ? value.toISOString() : String(value ?? '')
    return `"${(/^[=+\-@\t\r]/.test(said) ? `'${said}` : said).replaceAll('"', '""')}"`
  }
  const head = [
    texts.found,
    texts.what,
    texts.dataKinds,
    texts.people,
    'dueAt',
    'toldAt',
    'closedAt',
    texts.steps,
  ]
  const rows = all.map((breach) => {
    const { foundAt, what, dataKinds, people, dueAt, toldAt, closedAt, steps } = breach
    const did = steps.map(({ kind, at, told, words }) =>
      [texts.kinds[kind], at.toISOString(), told, words].filter(Boolean).join(' '),
    )
    return [foundAt, what, dataKinds, people, dueAt, toldAt, closedAt, did.join('; ')]
  })
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

function registerProcessing(server: FastifyInstance, web: Web): void {
  server.get('/settings/processing', { config: administrator }, async (request, reply) => {
    const { language } = request
    const texts = BREACH_TEXTS[language]
    const settings = await currentSettings(web.database, todayIn(web.clock.now()))
    const runs = await web.database.read.rows<{ rule: string; at: Date; rows: number }>(
      sql`select rule, at, rows from retention_run order by at desc, rule limit 20`,
    )
    const children = ProcessingPage({
      texts,
      language,
      columns: Object.keys(PURPOSE_OF_COLUMN).map((column) => ({
        column,
        purpose: purposeOf(column, language),
      })),
      schedule: scheduleOf(settings, language),
      runs,
    })
    const back = { href: '/settings', text: texts.settings }
    const page = { title: texts.processingTitle, width: 'wide' as const, back, children }
    return html(reply, await web.showPage(request, page))
  })
}
