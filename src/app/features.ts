/** Everybody the house has: the only list of features. To add a procedure, add its lines here. */
import type { FastifyInstance } from 'fastify'
import { todayIn } from '../kernel/plain-date.ts'
import { settingsOn, type Setting } from '../kernel/settings.ts'
import { identityTexts } from '../identity/texts.ts'
import { registerVerifyRoutes } from '../papers/verify-routes.ts'
import { PAPER_REFUSALS } from '../papers/texts.ts'
import { requestPaperTask, sealTask, sweep, type JobServices } from '../procedures/official-transfer/jobs.ts'
import { OFFICIAL_TRANSFER } from '../procedures/official-transfer/procedure.ts'
import { registerTransferRegister } from '../procedures/official-transfer/register-routes.ts'
import { registerRequestRoutes } from '../procedures/official-transfer/request-routes.ts'
import { registerTransferRoutes } from '../procedures/official-transfer/routes.ts'
import { SETTINGS as TRANSFER_SETTINGS } from '../procedures/official-transfer/settings.ts'
import { REQUEST_PAPER_TASK, SEAL_TASK } from '../procedures/official-transfer/tasks.ts'
import type { NoticeTexts } from '../procedures/official-transfer/notice-texts.ts'
import { TRANSFER_NOTICES, TRANSFER_REFUSALS } from '../procedures/official-transfer/texts.ts'
import { registerRegistryRoutes } from '../registry/routes.ts'
import { IMPORT_TASK, importTask } from '../registry/import/job.ts'
import { REGISTRY_NOTICES, REGISTRY_REFUSALS } from '../registry/texts.ts'
import type { RefusalTexts, Web } from '../web/web.ts'
import { OFFICE_HOURS_SETTING } from './calendar.ts'
import type { Parts } from './parts.ts'
import { APP_REFUSALS } from './texts.ts'
import type { Sweep, Tasks } from './worker.ts'

/** What members and organisations can ask for; delegations name them by code. */
export const PROCEDURES = [
  {
    code: OFFICIAL_TRANSFER,
    name: 'Chuyển sinh hoạt đảng chính thức',
    nameEn: 'Official transfer of membership',
    begin: '/transfers/begin',
    pages: '/transfers',
  },
] as const

/** The words of every refusal anybody can meet. */
export const REFUSAL_TEXTS: RefusalTexts = {
  ...APP_REFUSALS,
  ...identityTexts,
  ...PAPER_REFUSALS,
  ...REGISTRY_REFUSALS,
  ...TRANSFER_REFUSALS,
}

/** The words of every notice, by its code. */
export const NOTICE_TEXTS: NoticeTexts = { ...REGISTRY_NOTICES, ...TRANSFER_NOTICES }

/** Every setting there is, for the settings page. */
export const SETTINGS: readonly Setting<unknown>[] = [
  OFFICE_HOURS_SETTING as Setting<unknown>,
  ...TRANSFER_SETTINGS,
]

/** Registers the routes of every feature. */
export function registerFeatures(server: FastifyInstance, web: Web): void {
  registerRequestRoutes(server, web)
  registerTransferRoutes(server, web)
  registerTransferRegister(server, web)
  registerRegistryRoutes(server, web)
  registerVerifyRoutes(server, web)
}

function jobServices(parts: Parts): JobServices {
  return {
    database: parts.database,
    signers: parts.signers,
    publicUrl: parts.publicUrl,
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

/** What the worker does, by the name a job was planned under. */
export function tasksOf(parts: Parts): Tasks {
  const services = jobServices(parts)
  return {
    [SEAL_TASK]: (payload, job) => sealTask(services, payload, job.lastAttempt),
    [REQUEST_PAPER_TASK]: (payload) => requestPaperTask(services, payload),
    [IMPORT_TASK]: (payload, job) => importTask(parts, payload, job.lastAttempt),
  }
}

/** What time brings about. */
export function sweepsOf(parts: Parts): Sweep[] {
  const services = jobServices(parts)
  return [{ name: OFFICIAL_TRANSFER, everyMinutes: 10, run: () => sweep(services) }]
}
