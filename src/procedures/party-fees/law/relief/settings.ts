/** Settings of exemption, reduction, late and advance payment: what only one source says, or none. */
import { z } from 'zod'
import type { Setting } from '../../../../kernel/settings.ts'

export const RELIEF_DECIDER: Setting<'by-level' | 'cell' | 'committee'> = {
  key: 'party-fees.relief-decider',
  title: { vi: 'Cấp quyết định miễn, giảm đảng phí', en: 'Who decides on exemption and reduction' },
  certainty: 'I',
  source:
    'Một thông báo của đảng ủy trường (2026): chi bộ trực thuộc báo cáo cấp ủy cấp trên quyết định, chi bộ cơ sở tự quyết định',
  reason: {
    vi: 'Mặc định theo nguồn duy nhất đã đọc. Cấp ủy có hướng dẫn khác thì đổi tại đây, kèm ngày hiệu lực.',
    en: 'As the one source says. Where the committee has other guidance, change it here with its day.',
  },
  default: 'by-level',
  schema: z.enum(['by-level', 'cell', 'committee']),
  choices: {
    'by-level': {
      vi: 'Chi bộ cơ sở tự quyết định; chi bộ trực thuộc trình đảng ủy cơ sở',
      en: 'A base-level cell by itself; other cells ask the base committee',
    },
    cell: { vi: 'Mọi chi bộ tự quyết định', en: 'Every cell by itself' },
    committee: { vi: 'Luôn do cấp ủy cấp trên quyết định', en: 'Always the committee above' },
  },
}

export const HARDSHIP_MONTHS: Setting<number> = {
  key: 'party-fees.hardship-months',
  title: {
    vi: 'Miễn vì hộ nghèo, cận nghèo, bệnh hiểm nghèo: mỗi lần nhiều nhất',
    en: 'Exempt as poor, near-poor or critically ill: one decision runs at most',
  },
  unit: { vi: 'tháng', en: 'months' },
  certainty: 'I',
  source: '01-QĐ/TW, Điều 5 nêu 12 tháng cho miễn, giảm vì khó khăn khác; chưa thấy nêu cho nhóm này',
  reason: {
    vi: 'Mặc định 12 tháng, như mọi quyết định miễn, giảm: hộ nghèo, cận nghèo được xét lại hằng năm.',
    en: '12 months, as any such decision: who is poor or near-poor is looked at again each year.',
  },
  default: 12,
  schema: z.number().int().min(1).max(120),
}

export const RELIEF_MONTHS_BACK: Setting<number> = {
  key: 'party-fees.relief-months-back',
  title: {
    vi: 'Miễn, giảm được tính lùi trước tháng làm đơn nhiều nhất',
    en: 'Exemption and reduction reach back before the month of asking at most',
  },
  unit: { vi: 'tháng', en: 'months' },
  certainty: 'I',
  source: 'Chưa thấy văn bản nêu miễn, giảm có được tính lùi hay không',
  reason: {
    vi: 'Mặc định 0: từ tháng làm đơn. Quyết định đến chậm vẫn tính từ tháng đó; tháng đã nộp thì giữ nguyên.',
    en: 'None by default: from the month of asking, also where the decision comes later; what is paid stays.',
  },
  default: 0,
  schema: z.number().int().min(0).max(12),
}

export const RELIEF_WORKING_DAYS: Setting<number> = {
  key: 'party-fees.relief-working-days',
  title: {
    vi: 'Thời hạn giải quyết đề nghị miễn, giảm, nộp chậm, nộp trước',
    en: 'A request for exemption, reduction, late or advance payment is answered within',
  },
  certainty: 'I',
  source: 'Chưa thấy văn bản nêu thời hạn giải quyết',
  reason: {
    vi: 'Mặc định 10 ngày làm việc cho cả chi bộ và cấp ủy. Quá hạn thì báo đỏ; không tự động đồng ý hay từ chối.',
    en: '10 working days for cell and committee together. Overdue is shown; nothing is decided by itself.',
  },
  default: 10,
  schema: z.number().int().min(1).max(60),
}

export const RELIEF_SETTINGS: readonly Setting<unknown>[] = [
  RELIEF_DECIDER,
  HARDSHIP_MONTHS,
  RELIEF_MONTHS_BACK,
  RELIEF_WORKING_DAYS,
] as readonly Setting<unknown>[]
