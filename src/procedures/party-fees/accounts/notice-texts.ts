/** The words of the notices about accounts that receive fees. */
import type { NoticeTexts } from '../../../web/feature.ts'

export const ACCOUNT_NOTICES: NoticeTexts = {
  'party-fees.account-waits': {
    vi: () => 'Có tài khoản thu đảng phí chờ xác thực. Đồng chí xem tại mục Đảng phí, trang Tài khoản.',
    en: () => 'An account for Party fees waits to be verified. See the page Accounts under Party fees.',
  },
  'party-fees.account-verified': {
    vi: () => 'Tài khoản thu đảng phí của đơn vị đã được xác thực.',
    en: () => 'Your organisation’s account for Party fees was verified.',
  },
}
