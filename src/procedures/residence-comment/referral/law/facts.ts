/** The facts a decision on a referral rests on beside its state. */
import type { Refusal } from '../../../../kernel/refusal.ts'
import type { Place } from '../../law/place.ts'

export interface Facts {
  readonly member: { readonly id: string; readonly standing: string } | undefined
  /** the grassroots organisation that counts the member today */
  readonly workplace: Place | undefined
  /** the commune that the command names, as it is today */
  readonly commune: Place | undefined
  /** the cell that the command names, with the commune it lies in */
  readonly cell: { readonly place: Place; readonly communeId: string | undefined } | undefined
  /** the member's current and pending referrals, without this one */
  readonly current: boolean
  readonly pending: boolean
  /** why who asks could not sign now; undefined also where nobody was asked to sign */
  readonly cannotSign: Refusal | undefined
  /** what a reorganisation left of its organisations */
  readonly now:
    | { readonly workplace: Place; readonly commune: Place | undefined; readonly cell: Place | undefined }
    | undefined
}

export const NOTHING: Facts = {
  member: undefined,
  workplace: undefined,
  commune: undefined,
  cell: undefined,
  current: false,
  pending: false,
  cannotSign: undefined,
  now: undefined,
}
