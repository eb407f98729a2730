/** The words of every "no" about reorganisations. */
import { said } from '../../web/refusal-texts.ts'
import type { RefusalTexts } from '../../web/web.ts'

export const REORGANISATION_REFUSALS: RefusalTexts = {
  'reorganisation.unknown': said(
    [
      'Không có phương án này',
      'Không tìm thấy phương án sắp xếp theo địa chỉ này.',
      null,
      'Đồng chí xem lại danh sách phương án.',
    ],
    ['No such plan', 'There is no plan at this address.', null, 'Look at the list of plans.'],
  ),
  'reorganisation.not-yours': said(
    [
      'Đồng chí không có thẩm quyền này',
      'Việc này của phương án sắp xếp không thuộc chức danh đồng chí đang dùng.',
      'Phương án do cấp ủy cấp trên chung của các tổ chức được sắp xếp lập và ký.',
      'Đồng chí chuyển sang chức danh khác ở đầu trang, hoặc báo người có thẩm quyền.',
    ],
    [
      'Not yours to do',
      'This act on a plan does not belong to the office you act in.',
      'A plan is drawn up and signed by the committee above the organisations it touches.',
      'Switch to another office at the head of the page, or tell who may.',
    ],
  ),
  'reorganisation.not-now': said(
    [
      'Chưa làm được ở bước này',
      'Phương án đang ở bước không làm được việc này.',
      null,
      'Đồng chí mở lại trang để xem phương án đang ở bước nào.',
    ],
    [
      'Not at this step',
      'The plan stands where this cannot be done.',
      null,
      'Open the page again to see where it stands.',
    ],
  ),
  'reorganisation.moved-on': said(
    [
      'Phương án vừa được người khác sửa',
      'Có người đã sửa phương án sau khi đồng chí mở trang.',
      null,
      'Đồng chí xem bản mới rồi sửa tiếp.',
    ],
    [
      'Somebody changed the plan',
      'Somebody changed it after you opened the page.',
      null,
      'Look at it as it is now, then go on.',
    ],
  ),
  'reorganisation.changed-since': said(
    [
      'Số liệu đã thay đổi từ lúc đồng chí xem',
      'Tổ chức, đảng viên hoặc phương án đã khác so với trang đồng chí vừa đọc.',
      'Chữ ký phải đặt trên đúng những gì người ký đã xem.',
      'Đồng chí đọc lại phần thay đổi rồi ký lần nữa.',
    ],
    [
      'Things changed since you looked',
      'Organisations, members or the plan differ from the page you read.',
      'A signature stands under exactly what its signer saw.',
      'Read what changed, then sign again.',
    ],
  ),
  'reorganisation.blocked': said(
    [
      'Phương án chưa áp dụng được',
      'Còn {count} điều phải sửa trước khi ký.',
      null,
      'Đồng chí xem phần "Chưa ký được" trên trang phương án.',
    ],
    [
      'The plan cannot be applied',
      'There are {count} things to correct first.',
      null,
      'See what stands in the way on the plan’s page.',
    ],
  ),
  'reorganisation.undo-too-late': said(
    [
      'Đã quá hạn thu hồi',
      'Lần sắp xếp này thu hồi được đến hết {until}.',
      null,
      'Đồng chí lập phương án mới để thay đổi tiếp.',
    ],
    ['Too late to take back', 'It could be taken back through {until}.', null, 'Draw up a new plan instead.'],
  ),
  'reorganisation.undo-blocked': said(
    [
      'Chưa thu hồi được',
      '{count} tổ chức của lần sắp xếp này đã thay đổi tiếp sau đó.',
      'Thu hồi sẽ ghi đè những thay đổi sau.',
      'Đồng chí thu hồi lần thay đổi sau trước, hoặc lập phương án mới.',
    ],
    [
      'It cannot be taken back',
      '{count} of its organisations changed again since.',
      'Taking it back would overwrite what came later.',
      'Take the later change back first, or draw up a new plan.',
    ],
  ),
}
