/** The round on the first page of a workplace, a commune and a province: how many comments are under way, how many late, one button. */
import { sql, type Read } from '../../kernel/db.ts'
import type { Language } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { findOrganisation } from '../../registry/organisations/store.ts'
import type { HomeCard } from '../../web/feature.ts'
import { preparers, provinceIn } from './law/place.ts'
import { roundYear, seasonOf } from './law/season.ts'
import { COMMENT_PAGES } from './names.ts'
import { chainOf, placeOf } from './places.ts'
import { seasonOfProvince } from './store.ts'
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
  const year = roundYear(today, settings)
  const { open, late } = await read.one<{ open: number; late: number }>(sql`
    select count(*)::int as open, count(*) filter (where due_at < ${at})::int as late from residence_comment
     where is_open and year = ${year} and (workplace_id = ${own.id} or commune_id = ${own.id})`)
  const province = own.tier === 'grassroots' ? provinceIn(await chainOf(read, own.id, today)) : undefined
  const set = province && (await seasonOfProvince(read, province.id, today))
  const inRound = own.tier === 'grassroots' && today >= seasonOf(year, set, settings).askFrom
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
