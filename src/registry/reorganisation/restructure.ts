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
  for (const body of structure.created)
    await createOrganisations(write, [{ ...body, validFrom: when.day, source: when.source }])
  for (const { id, facts } of structure.revived ?? []) {
    await revive(write, id, facts, when)
    touched.add(id)
  }
  for (const group of byParent(structure.moved))
    for (const id of await moveAll(write, group.ids, group.parentId, when)) touched.add(id)
  await renameAll(write, structure.renamed, when)
  for (const { id } of structure.renamed) touched.add(id)
  const ended = structure.ended.map(({ id }) => id)
  await endAll(write, ended, when)
  await joinTwins(write, [...touched], when)
  return [...new Set([...touched, ...ended])]
}

/** Neighbours that go to the same place go together; the order between groups stays. */
function byParent(moved: Structure['moved']): { parentId: string; ids: string[] }[] {
  const groups: { parentId: string; ids: string[] }[] = []
  for (const { id, parentId } of moved) {
    const last = groups.at(-1)
    if (last?.parentId === parentId) last.ids.push(id)
    else groups.push({ parentId, ids: [id] })
  }
  return groups
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

/** Organisations and all below them belong to another one from the day on. */
async function moveAll(
  write: Write,
  ids: readonly string[],
  parentId: string,
  when: When,
): Promise<string[]> {
  const { day } = when
  const roots = await write.rows<{ id: string; old: string; fresh: string; below: string[] }>(sql`
    select p.organisation_id as id, p.path as old, t.path || o.number || '.' as fresh,
           array(select b.organisation_id from organisation_period b
                  where b.path >= p.path and b.path < left(p.path, -1) || '/' and b.valid_to is null) as below
      from organisation_period p
      join organisation o on o.id = p.organisation_id
      join organisation_period t on t.organisation_id = ${parentId} and t.valid_to is null
     where p.organisation_id = any(${ids}::uuid[]) and p.valid_to is null`)
  if (roots.length !== ids.length)
    throw new Error('an organisation to be moved, or its new place, is not there')
  await beginAnew(
    write,
    roots.flatMap((root) => root.below),
    when,
  )
  const rows = roots.flatMap((root) =>
    root.below.map((below) => ({ below, root: root.id, old: root.old, fresh: root.fresh })),
  )
  await write.run(sql`
    update organisation_period p
       set path = x.fresh || substr(p.path, length(x.old) + 1),
           parent_id = case when p.organisation_id = x.root then ${parentId}::uuid else p.parent_id end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(below uuid, root uuid, old text, fresh text)
     where p.organisation_id = x.below and p.valid_from = ${day}::date and p.valid_to is null`)
  return rows.map((row) => row.below)
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
