/** Which organisations a referral passes: the authority matrix (thẩm quyền giới thiệu) of 294-QĐ/TW 6.3.1b, kept by 208-QĐ/TW. */
import { Refusal } from '../../../kernel/refusal.ts'

/** What a tier is under the rules of the day; from the registry's dated facts, never from a code's digits. */
export type Tier =
  'cell' | 'intermediate' | 'grassroots' | 'direct-superior' | 'province' | 'centre' | 'advisory'

/** An organisation as the rules see it. */
export interface Place {
  readonly id: string
  readonly name: string
  readonly tier: Tier
  readonly hasSeal: boolean
  readonly armedForces: boolean
  readonly abroad: boolean
}

/** A chain from an organisation up to the province: itself first. */
export type Chain = readonly Place[]

/** One box of the referral letter: who refers the member to whom. */
export interface Leg {
  readonly from: Place
  readonly to: Place
}

export interface Route {
  /** 'internal' (nội bộ): inside one grassroots organisation */
  readonly kind: 'official' | 'internal'
  readonly legs: readonly Leg[]
  /** the committee that receives the member: the destination's grassroots organisation */
  readonly receiver: Place
}

export interface RouteQuestion {
  readonly origin: Chain
  readonly destination: Chain
  /** the organisation commission (Ban Tổ chức) of the origin's province, if the registry knows it */
  readonly commission: Place | undefined
  /** [I] transfers 4.2: between two grassroots organisations directly under the same province */
  readonly withinProvince: 'through-commission' | 'direct'
}

export const AUTHORITY = '294-QĐ/TW, mục 6.3.1b (208-QĐ/TW kế thừa)'

/**
 * The legs of the referral, in order.
 *
 * @throws Refusal against-rule `transfer.armed-forces`, `transfer.abroad`, `transfer.no-grassroots`, `transfer.no-superior`,
 *   `transfer.no-commission`, `transfer.no-seal-at-last`, `transfer.same-cell`, `transfer.choose-cell`
 */
export function routeOf(question: RouteQuestion): Route {
  const { origin, destination } = question
  refuseUnhandled([...origin, ...destination])
  const inner = upToGrassroots(origin)
  const from = inner.at(-1)!
  const receiver = upToGrassroots(destination).at(-1)!
  const climb = inner.slice(1).map((to, index) => ({ from: inner[index]!, to }))
  if (from.id === receiver.id) return internalRoute(climb, from, origin[0]!, destination[0]!)
  const referrer = referrerOf(question, from, receiver)
  const legs = referrer
    ? [...climb, { from, to: referrer }, { from: referrer, to: receiver }]
    : [...climb, { from, to: receiver }]
  return sealedAtLast({ kind: 'official', legs, receiver })
}

/** The last letter is the one presented: a body without a seal cannot issue it. */
function sealedAtLast(route: Route): Route {
  const last = route.legs.at(-1)!.from
  if (!last.hasSeal)
    throw new Refusal('against-rule', 'transfer.no-seal-at-last', { facts: { organisation: last.name } })
  return route
}

function internalRoute(climb: readonly Leg[], committee: Place, origin: Place, destination: Place): Route {
  if (origin.id === destination.id) throw new Refusal('against-rule', 'transfer.same-cell')
  if (destination.id === committee.id || !canHoldMembers(destination))
    throw new Refusal('against-rule', 'transfer.choose-cell')
  return sealedAtLast({
    kind: 'internal',
    legs: [...climb, { from: committee, to: destination }],
    receiver: committee,
  })
}

/** Who refers beyond the grassroots organisation, or undefined when it refers by itself. */
function referrerOf(question: RouteQuestion, from: Place, receiver: Place): Place | undefined {
  const superior = aboveGrassroots(question.origin)
  const superiorThere = aboveGrassroots(question.destination)
  if (superior.tier === 'direct-superior') {
    // Inside the same direct-superior committee the grassroots committee refers by itself [I].
    return superior.id === superiorThere.id ? undefined : superior
  }
  // Directly under the province: Ban Tổ chức tỉnh ủy refers [C]; inside one province a setting may let the committee do it [I].
  if (superior.id === superiorThere.id && question.withinProvince === 'direct') return undefined
  if (!question.commission) {
    throw new Refusal('against-rule', 'transfer.no-commission', {
      citation: AUTHORITY,
      facts: { organisation: superior.name, from: from.name, to: receiver.name },
    })
  }
  return question.commission
}

/**
 * Where the grassroots organisation stands in a chain: the outermost, because a commune that 208-QĐ/TW made one may still
 * have committees under it that the registry calls grassroots too. -1 when there is none.
 */
export function grassrootsIn(chain: Chain): number {
  return chain.findLastIndex((place) => place.tier === 'grassroots')
}

/** A cell (chi bộ); a grassroots cell (chi bộ cơ sở) is of the grassroots tier. */
export function canHoldMembers(place: Place): boolean {
  return place.tier === 'cell' || place.tier === 'grassroots'
}

function upToGrassroots(chain: Chain): Chain {
  const index = grassrootsIn(chain)
  if (index < 0) {
    throw new Refusal('against-rule', 'transfer.no-grassroots', {
      facts: { organisation: chain[0]?.name ?? '' },
    })
  }
  return chain.slice(0, index + 1)
}

function aboveGrassroots(chain: Chain): Place {
  const index = grassrootsIn(chain)
  const above = chain[index + 1]
  if (!above)
    throw new Refusal('against-rule', 'transfer.no-superior', {
      facts: { organisation: chain[index]?.name ?? '' },
    })
  return above
}

function refuseUnhandled(places: readonly Place[]): void {
  if (places.some((place) => place.armedForces)) throw new Refusal('against-rule', 'transfer.armed-forces')
  if (places.some((place) => place.abroad)) throw new Refusal('against-rule', 'transfer.abroad')
}
