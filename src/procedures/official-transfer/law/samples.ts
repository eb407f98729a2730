/** A well-formed example of each command, to ask the rules about it without acting: only what they say of it counts. */
import type { Context } from '../../../kernel/procedure.ts'
import { monthOf } from '../../../kernel/plain-date.ts'
import type { Command, CommandType, Transfer } from './states.ts'

type Sample<T extends CommandType> = (transfer: Transfer, context: Context) => Extract<Command, { type: T }>

const because = 'x'

export const SAMPLES: { [T in CommandType]: Sample<T> } = {
  'save-draft': () => ({ type: 'save-draft', answers: {} }),
  'attach-file': (transfer) => ({
    type: 'attach-file',
    file: {
      id: because,
      role: transfer.status === 'papers-lost' ? 'police-confirmation' : 'decision',
      name: because,
      sha256: because,
      pages: null,
    },
  }),
  'detach-file': (transfer) => ({ type: 'detach-file', fileId: transfer.files[0]?.id ?? '' }),
  submit: () => ({ type: 'submit', declared: true }),
  withdraw: () => ({ type: 'withdraw', reason: because }),
  'accept-intake': () => ({ type: 'accept-intake' }),
  'extend-intake': () => ({ type: 'extend-intake', reason: because }),
  'ask-supplement': () => ({ type: 'ask-supplement', items: [because], overrideReason: because }),
  'answer-supplement': () => ({ type: 'answer-supplement', note: because }),
  'remind-supplement': () => ({ type: 'remind-supplement' }),
  'close-unanswered': () => ({ type: 'close-unanswered', reason: because }),
  block: (transfer) => ({ type: 'block', holdId: transfer.block?.holdId ?? '' }),
  'lift-block': (transfer) => ({ type: 'lift-block', holdId: transfer.block?.holdId ?? '' }),
  'sign-referral': (_transfer, { today }) => ({
    type: 'sign-referral',
    cellReview: { meetingOn: today, comment: because, feesPaidThrough: monthOf(today) },
    committeeComment: because,
    supplementUpToDate: true,
  }),
  'take-number': () => ({ type: 'take-number' }),
  'record-seal': (transfer) => ({ type: 'record-seal', hop: transfer.hop }),
  'record-seal-failure': (transfer) => ({ type: 'record-seal-failure', hop: transfer.hop, failure: because }),
  'retry-seal': () => ({ type: 'retry-seal' }),
  return: () => ({ type: 'return', reason: because }),
  refuse: () => ({ type: 'refuse', reason: because }),
  'hand-over-file': (_transfer, { today }) => ({
    type: 'hand-over-file',
    sealNumber: because,
    handedOn: today,
  }),
  'note-overdue': () => ({ type: 'note-overdue' }),
  'explain-lateness': () => ({ type: 'explain-lateness', explanation: because }),
  'report-lost': () => ({ type: 'report-lost', account: because }),
  reissue: () => ({ type: 'reissue', reason: because }),
  'void-referral': () => ({ type: 'void-referral', reason: because }),
  revert: () => ({ type: 'revert', reason: because, decisionNumber: because }),
  receive: (_transfer, { today }) => ({
    type: 'receive',
    receivedOn: today,
    explanation: because,
    exception: because,
  }),
  'assign-cell': () => ({ type: 'assign-cell', cellId: because }),
  'return-from-destination': () => ({ type: 'return-from-destination', reason: because }),
  admit: (_transfer, { today }) => ({ type: 'admit', meetingOn: today }),
  'follow-reorganisation': () => ({ type: 'follow-reorganisation' }),
}
