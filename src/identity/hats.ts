/** The hats (tư cách) a person may wear on a day: the member's own, the offices held, and what others delegated. */
import { MEMBER_HAT, type Hat, type OnBehalfOf } from '../kernel/actor.ts'
import { sql, type Read } from '../kernel/db.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import { Refusal } from '../kernel/refusal.ts'

/** A hat with what the switcher says about it. `key` names it in forms: 'member', 'office:ID' or 'grant:ID'. */
export interface WornHat extends Hat {
  readonly key: string
  readonly organisationName: string
  /** the office's name; absent for a member's own affairs */
  readonly positionName?: string
  readonly positionNameEn?: string
  readonly onBehalfOf?: Representation
}

/** For whom somebody acts, and in which procedures. */
export interface Representation extends OnBehalfOf {
  readonly name: string
  /** codes of the procedures the delegation names */
  readonly procedures: readonly string[]
}

/** Which hat a session wears, as it is stored: neither is the member's own. */
export interface HatChoice {
  readonly officeId: string | null
  readonly grantId: string | null
}

/** A row of the SQL function `hat_on`. */
export interface HatRow {
  readonly hat_position: string
  readonly organisation_id: string
  readonly office_id: string | null
  readonly organisation_name: string
  readonly position_name: string | null
  readonly position_name_en: string | null
  readonly grant_id: string | null
  readonly principal_id: string
  readonly principal_name: string
  readonly procedures: string[] | null
}

export const OWN_HAT: HatChoice = { officeId: null, grantId: null }

/** 'member', 'office:ID' or 'grant:ID'. */
export function keyOf(choice: HatChoice): string {
  if (choice.grantId !== null) return `grant:${choice.grantId}`
  return choice.officeId === null ? MEMBER_HAT : `office:${choice.officeId}`
}

const KEY = /^(?:member|(office|grant):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))$/

/** Reads a hat's key. @throws Refusal invalid `identity.unknown-hat` */
export function choiceOf(key: string): HatChoice {
  const found = KEY.exec(key)
  if (!found) throw new Refusal('invalid', 'identity.unknown-hat')
  const [, kind, id] = found
  if (id === undefined) return OWN_HAT
  return kind === 'office' ? { officeId: id, grantId: null } : { officeId: null, grantId: id }
}

export function hatFromRow(choice: HatChoice, row: HatRow): WornHat {
  return {
    key: keyOf(choice),
    position: row.hat_position,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    ...(row.office_id === null ? {} : { officeId: row.office_id }),
    ...(row.position_name === null ? {} : { positionName: row.position_name }),
    ...(row.position_name_en === null ? {} : { positionNameEn: row.position_name_en }),
    ...(row.grant_id === null
      ? {}
      : {
          onBehalfOf: {
            memberId: row.principal_id,
            grantId: row.grant_id,
            name: row.principal_name,
            procedures: row.procedures ?? [],
          },
        }),
  }
}

/**
 * All hats this member may wear today: the own one first (also in transit), the offices by rank, then what others
 * delegated. Empty for somebody who is no longer a member or was never counted anywhere.
 */
export async function hatsOf(read: Read, memberId: string, today: PlainDate): Promise<WornHat[]> {
  const rows = await read.rows<HatRow & { chosen_office: string | null; chosen_grant: string | null }>(sql`
    with choice (office_id, grant_id) as (
      select null::uuid, null::uuid
      union all
      select id, null from office
       where member_id = ${memberId} and since <= ${today} and (until is null or ${today} <= until)
      union all
      select null, id from delegation where delegate_member_id = ${memberId} and revoked_at is null
      union all
      select null, d.id from delegation d
       where d.revoked_at is null
         and d.delegate_organisation_id in (select organisation_id from office where member_id = ${memberId}))
    select c.office_id as chosen_office, c.grant_id as chosen_grant, h.*
      from choice c
      join member m on m.id = ${memberId} and m.standing in ('active', 'exempt')
      join lateral hat_on(m.id, c.office_id, c.grant_id, ${today}::date) h on true
     order by c.grant_id is not null, c.office_id is not null, h.position_rank, h.organisation_name, h.principal_name`)
  return rows.map((row) => hatFromRow({ officeId: row.chosen_office, grantId: row.chosen_grant }, row))
}

/** The one hat a choice means today, or undefined when it no longer stands. */
export async function findHat(
  read: Read,
  memberId: string,
  choice: HatChoice,
  today: PlainDate,
): Promise<WornHat | undefined> {
  const row = await read.maybe<HatRow>(sql`
    select h.* from member m
      join lateral hat_on(m.id, ${choice.officeId}::uuid, ${choice.grantId}::uuid, ${today}::date) h on true
     where m.id = ${memberId} and m.standing in ('active', 'exempt')`)
  return row && hatFromRow(choice, row)
}

/** The hat worn last, where it still stands; else the own one. */
export function wornLast(hats: readonly WornHat[], lastKey: string): HatChoice {
  const last = choiceOf(lastKey)
  return hats.some((hat) => hat.key === keyOf(last)) ? last : OWN_HAT
}

/**
 * Lets pass who acts for themselves, or under a delegation that names this procedure.
 *
 * @throws Refusal forbidden `identity.outside-delegation`
 */
export function requireCovered(hat: WornHat, procedure: string): void {
  if (hat.onBehalfOf === undefined || hat.onBehalfOf.procedures.includes(procedure)) return
  throw new Refusal('forbidden', 'identity.outside-delegation', {
    citation: '338-QĐ/TW, Điều 11',
    facts: { procedure },
  })
}
