/** The words of every "no" about papers, files and signatures. */
import { said } from '../web/refusal-texts.ts'
import type { RefusalTexts } from '../web/web.ts'

/** The words of the refusals of `papers/` and `signatures/`. */
export const PAPER_REFUSALS: RefusalTexts = {
  'paper.unknown': said(
    [
      'Không tìm thấy giấy tờ này',
      'Mã hoặc địa chỉ không đúng, hoặc giấy không do hệ thống này phát hành.',
      null,
      'Đồng chí quét lại mã QR trên giấy, hoặc đưa tệp PDF lên trang Kiểm tra giấy tờ.',
    ],
    [
      'This paper was not found',
      'The code or address is wrong, or the paper was not issued here.',
      null,
      'Scan the QR code again, or hand in the PDF on the page that checks papers.',
    ],
  ),
  'paper.place-taken': said(
    [
      'Giấy này đã có chữ ký ở chỗ đó',
      'Người hoặc tổ chức này đã ký giấy rồi, nên không ký lần nữa.',
      'Mỗi chỗ ký trên giấy chỉ ký một lần; ký lần sau sẽ làm hỏng chữ ký trước.',
      'Đồng chí mở lại hồ sơ để xem giấy đã ký.',
    ],
    [
      'This place has been signed already',
      'This person or organisation signed the paper before.',
      'Each place is signed once; signing again would break the signature that is there.',
      'Open the dossier again to see the signed paper.',
    ],
  ),
  'file.unknown': said(
    [
      'Không tìm thấy tệp này',
      'Tệp đã được thay bằng tệp khác, hoặc không thuộc phần việc của đồng chí.',
      null,
      'Đồng chí mở lại hồ sơ và chọn tệp trong danh sách.',
    ],
    [
      'This file was not found',
      'It was replaced by another one, or is not part of your work.',
      null,
      'Open the dossier again and choose the file from its list.',
    ],
  ),
  'signature.certificate-not-valid': said(
    [
      'Chứng thư số đã hết hạn hoặc chưa có hiệu lực',
      'Vào lúc ký, chứng thư số dùng để ký không có hiệu lực, nên giấy chưa được ký.',
      'Chữ ký chỉ có giá trị khi chứng thư còn hiệu lực lúc ký.',
      'Đồng chí báo người quản trị hệ thống gia hạn chứng thư, rồi ký lại. Hồ sơ vẫn giữ nguyên.',
    ],
    [
      'The certificate is not valid',
      'The certificate to sign with was not valid at that moment, so nothing was signed.',
      'A signature only counts when its certificate is valid while signing.',
      'Ask the system administrator to renew it, then sign again. The dossier is unchanged.',
    ],
  ),
}
