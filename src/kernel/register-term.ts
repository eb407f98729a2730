/** The term in which the numbers of papers run, of whatever kind they are: a setting, since no readable text says it. */
import { z } from 'zod'
import { yearOf, type PlainDate } from './plain-date.ts'
import type { Setting, SettingsOfDay } from './settings.ts'

export const REGISTER_TERM: Setting<'year' | 'continuous'> = {
  key: 'official-transfer.register-term',
  title: { vi: 'Sổ giới thiệu đánh số lại theo', en: 'The referral register is numbered anew each' },
  certainty: 'I',
  source: 'Mẫu 10-SHĐ; văn bản đọc được không nói đánh số theo năm hay theo nhiệm kỳ',
  reason: {
    vi: 'Mặc định theo năm, là cách sổ giấy vẫn làm.',
    en: 'Each year by default, as paper registers do.',
  },
  default: 'year',
  schema: z.enum(['year', 'continuous']),
  choices: {
    year: { vi: 'Năm', en: 'Year' },
    continuous: { vi: 'Đánh liên tục, không bắt đầu lại', en: 'Never: numbered on continuously' },
  },
}

/** The term in which the numbers of a register run (a setting): the year, or the one term of the committee. */
export function termOf(day: PlainDate, { settings }: { readonly settings: SettingsOfDay }): string {
  return settings.get(REGISTER_TERM) === 'year' ? String(yearOf(day)) : 'term'
}
