/** A member's own fees over HTTP: the page, the months as JSON, and the card on the first page. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered } from '../../../identity/hats.ts'
import type { Read } from '../../../kernel/db.ts'
import { firstDayOf, formatMonth, monthOf, type Language } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { numberVi } from '../../../kernel/vietnamese-numbers.ts'
import type { HomeCard } from '../../../web/feature.ts'
import { contextOf, parse, sessionOf } from '../../../web/http.ts'
import { html, newCommandId } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { allowancesOf, lateUntil, type Allowance } from '../assessing/granted.ts'
import { stayFeesOf } from '../../../registry/guests/stay-fees.ts'
import { explain } from '../explanation.ts'
import { feesBegin, handlesFees, ownFeesOf, PARTY_FEES } from '../law/who.ts'
import { monthsAhead } from '../relieving/ahead.ts'
import { AheadPart } from '../relieving/ahead-part.tsx'
import { RELIEVING_TEXTS } from '../relieving/texts.ts'
import { refundsOfPayer } from '../refunding/refunds.ts'
import * as contract from './contract.ts'
import { OwnFeesPage, whatIsDue } from './own-page.tsx'
import { ownFees, ownOpenLines, reasonsOf, type OwnFees, type OwnLine } from './own.ts'
import { PAYING_TEXTS } from './texts.ts'
import { payUntil, untilInWords } from './until.ts'

const DONE = z.object({ done: z.literal('ahead').optional().catch(undefined) })

export function registerOwnFees(server: FastifyInstance, web: Web): void {
  const config = { access: 'signed-in' as const }

  server.get('/fees', { config }, async (request, reply) => {
    // Who looks after a cell's fees works there; the own ones are seen in the own hat.
    const { hat } = sessionOf(request)
    if (handlesFees(hat)) return reply.redirect(feesBegin(hat), 303)
    const context = await contextOf(request, web)
    const memberId = own(request, context)
    const { read } = web.database
    const fees = await ownFees(read, memberId)
    const allowances = await allowancesOf(read, memberId, context.today)
    const { language } = request
    const { csrf } = sessionOf(request)
    const { done } = parse(DONE, request.query)
    const ahead = await monthsAhead(read, memberId, context.today)
    return html(
      reply,
      await web.showPage(request, {
        title: PAYING_TEXTS[language].own.title,
        children: OwnFeesPage({
          language,
          fees,
          memberId,
          deadline: deadlineOf(fees.open, context, allowances, language),
          done: done && RELIEVING_TEXTS[language].ahead.done,
          after: AheadPart({ language, csrf, allowances, ahead }),
          why: await whyOf(read, memberId, fees, context, language),
          refunds: await refundsOfPayer(read, memberId),
          stay: await stayFeesOf(read, memberId, context.today),
          csrf,
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

/** Of what is open, the newest month's that has come: older ones had theirs, and one paid ahead has none before its month. */
function deadlineOf(
  open: readonly OwnLine[],
  { today, settings }: Context,
  allowances: readonly Allowance[],
  language: Language,
) {
  const now = firstDayOf(monthOf(today))
  const newest = open.findLast(({ period }) => period <= now) ?? open[0]
  if (!newest) return undefined
  const until = lateUntil(allowances, monthOf(newest.period)) ?? payUntil(newest.period, settings)
  return untilInWords(until, today, language)
}

async function whyOf(
  read: Read,
  memberId: string,
  { open, waiting, paid, exempt }: OwnFees,
  context: Context,
  language: Language,
) {
  const line = open.at(-1) ?? waiting.at(-1) ?? paid[0] ?? exempt[0]
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
      deadline: deadlineOf(open, context, await allowancesOf(read, memberId, context.today), language),
      action: { href: '/fees', text: texts.act },
    },
  ]
}
