/** Settings of the official transfer: what no readable regulation fixes, each with its default and its reason. */
import { z } from 'zod'
import { REGISTER_TERM } from '../../../kernel/register-term.ts'
import type { Setting } from '../../../kernel/settings.ts'

const workingDays = z.number().int().min(1).max(250)

function days(
  key: string,
  fallback: number,
  title: [string, string],
  reason: [string, string],
  source: string,
): Setting<number> {
  return {
    key: `official-transfer.${key}`,
    title: { vi: title[0], en: title[1] },
    certainty: 'I',
    source,
    reason: { vi: reason[0], en: reason[1] },
    default: fallback,
    schema: workingDays,
  }
}

const NOT_PUBLISHED: [string, string] = [
  'Thời hạn từng bước chưa được công bố; mức này là đề xuất để không ai phải chờ vô thời hạn.',
  'No time limit for this step has been published; this default keeps anyone from waiting for ever.',
]

export const CELL_REVIEW_DAYS = days(
  'cell-review-working-days',
  5,
  ['Chi bộ nơi đi nhận xét, ký (ngày làm việc)', 'Origin cell comments and signs (working days)'],
  NOT_PUBLISHED,
  '4192-QĐ/BTCTW nêu bước này nhưng phần đọc được không có thời hạn',
)
export const INTERMEDIATE_DAYS = days(
  'intermediate-working-days',
  2,
  [
    'Cấp ủy trung gian kiểm tra, ký (ngày làm việc)',
    'Intermediate committee checks and signs (working days)',
  ],
  NOT_PUBLISHED,
  '4192-QĐ/BTCTW nêu bước này nhưng phần đọc được không có thời hạn',
)
export const COMMITTEE_DAYS = days(
  'committee-working-days',
  5,
  ['Cấp ủy, Ban Tổ chức giới thiệu (ngày làm việc)', 'Committee or commission refers (working days)'],
  NOT_PUBLISHED,
  '4192-QĐ/BTCTW nêu bước này nhưng phần đọc được không có thời hạn',
)
export const NUMBERING_DAYS = days(
  'numbering-working-days',
  1,
  ['Văn thư lấy số, đóng dấu (ngày làm việc)', 'Clerk numbers and seals (working days)'],
  NOT_PUBLISHED,
  'Người ký không tự lấy số; thời hạn chưa thấy văn bản nêu',
)
export const HAND_OVER_DAYS = days(
  'hand-over-working-days',
  1,
  [
    'Giao hồ sơ giấy niêm phong cho đảng viên (ngày làm việc)',
    'Hand the sealed paper file to the member (working days)',
  ],
  NOT_PUBLISHED,
  '4192-QĐ/BTCTW nêu bước này nhưng phần đọc được không có thời hạn',
)
export const RECEPTION_DAYS = days(
  'reception-working-days',
  5,
  [
    'Nơi đến tiếp nhận, phân về chi bộ (ngày làm việc)',
    'Destination receives and assigns a cell (working days)',
  ],
  NOT_PUBLISHED,
  '4192-QĐ/BTCTW nêu bước này nhưng phần đọc được không có thời hạn',
)
export const ADMISSION_DAYS = days(
  'admission-working-days',
  22,
  ['Chi bộ nơi đến họp, tiếp nhận (ngày làm việc)', 'Destination cell meets and admits (working days)'],
  ['Chi bộ họp hằng tháng, nên lấy độ dài một tháng làm việc.', 'Cells meet monthly, so one working month.'],
  '4192-QĐ/BTCTW nêu bước này nhưng phần đọc được không có thời hạn',
)
export const CORRECTION_DAYS = days(
  'correction-working-days',
  10,
  ['Sửa hồ sơ bị trả lại (ngày làm việc)', 'Correct a returned dossier (working days)'],
  NOT_PUBLISHED,
  '4192-QĐ/BTCTW; phần đọc được không nêu thời hạn sửa hồ sơ',
)
export const SUPPLEMENT_REMINDER_DAYS = days(
  'supplement-reminder-working-days',
  5,
  ['Nhắc khi chưa bổ sung (ngày làm việc)', 'Remind of an unanswered supplement (working days)'],
  NOT_PUBLISHED,
  '4192-QĐ/BTCTW; phần đọc được không nêu thời hạn sửa hồ sơ',
)
export const SUPPLEMENT_CLOSE_DAYS = days(
  'supplement-close-working-days',
  20,
  [
    'Được đóng hồ sơ không bổ sung sau (ngày làm việc)',
    'An unanswered dossier may be closed after (working days)',
  ],
  NOT_PUBLISHED,
  '4192-QĐ/BTCTW; phần đọc được không nêu thời hạn sửa hồ sơ',
)
export const BLOCK_REVIEW_DAYS = days(
  'block-review-working-days',
  30,
  ['Rà lại việc tạm dừng do kiểm tra (ngày làm việc)', 'Review a block during inspection (working days)'],
  NOT_PUBLISHED,
  '294-QĐ/TW 6.3.1, khoản cuối',
)

export const WITHIN_PROVINCE: Setting<'through-commission' | 'direct'> = {
  key: 'official-transfer.within-province',
  title: {
    vi: 'Chuyển giữa hai đảng bộ cơ sở trực thuộc cùng tỉnh, thành phố',
    en: 'Between two grassroots organisations of one province',
  },
  certainty: 'I',
  source:
    '294-QĐ/TW 6.3.1b nói Ban Tổ chức giới thiệu đảng viên của tổ chức cơ sở trực thuộc tỉnh; không nói riêng việc chuyển trong tỉnh',
  reason: {
    vi: 'Mặc định qua Ban Tổ chức, theo câu chữ đọc được. Tỉnh có thể cho hai đảng ủy giới thiệu thẳng.',
    en: 'Through the organisation commission by default, as the readable words say; a province may let the committees refer directly.',
  },
  default: 'through-commission',
  schema: z.enum(['through-commission', 'direct']),
  choices: {
    'through-commission': {
      vi: 'Qua Ban Tổ chức tỉnh ủy, thành ủy',
      en: 'Through the organisation commission',
    },
    direct: { vi: 'Hai đảng ủy giới thiệu thẳng', en: 'Directly between the two committees' },
  },
}

export const COUNTED_UNTIL: Setting<'referral' | 'admission'> = {
  key: 'official-transfer.counted-until',
  title: { vi: 'Nơi đi thôi tính đảng số từ lúc', en: 'The origin stops counting at' },
  certainty: 'I',
  source: 'Thời điểm đổi đảng số: chưa tìm thấy văn bản nêu rõ',
  reason: {
    vi: 'Mặc định từ lúc giới thiệu; trên đường được ghi thành dòng riêng nên tổng không mất người.',
    en: 'At referral by default; members in transit are a line of their own, so the total loses nobody.',
  },
  default: 'referral',
  schema: z.enum(['referral', 'admission']),
  choices: {
    referral: { vi: 'Lúc giới thiệu', en: 'Referral' },
    admission: { vi: 'Lúc nơi đến tiếp nhận', en: 'Admission at the destination' },
  },
}

export const FEES_OPEN: Setting<'print' | 'block'> = {
  key: 'official-transfer.fees-open',
  title: {
    vi: 'Đảng phí còn nợ khi viết giấy giới thiệu',
    en: 'Fees still open when the letter is written',
  },
  certainty: 'I',
  source:
    'Cách ghi giấy giới thiệu (một nguồn): tháng viết giấy thu trọn ở nơi đi; chưa thấy văn bản nêu còn nợ thì có được viết giấy hay không',
  reason: {
    vi: 'Mặc định vẫn ký và in rõ tháng còn nợ: việc chuyển sinh hoạt không chờ, khoản nợ vẫn thu ở nơi đi.',
    en: 'By default the letter is signed and prints what is owed: the transfer does not wait, and the origin still collects.',
  },
  default: 'print',
  schema: z.enum(['print', 'block']),
  choices: {
    print: { vi: 'Ký, in rõ khoản còn nợ trên giấy', en: 'Sign, and print what is owed' },
    block: { vi: 'Chưa ký cho đến khi đóng hết', en: 'Not signed until it is paid' },
  },
}

/** Everything the settings page shows for this procedure. */
export const SETTINGS: readonly Setting<unknown>[] = [
  WITHIN_PROVINCE,
  COUNTED_UNTIL,
  FEES_OPEN as Setting<unknown>,
  REGISTER_TERM,
  CELL_REVIEW_DAYS,
  INTERMEDIATE_DAYS,
  COMMITTEE_DAYS,
  NUMBERING_DAYS,
  HAND_OVER_DAYS,
  RECEPTION_DAYS,
  ADMISSION_DAYS,
  CORRECTION_DAYS,
  SUPPLEMENT_REMINDER_DAYS,
  SUPPLEMENT_CLOSE_DAYS,
  BLOCK_REVIEW_DAYS,
]
