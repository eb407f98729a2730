/** What travels about one's own record: what is reported as wrong, what an office answers, the record itself. */
import { z } from 'zod'
import { MEMBER, PAGE_NUMBER } from '../members/contract.ts'
import { READING_LINE } from '../readings/contract.ts'
import { CORRECTABLE } from './correcting.ts'
import { VERDICTS } from './rules.ts'

export const SHOWN = z.object({ numbers: z.enum(['whole']).optional(), sent: z.enum(['yes']).optional() })

/** a request that says all by its address */
export const NOTHING = z.object({})

export const FOLLOWED = z.object({ sent: z.enum(['yes']).optional(), withdrawn: z.enum(['yes']).optional() })

/** A fact reported as wrong, under an id the caller makes up. */
export const REPORT = z.object({
  id: z.uuid().optional(),
  field: z.enum(CORRECTABLE),
  proposed: z.string().trim().min(1).max(500).describe('as a list writes it: dd/mm/yyyy, Nam or Nữ'),
  explanation: z.string().trim().min(3).max(1000),
})

export const QUEUE = z.object({
  page: PAGE_NUMBER,
  saved: z.enum(['accepted', 'declined', 'passed-on', 'undone']).optional(),
})
export const QUEUE_PAGE = z.object({ page: PAGE_NUMBER })

export const ANSWER = z.object({
  status: z
    .enum(['accepted', 'declined', 'passed-on'])
    .describe('passed-on: by the cell, to the Building commission'),
  verdict: z.enum(VERDICTS).optional().describe('needed when passed on: what the cell finds'),
  value: z
    .string()
    .trim()
    .max(500)
    .default('')
    .describe('what is recorded when accepted; empty takes it out'),
  answer: z.string().trim().max(500).default('').describe('to the member; needed when declined'),
})

/** Taking back what one wrote, under an id the caller makes up. */
export const UNDO = z.object({ id: z.uuid().optional(), reason: z.string().trim().min(3).max(500) })

const FIELD = z.enum(CORRECTABLE)
const STAGE = z.enum(['cell', 'building'])

const OWN_CORRECTION = z.object({
  id: z.uuid(),
  field: FIELD,
  proposed: z.string(),
  explanation: z.string(),
  status: z.enum(['open', 'accepted', 'declined', 'withdrawn']),
  stage: STAGE.nullable(),
  awaitedName: z.string().nullable().describe('the organisation whose turn it is'),
  dueAt: z.iso.datetime().nullable(),
  askedAt: z.iso.datetime(),
  answeredAt: z.iso.datetime().nullable(),
  answer: z.string().nullable(),
  undoes: z.uuid().nullable().describe('the correction this one takes back'),
  undoneBy: z.uuid().nullable(),
})

export const OWN_CORRECTIONS = z.object({ corrections: z.array(OWN_CORRECTION) })

export const OWN_CORRECTION_STEPS = z.object({
  correction: OWN_CORRECTION,
  steps: z.array(
    z.object({
      number: z.int(),
      kind: z.enum(['asked', 'passed-on', 'went-up', 'accepted', 'declined', 'withdrawn', 'undone']),
      at: z.iso.datetime(),
      positionName: z.string().nullable(),
      positionNameEn: z.string().nullable(),
      organisationName: z.string().nullable(),
      verdict: z.enum(VERDICTS).nullable(),
      words: z.string(),
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
  lately: z.array(READING_LINE).describe('the newest looks of every kind'),
})

/** Rows differ by section; docs/own-data.md says what each holds. */
export const OWN_DATA_ANSWER = z.object({
  schema: z.literal('dangvu.own-data/1'),
  madeAt: z.iso.datetime(),
  sections: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
})

export const ASKED = z.object({ id: z.uuid() })
export const SETTLED = z.object({ id: z.uuid(), status: z.enum(['accepted', 'declined', 'passed-on']) })

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
      dueAt: z.iso.datetime().nullable(),
      stage: STAGE,
      mayAccept: z.boolean().describe('false: a cell passes it on or says why not'),
      own: z.boolean().describe('of the reader’s own record: somebody else answers'),
    }),
  ),
  written: z
    .array(
      z.object({
        id: z.uuid(),
        memberName: z.string(),
        field: FIELD,
        answer: z.string(),
        until: z.iso.datetime(),
      }),
    )
    .describe('corrections of the reader that can still be taken back'),
})
