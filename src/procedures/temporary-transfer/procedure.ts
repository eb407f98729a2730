/** The temporary transfer as the house sees it. */
import type { Procedure } from '../../kernel/procedure.ts'
import { consequences } from './consequences.ts'
import { gather } from './gather.ts'
import { awaited, parties } from './law/awaited.ts'
import { decide } from './law/decide.ts'
import { evolve } from './law/evolve.ts'
import type { Facts } from './law/facts.ts'
import type { Command, Event, Stay } from './law/states.ts'
import type { StayPaperServices } from './papers/papers.ts'
import { maySee } from './readers.ts'
import { keep } from './store.ts'
import { TEMPORARY_TRANSFER } from './tasks.ts'

export type TemporaryTransfer = Procedure<Stay, Command, Event, Facts>

export function temporaryTransfer(services: StayPaperServices): TemporaryTransfer {
  return {
    name: TEMPORARY_TRANSFER,
    drafting: ['save-draft', 'attach-file', 'detach-file'],
    gather: (write, stay, command, context) => gather(write, stay, command, context, services.feesOf),
    decide,
    evolve,
    awaited,
    parties,
    maySee,
    subjectOf: (stay) => stay.memberId,
    keep,
    consequences: (write, happened, context) => consequences(write, services, happened, context),
  }
}
