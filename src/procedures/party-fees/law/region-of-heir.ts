/** The region of the minimum wage of an organisation that took over from others: theirs where they agree, else one for the time being. */
import { REGIONS, type Region } from './tariff.ts'

export interface RegionOfHeir {
  readonly region: Region
  /** those that became one lay in several: somebody is asked which it is */
  readonly provisional: boolean
}

/**
 * Undefined where nothing need be said: it has the region they agree on, or none of them had any.
 *
 * Until it is said, one that was there before keeps its own, and a new one has the lowest wage among them [I]: what is short can
 * be added as arrears, what is too much would have to be paid back.
 *
 * @param parts what went into it; null where none was ever said
 * @param before its own, where it was there before; null there too
 * @param now what it has by its place today
 */
export function regionOfHeir(
  parts: readonly (Region | null)[],
  before: Region | null | undefined,
  now: Region | null,
): RegionOfHeir | undefined {
  const all = before === undefined ? parts : [...parts, before]
  const known = all.filter((region) => region !== null)
  const lowest = REGIONS.toReversed().find((region) => known.includes(region))
  if (!lowest) return undefined
  if (known.length < all.length || new Set(known).size > 1)
    return { region: before ?? lowest, provisional: true }
  return now === lowest ? undefined : { region: lowest, provisional: false }
}
