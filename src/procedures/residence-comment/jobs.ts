/** Time as an actor of the comment: reminders before the last day, lateness told upward, heirs of organisations that ended. */
import { randomUUID } from 'node:crypto'
import { CLOCK } from '../../kernel/actor.ts'
import { loadDossier } from '../../kernel/dossier.ts'
import { recordNotice } from '../../kernel/notices.ts'
import { addDays, instantAt, todayIn, type PlainDate } from '../../kernel/plain-date.ts'
import { perform, type Context, type Procedure } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { addWorkingDays, workingDaysBetween, type WorkCalendar } from '../../kernel/working-time.ts'
import type { BackgroundServices } from '../../web/feature.ts'
import { escalationDue } from './law/rules.ts'
import { ESCALATE_COMMUNE_DAYS, ESCALATE_PROVINCE_DAYS, REMIND_DAYS } from './law/settings.ts'
import type { Comment } from './law/states.ts'
import { RESIDENCE_COMMENT } from './names.ts'
import { residenceComment } from './procedure.ts'
import { planPapers } from './papers/follow.ts'
import { waitsLong } from './papers/signing.ts'
import { residenceReferral } from './referral/procedure.ts'
import { referralsToFollow } from './referral/store.ts'
import { commentsToFollow, lateComments, soonDue } from './store.ts'
import { followWithComments, followWithReferrals, orphans } from './succession.ts'

export type JobServices = Pick<BackgroundServices, 'database' | 'contextNow'>

/**
 * Finds what time has brought about and sends it as commands; the rules decide. Bounded: the next run takes the rest.
 *
 * @throws AggregateError the defects met, after all others were looked after: one broken dossier keeps nobody waiting
 */
export async function sweep(services: JobServices): Promise<void> {
  const context = await services.contextNow()
  const { database } = services
  const defects: unknown[] = []
  const lookAfter = (act: Promise<void>) => act.catch((error: unknown) => void defects.push(error))
  const { calendar, today, settings } = context
  const cuts = {
    commune: lateBefore(calendar, today, settings.get(ESCALATE_COMMUNE_DAYS)),
    province: lateBefore(calendar, today, settings.get(ESCALATE_PROVINCE_DAYS)),
  }
  for (const { id } of await lateComments(database.read, cuts))
    await lookAfter(escalate(services, id, context))
  for (const { id, isGone } of await commentsToFollow(database.read, today))
    await lookAfter(
      send(services, residenceComment, id, isGone ? { type: 'cancel', reason: GONE } : FOLLOW, context),
    )
  for (const { id, isGone, isPending } of await referralsToFollow(database.read, today)) {
    const ended = { type: isPending ? 'withdraw' : 'close', reason: GONE } as const
    await lookAfter(send(services, residenceReferral, id, isGone ? ended : FOLLOW, context))
  }
  await lookAfter(remind(services, context))
  const gone = await orphans(database.read, today)
  if (gone.length > 0)
    await lookAfter(
      database.transaction(async (write) => {
        const byClock = { ...context, actor: CLOCK }
        await followWithReferrals(write, gone, byClock)
        await followWithComments(write, gone, byClock)
      }),
    )
  await lookAfter(planWaiting(services, context))
  if (defects.length > 0) throw new AggregateError(defects, `${defects.length} comments not looked after`)
}

/** What a job gave up, or a certificate kept from being signed, is tried again. */
async function planWaiting({ database }: JobServices, { at }: Pick<Context, 'at'>): Promise<void> {
  if (!(await waitsLong(database.read, new Date(at.getTime() - PATIENCE_MS)))) return
  await database.transaction((write) => planPapers(write))
}

/** So long the job that was planned with the act is left alone. */
const PATIENCE_MS = 10 * 60_000

/** What was due before this moment is so many working days late today. */
function lateBefore(calendar: WorkCalendar, today: PlainDate, days: number): Date {
  let day = addDays(today, -days)
  while (workingDaysBetween(calendar, day, today) < days) day = addDays(day, -1)
  return instantAt(addDays(day, 1), 0)
}

/** A sweep that runs twice does one thing: what was told is no longer due. */
async function escalate(
  services: JobServices,
  dossierId: string,
  context: Omit<Context, 'actor'>,
): Promise<void> {
  const dossier = await loadDossier<Comment>(services.database.read, RESIDENCE_COMMENT, dossierId)
  const level = dossier && escalationDue(dossier.state, context)
  if (level) await send(services, residenceComment, dossierId, { type: 'escalate', level }, context)
}

/** As the dossier and its paper say it, whatever ended the membership. */
const GONE = 'Đảng viên không còn sinh hoạt đảng'
const FOLLOW = { type: 'follow-member' } as const

/** Somebody who acts meanwhile is first: the next sweep sees what is true then. */
async function send<
  State extends { readonly status: string },
  Command extends { readonly type: string },
  Event extends { readonly type: string },
  Facts,
>(
  { database }: JobServices,
  procedure: Procedure<State, Command, Event, Facts>,
  dossierId: string,
  command: Command,
  context: Omit<Context, 'actor'>,
): Promise<void> {
  try {
    await perform(
      database,
      procedure,
      { dossierId, commandId: randomUUID(), command },
      { ...context, actor: CLOCK },
    )
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

/** Whose turn runs out within the next working days is told once for each last day. */
async function remind({ database }: JobServices, context: Omit<Context, 'actor'>): Promise<void> {
  const { at, today, calendar, settings } = context
  const last = addWorkingDays(calendar, today, settings.get(REMIND_DAYS))
  for (const soon of await soonDue(database.read, at, instantAt(addDays(last, 1), 0))) {
    const { organisationId, positions, act, until, count } = soon
    await database.transaction((write) =>
      recordNotice(write, {
        to: { organisationId, positions },
        code: 'residence-comment.due-soon',
        facts: { act, until: until.toISOString(), count },
        onceKey: `residence-comment.soon ${organisationId} ${act} ${todayIn(until)}`,
        at,
      }),
    )
  }
}
