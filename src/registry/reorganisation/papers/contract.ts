/** What travels about hand-over papers. */
import { z } from 'zod'
import { KINDS } from '../law/hand-over.ts'

export const ADDRESS = z.object({ id: z.uuid() })
export const SHOWN = z.object({ done: z.enum(['signed', 'numbered', 'sealing']).optional().catch(undefined) })
/** An act that says nothing but that it is asked for. */
export const ASKED = z.object({})
export const SIGN = z.object({ place: z.enum(['person', 'giver', 'receiver']) })

const STEP = z.enum(['person', 'giver', 'receiver', 'number', 'seal', 'made'])

export const HAND_OVER = z.object({
  id: z.uuid(),
  kind: z.enum(KINDS),
  planTitle: z.string(),
  basis: z.object({ number: z.string(), signedOn: z.string(), issuer: z.string() }),
  effectiveOn: z.string(),
  issuer: z.string(),
  lines: z.array(
    z.object({
      giver: z.string(),
      receiver: z.string(),
      organisations: z.array(z.object({ name: z.string(), members: z.int() })),
      /** who go by themselves, not with an organisation */
      members: z.int(),
    }),
  ),
  giverEnded: z.boolean(),
  seals: z.array(z.string()),
  dueOn: z.string(),
  symbol: z.string().nullable(),
  issuedOn: z.string().nullable(),
  voidReason: z.string().nullable(),
  failure: z.string().nullable(),
  steps: z.array(STEP),
  signers: z.array(
    z.object({ place: z.string(), office: z.string(), organisation: z.string(), at: z.string() }),
  ),
  /** what the asker may do now */
  may: z.array(z.enum(['person', 'giver', 'receiver', 'number', 'seal'])),
  /** the file is there */
  made: z.boolean(),
})
export type HandOverView = z.infer<typeof HAND_OVER>

export const HAND_OVERS = z.array(HAND_OVER)
