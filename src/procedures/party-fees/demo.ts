/** The demo's fees: accounts of its cells, what its members declared, the month assessed, two months before in two cells, paid by most; and what is under way. */
import { createHash, randomUUID } from 'node:crypto'
import { sql, type Database, type Read, type Write } from '../../kernel/db.ts'
import { orderedId } from '../../kernel/ordered-id.ts'
import {
  addDays,
  addToMonth,
  firstDayOf,
  instantAt,
  monthOf,
  type PlainDate,
  type PlainMonth,
} from '../../kernel/plain-date.ts'
import { makePaymentKey } from '../../payments/payment-key.ts'
import { withoutAccents } from '../../payments/plain-ascii.ts'
import { countedOn } from '../../registry/day.ts'
import { assessMonthIn } from './assessing/assess.ts'
import { writeSchedules } from './assessing/schedule.ts'
import { addDemoAffairs } from './demo-affairs.ts'
import type { DeclaredFacts } from './fact-contract.ts'
import type { Sex } from './law/facts.ts'
import { retirementOf } from './law/retirement.ts'
import { periodsFrom } from './law/period.ts'
import { insertOrders } from './paying/orders.ts'
import { settleLines, type ToldLine } from './paying/settle.ts'

/** The cells whose earlier months are there too: of the demo's people, and the one that has remitted. */
const DEMO_CELL = '79.021.013.000.001'
const REMITTING_CELL = '79.021.011.000.001'
/** The demo's member (registry/demo.ts): declared, and with the month before still to pay. */
const DEMO_MEMBER = '099086134203'
const FIRST_MONTH = '2026-02'
const MONTHS_BEFORE = 2
/** Of a hundred: who has declared nothing yet, and who has not paid a month before. */
const UNDECLARED = 4
const UNPAID = 15
const BANKS = ['970436', '970415', '970418', '970405', '970422'] as const

interface DemoMember {
  readonly id: string
  readonly cellId: string
  readonly cellCode: string | null
  readonly personalId: string
  readonly birthDate: PlainDate
  readonly sex: Sex
}

/** Filled already, nothing changes. */
export async function fillDemoFees(database: Database, today: PlainDate): Promise<void> {
  const month = monthOf(today)
  const earlier = periodsFrom(firstMonth(month), addToMonth(month, -1))
  const filled = await database.transaction(async (write) => {
    if (await write.maybe(sql`select 1 from fee_schedule limit 1`)) return undefined
    const members = await membersOn(write, today)
    await addAccounts(write, today)
    await addFacts(write, members, today)
    await assessMonthIn(write, firstDayOf(month), today)
    const inCells = members.filter(({ cellCode }) => cellCode === DEMO_CELL || cellCode === REMITTING_CELL)
    const told: ToldLine[][] = []
    for (const each of earlier) {
      await assessMonthIn(
        write,
        firstDayOf(each),
        today,
        inCells.map(({ id }) => id),
      )
      const last = each === earlier.at(-1)
      const paying = inCells.filter(({ personalId }) => !last || personalId !== DEMO_MEMBER)
      told.push(await orderMonth(write, each, paying))
    }
    const cellOf = (code: string) => inCells.find(({ cellCode }) => cellCode === code)?.cellId
    return { told, cell: cellOf(DEMO_CELL), remittingCell: cellOf(REMITTING_CELL) }
  })
  if (!filled) return
  const { told: paid, cell, remittingCell } = filled
  for (const [index, told] of paid.entries()) {
    const on = addDays(firstDayOf(earlier[index]!), 4)
    await settleLines(database, told, { at: instantAt(on, 9 * 60), today: on })
  }
  if (cell && remittingCell)
    await addDemoAffairs(database, { cell, remittingCell, months: earlier, except: DEMO_MEMBER, today })
}

function firstMonth(month: PlainMonth): PlainMonth {
  const first = addToMonth(month, -MONTHS_BEFORE)
  return first < FIRST_MONTH ? FIRST_MONTH : first
}

function membersOn(read: Read, day: PlainDate): Promise<DemoMember[]> {
  return read.rows(sql`
    select m.id, s.organisation_id as "cellId", o.code as "cellCode", m.personal_id as "personalId", m.birth_date as "birthDate",
           m.sex
      from membership s join member m on m.id = s.member_id join organisation o on o.id = s.organisation_id
     where s.standing = 'active' and ${countedOn('s', day)} and m.personal_id is not null
     order by m.personal_id`)
}

/** A whole number below `below` that a text always gives. */
function chance(text: string, below: number): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) % below
}

/** A ward's committees and most of its cells have an account; one cell in seven pays on the account above. */
async function addAccounts(write: Write, day: PlainDate): Promise<void> {
  const places = await write.rows<{ id: string; name: string; tier: string }>(sql`
    select o.id, o.name, o.tier from organisation_on(${day}::date) o where o.tier in ('cell', 'grassroots') order by o.path`)
  const rows = places
    .filter(({ name, tier }) => tier !== 'cell' || chance(name, 7) > 0)
    .map(({ id, name }, index) => ({
      id: randomUUID(),
      organisation_id: id,
      bank_bin: BANKS[index % BANKS.length],
      account_number: `68${String(20_260_000 + index)}`,
      holder: withoutAccents(name).toUpperCase(),
    }))
  const at = instantAt(firstDayOf(FIRST_MONTH), 8 * 60)
  await write.run(sql`
    insert into fee_account (id, organisation_id, bank_bin, account_number, holder, declared_at, verified_at, verified_how)
    select id, organisation_id, bank_bin, account_number, holder, ${at}::timestamptz, ${at}::timestamptz, 'dữ liệu dùng thử'
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, organisation_id uuid, bank_bin text,
             account_number text, holder text)`)
}

/** Realistic by age: most past retirement age draw a pension, most in working age are insured, some of the young study. */
function demoFacts({ personalId, birthDate, sex }: DemoMember, day: PlainDate): DeclaredFacts {
  const one = (what: string) => chance(`${what} ${personalId}`, 100)
  const hundredThousands = (least: number, more: number) =>
    (least + chance(`amount ${personalId}`, more)) * 100_000
  if (retirementOf(birthDate, sex).on <= day)
    return one('pension') < 85 ? { pensionVnd: hundredThousands(30, 90) } : {}
  if (birthDate > addDays(day, -25 * 365) && one('student') < 60) return { student: true }
  if (one('insured') < 75) return { insured: true, insuredSalaryPreviousMonthVnd: hundredThousands(60, 190) }
  return {}
}

async function addFacts(write: Write, people: readonly DemoMember[], day: PlainDate): Promise<void> {
  const at = instantAt(firstDayOf(FIRST_MONTH), 8 * 60)
  const declared = people
    .filter(
      ({ personalId }) => chance(`declared ${personalId}`, 100) >= UNDECLARED || personalId === DEMO_MEMBER,
    )
    .map((member) => ({ ...member, declaration: orderedId(at), facts: demoFacts(member, day) }))
  const declarations = declared.map(({ declaration, id, cellId, facts }) => ({
    id: declaration,
    member_id: id,
    organisation_id: cellId,
    facts,
  }))
  await write.run(sql`
    insert into fee_declaration (id, member_id, organisation_id, from_period, facts, status, declared_by, declared_at, answered_at)
    select id, member_id, organisation_id, ${firstDayOf(FIRST_MONTH)}::date, facts, 'approved', member_id, ${at}::timestamptz,
           ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(declarations)}::jsonb) as t(id uuid, member_id uuid, organisation_id uuid, facts jsonb)`)
  await write.run(sql`
    insert into fee_region (organisation_id, valid_from, region, source, set_at)
    select id, ${firstDayOf(FIRST_MONTH)}::date, 'I', 'dữ liệu dùng thử', ${at}::timestamptz
      from organisation_on(${day}::date) where tier = 'province'`)
  // Of those who declared nothing, who owes nothing by right has a schedule too.
  const members = people.map(({ id }) => id)
  await writeSchedules(write, members, { from: firstMonth(monthOf(day)), today: day })
}

/** Orders of those who paid a month, and the bank's lines that pay them. */
async function orderMonth(write: Write, month: string, members: readonly DemoMember[]): Promise<ToldLine[]> {
  const period = firstDayOf(month)
  const at = instantAt(addDays(period, 4), 8 * 60)
  const open = await write.rows<{ memberId: string; cellId: string; amountVnd: number; account: string }>(sql`
    select l.member_id as "memberId", l.organisation_id as "cellId", l.amount_vnd as "amountVnd", a.id as account
      from fee_line l join fee_account a on a.organisation_id = l.organisation_id and a.retired_at is null
     where l.period = ${period}::date and l.member_id = any(${members.map(({ id }) => id)}::uuid[]) and l.amount_vnd > 0
     order by l.member_id`)
  const personal = new Map(members.map(({ id, personalId }) => [id, personalId]))
  const orders = open
    .filter(({ memberId }) => chance(`paid ${month} ${personal.get(memberId)}`, 100) >= UNPAID)
    .map(({ memberId, cellId, amountVnd, account }) => ({
      id: randomUUID(),
      key: makePaymentKey(
        createHash('sha256')
          .update(`${month} ${personal.get(memberId)}`)
          .digest()
          .subarray(0, 8),
      ),
      payerId: memberId,
      organisationId: cellId,
      accountId: account,
      madeBy: memberId,
      lines: [{ memberId, period, number: 0, amountVnd }],
    }))
  await insertOrders(write, orders, at)
  return orders.map(({ key, accountId, lines }) => ({
    accountId,
    reference: `DEMO-${key}`,
    amountVnd: lines[0]!.amountVnd,
    direction: 'in',
    content: key,
    bookedAt: at,
    source: 'statement',
    key,
  }))
}
