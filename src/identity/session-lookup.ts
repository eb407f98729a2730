/** How every request finds its session: one query, for all requests that arrive in the same turn of the event loop. */
import { askedTogether } from '../kernel/asked-together.ts'
import { anyOf, sql } from '../kernel/db.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import type { HatRow } from './hats.ts'

/** 'passkey': opened while the provider was away */
export type SessionLevel = 'level-2' | 'passkey'

/** A session as it is stored, with its member and its hat. */
export interface SessionRow extends Partial<HatRow> {
  readonly secret_sha256: string
  readonly session_id: string
  readonly session_member: string
  readonly session_office: string | null
  readonly session_grant: string | null
  readonly created_at: Date
  readonly signed_in_at: Date
  readonly last_seen_at: Date
  readonly full_name: string
  readonly standing: string
  readonly officer: boolean
  readonly level: SessionLevel
  readonly ends_by: Date | null
  /** kept once the secret it was made from is renewed */
  readonly form_token: string | null
  /** of the secret before, until the one it was renewed to is used; with what that was made by, and when */
  readonly former_sha256: string | null
  readonly renewal: string | null
  readonly renewed_at: Date | null
}

/** Sessions that did not end, each with whether its member counts as an officer on the day. */
export function liveSessions(today: PlainDate) {
  return sql`
    select s.secret_sha256, s.id as session_id, s.member_id as session_member, s.office_id as session_office,
           s.grant_id as session_grant, s.created_at, s.signed_in_at, s.last_seen_at, s.device,
           s.level, s.ends_by, s.form_token, s.former_sha256, s.renewal, s.renewed_at, m.full_name, m.standing,
           exists (select from office x where x.member_id = s.member_id
                      and x.since <= ${today} and (x.until is null or ${today} <= x.until))
           or exists (select from delegation x where x.delegate_member_id = s.member_id and x.office_id is not null
                         and x.revoked_at is null and x.valid_from <= ${today} and ${today} <= x.valid_to) as officer
      from session s join member m on m.id = s.member_id
     where s.ended_at is null`
}

/** The one query of every request: sessions, their members, and their hats as they stand today. */
export function sessionQuery(secrets: readonly string[], today: PlainDate) {
  return withHats(sql`${liveSessions(today)} and s.secret_sha256 = ${anyOf(secrets, 'text')}`, today)
}

/** The same by the secret before: asked for those alone that are nobody's by now. */
function formerQuery(secrets: readonly string[], today: PlainDate) {
  return withHats(sql`${liveSessions(today)} and s.former_sha256 = ${anyOf(secrets, 'text')}`, today)
}

function withHats(sessions: ReturnType<typeof liveSessions>, today: PlainDate) {
  return sql<SessionRow>`
    select s.*, h.* from (${sessions}) s
      left join lateral hat_on(s.session_member, s.session_office, s.session_grant, ${today}::date) h on true`
}

/**
 * A session as the database has it now, by the hash of its secret or of the one before: asked by every request after it came, so that what was
 * ended or revoked before counts.
 */
export const lookUpSession = askedTogether(
  async (read, asked: readonly { readonly secretSha256: string; readonly today: PlainDate }[]) => {
    const found = new Map<string, SessionRow>()
    // Around midnight two days may be asked about at once.
    for (const today of new Set(asked.map((each) => each.today))) {
      const secrets = asked.filter((each) => each.today === today).map((each) => each.secretSha256)
      for (const row of await read.rows(sessionQuery(secrets, today)))
        found.set(`${today} ${row.secret_sha256}`, row)
      const unknown = secrets.filter((secret) => !found.has(`${today} ${secret}`))
      if (unknown.length === 0) continue
      for (const row of await read.rows(formerQuery(unknown, today)))
        found.set(`${today} ${row.former_sha256}`, row)
    }
    return asked.map(({ secretSha256, today }) => found.get(`${today} ${secretSha256}`))
  },
)
