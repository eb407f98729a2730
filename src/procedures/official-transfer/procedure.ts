/** The official transfer as the house sees it. */
import type { Procedure } from '../../kernel/procedure.ts'
import { awaited, parties } from './awaited.ts'
import { consequences } from './consequences.ts'
import { decide, type Facts } from './decide.ts'
import { evolve } from './evolve.ts'
import { gather } from './gather.ts'
import type { PaperServices } from './papers.ts'
import type { Command, Event, Transfer } from './states.ts'
import { keep } from './store.ts'

export const OFFICIAL_TRANSFER = 'official-transfer'

export type OfficialTransfer = Procedure<Transfer, Command, Event, Facts>

export function officialTransfer(services: PaperServices): OfficialTransfer {
  return {
    name: OFFICIAL_TRANSFER,
    gather,
    decide,
    evolve,
    awaited,
    parties,
    subjectOf: (transfer) => transfer.memberId,
    keep,
    consequences: (write, happened, context) => consequences(write, services, happened, context),
  }
}
