/** The parts of a running instance: what routes work with, and what only the roof knows. */
import type { Logger } from 'pino'
import type { RelyingParty } from '../identity/relying-party.ts'
import type { Assets } from '../ui/layout.tsx'
import type { Web } from '../web/web.ts'
import type { RunningClock } from './clock.ts'
import type { Config } from './config.ts'
import type { SignerSource } from './signing.ts'

export interface Parts extends Omit<
  Web,
  'showPage' | 'showRefusal' | 'showDefect' | 'wordsOf' | 'signers' | 'clock'
> {
  readonly config: Config
  readonly signers: SignerSource
  /** a demo's can be moved forward */
  readonly clock: RunningClock
  /** forgets the calendar kept in memory, after a day of it was changed */
  readonly invalidateCalendar: () => void
  /** undefined on a real database without VNEID_ISSUER */
  readonly relyingParty: RelyingParty | undefined
  /** the provider that plays VNeID, on a demo */
  readonly development: { readonly issuer: string } | undefined
  readonly assets: Assets
  /** where the built public files are */
  readonly publicFolder: string
  /** where the migrations are, for the readiness check */
  readonly migrationsFolder: string
  readonly log: Logger
}
