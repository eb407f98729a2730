/** Settings of following up, which no readable text fixes: the day of reminding, and the share under which a unit lags behind. */
import { z } from 'zod'
import type { Setting } from '../../../kernel/settings.ts'

export const REMINDER_DAY: Setting<number> = {
  key: 'party-fees.reminder-day',
  title: { vi: 'Ngày tự động nhắc đóng đảng phí', en: 'Day on which members are reminded' },
  certainty: 'I',
  source: '01-QĐ/TW: đảng phí đóng hằng tháng; chưa thấy văn bản nêu việc nhắc',
  reason: {
    vi: 'Mỗi tháng nhắc một lần người còn khoản chưa nộp. 0: không tự động nhắc.',
    en: 'Once a month, whoever still has something open. 0: nobody is reminded by itself.',
  },
  default: 25,
  schema: z.number().int().min(0).max(31),
  unit: { vi: 'ngày trong tháng', en: 'day of the month' },
}

export const LOW_SHARE_PERCENT: Setting<number> = {
  key: 'party-fees.low-share-percent',
  title: { vi: 'Mức nộp bị coi là chậm', en: 'Share under which a unit lags behind' },
  certainty: 'I',
  source: 'Chưa thấy văn bản nêu mức; giai đoạn 1 năm 2026 cả nước đạt khoảng 86 % kế hoạch (một nguồn)',
  reason: {
    vi: 'Đơn vị có tỷ lệ khoản đã nộp dưới mức này hiện ở bộ lọc "Dưới mức".',
    en: 'Units with a smaller share of paid lines are those of the filter "lagging behind".',
  },
  default: 80,
  schema: z.number().int().min(1).max(100),
  unit: { vi: 'phần trăm', en: 'per cent' },
}

export const FOLLOWING_SETTINGS: readonly Setting<unknown>[] = [
  REMINDER_DAY as Setting<unknown>,
  LOW_SHARE_PERCENT as Setting<unknown>,
]
