/** Where one may be transferred to: finding it by name without diacritics, and the way the letter will take there. */
import type { Database, Read } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import {
  findOrganisations,
  searchOrganisations,
  subtreeOn,
  type Organisation,
} from '../../../registry/organisations/store.ts'
import { foldName } from '../../../kernel/vietnamese-text.ts'
import { gather } from '../gather.ts'
import { bodyName } from '../../../papers/bodies.ts'
import { AUTHORITY, routeOf, type Route } from '../law/route.ts'
import * as setting from '../law/settings.ts'
import type { Transfer } from '../law/states.ts'

/** An organisation to choose, with what it lies below: cells of two wards share names. */
export interface Destination {
  readonly id: string
  readonly name: string
  readonly about: string
}

const MOST_SHOWN = 20

/** Grassroots organisations and cells by the words typed; words of the ward may follow those of the cell. */
export async function findDestinations(read: Read, text: string, day: PlainDate): Promise<Destination[]> {
  const direct = (await searchOrganisations(read, text, day, { limit: 100 })).filter(isDestination)
  const found = direct.length > 0 ? direct : await withinNamedPlaces(read, text, day)
  return described(read, found.slice(0, MOST_SHOWN), day)
}

const isDestination = ({ tier }: Organisation): boolean => tier === 'cell' || tier === 'grassroots'

/** 'khu pho 3 cau kieu': the last words name a place, the first ones what is looked for in it. */
async function withinNamedPlaces(read: Read, text: string, day: PlainDate): Promise<Organisation[]> {
  const words = text.trim().split(/\s+/).slice(0, 8)
  for (let split = words.length - 1; split > 0; split--) {
    const places = await searchOrganisations(read, words.slice(split).join(' '), day, { limit: 20 })
    const found: Organisation[] = []
    for (const place of places.filter(({ tier }) => tier !== 'cell').slice(0, 5)) {
      const inside = await searchOrganisations(read, words.slice(0, split).join(' '), day, {
        within: place.id,
        limit: 20,
      })
      found.push(...inside.filter(isDestination))
    }
    if (found.length > 0) return [...new Map(found.map((each) => [each.id, each])).values()]
  }
  return []
}

async function described(read: Read, found: readonly Organisation[], day: PlainDate): Promise<Destination[]> {
  const parents = await findOrganisations(
    read,
    [...new Set(found.flatMap(({ parentId }) => parentId ?? []))],
    day,
  )
  const nameOf = new Map(parents.map((parent) => [parent.id, parent.name]))
  return found.map(({ id, name, parentId, kindName }) => ({
    id,
    name,
    about: [kindName, parentId === null ? undefined : nameOf.get(parentId)].filter(Boolean).join(' · '),
  }))
}

/** Cells of the receiving organisation that the words typed match; itself when it is a cell. */
export async function cellsOf(
  read: Read,
  receiverId: string,
  query: string,
  day: PlainDate,
): Promise<{ found: Destination[]; more: number }> {
  const wanted = foldName(query).split(' ').filter(Boolean)
  const all = (await subtreeOn(read, receiverId, day)).filter(
    (each) => each.holdsMembers && isDestination(each),
  )
  const matching = all.filter(({ name }) => {
    const words = foldName(name).split(' ')
    return wanted.every((word) => words.some((each) => each.startsWith(word)))
  })
  const shown = matching.slice(0, MOST_SHOWN).map(({ id, name }) => ({ id, name, about: '' }))
  return { found: shown, more: Math.max(0, matching.length - MOST_SHOWN) }
}

/** The way of the letter, and what it rests on: a regulation, or a setting of the unit. */
export interface RoutePreview {
  readonly legs: readonly { readonly from: string; readonly to: string }[]
  readonly why: 'whyInternal' | 'whyBeyond' | 'whySetting'
  /** null: a setting, not a regulation */
  readonly citation: string | null
}

/** The route of a request as it stands now, or the refusal that says why there is none; undefined before one is chosen. */
export async function previewRoute(
  database: Database,
  transfer: Transfer,
  context: Context,
): Promise<RoutePreview | Refusal | undefined> {
  if (transfer.answers.destinationId === undefined) return undefined
  const facts = await database.transaction((write) =>
    gather(write, transfer, { type: 'withdraw', reason: '' }, context),
  )
  if (facts.destination.length === 0) return new Refusal('against-rule', 'transfer.destination-unknown')
  try {
    const { commission, origin, destination } = facts
    const withinProvince = context.settings.get(setting.WITHIN_PROVINCE)
    const route = routeOf({ origin, destination, commission, withinProvince })
    const provinces = [origin, destination].map(
      (chain) => chain.find((place) => place.tier === 'province')?.id,
    )
    return previewOf(route, provinces[0] === provinces[1])
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function previewOf(route: Route, sameProvince: boolean): RoutePreview {
  const legs = route.legs.map(({ from, to }) => ({ from: bodyName(from), to: bodyName(to) }))
  if (route.kind === 'internal') return { legs, why: 'whyInternal', citation: null }
  const beyond = !sameProvince || route.legs.at(-1)!.from.tier === 'direct-superior'
  return beyond
    ? { legs, why: 'whyBeyond', citation: AUTHORITY }
    : { legs, why: 'whySetting', citation: null }
}
