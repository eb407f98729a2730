/** What a decision on a temporary stay rests on beside its state; `gather.ts` loads it in the command's transaction. */
import type { KnownFees } from './fees.ts'
import type { Chain, Place } from './place.ts'
import type { Heirs, Stay } from './states.ts'

export interface Facts {
  /** the member as the registry has them today; undefined when it has none */
  readonly member:
    { readonly id: string; readonly type: Stay['memberType']; readonly standing: string } | undefined
  /** the chain from the member's cell to the province, today */
  readonly origin: Chain
  /** the chain from the chosen host upward; empty when none was chosen or it does not exist today */
  readonly host: Chain
  /** the cell that the command names, with its chain */
  readonly cell: { readonly place: Place; readonly chain: Chain } | undefined
  /** the cell this command brings the dossier to has nobody to act but the member and who filed it */
  readonly standIn: boolean
  readonly otherOpen: boolean
  /** an id made up for the paper this command creates */
  readonly paperId: string
  readonly number: { readonly number: number; readonly symbol: string } | undefined
  /** of a letter that states them; undefined where the books know nothing of the member's fees */
  readonly fees: KnownFees | undefined
  /** who took over from organisations of the stay that are no longer there, by their ids */
  readonly heirs: Heirs
  /** counted under another grassroots organisation than the one that lends the member out */
  readonly moved: boolean
  /** the host organisation, or its cell, is no longer there and nobody took over */
  readonly hostGone: boolean
}
