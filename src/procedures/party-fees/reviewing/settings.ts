/** Settings of reviewing: how long money may wait on an account, and above which amount two people decide of it. */
import { z } from 'zod'
import type { Setting } from '../../../kernel/settings.ts'

const NO_TEXT = 'Chưa thấy văn bản quy định việc đối chiếu sao kê thu đảng phí'

export const REVIEW_WORKING_DAYS: Setting<number> = {
  key: 'party-fees.bank-review-working-days',
  title: {
    vi: 'Số ngày làm việc để xử lý tiền chưa khớp',
    en: 'Working days to look at money that fits nothing',
  },
  certainty: 'I',
  source: NO_TEXT,
  reason: {
    vi: 'Mặc định ba ngày: người nộp còn nhớ, nội dung chuyển khoản còn dễ hỏi lại. Quá hạn thì nhắc mỗi ngày.',
    en: 'Three days by default, while the payer remembers. After that there is a reminder a day.',
  },
  default: 3,
  schema: z.number().int().min(1).max(60),
  unit: { vi: 'ngày làm việc', en: 'working days' },
}

export const REVIEW_ABOVE_WORKING_DAYS: Setting<number> = {
  key: 'party-fees.bank-review-above-working-days',
  title: {
    vi: 'Số ngày làm việc sau đó báo cấp ủy cấp trên về tiền chưa khớp',
    en: 'Working days after which the committee above is told of money that fits nothing',
  },
  certainty: 'I',
  source: NO_TEXT,
  reason: {
    vi: 'Mặc định mười ngày. Tiền của đảng viên nằm lâu trên tài khoản mà chưa ai xử lý thì cấp trên cần biết.',
    en: 'Ten days by default. Members’ money that lies on an account so long is the level above’s to know.',
  },
  default: 10,
  schema: z.number().int().min(1).max(120),
  unit: { vi: 'ngày làm việc', en: 'working days' },
}

export const SECOND_PERSON_ABOVE: Setting<number> = {
  key: 'party-fees.send-back-second-person-above',
  title: {
    vi: 'Ghi nhận hoặc chuyển trả tiền chưa khớp trên số tiền này cần người thứ hai đồng ý',
    en: 'Attaching or sending back more than this of money that fits nothing needs a second person',
  },
  certainty: 'I',
  source: 'Chưa thấy văn bản nêu mức; nguyên tắc hai người cùng kiểm soát khoản chi',
  reason: {
    vi: 'Mặc định 2.000.000 đồng. Khoản nhỏ hơn một người phụ trách ghi nhận hoặc trả ngay để đảng viên không phải chờ.',
    en: '2,000,000 đồng by default. Smaller sums one person attaches or sends back at once, so that nobody waits.',
  },
  default: 2_000_000,
  schema: z.number().int().min(0).max(1_000_000_000),
  unit: { vi: 'đồng', en: 'đồng' },
}

export const REVIEWING_SETTINGS: readonly Setting<unknown>[] = [
  REVIEW_WORKING_DAYS as Setting<unknown>,
  REVIEW_ABOVE_WORKING_DAYS as Setting<unknown>,
  SECOND_PERSON_ABOVE as Setting<unknown>,
]
