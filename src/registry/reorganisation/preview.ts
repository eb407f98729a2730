/** What a plan would do, before anybody signs it: who and what moves, which offices end, which dossiers change hands, what stands in the way. */
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { know } from './know.ts'
import { compile, type Changes, type Problem } from './law/compile.ts'
import type { Known } from './law/known.ts'
import type { Plan } from './law/plan.ts'
import { rivalsOf, type Reorganisation } from './plans.ts'
import { differences, digestOf, seenNow, type Difference } from './seen.ts'

export interface EndingOffice {
  readonly id: string
  readonly holder: string
  readonly positionName: string
  readonly positionNameEn: string
  readonly organisation: string
  /** in which it may go on */
  readonly successor: string
  readonly continues: boolean
}

export interface MovingDossier {
  readonly number: string | null
  readonly procedure: string
  readonly organisation: string
  /** null: it keeps its organisation, which lies elsewhere then */
  readonly successor: string | null
}

export const WARNINGS = [
  'nobody-acts',
  'too-few',
  'same-name',
  'import-under-way',
  'delegations-end',
] as const

/** What somebody should look at; it stops nothing. */
export interface Warning {
  readonly code: (typeof WARNINGS)[number]
  readonly name: string
  readonly count: number
}

export interface Preview {
  readonly digest: string
  readonly ended: readonly { readonly name: string; readonly successors: readonly string[] }[]
  readonly created: readonly { readonly name: string; readonly kindName: string; readonly parent: string }[]
  readonly renamed: readonly { readonly from: string; readonly to: string }[]
  /** by new parent: what comes to it, with the members in and below */
  readonly moved: readonly {
    readonly to: string
    readonly names: readonly string[]
    readonly organisations: number
    readonly members: number
  }[]
  readonly members: readonly { readonly from: string; readonly to: string; readonly count: number }[]
  /** counted under the committee that decides: the same before and after */
  readonly counted: number
  readonly inTransit: number
  readonly offices: readonly EndingOffice[]
  readonly dossiers: { readonly total: number; readonly shown: readonly MovingDossier[] }
  readonly problems: readonly Problem[]
  readonly warnings: readonly Warning[]
  readonly differences: readonly Difference[]
  readonly rivals: readonly { readonly id: string; readonly title: string }[]
}

export async function previewOf(read: Read, reorganisation: Reorganisation): Promise<Preview> {
  const { id, plan, underId, seen } = reorganisation
  const known = await know(read, underId, plan)
  const { changes: all, problems } = compile(plan, known)
  const changes = knownOnly(all, known)
  const now = seenNow(plan, known)
  const names = await namesOf(read, plan, known, seen)
  const nameOf = (organisation: string) => names.get(organisation) ?? organisation.slice(0, 8)
  const offices = await endingOffices(read, changes, plan, nameOf)
  const [moved, totals, dossiers, warnings, rivals] = await Promise.all([
    movedGroups(read, changes, nameOf),
    totalsUnder(read, known),
    movingDossiers(read, changes, known.day, nameOf),
    warningsOf(read, changes, plan, known, offices, nameOf),
    rivalsOf(read, id),
  ])
  return {
    digest: digestOf(plan, now),
    ended: changes.ended.map((each) => ({ name: nameOf(each.id), successors: each.successors.map(nameOf) })),
    created: plan.bodies.map((body) => ({
      name: body.name,
      kindName: known.kinds.get(body.kind)?.name ?? body.kind,
      parent: nameOf(body.parentId),
    })),
    renamed: changes.renamed.map((each) => ({ from: nameOf(each.id), to: each.name })),
    moved,
    members: changes.members.map((move) => ({
      from: nameOf(move.from),
      to: nameOf(move.to),
      count: move.memberIds === 'all' ? remaining(known, changes, move.from) : move.memberIds.length,
    })),
    ...totals,
    offices,
    dossiers,
    problems,
    warnings,
    differences: differences(seen, now, nameOf),
    rivals,
  }
}

/** What went elsewhere since the plan was drawn up is a problem by its code, and nothing of it is shown. */
function knownOnly(changes: Changes, { bodies, under }: Known): Changes {
  const is = (id: string) => bodies.get(id)?.path.startsWith(under.path) ?? false
  return {
    ...changes,
    moved: changes.moved.filter(({ id }) => is(id)),
    renamed: changes.renamed.filter(({ id }) => is(id)),
    ended: changes.ended.filter(({ id }) => is(id)),
    members: changes.members.filter(({ from }) => is(from)),
  }
}

/** Those of a body that no step names. */
function remaining(known: Known, changes: Changes, from: string): number {
  const body = known.bodies.get(from)
  const named = changes.members.flatMap((move) =>
    move.from === from && move.memberIds !== 'all' ? move.memberIds : [],
  )
  return (body?.active ?? 0) + (body?.inTransit ?? 0) - named.length
}

async function namesOf(
  read: Read,
  plan: Plan,
  known: Known,
  seen: Reorganisation['seen'],
): Promise<Map<string, string>> {
  const wanted = Object.values(seen).flatMap((each) => [...each.children])
  const rows = await read.rows<{ id: string; name: string }>(sql`
    select distinct on (organisation_id) organisation_id as id, name from organisation_period
     where organisation_id = any(${wanted}::uuid[]) order by organisation_id, valid_from desc`)
  return new Map([
    ...rows.map(({ id, name }) => [id, name] as const),
    ...[...known.bodies.values()].map(({ id, name }) => [id, name] as const),
    ...plan.bodies.map(({ id, name }) => [id, name] as const),
  ])
}

const MOST_NAMES = 12

async function movedGroups(read: Read, changes: Changes, nameOf: (id: string) => string) {
  const rows = await read.rows<{ id: string; organisations: number; members: number }>(sql`
    select p.organisation_id as id, below.organisations, below.members
      from organisation_period p
      cross join lateral (
        select count(*) as organisations,
               sum((select count(*) from membership m where m.organisation_id = b.organisation_id and m.until is null))::int as members
          from organisation_period b
         where b.path >= p.path and b.path < left(p.path, -1) || '/' and b.valid_to is null) below
     where p.organisation_id = any(${changes.moved.map(({ id }) => id)}::uuid[]) and p.valid_to is null`)
  const sizes = new Map(rows.map((row) => [row.id, row]))
  const targets = [...new Set(changes.moved.map(({ parentId }) => parentId))]
  return targets.map((target) => {
    const coming = changes.moved.filter(({ parentId }) => parentId === target).map(({ id }) => id)
    const sum = (what: 'organisations' | 'members') =>
      coming.reduce((total, id) => total + (sizes.get(id)?.[what] ?? 0), 0)
    return {
      to: nameOf(target),
      names: coming.slice(0, MOST_NAMES).map(nameOf),
      organisations: sum('organisations'),
      members: sum('members'),
    }
  })
}

async function totalsUnder(read: Read, { under, day }: Known) {
  return read.one<{ counted: number; inTransit: number }>(sql`
    select count(*) filter (where m.standing = 'active') as counted,
           count(*) filter (where m.standing = 'in-transit') as "inTransit"
      from organisation_period p join membership m on m.organisation_id = p.organisation_id and m.until is null
     where p.path >= ${under.path} and p.path < ${`${under.path.slice(0, -1)}/`}
       and p.valid_from <= ${day}::date and (p.valid_to is null or ${day}::date < p.valid_to)`)
}

async function endingOffices(
  read: Read,
  changes: Changes,
  plan: Plan,
  nameOf: (id: string) => string,
): Promise<EndingOffice[]> {
  const successorOf = new Map(changes.ended.map((each) => [each.id, each.successors[0] ?? '']))
  const rows = await read.rows<
    Pick<EndingOffice, 'id' | 'holder' | 'positionName' | 'positionNameEn'> & { organisationId: string }
  >(sql`
    select x.id, m.full_name as holder, n.name as "positionName", n.name_en as "positionNameEn",
           x.organisation_id as "organisationId"
      from office x join member m on m.id = x.member_id join position n on n.code = x.position
     where x.organisation_id = any(${[...successorOf.keys()]}::uuid[]) and x.since <= ${plan.effectiveOn}::date
       and (x.until is null or x.until >= ${plan.effectiveOn}::date)
     order by n.rank, x.organisation_id, x.since, x.id`)
  return rows.map(({ organisationId, ...office }) => ({
    ...office,
    organisation: nameOf(organisationId),
    successor: nameOf(successorOf.get(organisationId) ?? ''),
    continues: plan.continuing.includes(office.id),
  }))
}

const MOST_DOSSIERS = 50

async function movingDossiers(
  read: Read,
  changes: Changes,
  day: PlainDate,
  nameOf: (id: string) => string,
): Promise<Preview['dossiers']> {
  const heirs = new Map(changes.ended.map((each) => [each.id, each.successors[0] ?? null]))
  // Asked apart: of a list the planner knows how long it is, of what lies below others it does not.
  const below = await read.rows<{ id: string }>(sql`
    select b.organisation_id as id from organisation_period p
      join organisation_period b on b.path >= p.path and b.path < left(p.path, -1) || '/'
       and b.valid_from <= ${day}::date and (b.valid_to is null or ${day}::date < b.valid_to)
     where p.organisation_id = any(${changes.moved.map(({ id }) => id)}::uuid[]) and p.valid_to is null`)
  const rows = await read.rows<{
    number: string | null
    procedure: string
    organisationId: string
    name: string
  }>(sql`
    select d.number, d.procedure, d.awaited_organisation as "organisationId",
           (select p.name from organisation_period p
             where p.organisation_id = d.awaited_organisation and p.valid_from <= ${day}::date
               and (p.valid_to is null or ${day}::date < p.valid_to)) as name
      from dossier d
     where d.is_open and d.awaited_organisation is not null
       and d.id in (select p.dossier_id from dossier_party p
                     where p.organisation_id = any(${[...heirs.keys(), ...below.map(({ id }) => id)]}::uuid[]))
     order by d.number nulls last, d.id`)
  return {
    total: rows.length,
    shown: rows.slice(0, MOST_DOSSIERS).map(({ number, procedure, organisationId, name }) => {
      const heir = heirs.get(organisationId) ?? null
      return { number, procedure, organisation: name, successor: heir === null ? null : nameOf(heir) }
    }),
  }
}

/** Charter art. 21: a grassroots organisation needs at least three official members. */
const FEWEST_MEMBERS = 3

async function warningsOf(
  read: Read,
  changes: Changes,
  plan: Plan,
  known: Known,
  offices: readonly EndingOffice[],
  nameOf: (id: string) => string,
): Promise<Warning[]> {
  const ended = changes.ended.map((each) => each.id)
  const rows = await read.one<{ imports: number; delegations: number }>(sql`
    select (select count(*) from import_attempt a
             where a.under_organisation = any(${ended}::uuid[]) and a.stage in ('trying', 'tried', 'importing')) as imports,
           (select count(*) from delegation d join office x on x.id = d.office_id
             where x.organisation_id = any(${ended}::uuid[]) and d.revoked_at is null and d.valid_to >= ${known.day}::date)
             as delegations`)
  const takeOver = new Set(changes.ended.map((each) => each.successors[0] ?? ''))
  const nobody = plan.bodies.filter(
    (body) =>
      takeOver.has(body.id) && !offices.some((office) => office.continues && office.successor === body.name),
  )
  const small = changes.members
    .map(({ from }) => from)
    .filter((id, index, all) => all.indexOf(id) === index && !ended.includes(id))
    .flatMap((id) => {
      const left = remaining(known, changes, id)
      return left > 0 && left < FEWEST_MEMBERS
        ? [{ code: 'too-few' as const, name: nameOf(id), count: left }]
        : []
    })
  const twice = plan.bodies.filter((body) =>
    [...known.bodies.values()].some(
      (other) => other.parentId === body.parentId && other.name === body.name && !ended.includes(other.id),
    ),
  )
  return [
    ...nobody.map((body) => ({ code: 'nobody-acts' as const, name: body.name, count: 0 })),
    ...small,
    ...twice.map((body) => ({ code: 'same-name' as const, name: body.name, count: 0 })),
    ...(rows.imports > 0 ? [{ code: 'import-under-way' as const, name: '', count: rows.imports }] : []),
    ...(rows.delegations > 0
      ? [{ code: 'delegations-end' as const, name: '', count: rows.delegations }]
      : []),
  ]
}
