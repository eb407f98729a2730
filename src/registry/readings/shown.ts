/** Showing what is about members: whoever may not see a dossier learns nothing, and what was seen is kept before it leaves. */
import type { FastifyRequest } from 'fastify'
import type { Write } from '../../kernel/db.ts'
import { loadDossier, type StoredDossier } from '../../kernel/dossier.ts'
import { todayIn } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { sessionOf } from '../../web/http.ts'
import type { Web } from '../../web/web.ts'
import { keepListView, keepView, type ListView } from './keeping.ts'

/**
 * A dossier this reader may see; a foreign one is as unknown as none. That it was looked at is kept with it, and the
 * member sees by which office; one's own looks are not kept.
 *
 * @param procedure its name, and who may see one of its dossiers
 * @param kept what is shown; `nothing` for answers that tell only how far it is
 * @throws Refusal not-found `dossier.unknown`
 */
export async function shownDossier<State extends { readonly memberId: string }>(
  write: Write,
  procedure: {
    readonly name: string
    maySee(read: Write, state: State, context: Pick<Context, 'actor' | 'today'>): Promise<boolean>
  },
  id: string,
  context: Pick<Context, 'actor' | 'today' | 'at'>,
  kept: 'dossier' | 'file' | 'paper' | 'nothing',
): Promise<StoredDossier<State>> {
  const { actor, at } = context
  const dossier = await loadDossier<State>(write, procedure.name, id)
  if (!dossier || !(await procedure.maySee(write, dossier.state, context)))
    throw new Refusal('not-found', 'dossier.unknown')
  if (actor.kind === 'person' && kept !== 'nothing') {
    const { position, organisationId } = actor.hat
    const grantId = actor.onBehalfOf?.grantId ?? null
    const viewer = { memberId: actor.memberId, position, organisationId, grantId }
    await keepView(write, { memberId: dossier.state.memberId, kind: kept, viewer, dossierId: id, at })
  }
  return dossier
}

/** Names of members shown to an officer are a reading of each. */
export async function keepShown(
  web: Web,
  request: FastifyRequest,
  people: readonly string[],
  kind: ListView['kind'] = 'list',
): Promise<void> {
  const { memberId, hat } = sessionOf(request)
  const { position, organisationId, onBehalfOf } = hat
  const viewer = { memberId, position, organisationId, grantId: onBehalfOf?.grantId ?? null }
  const at = web.clock.now()
  const shown = [...new Set(people)]
  const list = { organisationId, day: todayIn(at), kind, people: shown.length, shown, viewer, at }
  await web.database.transaction((write) => keepListView(write, list))
}
