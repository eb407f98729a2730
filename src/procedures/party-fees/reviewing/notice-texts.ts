/** The words of the notices about money that fits nothing; no sum and no name is in them. */
import type { NoticeTexts } from '../../../web/feature.ts'

export const REVIEWING_NOTICES: NoticeTexts = {
  'party-fees.bank-second': {
    vi: () =>
      'Một khoản tiền chưa khớp trên tài khoản chờ người thứ hai đồng ý. Đồng chí xem tại mục Sao kê ngân hàng, trang Tiền chưa khớp.',
    en: () =>
      'An amount on the account that fits nothing waits for a second person. See "Money that fits nothing" under "Bank statements".',
  },
  'party-fees.bank-waits': {
    vi: ({ lines, days }) =>
      `Có ${Number(lines)} khoản tiền chưa khớp trên tài khoản chờ quá ${Number(days)} ngày làm việc. Đồng chí xử lý tại mục Sao kê ngân hàng.`,
    en: ({ lines, days }) =>
      `${Number(lines)} amounts on the account fit nothing and have waited for more than ${Number(days)} working days. Please look at them under "Bank statements".`,
  },
  'party-fees.bank-waits-below': {
    vi: ({ lines, days }) =>
      `Một đơn vị cấp dưới có ${Number(lines)} khoản tiền chưa khớp trên tài khoản thu đảng phí chờ quá ${Number(days)} ngày làm việc. Đề nghị cấp ủy nhắc đơn vị xử lý.`,
    en: ({ lines, days }) =>
      `An organisation below has ${Number(lines)} amounts on its account for fees that fit nothing and have waited for more than ${Number(days)} working days. Please remind it.`,
  },
}
