/** Passkeys (khóa truy cập) in the database: whose they are, challenges taken once, counters that only go on. */
import { createHash } from 'node:crypto'
import { sql, type Read, type Write } from '../kernel/db.ts'
import { recordNotice } from '../kernel/notices.ts'
import { Refusal } from '../kernel/refusal.ts'
import { sha256Hex } from './sessions.ts'

/** A passkey as its owner sees it. */
export interface ListedPasskey {
  readonly id: string
  readonly name: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
}

/** A passkey as a signature is checked against it. */
export interface StoredPasskey {
  readonly id: string
  readonly memberId: string
  readonly credentialId: string
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly counter: number
}

/** Why a passkey counts no more. */
export type RemovalReason = 'owner' | 'account-released' | 'member-gone'

/** From the challenge until the browser's answer must be back. */
export const PASSKEY_CHALLENGE_MINUTES = 5

/** More devices than anybody has; each is one more way in. */
export const MOST_PASSKEYS = 10

/** How an authenticator knows the member: 32 bytes that tell nothing of them. */
export function userHandleOf(memberId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(`dangvu passkey ${memberId}`).digest())
}

/** The member's passkeys that count, the newest last. */
export function passkeysOf(read: Read, memberId: string): Promise<ListedPasskey[]> {
  return read.rows<ListedPasskey>(sql`
    select id, name, created_at as "createdAt", last_used_at as "lastUsedAt" from passkey
     where member_id = ${memberId} and removed_at is null order by created_at`)
}

/** What an authenticator is told so that it makes no second key for the same member. */
export async function credentialIdsOf(read: Read, memberId: string): Promise<string[]> {
  const rows = await read.rows<{ credential_id: string }>(sql`
    select credential_id from passkey where member_id = ${memberId} and removed_at is null`)
  return rows.map((row) => row.credential_id)
}

/** Remembers a challenge for this browser alone. @param memberId whose registration; null for a sign-in */
export async function rememberChallenge(
  write: Write,
  asked: { challenge: string; browser: string; memberId: string | null; now: Date },
): Promise<void> {
  await write.run(sql`
    insert into passkey_challenge (challenge_sha256, browser_sha256, member_id, asked_at)
    values (${sha256Hex(asked.challenge)}, ${sha256Hex(asked.browser)}, ${asked.memberId}, ${asked.now})`)
}

/** Takes a challenge out: true once, for the browser and the purpose it was made for, within its minutes. */
export async function takeChallenge(
  write: Write,
  asked: { challenge: string; browser: string; memberId: string | null; now: Date },
): Promise<boolean> {
  const row = await write.maybe<{ asked_at: Date }>(sql`
    delete from passkey_challenge
     where challenge_sha256 = ${sha256Hex(asked.challenge)} and browser_sha256 = ${sha256Hex(asked.browser)}
       and member_id is not distinct from ${asked.memberId}::uuid
    returning asked_at`)
  return (
    row !== undefined && asked.now.getTime() - row.asked_at.getTime() <= PASSKEY_CHALLENGE_MINUTES * 60_000
  )
}

/**
 * Keeps a new passkey and tells its owner.
 *
 * @throws Refusal conflict `identity.passkey-known` for one that was registered before, `identity.passkey-too-many`
 */
export async function addPasskey(
  write: Write,
  added: {
    memberId: string
    credentialId: string
    publicKey: Uint8Array
    counter: number
    transports: readonly string[]
    name: string
    now: Date
  },
): Promise<string> {
  // Two registrations of one member wait for each other, or both would find room for the last one.
  await write.run(sql`select 1 from account where member_id = ${added.memberId} for update`)
  const { count } = await write.one<{ count: number }>(sql`
    select count(*) as count from passkey where member_id = ${added.memberId} and removed_at is null`)
  if (count >= MOST_PASSKEYS)
    throw new Refusal('conflict', 'identity.passkey-too-many', { facts: { most: MOST_PASSKEYS } })
  const row = await write.maybe<{ id: string }>(sql`
    insert into passkey (member_id, credential_id, public_key, counter, transports, name, created_at)
    values (${added.memberId}, ${added.credentialId}, ${Buffer.from(added.publicKey)}, ${added.counter},
            ${[...added.transports]}, ${added.name}, ${added.now})
    on conflict (credential_id) do nothing returning id`)
  if (row === undefined) throw new Refusal('conflict', 'identity.passkey-known')
  await recordNotice(write, { to: { memberId: added.memberId }, code: 'passkey.added', at: added.now })
  return row.id
}

/** The passkey of a credential; only of a member in the registry whose account is tied. */
export async function findPasskey(read: Read, credentialId: string): Promise<StoredPasskey | undefined> {
  const row = await read.maybe<StoredPasskey & { publicKey: Buffer }>(sql`
    select p.id, p.member_id as "memberId", p.credential_id as "credentialId", p.public_key as "publicKey", p.counter
      from passkey p
      join member m on m.id = p.member_id and m.standing in ('active', 'exempt')
      join account a on a.member_id = p.member_id
     where p.credential_id = ${credentialId} and p.removed_at is null`)
  return row && { ...row, publicKey: new Uint8Array(row.publicKey) }
}

/**
 * Writes down that a passkey was used. Of two uses at once the later counter stays.
 *
 * @returns false when the passkey was removed, or used with this or a later counter, meanwhile
 */
export async function notePasskeyUse(
  write: Write,
  used: { id: string; counter: number; now: Date },
): Promise<boolean> {
  const found = await write.run(sql`
    update passkey set counter = ${used.counter}, last_used_at = ${used.now}
     where id = ${used.id} and removed_at is null and (counter < ${used.counter} or (counter = 0 and ${used.counter} = 0))`)
  return found > 0
}

/** A counter that went back: somebody may have copied the key. Its owner is told, once a day at most. */
export async function tellOfCopy(write: Write, passkey: StoredPasskey, now: Date): Promise<void> {
  const onceKey = `passkey-copied ${passkey.id} ${now.toISOString().slice(0, 10)}`
  await recordNotice(write, { to: { memberId: passkey.memberId }, code: 'passkey.copied', at: now, onceKey })
}

/**
 * Removes one of the member's passkeys, or all, and tells the owner.
 *
 * @throws Refusal not-found `identity.unknown-passkey`, also for somebody else's
 */
export async function removePasskeys(
  write: Write,
  removal: { memberId: string; which: string; why: RemovalReason; now: Date },
): Promise<void> {
  const one = removal.which === 'all' ? null : removal.which
  const found = await write.run(sql`
    update passkey set removed_at = ${removal.now}, removed_why = ${removal.why}
     where member_id = ${removal.memberId} and removed_at is null and (${one}::uuid is null or id = ${one}::uuid)`)
  if (found === 0 && one !== null) throw new Refusal('not-found', 'identity.unknown-passkey')
  // What was opened by a removed key does not go on.
  await write.run(sql`
    update session set ended_at = ${removal.now}, end_reason = 'revoked'
     where member_id = ${removal.memberId} and ended_at is null and level = 'passkey'
       and (${one}::uuid is null or passkey_id = ${one}::uuid)`)
  if (found > 0)
    await recordNotice(write, {
      to: { memberId: removal.memberId },
      code: 'passkey.removed',
      at: removal.now,
    })
}

/** Removes the passkeys of who is a member no more, and forgets challenges nobody answered. For a daily job. */
export async function forgetOldPasskeys(write: Write, now: Date): Promise<void> {
  await write.run(sql`
    update passkey set removed_at = ${now}, removed_why = 'member-gone'
     where removed_at is null
       and member_id in (select id from member where standing not in ('active', 'exempt'))`)
  await write.run(sql`
    delete from passkey_challenge where asked_at < ${new Date(now.getTime() - 86_400_000)}`)
}
