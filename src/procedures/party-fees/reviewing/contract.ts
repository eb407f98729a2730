/** What travels about statements and money that fitted nothing: forms, addresses, JSON. */
import { z } from 'zod'
import { isPlainDate, isPlainMonth } from '../../../kernel/plain-date.ts'
import { MOST_LINES } from '../law/ordering.ts'
import { LINE_KEY } from '../paying/contract.ts'

export const FILE_ADDRESS = z.object({ file: z.uuid() })
export const LINE_ADDRESS = z.object({ line: z.uuid() })

export const HANDED_IN = z.object({ id: z.uuid().optional(), account: z.uuid().optional() })

export const BANK_QUERY = z.object({
  done: z.enum(['kept', 'again', 'dropped']).optional().catch(undefined),
  lines: z.coerce.number().int().min(0).optional().catch(undefined),
  fresh: z.coerce.number().int().min(0).optional().catch(undefined),
  waiting: z.coerce.number().int().min(0).optional().catch(undefined),
  on: z.string().refine(isPlainDate).optional().catch(undefined),
})

export const COLUMNS_QUERY = z.object({
  row: z.coerce.number().int().min(1).max(1_000_000).optional().catch(undefined),
})

const HEADER = z.string().max(200).optional()
export const COLUMNS_FORM = z.object({
  row: z.coerce.number().int().min(1).max(1_000_000).optional().catch(undefined),
  date: HEADER,
  content: HEADER,
  credit: HEADER,
  debit: HEADER,
  amount: HEADER,
  balance: HEADER,
  reference: HEADER,
})

/** 'same-17' → the known line that the 17th is, or 'other'. */
export const KEEP_FORM = z
  .record(z.string(), z.unknown())
  .transform((fields) =>
    Object.entries(fields).flatMap(([name, value]): [number, string][] => {
      const place = /^same-(\d{1,6})$/.exec(name)?.[1]
      return place === undefined || typeof value !== 'string' ? [] : [[Number(place), value]]
    }),
  )
  .transform((pairs) => new Map(pairs))

const REASON = z.string().trim().min(3).max(500)
const REFERENCE = z.string().trim().min(1).max(100)
const DAY = z.string().refine(isPlainDate)

const LINES = z.preprocess(
  (value) => (value === undefined || Array.isArray(value) ? (value ?? []) : [value]),
  z.array(LINE_KEY).max(MOST_LINES),
)

/** 'order:ID' or 'lines:KEY,KEY' */
const CHOICE = z
  .string()
  .max(60 * MOST_LINES)
  .transform((text, context) => {
    const [, kind, rest = ''] = /^(order|lines):(.+)$/.exec(text) ?? []
    const order = kind === 'order' ? z.uuid().safeParse(rest) : undefined
    if (order?.success) return { orderId: order.data }
    const lines = kind === 'lines' ? z.array(LINE_KEY).safeParse(rest.split(',')) : undefined
    if (lines?.success) return { lines: lines.data }
    context.addIssue({ code: 'custom', message: 'choice' })
    return z.NEVER
  })

const COMMAND = { commandId: z.uuid() }

/** What a handler decides of a line, by the name of the act. */
export const ACTS = {
  attach: z
    .object({ ...COMMAND, reason: REASON, choice: CHOICE.optional(), chosen: LINES })
    .refine(({ choice, chosen }) => choice !== undefined || chosen.length > 0, { path: ['choice'] }),
  'send-back': z.object({ ...COMMAND, reason: REASON, on: DAY.optional(), reference: REFERENCE.optional() }),
  confirm: z.object({ decision: z.uuid() }),
  sent: z.object({ decision: z.uuid(), on: DAY, reference: REFERENCE }),
  withdraw: z.object({ decision: z.uuid(), reason: REASON }),
  booked: z.object({ ...COMMAND, reason: REASON, document: z.uuid() }),
  'told-twice': z.object({ ...COMMAND, reason: REASON, twin: z.uuid() }),
  leave: z.object({ ...COMMAND, reason: REASON }),
} as const
export type ActName = keyof typeof ACTS

export const ACT_NAME = z.object({ act: z.enum(Object.keys(ACTS) as [ActName, ...ActName[]]) })

export const PAGE_QUERY = z.object({ page: z.coerce.number().int().min(1).max(10_000).catch(1) })

/** What is told to be done: an act, or that it waits for a second person. */
export type Done = ActName | 'propose'

export const LINE_QUERY = z.object({
  q: z.string().trim().max(100).optional().catch(undefined),
  done: z
    .enum(['propose', ...Object.keys(ACTS)] as [Done, ...Done[]])
    .optional()
    .catch(undefined),
})

export const MONTH_QUERY = z.object({
  account: z.uuid().optional().catch(undefined),
  month: z.string().refine(isPlainMonth).optional().catch(undefined),
})

const MONEY = z.int()
export const WAITING = z.object({
  waiting: z.array(
    z.object({
      id: z.uuid(),
      account: z.string(),
      amountVnd: MONEY,
      restVnd: MONEY,
      direction: z.enum(['in', 'out']),
      content: z.string(),
      outcome: z.string(),
      bookedOn: z.string(),
      since: z.string(),
      awaited: z.enum(['decide', 'attach-second', 'second', 'send']),
      mine: z.boolean(),
    }),
  ),
})
