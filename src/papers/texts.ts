/** The words of every "no" about papers, files and signatures. */
import { said } from '../web/refusal-texts.ts'
import type { RefusalTexts } from '../web/web.ts'

/** What is wrong with a file somebody hands in (`hostile-files.ts`). */
const UPLOADS: RefusalTexts = {
  'file.empty': said(
    [
      'Tệp rỗng',
      'Tệp đồng chí gửi không có nội dung.',
      null,
      'Đồng chí mở tệp trên máy xem có nội dung không, hoặc chụp lại ảnh, rồi gửi lại.',
    ],
    [
      'The file is empty',
      'The file you sent holds nothing.',
      null,
      'Open it on your device to see what is in it, or take the photo again, and send again.',
    ],
  ),
  'file.too-large': said(
    [
      'Tệp quá lớn',
      'Một tệp không được quá {megabytes} MB.',
      'Giới hạn này để ai dùng mạng chậm cũng gửi và xem được.',
      'Đồng chí chụp lại ở cỡ nhỏ hơn, hoặc tách thành nhiều tệp.',
    ],
    [
      'The file is too large',
      'A file may have up to {megabytes} MB.',
      'The limit lets people on slow lines send and read it too.',
      'Take the photo in a smaller size, or split it into several files.',
    ],
  ),
  'file.reading-stopped': said(
    [
      'Hệ thống đã ngừng đọc tệp này',
      'Đọc tệp này tốn thời gian hoặc bộ nhớ quá mức cho phép, nên việc đọc đã bị dừng. Không có gì của tệp được lưu lại.',
      'Một tệp hỏng hoặc cố ý làm quá nặng không được phép làm chậm công việc của người khác.',
      'Đồng chí mở tệp trên máy, lưu lại thành tệp mới (bảng tính: chép sang tệp trống; PDF: in lại ra PDF) hoặc tách nhỏ, rồi gửi lại.',
    ],
    [
      'The system stopped reading this file',
      'Reading it took more time or memory than is allowed, so it was stopped. Nothing of the file was kept.',
      'A broken file, or one made heavy on purpose, may not slow down other people’s work.',
      'Open it on your device and save it anew (a workbook: copy it into an empty one; a PDF: print it to PDF) or split it, and send again.',
    ],
  ),
  'file.readers-busy': said(
    [
      'Đang có nhiều tệp chờ đọc',
      'Nhiều người cùng gửi tệp nên hệ thống chưa đọc được tệp của đồng chí. Tệp chưa được nhận.',
      null,
      'Đồng chí đợi một phút rồi gửi lại; tệp vẫn còn trên máy của đồng chí.',
    ],
    [
      'Many files wait to be read',
      'Many people are sending files, so yours was not read yet. It was not taken.',
      null,
      'Wait a minute and send it again; it is still on your device.',
    ],
  ),
  'file.kind-not-accepted': said(
    [
      'Loại tệp này chưa nhận được',
      'Hệ thống nhận tệp PDF và ảnh JPEG, PNG, HEIC. Tệp này thuộc loại khác.',
      'Các loại tệp khác có thể chứa chương trình gây hại.',
      'Nếu là văn bản Word, đồng chí lưu thành PDF rồi gửi; hoặc chụp ảnh từng trang.',
    ],
    [
      'This kind of file is not taken',
      'PDF files and JPEG, PNG or HEIC pictures are taken. This file is another kind.',
      'Other kinds can carry programs that do harm.',
      'Save a Word document as PDF and send that, or photograph each page.',
    ],
  ),
  'file.name-differs': said(
    [
      'Tên tệp không đúng với nội dung',
      'Phần đuôi của tên tệp nói một loại, nội dung là loại khác ({kind}).',
      'Tệp bị đổi đuôi thường không mở được ở nơi nhận.',
      'Đồng chí lưu lại tệp từ chương trình đã tạo ra nó, rồi gửi bản mới.',
    ],
    [
      'Name and content differ',
      'The ending of the name says one kind, the content is another ({kind}).',
      'A renamed file usually does not open where it arrives.',
      'Save the file again with the program it comes from and send that.',
    ],
  ),
  'file.damaged': said(
    [
      'Tệp bị hỏng',
      'Không đọc được hết nội dung tệp: tệp bị cắt ngang hoặc lưu lỗi.',
      null,
      'Đồng chí thử mở tệp trên máy. Nếu mở được, lưu lại thành tệp mới rồi gửi; nếu không, quét hoặc chụp lại.',
    ],
    [
      'The file is damaged',
      'It cannot be read to its end: it was cut off or not saved well.',
      null,
      'Try to open it on your device. If it opens, save it anew and send that; otherwise scan or photograph it again.',
    ],
  ),
  'file.too-many-pixels': said(
    [
      'Ảnh quá lớn',
      'Ảnh có hơn {megapixels} triệu điểm ảnh.',
      'Ảnh cỡ này làm máy của người xem bị treo.',
      'Đồng chí chụp lại ở cỡ thường, hoặc quét ở 300 dpi.',
    ],
    [
      'The picture is too large',
      'It has more than {megapixels} million pixels.',
      'Pictures of that size stop the reader’s computer.',
      'Take it in the usual size, or scan at 300 dpi.',
    ],
  ),
  'file.too-many-pages': said(
    [
      'Tệp quá nhiều trang',
      'Tệp PDF có hơn {pages} trang.',
      null,
      'Đồng chí chỉ gửi những trang cần cho hồ sơ, hoặc tách thành nhiều tệp.',
    ],
    [
      'Too many pages',
      'The PDF has more than {pages} pages.',
      null,
      'Send only the pages the dossier needs, or split it into several files.',
    ],
  ),
  'file.pdf-encrypted': said(
    [
      'Tệp PDF có mật khẩu',
      'Tệp được khóa bằng mật khẩu nên người xử lý không đọc được.',
      null,
      'Đồng chí lưu lại tệp không đặt mật khẩu, rồi gửi.',
    ],
    [
      'The PDF has a password',
      'It is locked, so whoever handles the dossier cannot read it.',
      null,
      'Save it without a password and send that.',
    ],
  ),
  'file.pdf-active': said(
    [
      'Tệp PDF có chương trình bên trong',
      'Tệp chứa lệnh tự chạy hoặc đường dẫn tự mở, nên không được nhận.',
      'Giấy tờ chỉ để đọc; tệp tự chạy lệnh có thể gây hại.',
      'Đồng chí in tệp ra PDF mới (chọn In, rồi Lưu thành PDF), hoặc quét bản giấy.',
    ],
    [
      'The PDF holds a program',
      'It has commands that run or links that open by themselves, so it was not taken.',
      'Papers are for reading; a file that acts by itself can do harm.',
      'Print it into a new PDF (Print, then Save as PDF), or scan the paper.',
    ],
  ),
  'file.pdf-carries-files': said(
    [
      'Tệp PDF kèm tệp khác bên trong',
      'Bên trong PDF có tệp đính kèm thuộc loại không nhận được.',
      'Tệp kèm bên trong có thể là chương trình gây hại.',
      'Đồng chí bỏ tệp kèm, hoặc in tệp ra PDF mới rồi gửi.',
    ],
    [
      'The PDF carries other files',
      'Inside the PDF is an attached file of a kind that is not taken.',
      'Such a file can be a program that does harm.',
      'Remove it, or print the PDF into a new one and send that.',
    ],
  ),
  'file.pdf-no-pages': said(
    [
      'Tệp PDF không có trang nào',
      'Tệp mở được nhưng không có trang để đọc.',
      null,
      'Đồng chí lưu hoặc quét lại tệp, rồi gửi bản mới.',
    ],
    [
      'The PDF has no pages',
      'It opens, but there is nothing to read.',
      null,
      'Save or scan it again and send that.',
    ],
  ),
}

/** The words of the refusals of `papers/` and `signatures/`. */
export const PAPER_REFUSALS: RefusalTexts = {
  ...UPLOADS,
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
  'signature.before-the-last': said(
    [
      'Đồng hồ máy chủ chạy sai khi ký',
      'Giấy này mang chữ ký ghi giờ muộn hơn bây giờ: lúc đó hoặc lúc này đồng hồ máy chủ sai, nên chưa ký tiếp.',
      'Chữ ký sau không được ghi giờ trước chữ ký trước, nếu không giấy mất hiệu lực.',
      'Đồng chí báo người quản trị xem đồng hồ. Khi đồng hồ đúng, ký lại sau giờ ghi trên giấy, hoặc lập lại giấy.',
    ],
    [
      'The server’s clock stood wrong while signing',
      'This paper bears a signature of a later time than now: then or now the server’s clock was wrong, so nothing was signed.',
      'A signature that follows another may not state an earlier time, or the paper is worth nothing.',
      'Tell the system administrator to look at the clock. When it is right, sign after the time on the paper, or make it anew.',
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
