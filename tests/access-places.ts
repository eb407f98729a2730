/** Places, offices and people of the matrix of access, and the things it asks for: words for its rules, its trials and its world. */

/** Offices as they are found in a cell, in a committee and in a commission. */
const OF_CELL = ['cell-secretary', 'cell-deputy-secretary'] as const
const OF_COMMITTEE = [
  'committee-secretary',
  'committee-standing-deputy',
  'building-head',
  'building-officer',
  'office-chief',
  'office-clerk',
  'inspection-chair',
  'system-administrator',
] as const
const OF_COMMISSION = ['commission-head', 'commission-officer', 'commission-clerk'] as const

/** Every place of the world with the one above it; the registry is told the same. */
export const ABOVE = {
  city: null,
  commission: 'city',
  ward: 'city',
  cell: 'ward',
  neighbour: 'ward',
  otherWard: 'city',
  otherCell: 'otherWard',
  thirdWard: 'city',
  province: null,
  foreignWard: 'province',
  foreignCell: 'foreignWard',
  farProvince: null,
  farWard: 'farProvince',
  farCell: 'farWard',
} as const satisfies Record<string, string | null>

export type PlaceName = keyof typeof ABOVE

/** A place with everything above it, itself first. */
export function chainOf(place: PlaceName): PlaceName[] {
  const above: PlaceName | null = ABOVE[place]
  return above === null ? [place] : [place, ...chainOf(above)]
}

/** Who sits where: every office in every relation to the ward and its cell; at a transfer's other end, some of each. */
export const SEATS: readonly (readonly [PlaceName, readonly string[]])[] = [
  ['city', OF_COMMITTEE],
  ['commission', OF_COMMISSION],
  ['ward', OF_COMMITTEE],
  ['cell', OF_CELL],
  ['neighbour', OF_CELL],
  ['thirdWard', OF_COMMITTEE],
  ['province', ['committee-secretary', 'office-clerk', 'system-administrator']],
  ['foreignWard', ['committee-standing-deputy', 'building-officer', 'inspection-chair']],
  ['foreignCell', ['cell-secretary']],
  ['otherCell', ['cell-secretary']],
  ['farWard', OF_COMMITTEE],
  ['farCell', OF_CELL],
]

/** Somebody who asks. */
export interface Asker {
  /** 'nobody', 'member' or a position */
  readonly role: string
  /** where the hat is worn; null for nobody */
  readonly place: PlaceName | null
  readonly memberId: string
  /** set for who acts under a delegation, of an office or of a member's own affairs */
  readonly deputy?: { readonly of: string; readonly covers: boolean }
  /** the office or delegation of this session has ended: what is left is the member's own hat */
  readonly former?: boolean
  readonly cookies: Readonly<Record<string, string>>
  readonly csrf: string
  /** as tables and messages call this asker */
  readonly name: string
}

/** A dossier with what the rule must know of it: whose it is, where it comes from and goes to, whom it passes. */
export interface DossierThing {
  readonly id: string
  readonly memberId: string
  readonly draft: boolean
  readonly origin: PlaceName
  readonly destination: PlaceName | null
  readonly way: readonly PlaceName[]
  /** of a procedure that no delegation of this world covers */
  readonly undelegated?: true
}

/** One thing of every kind. */
export interface Things {
  readonly places: Readonly<Record<PlaceName, string>>
  readonly dossiers: Readonly<Record<'main' | 'received' | 'draft' | 'completed', DossierThing>>
  /** a temporary stay under way, with its file and its paper, and a draft of one */
  readonly stays: {
    readonly main: DossierThing
    readonly draft: DossierThing
    readonly fileId: string
    readonly paperId: string
  }
  readonly subject: { readonly memberId: string; readonly place: PlaceName }
  /** of a member of the cell who lives in the other ward: referred and accepted there, and asked about */
  readonly residence: { readonly comment: DossierThing; readonly referral: DossierThing }
  readonly held: {
    readonly memberId: string
    readonly holdId: string
    readonly otherHoldId: string
    readonly place: PlaceName
  }
  readonly organisation: { readonly id: string; readonly code: string; readonly place: PlaceName }
  readonly office: { readonly id: string; readonly memberId: string }
  readonly files: { readonly own: string; readonly foreign: string }
  readonly papers: { readonly own: string; readonly foreign: string }
  /** the number of `main` */
  readonly dossierNumber: string
  readonly correctionId: string
  /** a draft of the ward's */
  readonly planId: string
  /** minutes between the cell and its neighbour, of the ward's plan */
  readonly handOverId: string
  /** the subject's, waiting for the cell */
  readonly feeDeclarationId: string
  /** handed up to the ward */
  readonly feeReliefId: string
  /** the cell's to the ward, moved back: no step of it does anything more; and what the ward paid down to the cell */
  readonly feeRemittanceId: string
  readonly feeDrawingId: string
  /** asked of the ward's building commission */
  readonly questionId: string
  /** of the subject, collected by the cell: a line and an order that are open, and cash the cell’s secretary took to-day */
  readonly fees: {
    readonly line: string
    readonly orderId: string
    readonly paymentId: string
    readonly accountId: string
    readonly bankLineId: string
    readonly fileId: string
    readonly otherFileId: string
    /** other cash of the subject’s, asked back */
    readonly refundId: string
    /** declared by the cell’s secretary, not verified yet */
    readonly waitingAccount: string
  }
  readonly imports: { readonly attempt: string; readonly run: string; readonly place: PlaceName }
  /** all of these are the subject's own; the delegate may lay the delegation down too */
  readonly own: {
    readonly session: string
    readonly notice: string
    readonly delegation: string
    readonly passkey: string
    readonly queued: string
    readonly delegate: string
  }
}
