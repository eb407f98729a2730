/** The words of the notices about books; no figure and no name is in them. */
import type { Language } from '../../../kernel/plain-date.ts'
import type { NoticeTexts } from '../../../web/feature.ts'
import { bookPeriod } from '../law/books/book-period.ts'
import { periodInWords } from './written-periods.ts'

type Facts = Readonly<Record<string, unknown>>

function period({ period: name }: Facts, language: Language): string {
  const known = bookPeriod(String(name))
  return known
    ? periodInWords(known, language)
        .toLowerCase()
        .replace(/\bi+v?\b|\biv\b/, (it) => it.toUpperCase())
    : '…'
}

const ofPeriod = (vi: string, en: string): NoticeTexts[string] => ({
  vi: (facts) => vi.replace('{period}', period(facts, 'vi')).replace('{unit}', String(facts.unit ?? '')),
  en: (facts) => en.replace('{period}', period(facts, 'en')).replace('{unit}', String(facts.unit ?? '')),
})

export const BOOK_NOTICES: NoticeTexts = {
  'party-fees.report-sent': ofPeriod(
    '{unit} đã gửi báo cáo thu, nộp đảng phí {period}. Xem tại mục Sổ và báo cáo.',
    '{unit} sent its report on Party fees of {period}. See it under "Books and reports".',
  ),
  'party-fees.published': ofPeriod(
    'Chi bộ công khai việc thu, nộp đảng phí {period}. Đồng chí xem tại mục Công khai thu, nộp đảng phí.',
    'The cell made its Party fees of {period} public. See them under "Party fees made public".',
  ),
  'party-fees.published-again': ofPeriod(
    'Chi bộ công khai lại việc thu, nộp đảng phí {period}, có ghi chỗ đã sửa. Đồng chí xem tại mục Công khai thu, nộp đảng phí.',
    'The cell made its Party fees of {period} public again, saying what was put right. See them under "Party fees made public".',
  ),
}
