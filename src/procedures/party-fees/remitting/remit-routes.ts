/** One's own shares over HTTP: what is to be shared out, and sharing it out; the page and JSON. */
import type { FastifyInstance } from 'fastify'
import type { Read } from '../../../kernel/db.ts'
import { monthOf, type Language } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { settingsOn } from '../../../kernel/settings.ts'
import { formFields } from '../../../web/forms.ts'
import { parse, sessionOf } from '../../../web/http.ts'
import { html, newCommandId } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import type { Handling } from '../assessing/lines.ts'
import { handlingOf } from '../collecting/handling.ts'
import { waitingFor } from '../following/waiting.ts'
import { remitUntil, sharesOf, type Allocation } from '../law/allocation.ts'
import { standingOfRemittance } from '../law/remittance.ts'
import { pageOfList } from '../page-of-list.ts'
import { transactionAgain } from '../paying/again.ts'
import * as contract from './contract.ts'
import { allocationOrRefusal, standingIn, type Standing } from './place.ts'
import { shareOut } from './remit.ts'
import { RemitPage, type NextMonth, type RemitPageProps } from './remit-page.tsx'
import {
  countRemittances,
  drawingsOf,
  findRemittance,
  hasBelow,
  MOST_SHOWN,
  remittancesOf,
  type Remittance,
} from './remittances.ts'
import { REMITTING_TEXTS } from './texts.ts'
import { heldAbove, sumOf, unsharedOf, type Unshared } from './unshared.ts'

export function registerRemitting(server: FastifyInstance, web: Web): void {
  const config = { access: 'officer' as const }

  server.get('/fees/remit', { config }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { done } = parse(contract.REMIT_QUERY, request.query)
    const { page } = parse(contract.PAGE_QUERY, request.query)
    const { language } = request
    const { csrf, hat } = sessionOf(request)
    const texts = REMITTING_TEXTS[language]
    const [shown, waiting] = await Promise.all([
      web.database.snapshot((read) => shownOf(read, web, handling, { language, page })),
      waitingFor(web.database.read, handling),
    ])
    const children = RemitPage({
      ...shown,
      waiting,
      texts,
      language,
      csrf,
      commandId: newCommandId(),
      organisation: hat.organisationName,
      today: handling.today,
      done: done && texts.done[done],
    })
    return html(reply, await web.showPage(request, { title: texts.title, width: 'wide', children }))
  })

  server.post('/fees/remit', { config }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { commandId, month } = parse(contract.SHARE, formFields(request.body))
    await share(web, handling, commandId, month)
    return reply.redirect(`/fees/remit/${commandId}?done=made`, 303)
  })

  const reading = {
    summary: 'What one’s organisation has to share out, and what it shared out',
    response: contract.REMITTING,
  }
  server.get('/api/v1/fees/remittances', { config: { ...config, api: reading } }, async (request) => {
    const handling = await handlingOf(web, request)
    return web.database.snapshot(async (read) => {
      const [remittances, next, heldAboveVnd] = await Promise.all([
        remittancesOf(read, handling.cell),
        nextOf(read, handling),
        heldAbove(read, handling.cell, handling.today),
      ])
      return {
        next: next && {
          month: next.oldest.month,
          baseVnd: sumOf(next.oldest),
          keepPercent: next.allocation instanceof Refusal ? null : next.allocation.keepPercent,
        },
        heldAboveVnd,
        remittances: remittances.map(toldRemittance),
      }
    })
  })

  const sharing = {
    summary: 'Share out the oldest month with money of it: what is kept, and what goes to the level above',
    body: contract.SHARE,
    response: contract.REMITTANCE,
  }
  server.post('/api/v1/fees/remittances', { config: { ...config, api: sharing } }, async (request) => {
    const handling = await handlingOf(web, request)
    const { commandId, month } = parse(contract.SHARE, request.body)
    await share(web, handling, commandId, month)
    return toldRemittance((await findRemittance(web.database.read, commandId))!)
  })
}

const share = (
  web: Web,
  { cell, by, at, today }: Handling,
  commandId: string,
  month: string,
): Promise<void> =>
  transactionAgain(web.database, (write) =>
    shareOut(write, { commandId, organisationId: cell, month, by }, { at, today }),
  )

interface Next {
  readonly oldest: Unshared
  readonly later: readonly string[]
  readonly standing: Standing
  readonly allocation: Allocation | Refusal
}

/** The month that comes first, and what is kept of it. */
async function nextOf(read: Read, { cell, today }: Handling): Promise<Next | null> {
  const [oldest, ...later] = await unsharedOf(read, cell, today)
  if (!oldest) return null
  const standing = await standingIn(read, cell, today)
  const allocation = await allocationOrRefusal(read, standing, oldest.month, today)
  return { oldest, later: later.map(({ month }) => month), standing, allocation }
}

async function shownOf(
  read: Read,
  web: Web,
  handling: Handling,
  { language, page: asked }: { readonly language: Language; readonly page: number },
): Promise<Pick<RemitPageProps, 'next' | 'heldVnd' | 'came' | 'remittances' | 'page' | 'pages' | 'below'>> {
  const { cell, today } = handling
  const list = (from: number) => Promise.all([remittancesOf(read, cell, from), countRemittances(read, cell)])
  const [next, heldVnd, drawings, listed, below] = await Promise.all([
    nextOf(read, handling),
    heldAbove(read, cell, today),
    drawingsOf(read, cell),
    pageOfList(asked, MOST_SHOWN, list, ([, count]) => count),
    hasBelow(read, cell, today),
  ])
  const open = drawings.filter(
    ({ organisationId, confirmedAt, returnedAt }) => organisationId === cell && !confirmedAt && !returnedAt,
  )
  return {
    next: next ? await nextShown(read, web, handling, next, heldVnd, language) : undefined,
    heldVnd,
    came: open,
    remittances: listed.found[0],
    page: listed.page,
    pages: listed.pages,
    below,
  }
}

async function nextShown(
  read: Read,
  web: Web,
  { today }: Handling,
  { oldest, later, standing, allocation }: Next,
  heldVnd: number,
  language: Language,
): Promise<NonNullable<RemitPageProps['next']>> {
  const { month } = oldest
  if (allocation instanceof Refusal) return { month, refused: web.wordsOf(allocation, language) }
  const shares = sharesOf(sumOf(oldest), allocation.keepPercent)
  const { organisation, superior } = standing
  const shown: NextMonth = {
    ...oldest,
    ...shares,
    baseVnd: sumOf(oldest),
    keepPercent: allocation.keepPercent,
    heldVnd: superior ? Math.min(shares.remitVnd, heldVnd) : 0,
    running: month === monthOf(today),
    dueOn: remitUntil(month, organisation.tier, await settingsOn(read, today)),
    allocation,
    superiorName: superior?.name,
    later,
  }
  return shown
}

export function toldRemittance(it: Remittance) {
  return {
    id: it.id,
    organisation: it.organisationName,
    superior: it.superiorName,
    month: it.month,
    number: it.number,
    standing: standingOfRemittance(it),
    collectedDirectlyVnd: it.collectedVnd,
    receivedFromBelowVnd: it.receivedVnd,
    baseVnd: it.baseVnd,
    keepPercent: it.keepPercent,
    rule: it.rule,
    keepVnd: it.keepVnd,
    remitVnd: it.remitVnd,
    heldAboveVnd: it.heldVnd,
    key: it.key,
    dueOn: it.dueOn,
    sentOn: it.sentOn,
    receivedOn: it.receivedOn,
    receipt: it.receiptNumber === null ? null : `${it.receiptNumber}/${it.receiptYear}`,
    returnReason: it.returnReason,
  }
}
