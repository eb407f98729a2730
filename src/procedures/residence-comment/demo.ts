/** The demo's round of residence comments, by the commands of its people: referrals with their replies, comments at each step. */
import { sql, type Database } from '../../kernel/db.ts'
import { loadDossier } from '../../kernel/dossier.ts'
import { compare, yearOf, type PlainDate } from '../../kernel/plain-date.ts'
import { perform, type Context } from '../../kernel/procedure.ts'
import type { DemoCast } from '../../registry/demo-cast.ts'
import type { BackgroundServices } from '../../web/feature.ts'
import { derivedId } from '../../web/command-ids.ts'
import { askForMany } from './asking/ask.ts'
import { criteriaOf, formOf, type Ticks } from './law/form.ts'
import { seasonOf } from './law/season.ts'
import type { Command, Comment } from './law/states.ts'
import { RESIDENCE_COMMENT } from './names.ts'
import { sealTask } from './papers/seal.ts'
import { residenceComment } from './procedure.ts'
import type { Command as ReferralCommand } from './referral/law/states.ts'
import { residenceReferral } from './referral/procedure.ts'

/** Who asks for the workplace, writes for the cell, answers for the commune. */
const WORKPLACE_LEADER = 'ward-deputy-secretary'
const WORKPLACE_OFFICER = 'building-officer'
const CELL = 'destination-cell-secretary'
const COMMUNE = 'destination-deputy-secretary'

/** How many days ago what happened; the cell has two weeks, so what was asked on the first of these days is late. */
const DAYS = {
  referred: 75,
  accepted: 72,
  askedLongAgo: 40,
  askedFirst: 22,
  drafted: 15,
  signedFirst: 14,
  confirmedFirst: 12,
  filed: 10,
  asked: 9,
  signed: 4,
  confirmed: 3,
  answered: 2,
  referredLately: 2,
  referralReturned: 1,
} as const

/** How many of the cell's members stand at each step. */
const HOW_MANY = {
  late: 1,
  filed: 4,
  returned: 3,
  signed: 4,
  drafted: 4,
  asked: 3,
  open: 3,
  waiting: 2,
} as const

export interface DemoRoundOptions {
  readonly services: Pick<BackgroundServices, 'signers' | 'publicUrl' | 'press'>
  /** codes of the cells whose members work here and live in the other ward */
  readonly cells: readonly string[]
}

const REMARKS = [
  'Đồng chí nhiệt tình với việc của khu phố, được bà con tin cậy.',
  'Gia đình đồng chí nhiều năm đạt gia đình văn hóa.',
  'Đồng chí dự họp đều, có góp ý cho việc giữ gìn vệ sinh, trật tự.',
]

/** The round is played once: where one of its referrals is there, nothing is done. */
export async function fillDemoRound(
  database: Database,
  cast: DemoCast,
  { services, cells }: DemoRoundOptions,
): Promise<void> {
  if (await database.read.maybe(sql`select 1 from residence_referral limit 1`)) return
  const play = playing(database, cast)
  const members = (await Promise.all(cells.map((code) => cast.others(code)))).flat()
  const take = (count: number) => members.splice(0, count)
  const groups = Object.fromEntries(
    Object.entries(HOW_MANY).map(([step, count]) => [step, take(count)]),
  ) as Record<keyof typeof HOW_MANY, string[]>
  const [returnedToCell, movedHome, exempt, abroad, wrongCommune] = take(5)
  if (!wrongCommune) return
  const single = [returnedToCell!, movedHome!]
  const settled = [...Object.values(groups).flat(), ...single, cast.memberOf('workplace-member')]

  for (const memberId of settled.filter((id) => !groups.waiting.includes(id))) await play.settle(memberId)
  await play.settle(exempt!, { exempt: 'mobile-work' })
  await play.refer(abroad!, { type: 'mark-unreferred', memberId: abroad!, ground: 'abroad' }, DAYS.referred)
  for (const memberId of [...groups.waiting, wrongCommune])
    await play.refer(memberId, play.toCommune(memberId), DAYS.referredLately)
  const reason = 'Địa chỉ ghi trong giấy thuộc phường khác. Đề nghị kiểm tra lại nơi cư trú.'
  await play.answer(wrongCommune, { type: 'send-back', reason }, DAYS.referralReturned)

  await play.ask(groups.late, DAYS.askedLongAgo)
  await play.ask([...groups.filed, ...groups.returned], DAYS.askedFirst)
  for (const memberId of [...groups.filed, ...groups.returned]) {
    await play.draft(memberId, DAYS.drafted)
    await play.act(CELL, memberId, { type: 'sign' }, DAYS.signedFirst)
    await play.act(COMMUNE, memberId, { type: 'confirm' }, DAYS.confirmedFirst)
  }
  const sealing = () => cast.at(cast.daysAgo(DAYS.confirmedFirst), 15 * 60)
  await sealTask({ ...services, database, contextNow: sealing }, {}, { lastAttempt: true })
  for (const memberId of groups.filed)
    await play.act(WORKPLACE_OFFICER, memberId, { type: 'file' }, DAYS.filed)

  await play.ask([...groups.signed, ...groups.drafted, ...groups.asked, ...single], DAYS.asked)
  // Their papers are made by the job, once the server runs.
  for (const memberId of [...groups.signed, returnedToCell!]) {
    await play.draft(memberId, DAYS.signed)
    await play.act(CELL, memberId, { type: 'sign' }, DAYS.signed)
  }
  const unclear = 'Chi ủy ghi rõ ngày họp với ban công tác mặt trận rồi ký lại.'
  await play.act(COMMUNE, returnedToCell!, { type: 'return-to-cell', reason: unclear }, DAYS.answered)
  for (const [index, memberId] of groups.drafted.entries())
    await play.draft(memberId, DAYS.answered, index % 2 === 0 ? 'whole' : 'half')
  const moved = 'Đồng chí đã chuyển nhà khỏi khu phố từ giữa năm; khu phố không còn quản lý.'
  const sentBack = { type: 'send-back', ground: 'moved-home', reason: moved } as const
  await play.act(CELL, movedHome!, sentBack, DAYS.answered)
  await play.correct(groups.filed[0]!, DAYS.answered)
}

/** Each act of the round under an id made from the member's: who does what, so many days ago. */
function playing(database: Database, cast: DemoCast) {
  let done = 0
  const referralOf = (memberId: string) => derivedId(`demo referral ${memberId}`)
  const comments = new Map<string, string>()
  const refers = async (memberId: string, command: ReferralCommand, context: Context): Promise<void> => {
    const dossierId = referralOf(memberId)
    done += 1
    const commandId = derivedId(`demo referral ${memberId} ${done}`)
    await perform(database, residenceReferral, { dossierId, commandId, command }, context)
  }
  const commented = async (memberId: string, command: Command, context: Context): Promise<void> => {
    const dossierId = comments.get(memberId)!
    done += 1
    const commandId = derivedId(`demo comment ${memberId} ${done}`)
    await perform(database, residenceComment, { dossierId, commandId, command }, context)
  }
  const firstAsked = cast.daysAgo(DAYS.askedLongAgo)

  const toCommune = (memberId: string) =>
    ({
      type: 'refer',
      memberId,
      communeId: cast.placeOf(COMMUNE),
      address: `Số ${10 + (done % 90)}, khu phố 5`,
    }) as const
  const refer = async (memberId: string, command: ReferralCommand, days: number) =>
    refers(memberId, command, await cast.as(WORKPLACE_LEADER, cast.daysAgo(days)))
  const answer = async (memberId: string, command: ReferralCommand, days: number) =>
    refers(memberId, command, await cast.as(COMMUNE, cast.daysAgo(days)))

  return {
    toCommune,
    refer,
    answer,
    async settle(memberId: string, more: { readonly exempt?: 'mobile-work' } = {}) {
      await refer(memberId, { ...toCommune(memberId), ...more }, DAYS.referred)
      await answer(memberId, { type: 'accept', cellId: cast.placeOf(CELL) }, DAYS.accepted)
    },
    /** One press of the workplace's: yearly in the months of the round, else for a reason. */
    async ask(chosen: readonly string[], days: number) {
      const context = await cast.as(WORKPLACE_OFFICER, cast.daysAgo(days))
      const asked = {
        commandId: derivedId(`demo round ${days}`),
        chosen,
        ...purposeOn(context, firstAsked, cast.today),
      }
      const { results, rest } = await askForMany({ database }, asked, context)
      if (rest.length > 0) await this.ask(rest, days)
      for (const { memberId, dossierId, refusal } of results) {
        if (!dossierId) throw new Error(`the demo could not ask: ${refusal?.code}`)
        comments.set(memberId, dossierId)
      }
    },
    async act(
      role: typeof CELL | typeof COMMUNE | typeof WORKPLACE_OFFICER,
      memberId: string,
      command: Command,
      days: number,
    ) {
      await commented(memberId, command, await cast.as(role, cast.daysAgo(days), 10 * 60))
    },
    async draft(memberId: string, days: number, how: 'whole' | 'half' = 'whole') {
      const day = cast.daysAgo(days)
      const dossierId = comments.get(memberId)!
      const { state } = (await loadDossier<Comment>(database.read, RESIDENCE_COMMENT, dossierId))!
      const ticks = ticksFor(state, done)
      const some = how === 'whole' ? ticks : Object.fromEntries(Object.entries(ticks).slice(0, 3))
      const whole = { freeText: REMARKS[done % REMARKS.length]!, frontBoardMetOn: day }
      const command = { type: 'save-draft', ticks: some, ...(how === 'whole' ? whole : {}) } as const
      await commented(memberId, command, await cast.as(CELL, day))
    },
    /** A mistake found after filing: a new comment that names the old one. */
    async correct(memberId: string, days: number) {
      const context = await cast.as(WORKPLACE_OFFICER, cast.daysAgo(days))
      const corrects = comments.get(memberId)!
      const command = {
        type: 'request',
        memberId,
        ...purposeOn(context, firstAsked, cast.today),
        corrects,
      } as const
      comments.set(memberId, derivedId(`demo correction ${memberId}`))
      await commented(memberId, command, context)
    },
  }
}

/** The demo begins on any day of the year: outside the round's months the comments are asked for when needed. */
function purposeOn({ today, settings }: Context, first: PlainDate, last: PlainDate) {
  const year = yearOf(first)
  const season = seasonOf(year, undefined, settings)
  if (compare(first, season.askFrom) >= 0 && compare(last, season.latest) <= 0)
    return { year, purpose: 'yearly' } as const
  return { year: yearOf(today), purpose: 'when-needed', reason: 'Xét khen thưởng chuyên đề' } as const
}

function ticksFor(comment: Comment, seed: number): Ticks {
  const criteria = criteriaOf(formOf(comment.form), comment.exempt)
  return Object.fromEntries(
    criteria.map(({ code, scale }, index) => [code, scale[(seed + index) % 3 === 2 ? 1 : 0]!.code]),
  )
}
