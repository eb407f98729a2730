/** What the addresses and forms of books say. */
import { z } from 'zod'
import { isPlainDate, isPlainMonth } from '../../../kernel/plain-date.ts'
import { amountIn } from '../declaring/contract.ts'
import { bookPeriod } from '../law/books/book-period.ts'
import { FUNDS, PURPOSES } from '../law/books/cash-columns.ts'
import { COLUMNS } from '../law/books/report.ts'
import { BOOKS } from './book.ts'

const period = z
  .string()
  .refine((name) => bookPeriod(name) !== undefined)
  .transform((name) => bookPeriod(name)!)

export const BOOK_QUERY = z.object({
  book: z.enum(BOOKS).optional().catch(undefined),
  period: period.optional().catch(undefined),
  done: z.enum(['sent', 'published']).optional().catch(undefined),
})
export const BOOK_FILE = z.object({ book: z.enum(BOOKS), period })

export const BEHIND = ['members', 'exempt', 'unpaid', 'collected', 'shares', 'received', 'account'] as const
export type BehindName = (typeof BEHIND)[number]
export const ACCOUNTS = [
  'bank',
  'cash',
  'settlement',
  'dues',
  'receipts',
  'retained',
  'owed',
  'unmatched',
  'refunds',
] as const
export type AccountName = (typeof ACCOUNTS)[number]
export const BEHIND_QUERY = z.object({
  of: z.enum(BEHIND),
  period,
  account: z.enum(ACCOUNTS).default('retained').catch('retained'),
})

export const SEND_FORM = z.object({ commandId: z.uuid(), period })
export const PUBLISH_FORM = z.object({
  commandId: z.uuid(),
  period,
  reason: z.string().trim().min(1).max(500).optional(),
})

export const COLUMN = z.object({
  column: z.enum(COLUMNS),
  from: z.string().refine(isPlainMonth),
  source: z.string().trim().min(3).max(300),
})

export const VOUCHER_FORM = z.object({
  commandId: z.uuid(),
  purpose: z.enum(PURPOSES),
  fund: z.enum(FUNDS),
  amount: z
    .string()
    .refine((text) => (amountIn(text) ?? 0) > 0)
    .transform((text) => amountIn(text)!),
  on: z.string().refine(isPlainDate),
  counterpart: z.string().trim().min(1).max(200),
  explanation: z.string().trim().min(1).max(500),
})
/** 'PC-3-2026': a voucher of one's own organisation, as its address names it. */
const named = z
  .string()
  .regex(/^(PT|PC)-\d{1,6}-\d{4}$/)
  .transform((text) => {
    const [mark, number, year] = text.split('-')
    return {
      direction: mark === 'PT' ? ('in' as const) : ('out' as const),
      number: Number(number),
      year: Number(year),
    }
  })
export const VOUCHERS_QUERY = z.object({
  saved: z.string().max(20).optional().catch(undefined),
  undone: z.string().max(20).optional().catch(undefined),
})
export const UNDO_QUERY = z.object({ voucher: named })
export const UNDO_FORM = z.object({
  commandId: z.uuid(),
  voucher: named,
  reason: z.string().trim().min(1).max(500),
})

export const PUBLISHED_QUERY = z.object({ period: period.optional().catch(undefined) })
export const PUBLISHED_PAPER = z.object({
  period,
  book: z.enum(['b01', 's01']),
  number: z.coerce.number().int().min(1).max(999),
})

export const BOOK_ANSWER = z.object({
  book: z.enum(BOOKS),
  period: z.string(),
  columns: z.array(z.object({ key: z.string(), mark: z.string(), title: z.string() })),
  rows: z.array(
    z.object({
      kind: z.enum(['line', 'subtotal', 'total']),
      cells: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      alarm: z.string().nullable(),
    }),
  ),
  failed: z.array(z.string()),
  notes: z.array(z.string()),
})
