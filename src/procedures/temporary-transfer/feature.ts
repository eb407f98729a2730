/** What the house knows of the temporary transfer: its name, addresses, words, settings, routes, jobs and sweeps. */
import { perform } from '../../kernel/procedure.ts'
import { mayReadMembers } from '../../registry/reader.ts'
import type { Feature } from '../../web/feature.ts'
import { staysHere } from './guests.ts'
import { paperTask, sealTask, sweep } from './jobs.ts'
import { SETTINGS } from './law/settings.ts'
import type { Command } from './law/states.ts'
import { GUEST_TEXTS } from './guests-texts.ts'
import { STAY_NOTICES } from './notice-texts.ts'
import { actTitle } from './page-data.ts'
import { temporaryTransfer } from './procedure.ts'
import { STAY_REFUSALS } from './refusal-texts.ts'
import { registerLines, registerSubjects } from './register.ts'
import { registerStayRoutes } from './routes.ts'
import { followReorganisation } from './succession.ts'
import { PAPER_TASK, SEAL_TASK, TEMPORARY_TRANSFER } from './tasks.ts'
import { STAY_TEXTS } from './texts.ts'
import { answer, describe } from './what-if.ts'

/** What its commands are called on their buttons. */
const actsIn = (language: 'vi' | 'en') =>
  Object.fromEntries(
    Object.entries(STAY_TEXTS[language].commands).map(([command, [title]]) => [command, title]),
  )

export const TEMPORARY_TRANSFER_FEATURE: Feature = {
  code: TEMPORARY_TRANSFER,
  name: 'Chuyển sinh hoạt đảng tạm thời',
  nameEn: 'Temporary transfer of membership',
  about: {
    vi: 'Đi làm, đi học hoặc ở nơi khác từ 3 tháng đến dưới 1 năm rồi trở về',
    en: 'Working, studying or living elsewhere for 3 months to under a year, and returning',
  },
  begin: '/temporary-transfers/begin',
  pages: '/temporary-transfers',
  words: STAY_TEXTS,
  actTitle,
  refusals: STAY_REFUSALS,
  notices: STAY_NOTICES,
  settings: SETTINGS,
  bulk: [],
  reorganised: followReorganisation,
  register: { subjects: registerSubjects, lines: registerLines },
  whatIf: { acts: { vi: actsIn('vi'), en: actsIn('en') }, describe, answer },

  async officeHome(read, { organisationId, position }, { today }, language) {
    if (!mayReadMembers({ position })) return []
    const { guests, away } = await staysHere(read, organisationId, today)
    if (guests.length + away.length === 0) return []
    const list = GUEST_TEXTS[language]
    const action = { href: '/temporary-transfers/guests', text: list.open }
    return [{ key: 'stays', title: list.title, status: list.card(guests.length, away.length), action }]
  },

  routes: registerStayRoutes,

  tasks: (services) => ({
    [SEAL_TASK]: (payload, job) => sealTask(services, payload, job.lastAttempt),
    [PAPER_TASK]: (payload) => paperTask(services, payload),
  }),

  sweeps: (services) => [{ name: TEMPORARY_TRANSFER, everyMinutes: 10, run: () => sweep(services) }],

  async ask(web, request, context) {
    const { command } = request
    const { state } = await perform(
      web.database,
      temporaryTransfer(web),
      { ...request, command: command as Command },
      context,
    )
    return { status: state.status }
  },
}
