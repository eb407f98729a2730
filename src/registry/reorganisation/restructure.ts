/**
 * Writes a new structure from a day on, set by set: bodies begin, move with all below them, change their name, end. What
 * was true before the day stays true of it; what began and is taken back on the same day leaves no period behind.
 */
import { sql, type Read, type Write } from '../../kernel/db.ts'
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

/** Organisations and all below them belong to others from the day on. */
async function moveAll(write: Write, moved: Structure['moved'], when: When): Promise<string[]> {
  if (moved.length === 0) return []
  const { day, source } = when
  const rows = JSON.stringify(await placesOf(write, moved))
  const touched = await write.rows<{ id: string }>(sql`
    with placed as (
      select * from jsonb_to_recordset(${rows}::jsonb) as x(id uuid, new_parent uuid, new_path text)),
    begun as (
      update organisation_period p set path = x.new_path, parent_id = x.new_parent from placed x
       where p.organisation_id = x.id and p.valid_from = ${day}::date and p.valid_to is null
      returning p.organisation_id as id),
    ended as (
      update organisation_period p set valid_to = ${day}::date from placed x
       where p.organisation_id = x.id and p.valid_from < ${day}::date and p.valid_to is null
      returning p.organisation_id, x.new_parent, x.new_path, ${OWN}),
    anew as (
      insert into organisation_period (organisation_id, valid_from, parent_id, path, source, ${OWN})
      select organisation_id, ${day}::date, new_parent, new_path, ${source}, ${OWN} from ended
      returning organisation_id as id)
    select id from begun union all select id from anew`)
  return touched.map((row) => row.id)
}

interface Placed {
  readonly id: string
  readonly new_parent: string | null
  readonly new_path: string
}

/** Those that move and all below them, each with its parent and path in the tree as it will be: who moves into whom does not matter. */
async function placesOf(read: Read, moved: Structure['moved']): Promise<Placed[]> {
  const parents = new Map(moved.map(({ id, parentId }) => [id, parentId]))
  const affected = await read.rows<{ id: string; parent: string | null; path: string }>(sql`
    select distinct b.organisation_id as id, b.parent_id as parent, b.path from organisation_period p
      join organisation_period b on b.path >= p.path and b.path < left(p.path, -1) || '/' and b.valid_to is null
     where p.organisation_id = any(${[...parents.keys()]}::uuid[]) and p.valid_to is null`)
  const targets = await read.rows<{ id: string; path: string }>(sql`
    select organisation_id as id, path from organisation_period
     where organisation_id = any(${[...new Set(parents.values())]}::uuid[]) and valid_to is null`)
  const now = new Map(
    affected.map((each) => [each.id, { ...each, parent: parents.get(each.id) ?? each.parent }]),
  )
  const outside = new Map(targets.map(({ id, path }) => [id, path]))
  const known = new Map<string, string>()
  const pathOf = (id: string, above: readonly string[]): string => {
    const found = now.get(id)
    const path = found ? known.get(id) : outside.get(id)
    if (path !== undefined) return path
    if (!found?.parent || above.includes(id))
      throw new Error('an organisation to be moved, or its new place, is not there')
    const made = `${pathOf(found.parent, [...above, id])}${found.path.split('.').at(-2)}.`
    known.set(id, made)
    return made
  }
  if (moved.some(({ id }) => !now.has(id)))
    throw new Error('an organisation to be moved, or its new place, is not there')
  return [...now.values()].map(({ id, parent }) => ({ id, new_parent: parent, new_path: pathOf(id, []) }))
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
