/** Members over HTTP: search and lists within one's organisations, one record, a look at whole numbers, holds, files. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Refusal } from '../../kernel/refusal.ts'
import { formFields } from '../../web/forms.ts'
import { parse, sessionOf, STATUS } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import { csvOf, membersToExport, workbookOf } from '../exports.ts'
import { IMPORTING } from '../import/view.ts'
import { countedOrganisation } from '../organisations/store.ts'
import { recordProblems } from '../own-record/correcting.ts'
import {
  readableMember,
  readableOrganisation,
  readerOf,
  requireMemberReader,
  type Reader,
} from '../reader.ts'
import { getHold, HOLD_KINDS, liftHold, setHold } from './holds.ts'
import { MemberListPage, PrintedList } from './list-page.tsx'
import { LISTING, listMembers, tooFewDigits } from './listing.ts'
import { MemberAside, MemberPage, type RefusedForm } from './member-page.tsx'
import { readingEnd, recordReading } from './readings.ts'
import { findMembers } from './search.ts'
import { MEMBER_TEXTS } from './texts.ts'
import { maySetHolds, memberView, shownLine } from './view.ts'

const ADDRESS = z.object({ id: z.uuid() })
const HOLD_ADDRESS = z.object({ id: z.uuid(), hold: z.uuid() })
const FORMAT = z.object({ format: z.enum(['xlsx', 'csv']) })
const SHOWN = z.object({ reading: z.uuid().optional(), saved: z.enum(['hold', 'lifted']).optional() })
const READING = z.object({ id: z.uuid().optional(), reason: z.string().trim().min(5).max(300) })
const HOLD = z.object({
  id: z.uuid().optional(),
  kind: z.enum(HOLD_KINDS),
  basis: z.string().trim().min(3).max(300),
})
const LIFT = z.object({ basis: z.string().trim().min(3).max(300) })

const MOST_PRINTED = 500

export function registerMemberRoutes(server: FastifyInstance, web: Web): void {
  registerLists(server, web)
  registerRecords(server, web)
  registerHolds(server, web)
}

/** The organisation a list is of: the one asked for, or the reader's own. */
async function listOwner(web: Web, reader: Reader, asked: string | undefined) {
  requireMemberReader(reader)
  return readableOrganisation(web.database.read, reader, asked ?? reader.organisationId)
}

function registerLists(server: FastifyInstance, web: Web): void {
  const officer = { config: { access: 'officer' as const } }
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

  server.get('/api/v1/members', officer, async (request) => {
    const reader = readerOf(request, web)
    const { q, organisation, page } = parse(LISTING, request.query)
    const owner = await listOwner(web, reader, organisation)
    return listMembers(read, reader, owner.id, { q, page })
  })

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
    const { format } = parse(FORMAT, request.params)
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

/** The page of a record, also after a form of it was refused. */
async function showMember(
  request: FastifyRequest,
  web: Web,
  id: string,
  more: { readingId?: string | undefined; saved?: string | undefined; refused?: RefusedForm },
): Promise<string> {
  const { read } = web.database
  const reader = readerOf(request, web)
  const { member } = await readableMember(read, reader, id)
  const at = web.clock.now()
  const wholeUntil = more.readingId
    ? await readingEnd(read, { id: more.readingId, memberId: id, reader, at })
    : undefined
  const view = await memberView(read, reader, id, wholeUntil !== undefined)
  const texts = MEMBER_TEXTS[request.language]
  const props = {
    texts,
    language: request.language,
    csrf: sessionOf(request).csrf,
    newId: randomUUID(),
    view,
    problems: recordProblems(member, { today: reader.today, allowTestPrefixes: web.demo }),
    wholeUntil,
    maySetHolds: maySetHolds(reader, id),
    saved: more.saved ? texts.saved[more.saved] : undefined,
    refused: more.refused,
  }
  const now = view.counted[0]
  return web.showPage(request, {
    title: view.facts.fullName,
    back: now && { href: `/registry/organisations/${now.organisationId}`, text: now.organisationName },
    aside: MemberAside(props),
    children: MemberPage(props),
  })
}

/** Shows the record again with what was entered when the form says too little; other refusals go to the door. */
async function orShowAgain(
  request: FastifyRequest,
  reply: FastifyReply,
  web: Web,
  form: RefusedForm['form'],
  entered: Readonly<Record<string, unknown>>,
  error: unknown,
): Promise<FastifyReply> {
  if (!(error instanceof Refusal) || error.code !== 'request.invalid') throw error
  const { id } = parse(ADDRESS, request.params)
  const fields = error.fields.map(({ field }) => field)
  const refused = { form, fields, entered }
  return html(reply.code(STATUS.invalid), await showMember(request, web, id, { refused }))
}

function registerRecords(server: FastifyInstance, web: Web): void {
  const officer = { config: { access: 'officer' as const } }
  const { read } = web.database

  const look = async (request: FastifyRequest, body: unknown) => {
    const { id: memberId } = parse(ADDRESS, request.params)
    const reader = readerOf(request, web)
    await readableMember(read, reader, memberId)
    const { id = randomUUID(), reason } = parse(READING, body)
    await web.database.transaction((write) =>
      recordReading(write, { id, memberId, reader, reason, at: web.clock.now() }),
    )
    return { memberId, reader, id }
  }

  server.get('/registry/members/:id', officer, async (request, reply) => {
    const { id } = parse(ADDRESS, request.params)
    const { reading, saved } = parse(SHOWN, request.query)
    return html(reply, await showMember(request, web, id, { readingId: reading, saved }))
  })

  server.get('/api/v1/members/:id', officer, async (request) => {
    const { id } = parse(ADDRESS, request.params)
    return memberView(read, readerOf(request, web), id, false)
  })

  server.post('/registry/members/:id/readings', officer, async (request, reply) => {
    const entered = formFields(request.body)
    try {
      const { memberId, id } = await look(request, entered)
      return reply.redirect(`/registry/members/${memberId}?reading=${id}`, 303)
    } catch (error) {
      return orShowAgain(request, reply, web, 'reading', entered, error)
    }
  })

  server.post('/api/v1/members/:id/readings', officer, async (request) => {
    const { memberId, reader, id } = await look(request, request.body ?? {})
    const wholeUntil = await readingEnd(read, { id, memberId, reader, at: web.clock.now() })
    return { id, wholeUntil, member: await memberView(read, reader, memberId, true) }
  })
}

function registerHolds(server: FastifyInstance, web: Web): void {
  const officer = { config: { access: 'officer' as const } }

  const inspector = async (request: FastifyRequest, memberId: string): Promise<Reader> => {
    const reader = readerOf(request, web)
    await readableMember(web.database.read, reader, memberId)
    if (!maySetHolds(reader, memberId)) throw new Refusal('forbidden', 'hold.not-your-office')
    return reader
  }

  const set = async (request: FastifyRequest, body: unknown) => {
    const { id: memberId } = parse(ADDRESS, request.params)
    const reader = await inspector(request, memberId)
    const { id = randomUUID(), kind, basis } = parse(HOLD, body)
    await web.database.transaction((write) =>
      setHold(write, {
        id,
        memberId,
        kind,
        basis,
        setOn: reader.today,
        setBy: reader.memberId,
        setByOffice: reader.officeId,
      }),
    )
    return memberId
  }

  const lift = async (request: FastifyRequest, body: unknown) => {
    const { id: memberId, hold } = parse(HOLD_ADDRESS, request.params)
    const reader = await inspector(request, memberId)
    const { basis } = parse(LIFT, body)
    await web.database.transaction(async (write) => {
      if ((await getHold(write, hold)).memberId !== memberId) throw new Refusal('not-found', 'hold.unknown')
      await liftHold(write, { id: hold, on: reader.today, by: reader.memberId, basis })
    })
    return memberId
  }

  server.post('/registry/members/:id/holds', officer, async (request, reply) => {
    const entered = formFields(request.body)
    try {
      return reply.redirect(`/registry/members/${await set(request, entered)}?saved=hold`, 303)
    } catch (error) {
      return orShowAgain(request, reply, web, 'hold', entered, error)
    }
  })

  server.post('/registry/members/:id/holds/:hold/lift', officer, async (request, reply) => {
    const entered = formFields(request.body)
    try {
      return reply.redirect(`/registry/members/${await lift(request, entered)}?saved=lifted`, 303)
    } catch (error) {
      const { hold } = parse(HOLD_ADDRESS, request.params)
      return orShowAgain(request, reply, web, 'lift', { ...entered, hold }, error)
    }
  })

  server.post('/api/v1/members/:id/holds', officer, async (request) => {
    const id = await set(request, request.body ?? {})
    return memberView(web.database.read, readerOf(request, web), id, false)
  })

  server.post('/api/v1/members/:id/holds/:hold/lift', officer, async (request) => {
    const id = await lift(request, request.body ?? {})
    return memberView(web.database.read, readerOf(request, web), id, false)
  })
}
