/** A cell's month over HTTP: the page, its files, approving one or all; the region of the minimum wage. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Read } from '../../../kernel/db.ts'
import { formatMonth, monthOf } from '../../../kernel/plain-date.ts'
import { keepShown } from '../../../registry/readings/shown.ts'
import { formFields } from '../../../web/forms.ts'
import { writtenIn } from '../../../web/form-drafts.ts'
import { parse, sessionOf, STATUS } from '../../../web/http.ts'
import { html, newCommandId } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { atOnce } from '../assessing/at-once.ts'
import { approveWaiting } from '../assessing/lines.ts'
import { regionIn } from '../assessing/schedule.ts'
import { asksForRegion } from '../following/said-of.ts'
import { waitingOnTabs } from '../following/waiting.ts'
import { firstDayOfPeriod } from '../law/period.ts'
import { APPROVE_BODY, APPROVING, MONTH_ANSWER, MONTH_QUERY, REGION } from './contract.ts'
import { monthCsv, monthWorkbook } from './files.ts'
import { handlingOf } from './handling.ts'
import { MonthPage } from './month-page.tsx'
import { FEE_REFUSALS } from '../refusal-texts.ts'
import { tabsFor } from '../tabs-for.ts'
import { chosenRows, monthOfCell, monthsOffered, sumsOf } from './month.ts'
import { regionsSet, setRegion } from './region.ts'
import { RegionPage } from './region-page.tsx'
import { COLLECTING_TEXTS } from './texts.ts'

export function registerCellMonth(server: FastifyInstance, web: Web): void {
  registerMonth(server, web)
  registerFiles(server, web)
  registerApproving(server, web)
  registerRegion(server, web)
}

/** The month asked for, and who is in it; showing it is a reading of each. */
async function openMonth(web: Web, request: FastifyRequest, kind: 'list' | 'export' = 'list') {
  const handling = await handlingOf(web, request)
  const query = parse(MONTH_QUERY, request.query)
  const month = query.month ?? monthOf(handling.today)
  const asked = (read: Read) => monthOfCell(read, handling.cell, month, handling.today)
  const all = await (kind === 'export' ? web.database.report(asked) : web.database.snapshot(asked))
  await keepShown(
    web,
    request,
    all.map(({ memberId }) => memberId),
    kind,
  )
  const rows = chosenRows(all, { state: query.state, sort: query.sort, down: query.down === 'yes' })
  return { handling, query, month, all, rows }
}

function registerMonth(server: FastifyInstance, web: Web): void {
  server.get('/fees/month', { config: { access: 'officer' } }, async (request, reply) => {
    const { handling, query, month, all, rows } = await openMonth(web, request)
    const { language } = request
    const texts = COLLECTING_TEXTS[language]
    const { csrf, hat } = sessionOf(request)
    const children = MonthPage({
      texts,
      language,
      csrf,
      commandId: newCommandId(),
      organisation: hat.organisationName,
      month,
      months: monthsOffered(handling.today),
      state: query.state,
      sort: query.sort,
      down: query.down === 'yes',
      all,
      rows,
      sums: sumsOf(all),
      tabs: await waitingOnTabs(web.database.read, handling),
      done:
        query.approved === undefined
          ? undefined
          : texts.approvedCount.replace('{count}', String(query.approved)),
      refusedWhy: (code) => FEE_REFUSALS[code]?.[language].title ?? code,
    })
    return html(reply, await web.showPage(request, { title: texts.title, width: 'wide', children }))
  })

  const api = { summary: 'A month of one’s cell', query: MONTH_QUERY, response: MONTH_ANSWER }
  server.get('/api/v1/fees/month', { config: { access: 'officer', api } }, async (request) => {
    const { month, all, rows } = await openMonth(web, request)
    const { byState: _byState, ...sums } = sumsOf(all)
    return {
      month,
      ...sums,
      rows: rows.map(({ paidAt: _paidAt, autoApprove: _auto, openLine: _open, ...row }) => row),
    }
  })
}

function registerFiles(server: FastifyInstance, web: Web): void {
  const config = { access: 'officer' as const, cost: 'heavy' as const }

  server.get('/fees/month.csv', { config }, async (request, reply) => {
    const { month, rows } = await openMonth(web, request, 'export')
    const words = { texts: COLLECTING_TEXTS[request.language], language: request.language }
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="dang-phi-${month}.csv"`)
      .send(monthCsv(rows, words))
  })

  server.get('/fees/month.xlsx', { config }, async (request, reply) => {
    const { month, rows } = await openMonth(web, request, 'export')
    const { language } = request
    const texts = COLLECTING_TEXTS[language]
    const named = texts.monthOf.replace('{month}', formatMonth(month, language))
    const title = `${named}, ${sessionOf(request).hat.organisationName}`
    return reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header('content-disposition', `attachment; filename="dang-phi-${month}.xlsx"`)
      .send(await monthWorkbook(rows, title, { texts, language }))
  })
}

function registerApproving(server: FastifyInstance, web: Web): void {
  // Members of another cell have no line that waits here: nothing of theirs is approved.
  const config = { access: 'officer' as const, scope: { chosen: 'part' as const } }

  server.post('/fees/month/approve', { config }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { month, which, chosen = [] } = parse(APPROVING, formFields(request.body))
    const approved = await atOnce(web.database, (write) =>
      approveWaiting(write, handling, firstDayOfPeriod(month), which === 'all' ? undefined : chosen),
    )
    return reply.redirect(`/fees/month?month=${month}&approved=${approved}`, 303)
  })

  const api = {
    summary: 'Approve what waits in a month of one’s cell',
    body: APPROVE_BODY,
    response: z.object({ approved: z.number().int() }),
  }
  server.post('/api/v1/fees/month/approve', { config: { ...config, api } }, async (request) => {
    const handling = await handlingOf(web, request)
    const { month, chosen } = parse(APPROVE_BODY, request.body ?? {})
    const approved = await atOnce(web.database, (write) =>
      approveWaiting(write, handling, firstDayOfPeriod(month), chosen),
    )
    return { approved }
  })
}

function registerRegion(server: FastifyInstance, web: Web): void {
  const config = { access: 'officer' as const }

  const show = async (
    request: FastifyRequest,
    done: boolean,
    entered: Readonly<Record<string, string>> = {},
    errors: Readonly<Record<string, string>> = {},
  ) => {
    const { cell, today } = await handlingOf(web, request)
    const { language } = request
    const texts = COLLECTING_TEXTS[language]
    const { read } = web.database
    const [inForce, rows, asked] = await Promise.all([
      regionIn(read, cell, monthOf(today), today),
      regionsSet(read, cell),
      asksForRegion(read, cell, today),
    ])
    const { csrf, hat } = sessionOf(request)
    const organisation = hat.organisationName
    const tabs = await tabsFor(web, request, 'region')
    const given = { tabs, inForce, rows, asked, done, entered, errors }
    const children = RegionPage({ texts, language, csrf, organisation, ...given })
    return web.showPage(request, { title: texts.regionTitle, width: 'wide', children })
  }

  server.get('/fees/region', { config }, async (request, reply) => {
    const { done } = parse(z.object({ done: z.literal('yes').optional().catch(undefined) }), request.query)
    return html(reply, await show(request, done !== undefined))
  })

  server.post('/fees/region', { config }, async (request, reply) => {
    const { cell, by, at } = await handlingOf(web, request)
    const given = REGION.safeParse(formFields(request.body))
    if (!given.success) {
      const { errors } = COLLECTING_TEXTS[request.language]
      const words: Readonly<Record<string, string>> = {
        region: errors.region,
        from: errors.month,
        source: errors.source,
      }
      const wrong = given.error.issues.map(({ path }) => [String(path[0]), words[String(path[0])]] as const)
      const page = await show(
        request,
        false,
        writtenIn(request.body),
        Object.fromEntries(wrong) as Record<string, string>,
      )
      return html(reply.code(STATUS.invalid), page)
    }
    await atOnce(web.database, (write) => setRegion(write, cell, { ...given.data, by, at }))
    return reply.redirect('/fees/region?done=yes', 303)
  })
}
