/** Loads what a plan's law must know of the registry: the touched organisations, their children and what lies above them. */
import { sql, type Read } from '../../kernel/db.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Body, Known, KindOfBody } from './law/known.ts'
import { membersNamedBy, namedBy, type Plan } from './law/plan.ts'

/**
 * Of the organisations named only those below the one whose committee decides are known.
 *
 * @throws Refusal not-found `organisation.unknown` when that one is not there that day
 */
export async function know(read: Read, underId: string, plan: Plan): Promise<Known> {
  const day = plan.effectiveOn
  const created = new Set(plan.bodies.map((body) => body.id))
  const named = [...new Set([underId, ...namedBy(plan).filter((id) => !created.has(id))])]
  const found = await bodiesOn(read, named, day)
  const under = found.get(underId)
  if (!under) throw new Refusal('not-found', 'organisation.unknown', { facts: { day } })
  // What lies elsewhere is as unknown as what is nowhere.
  const bodies = new Map(
    [...found].filter(([, body]) => body.path.startsWith(under.path) || under.path.startsWith(body.path)),
  )
  const [kinds, members, codesTaken, changedLater] = await Promise.all([
    kindsOn(read, day),
    membersIn(read, membersNamedBy(plan)),
    takenCodes(read, plan),
    changedLaterThan(read, named, day),
  ])
  return { day, under, bodies, kinds, members, codesTaken, changedLater }
}

type Row = Omit<Body, 'children'> & { readonly children: string[] | null }

/** The named, all directly below them, and everything above them; with what is counted in each itself. */
async function bodiesOn(read: Read, ids: readonly string[], day: string): Promise<Map<string, Body>> {
  const rows = await read.rows<Row>(sql`
    with named as (
      select p.organisation_id as id, p.path from organisation_period p
       where p.organisation_id = any(${ids}::uuid[]) and p.valid_from <= ${day}::date
         and (p.valid_to is null or ${day}::date < p.valid_to)),
    wanted as (
      select id from named
      union select p.organisation_id from organisation_period p
             where p.parent_id = any(${ids}::uuid[]) and p.valid_from <= ${day}::date
               and (p.valid_to is null or ${day}::date < p.valid_to)
      union select o.id from named, unnest(string_to_array(rtrim(named.path, '.'), '.')::bigint[]) as above(number)
             join organisation o on o.number = above.number)
    select o.id, o.code, o.name, o.kind, o.tier, o.holds_members as "holdsMembers", o.parent_id as "parentId", o.path,
           c.children, m.active, m.in_transit as "inTransit", x.offices
      from organisation_on(${day}::date) o
      join wanted w on w.id = o.id
      left join lateral (
        select array_agg(p.organisation_id order by p.path) as children from organisation_period p
         where p.parent_id = o.id and p.valid_from <= ${day}::date and (p.valid_to is null or ${day}::date < p.valid_to)
           and o.id = any(${ids}::uuid[])) c on true
      left join lateral (
        select count(*) filter (where s.standing = 'active') as active,
               count(*) filter (where s.standing = 'in-transit') as in_transit
          from membership s where s.organisation_id = o.id and s.until is null) m on true
      left join lateral (
        select count(*) as offices from office f
         where f.organisation_id = o.id and f.since <= ${day}::date and (f.until is null or ${day}::date <= f.until)) x on true`)
  return new Map(rows.map((row) => [row.id, { ...row, children: row.children ?? [] }]))
}

async function kindsOn(read: Read, day: string): Promise<Map<string, KindOfBody>> {
  const rows = await read.rows<KindOfBody>(sql`
    select code, name, tier, holds_members as "holdsMembers" from organisation_kind
     where valid_from <= ${day}::date and (valid_to is null or ${day}::date < valid_to) order by name`)
  return new Map(rows.map((row) => [row.code, row]))
}

async function membersIn(read: Read, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await read.rows<{ id: string; organisationId: string }>(sql`
    select member_id as id, organisation_id as "organisationId" from membership
     where member_id = any(${ids}::uuid[]) and until is null`)
  return new Map(rows.map((row) => [row.id, row.organisationId]))
}

async function takenCodes(read: Read, plan: Plan): Promise<Set<string>> {
  const wanted = plan.bodies.flatMap((body) => (body.code === null ? [] : [body.code]))
  if (wanted.length === 0) return new Set()
  const mine = plan.bodies.map((body) => body.id)
  const rows = await read.rows<{ code: string }>(sql`
    select code from organisation where code = any(${wanted}::text[]) and id <> all(${mine}::uuid[])`)
  const twice = wanted.filter((code, index) => wanted.indexOf(code) !== index)
  return new Set([...rows.map((row) => row.code), ...twice])
}

/** Touched organisations with a change after the day, of their own, of anything below, or of a member counted there. */
async function changedLaterThan(read: Read, ids: readonly string[], day: string): Promise<Set<string>> {
  const rows = await read.rows<{ id: string }>(sql`
    select p.organisation_id as id from organisation_period p
     where p.organisation_id = any(${ids}::uuid[]) and p.valid_from <= ${day}::date
       and (p.valid_to is null or ${day}::date < p.valid_to)
       and (exists (select from organisation_period b
                     where b.path >= p.path and b.path < left(p.path, -1) || '/'
                       and (b.valid_from > ${day}::date or b.valid_to > ${day}::date))
            or exists (select from membership s
                        where s.organisation_id = p.organisation_id and s.until is null and s.since > ${day}::date))`)
  return new Set(rows.map((row) => row.id))
}
