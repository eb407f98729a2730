/** How organisations come to be, change from a day on, move with all below them, and end; nothing of the past is overwritten. */
import { randomUUID } from 'node:crypto'
import { isUniqueViolation, sql, type Write } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { foldName, tidyText } from '../../kernel/vietnamese-text.ts'
import { getOrganisation, pathRange, type Tier } from './store.ts'

export interface NewOrganisation {
  readonly id?: string
  /** dotted code, or null for a body without one */
  readonly code: string | null
  readonly name: string
  /** a code of `organisation_kind` */
  readonly kind: string
  readonly parentId: string | null
  readonly validFrom: PlainDate
  /** the decision, list or law it is known from */
  readonly source: string
  readonly place?: string | null
  readonly armedForces?: boolean
  readonly abroad?: boolean
  readonly tierOverride?: Tier
  readonly sealOverride?: boolean
}

/** What may change from a day on; what is left out stays. */
export interface OrganisationChange {
  readonly name?: string
  readonly kind?: string
  readonly parentId?: string | null
}

/**
 * Creates several organisations whose parents all exist already on `validFrom`.
 *
 * @returns their ids, in the order given
 * @throws Refusal conflict `organisation.code-taken`; invalid `organisation.parent-unknown`
 */
export async function createOrganisations(
  write: Write,
  organisations: readonly NewOrganisation[],
): Promise<string[]> {
  if (organisations.length === 0) return []
  const rows = organisations.map((organisation) => ({
    id: organisation.id ?? randomUUID(),
    code: organisation.code,
    name: tidyText(organisation.name),
    name_norm: foldName(organisation.name),
    kind: organisation.kind,
    parent_id: organisation.parentId,
    valid_from: organisation.validFrom,
    source: organisation.source,
    place: organisation.place ?? null,
    armed_forces: organisation.armedForces ?? false,
    abroad: organisation.abroad ?? false,
    tier_override: organisation.tierOverride ?? null,
    seal_override: organisation.sealOverride ?? null,
  }))
  const data = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, code text, name text, name_norm text,
    kind text, parent_id uuid, valid_from date, source text, place text, armed_forces boolean, abroad boolean,
    tier_override text, seal_override boolean)`
  try {
    await write.run(sql`insert into organisation (id, code) select id, code from ${data}`)
  } catch (error) {
    if (isUniqueViolation(error)) throw new Refusal('conflict', 'organisation.code-taken')
    throw error
  }
  const made = await write.run(sql`
    insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, tier_override,
                                     seal_override, armed_forces, abroad, place, source)
    select x.id, x.valid_from, x.name, x.name_norm, x.kind, x.parent_id, coalesce(p.path, '') || o.number || '.',
           x.tier_override, x.seal_override, x.armed_forces, x.abroad, x.place, x.source
      from ${data}
      join organisation o on o.id = x.id
      left join organisation_period p on p.organisation_id = x.parent_id and p.valid_from <= x.valid_from
                                     and (p.valid_to is null or x.valid_from < p.valid_to)
     where (x.parent_id is null or p.path is not null)
       and exists (select from organisation_kind k where k.code = x.kind)`)
  if (made !== rows.length) throw new Refusal('invalid', 'organisation.parent-unknown')
  return rows.map((row) => row.id)
}

/** One organisation with its first period; see `createOrganisations`. @returns its id */
export async function createOrganisation(write: Write, organisation: NewOrganisation): Promise<string> {
  const [id] = await createOrganisations(write, [organisation])
  return id as string
}

/**
 * From a day on an organisation is called, is of a kind, or belongs differently (đổi tên, chuyển trực thuộc); when it
 * moves, everything below moves with it. What was true before that day stays true of those days.
 *
 * @throws Refusal not-found `organisation.unknown`; conflict `organisation.later-change-exists` when a later change is
 *   already recorded for it or anything below; against-rule `organisation.inside-itself`
 */
export async function changeOrganisation(
  write: Write,
  organisationId: string,
  from: PlainDate,
  change: OrganisationChange,
  source: string,
): Promise<void> {
  const now = await getOrganisation(write, organisationId, from)
  const range = pathRange(now.path)
  const later = await write.maybe(sql`
    select 1 from organisation_period
     where (organisation_id = ${organisationId} or (path >= ${range.from} and path < ${range.to}))
       and (valid_from > ${from}::date or valid_to > ${from}::date) limit 1`)
  if (later) throw new Refusal('conflict', 'organisation.later-change-exists', { facts: { from } })

  await splitPeriods(write, range, from, source)
  if (change.name !== undefined || change.kind !== undefined) {
    const name = change.name === undefined ? now.name : tidyText(change.name)
    await write.run(sql`
      update organisation_period set name = ${name}, name_norm = ${foldName(name)}, kind = ${change.kind ?? now.kind}
       where organisation_id = ${organisationId} and valid_from = ${from}::date`)
  }
  if (change.parentId !== undefined && change.parentId !== now.parentId) {
    await moveSubtree(write, now, change.parentId, from)
  }
}

/** Ends the periods of a subtree that run on the day and begins the same anew, so that the new ones may be changed. */
async function splitPeriods(
  write: Write,
  range: { from: string; to: string },
  day: PlainDate,
  source: string,
): Promise<void> {
  const ended = await write.rows<{ id: string }>(sql`
    update organisation_period set valid_to = ${day}::date
     where path >= ${range.from} and path < ${range.to} and valid_from < ${day}::date and valid_to is null
    returning organisation_id as id`)
  await write.run(sql`
    insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, tier_override,
                                     seal_override, armed_forces, abroad, place, source)
    select organisation_id, ${day}::date, name, name_norm, kind, parent_id, path, tier_override,
           seal_override, armed_forces, abroad, place, ${source}
      from organisation_period
     where organisation_id = any(${ended.map((row) => row.id)}::uuid[]) and valid_to = ${day}::date`)
}

async function moveSubtree(
  write: Write,
  now: { id: string; path: string },
  parentId: string | null,
  from: PlainDate,
): Promise<void> {
  const above = parentId === null ? '' : (await getOrganisation(write, parentId, from)).path
  if (above.startsWith(now.path)) throw new Refusal('against-rule', 'organisation.inside-itself')
  const range = pathRange(now.path)
  const { number } = await write.one<{ number: number }>(
    sql`select number from organisation where id = ${now.id}`,
  )
  await write.run(sql`
    update organisation_period
       set path = ${above} || ${`${number}.`} || substr(path, length(${now.path}::text) + 1),
           parent_id = case when organisation_id = ${now.id} then ${parentId}::uuid else parent_id end
     where path >= ${range.from} and path < ${range.to} and valid_from = ${from}::date`)
}

/**
 * An organisation is no longer there from a day on (giải thể, kết thúc hoạt động).
 *
 * @throws Refusal not-found `organisation.unknown`; conflict `organisation.not-empty` while members or organisations
 *   belong to it
 */
export async function endOrganisation(write: Write, organisationId: string, from: PlainDate): Promise<void> {
  const now = await getOrganisation(write, organisationId, from)
  const { inside } = await write.one<{ inside: boolean }>(sql`
    select exists (select from membership where organisation_id = ${organisationId} and until is null)
        or exists (select from organisation_period where parent_id = ${organisationId}
                    and (valid_to is null or valid_to > ${from}::date)) as inside`)
  if (inside || now.validFrom === from)
    throw new Refusal('conflict', 'organisation.not-empty', { facts: { from } })
  await write.run(sql`
    update organisation_period set valid_to = ${from}::date
     where organisation_id = ${organisationId} and valid_from <= ${from}::date
       and (valid_to is null or ${from}::date < valid_to)`)
}
