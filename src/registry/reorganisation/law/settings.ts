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

export const REORGANISATION_SETTINGS: readonly Setting<unknown>[] = [UNDO_DAYS as Setting<unknown>]
