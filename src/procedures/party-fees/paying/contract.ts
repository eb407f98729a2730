/** What travels about paying fees: lines by their names, orders, cash, receipts; forms and JSON. */
import { z } from 'zod'
import { isPlainDate, isPlainMonth } from '../../../kernel/plain-date.ts'
import { readVnd } from '../../../payments/vnd.ts'
import { MOST_LINES, type LineName } from '../law/ordering.ts'

const MONTH = z.string().refine(isPlainMonth)
const NUMBER = z.number().int().min(0).max(1_000)

/** A line as a form names it: the member's id, the month, the number. */
export function keyOfLine({ memberId, period, number }: LineName): string {
  return `${memberId}_${period.slice(0, 7)}_${number}`
}

/** The same read again. */
export const LINE_KEY = z
  .string()
  .regex(/^[0-9a-f-]{36}_\d{4}-\d{2}_\d{1,3}$/)
  .transform((text) => {
    const [memberId = '', month = '', number = ''] = text.split('_')
    return { memberId, period: `${month}-01`, number: Number(number) }
  })
  .refine(({ memberId, period }) => z.uuid().safeParse(memberId).success && isPlainDate(period))

/** One ticked box is a text, several are a list, none is nothing. */
export const CHOSEN = z.preprocess(
  (value) => (value === undefined || Array.isArray(value) ? (value ?? []) : [value]),
  z.array(LINE_KEY).max(MOST_LINES),
)

export const ORDER_FORM = z.object({ commandId: z.uuid(), chosen: CHOSEN })
export const COLLECT_FORM = z.object({ commandId: z.uuid(), chosen: CHOSEN, by: z.enum(['qr', 'cash']) })
export const COLLECT_QUERY = z.object({ nothing: z.string().optional().catch(undefined) })
export const UNDO_FORM = z.object({ reason: z.string().trim().min(3).max(300) })
export const BANK_FORM = z.object({
  commandId: z.uuid(),
  amount: z.string().transform((text) => readVnd(text) ?? 0),
  on: z.string().refine(isPlainDate),
})
export const CASH_QUERY = z.object({
  done: z.enum(['taken', 'undone', 'banked']).optional().catch(undefined),
  receipts: z.coerce.number().int().min(1).max(MOST_LINES).optional().catch(undefined),
  amount: z.coerce.number().int().min(1).optional().catch(undefined),
})

export const ORDER_ADDRESS = z.object({ order: z.uuid() })
export const STANDING_QUERY = z.object({ aside: z.enum(['yes', 'no']).catch('no') })
export const PAYMENT_ADDRESS = z.object({ payment: z.uuid() })

export const ORDER_BODY = z.object({
  commandId: z.uuid(),
  lines: z
    .array(
      z.object({
        /** left out: the asker's own */
        memberId: z.uuid().optional(),
        period: MONTH,
        number: NUMBER.default(0),
      }),
    )
    .max(MOST_LINES),
})

const LINE = z.object({
  period: MONTH,
  number: z.int(),
  kind: z.enum(['month', 'arrears', 'replacement']),
  class: z.string(),
  baseVnd: z.int().nullable(),
  amountVnd: z.int(),
  cell: z.string(),
  standing: z.enum(['open', 'waiting', 'paid', 'exempt']),
  payment: z
    .object({
      id: z.uuid(),
      paidAt: z.iso.datetime(),
      method: z.enum(['transfer', 'cash']),
      receipt: z.string(),
    })
    .nullable(),
})

export const OWN_FEES = z.object({
  declared: z.enum(['none', 'submitted', 'refused', 'known']),
  lines: z.array(LINE),
})

export const ORDER = z.object({
  id: z.uuid(),
  key: z.string(),
  amountVnd: z.int(),
  madeAt: z.iso.datetime(),
  cell: z.string(),
  payer: z.string(),
  account: z.object({
    bin: z.string(),
    bank: z.string().nullable(),
    number: z.string(),
    holder: z.string(),
  }),
  qrText: z.string(),
  members: z.int(),
  lines: z.int(),
  /** months that were paid otherwise or changed: no money should be sent any more */
  takenMonths: z.array(MONTH),
  payment: z.object({ id: z.uuid(), paidAt: z.iso.datetime(), receipt: z.string() }).nullable(),
})

export const RECEIPT = z.object({
  payment: z.uuid(),
  receipt: z.string(),
  paidAt: z.iso.datetime(),
  method: z.enum(['transfer', 'cash']),
  cell: z.string(),
  payer: z.string(),
  receiver: z.string().nullable(),
  bankReference: z.string().nullable(),
  /** the receipt whose money a correction moved here */
  movedFrom: z.string().nullable(),
  lines: z.array(z.object({ fullName: z.string(), period: MONTH, amountVnd: z.int() })),
  /** to the payer of money that was moved: together what it paid for others; else 0 */
  othersVnd: z.int(),
  amountVnd: z.int(),
  amountInWords: z.string(),
  /** only the asker's part of a list */
  extract: z.boolean(),
  undone: z.boolean(),
  pdf: z.string(),
})
