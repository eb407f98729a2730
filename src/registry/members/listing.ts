/** A page of members for a list: what was asked for, what was found, how many in all. */
import type { Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
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
 * Members of an organisation and below it that fit what was typed, on the day the reader looks at. The organisation must be one the reader may see.
 *
 * @throws Refusal forbidden `registry.administrators-read-no-members`
 */
export async function listMembers(
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
