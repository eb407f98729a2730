/** Who looked at one's record over HTTP, asking about a look, and the offices' answers. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { addToMonth, monthOf, todayIn } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { formFields } from '../../web/forms.ts'
import { contextOf, parse, sessionOf, STATUS } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import { readerOf } from '../reader.ts'
import {
  ANSWER_BODY,
  ANSWERED,
  ASKING,
  OPEN_QUESTIONS,
  QUESTION,
  QUESTION_ADDRESS,
  QUESTION_ASKED,
  READINGS,
  READINGS_PAGE,
  READINGS_QUERY,
} from './contract.ts'
import { answerQuestion, askAboutReading, questionsFor, questionsOf } from './questions.ts'
import { AskPage, QuestionsPage, ReadingsPage, type QuestionsPageProps } from './readings-page.tsx'
import { LINES_A_PAGE, readingLine, readingsIn } from './reading-list.ts'
import { READING_TEXTS } from './texts.ts'

export function registerReadingRoutes(server: FastifyInstance, web: Web): void {
  registerOwnReadings(server, web)
  registerAsking(server, web)
  registerAnswering(server, web)
}

function registerOwnReadings(server: FastifyInstance, web: Web): void {
  const config = { access: 'signed-in' as const }
  const { read } = web.database

  const load = async (request: FastifyRequest, query: { month?: string | undefined; page: number }) => {
    const { memberId } = sessionOf(request)
    const month = query.month ?? monthOf(todayIn(web.clock.now()))
    const [{ total, lines }, questions] = await Promise.all([
      readingsIn(read, memberId, month, query.page),
      questionsOf(read, memberId),
    ])
    const pages = Math.max(1, Math.ceil(total / LINES_A_PAGE))
    return { month, total, page: query.page, pages, lines, questions }
  }

  server.get('/my-record/readings', { config }, async (request, reply) => {
    const { asked, ...query } = parse(READINGS_PAGE, request.query)
    const { total: _total, ...shown } = await load(request, query)
    const texts = READING_TEXTS[request.language]
    const isNow = shown.month >= monthOf(todayIn(web.clock.now()))
    const children = ReadingsPage({
      texts,
      language: request.language,
      ...shown,
      older: addToMonth(shown.month, -1),
      newer: isNow ? undefined : addToMonth(shown.month, 1),
      asked: asked !== undefined,
    })
    const back = { href: '/my-record', text: texts.myRecord }
    return html(reply, await web.showPage(request, { title: texts.title, width: 'wide', back, children }))
  })

  const api = { summary: 'Who looked at one’s record, by month', query: READINGS_QUERY, response: READINGS }
  server.get('/api/v1/my-record/readings', { config: { ...config, api } }, (request) =>
    load(request, parse(READINGS_QUERY, request.query)),
  )
}

function registerAsking(server: FastifyInstance, web: Web): void {
  const config = { access: 'signed-in' as const }

  const show = async (request: FastifyRequest, key: string, entered = '', error?: string) => {
    const { memberId, csrf } = sessionOf(request)
    const line = await readingLine(web.database.read, memberId, key)
    if (!line) throw new Refusal('not-found', 'reading.line-unknown')
    const texts = READING_TEXTS[request.language]
    const { language } = request
    const children = AskPage({ texts, language, csrf, newId: randomUUID(), line, entered, error })
    const back = { href: '/my-record/readings', text: texts.title }
    return web.showPage(request, { title: texts.askTitle, back, children })
  }

  const ask = async (request: FastifyRequest, body: unknown) => {
    const { id = randomUUID(), ...asked } = parse(QUESTION, body)
    const context = await contextOf(request, web)
    await askAboutReading(web.database, sessionOf(request).memberId, { id, ...asked }, context)
    return id
  }

  server.get('/my-record/readings/ask', { config }, async (request, reply) =>
    html(reply, await show(request, parse(ASKING, request.query).line)),
  )

  server.post(
    '/my-record/readings/ask',
    { config: { ...config, scope: { id: 'new' } } },
    async (request, reply) => {
      const entered = formFields(request.body)
      try {
        await ask(request, entered)
        return reply.redirect('/my-record/readings?asked=yes#questions', 303)
      } catch (error) {
        if (!(error instanceof Refusal) || !error.fields.some(({ field }) => field === 'question'))
          throw error
        const { questionMissing } = READING_TEXTS[request.language]
        const page = await show(request, parse(ASKING, entered).line, '', questionMissing)
        return html(reply.code(STATUS.invalid), page)
      }
    },
  )

  const api = {
    summary: 'Ask about a look at one’s record',
    body: QUESTION,
    response: QUESTION_ASKED,
    status: 201,
  }
  server.post(
    '/api/v1/my-record/readings/questions',
    { config: { ...config, scope: { id: 'new' }, api } },
    async (request, reply) => reply.code(201).send({ id: await ask(request, request.body ?? {}) }),
  )
}

function registerAnswering(server: FastifyInstance, web: Web): void {
  const config = { access: 'officer' as const }

  const show = async (
    request: FastifyRequest,
    more: Pick<QuestionsPageProps, 'refused'> & { saved: boolean },
  ) => {
    const texts = READING_TEXTS[request.language]
    const questions = await questionsFor(web.database.read, readerOf(request, web))
    const { csrf } = sessionOf(request)
    const children = QuestionsPage({ texts, language: request.language, csrf, questions, ...more })
    const back = { href: '/registry', text: texts.registry }
    return web.showPage(request, { title: texts.answersTitle, back, children })
  }

  const answer = async (request: FastifyRequest, body: unknown) => {
    const { id } = parse(QUESTION_ADDRESS, request.params)
    const { answer: words } = parse(ANSWER_BODY, body)
    await answerQuestion(web.database, readerOf(request, web), id, words)
    return { id }
  }

  server.get('/registry/questions', { config }, async (request, reply) =>
    html(reply, await show(request, { saved: parse(ANSWERED, request.query).saved !== undefined })),
  )

  const one = { ...config, scope: { id: 'question' } as const }
  server.post('/registry/questions/:id', { config: one }, async (request, reply) => {
    const entered = formFields(request.body)
    try {
      await answer(request, entered)
      return reply.redirect('/registry/questions?saved=yes', 303)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'request.invalid') throw error
      const { id } = parse(QUESTION_ADDRESS, request.params)
      const refused = { id, entered: typeof entered.answer === 'string' ? entered.answer : '' }
      return html(reply.code(STATUS.invalid), await show(request, { saved: false, refused }))
    }
  })

  const list = { summary: 'Members’ questions that wait for this office', response: OPEN_QUESTIONS }
  server.get('/api/v1/reading-questions', { config: { ...config, api: list } }, async (request) => {
    const questions = await questionsFor(web.database.read, readerOf(request, web))
    return {
      questions: questions.map(({ id, memberName, about, question, askedAt, dueAt }) => ({
        id,
        memberName,
        about,
        question,
        askedAt,
        dueAt,
      })),
    }
  })

  const api = { summary: 'Answer a member’s question', body: ANSWER_BODY, response: QUESTION_ASKED }
  server.post('/api/v1/reading-questions/:id', { config: { ...one, api } }, (request) =>
    answer(request, request.body ?? {}),
  )
}
