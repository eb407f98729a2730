/** The column of B01/ĐP over HTTP: who handles an organisation's fees sees what holds for it, and says another. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { monthOf } from '../../../kernel/plain-date.ts'
import { ancestorsOn } from '../../../registry/organisations/store.ts'
import { formFields } from '../../../web/forms.ts'
import { writtenIn } from '../../../web/form-drafts.ts'
import { parse, sessionOf, STATUS } from '../../../web/http.ts'
import { html } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { atOnce } from '../assessing/at-once.ts'
import { handlingOf } from '../collecting/handling.ts'
import { tabsFor } from '../tabs-for.ts'
import { ColumnPage } from './column-page.tsx'
import { COLUMN } from './contract.ts'
import { columnIn, columnsSet, setColumn } from './report-column.ts'
import { BOOK_TEXTS } from './texts.ts'

export function registerReportColumn(server: FastifyInstance, web: Web): void {
  const config = { access: 'officer' as const }

  const show = async (
    request: FastifyRequest,
    done: boolean,
    entered: Readonly<Record<string, string>> = {},
    errors: Readonly<Record<string, string>> = {},
  ) => {
    const { cell, today } = await handlingOf(web, request)
    const { language } = request
    const [inForce, rows] = await web.database.report(async (read) => [
      await columnIn(read, await ancestorsOn(read, cell, today), monthOf(today)),
      await columnsSet(read, cell),
    ])
    const { csrf, hat } = sessionOf(request)
    const organisation = hat.organisationName
    const tabs = await tabsFor(web, request, 'report-column')
    const children = ColumnPage({ language, csrf, organisation, tabs, inForce, rows, done, entered, errors })
    return web.showPage(request, { title: BOOK_TEXTS[language].column.title, width: 'wide', children })
  }

  server.get('/fees/report-column', { config }, async (request, reply) => {
    const { done } = parse(z.object({ done: z.literal('yes').optional().catch(undefined) }), request.query)
    return html(reply, await show(request, done !== undefined))
  })

  server.post('/fees/report-column', { config }, async (request, reply) => {
    const { cell, by, at } = await handlingOf(web, request)
    const given = COLUMN.safeParse(formFields(request.body))
    if (!given.success) {
      const words: Readonly<Record<string, string>> = BOOK_TEXTS[request.language].column.errors
      const wrong = given.error.issues.map(({ path }) => [String(path[0]), words[String(path[0])]] as const)
      const errors = Object.fromEntries(wrong) as Record<string, string>
      return html(reply.code(STATUS.invalid), await show(request, false, writtenIn(request.body), errors))
    }
    await atOnce(web.database, (write) => setColumn(write, cell, { ...given.data, by, at }))
    return reply.redirect('/fees/report-column?done=yes', 303)
  })
}
