/** What the dossier's page shows beside the view itself: actions, forms half-filled, a refusal in words; plain values only. */
import type { Language, PlainDate } from '../../kernel/plain-date.ts'
import type { ErrorItem } from '../../ui/error-summary.tsx'
import type { DeadlineProps } from '../../ui/pill.tsx'
import type { TimelineStep } from '../../ui/timeline.tsx'
import type { FeeStanding } from '../../web/introductions.ts'
import type { DraftFields } from '../../web/form-drafts.ts'
import type { TransferView } from './contract.ts'
import type { Queueing, WaitingHere } from '../../web/queueing.ts'
import type { Status } from './law/states.ts'
import { TRANSFER_TEXTS, type ShownCommand } from './texts.ts'

/** Something this reader could ask, or why not. */
export interface ShownAction {
  readonly command: ShownCommand
  /** signing: the reader has to confirm with VNeID first */
  readonly needsFreshSignIn: boolean
  readonly refused?: { readonly title: string; readonly what: string; readonly citation: string | null }
}

/** A form that was refused, to be shown again with what was written. */
export interface RefusedForm {
  readonly command: string
  readonly title: string
  readonly what: string
  readonly why: string
  readonly citation?: string | undefined
  readonly mend: string
  readonly errors: readonly ErrorItem[]
  /** only the sign-in is too old: what was written is kept, the reader confirms and comes back */
  readonly stale: boolean
  /** what others did meanwhile, when the dossier had moved on */
  readonly since: readonly TimelineStep[]
}

/** Organisations to choose among, found by what was typed. */
export interface Choices {
  readonly query: string
  readonly found: readonly { readonly id: string; readonly name: string; readonly about?: string }[]
  /** matching but not listed */
  readonly more: number
}

export interface DossierPage {
  readonly view: TransferView
  readonly language: Language
  readonly csrf: string
  readonly today: PlainDate
  /** a fresh id for each form on the page */
  readonly commandIdOf: (command: string) => string
  readonly actions: readonly ShownAction[]
  readonly steps: readonly TimelineStep[]
  readonly deadline?: DeadlineProps | undefined
  /** the form that is open */
  readonly doing?: ShownCommand | undefined
  /** the command just done, for the banner */
  readonly done?: ShownCommand | undefined
  readonly written: Readonly<Record<string, DraftFields>>
  readonly refused?: RefusedForm | undefined
  readonly choices?: Choices | undefined
  /** what the books say of the member's fees, where the cell is about to state it */
  readonly fees?: FeeStanding | undefined
  /** where the reader may look at them one by one */
  readonly feesHref?: string | undefined
  /** days in words, made where the calendar is known */
  readonly presentBy?: string | undefined
  /** acts wait for level 2 now; undefined: they are done at once */
  readonly queueing?: Queueing | undefined
  /** the reader's own act that waits on this dossier, and whether it was queued just now */
  readonly waiting?: WaitingHere | undefined
  readonly justQueued: boolean
  /** when VNeID did not answer while the dossier was open, in words */
  readonly outages: readonly string[]
  /** inspectors: the page of the member's holds */
  readonly holdsHref?: string | undefined
}

/** What leads at each step: the main action first, then the other one; the rest is rarer. */
const LEADING: Readonly<Record<Status, readonly ShownCommand[]>> = {
  draft: [],
  'technically-rejected': [],
  received: ['accept-intake', 'ask-supplement'],
  'supplement-requested': [],
  blocked: [],
  returned: [],
  'cell-review': ['sign-referral', 'return'],
  'committee-review': ['sign-referral', 'return'],
  numbering: ['take-number', 'return'],
  sealing: [],
  'sealing-failed': ['retry-seal', 'return'],
  referred: ['hand-over-file'],
  'in-transit': ['receive'],
  'papers-lost': ['reissue'],
  'at-destination': ['assign-cell', 'return-from-destination'],
  'cell-admission': ['admit', 'return-from-destination'],
  'destination-returned': ['void-referral', 'receive'],
  completed: [],
  withdrawn: [],
  refused: [],
  'closed-unanswered': [],
  reverted: [],
}

export interface SortedActions {
  readonly main?: ShownAction | undefined
  readonly other?: ShownAction | undefined
  readonly rarer: readonly ShownAction[]
  /** shown switched off, with the reason */
  readonly refused: readonly ShownAction[]
}

/** These turn a dossier back: never what its page leads with, also where the way on is somebody else's. */
const WAYS_BACK: ReadonlySet<ShownCommand> = new Set(['ask-supplement', 'return', 'return-from-destination'])

/** The one main action, one other, and the rest. */
export function sortActions(view: TransferView, actions: readonly ShownAction[]): SortedActions {
  const able = actions.filter((action) => !action.refused)
  const overdueMember = view.presentationOverdue && view.latenessExplained === null && view.member.mine
  const leading = overdueMember ? (['explain-lateness'] as const) : LEADING[view.status as Status]
  const led = leading.flatMap((command) => able.find((action) => action.command === command) ?? [])
  const main = led.find(({ command }) => !WAYS_BACK.has(command))
  const other = led.find((action) => action !== main)
  return {
    main,
    other,
    rarer: able.filter((action) => action !== main && action !== other),
    refused: actions.filter((action) => action.refused),
  }
}

/** Commands whose form has nothing to fill in: their button stands where the others open a form. */
export const WITHOUT_FIELDS: ReadonlySet<ShownCommand> = new Set([
  'accept-intake',
  'take-number',
  'retry-seal',
])

/** True when signing here needs words first: the cell's comment, or the grassroots committee's. */
export function needsComment(view: TransferView): 'cell' | 'committee' | 'grassroots-cell' | undefined {
  const hop = view.hops.find((each) => each.standing === 'now')
  if (!hop) return undefined
  const ofCell = hop.from.id === view.origin.cell.id
  const ofCommittee = hop.from.id === view.origin.committee?.id
  if (ofCell) return ofCommittee ? 'grassroots-cell' : 'cell'
  return ofCommittee ? 'committee' : undefined
}

/** True for a command this page knows how to ask. */
export function isShown(command: unknown): command is ShownCommand {
  return typeof command === 'string' && Object.hasOwn(TRANSFER_TEXTS.vi.commands, command)
}
