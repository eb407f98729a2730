/** What the house knows of the official transfer: its name, addresses, words, settings, routes, jobs and sweeps. */
import type { Language } from '../../kernel/plain-date.ts'
import { perform } from '../../kernel/procedure.ts'
import type { Feature } from '../../web/feature.ts'
import { actTitle } from './act-titles.ts'
import { TRANSFER_ABOUT, TRANSFER_BULK } from './feature-texts.ts'
import { heldTransfer, tellTransfer } from './holds.ts'
import { requestPaperTask, sealTask, sweep } from './jobs.ts'
import { SETTINGS } from './law/settings.ts'
import type { Command } from './law/states.ts'
import { TRANSFER_NOTICES } from './notice-texts.ts'
import { OFFICIAL_TRANSFER, officialTransfer } from './procedure.ts'
import { TRANSFER_REFUSALS } from './refusal-texts.ts'
import { registerLines, registerSubjects } from './register.ts'
import { registerRequestRoutes } from './request/routes.ts'
import { registerTransferRoutes } from './routes.ts'
import { REQUEST_PAPER_TASK, SEAL_TASK } from './tasks.ts'
import { introductions } from './store.ts'
import { followReorganisation } from './succession.ts'
import { TRANSFER_TEXTS } from './texts.ts'
import { answer, describe } from './what-if.ts'

/** What its commands are called on their buttons. */
function actsIn(language: Language): Readonly<Record<string, string>> {
  const { commands } = TRANSFER_TEXTS[language]
  return Object.fromEntries(Object.entries(commands).map(([command, { title }]) => [command, title]))
}

export const OFFICIAL_TRANSFER_FEATURE: Feature = {
  code: OFFICIAL_TRANSFER,
  name: 'Chuyển sinh hoạt đảng chính thức',
  nameEn: 'Official transfer of membership',
  about: TRANSFER_ABOUT,
  begin: '/transfers/begin',
  pages: '/transfers',
  words: TRANSFER_TEXTS,
  actTitle,
  refusals: TRANSFER_REFUSALS,
  notices: TRANSFER_NOTICES,
  settings: SETTINGS,
  bulk: [
    { command: 'accept-intake', act: 'received', signs: false, text: TRANSFER_BULK['accept-intake'] },
    { command: 'take-number', act: 'numbering', signs: true, text: TRANSFER_BULK['take-number'] },
    { command: 'sign-referral', act: 'committee-review', signs: true, text: TRANSFER_BULK['sign-referral'] },
  ],
  holds: { open: heldTransfer, tell: tellTransfer },
  reorganised: followReorganisation,
  introductions,
  register: { subjects: registerSubjects, lines: registerLines },

  whatIf: {
    acts: { vi: actsIn('vi'), en: actsIn('en') },
    describe,
    answer,
  },

  routes(server, web) {
    registerRequestRoutes(server, web)
    registerTransferRoutes(server, web)
  },

  tasks: (services) => ({
    [SEAL_TASK]: (payload, job) => sealTask(services, payload, job.lastAttempt),
    [REQUEST_PAPER_TASK]: (payload) => requestPaperTask(services, payload),
  }),

  sweeps: (services) => [{ name: OFFICIAL_TRANSFER, everyMinutes: 10, run: () => sweep(services) }],

  async ask(web, request, context) {
    const { command } = request
    const { state } = await perform(
      web.database,
      officialTransfer(web),
      { ...request, command: command as Command },
      context,
    )
    return { status: state.status }
  },
}
