/** What travels: the fields of every command a person may ask, and the dossier as it is shown. Server, page and OpenAPI read the same. */
import { z } from 'zod'
import { isPlainDate, isPlainMonth } from '../../kernel/plain-date.ts'
import { REASONS } from './law/states.ts'

const date = z.string().refine(isPlainDate, { message: 'date' })
const month = z.string().refine(isPlainMonth, { message: 'month' })
const words = (max: number) => z.string().trim().min(1).max(max)
const id = z.uuid()
/** a ticked box of a form says 'yes' */
const yes = z.preprocess((value) => (value === 'yes' || value === 'true' ? true : value), z.boolean())
/** an unticked box is not sent at all, and means no */
const ticked = z.preprocess((value) => value === 'yes' || value === 'true' || value === true, z.boolean())
const choice = z.preprocess((value) => (value === 'yes' ? true : value === 'no' ? false : value), z.boolean())
/** one item a line in a form, a list in JSON */
const lines = z.preprocess(
  (value) =>
    typeof value === 'string'
      ? value
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean)
      : value,
  z.array(words(500)).min(1).max(20),
)
/** A field not sent stays as it was; one that need not be answered is emptied by ''. */
const text = (max: number) => z.string().trim().max(max)
const dateOrNone = z.union([date, z.literal('')])

export const ANSWERS = z.object({
  reason: z.enum(REASONS).optional(),
  reasonText: text(2000).optional(),
  decisionNumber: text(100).optional(),
  decisionIssuer: text(300).optional(),
  decisionIssuedOn: dateOrNone.optional(),
  decisionEffectiveOn: date.optional(),
  destinationId: id.optional(),
  reviewFrom: date.optional(),
  reviewTo: date.optional(),
  strengths: text(8000).optional(),
  weaknesses: text(8000).optional(),
  phone: z
    .string()
    .trim()
    .regex(/^[+\d][\d .-]{7,17}$/)
    .optional(),
  address: text(300).optional(),
  lastDayOn: dateOrNone.optional(),
  lateExplanation: text(2000).optional(),
})

const reason = { reason: words(2000) }

/** Fields of each command; a form sends them flat. */
export const COMMANDS = {
  'save-draft': ANSWERS.transform((answers) => ({ answers })),
  'detach-file': z.object({ fileId: id }),
  submit: z.object({ declared: ticked }),
  withdraw: z.object(reason),
  'accept-intake': z.object({}),
  'extend-intake': z.object(reason),
  'ask-supplement': z.object({ items: lines, overrideReason: words(2000).optional() }),
  'answer-supplement': z.object({ note: words(2000) }),
  'close-unanswered': z.object(reason),
  'sign-referral': z
    .object({
      meetingOn: date.optional(),
      comment: words(4000).optional(),
      feesPaidThrough: month.optional(),
      feesReason: words(500).optional(),
      committeeComment: words(4000).optional(),
      supplementUpToDate: yes.optional(),
    })
    .transform(({ meetingOn, comment, feesPaidThrough, feesReason, ...rest }) => ({
      ...rest,
      ...(meetingOn && comment && feesPaidThrough
        ? { cellReview: { meetingOn, comment, feesPaidThrough, ...(feesReason ? { feesReason } : {}) } }
        : {}),
    })),
  'take-number': z.object({}),
  'retry-seal': z.object({}),
  return: z.object(reason),
  refuse: z.object(reason),
  'hand-over-file': z.object({ sealNumber: words(60), handedOn: date }),
  'explain-lateness': z.object({ explanation: words(2000) }),
  'report-lost': z.object({ account: words(4000) }),
  reissue: z.object(reason),
  'void-referral': z.object({ ...reason, destinationId: id.optional() }),
  revert: z.object({ ...reason, decisionNumber: words(100) }),
  receive: z.object({
    receivedOn: date,
    sealIntact: choice.optional(),
    exception: words(2000).optional(),
    explanation: words(2000).optional(),
  }),
  'assign-cell': z.object({ cellId: id }),
  'return-from-destination': z.object(reason),
  admit: z.object({ meetingOn: date }),
} as const satisfies Record<string, z.ZodType>

const place = z.object({ id, name: z.string() })

/** The dossier as one reader sees it. */
export const TRANSFER_VIEW = z
  .object({
    id,
    number: z.string().nullable(),
    version: z.number().int(),
    status: z.string(),
    kind: z.enum(['official', 'internal']).nullable(),
    memberType: z.enum(['official', 'probationary']),
    member: z.object({
      id,
      name: z.string(),
      /** masked */
      cardNumber: z.string().nullable(),
      joinedOn: z.string().nullable(),
      mine: z.boolean(),
    }),
    origin: z.object({ cell: place, committee: place.nullable() }),
    destination: z.object({
      id: id.nullable(),
      name: z.string().nullable(),
      /** its grassroots organisation: cells of two of them share names */
      committee: z.string().nullable(),
      cell: place.nullable(),
    }),
    answers: ANSWERS.extend({
      destinationName: z.string().optional(),
      declared: z.boolean().optional(),
    }).partial(),
    late: z.boolean(),
    /** last day of the 60 working days, once the decision's day is known */
    startBy: z.string().nullable(),
    awaited: z.object({
      who: z.enum(['member', 'organisation', 'system', 'nobody']),
      organisation: place.nullable(),
      act: z.string(),
      until: z.string().nullable(),
      overdue: z.boolean(),
      mine: z.boolean(),
      /** the cell whose part the organisation does, because only the member could do it there */
      insteadOf: place.nullable(),
    }),
    /** what the reader may ask now; a refused one says why */
    actions: z.array(
      z.object({
        command: z.string(),
        refusal: z
          .object({
            code: z.string(),
            citation: z.string().nullable(),
            facts: z.record(z.string(), z.unknown()),
          })
          .nullable(),
        needsFreshSignIn: z.boolean(),
      }),
    ),
    hops: z.array(
      z.object({
        from: place,
        to: place,
        hasSeal: z.boolean(),
        standing: z.enum(['done', 'now', 'next']),
        symbol: z.string().nullable(),
        issuedOn: z.string().nullable(),
        signedAt: z.string().nullable(),
      }),
    ),
    files: z.array(
      z.object({ id, role: z.string(), name: z.string(), sha256: z.string(), pages: z.number().nullable() }),
    ),
    papers: z.array(
      z.object({
        id,
        kind: z.string(),
        hop: z.number().nullable(),
        symbol: z.string().nullable(),
        issuedOn: z.string().nullable(),
        organisation: z.string(),
        signatures: z.number().int(),
        complete: z.boolean(),
        voided: z.string().nullable(),
        verify: z.string(),
      }),
    ),
    timeline: z.array(
      z.object({
        number: z.number().int(),
        type: z.string(),
        at: z.string(),
        who: z.string().nullable(),
        position: z.string().nullable(),
        positionEn: z.string().nullable(),
        organisation: z.string().nullable(),
        onBehalfOf: z.string().nullable(),
        note: z.string().nullable(),
      }),
    ),
    cellReview: z
      .object({
        meetingOn: z.string(),
        comment: z.string(),
        feesPaidThrough: z.string(),
        feesReason: z.string().optional(),
        feesOwed: z
          .object({ since: z.string(), months: z.number().int(), amountVnd: z.number().int() })
          .optional(),
      })
      .nullable(),
    committeeComment: z.string().nullable(),
    supplements: z.array(
      z.object({
        stage: z.string(),
        items: z.array(z.string()),
        askedAt: z.string(),
        answeredAt: z.string().nullable(),
        overrideReason: z.string().nullable(),
        closableOn: z.string(),
      }),
    ),
    custody: z
      .object({
        sealNumber: z.string(),
        handedOn: z.string(),
        receivedOn: z.string().nullable(),
        sealIntact: z.boolean().nullable(),
        exception: z.string().nullable(),
      })
      .nullable(),
    technicalDefects: z.array(z.string()),
    sealFailure: z.string().nullable(),
    referredOn: z.string().nullable(),
    presentBy: z.string().nullable(),
    presentationOverdue: z.boolean(),
    latenessExplained: z.string().nullable(),
    lastReason: z.string().nullable(),
    admission: z.object({ meetingOn: z.string(), admittedOn: z.string() }).nullable(),
  })
  .meta({ id: 'OfficialTransfer' })
export type TransferView = z.infer<typeof TRANSFER_VIEW>
