/** Mail about a notice: that there is something new and where, nothing else; sent as a job, only where a mail server is set. */
import type { Task, Tasks } from '../../kernel/jobs.ts'
import { NOTICE_MAIL_TASK } from '../../kernel/notices.ts'
import { sql, type Database, type Read, type Write } from '../../kernel/db.ts'
import { todayIn, type PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Clock } from '../clock.ts'

/** The port: anything that brings a plain-text mail to one address. */
export interface Mailer {
  send(mail: Mail): Promise<void>
}

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** What people type; the database checks the same. */
const ADDRESS = /^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$/

/** Where a member wants mail about new tasks; undefined for none. */
export async function mailAddressOf(read: Read, memberId: string): Promise<string | undefined> {
  const row = await read.maybe<{ address: string }>(
    sql`select address from mail_address where member_id = ${memberId}`,
  )
  return row?.address
}

/**
 * Sets or (null) forgets where a member wants mail.
 *
 * @throws Refusal invalid `mail.address-invalid`
 */
export async function setMailAddress(
  write: Write,
  memberId: string,
  address: string | null,
  at: Date,
): Promise<void> {
  if (address === null) {
    await write.run(sql`delete from mail_address where member_id = ${memberId}`)
    return
  }
  if (address.length > 254 || !ADDRESS.test(address)) {
    throw new Refusal('invalid', 'mail.address-invalid', { fields: [{ field: 'address', code: 'invalid' }] })
  }
  await write.run(sql`
    insert into mail_address (member_id, address, set_at) values (${memberId}, ${address}, ${at})
    on conflict (member_id) do update set address = excluded.address, set_at = excluded.set_at`)
}

/** The one mail there is. It says neither who nor what: mailboxes are not ours to guard. */
export function mailText(publicUrl: string): Omit<Mail, 'to'> {
  return {
    subject: 'Đồng chí có một việc mới',
    text: [
      'Đồng chí có một việc mới trên hệ thống thủ tục hành chính của Đảng.',
      `Mời đồng chí đăng nhập để xem: ${publicUrl}/`,
      '',
      'You have a new task. Please sign in to see it.',
      '',
      'Thư này được gửi tự động, xin đừng trả lời.',
    ].join('\n'),
  }
}

/** The task that `recordNotice` plans. Without a mailer it does nothing: the notice is in the application. */
export function noticeMailTasks(services: {
  readonly database: Database
  readonly clock: Clock
  readonly publicUrl: string
  readonly mailer: Mailer | undefined
}): Tasks {
  const { database, clock, publicUrl, mailer } = services
  const send: Task = async ({ noticeId }) => {
    if (!mailer) return
    const addresses = await unreadAddresses(database.read, String(noticeId), todayIn(clock.now()))
    // One mail an address: nobody learns who else was told. A failure in the middle repeats the earlier ones.
    for (const to of addresses) await mailer.send({ to, ...mailText(publicUrl) })
  }
  return { [NOTICE_MAIL_TASK]: send }
}

/** Whoever the notice is for today, wants mail, and has not read it meanwhile. */
async function unreadAddresses(read: Read, noticeId: string, today: PlainDate): Promise<string[]> {
  const rows = await read.rows<{ address: string }>(sql`
    select distinct a.address from notice n
      join mail_address a on a.member_id = n.member_id or a.member_id in (
        select o.member_id from office o
         where o.organisation_id = n.organisation_id and o.position = any(n.positions)
           and o.since <= ${today}::date and (o.until is null or ${today}::date <= o.until))
     where n.id = ${noticeId} and n.read_at is null order by a.address`)
  return rows.map(({ address }) => address)
}
