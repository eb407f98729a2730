/** Sessions (phiên đăng nhập) in the database: opened, found again at every request, given another hat, ended. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { PersonActor } from '../kernel/actor.ts'
import { sql, type Database, type Read, type Write } from '../kernel/db.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import { Refusal } from '../kernel/refusal.ts'
import { findHat, hatFromRow, OWN_HAT, type HatChoice, type HatRow, type WornHat } from './hats.ts'
import { liveSessions, lookUpSession, type SessionLevel, type SessionRow } from './session-lookup.ts'
import { endOfSession, formerSecretAt, isRunning, isWorthNoting, SIGN_IN_MINUTES } from './session-rules.ts'

/** A session as a request meets it: who, wearing what, since when. */
export interface ActingSession {
  readonly id: string
  readonly memberId: string
  readonly memberName: string
  readonly hat: WornHat
  /** the hat worn until now stands no more (office ended, delegation revoked); the own hat took its place */
  readonly hatEnded: boolean
  /** holds an office or acts in one for somebody: the short times count */
  readonly officer: boolean
  /** 'passkey': opened while the provider was away; reads and drafts, does nothing official */
  readonly level: SessionLevel
  readonly signedInAt: Date
  readonly endsAt: Date
  /** goes into every form as `csrf`, or into the header `x-csrf-token`: it tells in which hat the page was made */
  readonly csrf: string
}

export type EndReason = 'signed-out' | 'revoked' | 'replaced' | 'expired' | 'member-gone'

/** Of who proved nothing to the provider with what they came with. */
const NEVER = new Date(0)

/** Who acts, as the kernel asks it. */
export function actorOf(session: ActingSession): PersonActor {
  const { position, organisationId, officeId, onBehalfOf } = session.hat
  return {
    kind: 'person',
    memberId: session.memberId,
    hat: { position, organisationId, ...(officeId === undefined ? {} : { officeId }) },
    ...(onBehalfOf === undefined
      ? {}
      : { onBehalfOf: { memberId: onBehalfOf.memberId, grantId: onBehalfOf.grantId } }),
    // A passkey proves nothing to the provider: however young, such a sign-in is never fresh.
    ...(session.level === 'passkey'
      ? { signedInAt: NEVER, byPasskey: true as const }
      : { signedInAt: session.signedInAt }),
  }
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** 256 bits for a cookie: who has them is the browser. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** The token of a session's forms, made from the first secret it had: who does not know that cannot make it. */
export function csrfOf(secret: string): string {
  return createHmac('sha256', secret).update('dangvu form').digest('base64url')
}

/** The token on a page made in this hat: of two windows, the one whose hat was put off must not act in the other's. */
export function pageToken(csrf: string, hatKey: string): string {
  return `${csrf}.${createHmac('sha256', csrf).update(hatKey).digest('base64url').slice(0, 16)}`
}

/** The session's token alone, without the hat of the page: for callers that are no page. */
export function sessionToken(token: string): string {
  return token.split('.', 1)[0] ?? ''
}

/** @throws Refusal forbidden `identity.form-not-ours` when the form did not come from one of our pages in this session */
export function checkCsrf(session: Pick<ActingSession, 'csrf'>, token: unknown): void {
  const given = Buffer.from(typeof token === 'string' ? sessionToken(token) : '')
  const wanted = Buffer.from(sessionToken(session.csrf))
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new Refusal('forbidden', 'identity.form-not-ours')
}

/**
 * Opens a session and returns the secret for the browser's cookie.
 *
 * @param opening `passkey`: the key it is opened by, and when it ends whatever happens
 */
export async function openSession(
  write: Write,
  opening: {
    memberId: string
    choice: HatChoice
    signedInAt: Date
    device: string
    now: Date
    passkey?: { id: string; endsBy: Date }
  },
): Promise<string> {
  const secret = newSecret()
  const { passkey } = opening
  await write.run(sql`
    insert into session (secret_sha256, member_id, office_id, grant_id, created_at, signed_in_at, last_seen_at, device,
                         level, passkey_id, ends_by)
    values (${sha256Hex(secret)}, ${opening.memberId}, ${opening.choice.officeId}, ${opening.choice.grantId},
            ${opening.now}, ${opening.signedInAt}, ${opening.now}, ${opening.device},
            ${passkey ? 'passkey' : 'level-2'}, ${passkey?.id ?? null}, ${passkey?.endsBy ?? null})`)
  return secret
}

/** The same person proved again who they are: the session goes on, fresh, in the same hat. */
export async function refreshSession(write: Write, id: string, signedInAt: Date, now: Date): Promise<void> {
  await write.run(sql`
    update session set signed_in_at = ${signedInAt}, created_at = ${now}, last_seen_at = ${now}
     where id = ${id} and level = 'level-2' and ended_at is null`)
}

/**
 * The session goes on under another secret. Asked at every change of what the session may do: another proof, another hat. Its
 * form token stays, so that what is half written on open pages can be sent.
 *
 * The answer that brings the new secret may be lost. So for a minute the one before opens this session too, but proves nothing
 * (never fresh: nothing is signed with it), until the new one is used for the first time: from then on it opens nothing, whoever
 * has it. The browser whose answer came uses it at once, by the redirect; a thief of the old secret has no longer than that. One
 * whose answer was lost is given the very same secret again (`findSession`), made from the old one and from what only the database
 * knows, so however often that happens there is one.
 *
 * @param secret the one that the request came with
 * @returns the secret for the browser's cookie; undefined where another request of this moment has renewed it: that answer brings it
 */
export async function renewSecret(
  write: Write,
  session: Pick<ActingSession, 'id' | 'csrf'>,
  secret: string,
  now: Date,
): Promise<string | undefined> {
  const renewal = newSecret()
  const renewed = renewedFrom(secret, renewal)
  const changed = await write.run(sql`
    update session set secret_sha256 = ${sha256Hex(renewed)}, form_token = ${sessionToken(session.csrf)},
           former_sha256 = secret_sha256, renewal = ${renewal}, renewed_at = ${now}
     where id = ${session.id} and secret_sha256 = ${sha256Hex(secret)} and ended_at is null`)
  return changed === 1 ? renewed : undefined
}

function renewedFrom(secret: string, renewal: string): string {
  return createHmac('sha256', secret).update(`dangvu renewal ${renewal}`).digest('base64url')
}

/** A session, and the secret its browser should have by now but did not get. */
export interface FoundSession {
  readonly session: ActingSession
  readonly lostSecret: string | undefined
}

/**
 * The session of a cookie's secret, or undefined when there is none or it is over. Checked anew at every request: an
 * office that ended, a grant that was revoked, a member who left count from this moment on. What the secret before is worth after
 * a renewal: see `renewSecret`.
 *
 * @param now real time, never the demo's moved clock
 * @param today the day on which offices and delegations must stand
 */
export async function findSession(
  database: Database,
  secret: string,
  now: Date,
  today: PlainDate,
): Promise<FoundSession | undefined> {
  const row = await lookUpSession(database, { secretSha256: sha256Hex(secret), today })
  if (row === undefined) return undefined
  const isFormer = row.secret_sha256 !== sha256Hex(secret)
  const former = isFormer && row.renewed_at ? formerSecretAt(row.renewed_at, now) : undefined
  if (former === 'over') return undefined
  const ended = whyOver(row, now)
  if (ended !== undefined) {
    await database.transaction((write) => endSession(write, row.session_id, ended, now))
    return undefined
  }
  const hat = await standingHat(database, row, today)
  if (hat === undefined) return undefined
  const noting = isWorthNoting(row.last_seen_at, now)
  if (noting) await database.transaction((write) => noteSeen(write, row.session_id, now))
  if (!isFormer && row.former_sha256 !== null)
    await database.transaction((write) => forgetFormerSecret(write, row))
  const session = {
    id: row.session_id,
    memberId: row.session_member,
    memberName: row.full_name,
    ...hat,
    officer: row.officer,
    level: row.level,
    signedInAt: isFormer ? NEVER : row.signed_in_at,
    endsAt: endOfSession(timesOf(row, noting ? now : row.last_seen_at)),
    csrf: pageToken(row.form_token ?? csrfOf(secret), hat.hat.key),
  }
  return {
    session,
    lostSecret: former === 'lost' && row.renewal !== null ? renewedFrom(secret, row.renewal) : undefined,
  }
}

/** The new one was used: the one before opens nothing any more. */
async function forgetFormerSecret(write: Write, row: SessionRow): Promise<void> {
  await write.run(sql`
    update session set former_sha256 = null, renewal = null, renewed_at = null
     where id = ${row.session_id} and secret_sha256 = ${row.secret_sha256}`)
}

function timesOf(row: SessionRow, lastSeenAt: Date) {
  return { createdAt: row.created_at, lastSeenAt, officer: row.officer, endsBy: row.ends_by }
}

function whyOver(row: SessionRow, now: Date): EndReason | undefined {
  if (row.standing !== 'active' && row.standing !== 'exempt') return 'member-gone'
  return isRunning(timesOf(row, row.last_seen_at), now) ? undefined : 'expired'
}

/** The chosen hat, or the own one in its place once the chosen one fell. */
async function standingHat(
  database: Database,
  row: SessionRow,
  today: PlainDate,
): Promise<{ hat: WornHat; hatEnded: boolean } | undefined> {
  const choice = { officeId: row.session_office, grantId: row.session_grant }
  if (row.hat_position) return { hat: hatFromRow(choice, row as HatRow), hatEnded: false }
  const own = await findHat(database.read, row.session_member, OWN_HAT, today)
  if (own === undefined) return undefined
  await database.transaction((write) => wearChoice(write, row.session_id, OWN_HAT))
  return { hat: own, hatEnded: true }
}

async function noteSeen(write: Write, id: string, now: Date): Promise<void> {
  await write.run(sql`update session set last_seen_at = ${now} where id = ${id} and last_seen_at < ${now}`)
}

async function wearChoice(write: Write, id: string, choice: HatChoice): Promise<void> {
  await write.run(
    sql`update session set office_id = ${choice.officeId}, grant_id = ${choice.grantId} where id = ${id}`,
  )
}

/**
 * Puts on another hat.
 *
 * @throws Refusal forbidden `identity.hat-not-yours` for a hat this person may not wear today
 */
export async function switchHat(
  write: Write,
  session: ActingSession,
  choice: HatChoice,
  today: PlainDate,
): Promise<WornHat> {
  const hat = await findHat(write, session.memberId, choice, today)
  if (hat === undefined) throw new Refusal('forbidden', 'identity.hat-not-yours')
  await wearChoice(write, session.id, choice)
  await write.run(sql`update account set hat = ${hat.key} where member_id = ${session.memberId}`)
  return hat
}

/** Ends one session; ending it twice changes nothing. */
export async function endSession(write: Write, id: string, reason: EndReason, now: Date): Promise<void> {
  await write.run(sql`
    update session set ended_at = ${now}, end_reason = ${reason} where id = ${id} and ended_at is null`)
}

/** Ends all sessions of a member, except one if it is named. Returns how many. */
export function endSessionsOf(
  write: Write,
  memberId: string,
  reason: EndReason,
  now: Date,
  except?: string,
): Promise<number> {
  return write.run(sql`
    update session set ended_at = ${now}, end_reason = ${reason}
     where member_id = ${memberId} and ended_at is null and id is distinct from ${except ?? null}::uuid`)
}

/** A session as its owner sees it in the list. */
export interface ListedSession {
  readonly id: string
  readonly device: string
  readonly level: SessionLevel
  readonly signedInAt: Date
  readonly lastSeenAt: Date
  readonly endsAt: Date
}

/** The sessions of a member that still run, the one used last first. */
export async function sessionsOf(
  read: Read,
  memberId: string,
  now: Date,
  today: PlainDate,
): Promise<ListedSession[]> {
  const rows = await read.rows<SessionRow & { device: string }>(sql`
    ${liveSessions(today)} and s.member_id = ${memberId} order by s.last_seen_at desc`)
  return rows
    .filter((row) => whyOver(row, now) === undefined)
    .map((row) => ({
      id: row.session_id,
      device: row.device,
      level: row.level,
      signedInAt: row.signed_in_at,
      lastSeenAt: row.last_seen_at,
      endsAt: endOfSession(timesOf(row, row.last_seen_at)),
    }))
}

/**
 * Revokes one of the member's own sessions.
 *
 * @throws Refusal not-found `identity.unknown-session`, also for somebody else's
 */
export async function revokeSession(write: Write, memberId: string, id: string, now: Date): Promise<void> {
  const found = await write.run(sql`
    update session set ended_at = coalesce(ended_at, ${now}), end_reason = coalesce(end_reason, 'revoked')
     where id = ${id} and member_id = ${memberId}`)
  if (found === 0) throw new Refusal('not-found', 'identity.unknown-session')
}

/** Sessions stay this long after they were last used: logs are kept three months (level 3, TCVN 14423). */
const KEPT_DAYS = 92

/** Forgets sessions nobody used for three months, and sign-ins that never came back. For an hourly job. */
export async function forgetOldSessions(write: Write, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000)
  await write.run(sql`delete from session where last_seen_at < ${before}`)
  await write.run(
    sql`delete from sign_in where started_at < ${new Date(now.getTime() - SIGN_IN_MINUTES * 60_000)}`,
  )
}
