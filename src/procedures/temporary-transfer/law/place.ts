/** Organisations as the rules of a temporary stay see them. */

/** What a tier is under the rules of the day; from the registry's dated facts, never from a code's digits. */
export type Tier =
  'cell' | 'intermediate' | 'grassroots' | 'direct-superior' | 'province' | 'centre' | 'advisory'

export interface Place {
  readonly id: string
  readonly name: string
  readonly tier: Tier
  readonly hasSeal: boolean
}

/** A chain from an organisation up to the province: itself first. */
export type Chain = readonly Place[]

/** The grassroots organisation (tổ chức cơ sở đảng) of a chain; undefined where it has none. */
export function committeeOf(chain: Chain): Place | undefined {
  return chain.find((place) => place.tier === 'grassroots')
}
