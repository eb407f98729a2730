/** The demo's temporary stays, by the commands of its people: members lent out and guests here, one at each step. */
import { CLOCK } from '../../kernel/actor.ts'
import { sql, type Database } from '../../kernel/db.ts'
import { addDays, addMonths, compare, monthOf, yearOf, type PlainDate } from '../../kernel/plain-date.ts'
import { perform, type Context } from '../../kernel/procedure.ts'
import type { DemoRole } from '../../registry/demo.ts'
import type { DemoCast } from '../../registry/demo-cast.ts'
import { derivedId } from '../../web/command-ids.ts'
import { attachDecision } from './files.ts'
import { sealTask } from './jobs.ts'
import { YEARLY_MONTH } from './law/settings.ts'
import type { Answers, Command } from './law/states.ts'
import type { StayPaperServices } from './papers/papers.ts'
import { temporaryTransfer } from './procedure.ts'
import { remindEnding } from './reminders.ts'

/** Whoever acts for one of the two wards. */
interface Side {
  readonly secretary: DemoRole
  readonly deputy: DemoRole
  readonly clerk: DemoRole
}
const TAN_TAO: Side = { secretary: 'cell-secretary', deputy: 'ward-deputy-secretary', clerk: 'ward-clerk' }
const CAU_KIEU: Side = {
  secretary: 'destination-cell-secretary',
  deputy: 'destination-deputy-secretary',
  clerk: 'destination-clerk',
}

/** How far a stay has come; each step stands on those before it. */
const STEPS = ['requested', 'at-host', 'host-admission', 'active', 'extension-asked', 'returned'] as const
type Step = (typeof STEPS)[number]

interface DemoStay {
  readonly memberId: string
  readonly from: Side
  readonly to: Side
  readonly begins: PlainDate
  readonly until: PlainDate
  readonly step: Step
  readonly says: Pick<Answers, 'case' | 'reason' | 'place' | 'decisionIssuer'>
}

const SECONDED = {
  case: 'work',
  reason: 'Được biệt phái có thời hạn, hết việc sẽ trở về.',
  place: 'Trung tâm phục vụ hành chính công',
  decisionIssuer: 'Sở Nội vụ',
} as const
const AT_FAMILY = {
  case: 'residence',
  reason: 'Về ở cùng gia đình để chăm mẹ đang điều trị, sau đó trở về.',
  place: 'Số 27, đường số 8',
  decisionIssuer: 'Công an phường',
} as const

export interface DemoStaysOptions {
  readonly services: StayPaperServices
  /** a decision as members hand one in */
  readonly decision: Uint8Array
  /** the codes of the two cells: of the demo's people, and of those in the other ward */
  readonly cells: { readonly here: string; readonly there: string }
}

/** A stay that is there already stays as it is: whoever was interrupted goes on with the next. */
export async function fillDemoStays(
  database: Database,
  cast: DemoCast,
  options: DemoStaysOptions,
): Promise<void> {
  const lent = [...(await cast.others(options.cells.here))]
  const guests = [...(await cast.others(options.cells.there))]
  const guest = cast.memberOf('guest-member')
  const out = { from: TAN_TAO, to: CAU_KIEU }
  const here = { from: CAU_KIEU, to: TAN_TAO }
  const { today } = cast
  const ending = (days: number, months: number) => {
    const until = addDays(today, days)
    return { begins: addMonths(addDays(until, 1), -months), until }
  }
  // Short ones: wards refer temporarily only since they are grassroots organisations (26 July 2026).
  const stays: (Omit<DemoStay, 'memberId'> & { readonly memberId: string | undefined })[] = [
    { memberId: lent.shift(), ...out, ...ending(-10, 3), step: 'returned', says: SECONDED },
    { memberId: lent.shift(), ...out, ...ending(95, 6), step: 'active', says: SECONDED },
    { memberId: lent.shift(), ...out, ...ending(175, 6), step: 'host-admission', says: AT_FAMILY },
    { memberId: lent.shift(), ...out, ...ending(185, 6), step: 'requested', says: SECONDED },
    { memberId: guest, ...here, ...ending(25, 4), step: 'active', says: AT_FAMILY },
    { memberId: guests.shift(), ...here, ...ending(12, 3), step: 'extension-asked', says: SECONDED },
    { memberId: guests.shift(), ...here, ...ending(180, 6), step: 'at-host', says: AT_FAMILY },
  ]
  for (const [index, stay] of stays.entries())
    if (stay.memberId !== undefined)
      await playStay(database, cast, options, derivedId(`demo stay ${index}`), stay as DemoStay)
  for (const days of REMINDED_DAYS_AGO)
    await remindEnding(database, await cast.at(cast.daysAgo(days)), (act) => act)
}

const YEARLY = {
  attendance: 'full',
  tasks: 'Hoàn thành tốt việc chi bộ giao.',
  discipline: 'Chấp hành nghiêm quy định nơi sinh hoạt tạm thời.',
  strengths: 'Tận tụy, có trách nhiệm, gần gũi bà con.',
  weaknesses: 'Ít phát biểu trong sinh hoạt chi bộ.',
  proposal: 'Đề nghị xếp loại hoàn thành tốt nhiệm vụ.',
} as const

/** The days on which those whose stay comes to its end were told of it. */
const REMINDED_DAYS_AGO = [35, 5]

async function playStay(
  database: Database,
  cast: DemoCast,
  { services, decision }: DemoStaysOptions,
  dossierId: string,
  { memberId, from, to, begins, until, step, says }: DemoStay,
): Promise<void> {
  if (await database.read.maybe(sql`select 1 from dossier where id = ${dossierId}`)) return
  const procedure = temporaryTransfer(services)
  let done = 0
  const ask = (context: Context, command: Command) => {
    done += 1
    const commandId = derivedId(`${dossierId} ${done}`)
    return perform(database, procedure, { dossierId, commandId, command }, context)
  }
  /** what the books say goes before what anybody writes */
  const paidThrough = async (day: PlainDate) =>
    (await services.feesOf?.(database.read, memberId))?.paidThrough ?? monthOf(day)
  const upTo = (wanted: Step) => STEPS.indexOf(step) >= STEPS.indexOf(wanted)
  /** so many days before the stay begins; what has not come yet is lately */
  const before = (days: number, lately: number) => {
    const day = addDays(begins, -days)
    const latest = cast.daysAgo(lately)
    return compare(day, latest) < 0 ? day : latest
  }

  const requested = before(14, upTo('at-host') ? 9 : 2)
  const answers = {
    ...says,
    from: begins,
    to: until,
    hostId: cast.placeOf(to.deputy),
    decisionNumber: '42/QĐ',
    decisionIssuedOn: addDays(requested, -5),
    review: 'Hoàn thành nhiệm vụ được giao; sinh hoạt chi bộ đầy đủ; đóng đảng phí đúng kỳ.',
    phone: '0900000012',
  }
  await ask(await cast.asMember(memberId, requested), { type: 'save-draft', answers })
  const file = { name: 'quyet-dinh.pdf', bytes: decision, kind: 'pdf', pages: 1 } as const
  const commandId = derivedId(`${dossierId} decision`)
  await attachDecision(
    database,
    procedure,
    dossierId,
    { ...file, commandId },
    await cast.asMember(memberId, requested, 9 * 60 + 5),
  )
  await ask(await cast.asMember(memberId, requested, 9 * 60 + 10), { type: 'submit', declared: true })
  if (!upTo('at-host')) return

  const commented = before(12, 7)
  await ask(await cast.as(from.secretary, commented), {
    type: 'comment',
    meetingOn: commented,
    comment: 'Chi bộ nhất trí để đồng chí sinh hoạt tạm thời; đồng chí chấp hành tốt nhiệm vụ được giao.',
    feesPaidThrough: await paidThrough(commented),
  })
  const referred = before(10, 5)
  await ask(await cast.as(from.deputy, referred), {
    type: 'sign-referral',
    committeeComment: 'Đảng ủy nhất trí với nhận xét của chi bộ.',
  })
  await ask(await cast.as(from.clerk, referred, 10 * 60), { type: 'take-number' })
  const sealing = { ...services, database, contextNow: () => cast.at(referred, 10 * 60 + 1) }
  await sealTask(sealing, { dossierId }, true)
  if (!upTo('host-admission')) return

  const cellId = cast.placeOf(to.secretary)
  const assigned = before(7, 3)
  await ask(await cast.as(to.deputy, assigned), { type: 'assign-cell', cellId })
  if (!upTo('active')) return

  const admitted = before(2, 2)
  await ask(await cast.as(to.secretary, admitted), { type: 'admit', meetingOn: admitted })
  if (step === 'active') return

  if (step === 'extension-asked') {
    // Where the year's comment is due it goes before all else: written, so that the committee's turn comes.
    const day = cast.daysAgo(2)
    const { settings } = await cast.at(day)
    if (Number(day.slice(5, 7)) >= settings.get(YEARLY_MONTH)) {
      const asked = { ...(await cast.at(day, 8 * 60)), actor: CLOCK }
      await ask(asked, { type: 'ask-yearly-comment', year: yearOf(day) })
      await ask(await cast.as(to.secretary, day), { type: 'write-yearly-comment', ...YEARLY })
    }
    const longer = {
      until: addMonths(until, 3),
      reason: 'Việc được giao chưa xong, cơ quan gia hạn ba tháng.',
    }
    await ask(await cast.asMember(memberId, cast.daysAgo(1)), { type: 'ask-extension', ...longer })
    return
  }
  const left = until
  await ask(await cast.as(to.secretary, left), {
    type: 'write-return',
    leftOn: left,
    comment: 'Đồng chí sinh hoạt đầy đủ, hoàn thành tốt việc chi bộ giao, giữ quan hệ tốt với Nhân dân.',
    feesPaidThrough: await paidThrough(left),
  })
  await ask(await cast.as(from.secretary, addDays(left, 4)), { type: 'record-return' })
}
