/** Settings of reorganisations: what no readable regulation fixes. */
import { z } from 'zod'
import type { Setting } from '../../../kernel/settings.ts'

/** Calendar days after it was applied. */
export const UNDO_DAYS: Setting<number> = {
  key: 'reorganisation.undo-days',
  title: {
    vi: 'Số ngày còn được thu hồi một lần sắp xếp tổ chức',
    en: 'Days within which a reorganisation may be taken back',
  },
  certainty: 'I',
  source: 'Chưa thấy văn bản nêu thời hạn thu hồi quyết định sắp xếp trên hệ thống',
  reason: {
    vi: 'Đủ để phát hiện nhầm lẫn sau kỳ sinh hoạt đầu tiên; lâu hơn thì nên có quyết định sắp xếp mới.',
    en: 'Long enough to notice a mistake after the first monthly meeting; later a new decision is the clearer way.',
  },
  default: 30,
  schema: z.number().int().min(0).max(180),
}

/** Working days from the day a reorganisation is applied. */
export const HAND_OVER_DAYS: Setting<number> = {
  key: 'reorganisation.hand-over-days',
  title: {
    vi: 'Số ngày làm việc để hai bên ký giấy tờ bàn giao, nộp hồ sơ và con dấu',
    en: 'Working days for both sides to sign the hand-over, and to hand in files and seals',
  },
  certainty: 'I',
  source: '24-QĐ/TW, mục 6.3.5: 30 ngày làm việc, cho tổ chức đảng giải thể',
  reason: {
    vi: 'Mục 6.3.5 nói về tổ chức giải thể, thuộc văn bản đã được thay thế; áp dụng cùng thời hạn cho mọi lần bàn giao tập thể để không giấy nào chờ mãi.',
    en: 'Item 6.3.5 is about dissolved organisations, in a text replaced since; the same term for every collective hand-over keeps no paper waiting for ever.',
  },
  default: 30,
  schema: z.number().int().min(1).max(250),
}

export const REORGANISATION_SETTINGS: readonly Setting<unknown>[] = [
  UNDO_DAYS as Setting<unknown>,
  HAND_OVER_DAYS as Setting<unknown>,
]
