/** Accounts (tài khoản): which identity of the provider belongs to which member of the registry, tied at the first sign-in. */
import { sql, type Database, type Read, type Write } from '../kernel/db.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Identity } from './relying-party.ts'
import { removePasskeys } from './passkeys.ts'
import { endSessionsOf, sha256Hex } from './sessions.ts'

/** The member an identity belongs to, and the hat worn last. */
export interface Account {
  readonly memberId: string
  readonly hatKey: string
}

/** What somebody has to look at. The codes are those of the refusals, and `identity.account-released`. */
export interface AccountReport {
  readonly at: Date
  readonly memberId: string | null
  readonly memberName: string | null
  readonly code: string
  readonly basis: string | null
}

interface RegisteredPerson {
  readonly id: string
  readonly birth_date: string
  readonly birth_precision: 'day' | 'month' | 'year'
}

const PRECISION_LETTERS = { day: 10, month: 7, year: 4 } as const

/** An ID mistyped in the registry would let a stranger in as somebody else: the day of birth must agree as far as it is known. */
function sameBirth(person: RegisteredPerson, birthDate: string): boolean {
  const letters = PRECISION_LETTERS[person.birth_precision]
  return person.birth_date.slice(0, letters) === birthDate.slice(0, letters)
}

/**
 * Takes a person in: only a live member of the registry, always with the same identity.
 *
 * @throws Refusal forbidden `identity.unknown-person` when no live member has this personal ID;
 *   `identity.person-differs` when the day of birth is another; `identity.other-account` when the member is tied to
 *   another identity or the identity to another member. The last two are reported.
 */
export async function admitIdentity(database: Database, identity: Identity, now: Date): Promise<Account> {
  // The report must stay although the sign-in is refused: so the refusal leaves the transaction as a value.
  const outcome = await database.transaction(async (write) => {
    const person = await write.maybe<RegisteredPerson>(sql`
      select id, birth_date, birth_precision from member
       where personal_id = ${identity.personalId} and standing in ('active', 'exempt')`)
    if (person === undefined) return new Refusal('forbidden', 'identity.unknown-person')
    if (!sameBirth(person, identity.birthDate))
      return refuse(write, 'identity.person-differs', person.id, identity, now)
    return (
      (await tie(write, person.id, identity, now)) ??
      refuse(write, 'identity.other-account', person.id, identity, now)
    )
  })
  if (outcome instanceof Refusal) throw outcome
  return outcome
}

/** Ties the identity to the member or finds it tied; undefined when either is tied elsewhere. */
async function tie(
  write: Write,
  memberId: string,
  identity: Identity,
  now: Date,
): Promise<Account | undefined> {
  await write.run(sql`
    insert into account (member_id, issuer, subject, bound_at, last_signed_in_at)
    values (${memberId}, ${identity.issuer}, ${identity.subject}, ${now}, ${now}) on conflict do nothing`)
  const row = await write.maybe<{ hat: string }>(sql`
    update account set last_signed_in_at = ${now}
     where member_id = ${memberId} and issuer = ${identity.issuer} and subject = ${identity.subject}
    returning hat`)
  return row && { memberId, hatKey: row.hat }
}

async function refuse(
  write: Write,
  code: string,
  memberId: string,
  identity: Identity,
  now: Date,
): Promise<Refusal> {
  await write.run(sql`
    insert into account_report (at, member_id, code, subject_sha256)
    values (${now}, ${memberId}, ${code}, ${sha256Hex(`${identity.issuer} ${identity.subject}`)})`)
  return new Refusal('forbidden', code)
}

/**
 * Loosens the tie, so that the member's next sign-in makes a new one: for a lost or spoofed account (379-QĐ/TW art. 11).
 * All sessions end and all passkeys fall. Who may ask is the caller's rule (an administrator).
 *
 * @throws Refusal not-found `identity.no-account`; invalid `identity.basis-missing`
 */
export async function releaseAccount(
  write: Write,
  release: { memberId: string; basis: string; by: string; now: Date },
): Promise<void> {
  if (release.basis.trim() === '') throw new Refusal('invalid', 'identity.basis-missing')
  const found = await write.run(sql`delete from account where member_id = ${release.memberId}`)
  if (found === 0) throw new Refusal('not-found', 'identity.no-account')
  await endSessionsOf(write, release.memberId, 'revoked', release.now)
  const { memberId, now } = release
  await removePasskeys(write, { memberId, which: 'all', why: 'account-released', now })
  await write.run(sql`
    insert into account_report (at, member_id, code, basis, reported_by)
    values (${release.now}, ${release.memberId}, 'identity.account-released', ${release.basis.trim()}, ${release.by})`)
}

/** The key of the hat a member wore last. */
export async function lastHatOf(read: Read, memberId: string): Promise<string> {
  const row = await read.one<{ hat: string }>(sql`select hat from account where member_id = ${memberId}`)
  return row.hat
}

/** The newest reports first. */
export function accountReports(read: Read, limit = 100): Promise<AccountReport[]> {
  return read.rows<AccountReport>(sql`
    select r.at, r.member_id as "memberId", m.full_name as "memberName", r.code, r.basis
      from account_report r left join member m on m.id = r.member_id
     order by r.at desc limit ${limit}`)
}
