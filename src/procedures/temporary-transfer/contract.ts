/** What travels: the fields of every command a person may ask, and the stay as it is shown. Server, page and OpenAPI read the same. */
import { z } from 'zod'
import { isPlainDate, isPlainMonth } from '../../kernel/plain-date.ts'
import { tidyLines } from '../../kernel/vietnamese-text.ts'
import { CASES } from './law/states.ts'

/** a day for which deadlines can be reckoned, or one of an old decision */
const date = z.string().refine((day) => isPlainDate(day) && day > '1930' && day < '2190', { message: 'date' })
const month = z.string().refine(isPlainMonth, { message: 'month' })
const words = (max: number) => z.string().overwrite(tidyLines).min(1).max(max)
const id = z.uuid()
/** an unticked box is not sent at all, and means no */
const ticked = z.preprocess((value) => value === 'yes' || value === 'true' || value === true, z.boolean())
/** A field not sent stays as it was; one that need not be answered is emptied by ''. */
const text = (max: number) => z.string().overwrite(tidyLines).max(max)

export const ANSWERS = z.object({
  case: z.enum(CASES).optional(),
  reason: text(2000).optional(),
  from: date.optional(),
  to: date.optional(),
  hostId: id.optional(),
  place: text(300).optional(),
  decisionNumber: text(100).optional(),
  decisionIssuer: text(300).optional(),
  decisionIssuedOn: date.optional(),
  review: text(8000).optional(),
  phone: z
    .string()
    .trim()
    .regex(/^[+\d][\d .-]{7,17}$/)
    .optional(),
})

const reason = { reason: words(2000) }

/** Fields of each command; a form sends them flat. */
export const COMMANDS = {
  'save-draft': ANSWERS.transform((answers) => ({ answers })),
  'detach-file': z.object({ fileId: id }),
  submit: z.object({ declared: ticked }),
  withdraw: z.object(reason),
  'send-back': z.object(reason),
  refuse: z.object(reason),
  comment: z.object({ meetingOn: date, comment: words(4000), feesPaidThrough: month }),
  'sign-referral': z.object({ committeeComment: words(4000) }),
  'take-number': z.object({}),
  'retry-seal': z.object({}),
  'assign-cell': z.object({ cellId: id }),
  decline: z.object(reason),
  admit: z.object({ meetingOn: date }),
  'ask-extension': z.object({ until: date, ...reason }),
  'grant-extension': z.object({}),
  'refuse-extension': z.object(reason),
  'write-return': z.object({ leftOn: date, comment: words(4000), feesPaidThrough: month }),
  'record-return': z.object({}),
  recall: z.object(reason),
  convert: z.object(reason),
  'write-yearly-comment': z.object({
    attendance: z.enum(['full', 'partial', 'none']),
    tasks: words(4000),
    discipline: words(2000),
    strengths: words(4000),
    weaknesses: words(4000),
    proposal: words(2000),
  }),
} as const satisfies Record<string, z.ZodType>

export type AskedCommand = keyof typeof COMMANDS

const place = z.object({ id, name: z.string() })
const rights = z.object({
  votes: z.boolean(),
  elects: z.boolean(),
  stands: z.boolean(),
  counted: z.boolean(),
})

/** The dossier as one reader may see it. */
export const STAY_VIEW = z.object({
  id,
  number: z.string().nullable(),
  version: z.number().int(),
  status: z.string(),
  memberType: z.enum(['official', 'probationary']),
  member: z.object({ id, name: z.string(), cardNumber: z.string().nullable(), mine: z.boolean() }),
  origin: z.object({ cell: place, committee: place }),
  host: z.object({ committee: place.nullable(), cell: place.nullable(), asked: z.string().nullable() }),
  answers: ANSWERS,
  from: z.string().nullable(),
  until: z.string().nullable(),
  /** the last day the case allows */
  lastPossible: z.string().nullable(),
  awaited: z.object({
    who: z.enum(['member', 'organisation', 'system', 'nobody']),
    organisation: place.nullable(),
    act: z.string(),
    until: z.string().nullable(),
    overdue: z.boolean(),
    mine: z.boolean(),
  }),
  /** computed from the record at this moment (232-QĐ/TW 6.3.2b), never stored */
  rights: z.object({ official: rights, host: rights }).nullable(),
  /** while the member stays there: the first month that the host collects; null where the official cell collects all */
  fees: z.object({ from: z.string().nullable() }).nullable(),
  cellComment: z
    .object({ meetingOn: z.string(), comment: z.string(), feesPaidThrough: z.string() })
    .nullable(),
  /** until when the cell says what is missing; null once it has done its part */
  askBy: z.string().nullable(),
  committeeComment: z.string().nullable(),
  extensions: z.array(
    z.object({
      until: z.string(),
      reason: z.string(),
      granted: z.boolean().nullable(),
      answer: z.string().nullable(),
    }),
  ),
  yearly: z.array(
    z.object({
      year: z.number().int(),
      dueAt: z.string(),
      words: z.record(z.string(), z.string()).nullable(),
    }),
  ),
  returned: z.object({ leftOn: z.string(), comment: z.string(), feesPaidThrough: z.string() }).nullable(),
  recalled: z.string().nullable(),
  ending: z.string().nullable(),
  sealFailure: z.string().nullable(),
  lastReason: z.string().nullable(),
  files: z.array(z.object({ id, name: z.string(), sha256: z.string(), pages: z.number().nullable() })),
  papers: z.array(
    z.object({
      id,
      kind: z.string(),
      symbol: z.string().nullable(),
      issuedOn: z.string().nullable(),
      signatures: z.number().int(),
      voided: z.string().nullable(),
      verify: z.string(),
    }),
  ),
  actions: z.array(
    z.object({
      command: z.string(),
      needsFreshSignIn: z.boolean(),
      refusal: z
        .object({
          code: z.string(),
          citation: z.string().nullable(),
          facts: z.record(z.string(), z.unknown()),
        })
        .nullable(),
    }),
  ),
  timeline: z.array(
    z.object({
      number: z.number().int(),
      type: z.string(),
      at: z.string(),
      who: z.string().nullable(),
      position: z.string().nullable(),
      organisation: z.string().nullable(),
      note: z.string().nullable(),
    }),
  ),
})
export type StayView = z.infer<typeof STAY_VIEW>
