/** Writes what members owe from a month on (fee_schedule): their approved declarations, the registry and the cell's region through the tariff. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { lastDayOf, monthOf, yearOf, type PlainDate } from '../../../kernel/plain-date.ts'
import type { DatePrecision } from '../../../registry/members/store.ts'
import type { DeclaredFacts } from '../fact-contract.ts'
import type { FeeFacts, Sex } from '../law/facts.ts'
import { firstDayOfPeriod, nextPeriod, periodsFrom, previousPeriod, type Period } from '../law/period.ts'
import { scheduleOf, type Segment } from '../law/schedule.ts'
import { EXEMPT_PARTY_AGE_YEARS, type Region } from '../law/tariff.ts'
import { grantedReliefs, type GrantedRelief } from './granted.ts'
import { settingsOfPeriods, type SettingsOfPeriod } from './period-settings.ts'

export interface Scheduling {
  readonly from: Period
  readonly today: PlainDate
}

/**
 * The last month of a schedule: December of the next year. In 2026 that is the end of the first phase of 01-QĐ/TW, Điều 3
 * (31/12/2027), so a stretch never promises rates of a phase that is not in force; `extendSchedules` moves it on each year.
 */
export function horizonOn(today: PlainDate): Period {
  return `${yearOf(today) + 1}-12`
}

/** `writeSchedules` of one member. */
export function writeSchedule(write: Write, memberId: string, options: Scheduling): Promise<void> {
  return writeSchedules(write, [memberId], options)
}

/**
 * Makes the stretches from a month on anew; those before it stay. What was granted goes in, always. Months without an
 * approved declaration have one only where nothing is owed whatever would be declared: fifty years in the Party, an exemption.
 */
export async function writeSchedules(
  write: Write,
  memberIds: readonly string[],
  { from, today }: Scheduling,
): Promise<void> {
  const until = horizonOn(today)
  const [people, regionOf, reliefs, settingsOf] = await Promise.all([
    peopleOf(write, memberIds),
    regionsOf(write, memberIds, { from, until, today }),
    grantedReliefs(write, memberIds),
    settingsOfPeriods(write, today),
  ])
  const rows = people.flatMap((person) =>
    stretchesOf(person, { from, until, regionOf, reliefs, settingsOf }).map((row) => ({
      member_id: person.memberId,
      ...row,
    })),
  )
  const ids = people.map(({ memberId }) => memberId)
  await write.run(
    sql`delete from fee_schedule where member_id = any(${ids}::uuid[]) and from_period >= ${firstDayOfPeriod(from)}::date`,
  )
  await write.run(sql`
    update fee_schedule set until_period = ${firstDayOfPeriod(previousPeriod(from))}::date
     where member_id = any(${ids}::uuid[]) and (until_period is null or until_period >= ${firstDayOfPeriod(from)}::date)`)
  await write.run(sql`
    insert into fee_schedule (member_id, from_period, until_period, class, base_vnd, amount_vnd, refusal, declaration_id, region)
    select member_id, from_period, until_period, class, base_vnd, amount_vnd, refusal, declaration_id, region
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(member_id uuid, from_period date, until_period date, class text,
             base_vnd bigint, amount_vnd bigint, refusal text, declaration_id uuid, region text)`)
}

interface Declared {
  readonly id: string
  readonly fromPeriod: Period
  readonly facts: DeclaredFacts
}

interface Person {
  readonly memberId: string
  readonly known: RegistryFacts
  /** approved ones by their first month; of one month only the last */
  readonly declarations: readonly Declared[]
}

/** What the registry says that a fee is decided by. */
export type RegistryFacts = Pick<FeeFacts, 'birthDate' | 'sex' | 'joinedOn'>

interface Row {
  readonly memberId: string
  readonly birthDate: PlainDate
  readonly birthPrecision: DatePrecision
  readonly sex: Sex
  readonly joinedOn: PlainDate | null
  readonly joinedPrecision: DatePrecision | null
}

export async function peopleOf(read: Read, memberIds: readonly string[]): Promise<Person[]> {
  const rows = await read.rows<Row & { declarations: Declared[] | null }>(sql`
    select m.id as "memberId", m.birth_date as "birthDate", m.birth_precision as "birthPrecision", m.sex,
           m.joined_on as "joinedOn", m.joined_precision as "joinedPrecision",
           (select json_agg(json_build_object('id', d.id, 'fromPeriod', to_char(d.from_period, 'YYYY-MM'), 'facts', d.facts)
                            order by d.from_period)
              from (select distinct on (from_period) id, from_period, facts from fee_declaration
                     where member_id = m.id and status = 'approved' order by from_period, answered_at desc, id) d) as declarations
      from member m where m.id = any(${[...memberIds]}::uuid[]) order by m.id`)
  return rows.map(({ memberId, declarations, ...row }) => ({
    memberId,
    known: registryFacts(row),
    declarations: declarations ?? [],
  }))
}

/** What the registry knows of one member, as the law wants it. */
export async function knownOf(read: Read, memberId: string): Promise<RegistryFacts> {
  const [person] = await peopleOf(read, [memberId])
  return person?.known ?? {}
}

/** A date known to the month or the year counts from its last possible day: nothing is taken off before it is sure. */
function registryFacts(row: Omit<Row, 'memberId'>): RegistryFacts {
  const { birthDate, birthPrecision, sex, joinedOn, joinedPrecision } = row
  return {
    birthDate: lastPossible(birthDate, birthPrecision),
    sex,
    ...(joinedOn ? { joinedOn: lastPossible(joinedOn, joinedPrecision ?? 'day') } : {}),
  }
}

function lastPossible(date: PlainDate, precision: DatePrecision): PlainDate {
  if (precision === 'year') return `${date.slice(0, 4)}-12-31`
  return precision === 'month' ? lastDayOf(monthOf(date)) : date
}

type RegionOf = (memberId: string, period: Period) => Region | undefined

/** The regions of the cells that count the members now, month by month. */
export async function regionsOf(
  read: Read,
  memberIds: readonly string[],
  { from, until, today }: { readonly from: Period; readonly until: Period; readonly today: PlainDate },
): Promise<RegionOf> {
  const rows = await read.rows<{ memberId: string; regions: Record<Period, Region | null> | null }>(sql`
    with counted as (
      select distinct on (member_id) member_id, organisation_id from membership
       where member_id = any(${[...memberIds]}::uuid[]) and until is null order by member_id, since desc),
    cell as (
      select organisation_id, json_object_agg(to_char(month, 'YYYY-MM'), fee_region_on(organisation_id, ${today}::date, month::date)) as regions
        from (select distinct organisation_id from counted) c,
             generate_series(${firstDayOfPeriod(from)}::date, ${firstDayOfPeriod(until)}::date, interval '1 month') month
       group by organisation_id)
    select c.member_id as "memberId", cell.regions from counted c join cell using (organisation_id)`)
  const known = new Map(rows.map(({ memberId, regions }) => [memberId, regions]))
  return (memberId, period) => known.get(memberId)?.[period] ?? undefined
}

interface Known {
  readonly from: Period
  readonly until: Period
  readonly regionOf: RegionOf
  readonly reliefs: readonly GrantedRelief[]
  readonly settingsOf: SettingsOfPeriod
}

/** Months with the same declaration, region and reliefs go through the tariff together. */
function stretchesOf({ memberId, known, declarations }: Person, given: Known) {
  const { from, until, regionOf, settingsOf } = given
  const reliefs = given.reliefs.filter((relief) => relief.memberId === memberId)
  const runs: Run[] = []
  for (const period of periodsFrom(from, until)) {
    const next: Run = {
      from: period,
      until: period,
      declared: declaredIn(declarations, period),
      region: regionOf(memberId, period),
      reliefs: reliefsIn(reliefs, period),
    }
    const last = runs.at(-1)
    if (last && isSameRun(last, next)) last.until = period
    else runs.push(next)
  }
  return runs.flatMap(({ declared, region, ...run }) => {
    const facts = factsOf(known, declared?.facts ?? {}, region, run.reliefs)
    const segments = scheduleOf(facts, run.from, run.until, settingsOf)
    const owed = declared ? segments : segments.filter(({ amountVnd }) => amountVnd === 0)
    return owed.map((segment) => rowOf(segment, declared?.id ?? null, region))
  })
}

/** The declaration in force in a month. */
export const declaredIn = (declarations: readonly Declared[], period: Period): Declared | undefined =>
  declarations.findLast(({ fromPeriod }) => fromPeriod <= period)

/** Months that go through the tariff together. */
interface Run {
  readonly from: Period
  until: Period
  readonly declared: Declared | undefined
  readonly region: Region | undefined
  readonly reliefs: readonly GrantedRelief[]
}

function isSameRun(a: Run, b: Run): boolean {
  return (
    a.declared === b.declared &&
    a.region === b.region &&
    a.reliefs.length === b.reliefs.length &&
    a.reliefs.every((relief, place) => relief === b.reliefs[place])
  )
}

/** What was granted for a month. */
export const reliefsIn = (reliefs: readonly GrantedRelief[], period: Period): readonly GrantedRelief[] =>
  reliefs.filter((each) => each.from <= period && period <= each.until)

/** Everything the tariff is asked with, but for the month. */
export function factsOf(
  known: RegistryFacts,
  declared: DeclaredFacts,
  region: Region | undefined,
  reliefs: readonly GrantedRelief[] = [],
): Omit<FeeFacts, 'period'> {
  const less = reliefs.find(({ reduction, hardship }) => reduction ?? hardship)
  const more = reliefs.find(({ voluntaryExtraVnd }) => voluntaryExtraVnd !== undefined)
  return {
    ...known,
    ...declared,
    region,
    ...(less?.reduction ? { reduction: less.reduction } : {}),
    ...(less?.hardship ? { hardship: less.hardship } : {}),
    ...(more ? { voluntaryExtraVnd: more.voluntaryExtraVnd } : {}),
    ...(less || more ? { decisions: { relief: less?.decision, voluntary: more?.decision } } : {}),
  }
}

function rowOf(segment: Segment, declarationId: string | null, region: Region | undefined) {
  return {
    from_period: firstDayOfPeriod(segment.from),
    until_period: firstDayOfPeriod(segment.until),
    class: segment.class,
    base_vnd: segment.baseVnd,
    amount_vnd: segment.amountVnd,
    refusal: segment.refusal ?? null,
    declaration_id: declarationId,
    region: region ?? null,
  }
}

/** The region of an organisation in a month, along the tree of today. */
export async function regionIn(
  read: Read,
  organisationId: string,
  period: Period,
  today: PlainDate,
): Promise<Region | undefined> {
  const { region } = await read.one<{ region: Region | null }>(
    sql`select fee_region_on(${organisationId}::uuid, ${today}::date, ${firstDayOfPeriod(period)}::date) as region`,
  )
  return region ?? undefined
}

/**
 * Members counted today whose stretch of the month was made with another region than their cell has now: they moved, or the
 * cell did, or somebody said another region.
 */
export async function strayedFromRegion(read: Read, month: PlainDate, today: PlainDate): Promise<string[]> {
  const rows = await read.rows<{ id: string }>(sql`
    with cell as (
      select organisation_id, fee_region_on(organisation_id, ${today}::date, ${month}::date) as region
        from (select distinct organisation_id from membership where standing = 'active' and until is null) c)
    select s.member_id as id
      from membership m
      join cell c on c.organisation_id = m.organisation_id
      join fee_schedule s on s.member_id = m.member_id and s.from_period <= ${month}::date
                         and (s.until_period is null or s.until_period >= ${month}::date)
     where m.standing = 'active' and m.until is null and s.declaration_id is not null and s.region is distinct from c.region
     order by 1`)
  return rows.map(({ id }) => id)
}

/**
 * Members whose schedule ends before the last month it could reach, with the month to go on from; in the order of their ids.
 * Who only was exempt for a time ends for good: asked for again, nothing more is written, so one goes on after the last id.
 */
export async function endingSchedules(
  read: Read,
  today: PlainDate,
  most: number,
  after: string | undefined,
): Promise<{ id: string; from: Period }[]> {
  const last = firstDayOfPeriod(horizonOn(today))
  const rows = await read.rows<{ id: string; until: PlainDate }>(sql`
    select s.member_id as id, max(s.until_period) as until from fee_schedule s
     where ${after ?? null}::uuid is null or s.member_id > ${after ?? null}::uuid
     group by s.member_id having bool_and(s.until_period < ${last}::date) order by 1 limit ${most}`)
  return rows.map(({ id, until }) => ({ id, from: nextPeriod(monthOf(until)) }))
}

/**
 * Members counted today who have been in the Party for fifty years by the month and have no stretch of it: they never declared,
 * and need not. A date known to the month or the year counts from its last day.
 */
export async function exemptUndeclared(read: Read, month: PlainDate): Promise<string[]> {
  const rows = await read.rows<{ id: string }>(sql`
    select m.id
      from membership p join member m on m.id = p.member_id
     where p.standing = 'active' and p.until is null
       and m.joined_on <= (${month}::date - make_interval(years => ${EXEMPT_PARTY_AGE_YEARS}))::date
       and case m.joined_precision when 'year' then date_trunc('year', m.joined_on) + interval '1 year - 1 day'
                                   when 'month' then date_trunc('month', m.joined_on) + interval '1 month - 1 day'
                                   else m.joined_on end + make_interval(years => ${EXEMPT_PARTY_AGE_YEARS}) <= ${month}::date
       and not exists (select from fee_schedule s where s.member_id = m.id and s.from_period <= ${month}::date
                          and (s.until_period is null or s.until_period >= ${month}::date))
     order by 1`)
  return rows.map(({ id }) => id)
}
