/** Where a member is counted, day by day: counted in one organisation, or in transit (đang chuyển) and counted nowhere. */
import { isUniqueViolation, sql, type Read, type Write } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { countedOn } from '../day.ts'

export interface Membership {
  readonly id: string
  readonly memberId: string
  /** counted there ('active'), or where the member comes from ('in-transit') */
  readonly organisationId: string
  readonly standing: 'active' | 'in-transit'
  readonly since: PlainDate
  /** the first day no longer counted there; null: still */
  readonly until: PlainDate | null
  readonly reason: string
  readonly dossierId: string | null
}

/** A step of a procedure that changes where a member is counted. */
export interface Move {
  readonly memberId: string
  readonly on: PlainDate
  readonly reason: string
  readonly dossierId: string | null
}

const COLUMNS = sql`id, member_id as "memberId", organisation_id as "organisationId", standing, since, until, reason,
  dossier_id as "dossierId"`

/** Where the member is counted or in transit from; undefined for one who left, died, or was never listed. */
export async function membershipOf(read: Read, memberId: string): Promise<Membership | undefined> {
  return read.maybe<Membership>(
    sql`select ${COLUMNS} from membership where member_id = ${memberId} and until is null`,
  )
}

/** Where the member is counted, or in transit from, on a day. */
export async function membershipOn(
  read: Read,
  memberId: string,
  day: PlainDate,
): Promise<Membership | undefined> {
  return read.maybe<Membership>(
    sql`select ${COLUMNS} from membership where member_id = ${memberId} and ${countedOn('membership', day)}`,
  )
}

/** All of them, the oldest first. */
export async function membershipsOf(read: Read, memberId: string): Promise<Membership[]> {
  return read.rows<Membership>(sql`
    select ${COLUMNS} from membership where member_id = ${memberId}
     order by since, until nulls last, case standing when 'active' then 1 else 2 end`)
}

async function openMembership(
  write: Write,
  move: Move,
  organisationId: string,
  standing: Membership['standing'],
): Promise<void> {
  try {
    await write.run(sql`
      insert into membership (member_id, organisation_id, standing, since, reason, dossier_id)
      values (${move.memberId}, ${organisationId}, ${standing}, ${move.on}, ${move.reason}, ${move.dossierId})`)
  } catch (error) {
    if (isUniqueViolation(error, 'membership_one_now'))
      throw new Refusal('conflict', 'membership.changed-meanwhile')
    throw error
  }
}

/** Ends the current row of that standing; returns the organisation it named, or refuses. */
async function endMembership(
  write: Write,
  move: Move,
  standing: Membership['standing'],
  code: string,
  organisationId?: string,
): Promise<string> {
  const ended = await write.maybe<{ organisationId: string }>(sql`
    update membership set until = ${move.on}
     where member_id = ${move.memberId} and until is null and standing = ${standing} and since <= ${move.on}::date
       and organisation_id = coalesce(${organisationId ?? null}::uuid, organisation_id)
    returning organisation_id as "organisationId"`)
  if (!ended) throw new Refusal('conflict', code, { facts: { on: move.on } })
  return ended.organisationId
}

/** The organisation must be there and take members on that day. */
async function mustHoldMembers(read: Read, organisationId: string, day: PlainDate): Promise<void> {
  const found = await read.maybe(
    sql`select 1 from organisation_on(${day}::date) o where o.id = ${organisationId} and o.holds_members`,
  )
  if (!found)
    throw new Refusal('against-rule', 'membership.organisation-takes-no-members', { facts: { day } })
}

/**
 * Referred (đã giới thiệu): no longer counted at the origin, in transit from that day.
 *
 * @throws Refusal conflict `membership.not-counted-there` when the member is not counted in `originId` on that day
 */
export async function startTransit(write: Write, move: Move & { readonly originId: string }): Promise<void> {
  await endMembership(write, move, 'active', 'membership.not-counted-there', move.originId)
  await openMembership(write, move, move.originId, 'in-transit')
}

/**
 * Admitted (đã tiếp nhận): counted in the organisation from that day; the member was in transit, or was counted nowhere.
 * An internal transfer that passes no transit goes by `startTransit` and `admitTo` on the same day.
 *
 * @throws Refusal conflict `membership.counted-elsewhere` when still counted somewhere; against-rule
 *   `membership.organisation-takes-no-members`
 */
export async function admitTo(write: Write, move: Move & { readonly organisationId: string }): Promise<void> {
  await mustHoldMembers(write, move.organisationId, move.on)
  const now = await membershipOf(write, move.memberId)
  if (now) await endMembership(write, move, 'in-transit', 'membership.counted-elsewhere')
  await openMembership(write, move, move.organisationId, 'active')
}

/**
 * The transfer is undone: counted at the origin again from that day.
 *
 * @returns the origin's id
 * @throws Refusal conflict `membership.not-in-transit`
 */
export async function returnToOrigin(write: Write, move: Move): Promise<string> {
  const originId = await endMembership(write, move, 'in-transit', 'membership.not-in-transit')
  await openMembership(write, move, originId, 'active')
  return originId
}

/**
 * Left, removed or died: counted nowhere from that day; the standing says why.
 *
 * @throws Refusal conflict `membership.none-open`
 */
export async function endMember(
  write: Write,
  end: { memberId: string; standing: 'left' | 'removed' | 'deceased'; on: PlainDate; reason: string },
): Promise<void> {
  const ended = await write.run(sql`
    update membership set until = greatest(since, ${end.on}::date), reason = reason || '; ' || ${end.reason}
     where member_id = ${end.memberId} and until is null`)
  if (ended !== 1) throw new Refusal('conflict', 'membership.none-open')
  await write.run(sql`
    update member set standing = ${end.standing}, ended_on = ${end.on}, updated_at = now() where id = ${end.memberId}`)
}
