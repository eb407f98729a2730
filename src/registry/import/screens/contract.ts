/** What travels about imports: the list handed in, the filter of its problems, how far it is and what came of it. */
import { z } from 'zod'
import { PAGE_NUMBER } from '../../members/contract.ts'

const KIND = z.enum(['organisations', 'members', 'offices'])
const SEVERITY = z.enum(['held-back', 'repaired', 'warning'])
const STAGE = z.enum(['trying', 'tried', 'importing', 'imported', 'refused', 'dropped'])

export const IMPORT_ADDRESS = z.object({ id: z.uuid() })
export const HISTORY_PAGE = z.object({ page: PAGE_NUMBER })
/** The problems of one cell. */
export const OF_CELL = z.object({ organisation: z.uuid().optional() })
export const NOTHING = z.object({})

/** The fields that stand before the file. */
export const HANDED_IN = z.object({
  id: z.uuid().optional(),
  kind: KIND,
  under: z.uuid().optional().describe('whose list it is: the own organisation unless said'),
})
export const UPLOADED = HANDED_IN.extend({ file: z.string().describe('the XLSX or CSV, up to 10 MB') })

const blankAsAbsent = (value: unknown) => (value === '' ? undefined : value)

export const PROBLEM_FILTER = z.object({
  severity: z.preprocess(blankAsAbsent, SEVERITY.optional()),
  code: z.preprocess(blankAsAbsent, z.string().max(60).optional()),
  organisation: z.preprocess(blankAsAbsent, z.uuid().optional()),
  q: z.preprocess(blankAsAbsent, z.string().trim().max(100).optional()),
  page: PAGE_NUMBER,
})

const FIGURES = z.object({
  rows: z.int(),
  imported: z.int(),
  repaired: z.int(),
  heldBack: z.int(),
  unchanged: z.int(),
})

export const PLANNED = z.object({ id: z.uuid(), stage: STAGE })

export const PROGRESS = z.object({
  done: z.int(),
  total: z.int().optional(),
  finished: z.boolean(),
})

export const HISTORY = z.object({
  lines: z.array(
    z.object({
      id: z.uuid(),
      kind: KIND,
      fileName: z.string(),
      underName: z.string().nullable(),
      stage: STAGE,
      at: z.iso.datetime(),
      by: z.string().nullable().describe('null: the command line'),
      figures: FIGURES.nullable(),
    }),
  ),
  more: z.boolean(),
})

export const IMPORT = z.object({
  id: z.uuid(),
  kind: KIND,
  fileName: z.string(),
  sha256: z.string().nullable(),
  underName: z.string().nullable(),
  stage: STAGE,
  handedInAt: z.iso.datetime(),
  handedInBy: z.string().nullable(),
  confirmedAt: z.iso.datetime().nullable(),
  confirmedBy: z.string().nullable(),
  confirmable: z.boolean(),
  rowsRead: z.int(),
  rowsExpected: z.int().nullable(),
  refusal: z.object({ code: z.string(), title: z.string(), what: z.string(), mend: z.string() }).nullable(),
  runId: z.uuid().nullable(),
  figures: FIGURES.nullable(),
  trialFigures: FIGURES.nullable(),
  unknownColumns: z.array(z.string()),
  problems: z.array(
    z.object({
      ordinal: z.int(),
      row: z.int(),
      code: z.string(),
      severity: SEVERITY,
      field: z.string(),
      found: z.string(),
      repair: z.string().nullable(),
      fix: z.string().nullable(),
      subject: z.string().nullable(),
      organisationName: z.string().nullable(),
      what: z.string(),
    }),
  ),
  problemsFound: z.int(),
})
