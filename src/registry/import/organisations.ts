/** A list of organisations: rows judged, parents before children whatever their order in the sheet, known ones left alone. */
import { sql, type Read, type Write } from '../../kernel/db.ts'
import { isOrganisationCode, parseOrganisationCode } from '../../kernel/organisation-code.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { foldName } from '../../kernel/vietnamese-text.ts'
import { changeOrganisation, createOrganisations } from '../organisations/changes.ts'
import { outcomeOf, type Outcome } from './problems.ts'
import {
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

export type OrganisationField = 'ordinal' | 'code' | 'name' | 'kind' | 'parentCode' | 'validFrom'

export const ORGANISATION_COLUMNS: readonly Column<OrganisationField>[] = [
  { field: 'ordinal', headers: ['STT', 'TT'], prefilled: true },
  { field: 'code', headers: ['Mã tổ chức đảng', 'Mã tổ chức', 'Mã'], mandatory: true },
  { field: 'name', headers: ['Tên tổ chức đảng', 'Tên tổ chức', 'Tên'], mandatory: true },
  { field: 'kind', headers: ['Loại hình', 'Loại hình tổ chức'], mandatory: true },
  { field: 'parentCode', headers: ['Mã tổ chức cấp trên', 'Mã cấp trên'], mandatory: true },
  { field: 'validFrom', headers: ['Từ ngày', 'Ngày thành lập', 'Ngày hiệu lực'] },
]

/** Lists without days describe the model of three levels, which began on this day (294-QĐ/TW). */
export const TERRITORIAL_MODEL_SINCE = '2025-07-01'

/** A row that can be read; whether it fits the registry is not known yet. */
export interface ListedOrganisation {
  readonly code: string
  readonly name: string
  readonly kind: string
  readonly parentCode: string | null
  /** from the row's own day; null: the row has none */
  readonly validFrom: PlainDate | null
}

export interface OrganisationContext {
  /** kinds by the folded names lists use */
  readonly kinds: ReadonlyMap<string, string>
  firstRowOf(code: string): number | undefined
}

/** Judges one row by itself. */
export function judgeOrganisationRow(
  row: RowReader<OrganisationField>,
  context: OrganisationContext,
): ListedOrganisation | undefined {
  const code = judgeCode(row, 'code')
  if (code === null) row.report('field.missing', 'held-back', 'code')
  const name = row.text('name')
  if (name === null) row.report('field.missing', 'held-back', 'name')
  const kindName = row.text('kind')
  const kind = kindName === null ? undefined : context.kinds.get(foldName(kindName))
  if (kind === undefined)
    row.report(kindName === null ? 'field.missing' : 'kind.unknown', 'held-back', 'kind')
  const parentCode = judgeCode(row, 'parentCode')
  const validFrom = row.exactDate('validFrom', 'held-back')
  const first = code ? context.firstRowOf(code) : undefined
  if (first !== undefined)
    row.report('organisation-code.duplicate', 'held-back', 'code', {
      fix: `Trùng với dòng ${first}: giữ một dòng, hoặc sửa mã.`,
    })
  const held = outcomeOf(row.problems) === 'held-back'
  if (held || !code || !name || !kind || parentCode === undefined) return undefined
  return { code, name, kind, parentCode, validFrom }
}

/** null: empty; undefined: held back. */
function judgeCode(
  row: RowReader<OrganisationField>,
  field: 'code' | 'parentCode',
): string | null | undefined {
  const text = row.text(field)
  if (text === null) return null
  if (!isOrganisationCode(text)) {
    row.report('organisation-code.malformed', 'held-back', field)
    return undefined
  }
  const code = parseOrganisationCode(text)
  if (code !== text) row.report('organisation-code.form', 'repaired', field, { repair: code })
  return code
}

interface Row {
  readonly reader: RowReader<OrganisationField>
  readonly listed: ListedOrganisation | undefined
  unchanged: boolean
}

interface Known {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly parentId: string | null
  readonly validFrom: PlainDate
}

/** Opens the list; all of it is read before anything is written, for a parent may stand below its children. */
export async function takeOrganisations(
  write: Write,
  sheets: readonly Sheet[],
  request: ImportRequest,
): Promise<TakenList> {
  const table = await openTable(sheets, ORGANISATION_COLUMNS)
  const under = request.under === undefined ? undefined : await organisationOfList(write, request, [])
  const names = await write.rows<{ name: string; kind: string }>(
    sql`select name, kind from organisation_kind_name`,
  )
  const kinds = new Map(names.map(({ name, kind }) => [foldName(name), kind]))
  return {
    unknownColumns: table.unknownColumns,
    under,
    async *results() {
      const rows: TableRow<OrganisationField>[] = []
      for await (const piece of table.rows()) rows.push(...piece)
      const judged = judgeAll(rows, kinds)
      const inside = new Set(
        (await namedOrganisations(write, request.today, rangeOf(under))).map((one) => one.id),
      )
      await register(write, judged, request, under ? inside : undefined)
      yield judged.map(resultOf)
    },
  }
}

function judgeAll(rows: readonly TableRow<OrganisationField>[], kinds: ReadonlyMap<string, string>): Row[] {
  const firstRows = new Map<string, number>()
  return rows.map((tableRow) => {
    const reader = readRow(tableRow)
    const listed = judgeOrganisationRow(reader, { kinds, firstRowOf: (code) => firstRows.get(code) })
    if (listed && !firstRows.has(listed.code)) firstRows.set(listed.code, reader.row)
    return { reader, listed, unchanged: false }
  })
}

function resultOf({ reader, unchanged }: Row): RowResult {
  const outcome: Outcome = outcomeOf(reader.problems)
  return {
    outcome: unchanged && outcome !== 'held-back' ? 'unchanged' : outcome,
    problems: reader.problems,
    organisationId: null,
    subject: reader.shown('name').slice(0, 100) || null,
  }
}

/** Level by level from above: what is new is created, what is known compared. */
async function register(
  write: Write,
  rows: readonly Row[],
  request: ImportRequest,
  inside: Set<string> | undefined,
): Promise<void> {
  const codes = rows.flatMap(({ listed }) => (listed ? [listed.code, listed.parentCode ?? listed.code] : []))
  const known = await knownOrganisations(write, codes, request.today)
  let waiting = rows.filter(({ listed }) => listed !== undefined)
  while (waiting.length > 0) {
    const ready = waiting.filter(({ listed }) => !listed?.parentCode || known.has(listed.parentCode))
    if (ready.length === 0) break
    const created = await registerLevel(write, ready, known, request, inside)
    for (const [code, organisation] of created) known.set(code, organisation)
    waiting = waiting.filter((row) => !ready.includes(row))
  }
  const listedCodes = new Set(rows.map(({ reader }) => reader.shown('code').trim()))
  for (const { reader, listed } of waiting) {
    const inList = listedCodes.has(listed?.parentCode ?? '')
    reader.report(inList ? 'parent.held-back' : 'organisation-code.unknown', 'held-back', 'parentCode')
  }
}

async function registerLevel(
  write: Write,
  ready: readonly Row[],
  known: ReadonlyMap<string, Known>,
  request: ImportRequest,
  inside: Set<string> | undefined,
): Promise<Map<string, Known>> {
  const fresh: { row: Row; listed: ListedOrganisation; parentId: string | null; validFrom: PlainDate }[] = []
  for (const row of ready) {
    const listed = row.listed as ListedOrganisation
    const parent = listed.parentCode === null ? undefined : known.get(listed.parentCode)
    const parentId = parent?.id ?? null
    const before = known.get(listed.code)
    if (before) {
      await compareKnown(write, row, listed, parentId, before, request, inside)
    } else if (inside && (parentId === null || !inside.has(parentId))) {
      row.reader.report('organisation.outside', 'held-back', 'code')
    } else {
      const validFrom = listed.validFrom ?? [TERRITORIAL_MODEL_SINCE, parent?.validFrom ?? ''].sort().at(-1)
      fresh.push({ row, listed, parentId, validFrom: validFrom ?? TERRITORIAL_MODEL_SINCE })
    }
  }
  const ids = await createOrganisations(
    write,
    fresh.map(({ listed, parentId, validFrom }) => ({
      ...listed,
      parentId,
      validFrom,
      source: request.fileName,
    })),
  )
  const created = new Map<string, Known>()
  fresh.forEach(({ listed, parentId, validFrom }, place) => {
    const id = ids[place] as string
    created.set(listed.code, { id, name: listed.name, kind: listed.kind, parentId, validFrom })
    inside?.add(id)
  })
  return created
}

/** A known organisation changes only from a day the row names; without one, a difference is held back. */
async function compareKnown(
  write: Write,
  row: Row,
  listed: ListedOrganisation,
  parentId: string | null,
  known: Known,
  request: ImportRequest,
  inside: Set<string> | undefined,
): Promise<void> {
  const same = known.name === listed.name && known.kind === listed.kind && known.parentId === parentId
  if (same) {
    row.unchanged = true
    return
  }
  const from = listed.validFrom
  if (from === null || from <= known.validFrom)
    return row.reader.report('organisation.differs', 'held-back', 'code')
  if (inside && !(inside.has(known.id) && parentId !== null && inside.has(parentId)))
    return row.reader.report('organisation.outside', 'held-back', 'code')
  await changeOrganisation(
    write,
    known.id,
    from,
    { name: listed.name, kind: listed.kind, parentId },
    request.fileName,
  )
  row.reader.report('organisation.changed', 'warning', 'validFrom')
}

async function knownOrganisations(
  read: Read,
  codes: readonly string[],
  day: PlainDate,
): Promise<Map<string, Known>> {
  const rows = await read.rows<Known & { code: string }>(sql`
    select o.id, o.code, o.name, o.kind, o.parent_id as "parentId", o.valid_from as "validFrom"
      from organisation_on(${day}::date) o where o.code = any(${codes}::text[])`)
  return new Map(rows.map((row) => [row.code, row]))
}
