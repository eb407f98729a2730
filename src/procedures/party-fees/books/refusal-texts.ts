/** The words of each "no" of books and reports. */
import { said } from '../../../web/refusal-texts.ts'
import type { RefusalTexts } from '../../../web/web.ts'

const BOOKS: RefusalTexts = {
  'party-fees.book-not-kept': said(
    [
      'Đơn vị không có sổ này',
      'Sổ S01/ĐP của chi bộ; sổ S02/ĐP của cấp ủy có đơn vị ở dưới.',
      null,
      'Đồng chí chọn sổ khác ở trang Sổ và báo cáo.',
    ],
    [
      'This organisation does not keep that book',
      'S01 is a cell’s; S02 is of committees with organisations below.',
      null,
      'Choose another book on the page of books and reports.',
    ],
  ),
  'party-fees.period-not-over': said(
    [
      'Kỳ này chưa kết thúc',
      'Báo cáo và công khai chốt số liệu đến hết ngày cuối kỳ.',
      null,
      'Đồng chí làm lại từ ngày sau khi kỳ kết thúc. Trong khi chờ vẫn xem và tải được sổ.',
    ],
    [
      'The period is not over',
      'What is sent or made public closes the figures with its last day.',
      null,
      'Come back when the period is over. Until then the books can be seen and downloaded.',
    ],
  ),
  'party-fees.period-before-unit': said(
    [
      'Khi đó đơn vị chưa thành lập',
      'Số liệu của kỳ này là của các tổ chức sau đó nhập vào đơn vị; cấp trên lấy báo cáo họ đã gửi, hoặc lấy từ sổ của họ.',
      null,
      'Đồng chí vẫn xem và tải được sổ của kỳ này. Từ kỳ có ngày thành lập trở đi thì đơn vị gửi báo cáo.',
    ],
    [
      'The organisation was not there then',
      'The figures are those of the organisations that went into it later; the one above takes what they sent, or their books.',
      null,
      'The books can be seen and downloaded. Reports are sent from the period in which it began.',
    ],
  ),
  'party-fees.report-unchanged': said(
    [
      'Báo cáo này đã gửi',
      'Sổ nay vẫn đúng như lần đã gửi, nên không gửi thêm bản nữa.',
      null,
      'Đồng chí mở bản đã gửi ở trang Sổ và báo cáo.',
    ],
    [
      'This report was sent already',
      'The books still say what was sent.',
      null,
      'Open what was sent on the page of books and reports.',
    ],
  ),
  'party-fees.publish-cells-only': said(
    [
      'Chỉ chi bộ công khai với đảng viên',
      'Đơn vị này không có đảng viên sinh hoạt trực tiếp.',
      null,
      'Mỗi chi bộ tự công khai số liệu của mình.',
    ],
    [
      'Only cells publish to members',
      'No members are counted here directly.',
      null,
      'Each cell publishes its own.',
    ],
  ),
  'party-fees.publication-unknown': said(
    [
      'Không có bản công khai này',
      'Chi bộ của đồng chí chưa công khai kỳ này, hoặc không có lần công khai mang số này.',
      null,
      'Đồng chí mở lại trang Công khai thu, nộp đảng phí.',
    ],
    [
      'There is no such publication',
      'Your cell has made nothing public of that period under that number.',
      null,
      'Open the page "Party fees made public" again.',
    ],
  ),
  'party-fees.publication-unchanged': said(
    [
      'Kỳ này đã công khai',
      'Số liệu nay vẫn đúng như lần đã công khai.',
      null,
      'Đồng chí xem tại mục Công khai thu, nộp đảng phí.',
    ],
    [
      'This period is public already',
      'The figures are still what was made public.',
      null,
      'See them under "Party fees made public".',
    ],
  ),
  'party-fees.publication-reason': said(
    [
      'Chưa ghi lý do công khai lại',
      'Lần trước đã công khai số khác; đảng viên cần biết vì sao sửa.',
      null,
      'Đồng chí ghi lý do rồi bấm Công khai lại.',
    ],
    [
      'A reason is missing',
      'Other figures were made public before; members need to know why they changed.',
      null,
      'Write the reason, then make it public again.',
    ],
  ),
}

const VOUCHERS: RefusalTexts = {
  'party-fees.voucher-unknown': said(
    [
      'Không tìm thấy phiếu này',
      'Đơn vị không có phiếu mang số này.',
      null,
      'Đồng chí mở lại trang Phiếu thu, phiếu chi.',
    ],
    [
      'There is no such voucher',
      'This organisation has no voucher of that number.',
      null,
      'Open the page of vouchers again.',
    ],
  ),
  'party-fees.voucher-undone': said(
    [
      'Phiếu này đã hủy hoặc là phiếu hủy',
      'Một phiếu chỉ hủy một lần, và phiếu hủy không hủy lại được.',
      null,
      'Nếu hủy nhầm, đồng chí lập phiếu mới với nội dung đúng.',
    ],
    [
      'This voucher is undone, or undoes another',
      'A voucher is undone once, and what undoes is not undone.',
      null,
      'If that was a mistake, make a new voucher.',
    ],
  ),
  'party-fees.voucher-month-over': said(
    [
      'Tháng này đã khóa sổ',
      'Báo cáo của tháng đã gửi hoặc đã công khai, hoặc ngày ghi quá một tháng trước.',
      'Ghi lùi ngày sẽ làm đổi sổ đã chốt.',
      'Đồng chí ghi phiếu với ngày của tháng này và nói rõ trong diễn giải.',
    ],
    [
      'The books of that month are closed',
      'Its report was sent or made public, or the day lies more than a month back.',
      'A voucher of that day would change books that are closed.',
      'Book it in this month, and say so in the explanation.',
    ],
  ),
  'party-fees.voucher-more-than-retained': said(
    [
      'Nhiều hơn phần được giữ lại',
      'Phần được giữ lại chỉ còn {retainedVnd} đồng.',
      'Chỉ chi từ phần được giữ lại; phần phải nộp cấp trên không được chi.',
      'Đồng chí xem lại số tiền, hoặc trích phần của tháng trước ở trang Trích, nộp cấp trên.',
    ],
    [
      'More than what is retained',
      'Only {retainedVnd} VND are left of it.',
      'Only what is retained is spent, not what is to be remitted.',
      'Check the amount, or share out the last month on the page of remittance first.',
    ],
  ),
  'party-fees.voucher-more-than-fund': said(
    [
      'Nhiều hơn số tiền hiện có',
      'Quỹ đã chọn chỉ còn {inFundVnd} đồng.',
      null,
      'Đồng chí chọn nơi giữ tiền khác, hoặc xem lại số tiền.',
    ],
    [
      'More than there is',
      'The fund chosen has only {inFundVnd} VND.',
      null,
      'Choose the other fund, or check the amount.',
    ],
  ),
}

export const BOOK_REFUSALS: RefusalTexts = { ...BOOKS, ...VOUCHERS }
