/** Settings of shares and remittance: what the readable sources of 01-QĐ/TW do not say, or only one of them does. */
import { z } from 'zod'
import type { Setting } from '../../../kernel/settings.ts'

const PERCENT = { vi: '% được trích giữ lại', en: '% kept' }

function keeps(
  key: string,
  fallback: number,
  who: { readonly vi: string; readonly en: string },
  source: string,
  reason: { readonly vi: string; readonly en: string },
): Setting<number> {
  return {
    key: `party-fees.keep-${key}`,
    title: { vi: `Mức trích giữ lại: ${who.vi}`, en: `Share kept: ${who.en}` },
    certainty: 'I',
    source,
    reason,
    default: fallback,
    schema: z.number().int().min(0).max(100),
    unit: PERCENT,
  }
}

const UNREAD = 'Bảng phân bổ của 01-QĐ/TW chưa tìm thấy'
const HYPOTHESIS = {
  vi: 'Suy từ các nguồn đã đọc: khung của chi bộ có vẻ từ 30–50 % lên 50–70 %. Khi có văn bản, nhập giá trị mới kèm ngày.',
  en: 'Inferred: the band of cells seems to have moved from 30–50 % to 50–70 %. When the text is at hand, enter its value with a day.',
}
const UNKNOWN = {
  vi: 'Giữ mức của 342-QĐ/TW làm mặc định tạm; khi có văn bản, nhập giá trị mới kèm ngày.',
  en: 'The share of 342-QĐ/TW stands in until the text is at hand; then enter its value with a day.',
}

export const KEEP_CELL_OF_COMMUNE = keeps(
  'cell-of-commune',
  70,
  { vi: 'chi bộ trực thuộc đảng ủy xã, phường, đặc khu', en: 'cells of communes and wards' },
  `${UNREAD}; một phần mềm của chi bộ khu phố (2026) dẫn "01-QĐ/TW, mục 1.1": giữ lại 70 %`,
  HYPOTHESIS,
)
export const KEEP_CELL_OTHER = keeps(
  'cell-other',
  50,
  { vi: 'chi bộ trực thuộc đảng ủy cơ sở khác', en: 'cells of other base committees' },
  `${UNREAD}; số liệu quý I/2026 của một đảng ủy công an: chi bộ giữ lại 50 %`,
  HYPOTHESIS,
)
export const KEEP_COMMUNE = keeps(
  'commune',
  70,
  { vi: 'đảng ủy xã, phường, đặc khu', en: 'committees of communes and wards' },
  `${UNREAD}; 342-QĐ/TW để đảng ủy xã, phường giữ 90 % khi chi bộ chỉ giữ 50 %`,
  {
    vi: 'Mặc định như tổ chức cơ sở khác (70 %), vì chưa có nguồn nào cho xã, phường sau 02/2026.',
    en: 'As other base organisations (70 %) by default: no source after 02/2026 tells of communes and wards.',
  },
)
export const KEEP_BASE_OTHER = keeps(
  'base-other',
  70,
  { vi: 'tổ chức cơ sở đảng khác', en: 'other base organisations' },
  `${UNREAD}; số liệu sáu tháng đầu năm 2026 của một đảng ủy công an: giữ lại đúng 70 % số chi bộ nộp`,
  {
    vi: 'Khớp với 342-QĐ/TW và với số liệu năm 2026 đã đọc.',
    en: 'What 342-QĐ/TW says and the figures of 2026 that were read agree.',
  },
)
export const KEEP_ABOVE_BASE = keeps(
  'above-base',
  50,
  { vi: 'cấp trên cơ sở, tỉnh ủy, thành ủy', en: 'levels above base, provinces and cities' },
  `${UNREAD}; 342-QĐ/TW: mỗi cấp trên cơ sở giữ 50 %`,
  UNKNOWN,
)
export const KEEP_CELL_ABROAD = keeps(
  'cell-abroad',
  30,
  { vi: 'chi bộ ở ngoài nước', en: 'cells abroad' },
  `${UNREAD}; 342-QĐ/TW: chi bộ ở ngoài nước giữ 30 %`,
  UNKNOWN,
)
export const KEEP_COMMITTEE_ABROAD = keeps(
  'committee-abroad',
  50,
  { vi: 'đảng ủy ở ngoài nước', en: 'committees abroad' },
  `${UNREAD}; 342-QĐ/TW: đảng ủy nước sở tại giữ 50 %`,
  UNKNOWN,
)

const BAND = '342-QĐ/TW: chi bộ trực thuộc giữ 30–50 %; mức trong khung theo 724-HDQT, chỉ một nguồn nhắc lại'
const BAND_REASON = {
  vi: 'Dùng cho tháng đến 01/2026. Đơn vị đã áp dụng mức khác thì nhập mức đó.',
  en: 'For months until 01/2026. Enter what was applied, where it differed.',
}
export const OLD_KEEP_CELL_OF_COMMUNE = keeps(
  'old-cell-of-commune',
  50,
  { vi: 'chi bộ của xã, phường (đến 01/2026)', en: 'cells of communes and wards (until 01/2026)' },
  BAND,
  BAND_REASON,
)
export const OLD_KEEP_CELL_OTHER = keeps(
  'old-cell-other',
  30,
  { vi: 'chi bộ khác (đến 01/2026)', en: 'other cells (until 01/2026)' },
  BAND,
  BAND_REASON,
)

function day(
  key: string,
  fallback: number,
  who: { readonly vi: string; readonly en: string },
): Setting<number> {
  return {
    key: `party-fees.remit-until-${key}`,
    title: {
      vi: `Ngày cuối để nộp cấp trên, tính trong tháng sau: ${who.vi}`,
      en: `Last day of the next month to remit: ${who.en}`,
    },
    certainty: 'I',
    source: 'Chưa thấy văn bản nêu ngày nộp; mẫu báo cáo theo tháng hoặc quý',
    reason: {
      vi: 'Đây là thiết lập của đơn vị, không phải hạn theo quy định.',
      en: 'A setting of the installation, not a time limit of a regulation.',
    },
    default: fallback,
    schema: z.number().int().min(1).max(31),
    unit: { vi: 'ngày trong tháng', en: 'day of the month' },
  }
}
export const REMIT_UNTIL_CELL = day('cell', 5, { vi: 'chi bộ', en: 'cells' })
export const REMIT_UNTIL_COMMITTEE = day('committee', 10, { vi: 'đảng ủy', en: 'committees' })

export const ALLOCATION_SETTINGS: readonly Setting<unknown>[] = [
  KEEP_CELL_OF_COMMUNE,
  KEEP_CELL_OTHER,
  KEEP_COMMUNE,
  KEEP_BASE_OTHER,
  KEEP_ABOVE_BASE,
  KEEP_CELL_ABROAD,
  KEEP_COMMITTEE_ABROAD,
  OLD_KEEP_CELL_OF_COMMUNE,
  OLD_KEEP_CELL_OTHER,
  REMIT_UNTIL_CELL,
  REMIT_UNTIL_COMMITTEE,
] as readonly Setting<unknown>[]
