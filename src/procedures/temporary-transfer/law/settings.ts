/** Settings of the temporary transfer: its durations as they are confirmed, and what no readable regulation fixes. */
import { z } from 'zod'
import type { Setting } from '../../../kernel/settings.ts'
import type { Case } from './states.ts'

const MONTHS = { vi: 'tháng', en: 'months' }
const DAYS = { vi: 'ngày', en: 'days' }

export const DURATION_CITATION = '294-QĐ/TW, mục 6.3.2 (208-QĐ/TW kế thừa); 01-HD/TW, mục 10.2.2'

function months(
  key: string,
  fallback: number,
  title: [string, string],
  reason: [string, string],
): Setting<number> {
  return {
    key: `temporary-transfer.${key}`,
    title: { vi: title[0], en: title[1] },
    certainty: 'C',
    source: '232-QĐ/TW, mục 6.3.2a; 01-HD/TW, mục 10.2.2; mục 6.3.2 của 294-QĐ/TW, 208-QĐ/TW',
    reason: { vi: reason[0], en: reason[1] },
    default: fallback,
    schema: z.number().int().min(1).max(60),
    unit: MONTHS,
  }
}

export const LEAST_MONTHS = months(
  'least-months',
  3,
  ['Sinh hoạt tạm thời ít nhất', 'A temporary stay lasts at least'],
  [
    'Dưới 3 tháng không chuyển, dùng thẻ đảng viên để dự sinh hoạt.',
    'Under 3 months there is no transfer: the membership card serves.',
  ],
)
export const BELOW_MONTHS = months(
  'below-months',
  12,
  ['Thay đổi nơi ở, nơi làm việc, chờ việc, ra ngoài nước: dưới', 'Residence, work, waiting, abroad: under'],
  [
    'Từ 3 tháng đến dưới 1 năm; từ 12 tháng thì chuyển chính thức.',
    'From 3 months to under a year; from 12 months on the transfer is official.',
  ],
)
export const STUDY_MONTHS = months(
  'study-months',
  24,
  ['Đi học tập trung trong nước: nhiều nhất', 'Full-time study in the country: at most'],
  ['Từ 3 tháng đến 2 năm.', 'From 3 months to 2 years.'],
)

export const MOST_EXTENSIONS: Setting<number> = {
  key: 'temporary-transfer.most-extensions',
  title: { vi: 'Số lần gia hạn nhiều nhất', en: 'Extensions at most' },
  certainty: 'I',
  source: '01-HD/TW, mục 10.2.2 cho gia hạn; chưa thấy văn bản nêu số lần và tổng thời gian',
  reason: {
    vi: 'Mặc định rộng: điều giữ lại là thời gian tối đa của từng trường hợp, tính cả gia hạn.',
    en: 'Wide by default: what bounds it is the maximum of the case, extensions included.',
  },
  default: 5,
  schema: z.number().int().min(0).max(20),
  unit: { vi: 'lần', en: 'times' },
}

function reminder(key: string, fallback: number, which: [string, string]): Setting<number> {
  return {
    key: `temporary-transfer.remind-${key}-days`,
    title: {
      vi: `Nhắc lần ${which[0]} trước ngày hết hạn`,
      en: `${which[1]} reminder before the last day`,
    },
    certainty: 'I',
    source: 'Đề xuất của hệ thống; văn bản đọc được không nêu mốc nhắc',
    reason: {
      vi: 'Đủ để xin gia hạn, hẹn chi bộ họp nhận xét rồi trở về.',
      en: 'Time to ask for an extension, to have the cell meet and comment, and to go home.',
    },
    default: fallback,
    schema: z.number().int().min(1).max(180),
    unit: DAYS,
  }
}
export const REMIND_FIRST = reminder('first', 60, ['một', 'First'])
export const REMIND_SECOND = reminder('second', 30, ['hai', 'Second'])
export const REMIND_LAST = reminder('last', 7, ['cuối', 'Last'])

function days(key: string, fallback: number, title: [string, string]): Setting<number> {
  return {
    key: `temporary-transfer.${key}-working-days`,
    title: { vi: `${title[0]} (ngày làm việc)`, en: `${title[1]} (working days)` },
    certainty: 'I',
    source: '4192-QĐ/BTCTW công bố thủ tục; phần đọc được không có thời hạn từng bước',
    reason: {
      vi: 'Mức đề xuất để không ai phải chờ vô thời hạn; bước phải họp chi bộ lấy độ dài một tháng.',
      en: 'A default that keeps anyone from waiting for ever; where a cell must meet, a working month.',
    },
    default: fallback,
    schema: z.number().int().min(1).max(250),
  }
}
export const CELL_REVIEW_DAYS = days('cell-review', 5, ['Chi bộ nơi đi nhận xét', 'The origin cell comments'])
export const COMMITTEE_DAYS = days('committee', 5, ['Cấp ủy cơ sở giới thiệu', 'The origin committee refers'])
export const NUMBERING_DAYS = days('numbering', 1, [
  'Văn thư lấy số, đóng dấu',
  'The clerk numbers and seals',
])
export const CORRECTION_DAYS = days('correction', 10, [
  'Sửa đề nghị bị trả lại',
  'A returned request is mended',
])
export const RECEPTION_DAYS = days('reception', 5, [
  'Nơi đến phân về chi bộ',
  'The host committee assigns a cell',
])
export const ADMISSION_DAYS = days('admission', 22, ['Chi bộ nơi đến tiếp nhận', 'The host cell admits'])
export const EXTENSION_DAYS = days('extension', 5, ['Xét đề nghị gia hạn', 'A request to extend is decided'])
export const RETURN_DAYS = days('return', 22, [
  'Ghi nhận đảng viên trở về',
  'The origin cell records a return',
])
export const YEARLY_DAYS = days('yearly-comment', 22, [
  'Chi bộ nơi sinh hoạt tạm thời nhận xét hằng năm',
  'The host cell writes its yearly comment',
])

export const YEARLY_CITATION = '43-HD/BTCTW (2025), mục 7.6'

export const YEARLY_MONTH: Setting<number> = {
  key: 'temporary-transfer.yearly-comment-month',
  title: {
    vi: 'Xin nhận xét hằng năm của nơi sinh hoạt tạm thời từ đầu tháng',
    en: 'The yearly comment is asked from the first day of month',
  },
  certainty: 'I',
  source: '43-HD/BTCTW (2025), mục 7.6 đòi nhận xét trước khi xếp loại; không nêu ngày',
  reason: {
    vi: 'Xếp loại xong trước 31/12, nên xin từ đầu tháng 11.',
    en: 'The rating ends before 31 December, so it is asked from November on.',
  },
  default: 11,
  schema: z.number().int().min(1).max(12),
  unit: { vi: '(tháng trong năm)', en: '(month of the year)' },
}

/** The longest a case may last, in months; only study may reach its bound. */
export function boundOf(of: Case): { readonly months: Setting<number>; readonly reached: boolean } {
  return of === 'study' ? { months: STUDY_MONTHS, reached: true } : { months: BELOW_MONTHS, reached: false }
}

/** Everything the settings page shows for this procedure. */
export const SETTINGS: readonly Setting<unknown>[] = [
  LEAST_MONTHS,
  BELOW_MONTHS,
  STUDY_MONTHS,
  MOST_EXTENSIONS,
  REMIND_FIRST,
  REMIND_SECOND,
  REMIND_LAST,
  CELL_REVIEW_DAYS,
  COMMITTEE_DAYS,
  NUMBERING_DAYS,
  CORRECTION_DAYS,
  RECEPTION_DAYS,
  ADMISSION_DAYS,
  EXTENSION_DAYS,
  RETURN_DAYS,
  YEARLY_DAYS,
  YEARLY_MONTH,
]
