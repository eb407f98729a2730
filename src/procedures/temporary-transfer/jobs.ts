/** The temporary transfer's jobs and sweep: sealing, expiry, reminders, the yearly comment; time is an actor that sends commands. */
import { randomUUID } from 'node:crypto'
import { CLOCK } from '../../kernel/actor.ts'
import { sql, type Database } from '../../kernel/db.ts'
import { yearOf } from '../../kernel/plain-date.ts'
import { perform, type Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { PaperServices } from '../../papers/issue.ts'
import { awaitedButGone } from '../../registry/reorganisation/following.ts'
import { YEARLY_MONTH } from './law/settings.ts'
import type { Command } from './law/states.ts'
import { failureOf, recordSealFailure, sealIssued, sealReferral, unsealed } from './papers/seal.ts'
import { temporaryTransfer } from './procedure.ts'
import { remindEnding, remindToMend } from './reminders.ts'
import { staysEnded, staysMoved, staysOver, staysUnmended, yearlyUnasked } from './store.ts'
import { followReorganisation } from './succession.ts'
import { TEMPORARY_TRANSFER } from './tasks.ts'

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
  const { database, contextNow } = services
  const dossierId = String(payload.dossierId)
  const procedure = temporaryTransfer(services)
  try {
    await sealReferral(database, services, procedure, dossierId, contextNow)
  } catch (error) {
    // What a person must mend is shown at once; a passing fault is tried again first.
    // One that somebody acted on meanwhile is none of that: it is looked at anew.
    const isMendable = error instanceof Refusal && error.code !== 'dossier.moved-on'
    if (!lastAttempt && !isMendable) throw error
    await recordSealFailure(database, procedure, dossierId, failureOf(error), contextNow)
  }
}

export function paperTask(services: JobServices, payload: Record<string, unknown>): Promise<void> {
  return sealIssued(services.database, services, String(payload.paperId), services.contextNow)
}

/**
 * Finds what time has brought about and sends it as commands; the rules decide. Bounded: the next run takes the rest.
 *
 * @throws AggregateError the defects met, after all others were looked after: one broken dossier keeps nobody waiting
 */
export async function sweep(services: JobServices): Promise<void> {
  const context = await services.contextNow()
  const { read } = services.database
  const { today, settings } = context
  const defects: unknown[] = []
  const lookAfter = (act: Promise<void>) => act.catch((error: unknown) => void defects.push(error))
  for (const { id, ending } of await staysEnded(read, today))
    await lookAfter(send(services, id, { type: 'end', ending, reason: REASONS[ending] }, context))
  // Another cell of the same committee goes on with it; under another committee it is over.
  for (const { id } of await staysMoved(read)) {
    await lookAfter(send(services, id, { type: 'end', ending: 'moved', reason: REASONS.moved }, context))
    await lookAfter(send(services, id, { type: 'follow-reorganisation' }, context))
  }
  for (const { id, state } of await staysUnmended(read, context.at)) {
    await lookAfter(remindToMend(services.database, id, state, context))
    const ending = { type: 'end', ending: 'unanswered', reason: REASONS.unanswered } as const
    await lookAfter(send(services, id, ending, context))
  }
  for (const { id } of await staysOver(read, today, context.at))
    await lookAfter(send(services, id, { type: 'note-expired' }, context))
  const year = yearOf(today)
  if (Number(today.slice(5, 7)) >= settings.get(YEARLY_MONTH))
    for (const { id } of await yearlyUnasked(read, year, today))
      await lookAfter(send(services, id, { type: 'ask-yearly-comment', year }, context))
  await remindEnding(services.database, context, lookAfter)
  for (const { id } of await unsealed(read, context.at)) await lookAfter(paperTask(services, { paperId: id }))
  const gone = await awaitedButGone(read, TEMPORARY_TRANSFER, today)
  if (gone.length > 0)
    await lookAfter(
      services.database.transaction(async (write) => {
        await followReorganisation(write, services, gone, { ...context, actor: CLOCK })
      }),
    )
  if (defects.length > 0) throw new AggregateError(defects, `${defects.length} stays not looked after`)
}

/** As the dossier says it; who the member is stands nowhere in it. */
const REASONS = {
  died: 'Đảng viên từ trần',
  left: 'Đảng viên ra khỏi Đảng',
  removed: 'Đảng viên bị xóa tên hoặc khai trừ',
  dissolved: 'Tổ chức đảng nơi sinh hoạt tạm thời đã kết thúc hoạt động',
  moved: 'Đảng viên đã chuyển sinh hoạt đảng chính thức đến nơi khác',
  unanswered: 'Đề nghị trả lại để sửa đã quá hạn, không được gửi lại',
} as const

/** The version seen is named, so a sweep that runs twice does one thing. */
async function send(
  services: JobServices,
  dossierId: string,
  command: Command,
  context: Omit<Context, 'actor'>,
): Promise<void> {
  const { version } = await services.database.read.one<{ version: number }>(
    sql`select version from dossier where id = ${dossierId}`,
  )
  try {
    await perform(
      services.database,
      temporaryTransfer(services),
      { dossierId, commandId: randomUUID(), expected: version, command },
      { ...context, actor: CLOCK },
    )
  } catch (error) {
    if (!(error instanceof Refusal)) throw error // somebody acted meanwhile: the next sweep sees what is true then
  }
}
