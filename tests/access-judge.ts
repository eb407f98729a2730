/** Asks everything of everybody and compares with what the rules promise: the matrix itself, for its test and for the mutation run. */
import type { FastifyInstance } from 'fastify'
import type { RouteEntry } from '../src/app/route-table.ts'
import { LISTS, type List } from './access-lists.ts'
import type { Asker, Things } from './access-places.ts'
import { atTheDoor, RULES, type Outcome } from './access-rules.ts'
import type { AccessServer, Observed } from './access-server.ts'
import { asJson, partTrials, trialsOf, type Trial } from './access-trials.ts'

/** One cell of the matrix. */
export interface Cell {
  readonly trial: Trial
  readonly who: Asker
  readonly expected: Outcome
  readonly found: Outcome
}

export const nameOf = ({ method, url }: Pick<RouteEntry, 'method' | 'url'>): string => `${method} ${url}`

export interface Verdict {
  readonly cells: readonly Cell[]
  /** one line for each answer that is not as promised */
  readonly wrong: readonly string[]
}

/** @param options `bail`: the first wrong answer ends it */
export async function judge(
  server: AccessServer,
  askers: readonly Asker[],
  things: Things,
  options: { readonly bail?: boolean; readonly first?: RegExp; readonly only?: boolean } = {},
): Promise<Verdict> {
  const { first } = options
  if (first) {
    // What is likely to go wrong is asked first; only where it does not, everything.
    const likely = await judge(onlyRoutes(server, first), askers, things, { bail: true })
    if (likely.wrong.length > 0 || options.only) return likely
  }
  const asking = askingOf(server)
  const cells: Cell[] = []
  const wrong: string[] = []
  const isOver = () => options.bail === true && wrong.length > 0
  const table = server.server.routeTable
  wrong.push(...(await judgeLists(server, askers, things)))
  for (const trial of table.flatMap((route) => partTrials(route, things))) {
    if (isOver()) return { cells, wrong }
    const who = askers.find(({ name }) => name === trial.asker)
    if (!who) throw new Error(`nobody is ${trial.asker}`)
    const found = await asking(trial, who)
    if (found !== 'unknown') wrong.push(`${nameOf(trial.route)} ${trial.about}, ${who.name}: ${found}`)
  }
  for (const trial of table.flatMap((route) => trialsOf(route, things))) {
    if (isOver()) return { cells, wrong }
    const found = await someAtOnce(askers, async (who) => ({
      trial,
      who,
      expected: expectedOf(trial, who),
      found: await asking(trial, who),
    }))
    cells.push(...found)
    wrong.push(...found.filter(isWrong).map(lineOf), ...(await judgeJson(asking, trial, askers)))
  }
  const names = [...new Set(cells.map(({ trial }) => nameOf(trial.route)))]
  const open = new Set(cells.filter(({ found }) => found === 'may').map(({ trial }) => nameOf(trial.route)))
  wrong.push(
    ...names.filter((name) => !open.has(name)).map((name) => `${name}: nobody may; it proves nothing`),
  )
  return { cells, wrong }
}

/** Each asks twice; of heavy work no more than some thirty wait for their turn (src/web/load.ts). */
const ASKERS_AT_ONCE = 12

async function someAtOnce<T>(askers: readonly Asker[], ask: (who: Asker) => Promise<T>): Promise<T[]> {
  const found: T[] = []
  for (let at = 0; at < askers.length; at += ASKERS_AT_ONCE)
    found.push(...(await Promise.all(askers.slice(at, at + ASKERS_AT_ONCE).map(ask))))
  return found
}

/** The same server as if it had these routes alone. */
function onlyRoutes(server: AccessServer, chosen: RegExp): AccessServer {
  const routeTable = server.server.routeTable.filter((route) => chosen.test(nameOf(route)))
  return { ...server, server: Object.assign(Object.create(server.server) as FastifyInstance, { routeTable }) }
}

const isWrong = ({ expected, found }: Cell) => expected !== found
const lineOf = ({ trial, who, expected, found }: Cell) =>
  `${nameOf(trial.route)} ${trial.about}, ${who.name}: ${found}, promised ${expected}`

function expectedOf(trial: Trial, who: Asker): Outcome {
  return atTheDoor(trial.route, who) ?? RULES[trial.target.scope as keyof typeof RULES](who, trial.target)
}

/** A page's problem document must tell no more than the page: asked by one stranger of each kind. */
async function judgeJson(asking: Asking, trial: Trial, askers: readonly Asker[]): Promise<string[]> {
  if (trial.route.url.startsWith('/api/')) return []
  const strangers = askers.filter(
    (who) => ['farWard', 'farCell'].includes(who.place ?? '') && expectedOf(trial, who) === 'unknown',
  )
  const found = await Promise.all(
    strangers.map(async (who) => ({ who, found: await asking(asJson(trial), who) })),
  )
  return found
    .filter((each) => each.found !== 'unknown')
    .map((each) => `${nameOf(trial.route)} as JSON, ${each.who.name}: ${each.found}, promised unknown`)
}

type Asking = (trial: Trial, who: Asker) => Promise<Outcome>

/** Asks for the thing and for one that nobody has, and tells the two apart as the asker could. */
function askingOf(server: AccessServer): Asking {
  const unknowns = new Map<string, Promise<string>>()
  const ask = async (trial: Trial, who: Asker, nobodys: boolean) => {
    const request = trial.request(nobodys)
    const answer = await server.ask(who, request)
    return { answer, text: said(answer, `${String(request.url)} ${JSON.stringify(request.payload ?? '')}`) }
  }
  /** The same to everybody of a role, so asked once for each; of one's own things an answer may count the rest. */
  const saidOfUnknown = (trial: Trial, who: Asker) => {
    const deputy = who.deputy ? `for another, ${String(who.deputy.covers)}` : ''
    const person = trial.target.scope === 'own' ? who.memberId : ''
    const key = [nameOf(trial.route), trial.about, trial.named, who.role, deputy, who.former, person].join(
      ' ',
    )
    const known = unknowns.get(key)
    if (known) return known
    const asked = ask(trial, who, true).then(({ text }) => text)
    unknowns.set(key, asked)
    return asked
  }
  return async (trial, who) => {
    const [{ answer, text }, unknown] = await Promise.all([ask(trial, who, false), saidOfUnknown(trial, who)])
    // A defect differs from every answer, and lets nobody in.
    const isDefect = answer.status >= 500
    if (text !== unknown && !isDefect) return 'may'
    if (answer.status === 400 || isDefect)
      throw new Error(`${nameOf(trial.route)}, ${who.name}: ${answer.status} ${answer.body.slice(0, 300)}`)
    // Another's hat is refused at once, as one that nobody has.
    const isOwn = trial.target.scope === 'own' && atTheDoor(trial.route, who) === undefined
    return isKeptOut(answer) && !isOwn ? 'refused' : 'unknown'
  }
}

/** Sent to the page of signing in, or told that this is not for the hat worn. */
const isKeptOut = ({ status, location }: Observed) => status === 403 || location.startsWith('/sign-in')

/** What an answer says apart from the id that was asked for and the request's own: page, problem, status, what changed. */
function said(answer: Observed, asked: string): string {
  const page = /<main[\s\S]*<\/main>/.exec(answer.body)?.[0] ?? answer.body
  const ids = asked.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []
  const without = (text: string) => ids.reduce((rest, id) => rest.replaceAll(id, 'ID'), text)
  const body = without(page).replace(/"instance":"[^"]+"|refusal-reference">[^<]*/, '')
  return [answer.status, answer.type, withoutReturn(without(answer.location)), answer.changed, body].join(
    '\n',
  )
}

/** Where somebody goes on after signing in is what was asked for. */
const withoutReturn = (location: string) => location.replace(/^\/sign-in\?.*/, '/sign-in')

/** Where the list is: its route, an address of it, or where its search leads. */
async function addressOf(
  server: AccessServer,
  { asked, search }: List,
  who: Asker,
): Promise<string | undefined> {
  if (!search) return asked
  const { location } = await server.ask(who, {
    method: 'POST',
    url: search.url,
    payload: new URLSearchParams(search.fields).toString(),
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
  })
  return location.startsWith('/') ? location : asked
}

/** Lists show what the asker may know of, and not a line more. */
async function judgeLists(server: AccessServer, askers: readonly Asker[], things: Things): Promise<string[]> {
  const wrong: string[] = []
  for (const list of LISTS) {
    const route = server.server.routeTable.find((each) => nameOf(each) === list.route)
    if (!route) continue
    const found = await someAtOnce(askers, async (who) => {
      const url = await addressOf(server, list, who)
      const { body } = await server.ask(who, {
        method: 'GET',
        url: url ?? route.url,
        headers: { accept: list.accept ?? 'text/html' },
      })
      const promised = atTheDoor(route, who) === undefined && list.shows(who, things)
      const page = /<main[\s\S]*<\/main>/.exec(body)?.[0] ?? body
      return { who, shown: page.includes(list.mark), promised }
    })
    for (const { who, shown, promised } of found)
      if (shown !== promised)
        wrong.push(`${list.route} ${list.mark}, ${who.name}: shown ${shown}, promised ${promised}`)
    if (!found.some(({ shown }) => shown))
      wrong.push(`${list.route} ${list.mark}: shown to nobody; it proves nothing`)
  }
  return wrong
}
