/** One's own record over HTTP, reporting what is wrong in it, and the offices' answers. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { todayIn } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { maskDigits } from '../../kernel/vietnamese-text.ts'
import { formFields } from '../../web/forms.ts'
import { contextOf, parse, sessionOf, STATUS, type ApiDescription } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import type { Scopes } from '../../web/scope.ts'
import type { Web } from '../../web/web.ts'
import type { ProblemCode } from '../import/problems.ts'
import { PROBLEM_TEXTS } from '../import/texts.ts'
import { MEMBER_ADDRESS } from '../members/contract.ts'
import { getMember, type Member } from '../members/store.ts'
import { MEMBER_TEXTS } from '../members/texts.ts'
import { MASKED_FIELDS } from '../members/view.ts'
import { readerOf } from '../reader.ts'
import {
  correctionsFor,
  CORRECTIONS_A_PAGE,
  reportCorrection,
  settleCorrection,
  undoCorrection,
  withdrawCorrection,
  type Judging,
} from './answering.ts'
import { CorrectionPage } from './correction-page.tsx'
import { CORRECTABLE, listValue, type CorrectableField } from './correcting.ts'
import {
  ANSWER,
  ASKED,
  OPEN_CORRECTIONS,
  OWN_DATA_ANSWER,
  FOLLOWED,
  NOTHING,
  OWN_CORRECTION_STEPS,
  OWN_CORRECTIONS,
  OWN_RECORD,
  QUEUE,
  QUEUE_PAGE,
  REPORT,
  SETTLED,
  SHOWN,
  UNDO,
} from './contract.ts'
import { CorrectionsPage, type CorrectionsPageProps } from './corrections-page.tsx'
import { OwnRecordAside, OwnRecordPage, ReportPage } from './own-record-page.tsx'
import { OWN_DATA, ownData } from './own-data.ts'
import { OwnDataPage } from './own-data-page.tsx'
import { OWN_RECORD_TEXTS } from './texts.ts'
import { ownCorrections, ownCorrectionWithSteps, ownRecord } from './view.ts'

function described(
  access: 'signed-in' | 'officer',
  summary: string,
  schemas: Omit<ApiDescription, 'summary'>,
  scope: Scopes = {},
) {
  return { config: { access, scope, api: { summary, ...schemas } } }
}

export function registerOwnRecordRoutes(server: FastifyInstance, web: Web): void {
  registerOwn(server, web)
  registerReport(server, web)
  registerFollowing(server, web)
  registerAnswers(server, web)
}

/** Instant, calendar and rules by which a fact is judged. */
async function judgingOf(request: FastifyRequest, web: Web): Promise<Judging> {
  const { at, today, calendar, settings } = await contextOf(request, web)
  return { at, today, calendar, settings, allowTestPrefixes: web.demo }
}

function registerOwn(server: FastifyInstance, web: Web): void {
  const config = { config: { access: 'signed-in' as const } }
  const { read } = web.database

  server.get('/my-record', config, async (request, reply) => {
    const { numbers, sent } = parse(SHOWN, request.query)
    const { memberId } = sessionOf(request)
    const texts = OWN_RECORD_TEXTS[request.language]
    const props = {
      texts,
      memberTexts: MEMBER_TEXTS[request.language],
      language: request.language,
      view: await ownRecord(read, memberId, todayIn(web.clock.now()), numbers === 'whole'),
      sent: sent !== undefined,
    }
    const shown = { title: texts.title, aside: OwnRecordAside(props), children: OwnRecordPage(props) }
    return html(reply, await web.showPage(request, shown))
  })

  server.get(
    '/api/v1/my-record',
    described('signed-in', 'One’s own record', { response: OWN_RECORD }),
    async (request) => ownRecord(read, sessionOf(request).memberId, todayIn(web.clock.now()), true),
  )

  server.get('/my-record/data', config, async (request, reply) => {
    const { memberId } = sessionOf(request)
    const { language } = request
    const texts = OWN_RECORD_TEXTS[language]
    const [data, member] = await Promise.all([ownData(web, memberId), getMember(read, memberId)])
    const facts = Object.fromEntries(CORRECTABLE.map((field) => [field, listValue(member, field)]))
    const children = OwnDataPage({ texts, language, data, sections: OWN_DATA, facts })
    const back = { href: '/my-record', text: texts.back }
    return html(reply, await web.showPage(request, { title: texts.dataTitle, width: 'wide', back, children }))
  })

  server.get('/my-record/export', { config: { ...config.config, cost: 'heavy' } }, async (request, reply) => {
    const at = web.clock.now()
    const own = await ownData(web, sessionOf(request).memberId)
    return reply
      .header('content-disposition', `attachment; filename="du-lieu-cua-toi-${todayIn(at)}.json"`)
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(own, undefined, 2))
  })

  server.get(
    '/api/v1/my-record/data',
    described('signed-in', 'Everything kept about oneself, by sections', { response: OWN_DATA_ANSWER }),
    async (request) => ownData(web, sessionOf(request).memberId),
  )
}

function registerReport(server: FastifyInstance, web: Web): void {
  const config = { config: { access: 'signed-in' as const } }

  const show = async (
    request: FastifyRequest,
    entered: Readonly<Record<string, unknown>> = {},
    errors: Readonly<Record<string, string>> = {},
  ) => {
    const { memberId, csrf } = sessionOf(request)
    const member = await getMember(web.database.read, memberId)
    const texts = OWN_RECORD_TEXTS[request.language]
    return web.showPage(request, {
      title: texts.askTitle,
      back: { href: '/my-record', text: texts.back },
      children: ReportPage({
        texts,
        language: request.language,
        csrf,
        newId: typeof entered.id === 'string' ? entered.id : randomUUID(),
        fields: CORRECTABLE.map((field) => ({ field, now: shownValue(member, field) })),
        entered,
        errors,
      }),
    })
  }

  const report = async (request: FastifyRequest, body: unknown) => {
    const { id = randomUUID(), ...asked } = parse(REPORT, body)
    const { memberId } = sessionOf(request)
    await reportCorrection(web.database, memberId, { id, ...asked }, await judgingOf(request, web))
    return id
  }

  server.get('/my-record/report', config, async (request, reply) => html(reply, await show(request)))

  server.post(
    '/my-record/report',
    { config: { ...config.config, scope: { id: 'new' } } },
    async (request, reply) => {
      const entered = formFields(request.body)
      try {
        const id = await report(request, entered)
        return reply.redirect(`/my-record/corrections/${id}?sent=yes`, 303)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const errors = errorsOf(error, request, web)
        if (Object.keys(errors).length === 0) throw error
        return html(reply.code(STATUS[error.kind]), await show(request, entered, errors))
      }
    },
  )

  server.get(
    '/api/v1/my-record/corrections',
    described('signed-in', 'What one reported as wrong', { response: OWN_CORRECTIONS }),
    async (request) => {
      const { memberId } = sessionOf(request)
      const today = todayIn(web.clock.now())
      return { corrections: await ownCorrections(web.database.read, memberId, today) }
    },
  )

  server.post(
    '/api/v1/my-record/corrections',
    described(
      'signed-in',
      'Report a fact as wrong',
      { body: REPORT, response: ASKED, status: 201 },
      { id: 'new' },
    ),
    async (request, reply) => reply.code(201).send({ id: await report(request, request.body ?? {}) }),
  )
}

/** One reported error as its member follows it, and taking it back. */
function registerFollowing(server: FastifyInstance, web: Web): void {
  const config = { config: { access: 'signed-in' as const } }

  const find = (request: FastifyRequest) => {
    const { id } = parse(MEMBER_ADDRESS, request.params)
    const { memberId } = sessionOf(request)
    return ownCorrectionWithSteps(web.database.read, memberId, id, todayIn(web.clock.now()))
  }
  const withdraw = async (request: FastifyRequest) => {
    const { id } = parse(MEMBER_ADDRESS, request.params)
    await withdrawCorrection(web.database, sessionOf(request).memberId, id, { at: web.clock.now() })
    return id
  }

  const own = { config: { ...config.config, scope: { id: 'own' } as const } }
  server.get('/my-record/corrections/:id', own, async (request, reply) => {
    const { sent, withdrawn } = parse(FOLLOWED, request.query)
    const texts = OWN_RECORD_TEXTS[request.language]
    const children = CorrectionPage({
      texts,
      language: request.language,
      csrf: sessionOf(request).csrf,
      ...(await find(request)),
      sent: sent !== undefined,
      withdrawn: withdrawn !== undefined,
    })
    const back = { href: '/my-record', text: texts.back }
    return html(reply, await web.showPage(request, { title: texts.askTitle, back, children }))
  })

  server.post('/my-record/corrections/:id/withdraw', own, async (request, reply) =>
    reply.redirect(`/my-record/corrections/${await withdraw(request)}?withdrawn=yes`, 303),
  )

  server.get(
    '/api/v1/my-record/corrections/:id',
    described(
      'signed-in',
      'One error one reported, step by step',
      { response: OWN_CORRECTION_STEPS },
      own.config.scope,
    ),
    (request) => find(request),
  )

  server.post(
    '/api/v1/my-record/corrections/:id/withdraw',
    described('signed-in', 'Withdraw a reported error', { body: NOTHING, response: ASKED }, own.config.scope),
    async (request) => ({ id: await withdraw(request) }),
  )
}

/** As a list writes it; numbers masked, for others may look on. */
function shownValue(member: Member, field: CorrectableField): string {
  const value = listValue(member, field)
  return (MASKED_FIELDS as readonly string[]).includes(field) ? maskDigits(value) : value
}

/** What an import would say of the fact, in the reader's language; of other refusals what happened. */
function whyNot(refusal: Refusal, request: FastifyRequest, web: Web): string {
  const words = PROBLEM_TEXTS[refusal.facts.problem as ProblemCode]?.[request.language]
  return words
    ? [words.what, words.fix].filter(Boolean).join('. ')
    : web.wordsOf(refusal, request.language).what
}

/** What a refusal says of the fields of the report. */
function errorsOf(refusal: Refusal, request: FastifyRequest, web: Web): Record<string, string> {
  const { missing } = OWN_RECORD_TEXTS[request.language]
  if (refusal.code === 'correction.does-not-fit') return { proposed: whyNot(refusal, request, web) }
  const known = refusal.fields.flatMap(({ field }) => (missing[field] ? [[field, missing[field]]] : []))
  return Object.fromEntries(known) as Record<string, string>
}

function registerAnswers(server: FastifyInstance, web: Web): void {
  const officer = { config: { access: 'officer' as const } }
  const one = { config: { ...officer.config, scope: { id: 'correction' } as const } }

  const show = async (
    request: FastifyRequest,
    page: number,
    more: Pick<CorrectionsPageProps, 'saved' | 'refused'>,
  ) => {
    const found = await answerableFor(request, page)
    const texts = OWN_RECORD_TEXTS[request.language]
    return web.showPage(request, {
      title: texts.queueTitle,
      back: { href: '/registry', text: texts.registry },
      children: CorrectionsPage({
        texts,
        language: request.language,
        csrf: sessionOf(request).csrf,
        corrections: found.corrections,
        written: found.written,
        newId: randomUUID,
        page,
        pages: Math.ceil(found.total / CORRECTIONS_A_PAGE),
        ...more,
      }),
    })
  }

  const answerableFor = async (request: FastifyRequest, page: number) =>
    correctionsFor(web.database, readerOf(request, web), page, await judgingOf(request, web))

  const settle = async (request: FastifyRequest, body: unknown) => {
    const { id } = parse(MEMBER_ADDRESS, request.params)
    const answer = parse(ANSWER, body)
    await settleCorrection(web.database, readerOf(request, web), id, answer, await judgingOf(request, web))
    return { id, status: answer.status }
  }

  const undo = async (request: FastifyRequest, body: unknown) => {
    const { id: oldId } = parse(MEMBER_ADDRESS, request.params)
    const { id = randomUUID(), reason } = parse(UNDO, body)
    const reader = readerOf(request, web)
    await undoCorrection(web.database, reader, oldId, { id, reason }, await judgingOf(request, web))
    return { id }
  }

  server.get('/registry/corrections', officer, async (request, reply) => {
    const { page, saved } = parse(QUEUE, request.query)
    const { settled, undone } = OWN_RECORD_TEXTS[request.language]
    const words = saved && (saved === 'undone' ? undone : settled[saved])
    return html(reply, await show(request, page, { saved: words }))
  })

  server.get(
    '/api/v1/corrections',
    described('officer', 'Open requests of one’s members', { query: QUEUE_PAGE, response: OPEN_CORRECTIONS }),
    (request) => answerableFor(request, parse(QUEUE_PAGE, request.query).page),
  )

  server.post('/registry/corrections/:id', one, async (request, reply) => {
    const entered = formFields(request.body)
    try {
      const { status } = await settle(request, entered)
      return reply.redirect(`/registry/corrections?saved=${status}`, 303)
    } catch (error) {
      if (!(error instanceof Refusal) || error.fields.length === 0) throw error
      const { id } = parse(MEMBER_ADDRESS, request.params)
      const why = whyNot(error, request, web)
      const refused = { id, field: error.fields[0]?.field ?? '', why, entered }
      return html(reply.code(STATUS[error.kind]), await show(request, 1, { refused }))
    }
  })

  server.post('/registry/corrections/:id/undo', one, async (request, reply) => {
    const entered = formFields(request.body)
    try {
      await undo(request, entered)
      return reply.redirect('/registry/corrections?saved=undone', 303)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'request.invalid') throw error
      const { id } = parse(MEMBER_ADDRESS, request.params)
      const why = OWN_RECORD_TEXTS[request.language].missing.reason ?? ''
      const refused = { id, field: 'reason', why, entered }
      return html(reply.code(STATUS.invalid), await show(request, 1, { refused }))
    }
  })

  server.post(
    '/api/v1/corrections/:id/undo',
    described(
      'officer',
      'Take back a correction one wrote',
      { body: UNDO, response: ASKED },
      one.config.scope,
    ),
    (request) => undo(request, request.body ?? {}),
  )

  server.post(
    '/api/v1/corrections/:id',
    described(
      'officer',
      'Correct the record, or say why not',
      { body: ANSWER, response: SETTLED },
      one.config.scope,
    ),
    (request) => settle(request, request.body ?? {}),
  )
}
