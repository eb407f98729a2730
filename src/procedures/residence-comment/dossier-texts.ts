/** The words of a comment's and a referral's own page: what to do now, what each act brings about, the way ahead. */
import type { Status } from './law/states.ts'
import type { Status as ReferralStatus } from './referral/law/states.ts'
import type { ShownCommand } from './texts.ts'

const vi = {
  nowMine: 'Đồng chí cần làm gì bây giờ',
  nowOthers: 'Phiếu đang ở đâu',
  nowDone: 'Kết quả',
  at: 'Đang ở',
  people: 'Đảng viên và nơi cư trú',
  wayAhead: 'Đường đi của phiếu',
  more: 'Việc khác có thể làm',
  cannot: 'Chưa làm được lúc này',
  why: 'Vì sao',
  failure: 'Nguyên nhân',
  earlier: 'Xem phiếu đã ký trước đó',
  toSitting: 'Nhận xét nhiều phiếu một lúc: mở bàn nhận xét',
  confirmFirst: (act: string) => `Xác nhận bằng VNeID: ${act}`,
  freshWhy:
    'Người ký phải được xác thực cho chính lần ký này, nên đồng chí cần vừa đăng nhập trong vòng 5 phút. Xác nhận xong, trang này mở lại.',
  freshCitation: '379-QĐ/TW, Điều 12',
  done: (act: string) => `${act}: đã ghi nhận`,
  /** what whoever has it does at the step */
  now: {
    requested: 'Chọn chi bộ nơi đảng viên cư trú rồi chuyển phiếu về chi bộ đó.',
    'with-cell':
      'Chi ủy họp với ban công tác mặt trận, chọn mức cho từng tiêu chí rồi lưu. Đủ các mục và ngày họp thì ký được.',
    drafted:
      'Phiếu đã đủ. Đọc lại lần cuối rồi ký; ký xong, phiếu lên đảng ủy xã, phường và không sửa được nữa.',
    'cell-signed': 'Đọc nhận xét của chi bộ rồi xác nhận, đóng dấu. Chưa rõ thì trả về chi bộ.',
    sealing: 'Hệ thống đang ký số, đóng dấu; vài giây nữa sẽ xong. Trang tự cập nhật.',
    'sealing-failed': 'Ký số, đóng dấu chưa xong. Xem nguyên nhân rồi làm lại.',
    'returned-to-workplace': 'Phiếu đã ký, đóng dấu và về đến nơi. Đọc phiếu rồi đưa vào hồ sơ kiểm điểm.',
    filed: 'Phiếu đã vào hồ sơ kiểm điểm. Không ai phải làm gì nữa.',
    'sent-back': 'Nơi cư trú trả lại. Đọc lý do dưới đây; sửa giấy giới thiệu rồi gửi lại, hoặc hủy yêu cầu.',
    cancelled: 'Yêu cầu đã hủy.',
  } satisfies Record<Status, string>,
  referralNow: {
    referred: 'Chọn chi bộ nơi đảng viên ở rồi tiếp nhận. Đảng viên không ở đây thì trả lại, nêu lý do.',
    'sent-back': 'Nơi cư trú trả lại. Đọc lý do dưới đây, sửa nơi ở rồi gửi lại, hoặc rút giấy.',
    accepted:
      'Đảng viên giữ mối liên hệ ở chi bộ này. Chưa ai phải làm gì; chuyển nơi ở thì nơi công tác giới thiệu lại.',
    'needs-cell': 'Chi bộ cũ không còn. Chọn chi bộ khác cho đảng viên.',
    'not-referred': 'Đảng viên không thuộc diện giới thiệu. Không ai phải làm gì.',
    withdrawn: 'Giấy giới thiệu đã rút.',
    closed: 'Giấy giới thiệu đã kết thúc.',
  } satisfies Record<ReferralStatus, string>,
  /** what the act brings about */
  about: {
    route: 'Chi bộ được chọn nhận phiếu ngay và thấy hạn trả.',
    'return-to-cell': 'Chi bộ nhận lại phiếu cùng lý do này, sửa rồi ký lại.',
    confirm: 'Phiếu được ký số, đóng dấu và tự về nơi công tác.',
    'send-back': 'Phiếu về nơi xin ý kiến cùng lý do này; ở đây không phải nhận xét nữa.',
    'ask-again': 'Phiếu đi lại từ đầu theo giấy giới thiệu hiện có.',
    cancel: 'Yêu cầu đóng lại, các nơi được báo. Cần thì xin lại từ đầu.',
    correct: 'Giấy được gửi lại theo nơi ở đã sửa.',
    withdraw: 'Giấy đóng lại. Cần thì giới thiệu lại từ đầu.',
    accept: 'Đảng viên giữ mối liên hệ ở chi bộ được chọn; nơi công tác được báo.',
    'assign-cell': 'Đảng viên giữ mối liên hệ ở chi bộ được chọn từ hôm nay.',
    'set-exemption': 'Phiếu nhận xét từ nay theo mẫu của diện này.',
    close: 'Đảng viên thôi giữ mối liên hệ ở nơi này; các nơi được báo.',
  } as Readonly<Partial<Record<ShownCommand, string>>>,
  ahead: {
    requested: 'Đảng ủy xã, phường chuyển về chi bộ',
    'with-cell': 'Chi bộ nơi cư trú nhận xét',
    drafted: 'Chi bộ ký',
    'cell-signed': 'Đảng ủy xã, phường xác nhận, đóng dấu',
    'returned-to-workplace': 'Nơi công tác đưa vào hồ sơ kiểm điểm',
  },
  referralAhead: 'Đảng ủy xã, phường tiếp nhận, phân về chi bộ',
  /** what is said of a field that was left open */
  open: {
    reason: 'Viết lý do',
    ground: 'Chọn vì sao trả lại',
    cellId: 'Chọn chi bộ',
    communeId: 'Chọn xã, phường',
    address: 'Ghi nhà, đường, khu phố (thôn)',
    exempt: 'Chọn diện miễn, hoặc Không miễn',
    year: 'Chọn năm',
    purpose: 'Chọn loại',
    chosen: 'Chọn ít nhất một đảng viên',
    askFromMonth: 'Ghi tháng bắt đầu, từ 1 đến 12',
    askUntilMonth: 'Ghi tháng kết thúc, từ 1 đến 12',
    returnDecemberDay: 'Ghi ngày trả phiếu trong tháng 12, từ 1 đến 30',
    validFrom: 'Ghi ngày bắt đầu áp dụng, đủ ngày, tháng, năm',
    metOn: 'Ghi ngày họp, đủ ngày, tháng, năm',
    frontBoardMetOn: 'Ghi ngày họp với ban công tác mặt trận, đủ ngày, tháng, năm',
  } as Readonly<Record<string, string>>,
  problems: {
    custom: 'ngày không có trong lịch; ghi bằng số: ngày, tháng, năm',
    too_big: 'quá mức cho phép',
    other: 'chưa đúng, xem lại',
  } as Readonly<Record<string, string>>,
}

const en: typeof vi = {
  nowMine: 'What you do now',
  nowOthers: 'Where it is',
  nowDone: 'Outcome',
  at: 'With',
  people: 'The member and the residence',
  wayAhead: 'The way of it',
  more: 'What else can be done',
  cannot: 'Not possible now',
  why: 'Why',
  failure: 'Cause',
  earlier: 'See the comment signed before',
  toSitting: 'Many comments at once: open the sitting',
  confirmFirst: (act) => `Confirm with VNeID: ${act}`,
  freshWhy:
    'Who signs is authenticated for this very act: you need a sign-in of the last 5 minutes. Afterwards this page opens again.',
  freshCitation: '379-QĐ/TW, Điều 12',
  done: (act) => `${act}: recorded`,
  now: {
    requested: 'Choose the cell where the member lives and route the request to it.',
    'with-cell':
      'The cell committee meets the front board, chooses a step for each criterion and saves. Once complete it can be signed.',
    drafted:
      'It is complete. Read it a last time and sign; it then goes to the commune and cannot be changed.',
    'cell-signed':
      'Read the comment of the cell, then confirm and seal it. If it is unclear, return it to the cell.',
    sealing: 'It is being signed and sealed; a few seconds more. The page looks again by itself.',
    'sealing-failed': 'Signing and sealing did not finish. See why and do it again.',
    'returned-to-workplace': 'The sealed comment has come. Read it, then file it with the review.',
    filed: 'It is filed with the review. Nobody need do anything.',
    'sent-back': 'The residence sent it back. Read why; correct the referral and ask again, or cancel.',
    cancelled: 'The request was cancelled.',
  },
  referralNow: {
    referred:
      'Choose the cell where the member lives and accept. If the member does not live here, send it back and say why.',
    'sent-back': 'The residence sent it back. Read why, correct the address and send again, or withdraw.',
    accepted:
      'The member keeps contact with this cell. Nobody need do anything; who moves home is referred anew.',
    'needs-cell': 'The cell is no more. Choose another one for the member.',
    'not-referred': 'The member is not among those referred. Nobody need do anything.',
    withdrawn: 'The referral was withdrawn.',
    closed: 'The referral has ended.',
  },
  about: {
    route: 'The chosen cell has it at once, with its last day.',
    'return-to-cell': 'The cell has it back with this reason, mends and signs again.',
    confirm: 'It is signed, sealed and goes to the workplace by itself.',
    'send-back': 'It goes back to who asked with this reason; nothing more is asked here.',
    'ask-again': 'It starts again by the referral as it is now.',
    cancel: 'The request closes, all are told. It can be asked for anew.',
    correct: 'The referral is sent again with the corrected residence.',
    withdraw: 'The referral closes. It can be made anew.',
    accept: 'The member keeps contact with the chosen cell; the workplace is told.',
    'assign-cell': 'The member keeps contact with the chosen cell from today.',
    'set-exemption': 'From now on the comment follows the form of this case.',
    close: 'The member no longer keeps contact here; all are told.',
  },
  ahead: {
    requested: 'The commune routes it to a cell',
    'with-cell': 'The residence cell comments',
    drafted: 'The cell signs',
    'cell-signed': 'The commune confirms and seals',
    'returned-to-workplace': 'The workplace files it with the review',
  },
  referralAhead: 'The commune accepts and assigns a cell',
  open: {
    reason: 'Write the reason',
    ground: 'Say why it is sent back',
    cellId: 'Choose a cell',
    communeId: 'Choose a commune',
    address: 'Write the house, street and quarter',
    exempt: 'Choose the exemption, or none',
    year: 'Choose the year',
    purpose: 'Choose the purpose',
    chosen: 'Choose at least one member',
    askFromMonth: 'Write the first month, 1 to 12',
    askUntilMonth: 'Write the last month, 1 to 12',
    returnDecemberDay: 'Write the day in December, 1 to 30',
    validFrom: 'Write the day from which it holds: day, month and year',
    metOn: 'Write the day of the meeting: day, month and year',
    frontBoardMetOn: 'Write the day of the meeting with the front board: day, month and year',
  },
  problems: {
    custom: 'no such day; write day, month and year in figures',
    too_big: 'more than allowed',
    other: 'not right, please look again',
  },
}

export const DOSSIER_TEXTS = { vi, en }
