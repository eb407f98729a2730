/** Settings of the residence comment: what no readable regulation fixes, each with its default and its reason. */
import { z } from 'zod'
import type { Setting } from '../../../kernel/settings.ts'

const workingDays = z.number().int().min(1).max(250)
const NOT_FOUND_SOURCE = '213-QĐ/TW, 33-HD/BTCTW: phần đọc được không nêu thời hạn'

function number(
  key: string,
  fallback: number,
  title: [string, string],
  reason: [string, string],
  more: Partial<Pick<Setting<number>, 'schema' | 'source' | 'unit'>> = {},
): Setting<number> {
  return {
    key: `residence-comment.${key}`,
    title: { vi: title[0], en: title[1] },
    certainty: 'I',
    source: NOT_FOUND_SOURCE,
    reason: { vi: reason[0], en: reason[1] },
    default: fallback,
    schema: workingDays,
    ...more,
  }
}

const PROVINCE: [string, string] = [
  'Ngày cụ thể do tỉnh ủy, thành ủy quy định; đây là mức khi tỉnh chưa đặt lịch riêng.',
  'The provincial committee decides the days; this holds where a province has set none of its own.',
]
const REVIEW = '366-QĐ/TW; 25-HD/BTCTW (2023) mục 5.1: kiểm điểm xong trước 31/12'
const month = {
  schema: z.number().int().min(1).max(12),
  source: REVIEW,
  unit: { vi: '(tháng)', en: '(month)' },
}

export const ASK_FROM_MONTH = number(
  'ask-from-month',
  10,
  ['Đợt hằng năm: xin ý kiến từ đầu tháng', 'Yearly round: comments are asked from the first day of month'],
  PROVINCE,
  month,
)
export const ASK_UNTIL_MONTH = number(
  'ask-until-month',
  11,
  ['Đợt hằng năm: xin ý kiến đến hết tháng', 'Yearly round: comments are asked until the end of month'],
  PROVINCE,
  month,
)
export const RETURN_DECEMBER_DAY = number(
  'return-december-day',
  10,
  [
    'Đợt hằng năm: trả phiếu về nơi công tác chậm nhất ngày',
    'Yearly round: returned to the workplace at the latest on',
  ],
  PROVINCE,
  { schema: z.number().int().min(1).max(30), source: REVIEW, unit: { vi: 'tháng 12', en: 'December' } },
)
export const LATEST_JANUARY_DAY = number(
  'latest-january-day',
  15,
  [
    'Đợt hằng năm: còn xin được ý kiến của năm trước đến ngày',
    'Yearly round: last year’s comment may still be asked for until',
  ],
  [
    'Đơn vị đặc thù kiểm điểm xong trước 15/1 năm sau; sau đó phiếu không còn dùng cho kiểm điểm năm.',
    'Special units end their review before 15 January; after it the comment serves no yearly review.',
  ],
  { schema: z.number().int().min(1).max(31), source: REVIEW, unit: { vi: 'tháng 1', en: 'January' } },
)

const NOBODY_WAITS: [string, string] = [
  'Thời hạn từng bước chưa được công bố; mức này là đề xuất để không ai phải chờ vô thời hạn.',
  'No time limit for this step has been published; this default keeps anyone from waiting for ever.',
]

export const ACCEPT_DAYS = number(
  'accept-referral-working-days',
  5,
  [
    'Đảng ủy xã, phường nhận giấy giới thiệu, phân về chi bộ (ngày làm việc)',
    'Commune accepts a referral and assigns a cell (working days)',
  ],
  NOBODY_WAITS,
)
export const CORRECT_DAYS = number(
  'correct-working-days',
  5,
  ['Nơi công tác sửa việc bị trả lại (ngày làm việc)', 'Workplace mends what was sent back (working days)'],
  NOBODY_WAITS,
)
export const ROUTE_DAYS = number(
  'route-working-days',
  2,
  ['Đảng ủy xã, phường chuyển về chi bộ (ngày làm việc)', 'Commune routes to a cell (working days)'],
  NOBODY_WAITS,
)
export const CELL_DAYS = number(
  'cell-working-days',
  10,
  ['Chi bộ nhận xét, ký (ngày làm việc)', 'Cell comments and signs (working days)'],
  [
    'Chi ủy họp với ban công tác mặt trận rồi mới nhận xét; không vượt hạn trả phiếu của tỉnh.',
    'The cell committee meets the front board first; never beyond the province’s day of return.',
  ],
)
export const COMMUNE_DAYS = number(
  'commune-working-days',
  3,
  ['Đảng ủy xã, phường xác nhận (ngày làm việc)', 'Commune confirms (working days)'],
  NOBODY_WAITS,
)
export const FILE_DAYS = number(
  'file-working-days',
  5,
  [
    'Nơi công tác đưa phiếu vào hồ sơ kiểm điểm (ngày làm việc)',
    'Workplace files the comment (working days)',
  ],
  NOBODY_WAITS,
)
export const REMIND_DAYS = number(
  'remind-working-days',
  2,
  ['Nhắc trước hạn (ngày làm việc)', 'Remind before the last day (working days)'],
  NOBODY_WAITS,
)
export const ESCALATE_COMMUNE_DAYS = number(
  'escalate-commune-working-days',
  3,
  [
    'Quá hạn thì báo đảng ủy xã, phường sau (ngày làm việc)',
    'Overdue: the commune is told after (working days)',
  ],
  [
    'Cố ý chậm giải quyết là hành vi bị cấm (338-QĐ/TW Điều 6, khoản 6); số ngày là đề xuất.',
    'Deliberate delay is prohibited (338-QĐ/TW art. 6(6)); the number of days is a proposal.',
  ],
)
export const ESCALATE_PROVINCE_DAYS = number(
  'escalate-province-working-days',
  8,
  [
    'Quá hạn thì báo Ban Tổ chức tỉnh ủy, thành ủy sau (ngày làm việc)',
    'Overdue: the provincial commission is told after (working days)',
  ],
  [
    'Cố ý chậm giải quyết là hành vi bị cấm (338-QĐ/TW Điều 6, khoản 6); số ngày là đề xuất.',
    'Deliberate delay is prohibited (338-QĐ/TW art. 6(6)); the number of days is a proposal.',
  ],
)

/** Everything the settings page shows for this procedure. */
export const SETTINGS: readonly Setting<unknown>[] = [
  ASK_FROM_MONTH,
  ASK_UNTIL_MONTH,
  RETURN_DECEMBER_DAY,
  LATEST_JANUARY_DAY,
  ACCEPT_DAYS,
  CORRECT_DAYS,
  ROUTE_DAYS,
  CELL_DAYS,
  COMMUNE_DAYS,
  FILE_DAYS,
  REMIND_DAYS,
  ESCALATE_COMMUNE_DAYS,
  ESCALATE_PROVINCE_DAYS,
]
