/** The words of the notices about remittances; no amount is in them. */
import {
  formatDate,
  formatMonth,
  isPlainDate,
  isPlainMonth,
  type Language,
} from '../../../kernel/plain-date.ts'
import type { NoticeTexts } from '../../../web/feature.ts'

type Facts = Readonly<Record<string, unknown>>

function filled(text: string, { month, dueOn }: Facts, language: Language): string {
  return text
    .replace('{month}', isPlainMonth(month) ? formatMonth(month, language) : '…')
    .replace('{day}', isPlainDate(dueOn) ? formatDate(dueOn, language) : '…')
}

const said = (vi: string, en: string): NoticeTexts[string] => ({
  vi: (facts) => filled(vi, facts, 'vi'),
  en: (facts) => filled(en, facts, 'en'),
})

export const REMITTING_NOTICES: NoticeTexts = {
  'party-fees.remit-soon': said(
    'Đến ngày {day} đơn vị trích, nộp cấp trên đảng phí {month}.',
    'Party fees of {month} are to be shared out and remitted by {day}.',
  ),
  'party-fees.remit-late': said(
    'Đã quá ngày {day}: đảng phí {month} chưa nộp cấp trên.',
    'Past {day}: Party fees of {month} are not remitted.',
  ),
  'party-fees.remittance-came': said(
    'Cấp dưới báo đã nộp đảng phí {month}. Đồng chí kiểm tra tiền và xác nhận đã nhận.',
    'An organisation below sent Party fees of {month}. Please check and confirm the receipt.',
  ),
  'party-fees.remittance-received': said(
    'Cấp trên đã nhận đảng phí {month}. Biên nhận ở mục "Trích, nộp cấp trên".',
    'The level above received the Party fees of {month}. The receipt stands under "Shares and remittance".',
  ),
  'party-fees.remittance-returned': said(
    'Hồ sơ nộp đảng phí {month} được trả lại. Lý do ghi tại mục "Trích, nộp cấp trên".',
    'The remittance of Party fees of {month} was returned. The reason stands under "Shares and remittance".',
  ),
  'party-fees.share-paid-down': said(
    'Cấp trên báo đã chuyển về phần đảng phí đơn vị được giữ. Đồng chí kiểm tra và xác nhận.',
    'The level above paid down fees that are your organisation’s. Please check and confirm.',
  ),
  'party-fees.share-not-come': said(
    'Cấp dưới báo chưa nhận được khoản chuyển về. Lý do ghi tại mục "Trích, nộp cấp trên".',
    'An organisation below says that what was paid down did not come. The reason stands under "Shares and remittance".',
  ),
}
