/** The register of processing: every column of the table `member`, what it is for, and who needs it. */
import type { Language } from '../../kernel/plain-date.ts'
import type { FactKey } from '../../registry/members/record-parts.tsx'
import { OWN_RECORD_TEXTS } from '../../registry/own-record/texts.ts'

type Words = Readonly<Record<Language, string>>

const TECHNICAL: Words = {
  vi: 'Kỹ thuật: tìm và sắp xếp, không phải thông tin riêng',
  en: 'Technical: searching and sorting, no fact of its own',
}

/** A column and why it is kept: as the own record says it, or in words of its own. */
export const PURPOSE_OF_COLUMN: Readonly<Record<string, FactKey | Words>> = {
  id: { vi: 'Mã nội bộ, nối các bảng với nhau', en: 'An internal id that ties the tables' },
  list_id: {
    vi: 'Nhận ra dòng của danh sách khi nhập lại',
    en: 'To find the list’s row again at the next import',
  },
  full_name: 'fullName',
  name_norm: TECHNICAL,
  sort_key: TECHNICAL,
  other_name: 'otherName',
  sex: 'sex',
  birth_date: 'birth',
  birth_precision: 'birth',
  ethnicity: 'ethnicity',
  religion: 'religion',
  personal_id: 'personalId',
  card_number: 'card',
  card_place: 'cardIssued',
  card_issued_on: 'cardIssued',
  old_card_number: 'oldCard',
  cv_number: 'cvNumber',
  birth_country: 'birthPlace',
  birth_province: 'birthPlace',
  birth_detail: 'birthPlace',
  birth_commune: 'birthPlace',
  native_country: 'nativePlace',
  native_province: 'nativePlace',
  native_detail: 'nativePlace',
  residence_country: 'residence',
  residence_province: 'residence',
  residence_detail: 'residence',
  residence_commune: 'residence',
  joined_on: 'joined',
  joined_precision: 'joined',
  official_on: 'officialOn',
  old_id_number: 'oldId',
  phone: 'phone',
  note: { vi: 'Ghi chú của danh sách đã nhập', en: 'The note of the imported list' },
  standing: 'standing',
  ended_on: 'standing',
  deletion_requested: {
    vi: 'Danh sách đề nghị bỏ dòng này vì không thuộc chi bộ',
    en: 'The list asks to take the row out: not of this cell',
  },
  row_digest: {
    vi: 'Biết dòng của danh sách có đổi hay không',
    en: 'To know whether the list’s row changed',
  },
  created_at: { vi: 'Lúc đưa vào hệ thống', en: 'When it came into the system' },
  updated_at: { vi: 'Lúc sửa gần nhất', en: 'When it was corrected last' },
}

export function purposeOf(column: string, language: Language): string {
  const purpose = PURPOSE_OF_COLUMN[column]
  if (purpose === undefined) return ''
  return typeof purpose === 'string' ? OWN_RECORD_TEXTS[language].why[purpose] : purpose[language]
}
