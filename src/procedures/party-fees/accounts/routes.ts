/** The register of accounts over HTTP: the own ones with those that wait below, declaring, verifying, choosing, putting away; the report. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { Refusal } from '../../../kernel/refusal.ts'
import { allBanks, findBank } from '../../../payments/banks.ts'
import { csvRow } from '../../../spreadsheets/csv.ts'
import { withoutFormula } from '../../../registry/import/report-workbook.ts'
import { writtenIn } from '../../../web/form-drafts.ts'
import { formFields } from '../../../web/forms.ts'
import { parse, sessionOf, STATUS } from '../../../web/http.ts'
import { html, newCommandId } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { peopleSince } from '../assessing/people.ts'
import { handlingOf } from '../collecting/handling.ts'
import { waitingOnTabs } from '../following/waiting.ts'
import { standingOf } from '../law/accounts.ts'
import { pageOfList } from '../page-of-list.ts'
import { receivingAccount } from '../paying/orders.ts'
import { AccountPage, AccountsPage } from './accounts-page.tsx'
import { BelowPage } from './below-page.tsx'
import * as contract from './contract.ts'
import {
  accountsBelow,
  accountsOf,
  accountWithin,
  chooseAccount,
  declareAccount,
  otherClaims,
  retireAccount,
  verifyAccount,
  type BelowCounts,
  waitingBelow,
  type FeeAccount,
} from './register.ts'
import { ACCOUNT_TEXTS } from './texts.ts'

const CONFIG = { access: 'officer' } as const
const ONE = { ...CONFIG, scope: { id: 'fee-account' } } as const
const ROWS_A_PAGE = 50
/** So many that wait are told to a program. */
const MOST_TOLD = 200
/** Another organisation says that the number is its own. */
const CLAIMED: ReadonlySet<string> = new Set(['party-fees.account-known', 'party-fees.account-claimed-twice'])
/** More organisations than any committee of the country has below it. */
const MOST_IN_A_FILE = 100_000

const bankName = (bin: string): string => findBank(bin)?.shortName ?? bin
const BANKS = () => allBanks().toSorted((a, b) => a.shortName.localeCompare(b.shortName, 'vi'))

export function registerAccounts(server: FastifyInstance, web: Web): void {
  registerOwn(server, web)
  registerOne(server, web)
  registerBelow(server, web)
}

/** What is wrong, by the fields of the form. */
function errorsOf(error: z.ZodError, request: FastifyRequest): Record<string, string> {
  const words: Readonly<Record<string, string>> = ACCOUNT_TEXTS[request.language].errors
  return Object.fromEntries(
    error.issues.flatMap(({ path }) => {
      const text = words[String(path[0])]
      return text === undefined ? [] : [[String(path[0]), text]]
    }),
  )
}

function registerOwn(server: FastifyInstance, web: Web): void {
  const show = async (request: FastifyRequest, errors: Readonly<Record<string, string>> = {}) => {
    const handling = await handlingOf(web, request)
    const { cell, today, people } = handling
    const { done } = parse(contract.DONE_QUERY, request.query)
    const { read } = web.database
    const [accounts, waiting, tabs, receiving] = await Promise.all([
      accountsOf(read, cell),
      waitingBelow(read, handling, ROWS_A_PAGE),
      waitingOnTabs(read, handling),
      receivingAccount(read, cell, today),
    ])
    const { language } = request
    const texts = ACCOUNT_TEXTS[language]
    const { csrf, hat } = sessionOf(request)
    const wrong = Object.keys(errors).length > 0
    const children = AccountsPage({
      texts,
      language,
      organisation: hat.organisationName,
      accounts,
      waitingBelow: waiting,
      moreBelow: waiting.length === ROWS_A_PAGE,
      tabs,
      receivedBy: receiving?.organisationName,
      people,
      banks: BANKS(),
      bankName,
      done: wrong ? undefined : done && texts.dones[done],
      entered: wrong ? writtenIn(request.body) : {},
      errors,
      csrf,
      commandId: newCommandId(),
    })
    return web.showPage(request, { title: texts.title, width: 'wide', children })
  }

  server.get('/fees/accounts', { config: CONFIG }, async (request, reply) => html(reply, await show(request)))

  server.post('/fees/accounts', { config: CONFIG }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const given = contract.DECLARE_FORM.safeParse(formFields(request.body))
    if (!given.success)
      return html(reply.code(STATUS.invalid), await show(request, errorsOf(given.error, request)))
    const { commandId: id, bank: bin, number, holder } = given.data
    await declareAccount(web.database, { id, bin, number, holder }, handling)
    return reply.redirect('/fees/accounts?done=declared', 303)
  })

  const list = {
    summary: 'Accounts of one’s organisation, and those below that wait',
    response: contract.ACCOUNTS,
  }
  server.get('/api/v1/fees/accounts', { config: { ...CONFIG, api: list } }, async (request) => {
    const handling = await handlingOf(web, request)
    const { read } = web.database
    const [accounts, waiting] = await Promise.all([
      accountsOf(read, handling.cell),
      waitingBelow(read, handling, MOST_TOLD),
    ])
    return { accounts: accounts.map(told), waitingBelow: waiting.map(told) }
  })

  const declaring = {
    summary: 'Declare an account',
    body: contract.DECLARE_FORM,
    response: contract.DECLARED,
  }
  server.post('/api/v1/fees/accounts', { config: { ...CONFIG, api: declaring } }, async (request) => {
    const handling = await handlingOf(web, request)
    const { commandId: id, bank: bin, number, holder } = parse(contract.DECLARE_FORM, request.body ?? {})
    await declareAccount(web.database, { id, bin, number, holder }, handling)
    return { id }
  })
}

function told(account: FeeAccount) {
  const { id, organisationId, organisationName, bin, number, holder, verifiedHow } = account
  return {
    id,
    organisationId,
    organisation: organisationName,
    bin,
    bank: findBank(bin)?.shortName ?? null,
    number,
    holder,
    standing: standingOf(account),
    verifiedHow,
  }
}

function registerOne(server: FastifyInstance, web: Web): void {
  const show = async (request: FastifyRequest, errors: Readonly<Record<string, string>> = {}) => {
    const handling = await handlingOf(web, request)
    const { id } = parse(contract.ACCOUNT_ADDRESS, request.params)
    const { done } = parse(contract.DONE_QUERY, request.query)
    const { read } = web.database
    const account = await accountWithin(read, id, handling)
    const claims = standingOf(account) === 'waiting' ? await otherClaims(read, account) : []
    const { language } = request
    const texts = ACCOUNT_TEXTS[language]
    const wrong = Object.keys(errors).length > 0
    const children = AccountPage({
      texts,
      language,
      account,
      claimed: claims.some(({ verified }) => verified)
        ? 'verified'
        : claims.length > 0
          ? 'waiting'
          : undefined,
      bankName,
      people: await peopleSince(web.database.read, handling.people, account.declaredAt),
      own: account.organisationId === handling.cell,
      done: wrong ? undefined : done && texts.dones[done],
      entered: wrong ? writtenIn(request.body) : {},
      errors,
      csrf: sessionOf(request).csrf,
    })
    const back = { href: '/fees/accounts', text: texts.back }
    return web.showPage(request, { title: texts.title, back, children })
  }

  const again = async (
    request: FastifyRequest,
    reply: FastifyReply,
    errors: Readonly<Record<string, string>>,
  ): Promise<FastifyReply> => html(reply.code(STATUS.invalid), await show(request, errors))

  server.get('/fees/accounts/:id', { config: ONE }, async (request, reply) =>
    html(reply, await show(request)),
  )

  server.post('/fees/accounts/:id/verify', { config: ONE }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { id } = parse(contract.ACCOUNT_ADDRESS, request.params)
    const given = contract.VERIFY_FORM.safeParse(formFields(request.body))
    if (!given.success) return again(request, reply, errorsOf(given.error, request))
    try {
      await verifyAccount(web.database, { id, ...given.data }, handling)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.code === 'party-fees.account-holder-differs')
        return again(request, reply, { holderSeen: ACCOUNT_TEXTS[request.language].differs })
      if (!CLAIMED.has(error.code)) throw error
      const { what, mend } = web.wordsOf(error, request.language)
      return html(reply.code(STATUS[error.kind]), await show(request, { how: `${what} ${mend}` }))
    }
    return reply.redirect(`/fees/accounts/${id}?done=verified`, 303)
  })

  server.post('/fees/accounts/:id/choose', { config: ONE }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { id } = parse(contract.ACCOUNT_ADDRESS, request.params)
    await chooseAccount(web.database, id, handling)
    return reply.redirect(`/fees/accounts/${id}?done=chosen`, 303)
  })

  server.post('/fees/accounts/:id/retire', { config: ONE }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { id } = parse(contract.ACCOUNT_ADDRESS, request.params)
    const given = contract.RETIRE_FORM.safeParse(formFields(request.body))
    if (!given.success) return again(request, reply, errorsOf(given.error, request))
    await retireAccount(web.database, id, given.data.why, handling)
    return reply.redirect('/fees/accounts?done=retired', 303)
  })

  const verifying = {
    summary: 'Verify an account that another person declared',
    body: contract.VERIFY_FORM,
    response: contract.DECLARED,
  }
  server.post('/api/v1/fees/accounts/:id/verify', { config: { ...ONE, api: verifying } }, async (request) => {
    const handling = await handlingOf(web, request)
    const { id } = parse(contract.ACCOUNT_ADDRESS, request.params)
    const verified = parse(contract.VERIFY_FORM, request.body ?? {})
    await verifyAccount(web.database, { id, ...verified }, handling)
    return { id }
  })
}

function registerBelow(server: FastifyInstance, web: Web): void {
  const opened = async (request: FastifyRequest, whole = false) => {
    const handling = await handlingOf(web, request)
    const { standing, page: asked } = parse(contract.BELOW_QUERY, request.query)
    const most = whole ? MOST_IN_A_FILE : ROWS_A_PAGE
    const below = (from: number) =>
      web.database.snapshot((read) => accountsBelow(read, { handling, standing, most, from }))
    const totalOf = ({ counts }: { readonly counts: BelowCounts }) =>
      standing ? counts[standing] : counts.none + counts.waiting + counts.verified
    const { found, page, pages } = await pageOfList(whole ? 1 : asked, most, below, totalOf)
    return { ...found, handling, standing, page, pages, total: totalOf(found) }
  }

  server.get('/fees/accounts/below', { config: CONFIG }, async (request, reply) => {
    const { counts, rows, handling, standing, page, pages } = await opened(request)
    const { language } = request
    const texts = ACCOUNT_TEXTS[language]
    const organisation = sessionOf(request).hat.organisationName
    const children = BelowPage({
      texts,
      language,
      organisation,
      counts,
      rows,
      standing,
      page,
      pages,
      tabs: await waitingOnTabs(web.database.read, handling),
      bankName,
    })
    const back = { href: '/fees/accounts', text: texts.back }
    return html(reply, await web.showPage(request, { title: texts.below, width: 'wide', back, children }))
  })

  const limited = { ...CONFIG, cost: 'heavy' as const }
  server.get('/fees/accounts/below.csv', { config: limited }, async (request, reply) => {
    const { rows } = await opened(request, true)
    const texts = ACCOUNT_TEXTS[request.language]
    const titles = [texts.organisation, texts.standing, texts.bank, texts.number, texts.holder]
    const lines = rows.map(({ name, standing, bin, number, holder }) => [
      withoutFormula(name),
      texts.belowStandings[standing],
      bin ? bankName(bin) : '',
      number ?? '',
      withoutFormula(holder ?? ''),
    ])
    const csv = [titles, ...lines].map(csvRow).join('')
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="tai-khoan-thu-dang-phi.csv"')
      .send(`\ufeff${csv}`)
  })

  const api = {
    summary: 'Accounts of the organisations below, 50 a page',
    query: contract.BELOW_QUERY,
    response: contract.BELOW,
  }
  server.get('/api/v1/fees/accounts/below', { config: { ...CONFIG, api } }, async (request) => {
    const { counts, rows, total } = await opened(request)
    const organisations = rows.map(({ id, name, standing, bin }) => ({
      id,
      name,
      standing,
      bank: bin ? bankName(bin) : null,
    }))
    return { total, counts, organisations }
  })
}
