/** What travels: the fields of every command a person may ask, and dossiers as they are shown. Server, page and OpenAPI read the same. */
import { z } from 'zod'
import { isPlainDate } from '../../kernel/plain-date.ts'
import { GROUNDS, PURPOSES } from './law/states.ts'
import { EXEMPT_GROUNDS, UNREFERRED_GROUNDS } from './referral/law/states.ts'

/** What pages offer to choose from. */
export { GROUNDS, PURPOSES, STATUSES, type Purpose } from './law/states.ts'
export { EXEMPT_GROUNDS, UNREFERRED_GROUNDS } from './referral/law/states.ts'

const id = z.uuid()
const words = (max: number) => z.string().trim().min(1).max(max)
const date = z.string().refine(isPlainDate, { message: 'date' })
const reason = { reason: words(2000) }
const year = z.coerce.number().int().min(2020).max(2200)
const exempt = { exempt: z.enum(EXEMPT_GROUNDS).optional() }

/** So many at most in one action: a large workplace's members. */
export const MOST_ASKED = 2000

const ticks = z.record(z.string().regex(/^[a-z-]{1,40}$/), z.string().regex(/^[a-z-]{0,40}$/))

/** A form sends its radios flat, as `tick-example`; a program sends `ticks`. */
function flatTicks(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || 'ticks' in value) return value
  const fields = Object.entries(value)
  const flat = fields.filter(([name]) => name.startsWith('tick-'))
  if (flat.length === 0) return value
  return {
    ...value,
    ticks: Object.fromEntries(flat.map(([name, tick]) => [name.slice('tick-'.length), tick])),
  }
}

/** Fields of each command on a comment. */
export const COMMANDS = {
  request: z.object({
    memberId: id.optional(),
    year,
    purpose: z.enum(PURPOSES),
    reason: words(500).optional(),
    corrects: id.optional(),
  }),
  route: z.object({ cellId: id }),
  'save-draft': z.preprocess(
    flatTicks,
    z.object({
      ticks: ticks.optional(),
      freeText: z.string().trim().max(4000).optional(),
      frontBoardMetOn: z.union([date, z.literal('')]).optional(),
    }),
  ),
  sign: z.object({}),
  'return-to-cell': z.object(reason),
  confirm: z.object({}),
  'retry-seal': z.object({}),
  'send-back': z.object({ ground: z.enum(GROUNDS), ...reason }),
  'ask-again': z.object({}),
  file: z.object({}),
  cancel: z.object(reason),
} as const satisfies Record<string, z.ZodType>

/** Fields of each command on a referral. */
export const REFERRAL_COMMANDS = {
  refer: z.object({ memberId: id, communeId: id, address: words(300), ...exempt }),
  'mark-unreferred': z.object({ memberId: id, ground: z.enum(UNREFERRED_GROUNDS) }),
  correct: z.object({ communeId: id, address: words(300), ...exempt }),
  withdraw: z.object(reason),
  accept: z.object({ cellId: id }),
  'send-back': z.object(reason),
  'assign-cell': z.object({ cellId: id }),
  'set-exemption': z.object({
    exempt: z.preprocess(
      (value) => (value === 'none' ? '' : value),
      z.union([z.enum(EXEMPT_GROUNDS), z.literal('')]),
    ),
    ...reason,
  }),
  close: z.object(reason),
} as const satisfies Record<string, z.ZodType>

/** One action for many members. */
export const ASK_MANY = z.object({
  commandId: id,
  year,
  purpose: z.enum(PURPOSES),
  reason: words(500).optional(),
  chosen: z.preprocess(
    (value) => (typeof value === 'string' ? [value] : value),
    z.array(id).min(1).max(MOST_ASKED),
  ),
  /** what became of those before, sealed by the page that goes on */
  told: z.string().max(1_000_000).optional(),
})

const place = z.object({ id, name: z.string() })
const refusal = z.object({
  code: z.string(),
  citation: z.string().nullable(),
  facts: z.record(z.string(), z.unknown()),
})

/** What every dossier of this slice shows. */
const DOSSIER = z.object({
  id,
  version: z.number().int(),
  status: z.string(),
  member: z.object({ id, name: z.string(), mine: z.boolean() }),
  workplace: place,
  commune: place.nullable(),
  cell: place.nullable(),
  awaited: z.object({
    who: z.enum(['member', 'organisation', 'system', 'nobody']),
    organisation: place.nullable(),
    act: z.string(),
    until: z.string().nullable(),
    overdue: z.boolean(),
    mine: z.boolean(),
  }),
  actions: z.array(z.object({ command: z.string(), refusal: refusal.nullable() })),
  lastReason: z.string().nullable(),
  timeline: z.array(
    z.object({
      number: z.number().int(),
      type: z.string(),
      at: z.string(),
      who: z.string().nullable(),
      organisation: z.string().nullable(),
    }),
  ),
})

export const COMMENT_VIEW = DOSSIER.extend({
  year: z.number().int(),
  purpose: z.enum(PURPOSES),
  reason: z.string().nullable(),
  late: z.boolean(),
  corrects: id.nullable(),
  exempt: z.boolean(),
  form: z.string(),
  communeActs: z.boolean(),
  returnBy: z.string().nullable(),
  escalated: z.array(z.object({ level: z.string(), at: z.string() })),
  sealFailure: z.string().nullable(),
  paperId: id.nullable(),
  lastGround: z.string().nullable(),
  /** null for those who see it only once it was returned */
  draft: z
    .object({
      ticks: z.record(z.string(), z.string()),
      freeText: z.string(),
      frontBoardMetOn: z.string().nullable(),
    })
    .nullable(),
}).describe('A comment as its reader sees it')
export type CommentView = z.infer<typeof COMMENT_VIEW>

export const REFERRAL_VIEW = DOSSIER.extend({
  address: z.string().nullable(),
  exempt: z.string().nullable(),
  unreferred: z.string().nullable(),
  acceptedOn: z.string().nullable(),
  closedOn: z.string().nullable(),
}).describe('A referral to the residence as its reader sees it')
export type ReferralView = z.infer<typeof REFERRAL_VIEW>
export type DossierView = z.infer<typeof DOSSIER>

/** What became of each member an action was for. */
export const ASKED_MANY = z.object({
  asked: z.number().int(),
  /** not reached within the time of one answer: sent again with the same commandId, these are asked next */
  rest: z.array(id),
  results: z.array(
    z.object({
      memberId: id,
      dossierId: id.nullable(),
      status: z.string().nullable(),
      refusal: refusal.nullable(),
    }),
  ),
})

export const LISTED = z.object({
  total: z.number().int(),
  byStatus: z.record(z.string(), z.number().int()),
  overdue: z.number().int(),
  comments: z.array(
    z.object({
      id,
      member: place,
      year: z.number().int(),
      purpose: z.string(),
      status: z.string(),
      responsible: place.nullable(),
      cell: place.nullable(),
      until: z.string().nullable(),
      overdue: z.boolean(),
    }),
  ),
})
export type Listed = z.infer<typeof LISTED>

export const SEASON = z.object({
  askFromMonth: z.coerce.number().int().min(1).max(12),
  askUntilMonth: z.coerce.number().int().min(1).max(12),
  returnDecemberDay: z.coerce.number().int().min(1).max(30),
  validFrom: date,
  ...reason,
})
