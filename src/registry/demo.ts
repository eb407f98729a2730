/** The demo's registry: two wards under their city with its organisation commission, and the people by their parts in the main job. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql, type Database, type Read } from '../kernel/db.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import { countedOn, heldOn, trueOn } from './day.ts'
import { runImport, type ImportKind, type ImportReport } from './import/run.ts'
import {
  BUILDING_OFFICER,
  CELL_DEPUTY_SECRETARY,
  CELL_SECRETARY,
  COMMISSION_CLERK,
  COMMISSION_DEPUTY,
  COMMITTEE_DEPUTY_SECRETARY,
  COMMITTEE_STANDING_DEPUTY,
  INSPECTION_CHAIR,
  OFFICE_CLERK,
  SYSTEM_ADMINISTRATOR,
  type Position,
} from './offices/positions.ts'

/** Folder of each part and the kind of its files. City first: the wards belong to it. */
const PARTS = [
  { folder: 'city', ending: 'csv' },
  { folder: 'ward-tan-tao', ending: 'xlsx' },
  { folder: 'ward-cau-kieu', ending: 'xlsx' },
] as const

const KINDS: readonly ImportKind[] = ['organisations', 'members', 'offices']

/** The lists speak of days up to this one: on an earlier day they would hold people of the future. */
export const LISTS_MADE_ON: PlainDate = '2026-11-21'

/**
 * Fills the registry with the demo's lists, through the import like anybody's lists. Filled already, nothing changes.
 *
 * @param options `folder`: where `data/demo` lies
 * @returns what the import said of each list
 */
export async function fillDemo(
  database: Database,
  options: { folder: string; today: PlainDate },
): Promise<{ list: string; report: ImportReport }[]> {
  const today = options.today > LISTS_MADE_ON ? options.today : LISTS_MADE_ON
  const reports: { list: string; report: ImportReport }[] = []
  for (const { folder, ending } of PARTS) {
    for (const kind of KINDS) {
      const fileName = `${kind}.${ending}`
      const bytes = await readFile(join(options.folder, folder, fileName))
      const { report } = await runImport(database, {
        kind,
        bytes,
        fileName,
        dryRun: false,
        today,
        allowTestPrefixes: true,
      })
      reports.push({ list: `${folder}/${fileName}`, report })
    }
  }
  return reports
}

/** A part somebody plays in the demo's transfer; the sign-in page and the README list them so. */
export type DemoRole =
  | 'member'
  | 'probationary-member'
  | 'guest-member'
  | 'workplace-member'
  | 'cell-secretary'
  | 'cell-deputy-secretary'
  | 'building-officer'
  | 'ward-deputy-secretary'
  | 'ward-clerk'
  | 'commission-signer'
  | 'commission-clerk'
  | 'destination-deputy-secretary'
  | 'destination-clerk'
  | 'destination-cell-secretary'
  | 'inspector'
  | 'administrator'
  | 'city-standing-deputy'
  | 'city-administrator'

export interface DemoPerson {
  readonly role: DemoRole
  readonly memberId: string
  readonly fullName: string
  readonly personalId: string
  /** the office that makes the part; null for the plain member's */
  readonly officeId: string | null
  readonly position: Position | null
  readonly positionName: string | null
  readonly positionNameEn: string | null
  readonly organisationId: string
  readonly organisationName: string
}

const CELL = '79.021.013.000.001'
const WARD = '79.021.000.000.000'
const CITY = '79.000.000.000.000'
const COMMISSION = '79.000.001.000.000'
const DESTINATION_WARD = '79.035.000.000.000'
/** The cell of the other ward to which the demo's member can be sent. */
export const DEMO_DESTINATION_CELL = '79.035.015.000.001'

/** Members by personal ID: complete data, no office. The first belongs to CELL; wherever they go, they stay these people. */
const DEMO_MEMBERS = {
  member: '099086134203',
  'probationary-member': '099094169407',
  'guest-member': '099090404799',
  'workplace-member': '099089669444',
} as const

/** Officers by position and organisation: whoever holds it on the day. */
const DEMO_OFFICERS: readonly (readonly [DemoRole, Position, string])[] = [
  ['cell-secretary', CELL_SECRETARY, CELL],
  ['cell-deputy-secretary', CELL_DEPUTY_SECRETARY, CELL],
  ['building-officer', BUILDING_OFFICER, WARD],
  ['ward-deputy-secretary', COMMITTEE_DEPUTY_SECRETARY, WARD],
  ['ward-clerk', OFFICE_CLERK, WARD],
  ['commission-signer', COMMISSION_DEPUTY, COMMISSION],
  ['commission-clerk', COMMISSION_CLERK, COMMISSION],
  ['destination-deputy-secretary', COMMITTEE_DEPUTY_SECRETARY, DESTINATION_WARD],
  ['destination-clerk', OFFICE_CLERK, DESTINATION_WARD],
  ['destination-cell-secretary', CELL_SECRETARY, DEMO_DESTINATION_CELL],
  ['inspector', INSPECTION_CHAIR, WARD],
  ['administrator', SYSTEM_ADMINISTRATOR, WARD],
  ['city-standing-deputy', COMMITTEE_STANDING_DEPUTY, CITY],
  ['city-administrator', SYSTEM_ADMINISTRATOR, CITY],
]

/** The people of the demo in the order of the job. Empty where the demo was never filled. */
export async function demoPeople(read: Read, day: PlainDate): Promise<DemoPerson[]> {
  const members = await read.rows<Omit<DemoPerson, 'role'>>(sql`
    select m.id as "memberId", m.full_name as "fullName", m.personal_id as "personalId", null as "officeId", null as position,
           null as "positionName", null as "positionNameEn", s.organisation_id as "organisationId", p.name as "organisationName"
      from member m
      join membership s on s.member_id = m.id and ${countedOn('s', day)}
      join organisation_period p on p.organisation_id = s.organisation_id and ${trueOn('p', day)}
     where m.personal_id = any(${Object.values(DEMO_MEMBERS)}::text[])`)
  const officers = await read.rows<Omit<DemoPerson, 'role'> & { code: string }>(sql`
    select distinct on (o.code, x.position) o.code, m.id as "memberId", m.full_name as "fullName", m.personal_id as "personalId",
           x.id as "officeId", x.position, n.name as "positionName", n.name_en as "positionNameEn",
           o.id as "organisationId", o.name as "organisationName"
      from organisation_on(${day}::date) o
      join office x on x.organisation_id = o.id and ${heldOn('x', day)}
      join position n on n.code = x.position
      join member m on m.id = x.member_id
     where o.code = any(${[...new Set(DEMO_OFFICERS.map(([, , code]) => code))]}::text[])
     order by o.code, x.position, x.since, x.id`)
  const people = Object.entries(DEMO_MEMBERS).flatMap(([role, personalId]) => {
    const found = members.find((member) => member.personalId === personalId)
    return found ? [{ role: role as DemoRole, ...found }] : []
  })
  for (const [role, position, organisation] of DEMO_OFFICERS) {
    const found = officers.find(({ code, position: held }) => code === organisation && held === position)
    if (!found) continue
    const { code: _, ...person } = found
    people.push({ role, ...person })
  }
  return people
}
