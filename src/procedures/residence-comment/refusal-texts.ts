/** The words of each "no" of the residence comment and its referral, Vietnamese first. */
import { said } from '../../web/refusal-texts.ts'
import type { RefusalTexts } from '../../web/web.ts'

const OPEN_AGAIN = 'Đồng chí mở lại trang để xem hồ sơ đang ở bước nào.'
const OPEN_AGAIN_EN = 'Open the page again to see where it is.'

export const RESIDENCE_REFUSALS: RefusalTexts = {
  'residence-comment.not-now': said(
    [
      'Chưa làm được việc này lúc này',
      'Phiếu nhận xét đang ở bước khác. Phiếu đã ký không sửa được.',
      null,
      'Đồng chí mở lại trang; phiếu đã ký sai thì xin một phiếu mới thay phiếu cũ.',
    ],
    [
      'This cannot be done now',
      'The comment is at another step. A signed one is not changed.',
      null,
      'Open the page again; for a mistake ask for a new comment that names the old one.',
    ],
  ),
  'residence-comment.not-yours': said(
    [
      'Việc này thuộc chức vụ khác',
      'Tư cách đang dùng không làm được việc này trên phiếu nhận xét.',
      null,
      'Đồng chí đổi tư cách, hoặc nhờ người có trách nhiệm.',
    ],
    [
      'This is for another office',
      'The hat you wear does not do this with the comment.',
      null,
      'Change the hat, or ask who is in charge.',
    ],
  ),
  'residence-comment.paper-not-yet': said(
    [
      'Giấy đang được ký',
      'Việc đã được ghi; giấy đang được lập và ký số, thường xong trong ít phút.',
      null,
      'Đồng chí mở lại sau ít phút. Nếu chờ lâu, người quản trị xem chứng thư số của đơn vị.',
    ],
    [
      'The paper is being signed',
      'The act is recorded; its paper is being made and signed, usually within minutes.',
      null,
      'Open it again in a few minutes. If it takes long, the administrator looks at the certificates.',
    ],
  ),
  'residence-comment.own': said(
    [
      'Không ai tự nhận xét về mình',
      'Phiếu này là về chính đồng chí.',
      'Bí thư không ký nhận xét về mình.',
      'Phó bí thư chi bộ, hoặc đảng ủy xã, phường làm.',
    ],
    [
      'Nobody comments on themselves',
      'This comment is about you.',
      'A secretary never signs about himself.',
      'The deputy secretary, or the commune, does it.',
    ],
  ),
  'residence-comment.same-hand': said(
    [
      'Người ký ở chi bộ không tự xác nhận',
      'Đồng chí đã ký phiếu này thay mặt chi bộ.',
      'Hai chữ ký là của hai người.',
      'Đồng chí lãnh đạo khác của đảng ủy xác nhận.',
    ],
    [
      'Who signed for the cell does not confirm',
      'You signed this comment for the cell.',
      'The two signatures are two people’s.',
      'Another leader of the committee confirms.',
    ],
  ),
  'residence-comment.member-left': said(
    [
      'Đảng viên không còn trong Đảng',
      'Đảng viên đã từ trần, ra khỏi Đảng hoặc bị xóa tên.',
      'Nhận xét không xác nhận tư cách đã chấm dứt.',
      'Nơi công tác hủy yêu cầu này.',
    ],
    [
      'The membership has ended',
      'The member died, left the Party or was removed.',
      'A comment confirms no ended membership.',
      'The workplace cancels this request.',
    ],
  ),
  'residence-comment.member-moved': said(
    [
      'Đảng viên đã chuyển đi',
      'Đảng viên không còn thuộc tổ chức của đồng chí.',
      null,
      'Nơi công tác mới xin ý kiến.',
    ],
    [
      'The member has moved',
      'The member is no longer counted in your organisation.',
      null,
      'The new workplace asks.',
    ],
  ),
  'residence-comment.no-workplace': said(
    [
      'Chưa biết nơi công tác của đồng chí',
      'Đồng chí đang chuyển sinh hoạt, hoặc chưa thuộc tổ chức cơ sở đảng nào.',
      null,
      'Khi nơi đến đã tiếp nhận, đồng chí gửi lại.',
    ],
    [
      'Your workplace is not known',
      'You are on the way, or counted in no grassroots organisation.',
      null,
      'Ask again once the destination has admitted you.',
    ],
  ),
  'residence-comment.no-referral': said(
    [
      'Chưa có giấy giới thiệu về nơi cư trú được tiếp nhận',
      'Chưa biết chi bộ nào nhận xét.',
      'Đảng viên được giới thiệu một lần, rồi mới lấy ý kiến.',
      'Nơi công tác giới thiệu đảng viên về nơi cư trú; xã, phường tiếp nhận xong thì xin ý kiến.',
    ],
    [
      'There is no accepted referral',
      'It is not known which cell comments.',
      'A member is referred once, and then commented on.',
      'The workplace refers the member; ask once the commune has accepted.',
    ],
  ),
  'residence-comment.not-referred': said(
    [
      'Đảng viên không thuộc diện giới thiệu',
      'Đã ghi nhận đảng viên không được giới thiệu về nơi cư trú.',
      null,
      'Nếu không còn đúng, nơi công tác kết thúc ghi nhận đó và giới thiệu đảng viên.',
    ],
    [
      'The member is not referred',
      'The member is recorded as not referred to the residence.',
      null,
      'If that no longer holds, the workplace ends it and refers the member.',
    ],
  ),
  'residence-comment.exempt': said(
    [
      'Đảng viên được miễn sinh hoạt nơi cư trú',
      'Không lấy nhận xét định kỳ hằng năm.',
      'Người được miễn chỉ lấy ý kiến khi cần.',
      'Cần cho công tác cán bộ, khen thưởng, kỷ luật thì xin ý kiến "khi cần".',
    ],
    [
      'The member is exempt at the residence',
      'No periodic yearly comment is asked.',
      'Those exempt are commented on only when needed.',
      'For personnel work, reward or discipline ask "when needed".',
    ],
  ),
  'residence-comment.already-open': said(
    [
      'Đã có phiếu đang mở',
      'Năm và loại này, đảng viên đã có một phiếu chưa xong.',
      null,
      'Đồng chí theo dõi phiếu đó.',
    ],
    [
      'One is open already',
      'For this year and purpose the member has a comment under way.',
      null,
      'Follow that one.',
    ],
  ),
  'residence-comment.already-filed': said(
    [
      'Năm này đã có phiếu',
      'Phiếu của năm và loại này đã đưa vào hồ sơ.',
      null,
      'Phiếu sai thì mở phiếu đó và xin phiếu mới thay thế.',
    ],
    [
      'There is one for this year',
      'The comment of this year and purpose is filed.',
      null,
      'For a mistake open it and ask for one in its place.',
    ],
  ),
  'residence-comment.corrects-unknown': said(
    [
      'Phiếu được thay không đúng',
      'Chỉ thay được phiếu đã đưa vào hồ sơ, cùng đảng viên, năm và loại.',
      null,
      'Đồng chí mở phiếu cần thay rồi bấm xin phiếu mới.',
    ],
    [
      'That comment cannot be replaced',
      'Only the last filed one of the same member, year and purpose can.',
      null,
      'Open it and ask from there.',
    ],
  ),
  'residence-comment.too-early': said(
    [
      'Chưa đến đợt',
      'Đợt lấy ý kiến của năm này bắt đầu từ {from}.',
      null,
      'Đồng chí gửi khi đến đợt; việc gấp thì xin ý kiến "khi cần".',
    ],
    [
      'The round has not begun',
      'This year’s round begins on {from}.',
      null,
      'Ask then; for something urgent ask "when needed".',
    ],
  ),
  'residence-comment.too-late': said(
    [
      'Đợt của năm này đã hết',
      'Chỉ còn nhận đến {until}.',
      null,
      'Đồng chí xin ý kiến "khi cần", hoặc chờ đợt sau.',
    ],
    [
      'The round is over',
      'Requests were taken until {until}.',
      null,
      'Ask "when needed", or in the next round.',
    ],
  ),
  'residence-comment.wrong-year': said(
    ['Năm chưa đúng', 'Ý kiến "khi cần" là của năm nay.', null, 'Đồng chí chọn lại năm.'],
    ['The year does not fit', 'A comment "when needed" is this year’s.', null, 'Choose the year again.'],
  ),
  'residence-comment.reason-missing': said(
    [
      'Chưa ghi cần để làm gì',
      'Xin ý kiến "khi cần" phải ghi rõ việc.',
      null,
      'Đồng chí ghi, ví dụ: bổ nhiệm, khen thưởng.',
    ],
    [
      'It is not said what it is needed for',
      'A comment "when needed" names the matter.',
      null,
      'Write it: appointment, reward.',
    ],
  ),
  'residence-comment.cell-elsewhere': said(
    [
      'Chi bộ không thuộc xã, phường này',
      'Chỉ chuyển về chi bộ trực thuộc đảng ủy xã, phường.',
      null,
      'Đồng chí chọn chi bộ trong danh sách.',
    ],
    [
      'The cell is not of this commune',
      'A comment goes to a cell below the commune.',
      null,
      'Choose one from the list.',
    ],
  ),
  'residence-comment.same-cell': said(
    ['Phiếu đang ở chi bộ này', 'Không có gì thay đổi.', null, OPEN_AGAIN],
    ['It is with this cell already', 'Nothing changes.', null, OPEN_AGAIN_EN],
  ),
  'residence-comment.tick-unknown': said(
    [
      'Mẫu phiếu không có mục này',
      'Có tiêu chí hoặc mức không thuộc mẫu phiếu.',
      null,
      'Đồng chí tải lại trang và chọn lại.',
    ],
    [
      'The form does not have that',
      'A criterion or a step is not of this form.',
      null,
      'Load the page again.',
    ],
  ),
  'residence-comment.front-board-in-future': said(
    [
      'Ngày họp chưa đến',
      'Ngày họp với ban công tác mặt trận không sau hôm nay.',
      null,
      'Đồng chí ghi lại ngày.',
    ],
    [
      'That day is to come',
      'The meeting with the front board is not after today.',
      null,
      'Write the day again.',
    ],
  ),
  'residence-comment.incomplete': said(
    [
      'Phiếu chưa đủ',
      'Còn tiêu chí chưa chọn, hoặc chưa ghi ngày họp với ban công tác mặt trận.',
      'Mỗi tiêu chí chọn một mức; chi ủy họp với mặt trận rồi mới nhận xét.',
      'Đồng chí điền nốt rồi ký.',
    ],
    [
      'The comment is not complete',
      'A criterion has no tick, or the day of the meeting with the front board is missing.',
      'Each criterion has one tick; the cell committee meets the front board first.',
      'Fill in the rest, then sign.',
    ],
  ),
  'residence-comment.not-overdue': said(
    ['Chưa quá hạn', 'Chưa đến lúc báo cấp trên.', null, OPEN_AGAIN],
    ['Not overdue', 'It is not yet time to report it.', null, OPEN_AGAIN_EN],
  ),
  'residence-comment.nothing-ended': said(
    [
      'Đảng viên vẫn sinh hoạt đảng',
      'Phiếu chỉ tự kết thúc khi đảng viên không còn sinh hoạt đảng.',
      null,
      OPEN_AGAIN,
    ],
    ['The member is still there', 'A comment ends by itself only with the membership.', null, OPEN_AGAIN_EN],
  ),
  'residence-comment.nothing-to-follow': said(
    ['Không có gì thay đổi', 'Các tổ chức của phiếu vẫn như cũ.', null, OPEN_AGAIN],
    ['Nothing changed', 'Its organisations are what they were.', null, OPEN_AGAIN_EN],
  ),
  'residence-comment.season-order': said(
    ['Lịch chưa hợp lý', 'Tháng kết thúc đứng trước tháng bắt đầu.', null, 'Đồng chí chọn lại hai tháng.'],
    [
      'The months are the wrong way round',
      'The last month comes before the first.',
      null,
      'Choose them again.',
    ],
  ),
  'residence-comment.province-only': said(
    ['Tỉnh ủy, thành ủy đặt lịch', 'Tư cách đang dùng không thuộc cấp tỉnh.', null, 'Đồng chí đổi tư cách.'],
    [
      'The provincial committee sets this',
      'The hat you wear is not of the province.',
      null,
      'Change the hat.',
    ],
  ),
  'residence-comment.workplace-only': said(
    [
      'Nơi công tác xin ý kiến',
      'Tư cách đang dùng không phải của cấp ủy cơ sở nơi công tác.',
      '213-QĐ/TW giao cấp ủy cơ sở nơi công tác.',
      'Đồng chí đổi tư cách.',
    ],
    [
      'The workplace asks',
      'The hat you wear is not of a grassroots committee.',
      '213-QĐ/TW gives this to the grassroots committee at the workplace.',
      'Change the hat.',
    ],
  ),
  'residence-referral.not-now': said(
    ['Chưa làm được việc này lúc này', 'Giấy giới thiệu đang ở bước khác.', null, OPEN_AGAIN],
    ['This cannot be done now', 'The referral is at another step.', null, OPEN_AGAIN_EN],
  ),
  'residence-referral.not-yours': said(
    [
      'Việc này thuộc chức vụ khác',
      'Bí thư, phó bí thư đảng ủy (chi ủy) cơ sở ký giấy giới thiệu; đảng ủy xã, phường tiếp nhận.',
      null,
      'Đồng chí đổi tư cách, hoặc nhờ người có trách nhiệm.',
    ],
    [
      'This is for another office',
      'Leaders of the grassroots committee sign the referral; the commune accepts it.',
      null,
      'Change the hat, or ask who is in charge.',
    ],
  ),
  'residence-referral.own': said(
    [
      'Không ai tự giải quyết hồ sơ của mình',
      'Giấy giới thiệu này là của chính đồng chí.',
      null,
      'Đồng chí lãnh đạo khác ký.',
    ],
    ['Nobody handles the own dossier', 'This referral is your own.', null, 'Another leader signs.'],
  ),
  'residence-referral.member-left': said(
    [
      'Đảng viên không còn trong Đảng',
      'Đảng viên đã từ trần, ra khỏi Đảng hoặc bị xóa tên.',
      null,
      'Không cần giới thiệu nữa.',
    ],
    [
      'The membership has ended',
      'The member died, left the Party or was removed.',
      null,
      'There is nobody to refer.',
    ],
  ),
  'residence-referral.already-pending': said(
    [
      'Đang có giấy chờ tiếp nhận',
      'Đảng viên đã có một giấy giới thiệu chưa xong.',
      null,
      'Đồng chí chờ xã, phường trả lời, hoặc rút giấy đó.',
    ],
    [
      'One waits already',
      'The member has a referral under way.',
      null,
      'Wait for the commune, or withdraw it.',
    ],
  ),
  'residence-referral.changed-meanwhile': said(
    ['Vừa có thay đổi khác', 'Nơi cư trú của đảng viên vừa được cập nhật ở nơi khác.', null, OPEN_AGAIN],
    ['Somebody was faster', 'The member’s residence was changed just now.', null, OPEN_AGAIN_EN],
  ),
  'residence-referral.no-commune': said(
    [
      'Chưa chọn đúng xã, phường',
      'Giấy giới thiệu gửi đến đảng ủy xã, phường, đặc khu.',
      null,
      'Đồng chí tìm và chọn lại.',
    ],
    [
      'That is no commune',
      'A referral goes to the committee of a commune.',
      null,
      'Find and choose it again.',
    ],
  ),
  'residence-referral.cell-elsewhere': said(
    [
      'Chi bộ không thuộc xã, phường này',
      'Chỉ phân về chi bộ trực thuộc.',
      null,
      'Đồng chí chọn chi bộ trong danh sách.',
    ],
    [
      'The cell is not of this commune',
      'A member is assigned to a cell below it.',
      null,
      'Choose one from the list.',
    ],
  ),
  'residence-referral.same-cell': said(
    ['Đảng viên đang ở chi bộ này', 'Không có gì thay đổi.', null, OPEN_AGAIN],
    ['The member is with this cell', 'Nothing changes.', null, OPEN_AGAIN_EN],
  ),
  'residence-referral.same-exemption': said(
    ['Diện miễn vẫn như cũ', 'Không có gì thay đổi.', null, OPEN_AGAIN],
    ['The exemption is the same', 'Nothing changes.', null, OPEN_AGAIN_EN],
  ),
  'residence-referral.nothing-ended': said(
    [
      'Đảng viên vẫn sinh hoạt đảng',
      'Giấy chỉ tự rút khi đảng viên không còn sinh hoạt đảng.',
      null,
      OPEN_AGAIN,
    ],
    ['The member is still there', 'A referral ends by itself only with the membership.', null, OPEN_AGAIN_EN],
  ),
  'residence-referral.nothing-to-follow': said(
    ['Không có gì thay đổi', 'Các tổ chức của giấy vẫn như cũ.', null, OPEN_AGAIN],
    ['Nothing changed', 'Its organisations are what they were.', null, OPEN_AGAIN_EN],
  ),
}
