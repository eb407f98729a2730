/** What travels about notices and consents. */
import { z } from 'zod'
import { PURPOSES } from './texts-by-version.ts'

const PURPOSE = z.enum(PURPOSES)

export const NOTICE_QUERY = z.object({
  version: z.coerce.number().int().min(1).max(1000).optional(),
  read: z.enum(['yes']).optional(),
})
export const NOTICE_READ = z.object({ version: z.coerce.number().int().min(1).max(1000) })

const WORDS = z.object({
  title: z.string(),
  changes: z.array(z.string()),
  parts: z.array(z.object({ title: z.string(), lines: z.array(z.string()) })),
})
export const NOTICE = z.object({
  text: z.string(),
  version: z.int(),
  from: z.iso.date(),
  vi: WORDS,
  en: WORDS,
  versions: z.array(z.int()).describe('every version there is'),
  readVersion: z.int().describe('the newest one this member has read; 0: none'),
})

export const CHOICES_QUERY = z.object({ saved: PURPOSE.optional() })

/** A form sends 'yes' or 'no'; nothing said is nothing decided. */
export const CHOICE = z.object({
  id: z.uuid().optional(),
  purpose: PURPOSE,
  given: z.enum(['yes', 'no']),
  address: z.string().trim().max(300).optional().describe('for mail, with a yes'),
})

export const CHOICES = z.object({
  choices: z.array(
    z.object({
      purpose: PURPOSE,
      given: z.boolean(),
      version: z.int().nullable().describe('of the text it was decided under'),
      at: z.iso.datetime().nullable(),
    }),
  ),
  address: z.string().nullable(),
})
