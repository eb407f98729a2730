/** What travels about shares and remittance: forms and JSON. */
import { z } from 'zod'
import { isPlainDate, isPlainMonth } from '../../../kernel/plain-date.ts'
import { readVnd } from '../../../payments/vnd.ts'
import { BELOW_STANDINGS, REMITTANCE_STANDINGS } from '../law/remittance.ts'

const month = z.string().refine(isPlainMonth)
const day = z.string().refine(isPlainDate)
const how = z.enum(['transfer', 'cash'])
const reason = z.string().trim().min(3).max(300)
const reference = z
  .string()
  .trim()
  .max(100)
  .optional()
  .transform((text) => text || null)

export const ADDRESS = z.object({ id: z.uuid() })
export const DRAWING_ADDRESS = z.object({ drawing: z.uuid() })
export const BELOW_ADDRESS = z.object({ organisation: z.uuid() })

export const DONE = ['made', 'sent', 'received', 'returned', 'confirmed', 'paid', 'set'] as const
export type Done = (typeof DONE)[number]
export const REMIT_QUERY = z.object({ done: z.enum(DONE).optional().catch(undefined) })
export const PAGE_QUERY = z.object({ page: z.coerce.number().int().min(1).max(10_000).catch(1) })
export const BELOW_QUERY = REMIT_QUERY.extend({
  month: month.optional().catch(undefined),
  standing: z.enum(BELOW_STANDINGS).optional().catch(undefined),
})

/** A month shared out; the command's id becomes the remittance's. */
export const SHARE = z.object({ commandId: z.uuid(), month })
export const SEND = z.object({ how, on: day, reference })
export const RECEIVE = z.object({ on: day })
export const RETURN = z.object({ reason })

export const PAY_DOWN = z.object({
  commandId: z.uuid(),
  organisation: z.uuid(),
  amount: z
    .string()
    .refine((text) => (readVnd(text) ?? 0) > 0)
    .transform((text) => readVnd(text)!),
  how,
  on: day,
  reference,
})

/** '70', '62,5'; empty: as the rule for its kind says. */
const percent = z
  .string()
  .trim()
  .refine((text) => text === '' || (/^\d{1,3}([.,]\d{1,2})?$/.test(text) && numberOf(text) <= 100))
  .transform((text) => (text === '' ? null : numberOf(text)))
const numberOf = (text: string): number => Number(text.replace(',', '.'))

export const SHARE_SET = z.object({
  from: month,
  keep: percent,
  direction: z.enum(['bottom-up', 'top-down']),
  source: z.string().trim().min(3).max(300),
})

export const REMITTANCE = z.object({
  id: z.uuid(),
  organisation: z.string(),
  superior: z.string().nullable(),
  month: z.string(),
  number: z.number().int(),
  standing: z.enum(REMITTANCE_STANDINGS),
  collectedDirectlyVnd: z.number().int(),
  receivedFromBelowVnd: z.number().int(),
  baseVnd: z.number().int(),
  keepPercent: z.number(),
  rule: z.string(),
  keepVnd: z.number().int(),
  remitVnd: z.number().int(),
  heldAboveVnd: z.number().int(),
  key: z.string(),
  dueOn: z.string(),
  sentOn: z.string().nullable(),
  receivedOn: z.string().nullable(),
  receipt: z.string().nullable(),
  returnReason: z.string().nullable(),
})

export const REMITTING = z.object({
  /** what can be shared out now: the oldest month with money of it */
  next: z
    .object({ month: z.string(), baseVnd: z.number().int(), keepPercent: z.number().nullable() })
    .nullable(),
  heldAboveVnd: z.number().int(),
  remittances: z.array(REMITTANCE),
})

export const BELOW = z.object({
  month: z.string(),
  remitVnd: z.number().int(),
  receivedVnd: z.number().int(),
  rows: z.array(
    z.object({
      organisationId: z.uuid(),
      name: z.string(),
      dueOn: z.string(),
      standing: z.enum(BELOW_STANDINGS),
      unsharedVnd: z.number().int(),
      remitVnd: z.number().int(),
      receivedVnd: z.number().int(),
      remittances: z.array(z.uuid()),
    }),
  ),
})
