/** What travels about refunds: forms, queries and JSON. */
import { z } from 'zod'
import { isPlainDate } from '../../../kernel/plain-date.ts'
import { ACCOUNT_NUMBER, BANK_BIN, HOLDER } from '../accounts/contract.ts'
import { MOST_LINES } from '../law/ordering.ts'
import { REFUND_REASONS, REFUND_STATUSES } from '../law/refunds.ts'
import { CHOSEN, LINE_KEY } from '../paying/contract.ts'

const WORDS = z.string().trim().min(3).max(300)

const ASKED = z.object({
  commandId: z.uuid(),
  payment: z.uuid(),
  reason: z.enum(REFUND_REASONS),
  note: WORDS.optional(),
})
const BY_CASH = ASKED.extend({ method: z.literal('cash') })
const BY_TRANSFER = ASKED.extend({
  method: z.literal('transfer'),
  bank: BANK_BIN,
  number: ACCOUNT_NUMBER,
  holder: HOLDER,
})
const BY_MOVE = ASKED.extend({ method: z.literal('move') })
/** Another reason than those of the list is told in words. */
const told = ({ reason, note }: { readonly reason: string; readonly note?: string | undefined }) =>
  reason !== 'other' || note !== undefined

/** The account counts only where the money goes by transfer: what stands in its fields otherwise is left alone. */
export const ASK_FORM = z
  .discriminatedUnion('method', [
    BY_CASH.extend({ chosen: CHOSEN }),
    BY_TRANSFER.extend({ chosen: CHOSEN }),
    BY_MOVE.extend({ chosen: CHOSEN, to: CHOSEN.refine((lines) => lines.length > 0) }),
  ])
  .refine(told, { path: ['note'] })
/** As programs ask; all lines that are left where none is named. */
const LINES = z.array(LINE_KEY).max(MOST_LINES).optional()
export const ASK_BODY = z
  .discriminatedUnion('method', [
    BY_CASH.extend({ lines: LINES }),
    BY_TRANSFER.extend({ lines: LINES }),
    BY_MOVE.extend({ lines: LINES, to: z.array(LINE_KEY).min(1).max(MOST_LINES) }),
  ])
  .refine(told, { path: ['note'] })
export type AskForm = z.infer<typeof ASK_FORM>

export const NEW_QUERY = z.object({ payment: z.uuid() })
export const CHECK_FORM = z.object({ holderReason: WORDS.optional() })
export const REFUSE_FORM = z.object({ why: WORDS })
export const PAY_FORM = z.object({
  on: z.string().refine(isPlainDate),
  reference: z.string().trim().min(1).max(100).optional(),
})

export const REFUND_ADDRESS = z.object({ id: z.uuid() })
export const DONES = ['asked', 'checked', 'approved', 'refused', 'withdrawn', 'paidOut', 'closed'] as const
export type Done = (typeof DONES)[number]
export const DONE_QUERY = z.object({ done: z.enum(DONES).optional().catch(undefined) })

export const SHOWN = ['open', 'late', 'over'] as const
export type Shown = (typeof SHOWN)[number]
export const LIST_QUERY = z.object({
  shown: z.enum(SHOWN).catch('open'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
  done: z.enum(DONES).optional().catch(undefined),
})

export const REFUND = z.object({
  id: z.uuid(),
  status: z.enum(REFUND_STATUSES),
  payment: z.uuid(),
  receipt: z.string(),
  amountVnd: z.int(),
  reason: z.enum(REFUND_REASONS),
  note: z.string().nullable(),
  /** move: a correction; its money pays the lines in `to` */
  method: z.enum(['transfer', 'cash', 'move']),
  askedAt: z.iso.datetime(),
  dueOn: z.string(),
  late: z.boolean(),
  paidOn: z.string().nullable(),
  bankReference: z.string().nullable(),
  endedWhy: z.string().nullable(),
  lines: z.array(
    z.object({ memberId: z.uuid(), period: z.string(), amountVnd: z.int(), rightVnd: z.int().nullable() }),
  ),
  to: z.array(z.object({ memberId: z.uuid(), period: z.string(), amountVnd: z.int(), paid: z.boolean() })),
  /** to the payer: together the months of others that the cell chose, which are not in `lines` and `to`; else 0 */
  ofOthers: z.object({ linesVnd: z.int(), targetsVnd: z.int() }),
  /** the payment that a correction made, with its receipt */
  movedTo: z.object({ id: z.uuid(), receipt: z.string() }).nullable(),
})
export const DONE = z.object({ id: z.uuid() })
