/** Settings of the members' rights: how long each stage has, what a cell settles alone. No text we could read fixes them. */
import { z } from 'zod'
import type { Setting } from '../../kernel/settings.ts'

const days = z.number().int().min(1).max(60)

const SOURCE =
  '91/2025/QH15 điều 4 cho quyền yêu cầu sửa dữ liệu; văn bản đọc được không định số ngày cho từng cấp trong Đảng'

export const CELL_DAYS: Setting<number> = {
  key: 'correction.cell-working-days',
  title: {
    vi: 'Chi bộ xem đề nghị sửa thông tin trong (ngày làm việc)',
    en: 'Working days a cell has to look at a reported error',
  },
  certainty: 'I',
  source: SOURCE,
  reason: {
    vi: 'Mặc định 5 ngày: đủ để chi ủy đối chiếu giấy tờ; quá hạn, đề nghị tự chuyển lên Ban Xây dựng Đảng.',
    en: '5 by default: enough to compare the papers; afterwards the request goes up by itself.',
  },
  default: 5,
  schema: days,
}

export const BUILDING_DAYS: Setting<number> = {
  key: 'correction.building-working-days',
  title: {
    vi: 'Ban Xây dựng Đảng quyết định sửa thông tin trong (ngày làm việc)',
    en: 'Working days the Party Building Commission has to decide a correction',
  },
  certainty: 'I',
  source: SOURCE,
  reason: {
    vi: 'Mặc định 10 ngày; quá hạn, lãnh đạo đảng ủy được báo.',
    en: '10 by default; afterwards the committee’s leaders are told.',
  },
  default: 10,
  schema: days,
}

export const CELL_SETTLES: Setting<'contact' | 'phone' | 'nothing'> = {
  key: 'correction.cell-settles',
  title: { vi: 'Thông tin chi bộ tự sửa được', en: 'Facts a cell may correct by itself' },
  certainty: 'I',
  source: 'Yêu cầu: đảng viên → chi bộ → Ban Xây dựng Đảng; không văn bản nào kể tên từng trường',
  reason: {
    vi: 'Mặc định điện thoại và nơi ở hiện nay: thay đổi luôn, không ghi trên thẻ hay quyết định, chi bộ biết rõ nhất.',
    en: 'Telephone and residence by default: they change often, stand on no card or decision, and the cell knows them best.',
  },
  default: 'contact',
  schema: z.enum(['contact', 'phone', 'nothing']),
  choices: {
    contact: { vi: 'Điện thoại và nơi ở hiện nay', en: 'Telephone and residence' },
    phone: { vi: 'Chỉ điện thoại', en: 'Telephone only' },
    nothing: { vi: 'Không: cấp trên quyết định tất cả', en: 'Nothing: all is decided above' },
  },
}

export const UNDO_DAYS: Setting<number> = {
  key: 'correction.undo-working-days',
  title: {
    vi: 'Người đã sửa thông tin tự lấy lại được trong (ngày làm việc)',
    en: 'Working days in which whoever corrected a fact may take it back',
  },
  certainty: 'I',
  source: 'Không văn bản nào nói; việc lấy lại được ghi như một lần sửa mới',
  reason: {
    vi: 'Mặc định 3 ngày: sửa nhầm thường thấy ngay. Muộn hơn thì đảng viên báo sai lần nữa.',
    en: '3 by default: a slip is seen soon. Later, the member reports the error again.',
  },
  default: 3,
  schema: days,
}

export const QUESTION_DAYS: Setting<number> = {
  key: 'reading.question-working-days',
  title: {
    vi: 'Trả lời đảng viên hỏi lại về một lần xem hồ sơ trong (ngày làm việc)',
    en: 'Working days to answer a member’s question about a look at the record',
  },
  certainty: 'I',
  source: '91/2025/QH15 điều 4: quyền được biết, khiếu nại; văn bản đọc được không định số ngày',
  reason: {
    vi: 'Mặc định 10 ngày làm việc, như thời hạn trả lời ở cấp xã.',
    en: '10 working days by default, as a commune’s other answers.',
  },
  default: 10,
  schema: days,
}

/** Everything the settings page shows of them. */
export const RIGHTS_SETTINGS: readonly Setting<unknown>[] = [
  CELL_DAYS,
  BUILDING_DAYS,
  CELL_SETTLES,
  UNDO_DAYS,
  QUESTION_DAYS,
] as readonly Setting<unknown>[]
