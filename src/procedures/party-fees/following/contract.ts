/** What the pages and programs of following up are asked with, and what they answer. */
import { z } from 'zod'
import { isPlainMonth } from '../../../kernel/plain-date.ts'
import { UNIT_SORTS } from '../law/follow-up.ts'

const month = z.string().refine(isPlainMonth)

export const FOLLOW_QUERY = z.object({
  month: month.optional().catch(undefined),
  /** an organisation below the own one */
  of: z.uuid().optional(),
  sort: z.enum(UNIT_SORTS).default('name').catch('name'),
  down: z.literal('yes').optional().catch(undefined),
  view: z.enum(['money', 'online']).default('money').catch('money'),
  low: z.literal('yes').optional().catch(undefined),
  reminded: z.coerce.number().int().min(0).max(5000).optional().catch(undefined),
})

export const TOTALS_QUERY = z.object({ month: month.optional(), of: z.uuid().optional() })

const totals = z.object({
  id: z.uuid(),
  name: z.string(),
  lines: z.number().int(),
  paidLines: z.number().int(),
  exempt: z.number().int(),
  dueVnd: z.number().int(),
  paidVnd: z.number().int(),
  owedVnd: z.number().int(),
  /** of the lines, '68.04'; null where there are none */
  paidPercent: z.string().nullable(),
})
export const TOTALS_ANSWER = z.object({ month: z.string(), organisation: totals, below: z.array(totals) })

export const REMINDING = z.object({
  which: z.enum(['all', 'chosen']),
  chosen: z.preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(z.uuid()).max(5000)),
})
export const REMIND_BODY = z.object({
  /** absent: everybody who owes */
  chosen: z.array(z.uuid()).max(5000).optional(),
})
