/** What time brings about for remittances: each organisation is told before its day, and after it. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import type { Sweep } from '../../../kernel/jobs.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import { addDays, addToMonth, monthOf, type PlainDate, type PlainMonth } from '../../../kernel/plain-date.ts'
import type { SettingsOfDay } from '../../../kernel/settings.ts'
import type { BackgroundServices } from '../../../web/feature.ts'
import { remitUntil } from '../law/allocation.ts'
import { HANDLERS } from '../law/who.ts'
import { unsharedIn } from './unshared.ts'

/** So many days before its day an organisation is told. */
const NEAR_DAYS = 3
/** So many organisations are asked about at once. */
const AT_A_TIME = 500

type Services = Pick<BackgroundServices, 'database' | 'contextNow'>

export function remittingSweeps(services: Services): readonly Sweep[] {
  return [{ name: 'party-fees-remit', everyMinutes: 6 * 60, run: () => remindNow(services) }]
}

/** Of the month before: who has money of it to share out, or shared it out and did not send. Each is told once before, once after. */
export async function remindNow({ database, contextNow }: Services): Promise<void> {
  const { today, at, settings } = await contextNow()
  const month = addToMonth(monthOf(today), -1)
  const open = await openIn(database.read, month, today)
  for (let start = 0; start < open.length; start += AT_A_TIME)
    await database.transaction(async (write) => {
      for (const each of open.slice(start, start + AT_A_TIME))
        await remind(write, each, { month, today, at, settings })
    })
}

async function remind(
  write: Write,
  { id, tier }: { readonly id: string; readonly tier: string },
  when: { month: PlainMonth; today: PlainDate; at: Date; settings: SettingsOfDay },
): Promise<void> {
  const { month, today, at, settings } = when
  const dueOn = remitUntil(month, tier, settings)
  if (today < addDays(dueOn, -NEAR_DAYS)) return
  const code = today > dueOn ? 'party-fees.remit-late' : 'party-fees.remit-soon'
  const to = { organisationId: id, positions: HANDLERS }
  await recordNotice(write, { to, code, facts: { month, dueOn }, onceKey: `${code} ${id} ${month}`, at })
}

async function openIn(
  read: Read,
  month: PlainMonth,
  today: PlainDate,
): Promise<{ id: string; tier: string }[]> {
  const some = await read.rows<{ id: string; tier: string; owed: boolean }>(sql`
    select o.id, o.tier, bool_or(b.account = 'owed' and b.credit_vnd > b.debit_vnd) as owed
      from ledger_balance b join organisation_on(${today}::date) o on o.id = b.owner
     where b.account in ('dues', 'receipts', 'owed') and b.credit_vnd > b.debit_vnd group by o.id, o.tier order by o.id`)
  const open = some.filter(({ owed }) => owed)
  const others = some.filter(({ owed }) => !owed)
  for (let start = 0; start < others.length; start += AT_A_TIME) {
    const part = others.slice(start, start + AT_A_TIME)
    const unshared = await unsharedIn(
      read,
      part.map(({ id }) => id),
      month,
      today,
    )
    open.push(...part.filter(({ id }) => (unshared.get(id) ?? 0) > 0))
  }
  return open
}
