/** What the forms and programs of a cell's month say. */
import { z } from 'zod'
import { isPlainDate, isPlainMonth } from '../../../kernel/plain-date.ts'
import { amountIn } from '../declaring/contract.ts'
import { FEE_CLASSES } from '../law/facts.ts'
import { MONTH_STATES } from '../law/month-state.ts'
import { REGIONS } from '../law/tariff.ts'
import { SORTS } from './month.ts'

const month = z.string().refine(isPlainMonth)

export const MONTH_QUERY = z.object({
  month: month.optional().catch(undefined),
  state: z.enum(MONTH_STATES).optional().catch(undefined),
  sort: z.enum(SORTS).default('name').catch('name'),
  down: z.literal('yes').optional().catch(undefined),
  approved: z.coerce.number().int().min(0).max(5000).optional().catch(undefined),
})

const chosen = z.preprocess(
  (given) => (given === undefined ? undefined : [given].flat()),
  z.array(z.uuid()).max(5000).optional(),
)
export const APPROVING = z.object({ month, which: z.enum(['all', 'chosen']), chosen })

/** 'YYYY-MM-01_0': a line of a member, as its radio sends it. */
const line = z
  .string()
  .regex(/^\d{4}-\d{2}-01_\d{1,4}$/)
  .transform((text) => {
    const [period = '', number] = text.split('_')
    return { period, number: Number(number) }
  })
  .refine(({ period }) => isPlainDate(period))
const amount = z
  .string()
  .refine((text) => amountIn(text) !== undefined)
  .transform((text) => amountIn(text)!)
const reason = z.string().trim().min(1).max(500)

export const ADJUSTING = z.object({ commandId: z.uuid(), line, amount, reason })
export const ARREARS = z.object({
  commandId: z.uuid(),
  arrearsMonth: month,
  arrearsAmount: amount,
  arrearsReason: reason,
})
export const TAKING_BACK = z.object({ line })
export const AUTO = z.object({ auto: z.enum(['yes', 'no']) })
export const REGION = z.object({
  region: z.enum(REGIONS),
  from: month,
  source: z.string().trim().min(1).max(300),
})

/** The same for programs. */
export const ADJUST_BODY = z.object({
  commandId: z.uuid(),
  period: month,
  number: z.number().int().min(0),
  amountVnd: z.number().int().min(0),
  reason,
})
export const APPROVE_BODY = z.object({
  month,
  /** absent: everybody who waits */
  chosen: z.array(z.uuid()).max(5000).optional(),
})

export const MONTH_ANSWER = z.object({
  month: z.string(),
  members: z.number().int(),
  dueVnd: z.number().int(),
  paidVnd: z.number().int(),
  unpaidVnd: z.number().int(),
  exempt: z.number().int(),
  rows: z.array(
    z.object({
      memberId: z.uuid(),
      fullName: z.string(),
      class: z.enum(FEE_CLASSES).nullable(),
      baseVnd: z.number().int().nullable(),
      dueVnd: z.number().int(),
      paidVnd: z.number().int(),
      state: z.enum(MONTH_STATES),
      refusal: z.string().nullable(),
      owedBeforeVnd: z.number().int(),
      unpaid: z.array(z.string()),
      guest: z.boolean(),
      collectedBy: z.string().nullable(),
    }),
  ),
})
