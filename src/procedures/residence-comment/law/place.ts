/** An organisation as the rules of the residence comment see it, and who acts in it. */

export type Tier =
  'cell' | 'intermediate' | 'grassroots' | 'direct-superior' | 'province' | 'centre' | 'advisory'

export interface Place {
  readonly id: string
  readonly name: string
  readonly tier: Tier
  readonly kind: string
  readonly hasSeal: boolean
}

/** A chain from an organisation up to the province: itself first. */
export type Chain = readonly Place[]

const CELL = ['cell-secretary', 'cell-deputy-secretary'] as const
const LEADERS = ['committee-secretary', 'committee-standing-deputy', 'committee-deputy-secretary'] as const
const BUILDING = ['building-head', 'building-officer'] as const

const isCell = (place: Place): boolean => place.tier === 'cell' || place.kind === 'grassroots-cell'

/** Who signs for a place (thay mặt chi bộ, đảng ủy): its secretary or a deputy. A cell without a committee has the secretary alone (7.9). */
export function signers(place: Place): readonly string[] {
  return isCell(place) ? CELL : LEADERS
}

/** Who prepares: drafts in a cell, checks and routes in a committee. */
export function preparers(place: Place): readonly string[] {
  return isCell(place) ? [...CELL, 'cell-committee-member'] : [...BUILDING, ...LEADERS]
}

/** Every position that signs somewhere. */
export const SIGNERS: readonly string[] = [...CELL, ...LEADERS]

/** Every position that prepares somewhere: others are kept out before anything is looked up. */
export const PREPARERS: readonly string[] = [...CELL, 'cell-committee-member', ...BUILDING, ...LEADERS]

/** The commission of a province that is told what stays unanswered (Ban Tổ chức tỉnh ủy, thành ủy). */
export const REPORTED_TO = ['commission-head', 'commission-deputy', 'commission-officer'] as const

/** The grassroots organisation of a member's chain: it refers members to the residence and asks for the comment (213-QĐ/TW, Điều 3). */
export function workplaceIn(chain: Chain): Place | undefined {
  return chain.find(({ tier }) => tier === 'grassroots')
}

/** The kind of organisation that leads where members live: xã, phường and đặc khu are one (data/administrative-units.csv). */
export const COMMUNE_KIND = 'commune'

/** The committee of the commune (xã, phường, đặc khu) in the chain of a residence cell. */
export function communeIn(chain: Chain): Place | undefined {
  return chain.find(({ kind }) => kind === COMMUNE_KIND)
}

export function provinceIn(chain: Chain): Place | undefined {
  return chain.find(({ kind }) => kind === 'province')
}
