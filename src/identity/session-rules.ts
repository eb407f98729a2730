/** How long a sign-in is worth something: idle ends, the absolute end, and how fresh it must be before signing. */
import { FRESH_SIGN_IN_MINUTES, isFreshAt, type PersonActor } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'

const MINUTE_MS = 60_000
const HOUR_MINUTES = 60
const DAY_MINUTES = 24 * HOUR_MINUTES

/** An officer's screen shows other people's affairs, often in a shared room: it closes when nobody is there. */
export const OFFICER_IDLE_MINUTES = 15

/** One working day with its breaks: an officer proves who they are each day, however busy the screen. */
export const OFFICER_SESSION_MINUTES = 12 * HOUR_MINUTES

/** A member fills in a request over a day, photographs papers at home and comes back to it. */
export const MEMBER_IDLE_MINUTES = 12 * HOUR_MINUTES

/** At least once a month even a phone that is used daily asks VNeID again. */
export const MEMBER_SESSION_MINUTES = 30 * DAY_MINUTES

/** Last seen is written at most this often, so idle time is measured a little too long, never too short. */
export const SEEN_EVERY_SECONDS = 60

/** So long after a renewal the secret before opens the session too, unless the new one was used: its answer may be lost. */
export const FORMER_SECRET_SECONDS = 60

/** Within this the answer is on its way; who comes with the secret before after it did not get the new one. */
export const ANSWER_LOST_AFTER_SECONDS = 5

/** From the redirect to the provider until its answer must be back. */
export const SIGN_IN_MINUTES = 15

export interface SessionTimes {
  readonly createdAt: Date
  readonly lastSeenAt: Date
  /** holds an office, or acts in one for somebody */
  readonly officer: boolean
  /** a session opened by a passkey is over then, whatever happens */
  readonly endsBy?: Date | null
}

/** Since when the session is over, or undefined while it runs. The last instant of the time allowed still counts. */
export function endOfSession(session: SessionTimes): Date {
  const idle = session.officer ? OFFICER_IDLE_MINUTES : MEMBER_IDLE_MINUTES
  const whole = session.officer ? OFFICER_SESSION_MINUTES : MEMBER_SESSION_MINUTES
  return new Date(
    Math.min(
      session.lastSeenAt.getTime() + idle * MINUTE_MS,
      session.createdAt.getTime() + whole * MINUTE_MS,
      session.endsBy?.getTime() ?? Infinity,
    ),
  )
}

/**
 * Whether the session still runs at `now`. One used in days to come was used while the machine's clock stood wrong: it would
 * run until those days, and is over instead.
 */
export function isRunning(session: SessionTimes, now: Date): boolean {
  const aheadMs = Math.max(session.createdAt.getTime(), session.lastSeenAt.getTime()) - now.getTime()
  return aheadMs <= OFFICER_IDLE_MINUTES * MINUTE_MS && now.getTime() <= endOfSession(session).getTime()
}

/** What a secret is worth that was renewed and whose successor nobody has used yet. */
export function formerSecretAt(renewedAt: Date, now: Date): 'on-its-way' | 'lost' | 'over' {
  const seconds = (now.getTime() - renewedAt.getTime()) / 1000
  if (seconds > FORMER_SECRET_SECONDS || seconds < -ANSWER_LOST_AFTER_SECONDS) return 'over'
  return seconds < ANSWER_LOST_AFTER_SECONDS ? 'on-its-way' : 'lost'
}

/** Whether it is time to write down that somebody was here. */
export function isWorthNoting(lastSeenAt: Date, now: Date): boolean {
  return now.getTime() - lastSeenAt.getTime() >= SEEN_EVERY_SECONDS * 1000
}

/** Whether the person proved who they are recently enough to sign something. */
export const isFresh = isFreshAt

/**
 * Lets pass only who signed in within the last five minutes.
 *
 * @param now the real time, never a demo clock that was moved: the sign-in is stamped by the provider
 * @throws Refusal forbidden `identity.stale-sign-in`; the screen then leads through /sign-in/start and back
 */
export function requireFresh(actor: PersonActor, now: Date): void {
  if (isFresh(actor.signedInAt, now)) return
  throw new Refusal('forbidden', 'identity.stale-sign-in', { facts: { minutes: FRESH_SIGN_IN_MINUTES } })
}
