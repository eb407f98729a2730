/** The facts a decision on a comment rests on beside its state: everything the pure rules could not ask for themselves. */
import type { Refusal } from '../../../kernel/refusal.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import type { Place } from './place.ts'
import type { ProvinceSeason } from './season.ts'

/** One residence of the member, as its referral tells it. */
export interface Residence {
  readonly referralId: string
  readonly commune: Place
  /** absent while the commune has to choose one anew */
  readonly cell?: Place
  readonly exempt: boolean
  readonly acceptedOn: PlainDate
  /** the first day no longer there; null: still */
  readonly closedOn: PlainDate | null
}

/** What `gather.ts` loads in the command's transaction. */
export interface Facts {
  readonly member: { readonly id: string; readonly standing: string } | undefined
  /** the grassroots organisation that counts the member today; undefined for one on the way or counted nowhere */
  readonly workplace: Place | undefined
  /** the member was counted below the asker's organisation before */
  readonly wasHere: boolean
  /** accepted referrals, also those closed since */
  readonly residences: readonly Residence[]
  /** a referral waits for the commune */
  readonly referralPending: boolean
  /** recorded as one who is not referred at all (33-HD/BTCTW 1.2) */
  readonly notReferred: boolean
  /** the last comment of this member, year and purpose that was not cancelled */
  readonly last: { readonly id: string; readonly filed: boolean } | undefined
  /** the cell the command brings the comment to, with the commune it lies in; undefined where it is not there */
  readonly cell: { readonly place: Place; readonly communeId: string | undefined } | undefined
  /** somebody in that cell could sign who is not the member */
  readonly othersCanSign: boolean
  readonly province: ProvinceSeason | undefined
  /** why who asks could not sign now; undefined also where nobody was asked to sign */
  readonly cannotSign: Refusal | undefined
  /** what a reorganisation left: those there today */
  readonly now:
    { readonly workplace: Place; readonly commune: Place; readonly cell: Place | undefined } | undefined
}

export const NOTHING: Facts = {
  member: undefined,
  workplace: undefined,
  wasHere: false,
  residences: [],
  referralPending: false,
  notReferred: false,
  last: undefined,
  cell: undefined,
  othersCanSign: false,
  province: undefined,
  cannotSign: undefined,
  now: undefined,
}
