/** Mail about a notice: that there is something new and where, nothing else; sent as a job, only where a mail server is set. */
import { planJob, type Task, type Tasks } from '../../kernel/jobs.ts'
import { NOTICE_MAIL_TASK } from '../../kernel/notices.ts'
import { sql, type Database, type Read } from '../../kernel/db.ts'
import { todayIn, type PlainDate } from '../../kernel/plain-date.ts'
import type { Clock } from '../clock.ts'
import { HELD_UNTIL, isMailHeld } from './held.ts'

/** The port: anything that brings a plain-text mail to one address. */
export interface Mailer {
  send(mail: Mail): Promise<void>
}

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
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
  const send: Task = async (payload) => {
    if (!mailer) return
    const about = payload as unknown as About
    if (await isMailHeld(database.read)) return plan(database, [about], HELD_UNTIL)
    const recipients = await unreadBy(database.read, about, todayIn(clock.now()))
    // One mail an address, so that nobody learns who else was told; one job a mail, so that a failure repeats no other.
    if (recipients.length > 1)
      return plan(
        database,
        recipients.map(({ memberId }) => ({ ...about, memberId })),
      )
    for (const { address } of recipients) await mailer.send({ to: address, ...mailText(publicUrl) })
  }
  return { [NOTICE_MAIL_TASK]: send }
}

/** What a job's mail is about, and for whom; without a member for all whom the notice is for. */
interface About {
  readonly noticeId: string
  readonly memberId?: string
}

/** @param at what is held waits for a day that does not come: `release-mail` gives it another */
function plan(database: Database, mails: readonly About[], at?: Date): Promise<void> {
  return database.transaction(async (write) => {
    for (const { noticeId, memberId } of mails)
      await planJob(write, {
        task: NOTICE_MAIL_TASK,
        payload: memberId === undefined ? { noticeId } : { noticeId, memberId },
        key: [at ? 'held-mail' : 'mail', noticeId, memberId ?? ''].join(' ').trim(),
        ...(at && { at }),
      })
  })
}

/** Whoever the notice is for today, agrees to mail now, and has not read it meanwhile: one of those who share an address. */
function unreadBy(
  read: Read,
  { noticeId, memberId }: About,
  today: PlainDate,
): Promise<{ memberId: string; address: string }[]> {
  return read.rows(sql`
    select distinct on (a.address) a.member_id as "memberId", a.address from notice n
      join mail_address a on a.member_id = n.member_id or a.member_id in (
        select o.member_id from office o
         where o.organisation_id = n.organisation_id and o.position = any(n.positions)
           and o.since <= ${today}::date and (o.until is null or ${today}::date <= o.until))
      join consent_now c on c.member_id = a.member_id and c.purpose = 'mail' and c.given
     where n.id = ${noticeId} and n.read_at is null and a.member_id = coalesce(${memberId ?? null}::uuid, a.member_id)
     order by a.address, a.member_id`)
}
