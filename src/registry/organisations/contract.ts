/** What travels about organisations: queries, and what is answered. */
import { z } from 'zod'
import { CHANGE_KINDS } from './change-kinds.ts'
import { ON, PAGE_NUMBER, TYPED } from '../members/contract.ts'

export const ORGANISATION_ADDRESS = z.object({ id: z.uuid() })
/** `page` of the organisations below, `members` of those counted here */
export const ORGANISATION_PAGES = z.object({
  page: PAGE_NUMBER,
  members: PAGE_NUMBER,
  on: ON,
  from: z.string().max(40).optional().describe('YYYY-MM-DD: tell what changed after this day, too'),
})
export const LOOKUP = z.object({
  q: TYPED.describe('words of a name, or a code; fewer than two letters find nothing'),
  holding: z
    .enum(['', '0', '1', 'no', 'yes', 'false', 'true'])
    .default('')
    .describe('only organisations that members belong to directly'),
})
export const MEMBERS_OF = z.object({ q: TYPED, page: PAGE_NUMBER, on: ON })

const COUNTS = z.object({
  active: z.int(),
  inTransit: z.int().describe('referred and not yet admitted: counted nowhere'),
})
const TIER = z.enum([
  'cell',
  'intermediate',
  'grassroots',
  'direct-superior',
  'province',
  'centre',
  'advisory',
])

export const ORGANISATION = z.object({
  on: z.iso.date().describe('the day looked at'),
  id: z.uuid(),
  code: z.string().nullable(),
  name: z.string(),
  kindName: z.string(),
  tier: TIER,
  hasSeal: z.boolean(),
  holdsMembers: z.boolean(),
  armedForces: z.boolean(),
  abroad: z.boolean(),
  place: z.string().nullable(),
  since: z.iso.date(),
  until: z.iso.date().nullable(),
  above: z.array(z.object({ id: z.uuid(), name: z.string() })),
  counts: COUNTS.describe('with everything below: own plus the sums of the children'),
  own: COUNTS,
  children: z.array(
    COUNTS.extend({
      id: z.uuid(),
      code: z.string().nullable(),
      name: z.string(),
      kindName: z.string(),
      children: z.int(),
    }),
  ),
  childrenTotal: z.int(),
  childrenPages: z.int(),
  offices: z.array(
    z.object({
      id: z.uuid(),
      memberId: z.uuid(),
      memberName: z.string(),
      positionName: z.string(),
      positionNameEn: z.string(),
      since: z.iso.date(),
      until: z.iso.date().nullable(),
      readable: z.boolean(),
    }),
  ),
  history: z.array(
    z.object({
      since: z.iso.date(),
      until: z.iso.date().nullable(),
      name: z.string(),
      kindName: z.string(),
      tier: TIER,
      hasSeal: z.boolean(),
      parentName: z.string().nullable(),
      source: z.string(),
      citation: z.string(),
    }),
  ),
  predecessors: z
    .array(z.object({ id: z.uuid(), name: z.string(), lastDay: z.iso.date() }))
    .describe('organisations that went into this one'),
  changes: z
    .object({
      from: z.iso.date(),
      to: z.iso.date(),
      lines: z.array(
        z.object({
          on: z.iso.date(),
          kind: z.enum(CHANGE_KINDS),
          name: z.string(),
          before: z.string().nullable(),
          after: z.string().nullable(),
          source: z.string(),
        }),
      ),
      cut: z.boolean(),
      members: z
        .object({ in: z.int(), out: z.int() })
        .nullable()
        .describe('counted on the last day and not on the first; the other way round'),
    })
    .optional()
    .describe('where a period was asked for'),
})

export const SUGGESTIONS = z.array(z.object({ value: z.uuid(), text: z.string(), about: z.string() }))
