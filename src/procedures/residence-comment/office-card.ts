/** The round on the first page of a workplace, a commune and a province: how many comments are under way, how many late, one button. */
import { sql, type Read } from '../../kernel/db.ts'
import { yearOf, type Language } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { findOrganisation } from '../../registry/organisations/store.ts'
import type { HomeCard } from '../../web/feature.ts'
import { preparers } from './law/place.ts'
import { seasonOf } from './law/season.ts'
import { COMMENT_PAGES } from './names.ts'
import { placeOf } from './places.ts'
import { RESIDENCE_TEXTS } from './texts.ts'

/** Shown to who prepares in a committee: while something is under way, and to a workplace while the round is open. */
export async function roundCards(
  read: Read,
  hat: { readonly organisationId: string; readonly position: string },
  { today, at, settings }: Context,
  language: Language,
): Promise<readonly HomeCard[]> {
  const own = await findOrganisation(read, hat.organisationId, today)
  if (!own || own.tier === 'cell' || !preparers(placeOf(own)).includes(hat.position)) return []
  const year = yearOf(today)
  const { open, late } = await read.one<{ open: number; late: number }>(sql`
    select count(*)::int as open, count(*) filter (where due_at < ${at})::int as late from residence_comment
     where is_open and year = ${year} and (workplace_id = ${own.id} or commune_id = ${own.id})`)
  const inRound = own.tier === 'grassroots' && today >= seasonOf(year, undefined, settings).askFrom
  if (open === 0 && !inRound) return []
  const { title, list } = RESIDENCE_TEXTS[language]
  return [
    {
      key: 'residence-round',
      title: `${title} ${year}`,
      status: list.count.replace('{count}', String(open)).replace('{overdue}', String(late)),
      action: { href: COMMENT_PAGES, text: list.title },
    },
  ]
}
