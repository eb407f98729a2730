/** What routes work with, whoever registers them: the database, the day, the signers, and the way to show a page. */
import type { FastifyRequest } from 'fastify'
import type { Readers } from '../foreign-files/readers.ts'
import type { Database, Read, Write } from '../kernel/db.ts'
import type { Language } from '../kernel/plain-date.ts'
import type { Context } from '../kernel/procedure.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { WorkCalendar } from '../kernel/working-time.ts'
import type { CallbackSource } from '../payments/callbacks/sources.ts'
import type { SignerSource } from '../signatures/signer-source.ts'
import type { Children, LinkItem } from '../ui/children.ts'
import type { FeeStanding } from './introductions.ts'

/** What a page puts into the shell. */
export interface Page {
  readonly title: string
  readonly children: Children
  readonly aside?: Children | undefined
  readonly back?: LinkItem | undefined
  readonly breadcrumbs?: readonly LinkItem[] | undefined
  readonly width?: 'narrow' | 'wide' | undefined
  /** the page may be kept on the reader's own device to be read without a signal */
  readonly keepOffline?: boolean | undefined
  /** seconds after which a page that waits for a job loads itself again */
  readonly reloadAfter?: number | undefined
}

/** A refusal in words: what, why, and how to mend it. */
export interface RefusalWords {
  readonly title: string
  readonly what: string
  readonly why?: string
  readonly mend: string
}

/** The words of each refusal code, in both languages; a text may use the refusal's facts: `{startBy}`. */
export type RefusalTexts = Readonly<Record<string, Readonly<Record<Language, RefusalWords>>>>

/** What is written of a member in a dossier and is not theirs to read before its writers have made an end of it. */
export interface InWriting {
  /** the fact of the state that says they have */
  readonly until: string
  /** facts of the state, and events, that are kept from the member's export before */
  readonly state: readonly string[]
  readonly events: readonly string[]
}

/** What the system, not the asker, is the cause of. */
export type Trouble = 'defect' | 'away' | 'diskFull'

export interface Web {
  readonly database: Database
  /** the time the rules see, and real time: they differ on a demo alone */
  readonly clock: { now(): Date; real(): Date }
  /** the working calendar as it stands now */
  readonly calendar: () => Promise<WorkCalendar>
  readonly signers: SignerSource
  /** read what strangers hand in, apart from everything else */
  readonly readers: Readers
  /** who may tell of money on the organisations' accounts */
  readonly bankCallbacks: readonly CallbackSource[]
  /** where the outside reaches us, without a slash at the end */
  readonly publicUrl: string
  /** true on a demo: test prefixes count, the clock can be moved, papers are marked TEST */
  readonly demo: boolean
  /** since when the identity provider does not answer; undefined while it does */
  awaySince(): Promise<Date | undefined>
  showPage(request: FastifyRequest, page: Page): Promise<string>
  showRefusal(request: FastifyRequest, refusal: Refusal): Promise<string>
  /** too many requests, as a page: asks nobody anything, and is made once */
  showBusy(request: FastifyRequest, refusal: Refusal): string
  /** a defect as a page: asks nobody anything, so it shows whatever is broken */
  showDefect(request: FastifyRequest, trouble: Trouble): string
  /** open dossiers of every procedure follow a reorganisation, in its transaction; answers those that changed hands */
  followReorganisation(write: Write, touched: readonly string[], context: Context): Promise<readonly string[]>
  /** what the books say of a member's fees; undefined where they know nothing of them */
  feesOf(read: Read, memberId: string): Promise<FeeStanding | undefined>
  /** what of each procedure's dossiers is still in writing: not in a member's export */
  readonly inWriting: readonly (InWriting & { readonly procedure: string })[]
  wordsOf(refusal: Pick<Refusal, 'code' | 'facts'>, language: Language): RefusalWords
}
