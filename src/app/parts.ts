/** The parts of a running instance: what routes work with, and what only the roof knows. */
import type { Logger } from 'pino'
import type { WatchedProvider } from '../identity/provider-watch.ts'
import type { Press } from '../papers/press/press.ts'
import type { Assets } from '../ui/layout.tsx'
import type { Web } from '../web/web.ts'
import type { RunningClock } from './clock.ts'
import type { Config } from './config.ts'
import type { Metrics } from './metrics.ts'
import type { SignerSource } from './signing.ts'

/** What a demo's provider shows of itself. */
export interface DemoProvider {
  readonly issuer: string
  /** it can play that it does not answer; absent where somebody else runs it */
  readonly reach?: { isAway(): boolean; setAway(away: boolean): void }
}

export interface Parts extends Omit<
  Web,
  | 'awaySince'
  | 'showPage'
  | 'showRefusal'
  | 'showDefect'
  | 'showBusy'
  | 'wordsOf'
  | 'feesOf'
  | 'inWriting'
  | 'followReorganisation'
  | 'signers'
  | 'clock'
> {
  readonly config: Config
  readonly signers: SignerSource
  /** makes many papers at once; without it they are made in this thread */
  readonly press?: Press | undefined
  /** a demo's can be moved forward */
  readonly clock: RunningClock
  /** forgets the calendar kept in memory, after a day of it was changed */
  readonly invalidateCalendar: () => void
  /** undefined on a real database without VNEID_ISSUER */
  readonly relyingParty: WatchedProvider | undefined
  /** the provider that plays VNeID, on a demo */
  readonly development: DemoProvider | undefined
  readonly assets: Assets
  /** where the built public files are */
  readonly publicFolder: string
  /** where the migrations are, for the readiness check */
  readonly migrationsFolder: string
  readonly log: Logger
  /** what is counted; without it the server counts for itself alone */
  readonly metrics?: Metrics | undefined
}
