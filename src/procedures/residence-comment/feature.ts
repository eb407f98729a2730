/** What the house knows of the residence comment and of the referral it stands on: names, words, settings, routes, jobs, sweeps. */
import { perform } from '../../kernel/procedure.ts'
import type { Feature } from '../../web/feature.ts'
import { registerAsking } from './asking/routes.ts'
import { sittingCards } from './drafting/card.ts'
import { registerSitting } from './drafting/routes.ts'
import { sweep } from './jobs.ts'
import { SETTINGS } from './law/settings.ts'
import type { Command } from './law/states.ts'
import { registerLists } from './list-routes.ts'
import { COMMENT_PAGES, REFERRAL_PAGES, RESIDENCE_COMMENT, RESIDENCE_REFERRAL } from './names.ts'
import { RESIDENCE_NOTICES } from './notice-texts.ts'
import { registerPapers } from './papers/routes.ts'
import { roundCards } from './office-card.ts'
import { sealTask } from './papers/seal.ts'
import { signedComment } from './procedure.ts'
import { registerReferralRoutes } from './referral/routes.ts'
import { RESIDENCE_REFUSALS } from './refusal-texts.ts'
import { registerCommentRoutes } from './routes.ts'
import { followWithComments, followWithReferrals } from './succession.ts'
import { SEAL_TASK } from './tasks.ts'
import { actTitle, RESIDENCE_TEXTS } from './texts.ts'

const { vi, en } = RESIDENCE_TEXTS

/** Referrals follow a reorganisation before the comments that stand on them. */
export const RESIDENCE_REFERRAL_FEATURE: Feature = {
  code: RESIDENCE_REFERRAL,
  name: 'Giới thiệu giữ mối liên hệ nơi cư trú',
  nameEn: 'Referral to the residence',
  about: {
    vi: 'Nơi công tác giới thiệu đảng viên một lần về nơi cư trú',
    en: 'The workplace refers a member once to the residence',
  },
  begin: REFERRAL_PAGES,
  pages: REFERRAL_PAGES,
  words: {
    vi: { title: vi.referralTitle, statuses: vi.referralStatuses, ownActs: {} },
    en: { title: en.referralTitle, statuses: en.referralStatuses, ownActs: {} },
  },
  actTitle,
  refusals: {},
  notices: {},
  settings: [],
  bulk: [],
  reorganised: (write, _services, touched, context) => followWithReferrals(write, touched, context),
  routes: registerReferralRoutes,
  tasks: () => ({}),
  sweeps: () => [],
}

export const RESIDENCE_COMMENT_FEATURE: Feature = {
  code: RESIDENCE_COMMENT,
  name: 'Lấy ý kiến nhận xét nơi cư trú',
  nameEn: 'Residence comment',
  about: {
    vi: 'Xin chi bộ nơi cư trú nhận xét, không phải đi lấy chữ ký',
    en: 'Ask the residence cell for its comment, without carrying papers',
  },
  begin: `${COMMENT_PAGES}/begin`,
  pages: COMMENT_PAGES,
  // What is written of somebody at the residence is theirs to read once it is sealed: until then its writers may think again.
  inWriting: {
    until: 'sealedAt',
    state: ['draft', 'lastReason'],
    events: ['draft-saved', 'comment-returned-to-cell'],
  },
  words: {
    vi: { title: vi.title, statuses: vi.statuses, ownActs: {} },
    en: { title: en.title, statuses: en.statuses, ownActs: {} },
  },
  actTitle,
  refusals: RESIDENCE_REFUSALS,
  notices: RESIDENCE_NOTICES,
  settings: SETTINGS,
  bulk: [
    {
      command: 'sign',
      act: 'drafted',
      signs: true,
      text: { vi: 'Ký các phiếu đã chọn', en: 'Sign those chosen' },
    },
    {
      command: 'confirm',
      act: 'cell-signed',
      signs: true,
      text: { vi: 'Xác nhận, đóng dấu các phiếu đã chọn', en: 'Confirm those chosen' },
    },
    {
      command: 'file',
      act: 'returned-to-workplace',
      signs: false,
      text: { vi: 'Đưa các phiếu đã chọn vào hồ sơ', en: 'File those chosen' },
    },
  ],
  reorganised: (write, _services, touched, context) => followWithComments(write, touched, context),

  officeHome: async (read, hat, context, language) => [
    ...(await sittingCards(read, hat, context, language)),
    ...(await roundCards(read, hat, context, language)),
  ],

  routes(server, web) {
    registerAsking(server, web)
    registerSitting(server, web)
    registerPapers(server, web)
    registerLists(server, web)
    registerCommentRoutes(server, web)
  },

  tasks: (services) => ({ [SEAL_TASK]: (payload, job) => sealTask(services, payload, job) }),
  sweeps: (services) => [{ name: RESIDENCE_COMMENT, everyMinutes: 10, run: () => sweep(services) }],

  async ask(web, request, context) {
    const command = request.command as Command
    const { state } = await perform(web.database, signedComment(web), { ...request, command }, context)
    return { status: state.status }
  },
}
