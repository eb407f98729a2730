/** Money that fitted nothing over HTTP: the queue, one line with its proposals, and each decision. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Read } from '../../../kernel/db.ts'
import { formatDate, type PlainDate } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { keepShown } from '../../../registry/readings/shown.ts'
import { formFields } from '../../../web/forms.ts'
import { contextOf, parse, sessionOf, STATUS } from '../../../web/http.ts'
import { html, newCommandId } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { dong } from '../amount-text.ts'
import type { Handler } from '../assessing/lines.ts'
import { peopleSince } from '../assessing/people.ts'
import { handlingOf } from '../collecting/handling.ts'
import { waitingOnTabs } from '../following/waiting.ts'
import { awaitsSecond, isProposed, waitsTooLong } from '../law/review.ts'
import { pageOfList } from '../page-of-list.ts'
import { transactionAgain } from '../paying/again.ts'
import {
  agreeable,
  attach,
  confirmSecond,
  knownAsBooked,
  leave,
  recordSent,
  sendBack,
  toldTwice,
  withdraw,
} from './acts.ts'
import * as contract from './contract.ts'
import { LinePage, type RefusedAct } from './line-page.tsx'
import {
  bookingsFor,
  countWaiting,
  getLine,
  MOST_TOLD,
  ROWS_A_PAGE,
  twinsOf,
  waitingLines,
  type ReviewedLine,
} from './lines.ts'
import { proposalsOf, searchPeople } from './proposing.ts'
import { QueuePage } from './queue-page.tsx'
import { REVIEW_ABOVE_WORKING_DAYS, REVIEW_WORKING_DAYS, SECOND_PERSON_ABOVE } from './settings.ts'
import { REVIEWING_TEXTS } from './texts.ts'

const config = { access: 'officer' as const }
const named = { ...config, scope: { line: 'bank-line' as const } }

export function registerReview(server: FastifyInstance, web: Web): void {
  registerQueue(server, web)
  registerLine(server, web)
}

function registerQueue(server: FastifyInstance, web: Web): void {
  server.get('/fees/bank/review', { config }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { cell, today } = handling
    const { calendar, settings } = await contextOf(request, web)
    const { done } = parse(contract.LINE_QUERY, request.query)
    const asked = parse(contract.PAGE_QUERY, request.query).page
    const { read } = web.database
    const people = await peopleSince(read, handling.people, handling.at)
    const waiting = (from: number) =>
      Promise.all([waitingLines(read, cell, { people, most: ROWS_A_PAGE, from }), countWaiting(read, cell)])
    const { found, page, pages } = await pageOfList(asked, ROWS_A_PAGE, waiting, ([, count]) => count)
    const [lines, count] = found
    const { language } = request
    const texts = REVIEWING_TEXTS[language]
    const workingDays = settings.get(REVIEW_WORKING_DAYS)
    const children = QueuePage({
      language,
      organisation: sessionOf(request).hat.organisationName,
      lines,
      count,
      page,
      pages,
      tabs: await waitingOnTabs(read, handling),
      workingDays,
      aboveWorkingDays: settings.get(REVIEW_ABOVE_WORKING_DAYS),
      isLate: (since) => waitsTooLong(calendar, since, today, workingDays),
      done: done && texts.doneActs[done],
    })
    const back = { href: '/fees/bank', text: texts.title }
    return html(
      reply,
      await web.showPage(request, { title: texts.queueTitle, back, width: 'wide', children }),
    )
  })

  const api = { summary: 'Money on one’s accounts that fits no order and waits', response: contract.WAITING }
  server.get('/api/v1/fees/bank/review', { config: { ...config, api } }, async (request) => {
    const handling = await handlingOf(web, request)
    const { cell, at } = handling
    const people = await peopleSince(web.database.read, handling.people, at)
    const lines = await waitingLines(web.database.read, cell, { people, most: MOST_TOLD, from: 0 })
    return {
      waiting: lines.map(({ accountNumber, toldOn, ...line }) => ({
        ...line,
        account: accountNumber,
        since: toldOn,
      })),
    }
  })
}

async function linePage(
  web: Web,
  request: FastifyRequest,
  searched: string | undefined,
  refused?: RefusedAct,
): Promise<string> {
  const { cell, people: readers, today } = await handlingOf(web, request)
  const { settings } = await contextOf(request, web)
  const { read } = web.database
  const { line: id } = parse(contract.LINE_ADDRESS, request.params)
  const line = await getLine(read, cell, id)
  const [proposals, bookings, twins, people, notSecond] = await Promise.all([
    proposalsOf(read, line, today),
    bookingsFor(read, line),
    twinsOf(read, line),
    searched ? searchPeople(read, line.owner, searched, today) : [],
    whyNotSecond(read, line, readers, today),
  ])
  const shown = [
    ...proposals.flatMap((each) => (each.kind === 'order' ? each.order.lines : each.lines)).map(memberOf),
    ...proposals.flatMap((each) => (each.kind === 'order' ? [each.order.payerId] : [])),
    ...people.map(memberOf),
    ...line.reviews.flatMap((each) => (isProposed(each) ? each.proposed!.lines.map(memberOf) : [])),
  ]
  if (shown.length > 0) await keepShown(web, request, shown)
  const { language } = request
  const texts = REVIEWING_TEXTS[language]
  return web.showPage(request, {
    title: `${dong(line.amountVnd)}, ${formatDate(line.bookedOn, language)}`,
    back: { href: '/fees/bank/review', text: texts.back },
    children: LinePage({
      language,
      line,
      proposals,
      bookings,
      twins,
      searched,
      people,
      today,
      readers,
      aloneUntilVnd: settings.get(SECOND_PERSON_ABOVE),
      csrf: sessionOf(request).csrf,
      commandId: newCommandId(),
      refused,
      notSecond: notSecond && web.wordsOf(notSecond, language),
    }),
  })
}

/** What the act would say to these people; undefined where they may agree, or nobody else is awaited. */
async function whyNotSecond(
  read: Read,
  line: ReviewedLine,
  people: readonly string[],
  today: PlainDate,
): Promise<Refusal | undefined> {
  const decision = line.reviews.find((each) => awaitsSecond(each))
  if (!decision) return undefined
  try {
    await agreeable(read, line, decision, people, today)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  return undefined
}

function registerLine(server: FastifyInstance, web: Web): void {
  server.get('/fees/bank/lines/:line', { config: named }, async (request, reply) => {
    const { q } = parse(contract.LINE_QUERY, request.query)
    return html(reply, await linePage(web, request, q))
  })

  server.post('/fees/bank/lines/:line', { config: named }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { line } = parse(contract.LINE_ADDRESS, request.params)
    await getLine(web.database.read, handling.cell, line)
    const fields = formFields(request.body)
    const { act } = parse(contract.ACT_NAME, fields)
    const entered = { ...fields, ...(request.body as Record<string, unknown>) }
    const { q } = parse(contract.LINE_QUERY, fields)
    const given = contract.ACTS[act].safeParse(fields)
    if (!given.success) {
      const nothing = act === 'attach' && fields.choice === undefined && fields.chosen === undefined
      const wrong = [
        ...new Set([
          ...(nothing ? ['choice'] : []),
          ...given.error.issues.map(({ path }) => String(path[0] ?? '')),
        ]),
      ]
      const refused = { act, entered, fields: wrong, refusal: undefined }
      return html(reply.code(STATUS.invalid), await linePage(web, request, q, refused))
    }
    let done: contract.Done
    try {
      done = await decide(web, { act, ...given.data } as Given, line, handling, await contextOf(request, web))
    } catch (error) {
      if (!(error instanceof Refusal) || !SHOWN_AGAIN.has(error.kind)) throw error
      const wrong = error.code === 'party-fees.sent-back-how' ? missingOf(fields) : []
      const words = wrong.length > 0 ? undefined : web.wordsOf(error, request.language)
      const refused = { act, entered, fields: wrong, refusal: words }
      return html(reply.code(STATUS[error.kind]), await linePage(web, request, q, refused))
    }
    return reply.redirect(`/fees/bank/review?done=${done}`, 303)
  })
}

/** A "no" about what was chosen, not about who asks or what is not there: the form is shown again. */
const SHOWN_AGAIN: ReadonlySet<string> = new Set(['invalid', 'conflict', 'against-rule'])

const missingOf = (fields: Readonly<Record<string, unknown>>): string[] =>
  ['on', 'reference'].filter((field) => fields[field] === undefined)

type Given = {
  [Name in contract.ActName]: { readonly act: Name } & z.output<(typeof contract.ACTS)[Name]>
}[contract.ActName]

/** @returns what is told to be done */
async function decide(
  web: Web,
  given: Given,
  lineId: string,
  handling: Handler,
  { settings }: Pick<Context, 'settings'>,
): Promise<contract.Done> {
  const { cell, by, people } = handling
  const deciding = {
    organisationId: cell,
    lineId,
    by,
    commandId: 'commandId' in given ? given.commandId : '',
    reason: 'reason' in given ? given.reason : '',
  }
  const on = {
    organisationId: cell,
    lineId,
    by,
    people,
    decisionId: 'decision' in given ? given.decision : '',
  }
  const aloneUntilVnd = settings.get(SECOND_PERSON_ABOVE)
  return transactionAgain(web.database, async (write) => {
    switch (given.act) {
      case 'attach': {
        const stands = await attach(
          write,
          deciding,
          { to: attachedTo(given), people, aloneUntilVnd },
          handling,
        )
        return stands === 'proposed' ? 'propose' : 'attach'
      }
      case 'send-back': {
        const sent =
          given.on !== undefined && given.reference !== undefined
            ? { on: given.on, reference: given.reference }
            : undefined
        await sendBack(write, deciding, { sent, aloneUntilVnd }, handling)
        break
      }
      case 'confirm':
        return (await confirmSecond(write, on, handling)) === 'attached' ? 'attach' : 'confirm'
      case 'sent':
        await recordSent(write, on, { on: given.on, reference: given.reference }, handling)
        break
      case 'withdraw':
        await withdraw(write, { ...on, reason: given.reason }, handling)
        break
      case 'booked':
        await knownAsBooked(write, deciding, given.document, handling)
        break
      case 'told-twice':
        await toldTwice(write, deciding, given.twin, handling)
        break
      case 'leave':
        await leave(write, deciding, handling)
        break
    }
    return given.act
  })
}

/** Ticked lines say more than the proposal above them. */
function attachedTo({ choice, chosen }: z.output<typeof contract.ACTS.attach>) {
  return chosen.length > 0 || choice === undefined ? { lines: chosen } : choice
}

const memberOf = ({ memberId }: { readonly memberId: string }): string => memberId
