/** Lists of comments over HTTP, for every hat; and the province's yearly round. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered } from '../../identity/hats.ts'
import { MEMBER_HAT } from '../../kernel/actor.ts'
import { sql } from '../../kernel/db.ts'
import { formatDate, formatInstant } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { workbookOf, XLSX_TYPE } from '../../registry/list-workbook.ts'
import { findOrganisation } from '../../registry/organisations/store.ts'
import { treeOf } from '../../registry/reader.ts'
import { keepShown } from '../../registry/readings/shown.ts'
import { deadlineOf } from '../../web/deadline.ts'
import { writtenIn } from '../../web/form-drafts.ts'
import { formFields } from '../../web/forms.ts'
import { contextOf, parse, sessionOf, STATUS } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import { LISTED, SEASON } from './contract.ts'
import { preparers, provinceIn, REPORTED_TO } from './law/place.ts'
import { roundYear, seasonOf } from './law/season.ts'
import { listPage, ownPage, sheetOfComments } from './list-page.tsx'
import {
  byCommune,
  countComments,
  dossiersAbout,
  listComments,
  overdueByPlace,
  type Asked,
} from './listing.ts'
import { COMMENT_PAGES, RESIDENCE_COMMENT } from './names.ts'
import { chainOf, placeOf } from './places.ts'
import { requireReader } from './readers.ts'
import { refusedForm } from './refused.ts'
import { seasonPage } from './season-page.tsx'
import { seasonOfProvince } from './store.ts'
import { RESIDENCE_TEXTS } from './texts.ts'

const ROWS_A_PAGE = 50
/** of one file */
const MOST_LINES = 5000
const MOST_TOLD = 2000
const SAVED = z.object({ saved: z.string().optional().catch(undefined) })
const QUERY = z.object({
  year: z.coerce.number().int().min(2020).max(2200).optional().catch(undefined),
  status: z.string().max(40).optional().catch(undefined),
  overdue: z.literal('yes').optional().catch(undefined),
  at: z.uuid().optional().catch(undefined),
  commune: z.uuid().optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1000).catch(1).default(1),
})

export function registerLists(server: FastifyInstance, web: Web): void {
  const config = { access: 'signed-in', scope: { at: 'word', commune: 'word' } } as const
  server.get(COMMENT_PAGES, { config }, async (request, reply) => {
    const { language } = request
    const { hat, memberId } = sessionOf(request)
    requireCovered(hat, RESIDENCE_COMMENT)
    const words = RESIDENCE_TEXTS[language]
    const back = { href: '/', text: words.back }
    if (hat.position === MEMBER_HAT) {
      const dossiers = await dossiersAbout(web.database.read, hat.onBehalfOf?.memberId ?? memberId)
      return html(
        reply,
        await web.showPage(request, { title: words.title, back, children: ownPage({ language, dossiers }) }),
      )
    }
    const context = await contextOf(request, web)
    const { asked, listed, page } = await listedFor(web, request, context, ROWS_A_PAGE)
    const { read } = web.database
    const own = await findOrganisation(read, hat.organisationId, context.today)
    const head = await findOrganisation(read, asked.organisationId, context.today)
    const isAbove = head?.tier === 'province' || head?.tier === 'direct-superior'
    const of = asked.at ?? asked.commune
    const at = of === undefined ? undefined : await findOrganisation(read, of, context.today)
    const matching = await countComments(read, asked, context.today, context.at)
    const year = roundYear(context.today, context.settings)
    const children = listPage({
      language,
      listed,
      year: asked.year,
      years: [year, year - 1],
      status: asked.status,
      overdue: asked.overdue,
      at: at && { param: asked.at ? 'at' : 'commune', id: at.id, name: at.name },
      page,
      pages: Math.max(1, Math.ceil(matching / ROWS_A_PAGE)),
      late: listed.overdue > 0 ? await overdueByPlace(read, asked, context.today, context.at) : [],
      communes: isAbove ? await byCommune(read, asked, context.today, context.at) : [],
      deadlineOf: (until) => deadlineOf(new Date(until), context.at, context.calendar, language),
      mayAsk: own?.tier === 'grassroots' && preparers(placeOf(own)).includes(hat.position),
    })
    return html(reply, await web.showPage(request, { title: words.title, back, width: 'wide', children }))
  })

  const file = { access: 'officer', scope: { at: 'word', commune: 'word' }, cost: 'heavy' as const } as const
  server.get(`${COMMENT_PAGES}/list.xlsx`, { config: file }, async (request, reply) => {
    const { language } = request
    requireCovered(sessionOf(request).hat, RESIDENCE_COMMENT)
    const context = await contextOf(request, web)
    const { asked, listed } = await listedFor(web, request, context, MOST_LINES, 'export')
    const day = (until: string) => formatInstant(new Date(until), language)
    const workbook = await workbookOf(sheetOfComments(listed, { language, year: asked.year, day }))
    return reply
      .type(XLSX_TYPE)
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="nhan-xet-noi-cu-tru-${asked.year}.xlsx"`)
      .send(workbook)
  })

  const api = {
    summary: 'Residence comments the organisation has to do with',
    query: QUERY,
    response: LISTED,
  }
  const told = { access: 'officer', scope: { at: 'word', commune: 'word' }, api } as const
  server.get('/api/v1/residence-comments', { config: told }, async (request) => {
    requireCovered(sessionOf(request).hat, RESIDENCE_COMMENT)
    return (await listedFor(web, request, await contextOf(request, web), MOST_TOLD)).listed
  })

  registerSeason(server, web)
}

async function listedFor(
  web: Web,
  request: FastifyRequest,
  context: Context,
  most: number,
  kind: 'list' | 'export' = 'list',
) {
  const { hat } = sessionOf(request)
  requireReader(hat)
  const { year, status, overdue, at, commune, page } = parse(QUERY, request.query)
  const { read } = web.database
  const { today } = context
  const asked: Asked = {
    organisationId: await treeOf(read, { organisationId: hat.organisationId, position: hat.position, today }),
    year: year ?? roundYear(today, context.settings),
    status,
    overdue: overdue === 'yes',
    at,
    commune,
    most,
    offset: kind === 'list' ? (page - 1) * most : 0,
  }
  const listed = await listComments(read, asked, today, context.at)
  await keepShown(
    web,
    request,
    listed.comments.map(({ member }) => member.id),
    kind,
  )
  return { asked, listed, page }
}

/** The province's own offices, or its commission's. */
async function provinceFor(web: Web, request: FastifyRequest, { today }: Context): Promise<string> {
  const { hat } = sessionOf(request)
  requireCovered(hat, RESIDENCE_COMMENT)
  const { read } = web.database
  const own = await findOrganisation(read, await treeOf(read, { ...hat, today }), today)
  const may = own?.kind === 'province' && [...preparers(placeOf(own)), ...REPORTED_TO].includes(hat.position)
  if (!own || !may) throw new Refusal('forbidden', 'residence-comment.province-only')
  return own.id
}

function registerSeason(server: FastifyInstance, web: Web): void {
  const show = async (request: FastifyRequest, refused?: Refusal) => {
    const context = await contextOf(request, web)
    const { hat, csrf } = sessionOf(request)
    const { language } = request
    const { read } = web.database
    const { today } = context
    const organisationId = await treeOf(read, { ...hat, today })
    const province = provinceIn(await chainOf(read, organisationId, today))
    const set = province && (await seasonOfProvince(read, province.id, today))
    const year = roundYear(today, context.settings)
    const season = seasonOf(year, set, context.settings)
    const words = RESIDENCE_TEXTS[language].season
    const maySet = await provinceFor(web, request, context).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Refusal) return false
        throw error
      },
    )
    const asked = { organisationId, year, overdue: false, most: 0 }
    const { total, overdue, byStatus } = await listComments(read, asked, today, context.at)
    const monthOfDay = (day: string) => Number(day.slice(5, 7))
    const children = seasonPage({
      language,
      csrf,
      today,
      days: {
        from: formatDate(season.askFrom, language),
        until: formatDate(season.askUntil, language),
        by: formatDate(season.returnBy, language),
      },
      setBy: set && province?.name,
      known: {
        askFromMonth: monthOfDay(season.askFrom),
        askUntilMonth: monthOfDay(season.askUntil),
        returnDecemberDay: Number(season.returnBy.slice(8)),
      },
      counts: { total, overdue, filed: byStatus.filed ?? 0 },
      maySet,
      saved: parse(SAVED, request.query).saved !== undefined && !refused,
      refused: refused && refusedForm(web, refused, language),
      entered: refused ? writtenIn(request.body) : {},
    })
    const back = { href: COMMENT_PAGES, text: RESIDENCE_TEXTS[language].list.title }
    return web.showPage(request, { title: words.title, back, children })
  }
  server.get(`${COMMENT_PAGES}/season`, { config: { access: 'officer' } }, async (request, reply) =>
    html(reply, await show(request)),
  )

  const set = async (request: FastifyRequest, body: unknown) => {
    const context = await contextOf(request, web)
    const provinceId = await provinceFor(web, request, context)
    const { askFromMonth, askUntilMonth, returnDecemberDay, validFrom, reason } = parse(SEASON, body)
    if (askUntilMonth < askFromMonth) throw new Refusal('invalid', 'residence-comment.season-order')
    await web.database.transaction((write) =>
      write.run(sql`
        insert into residence_season (province_id, valid_from, ask_from_month, ask_until_month, return_december_day, reason,
                                      set_by, set_at)
        values (${provinceId}, ${validFrom}, ${askFromMonth}, ${askUntilMonth}, ${returnDecemberDay}, ${reason},
                ${sessionOf(request).memberId}, ${context.at})
        on conflict (province_id, valid_from) do update set ask_from_month = excluded.ask_from_month,
          ask_until_month = excluded.ask_until_month, return_december_day = excluded.return_december_day,
          reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at`),
    )
  }
  server.post(`${COMMENT_PAGES}/season`, { config: { access: 'officer' } }, async (request, reply) => {
    try {
      await set(request, formFields(request.body))
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind === 'forbidden') throw error
      return html(reply.code(STATUS[error.kind]), await show(request, error))
    }
    return reply.redirect(`${COMMENT_PAGES}/season?saved`, 303)
  })
  const api = {
    summary: 'Set the yearly round of a province',
    body: SEASON,
    response: z.object({ set: z.literal(true) }),
  }
  server.post(
    '/api/v1/residence-comments/season',
    { config: { access: 'officer', api } },
    async (request) => {
      await set(request, request.body)
      return { set: true as const }
    },
  )
}
