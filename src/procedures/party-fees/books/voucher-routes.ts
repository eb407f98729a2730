/** Vouchers over HTTP: the page with its form, and undoing one. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { yearOf } from '../../../kernel/plain-date.ts'
import { formFields } from '../../../web/forms.ts'
import { writtenIn } from '../../../web/form-drafts.ts'
import { parse, sessionOf, STATUS } from '../../../web/http.ts'
import { html, newCommandId } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { atOnce } from '../assessing/at-once.ts'
import { handlingOf } from '../collecting/handling.ts'
import { tabsFor } from '../tabs-for.ts'
import * as contract from './contract.ts'
import { BOOK_TEXTS } from './texts.ts'
import { UndoVoucherPage, VoucherPage, type VoucherPageProps } from './voucher-page.tsx'
import { availableOf, getVoucher, makeVoucher, undoVoucher, vouchersOf, type Voucher } from './vouchers.ts'

const ADDRESS = '/fees/books/vouchers'

export function registerVouchers(server: FastifyInstance, web: Web): void {
  const config = { access: 'officer' as const }

  server.get(ADDRESS, { config }, async (request, reply) => {
    const { saved, undone } = parse(contract.VOUCHERS_QUERY, request.query)
    return html(reply, await show(web, request, { saved, undone }))
  })

  server.post(ADDRESS, { config }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const given = contract.VOUCHER_FORM.safeParse(formFields(request.body))
    if (!given.success) {
      const words = BOOK_TEXTS[request.language].errors as Readonly<Record<string, string>>
      const errors = Object.fromEntries(
        given.error.issues.map(({ path }) => [String(path[0]), words[String(path[0])] ?? '']),
      )
      const entered = writtenIn(request.body)
      return html(reply.code(STATUS.invalid), await show(web, request, { errors, entered }))
    }
    const { commandId, amount, ...made } = given.data
    const written = await atOnce(web.database, (write) =>
      makeVoucher(write, { ...made, id: commandId, amountVnd: amount }, handling),
    )
    return reply.redirect(`${ADDRESS}?saved=${encodeURIComponent(written)}`, 303)
  })

  server.get(`${ADDRESS}/undo`, { config }, async (request, reply) => {
    const { cell } = await handlingOf(web, request)
    const { voucher } = parse(contract.UNDO_QUERY, request.query)
    return html(
      reply,
      await undoPage(web, request, await getVoucher(web.database.read, cell, voucher), false),
    )
  })

  server.post(`${ADDRESS}/undo`, { config }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const fields = formFields(request.body)
    const { voucher } = parse(contract.UNDO_QUERY, fields)
    const given = contract.UNDO_FORM.safeParse(fields)
    if (!given.success) {
      const found = await getVoucher(web.database.read, handling.cell, voucher)
      return html(reply.code(STATUS.invalid), await undoPage(web, request, found, true))
    }
    const { commandId, reason } = given.data
    const written = await atOnce(web.database, (write) =>
      undoVoucher(write, { ...voucher, id: commandId, reason }, handling),
    )
    return reply.redirect(`${ADDRESS}?undone=${encodeURIComponent(written)}`, 303)
  })
}

async function show(
  web: Web,
  request: FastifyRequest,
  more: Partial<Pick<VoucherPageProps, 'saved' | 'undone' | 'entered' | 'errors'>>,
): Promise<string> {
  const { cell, today } = await handlingOf(web, request)
  const { language } = request
  const { csrf, hat } = sessionOf(request)
  const { read } = web.database
  const texts = BOOK_TEXTS[language]
  const children = VoucherPage({
    language,
    csrf,
    commandId: newCommandId(),
    organisation: hat.organisationName,
    tabs: await tabsFor(web, request, 'books'),
    today,
    available: await availableOf(read, cell),
    vouchers: await vouchersOf(read, cell, yearOf(today)),
    saved: more.saved,
    undone: more.undone,
    entered: more.entered ?? {},
    errors: more.errors ?? {},
  })
  const back = { href: `/fees/books?book=cash&period=${today.slice(0, 7)}`, text: texts.books.cash }
  return web.showPage(request, { title: texts.vouchers.title, back, width: 'wide', children })
}

function undoPage(web: Web, request: FastifyRequest, voucher: Voucher, missing: boolean): Promise<string> {
  const { language } = request
  const texts = BOOK_TEXTS[language].vouchers
  const { csrf } = sessionOf(request)
  const children = UndoVoucherPage({ language, csrf, commandId: newCommandId(), voucher, missing })
  const back = { href: ADDRESS, text: texts.title }
  return web.showPage(request, { title: texts.undo, back, width: 'narrow', children })
}
