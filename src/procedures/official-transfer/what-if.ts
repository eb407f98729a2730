/** What the rules of a transfer say of somebody who might ask: for administrators who ask why, without a word of the member. */
import { loadDossier } from '../../kernel/dossier.ts'
import type { Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { ancestorsOn } from '../../registry/organisations/store.ts'
import type { Answered, BareDossier } from '../../web/feature.ts'
import type { Web } from '../../web/web.ts'
import { awaited, parties } from './law/awaited.ts'
import type { Transfer } from './law/states.ts'
import { OFFICIAL_TRANSFER } from './procedure.ts'
import { transferSight } from './readers.ts'
import { askedActs } from './view.ts'

/** @throws Refusal not-found `dossier.unknown` */
export async function describe(read: Read, dossierId: string, today: PlainDate): Promise<BareDossier> {
  const { state } = await transferOf(read, dossierId)
  const destination = state.destinationCell?.id ?? state.route?.receiver.id
  const above = destination ? await ancestorsOn(read, destination, today) : []
  const places = [
    ...parties(state).map(({ organisationId }) => organisationId),
    ...state.origin.map(({ id }) => id),
  ]
  const organisations = [...new Set([...places, ...above.map(({ id }) => id)])]
  return { id: dossierId, status: state.status, awaited: awaited(state), organisations }
}

/** Asks the rules of seeing and of every act the step allows, as the doors would. */
export function answer(web: Web, dossierId: string, context: Context): Promise<Answered> {
  return web.database.transaction(async (write) => {
    const { state } = await transferOf(write, dossierId)
    const sight = await transferSight(write, state, context)
    const acts = sight.sees ? await askedActs(write, state, context) : []
    return {
      sight,
      acts: acts.map((act) => ({ ...act, theirs: act.refusal?.code !== 'transfer.not-yours' })),
    }
  })
}

async function transferOf(read: Read, dossierId: string) {
  const dossier = await loadDossier<Transfer>(read, OFFICIAL_TRANSFER, dossierId)
  if (!dossier) throw new Refusal('not-found', 'dossier.unknown')
  return dossier
}
