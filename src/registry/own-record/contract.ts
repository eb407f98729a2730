/** What travels about one's own record: what is reported as wrong, what an office answers, the record itself. */
import { z } from 'zod'
import { MEMBER, PAGE_NUMBER } from '../members/contract.ts'
import { CORRECTABLE } from './correcting.ts'

export const SHOWN = z.object({ numbers: z.enum(['whole']).optional(), sent: z.enum(['yes']).optional() })

/** A fact reported as wrong, under an id the caller makes up. */
export const REPORT = z.object({
  id: z.uuid().optional(),
  field: z.enum(CORRECTABLE),
  proposed: z.string().trim().min(1).max(500).describe('as a list writes it: dd/mm/yyyy, Nam or Nữ'),
  explanation: z.string().trim().min(3).max(1000),
})

export const QUEUE = z.object({
  page: PAGE_NUMBER,
  saved: z.enum(['accepted', 'declined']).optional(),
})
export const QUEUE_PAGE = z.object({ page: PAGE_NUMBER })

export const ANSWER = z.object({
  status: z.enum(['accepted', 'declined']),
  value: z
    .string()
    .trim()
    .max(500)
    .default('')
    .describe('what is recorded when accepted; empty takes it out'),
  answer: z.string().trim().max(500).default('').describe('to the member; needed when declined'),
})

const FIELD = z.enum(CORRECTABLE)

export const OWN_CORRECTIONS = z.object({
  corrections: z.array(
    z.object({
      id: z.uuid(),
      field: FIELD,
      proposed: z.string(),
      explanation: z.string(),
      status: z.enum(['open', 'accepted', 'declined']),
      askedAt: z.iso.datetime(),
      answeredAt: z.iso.datetime().nullable(),
      answer: z.string().nullable(),
    }),
  ),
})

export const OWN_RECORD = OWN_CORRECTIONS.extend({
  record: MEMBER,
  readings: z.array(
    z.object({
      id: z.uuid(),
      at: z.iso.datetime(),
      positionName: z.string(),
      positionNameEn: z.string(),
      organisationName: z.string(),
      reason: z.string(),
    }),
  ),
})

export const ASKED = z.object({ id: z.uuid() })
export const SETTLED = z.object({ id: z.uuid(), status: z.enum(['accepted', 'declined']) })

export const OPEN_CORRECTIONS = z.object({
  total: z.int(),
  corrections: z.array(
    z.object({
      id: z.uuid(),
      memberId: z.uuid(),
      memberName: z.string(),
      organisationName: z.string(),
      field: FIELD,
      now: z.string(),
      proposed: z.string(),
      explanation: z.string(),
      askedAt: z.iso.datetime(),
      own: z.boolean().describe('of the reader’s own record: somebody else answers'),
    }),
  ),
})
