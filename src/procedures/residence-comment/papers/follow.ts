/** What a comment's events mean for its paper: it is to be made, to be sealed, or stands no longer. */
import { sql, type Write } from '../../../kernel/db.ts'
import { planJob } from '../../../kernel/jobs.ts'
import { voidPapers } from '../../../papers/store.ts'
import type { Event } from '../law/states.ts'
import { SEAL_TASK } from '../tasks.ts'

/** What a comment's paper is called among papers. */
export const COMMENT_KIND = 'residence-comment'
const ATTEMPTS = 6

/** For whoever checks the paper: what somebody wrote as the reason is for those on the comment's way. */
const WHY_VOID = {
  'comment-returned-to-cell': 'Chi bộ làm rõ rồi ký lại',
  'comment-sent-back': 'Đã trả lại nơi xin ý kiến',
  'comment-cancelled': 'Yêu cầu nhận xét đã hủy',
} as const

/** In the transaction of the act. */
export async function followPaper(write: Write, dossierId: string, event: Event, at: Date): Promise<void> {
  switch (event.type) {
    case 'comment-signed':
    case 'comment-confirmed':
    case 'sealing-retried':
    // What is on its way to the typesetter was loaded before this, and is left for another run.
    case 'member-followed':
    case 'reorganisation-followed':
      return planPapers(write)
    case 'comment-returned-to-cell':
    case 'comment-sent-back':
    case 'comment-cancelled':
      return voidStanding(write, dossierId, WHY_VOID[event.type], at)
  }
}

/** One job for all that wait: a thousand acts that ask for it are one job not yet started, and two never run side by side. */
function planPapers(write: Write): Promise<void> {
  return planJob(write, {
    task: SEAL_TASK,
    payload: {},
    key: SEAL_TASK,
    queue: SEAL_TASK,
    attempts: ATTEMPTS,
  })
}

/** What was signed is taken back whole, or another comment stands in its place: the paper says so to whoever checks it. */
export async function voidStanding(write: Write, dossierId: string, reason: string, at: Date): Promise<void> {
  const papers = await write.rows<{ id: string }>(sql`
    select id from paper where dossier_id = ${dossierId} and kind = ${COMMENT_KIND} and voided_at is null`)
  await voidPapers(
    write,
    papers.map(({ id }) => id),
    reason,
    at,
  )
}
