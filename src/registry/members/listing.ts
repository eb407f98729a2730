/** A page of members for a list: what was asked for, what was found, how many in all. */
import type { Database, Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { keepListView, type ListView } from '../readings/keeping.ts'
import { requireMemberReader, type Reader } from '../reader.ts'
import { countMembers, findMembers } from './search.ts'
import { shownLine, type ShownLine } from './view.ts'

const MEMBERS_A_PAGE = 50

export interface Listing {
  /** the day looked at */
  readonly on: PlainDate
  readonly lines: readonly ShownLine[]
  readonly total: number
  readonly page: number
  readonly pages: number
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
 * is kept. The organisation must be one the reader may see.
 *
 * @throws Refusal forbidden `registry.administrators-read-no-members`
 */
export async function listMembers(
  database: Database,
  reader: Reader,
  organisationId: string,
  asked: { readonly q: string; readonly page: number },
): Promise<Listing> {
  const listing = await pageOfMembers(database.read, reader, organisationId, asked)
  await keepList(database, reader, organisationId, 'list', { ...listing, q: asked.q })
  return listing
}

/** The list alone, shown to nobody yet: `listMembers` shows it. */
export async function pageOfMembers(
  read: Read,
  reader: Reader,
  organisationId: string,
  asked: { readonly q: string; readonly page: number },
): Promise<Listing> {
  requireMemberReader(reader)
  const query = { text: asked.q, within: [organisationId], day: reader.day }
  const offset = (asked.page - 1) * MEMBERS_A_PAGE
  const total = await countMembers(read, query)
  const found = await findMembers(read, { ...query, total, limit: MEMBERS_A_PAGE, offset })
  return {
    on: reader.day,
    lines: found.members.map((line) => shownLine(line, reader.day)),
    total,
    page: asked.page,
    pages: Math.max(1, Math.ceil(total / MEMBERS_A_PAGE)),
  }
}

/** Digits by which nobody is searched: they would match a province or a year. */
export function tooFewDigits(q: string): boolean {
  const typed = q.replace(/[\s.]/g, '')
  return /^\d{1,5}$/.test(typed)
}
