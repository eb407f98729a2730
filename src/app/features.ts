/** Everybody the house has. To add a procedure, add its feature to `FEATURES`: the rest follows. */
import type { FastifyInstance } from 'fastify'
import { IDENTITY_NOTICES } from '../identity/notice-texts.ts'
import { IDENTITY_SETTINGS_OF_DAY } from '../identity/passkey-settings.ts'
import { identityTexts } from '../identity/texts.ts'
import type { Read, Write } from '../kernel/db.ts'
import type { Sweep, Tasks } from '../kernel/jobs.ts'
import { todayIn, type PlainDate } from '../kernel/plain-date.ts'
import type { Context } from '../kernel/procedure.ts'
import { settingsOn, type Setting } from '../kernel/settings.ts'
import { PAPER_REFUSALS } from '../papers/texts.ts'
import { registerVerifyRoutes } from '../papers/verify-routes.ts'
import { PAYMENT_REFUSALS } from '../payments/refusal-texts.ts'
import { OFFICIAL_TRANSFER_FEATURE } from '../procedures/official-transfer/feature.ts'
import { PARTY_FEES_FEATURE } from '../procedures/party-fees/feature.ts'
import {
  RESIDENCE_COMMENT_FEATURE,
  RESIDENCE_REFERRAL_FEATURE,
} from '../procedures/residence-comment/feature.ts'
import { TEMPORARY_TRANSFER_FEATURE } from '../procedures/temporary-transfer/feature.ts'
import { IMPORT_TASK, importTask } from '../registry/import/job.ts'
import { RIGHTS_SETTINGS } from '../registry/own-record/settings.ts'
import type { FollowDossiers } from '../registry/reorganisation/apply.ts'
import { REORGANISATION_SETTINGS } from '../registry/reorganisation/law/settings.ts'
import { handOverSweep, handOverTasks } from '../registry/reorganisation/papers/jobs.ts'
import { reorganisationSweep } from '../registry/reorganisation/sweep.ts'
import { registerRegistryRoutes } from '../registry/routes.ts'
import { registrySweeps } from '../registry/sweeps.ts'
import { REGISTRY_NOTICES, REGISTRY_REFUSALS } from '../registry/texts.ts'
import type { BackgroundServices, Feature, NoticeTexts } from '../web/feature.ts'
import type { FeeStanding, Introduction } from '../web/introductions.ts'
import type { RefusalTexts, Web } from '../web/web.ts'
import { DRAFT_DAYS, forgetDraftsSweep } from '../web/form-drafts.ts'
import { OFFICE_HOURS_SETTING } from './calendar.ts'
import type { Parts } from './parts.ts'
import { BREACH_HOURS } from './privacy/breaches.ts'
import { RETENTION_SETTINGS, retentionSweep } from './privacy/retention.ts'
import { registerReferralRegister } from './register/routes.ts'
import { reactionsOf } from './reactions.ts'
import { APP_REFUSALS } from './texts.ts'

/** What members and organisations can ask for. */
export const FEATURES: readonly Feature[] = [
  OFFICIAL_TRANSFER_FEATURE,
  TEMPORARY_TRANSFER_FEATURE,
  PARTY_FEES_FEATURE,
  RESIDENCE_REFERRAL_FEATURE,
  RESIDENCE_COMMENT_FEATURE,
]

/** The feature a dossier is of. */
export function featureOf(procedure: string): Feature | undefined {
  return FEATURES.find(({ code }) => code === procedure)
}

/** The words of every refusal anybody can meet. */
export const REFUSAL_TEXTS: RefusalTexts = {
  ...APP_REFUSALS,
  ...identityTexts,
  ...PAPER_REFUSALS,
  ...PAYMENT_REFUSALS,
  ...REGISTRY_REFUSALS,
  ...allOf(({ refusals }) => refusals),
}

/** The words of every notice, by its code. */
export const NOTICE_TEXTS: NoticeTexts = {
  ...IDENTITY_NOTICES,
  ...REGISTRY_NOTICES,
  ...allOf(({ notices }) => notices),
}

function allOf<T>(part: (feature: Feature) => Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(FEATURES.flatMap((feature) => Object.entries(part(feature))))
}

/** Every setting there is, for the settings page. */
export const SETTINGS: readonly Setting<unknown>[] = [
  OFFICE_HOURS_SETTING as Setting<unknown>,
  ...IDENTITY_SETTINGS_OF_DAY,
  ...REORGANISATION_SETTINGS,
  ...RIGHTS_SETTINGS,
  ...RETENTION_SETTINGS,
  BREACH_HOURS as Setting<unknown>,
  ...FEATURES.flatMap(({ settings }) => settings),
  DRAFT_DAYS,
]

/** Registers the routes of every feature. */
export function registerFeatures(server: FastifyInstance, web: Web): void {
  for (const feature of FEATURES) feature.routes(server, web)
  registerRegistryRoutes(server, web)
  registerVerifyRoutes(server, web)
  registerReferralRegister(server, web, FEATURES)
}

/** What the books of whichever feature keeps fees say of a member. */
export async function feesOf(read: Read, memberId: string): Promise<FeeStanding | undefined> {
  for (const feature of FEATURES) {
    const standing = await feature.feesOf?.(read, memberId)
    if (standing) return standing
  }
  return undefined
}

/** By the procedure that says so of its own dossiers. */
export const IN_WRITING = FEATURES.flatMap(({ code, inWriting }) =>
  inWriting ? [{ procedure: code, ...inWriting }] : [],
)

async function introductions(read: Read, since: PlainDate): Promise<readonly Introduction[]> {
  const found = FEATURES.map((feature) => feature.introductions?.(read, since) ?? [])
  return (await Promise.all(found)).flat()
}

function backgroundOf(parts: Parts): BackgroundServices {
  return {
    database: parts.database,
    signers: parts.signers,
    publicUrl: parts.publicUrl,
    press: parts.press,
    introductions,
    contextNow: async () => {
      const at = parts.clock.now()
      const today = todayIn(at)
      const [calendar, settings] = await Promise.all([
        parts.calendar(),
        settingsOn(parts.database.read, today),
      ])
      return { at, today, calendar, settings }
    },
  }
}

/** Open dossiers of every procedure follow a reorganisation: see `Feature.reorganised`. */
export async function followReorganisation(
  write: Write,
  services: Pick<BackgroundServices, 'signers' | 'publicUrl'>,
  touched: readonly string[],
  context: Context,
): Promise<readonly string[]> {
  const followed: string[] = []
  for (const feature of FEATURES)
    followed.push(...(await feature.reorganised(write, services, touched, context)))
  return followed
}

/** What the worker does, by the name a job was planned under. */
export function tasksOf(parts: Parts): Tasks {
  const services = backgroundOf(parts)
  return {
    ...allOf(({ tasks }) => tasks(services)),
    ...handOverTasks(services),
    ...reactionsOf(services),
    [IMPORT_TASK]: (payload, job) => importTask(parts, payload, job.lastAttempt),
  }
}

/** What time brings about. */
export function sweepsOf(parts: Parts): Sweep[] {
  const services = backgroundOf(parts)
  const follow: FollowDossiers = (write, touched, context) =>
    followReorganisation(write, services, touched, context)
  return [
    ...FEATURES.flatMap(({ sweeps }) => sweeps(services)),
    reorganisationSweep(services, follow),
    forgetDraftsSweep(services),
    ...registrySweeps(services),
    retentionSweep(parts.database, parts.clock),
    handOverSweep(services),
  ]
}
