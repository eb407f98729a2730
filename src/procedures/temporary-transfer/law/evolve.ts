/** What a stay is after one more event. Pure, and never a refusal: what happened, happened. */
import type { Answers, Event, EventType, Extension, Stay, YearlyComment } from './states.ts'

type Step<T extends EventType> = (stay: Stay, event: Extract<Event, { type: T }>) => Stay

export function evolve(stay: Stay | undefined, event: Event, _at: Date): Stay {
  if (event.type === 'stay-drafted') return drafted(event)
  if (!stay) throw new Error(`${event.type} before stay-drafted`)
  return (STEPS[event.type] as Step<EventType>)(stay, event)
}

function drafted({ memberId, memberType, origin, office }: Extract<Event, { type: 'stay-drafted' }>): Stay {
  return {
    status: 'draft',
    memberId,
    memberType,
    origin,
    ...(office ? { office } : {}),
    answers: {},
    files: [],
    dueAt: null,
    standIns: [],
    extensions: [],
    yearly: [],
  }
}

const STEPS: { readonly [T in Exclude<EventType, 'stay-drafted'>]: Step<T> } = {
  'draft-saved': (stay, { answers }) => ({
    ...stay,
    answers: withoutEmptied({ ...stay.answers, ...answers }),
  }),
  'file-attached': (stay, { file }) => ({ ...stay, files: [...stay.files, file] }),
  'file-detached': (stay, { fileId }) => ({ ...stay, files: stay.files.filter(({ id }) => id !== fileId) }),
  'stay-requested': (stay, { memberType, origin, host, by, receivedAt, standIn, askBy, dueAt }) => ({
    ...stay,
    status: 'cell-review',
    memberType,
    origin,
    host,
    submittedBy: by,
    receivedAt,
    standIns: standIn ? [origin[0]!.id] : [],
    askBy,
    dueAt,
  }),
  'stay-withdrawn': (stay, { reason }) => closed(stay, 'withdrawn', reason),
  'stay-sent-back': (stay, { reason, to, dueAt }) => ({
    ...without(stay, 'referral'),
    status: to === 'committee' ? 'committee-review' : 'sent-back',
    lastReason: reason,
    dueAt,
  }),
  'stay-refused': (stay, { reason }) => closed(stay, 'refused', reason),
  'cell-commented': (stay, { comment, dueAt }) => ({
    ...stay,
    status: 'committee-review',
    cellComment: comment,
    dueAt,
  }),
  'referral-signed': (stay, { signed, paperId, committeeComment, dueAt }) => ({
    ...stay,
    status: 'numbering',
    referral: { paperId, signed },
    committeeComment,
    dueAt,
  }),
  'number-taken': (stay, { numbered, dueAt }) => ({
    ...stay,
    status: 'sealing',
    referral: { ...stay.referral!, numbered },
    dueAt,
  }),
  'referral-sealed': (stay, { at, dueAt }) => ({
    ...without(stay, 'sealFailure'),
    status: 'at-host',
    referral: { ...stay.referral!, sealedAt: at },
    dueAt,
  }),
  'sealing-failed': (stay, { failure, dueAt }) => ({
    ...stay,
    status: 'sealing-failed',
    sealFailure: failure,
    dueAt,
  }),
  'sealing-retried': (stay, { dueAt }) => ({ ...without(stay, 'sealFailure'), status: 'sealing', dueAt }),
  'cell-assigned': (stay, { cell, standIn, dueAt }) => {
    const others = stay.standIns.filter((id) => id !== stay.hostCell?.id && id !== cell.id)
    return {
      ...stay,
      status: 'host-admission',
      hostCell: cell,
      standIns: standIn ? [...others, cell.id] : others,
      dueAt,
    }
  },
  'stay-declined': (stay, { reason }) => closed(stay, 'declined', reason),
  'guest-admitted': (stay, { meetingOn, admittedOn, from, until, dueAt }) => ({
    ...stay,
    status: 'active',
    admission: { meetingOn, admittedOn },
    from,
    until,
    dueAt,
  }),
  'extension-asked': (stay, { extension, dueAt }) => ({
    ...stay,
    status: 'extension-asked',
    extensions: [...stay.extensions, extension],
    dueAt,
  }),
  'extension-granted': (stay, { decided, until, dueAt }) => ({
    ...stay,
    status: 'active',
    until,
    extensions: withLast(stay.extensions, decided),
    dueAt,
  }),
  'extension-refused': (stay, { decided, expired, reason, dueAt }) => ({
    ...stay,
    status: expired ? 'expired' : 'active',
    extensions: withLast(stay.extensions, decided),
    lastReason: reason,
    dueAt,
  }),
  'stay-expired': (stay, { dueAt }) => ({ ...stay, status: 'expired', dueAt }),
  'return-written': (stay, { returned, dueAt }) => ({ ...stay, status: 'returning', returned, dueAt }),
  'return-recorded': (stay) => ({ ...stay, status: 'completed', dueAt: null }),
  'member-recalled': (stay, { reason }) => ({ ...stay, status: 'completed', recalled: reason, dueAt: null }),
  'stay-converted': (stay, { reason }) => closed(stay, 'converted', reason),
  'stay-ended': (stay, { ending, reason }) => ({ ...closed(stay, 'ended', reason), ending }),
  'yearly-comment-asked': (stay, { yearly }) => ({ ...stay, yearly: [...stay.yearly, yearly] }),
  'yearly-comment-written': (stay, { year, written }) => ({
    ...stay,
    yearly: stay.yearly.map((each): YearlyComment =>
      each.year === year && !each.written ? { ...each, written } : each,
    ),
  }),
  // Organisations of the stay keep their names; who does their part is the heirs', until that is taken back.
  'reorganisation-followed': (stay, { origin, heirs }) => ({ ...stay, origin, heirs }),
}

/** An answer emptied on purpose is as one never given. */
function withoutEmptied(answers: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers).filter(([, answer]) => (answer as string) !== ''),
  ) as Answers
}

function withLast(
  extensions: readonly Extension[],
  decided: NonNullable<Extension['decided']>,
): readonly Extension[] {
  return extensions.map((each, index) => (index === extensions.length - 1 ? { ...each, decided } : each))
}

function closed(stay: Stay, status: Stay['status'], reason: string): Stay {
  return { ...stay, status, lastReason: reason, dueAt: null }
}

function without<K extends keyof Stay>(stay: Stay, key: K): Stay {
  const { [key]: _gone, ...rest } = stay
  return rest as Stay
}
