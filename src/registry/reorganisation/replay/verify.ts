/** What must be true after the replay: nobody lost, everybody reachable, every old commune with successors, both days as they were. */
import { sql, type Read } from '../../../kernel/db.ts'
import { addDays } from '../../../kernel/plain-date.ts'
import { childrenOn } from '../../organisations/counting.ts'
import type { Country, Province } from './country.ts'
import { committeeOf, NEW_SINCE } from './province-plan.ts'

export interface Verified {
  readonly members: number
  /** each province has as many members as before */
  readonly conserved: boolean
  /** each member lies in a cell below a commune of 2026, and the sums of the tree say so */
  readonly reachable: boolean
  /** what is not as it should be, in words */
  readonly off: readonly string[]
}

const LAST_OLD_DAY = addDays(NEW_SINCE, -1)

export async function verify(read: Read, country: Country): Promise<Verified> {
  const [before, after] = [
    await membersByProvince(read, LAST_OLD_DAY),
    await membersByProvince(read, NEW_SINCE),
  ]
  const lost = country.provinces
    .filter(({ id }) => before.get(id) === undefined || before.get(id) !== after.get(id))
    .map(({ id, name }) => `${name}: ${before.get(id) ?? 0} đảng viên trước, ${after.get(id) ?? 0} sau`)
  const astray = await outsideCommunes(read, country)
  const crooked = await crookedPaths(read)
  const sums: string[] = []
  const days: string[] = []
  for (const province of country.provinces) {
    const children = await childrenOn(read, province.id, NEW_SINCE)
    const total = children.reduce((sum, each) => sum + each.active, 0)
    if (total !== before.get(province.id)) sums.push(`${province.name}: cộng các xã được ${total}`)
    days.push(...(await wrongDays(read, province)))
  }
  const unfollowed = await withoutSuccessor(read, country)
  const notThere = [
    ...(astray > 0 ? [`${astray} đảng viên không ở chi bộ nào dưới một xã của năm 2026`] : []),
    ...(crooked > 0 ? [`${crooked} tổ chức có đường dẫn sai hoặc không có cấp trên`] : []),
    ...sums,
  ]
  return {
    members: [...after.values()].reduce((sum, each) => sum + each, 0),
    conserved: lost.length === 0,
    reachable: notThere.length === 0,
    off: [
      ...lost,
      ...notThere,
      ...days,
      ...(unfollowed > 0 ? [`${unfollowed} xã cũ không có tổ chức kế thừa`] : []),
    ],
  }
}

async function membersByProvince(read: Read, day: string): Promise<Map<string, number>> {
  const rows = await read.rows<{ id: string; members: number }>(sql`
    select top.id, count(*) as members
      from membership m
      join organisation_period p on p.organisation_id = m.organisation_id
       and p.valid_from <= ${day}::date and (p.valid_to is null or ${day}::date < p.valid_to)
      join organisation top on top.number::text = split_part(p.path, '.', 1)
     where m.standing = 'active' and m.since <= ${day}::date and (m.until is null or ${day}::date < m.until) group by 1`)
  return new Map(rows.map((row) => [row.id, row.members]))
}

async function outsideCommunes(read: Read, { provinces }: Country): Promise<number> {
  const communes = provinces.flatMap(({ communes: all }) => all.map(({ id }) => id))
  const { count } = await read.one<{ count: number }>(sql`
    select count(*) from member x
     where not exists (
       select from membership m
         join organisation_period p on p.organisation_id = m.organisation_id and p.kind = 'cell' and p.valid_to is null
        where m.member_id = x.id and m.until is null and m.standing = 'active' and p.parent_id = any(${communes}::uuid[]))`)
  return count
}

/** Organisations of the day whose parent is not there, or that do not lie below it. */
async function crookedPaths(read: Read): Promise<number> {
  const { count } = await read.one<{ count: number }>(sql`
    select count(*) from organisation_period p join organisation o on o.id = p.organisation_id
      left join organisation_period a on a.organisation_id = p.parent_id and a.valid_to is null
     where p.valid_to is null and p.path is distinct from case when p.parent_id is null then '' else a.path end || o.number || '.'`)
  return count
}

/** The day before shows the old communes and no other, the day the new ones. */
async function wrongDays(read: Read, { id, name, old, communes }: Province): Promise<string[]> {
  const wanted = [
    [LAST_OLD_DAY, old],
    [NEW_SINCE, communes],
  ] as const
  const wrong: string[] = []
  for (const [day, expected] of wanted) {
    const there = (await childrenOn(read, id, day)).map((each) => `${each.id} ${each.name}`).sort()
    const should = expected.map((each) => `${each.id} ${committeeOf(each.name)}`).sort()
    if (JSON.stringify(there) !== JSON.stringify(should)) wrong.push(`${name}: các xã ngày ${day} không đúng`)
  }
  return wrong
}

async function withoutSuccessor(read: Read, { provinces }: Country): Promise<number> {
  const old = provinces.flatMap((province) => province.old.map(({ id }) => id))
  const { count } = await read.one<{ count: number }>(sql`
    select count(*) from unnest(${old}::uuid[]) as c(id)
     where not exists (select from organisation_period p where p.organisation_id = c.id and p.valid_to is null)
       and not exists (select from organisation_successor s
                         join organisation_period p on p.organisation_id = s.successor_id and p.valid_to is null
                        where s.organisation_id = c.id and s.since = ${NEW_SINCE}::date)`)
  return count
}
