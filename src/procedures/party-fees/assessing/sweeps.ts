/** What time brings about for fees: each month's lines, schedules that go on, and the warning of three unpaid months. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import type { Sweep } from '../../../kernel/jobs.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import { addMonths, monthOf, type PlainDate } from '../../../kernel/plain-date.ts'
import type { BackgroundServices } from '../../../web/feature.ts'
import { assessIntroduced, leftTo } from '../following/introduced.ts'
import { firstDayOfPeriod, type Period } from '../law/period.ts'
import { mustBeConsidered, UNPAID_MONTHS } from '../law/unpaid-months.ts'
import { CELL_HANDLERS } from '../law/who.ts'
import { assessMonth } from './assess.ts'
import { allowedLate } from './granted.ts'
import { endingSchedules, exemptUndeclared, strayedFromRegion, writeSchedules } from './schedule.ts'

/** So many members' schedules in one transaction. */
const AT_A_TIME = 500
/** Dossiers that changed so long ago have no month that is still missing. */
const INTRODUCED_MONTHS = 3

type Services = Pick<BackgroundServices, 'database' | 'contextNow' | 'introductions'>

export function assessingSweeps(services: Services): readonly Sweep[] {
  return [
    { name: 'party-fees-month', everyMinutes: 60, run: () => assessNow(services) },
    { name: 'party-fees-unpaid', everyMinutes: 24 * 60, run: () => warnNow(services) },
  ]
}

/** Schedules first, then the lines of the present month: for everybody on its first day, and for who came meanwhile after it. */
export async function assessNow({ database, contextNow, introductions }: Services): Promise<void> {
  const { today } = await contextNow()
  const month = firstDayOfPeriod(monthOf(today))
  await goOn({ database }, today)
  const exempt = await exemptUndeclared(database.read, month)
  const strayed = await strayedFromRegion(database.read, month, today)
  const anew = [...exempt, ...strayed]
  for (let start = 0; start < anew.length; start += AT_A_TIME)
    await database.transaction((write) =>
      writeSchedules(write, anew.slice(start, start + AT_A_TIME), { from: monthOf(today), today }),
    )
  const introduced = await introductions(database.read, addMonths(today, -INTRODUCED_MONTHS))
  await assessMonth(database, month, today, leftTo(introduced, monthOf(today)))
  await assessIntroduced(database, introduced, today)
}

/** Schedules end with the year after this one: in January each is written on by a year. */
async function goOn({ database }: Pick<Services, 'database'>, today: PlainDate): Promise<void> {
  for (let after: string | undefined; ;) {
    const ending = await endingSchedules(database.read, today, AT_A_TIME, after)
    if (ending.length === 0) return
    after = ending.at(-1)?.id
    await database.transaction(async (write) => {
      for (const from of new Set(ending.map((each) => each.from))) {
        const members = ending.filter((each) => each.from === from).map(({ id }) => id)
        await writeSchedules(write, members, { from, today })
      }
    })
  }
}

/** Tells each cell once a month how many of its members have not paid three months of the year. Nothing else follows by itself. */
export async function warnNow({ database, contextNow }: Omit<Services, 'introductions'>): Promise<void> {
  const { today, at } = await contextNow()
  await database.transaction(async (write) => {
    for (const { cell, people } of await cellsToWarn(write, monthOf(today)))
      await warn(write, cell, { people, month: monthOf(today), at })
  })
}

async function warn(
  write: Write,
  cell: string,
  { people, month, at }: { readonly people: number; readonly month: Period; readonly at: Date },
): Promise<void> {
  await recordNotice(write, {
    to: { organisationId: cell, positions: CELL_HANDLERS },
    code: 'party-fees.three-months-unpaid',
    facts: { people, year: Number(month.slice(0, 4)) },
    onceKey: `party-fees-unpaid ${cell} ${month}`,
    at,
  })
}

/** Cells with members who have not paid three months of the year, and how many those are; of a guest, the cell that counts and considers. */
async function cellsToWarn(read: Read, now: Period): Promise<{ cell: string; people: number }[]> {
  const rows = await read.rows<{ cell: string; months: Period[] }>(sql`
    select coalesce(h.home, l.organisation_id) as cell, array_agg(distinct to_char(l.period, 'YYYY-MM')) as months
      from fee_line_now l
      left join (select distinct g.member_id, g.organisation_id as host, m.organisation_id as home
                   from guest_stay g join membership m on m.member_id = g.member_id and m.until is null and m.standing = 'active') h
             on h.member_id = l.member_id and h.host = l.organisation_id
     where l.period >= ${firstDayOfPeriod(`${now.slice(0, 4)}-01`)}::date and l.period < ${firstDayOfPeriod(now)}::date
       and not l.replaced and l.payment_id is null and l.amount_vnd > 0 and not l.waiting
       and not ${allowedLate(sql`l`, now)}
     group by 1, l.member_id having count(distinct l.period) >= ${UNPAID_MONTHS}`)
  const people = new Map<string, number>()
  for (const { cell, months } of rows) {
    const open = months.map((period) => ({ period, open: true }))
    if (mustBeConsidered(open, now)) people.set(cell, (people.get(cell) ?? 0) + 1)
  }
  return [...people].map(([cell, count]) => ({ cell, people: count }))
}
