/** What travels about accounts that receive fees: forms, queries and JSON. */
import { z } from 'zod'
import { findBank } from '../../../payments/banks.ts'
import { isPlainAscii } from '../../../payments/plain-ascii.ts'
import { ACCOUNT_STANDINGS, CHECKS } from '../law/accounts.ts'
import { holderAsBanksWrite } from '../law/holder.ts'

/** Blanks and dots between groups of digits are how people read numbers, and no part of them. */
export const ACCOUNT_NUMBER = z
  .string()
  .transform((text) => text.replace(/[\s.-]/g, '').toUpperCase())
  .refine((text) => /^[0-9A-Z]{4,19}$/.test(text))
export const BANK_BIN = z.string().refine((bin) => findBank(bin) !== undefined)
export const HOLDER = z
  .string()
  .max(200)
  .transform(holderAsBanksWrite)
  .refine((text) => text.length >= 2 && text.length <= 100 && isPlainAscii(text))

export const DECLARE_FORM = z.object({
  commandId: z.uuid(),
  bank: BANK_BIN,
  number: ACCOUNT_NUMBER,
  holder: HOLDER,
})
export const VERIFY_FORM = z.object({
  how: z.enum(CHECKS),
  holderSeen: HOLDER,
  note: z.string().trim().min(3).max(300),
})
export const RETIRE_FORM = z.object({ why: z.string().trim().min(3).max(300) })

export const ACCOUNT_ADDRESS = z.object({ id: z.uuid() })
export const DONES = ['declared', 'verified', 'chosen', 'retired'] as const
export const DONE_QUERY = z.object({ done: z.enum(DONES).optional().catch(undefined) })

/** What an organisation below has, in one word. */
export const BELOW_STANDINGS = ['none', 'waiting', 'verified'] as const
export type BelowStanding = (typeof BELOW_STANDINGS)[number]
export const BELOW_QUERY = z.object({
  standing: z.enum(BELOW_STANDINGS).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
})

const ACCOUNT = z.object({
  id: z.uuid(),
  organisationId: z.uuid(),
  organisation: z.string(),
  bin: z.string(),
  bank: z.string().nullable(),
  number: z.string(),
  holder: z.string(),
  standing: z.enum(ACCOUNT_STANDINGS),
  verifiedHow: z.string().nullable(),
})
export const ACCOUNTS = z.object({ accounts: z.array(ACCOUNT), waitingBelow: z.array(ACCOUNT) })
export const DECLARED = z.object({ id: z.uuid() })
export const BELOW = z.object({
  total: z.number().int(),
  counts: z.object({ none: z.number().int(), waiting: z.number().int(), verified: z.number().int() }),
  organisations: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      standing: z.enum(BELOW_STANDINGS),
      bank: z.string().nullable(),
    }),
  ),
})
