/** What the pages of both kinds of dossiers need beside the view: deadline, cells to choose among, a refusal in words. */
import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { hasFreshSignIn } from '../../kernel/actor.ts'
import type { Context } from '../../kernel/procedure.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { searchOrganisations, subtreeOn } from '../../registry/organisations/store.ts'
import { deadlineOf } from '../../web/deadline.ts'
import { writtenIn } from '../../web/form-drafts.ts'
import { parse, sessionOf } from '../../web/http.ts'
import type { Refused } from '../../web/procedure-routes.ts'
import { mustQueue, queueingOf, waitingHere } from '../../web/queueing.ts'
import type { Web } from '../../web/web.ts'
import type { Choosable } from './act-forms.tsx'
import type { DossierView } from './contract.ts'
import type { ShownPage } from './dossier-page.tsx'
import { COMMUNE_KIND } from './law/place.ts'
import { SIGNING } from './law/rules.ts'
import { refusedForm } from './refused.ts'
import { SIGNING as REFERRAL_SIGNING } from './referral/law/rules.ts'
import { actTitle, isShown } from './texts.ts'

/** Acts that choose a cell of the commune. */
const CHOOSING = ['route', 'accept', 'assign-cell']

const QUERY = z.object({
  done: z.string().optional().catch(undefined),
  queued: z.string().optional().catch(undefined),
})

export async function shownPage(
  web: Web,
  request: FastifyRequest,
  view: DossierView,
  pages: string,
  context: Context,
  refused?: Refused,
): Promise<ShownPage> {
  const { language } = request
  const { until } = view.awaited
  const { csrf, memberId } = sessionOf(request)
  const can = (...commands: string[]) =>
    view.actions.some(({ command, refusal }) => commands.includes(command) && !refusal)
  const { read } = web.database
  const [queueing, waiting] = await Promise.all([
    queueingOf(web, request),
    waitingHere(web, memberId, view.id, language, actTitle),
  ])
  const { done, queued } = parse(QUERY, request.query)
  const doneHere = done !== undefined && isShown(done) && !refused ? done : undefined
  const isFresh = hasFreshSignIn(context.actor, context.at)
  const here = `${pages}/${view.id}`
  return {
    language,
    csrf,
    at: here,
    commandIdOf: () => randomUUID(),
    deadline:
      until === null ? undefined : deadlineOf(new Date(until), context.at, context.calendar, language),
    cells: view.commune && can(...CHOOSING) ? await cellsOf(web, view.commune.id, context) : [],
    communes: view.commune && can('correct') ? await communesNear(read, view.commune.name, context) : [],
    cannot: cannotNow(web, view, language),
    queueing,
    waiting,
    justQueued: queued !== undefined,
    mustQueue: (command) => mustQueue(queueing, { needsFreshSignIn: !isFresh && SIGNED.has(command) }),
    confirmHref: (command) => (!isFresh && SIGNED.has(command) ? freshSignIn(here) : undefined),
    done: doneHere,
    refused: refused && {
      command: refused.command,
      form: refusedForm(web, refused.refusal, language, (field) => idIn(refused.command, field)),
      confirmHref: confirmHref(refused.refusal, here),
      entered: { ...refused.entered, ...writtenIn(request.body) },
    },
  }
}

/** Acts that are signed: each wants a fresh sign-in. */
const SIGNED: ReadonlySet<string> = new Set<string>([...SIGNING, ...REFERRAL_SIGNING])

const freshSignIn = (returnTo: string): string => `/sign-in/start?return=${encodeURIComponent(returnTo)}`

/** Fields whose id names their form: several forms of a page have them. The draft's own have none. */
const idIn = (command: string, field: string): string | undefined =>
  command === 'save-draft' ? undefined : `${command}-${field}`

/** What comes by itself when it is its time is not shown switched off. */
const UNTIMELY = /\.(not-overdue|nothing-to-follow|not-now|same-exemption)$/

function cannotNow(web: Web, view: DossierView, language: FastifyRequest['language']): ShownPage['cannot'] {
  return view.actions.flatMap(({ command, refusal }) => {
    if (!refusal || !isShown(command) || UNTIMELY.test(refusal.code)) return []
    const { what } = web.wordsOf({ code: refusal.code, facts: refusal.facts as Refusal['facts'] }, language)
    return [{ command, what, citation: refusal.citation }]
  })
}

/** Where one signs in again and comes back, when that is what an act wanted. */
export function confirmHref({ code }: Pick<Refusal, 'code'>, back: string): string | undefined {
  return code === 'identity.stale-sign-in' ? freshSignIn(back) : undefined
}

async function cellsOf(web: Web, communeId: string, { today }: Context): Promise<Choosable[]> {
  const below = await subtreeOn(web.database.read, communeId, today)
  return below.filter(({ tier, holdsMembers }) => tier === 'cell' && holdsMembers)
}

/** Communes whose name has the words asked for. */
export async function communesNear(
  read: Web['database']['read'],
  query: string,
  { today }: Pick<Context, 'today'>,
): Promise<Choosable[]> {
  return searchOrganisations(read, query, today, { kind: COMMUNE_KIND, limit: 50 })
}
