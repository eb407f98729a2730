/** Consent for what is voluntary: purpose by purpose, given and withdrawn at any time, each with the text it was given to. */
import { sql, type Read, type Write } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { PROCESSING_NOTICE, PURPOSES, versionOn, type Purpose } from './texts-by-version.ts'

export type Way = 'page' | 'api' | 'sweep'

export interface Consent {
  readonly purpose: Purpose
  /** false: withdrawn, or never given: silence is no consent */
  readonly given: boolean
  readonly version: number | null
  readonly at: Date | null
}

/** How it stands with each purpose. */
export async function consentsOf(read: Read, memberId: string): Promise<Consent[]> {
  const rows = await read.rows<Consent>(
    sql`select purpose, given, version, at from consent_now where member_id = ${memberId}`,
  )
  return PURPOSES.map(
    (purpose) =>
      rows.find((row) => row.purpose === purpose) ?? { purpose, given: false, version: null, at: null },
  )
}

/** Whether one purpose is agreed to now. */
export async function hasConsent(read: Read, memberId: string, purpose: Purpose): Promise<boolean> {
  const row = await read.maybe<{ given: boolean }>(
    sql`select given from consent_now where member_id = ${memberId} and purpose = ${purpose}`,
  )
  return row?.given ?? false
}

/** What people type; the database checks the same. */
const ADDRESS = /^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$/

/**
 * Gives or withdraws consent for one purpose, with immediate effect: an address for mail comes with the consent and goes
 * with it. The same id twice is once.
 *
 * @throws Refusal invalid `mail.address-invalid`
 */
export async function decideConsent(
  write: Write,
  memberId: string,
  choice: {
    readonly id: string
    readonly purpose: Purpose
    readonly given: boolean
    readonly address?: string | undefined
    readonly way: Way
    readonly at: Date
    readonly today: PlainDate
  },
): Promise<void> {
  const { id, purpose, given, address = '', way, at, today } = choice
  if (purpose === 'mail' && given && (address.length > 254 || !ADDRESS.test(address)))
    throw new Refusal('invalid', 'mail.address-invalid', { fields: [{ field: 'address', code: 'invalid' }] })
  const { version } = versionOn(`consent-${purpose}`, today)
  const decided = await write.run(sql`
    insert into consent (id, member_id, purpose, version, given, at, way)
    values (${id}, ${memberId}, ${purpose}, ${version}, ${given}, ${at}, ${way}) on conflict (id) do nothing`)
  if (decided === 0 || purpose !== 'mail') return
  if (!given) await write.run(sql`delete from mail_address where member_id = ${memberId}`)
  else
    await write.run(sql`
      insert into mail_address (member_id, address, set_at) values (${memberId}, ${address}, ${at})
      on conflict (member_id) do update set address = excluded.address, set_at = excluded.set_at`)
}

/** Where a member wants mail about new tasks; undefined for none. */
export async function mailAddressOf(read: Read, memberId: string): Promise<string | undefined> {
  const row = await read.maybe<{ address: string }>(
    sql`select address from mail_address where member_id = ${memberId}`,
  )
  return row?.address
}

/** What every page asks: whether pages may be kept on the device, and which notice was read. */
export function privacyOf(
  read: Read,
  memberId: string,
): Promise<{ mayKeepPages: boolean; readVersion: number }> {
  return read.one(sql`
    select coalesce((select given from consent where member_id = ${memberId} and purpose = 'device'
                      order by number desc limit 1), false) as "mayKeepPages",
           (select coalesce(max(version), 0) from text_reading
             where member_id = ${memberId} and text = ${PROCESSING_NOTICE}) as "readVersion"`)
}

/** The newest version of the notice this member has read; 0 for none. */
export async function noticeRead(read: Read, memberId: string): Promise<number> {
  const row = await read.one<{ version: number }>(sql`
    select coalesce(max(version), 0) as version from text_reading
     where member_id = ${memberId} and text = ${PROCESSING_NOTICE}`)
  return row.version
}

/** Keeps that a version was read; once is enough. */
export async function keepNoticeRead(
  write: Write,
  memberId: string,
  read: { readonly version: number; readonly way: 'page' | 'api'; readonly at: Date },
): Promise<void> {
  await write.run(sql`
    insert into text_reading (member_id, text, version, read_at, way)
    values (${memberId}, ${PROCESSING_NOTICE}, ${read.version}, ${read.at}, ${read.way}) on conflict do nothing`)
}
