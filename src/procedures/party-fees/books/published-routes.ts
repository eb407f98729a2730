/** What was made public, over HTTP: for members of the cell, in their own hat, and for who handles its fees. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '../../../kernel/refusal.ts'
import { loadFile } from '../../../papers/store.ts'
import { contextOf, parse, sessionOf } from '../../../web/http.ts'
import { html } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { bookPeriod } from '../law/books/book-period.ts'
import { askerOf } from '../paying/asker.ts'
import * as contract from './contract.ts'
import { unitOf } from './figures.ts'
import { cellOf, findPublication, publicationsOf, publishedBooks } from './publications.ts'
import { PublishedPage } from './published-page.tsx'
import { BOOK_TEXTS } from './texts.ts'

export function registerPublished(server: FastifyInstance, web: Web): void {
  const config = { access: 'signed-in' as const }

  server.get('/fees/published', { config }, async (request, reply) => {
    const { period } = parse(contract.PUBLISHED_QUERY, request.query)
    const { language } = request
    const { cell, today } = await cellAsked(web, request)
    const { read } = web.database
    const all = cell ? await publicationsOf(read, cell) : []
    const chosen = period?.name ?? all[0]?.period
    const publication = cell && chosen ? await findPublication(read, cell, chosen) : undefined
    const known = publication && bookPeriod(publication.period)
    const children = PublishedPage({
      language,
      organisation: cell ? (await unitOf(read, cell, today)).name : undefined,
      publication,
      books: publication && known ? publishedBooks(publication.published, known, language) : [],
      periods: all.map((each) => each.period),
    })
    const { title } = BOOK_TEXTS[language].published
    return html(reply, await web.showPage(request, { title, width: 'wide', children }))
  })

  const limited = { ...config, cost: 'heavy' as const }
  server.get('/fees/published.pdf', { config: limited }, async (request, reply) => {
    const { period, book, number } = parse(contract.PUBLISHED_PAPER, request.query)
    const { cell } = await cellAsked(web, request)
    const publication = cell && (await findPublication(web.database.read, cell, period.name, number))
    if (!publication) throw new Refusal('not-found', 'party-fees.publication-unknown')
    const sha256 = book === 'b01' ? publication.reportSha256 : publication.ledgerSha256
    const { bytes } = await loadFile(web.database.read, sha256)
    return reply
      .type('application/pdf')
      .header('cache-control', 'no-store')
      .header('content-disposition', `inline; filename="cong-khai-${book}-${period.name}.pdf"`)
      .send(Buffer.from(bytes))
  })
}

/** The cell whose publications the asker may read: that which counts the member today, or whose fees the office handles. */
async function cellAsked(
  web: Web,
  request: FastifyRequest,
): Promise<{ readonly cell: string | undefined; readonly today: string }> {
  const { actor, today } = await contextOf(request, web)
  const asker = askerOf(actor, sessionOf(request))
  const cell =
    asker.kind === 'cell' ? asker.organisationId : await cellOf(web.database.read, asker.memberId, today)
  return { cell, today }
}
