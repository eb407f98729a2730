/** What the rules of a stay say of somebody who might ask: for administrators who ask why, without a word of the member. */
import type { Read } from '../../kernel/db.ts'
import { loadDossier } from '../../kernel/dossier.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { ancestorsOn } from '../../registry/organisations/store.ts'
import type { Answered, BareDossier } from '../../web/feature.ts'
import type { Web } from '../../web/web.ts'
import { awaited, parties } from './law/awaited.ts'
import { hostOf } from './law/rules.ts'
import type { Stay } from './law/states.ts'
import { staySight } from './readers.ts'
import { TEMPORARY_TRANSFER } from './tasks.ts'
import { askedActs } from './view.ts'

/** @throws Refusal not-found `dossier.unknown` */
export async function describe(read: Read, dossierId: string, today: PlainDate): Promise<BareDossier> {
  const stay = await stayOf(read, dossierId)
  const above = stay.referral?.sealedAt ? await ancestorsOn(read, hostOf(stay).id, today) : []
  const places = parties(stay).map(({ organisationId }) => organisationId)
  const organisations = [...places, ...stay.origin.map(({ id }) => id), ...above.map(({ id }) => id)]
  return {
    id: dossierId,
    status: stay.status,
    awaited: awaited(stay),
    organisations: [...new Set(organisations)],
  }
}

/** Asks the rules of seeing and of every act the step allows, as the doors would. */
export function answer(web: Web, dossierId: string, context: Context): Promise<Answered> {
  return web.database.transaction(async (write) => {
    const stay = await stayOf(write, dossierId)
    const sight = await staySight(write, stay, context)
    const acts = sight.sees ? await askedActs(write, stay, context) : []
    return {
      sight,
      acts: acts.map((act) => ({ ...act, theirs: act.refusal?.code !== 'temporary.not-yours' })),
    }
  })
}

async function stayOf(read: Read, dossierId: string): Promise<Stay> {
  const dossier = await loadDossier<Stay>(read, TEMPORARY_TRANSFER, dossierId)
  if (!dossier) throw new Refusal('not-found', 'dossier.unknown')
  return dossier.state
}
