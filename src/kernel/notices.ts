/** Notices (thông báo) as they are recorded: in the transaction of what they tell about, words made when shown. */
import { sql, type Write } from './db.ts'
import { planJob } from './jobs.ts'

/** Whom a notice is for: a member, or whoever holds one of the positions in an organisation. */
export type NoticeAddress =
  { readonly memberId: string } | { readonly organisationId: string; readonly positions: readonly string[] }

export interface NoticeRequest {
  readonly to: NoticeAddress
  /** which words: a key of the slice's texts */
  readonly code: string
  /** plain values the words need; never what a mail could not carry in the open */
  readonly facts?: Readonly<Record<string, unknown>>
  readonly dossierId?: string
  /** the same key is recorded once: for sweeps that meet the same dossier again */
  readonly onceKey?: string
  readonly at: Date
}

/** The task that sends the mail for a notice, where the installation has a mail server. */
export const NOTICE_MAIL_TASK = 'notice-mail'

/** Records a notice and plans its mail. A key that was recorded before changes nothing. */
export async function recordNotice(write: Write, notice: NoticeRequest): Promise<void> {
  const toMember = 'memberId' in notice.to ? notice.to.memberId : null
  const toOrganisation = 'memberId' in notice.to ? null : notice.to
  const recorded = await write.maybe<{ id: string }>(sql`
    insert into notice (member_id, organisation_id, positions, code, facts, dossier_id, at, once_key)
    values (${toMember}, ${toOrganisation?.organisationId ?? null}, ${[...(toOrganisation?.positions ?? [])]},
            ${notice.code}, ${JSON.stringify(notice.facts ?? {})}, ${notice.dossierId ?? null}, ${notice.at},
            ${notice.onceKey ?? null})
    on conflict (once_key) do nothing returning id`)
  if (recorded) await planJob(write, { task: NOTICE_MAIL_TASK, payload: { noticeId: recorded.id } })
}
