/** From which month a declaration may hold: not further back than a setting says, not beyond what a schedule reaches. */
import { z } from 'zod'
import { addToMonth, monthOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Setting, SettingsOfDay } from '../../../kernel/settings.ts'
import type { Period } from './period.ts'

export const DECLARE_MONTHS_BACK: Setting<number> = {
  key: 'party-fees.declare-months-back',
  title: { vi: 'Kê khai được tính từ trước đây nhiều nhất', en: 'A declaration reaches back at most' },
  unit: { vi: 'tháng', en: 'months' },
  certainty: 'I',
  source: 'Chưa thấy văn bản nêu kê khai được tính lùi bao lâu',
  reason: {
    vi: 'Mặc định 12 tháng, như một quyết định giảm mức đóng. Tháng cũ hơn, chi bộ ghi truy thu kèm lý do.',
    en: '12 months by default, as long as a reduction runs. For older months the cell adds arrears with a reason.',
  },
  default: 12,
  schema: z.number().int().min(0).max(120),
}

/** @throws Refusal against-rule `party-fees.from-too-early` {first}, `party-fees.from-too-late` {last} */
export function refuseFrom(
  from: Period,
  {
    today,
    settings,
    last,
  }: { readonly today: PlainDate; readonly settings: SettingsOfDay; readonly last: Period },
): void {
  const first = addToMonth(monthOf(today), -settings.get(DECLARE_MONTHS_BACK))
  if (from < first)
    throw new Refusal('against-rule', 'party-fees.from-too-early', {
      facts: { first },
      fields: [{ field: 'fromPeriod', code: 'too-early' }],
    })
  if (from > last)
    throw new Refusal('against-rule', 'party-fees.from-too-late', {
      facts: { last },
      fields: [{ field: 'fromPeriod', code: 'too-late' }],
    })
}
