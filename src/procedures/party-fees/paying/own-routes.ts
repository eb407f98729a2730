/** A member's own fees over HTTP: the page, the months as JSON, and the card on the first page. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { requireCovered } from '../../../identity/hats.ts'
import type { Read } from '../../../kernel/db.ts'
import { formatMonth, type Language } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { numberVi } from '../../../kernel/vietnamese-numbers.ts'
import type { HomeCard } from '../../../web/feature.ts'
import { contextOf, sessionOf } from '../../../web/http.ts'
import { html, newCommandId } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { explain } from '../explanation.ts'
import { handlesFees, ownFeesOf } from '../law/who.ts'
import { PARTY_FEES } from '../law/who.ts'
import { refundsOfPayer } from '../refunding/refunds.ts'
import * as contract from './contract.ts'
import { OwnFeesPage, whatIsDue } from './own-page.tsx'
import { ownFees, ownOpenLines, reasonsOf, type OwnFees, type OwnLine } from './own.ts'
import { PAYING_TEXTS } from './texts.ts'
import { payUntil, untilInWords } from './until.ts'

export function registerOwnFees(server: FastifyInstance, web: Web): void {
  const config = { access: 'signed-in' as const }

  server.get('/fees', { config }, async (request, reply) => {
    // Who looks after a cell's fees works there; the own ones are seen in the own hat.
    if (handlesFees(sessionOf(request).hat)) return reply.redirect('/fees/month', 303)
    const context = await contextOf(request, web)
    const memberId = own(request, context)
    const fees = await ownFees(web.database.read, memberId)
    const { language } = request
    return html(
      reply,
      await web.showPage(request, {
        title: PAYING_TEXTS[language].own.title,
        children: OwnFeesPage({
          language,
          fees,
          memberId,
          deadline: deadlineOf(fees.open, context, language),
          why: await whyOf(web.database.read, memberId, fees, context, language),
          refunds: await refundsOfPayer(web.database.read, memberId),
          csrf: sessionOf(request).csrf,
          newCommandId,
        }),
      }),
    )
  })

  const api = { summary: 'Months of the asker’s own fees, oldest first', response: contract.OWN_FEES }
  server.get('/api/v1/fees', { config: { ...config, api } }, async (request) => {
    const context = await contextOf(request, web)
    const { declared, ...lines } = await ownFees(web.database.read, own(request, context))
    const standings = ['open', 'waiting', 'paid', 'exempt'] as const
    const told = standings.flatMap((standing) => lines[standing].map((line) => toldLine(line, standing)))
    return { declared, lines: told.toSorted((a, b) => (a.period < b.period ? -1 : 1)) }
  })
}

function own(request: FastifyRequest, context: Awaited<ReturnType<typeof contextOf>>): string {
  requireCovered(sessionOf(request).hat, PARTY_FEES)
  return ownFeesOf(context.actor)
}

/** Of what is open, the newest month's last day: older ones had theirs. */
function deadlineOf(open: readonly OwnLine[], { today, settings }: Context, language: Language) {
  const newest = open.at(-1)
  return newest && untilInWords(payUntil(newest.period, settings), today, language)
}

async function whyOf(
  read: Read,
  memberId: string,
  { open, waiting, paid }: OwnFees,
  context: Context,
  language: Language,
) {
  const line = open.at(-1) ?? waiting.at(-1) ?? paid[0]
  if (!line) return undefined
  const steps = await reasonsOf(read, memberId, line, context.settings)
  return { line, steps: steps && explain(steps, language) }
}

function toldLine(line: OwnLine, standing: 'open' | 'waiting' | 'paid' | 'exempt') {
  const { period, number, kind, baseVnd, amountVnd, organisationName, payment } = line
  return {
    period: period.slice(0, 7),
    number,
    kind,
    class: line.class,
    baseVnd,
    amountVnd,
    cell: organisationName,
    standing,
    payment: payment && {
      id: payment.id,
      paidAt: payment.paidAt.toISOString(),
      method: payment.method,
      receipt: `${payment.receiptNumber}/${payment.receiptYear}`,
    },
  }
}

/** On the first page: what is open, with one button. */
export async function ownFeesCards(
  read: Read,
  memberId: string,
  context: Context,
  language: Language,
): Promise<HomeCard[]> {
  const open = await ownOpenLines(read, memberId)
  if (open.length === 0) return []
  const texts = PAYING_TEXTS[language].home
  const total = open.reduce((sum, { amountVnd }) => sum + amountVnd, 0)
  const months = open.map(({ period }) => formatMonth(period.slice(0, 7), language)).join(', ')
  const where = texts.status(open[0]!.organisationName)
  return [
    {
      key: PARTY_FEES,
      title: texts.title(whatIsDue(open, language), numberVi(total)),
      status: open.length === 1 ? where : `${months}. ${where}`,
      deadline: deadlineOf(open, context, language),
      action: { href: '/fees', text: texts.act },
    },
  ]
}
