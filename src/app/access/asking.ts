/** Asking the rules what somebody in an office might see and do: the very rules the doors ask, and why they say so. */
import { randomUUID } from 'node:crypto'
import type { PersonActor } from '../../kernel/actor.ts'
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal, refusalOf } from '../../kernel/refusal.ts'
import { requireImporter } from '../../registry/import/screens/view.ts'
import { maySetHolds } from '../../registry/members/view.ts'
import { holdersOf, type Office } from '../../registry/offices/store.ts'
import { ancestorsOn, findOrganisations, liesWithin } from '../../registry/organisations/store.ts'
import { requireAnswering } from '../../registry/own-record/answering.ts'
import { readableOrganisation, requireMemberReader, type Reader } from '../../registry/reader.ts'
import type { Answered, BareDossier, Feature } from '../../web/feature.ts'
import { requireAccess } from '../../web/http.ts'
import type { Web } from '../../web/web.ts'
import { featureOf } from '../features.ts'

/** An office in an organisation, whoever holds it. */
export interface Seat {
  readonly position: string
  readonly organisationId: string
}

/** Whoever that is: nobody in particular, so that no answer depends on, or tells, whose dossier it is. */
function anybodyIn({ position, organisationId }: Seat, signedInAt: Date): PersonActor {
  return { kind: 'person', memberId: randomUUID(), hat: { position, organisationId }, signedInAt }
}

/** A dossier an administrator may ask about, without its content. */
export interface KnownDossier extends BareDossier {
  readonly number: string
  readonly feature: Feature & { readonly whatIf: NonNullable<Feature['whatIf']> }
}

/**
 * The dossier of this number, if it concerns an organisation of the administrator's.
 *
 * @throws Refusal not-found `dossier.unknown`, for one of other organisations as for none
 */
export async function knownDossier(
  read: Read,
  own: string,
  number: string,
  today: PlainDate,
): Promise<KnownDossier> {
  const row = await read.maybe<{ id: string; procedure: string }>(
    sql`select id, procedure from dossier where number = ${number}`,
  )
  const feature = row && featureOf(row.procedure)
  if (!row || !feature?.whatIf) throw new Refusal('not-found', 'dossier.unknown')
  const bare = await feature.whatIf.describe(read, row.id, today)
  for (const id of bare.organisations)
    if (await liesWithin(read, id, own, today))
      return { ...bare, number, feature: { ...feature, whatIf: feature.whatIf } }
  throw new Refusal('not-found', 'dossier.unknown')
}

/** What this seat may see of the dossier, and do. */
export function askDossier(web: Web, dossier: KnownDossier, seat: Seat, context: Context): Promise<Answered> {
  const actor = anybodyIn(seat, context.at)
  return dossier.feature.whatIf.answer(web, dossier.id, { ...context, actor })
}

/** For each act of the step, the offices of the organisation that has the dossier whose act it is. */
export async function competentFor(
  web: Web,
  dossier: KnownDossier,
  positions: readonly string[],
  context: Context,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>()
  const organisationId = dossier.awaited.responsible
  if (organisationId === null) return found
  for (const position of positions) {
    const { acts } = await askDossier(web, dossier, { position, organisationId }, context)
    for (const { command } of acts.filter(({ theirs }) => theirs))
      found.set(command, [...(found.get(command) ?? []), position])
  }
  return found
}

/** Kinds of act in the registry. */
export const REGISTRY_ACTS = ['see', 'members', 'answer', 'import', 'hold', 'offices'] as const
export type RegistryAct = (typeof REGISTRY_ACTS)[number]

/** What the rules say of one act in an organisation; without a refusal of its own it is not for this office. */
export interface RegistryAnswer {
  readonly act: RegistryAct
  readonly may: boolean
  readonly refusal: Refusal | undefined
}

/** What this seat may do in an organisation, and what stands in the way. */
export async function askOrganisation(
  read: Read,
  seat: Seat,
  organisationId: string,
  today: PlainDate,
): Promise<readonly RegistryAnswer[]> {
  const anybody = randomUUID()
  const reader: Reader = { ...seat, memberId: anybody, officeId: null, today, day: today, at: new Date() }
  const seen = await refusalOfAsking(() => readableOrganisation(read, reader, organisationId))
  if (seen) return REGISTRY_ACTS.map((act) => ({ act, may: false, refusal: seen }))
  const asked = (act: RegistryAct, refusal: Refusal | undefined): RegistryAnswer => ({
    act,
    may: refusal === undefined,
    refusal,
  })
  return [
    asked('see', undefined),
    asked(
      'members',
      refusalOf(() => requireMemberReader(reader)),
    ),
    asked(
      'answer',
      refusalOf(() => requireAnswering(reader)),
    ),
    asked(
      'import',
      refusalOf(() => requireImporter(reader)),
    ),
    { act: 'hold', may: maySetHolds(reader, randomUUID()), refusal: undefined },
    asked(
      'offices',
      refusalOf(() => requireAccess('administrator', reader)),
    ),
  ]
}

async function refusalOfAsking(ask: () => Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await ask()
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** How a seat's organisation lies to another. */
export type Relation = 'own' | 'above' | 'below' | 'beside' | 'other-province'

export async function relationOf(
  read: Read,
  seat: Seat,
  organisationId: string,
  today: PlainDate,
): Promise<Relation> {
  if (seat.organisationId === organisationId) return 'own'
  const [mine, theirs] = await Promise.all([
    ancestorsOn(read, seat.organisationId, today),
    ancestorsOn(read, organisationId, today),
  ])
  if (theirs.some(({ id }) => id === seat.organisationId)) return 'above'
  if (mine.some(({ id }) => id === organisationId)) return 'below'
  return mine.at(-1)?.id === theirs.at(-1)?.id ? 'beside' : 'other-province'
}

/** Offices held today in these organisations; the names of their holders only where the administrator may know them. */
export async function seatsOf(
  read: Read,
  organisationIds: readonly string[],
  own: string,
  today: PlainDate,
): Promise<readonly (Office & { readonly named: boolean })[]> {
  const present = await findOrganisations(read, organisationIds, today)
  const lowestFirst = [...present].sort((one, other) => other.path.length - one.path.length)
  const held = await Promise.all(
    lowestFirst.map(async ({ id }) => {
      const [named, offices] = await Promise.all([
        liesWithin(read, id, own, today),
        holdersOf(read, id, undefined, today),
      ])
      return offices.map((office) => ({ ...office, named }))
    }),
  )
  return held.flat()
}
