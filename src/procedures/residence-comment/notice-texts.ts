/** The words of the notices about residence comments and referrals; nothing personal is in them. */
import { formatInstant, type Language } from '../../kernel/plain-date.ts'
import type { NoticeTexts } from '../../web/feature.ts'
import { RESIDENCE_TEXTS } from './texts.ts'

const plain = (vi: string, en: string): NoticeTexts[string] => ({ vi: () => vi, en: () => en })
const statusIn = (act: unknown, language: Language): string => {
  const { statuses, referralStatuses } = RESIDENCE_TEXTS[language]
  const all: Readonly<Record<string, string>> = { ...referralStatuses, ...statuses }
  return (all[String(act)] ?? '').toLowerCase()
}
const until = (given: unknown, language: Language): string =>
  typeof given === 'string' ? formatInstant(new Date(given), language) : '…'

const dated = (vi: string, en: string): NoticeTexts[string] => ({
  vi: ({ year }) => vi.replace('{year}', String(year)),
  en: ({ year }) => en.replace('{year}', String(year)),
})

export const RESIDENCE_NOTICES: NoticeTexts = {
  'residence-comment.turn': {
    vi: ({ act }) => `Có phiếu nhận xét nơi cư trú đến lượt đơn vị: ${statusIn(act, 'vi')}.`,
    en: ({ act }) => `Residence comments have come to you: ${statusIn(act, 'en')}.`,
  },
  'residence-comment.due-soon': {
    vi: ({ act, count, until: by }) =>
      `Sắp đến hạn ${until(by, 'vi')}: ${String(count)} phiếu nhận xét nơi cư trú, ${statusIn(act, 'vi')}.`,
    en: ({ act, count, until: by }) =>
      `Due ${until(by, 'en')}: ${String(count)} residence comments, ${statusIn(act, 'en')}.`,
  },
  'residence-comment.papers-wait': {
    vi: ({ place }) =>
      `Giấy tờ nơi cư trú của ${String(place)} chưa ký, chưa đóng dấu được vì chứng thư số. Báo người quản trị; có chứng thư mới thì hệ thống tự ký tiếp.`,
    en: ({ place }) =>
      `Residence papers of ${String(place)} could not be signed or sealed for want of a certificate. Tell the administrator; with a new one the rest is signed by itself.`,
  },
  'residence-comment.late-commune': {
    vi: ({ place }) => `Phiếu nhận xét nơi cư trú quá hạn ở ${String(place)}. Xem danh sách quá hạn.`,
    en: ({ place }) => `Residence comments are overdue in ${String(place)}. See the list of what is overdue.`,
  },
  'residence-comment.late-province': {
    vi: ({ place }) =>
      `Phiếu nhận xét nơi cư trú quá hạn lâu ngày ở ${String(place)}. Xem danh sách quá hạn.`,
    en: ({ place }) =>
      `Residence comments have long been overdue in ${String(place)}. See the list of what is overdue.`,
  },
  'residence-comment.comment-requested': dated(
    'Nơi công tác đã xin ý kiến nhận xét nơi cư trú năm {year} của đồng chí. Đồng chí không phải làm gì.',
    'Your workplace asked for your residence comment of {year}. You need not do anything.',
  ),
  'residence-comment.comment-sealed': dated(
    'Phiếu nhận xét nơi cư trú năm {year} của đồng chí đã được xác nhận và trả về nơi công tác. Đồng chí mở phiếu để xem.',
    'Your residence comment of {year} is confirmed and returned to your workplace. Open it to read it.',
  ),
  'residence-comment.comment-sent-back': dated(
    'Yêu cầu nhận xét nơi cư trú năm {year} của đồng chí bị trả lại. Nơi công tác xử lý tiếp.',
    'Your request for the residence comment of {year} was sent back. Your workplace goes on with it.',
  ),
  'residence-comment.comment-cancelled': dated(
    'Yêu cầu nhận xét nơi cư trú năm {year} của đồng chí đã hủy.',
    'Your request for the residence comment of {year} was cancelled.',
  ),
  'residence-referral.turn': {
    vi: ({ act }) => `Có giấy giới thiệu về nơi cư trú đến lượt đơn vị: ${statusIn(act, 'vi')}.`,
    en: ({ act }) => `A referral to the residence has come to you: ${statusIn(act, 'en')}.`,
  },
  'residence-comment.came-along': plain(
    'Đơn vị có đảng viên mới chuyển đến đang được nơi cư trú nhận xét. Phiếu sẽ trả về đơn vị; đơn vị không phải xin lại.',
    'A member who came to you is being commented on at the residence. The comment comes back to you; do not ask again.',
  ),
  'residence-comment.went-along': {
    vi: ({ place }) =>
      `Phiếu nhận xét nơi cư trú của đảng viên đã chuyển công tác nay trả về ${String(place)}.`,
    en: ({ place }) =>
      `The residence comment of a member who changed jobs now goes back to ${String(place)}.`,
  },
  'residence-referral.came-along': plain(
    'Đơn vị có đảng viên mới chuyển đến đã được giới thiệu về nơi cư trú. Giấy cũ còn hiệu lực; đơn vị giới thiệu lại nếu nơi cư trú thay đổi.',
    'A member who came to you is referred to the residence already. That holds; refer again if the residence changed.',
  ),
  'residence-referral.member-referred': plain(
    'Nơi công tác đã giới thiệu đồng chí về giữ mối liên hệ nơi cư trú. Đồng chí không phải mang giấy đi đâu.',
    'Your workplace referred you to your residence. You need not carry a paper anywhere.',
  ),
  'residence-referral.referral-accepted': {
    vi: ({ place }) => `Nơi cư trú đã tiếp nhận đồng chí, giữ mối liên hệ tại ${String(place)}.`,
    en: ({ place }) => `Your residence accepted you; you keep contact with ${String(place)}.`,
  },
  'residence-referral.cell-assigned': {
    vi: ({ place }) => `Đồng chí giữ mối liên hệ nơi cư trú tại ${String(place)}.`,
    en: ({ place }) => `You keep contact at the residence with ${String(place)}.`,
  },
  'residence-referral.exemption-set': plain(
    'Diện miễn sinh hoạt nơi cư trú của đồng chí đã thay đổi.',
    'Your exemption from activity at the residence was changed.',
  ),
  'residence-referral.reorganisation-followed': {
    vi: ({ place }) =>
      `Sau sắp xếp tổ chức, đồng chí giữ mối liên hệ nơi cư trú tại ${String(place)}. Đồng chí không phải làm giấy mới.`,
    en: ({ place }) =>
      `After a reorganisation you keep contact at the residence with ${String(place)}. No new paper is needed.`,
  },
}
