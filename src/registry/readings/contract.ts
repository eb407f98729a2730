/** What travels about readings of one's record: the lines, a question about one, its answer. */
import { z } from 'zod'
import { isPlainMonth } from '../../kernel/plain-date.ts'
import { PAGE_NUMBER } from '../members/contract.ts'

export const READING_LINE = z.object({
  key: z.string(),
  kind: z.enum([
    'record',
    'correction',
    'dossier',
    'file',
    'paper',
    'numbers',
    'list',
    'search',
    'print',
    'export',
    'register',
  ]),
  position: z.string(),
  positionName: z.string().nullable().describe('null: somebody one had delegated to'),
  positionNameEn: z.string().nullable(),
  organisationId: z.uuid(),
  organisationName: z.string(),
  dossierNumber: z.string().nullable(),
  listName: z.string().nullable().describe('of a list: whose it was'),
  people: z.int().nullable().describe('of a list: how many people were in it'),
  reason: z.string().nullable(),
  times: z.int().describe('looks in a row that are one line'),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
})

const MONTH = z.string().refine(isPlainMonth).optional().describe('YYYY-MM; this month unless said')

export const READINGS_QUERY = z.object({ month: MONTH, page: PAGE_NUMBER })
export const READINGS_PAGE = READINGS_QUERY.extend({ asked: z.enum(['yes']).optional() })

const QUESTION_LINE = z.object({
  id: z.uuid(),
  about: READING_LINE,
  question: z.string(),
  askedAt: z.iso.datetime(),
  toName: z.string(),
  dueAt: z.iso.datetime(),
  answeredAt: z.iso.datetime().nullable(),
  answer: z.string().nullable(),
})

export const READINGS = z.object({
  month: z.string(),
  total: z.int(),
  page: z.int(),
  pages: z.int(),
  lines: z.array(READING_LINE),
  questions: z.array(QUESTION_LINE),
})

export const LINE_KEY = z.string().min(1).max(200)
export const ASKING = z.object({ line: LINE_KEY })
export const QUESTION = z.object({
  id: z.uuid().optional(),
  line: LINE_KEY.describe('the key of a line'),
  question: z.string().trim().min(3).max(1000),
})
export const QUESTION_ASKED = z.object({ id: z.uuid() })

export const QUESTION_ADDRESS = z.object({ id: z.uuid() })
export const ANSWER_BODY = z.object({ answer: z.string().trim().min(3).max(1000) })
export const ANSWERED = z.object({ saved: z.enum(['yes']).optional() })
export const OPEN_QUESTIONS = z.object({
  questions: z.array(
    z.object({
      id: z.uuid(),
      memberName: z.string(),
      about: READING_LINE,
      question: z.string(),
      askedAt: z.iso.datetime(),
      dueAt: z.iso.datetime(),
    }),
  ),
})
