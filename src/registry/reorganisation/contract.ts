/** What travels about reorganisations: a whole plan as JSON, and the fields of the pages' forms. */
import { z } from 'zod'
import { isPlainDate } from '../../kernel/plain-date.ts'
import { PROBLEMS } from './law/compile.ts'
import { STEP_TYPES } from './law/plan.ts'
import { STATUSES } from './law/rules.ts'
import { HAND_OVER } from './papers/contract.ts'
import { WARNINGS } from './preview.ts'

const day = z.string().refine(isPlainDate)
const text = (most: number) => z.string().trim().min(1).max(most)
const ids = z.array(z.uuid()).max(5000)

export const BODY = z.object({
  id: z.uuid(),
  code: z
    .string()
    .regex(/^\d{2}(\.\d{3}){4}$/)
    .nullable(),
  name: text(200),
  kind: text(60),
  parentId: z.uuid(),
})

const PART = z.object({ into: z.uuid(), organisations: ids, members: ids })

export const STEP = z.discriminatedUnion('type', [
  z.object({ type: z.literal('merge'), from: ids.min(1), into: z.uuid() }),
  z.object({
    type: z.literal('split'),
    from: z.uuid(),
    parts: z.array(PART).min(1).max(50),
    rest: z.uuid().nullable(),
  }),
  z.object({ type: z.literal('part'), from: z.uuid(), to: z.uuid(), organisations: ids, members: ids }),
  z.object({ type: z.literal('move'), organisation: z.uuid(), to: z.uuid() }),
  z.object({ type: z.literal('dissolve'), organisation: z.uuid(), to: z.uuid() }),
  z.object({
    type: z.literal('rename'),
    organisation: z.uuid(),
    name: text(200),
    kind: text(60).exactOptional(),
  }),
])

export const PLAN = z.object({
  title: text(200),
  decision: z.object({ number: text(60), issuer: text(200), signedOn: day }),
  effectiveOn: day,
  bodies: z.array(BODY).max(200),
  steps: z.array(STEP).max(5000),
  continuing: ids,
})

export const ADDRESS = z.object({ id: z.uuid() })
export const STEP_ADDRESS = z.object({ id: z.uuid(), type: z.enum(STEP_TYPES) })
export const LIST_PAGE = z.object({ done: z.enum(['cancelled']).optional().catch(undefined) })
export const SHOWN = z.object({
  done: z.enum(['saved', 'signed', 'applied', 'undone']).optional().catch(undefined),
})

/** The first page of a plan. */
export const DETAILS = z.object({
  title: text(200),
  number: text(60),
  issuer: text(200),
  signedOn: day,
  effectiveOn: day,
})

const many = z
  .union([z.uuid().transform((one) => [one]), z.array(z.uuid()).max(2000)])
  .optional()
  .transform((value) => value ?? [])

export const PICKING = z.object({ within: z.uuid().optional().catch(undefined) })

/** What a step's form posts: ticked organisations and members, and where to. */
export const STEP_FORM = z.object({
  expectedNumber: z.coerce.number().int().optional(),
  within: z.uuid(),
  organisations: many,
  members: many,
  target: z.enum(['existing', 'new']).default('existing'),
  targetName: z.string().trim().max(200).default(''),
  targetNameId: z.string().default(''),
  newName: z.string().trim().max(200).default(''),
  newKind: z.string().trim().max(60).default(''),
  newCode: z.string().trim().max(30).default(''),
  rest: z.enum(['stays', 'ends']).default('stays'),
  restName: z.string().trim().max(200).default(''),
})
export type StepForm = z.infer<typeof STEP_FORM>

export const REMOVE_STEP = z.object({
  commandId: z.uuid(),
  expectedNumber: z.coerce.number().int(),
  step: z.coerce.number().int().min(0),
})
export const CONTINUING = z.object({
  commandId: z.uuid(),
  expectedNumber: z.coerce.number().int(),
  offices: many,
})
export const SIGN = z.object({ commandId: z.uuid(), digest: z.string().regex(/^[0-9a-f]{64}$/) })
export const WITH_REASON = z.object({ commandId: z.uuid(), reason: text(500) })
export const SAVE = z.object({ commandId: z.uuid(), expectedNumber: z.int().optional(), plan: PLAN })

const PROBLEM = z.object({ code: z.enum(PROBLEMS), about: z.string(), name: z.string() })

export const REORGANISATION = z.object({
  id: z.uuid(),
  status: z.enum(STATUSES),
  version: z.int(),
  plan: PLAN,
  appliedOn: z.string().nullable(),
  undoneOn: z.string().nullable(),
  stopped: z.array(PROBLEM).nullable(),
  papers: z.array(HAND_OVER),
  /** while it may still be signed */
  preview: z
    .object({
      digest: z.string(),
      ended: z.array(z.object({ name: z.string(), successors: z.array(z.string()) })),
      created: z.array(z.object({ name: z.string(), kindName: z.string(), parent: z.string() })),
      renamed: z.array(z.object({ from: z.string(), to: z.string() })),
      moved: z.array(
        z.object({
          to: z.string(),
          names: z.array(z.string()),
          organisations: z.int(),
          members: z.int(),
        }),
      ),
      members: z.array(z.object({ from: z.string(), to: z.string(), count: z.int() })),
      counted: z.int(),
      inTransit: z.int(),
      offices: z.array(
        z.object({
          id: z.uuid(),
          holder: z.string(),
          positionName: z.string(),
          positionNameEn: z.string(),
          organisation: z.string(),
          successor: z.string(),
          continues: z.boolean(),
        }),
      ),
      dossiers: z.object({
        total: z.int(),
        shown: z.array(
          z.object({
            number: z.string().nullable(),
            procedure: z.string(),
            organisation: z.string(),
            successor: z.string().nullable(),
          }),
        ),
      }),
      problems: z.array(PROBLEM),
      warnings: z.array(z.object({ code: z.enum(WARNINGS), name: z.string(), count: z.int() })),
      differences: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          what: z.string(),
          before: z.string(),
          after: z.string(),
        }),
      ),
      rivals: z.array(z.object({ id: z.uuid(), title: z.string() })),
    })
    .nullable(),
})

export const LISTED = z.array(
  z.object({ id: z.uuid(), title: z.string(), status: z.enum(STATUSES), effectiveOn: z.string() }),
)
