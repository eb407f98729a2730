/** What a procedure tells the house of itself: one object a slice, in its `feature.ts`, listed once in `app/features.ts`. */
import type { FastifyInstance } from 'fastify'
import type { Database, Read, Write } from '../kernel/db.ts'
import type { Sweep, Tasks } from '../kernel/jobs.ts'
import type { Awaiting } from '../kernel/dossier.ts'
import type { Language, PlainDate } from '../kernel/plain-date.ts'
import type { CommandRequest, Context } from '../kernel/procedure.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { Setting } from '../kernel/settings.ts'
import type { Press } from '../papers/press/press.ts'
import type { SignerSource } from '../signatures/signer-source.ts'
import type { LinkItem } from '../ui/children.ts'
import type { DeadlineProps } from '../ui/pill.tsx'
import type { FeeStanding, Introduction, RegisterPart } from './introductions.ts'
import type { InWriting, RefusalTexts, Web } from './web.ts'

/** What a notice says of its facts, by its code. */
export type NoticeTexts = Readonly<
  Record<string, Readonly<Record<Language, (facts: Readonly<Record<string, unknown>>) => string>>>
>

/** What queues and first pages call the procedure and its steps. */
export interface FeatureWords {
  readonly title: string
  /** by status */
  readonly statuses: Readonly<Record<string, string>>
  /** what the member does at the steps that wait for the member */
  readonly ownActs: Readonly<Record<string, string>>
}

/** A command a queue may ask of many dossiers at once: nothing has to be written for it. */
export interface BulkCommand {
  readonly command: string
  /** the act at which it makes sense: `Awaiting.act` */
  readonly act: string
  /** somebody signs by it: offered after a fresh sign-in */
  readonly signs: boolean
  readonly text: Readonly<Record<Language, string>>
}

/** What jobs and sweeps work with: no request, nobody signed in. */
export interface BackgroundServices {
  readonly database: Database
  readonly signers: SignerSource
  readonly publicUrl: string
  /** makes many papers at once; without it they are made in this thread */
  readonly press?: Press | undefined
  readonly contextNow: () => Promise<Omit<Context, 'actor'>>
  /** letters that are out, and those of dossiers that changed since a day, of every procedure */
  readonly introductions: (read: Read, since: PlainDate) => Promise<readonly Introduction[]>
}

/** A member's open dossier as a hold meets it. */
export interface HeldDossier {
  readonly id: string
  readonly status: string
  /** true: it cannot stop at this step; the next signature is refused instead */
  readonly stopsLater: boolean
}

/** Whether somebody may know of a dossier, and why (not); `why` is a key of the texts of `/access`. */
export type Sight =
  | {
      readonly sees: true
      readonly why: 'clock' | 'own' | 'on-the-way' | 'took-over' | 'above-origin' | 'above-destination'
    }
  | { readonly sees: false; readonly why: 'not-own' | 'administrator' | 'draft' | 'elsewhere' }

/** A dossier without a word of whom it is about: where it stands, and the organisations it concerns. */
export interface BareDossier {
  readonly id: string
  readonly status: string
  /** whose turn it is */
  readonly awaited: Awaiting
  /** its way, and what lies above its two ends */
  readonly organisations: readonly string[]
}

/** What the rules say of somebody and a dossier: the very ones the doors ask. */
export interface Answered {
  readonly sight: Sight
  /** every act its step allows, with what stands in the way; only where it may be seen */
  readonly acts: readonly {
    readonly command: string
    readonly refusal: Refusal | undefined
    /** false: the act is for other offices, or for the member */
    readonly theirs: boolean
  }[]
}

/** Something on the first page that is no dossier: what, until when, and one button. */
export interface HomeCard {
  /** tells the cards of a page apart */
  readonly key: string
  readonly title: string
  readonly status: string
  readonly deadline?: DeadlineProps | undefined
  readonly action: LinkItem
  /** waits for an officer: it stands above the queues, what is only to be known below them */
  readonly now?: true
}

export interface Feature {
  /** the name of its dossiers, and what delegations name: 'official-transfer' */
  readonly code: string
  readonly name: string
  readonly nameEn: string
  /** one sentence: what a member begins it for */
  readonly about: Readonly<Record<Language, string>>
  /** where a member begins one */
  readonly begin: string
  /** a dossier's page is this, a slash and its id */
  readonly pages: string
  readonly words: Readonly<Record<Language, FeatureWords>>
  /** absent where the member reads everything at once */
  readonly inWriting?: InWriting
  /** what a command is called where it waits for level 2 */
  actTitle?(command: string, language: Language): string
  readonly refusals: RefusalTexts
  readonly notices: NoticeTexts
  readonly settings: readonly Setting<unknown>[]
  readonly bulk: readonly BulkCommand[]
  /** what a hold on a member (registry/members/holds.ts) does to the open dossier; absent where holds stop nothing */
  readonly holds?: {
    open(read: Read, memberId: string): Promise<HeldDossier | undefined>
    /** in the transaction of the hold; does nothing where the dossier cannot stop or go on now */
    tell(
      write: Write,
      web: Web,
      change: {
        readonly memberId: string
        readonly commandId: string
        readonly holdId: string
        readonly set: boolean
      },
      context: Context,
    ): Promise<void>
  }
  /**
   * In the transaction of a reorganisation (registry/reorganisation): open dossiers follow the organisations that ended or
   * lie elsewhere now. Answers the dossiers that changed hands.
   */
  reorganised(
    write: Write,
    services: Pick<BackgroundServices, 'signers' | 'publicUrl'>,
    touched: readonly string[],
    context: Context,
  ): Promise<readonly string[]>
  /** for `/access`; absent where nobody may ask */
  readonly whatIf?: {
    /** what its acts are called, by command */
    readonly acts: Readonly<Record<Language, Readonly<Record<string, string>>>>
    describe(read: Read, dossierId: string, today: PlainDate): Promise<BareDossier>
    answer(web: Web, dossierId: string, context: Context): Promise<Answered>
  }
  /** what waits for the member besides dossiers, for the first page; absent where there is never any */
  home?(read: Read, memberId: string, context: Context, language: Language): Promise<readonly HomeCard[]>
  /** what its books say of a member's fees; undefined where they know nothing of them */
  feesOf?(read: Read, memberId: string): Promise<FeeStanding | undefined>
  /** its letters of introduction: see `BackgroundServices.introductions` */
  introductions?(read: Read, since: PlainDate): Promise<readonly Introduction[]>
  /** what it enters in the referral register (sổ giới thiệu sinh hoạt đảng); absent where it refers nobody */
  readonly register?: RegisterPart
  /** what an office sees of it on its first page; absent where there is never anything */
  officeHome?(
    read: Read,
    hat: { readonly organisationId: string; readonly position: string },
    context: Context,
    language: Language,
  ): Promise<readonly HomeCard[]>
  routes(server: FastifyInstance, web: Web): void
  tasks(services: BackgroundServices): Tasks
  sweeps(services: BackgroundServices): readonly Sweep[]
  /** One of the `bulk` commands on one dossier; answers the status it has then. Absent where there are no dossiers. */
  ask?(
    web: Web,
    request: CommandRequest<{ readonly type: string }>,
    context: Context,
  ): Promise<{ readonly status: string }>
}
