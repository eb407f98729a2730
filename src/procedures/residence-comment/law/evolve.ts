/** What a comment is after one more event: folding all of them gives the stored state. */
import { losesCell, written } from './rules.ts'
import type { Comment, Event, EventType, Status } from './states.ts'

type Step<T extends EventType> = (comment: Comment, event: Extract<Event, { type: T }>, at: string) => Comment

/** Pure; an event that cannot follow is a defect. */
export function evolve(comment: Comment | undefined, event: Event, at: Date): Comment {
  if (event.type === 'comment-requested') return requested(event, at.toISOString())
  if (!comment) throw new Error(`${event.type} on no comment`)
  return (STEPS[event.type] as Step<EventType>)(comment, event, at.toISOString())
}

function requested(
  { type: _type, ...event }: Extract<Event, { type: 'comment-requested' }>,
  at: string,
): Comment {
  return {
    ...event,
    status: 'requested',
    requestedAt: at,
    communeActs: false,
    draft: { ticks: {}, freeText: '' },
    escalated: [],
  }
}

/** The turn goes on: what was late before is told of no more. */
const turn = (comment: Comment, status: Status, dueAt: string | null): Comment => ({
  ...comment,
  status,
  dueAt,
  escalated: [],
})

const STEPS: { [T in Exclude<EventType, 'comment-requested'>]: Step<T> } = {
  'comment-routed': (
    { lastReason: _reason, lastGround: _ground, ...comment },
    { cell, communeActs, dueAt },
  ) => ({
    ...turn(comment, comment.status === 'drafted' ? 'drafted' : 'with-cell', dueAt),
    cell,
    communeActs,
  }),
  'draft-saved': (comment, event) => ({
    ...comment,
    status: event.complete ? 'drafted' : 'with-cell',
    draft: written(comment.draft, event),
  }),
  'comment-signed': ({ lastReason: _reason, ...comment }, { act, dueAt }) => ({
    ...turn(comment, 'cell-signed', dueAt),
    cellSigned: act,
  }),
  'comment-returned-to-cell': ({ cellSigned: _signed, ...comment }, { reason, communeActs, dueAt }) => ({
    ...turn(comment, 'drafted', dueAt),
    communeActs,
    lastReason: reason,
  }),
  'comment-confirmed': (comment, { act }) => ({ ...turn(comment, 'sealing', null), confirmed: act }),
  'comment-sealed': ({ sealFailure: _failure, ...comment }, { paperId, dueAt }, at) => ({
    ...turn(comment, 'returned-to-workplace', dueAt),
    paperId,
    sealedAt: at,
  }),
  'sealing-failed': (comment, { failure }) => ({
    ...turn(comment, 'sealing-failed', null),
    sealFailure: failure,
  }),
  'sealing-retried': ({ sealFailure: _failure, ...comment }) => turn(comment, 'sealing', null),
  'comment-sent-back': ({ cellSigned: _signed, ...comment }, { ground, reason, dueAt }) => ({
    ...turn(comment, 'sent-back', dueAt),
    lastGround: ground,
    lastReason: reason,
  }),
  'comment-asked-again': ({ cell: _cell, ...comment }, { referralId, commune, exempt, dueAt }) => ({
    ...turn(comment, 'requested', dueAt),
    referralId,
    commune,
    exempt,
    communeActs: false,
    draft: { ticks: {}, freeText: '' },
  }),
  'comment-filed': (comment, { act }) => ({ ...turn(comment, 'filed', null), filed: act }),
  'comment-cancelled': (comment, { reason }) => ({ ...turn(comment, 'cancelled', null), lastReason: reason }),
  'comment-escalated': (comment, { level }, at) => ({
    ...comment,
    escalated: [...comment.escalated, { level, at }],
  }),
  'member-followed': (comment, { workplace, dueAt }) => ({ ...comment, workplace, dueAt }),
  'reorganisation-followed': (
    { cell: _cell, ...comment },
    { workplace, commune, cell, communeActs, dueAt },
  ) => ({
    // What was drafted stays; the commune's time begins anew.
    ...(losesCell(comment, cell) ? turn(comment, 'requested', dueAt) : comment),
    workplace,
    commune,
    communeActs,
    ...(cell ? { cell } : {}),
  }),
}
