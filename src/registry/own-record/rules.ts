/** Who does what with a reported error (domain G.4: member → cell → Building commission); pure. */
import { Refusal } from '../../kernel/refusal.ts'
import {
  BUILDING_HEAD,
  BUILDING_OFFICER,
  CELL_DEPUTY_SECRETARY,
  CELL_SECRETARY,
  COMMITTEE_DEPUTY_SECRETARY,
  COMMITTEE_SECRETARY,
  COMMITTEE_STANDING_DEPUTY,
} from '../offices/positions.ts'

/** cell: compares the papers it keeps. building: decides, and writes the fact. */
export type Stage = 'cell' | 'building'

/** What the cell says when it passes a request on. */
export const VERDICTS = ['as-papers', 'unclear'] as const
export type Verdict = (typeof VERDICTS)[number]

export const CELL_LOOKS: readonly string[] = [CELL_SECRETARY, CELL_DEPUTY_SECRETARY]
export const BUILDING_DECIDES: readonly string[] = [BUILDING_HEAD, BUILDING_OFFICER]
/** Where a committee has no such commission, its leaders decide; they are told when the commission is late. */
export const LEADERS: readonly string[] = [
  COMMITTEE_SECRETARY,
  COMMITTEE_STANDING_DEPUTY,
  COMMITTEE_DEPUTY_SECRETARY,
]

/** Every office that may be asked. */
export const ANSWERING: readonly string[] = [...CELL_LOOKS, ...BUILDING_DECIDES, ...LEADERS]

const CONTACT: readonly string[] = [
  'phone',
  'residenceCountry',
  'residenceProvince',
  'residenceDetail',
  'residenceCommune',
]

/** Whether a cell may settle the field without asking above. */
export function cellSettles(field: string, setting: 'contact' | 'phone' | 'nothing'): boolean {
  return setting === 'phone' ? field === 'phone' : setting === 'contact' && CONTACT.includes(field)
}

export interface Turn {
  readonly memberId: string
  readonly stage: Stage | null
  readonly awaitedOrganisation: string | null
  readonly awaitedPositions: readonly string[]
}

/** Whose turn it is, in the hat worn; of one's own request it is never one's turn. */
export function isTurnOf(
  request: Turn,
  reader: { readonly memberId: string; readonly position: string; readonly organisationId: string },
): boolean {
  return (
    request.memberId !== reader.memberId &&
    request.awaitedOrganisation === reader.organisationId &&
    request.awaitedPositions.includes(reader.position)
  )
}

/**
 * What may be answered at a stage.
 *
 * @throws Refusal forbidden `correction.own-record`, `correction.not-your-turn`; against-rule
 *   `correction.decided-above` when a cell would write what is not for it to settle, `correction.passed-already` when
 *   the deciding office would pass it on
 */
export function mayAnswer(
  request: Turn & { readonly field: string },
  reader: { readonly memberId: string; readonly position: string; readonly organisationId: string },
  status: 'accepted' | 'declined' | 'passed-on',
  setting: 'contact' | 'phone' | 'nothing',
): void {
  if (request.memberId === reader.memberId) throw new Refusal('forbidden', 'correction.own-record')
  if (!isTurnOf(request, reader)) throw new Refusal('forbidden', 'correction.not-your-turn')
  if (status === 'accepted' && request.stage === 'cell' && !cellSettles(request.field, setting))
    throw new Refusal('against-rule', 'correction.decided-above')
  if (status === 'passed-on' && request.stage !== 'cell')
    throw new Refusal('against-rule', 'correction.passed-already')
}

/**
 * Taking back what one wrote: by whoever decided, while the days run.
 *
 * @throws Refusal forbidden `correction.own-record`, `correction.not-who-decided`; conflict `correction.not-written`,
 *   `correction.undone-already`; against-rule `correction.undo-too-late`
 */
export function mayUndo(
  decided: {
    readonly memberId: string
    readonly status: string
    readonly answeredBy: string | null
    readonly undone: boolean
    readonly undoUntil: Date | null
  },
  readerId: string,
  at: Date,
): void {
  if (decided.memberId === readerId) throw new Refusal('forbidden', 'correction.own-record')
  if (decided.status !== 'accepted') throw new Refusal('conflict', 'correction.not-written')
  if (decided.answeredBy !== readerId) throw new Refusal('forbidden', 'correction.not-who-decided')
  if (decided.undone) throw new Refusal('conflict', 'correction.undone-already')
  if (!decided.undoUntil || at > decided.undoUntil)
    throw new Refusal('against-rule', 'correction.undo-too-late')
}
