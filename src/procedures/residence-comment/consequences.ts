/** What follows a comment's events in jobs and notices: in the same transaction. */
import type { Write } from '../../kernel/db.ts'
import { recordNotice } from '../../kernel/notices.ts'
import type { Context, Happened } from '../../kernel/procedure.ts'
import { advisoryOf } from '../../registry/organisations/store.ts'
import { awaited } from './law/awaited.ts'
import { preparers, provinceIn, REPORTED_TO } from './law/place.ts'
import type { Comment, Event, Level } from './law/states.ts'
import { COMMENT_KIND, followPaper, voidStanding } from './papers/follow.ts'
import { chainOf } from './places.ts'

export type CommentHappened = Happened<Comment, Event>

export async function consequences(write: Write, happened: CommentHappened, context: Context): Promise<void> {
  const { dossierId, state } = happened
  for (const event of happened.events) {
    // The paper is made and signed after the act: nobody waits at a screen for the typesetter.
    await followPaper(write, dossierId, event, context.at)
    if (event.type === 'comment-sealed' && state.corrects)
      await voidStanding(write, state.corrects, COMMENT_KIND, CORRECTED, context.at)
    if (event.type === 'member-followed') await tellWorkplaces(write, dossierId, happened, context)
    if (event.type === 'comment-escalated') await report(write, dossierId, state, event.level, context)
    if (tellsMember(event, state))
      await recordNotice(write, {
        to: { memberId: state.memberId },
        code: `residence-comment.${event.type}`,
        facts: { year: state.year },
        dossierId,
        at: context.at,
      })
  }
  await tellWhoseTurn(write, happened, context)
}

/** Why the paper of a comment that was mistaken no longer stands. */
const CORRECTED = 'Đã có phiếu nhận xét khác thay thế'

/** The comment goes along with the member: the new workplace learns what comes, the old one that nothing comes back (7.9 [I]). */
async function tellWorkplaces(
  write: Write,
  dossierId: string,
  { before, state }: CommentHappened,
  { at, today }: Context,
): Promise<void> {
  const { workplace } = state
  const to = (place: Comment['workplace']) => ({ organisationId: place.id, positions: preparers(place) })
  await recordNotice(write, {
    to: to(workplace),
    code: 'residence-comment.came-along',
    facts: {},
    dossierId,
    at,
  })
  if (!before) return
  await recordNotice(write, {
    to: to(before.workplace),
    code: 'residence-comment.went-along',
    facts: { place: workplace.name },
    onceKey: `residence-comment.went ${before.workplace.id} ${workplace.id} ${today}`,
    at,
  })
}

/** What the member is told of. One who asked knows that they asked. */
function tellsMember(event: Event, { startedBy }: Comment): boolean {
  if (event.type === 'comment-requested') return startedBy === 'workplace'
  return (
    event.type === 'comment-sealed' ||
    event.type === 'comment-sent-back' ||
    event.type === 'comment-cancelled'
  )
}

/** One notice an organisation, act and day: a workplace asks for two thousand at once, and a cell is not told of each. */
async function tellWhoseTurn(
  write: Write,
  { before, state }: CommentHappened,
  { at, today }: Context,
): Promise<void> {
  const now = awaited(state)
  const then = before && awaited(before)
  if (now.who !== 'organisation' || !now.responsible) return
  if (then?.responsible === now.responsible && then.act === now.act) return
  // Between a first and a full draft it stays the same cell's.
  if (then?.responsible === now.responsible && then.act === 'with-cell' && now.act === 'drafted') return
  await recordNotice(write, {
    to: { organisationId: now.responsible, positions: [...now.positions] },
    code: 'residence-comment.turn',
    facts: { act: now.act, ...(now.until ? { until: now.until.toISOString() } : {}) },
    onceKey: `residence-comment.turn ${now.responsible} ${now.act} ${today}`,
    at,
  })
}

/** Lateness is told upward, once a day for what lies with one organisation. */
async function report(
  write: Write,
  dossierId: string,
  comment: Comment,
  level: Level,
  { at, today }: Context,
): Promise<void> {
  const late = awaited(comment).responsible
  const to = level === 'commune' ? comment.commune : await commissionOf(write, comment, today)
  if (!to) return
  await recordNotice(write, {
    to: { organisationId: to.id, positions: to.tier === 'advisory' ? REPORTED_TO : preparers(to) },
    code: `residence-comment.late-${level}`,
    facts: { place: late === comment.commune.id ? comment.commune.name : (comment.cell?.name ?? '') },
    // The commission has its list; the dossier is for those on its way.
    ...(level === 'commune' ? { dossierId } : {}),
    onceKey: `residence-comment.late ${level} ${late} ${today}`,
    at,
  })
}

/** The commission of the commune's province; the province itself where the registry has none. */
async function commissionOf(write: Write, { commune }: Comment, today: string) {
  const province = provinceIn(await chainOf(write, commune.id, today))
  return province && ((await advisoryOf(write, province.id, today)) ?? province)
}
