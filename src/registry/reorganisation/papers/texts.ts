/** The words of the pages about hand-over papers, and of their notices; Vietnamese first. */
import { formatDate, isPlainDate, type Language } from '../../../kernel/plain-date.ts'
import type { NoticeTexts } from '../../../web/feature.ts'
import type { HandOverView } from './contract.ts'

const vi = {
  title: 'Giấy tờ bàn giao',
  lead: 'Quyết định chuyển giao, quyết định tiếp nhận và biên bản bàn giao khi sắp xếp tổ chức đảng.',
  mine: 'Chờ đồng chí',
  others: 'Các giấy tờ khác',
  none: 'Chưa có giấy tờ bàn giao nào',
  noneAbout: 'Khi một phương án sắp xếp được áp dụng, giấy tờ của hai bên hiện ở đây.',
  kinds: {
    decision: 'Quyết định chuyển giao',
    acceptance: 'Quyết định tiếp nhận',
    minutes: 'Biên bản bàn giao',
  },
  between: (giver: string, receiver: string) => `${giver} bàn giao, ${receiver} nhận`,
  of: (issuer: string) => `của ${issuer}`,
  plan: 'Phương án',
  basis: 'Căn cứ',
  decided: (number: string, day: string, issuer: string) => `Quyết định số ${number}, ngày ${day}, ${issuer}`,
  effectiveOn: 'Có hiệu lực từ',
  issuer: 'Nơi ban hành',
  giver: 'Bên giao',
  receiver: 'Bên nhận',
  endedSuffix: (name: string) => `${name} (đã kết thúc hoạt động)`,
  goOver: (organisations: string, members: string) =>
    `Chuyển cả tổ chức: ${organisations} tổ chức, ${members} đảng viên`,
  byThemselves: 'Chuyển riêng đảng viên',
  counted: (name: string, members: string) => `${name}: ${members} đảng viên`,
  members: (members: string) => `${members} đảng viên`,
  seals: 'Con dấu phải nộp',
  number: 'Số',
  until: 'Ký chậm nhất',
  standing: 'Tình trạng',
  signedBy: 'Đã ký',
  whole: 'Đã đủ chữ ký',
  voided: (reason: string) => `Đã hủy: ${reason}`,
  steps: {
    person: 'Chờ nơi ban hành ký',
    giver: 'Chờ bên giao ký',
    receiver: 'Chờ bên nhận ký',
    number: 'Chờ văn thư lấy số',
    seal: 'Đang đóng dấu',
    made: 'Đang lập biên bản',
  },
  acts: {
    person: 'Ký quyết định',
    giver: 'Ký thay mặt bên giao',
    receiver: 'Ký thay mặt bên nhận',
    number: 'Lấy số và đóng dấu',
    seal: 'Đóng dấu lại',
  },
  ask: {
    sign: 'Đồng chí đọc giấy tờ rồi ký. Chữ ký số bao trùm cả biên bản và danh sách; ký rồi không rút lại được.',
    number: 'Hệ thống lấy số tiếp theo trong sổ quyết định của cấp ủy, ghi ngày hôm nay rồi đóng dấu.',
    seal: 'Lần đóng dấu trước chưa thành công. Khi chứng thư của tổ chức đã sẵn sàng, đồng chí bấm để đóng dấu lại.',
  },
  failure: 'Chưa đóng dấu được: kiểm tra chứng thư số của tổ chức.',
  endedTitle: 'Ai ký khi bên giao đã kết thúc hoạt động',
  endedRule:
    'Bí thư hoặc phó bí thư cuối cùng của bên giao ký; không còn ai ký được thì cấp ủy ra quyết định ký, vì cấp ủy đó thu hồi hồ sơ, con dấu và chuyển giao đảng viên. Bên giao không đóng dấu vì con dấu phải nộp lại.',
  numberRule: 'Số do văn thư lấy, người ký không tự lấy số.',
  untilRule: 'Thời hạn ký là thiết lập của hệ thống, theo thời hạn nộp hồ sơ, con dấu của tổ chức giải thể.',
  download: 'Tải về (PDF)',
  back: 'Về danh sách giấy tờ bàn giao',
  done: { signed: 'Đã ký', numbered: 'Đã lấy số, đang đóng dấu', sealing: 'Đang đóng dấu lại' },
  waiting: (count: number) => `${count} giấy tờ bàn giao chờ đồng chí`,
  waitingAbout: 'Giấy tờ của lần sắp xếp tổ chức đảng, cần chữ ký hoặc số của đồng chí.',
  open: 'Mở giấy tờ bàn giao',
}
const en: typeof vi = {
  title: 'Hand-over papers',
  lead: 'Decisions to hand over and to accept, and minutes of hand-over, of reorganisations of Party organisations.',
  mine: 'Waiting for you',
  others: 'Other papers',
  none: 'No hand-over papers yet',
  noneAbout: 'When a plan of reorganisation is applied, the papers of both sides appear here.',
  kinds: {
    decision: 'Decision to hand over',
    acceptance: 'Decision to accept',
    minutes: 'Minutes of hand-over',
  },
  between: (giver, receiver) => `${giver} hands over, ${receiver} receives`,
  of: (issuer) => `of ${issuer}`,
  plan: 'Plan',
  basis: 'Basis',
  decided: (number, day, issuer) => `Decision ${number} of ${day}, ${issuer}`,
  effectiveOn: 'In force from',
  issuer: 'Issued by',
  giver: 'Hands over',
  receiver: 'Receives',
  endedSuffix: (name) => `${name} (no longer there)`,
  goOver: (organisations, members) => `${organisations} organisations go over whole, with ${members} members`,
  byThemselves: 'Members who go by themselves',
  counted: (name, members) => `${name}: ${members} members`,
  members: (members) => `${members} members`,
  seals: 'Seals to be handed in',
  number: 'Number',
  until: 'To be signed by',
  standing: 'Standing',
  signedBy: 'Signed by',
  whole: 'All signatures are there',
  voided: (reason) => `Void: ${reason}`,
  steps: {
    person: 'Waits for the issuer’s signature',
    giver: 'Waits for the signature of who hands over',
    receiver: 'Waits for the signature of who receives',
    number: 'Waits for its number',
    seal: 'Being sealed',
    made: 'The minutes are being made',
  },
  acts: {
    person: 'Sign the decision',
    giver: 'Sign for who hands over',
    receiver: 'Sign for who receives',
    number: 'Take the number and seal',
    seal: 'Seal again',
  },
  ask: {
    sign: 'Read the paper, then sign. The signature covers the minutes and the lists; it cannot be taken back.',
    number:
      'The system takes the next number of the committee’s register of decisions, writes today’s date, then seals.',
    seal: 'The last sealing failed. Once the organisation’s certificate is ready, seal again.',
  },
  failure: 'Not sealed yet: check the organisation’s certificate.',
  endedTitle: 'Who signs when the organisation that hands over is no longer there',
  endedRule:
    'Its last secretary or deputy signs; where nobody can, the committee that decided signs, since it collects files and seal and transfers the members. No seal is set: it is to be handed in.',
  numberRule: 'A clerk takes the number; who signs does not.',
  untilRule:
    'The last day is a setting of this system, after the term for files and seals of a dissolved organisation.',
  download: 'Download (PDF)',
  back: 'Back to the hand-over papers',
  done: { signed: 'Signed', numbered: 'Numbered, being sealed', sealing: 'Being sealed again' },
  waiting: (count) => `${count} hand-over ${count === 1 ? 'paper waits' : 'papers wait'} for you`,
  waitingAbout: 'Papers of a reorganisation that need your signature, or a number.',
  open: 'Open hand-over papers',
}
export const HAND_OVER_TEXTS: Readonly<Record<Language, typeof vi>> = { vi, en }
export type HandOverWords = typeof vi

const about = (vi: (title: string, day: string) => string, en: (title: string, day: string) => string) => {
  const said =
    (language: Language, words: typeof vi) =>
    ({ title, until }: Readonly<Record<string, unknown>>) =>
      words(String(title), isPlainDate(until) ? formatDate(until, language) : '…')
  return { vi: said('vi', vi), en: said('en', en) }
}

export const HAND_OVER_NOTICES: NoticeTexts = {
  'hand-over.waiting': about(
    (title, day) =>
      `Giấy tờ bàn giao của "${title}" chờ đồng chí, chậm nhất ${day}. Đồng chí mở Giấy tờ bàn giao.`,
    (title, day) => `Hand-over papers of "${title}" wait for you, by ${day}. Open Hand-over papers.`,
  ),
  'hand-over.remind': about(
    (title, day) => `Giấy tờ bàn giao của "${title}" sắp đến hạn ${day}. Đồng chí mở Giấy tờ bàn giao.`,
    (title, day) => `Hand-over papers of "${title}" are due on ${day}. Open Hand-over papers.`,
  ),
  'hand-over.overdue': about(
    (title, day) =>
      `Giấy tờ bàn giao của "${title}" đã quá hạn ${day}. Đồng chí mở Giấy tờ bàn giao để làm ngay.`,
    (title, day) => `Hand-over papers of "${title}" were due on ${day}. Open Hand-over papers now.`,
  ),
  'hand-over.overdue-below': about(
    (title, day) =>
      `Có giấy tờ bàn giao của "${title}" quá hạn ${day} chưa đủ chữ ký. Đồng chí xem ở Giấy tờ bàn giao và đôn đốc.`,
    (title, day) =>
      `Hand-over papers of "${title}", due on ${day}, are not all signed. See Hand-over papers and follow up.`,
  ),
}

/** 'Biên bản bàn giao: … bàn giao, … nhận'. */
export function nameOf(paper: HandOverView, words: HandOverWords): string {
  const [line] = paper.lines
  return paper.kind === 'minutes' && line
    ? `${words.kinds.minutes}: ${words.between(line.giver, line.receiver)}`
    : `${words.kinds[paper.kind]} ${words.of(paper.issuer)}`
}

/** Where it stands, and until when where somebody is waited for. */
export function standingInWords(paper: HandOverView, language: Language): string {
  const words = HAND_OVER_TEXTS[language]
  if (paper.voidReason !== null) return words.voided(paper.voidReason)
  if (paper.steps.length === 0) return words.whole
  const steps = paper.steps.map((step) => words.steps[step]).join('; ')
  return `${steps}. ${words.until}: ${formatDate(paper.dueOn, language)}`
}
