/** Settings of paying: until when a month's fee is to be paid, which no readable text fixes. */
import { z } from 'zod'
import type { Setting } from '../../../kernel/settings.ts'

export const PAY_UNTIL_DAY: Setting<number> = {
  key: 'party-fees.pay-until-day',
  title: { vi: 'Ngày cuối trong tháng để nộp đảng phí', en: 'Last day of the month to pay its fee' },
  certainty: 'I',
  source: '01-QĐ/TW: đảng phí đóng hằng tháng; chưa thấy văn bản nêu ngày cụ thể trong tháng',
  reason: {
    vi: 'Mặc định ngày cuối tháng. Tháng không có ngày này thì tính ngày cuối của tháng đó.',
    en: 'The last day of the month by default; a month without that day ends earlier.',
  },
  default: 31,
  schema: z.number().int().min(1).max(31),
  unit: { vi: 'ngày trong tháng', en: 'day of the month' },
}

export const PAYING_SETTINGS: readonly Setting<unknown>[] = [PAY_UNTIL_DAY as Setting<unknown>]
