/** What comes from below in a month, as the organisation above sees it: each one's shares, what is on its way, and who is late. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { PlainDate, PlainMonth } from '../../../kernel/plain-date.ts'
import type { SettingsOfDay } from '../../../kernel/settings.ts'
import { remitUntil } from '../law/allocation.ts'
import { belowStandingOf, standingOfRemittance, type BelowStanding } from '../law/remittance.ts'
import { remittancesTo, type Remittance } from './remittances.ts'
import { unsharedIn } from './unshared.ts'

export interface BelowRow {
  readonly organisationId: string
  readonly name: string
  readonly dueOn: PlainDate
  readonly standing: BelowStanding
  /** not shared out yet, of this month and those before it */
  readonly unsharedVnd: number
  /** those that were not moved back */
  readonly remittances: readonly Remittance[]
  readonly remitVnd: number
  readonly receivedVnd: number
}

/** Those directly below today, and those that remitted to here though they lie elsewhere by now. */
export async function belowOf(
  read: Read,
  superiorId: string,
  month: PlainMonth,
  { today, settings }: { readonly today: PlainDate; readonly settings: SettingsOfDay },
): Promise<BelowRow[]> {
  const remittances = await remittancesTo(read, superiorId, month)
  const places = await read.rows<{ id: string; name: string; tier: string }>(sql`
    select o.id, o.name, o.tier from organisation_on(${today}::date) o
     where o.tier <> 'advisory'
       and (o.parent_id = ${superiorId} or o.id = any(${remittances.map(({ organisationId }) => organisationId)}::uuid[]))
     order by o.path`)
  const unshared = await unsharedIn(
    read,
    places.map(({ id }) => id),
    month,
    today,
  )
  const rows = places.map(({ id, name, tier }): BelowRow => {
    const own = remittances.filter((each) => each.organisationId === id && each.returnedAt === null)
    const unsharedVnd = Math.max(0, unshared.get(id) ?? 0)
    const dueOn = own[0]?.dueOn ?? remitUntil(month, tier, settings)
    return {
      organisationId: id,
      name,
      dueOn,
      standing: belowStandingOf(own, unsharedVnd, dueOn, today),
      unsharedVnd,
      remittances: own,
      remitVnd: sum(own.map(({ remitVnd }) => remitVnd)),
      receivedVnd: sum(
        own.map((each) => (standingOfRemittance(each) === 'received' ? each.remitVnd : each.heldVnd)),
      ),
    }
  })
  return rows.toSorted((a, b) => FIRST[a.standing] - FIRST[b.standing] || NAMES.compare(a.name, b.name))
}

/** 'Chi bộ 2' before 'Chi bộ 10'. */
const NAMES = new Intl.Collator('vi', { numeric: true })

/** What asks for something to be done stands first, where there is nothing last. */
const FIRST: Readonly<Record<BelowStanding, number>> = {
  sent: 0,
  missing: 1,
  overdue: 2,
  made: 3,
  due: 4,
  received: 5,
  nothing: 6,
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0)

export interface BelowSums {
  readonly organisations: number
  readonly baseVnd: number
  readonly keepVnd: number
  readonly remitVnd: number
  readonly receivedVnd: number
  /** remitted, not received yet */
  readonly openVnd: number
}

export function sumsBelow(rows: readonly BelowRow[]): BelowSums {
  const all = rows.flatMap(({ remittances }) => remittances)
  const remitVnd = sum(rows.map((row) => row.remitVnd))
  const receivedVnd = sum(rows.map((row) => row.receivedVnd))
  return {
    organisations: rows.length,
    baseVnd: sum(all.map(({ baseVnd }) => baseVnd)),
    keepVnd: sum(all.map(({ keepVnd }) => keepVnd)),
    remitVnd,
    receivedVnd,
    openVnd: remitVnd - receivedVnd,
  }
}
