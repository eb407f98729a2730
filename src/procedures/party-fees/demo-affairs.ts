/** What is under way in the demo's fees, through the commands of everybody: reliefs, refunds and remittances at each step, so that no list is empty at first. */
import { randomUUID } from 'node:crypto'
import { sql, type Database, type Read } from '../../kernel/db.ts'
import { workCalendar } from '../../kernel/holidays.ts'
import {
  addDays,
  addToMonth,
  firstDayOf,
  instantAt,
  monthOf,
  type PlainDate,
  type PlainMonth,
} from '../../kernel/plain-date.ts'
import { settingsOn } from '../../kernel/settings.ts'
import { holdersOf } from '../../registry/offices/store.ts'
import type { Handler } from './assessing/lines.ts'
import { holderAsBanksWrite } from './law/holder.ts'
import { HANDLERS } from './law/who.ts'
import { linesOfPayment } from './paying/open-again.ts'
import {
  approveRefund,
  askRefund,
  checkRefund,
  closeRefund,
  payOutRefund,
  refuseRefund,
} from './refunding/steps.ts'
import { ask, forward, grant, refuse } from './relieving/act.ts'
import type { Asked } from './relieving/contract.ts'
import { receive, send, shareOut } from './remitting/remit.ts'

export interface DemoAffairs {
  /** the cell whose members ask */
  readonly cell: string
  /** the cell that has shared out and sent what it collected */
  readonly remittingCell: string
  /** the months that were paid, the oldest first */
  readonly months: readonly PlainMonth[]
  /** whom the README and the tests send through the months themselves */
  readonly except: string
  readonly today: PlainDate
}

export async function addDemoAffairs(database: Database, affairs: DemoAffairs): Promise<void> {
  const officers = await officersOf(database.read, affairs)
  if (!officers) return
  await addReliefs(database, affairs, officers)
  await addRefunds(database, affairs, officers)
  await addRemittances(database, affairs, officers)
}

interface Officers {
  /** of the cell: its secretary and the deputy, two people */
  readonly first: Office
  readonly second: Office
  readonly remitting: Office
  /** of the committee above both cells */
  readonly above: Office
}
interface Office {
  readonly cell: string
  readonly by: string
}

async function officersOf(
  read: Read,
  { cell, remittingCell, today }: DemoAffairs,
): Promise<Officers | undefined> {
  const { above } = await read.one<{ above: string }>(
    sql`select parent_id as above from organisation_on(${today}::date) where id = ${cell}`,
  )
  const of = async (organisation: string, positions: readonly string[]): Promise<Office[]> => {
    const held = await holdersOf(read, organisation, positions, today)
    return held.map(({ memberId }) => ({ cell: organisation, by: memberId }))
  }
  const [first, second] = await of(cell, HANDLERS)
  const [remitting] = await of(remittingCell, HANDLERS)
  const [chief] = await of(above, ['office-chief'])
  return first && second && remitting && chief && { first, second, remitting, above: chief }
}

/** An office at nine o'clock so many days ago. */
const acting = ({ cell, by }: Office, today: PlainDate, daysAgo: number): Handler => {
  const day = addDays(today, -daysAgo)
  return { cell, by, people: [by], at: instantAt(day, 9 * 60), today: day }
}

/** The moment with what the rules ask of it. */
async function nowOf(read: Read, day: PlainDate, minute: number) {
  return {
    at: instantAt(day, minute),
    today: day,
    calendar: workCalendar([]),
    settings: await settingsOn(read, day),
  }
}

type Relief = Pick<Asked, 'kind' | 'percent' | 'hardship' | 'request'>

const WAITING_RELIEF: Relief = {
  kind: 'reduction',
  percent: 50,
  request:
    'Mẹ tôi nằm viện dài ngày, tôi là người chăm chính, thu nhập còn lại của gia đình giảm hơn một nửa. Kính đề nghị chi bộ xem xét giảm đảng phí trong sáu tháng.',
}
const FORWARDED_RELIEF: Relief = {
  kind: 'hardship',
  hardship: 'critical-illness',
  request:
    'Tôi đang điều trị bệnh hiểm nghèo, tiền thuốc hằng tháng lớn. Giấy ra viện tôi đã đưa đồng chí bí thư xem. Kính đề nghị cho miễn đảng phí trong thời gian điều trị.',
}
const GRANTED_RELIEF: Relief = {
  kind: 'reduction',
  percent: 30,
  request:
    'Vợ chồng tôi có hai con đang học đại học, một người mất việc từ đầu quý. Kính đề nghị giảm đảng phí.',
}
const REFUSED_RELIEF: Relief = {
  kind: 'reduction',
  percent: 70,
  request: 'Thu nhập của tôi giảm trong quý này. Kính đề nghị giảm đảng phí.',
}

/** Those who have this month to pay still, and hold no office. */
async function askingMembers(read: Read, { cell, except, today }: DemoAffairs): Promise<string[]> {
  const rows = await read.rows<{ id: string }>(sql`
    select m.id from fee_line_now l join member m on m.id = l.member_id
     where l.organisation_id = ${cell} and l.period = ${firstDayOf(monthOf(today))}::date and not l.replaced
       and l.payment_id is null and l.amount_vnd > 0 and m.personal_id <> ${except}
       and not exists (select from office x where x.member_id = m.id)
     order by m.personal_id`)
  return rows.map(({ id }) => id)
}

/** One waits in the cell, one in the committee above, one was granted there, one refused with the reason. */
async function addReliefs(
  database: Database,
  affairs: DemoAffairs,
  { first, second, above }: Officers,
): Promise<void> {
  const { today } = affairs
  const members = await askingMembers(database.read, affairs)
  const from = monthOf(today)
  const months = { from, until: addToMonth(from, 5) }
  const asks = async (relief: Relief, daysAgo: number): Promise<string | undefined> => {
    const memberId = members.shift()
    if (!memberId) return undefined
    const id = randomUUID()
    const day = addDays(today, -daysAgo)
    const asking = { id, memberId, askedBy: memberId, asked: { ...relief, ...months } }
    await ask(database, asking, await nowOf(database.read, day, 8 * 60))
    return id
  }
  const handsUp = async (id: string, office: Office, daysAgo: number): Promise<void> => {
    const opinion = { opinion: 'for', reason: 'Chi bộ đã tìm hiểu, hoàn cảnh đúng như đơn.' } as const
    await forward(database, id, opinion, acting(office, today, daysAgo))
  }
  await asks(WAITING_RELIEF, 2)
  const forwarded = await asks(FORWARDED_RELIEF, 4)
  if (forwarded) await handsUp(forwarded, first, 3)
  const granted = await asks(GRANTED_RELIEF, 9)
  if (granted) {
    await handsUp(granted, second, 8)
    const decision = {
      ...months,
      number: '18-QĐ/ĐU',
      percent: GRANTED_RELIEF.percent,
      extraVnd: undefined,
      reason: undefined,
    }
    const settings = await settingsOn(database.read, addDays(today, -6))
    await grant(database, granted, decision, acting(above, today, 6), { settings })
  }
  const refused = await asks(REFUSED_RELIEF, 8)
  if (refused) {
    await handsUp(refused, first, 7)
    const why =
      'Thu nhập đã kê khai không thấp hơn các tháng trước. Đồng chí gửi lại đơn kèm giấy tờ chứng minh thì được xem xét lại.'
    await refuse(database, refused, why, acting(above, today, 5))
  }
}

/** One is to be compared, one waits for the second person, one went back to its payer, one was refused with the reason. */
async function addRefunds(
  database: Database,
  { cell, months, except, today }: DemoAffairs,
  { first, second }: Officers,
): Promise<void> {
  const { read } = database
  const last = months.at(-1)
  if (!last) return
  const payments = await read.rows<{ id: string; payerId: string; payerName: string }>(sql`
    select p.id, m.id as "payerId", m.full_name as "payerName" from fee_payment p join member m on m.id = p.payer_id
     where p.organisation_id = ${cell} and p.paid_at >= ${instantAt(firstDayOf(last), 0)} and m.personal_id <> ${except}
       and not exists (select from office x where x.member_id = m.id)
     order by m.personal_id limit 4`)
  const asks = async (
    place: number,
    reason: 'twice' | 'wrong-amount' | 'other',
    note: string,
    daysAgo: number,
  ): Promise<string | undefined> => {
    const payment = payments[place]
    if (!payment) return undefined
    const { id: paymentId, payerId, payerName } = payment
    const commandId = randomUUID()
    const lines = await linesOfPayment(read, paymentId)
    const holder = holderAsBanksWrite(payerName)
    const target = { bin: '970405', number: `71020524${2026 + place}`, holder }
    const asker = { kind: 'own', memberId: payerId } as const
    const now = await nowOf(read, addDays(today, -daysAgo), 8 * 60)
    await askRefund(
      database,
      { commandId, paymentId, lines, reason, note, target },
      { asker, by: payerId },
      now,
    )
    return commandId
  }
  const compares = (id: string, office: Office, daysAgo: number): Promise<void> =>
    checkRefund(
      database,
      id,
      { holderReason: undefined, rightVnd: new Map() },
      acting(office, today, daysAgo),
    )

  await asks(
    0,
    'twice',
    'Tôi đã nộp tiền mặt cho chi bộ trong buổi sinh hoạt, sau đó quên và chuyển khoản lần nữa.',
    1,
  )
  const checked = await asks(
    1,
    'wrong-amount',
    'Tôi kê khai lại rồi, mức của tháng này thấp hơn mức đã nộp.',
    3,
  )
  if (checked) await compares(checked, second, 2)
  const back = await asks(2, 'twice', 'Người nhà đã nộp giúp tôi tháng này.', 9)
  if (back) {
    const { payerId } = payments[2]!
    await compares(back, first, 8)
    await approveRefund(database, back, acting(second, today, 7))
    const paid = { on: addDays(today, -6), reference: 'FT2661940027' }
    await payOutRefund(database, back, paid, acting(first, today, 6))
    const asker = { kind: 'own', memberId: payerId } as const
    const day = addDays(today, -5)
    await closeRefund(database, back, {
      asker,
      as: payerId,
      by: payerId,
      at: instantAt(day, 20 * 60),
      today: day,
    })
  }
  const refused = await asks(3, 'other', 'Tôi muốn nhận lại để nộp cả năm một lần.', 6)
  const why =
    'Khoản này nộp đúng tháng, đúng mức. Muốn nộp nhiều tháng một lần, đồng chí chọn các tháng ở trang Đảng phí.'
  if (refused) await refuseRefund(database, refused, why, acting(first, today, 5))
}

/** Each month shared out and sent; the last one is on its way, those before it were received. */
async function addRemittances(
  database: Database,
  { remittingCell, months, today }: DemoAffairs,
  { remitting, above }: Officers,
): Promise<void> {
  for (const month of months) {
    const id = randomUUID()
    const wanted = addDays(firstDayOf(addToMonth(month, 1)), 3)
    const day = wanted < today ? wanted : addDays(today, -1)
    const when = { at: instantAt(day, 9 * 60), today: day }
    const collected = await database.read.maybe(sql`
      select 1 from fee_payment where organisation_id = ${remittingCell} and paid_at < ${instantAt(firstDayOf(addToMonth(month, 1)), 0)}`)
    if (!collected) continue
    const actor = { organisationId: remittingCell, memberId: remitting.by, people: [remitting.by] }
    const sent = { id, how: 'transfer', on: day, reference: `FT${day.replaceAll('-', '')}011` } as const
    await database.transaction(async (write) => {
      await shareOut(write, { commandId: id, organisationId: remittingCell, month, by: remitting.by }, when)
      await send(write, sent, actor, when)
      if (month === months.at(-1)) return
      const receiver = { organisationId: above.cell, memberId: above.by, people: [above.by] }
      await receive(write, { id, on: day }, receiver, { at: instantAt(day, 14 * 60), today: day })
    })
  }
}
