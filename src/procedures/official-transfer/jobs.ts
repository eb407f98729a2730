/** The transfer's jobs and sweeps: sealing, the request's paper, reminders; time is an actor that sends commands. */
import { randomUUID } from 'node:crypto'
import { CLOCK } from '../../kernel/actor.ts'
import { sql, type Database } from '../../kernel/db.ts'
import { loadDossier } from '../../kernel/dossier.ts'
import { recordNotice } from '../../kernel/notices.ts'
import { addMonths, todayIn, type PlainDate } from '../../kernel/plain-date.ts'
import { perform, type Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { workingDaysBetween } from '../../kernel/working-time.ts'
import type { PaperServices } from '../../papers/issue.ts'
import { awaitedButGone } from '../../registry/reorganisation/following.ts'
import { issueRequest } from './papers/papers.ts'
import { OFFICIAL_TRANSFER, officialTransfer } from './procedure.ts'
import { failureOf, recordSealFailure, sealHop } from './papers/seal.ts'
import { checkers } from './law/rules.ts'
import type { Command, Transfer } from './law/states.ts'
import { followReorganisation } from './succession.ts'
import { inTransit, presentationsOverdue, supplementsToRemind, type InTransit } from './store.ts'

/** What jobs and sweeps work with. */
export interface JobServices extends PaperServices {
  readonly database: Database
  readonly contextNow: () => Promise<Omit<Context, 'actor'>>
}

export async function sealTask(
  services: JobServices,
  payload: Record<string, unknown>,
  lastAttempt: boolean,
): Promise<void> {
  const job = { dossierId: String(payload.dossierId), hop: Number(payload.hop) }
  try {
    await sealHop(services.database, services, job, services.contextNow)
  } catch (error) {
    // What a person must mend is shown at once; a passing fault is tried again first.
    if (!lastAttempt && !(error instanceof Refusal)) throw error
    await recordSealFailure(services.database, services, job, failureOf(error), services.contextNow)
  }
}

/** Makes the paper of a request that was received; made once. */
export async function requestPaperTask(
  services: JobServices,
  payload: Record<string, unknown>,
): Promise<void> {
  const dossierId = String(payload.dossierId)
  const confirmedAt = new Date(String(payload.confirmedAt))
  const { at } = await services.contextNow()
  await services.database.transaction(async (write) => {
    const dossier = await loadDossier<Transfer>(write, OFFICIAL_TRANSFER, dossierId)
    const made = await write.maybe(sql`
      select 1 from paper where dossier_id = ${dossierId} and kind = 'transfer-request' and created_at >= ${confirmedAt}`)
    if (!dossier?.number || made) return
    const delegate = payload.delegateId
      ? (
          await write.one<{ name: string }>(
            sql`select full_name as name from member where id = ${String(payload.delegateId)}`,
          )
        ).name
      : null
    const { id, number, state: transfer } = dossier
    await issueRequest(
      write,
      services,
      { id, number, transfer, confirmedAt, delegate },
      at,
      todayIn(confirmedAt),
    )
  })
}

/**
 * Finds what time has brought about and sends it as commands; the rules decide. Bounded: the next run takes the rest.
 *
 * @throws AggregateError the defects met, after all others were looked after: one broken dossier keeps nobody waiting
 */
export async function sweep(services: JobServices): Promise<void> {
  const context = await services.contextNow()
  const { read } = services.database
  const defects: unknown[] = []
  const lookAfter = (act: Promise<void>) => act.catch((error: unknown) => void defects.push(error))
  for (const { id } of await presentationsOverdue(read, context.today))
    await lookAfter(send(services, id, { type: 'note-overdue' }, context))
  for (const { id } of await supplementsToRemind(read, context.at))
    await lookAfter(send(services, id, { type: 'remind-supplement' }, context))
  for (const transit of await inTransit(read))
    await lookAfter(remindPresentation(services.database, transit, context))
  const gone = await awaitedButGone(read, OFFICIAL_TRANSFER, context.today)
  if (gone.length > 0)
    await lookAfter(
      services.database.transaction(async (write) => {
        await followReorganisation(write, services, gone, { ...context, actor: CLOCK })
      }),
    )
  if (defects.length > 0) throw new AggregateError(defects, `${defects.length} dossiers not looked after`)
}

/**
 * The version seen is named, so a sweep that runs twice does one thing. The command's id is random: one that could be
 * worked out beforehand could be used up beforehand, by a member who would rather not be reminded.
 */
async function send(
  services: JobServices,
  dossierId: string,
  command: Command,
  context: Omit<Context, 'actor'>,
): Promise<void> {
  const stamp = await services.database.read.one<{ version: number }>(
    sql`select version from dossier where id = ${dossierId}`,
  )
  try {
    await perform(
      services.database,
      officialTransfer(services),
      { dossierId, commandId: randomUUID(), expected: stamp.version, command },
      { ...context, actor: CLOCK },
    )
  } catch (error) {
    if (!(error instanceof Refusal)) throw error // somebody acted meanwhile: the next sweep sees what is true then
  }
}

/** Working days after the referral on which a member in transit is reminded (5.10). */
const REMIND_ON = [10, 20, 25, 30]

async function remindPresentation(
  database: Database,
  transit: InTransit,
  { today, calendar, at }: Omit<Context, 'actor'>,
): Promise<void> {
  const { id, memberId, referredOn, presentBy } = transit
  if (addMonths(referredOn, LONG_STOP_MONTHS) < today) await reportLongStop(database, id, today, at)
  const passed = workingDaysBetween(calendar, referredOn, today)
  const mark = REMIND_ON.findLast((day) => day <= passed)
  if (mark === undefined) return
  await database.transaction((write) =>
    recordNotice(write, {
      to: { memberId },
      code: 'transfer.present-soon',
      facts: { presentBy },
      dossierId: id,
      onceKey: `present ${id} ${referredOn} ${mark}`,
      at,
    }),
  )
}

/** 06-HD/TW (2025), section 8: every 3 months the committee looks after those referred to it who have not come. */
const LONG_STOP_MONTHS = 3

/** Tells those who receive, once a quarter, of a member who has been on the way for more than 3 months. */
async function reportLongStop(
  database: Database,
  dossierId: string,
  today: PlainDate,
  at: Date,
): Promise<void> {
  const quarter = Math.ceil(Number(today.slice(5, 7)) / LONG_STOP_MONTHS)
  await database.transaction(async (write) => {
    const dossier = await loadDossier<Transfer>(write, OFFICIAL_TRANSFER, dossierId)
    const receiver = dossier?.state.route?.receiver
    if (!receiver) return
    await recordNotice(write, {
      to: { organisationId: receiver.id, positions: checkers(receiver) },
      code: 'transfer.long-stop',
      dossierId,
      onceKey: `long-stop ${dossierId} ${today.slice(0, 4)}-${quarter}`,
      at,
    })
  })
}
