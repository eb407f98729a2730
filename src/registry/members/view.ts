/** A member as a reader sees the record: facts with numbers masked, where counted since when, offices, holds. */
import { sql, type Database, type Read } from '../../kernel/db.ts'
import { addDays, type PlainDate } from '../../kernel/plain-date.ts'
import { maskDigits } from '../../kernel/vietnamese-text.ts'
import { findOrganisations } from '../organisations/store.ts'
import { officesOf } from '../offices/store.ts'
import {
  COMMITTEE_DEPUTY_SECRETARY,
  COMMITTEE_SECRETARY,
  COMMITTEE_STANDING_DEPUTY,
  INSPECTION_CHAIR,
} from '../offices/positions.ts'
import { readableMember, type Reader } from '../reader.ts'
import { hasConsent } from '../privacy/consents.ts'
import { holdHistory, type HoldKind } from './holds.ts'
import { membershipsOf, type Membership } from './memberships.ts'
import { isProbationary, type Member, type MemberFacts } from './store.ts'
import type { MemberLine } from './line.ts'

/** Numbers that are shown whole only to the member, and to an office that says why. */
export const MASKED_FIELDS = ['personalId', 'cardNumber', 'oldCardNumber', 'oldIdNumber', 'phone'] as const

/** The facts as they are shown: some numbers masked. */
export type ShownFacts = Omit<MemberFacts, 'listId' | 'note' | 'deletionRequested'> & {
  readonly cvNumber: string | null
}

/** A time during which a member was counted in one organisation, or in transit and counted nowhere. */
export interface CountedSpell {
  readonly organisationId: string
  readonly organisationName: string
  readonly standing: Membership['standing']
  readonly since: PlainDate
  /** the last day of it; null: still */
  readonly until: PlainDate | null
}

export interface HeldOffice {
  readonly id: string
  readonly positionName: string
  readonly positionNameEn: string
  readonly organisationName: string
  readonly since: PlainDate
  readonly until: PlainDate | null
}

/** Inspection, complaint or discipline under way, or over. */
export interface HoldLine {
  readonly id: string
  readonly kind: HoldKind
  readonly basis: string
  readonly setOn: PlainDate
  readonly liftedOn: PlainDate | null
  readonly liftBasis: string | null
}

export interface MemberView {
  readonly id: string
  readonly facts: ShownFacts
  readonly probationary: boolean
  /** the member agrees to be reminded by phone */
  readonly remindByPhone: boolean
  /** true when the numbers are whole */
  readonly whole: boolean
  readonly counted: readonly CountedSpell[]
  readonly offices: readonly HeldOffice[]
  /** absent for those it is no business of */
  readonly holds?: readonly HoldLine[]
}

/** Who knows of a hold: whoever sets it, and the committee's leaders, who answer for the transfers it stops. */
const KNOW_HOLDS: readonly string[] = [
  INSPECTION_CHAIR,
  COMMITTEE_SECRETARY,
  COMMITTEE_STANDING_DEPUTY,
  COMMITTEE_DEPUTY_SECRETARY,
]

/** Nobody reads a hold of the own, nor sets or lifts one. */
export function mayKnowHolds(reader: Reader, memberId: string): boolean {
  return KNOW_HOLDS.includes(reader.position) && reader.memberId !== memberId
}

/** Setting and lifting a hold is the inspection committee's. */
export function maySetHolds(reader: Reader, memberId: string): boolean {
  return reader.position === INSPECTION_CHAIR && reader.memberId !== memberId
}

/**
 * The record as an office sees it, beside the facts it is made of. Kept as a reading of it.
 *
 * @param whole true under a look that was recorded
 * @throws Refusal not-found `member.unknown`; forbidden `registry.administrators-read-no-members`
 */
export async function memberView(
  database: Database,
  reader: Reader,
  id: string,
  whole: boolean,
): Promise<{ member: Member; view: MemberView }> {
  const { read } = database
  const { member } = await readableMember(database, reader, id, 'record')
  const view = await recordView(read, member, reader.today, whole)
  if (!mayKnowHolds(reader, id)) return { member, view }
  const holds = (await holdHistory(read, id)).map(({ kind, basis, setOn, liftedOn, liftBasis, ...hold }) => ({
    id: hold.id,
    kind,
    basis,
    setOn,
    liftedOn,
    liftBasis,
  }))
  return { member, view: { ...view, holds } }
}

/** What the own record and an officer's view of it have in common. */
export async function recordView(
  read: Read,
  member: Member,
  today: PlainDate,
  whole: boolean,
): Promise<MemberView> {
  const [counted, offices, remindByPhone] = await Promise.all([
    countedSpells(read, member.id, today),
    officesOf(read, member.id, today),
    hasConsent(read, member.id, 'phone'),
  ])
  return {
    id: member.id,
    facts: shownFacts(member, whole),
    probationary: isProbationary(member, today),
    remindByPhone,
    whole,
    counted,
    offices: offices.map((office) => ({
      id: office.id,
      positionName: office.positionName,
      positionNameEn: office.positionNameEn,
      organisationName: office.organisationName,
      since: office.since,
      until: office.until,
    })),
  }
}

function shownFacts(member: Member, whole: boolean): ShownFacts {
  const { id: _, listId: _list, note: _note, deletionRequested: _deletion, ...facts } = member
  if (whole) return facts
  const masked = MASKED_FIELDS.map((field) => [field, facts[field] && maskDigits(facts[field])] as const)
  return { ...facts, ...Object.fromEntries(masked) }
}

async function countedSpells(read: Read, memberId: string, today: PlainDate): Promise<CountedSpell[]> {
  const memberships = await membershipsOf(read, memberId)
  const names = await namesOf(read, [...new Set(memberships.map((one) => one.organisationId))], today)
  return memberships
    .filter((one) => one.until === null || one.since < one.until)
    .map(({ organisationId, standing, since, until }) => ({
      organisationId,
      organisationName: names.get(organisationId) ?? '',
      standing,
      since,
      until: until && addDays(until, -1),
    }))
    .reverse()
}

/** The name of today, or the last one of an organisation that is no more. */
async function namesOf(read: Read, ids: readonly string[], today: PlainDate): Promise<Map<string, string>> {
  const present = await findOrganisations(read, ids, today)
  const names = new Map(present.map(({ id, name }) => [id, name]))
  const gone = ids.filter((id) => !names.has(id))
  if (gone.length === 0) return names
  const last = await read.rows<{ id: string; name: string }>(sql`
    select distinct on (organisation_id) organisation_id as id, name from organisation_period
     where organisation_id = any(${gone}::uuid[]) order by organisation_id, valid_from desc`)
  for (const { id, name } of last) names.set(id, name)
  return names
}

/** A line of a list, its numbers masked. */
export type ShownLine = Omit<MemberLine, 'personalId' | 'cardNumber'> & {
  readonly personalId: string
  readonly cardNumber: string | null
  readonly probationary: boolean
}

export function shownLine<Line extends MemberLine>(line: Line, day: PlainDate) {
  return {
    ...line,
    personalId: maskDigits(line.personalId),
    cardNumber: line.cardNumber && maskDigits(line.cardNumber),
    probationary: isProbationary(line, day),
  }
}
