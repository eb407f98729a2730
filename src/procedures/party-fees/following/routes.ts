/** Following up over HTTP: a cell sees who owes and reminds them; a committee sees its units, as a page, files, paper and JSON. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { monthOf } from '../../../kernel/plain-date.ts'
import { percentVi } from '../../../kernel/vietnamese-numbers.ts'
import { keepShown } from '../../../registry/readings/shown.ts'
import { contextOf, parse, sessionOf } from '../../../web/http.ts'
import { formFields } from '../../../web/forms.ts'
import { html } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { atOnce } from '../assessing/at-once.ts'
import { handlingOf } from '../collecting/handling.ts'
import { monthOfCell, monthsOffered } from '../collecting/month.ts'
import { stateInWords } from '../collecting/files.ts'
import { COLLECTING_TEXTS } from '../collecting/texts.ts'
import { isBelow, owedVnd, remainderOf, sortedUnits } from '../law/follow-up.ts'
import type { MonthState } from '../law/month-state.ts'
import { tabsFor } from '../tabs-for.ts'
import { CellFollowPage } from './cell-page.tsx'
import { FOLLOW_QUERY, REMIND_BODY, REMINDING, TOTALS_ANSWER, TOTALS_QUERY } from './contract.ts'
import { workbookOf, type Sheet } from '../../../registry/list-workbook.ts'
import { csvOf, sheetOfOwing, sheetOfUnits } from './files.ts'
import { owingIn, remind } from './owing.ts'
import { LOW_SHARE_PERCENT, REMINDER_DAY } from './settings.ts'
import { FOLLOWING_TEXTS } from './texts.ts'
import { followedBelow, totalsOf, unitWithin, type Unit, type UnitTotals } from './totals.ts'
import { PrintedUnits, UnitsPage, type UnitsProps } from './units-page.tsx'

/** `of` names an organisation in the asker's own subtree. */
const BELOW = { access: 'officer', scope: { of: 'fee-organisation' } } as const

export function registerFollowing(server: FastifyInstance, web: Web): void {
  registerPages(server, web)
  registerFiles(server, web)
  registerReminding(server, web)
  registerTotals(server, web)
}

/** What is looked at: the own cell, or a committee of the own subtree. */
async function lookedAt(web: Web, request: FastifyRequest) {
  const handling = await handlingOf(web, request)
  const query = parse(FOLLOW_QUERY, request.query)
  const unit = await unitWithin(web.database.read, handling.cell, query.of, handling.today)
  return { handling, query, unit, isCell: unit.holdsMembers && unit.id === handling.cell }
}

type LookedAt = Awaited<ReturnType<typeof lookedAt>>

function registerPages(server: FastifyInstance, web: Web): void {
  server.get('/fees/follow', { config: BELOW }, async (request, reply) => {
    const asked = await lookedAt(web, request)
    if (asked.isCell) return html(reply, await showCell(web, request, asked))
    const props = await unitsOf(web, request, asked)
    const { title } = props.texts
    const tabs = await tabsFor(web, request, 'follow')
    const back = asked.unit.id === asked.handling.cell ? undefined : backFrom(asked, title)
    return html(
      reply,
      await web.showPage(request, { title, width: 'wide', back, children: UnitsPage({ ...props, tabs }) }),
    )
  })

  server.get('/fees/follow/print', { config: BELOW }, async (request, reply) => {
    const props = await unitsOf(web, request, await lookedAt(web, request))
    const { title } = props.texts
    return html(reply, await web.showPage(request, { title, width: 'wide', children: PrintedUnits(props) }))
  })
}

/** One step up, as far as the own organisation. */
function backFrom({ unit, handling, query }: LookedAt, title: string) {
  const up = new URLSearchParams({
    ...(query.month ? { month: query.month } : {}),
    ...(unit.parentId && unit.parentId !== handling.cell ? { of: unit.parentId } : {}),
  })
  return { href: `/fees/follow?${up.toString()}`, text: title }
}

const UNDECLARED: ReadonlySet<MonthState> = new Set(['no-declaration', 'declared', 'refused'])

async function showCell(
  web: Web,
  request: FastifyRequest,
  { handling, query, unit }: LookedAt,
): Promise<string> {
  const { cell, today } = handling
  const { settings } = await contextOf(request, web)
  const { language } = request
  const texts = FOLLOWING_TEXTS[language]
  const [month, owing] = await web.database.snapshot(async (read) => [
    await monthOfCell(read, cell, monthOf(today), today),
    await owingIn(read, cell, today),
  ])
  // A guest's declaration is the own cell's affair.
  const own = month.filter(({ guest }) => !guest)
  const undeclared = own.filter(({ state }) => UNDECLARED.has(state))
  await keepShown(
    web,
    request,
    [...owing, ...undeclared].map(({ memberId }) => memberId),
  )
  const words = { texts: COLLECTING_TEXTS[language], language }
  const children = CellFollowPage({
    texts,
    language,
    csrf: sessionOf(request).csrf,
    organisation: unit.name,
    tabs: await tabsFor(web, request, 'follow'),
    today,
    members: own.length,
    owing,
    undeclared: undeclared.map((row) => ({
      memberId: row.memberId,
      fullName: row.fullName,
      state: stateInWords(row, words),
    })),
    reminderDay: settings.get(REMINDER_DAY),
    reminded: query.reminded,
  })
  return web.showPage(request, { title: texts.title, width: 'wide', children })
}

async function unitsOf(
  web: Web,
  request: FastifyRequest,
  { handling, query, unit }: LookedAt,
): Promise<UnitsProps> {
  const { settings } = await contextOf(request, web)
  const { today } = handling
  const month = query.month ?? monthOf(today)
  const { own, units } = await web.database.snapshot((read) => followedBelow(read, unit, month, today))
  const percent = settings.get(LOW_SHARE_PERCENT)
  const low = query.low === 'yes'
  const down = query.down === 'yes'
  const { language } = request
  return {
    texts: FOLLOWING_TEXTS[language],
    language,
    of: { id: unit.id, name: unit.name, isOwn: unit.id === handling.cell },
    month,
    months: monthsOffered(today),
    today,
    sort: query.sort,
    down,
    low,
    view: query.view,
    percent,
    own,
    all: units,
    units: sortedUnits(low ? units.filter((each) => isBelow(each, percent)) : units, query.sort, down),
    beside: remainderOf(own, units),
  }
}

function registerFiles(server: FastifyInstance, web: Web): void {
  const types = {
    csv: 'text/csv; charset=utf-8',
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  } as const
  for (const kind of ['csv', 'xlsx'] as const) {
    server.get(
      `/fees/follow.${kind}`,
      { config: { ...BELOW, cost: 'heavy' as const } },
      async (request, reply) => {
        const asked = await lookedAt(web, request)
        const sheet = asked.isCell
          ? await owingSheet(web, request, asked)
          : sheetOfUnits(await unitsOf(web, request, asked))
        return reply
          .type(types[kind])
          .header('cache-control', 'no-store')
          .header('content-disposition', `attachment; filename="theo-doi-dang-phi.${kind}"`)
          .send(kind === 'csv' ? csvOf(sheet) : await workbookOf(sheet))
      },
    )
  }
}

async function owingSheet(web: Web, request: FastifyRequest, { handling, unit }: LookedAt): Promise<Sheet> {
  const { language } = request
  const owing = await owingIn(web.database.read, handling.cell, handling.today)
  await keepShown(
    web,
    request,
    owing.map(({ memberId }) => memberId),
    'export',
  )
  return sheetOfOwing(owing, unit.name, { texts: FOLLOWING_TEXTS[language], language })
}

function registerReminding(server: FastifyInstance, web: Web): void {
  // Who owes nothing to the cell is not reminded by it, whoever they are.
  const config = { access: 'officer' as const, scope: { chosen: 'part' as const } }
  const remindIn = async (request: FastifyRequest, chosen: readonly string[] | undefined) => {
    const handling = await handlingOf(web, request)
    return atOnce(web.database, async (write) => {
      const owing = await owingIn(write, handling.cell, handling.today)
      const meant = chosen ? owing.filter(({ memberId }) => chosen.includes(memberId)) : owing
      return remind(write, meant, handling)
    })
  }

  server.post('/fees/follow/remind', { config }, async (request, reply) => {
    const { which, chosen } = parse(REMINDING, formFields(request.body))
    const reminded = await remindIn(request, which === 'all' ? undefined : chosen)
    return reply.redirect(`/fees/follow?reminded=${reminded}`, 303)
  })

  const api = {
    summary: 'Remind those of one’s cell who have not paid, once a day at most',
    body: REMIND_BODY,
    response: z.object({ reminded: z.number().int() }),
  }
  server.post('/api/v1/fees/follow/remind', { config: { ...config, api } }, async (request) => {
    const { chosen } = parse(REMIND_BODY, request.body ?? {})
    return { reminded: await remindIn(request, chosen) }
  })
}

function registerTotals(server: FastifyInstance, web: Web): void {
  const api = {
    summary: 'A month of an organisation and of each directly below it: lines, paid, share, due, owed',
    query: TOTALS_QUERY,
    response: TOTALS_ANSWER,
  }
  server.get('/api/v1/fees/totals', { config: { ...BELOW, api } }, async (request) => {
    const { cell, today } = await handlingOf(web, request)
    const { read } = web.database
    const { month = monthOf(today), of } = parse(TOTALS_QUERY, request.query)
    const unit: Pick<Unit, 'id'> =
      of === undefined || of === cell ? { id: cell } : await unitWithin(read, cell, of, today)
    const [organisation, ...below] = (await totalsOf(read, unit.id, month, today)).map(toldTotals)
    return { month, organisation: organisation!, below }
  })
}

function toldTotals({ own: _own, ...totals }: UnitTotals) {
  const { lines, paidLines } = totals
  const paidPercent =
    lines === 0 ? null : percentVi(paidLines, lines).replace('.', '').replace(',', '.').slice(0, -1)
  return { ...totals, owedVnd: owedVnd(totals), paidPercent }
}
