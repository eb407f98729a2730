/** What a reader may do with a refund now, and why what waits is not theirs: asked of the same rules that decide. */
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { refusalOf } from '../../../kernel/refusal.ts'
import type { Asker } from '../law/ordering.ts'
import {
  requireApprovable,
  requireCheckable,
  requireClosable,
  requirePayable,
  requireRefusable,
  requireTargetsOpen,
  requireWithdrawable,
  type RefundAct,
} from '../law/refunds.ts'
import type { Refund } from './refunds.ts'

export interface Reader {
  readonly asker: Asker
  /** the payer, also where somebody acts for the payer, or the officer */
  readonly as: string
  /** who reads, for whom, and who is linked with them by a delegation */
  readonly people: readonly string[]
  readonly today: PlainDate
}

export interface Acts {
  readonly may: readonly RefundAct[]
  /** the refusal's code where a correction's lines cannot be paid any more, or those who handle fees wait for others */
  readonly kept: string | undefined
}

export function actsFor(refund: Refund, { asker, as, people, today }: Reader): Acts {
  const ofParty: readonly (readonly [RefundAct, () => void])[] = [
    ['withdraw', () => requireWithdrawable(refund, as)],
    ['close', () => requireClosable(refund, as)],
  ]
  const asks =
    asker.kind === 'own' ? ofParty : [...ofHandlers(refund, asker.organisationId, people, today), ...ofParty]
  const refused = new Map(asks.map(([act, ask]) => [act, refusalOf(ask)?.code]))
  const deciding = (['check', 'approve', 'pay-out'] as const).map((act) => refused.get(act))
  const may = asks.map(([act]) => act).filter((act) => refused.get(act) === undefined)
  const kept = deciding.find((code) => code !== undefined && code !== 'party-fees.refund-moved-on')
  const gone = may.includes('withdraw') ? refusalOf(() => requireTargetsOpen(refund))?.code : undefined
  return { may, kept: gone ?? kept }
}

function ofHandlers(
  refund: Refund,
  organisationId: string,
  people: readonly string[],
  today: PlainDate,
): readonly (readonly [RefundAct, () => void])[] {
  return [
    ['check', () => requireCheckable(refund, { people, holderReason: '…' })],
    ['approve', () => requireApprovable(refund, people)],
    [
      'pay-out',
      () => requirePayable({ ...refund, approvedOn: null }, { people, organisationId, on: today, today }),
    ],
    ['refuse', () => requireRefusable(refund, people)],
  ]
}
