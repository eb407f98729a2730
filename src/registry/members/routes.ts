/** Members over HTTP: search and lists within one's organisations, one record, a look at whole numbers, files. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Read } from '../../kernel/db.ts'
import { formatDate } from '../../kernel/plain-date.ts'
import type { z } from 'zod'
import { Refusal } from '../../kernel/refusal.ts'
import { formFields } from '../../web/forms.ts'
import { parse, sessionOf, STATUS, type ApiDescription } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import type { Scopes } from '../../web/scope.ts'
import type { Web } from '../../web/web.ts'
import { csvOf, membersToExport, workbookOf } from '../exports.ts'
import { IMPORTING } from '../import/screens/view.ts'
import { looksBack, onDay } from '../day.ts'
import { titleOn } from '../looking-back.tsx'
import { countedOrganisation } from '../organisations/counting.ts'
import { findOrganisation } from '../organisations/store.ts'
import { recordProblems } from '../own-record/correcting.ts'
import {
  isReadableToday,
  memberWithin,
  readableOrganisation,
  dayAsked,
  readerOf,
  readerOn,
  requireMemberReader,
  treeOf,
  type Reader,
} from '../reader.ts'
import {
  EXPORT_FORMAT,
  LISTING,
  LISTING_PAGE,
  MEMBER_ADDRESS,
  MEMBER_ANSWER,
  MEMBER_LIST,
  MEMBER_QUERY,
  READING,
  SEARCH,
  SHOWN_UNDER,
  WHOLE_MEMBER,
} from './contract.ts'
import { MemberListPage, PrintedList } from './list-page.tsx'
import { keepList, listMembers, tooFewDigits } from './listing.ts'
import { MemberAside, MemberPage } from './member-page.tsx'
import { readingEnd, recordReading } from './readings.ts'
import { findMembers, sizeOfList } from './search.ts'
import { searchedFor, searchLink, withoutNumber } from './searched.ts'
import { membershipOn } from './memberships.ts'
import { memberOnDay } from './on-day.ts'
import { MemberOnDayAside, MemberOnDayPage } from './on-day-page.tsx'
import { filled, MEMBER_TEXTS } from './texts.ts'
import { maySetHolds, memberView, shownLine } from './view.ts'

const MOST_PRINTED = 500

const officer = (scope: Scopes) => ({ config: { access: 'officer' as const, scope } })

function described(summary: string, scope: Scopes, schemas: Omit<ApiDescription, 'summary'>) {
  return { config: { access: 'officer' as const, scope, api: { summary, ...schemas } } }
}

const OF_ONE = { organisation: 'members-of' } as const
const MEMBER_ID = { id: 'registry-member' } as const
/** the look's own id, made up by the page, comes in the body under the same name */
const LOOKING = MEMBER_ID

export function registerMemberRoutes(server: FastifyInstance, web: Web): void {
  registerLists(server, web)
  registerRecords(server, web)
}

/**
 * The organisation a list is of: the one asked for, or the reader's own.
 *
 * @throws Refusal not-found `registry.own-not-there` where the own one was not there on the day looked at
 */
async function listOwner(web: Web, reader: Reader, asked: string | undefined) {
  requireMemberReader(reader)
  const { read } = web.database
  if (asked !== undefined) return readableOrganisation(read, reader, asked)
  const own = await findOrganisation(read, await treeOf(read, reader), reader.day)
  if (!own) throw new Refusal('not-found', 'registry.own-not-there', { facts: { day: reader.day } })
  return own
}

function registerLists(server: FastifyInstance, web: Web): void {
  const { read } = web.database

  server.get('/registry/members', officer(OF_ONE), async (request, reply) => {
    const reader = await readerOn(request, web)
    const { organisation, page, ...typed } = parse(LISTING_PAGE, request.query)
    const { q, link } = searchedFor(request, typed)
    const owner = await listOwner(web, reader, organisation)
    const listing = await listMembers(web.database, reader, owner, { q, page })
    const texts = MEMBER_TEXTS[request.language]
    const asked = { organisation: owner.id, ...link }
    const of = new URLSearchParams(asked)
    const children = MemberListPage({
      texts,
      language: request.language,
      ...listing,
      csrf: sessionOf(request).csrf,
      q,
      asked,
      organisation: owner,
      at: reader,
      tooFewDigits: tooFewDigits(q),
      mayImport: IMPORTING.includes(reader.position) && !looksBack(reader),
      hrefOf: (to) => onDay(`/registry/members?${of}&page=${to}`, reader),
      todayHref:
        !looksBack(reader) || (await isReadableToday(read, reader, owner.id))
          ? `/registry/members?${of}`
          : '/registry/members',
    })
    const own = owner.id === (await treeOf(read, reader))
    const back = {
      href: onDay(own ? '/registry' : `/registry/organisations/${owner.id}`, reader),
      text: owner.name,
    }
    const title = titleOn(q === '' ? texts.listTitle : texts.searchTitle, reader, request.language)
    return html(reply, await web.showPage(request, { title, width: 'wide', back, children }))
  })

  // By a form, so that what was typed (a personal ID, a name) stands in no address: the page then is a link that only this
  // session can read, and paging, files, printing, another day and reloading are plain links of it.
  // What is named goes into an address unlooked at; the page at it asks.
  server.post('/registry/members', officer({ organisation: 'word' }), async (request, reply) => {
    const reader = readerOf(request, web)
    requireMemberReader(reader)
    const { q: asTyped = '' } = (request.body ?? {}) as { q?: unknown }
    const { q, organisation, on } = parse(SEARCH, { ...formFields(request.body), q: asTyped })
    const day = await dayAsked(read, { on }, reader.today)
    const of = new URLSearchParams({ ...(organisation ? { organisation } : {}), ...searchLink(request, q) })
    return reply.redirect(onDay(`/registry/members?${of}`, { ...reader, day }), 303)
  })

  const find = async (reader: Reader, asked: Omit<z.infer<typeof SEARCH>, 'on'>) => {
    const owner = await listOwner(web, reader, asked.organisation)
    return listMembers(web.database, reader, owner, asked)
  }
  server.get(
    '/api/v1/members',
    described('Members of one’s organisations, by words', OF_ONE, { query: LISTING, response: MEMBER_LIST }),
    async (request) => {
      const asked = parse(LISTING, request.query)
      return find(await readerOn(request, web), { ...asked, q: withoutNumber(asked.q) })
    },
  )
  server.post(
    '/api/v1/members/search',
    described('Find members of one’s organisations, also by number', OF_ONE, {
      body: SEARCH,
      response: MEMBER_LIST,
    }),
    async (request) => {
      const reader = readerOf(request, web)
      const { on, ...asked } = parse(SEARCH, request.body)
      return find({ ...reader, day: await dayAsked(read, { on }, reader.today) }, asked)
    },
  )

  server.get('/registry/members/print', officer(OF_ONE), async (request, reply) => {
    const reader = await readerOn(request, web)
    const { organisation, ...typed } = parse(LISTING_PAGE, request.query)
    const { q } = searchedFor(request, typed)
    const owner = await listOwner(web, reader, organisation)
    const lines = await firstMembers(web, reader, owner.id, q)
    await keepList(web.database, reader, owner.id, 'print', { q, lines, total: lines.length })
    const texts = MEMBER_TEXTS[request.language]
    const children = PrintedList({
      texts,
      language: request.language,
      lines,
      organisationName: owner.name,
      counts: q === '' ? await countedOrganisation(read, owner.id, reader.day) : undefined,
      at: reader,
      cut: lines.length === MOST_PRINTED,
    })
    const href = onDay(`/registry/members?organisation=${owner.id}`, reader)
    const back = { href, text: texts.listTitle }
    const title = titleOn(texts.listTitle, reader, request.language)
    return html(reply, await web.showPage(request, { title, width: 'wide', back, children }))
  })

  server.get(
    '/registry/members/export.:format',
    officer({ format: 'word', ...OF_ONE }),
    async (request, reply) => {
      const reader = await readerOn(request, web)
      const { format } = parse(EXPORT_FORMAT, request.params)
      const { organisation, ...typed } = parse(LISTING_PAGE, request.query)
      const { q } = searchedFor(request, typed)
      const owner = await listOwner(web, reader, organisation)
      const lines = await membersToExport(web.database, { text: q, within: [owner.id], day: reader.day })
      await keepList(web.database, reader, owner.id, 'export', { q, lines, total: lines.length })
      const words = { texts: MEMBER_TEXTS[request.language], language: request.language }
      const day = formatDate(reader.day, request.language)
      const title = `${words.texts.printTitle} – ${owner.name} – ${filled(words.texts.exportOn, { day })}`
      reply
        .header('content-disposition', `attachment; filename="dang-vien-${reader.day}.${format}"`)
        .header('cache-control', 'no-store')
      return format === 'csv'
        ? reply.type('text/csv; charset=utf-8').send(csvOf(lines, words))
        : reply.type(XLSX).send(workbookOf(lines, title, words))
    },
  )
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

async function firstMembers(web: Web, reader: Reader, organisationId: string, q: string) {
  const asked = { within: [organisationId], day: reader.day }
  const known = q === '' ? { size: await sizeOfList(web.database.read, asked) } : {}
  const query = { ...asked, ...known, text: q, limit: 100 }
  const lines = []
  for (let more = true; more && lines.length < MOST_PRINTED;) {
    const page = await findMembers(web.database.read, { ...query, offset: lines.length })
    lines.push(...page.members.map((line) => shownLine(line, reader.day)))
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
  const at = web.clock.now()
  const wholeUntil = more.readingId
    ? await readingEnd(read, { id: more.readingId, memberId: id, reader, at })
    : undefined
  const { member, view } = await memberView(web.database, reader, id, wholeUntil !== undefined)
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

/** The page of a member on a past day: what that day's list shows, and nothing to be done. */
async function showMemberOnDay(request: FastifyRequest, web: Web, reader: Reader, id: string) {
  const { read } = web.database
  const view = await memberOnDay(web.database, reader, id)
  const { organisationId, organisationName, fullName } = view.line
  const { language } = request
  const todayHref = (await isCountedHereToday(read, reader, id)) ? `/registry/members/${id}` : '/registry'
  const texts = MEMBER_TEXTS[language]
  const props = { texts, language, view, at: reader, action: `/registry/members/${id}`, todayHref }
  return web.showPage(request, {
    title: titleOn(fullName, reader, language),
    back: { href: onDay(`/registry/organisations/${organisationId}`, reader), text: organisationName },
    aside: MemberOnDayAside(props),
    children: MemberOnDayPage(props),
  })
}

async function isCountedHereToday(read: Read, reader: Reader, id: string): Promise<boolean> {
  const now = await membershipOn(read, id, reader.today)
  return now !== undefined && isReadableToday(read, reader, now.organisationId)
}

function registerRecords(server: FastifyInstance, web: Web): void {
  const { read } = web.database

  const look = async (request: FastifyRequest, body: unknown) => {
    const { id: memberId } = parse(MEMBER_ADDRESS, request.params)
    const reader = readerOf(request, web)
    await memberWithin(read, reader, memberId)
    const { id = randomUUID(), reason } = parse(READING, body)
    await web.database.transaction((write) =>
      recordReading(write, { id, memberId, reader, reason, at: web.clock.now() }),
    )
    return { memberId, reader, id }
  }

  server.get('/registry/members/:id', officer({ ...MEMBER_ID, reading: 'own' }), async (request, reply) => {
    const { id } = parse(MEMBER_ADDRESS, request.params)
    const reader = await readerOn(request, web)
    if (looksBack(reader)) return html(reply, await showMemberOnDay(request, web, reader, id))
    const { reading } = parse(SHOWN_UNDER, request.query)
    return html(reply, await showMember(request, web, id, { readingId: reading }))
  })

  server.get(
    '/api/v1/members/:id',
    described('A member’s record, numbers masked; on a past day the line of its list', MEMBER_ID, {
      query: MEMBER_QUERY,
      response: MEMBER_ANSWER,
    }),
    async (request) => {
      const { id } = parse(MEMBER_ADDRESS, request.params)
      const reader = await readerOn(request, web)
      if (looksBack(reader)) return memberOnDay(web.database, reader, id)
      return (await memberView(web.database, reader, id, false)).view
    },
  )

  server.post('/registry/members/:id/readings', officer(LOOKING), async (request, reply) => {
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
    described('Look at whole numbers, with a reason that is kept', LOOKING, {
      body: READING,
      response: WHOLE_MEMBER,
    }),
    async (request) => {
      const { memberId, reader, id } = await look(request, request.body ?? {})
      const wholeUntil = await readingEnd(read, { id, memberId, reader, at: web.clock.now() })
      const { view } = await memberView(web.database, reader, memberId, true)
      return { id, wholeUntil, member: view }
    },
  )
}
