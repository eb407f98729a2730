/** Delegations in the database: given, taken back, listed for both sides. */
import type { PersonActor } from '../kernel/actor.ts'
import { sql, type Read, type Write } from '../kernel/db.ts'
import { todayIn, type PlainDate } from '../kernel/plain-date.ts'
import { Refusal } from '../kernel/refusal.ts'
import { foldName } from '../kernel/vietnamese-text.ts'
import {
  mayGrant,
  mayRevoke,
  type Delegate,
  type DelegationForm,
  type GrantDelegation,
} from './delegation-rules.ts'

/** A delegation as its parties see it. */
export interface Delegation {
  readonly id: string
  readonly delegatorId: string
  readonly delegatorName: string
  readonly delegateMemberId: string | null
  readonly delegateName: string
  /** the office delegated: its name and organisation; null for a member's own affairs */
  readonly office: { readonly id: string; readonly position: string; readonly organisation: string } | null
  readonly procedures: readonly string[]
  readonly validFrom: PlainDate
  readonly validTo: PlainDate
  readonly form: DelegationForm
  readonly basis: string
  readonly evidenceSha256: string | null
  readonly grantedAt: Date
  readonly revokedAt: Date | null
}

/** What is on a day: 'ended' by its last day, 'revoked' by somebody. */
export type DelegationStanding = 'coming' | 'running' | 'ended' | 'revoked'

export function standingOf(delegation: Delegation, today: PlainDate): DelegationStanding {
  if (delegation.revokedAt !== null) return 'revoked'
  if (today < delegation.validFrom) return 'coming'
  return delegation.validTo < today ? 'ended' : 'running'
}

/**
 * The live member with this personal ID AND this name, or undefined: who does not know both learns nothing about whom
 * the registry holds. The name is compared without diacritics.
 */
export async function findDelegateMember(
  read: Read,
  personalId: string,
  name: string,
): Promise<string | undefined> {
  const row = await read.maybe<{ id: string; full_name: string }>(sql`
    select id, full_name from member where personal_id = ${personalId} and standing in ('active', 'exempt')`)
  return row && foldName(row.full_name) === foldName(name) ? row.id : undefined
}

export interface NamedOrganisation {
  readonly id: string
  readonly name: string
}

/** The organisations a member may entrust affairs to: the own one and those above it, the nearest first. */
export function delegableOrganisations(
  read: Read,
  memberId: string,
  today: PlainDate,
): Promise<NamedOrganisation[]> {
  return read.rows<NamedOrganisation>(sql`
    with recursive above as (
      select p.organisation_id, p.parent_id, p.name, 1 as step
        from membership ms join organisation_period p on p.organisation_id = ms.organisation_id
         and p.valid_from <= ${today} and (p.valid_to is null or ${today} < p.valid_to)
       where ms.member_id = ${memberId} and ms.until is null
      union all
      select p.organisation_id, p.parent_id, p.name, a.step + 1
        from above a join organisation_period p on p.organisation_id = a.parent_id
         and p.valid_from <= ${today} and (p.valid_to is null or ${today} < p.valid_to)
       where a.step < 12)
    select organisation_id as id, name from above order by step`)
}

async function delegateStands(read: Read, delegate: Delegate, today: PlainDate): Promise<boolean> {
  const found =
    delegate.kind === 'member'
      ? await read.maybe(sql`
          select 1 from member where id = ${delegate.memberId} and standing in ('active', 'exempt')`)
      : await read.maybe(sql`
          select 1 from organisation_period where organisation_id = ${delegate.organisationId}
             and valid_from <= ${today} and (valid_to is null or ${today} < valid_to)`)
  return found !== undefined
}

/** Handed in by the delegator: of what others handed in nobody learns whether it is here. */
async function evidenceKept(read: Read, sha256: string | undefined, memberId: string): Promise<boolean> {
  if (sha256 === undefined) return true
  const own = sql`select 1 from dossier_file where sha256 = ${sha256} and added_by = ${memberId} limit 1`
  return (await read.maybe(own)) !== undefined
}

/**
 * Gives a delegation. Its id is made up by the page or caller: the same one again is answered alike and given once.
 *
 * @throws Refusal conflict `identity.delegation-id-used` when the id belongs to another delegation; whatever the rules refuse
 */
export async function grantDelegation(
  write: Write,
  actor: PersonActor,
  grant: GrantDelegation,
  context: { now: Date; today: PlainDate; procedures: readonly string[] },
): Promise<void> {
  const before = await write.maybe<{ alike: boolean }>(
    sql`select (${alike(actor, grant)}) as alike from delegation where id = ${grant.id}`,
  )
  if (before?.alike) return
  if (before) throw new Refusal('conflict', 'identity.delegation-id-used')
  mayGrant(actor, grant, {
    ...context,
    delegateStands: await delegateStands(write, grant.delegate, context.today),
    evidenceKept: await evidenceKept(write, grant.evidenceSha256, actor.memberId),
  })
  const inserted = await write.run(sql`
    insert into delegation (id, delegator_id, office_id, delegate_member_id, delegate_organisation_id, procedures,
                            valid_from, valid_to, form, basis, evidence_sha256, granted_at, signed_in_at)
    values (${grant.id}, ${actor.memberId}, ${grant.officeId ?? null}, ${memberOf(grant.delegate)},
            ${organisationOf(grant.delegate)}, ${[...grant.procedures]}, ${grant.validFrom}, ${grant.validTo}, ${grant.form},
            ${grant.basis.trim()}, ${grant.evidenceSha256 ?? null}, ${context.now}, ${actor.signedInAt})
    on conflict (id) do nothing`)
  if (inserted === 0) throw new Refusal('conflict', 'identity.delegation-id-used')
}

function memberOf(delegate: Delegate): string | null {
  return delegate.kind === 'member' ? delegate.memberId : null
}

function organisationOf(delegate: Delegate): string | null {
  return delegate.kind === 'organisation' ? delegate.organisationId : null
}

/** Whether the row is what this grant asks for, so that asking twice is no mistake. */
function alike(actor: PersonActor, grant: GrantDelegation) {
  return sql<boolean>`
    delegator_id = ${actor.memberId} and office_id is not distinct from ${grant.officeId ?? null}::uuid
    and delegate_member_id is not distinct from ${memberOf(grant.delegate)}::uuid
    and delegate_organisation_id is not distinct from ${organisationOf(grant.delegate)}::uuid
    and procedures = ${[...grant.procedures]}::text[] and valid_from = ${grant.validFrom} and valid_to = ${grant.validTo}
    and form = ${grant.form} and basis = ${grant.basis.trim()}
    and evidence_sha256 is not distinct from ${grant.evidenceSha256 ?? null}::text`
}

/**
 * Takes a delegation back, at once: the next request under it is refused. Twice is once.
 *
 * @throws Refusal not-found `identity.unknown-delegation`
 */
export async function revokeDelegation(
  write: Write,
  actor: PersonActor,
  id: string,
  now: Date,
): Promise<void> {
  const row = await write.maybe<{ delegatorId: string; delegateMemberId: string | null }>(sql`
    select delegator_id as "delegatorId", delegate_member_id as "delegateMemberId" from delegation where id = ${id}`)
  if (row === undefined) throw new Refusal('not-found', 'identity.unknown-delegation')
  mayRevoke(actor, row)
  await write.run(sql`
    update delegation set revoked_at = ${now}, revoked_by = ${actor.memberId} where id = ${id} and revoked_at is null`)
}

/**
 * These people, and everybody who stood in for one of them or for whom one of them did: by a delegation from person to
 * person that names the procedure and had not ended by then, also when it was taken back since.
 */
export async function linkedByDelegation(
  read: Read,
  people: readonly string[],
  procedure: string,
  since: Date,
): Promise<string[]> {
  const rows = await read.rows<{ a: string; b: string }>(sql`
    select delegator_id as a, delegate_member_id as b from delegation
     where (delegator_id = any(${[...people]}::uuid[]) or delegate_member_id = any(${[...people]}::uuid[]))
       and delegate_member_id is not null and ${procedure} = any(procedures)
       and valid_to >= ${todayIn(since)}::date and (revoked_at is null or revoked_at >= ${since}::timestamptz)`)
  return [...new Set([...people, ...rows.flatMap(({ a, b }) => [a, b])])]
}

/** All delegations a member gave, and those the member received in person; the newest first. */
export async function delegationsOf(
  read: Read,
  memberId: string,
): Promise<{ given: Delegation[]; received: Delegation[] }> {
  const rows = await read.rows<Delegation>(sql`
    select d.id, d.delegator_id as "delegatorId", m.full_name as "delegatorName",
           d.delegate_member_id as "delegateMemberId",
           coalesce(t.full_name, (select name from organisation_period q where q.organisation_id = d.delegate_organisation_id
                                   order by valid_from desc limit 1)) as "delegateName",
           case when o.id is null then null else json_build_object('id', o.id, 'position', n.name, 'organisation',
             (select name from organisation_period q where q.organisation_id = o.organisation_id
               order by valid_from desc limit 1)) end as office,
           d.procedures, d.valid_from as "validFrom", d.valid_to as "validTo", d.form, d.basis,
           d.evidence_sha256 as "evidenceSha256", d.granted_at as "grantedAt", d.revoked_at as "revokedAt"
      from delegation d
      join member m on m.id = d.delegator_id
      left join member t on t.id = d.delegate_member_id
      left join office o on o.id = d.office_id
      left join position n on n.code = o.position
     where d.delegator_id = ${memberId} or d.delegate_member_id = ${memberId}
     order by d.granted_at desc`)
  return {
    given: rows.filter((row) => row.delegatorId === memberId),
    received: rows.filter((row) => row.delegatorId !== memberId),
  }
}
