/** How every request finds its session: one query, for all requests that arrive in the same turn of the event loop. */
import { sql, type Database } from '../kernel/db.ts'
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
}

/** Sessions that did not end, each with whether its member counts as an officer on the day. */
export function liveSessions(today: PlainDate) {
  return sql`
    select s.secret_sha256, s.id as session_id, s.member_id as session_member, s.office_id as session_office,
           s.grant_id as session_grant, s.created_at, s.signed_in_at, s.last_seen_at, s.device,
           s.level, s.ends_by, m.full_name, m.standing,
           exists (select from office x where x.member_id = s.member_id
                      and x.since <= ${today} and (x.until is null or ${today} <= x.until))
           or exists (select from delegation x where x.delegate_member_id = s.member_id and x.office_id is not null
                         and x.revoked_at is null and x.valid_from <= ${today} and ${today} <= x.valid_to) as officer
      from session s join member m on m.id = s.member_id
     where s.ended_at is null`
}

/** The one query of every request: sessions, their members, and their hats as they stand today. */
export function sessionQuery(secrets: readonly string[], today: PlainDate) {
  return sql<SessionRow>`
    select s.*, h.* from (${liveSessions(today)} and s.secret_sha256 = any(${secrets}::text[])) s
      left join lateral hat_on(s.session_member, s.session_office, s.session_grant, ${today}::date) h on true`
}

/** Requests that wait for the same question; nobody joins once it was asked. */
interface Asking {
  readonly today: PlainDate
  readonly secrets: Set<string>
  readonly rows: Promise<ReadonlyMap<string, SessionRow>>
}

const asking = new WeakMap<Database, Asking>()

/**
 * A session as the database has it now. Requests that arrived in the same turn of the event loop are answered by one
 * question, asked after the last of them came: nothing is kept from an earlier one.
 */
export async function lookUpSession(
  database: Database,
  secretSha256: string,
  today: PlainDate,
): Promise<SessionRow | undefined> {
  let open = asking.get(database)
  if (open?.today !== today) asking.set(database, (open = askSoon(database, today)))
  open.secrets.add(secretSha256)
  return (await open.rows).get(secretSha256)
}

function askSoon(database: Database, today: PlainDate): Asking {
  const secrets = new Set<string>()
  const rows = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
    if (asking.get(database)?.secrets === secrets) asking.delete(database)
    const found = await database.read.rows(sessionQuery([...secrets], today))
    return new Map(found.map((row) => [row.secret_sha256, row]))
  })
  return { today, secrets, rows }
}
