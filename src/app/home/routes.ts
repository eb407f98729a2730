/** The first page of whoever is signed in: a member's affairs, an officer's queues, an administrator's tools; and the queues as files and JSON. */
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Fragment, h } from 'preact'
import { z } from 'zod'
import { requireCovered, type WornHat } from '../../identity/hats.ts'
import { outagesWithin } from '../../identity/provider-watch.ts'
import { hasFreshSignIn, MEMBER_HAT, type PersonActor } from '../../kernel/actor.ts'
import { formatInstant, type Language } from '../../kernel/plain-date.ts'
import { sql } from '../../kernel/db.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { findMembers } from '../../registry/members/search.ts'
import { INSPECTION_CHAIR, SYSTEM_ADMINISTRATOR } from '../../registry/offices/positions.ts'
import { keepListView, subjectsOf } from '../../registry/readings/keeping.ts'
import { HandOversWaiting } from '../../registry/reorganisation/papers/hand-over-page.tsx'
import { waitingHandOvers } from '../../registry/reorganisation/papers/view.ts'
import { GoOn } from '../../ui/go-on.tsx'
import { Inset } from '../../ui/notice.tsx'
import { deadlineOf } from '../../web/deadline.ts'
import { contextOf, parse, sessionOf } from '../../web/http.ts'
import { openTold, sealTold } from '../../web/pieces.ts'
import { openWords, sealWords } from '../../web/sealed-address.ts'
import { html, newCommandId } from '../../web/procedure-routes.ts'
import { waitingActs } from '../../web/queued-acts.ts'
import type { HomeCard } from '../../web/feature.ts'
import type { Page, Web } from '../../web/web.ts'
import { featureOf, FEATURES, NOTICE_TEXTS } from '../features.ts'
import { noticesFor } from '../notices/store.ts'
import { wordsOf } from '../refusal-words.ts'
import { performMany, type BulkResult } from './bulk.ts'
import { holderOf, MOST_LINES, queueCsv, queueWorkbook } from './export.ts'
import { registerHolds } from './hold-routes.ts'
import { OutagesSection, WaitingCard } from './queued-page.tsx'
import { registerQueued, shownBy } from './queued-routes.ts'
import { AdministratorPage, InspectorSearch } from './holds-page.tsx'
import { MemberHomePage, type OwnMatter } from './member-page.tsx'
import { BulkResultPage, QueuesPage, type QueueRow } from './queue-page.tsx'
import { ownDossiers, queueCounts, queueLines, QUEUES, type Desk, type QueueLine } from './queues.ts'
import { HOME_TEXTS } from './texts.ts'

const A_PAGE = 25
/** So many times of the provider's silence an administrator sees. */
const MOST_OUTAGES = 20

const QUERY = z.object({
  queue: z.enum(QUEUES).catch('todo'),
  q: z.string().max(200).catch(''),
  overdue: z
    .string()
    .optional()
    .catch(undefined)
    .transform((value) => value === 'yes'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
  /** on one page, to act on many */
  all: z
    .string()
    .optional()
    .catch(undefined)
    .transform((value) => value === 'yes'),
  /** whom an inspector looks for, sealed */
  member: z.string().max(1_000).optional().catch(undefined),
  nothing: z.string().optional().catch(undefined),
})
const API_QUERY = z.object({
  queue: z.enum([...QUEUES, 'own']),
  q: z.string().max(200).default(''),
  overdue: z.enum(['yes', 'no']).default('no'),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
})
const DOSSIERS = z.object({
  dossiers: z.array(
    z.object({
      id: z.uuid(),
      number: z.string().nullable(),
      procedure: z.string(),
      version: z.number().int(),
      member: z.string(),
      act: z.string(),
      awaited: z.object({ kind: z.string(), organisation: z.string().nullable() }),
      dueAt: z.iso.datetime().nullable(),
      open: z.boolean(),
    }),
  ),
  total: z.number().int(),
  page: z.number().int(),
})
const chosen = z
  .string()
  .regex(/^[0-9a-f-]{36}_\d{1,9}$/)
  .transform((text) => ({ id: text.slice(0, 36), version: Number(text.slice(37)) }))
  .refine(({ id }) => z.uuid().safeParse(id).success)
/** A cell signs the comments of its whole table at once, a commune confirms those of all its cells. */
const MOST_CHOSEN = 1000
/** What queues offer to do with many dossiers at once. */
const BULK = FEATURES.flatMap(({ bulk }) => bulk)
const BULK_FORM = z.object({
  commandId: z.uuid(),
  command: z.enum(BULK.map(({ command }) => command)),
  chosen: z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? (value ?? []) : [value]),
    z.array(chosen).max(MOST_CHOSEN),
  ),
  /** what became of those before, sealed by the page that goes on */
  told: z.string().max(1_000_000).optional(),
})

export function registerHome(server: FastifyInstance, web: Web): void {
  const config = { access: 'signed-in' as const }
  const officer = { access: 'officer' as const }

  server.get('/', { config }, async (request, reply) => {
    const context = await contextOf(request, web)
    const page = await firstPage(web, request, context)
    return html(reply, await web.showPage(request, await withWaiting(web, request, page, context)))
  })

  server.post(
    '/queue/bulk',
    { config: { ...officer, cost: 'signing', scope: { chosen: 'dossier' } } },
    (request, reply) => bulk(web, request, reply),
  )

  for (const kind of ['csv', 'xlsx'] as const) {
    server.get(`/queue.${kind}`, { config: { ...officer, cost: 'heavy' } }, async (request, reply) => {
      const context = await contextOf(request, web)
      const { lines } = await linesFor(web, request, context, MOST_LINES)
      await keepExport(web, request, lines, context)
      const bytes =
        kind === 'csv'
          ? Buffer.from(queueCsv(lines, request.language))
          : await queueWorkbook(lines, request.language)
      return reply
        .type(FILE_TYPES[kind])
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="ho-so.${kind}"`)
        .send(Buffer.from(bytes))
    })
  }

  const api = {
    summary: 'Dossiers of a queue of the hat worn, or one’s own',
    query: API_QUERY,
    response: DOSSIERS,
  }
  server.get('/api/v1/dossiers', { config: { ...config, api } }, async (request) => {
    const query = parse(API_QUERY, request.query)
    return query.queue === 'own'
      ? ownAnswer(web, request)
      : queueAnswer(web, request, { ...query, queue: query.queue })
  })

  server.post('/holds/search', { config: officer }, (request, reply) => {
    const { member } = parse(z.object({ member: z.string().trim().max(100).default('') }), request.body ?? {})
    const found = member === '' ? '' : `?member=${sealWords(sessionOf(request), member)}`
    return reply.redirect(`/${found}`, 303)
  })

  registerHolds(server, web)
  registerQueued(server, web)
}

const FILE_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Above whatever else there is: the reader's own acts that wait for level 2, and papers of a reorganisation. */
async function withWaiting(
  web: Web,
  request: FastifyRequest,
  page: Page,
  context: Context & { readonly actor: PersonActor },
): Promise<Page> {
  const { read } = web.database
  const [acts, handOvers, cannotSign] = await Promise.all([
    waitingActs(read, context.actor.memberId),
    waitingHandOvers(read, context),
    whyNoSignature(web, context.actor),
  ])
  if (cannotSign) {
    const { title, what, mend } = wordsOf(cannotSign, request.language)
    const notice = h(Inset, {
      children: h(Fragment, {}, h('p', {}, h('strong', {}, title)), h('p', {}, what, ' ', mend)),
    })
    page = { ...page, children: h(Fragment, {}, notice, page.children) }
  }
  if (handOvers > 0) {
    const children = HandOversWaiting({ language: request.language, count: handOvers })
    page = { ...page, children: h(Fragment, {}, children, page.children) }
  }
  if (acts.length === 0) return page
  const card = WaitingCard({
    language: request.language,
    waiting: acts.map(await shownBy(web, request, context)),
    ready: sessionOf(request).level === 'level-2',
  })
  return { ...page, children: h(Fragment, {}, card, page.children) }
}

/** No page waits longer for a token or a service. */
const LOOK_MS = 1_000

/** What keeps whoever has a key of their own from signing. Most people have none, and are told only where one is wanted. */
async function whyNoSignature({ signers }: Web, actor: PersonActor): Promise<Refusal | undefined> {
  const why = await Promise.race([
    // What is broken is told where a signature is wanted; the first page comes.
    signers.whyNotPerson(actor.memberId).catch(() => undefined),
    pause(LOOK_MS, undefined, { ref: false }),
  ])
  return why?.code === 'signing.no-certificate' ? undefined : why
}

async function firstPage(web: Web, request: FastifyRequest, context: Context): Promise<Page> {
  const { position } = sessionOf(request).hat
  if (position === MEMBER_HAT) return memberHome(web, request, context)
  if (position !== SYSTEM_ADMINISTRATOR) return officerHome(web, request, context)
  const { title } = HOME_TEXTS[request.language].administrator
  const { language } = request
  const outages = await outagesWithin(web.database.read, {
    from: new Date(0),
    to: context.at,
    limit: MOST_OUTAGES,
  })
  const children = h(Fragment, {}, AdministratorPage({ language }), OutagesSection({ language, outages }))
  return { title, children }
}

/** Whose affairs a member's hat is about: the own ones, or those of whom one acts for. */
function subjectOf(request: FastifyRequest): string {
  const { hat, memberId } = sessionOf(request)
  return hat.onBehalfOf?.memberId ?? memberId
}

const hrefOf = (line: Pick<QueueLine, 'id' | 'procedure'>): string =>
  `${featureOf(line.procedure)?.pages ?? ''}/${line.id}`

const stepOf = (line: Pick<QueueLine, 'procedure' | 'act'>, language: Language): string =>
  featureOf(line.procedure)?.words[language].statuses[line.act] ?? line.act

async function memberHome(web: Web, request: FastifyRequest, context: Context): Promise<Page> {
  const { language } = request
  const { read } = web.database
  const [dossiers, cards, notices] = await Promise.all([
    coveredDossiers(web, request, context),
    cardsOf(web, request, context),
    noticesFor(read, sessionOf(request), { limit: 10 }),
  ])
  const unread = notices.filter((notice) => notice.readAt === null).slice(0, 3)
  const { title } = HOME_TEXTS[language].member
  const children = MemberHomePage({
    language,
    matters: dossiers.map((line) => matterOf(line, context, language)),
    cards,
    procedures: FEATURES.map(({ code, name, nameEn, about, begin }) => ({
      code,
      name: language === 'en' ? nameEn : name,
      about: about[language],
      begin,
    })),
    open: dossiers.filter(({ isOpen }) => isOpen).map(({ procedure }) => procedure),
    notices: unread.map(({ id, code, facts, at }) => ({
      id,
      text: NOTICE_TEXTS[code]?.[language](facts) ?? '',
      when: formatInstant(at, language),
    })),
  })
  return { title, children, keepOffline: true }
}

/** What else waits for the member, of the procedures the hat covers. */
async function cardsOf(web: Web, request: FastifyRequest, context: Context): Promise<HomeCard[]> {
  const named = sessionOf(request).hat.onBehalfOf?.procedures
  const covered = FEATURES.filter(({ code }) => named === undefined || named.includes(code))
  const { read } = web.database
  const cards = await Promise.all(
    covered.map((feature) => feature.home?.(read, subjectOf(request), context, request.language) ?? []),
  )
  return cards.flat()
}

/** What procedures say to the office, of those the hat covers. */
async function officeCards(web: Web, request: FastifyRequest, context: Context): Promise<HomeCard[]> {
  const { hat } = sessionOf(request)
  const named = hat.onBehalfOf?.procedures
  const covered = FEATURES.filter(({ code }) => named === undefined || named.includes(code))
  const { read } = web.database
  const cards = await Promise.all(
    covered.map((feature) => feature.officeHome?.(read, hat, context, request.language) ?? []),
  )
  return cards.flat()
}

/** A delegate sees the procedures the delegation names. */
async function coveredDossiers(web: Web, request: FastifyRequest, { today }: Context): Promise<QueueLine[]> {
  const { hat } = sessionOf(request)
  const all = await ownDossiers(web.database.read, subjectOf(request), today)
  const named = hat.onBehalfOf?.procedures
  return named ? all.filter(({ procedure }) => named.includes(procedure)) : all
}

function matterOf(line: QueueLine, { at, calendar }: Context, language: Language): OwnMatter {
  const words = featureOf(line.procedure)?.words[language]
  const mine = line.awaitedKind === 'member'
  return {
    id: line.id,
    href: line.act === 'draft' ? `${hrefOf(line)}/questions` : hrefOf(line),
    title: words?.title ?? line.procedure,
    holder: holderOf(line, HOME_TEXTS[language]),
    act: (mine ? words?.ownActs[line.act] : undefined) ?? stepOf(line, language),
    mine,
    isOpen: line.isOpen,
    ...(line.dueAt ? { deadline: deadlineOf(line.dueAt, at, calendar, language) } : {}),
  }
}

async function officerHome(web: Web, request: FastifyRequest, context: Context): Promise<Page> {
  const { language } = request
  const { hat, csrf } = sessionOf(request)
  const query = parse(QUERY, request.query)
  const desk: Desk = hat
  const aPage = query.all ? MOST_CHOSEN : A_PAGE
  const [{ lines, total }, counts] = await Promise.all([
    linesFor(web, request, context, aPage, (query.page - 1) * aPage),
    queueCounts(web.database.read, desk, context.today),
  ])
  const fresh = hasFreshSignIn(context.actor, context.at)
  // Many at once is official work: it waits for level 2, and is not queued.
  const offered = sessionOf(request).level === 'level-2' ? BULK : []
  const possible = offered.filter(({ act }) => lines.some((line) => line.act === act))
  const now = possible.filter(({ signs }) => !signs || fresh)
  const { title } = HOME_TEXTS[language].queues
  const children = QueuesPage({
    language,
    organisation: hat.organisationName,
    queue: query.queue,
    counts,
    rows: lines.map((line) => rowOf(line, context, language)),
    total,
    page: query.page,
    pages: Math.max(1, Math.ceil(total / aPage)),
    all: query.all,
    text: query.q,
    overdue: query.overdue,
    csrf,
    commandId: newCommandId(),
    bulk: now.map(({ command, text }, index) => ({
      name: 'command',
      value: command,
      text: text[language],
      kind: index === 0 ? 'primary' : 'secondary',
    })),
    freshHref:
      query.queue === 'todo' && now.length < possible.length
        ? `/sign-in/start?return=${encodeURIComponent('/?queue=todo')}`
        : undefined,
    nothingChosen: query.nothing !== undefined,
    cards: await officeCards(web, request, context),
    above:
      // Looking somebody up is the registry's: no delegation opens it (338-QĐ/TW art. 11).
      hat.position === INSPECTION_CHAIR && !hat.onBehalfOf
        ? await inspectorSearch(web, request, query.member, context)
        : undefined,
  })
  return { title, children, width: 'wide' }
}

/** A queue taken along names people: that is kept; on screen it is the office's own list of what to do. */
async function keepExport(
  web: Web,
  request: FastifyRequest,
  lines: readonly QueueLine[],
  { at, today }: Context,
): Promise<void> {
  const { memberId, hat } = sessionOf(request)
  const { organisationId, position } = hat
  await web.database.transaction(async (write) => {
    const ids = lines.map(({ id }) => id)
    const shown = await subjectsOf(write, ids)
    const viewer = { memberId, organisationId, position }
    const list = { organisationId, day: today, kind: 'export' as const, people: shown.length }
    await keepListView(write, { ...list, shown, viewer, at })
  })
}

/** The lines of the queue that the address asks for. */
async function linesFor(
  web: Web,
  request: FastifyRequest,
  context: Context,
  limit: number,
  offset = 0,
): Promise<{ lines: QueueLine[]; total: number }> {
  const { hat } = sessionOf(request)
  if (hat.position === SYSTEM_ADMINISTRATOR) throw new Refusal('forbidden', 'identity.officers-only')
  const { queue, q, overdue } = parse(QUERY, request.query)
  return queueLines(web.database.read, hat, {
    queue,
    text: q,
    overdueAt: overdue ? context.at : undefined,
    day: context.today,
    limit,
    offset,
  })
}

function rowOf(line: QueueLine, { at, calendar }: Context, language: Language): QueueRow {
  const words = HOME_TEXTS[language]
  return {
    key: `${line.id}_${line.version}`,
    href: hrefOf(line),
    number: line.number ?? words.queues.noNumber,
    member: line.member,
    procedure: featureOf(line.procedure)?.words[language].title ?? line.procedure,
    step: stepOf(line, language),
    holder: holderOf(line, words),
    ...(line.dueAt ? { deadline: deadlineOf(line.dueAt, at, calendar, language) } : {}),
  }
}

/** Whom the search names is kept, as of every search in lists of members. */
async function inspectorSearch(
  web: Web,
  request: FastifyRequest,
  sealed: string | undefined,
  { at, today }: Context,
): Promise<Page['children']> {
  const { hat, csrf, memberId } = sessionOf(request)
  const typed = (sealed && openWords(sessionOf(request), sealed)) ?? ''
  const found =
    typed === ''
      ? undefined
      : await findMembers(web.database.read, {
          text: typed,
          within: [hat.organisationId],
          day: today,
          limit: 20,
        })
  if (found) {
    const { organisationId, position } = hat
    const shown = found.members.map(({ id }) => id)
    const list = { organisationId, day: today, kind: 'search' as const, people: shown.length, shown }
    const viewer = { memberId, organisationId, position }
    await web.database.transaction((write) => keepListView(write, { ...list, viewer, at }))
  }
  return InspectorSearch({
    language: request.language,
    csrf,
    query: typed,
    results: found?.members.map(({ id, fullName, organisationName, birthDate }) => ({
      id,
      name: fullName,
      about: [organisationName, birthDate.slice(0, 4)].join(' · '),
    })),
  })
}

/** Under a delegation: one of the procedures that offer the command must be named; each dossier's own is asked again. */
function requireOffered(hat: WornHat, command: string): void {
  const offering = FEATURES.filter(({ bulk }) => bulk.some((each) => each.command === command))
  if (offering.some(({ code }) => hat.onBehalfOf?.procedures.includes(code))) return
  requireCovered(hat, offering[0]!.code)
}

/** One action on many: shown at once, because each answer is the same when the form comes again. */
async function bulk(web: Web, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { commandId, command, chosen: items, told: before } = parse(BULK_FORM, request.body)
  requireOffered(sessionOf(request).hat, command)
  if (items.length === 0) return reply.redirect('/?queue=todo&nothing', 303)
  const context = await contextOf(request, web)
  const { results, rest } = await performMany(web, command, items, commandId, context, sessionOf(request).hat)
  const { language } = request
  const titles = await titlesOf(web, request, results)
  const session = sessionOf(request)
  const told = [
    ...openTold(session, before),
    ...results.map((result) => ({
      id: result.id,
      title: titles.get(result.id) ?? result.id,
      ok: result.refusal === undefined,
      href: titles.has(result.id) ? hrefOf(result) : undefined,
      about: aboutResult(web, result, language),
    })),
  ]
  const children =
    rest.length === 0
      ? BulkResultPage({ language, results: told })
      : h(GoOn, {
          action: '/queue/bulk',
          csrf: session.csrf,
          commandId,
          done: told.length,
          total: told.length + rest.length,
          rest: rest.map(({ id, version }) => `${id}_${version}`),
          hidden: { command, told: sealTold(session, told) },
        })
  const { title } = HOME_TEXTS[language].bulk
  return html(reply, await web.showPage(request, { title, children, width: 'wide' }))
}

function aboutResult(web: Web, { procedure, status, refusal }: BulkResult, language: Language): string {
  if (refusal) {
    const { what, mend } = web.wordsOf(refusal, language)
    return `${what} ${mend}`
  }
  const act = stepOf({ procedure, act: status ?? '' }, language)
  return HOME_TEXTS[language].bulk.now(act)
}

/** Answers that do not say whether there is such a dossier. */
const TELLS_NOTHING: ReadonlySet<string> = new Set(['dossier.unknown', 'command.reused'])

/** Names of the dossiers that the asker may see and that pass this organisation; of others nothing is told. */
async function titlesOf(
  web: Web,
  request: FastifyRequest,
  results: readonly BulkResult[],
): Promise<ReadonlyMap<string, string>> {
  const told = results.filter(({ refusal }) => !TELLS_NOTHING.has(refusal?.code ?? ''))
  const rows = await web.database.read.rows<{ id: string; title: string }>(sql`
    select d.id, concat_ws(' · ', m.full_name, d.number) as title
      from dossier d join member m on m.id = d.subject_id
      join dossier_party p on p.dossier_id = d.id and p.organisation_id = ${sessionOf(request).hat.organisationId}
     where d.id = any(${told.map(({ id }) => id)}::uuid[])`)
  return new Map(rows.map(({ id, title }) => [id, title]))
}

async function queueAnswer(
  web: Web,
  request: FastifyRequest,
  query: { queue: (typeof QUEUES)[number]; page: number },
): Promise<z.infer<typeof DOSSIERS>> {
  const context = await contextOf(request, web)
  const { hat } = sessionOf(request)
  if (hat.position === MEMBER_HAT) throw new Refusal('forbidden', 'identity.officers-only')
  const { lines, total } = await linesFor(web, request, context, A_PAGE, (query.page - 1) * A_PAGE)
  return { dossiers: lines.map(dossierAnswer), total, page: query.page }
}

async function ownAnswer(web: Web, request: FastifyRequest): Promise<z.infer<typeof DOSSIERS>> {
  const context = await contextOf(request, web)
  const { hat } = sessionOf(request)
  const lines = hat.position === MEMBER_HAT ? await coveredDossiers(web, request, context) : []
  return { dossiers: lines.map(dossierAnswer), total: lines.length, page: 1 }
}

function dossierAnswer(line: QueueLine): z.infer<typeof DOSSIERS>['dossiers'][number] {
  return {
    id: line.id,
    number: line.number,
    procedure: line.procedure,
    version: line.version,
    member: line.member,
    act: line.act,
    awaited: { kind: line.awaitedKind, organisation: line.awaitedName },
    dueAt: line.dueAt?.toISOString() ?? null,
    open: line.isOpen,
  }
}
