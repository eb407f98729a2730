/** Settings of books: what of single members is made public, which no readable text fixes. */
import { z } from 'zod'
import type { Setting } from '../../../kernel/settings.ts'

export const PUBLISHED_OF_MEMBERS: Setting<'sums' | 'paid-or-not'> = {
  key: 'party-fees.published-of-members',
  title: {
    vi: 'Khi công khai đảng phí, nêu gì về từng đảng viên',
    en: 'What of single members is made public with the fees',
  },
  certainty: 'I',
  source: 'Công khai là một chủ đề của 01-QĐ/TW; chưa thấy văn bản nêu nội dung về từng người',
  reason: {
    vi: 'Mặc định chỉ công khai tổng số. Thu nhập và số tiền của từng người không bao giờ được công khai.',
    en: 'Sums alone by default. Nobody’s income or amount is ever made public.',
  },
  default: 'sums',
  schema: z.enum(['sums', 'paid-or-not']),
  choices: {
    sums: { vi: 'Chỉ tổng số', en: 'Sums alone' },
    'paid-or-not': { vi: 'Thêm: ai đã đóng, ai chưa', en: 'And who has paid, who has not' },
  },
}

export const BOOK_SETTINGS: readonly Setting<unknown>[] = [PUBLISHED_OF_MEMBERS as Setting<unknown>]
