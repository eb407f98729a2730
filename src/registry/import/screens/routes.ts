/** Imports over HTTP: a list handed in and tried, its problems, the import of the same bytes, the history. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { planJob } from '../../../kernel/jobs.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { parse, sessionOf, STATUS, type ApiDescription } from '../../../web/http.ts'
import { html } from '../../../web/procedure-routes.ts'
import { requireToken } from '../../../web/own-pages.ts'
import { readUpload } from '../../../web/uploads.ts'
import type { Scopes } from '../../../web/scope.ts'
import type { Web } from '../../../web/web.ts'
import { readableOrganisation, readerOf, type Reader } from '../../reader.ts'
import {
  HANDED_IN,
  HISTORY,
  HISTORY_PAGE,
  IMPORT,
  IMPORT_ADDRESS,
  NOTHING,
  OF_CELL,
  PLANNED,
  PROBLEM_FILTER,
  PROGRESS,
  UPLOADED,
} from './contract.ts'
import { confirmAttempt, dropAttempt, dropOldest, historyFor, keepAttempt } from '../attempts.ts'
import { IMPORT_ATTEMPTS, IMPORT_TASK, TRIED_KEPT_DAYS } from '../job.ts'
import { PROBLEM_TEXTS } from '../texts.ts'
import { reportWorkbook } from '../report-workbook.ts'
import { ResultPage } from './result-page.tsx'
import { IMPORT_TEXTS } from './texts.ts'
import { UploadPage, type UploadPageProps } from './upload-page.tsx'
import {
  importView,
  listOwners,
  problemPage,
  PROBLEMS_A_PAGE,
  problemSummary,
  readableAttempt,
  requireImporter,
  type ImportView,
} from './view.ts'

const officer = { config: { access: 'officer' as const } }
const ONE = { id: 'import' } as const
/** rows of one cell: a word to narrow by, among the problems of a list one may see */
const NARROWED = { ...ONE, organisation: 'part' } as const
const one = (scope: Scopes = ONE) => ({ config: { ...officer.config, scope } })
const described = (summary: string, schemas: Omit<ApiDescription, 'summary'>, scope: Scopes = {}) => ({
  config: { access: 'officer' as const, scope, api: { summary, ...schemas } },
})
const upload = {
  config: {
    access: 'officer' as const,
    token: 'before-file' as const,
    takesFile: true as const,
    cost: 'heavy' as const,
    scope: { id: 'new', under: 'import' } as const,
  },
}

const HANDING_IN = {
  summary: 'Hand in a list; it is tried, and nothing is written',
  body: UPLOADED,
  bodyType: 'multipart/form-data',
  response: PLANNED,
  status: 202,
}

export function registerImportRoutes(server: FastifyInstance, web: Web): void {
  registerHandingIn(server, web)
  registerResults(server, web)
  registerDecisions(server, web)
}

function importerOf(request: FastifyRequest, web: Web): Reader {
  const reader = readerOf(request, web)
  requireImporter(reader)
  return reader
}

function registerHandingIn(server: FastifyInstance, web: Web): void {
  const { database } = web

  const show = async (
    request: FastifyRequest,
    page: number,
    more: Pick<UploadPageProps, 'entered' | 'refused'>,
  ) => {
    const reader = importerOf(request, web)
    const [owners, history] = await Promise.all([
      listOwners(database.read, reader),
      historyFor(database.read, reader, page),
    ])
    const texts = IMPORT_TEXTS[request.language]
    const children = UploadPage({
      texts,
      language: request.language,
      csrf: sessionOf(request).csrf,
      newId: randomUUID(),
      owners,
      history: history.lines,
      page,
      more: history.more,
      ...more,
    })
    return web.showPage(request, { title: texts.title, children })
  }

  /** Takes a list: what can be seen of its outside is refused at once, the rows are the job's. */
  const take = async (request: FastifyRequest, entered: Record<string, string>): Promise<string> => {
    const reader = importerOf(request, web)
    const { name, bytes } = await readUpload(request, (fields) => {
      Object.assign(entered, fields)
      requireToken(request, fields)
    })
    const { id = randomUUID(), kind, under } = parse(HANDED_IN, entered)
    const owner = await readableOrganisation(database.read, reader, under ?? reader.organisationId)
    if (owner.code === null) throw new Refusal('invalid', 'import.under-without-code')
    await web.readers.workbook({ bytes, name }, {}, async () => undefined)
    const handedInBy = reader.memberId
    const handedInAt = web.clock.now()
    await database.transaction(async (write) => {
      await keepAttempt(write, {
        id,
        kind,
        fileName: name.slice(0, 200),
        bytes,
        underId: owner.id,
        handedInBy,
        handedInAt,
      })
      await dropOldest(write, handedInBy)
      await planWork(write, id)
      const forgetAt = new Date(web.clock.real().getTime() + TRIED_KEPT_DAYS * 86_400_000)
      await planJob(write, { task: IMPORT_TASK, payload: { attemptId: id, act: 'forget' }, at: forgetAt })
    })
    return id
  }

  server.get('/import', officer, async (request, reply) => {
    const { page } = parse(HISTORY_PAGE, request.query)
    return html(reply, await show(request, page, { entered: {} }))
  })

  server.post('/import', upload, async (request, reply) => {
    const entered: Record<string, string> = {}
    try {
      return reply.redirect(`/import/${await take(request, entered)}`, 303)
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error
      const refused = error.code === 'request.no-file' ? 'no-file' : web.wordsOf(error, request.language)
      return html(reply.code(STATUS.invalid), await show(request, 1, { entered, refused }))
    }
  })

  server.post(
    '/api/v1/imports',
    { config: { ...upload.config, api: HANDING_IN } },
    async (request, reply) => {
      const id = await take(request, {})
      return reply.code(202).header('location', `/api/v1/imports/${id}`).send({ id, stage: 'trying' })
    },
  )

  server.get(
    '/api/v1/imports',
    described('Imports within one’s organisations', { query: HISTORY_PAGE, response: HISTORY }),
    async (request) =>
      historyFor(database.read, importerOf(request, web), parse(HISTORY_PAGE, request.query).page),
  )
}

function planWork(write: Parameters<typeof planJob>[0], attemptId: string): Promise<void> {
  return planJob(write, {
    task: IMPORT_TASK,
    payload: { attemptId, act: 'work' },
    key: `${IMPORT_TASK} ${attemptId}`,
    attempts: IMPORT_ATTEMPTS,
  })
}

function registerResults(server: FastifyInstance, web: Web): void {
  const { read } = web.database

  server.get('/import/:id', one(NARROWED), async (request, reply) => {
    const { id } = parse(IMPORT_ADDRESS, request.params)
    const filter = parse(PROBLEM_FILTER, request.query)
    const view = await importView(read, readerOf(request, web), id)
    const texts = IMPORT_TEXTS[request.language]
    const props = {
      texts,
      language: request.language,
      csrf: sessionOf(request).csrf,
      view,
      problems: view.runId ? await shownProblems(web, view.runId, filter) : undefined,
      refusal: view.refusal ? web.wordsOf(view.refusal, request.language) : undefined,
    }
    const page = await web.showPage(request, {
      title: view.fileName,
      back: { href: '/import', text: texts.back },
      width: 'wide',
      children: ResultPage(props),
      ...(isWorking(view) ? { reloadAfter: 5 } : {}),
    })
    return html(reply, page)
  })

  server.get(
    '/api/v1/imports/:id',
    described(
      'An import, its figures and a page of its problems',
      {
        query: PROBLEM_FILTER,
        response: IMPORT,
      },
      NARROWED,
    ),
    async (request) => {
      const { id } = parse(IMPORT_ADDRESS, request.params)
      const filter = parse(PROBLEM_FILTER, request.query)
      const view = await importView(read, readerOf(request, web), id)
      const found = view.runId ? await problemPage(read, view.runId, filter) : { problems: [], total: 0 }
      const refusal = view.refusal && { ...view.refusal, ...web.wordsOf(view.refusal, request.language) }
      return { ...view, refusal, problems: found.problems.map(withWhat), problemsFound: found.total }
    },
  )

  server.get(
    '/api/v1/imports/:id/progress',
    described('How far an import is', { response: PROGRESS }, ONE),
    async (request) => {
      const { id } = parse(IMPORT_ADDRESS, request.params)
      const view = await importView(read, readerOf(request, web), id)
      const total = view.rowsExpected === null ? {} : { total: view.rowsExpected }
      return { done: view.rowsRead, ...total, finished: !isWorking(view) }
    },
  )

  server.get(
    '/import/:id/problems.xlsx',
    { config: { ...one(NARROWED).config, cost: 'heavy' } },
    async (request, reply) => {
      const { id } = parse(IMPORT_ADDRESS, request.params)
      const { organisation } = parse(OF_CELL, request.query)
      const { runId } = await importView(read, readerOf(request, web), id)
      if (runId === null) throw new Refusal('not-found', 'import.run-unknown')
      const workbook = await reportWorkbook(read, runId, organisation)
      return reply
        .header('content-disposition', `attachment; filename="can-sua-${runId.slice(0, 8)}.xlsx"`)
        .header('cache-control', 'no-store')
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .send(workbook)
    },
  )
}

const isWorking = (view: ImportView): boolean => view.stage === 'trying' || view.stage === 'importing'

const withWhat = <Line extends { code: keyof typeof PROBLEM_TEXTS }>(line: Line) => ({
  ...line,
  what: PROBLEM_TEXTS[line.code].vi.what,
})

async function shownProblems(web: Web, runId: string, filter: z.infer<typeof PROBLEM_FILTER>) {
  const { read } = web.database
  const [summary, { problems, total }] = await Promise.all([
    problemSummary(read, runId),
    problemPage(read, runId, filter),
  ])
  return { summary, lines: problems, total, filter, pages: Math.ceil(total / PROBLEMS_A_PAGE) }
}

function registerDecisions(server: FastifyInstance, web: Web): void {
  const { database } = web

  const confirm = async (request: FastifyRequest): Promise<string> => {
    const { id } = parse(IMPORT_ADDRESS, request.params)
    const reader = readerOf(request, web)
    const attempt = await readableAttempt(database.read, reader, id)
    await database.transaction(async (write) => {
      if (await confirmAttempt(write, attempt, reader.memberId, web.clock.now())) await planWork(write, id)
    })
    return id
  }

  const drop = async (request: FastifyRequest): Promise<string> => {
    const { id } = parse(IMPORT_ADDRESS, request.params)
    await readableAttempt(database.read, readerOf(request, web), id)
    await database.transaction((write) => dropAttempt(write, id))
    return id
  }

  server.post('/import/:id/run', one(), async (request, reply) =>
    reply.redirect(`/import/${await confirm(request)}`, 303),
  )
  server.post('/import/:id/drop', one(), async (request, reply) => {
    await drop(request)
    return reply.redirect('/import', 303)
  })
  server.post(
    '/api/v1/imports/:id/run',
    described('Import the list that was tried', { body: NOTHING, response: PLANNED, status: 202 }, ONE),
    async (request, reply) => {
      parse(NOTHING, request.body ?? {})
      return reply.code(202).send({ id: await confirm(request), stage: 'importing' })
    },
  )
  server.post(
    '/api/v1/imports/:id/drop',
    described('Drop a list that was only tried', { body: NOTHING, response: PLANNED }, ONE),
    async (request) => {
      parse(NOTHING, request.body ?? {})
      return { id: await drop(request), stage: 'dropped' }
    },
  )
}
