/** Offices (chức vụ): who holds which position in which organisation, from which day to which. */
import { randomUUID } from 'node:crypto'
import { sql, type Read, type Write } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { heldOn, trueOn } from '../day.ts'

export interface Office {
  readonly id: string
  readonly memberId: string
  readonly memberName: string
  /** a code of `positions.ts` */
  readonly position: string
  readonly positionName: string
  readonly positionNameEn: string
  readonly organisationId: string
  /** as on the day asked about */
  readonly organisationName: string
  readonly since: PlainDate
  /** the last day in office */
  readonly until: PlainDate | null
  readonly source: string
}

const COLUMNS = sql`x.id, x.member_id as "memberId", m.full_name as "memberName", x.position, n.name as "positionName",
  n.name_en as "positionNameEn", x.organisation_id as "organisationId", p.name as "organisationName", x.since, x.until, x.source`

/** `office x` held on the day, in organisations that are there on the day. */
function officesOn(day: PlainDate) {
  return sql`office x
    join position n on n.code = x.position
    join member m on m.id = x.member_id
    join organisation_period p on p.organisation_id = x.organisation_id and ${trueOn('p', day)}
   where ${heldOn('x', day)}`
}

/** A person's offices on a day, the highest first. */
export async function officesOf(read: Read, memberId: string, day: PlainDate): Promise<Office[]> {
  return read.rows<Office>(sql`
    select ${COLUMNS} from ${officesOn(day)} and x.member_id = ${memberId} order by n.rank, p.path, x.id`)
}

/** Who holds one of the positions in the organisation on a day, the highest first; without positions, every office. */
export async function holdersOf(
  read: Read,
  organisationId: string,
  positions: readonly string[] | undefined,
  day: PlainDate,
): Promise<Office[]> {
  return read.rows<Office>(sql`
    select ${COLUMNS} from ${officesOn(day)} and x.organisation_id = ${organisationId}
       and (${positions === undefined} or x.position = any(${positions ?? []}::text[])) order by n.rank, x.since, x.id`)
}

/** @throws Refusal not-found `office.unknown` */
export async function getOffice(read: Read, id: string, day: PlainDate): Promise<Office> {
  const office = await read.maybe<Office>(sql`select ${COLUMNS} from ${officesOn(day)} and x.id = ${id}`)
  if (!office) throw new Refusal('not-found', 'office.unknown')
  return office
}

/** Every position, the highest first. */
export async function listPositions(read: Read): Promise<{ code: string; name: string; nameEn: string }[]> {
  return read.rows(sql`select code, name, name_en as "nameEn" from position order by rank`)
}

/**
 * Gives somebody an office.
 *
 * @returns its id
 * @throws Refusal conflict `office.held-already` when that person holds it on one of the days; invalid
 *   `office.position-unknown`
 */
export async function grantOffice(
  write: Write,
  grant: {
    id?: string
    memberId: string
    position: string
    organisationId: string
    since: PlainDate
    until?: PlainDate | null
    source: string
    /** the member who gives it; absent for the command line */
    by?: string
  },
): Promise<string> {
  const id = grant.id ?? randomUUID()
  const known = await write.maybe(sql`select 1 from position where code = ${grant.position}`)
  if (!known) throw new Refusal('invalid', 'office.position-unknown', { facts: { position: grant.position } })
  try {
    await write.run(sql`
      insert into office (id, member_id, position, organisation_id, since, until, source, granted_by)
      values (${id}, ${grant.memberId}, ${grant.position}, ${grant.organisationId}, ${grant.since}, ${grant.until ?? null},
              ${grant.source}, ${grant.by ?? null})`)
  } catch (error) {
    const EXCLUSION_VIOLATION = '23P01'
    if ((error as { code?: string }).code === EXCLUSION_VIOLATION)
      throw new Refusal('conflict', 'office.held-already')
    throw error
  }
  return id
}

/**
 * The last day of an office.
 *
 * @param by the member who ends it
 * @throws Refusal conflict `office.not-held` when it ended before, begins after that day, or is unknown
 */
export async function endOffice(write: Write, id: string, lastDay: PlainDate, by?: string): Promise<void> {
  const ended = await write.run(sql`
    update office set until = ${lastDay}, ended_by = ${by ?? null} where id = ${id} and since <= ${lastDay}::date and (until is null or until > ${lastDay}::date)`)
  if (ended !== 1) throw new Refusal('conflict', 'office.not-held', { facts: { lastDay } })
}
