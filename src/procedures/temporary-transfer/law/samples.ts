/** A well-formed example of each command, to ask the rules about it without acting: only what they say of it counts. */
import { addDays, monthOf } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { yearOf } from '../../../kernel/plain-date.ts'
import type { Command, CommandType, Stay } from './states.ts'

type Sample<T extends CommandType> = (stay: Stay, context: Context) => Extract<Command, { type: T }>

const because = 'x'

export const SAMPLES: { [T in CommandType]: Sample<T> } = {
  'save-draft': () => ({ type: 'save-draft', answers: {} }),
  'attach-file': () => ({
    type: 'attach-file',
    file: { id: because, role: 'decision', name: because, sha256: because, pages: null },
  }),
  'detach-file': ({ files }) => ({ type: 'detach-file', fileId: files[0]?.id ?? '' }),
  submit: () => ({ type: 'submit', declared: true }),
  withdraw: () => ({ type: 'withdraw', reason: because }),
  'send-back': () => ({ type: 'send-back', reason: because }),
  refuse: () => ({ type: 'refuse', reason: because }),
  comment: (_stay, { today }) => ({
    type: 'comment',
    meetingOn: today,
    comment: because,
    feesPaidThrough: monthOf(today),
  }),
  'sign-referral': () => ({ type: 'sign-referral', committeeComment: because }),
  'take-number': () => ({ type: 'take-number' }),
  'record-seal': () => ({ type: 'record-seal' }),
  'record-seal-failure': () => ({ type: 'record-seal-failure', failure: because }),
  'retry-seal': () => ({ type: 'retry-seal' }),
  'assign-cell': () => ({ type: 'assign-cell', cellId: because }),
  decline: () => ({ type: 'decline', reason: because }),
  admit: (_stay, { today }) => ({ type: 'admit', meetingOn: today }),
  'ask-extension': ({ until }, { today }) => ({
    type: 'ask-extension',
    until: addDays(until ?? today, 1),
    reason: because,
  }),
  'grant-extension': () => ({ type: 'grant-extension' }),
  'refuse-extension': () => ({ type: 'refuse-extension', reason: because }),
  'write-return': (_stay, { today }) => ({
    type: 'write-return',
    leftOn: today,
    comment: because,
    feesPaidThrough: monthOf(today),
  }),
  'record-return': () => ({ type: 'record-return' }),
  recall: () => ({ type: 'recall', reason: because }),
  'note-expired': () => ({ type: 'note-expired' }),
  convert: () => ({ type: 'convert', reason: because }),
  end: () => ({ type: 'end', ending: 'left', reason: because }),
  'ask-yearly-comment': (_stay, { today }) => ({ type: 'ask-yearly-comment', year: yearOf(today) }),
  'write-yearly-comment': () => ({
    type: 'write-yearly-comment',
    attendance: 'full',
    tasks: because,
    discipline: because,
    strengths: because,
    weaknesses: because,
    proposal: because,
  }),
  'follow-reorganisation': () => ({ type: 'follow-reorganisation' }),
}
