/** Refunds over HTTP: asked from a payment, followed by the payer, checked, approved and paid out by those who handle fees. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Refusal } from '../../../kernel/refusal.ts'
import { addWorkingDays } from '../../../kernel/working-time.ts'
import { allBanks, findBank } from '../../../payments/banks.ts'
import { readVnd } from '../../../payments/vnd.ts'
import { keepShown } from '../../../registry/readings/shown.ts'
import { fill } from '../../../ui/words.ts'
import { writtenIn } from '../../../web/form-drafts.ts'
import { formFields } from '../../../web/forms.ts'
import { contextOf, parse, sessionOf, STATUS } from '../../../web/http.ts'
import { html, newCommandId } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { dong } from '../amount-text.ts'
import { peopleSince } from '../assessing/people.ts'
import { handlingOf } from '../collecting/handling.ts'
import { waitingOnTabs } from '../following/waiting.ts'
import { holderAsBanksWrite } from '../law/holder.ts'
import { nameOfLine } from '../law/ordering.ts'
import { isLate, requireVoucher } from '../law/refunds.ts'
import { peopleOf } from '../law/who.ts'
import { pageOfList } from '../page-of-list.ts'
import { askerOf } from '../paying/asker.ts'
import { keyOfLine } from '../paying/contract.ts'
import { actsFor } from './acts.ts'
import { AskPage } from './ask-page.tsx'
import * as contract from './contract.ts'
import { openTargets } from './correction.ts'
import { RefundListPage, VoucherPage } from './list-page.tsx'
import { paidBefore } from './paid.ts'
import { lastTargetOf, openRefundOf, readBy, refundFor, refundsWithin, type Refund } from './refunds.ts'
import { RefundPage } from './refund-page.tsx'
import { REFUND_WORKING_DAYS } from './settings.ts'
import {
  approveRefund,
  askRefund,
  checkRefund,
  closeRefund,
  payOutRefund,
  refuseRefund,
  withdrawRefund,
  type AskedBack,
  type Party,
} from './steps.ts'
import { REFUND_TEXTS, type RefundTexts } from './texts.ts'

const SIGNED_IN = { access: 'signed-in' } as const
const OFFICER = { access: 'officer' } as const
const SCOPE = { scope: { id: 'fee-refund' } } as const
const ROWS_A_PAGE = 50

const bankName = (bin: string): string => findBank(bin)?.shortName ?? bin
const BANKS = () => allBanks().toSorted((a, b) => a.shortName.localeCompare(b.shortName, 'vi'))

export function registerRefunds(server: FastifyInstance, web: Web): void {
  registerAsking(server, web)
  registerList(server, web)
  registerOne(server, web)
  registerActs(server, web)
  registerApi(server, web)
}

type Errors = Readonly<Record<string, string>>

/** Who asks, for whom, and now: the payer's own hand, a delegate's, or an officer's. */
async function partyOf(web: Web, request: FastifyRequest) {
  const context = await contextOf(request, web)
  const asker = askerOf(context.actor, sessionOf(request))
  const by = context.actor.memberId
  const as = asker.kind === 'own' ? asker.memberId : by
  return { ...context, asker, by, as, people: peopleOf(context.actor) }
}

function errorsOf(error: z.ZodError, texts: RefundTexts): Record<string, string> {
  const words: Errors = texts.errors
  return Object.fromEntries(
    error.issues.flatMap(({ path }) => {
      const text = words[String(path[0])]
      return text === undefined ? [] : [[String(path[0]), text]]
    }),
  )
}

/** A refusal that is about a field of the form, in that field's words. */
function fieldsOf(error: unknown, texts: RefundTexts): Record<string, string> {
  if (!(error instanceof Refusal) || error.fields.length === 0) throw error
  const { amountVnd } = error.facts
  if (error.code === 'party-fees.move-amount' && typeof amountVnd === 'number')
    return { to: fill(texts.errors.total, { amount: dong(amountVnd) }) }
  const words: Errors = texts.errors
  const wrong = error.fields.flatMap(({ field }) =>
    words[field] === undefined ? [] : [[field, words[field]]],
  )
  if (wrong.length === 0) throw error
  return Object.fromEntries(wrong) as Record<string, string>
}

function registerAsking(server: FastifyInstance, web: Web): void {
  const config = { ...SIGNED_IN, scope: { payment: 'fee-payment' as const } }

  const show = async (request: FastifyRequest, payment: string, wrong?: Errors) => {
    const { asker, calendar, settings, today } = await partyOf(web, request)
    const { read } = web.database
    const paid = await paidBefore(read, payment, asker, today)
    const openRefund = await openRefundOf(read, payment)
    const targets = openRefund === undefined ? await openTargets(read, paid, asker) : []
    if (asker.kind === 'cell') {
      const shown = [...paid.lines, ...targets].map(({ memberId }) => memberId)
      await keepShown(web, request, [paid.payerId, ...shown])
    }
    const target = await lastTargetOf(read, paid.payerId, asker)
    const known = {
      bank: target?.bin ?? '',
      number: target?.number ?? '',
      holder: target?.holder ?? holderAsBanksWrite(paid.payerName),
    }
    const given = (request.body ?? {}) as Readonly<
      Record<'chosen' | 'to', string | readonly string[] | undefined>
    >
    const { language } = request
    const texts = REFUND_TEXTS[language]
    const days = settings.get(REFUND_WORKING_DAYS)
    const own = asker.kind === 'own'
    const children = AskPage({
      texts,
      language,
      paid,
      own,
      targets,
      onBehalf: !own && paid.payerId !== sessionOf(request).memberId,
      openRefund,
      banks: BANKS(),
      dueOn: addWorkingDays(calendar, today, days),
      days,
      chosen: wrong ? [given.chosen ?? []].flat() : paid.lines.map(keyOfLine),
      to: wrong ? [given.to ?? []].flat() : [],
      entered: wrong ? writtenIn(request.body) : known,
      errors: wrong ?? {},
      csrf: sessionOf(request).csrf,
      commandId: newCommandId(),
    })
    const back = own ? { href: '/fees', text: texts.backOwn } : { href: '/fees/refunds', text: texts.back }
    return web.showPage(request, { title: texts.ask, back, children })
  }

  server.get('/fees/refunds/new', { config }, async (request, reply) => {
    const { payment } = parse(contract.NEW_QUERY, request.query)
    return html(reply, await show(request, payment))
  })

  server.post('/fees/refunds', { config }, async (request, reply) => {
    const fields = formFields(request.body)
    const given = contract.ASK_FORM.safeParse(fields)
    if (!given.success) {
      const { payment } = parse(contract.NEW_QUERY, fields)
      const wrong = errorsOf(given.error, REFUND_TEXTS[request.language])
      return html(reply.code(STATUS.invalid), await show(request, payment, wrong))
    }
    try {
      const id = await ask(web, request, given.data)
      return await reply.redirect(`/fees/refunds/${id}?done=asked`, 303)
    } catch (error) {
      const texts = REFUND_TEXTS[request.language]
      const nothing = error instanceof Refusal && error.code === 'party-fees.nothing-chosen'
      const wrong = nothing ? { chosen: texts.errors.chosen } : fieldsOf(error, texts)
      return html(reply.code(STATUS.invalid), await show(request, given.data.payment, wrong))
    }
  })
}

async function ask(web: Web, request: FastifyRequest, given: contract.AskForm): Promise<string> {
  const party = await partyOf(web, request)
  const { commandId, payment, chosen, reason, note } = given
  const target =
    given.method === 'transfer' ? { bin: given.bank, number: given.number, holder: given.holder } : undefined
  const to = given.method === 'move' ? { to: given.to } : {}
  const asked: AskedBack = { commandId, paymentId: payment, lines: chosen, reason, note, target, ...to }
  return askRefund(web.database, asked, party, party)
}

function registerList(server: FastifyInstance, web: Web): void {
  server.get('/fees/refunds', { config: OFFICER }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { shown, page: asked, done } = parse(contract.LIST_QUERY, request.query)
    const within = (from: number) =>
      web.database.snapshot((read) => refundsWithin(read, handling, { shown, most: ROWS_A_PAGE, from }))
    const { found, page, pages } = await pageOfList(asked, ROWS_A_PAGE, within, ({ counts }) => counts[shown])
    const { rows, counts } = found
    await keepShown(
      web,
      request,
      rows.map(({ payerId }) => payerId),
    )
    const { language } = request
    const texts = REFUND_TEXTS[language]
    const children = RefundListPage({
      texts,
      language,
      organisation: sessionOf(request).hat.organisationName,
      organisationId: handling.cell,
      today: handling.today,
      rows,
      counts,
      waiting: await waitingOnTabs(web.database.read, handling),
      shown,
      page,
      pages,
      done: done && texts.dones[done],
    })
    return html(reply, await web.showPage(request, { title: texts.listTitle, width: 'wide', children }))
  })
}

/** A refund as the asker may read it; whom it names is kept where an office reads it. */
async function opened(web: Web, request: FastifyRequest) {
  const party = await partyOf(web, request)
  const { id } = parse(contract.REFUND_ADDRESS, request.params)
  const refund = await refundFor(web.database.read, id, party.asker, party.today)
  if (party.asker.kind === 'cell') await keepShown(web, request, [refund.payerId, ...refund.members])
  return { party, refund }
}

async function showOne(web: Web, request: FastifyRequest, wrong?: Errors): Promise<string> {
  const { party, refund } = await opened(web, request)
  const { done } = parse(contract.DONE_QUERY, request.query)
  const { language } = request
  const texts = REFUND_TEXTS[language]
  const own = party.asker.kind === 'own'
  const people = await peopleSince(web.database.read, party.people, refund.askedAt)
  const { may, kept } = actsFor(refund, { ...party, people })
  const children = RefundPage({
    texts,
    language,
    refund: readBy(refund, party.asker),
    today: party.today,
    may,
    kept: kept && keptInWords(kept, refund, may.includes('withdraw'), texts),
    own,
    bankName,
    days: party.settings.get(REFUND_WORKING_DAYS),
    done: wrong ? undefined : done && doneInWords(done, refund, texts),
    entered: wrong ? writtenIn(request.body) : {},
    errors: wrong ?? {},
    csrf: sessionOf(request).csrf,
  })
  const back = own ? { href: '/fees', text: texts.backOwn } : { href: '/fees/refunds', text: texts.back }
  return web.showPage(request, { title: texts.title, width: own ? undefined : 'wide', back, children })
}

const doneInWords = (done: contract.Done, { method }: Refund, texts: RefundTexts): string =>
  method === 'move' && done === 'approved' ? texts.movedDone : texts.dones[done]

/** @param mayWithdraw the payer, or who asked for the payer: they ask anew, others refuse */
function keptInWords(
  code: string,
  { payingName, status }: Refund,
  mayWithdraw: boolean,
  texts: RefundTexts,
): string {
  if (code === 'party-fees.refund-other-pays') return texts.otherPays.replaceAll('{paying}', payingName)
  if (code === 'party-fees.refund-second-person') return texts.secondPerson
  if (code !== 'party-fees.refund-own-affair') return mayWithdraw ? texts.targetGoneOwn : texts.targetGone
  return status === 'approved' ? texts.payOwn : texts.ownAffair
}

function registerOne(server: FastifyInstance, web: Web): void {
  server.get('/fees/refunds/:id', { config: { ...SIGNED_IN, ...SCOPE } }, async (request, reply) =>
    html(reply, await showOne(web, request)),
  )

  server.get('/fees/refunds/:id/voucher', { config: { ...OFFICER, ...SCOPE } }, async (request, reply) => {
    const { party, refund } = await opened(web, request)
    requireVoucher(refund)
    const { language } = request
    const texts = REFUND_TEXTS[language]
    const children = VoucherPage({ texts, language, refund, today: party.today })
    const back = { href: `/fees/refunds/${refund.id}`, text: texts.title }
    return html(reply, await web.showPage(request, { title: texts.voucherTitle, back, children }))
  })
}

function registerActs(server: FastifyInstance, web: Web): void {
  /** A form of those who handle fees: taken, or shown again with what is wrong. */
  const decide = (
    name: string,
    done: contract.Done,
    act: (request: FastifyRequest, id: string) => Promise<Errors | undefined>,
  ) =>
    server.post(`/fees/refunds/:id/${name}`, { config: { ...OFFICER, ...SCOPE } }, async (request, reply) => {
      const { id } = parse(contract.REFUND_ADDRESS, request.params)
      const wrong = await act(request, id)
      return wrong
        ? again(web, request, reply, wrong)
        : reply.redirect(`/fees/refunds/${id}?done=${done}`, 303)
    })
  const { database } = web

  decide('check', 'checked', async (request, id) => {
    const handling = await handlingOf(web, request)
    const texts = REFUND_TEXTS[request.language]
    const fields = formFields(request.body)
    const given = contract.CHECK_FORM.safeParse(fields)
    const { refund } = await opened(web, request)
    const { rightVnd, wrong } = rightIn(fields, refund, texts)
    if (!given.success || wrong) return { ...(given.success ? {} : errorsOf(given.error, texts)), ...wrong }
    const checked = { holderReason: given.data.holderReason, rightVnd }
    return caught(checkRefund(database, id, checked, handling), texts)
  })
  decide('approve', 'approved', async (request, id) => {
    await approveRefund(database, id, await handlingOf(web, request))
    return undefined
  })
  decide('refuse', 'refused', async (request, id) => {
    const handling = await handlingOf(web, request)
    const given = contract.REFUSE_FORM.safeParse(formFields(request.body))
    if (!given.success) return errorsOf(given.error, REFUND_TEXTS[request.language])
    await refuseRefund(database, id, given.data.why, handling)
    return undefined
  })
  decide('pay-out', 'paidOut', async (request, id) => {
    const handling = await handlingOf(web, request)
    const texts = REFUND_TEXTS[request.language]
    const given = contract.PAY_FORM.safeParse(formFields(request.body))
    if (!given.success) return errorsOf(given.error, texts)
    const { on, reference } = given.data
    return caught(payOutRefund(database, id, { on, reference }, handling), texts)
  })

  const settle = (name: string, done: contract.Done, act: (id: string, party: Party) => Promise<void>) =>
    server.post(
      `/fees/refunds/:id/${name}`,
      { config: { ...SIGNED_IN, ...SCOPE } },
      async (request, reply) => {
        const { id } = parse(contract.REFUND_ADDRESS, request.params)
        await act(id, await partyOf(web, request))
        return reply.redirect(`/fees/refunds/${id}?done=${done}`, 303)
      },
    )
  settle('withdraw', 'withdrawn', (id, party) => withdrawRefund(database, id, party))
  settle('close', 'closed', (id, party) => closeRefund(database, id, party))
}

async function caught(doing: Promise<void>, texts: RefundTexts): Promise<Errors | undefined> {
  try {
    await doing
    return undefined
  } catch (error) {
    return fieldsOf(error, texts)
  }
}

async function again(
  web: Web,
  request: FastifyRequest,
  reply: FastifyReply,
  wrong: Errors,
): Promise<FastifyReply> {
  return html(reply.code(STATUS.invalid), await showOne(web, request, wrong))
}

/** What months cost in truth, where somebody wrote it: `right-0` and so on, in the order of the lines. */
function rightIn(fields: Readonly<Record<string, unknown>>, { lines }: Refund, texts: RefundTexts) {
  const written = lines.flatMap((line, index) => {
    const text = fields[`right-${index}`]
    return typeof text === 'string' ? [{ name: `right-${index}`, line, amount: amountOf(text) }] : []
  })
  const bad = written.filter(({ amount }) => amount === undefined)
  return {
    rightVnd: new Map(written.map(({ line, amount }) => [nameOfLine(line), amount ?? 0])),
    wrong: bad.length > 0 ? Object.fromEntries(bad.map(({ name }) => [name, texts.errors.right])) : undefined,
  }
}

function amountOf(text: string): number | undefined {
  const amount = /^0+\s*đ?$/.test(text.trim()) ? 0 : readVnd(text)
  return amount !== undefined && amount >= 0 ? amount : undefined
}

function registerApi(server: FastifyInstance, web: Web): void {
  const asking = {
    summary: 'Ask a payment of Party fees back, whole or some of its lines, or to pay other lines instead',
    body: contract.ASK_BODY,
    response: contract.DONE,
  }
  server.post(
    '/api/v1/fees/refunds',
    { config: { ...SIGNED_IN, scope: { payment: 'fee-payment' }, api: asking } },
    async (request) => {
      const { lines, ...given } = parse(contract.ASK_BODY, request.body ?? {})
      const { asker, today } = await partyOf(web, request)
      const paid = await paidBefore(web.database.read, given.payment, asker, today)
      const chosen = lines ?? paid.lines.filter(({ refunded }) => !refunded)
      return { id: await ask(web, request, { ...given, chosen }) }
    },
  )

  const showing = { summary: 'A refund: where it stands, and until when', response: contract.REFUND }
  server.get(
    '/api/v1/fees/refunds/:id',
    { config: { ...SIGNED_IN, ...SCOPE, api: showing } },
    async (request) => {
      const { party, refund: found } = await opened(web, request)
      const refund = readBy(found, party.asker)
      const { payment } = refund
      return {
        id: refund.id,
        status: refund.status,
        payment: refund.paymentId,
        receipt: `${payment.receiptNumber}/${payment.receiptYear}`,
        amountVnd: refund.amountVnd,
        reason: refund.reason,
        note: refund.note,
        method: refund.method,
        askedAt: refund.askedAt.toISOString(),
        dueOn: refund.dueOn,
        late: isLate(refund, party.today),
        paidOn: refund.paidOn,
        bankReference: refund.bankReference,
        endedWhy: refund.endedWhy,
        lines: refund.lines.map(({ memberId, period, amountVnd, rightVnd }) => ({
          memberId,
          period: period.slice(0, 7),
          amountVnd,
          rightVnd,
        })),
        to: refund.targets.map(({ memberId, period, amountVnd, paid }) => ({
          memberId,
          period: period.slice(0, 7),
          amountVnd,
          paid,
        })),
        ofOthers: refund.ofOthers,
        movedTo: refund.movedTo,
      }
    },
  )
}
