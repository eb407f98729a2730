/** A well-formed example of each command, to ask the rules about it without acting: only what they say of it counts. */
import type { Command, CommandType, Comment } from './states.ts'

type Asked = Exclude<CommandType, 'request'>

export const SAMPLES: { [T in Asked]: (comment: Comment) => Extract<Command, { type: T }> } = {
  route: () => ({ type: 'route', cellId: 'x' }),
  'save-draft': () => ({ type: 'save-draft' }),
  sign: () => ({ type: 'sign' }),
  'return-to-cell': () => ({ type: 'return-to-cell', reason: 'x' }),
  confirm: () => ({ type: 'confirm' }),
  'record-seal': () => ({ type: 'record-seal', paperId: 'x' }),
  'record-seal-failure': () => ({ type: 'record-seal-failure', failure: 'x' }),
  'retry-seal': () => ({ type: 'retry-seal' }),
  'send-back': () => ({ type: 'send-back', ground: 'other', reason: 'x' }),
  'ask-again': () => ({ type: 'ask-again' }),
  file: () => ({ type: 'file' }),
  cancel: () => ({ type: 'cancel', reason: 'x' }),
  'follow-member': () => ({ type: 'follow-member' }),
  escalate: () => ({ type: 'escalate', level: 'commune' }),
  'follow-reorganisation': () => ({ type: 'follow-reorganisation' }),
}
