/** Books and reports over HTTP: on screen, as Excel, as a sealed paper, as JSON; the lists behind the figures; sending up and making public. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { monthOf } from '../../../kernel/plain-date.ts'
import { settingsOn } from '../../../kernel/settings.ts'
import { sql } from '../../../kernel/db.ts'
import { loadFile } from '../../../papers/store.ts'
import { keepShown } from '../../../registry/readings/shown.ts'
import { formFields } from '../../../web/forms.ts'
import { parse, sessionOf, STATUS } from '../../../web/http.ts'
import { html, newCommandId } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import type { Handling } from '../assessing/lines.ts'
import { atOnce } from '../assessing/at-once.ts'
import { handlingOf } from '../collecting/handling.ts'
import { bookPeriod, cutOff, periodsOffered, type BookPeriod } from '../law/books/book-period.ts'
import { tabsFor } from '../tabs-for.ts'
import { behind, MOST_ROWS } from './behind.ts'
import { BehindPage } from './behind-page.tsx'
import { BookPage, type BookPageProps } from './book-page.tsx'
import { bookPaper } from './book-papers.ts'
import type { Book, BookName } from './book.ts'
import * as contract from './contract.ts'
import { reportOf, unitOf, type Unit } from './figures.ts'
import { booksOf, openBook } from './open-book.ts'
import { changesBetween, findPublication, publish, toPublish } from './publications.ts'
import { codesChanged, lastSent, sendReport } from './reports.ts'
import { PUBLISHED_OF_MEMBERS } from './settings.ts'
import { BOOK_TEXTS } from './texts.ts'
import { bookWorkbook } from './workbook.ts'
import { periodInWords } from './written-periods.ts'

interface Opened {
  readonly handling: Handling
  readonly unit: Unit
  readonly period: BookPeriod
  readonly book: Book
}

/** The book asked for of one's own organisation; whom it names is kept before it is given out. */
async function opened(
  web: Web,
  request: FastifyRequest,
  asked: { readonly book: BookName | undefined; readonly period: BookPeriod | undefined },
  kind: 'list' | 'export' | 'print' = 'list',
  language = request.language,
): Promise<Opened> {
  const handling = await handlingOf(web, request)
  const { cell, today } = handling
  const period = asked.period ?? bookPeriod(monthOf(today))!
  const { unit, book } = await web.database.report(async (read) => {
    const place = await unitOf(read, cell, cutOff(period, today))
    const name = asked.book ?? booksOf(place)[0]!
    return { unit: place, book: await openBook(read, place, name, period, today, language) }
  })
  await keepShown(web, request, book.people, kind)
  return { handling, unit, period, book }
}

export function registerBooks(server: FastifyInstance, web: Web): void {
  const config = { access: 'officer' as const }
  registerFiles(server, web)
  registerOutgoing(server, web)

  server.get('/fees/books', { config }, async (request, reply) => {
    const query = parse(contract.BOOK_QUERY, request.query)
    const it = await opened(web, request, { book: query.book, period: query.period })
    return html(reply, await page(web, request, it, { done: query.done }))
  })

  server.get('/fees/books/behind', { config }, async (request, reply) => {
    const query = parse(contract.BEHIND_QUERY, request.query)
    const { cell, today } = await handlingOf(web, request)
    const { language } = request
    const list = await web.database.report(async (read) =>
      behind(read, await unitOf(read, cell, cutOff(query.period, today)), query, today, language),
    )
    await keepShown(web, request, list.people)
    const children = BehindPage({
      language,
      organisation: sessionOf(request).hat.organisationName,
      tabs: await tabsFor(web, request, 'books'),
      period: query.period,
      title: list.title,
      list,
      most: list.cut ? MOST_ROWS : undefined,
    })
    const back = { href: `/fees/books?period=${query.period.name}`, text: BOOK_TEXTS[language].behind.back }
    return html(reply, await web.showPage(request, { title: list.title, back, width: 'wide', children }))
  })

  const api = {
    summary: 'A book or report of Party fees of one’s organisation',
    query: contract.BOOK_FILE,
    response: contract.BOOK_ANSWER,
  }
  server.get('/api/v1/fees/books', { config: { ...config, api } }, async (request) => {
    const { book, period } = await opened(web, request, parse(contract.BOOK_FILE, request.query))
    return {
      book: book.name,
      period: period.name,
      columns: book.columns.map(({ key, mark, title }) => ({ key, mark, title })),
      rows: book.rows.map(({ kind, cells, alarm }) => ({ kind, cells, alarm: alarm ?? null })),
      failed: book.failed,
      notes: book.notes,
    }
  })
}

async function page(
  web: Web,
  request: FastifyRequest,
  { handling, unit, period, book }: Opened,
  more: Partial<Pick<BookPageProps, 'done' | 'reasonMissing'>>,
): Promise<string> {
  const { language } = request
  const { csrf, hat } = sessionOf(request)
  const { today } = handling
  const children = BookPage({
    language,
    csrf,
    newCommandId,
    organisation: hat.organisationName,
    tabs: await tabsFor(web, request, 'books'),
    superior: unit.chain[1]?.name,
    books: booksOf(unit),
    periods: periodsOffered(today),
    period,
    today,
    book,
    done: more.done,
    reasonMissing: more.reasonMissing ?? false,
    sending: book.name === 'b01' ? await sendingOf(web, handling, unit, period) : undefined,
    publishing:
      unit.holdsMembers && (book.name === 'b01' || book.name === 's01-remittance')
        ? await publishingOf(web, handling, period)
        : undefined,
  })
  return web.showPage(request, { title: BOOK_TEXTS[language].title, width: 'wide', children })
}

async function sendingOf(
  web: Web,
  { cell, today }: Handling,
  unit: Unit,
  period: BookPeriod,
): Promise<BookPageProps['sending']> {
  return web.database.report(async (read) => {
    const last = await lastSent(read, cell, period)
    if (!last) return { last: undefined, changed: [] }
    const { report } = await reportOf(read, unit, period, today)
    return { last: { number: last.number, on: last.sentOn }, changed: codesChanged(last.report, report) }
  })
}

async function publishingOf(
  web: Web,
  { cell, today }: Handling,
  period: BookPeriod,
): Promise<BookPageProps['publishing']> {
  return web.database.report(async (read) => {
    const [last, settings] = await Promise.all([
      findPublication(read, cell, period.name),
      settingsOn(read, today),
    ])
    const namesMembers = settings.get(PUBLISHED_OF_MEMBERS) === 'paid-or-not'
    if (!last) return { last: undefined, changed: [], namesMembers }
    const now = await toPublish(read, cell, period, today)
    const changed = changesBetween(last.published, now).map(({ code }) => code)
    return { last: { number: last.number, on: last.publishedOn }, changed, namesMembers }
  })
}

function registerFiles(server: FastifyInstance, web: Web): void {
  const config = { access: 'officer' as const, cost: 'heavy' as const }

  server.get('/fees/books.xlsx', { config }, async (request, reply) => {
    const { book, period, unit } = await opened(
      web,
      request,
      parse(contract.BOOK_FILE, request.query),
      'export',
    )
    const { language } = request
    const texts = BOOK_TEXTS[language]
    const workbook = await bookWorkbook(book, {
      title: `${texts.paperTitles[book.name]}, ${periodInWords(period, language)}`,
      unit: unit.name,
      about: [texts.unit],
    })
    return file(
      reply,
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      book,
      'xlsx',
    ).send(workbook)
  })

  server.get('/fees/books.pdf', { config }, async (request, reply) => {
    const asked = parse(contract.BOOK_FILE, request.query)
    const { book, period, unit, handling } = await opened(web, request, asked, 'print', 'vi')
    const { memberId } = sessionOf(request)
    const pdf = await atOnce(web.database, async (write) => {
      const name = await nameOf(web, memberId)
      const maker = { id: memberId, name }
      const { sha256 } = await bookPaper(write, web, { book, unit, period, maker }, handling.at)
      return (await loadFile(write, sha256)).bytes
    })
    return file(reply, 'application/pdf', book, 'pdf').send(Buffer.from(pdf))
  })
}

async function nameOf(web: Web, memberId: string): Promise<string> {
  const { name } = await web.database.read.one<{ name: string }>(
    sql`select full_name as name from member where id = ${memberId}`,
  )
  return name
}

function file(reply: FastifyReply, type: string, book: Book, ending: string): FastifyReply {
  return reply
    .type(type)
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${book.name}-${book.period}.${ending}"`)
}

function registerOutgoing(server: FastifyInstance, web: Web): void {
  const config = { access: 'officer' as const, cost: 'heavy' as const }

  server.post('/fees/books/send', { config }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { commandId, period } = parse(contract.SEND_FORM, formFields(request.body))
    const makerName = await nameOf(web, handling.by)
    await atOnce(web.database, (write) => sendReport(write, web, { commandId, period, makerName }, handling))
    return reply.redirect(`/fees/books?book=b01&period=${period.name}&done=sent`, 303)
  })

  server.post('/fees/books/publish', { config }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { commandId, period, reason } = parse(contract.PUBLISH_FORM, formFields(request.body))
    const before = await findPublication(web.database.read, handling.cell, period.name)
    if (before && before.id !== commandId && reason === undefined) {
      const it = await opened(web, request, { book: 'b01', period })
      return html(reply.code(STATUS.invalid), await page(web, request, it, { reasonMissing: true }))
    }
    const makerName = await nameOf(web, handling.by)
    await atOnce(web.database, (write) =>
      publish(write, web, { commandId, period, reason, makerName }, handling),
    )
    return reply.redirect(`/fees/books?book=b01&period=${period.name}&done=published`, 303)
  })
}
