/** Hand-over papers as they are kept: what each says, who signed it, what it waits for. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { bodyName } from '../../../papers/bodies.ts'
import type { PaperSigner } from '../../../papers/store.ts'
import { awaitedSteps, type Kind, type SideOfPaper, type Standing, type Step } from '../law/hand-over.ts'
import type { Plan } from '../law/plan.ts'
import type { DecisionContent, MinutesContent } from './content.ts'

export interface HandOverPaper {
  readonly id: string
  readonly reorganisationId: string
  readonly kind: Kind
  readonly underId: string
  /** as papers name its committee */
  readonly underName: string
  readonly underTier: string
  readonly planTitle: string
  readonly decision: Plan['decision']
  readonly effectiveOn: PlainDate
  readonly issuerId: string
  readonly issuerName: string
  readonly issuerTier: string
  readonly content: DecisionContent | MinutesContent
  readonly dueOn: PlainDate
  readonly failure: string | null
  readonly token: string
  readonly sha256: string | null
  readonly places: readonly string[]
  readonly signers: readonly PaperSigner[]
  readonly symbol: string | null
  readonly issuedOn: PlainDate | null
  readonly createdAt: Date
  readonly voidedAt: Date | null
  readonly voidReason: string | null
  readonly acts: readonly { readonly act: string; readonly memberId: string }[]
}

const PAPER = sql`
  select p.id, h.reorganisation_id as "reorganisationId", h.kind, r.under_organisation as "underId",
         coalesce(u.name, '') as "underName", coalesce(u.tier, 'province') as "underTier", r.plan ->> 'title' as "planTitle", r.plan -> 'decision' as decision,
         r.effective_on as "effectiveOn", p.organisation_id as "issuerId", coalesce(i.name, '') as "issuerName",
         coalesce(i.tier, 'cell') as "issuerTier", h.content, h.due_on as "dueOn", h.failure, p.token, p.sha256,
         p.places, p.signers, p.symbol, p.issued_on as "issuedOn", p.created_at as "createdAt",
         p.voided_at as "voidedAt", p.void_reason as "voidReason",
         coalesce((select json_agg(json_build_object('act', a.act, 'memberId', a.member_id))
                     from hand_over_act a where a.paper_id = p.id), '[]') as acts
    from hand_over h
    join paper p on p.id = h.paper_id
    join reorganisation r on r.id = h.reorganisation_id`

/** The committee that decided and the issuer, as they are on the day. */
const named = (day: PlainDate) => sql`
    left join organisation_on(${day}::date) u on u.id = r.under_organisation
    left join organisation_on(${day}::date) i on i.id = p.organisation_id`

export async function findHandOver(
  read: Read,
  id: string,
  day: PlainDate,
): Promise<HandOverPaper | undefined> {
  const [found] = await rowsOf(read, sql`${PAPER} ${named(day)} where p.id = ${id}`)
  return found
}

async function rowsOf(read: Read, query: ReturnType<typeof sql<HandOverPaper>>): Promise<HandOverPaper[]> {
  const rows = await read.rows<HandOverPaper>(query)
  return rows.map((row) => ({
    ...row,
    underName: bodyName({ name: row.underName, tier: row.underTier }),
    issuerName: bodyName({ name: row.issuerName, tier: row.issuerTier }),
  }))
}

/** Nobody else signs it until this transaction is over. */
export async function lockHandOver(
  write: Write,
  id: string,
  day: PlainDate,
): Promise<HandOverPaper | undefined> {
  await write.maybe(sql`select 1 from paper where id = ${id} for update`)
  return findHandOver(write, id, day)
}

/** Those of a plan, in the order of reading: what was decided, accepted, handed over. */
export function handOversOfPlan(
  read: Read,
  reorganisationId: string,
  day: PlainDate,
): Promise<HandOverPaper[]> {
  return rowsOf(
    read,
    sql`
    ${PAPER} ${named(day)} where h.reorganisation_id = ${reorganisationId}
     order by array_position(array['decision', 'acceptance', 'minutes'], h.kind), p.created_at, p.id`,
  )
}

/**
 * Those offices or a person have to do with: issued, given or received by the organisations, decided by one, or given by one
 * that ended while the person held an office in it. The newest first.
 */
export function handOversFor(
  read: Read,
  who: {
    readonly organisationIds: readonly string[]
    readonly memberId: string
    /** leaves out what is whole or void */
    readonly openOnly: boolean
  },
  day: PlainDate,
  limit = 200,
): Promise<HandOverPaper[]> {
  const mine = [...who.organisationIds]
  return rowsOf(
    read,
    sql`
    ${PAPER} ${named(day)}
     where h.paper_id in (
       select paper_id from hand_over where giver_id = any(${mine}::uuid[]) or receiver_id = any(${mine}::uuid[])
       union select x.paper_id from hand_over x join paper y on y.id = x.paper_id
              where y.organisation_id = any(${mine}::uuid[])
       union select x.paper_id from hand_over x join reorganisation z on z.id = x.reorganisation_id
              where z.under_organisation = any(${mine}::uuid[])
       union select x.paper_id from hand_over x
               join reorganisation_office f on f.reorganisation_id = x.reorganisation_id
               join office o on o.id = f.office_id and o.organisation_id = x.giver_id
              where x.giver_ended and o.member_id = ${who.memberId})
       and (not ${who.openOnly}::boolean
            or (p.voided_at is null and jsonb_array_length(p.signers) < cardinality(p.places)))
     order by h.due_on desc, p.created_at desc, p.id limit ${limit}`,
  )
}

/** Those not yet whole whose last day is no later than this one. */
export async function handOversDue(
  read: Read,
  by: PlainDate,
  day: PlainDate,
  limit = 500,
): Promise<HandOverPaper[]> {
  return rowsOf(
    read,
    sql`
    ${PAPER} ${named(day)}
     where h.due_on <= ${by}::date and p.voided_at is null and jsonb_array_length(p.signers) < cardinality(p.places)
     order by h.due_on, p.id limit ${limit}`,
  )
}

/** Whom the lists of minutes name. */
export async function membersNamed(read: Read, paper: HandOverPaper): Promise<string[]> {
  const { lists } = minutesOf(paper)
  const rows = await read.rows<{ id: string }>(sql`
    select x.member_id as id from reorganisation_member x
      join unnest(${lists.map(({ from }) => from.id)}::uuid[], ${lists.map(({ to }) => to.id)}::uuid[]) as l(from_id, to_id)
        on l.from_id = x.from_id and l.to_id = x.to_id
     where x.reorganisation_id = ${paper.reorganisationId}`)
  return rows.map(({ id }) => id)
}

/** Papers of a plan that was taken back are void, those under way too. */
export async function voidHandOvers(
  write: Write,
  reorganisationId: string,
  reason: string,
  at: Date,
): Promise<void> {
  await write.run(sql`
    update paper set voided_at = ${at}, void_reason = ${reason}
     where reorganisation_id = ${reorganisationId} and voided_at is null`)
}

/** Members who led the organisation when the plan ended it, with their position there, the highest first. */
export function lastLeaders(
  read: Read,
  reorganisationId: string,
  organisationId: string,
  positions: readonly string[],
): Promise<{ memberId: string; position: string }[]> {
  return read.rows(sql`
    select o.member_id as "memberId", o.position from reorganisation_office f
      join office o on o.id = f.office_id
      join position n on n.code = o.position
     where f.reorganisation_id = ${reorganisationId} and o.organisation_id = ${organisationId}
       and o.position = any(${[...positions]}::text[]) order by n.rank, o.id`)
}

export async function recordAct(
  write: Write,
  paperId: string,
  act: string,
  by: { readonly memberId: string; readonly position: string; readonly organisationId: string },
  at: Date,
): Promise<void> {
  await write.run(sql`
    insert into hand_over_act (paper_id, act, member_id, position, organisation_id, at)
    values (${paperId}, ${act}, ${by.memberId}, ${by.position}, ${by.organisationId}, ${at})`)
}

export async function recordFailure(write: Write, paperId: string, failure: string | null): Promise<void> {
  await write.run(sql`update hand_over set failure = ${failure} where paper_id = ${paperId}`)
}

const isMinutes = (content: HandOverPaper['content']): content is MinutesContent => 'giver' in content

/** What minutes say. */
export function minutesOf({ content }: HandOverPaper): MinutesContent {
  if (!isMinutes(content)) throw new Error('a decision has no sides')
  return content
}

export function decisionOf({ content }: HandOverPaper): DecisionContent {
  if (isMinutes(content)) throw new Error('minutes have no lines')
  return content
}

/** The paper as its law sees it. */
export function standingOf(paper: HandOverPaper): Standing {
  const side = (found: MinutesContent['giver']): SideOfPaper => found
  const sides = isMinutes(paper.content) ? paper.content : undefined
  return {
    kind: paper.kind,
    issuer: { id: paper.issuerId, tier: paper.issuerTier, ended: false },
    giver: sides ? side(sides.giver) : null,
    receiver: sides ? side(sides.receiver) : null,
    underId: paper.underId,
    voided: paper.voidedAt !== null,
    numbered: paper.symbol !== null,
    places: paper.places,
    acts: new Map(paper.acts.map(({ act, memberId }) => [act, { memberId }])),
    signed: paper.signers.map(({ place }) => place),
    made: paper.sha256 !== null,
  }
}

export function stepsOf(paper: HandOverPaper): Step[] {
  return awaitedSteps(standingOf(paper))
}
