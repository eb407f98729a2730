/** The words of the transfer's notices: made when they are shown, from what was recorded. Nothing personal is in them. */
import { formatDate, formatInstant, isPlainDate, type Language } from '../../kernel/plain-date.ts'
import type { NoticeTexts } from '../../web/feature.ts'

type Facts = Readonly<Record<string, unknown>>
/** The sentence of a notice in one language. */
type NoticeSentence = (facts: Facts) => string

/** ' Hạn: 17:00 25/11/2026.', or nothing where no time was recorded. */
function until(facts: Facts, language: Language): string {
  const instant = typeof facts.until === 'string' ? new Date(facts.until) : undefined
  if (!instant || Number.isNaN(instant.getTime())) return ''
  return language === 'en' ? ` By ${formatInstant(instant, 'en')}.` : ` Hạn: ${formatInstant(instant, 'vi')}.`
}

function day(value: unknown, language: Language): string {
  return isPlainDate(value) ? formatDate(value, language) : '…'
}

const said = (vi: string, en: string): Readonly<Record<Language, NoticeSentence>> => ({
  vi: () => vi,
  en: () => en,
})
const withUntil = (vi: string, en: string): Readonly<Record<Language, NoticeSentence>> => ({
  vi: (facts) => vi + until(facts, 'vi'),
  en: (facts) => en + until(facts, 'en'),
})

/** What waits for whose turn it is, by the status of the dossier. */
const TURNS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  received: { vi: 'Có hồ sơ mới cần kiểm tra.', en: 'A new dossier has to be checked.' },
  blocked: {
    vi: 'Một hồ sơ tạm dừng, cần theo dõi và kết luận.',
    en: 'A blocked dossier awaits your decision.',
  },
  'cell-review': {
    vi: 'Một hồ sơ chờ chi bộ họp, nhận xét và ký giới thiệu.',
    en: 'A dossier awaits the comment and signature of the cell.',
  },
  'committee-review': { vi: 'Một giấy giới thiệu chờ ký.', en: 'A referral letter awaits signature.' },
  numbering: {
    vi: 'Một giấy giới thiệu chờ lấy số, đóng dấu.',
    en: 'A referral letter awaits its number and seal.',
  },
  'sealing-failed': { vi: 'Đóng dấu chưa được, cần xử lý lại.', en: 'Sealing failed and has to be seen to.' },
  referred: {
    vi: 'Giấy giới thiệu đã xong, chờ giao hồ sơ giấy niêm phong.',
    en: 'A letter is complete; the sealed paper file is to be handed over.',
  },
  'papers-lost': { vi: 'Đảng viên báo mất giấy tờ, cần làm lại.', en: 'A member reported lost papers.' },
  'at-destination': {
    vi: 'Hồ sơ đã đến, chờ phân về chi bộ.',
    en: 'A dossier has arrived and awaits a cell.',
  },
  'cell-admission': {
    vi: 'Một đảng viên chờ chi bộ họp tiếp nhận.',
    en: 'A member awaits admission by the cell.',
  },
  'destination-returned': { vi: 'Nơi đến trả lại một hồ sơ.', en: 'The destination sent a dossier back.' },
}
const ANY_TURN = { vi: 'Có hồ sơ chuyển sinh hoạt đến lượt xử lý.', en: 'A transfer awaits you.' }

const turn = (language: Language): NoticeSentence => {
  return (facts) => (TURNS[String(facts.act)] ?? ANY_TURN)[language] + until(facts, language)
}

/** By the code the slice records. */
export const TRANSFER_NOTICES: NoticeTexts = {
  'transfer.turn': { vi: turn('vi'), en: turn('en') },
  'transfer.transfer-received': withUntil(
    'Hồ sơ chuyển sinh hoạt của đồng chí đã được tiếp nhận. Chi bộ đang kiểm tra.',
    'Your transfer request has been received. The cell is checking it.',
  ),
  'transfer.transfer-technically-rejected': said(
    'Hồ sơ chưa gửi được vì có tệp bị lỗi. Mời đồng chí sửa và gửi lại.',
    'Your request could not be taken because a file is broken. Please mend it and send again.',
  ),
  'transfer.intake-extended': withUntil(
    'Chi bộ cần thêm thời gian kiểm tra hồ sơ của đồng chí.',
    'The cell needs more time to check your request.',
  ),
  'transfer.supplement-asked': withUntil(
    'Hồ sơ cần bổ sung. Mời đồng chí xem danh sách và trả lời.',
    'Your request has to be completed. Please see the list and answer.',
  ),
  'transfer.supplement-reminded': withUntil(
    'Nhắc đồng chí bổ sung hồ sơ. Quá hạn mà chưa bổ sung, hồ sơ có thể bị đóng.',
    'A reminder to complete your request. If nothing comes, it may be closed.',
  ),
  'transfer.transfer-closed-unanswered': said(
    'Hồ sơ đã đóng vì không được bổ sung. Đồng chí có thể làm hồ sơ mới.',
    'Your request was closed because no supplement came. You can make a new one.',
  ),
  'transfer.transfer-blocked': said(
    'Hồ sơ của đồng chí tạm dừng. Mời đồng chí mở hồ sơ để xem lý do.',
    'Your dossier is blocked for the time being. Please open it to read why.',
  ),
  'transfer.block-lifted': withUntil(
    'Hồ sơ của đồng chí đã được gỡ tạm dừng và đi tiếp.',
    'The block on your dossier was lifted; it goes on.',
  ),
  'transfer.transfer-returned': withUntil(
    'Hồ sơ được trả lại một bước. Mời đồng chí mở hồ sơ để xem lý do.',
    'Your dossier went one step back. Please open it to read why.',
  ),
  'transfer.transfer-refused': said(
    'Hồ sơ của đồng chí không được giải quyết. Lý do ghi trong hồ sơ.',
    'Your request was refused. The reason is in the dossier.',
  ),
  'transfer.transfer-referred': said(
    'Giấy giới thiệu của đồng chí đã hoàn thành. Chờ nhận hồ sơ giấy niêm phong để mang đến nơi mới.',
    'Your referral letter is complete. You will be handed the sealed paper file to take along.',
  ),
  'transfer.file-handed-over': withUntil(
    'Đồng chí đã nhận hồ sơ giấy niêm phong. Mang đến nơi mới cùng thẻ đảng viên.',
    'You have the sealed paper file. Take it to the new place with your card.',
  ),
  'transfer.presentation-overdue': said(
    'Đã quá 30 ngày làm việc mà hồ sơ chưa được xuất trình ở nơi đến. Mời đồng chí xuất trình ngay và giải trình lý do.',
    'The file was not presented within 30 working days. Please present it at once and explain why.',
  ),
  'transfer.present-soon': {
    vi: (facts) => `Nhắc đồng chí xuất trình hồ sơ tại nơi đến trước hết ngày ${day(facts.presentBy, 'vi')}.`,
    en: (facts) => `Please present your file at the destination by the end of ${day(facts.presentBy, 'en')}.`,
  },
  'transfer.completed-here': said(
    'Một đảng viên đã được chi bộ nơi đến tiếp nhận. Việc chuyển sinh hoạt đã xong.',
    'A member was admitted by the destination cell. The transfer is complete.',
  ),
  'transfer.reorganisation-followed': withUntil(
    'Tổ chức đảng trên đường đi của hồ sơ đã được sắp xếp lại. Tổ chức kế thừa giải quyết tiếp; đồng chí không phải làm lại.',
    'An organisation on the way of your dossier was reorganised. The one that took over goes on; you need not begin again.',
  ),
  'transfer.long-stop': said(
    'Một đảng viên được giới thiệu đến đã hơn 3 tháng chưa xuất trình hồ sơ. Đề nghị kiểm tra, báo cáo theo quy định.',
    'A member referred to you more than 3 months ago has not presented the file. Please look into it and report.',
  ),
  'transfer.referral-voided': withUntil(
    'Giấy giới thiệu cũ đã hủy; giấy mới đang được làm lại.',
    'The former letter was voided; a new one is being made.',
  ),
  'transfer.destination-returned': withUntil(
    'Nơi đến trả lại hồ sơ của đồng chí; nơi giới thiệu đang xử lý.',
    'The destination sent your dossier back; the body that referred is seeing to it.',
  ),
  'transfer.received-at-destination': said(
    'Nơi đến đã nhận hồ sơ của đồng chí và đang phân về chi bộ.',
    'The destination has received your file and is assigning a cell.',
  ),
  'transfer.transfer-reverted': said(
    'Việc chuyển đã hủy. Đồng chí trở lại sinh hoạt ở nơi cũ.',
    'The transfer was undone. You belong to your former organisation again.',
  ),
  'transfer.member-admitted': said(
    'Chi bộ mới đã họp tiếp nhận đồng chí. Thủ tục hoàn thành.',
    'Your new cell has met and admitted you. The procedure is complete.',
  ),
}
