/** What an import is asked to do, how far it reaches, and what comes of each row. */
import { sql, type Read } from '../../kernel/db.ts'
import { isOrganisationCode, parseOrganisationCode } from '../../kernel/organisation-code.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import {
  EVERYTHING,
  findOrganisationByCode,
  PATH,
  pathRange,
  type PathRange,
} from '../organisations/store.ts'
import { organisationInTitles, type NamedOrganisation } from './organisation-names.ts'
import type { Outcome, Problem } from './problems.ts'

export type ImportKind = 'organisations' | 'members' | 'offices'

export interface ImportRequest {
  readonly kind: ImportKind
  readonly bytes: Uint8Array
  /** its ending must agree with the content: .xlsx or .csv */
  readonly fileName: string
  /** code of the organisation the list is of: nothing outside it is touched */
  readonly under?: string | undefined
  readonly dryRun: boolean
  readonly today: PlainDate
  /** the member who imports; absent for the command */
  readonly runBy?: string | undefined
  /** whether the test prefixes 003 and 099 count as valid */
  readonly allowTestPrefixes?: boolean | undefined
  /** called now and then with the rows done so far */
  readonly onProgress?: ((rows: number) => void) | undefined
}

export interface RowResult {
  readonly outcome: Outcome
  readonly problems: readonly Problem[]
  /** the cell to send the row back to, where it is known */
  readonly organisationId: string | null
  /** whom or what the row is about, as the list writes it */
  readonly subject: string | null
}

/** A list being taken: its rows' results as they come, and what the run should remember of the list. */
export interface TakenList {
  readonly unknownColumns: readonly string[]
  readonly under: NamedOrganisation | undefined
  results(): AsyncIterable<RowResult[]>
}

const NAMED = sql`o.id, o.code, o.name, o.path, o.holds_members as "holdsMembers",
  (select min(first.valid_from) from organisation_period first where first.organisation_id = o.id) as "validFrom"`

/** Organisations of a day, those of a range only. */
export async function namedOrganisations(
  read: Read,
  day: PlainDate,
  range: PathRange | undefined,
): Promise<NamedOrganisation[]> {
  const { from, to } = range ?? EVERYTHING
  return read.rows<NamedOrganisation>(sql`
    select ${NAMED} from organisation_on(${day}::date) o where ${PATH} >= ${from} and ${PATH} < ${to} order by ${PATH}`)
}

/**
 * The organisation a list is of: the one asked for, or the one its title rows name, whichever lies deeper.
 *
 * @throws Refusal invalid `import.under-unknown`; `import.title-names-another` when both are known and neither contains
 *   the other: cells of two wards share names, and the wrong ward would be filled
 */
export async function organisationOfList(
  read: Read,
  request: Pick<ImportRequest, 'under' | 'today'>,
  titles: readonly string[],
): Promise<NamedOrganisation | undefined> {
  const asked = request.under === undefined ? undefined : await findUnder(read, request.under, request.today)
  const committees = await read.rows<NamedOrganisation>(
    sql`select ${NAMED} from organisation_on(${request.today}::date) o where not o.holds_members order by ${PATH}`,
  )
  const titled = titles.length > 0 ? organisationInTitles(titles, committees) : undefined
  if (!asked || !titled) return asked ?? titled
  if (titled.path.startsWith(asked.path)) return titled
  if (asked.path.startsWith(titled.path)) return asked
  throw new Refusal('invalid', 'import.title-names-another', {
    facts: { title: titled.name, asked: asked.name },
  })
}

async function findUnder(read: Read, under: string, day: PlainDate): Promise<NamedOrganisation> {
  const code = isOrganisationCode(under) ? parseOrganisationCode(under) : undefined
  const found = code && (await findOrganisationByCode(read, code, day))
  if (!found) throw new Refusal('invalid', 'import.under-unknown')
  return found
}

export function rangeOf(organisation: { readonly path: string } | undefined): PathRange | undefined {
  return organisation && pathRange(organisation.path)
}

/** Rows regrouped: pieces of a sheet are too small to ask the database for each. */
export async function* inBatches<T>(pieces: AsyncIterable<readonly T[]>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = []
  for await (const piece of pieces)
    for (const each of piece) {
      batch.push(each)
      if (batch.length < size) continue
      yield batch
      batch = []
    }
  if (batch.length > 0) yield batch
}
