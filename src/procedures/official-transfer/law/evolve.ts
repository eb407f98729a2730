/** What a transfer is after one more event: folding all of them gives the stored state. */
import { todayIn } from '../../../kernel/plain-date.ts'
import type { Place } from './route.ts'
import {
  heirOf,
  type Answers,
  type Hop,
  type Event,
  type EventType,
  type Status,
  type Transfer,
} from './states.ts'

type Step<T extends EventType> = (
  transfer: Transfer,
  event: Extract<Event, { type: T }>,
  at: string,
) => Transfer

/** Pure; an event that cannot follow is a defect. */
export function evolve(transfer: Transfer | undefined, event: Event, at: Date): Transfer {
  if (event.type === 'transfer-drafted') return drafted(event)
  if (!transfer) throw new Error(`${event.type} on no transfer`)
  return (STEPS[event.type] as Step<EventType>)(transfer, event, at.toISOString())
}

function drafted(event: Extract<Event, { type: 'transfer-drafted' }>): Transfer {
  return {
    status: 'draft',
    memberId: event.memberId,
    memberType: event.memberType,
    origin: event.origin,
    answers: {},
    files: [],
    dueAt: null,
    late: false,
    intakeExtended: false,
    hops: [],
    hop: 0,
    supplements: [],
    technicalDefects: [],
    voided: [],
    presentationOverdue: false,
    losses: 0,
  }
}

const STEPS: { [T in Exclude<EventType, 'transfer-drafted'>]: Step<T> } = {
  'draft-saved': (transfer, { answers }) => ({
    ...transfer,
    answers: withoutEmptied({ ...transfer.answers, ...answers }),
  }),
  'file-attached': (transfer, { file }) => ({ ...transfer, files: [...transfer.files, file] }),
  'file-detached': (transfer, { fileId }) => ({
    ...transfer,
    files: transfer.files.filter((file) => file.id !== fileId),
  }),
  'transfer-submitted': (transfer, { late, memberType, origin, destinationName, by, standIn }) => ({
    ...withStandIn(transfer, origin[0], standIn),
    late,
    memberType,
    origin,
    submittedBy: by,
    answers: { ...transfer.answers, destinationName, declared: true },
    technicalDefects: [],
  }),
  'transfer-technically-rejected': (transfer, { defects }) => ({
    ...transfer,
    status: 'technically-rejected',
    technicalDefects: defects,
    dueAt: null,
  }),
  'transfer-received': (transfer, { receivedAt, dueAt }) => ({
    ...transfer,
    status: 'received',
    receivedAt,
    startedOn: transfer.startedOn ?? todayIn(new Date(receivedAt)),
    dueAt,
    intakeExtended: false,
  }),
  'intake-extended': (transfer, { dueAt }) => ({ ...transfer, intakeExtended: true, dueAt }),
  'supplement-asked': (transfer, { supplement, dueAt }) => ({
    ...transfer,
    status: 'supplement-requested',
    resume: transfer.status,
    supplements: [...transfer.supplements, supplement],
    dueAt,
  }),
  'supplement-reminded': (transfer, { dueAt }, at) => ({
    ...withLastSupplement(transfer, { remindedAt: at }),
    dueAt,
  }),
  'supplement-answered': (transfer, { dueAt }, at) => ({
    ...without(withLastSupplement(transfer, { answeredAt: at }), 'resume'),
    status: known(transfer.resume),
    dueAt,
  }),
  'transfer-closed-unanswered': (transfer, { reason, voided }) =>
    closed(transfer, 'closed-unanswered', reason, voided),
  'intake-accepted': (transfer, { origin, route, standIn, dueAt }) => ({
    ...withStandIn(transfer, origin[0], standIn),
    status: 'cell-review',
    origin,
    route,
    hops: route.legs,
    hop: 0,
    dueAt,
  }),
  'transfer-blocked': (transfer, { holdId, blockedBy, minutesLeft, dueAt }, at) => ({
    ...transfer,
    status: 'blocked',
    block: { holdId, by: blockedBy, at, resume: transfer.status, minutesLeft },
    dueAt,
  }),
  'block-lifted': (transfer, { closableOn, dueAt }) => ({
    ...without(closableOn ? withLastSupplement(transfer, { closableOn }) : transfer, 'block'),
    status: known(transfer.block?.resume),
    dueAt,
  }),
  'referral-signed': signed,
  'number-taken': (transfer, { hop, numbered, dueAt }) => ({
    ...withHop(transfer, hop, { numbered }),
    status: 'sealing',
    dueAt,
  }),
  'referral-sealed': (transfer, { hop, dueAt }, at) => ({
    ...withHop(without(transfer, 'sealFailure'), hop, { sealedAt: at }),
    status: 'committee-review',
    hop: Math.min(hop + 1, transfer.hops.length - 1),
    dueAt,
  }),
  'sealing-failed': (transfer, { failure, dueAt }) => ({
    ...transfer,
    status: 'sealing-failed',
    sealFailure: failure,
    dueAt,
  }),
  'sealing-retried': (transfer, { dueAt }) => ({
    ...without(transfer, 'sealFailure'),
    status: 'sealing',
    dueAt,
  }),
  'transfer-returned': (transfer, { reason, toHop, voided, dueAt }) =>
    toHop === null
      ? {
          ...without(transfer, 'route'),
          status: 'returned',
          hops: [],
          hop: 0,
          lastReason: reason,
          voided: [...transfer.voided, ...voided],
          dueAt,
        }
      : { ...backTo(transfer, toHop), lastReason: reason, voided: [...transfer.voided, ...voided], dueAt },
  'transfer-refused': (transfer, { reason, voided }) => closed(transfer, 'refused', reason, voided),
  'transfer-withdrawn': (transfer, { reason, voided }) => closed(transfer, 'withdrawn', reason, voided),
  'transfer-referred': (transfer, { referredOn, presentBy, standIn, dueAt }) => ({
    ...(transfer.route!.kind === 'internal'
      ? withStandIn(transfer, transfer.route!.legs.at(-1)!.to, standIn)
      : transfer),
    status: transfer.route!.kind === 'internal' ? 'cell-admission' : 'referred',
    ...(transfer.route!.kind === 'internal' ? { destinationCell: transfer.route!.legs.at(-1)!.to } : {}),
    referredOn,
    presentBy,
    presentationOverdue: false,
    dueAt,
  }),
  'file-handed-over': (transfer, { custody, dueAt }) => ({
    ...transfer,
    status: 'in-transit',
    custody,
    dueAt,
  }),
  'presentation-overdue': (transfer) => ({ ...transfer, presentationOverdue: true }),
  'lateness-explained': (transfer, { explanation }) => ({ ...transfer, latenessExplained: explanation }),
  'papers-lost': (transfer, { account, dueAt }) => ({
    ...transfer,
    status: 'papers-lost',
    losses: transfer.losses + 1,
    lastReason: account,
    dueAt,
  }),
  'referral-voided': (transfer, event) => ({
    ...backTo(
      event.route ? { ...transfer, route: event.route, hops: event.route.legs } : transfer,
      event.toHop,
    ),
    answers:
      event.destinationId === undefined
        ? transfer.answers
        : {
            ...transfer.answers,
            destinationId: event.destinationId,
            destinationName: event.destinationName ?? '',
          },
    voided: [...transfer.voided, ...event.voided],
    lastReason: event.reason,
    dueAt: event.dueAt,
  }),
  'transfer-reverted': (transfer, { reason, voided }) => closed(transfer, 'reverted', reason, voided),
  'received-at-destination': (transfer, { custody, explanation, dueAt }) => ({
    ...transfer,
    status: 'at-destination',
    ...(custody ? { custody } : {}),
    ...(explanation ? { latenessExplained: explanation } : {}),
    dueAt,
  }),
  'cell-assigned': (transfer, { cell, standIn, dueAt }) => ({
    ...withStandIn(transfer, cell, standIn),
    status: 'cell-admission',
    destinationCell: cell,
    dueAt,
  }),
  'assignment-returned': (transfer, { reason, dueAt }) => ({
    ...without(transfer, 'destinationCell'),
    status: 'at-destination',
    lastReason: reason,
    dueAt,
  }),
  'destination-returned': (transfer, { reason, dueAt }) => ({
    ...transfer,
    status: 'destination-returned',
    lastReason: reason,
    dueAt,
  }),
  'reorganisation-followed': followed,
  'member-admitted': (transfer, { meetingOn, admittedOn, paperId }) => ({
    ...transfer,
    status: 'completed',
    admission: { meetingOn, admittedOn, paperId },
    dueAt: null,
  }),
}

/** What ended has an heir; the way from here on is the new one where it was asked for. */
function followed(transfer: Transfer, event: Extract<Event, { type: 'reorganisation-followed' }>): Transfer {
  const { origin, heirs, destinationId, destinationName, destinationCell, blockedBy, receiver } = event
  const route = event.route ?? (receiver && transfer.route ? { ...transfer.route, receiver } : transfer.route)
  const review = transfer.hop === 0 ? ('cell-review' as const) : ('committee-review' as const)
  const { resume, block } = transfer
  const letter = event.anew ? without(transfer, 'sealFailure') : transfer
  return {
    ...letter,
    origin,
    heirs,
    ...(route ? { route } : {}),
    ...(event.hops ? { hops: event.hops } : {}),
    ...(destinationCell ? { destinationCell } : {}),
    ...(destinationId
      ? { answers: { ...transfer.answers, destinationId, destinationName: destinationName ?? '' } }
      : {}),
    ...(event.anew && !block && !resume ? { status: review } : {}),
    ...(event.anew && resume ? { resume: review } : {}),
    ...(block
      ? {
          block: {
            ...block,
            ...(blockedBy ? { by: blockedBy } : {}),
            ...(event.anew && !resume ? { resume: review } : {}),
          },
        }
      : {}),
    voided: [...transfer.voided, ...event.voided],
    dueAt: event.dueAt,
  }
}

/** Who acts for the cell from now on: the committee that is named, or the cell itself. */
function withStandIn(transfer: Transfer, cell: Place | undefined, by: Place | undefined): Transfer {
  const others = transfer.standIns?.filter(({ cellId }) => cellId !== cell?.id) ?? []
  const standIns = cell && by ? [...others, { cellId: cell.id, by }] : others
  return standIns.length > 0 ? { ...transfer, standIns } : without(transfer, 'standIns')
}

/** An answer emptied on purpose is as one never given. */
function withoutEmptied(answers: Answers): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== '')) as Answers
}

function signed(transfer: Transfer, event: Extract<Event, { type: 'referral-signed' }>): Transfer {
  const own = event.numbered ? { numbered: event.numbered, sealedAt: event.signed.at } : {}
  const next = withHop(transfer, event.hop, { signed: { ...event.signed, paperIds: event.paperIds }, ...own })
  return {
    ...next,
    ...(event.cellReview ? { cellReview: event.cellReview } : {}),
    ...(event.committeeComment ? { committeeComment: event.committeeComment } : {}),
    status: event.numbered ? 'committee-review' : 'numbering',
    hop: event.numbered ? event.hop + 1 : event.hop,
    dueAt: event.dueAt,
  }
}

function withHop(transfer: Transfer, index: number, change: Partial<Hop>): Transfer {
  return { ...transfer, hops: transfer.hops.map((hop, at) => (at === index ? { ...hop, ...change } : hop)) }
}

/** The letters from this hop on are no longer signed; what was voided is kept beside. */
function unsigned(transfer: Transfer, from: number): Transfer {
  return {
    ...transfer,
    hops: transfer.hops.map((hop, index) =>
      index >= from ? { from: heirOf(transfer, hop.from), to: heirOf(transfer, hop.to) } : hop,
    ),
    hop: Math.min(from, transfer.hop),
  }
}

/** A hop has it again; what happened after it is undone in the state, never in the events. */
function backTo(transfer: Transfer, hop: number): Transfer {
  const {
    custody: _custody,
    referredOn: _on,
    presentBy: _by,
    destinationCell: _cell,
    latenessExplained: _explanation,
    sealFailure: _failure,
    ...rest
  } = transfer
  return {
    ...unsigned(rest, hop),
    hop,
    status: hop === 0 ? 'cell-review' : 'committee-review',
    presentationOverdue: false,
  }
}

function known(resume: Status | undefined): Status {
  if (!resume) throw new Error('no state to go back to')
  return resume
}

function withLastSupplement(transfer: Transfer, change: Partial<Transfer['supplements'][number]>): Transfer {
  const last = transfer.supplements.length - 1
  return {
    ...transfer,
    supplements: transfer.supplements.map((each, index) => (index === last ? { ...each, ...change } : each)),
  }
}

/** An end: what was signed on the way has lost its force. */
function closed(transfer: Transfer, status: Status, reason: string, voided: Transfer['voided']): Transfer {
  return {
    ...without(without(transfer, 'resume'), 'block'),
    status,
    lastReason: reason,
    voided: [...transfer.voided, ...voided],
    dueAt: null,
  }
}

function without<K extends keyof Transfer>(transfer: Transfer, key: K): Transfer {
  const { [key]: _gone, ...rest } = transfer
  return rest as Transfer
}
