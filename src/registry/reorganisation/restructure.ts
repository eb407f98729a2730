/**
 * Writes a new structure from a day on, set by set: bodies begin, move with all below them, change their name, end. What
 * was true before the day stays true of it; what began and is taken back on the same day leaves no period behind.
 */
import { sql, type Write } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { foldName, tidyText } from '../../kernel/vietnamese-text.ts'
import { createOrganisations } from '../organisations/changes.ts'
import type { Changes } from './law/compile.ts'

/** An organisation's own facts, as `organisation_period` has them; path and days follow from the tree. */
export interface OwnFacts {
  readonly name: string
  readonly kind: string
  readonly parentId: string | null
  readonly tierOverride: string | null
  readonly sealOverride: boolean | null
  readonly armedForces: boolean
  readonly abroad: boolean
  readonly place: string | null
}

export type Structure = Pick<Changes, 'created' | 'moved' | 'renamed'> & {
  readonly ended: readonly { readonly id: string }[]
  /** organisations that ended and are there again, parents first */
  readonly revived?: readonly { readonly id: string; readonly facts: OwnFacts }[]
}

interface When {
  readonly day: PlainDate
  /** the decision it is known from */
  readonly source: string
}

/**
 * Everything of the structure, in the order in which each thing has what it needs.
 *
 * @returns every organisation whose facts or way up changed: moved ones with all below them, renamed, revived, ended
 */
export async function restructure(write: Write, structure: Structure, when: When): Promise<string[]> {
  const touched = new Set<string>()
  for (const bodies of inTurn(structure.created))
    await createOrganisations(
      write,
      bodies.map((body) => ({ ...body, validFrom: when.day, source: when.source })),
    )
  for (const { id, facts } of structure.revived ?? []) {
    await revive(write, id, facts, when)
    touched.add(id)
  }
  for (const id of await moveAll(write, structure.moved, when)) touched.add(id)
  await renameAll(write, structure.renamed, when)
  for (const { id } of structure.renamed) touched.add(id)
  const ended = structure.ended.map(({ id }) => id)
  await endAll(write, ended, when)
  await joinTwins(write, [...touched], when)
  return [...new Set([...touched, ...ended])]
}

/** Bodies that begin below another new one begin after it. */
function inTurn(created: Structure['created']): Structure['created'][] {
  const waiting = new Set(created.map((body) => body.id))
  const turns: Structure['created'][] = []
  while (waiting.size > 0) {
    const ready = created.filter((body) => waiting.has(body.id) && !waiting.has(body.parentId))
    // In a ring nobody can begin: asked for all the same, the registry says whose parent is missing.
    const turn = ready.length > 0 ? ready : created.filter((body) => waiting.has(body.id))
    turns.push(turn)
    for (const { id } of turn) waiting.delete(id)
  }
  return turns
}

const OWN = sql`name, name_norm, kind, tier_override, seal_override, armed_forces, abroad, place`

/** Ends what runs on the day and begins the same on it, so that the new periods may be written on. */
async function beginAnew(write: Write, ids: readonly string[], { day, source }: When): Promise<void> {
  await write.run(sql`
    with ended as (
      update organisation_period set valid_to = ${day}::date
       where organisation_id = any(${ids}::uuid[]) and valid_from < ${day}::date and valid_to is null
      returning *)
    insert into organisation_period (organisation_id, valid_from, parent_id, path, source, ${OWN})
    select organisation_id, ${day}::date, parent_id, path, ${source}, ${OWN} from ended`)
}

/**
 * Organisations and all below them belong to others from the day on, all in one statement: every new path is worked out on
 * the tree as it will be, so that it does not matter who of them moves into whom.
 */
async function moveAll(write: Write, moved: Structure['moved'], { day, source }: When): Promise<string[]> {
  if (moved.length === 0) return []
  const rows = await write.rows<{ id: string }>(sql`
    with recursive
    wanted as (
      select x.id, x."parentId" as parent_id
        from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as x(id uuid, "parentId" uuid)),
    affected as materialized (
      select distinct on (b.organisation_id) b.organisation_id as id, coalesce(own.parent_id, b.parent_id) as parent_id
        from wanted w
        join organisation_period p on p.organisation_id = w.id and p.valid_to is null
        join organisation_period b on b.path >= p.path and b.path < left(p.path, -1) || '/' and b.valid_to is null
        left join wanted own on own.id = b.organisation_id),
    placed as (
      select a.id, a.parent_id, above.path || o.number || '.' as path
        from affected a
        join organisation_period above on above.organisation_id = a.parent_id and above.valid_to is null
        join organisation o on o.id = a.id
       where not exists (select from affected x where x.id = a.parent_id)
      union all
      select a.id, a.parent_id, l.path || o.number || '.'
        from placed l join affected a on a.parent_id = l.id join organisation o on o.id = a.id),
    begun as (
      update organisation_period p set path = x.path, parent_id = x.parent_id from placed x
       where p.organisation_id = x.id and p.valid_from = ${day}::date and p.valid_to is null
      returning p.organisation_id as id),
    ended as (
      update organisation_period p set valid_to = ${day}::date from placed x
       where p.organisation_id = x.id and p.valid_from < ${day}::date and p.valid_to is null
      returning p.organisation_id, x.parent_id as new_parent, x.path as new_path, ${OWN}),
    anew as (
      insert into organisation_period (organisation_id, valid_from, parent_id, path, source, ${OWN})
      select organisation_id, ${day}::date, new_parent, new_path, ${source}, ${OWN} from ended
      returning organisation_id as id)
    select id from begun union all select id from anew`)
  const touched = new Set(rows.map((row) => row.id))
  if (moved.some(({ id }) => !touched.has(id)))
    throw new Error('an organisation to be moved, or its new place, is not there')
  return [...touched]
}

async function renameAll(write: Write, renamed: Structure['renamed'], when: When): Promise<void> {
  if (renamed.length === 0) return
  await beginAnew(
    write,
    renamed.map(({ id }) => id),
    when,
  )
  const rows = renamed.map(({ id, name, kind }) => ({
    id,
    name: tidyText(name),
    name_norm: foldName(name),
    kind: kind ?? null,
  }))
  await write.run(sql`
    update organisation_period p set name = x.name, name_norm = x.name_norm, kind = coalesce(x.kind, p.kind)
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, name text, name_norm text, kind text)
     where p.organisation_id = x.id and p.valid_from = ${when.day}::date and p.valid_to is null`)
}

/**
 * From the day on they are no longer there. One that had only just begun keeps a period of no length: it was there on no
 * day, and has a name still.
 */
async function endAll(write: Write, ids: readonly string[], { day }: When): Promise<void> {
  if (ids.length === 0) return
  await write.run(sql`
    delete from organisation_period p
     where p.organisation_id = any(${ids}::uuid[]) and p.valid_from = ${day}::date and p.valid_to is null
       and exists (select from organisation_period b
                    where b.organisation_id = p.organisation_id and b.valid_to = ${day}::date and b.valid_from < ${day}::date)`)
  await write.run(sql`
    update organisation_period set valid_to = ${day}::date
     where organisation_id = any(${ids}::uuid[]) and valid_from <= ${day}::date and valid_to is null`)
}

/** An organisation that ended is there again, with the facts it had. */
async function revive(write: Write, id: string, facts: OwnFacts, { day, source }: When): Promise<void> {
  await write.run(sql`
    insert into organisation_period (organisation_id, valid_from, parent_id, path, source, ${OWN})
    select o.id, ${day}::date, ${facts.parentId}::uuid, coalesce(t.path, '') || o.number || '.', ${source}, ${facts.name},
           ${foldName(facts.name)}, ${facts.kind}, ${facts.tierOverride}, ${facts.sealOverride}::boolean,
           ${facts.armedForces}, ${facts.abroad}, ${facts.place}
      from organisation o
      left join organisation_period t on t.organisation_id = ${facts.parentId}::uuid and t.valid_to is null
     where o.id = ${id}`)
}

/** A period that begins on the day with what was true until it is no change: the two are one again. */
async function joinTwins(write: Write, ids: readonly string[], { day }: When): Promise<void> {
  const gone = await write.rows<{ id: string }>(sql`
    delete from organisation_period n using organisation_period b
     where n.organisation_id = any(${ids}::uuid[]) and n.valid_from = ${day}::date and b.organisation_id = n.organisation_id and b.valid_to = ${day}::date
       and n.valid_to is null
       and (n.name, n.kind, n.parent_id, n.path, n.tier_override, n.seal_override, n.armed_forces, n.abroad, n.place)
           is not distinct from
           (b.name, b.kind, b.parent_id, b.path, b.tier_override, b.seal_override, b.armed_forces, b.abroad, b.place)
    returning n.organisation_id as id`)
  if (gone.length === 0) return
  await write.run(sql`
    update organisation_period set valid_to = null
     where organisation_id = any(${gone.map(({ id }) => id)}::uuid[]) and valid_to = ${day}::date`)
}
