/** Where a guest pays Party fees: read by the books that collect them, and by whoever tells the member and both cells. */
import { z } from 'zod'
import type { Setting } from '../../kernel/settings.ts'

/** Asked for the first day of a month: what is set from a later day on changes no month that has begun. */
export const GUEST_PAYS_AT: Setting<'temporary-cell' | 'official-cell'> = {
  key: 'party-fees.guest-pays-at',
  title: {
    vi: 'Nơi đóng đảng phí khi sinh hoạt tạm thời',
    en: 'Where fees are paid during a temporary stay',
  },
  certainty: 'I',
  source:
    'Giấy giới thiệu sinh hoạt tạm thời ghi "đã đóng đảng phí hết tháng"; chưa đọc được văn bản nêu sau đó đóng ở đâu',
  reason: {
    vi: 'Giấy giới thiệu chốt đảng phí đến hết tháng đi; từ tháng sau, chi bộ nơi đảng viên đang sinh hoạt gặp đảng viên hằng tháng nên thu ở đó. Tính từ ngày đầu tháng: tháng đã ghi không đổi nơi thu.',
    en: 'The letter settles fees through the month of leaving; from the next on the cell in which the member lives sees the member each month, so it collects. Asked on the first day of a month: months already in the books stay where they are.',
  },
  default: 'temporary-cell',
  schema: z.enum(['temporary-cell', 'official-cell']),
  choices: {
    'temporary-cell': { vi: 'Chi bộ nơi sinh hoạt tạm thời', en: 'The cell of the temporary stay' },
    'official-cell': { vi: 'Chi bộ nơi sinh hoạt chính thức', en: 'The official cell' },
  },
}
