/** The sitting on the cell's first page: how many comments wait, until when, one button. */
import type { Read } from '../../../kernel/db.ts'
import { sql } from '../../../kernel/db.ts'
import type { Language } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { deadlineOf } from '../../../web/deadline.ts'
import type { HomeCard } from '../../../web/feature.ts'
import { fill } from '../../../ui/words.ts'
import { preparers } from '../law/place.ts'
import { SITTING } from '../names.ts'
import { SITTING_TEXTS } from './texts.ts'

const CELL = { id: '', name: '', tier: 'cell', kind: 'cell', hasSeal: false } as const
const COMMUNE = { id: '', name: '', tier: 'grassroots', kind: 'commune', hasSeal: true } as const
const WRITERS: ReadonlySet<string> = new Set([...preparers(CELL), ...preparers(COMMUNE)])

export async function sittingCards(
  read: Read,
  hat: { readonly organisationId: string; readonly position: string },
  { at, calendar }: Context,
  language: Language,
): Promise<readonly HomeCard[]> {
  if (!WRITERS.has(hat.position)) return []
  const { count, full, due } = await read.one<{ count: number; full: number; due: Date | null }>(sql`
    select count(*)::int as count, count(*) filter (where status = 'drafted')::int as full, min(due_at) as due from residence_comment
     where status in ('with-cell', 'drafted')
       and (case when commune_acts then commune_id else cell_id end) = ${hat.organisationId}
       and (cell_id = ${hat.organisationId} or commune_id = ${hat.organisationId})`)
  if (count === 0) return []
  const texts = SITTING_TEXTS[language]
  return [
    {
      key: 'residence-sitting',
      title: texts.title,
      status:
        full === 0
          ? texts.waiting(count)
          : `${texts.waiting(count)} ${fill(texts.complete, { done: full, total: count })}`,
      ...(due ? { deadline: deadlineOf(due, at, calendar, language) } : {}),
      action: { href: SITTING, text: texts.go },
      now: true,
    },
  ]
}
