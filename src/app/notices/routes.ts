/** Notices over HTTP: the page, marking as read (and on to the dossier), and the same as JSON. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { sql, type Read } from '../../kernel/db.ts'
import { localTime, todayIn, type Language } from '../../kernel/plain-date.ts'
import { parse, sessionOf } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import type { NoticeTexts } from '../../web/feature.ts'
import type { Web } from '../../web/web.ts'
import { NoticesPage, type ShownNotice } from './page.tsx'
import { findNotice, markRead, noticesFor, unreadCount, type Notice } from './store.ts'
import { NOTICES_TEXTS } from './texts.ts'

/** Where the dossiers of a procedure have their pages: '/transfers'. */
export interface DossierPages {
  readonly code: string
  readonly pages: string
}

const A_PAGE = 20

/** The last notice of a page, as 'moment_id'. */
const CURSOR = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_[0-9a-f-]{36}$/)
  .refine(
    (text) => !Number.isNaN(Date.parse(text.slice(0, 24))) && z.uuid().safeParse(text.slice(25)).success,
  )
  .transform((text) => ({ at: new Date(text.slice(0, 24)), id: text.slice(25) }))
const QUERY = z.object({ before: CURSOR.optional(), read: z.string().optional() })
const cursorOf = ({ at, id }: Notice): string => `${at.toISOString()}_${id}`

const IDS = z.union([z.literal('all'), z.array(z.uuid()).min(1).max(200)])
/** a form sends one id, or 'all' */
const READ_FORM = z.object({ ids: z.union([z.literal('all'), z.uuid()]), open: z.literal('yes').optional() })
const READ_BODY = z.object({ ids: IDS })
const READ_ANSWER = z.object({ read: z.number().int(), unread: z.number().int() })
const LIST_QUERY = z.object({ before: CURSOR.optional() })
const LIST = z.object({
  notices: z.array(
    z.object({
      id: z.uuid(),
      code: z.string(),
      text: z.string(),
      dossierId: z.uuid().nullable(),
      href: z.string().nullable(),
      at: z.iso.datetime(),
      readAt: z.iso.datetime().nullable(),
    }),
  ),
  unread: z.number().int(),
  /** `before` of the next page */
  next: z.string().nullable(),
})

export function registerNotices(
  server: FastifyInstance,
  web: Web,
  texts: NoticeTexts,
  procedures: readonly DossierPages[],
): void {
  const { database } = web
  const config = { access: 'signed-in' as const, level: 'passkey' as const }

  const wordsOf = ({ code, facts }: Notice, language: Language): string =>
    texts[code]?.[language](facts) ?? NOTICES_TEXTS[language].unknown

  const load = async (request: FastifyRequest, before: z.output<typeof CURSOR> | undefined) => {
    const session = sessionOf(request)
    const found = await noticesFor(database.read, session, {
      limit: A_PAGE + 1,
      ...(before ? { before } : {}),
    })
    const notices = found.slice(0, A_PAGE)
    const last = found.length > A_PAGE ? notices.at(-1) : undefined
    return {
      notices,
      hrefs: await hrefsOf(database.read, notices, procedures),
      unread: await unreadCount(database.read, session),
      next: last && cursorOf(last),
    }
  }

  server.get('/notices', { config }, async (request, reply) => {
    const { before, read } = parse(QUERY, request.query)
    const { notices, hrefs, unread, next } = await load(request, before)
    const { language } = request
    const page = NoticesPage({
      texts: NOTICES_TEXTS[language],
      language,
      today: todayIn(web.clock.now()),
      notices: notices.map((notice) => shown(notice, wordsOf(notice, language), hrefs)),
      unread,
      csrf: sessionOf(request).csrf,
      older: next && `/notices?before=${encodeURIComponent(next)}`,
      later: before !== undefined,
      marked: read !== undefined,
    })
    return html(
      reply,
      await web.showPage(request, {
        title: NOTICES_TEXTS[language].title,
        children: page,
        keepOffline: before === undefined,
      }),
    )
  })

  const reading = { ...config, scope: { ids: 'own' } as const }
  server.post('/notices/read', { config: reading }, async (request, reply) => {
    const { ids, open } = parse(READ_FORM, request.body)
    const session = sessionOf(request)
    await database.transaction((write) =>
      markRead(write, session, ids === 'all' ? 'all' : [ids], web.clock.now()),
    )
    const href = open && ids !== 'all' ? await hrefOf(database.read, session, ids, procedures) : undefined
    return reply.redirect(href ?? '/notices?read', 303)
  })

  server.get(
    '/api/v1/notices',
    { config: { ...config, api: { summary: 'Notices, newest first', query: LIST_QUERY, response: LIST } } },
    async (request) => {
      const { before } = parse(LIST_QUERY, request.query)
      const { notices, hrefs, unread, next } = await load(request, before)
      return {
        notices: notices.map((notice) => ({
          id: notice.id,
          code: notice.code,
          text: wordsOf(notice, request.language),
          dossierId: notice.dossierId,
          href: hrefs.get(notice.dossierId ?? '') ?? null,
          at: notice.at.toISOString(),
          readAt: notice.readAt?.toISOString() ?? null,
        })),
        unread,
        next: next ?? null,
      }
    },
  )

  server.post(
    '/api/v1/notices/read',
    {
      config: {
        ...reading,
        api: { summary: 'Mark notices as read', body: READ_BODY, response: READ_ANSWER },
      },
    },
    async (request) => {
      const { ids } = parse(READ_BODY, request.body)
      const session = sessionOf(request)
      const read = await database.transaction((write) => markRead(write, session, ids, web.clock.now()))
      return { read, unread: await unreadCount(database.read, session) }
    },
  )
}

function shown(notice: Notice, text: string, hrefs: ReadonlyMap<string, string>): ShownNotice {
  const { date, minutes } = localTime(notice.at)
  const two = (part: number) => String(part).padStart(2, '0')
  return {
    id: notice.id,
    text,
    day: date,
    clock: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`,
    read: notice.readAt !== null,
    href: hrefs.get(notice.dossierId ?? ''),
  }
}

/** The page of each notice's dossier, by the dossier's id. */
async function hrefsOf(
  read: Read,
  notices: readonly Pick<Notice, 'dossierId'>[],
  procedures: readonly DossierPages[],
): Promise<Map<string, string>> {
  const ids = notices.flatMap(({ dossierId }) => (dossierId === null ? [] : [dossierId]))
  const rows = await read.rows<{ id: string; procedure: string }>(
    sql`select id, procedure from dossier where id = any(${ids}::uuid[])`,
  )
  return new Map(
    rows.flatMap(({ id, procedure }) => {
      const pages = procedures.find(({ code }) => code === procedure)?.pages
      return pages === undefined ? [] : [[id, `${pages}/${id}`] as const]
    }),
  )
}

/** Where one notice of this reader leads; undefined for another's. */
async function hrefOf(
  read: Read,
  reader: Parameters<typeof noticesFor>[1],
  id: string,
  procedures: readonly DossierPages[],
): Promise<string | undefined> {
  const notice = await findNotice(read, reader, id)
  return notice && (await hrefsOf(read, [notice], procedures)).get(notice.dossierId ?? '')
}
