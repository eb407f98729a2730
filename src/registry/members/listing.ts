/** A page of members for a list: what was asked for, what was found, how many in all. */
import type { Database, Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { keepListView, type ListView } from '../readings/keeping.ts'
import { requireMemberReader, type Reader } from '../reader.ts'
import { pathRange, type Organisation } from '../organisations/store.ts'
import { FEWEST_DIGITS, findByText, type Typed } from './finding.ts'
import { pageOfLongList, pageOfShortList } from './search.ts'
import { shownLine, type ShownLine } from './view.ts'

const MEMBERS_A_PAGE = 50
/** Nobody turns more pages of a search than types another letter. */
const MOST_PAGES_FOUND = 20

export interface Listing {
  /** the day looked at */
  readonly on: PlainDate
  readonly lines: readonly ShownLine[]
  /** how many there are; of a search with `more`, how many are known so far */
  readonly total: number
  readonly more: boolean
  readonly page: number
  readonly pages: number
  /** nobody is called what was typed: these are called so */
  readonly meant?: string
}

/**
 * Keeps that a list was read: of a search those it found, of a whole list its organisation, and so everybody in it.
 *
 * @param list `lines` those shown; `total` how many the whole list has
 */
export async function keepList(
  database: Database,
  reader: Reader,
  organisationId: string,
  kind: ListView['kind'],
  list: { readonly q: string; readonly lines: readonly { readonly id: string }[]; readonly total: number },
): Promise<void> {
  const searched = list.q.trim() !== ''
  await database.transaction((write) =>
    keepListView(write, {
      organisationId,
      day: reader.day,
      kind: searched && kind === 'list' ? 'search' : kind,
      people: searched ? list.lines.length : list.total,
      ...(searched ? { shown: list.lines.map(({ id }) => id) } : {}),
      viewer: reader,
      at: reader.at,
    }),
  )
}

/**
 * Members of an organisation and below it that fit what was typed, on the day the reader looks at; that they were listed
 * is kept. The organisation, as it is on that day, must be one the reader may see.
 *
 * @throws Refusal forbidden `registry.administrators-read-no-members`
 */
export async function listMembers(
  database: Database,
  reader: Reader,
  organisation: Listed,
  asked: { readonly q: string; readonly page: number },
): Promise<Listing> {
  const listing = await pageOfMembers(database.read, reader, organisation, asked)
  await keepList(database, reader, organisation.id, 'list', { ...listing, q: asked.q })
  return listing
}

/** The organisation a list is of, where it stands on the day looked at. */
export type Listed = Pick<Organisation, 'id' | 'path' | 'holdsMembers'>

/** The list alone, shown to nobody yet: `listMembers` shows it. */
export async function pageOfMembers(
  read: Read,
  reader: Reader,
  organisation: Listed,
  asked: { readonly q: string; readonly page: number },
): Promise<Listing> {
  requireMemberReader(reader)
  const { day } = reader
  const scope = [pathRange(organisation.path)]
  if (asked.q.trim() !== '') return pageFound(read, reader, { scope, day, text: asked.q }, asked.page)
  const page = { day, limit: MEMBERS_A_PAGE, offset: (asked.page - 1) * MEMBERS_A_PAGE }
  const { members, total } = organisation.holdsMembers
    ? await pageOfShortList(read, scope, page)
    : await pageOfLongList(read, scope, page)
  return {
    on: day,
    lines: members.map((line) => shownLine(line, reader.day)),
    total,
    more: false,
    page: asked.page,
    pages: Math.max(1, Math.ceil(total / MEMBERS_A_PAGE)),
  }
}

/** Of a search no more is looked for than is shown: how many there are beyond the next page nobody knows. */
async function pageFound(read: Read, reader: Reader, typed: Typed, asked: number): Promise<Listing> {
  const page = Math.min(asked, MOST_PAGES_FOUND)
  const offset = (page - 1) * MEMBERS_A_PAGE
  const { members, more, meant } = await findByText(read, typed, { limit: MEMBERS_A_PAGE, offset })
  return {
    on: reader.day,
    lines: members.map((line) => shownLine(line, reader.day)),
    total: offset + members.length,
    more,
    page,
    pages: more ? Math.min(page + 1, MOST_PAGES_FOUND) : page,
    ...(meant === undefined ? {} : { meant }),
  }
}

/** Digits by which nobody is searched: they would match a province or a year. */
export function tooFewDigits(q: string): boolean {
  const typed = q.replace(/[\s.]/g, '')
  return /^\d+$/.test(typed) && typed.length < FEWEST_DIGITS
}
