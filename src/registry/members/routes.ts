/** Members over HTTP: search and lists within one's organisations, one record, a look at whole numbers, files. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '../../kernel/refusal.ts'
import { formFields } from '../../web/forms.ts'
import { parse, sessionOf, STATUS, type ApiDescription } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import { csvOf, membersToExport, workbookOf } from '../exports.ts'
import { IMPORTING } from '../import/screens/view.ts'
import { countedOrganisation } from '../organisations/store.ts'
import { recordProblems } from '../own-record/correcting.ts'
import {
  readableMember,
  readableOrganisation,
  readerOf,
  requireMemberReader,
  type Reader,
} from '../reader.ts'
import {
  EXPORT_FORMAT,
  LISTING,
  MEMBER,
  MEMBER_ADDRESS,
  MEMBER_LIST,
  READING,
  SHOWN_UNDER,
  WHOLE_MEMBER,
} from './contract.ts'
import { MemberListPage, PrintedList } from './list-page.tsx'
import { listMembers, tooFewDigits } from './listing.ts'
import { MemberAside, MemberPage } from './member-page.tsx'
import { readingEnd, recordReading } from './readings.ts'
import { findMembers } from './search.ts'
import { MEMBER_TEXTS } from './texts.ts'
import { maySetHolds, memberView, shownLine } from './view.ts'

const MOST_PRINTED = 500

const officer = { config: { access: 'officer' as const } }

function described(summary: string, schemas: Omit<ApiDescription, 'summary'>) {
  return { config: { access: 'officer' as const, api: { summary, ...schemas } } }
}

export function registerMemberRoutes(server: FastifyInstance, web: Web): void {
  registerLists(server, web)
  registerRecords(server, web)
}

/** The organisation a list is of: the one asked for, or the reader's own. */
async function listOwner(web: Web, reader: Reader, asked: string | undefined) {
  requireMemberReader(reader)
  return readableOrganisation(web.database.read, reader, asked ?? reader.organisationId)
}

function registerLists(server: FastifyInstance, web: Web): void {
  const { read } = web.database

  server.get('/registry/members', officer, async (request, reply) => {
    const reader = readerOf(request, web)
    const { q, organisation, page } = parse(LISTING, request.query)
    const owner = await listOwner(web, reader, organisation)
    const listing = await listMembers(read, reader, owner.id, { q, page })
    const texts = MEMBER_TEXTS[request.language]
    const of = new URLSearchParams({ organisation: owner.id, ...(q === '' ? {} : { q }) })
    const children = MemberListPage({
      texts,
      language: request.language,
      ...listing,
      q,
      organisation: owner,
      tooFewDigits: tooFewDigits(q),
      mayImport: IMPORTING.includes(reader.position),
      hrefOf: (to) => `/registry/members?${of}&page=${to}`,
    })
    const back = {
      href: owner.id === reader.organisationId ? '/registry' : `/registry/organisations/${owner.id}`,
      text: owner.name,
    }
    const title = q === '' ? texts.listTitle : texts.searchTitle
    return html(reply, await web.showPage(request, { title, width: 'wide', back, children }))
  })

  server.get(
    '/api/v1/members',
    described('Find members of one’s organisations', { query: LISTING, response: MEMBER_LIST }),
    async (request) => {
      const reader = readerOf(request, web)
      const { q, organisation, page } = parse(LISTING, request.query)
      const owner = await listOwner(web, reader, organisation)
      return listMembers(read, reader, owner.id, { q, page })
    },
  )

  server.get('/registry/members/print', officer, async (request, reply) => {
    const reader = readerOf(request, web)
    const { q, organisation } = parse(LISTING, request.query)
    const owner = await listOwner(web, reader, organisation)
    const lines = await firstMembers(web, reader, owner.id, q)
    const texts = MEMBER_TEXTS[request.language]
    const children = PrintedList({
      texts,
      language: request.language,
      lines,
      organisationName: owner.name,
      counts: q === '' ? await countedOrganisation(read, owner.id, reader.today) : undefined,
      day: reader.today,
      cut: lines.length === MOST_PRINTED,
    })
    const back = { href: `/registry/members?organisation=${owner.id}`, text: texts.listTitle }
    return html(reply, await web.showPage(request, { title: texts.listTitle, width: 'wide', back, children }))
  })

  server.get('/registry/members/export.:format', officer, async (request, reply) => {
    const reader = readerOf(request, web)
    const { format } = parse(EXPORT_FORMAT, request.params)
    const { q, organisation } = parse(LISTING, request.query)
    const owner = await listOwner(web, reader, organisation)
    const lines = await membersToExport(web.database, { text: q, within: [owner.id], day: reader.today })
    const words = { texts: MEMBER_TEXTS[request.language], language: request.language }
    const title = `${words.texts.printTitle} – ${owner.name}`
    reply
      .header('content-disposition', `attachment; filename="dang-vien-${reader.today}.${format}"`)
      .header('cache-control', 'no-store')
    return format === 'csv'
      ? reply.type('text/csv; charset=utf-8').send(csvOf(lines, words))
      : reply.type(XLSX).send(workbookOf(lines, title, words))
  })
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

async function firstMembers(web: Web, reader: Reader, organisationId: string, q: string) {
  const query = { text: q, within: [organisationId], day: reader.today, limit: 100 }
  const lines = []
  for (let more = true; more && lines.length < MOST_PRINTED;) {
    const page = await findMembers(web.database.read, { ...query, offset: lines.length })
    lines.push(...page.members.map((line) => shownLine(line, reader.today)))
    more = page.more
  }
  return lines
}

/** The page of a record: under a look that was recorded the numbers are whole; a look refused is shown again. */
async function showMember(
  request: FastifyRequest,
  web: Web,
  id: string,
  more: { readonly readingId?: string | undefined; readonly refusedReason?: string },
): Promise<string> {
  const { read } = web.database
  const reader = readerOf(request, web)
  const { member } = await readableMember(read, reader, id)
  const at = web.clock.now()
  const wholeUntil = more.readingId
    ? await readingEnd(read, { id: more.readingId, memberId: id, reader, at })
    : undefined
  const view = await memberView(read, reader, id, wholeUntil !== undefined)
  const props = {
    texts: MEMBER_TEXTS[request.language],
    language: request.language,
    csrf: sessionOf(request).csrf,
    newId: randomUUID(),
    view,
    problems: recordProblems(member, { today: reader.today, allowTestPrefixes: web.demo }),
    wholeUntil,
    maySetHolds: maySetHolds(reader, id),
    refusedReason: more.refusedReason,
  }
  const now = view.counted[0]
  return web.showPage(request, {
    title: view.facts.fullName,
    back: now && { href: `/registry/organisations/${now.organisationId}`, text: now.organisationName },
    aside: MemberAside(props),
    children: MemberPage(props),
  })
}

function registerRecords(server: FastifyInstance, web: Web): void {
  const { read } = web.database

  const look = async (request: FastifyRequest, body: unknown) => {
    const { id: memberId } = parse(MEMBER_ADDRESS, request.params)
    const reader = readerOf(request, web)
    await readableMember(read, reader, memberId)
    const { id = randomUUID(), reason } = parse(READING, body)
    await web.database.transaction((write) =>
      recordReading(write, { id, memberId, reader, reason, at: web.clock.now() }),
    )
    return { memberId, reader, id }
  }

  server.get('/registry/members/:id', officer, async (request, reply) => {
    const { id } = parse(MEMBER_ADDRESS, request.params)
    const { reading } = parse(SHOWN_UNDER, request.query)
    return html(reply, await showMember(request, web, id, { readingId: reading }))
  })

  server.get(
    '/api/v1/members/:id',
    described('A member’s record, numbers masked', { response: MEMBER }),
    async (request) => {
      const { id } = parse(MEMBER_ADDRESS, request.params)
      return memberView(read, readerOf(request, web), id, false)
    },
  )

  server.post('/registry/members/:id/readings', officer, async (request, reply) => {
    const entered = formFields(request.body)
    try {
      const { memberId, id } = await look(request, entered)
      return reply.redirect(`/registry/members/${memberId}?reading=${id}`, 303)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'request.invalid') throw error
      const { id } = parse(MEMBER_ADDRESS, request.params)
      const refusedReason = typeof entered.reason === 'string' ? entered.reason : ''
      return html(reply.code(STATUS.invalid), await showMember(request, web, id, { refusedReason }))
    }
  })

  server.post(
    '/api/v1/members/:id/readings',
    described('Look at whole numbers, with a reason that is kept', { body: READING, response: WHOLE_MEMBER }),
    async (request) => {
      const { memberId, reader, id } = await look(request, request.body ?? {})
      const wholeUntil = await readingEnd(read, { id, memberId, reader, at: web.clock.now() })
      return { id, wholeUntil, member: await memberView(read, reader, memberId, true) }
    },
  )
}
