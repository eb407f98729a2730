/** Settings of the Party fees: what the readable sources do not fix, or only one of them says. */
import { z } from 'zod'
import type { Setting, SettingsOfDay } from '../../../kernel/settings.ts'
import { MAX_AMOUNT_VND } from './money.ts'

const DONG = { vi: 'đồng', en: 'đồng' }
const vnd = z.number().int().min(0).max(MAX_AMOUNT_VND)

export const FIRST_PERIOD_OF_01: Setting<'2026-01' | '2026-02'> = {
  key: 'party-fees.first-period',
  title: { vi: 'Kỳ đầu tiên đóng theo 01-QĐ/TW', en: 'First period paid under 01-QĐ/TW' },
  certainty: 'D',
  source:
    '01-QĐ/TW có hiệu lực từ 01/02/2026, nhưng Điều 3 ghi mức đóng cho giai đoạn 01/01/2026–31/12/2027; các nguồn không thống nhất',
  reason: {
    vi: 'Mặc định tháng 02/2026, là kỳ đầu tiên sau ngày có hiệu lực; tháng 01/2026 vẫn theo 342-QĐ/TW.',
    en: 'February 2026 by default, the first period after it takes effect; January 2026 stays under 342-QĐ/TW.',
  },
  default: '2026-02',
  schema: z.enum(['2026-01', '2026-02']),
  choices: {
    '2026-01': { vi: 'Tháng 01/2026', en: 'January 2026' },
    '2026-02': { vi: 'Tháng 02/2026', en: 'February 2026' },
  },
}

export const ROUNDING_VND: Setting<number> = {
  key: 'party-fees.rounding-vnd',
  title: { vi: 'Làm tròn đảng phí đến (đồng)', en: 'Fees are rounded to (đồng)' },
  certainty: 'I',
  source: 'Chưa thấy văn bản nêu cách làm tròn; số đã nộp trên hệ thống quốc gia lẻ đến từng đồng',
  reason: {
    vi: 'Mặc định 1 đồng, làm tròn một lần ở bước cuối, từ nửa đơn vị trở lên thì tăng.',
    en: 'One đồng by default, once at the end, half up.',
  },
  default: 1,
  schema: z.number().int().min(1).max(1000),
  unit: DONG,
}

export const REFERENCE_LEVEL_VND: Setting<number> = {
  key: 'party-fees.reference-level-vnd',
  title: {
    vi: 'Mức tham chiếu của bảo hiểm xã hội (từ 07/2024)',
    en: 'Reference level of social insurance (since 07/2024)',
  },
  certainty: 'I',
  source: 'Bằng lương cơ sở 2.340.000 đồng từ 07/2024; Luật Bảo hiểm xã hội 2024 chưa đọc lại',
  reason: {
    vi: 'Khi Nhà nước đổi mức này, nhập giá trị mới kèm ngày hiệu lực.',
    en: 'When the State changes the level, add the new value with its day.',
  },
  default: 2_340_000,
  schema: vnd,
  unit: DONG,
}

export const CEILING_TIMES: Setting<number> = {
  key: 'party-fees.ceiling-times',
  title: {
    vi: 'Trần lương đóng BHXH bằng mấy lần mức tham chiếu',
    en: 'Ceiling of the insured salary, in reference levels',
  },
  certainty: 'I',
  source: 'Luật Bảo hiểm xã hội 2024, chưa đọc lại; 01-QĐ/TW không nêu trần riêng',
  reason: {
    vi: 'Đảng phí tính trên tiền lương đóng BHXH, mà tiền lương này không vượt trần.',
    en: 'The fee is computed on the salary contributed on, which never exceeds the ceiling.',
  },
  default: 20,
  schema: z.number().int().min(1).max(100),
  unit: { vi: 'lần', en: 'times' },
}

function overseas(
  key: string,
  fallback: number,
  end: { readonly vi: string; readonly en: string },
): Setting<number> {
  return {
    key: `party-fees.overseas-${key}-vnd`,
    title: {
      vi: `Đảng viên khác ở ngoài nước: mức ${end.vi} (đồng/tháng)`,
      en: `Other members abroad: ${end.en} (đồng a month)`,
    },
    certainty: 'I',
    source: 'Một bài báo (02/2026) ghi 30.000–400.000 đồng; mức theo từng nhóm nghề chưa tìm thấy',
    reason: {
      vi: 'Mức cụ thể do Đảng ủy Bộ Ngoại giao hướng dẫn; hệ thống chỉ kiểm tra mức đặt có nằm trong khung.',
      en: 'The amount itself follows guidance of the Foreign Ministry’s committee; only the band is checked.',
    },
    default: fallback,
    schema: vnd,
    unit: DONG,
  }
}

export const OVERSEAS_LEAST_VND = overseas('least', 30_000, { vi: 'thấp nhất', en: 'least' })
export const OVERSEAS_MOST_VND = overseas('most', 400_000, { vi: 'cao nhất', en: 'most' })

export const PENSIONER_EXTRA_PAY: Setting<'counted' | 'not-counted'> = {
  key: 'party-fees.pensioner-extra-pay',
  title: {
    vi: 'Người hưởng lương hưu đi làm thêm: đóng thêm 0,5 % phụ cấp, tiền công',
    en: 'A pensioner who works on: another 0.5 % of the pay or allowance',
  },
  certainty: 'I',
  source: 'Một phần mềm của chi bộ viết theo 01-QĐ/TW (2026); báo chí không nêu',
  reason: {
    vi: 'Mặc định có tính, như nguồn duy nhất đã đọc. Người còn thuộc diện BHXH bắt buộc thì đóng theo lương.',
    en: 'Counted by default, as the one source does. Who is still compulsorily insured pays on the salary.',
  },
  default: 'counted',
  schema: z.enum(['counted', 'not-counted']),
  choices: {
    counted: { vi: 'Có tính', en: 'Counted' },
    'not-counted': { vi: 'Không tính', en: 'Not counted' },
  },
}

export const MONTHLY_ALLOWANCE: Setting<'own-class' | 'not-counted'> = {
  key: 'party-fees.monthly-allowance',
  title: {
    vi: 'Người có công, mất sức lao động, hưởng trợ cấp xã hội: đóng 0,5 % trợ cấp',
    en: 'People of merit, of lost capacity, with social assistance: 0.5 % of the allowance',
  },
  certainty: 'I',
  source: 'Một phần mềm của chi bộ viết theo 01-QĐ/TW (2026); báo chí không nêu',
  reason: {
    vi: 'Mặc định không tính: đóng như người trong hoặc ngoài độ tuổi lao động. Kỳ theo 342-QĐ/TW không theo thiết lập này.',
    en: 'Not by default: they pay as others of their age. Periods under 342-QĐ/TW do not ask this setting.',
  },
  default: 'not-counted',
  schema: z.enum(['own-class', 'not-counted']),
  choices: {
    'own-class': { vi: 'Nhóm riêng, tính trên trợ cấp', en: 'A class of their own, on the allowance' },
    'not-counted': { vi: 'Không tính', en: 'Not counted' },
  },
}

export const FIRST_FEE_MONTH: Setting<'joining-month' | 'next-month'> = {
  key: 'party-fees.first-fee-month',
  title: { vi: 'Đảng viên mới đóng đảng phí từ', en: 'A new member pays from' },
  certainty: 'I',
  source: 'Chưa thấy văn bản năm 2026 nêu kỳ đầu tiên của đảng viên mới kết nạp',
  reason: {
    vi: 'Mặc định từ tháng kết nạp; chi bộ kết nạp sau buổi sinh hoạt tháng có thể chọn tháng sau.',
    en: 'The month of joining by default; where cells admit after the monthly meeting, the next month.',
  },
  default: 'joining-month',
  schema: z.enum(['joining-month', 'next-month']),
  choices: {
    'joining-month': { vi: 'Tháng kết nạp', en: 'The month of joining' },
    'next-month': { vi: 'Tháng sau tháng kết nạp', en: 'The month after joining' },
  },
}

function oldFixed(key: string, title: { readonly vi: string; readonly en: string }): Setting<number> {
  return {
    key: `party-fees.old-${key}-vnd`,
    title,
    certainty: 'I',
    source: '342-QĐ/TW: 2.000–30.000 đồng/tháng theo đối tượng, khu vực; bảng theo khu vực chưa tìm thấy',
    reason: {
      vi: 'Mặc định mức thấp nhất của khung, để truy thu không thu quá; đơn vị nhập mức đã áp dụng tại địa bàn.',
      en: 'The least of the band by default, so that arrears take nothing too much; enter what was paid in the area.',
    },
    default: 2_000,
    schema: z.number().int().min(2_000).max(30_000),
    unit: DONG,
  }
}

export const OLD_OTHERS_VND = oldFixed('others', {
  vi: 'Mức cố định cũ (đến 01/2026): đảng viên khác ở trong nước',
  en: 'Old fixed amount (until 01/2026): other members in the country',
})
export const OLD_STUDENTS_VND = oldFixed('students', {
  vi: 'Mức cố định cũ (đến 01/2026): học sinh, sinh viên',
  en: 'Old fixed amount (until 01/2026): pupils and students',
})

export const DECLARE_MONTHS_BACK: Setting<number> = {
  key: 'party-fees.declare-months-back',
  title: { vi: 'Kê khai được tính từ trước đây nhiều nhất', en: 'A declaration reaches back at most' },
  unit: { vi: 'tháng', en: 'months' },
  certainty: 'I',
  source: 'Chưa thấy văn bản nêu kê khai được tính lùi bao lâu',
  reason: {
    vi: 'Mặc định 12 tháng, như một quyết định giảm mức đóng. Tháng cũ hơn, chi bộ ghi truy thu kèm lý do.',
    en: '12 months by default, as long as a reduction runs. For older months the cell adds arrears with a reason.',
  },
  default: 12,
  schema: z.number().int().min(0).max(120),
}

/** Everything the settings page shows of the fees' tariff. */
export const TARIFF_SETTINGS: readonly Setting<unknown>[] = [
  FIRST_PERIOD_OF_01,
  ROUNDING_VND,
  REFERENCE_LEVEL_VND,
  CEILING_TIMES,
  OVERSEAS_LEAST_VND,
  OVERSEAS_MOST_VND,
  PENSIONER_EXTRA_PAY,
  MONTHLY_ALLOWANCE,
  FIRST_FEE_MONTH,
  OLD_OTHERS_VND,
  OLD_STUDENTS_VND,
  DECLARE_MONTHS_BACK,
] as readonly Setting<unknown>[]

/** They tell how months before the system are read, and no value can be given a first day that has passed. */
const LOOKING_BACK: ReadonlySet<string> = new Set([
  FIRST_PERIOD_OF_01.key,
  OLD_OTHERS_VND.key,
  OLD_STUDENTS_VND.key,
])

/**
 * The settings to assess a period by: as they stood on its first day, but for those on the old regime, which count as they
 * are understood on the day of assessing.
 */
export function settingsForPeriod(ofFirstDay: SettingsOfDay, ofToday: SettingsOfDay): SettingsOfDay {
  return { get: (setting) => (LOOKING_BACK.has(setting.key) ? ofToday : ofFirstDay).get(setting) }
}
