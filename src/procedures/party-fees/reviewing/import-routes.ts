/** Statements over HTTP: handed in, looked at, columns assigned, kept or dropped; and a month of an account against the books. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { formatDate, monthOf, todayIn } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { numberVi } from '../../../kernel/vietnamese-numbers.ts'
import { formatOf } from '../../../payments/statements/read-statement.ts'
import type { AssignedColumns } from '../../../payments/statements/table-profiles.ts'
import { fill } from '../../../ui/words.ts'
import { formFields } from '../../../web/forms.ts'
import { parse, sessionOf, STATUS } from '../../../web/http.ts'
import { html } from '../../../web/procedure-routes.ts'
import { requireToken } from '../../../web/own-pages.ts'
import { readUpload } from '../../../web/uploads.ts'
import type { Web } from '../../../web/web.ts'
import { handlingOf } from '../collecting/handling.ts'
import { waitingOnTabs } from '../following/waiting.ts'
import { transactionAgain } from '../paying/again.ts'
import { BankPage, type BankPageProps } from './bank-page.tsx'
import { ASSIGNABLE, ColumnsPage, type ColumnsPageProps } from './columns-page.tsx'
import * as contract from './contract.ts'
import {
  assignColumns,
  columnsFor,
  digestOf,
  dropFile,
  findKept,
  getFile,
  keepFile,
  statementsOf,
} from './files.ts'
import { eachOnce, keepStatement, planImport, type Said } from './import.ts'
import { accountsOf, chosenAccount, countWaiting } from './lines.ts'
import { MonthPage } from './month-page.tsx'
import { accountMonth } from './month.ts'
import { PreviewPage } from './preview-page.tsx'
import { beginningOf } from './table-beginning.ts'
import { REVIEWING_TEXTS } from './texts.ts'

const config = { access: 'officer' as const }
/** Each of these unpacks and reads a file, of ten megabytes perhaps. */
const heavy = { ...config, cost: 'heavy' as const }
const named = { ...heavy, scope: { file: 'bank-line' as const } }

/** What a table may be refused for because its columns were taken for others: somebody assigns them. */
const COLUMNS_PERHAPS: ReadonlySet<string> = new Set([
  'import.no-header',
  'import.columns-missing',
  'import.column-twice',
  'payments.statement-unreadable',
  'payments.statement-cell-unreadable',
  'payments.statement-without-balances',
  'payments.amount-unreadable',
])

export function registerStatements(server: FastifyInstance, web: Web): void {
  registerHandingIn(server, web)
  registerFile(server, web)
  registerMonth(server, web)
}

async function bankPage(
  web: Web,
  request: FastifyRequest,
  more: Pick<BankPageProps, 'entered' | 'refused'> & { readonly done?: string | undefined },
): Promise<string> {
  const handling = await handlingOf(web, request)
  const { cell } = handling
  const { read } = web.database
  const [accounts, waiting, tabs, statements] = await Promise.all([
    accountsOf(read, cell),
    countWaiting(read, cell),
    waitingOnTabs(read, handling),
    statementsOf(read, cell),
  ])
  const { language } = request
  const { hat, csrf } = sessionOf(request)
  return web.showPage(request, {
    title: REVIEWING_TEXTS[language].title,
    width: 'wide',
    children: BankPage({
      language,
      organisation: hat.organisationName,
      accounts,
      waiting,
      tabs,
      statements,
      csrf,
      newId: randomUUID(),
      done: undefined,
      ...more,
    }),
  })
}

function registerHandingIn(server: FastifyInstance, web: Web): void {
  server.get('/fees/bank', { config }, async (request, reply) => {
    const { done, lines = 0, fresh = 0, waiting = 0, on } = parse(contract.BANK_QUERY, request.query)
    const texts = REVIEWING_TEXTS[request.language]
    const kept = [
      fill(texts.doneKept, { lines: numberVi(lines), fresh: numberVi(fresh) }),
      ...(waiting > 0 ? [fill(texts.doneKeptWaits, { waiting: numberVi(waiting) })] : []),
    ].join(' ')
    const says = {
      kept,
      again: fill(texts.doneAgain, { on: on ? formatDate(on, request.language) : '' }),
      dropped: texts.doneDropped,
    }
    return html(reply, await bankPage(web, request, { entered: {}, done: done && says[done] }))
  })

  const upload = {
    ...heavy,
    token: 'before-file' as const,
    takesFile: true as const,
    scope: { id: 'new' as const, account: 'bank-line' as const },
  }
  server.post('/fees/bank', { config: upload }, async (request, reply) => {
    const entered: Record<string, string> = {}
    try {
      return reply.redirect(await handIn(web, request, entered), 303)
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error
      const refused = error.code === 'request.no-file' ? 'no-file' : web.wordsOf(error, request.language)
      return html(reply.code(STATUS.invalid), await bankPage(web, request, { entered, refused }))
    }
  })
}

/** Takes a file. @returns where to go on: to look at it, or back where the very same file was kept before */
async function handIn(web: Web, request: FastifyRequest, entered: Record<string, string>): Promise<string> {
  const { cell, by, at } = await handlingOf(web, request)
  const { name, bytes } = await readUpload(request, (fields) => {
    Object.assign(entered, fields)
    requireToken(request, fields)
  })
  const { id = randomUUID(), account: accountId } = parse(contract.HANDED_IN, entered)
  const account = chosenAccount(await accountsOf(web.database.read, cell), accountId)
  if (!account) throw new Refusal('not-found', 'party-fees.bank-account-unknown')
  const before = await findKept(web.database.read, account.id, digestOf(bytes))
  if (before) return `/fees/bank?done=again&on=${todayIn(before.keptAt)}`
  formatOf(bytes, name)
  await transactionAgain(web.database, (write) =>
    keepFile(write, { id, accountId: account.id, name, bytes, by, at }),
  )
  return `/fees/bank/files/${id}`
}

async function fileOf(web: Web, request: FastifyRequest) {
  const handling = await handlingOf(web, request)
  const { file: id } = parse(contract.FILE_ADDRESS, request.params)
  return { handling, file: await getFile(web.database.read, handling.cell, id) }
}

const backOf = (request: FastifyRequest) => ({
  href: '/fees/bank',
  text: REVIEWING_TEXTS[request.language].title,
})

async function previewPage(web: Web, request: FastifyRequest, said: Said, unsaid: boolean): Promise<string> {
  const { handling, file } = await fileOf(web, request)
  const planned = await planImport(web, handling.cell, file)
  const { language } = request
  return web.showPage(request, {
    title: REVIEWING_TEXTS[language].previewTitle,
    back: backOf(request),
    width: 'wide',
    children: PreviewPage({ language, file, planned, said, unsaid, csrf: sessionOf(request).csrf }),
  })
}

async function columnsPage(
  web: Web,
  request: FastifyRequest,
  row: number | undefined,
  more: { readonly entered?: AssignedColumns; readonly problem?: ColumnsPageProps['problem'] } = {},
): Promise<string> {
  const { handling, file } = await fileOf(web, request)
  const { read } = web.database
  const [beginning, kept, refused] = await Promise.all([
    beginningOf(web.readers, file, row),
    columnsFor(read, handling.cell, file.account.bin),
    refusalOfFile(web, handling.cell, file),
  ])
  const { language } = request
  return web.showPage(request, {
    title: REVIEWING_TEXTS[language].columnsTitle,
    back: backOf(request),
    children: ColumnsPage({
      language,
      file,
      beginning,
      assigned: more.entered ?? kept ?? {},
      refused: refused && web.wordsOf(refused, language),
      problem: more.problem,
      csrf: sessionOf(request).csrf,
    }),
  })
}

async function refusalOfFile(
  web: Web,
  organisationId: string,
  file: Parameters<typeof planImport>[2],
): Promise<Refusal | undefined> {
  try {
    await planImport(web, organisationId, file)
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/**
 * A file that cannot be read: its columns are assigned, or the reason is said and another one can be chosen. Looking at it
 * changes nothing: it goes after a week, or when newer ones wait.
 */
async function refusedFile(
  web: Web,
  request: FastifyRequest,
  error: unknown,
): Promise<{ to: string } | { page: string }> {
  if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error
  const { file } = await fileOf(web, request)
  if (formatOf(file.bytes, file.name) === 'table' && COLUMNS_PERHAPS.has(error.code))
    return { to: `/fees/bank/files/${file.id}/columns` }
  const entered = { account: file.account.id }
  return { page: await bankPage(web, request, { entered, refused: web.wordsOf(error, request.language) }) }
}

function registerFile(server: FastifyInstance, web: Web): void {
  server.get('/fees/bank/files/:file', { config: named }, async (request, reply) => {
    try {
      return html(reply, await previewPage(web, request, new Map(), false))
    } catch (error) {
      const refused = await refusedFile(web, request, error)
      if ('to' in refused) return reply.redirect(refused.to, 303)
      return html(reply.code(STATUS.invalid), refused.page)
    }
  })

  server.get('/fees/bank/files/:file/columns', { config: named }, async (request, reply) => {
    const { row } = parse(contract.COLUMNS_QUERY, request.query)
    return html(reply, await columnsPage(web, request, row))
  })

  server.post('/fees/bank/files/:file/columns', { config: named }, async (request, reply) => {
    const { handling, file } = await fileOf(web, request)
    const { row, ...given } = parse(contract.COLUMNS_FORM, formFields(request.body))
    const columns = Object.fromEntries(
      ASSIGNABLE.flatMap((field) => (given[field] ? [[field, given[field]] as const] : [])),
    ) as AssignedColumns
    const chosen = Object.values(columns)
    const hasMoney = [columns.credit, columns.debit, columns.amount].some((each) => each !== undefined)
    const missing = !columns.date || !columns.content || !hasMoney
    const problem = missing ? 'missing' : new Set(chosen).size < chosen.length ? 'twice' : undefined
    if (problem)
      return html(
        reply.code(STATUS.invalid),
        await columnsPage(web, request, row, { entered: columns, problem }),
      )
    const assigned = {
      organisationId: handling.cell,
      bin: file.account.bin,
      columns,
      by: handling.by,
      at: handling.at,
    }
    await transactionAgain(web.database, (write) => assignColumns(write, assigned))
    return reply.redirect(`/fees/bank/files/${file.id}`, 303)
  })

  server.post('/fees/bank/files/:file/keep', { config: named }, async (request, reply) => {
    const said = eachOnce(parse(contract.KEEP_FORM, request.body ?? {}))
    const { handling, file } = await fileOf(web, request)
    try {
      const { lines, fresh, waiting } = await keepStatement(web, handling.cell, file, said, handling)
      return await reply.redirect(
        `/fees/bank?done=kept&lines=${lines}&fresh=${fresh}&waiting=${waiting}`,
        303,
      )
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'party-fees.statement-unsure') throw error
      return html(reply.code(STATUS.invalid), await previewPage(web, request, said, true))
    }
  })

  server.post('/fees/bank/files/:file/drop', { config: named }, async (request, reply) => {
    const { file } = await fileOf(web, request)
    await transactionAgain(web.database, (write) => dropFile(write, file.id))
    return reply.redirect('/fees/bank?done=dropped', 303)
  })
}

function registerMonth(server: FastifyInstance, web: Web): void {
  const chosen = { ...config, scope: { account: 'bank-line' as const } }
  server.get('/fees/bank/month', { config: chosen }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { cell, today } = handling
    const { read } = web.database
    const { account: id, month = monthOf(today) } = parse(contract.MONTH_QUERY, formFields(request.query))
    const [accounts, tabs] = await Promise.all([accountsOf(read, cell), waitingOnTabs(read, handling)])
    const account = chosenAccount(accounts, id)
    const shown = account && (await accountMonth(read, { id: account.id, owner: cell }, month, today))
    const { language } = request
    return html(
      reply,
      await web.showPage(request, {
        title: REVIEWING_TEXTS[language].monthTitle,
        back: backOf(request),
        width: 'wide',
        children: MonthPage({
          language,
          organisation: sessionOf(request).hat.organisationName,
          tabs,
          accounts,
          account,
          shown,
        }),
      }),
    )
  })
}
