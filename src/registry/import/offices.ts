/** A list of offices: who holds which position where, by personal ID, position and code; nobody is found by name alone. */
import { sql, type Read, type Write } from '../../kernel/db.ts'
import { isOrganisationCode, parseOrganisationCode } from '../../kernel/organisation-code.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { foldName } from '../../kernel/vietnamese-text.ts'
import { SYSTEM_ADMINISTRATOR } from '../offices/positions.ts'
import { listPositions } from '../offices/store.ts'
import { outcomeOf } from './problems.ts'
import {
  inBatches,
  namedOrganisations,
  organisationOfList,
  rangeOf,
  type ImportRequest,
  type RowResult,
  type TakenList,
} from './request.ts'
import { readRow, type RowReader } from './row-reader.ts'
import { openTable, type Column, type TableRow } from '../../spreadsheets/table.ts'
import type { Sheet } from '../../spreadsheets/workbook.ts'

export type OfficeField =
  'ordinal' | 'personalId' | 'fullName' | 'position' | 'organisationCode' | 'since' | 'until'

export const OFFICE_COLUMNS: readonly Column<OfficeField>[] = [
  { field: 'ordinal', headers: ['STT', 'TT'], prefilled: true },
  { field: 'personalId', headers: ['Số định danh cá nhân', 'Số CCCD', 'CCCD'], mandatory: true },
  { field: 'fullName', headers: ['Họ và tên', 'Họ tên'], mandatory: true },
  { field: 'position', headers: ['Chức vụ'], mandatory: true },
  { field: 'organisationCode', headers: ['Mã tổ chức đảng', 'Mã tổ chức'], mandatory: true },
  { field: 'since', headers: ['Từ ngày'], mandatory: true },
  { field: 'until', headers: ['Đến ngày'] },
]

const ROWS_AT_A_TIME = 1_000

interface Holder {
  readonly id: string
  readonly personalId: string
  readonly nameNorm: string
}

export interface OfficeContext {
  /** codes by the folded names lists use */
  readonly positions: ReadonlyMap<string, string>
  /** ids by dotted code, of the organisations the list may name */
  readonly organisations: ReadonlyMap<string, string>
  readonly holders: ReadonlyMap<string, Holder>
  /** who imports; undefined for the command line, which makes the first administrator */
  readonly importer: string | undefined
}

/** An office as the list says it is held. */
export interface ListedOffice {
  readonly memberId: string
  readonly position: string
  readonly organisationId: string
  readonly since: PlainDate
  readonly until: PlainDate | null
}

/** Judges one row against the people, positions and organisations that are known. */
export function judgeOfficeRow(
  row: RowReader<OfficeField>,
  context: OfficeContext,
): ListedOffice | undefined {
  const holder = judgeHolder(row, context)
  const positionName = row.text('position')
  const position = positionName === null ? undefined : context.positions.get(foldName(positionName))
  if (position === undefined)
    row.report(positionName === null ? 'field.missing' : 'office.position-unknown', 'held-back', 'position')
  const organisationId = judgeOrganisation(row, context)
  if (context.importer !== undefined && holder?.id === context.importer)
    row.report('office.own', 'held-back', 'personalId')
  if (context.importer !== undefined && position === SYSTEM_ADMINISTRATOR)
    row.report('office.administrator', 'held-back', 'position')
  if (row.shown('since').trim() === '') row.report('field.missing', 'held-back', 'since')
  const since = row.exactDate('since', 'held-back')
  const until = row.exactDate('until', 'held-back')
  if (since && until && until < since) row.report('date.until-before-since', 'held-back', 'until')
  const held = outcomeOf(row.problems) === 'held-back'
  if (held || !holder || !position || !organisationId || !since) return undefined
  return { memberId: holder.id, position, organisationId, since, until }
}

/** The member with that ID, if the name agrees; a number that lost its zeros is tried with them, for the name confirms it. */
function judgeHolder(row: RowReader<OfficeField>, context: OfficeContext): Holder | undefined {
  const text = (row.text('personalId') ?? '').replace(/\s/g, '')
  if (text === '') {
    row.report('personal-id.missing', 'held-back', 'personalId')
    return undefined
  }
  const padded = text.padStart(12, '0')
  const holder = context.holders.get(padded)
  if (holder === undefined) {
    row.report('personal-id.unknown', 'held-back', 'personalId')
    return undefined
  }
  if (foldName(row.shown('fullName')) !== holder.nameNorm) {
    row.report('office.name-differs', 'held-back', 'fullName')
    return undefined
  }
  if (padded !== text) row.report('personal-id.zeros-lost', 'repaired', 'personalId', { repair: padded })
  return holder
}

function judgeOrganisation(row: RowReader<OfficeField>, context: OfficeContext): string | undefined {
  const text = row.text('organisationCode')
  if (text === null || !isOrganisationCode(text)) {
    row.report(
      text === null ? 'field.missing' : 'organisation-code.malformed',
      'held-back',
      'organisationCode',
    )
    return undefined
  }
  const code = parseOrganisationCode(text)
  if (code !== text) row.report('organisation-code.form', 'repaired', 'organisationCode', { repair: code })
  const organisationId = context.organisations.get(code)
  if (organisationId === undefined) row.report('organisation-code.unknown', 'held-back', 'organisationCode')
  return organisationId
}

export async function takeOffices(
  write: Write,
  sheets: readonly Sheet[],
  request: ImportRequest,
): Promise<TakenList> {
  const table = await openTable(sheets, OFFICE_COLUMNS)
  const under = await organisationOfList(write, request, table.titles)
  const organisations = await namedOrganisations(write, request.today, rangeOf(under))
  const positions = await listPositions(write)
  const context = {
    positions: new Map(positions.map(({ code, name }) => [foldName(name), code])),
    organisations: new Map(
      organisations.flatMap(({ code, id }) => (code === null ? [] : [[code, id] as const])),
    ),
    importer: request.runBy,
  }
  const seen = new Set<string>()
  return {
    unknownColumns: table.unknownColumns,
    under,
    async *results() {
      for await (const rows of inBatches(table.rows(), ROWS_AT_A_TIME))
        yield await takeBatch(write, rows, context, seen, request)
    },
  }
}

async function takeBatch(
  write: Write,
  rows: readonly TableRow<OfficeField>[],
  context: Omit<OfficeContext, 'holders'>,
  seen: Set<string>,
  request: ImportRequest,
): Promise<RowResult[]> {
  const readers = rows.map(readRow)
  const holders = await findHolders(write, readers)
  const known = await knownOffices(write, [...holders.values()])
  const fresh: ListedOffice[] = []
  const results = readers.map((row): RowResult => {
    const office = judgeOfficeRow(row, { ...context, holders })
    const standing = office === undefined ? 'held-back' : compareOffice(row, office, known, seen)
    if (office && standing === 'new') fresh.push(office)
    return {
      outcome: standing === 'unchanged' ? 'unchanged' : outcomeOf(row.problems),
      problems: row.problems,
      organisationId: office?.organisationId ?? null,
      subject: row.shown('fullName').slice(0, 100) || null,
    }
  })
  await insertOffices(write, fresh, request)
  return results
}

function keyOf(office: ListedOffice): string {
  return [office.memberId, office.position, office.organisationId].join(' ')
}

function compareOffice(
  row: RowReader<OfficeField>,
  office: ListedOffice,
  known: Map<string, ListedOffice[]>,
  seen: Set<string>,
): 'new' | 'unchanged' | 'held-back' {
  const exactly = [keyOf(office), office.since].join(' ')
  if (seen.has(exactly)) {
    row.report('office.duplicate', 'held-back', 'row')
    return 'held-back'
  }
  seen.add(exactly)
  const others = known.get(keyOf(office)) ?? []
  if (others.some((other) => other.since === office.since && other.until === office.until)) return 'unchanged'
  const overlaps = others.some(
    (other) =>
      (other.until === null || office.since <= other.until) &&
      (office.until === null || other.since <= office.until),
  )
  if (!overlaps) {
    known.set(keyOf(office), [...others, office])
    return 'new'
  }
  row.report('office.overlaps', 'held-back', 'since')
  return 'held-back'
}

async function findHolders(
  read: Read,
  rows: readonly RowReader<OfficeField>[],
): Promise<Map<string, Holder>> {
  const ids = rows.map((row) => row.shown('personalId').replace(/\s/g, '').padStart(12, '0'))
  const found = await read.rows<Holder>(sql`
    select id, personal_id as "personalId", name_norm as "nameNorm" from member where personal_id = any(${ids}::text[])`)
  return new Map(found.map((holder) => [holder.personalId, holder]))
}

async function knownOffices(read: Read, holders: readonly Holder[]): Promise<Map<string, ListedOffice[]>> {
  const found = await read.rows<ListedOffice>(sql`
    select member_id as "memberId", position, organisation_id as "organisationId", since, until
      from office where member_id = any(${holders.map((holder) => holder.id)}::uuid[])`)
  const known = new Map<string, ListedOffice[]>()
  for (const office of found) known.set(keyOf(office), [...(known.get(keyOf(office)) ?? []), office])
  return known
}

async function insertOffices(
  write: Write,
  offices: readonly ListedOffice[],
  { fileName, runBy }: ImportRequest,
): Promise<void> {
  if (offices.length === 0) return
  const rows = offices.map((office) => ({
    member_id: office.memberId,
    position: office.position,
    organisation_id: office.organisationId,
    since: office.since,
    until: office.until,
  }))
  await write.run(sql`
    insert into office (id, member_id, position, organisation_id, since, until, source, granted_by)
    select gen_random_uuid(), member_id, position, organisation_id, since, until, ${fileName}, ${runBy ?? null}::uuid
      from jsonb_populate_recordset(null::office, ${JSON.stringify(rows)}::jsonb)`)
}
