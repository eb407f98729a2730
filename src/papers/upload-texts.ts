/** The words for files that were not taken: what is wrong with the file, why that matters, and how to send a good one. */
import { said } from '../web/refusal-texts.ts'
import type { RefusalTexts } from '../web/web.ts'

const HARMLESS_VI = 'Tệp gửi vào hồ sơ chỉ để đọc: không được chạy lệnh, không được mang theo chương trình.'
const HARMLESS_EN = 'Files in a dossier are only for reading: they may run nothing and carry no program.'
const PRINT_VI =
  'Đồng chí mở tệp, chọn In rồi “Lưu thành PDF”, và gửi tệp vừa lưu; hoặc chụp ảnh giấy tờ rồi gửi ảnh.'
const PRINT_EN = 'Open it, choose Print and “Save as PDF”, and send that; or send a photo of the paper.'

/** The words of every refusal of `inspectUpload`. */
export const UPLOAD_REFUSALS: RefusalTexts = {
  'file.empty': said(
    ['Tệp này trống', 'Tệp không có nội dung nào.', null, 'Đồng chí chọn lại tệp, hoặc chụp lại ảnh.'],
    ['The file is empty', 'There is nothing in it.', null, 'Choose the file again, or take the photo again.'],
  ),
  'file.too-large': said(
    [
      'Tệp quá lớn',
      'Mỗi tệp được tối đa {megabytes} MB.',
      null,
      'Đồng chí chụp ảnh với chất lượng vừa, hoặc chia tài liệu thành nhiều tệp.',
    ],
    [
      'The file is too large',
      'A file may have {megabytes} MB at most.',
      null,
      'Take the photo in medium quality, or split the document into several files.',
    ],
  ),
  'file.kind-not-accepted': said(
    [
      'Loại tệp này chưa nhận được',
      'Hệ thống nhận PDF và ảnh JPEG, PNG, HEIC; tệp này không phải một trong các loại đó.',
      null,
      PRINT_VI,
    ],
    [
      'This kind of file is not taken',
      'PDF and photos (JPEG, PNG, HEIC) are; this is neither.',
      null,
      PRINT_EN,
    ],
  ),
  'file.name-differs': said(
    [
      'Tên tệp không đúng với nội dung',
      'Nội dung tệp thuộc loại {kind}, nhưng đuôi tên tệp nói khác.',
      'Tệp đội tên khác là cách thường dùng để gửi mã độc.',
      'Đồng chí gửi tệp gốc, hoặc lưu lại đúng loại rồi gửi.',
    ],
    [
      'The file’s name does not fit what is in it',
      'It is {kind} inside, but its name ends differently.',
      'Harmful files often come under another name.',
      'Send the original file, or save it in the right kind.',
    ],
  ),
  'file.damaged': said(
    [
      'Tệp bị hỏng hoặc chưa tải hết',
      'Hệ thống không đọc được trọn vẹn tệp này.',
      null,
      `Đồng chí mở thử tệp trên máy, rồi gửi lại. ${PRINT_VI}`,
    ],
    [
      'The file is damaged or incomplete',
      'It cannot be read to its end.',
      null,
      `Try to open it, then send it again. ${PRINT_EN}`,
    ],
  ),
  'file.too-many-pixels': said(
    [
      'Ảnh quá lớn',
      'Ảnh có nhiều hơn {megapixels} triệu điểm ảnh.',
      'Ảnh như vậy không cần để đọc giấy tờ và làm chậm máy người xem.',
      'Đồng chí chụp lại với kích thước nhỏ hơn.',
    ],
    [
      'The picture is too large',
      'It has more than {megapixels} million pixels.',
      'Nobody needs that many to read a paper, and it slows the reader’s machine.',
      'Take it again in a smaller size.',
    ],
  ),
  'file.too-many-pages': said(
    ['Tài liệu quá dài', 'Tệp có hơn {pages} trang.', null, 'Đồng chí chỉ gửi những trang cần thiết.'],
    [
      'The document is too long',
      'It has more than {pages} pages.',
      null,
      'Send only the pages that are needed.',
    ],
  ),
  'file.pdf-encrypted': said(
    [
      'Tệp PDF có mật khẩu',
      'Tệp được khóa, người xử lý hồ sơ không mở được.',
      null,
      `Đồng chí bỏ mật khẩu rồi gửi lại. ${PRINT_VI}`,
    ],
    [
      'The PDF is locked',
      'It has a password; nobody could open it.',
      null,
      `Remove the password. ${PRINT_EN}`,
    ],
  ),
  'file.pdf-active': said(
    ['Tệp PDF có chứa lệnh chạy', 'Trong tệp có lệnh hoặc biểu mẫu tự chạy.', HARMLESS_VI, PRINT_VI],
    ['The PDF contains commands', 'There is a script, a form or an action in it.', HARMLESS_EN, PRINT_EN],
  ),
  'file.pdf-carries-files': said(
    ['Tệp PDF mang theo tệp khác', 'Trong tệp có gắn kèm chương trình hoặc tệp nén.', HARMLESS_VI, PRINT_VI],
    ['The PDF carries other files', 'A program or an archive is attached inside it.', HARMLESS_EN, PRINT_EN],
  ),
  'file.pdf-no-pages': said(
    ['Tệp PDF không có trang nào', 'Hệ thống không thấy trang nào để đọc.', null, PRINT_VI],
    ['The PDF has no page', 'There is nothing to read in it.', null, PRINT_EN],
  ),
}
