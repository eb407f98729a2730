/** The words of every "no" about hand-over papers. */
import { said } from '../../../web/refusal-texts.ts'
import type { RefusalTexts } from '../../../web/web.ts'

export const HAND_OVER_REFUSALS: RefusalTexts = {
  'hand-over.unknown': said(
    [
      'Không có giấy tờ này',
      'Không tìm thấy giấy tờ bàn giao theo địa chỉ này.',
      null,
      'Đồng chí xem lại danh sách giấy tờ bàn giao.',
    ],
    [
      'No such paper',
      'There is no hand-over paper at this address.',
      null,
      'Look at the list of hand-over papers.',
    ],
  ),
  'hand-over.not-yours': said(
    [
      'Đồng chí không ký được ở chỗ này',
      'Chỗ ký hoặc việc lấy số này không thuộc chức danh đồng chí đang dùng.',
      'Mỗi bên do bí thư hoặc phó bí thư ký; số do văn thư của cấp ủy ban hành lấy.',
      'Đồng chí chuyển sang chức danh khác ở đầu trang, hoặc báo người có thẩm quyền.',
    ],
    [
      'Not yours to sign',
      'This signature or number does not belong to the office you act in.',
      'The secretary or a deputy signs for each side; the issuing committee’s clerk takes the number.',
      'Switch to another office at the head of the page, or tell who may.',
    ],
  ),
  'hand-over.not-now': said(
    [
      'Giấy tờ này không còn chờ việc đó',
      'Chỗ này đã ký, hoặc giấy tờ chưa lập xong, hoặc đã hủy.',
      null,
      'Đồng chí mở lại trang để xem tình trạng mới nhất.',
    ],
    [
      'The paper does not wait for this',
      'It is signed there already, is not made yet, or is void.',
      null,
      'Open the page again to see how it stands.',
    ],
  ),
  'hand-over.both-sides': said(
    [
      'Một người không ký cả hai bên',
      'Đồng chí đã ký thay mặt bên kia của biên bản này.',
      'Biên bản bàn giao là của hai bên, nên phải hai người ký.',
      'Đồng chí nhờ phó bí thư ký; bên giao đã kết thúc thì cấp ủy ra quyết định ký được.',
    ],
    [
      'Nobody signs for both sides',
      'You have signed these minutes for the other side.',
      'Minutes have two sides, so two people sign them.',
      'Ask a deputy to sign; for an organisation that ended the committee that decided may.',
    ],
  ),
  'hand-over.own-number': said(
    [
      'Người ký không tự lấy số',
      'Đồng chí đã ký quyết định này nên không lấy số cho nó.',
      'Người ký và người lấy số là hai người.',
      'Đồng chí chuyển văn thư hoặc đồng chí khác trong cấp ủy lấy số.',
    ],
    [
      'Who signs takes no number',
      'You signed this decision, so you do not number it.',
      'Who signs and who numbers are two people.',
      'Hand it to the clerk, or to another member of the committee.',
    ],
  ),
}
