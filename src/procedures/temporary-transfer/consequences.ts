/** What follows a stay's events in registers, papers, notices and jobs: in the same transaction. Membership never changes here. */
import { actsForMember } from '../../kernel/actor.ts'
import { sql, type Write } from '../../kernel/db.ts'
import { nextNumber } from '../../kernel/dossier.ts'
import { planJob } from '../../kernel/jobs.ts'
import { recordNotice, type NoticeAddress } from '../../kernel/notices.ts'
import { yearOf } from '../../kernel/plain-date.ts'
import type { Context, Happened } from '../../kernel/procedure.ts'
import type { GuestStay } from '../../registry/guests/months.ts'
import { feesTold, keepDays } from './guest-fees.ts'
import { awaited } from './law/awaited.ts'
import { checkers, originCell, originCommittee } from './law/rules.ts'
import { bothPlaces } from './law/staying.ts'
import { heirOf, wasSent, type Event, type Stay } from './law/states.ts'
import {
  enterReferral,
  issueCellLetter,
  issueExtension,
  issueHostLetter,
  issueReferral,
  issueReturn,
  voidLetters,
  type StayPaperServices,
} from './papers/papers.ts'
import { tellRanOut } from './reminders.ts'
import { CONVERTED_TASK, PAPER_TASK, SEAL_TASK } from './tasks.ts'

export type StayHappened = Happened<Stay, Event>

export async function consequences(
  write: Write,
  services: StayPaperServices,
  happened: StayHappened,
  context: Context,
): Promise<void> {
  for (const event of happened.events) await follow(write, services, happened, event, context)
  const guest = await keepDays(write, happened.dossierId, happened.state, context.today)
  await tell(write, happened, guest, context)
}

/** Ways in which a letter that was written loses its force before the guest is admitted. */
const VOIDING: ReadonlySet<Event['type']> = new Set(['stay-withdrawn', 'stay-refused', 'stay-declined'])

const NEVER_CAME = 'Việc sinh hoạt tạm thời đã kết thúc trước khi tiếp nhận'

async function follow(
  write: Write,
  services: StayPaperServices,
  happened: StayHappened,
  event: Event,
  context: Context,
): Promise<void> {
  const { dossierId, before, state } = happened
  const the = { dossierId, stay: state, context }
  if (VOIDING.has(event.type) && before?.cellComment && 'reason' in event)
    await voidLetters(write, dossierId, event.reason, context.at)
  // Whoever checks the letter of one who never came learns that it is void, and nothing of why.
  if (event.type === 'stay-ended' && before?.cellComment && !before.admission)
    await voidLetters(write, dossierId, NEVER_CAME, context.at)
  switch (event.type) {
    case 'file-detached':
      await write.run(sql`
        update dossier_file set removed_at = ${context.at} where id = ${event.fileId} and removed_at is null`)
      return
    case 'stay-requested':
      return numberDossier(write, dossierId, state, context)
    case 'stay-sent-back':
      return voidSentBack(write, happened, event, context)
    case 'cell-commented':
      return issueCellLetter(write, services, the)
    case 'referral-signed':
      return issueReferral(write, services, the)
    case 'number-taken':
      await enterReferral(write, state, context)
      return planJob(write, { task: SEAL_TASK, payload: { dossierId }, attempts: 4 })
    case 'sealing-retried':
      return planJob(write, { task: SEAL_TASK, payload: { dossierId }, attempts: 4 })
    case 'cell-assigned':
      await issueHostLetter(write, services, the, event)
      if (!event.letter) return
      return planJob(write, { task: PAPER_TASK, payload: { paperId: event.letter.paperId } })
    case 'extension-granted':
      await issueExtension(write, services, the, before!.until!)
      return planJob(write, { task: PAPER_TASK, payload: { paperId: event.decided.paperId! } })
    case 'return-written':
      return issueReturn(write, services, the)
    case 'stay-expired':
      return tellRanOut(write, dossierId, state, context.at)
    case 'stay-converted':
      return planJob(write, {
        task: CONVERTED_TASK,
        payload: { dossierId, memberId: state.memberId, destinationId: event.destination.id },
      })
  }
}

/** Back to who asked: the cell writes its letter anew too. Back to the committee: only its own letter is void. */
async function voidSentBack(
  write: Write,
  { dossierId, before }: StayHappened,
  { to, reason }: Extract<Event, { type: 'stay-sent-back' }>,
  { at }: Context,
): Promise<void> {
  if (before?.cellComment) await voidLetters(write, dossierId, reason, at, to === 'asker' ? 0 : 1)
}

/** 79.021-2026-000117: the grassroots organisation's code, the year, a gapless number. Kept when the request is sent again. */
async function numberDossier(write: Write, dossierId: string, stay: Stay, { today }: Context): Promise<void> {
  if (await write.maybe(sql`select 1 from dossier where id = ${dossierId} and number is not null`)) return
  const committee = originCommittee(stay)
  const year = String(yearOf(today))
  const next = await nextNumber(write, committee.id, 'dossier', year)
  const { prefix } = await write.one<{ prefix: string }>(sql`
    select coalesce(left(code, 6), 'TC' || number) as prefix from organisation where id = ${committee.id}`)
  const number = `${prefix}-${year}-${String(next).padStart(6, '0')}`
  await write.run(sql`update dossier set number = ${number} where id = ${dossierId}`)
}

/** Whom an event is told to, beside whose turn it is then. */
type Told = 'member' | 'absent-member' | 'home' | 'host'
const TELL: Readonly<Partial<Record<Event['type'], readonly Told[]>>> = {
  'stay-requested': ['member'],
  'stay-sent-back': ['member'],
  'stay-refused': ['member'],
  'stay-withdrawn': ['absent-member', 'home', 'host'],
  'referral-sealed': ['member'],
  'cell-assigned': ['member'],
  'stay-declined': ['member', 'home'],
  'guest-admitted': ['member', 'home', 'host'],
  'extension-asked': ['absent-member', 'home', 'host'],
  'extension-granted': ['member', 'home', 'host'],
  'extension-refused': ['member', 'home', 'host'],
  'return-written': ['member'],
  'return-recorded': ['member', 'host'],
  'member-recalled': ['member', 'host'],
  'stay-converted': ['home', 'host'],
  'stay-ended': ['home', 'host'],
  'yearly-comment-written': ['home'],
  'reorganisation-followed': ['member'],
}

/** 01-HD/TW 10.2.2: what happens to a stay is known at both places. One notice to those whose turn it is now. */
async function tell(
  write: Write,
  { before, state, dossierId, events }: StayHappened,
  guest: GuestStay | undefined,
  context: Context,
): Promise<void> {
  const { at, today } = context
  for (const event of events) {
    const facts = {
      ...('dueAt' in event && event.dueAt ? { dueAt: event.dueAt } : {}),
      ...(state.until ? { until: state.until } : {}),
      ...(await feesTold(write, event.type, guest, today)),
    }
    for (const to of addresses(state, toldOf(event), context))
      await recordNotice(write, { to, code: `temporary.${event.type}`, facts, dossierId, at })
    if (event.type === 'stay-sent-back' && event.late) await tellLate(write, dossierId, state, at)
  }
  const now = awaited(state)
  const then = before && awaited(before)
  if (now.who !== 'organisation' || !now.responsible || state.status === 'draft') return
  if (then?.who === 'organisation' && then.responsible === now.responsible && then.act === now.act) return
  const facts = { act: now.act, ...(now.until ? { dueAt: now.until.toISOString() } : {}) }
  const to = { organisationId: now.responsible, positions: [...now.positions] }
  await recordNotice(write, { to, code: 'temporary.turn', facts, dossierId, at })
}

function toldOf(event: Event): readonly Told[] {
  const told = TELL[event.type] ?? []
  // The living learn that theirs is over, and may ask anew.
  const isOver = event.type === 'stay-ended' && !['died', 'left', 'removed'].includes(event.ending)
  return isOver ? ['member', ...told] : told
}

/** Above the cell it is known that what was missing was said too late (338-QĐ/TW art. 14). */
async function tellLate(write: Write, dossierId: string, stay: Stay, at: Date): Promise<void> {
  const above = originCommittee(stay)
  const to = { organisationId: above.id, positions: [...checkers(above)] }
  await recordNotice(write, { to, code: 'temporary.asked-late', facts: {}, dossierId, at })
}

function addresses(stay: Stay, kinds: readonly Told[], { actor }: Context): NoticeAddress[] {
  const reachedHost = stay.referral?.sealedAt !== undefined
  return kinds.flatMap((kind): NoticeAddress[] => {
    if (kind === 'member') return [{ memberId: stay.memberId }]
    // Who asked for it knows that they asked.
    if (kind === 'absent-member')
      return actsForMember(actor, stay.memberId) ? [] : [{ memberId: stay.memberId }]
    if (kind === 'home')
      return wasSent(stay) ? officesOf([heirOf(stay, originCell(stay)), originCommittee(stay)]) : []
    return reachedHost && stay.host ? officesOf([bothPlaces(stay).host, heirOf(stay, stay.host)]) : []
  })
}

function officesOf(places: readonly Parameters<typeof checkers>[0][]) {
  const once = places.filter((place, index) => places.findIndex(({ id }) => id === place.id) === index)
  return once.map((place) => ({ organisationId: place.id, positions: [...checkers(place)] }))
}
