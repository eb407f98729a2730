/** What the pages of a stay show beside the view itself: plain values only. */
import type { Language } from '../../kernel/plain-date.ts'
import type { ErrorItem } from '../../ui/error-summary.tsx'
import type { DeadlineProps } from '../../ui/pill.tsx'
import type { FeeStanding } from '../../web/introductions.ts'
import type { DraftFields } from '../../web/form-drafts.ts'
import type { Queueing, WaitingHere } from '../../web/queueing.ts'
import type { StayView } from './contract.ts'
import { STAY_REQUEST_TEXTS } from './request/texts.ts'
import { STAY_TEXTS, type ShownCommand } from './texts.ts'

/** Something this reader could ask, or why not. */
export interface ShownAction {
  readonly command: ShownCommand
  readonly needsFreshSignIn: boolean
  readonly refused?: { readonly what: string; readonly citation: string | null }
}

/** A form that was refused, to be shown again with what was written. */
export interface RefusedForm {
  readonly command: string
  readonly code: string
  readonly title: string
  readonly what: string
  readonly why: string
  readonly citation?: string | undefined
  readonly mend: string
  readonly errors: readonly ErrorItem[]
  readonly stale: boolean
}

export interface StayPage {
  readonly view: StayView
  readonly language: Language
  readonly csrf: string
  readonly commandId: string
  readonly actions: readonly ShownAction[]
  readonly deadline?: DeadlineProps | undefined
  readonly queueing?: Queueing | undefined
  /** the reader's own act that waits on this dossier, and whether it was queued just now */
  readonly waiting?: WaitingHere | undefined
  readonly justQueued: boolean
  readonly doing?: ShownCommand | undefined
  readonly done?: ShownCommand | 'submit' | undefined
  /** of a draft: the step to go on at */
  readonly goOnAt?: string | undefined
  /** what the open form comes filled in with */
  readonly known: DraftFields
  readonly written: DraftFields
  readonly refused?: RefusedForm | undefined
  /** where a letter states them: what the books say of the fees */
  readonly fees: FeeStanding | undefined
  /** cells to choose among */
  readonly cells: readonly { readonly id: string; readonly name: string }[]
}

export function isShown(command: string | undefined): command is ShownCommand {
  return command !== undefined && command in STAY_TEXTS.vi.commands
}

/** What an act is called where it waits or is listed. */
export function actTitle(command: string, language: Language): string {
  const words = STAY_TEXTS[language]
  return isShown(command)
    ? words.commands[command][0]
    : command === 'submit'
      ? STAY_REQUEST_TEXTS[language].send
      : command
}
