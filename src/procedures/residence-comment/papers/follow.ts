/** What events mean for papers: one is to be made, to be signed by one more, or stands no longer. */
import { sql, type Write } from '../../../kernel/db.ts'
import { planJob } from '../../../kernel/jobs.ts'
import { addPlaces, insertPaper, newToken, voidPapers } from '../../../papers/store.ts'
import type { Place } from '../law/place.ts'
import type { Event } from '../law/states.ts'
import type { Event as ReferralEvent, Referral } from '../referral/law/states.ts'
import { derivedId } from '../../../web/command-ids.ts'
import { SEAL_TASK } from '../tasks.ts'

/** What a comment's paper is called among papers. */
export const COMMENT_KIND = 'residence-comment'
/** The workplace's request (phiếu xin ý kiến), and its referral (giấy giới thiệu). */
export const REQUEST_KIND = 'residence-request'
export const REFERRAL_KIND = 'residence-referral'
const ATTEMPTS = 6

/** For whoever checks the paper: what somebody wrote as the reason is for those on the way of the comment or referral. */
const WHY_VOID = {
  'comment-returned-to-cell': 'Chi bộ làm rõ rồi ký lại',
  'comment-sent-back': 'Đã trả lại nơi xin ý kiến',
  'comment-cancelled': 'Yêu cầu nhận xét đã hủy',
  'referral-sent-back': 'Đã trả lại nơi giới thiệu',
  'referral-withdrawn': 'Nơi giới thiệu đã rút lại',
} as const

/** One request a comment, whoever makes its paper. */
export const requestPaperId = (dossierId: string): string => derivedId(`residence-request ${dossierId}`)

/** The places of a referral at which the commune replies. */
export const REPLY = 'reply'
export const REPLY_SEAL = 'reply-organisation'

/** In the transaction of the act. */
export async function followPaper(write: Write, dossierId: string, event: Event, at: Date): Promise<void> {
  switch (event.type) {
    case 'comment-requested':
      if (event.requestSigned)
        await enterPaper(write, {
          id: requestPaperId(dossierId),
          kind: REQUEST_KIND,
          dossierId,
          from: event.workplace,
          at,
        })
      return
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
      return voidStanding(write, dossierId, COMMENT_KIND, WHY_VOID[event.type], at)
  }
}

/** One job for all that wait: a thousand acts that ask for it are one job not yet started, and two never run side by side. */
export function planPapers(write: Write): Promise<void> {
  return planJob(write, {
    task: SEAL_TASK,
    payload: {},
    key: SEAL_TASK,
    queue: SEAL_TASK,
    attempts: ATTEMPTS,
  })
}

/** What was signed is taken back whole, or another comment stands in its place: the paper says so to whoever checks it. */
export async function voidStanding(
  write: Write,
  dossierId: string,
  kind: string,
  reason: string,
  at: Date,
): Promise<void> {
  const papers = await write.rows<{ id: string }>(sql`
    select id from paper where dossier_id = ${dossierId} and kind = ${kind} and voided_at is null`)
  await voidPapers(
    write,
    papers.map(({ id }) => id),
    reason,
    at,
  )
}

/** In the transaction of the act: the letter is signed by whoever refers; sent back it stands no longer; accepted it is replied to. */
export async function followReferralPaper(
  write: Write,
  dossierId: string,
  { workplace, commune }: Referral,
  event: ReferralEvent,
  at: Date,
): Promise<void> {
  switch (event.type) {
    case 'member-referred':
    case 'referral-corrected':
      return enterPaper(write, { kind: REFERRAL_KIND, dossierId, from: workplace, at })
    case 'referral-sent-back':
    case 'referral-withdrawn':
      return voidStanding(write, dossierId, REFERRAL_KIND, WHY_VOID[event.type], at)
    case 'referral-accepted':
      await addPlaces(write, dossierId, REFERRAL_KIND, commune?.hasSeal ? [REPLY, REPLY_SEAL] : [REPLY])
      return planPapers(write)
  }
}

/** The paper has its address from the act on; it is typeset and signed by a job. */
async function enterPaper(
  write: Write,
  paper: {
    readonly id?: string
    readonly kind: string
    readonly dossierId: string
    readonly from: Place
    readonly at: Date
  },
): Promise<void> {
  const { from, ...of } = paper
  await insertPaper(write, {
    ...of,
    hop: null,
    organisationId: from.id,
    token: newToken(),
    signers: [],
    sha256: null,
    places: from.hasSeal ? ['person', 'organisation'] : ['person'],
  })
  await planPapers(write)
}
