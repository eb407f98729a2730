/** The texts members read about their data, each version as it was published: an old one can always be shown again. */
import { z } from 'zod'
import type { Language, PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import device1 from './versions/consent-device-1.json' with { type: 'json' }
import mail1 from './versions/consent-mail-1.json' with { type: 'json' }
import phone1 from './versions/consent-phone-1.json' with { type: 'json' }
import notice1 from './versions/processing-notice-1.json' with { type: 'json' }

/** What one may say yes to, each for itself. */
export const PURPOSES = ['mail', 'phone', 'device'] as const
export type Purpose = (typeof PURPOSES)[number]

export const PROCESSING_NOTICE = 'processing-notice'

const WORDS = z.strictObject({
  title: z.string().min(1),
  /** what is other than in the version before; empty in the first */
  changes: z.array(z.string().min(1)),
  parts: z
    .array(z.strictObject({ title: z.string().min(1), lines: z.array(z.string().min(1)).min(1) }))
    .min(1),
})
const VERSION = z.strictObject({
  text: z.string(),
  version: z.int().min(1),
  from: z.iso.date(),
  vi: WORDS,
  en: WORDS,
})

export type TextVersion = z.output<typeof VERSION>

/** A new version is a new file here; a file that was published is never changed. */
export const TEXT_VERSIONS: readonly TextVersion[] = z.array(VERSION).parse([notice1, mail1, phone1, device1])

/** Every version of a text, the oldest first. */
export function versionsOf(text: string, all = TEXT_VERSIONS): TextVersion[] {
  return all.filter((each) => each.text === text).sort((one, other) => one.version - other.version)
}

/** The version that holds on a day; before the first one's day, the first. */
export function versionOn(text: string, day: PlainDate, all = TEXT_VERSIONS): TextVersion {
  const versions = versionsOf(text, all)
  const found = versions.findLast(({ from }) => from <= day) ?? versions[0]
  if (!found) throw new Error(`no version of ${text}`)
  return found
}

/** One version. @throws Refusal not-found `privacy.version-unknown` */
export function getVersion(text: string, version: number, all = TEXT_VERSIONS): TextVersion {
  const found = versionsOf(text, all).find((each) => each.version === version)
  if (!found) throw new Refusal('not-found', 'privacy.version-unknown')
  return found
}

/** What changed between the version somebody read and a later one, the oldest change first. */
export function changesSince(
  text: string,
  read: number,
  now: number,
  language: Language,
  all = TEXT_VERSIONS,
): string[] {
  return versionsOf(text, all)
    .filter(({ version }) => version > read && version <= now)
    .flatMap((each) => each[language].changes)
}
