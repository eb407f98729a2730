/** The official transfer as the house sees it. */
import type { Procedure } from '../../kernel/procedure.ts'
import { awaited, parties } from './law/awaited.ts'
import { consequences } from './consequences.ts'
import { decide } from './law/decide.ts'
import type { Facts } from './law/facts.ts'
import { evolve } from './law/evolve.ts'
import { gather } from './gather.ts'
import type { PaperServices } from '../../papers/issue.ts'
import type { Web } from '../../web/web.ts'
import { maySee } from './readers.ts'
import type { Command, Event, Transfer } from './law/states.ts'
import { keep } from './store.ts'

export const OFFICIAL_TRANSFER = 'official-transfer'

export type OfficialTransfer = Procedure<Transfer, Command, Event, Facts>

/** What its commands work with; `feesOf` and `readers` where somebody may sign or submit: jobs and reorganisations do neither. */
export type TransferServices = PaperServices & Partial<Pick<Web, 'feesOf' | 'readers'>>

export function officialTransfer(services: TransferServices): OfficialTransfer {
  return {
    name: OFFICIAL_TRANSFER,
    drafting: ['save-draft', 'attach-file', 'detach-file'],
    gather: (write, transfer, command, context) => gather(write, transfer, command, context, services),
    decide,
    evolve,
    awaited,
    parties,
    maySee,
    subjectOf: (transfer) => transfer.memberId,
    keep,
    consequences: (write, happened, context) => consequences(write, services, happened, context),
  }
}
