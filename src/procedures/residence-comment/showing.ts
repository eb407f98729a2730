/** What the pages of both kinds of dossiers need beside the view: deadline, cells to choose among, a refusal in words. */
import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Context } from '../../kernel/procedure.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { searchOrganisations, subtreeOn } from '../../registry/organisations/store.ts'
import { deadlineOf } from '../../web/deadline.ts'
import { sessionOf } from '../../web/http.ts'
import type { Refused } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import type { Choosable } from './act-forms.tsx'
import type { DossierView } from './contract.ts'
import type { ShownPage } from './dossier-page.tsx'

/** Acts that choose a cell of the commune. */
const CHOOSING = ['route', 'accept', 'assign-cell']

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
  const can = (...commands: string[]) =>
    view.actions.some(({ command, refusal }) => commands.includes(command) && !refusal)
  const { read } = web.database
  return {
    language,
    csrf: sessionOf(request).csrf,
    at: `${pages}/${view.id}`,
    commandIdOf: () => randomUUID(),
    deadline:
      until === null ? undefined : deadlineOf(new Date(until), context.at, context.calendar, language),
    cells: view.commune && can(...CHOOSING) ? await cellsOf(web, view.commune.id, context) : [],
    communes: view.commune && can('correct') ? await communesNear(read, view.commune.name, context) : [],
    refused: refused && {
      command: refused.command,
      words: web.wordsOf(refused.refusal, language),
      confirmHref: confirmHref(refused.refusal, `${pages}/${view.id}`),
      citation: refused.refusal.citation,
      entered: refused.entered,
    },
  }
}

/** Where one signs in again and comes back, when that is what an act wanted. */
export function confirmHref({ code }: Pick<Refusal, 'code'>, back: string): string | undefined {
  return code === 'identity.stale-sign-in' ? `/sign-in/start?return=${encodeURIComponent(back)}` : undefined
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
  const found = await searchOrganisations(read, query, today, { limit: 200 })
  return found.filter(({ kind }) => kind === 'commune').slice(0, 50)
}
