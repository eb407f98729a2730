/** Settings of refunds: how long one may take, which no readable text fixes, and when it closes by itself. */
import { z } from 'zod'
import type { Setting } from '../../../kernel/settings.ts'

export const REFUND_WORKING_DAYS: Setting<number> = {
  key: 'party-fees.refund-working-days',
  title: { vi: 'Thời hạn trả lại đảng phí nộp nhầm', en: 'Time to pay a fee back' },
  certainty: 'I',
  source: 'Cẩm nang sử dụng 2026: cách làm qua thư điện tử mất 10–15 ngày; chưa thấy văn bản nêu thời hạn',
  reason: {
    vi: 'Mặc định 5 ngày làm việc: hai người xem trong đơn vị, không phải gửi thư cho ai. Ngày hứa với người nộp ghi lúc yêu cầu, đổi thiết lập không làm đổi.',
    en: '5 working days by default: two people of the organisation look, and nothing is mailed. What the payer was told is kept when it is asked; a change of this setting does not change it.',
  },
  default: 5,
  schema: z.number().int().min(1).max(30),
}

export const REFUND_CLOSE_WORKING_DAYS: Setting<number> = {
  key: 'party-fees.refund-close-working-days',
  title: {
    vi: 'Hồ sơ hoàn tiền tự khép lại sau khi trả',
    en: 'A refund closes by itself after it was paid out',
  },
  certainty: 'I',
  source: 'Nguyên tắc của hệ thống: việc xong thì khép lại, không chờ người đã nhận tiền vào bấm',
  reason: {
    vi: 'Mặc định 5 ngày làm việc để người nộp kịp báo nếu chưa thấy tiền.',
    en: '5 working days by default, so that the payer can tell when the money has not come.',
  },
  default: 5,
  schema: z.number().int().min(1).max(60),
}

export const REFUND_SETTINGS: readonly Setting<unknown>[] = [
  REFUND_WORKING_DAYS as Setting<unknown>,
  REFUND_CLOSE_WORKING_DAYS as Setting<unknown>,
]
