/** The facts a decision rests on beside the state: everything the pure rules could not ask for themselves. */
import type { PlainMonth } from '../../../kernel/plain-date.ts'
import type { Chain, Place } from './route.ts'
import type { Heirs, Transfer } from './states.ts'

/** What the rules must know beside the state; `gather.ts` loads it in the command's transaction. */
export interface Facts {
  /** the member the dossier is about, as the registry has it today; undefined when it has none */
  readonly member:
    { readonly id: string; readonly type: Transfer['memberType']; readonly standing: string } | undefined
  /** the chain from the member's cell to the province, today */
  readonly origin: Chain
  /** the chain from the chosen destination upward; empty when none was chosen or it does not exist today */
  readonly destination: Chain
  readonly commission: Place | undefined
  /** who took over from organisations of the dossier that are no longer there, for each side of the way, by their ids */
  readonly heirs?: { readonly origin: Heirs; readonly destination: Heirs }
  /** an organisation named by the command itself: the cell to assign */
  readonly cell: { readonly place: Place; readonly chain: Chain } | undefined
  /** the committee above the cell that the command is about, when nobody but the member and who filed it could act there */
  readonly standIn: Place | undefined
  readonly holds: readonly {
    readonly id: string
    readonly kind: string
    /** the organisation whose inspection set it, where known */
    readonly setIn?: string | null
  }[]
  readonly otherOpen: boolean
  /** what the technical check found wrong in the attached files: codes */
  readonly defects: readonly string[]
  /** ids made up for what this command creates */
  readonly paperIds: readonly string[]
  /** the number taken for a letter, when the command needs one */
  readonly number: { readonly number: number; readonly symbol: string } | undefined
  /** what the books say of the member's fees; undefined where they know nothing of them */
  readonly fees: KnownFees | undefined
}

export interface KnownFees {
  readonly paidThrough: PlainMonth
  readonly open: readonly { readonly month: PlainMonth; readonly amountVnd: number }[]
}
