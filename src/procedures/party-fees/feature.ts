/** What the house knows of Party fees: its name, addresses, words, settings, routes, jobs and sweeps. It has no dossiers: its months are lines of the ledger. */
import type { Setting } from '../../kernel/settings.ts'
import { GUEST_PAYS_AT } from '../../registry/guests/settings.ts'
import type { Feature } from '../../web/feature.ts'
import { ACCOUNT_NOTICES } from './accounts/notice-texts.ts'
import { registerAccounts } from './accounts/routes.ts'
import { assessingSweeps } from './assessing/sweeps.ts'
import { registerReportColumn } from './books/column-routes.ts'
import { BOOK_NOTICES } from './books/notice-texts.ts'
import { registerPublished } from './books/published-routes.ts'
import { registerBooks } from './books/routes.ts'
import { BOOK_SETTINGS } from './books/settings.ts'
import { registerVouchers } from './books/voucher-routes.ts'
import { registerMemberFees } from './collecting/member-routes.ts'
import { registerCellMonth } from './collecting/routes.ts'
import { DECLARING_NOTICES } from './declaring/notice-texts.ts'
import { registerCellDeclarations } from './declaring/officer-routes.ts'
import { registerDeclaring } from './declaring/routes.ts'
import { FOLLOWING_NOTICES } from './following/notice-texts.ts'
import { officeCards } from './following/office-card.ts'
import { registerFollowing } from './following/routes.ts'
import { FOLLOWING_SETTINGS } from './following/settings.ts'
import { followingSweeps } from './following/sweeps.ts'
import { feesOf } from './following/standing.ts'
import { followReorganisation } from './following/succession.ts'
import { RELIEF_SETTINGS } from './law/relief/settings.ts'
import { ALLOCATION_SETTINGS } from './law/allocation-settings.ts'
import { TARIFF_SETTINGS } from './law/settings.ts'
import { PARTY_FEES } from './law/who.ts'
import { registerBankCallbacks } from './paying/callback-routes.ts'
import { registerCollecting } from './paying/collect-routes.ts'
import { registerOrders } from './paying/order-routes.ts'
import { ownFeesCards, registerOwnFees } from './paying/own-routes.ts'
import { registerReceipts } from './paying/receipt-routes.ts'
import { PAYING_SETTINGS } from './paying/settings.ts'
import { REFUND_NOTICES } from './refunding/notice-texts.ts'
import { registerRefunds } from './refunding/routes.ts'
import { REFUND_SETTINGS } from './refunding/settings.ts'
import { refundSweeps } from './refunding/sweeps.ts'
import { FEE_REFUSALS } from './refusal-texts.ts'
import { registerStatements } from './reviewing/import-routes.ts'
import { REVIEWING_NOTICES } from './reviewing/notice-texts.ts'
import { registerReview } from './reviewing/review-routes.ts'
import { REVIEWING_SETTINGS } from './reviewing/settings.ts'
import { reviewingSweeps } from './reviewing/sweeps.ts'
import { registerAhead } from './relieving/ahead-routes.ts'
import { registerAsking } from './relieving/asking-routes.ts'
import { RELIEVING_NOTICES } from './relieving/notice-texts.ts'
import { goingAlongSweeps } from './relieving/going-along.ts'
import { registerReliefs } from './relieving/officer-routes.ts'
import { registerBelow } from './remitting/below-routes.ts'
import { REMITTING_NOTICES } from './remitting/notice-texts.ts'
import { registerRemitting } from './remitting/remit-routes.ts'
import { registerRemittances } from './remitting/remittance-routes.ts'
import { remittingSweeps } from './remitting/sweeps.ts'

export const PARTY_FEES_FEATURE: Feature = {
  code: PARTY_FEES,
  name: 'Thu, nộp đảng phí',
  nameEn: 'Party fees',
  about: {
    vi: 'Xem tháng phải nộp, nộp bằng mã QR, lấy biên lai',
    en: 'See what is due, pay by QR code, take the receipt',
  },
  begin: '/fees',
  pages: '/fees',
  words: {
    vi: { title: 'Đảng phí', statuses: {}, ownActs: {} },
    en: { title: 'Party fees', statuses: {}, ownActs: {} },
  },
  refusals: FEE_REFUSALS,
  notices: {
    ...DECLARING_NOTICES,
    ...RELIEVING_NOTICES,
    ...ACCOUNT_NOTICES,
    ...REFUND_NOTICES,
    ...REVIEWING_NOTICES,
    ...REMITTING_NOTICES,
    ...BOOK_NOTICES,
    ...FOLLOWING_NOTICES,
  },
  settings: [
    ...TARIFF_SETTINGS,
    ...RELIEF_SETTINGS,
    ...PAYING_SETTINGS,
    ...REFUND_SETTINGS,
    ...REVIEWING_SETTINGS,
    ...ALLOCATION_SETTINGS,
    ...BOOK_SETTINGS,
    ...FOLLOWING_SETTINGS,
    GUEST_PAYS_AT as Setting<unknown>,
  ],
  bulk: [],
  home: ownFeesCards,
  officeHome: officeCards,
  // It has no dossiers: lines, accounts and balances follow.
  reorganised: (write, _services, touched, context) =>
    followReorganisation(write, touched, context).then(() => []),
  feesOf,
  // Each wing registers its own routes here, one line each.
  routes(server, web) {
    registerBankCallbacks(server, web)
    registerOwnFees(server, web)
    registerOrders(server, web)
    registerCollecting(server, web)
    registerReceipts(server, web)
    registerDeclaring(server, web)
    registerCellDeclarations(server, web)
    registerCellMonth(server, web)
    registerMemberFees(server, web)
    registerAsking(server, web)
    registerReliefs(server, web)
    registerAhead(server, web)
    registerAccounts(server, web)
    registerRefunds(server, web)
    registerStatements(server, web)
    registerReview(server, web)
    registerRemitting(server, web)
    registerRemittances(server, web)
    registerBelow(server, web)
    registerBooks(server, web)
    registerVouchers(server, web)
    registerPublished(server, web)
    registerReportColumn(server, web)
    registerFollowing(server, web)
  },
  tasks: () => ({}),
  sweeps: (services) => [
    ...assessingSweeps(services),
    ...goingAlongSweeps(services),
    ...refundSweeps(services),
    ...reviewingSweeps(services),
    ...remittingSweeps(services),
    ...followingSweeps(services),
  ],
}
