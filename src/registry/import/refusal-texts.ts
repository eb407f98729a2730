/** The words of every "no" about a list as a whole: what is wrong with the file, and how to mend it. */
import { said } from '../../web/refusal-texts.ts'
import type { RefusalTexts } from '../../web/web.ts'

/** The file from outside. */
const FILE: RefusalTexts = {
  'import.empty-file': said(
    [
      'Tệp không có gì',
      'Tệp đưa lên không có nội dung.',
      null,
      'Đồng chí mở tệp kiểm tra, lưu lại rồi đưa lên lần nữa.',
    ],
    [
      'The file is empty',
      'There is nothing in this file.',
      null,
      'Open it, save it again and hand it in once more.',
    ],
  ),
  'import.too-large': said(
    [
      'Danh sách quá lớn',
      'Tệp, hoặc nội dung bên trong khi mở ra, lớn hơn mức hệ thống nhận.',
      'Giới hạn giữ cho hệ thống không bị một tệp làm treo.',
      'Đồng chí tách danh sách thành nhiều tệp, mỗi tệp một đảng bộ, rồi đưa lên từng tệp.',
    ],
    [
      'The list is too large',
      'The file, or what is packed inside it, is larger than this system takes.',
      'The limit keeps one file from stopping the system.',
      'Split the list into several files, one for each committee.',
    ],
  ),
  'import.encrypted-or-old': said(
    [
      'Tệp có mật khẩu hoặc là bảng tính kiểu cũ',
      'Hệ thống không mở được tệp .xls kiểu cũ và tệp có đặt mật khẩu.',
      null,
      'Đồng chí bỏ mật khẩu, chọn Lưu thành… kiểu Excel (.xlsx), rồi đưa tệp mới lên.',
    ],
    [
      'A password, or an old kind of spreadsheet',
      'Old .xls files and files with a password cannot be opened.',
      null,
      'Take the password off, save it as .xlsx, and hand in the new file.',
    ],
  ),
  'import.encrypted': said(
    [
      'Tệp có mật khẩu',
      'Bảng tính được đặt mật khẩu nên không đọc được.',
      null,
      'Đồng chí bỏ mật khẩu, lưu lại rồi đưa lên.',
    ],
    [
      'The file has a password',
      'A spreadsheet with a password cannot be read.',
      null,
      'Take the password off, save it and hand it in again.',
    ],
  ),
  'import.name-differs': said(
    [
      'Tên tệp không đúng với nội dung',
      'Phần đuôi của tên tệp nói một đằng, nội dung bên trong lại là loại tệp khác.',
      'Tệp bị đổi tên có thể là tệp hỏng hoặc tệp gây hại.',
      'Đồng chí mở tệp bằng chương trình bảng tính, chọn Lưu thành… .xlsx hoặc .csv, rồi đưa tệp mới lên.',
    ],
    [
      'The name does not fit the content',
      'The ending of the file name says one thing, its content is another.',
      'A renamed file may be damaged or harmful.',
      'Open it in a spreadsheet program, save it as .xlsx or .csv, and hand in the new file.',
    ],
  ),
  'import.not-a-list': said(
    [
      'Tệp này không phải bảng tính',
      'Hệ thống chỉ nhận bảng tính XLSX hoặc CSV.',
      null,
      'Đồng chí chọn đúng tệp danh sách, hoặc lưu danh sách thành .xlsx rồi đưa lên.',
    ],
    [
      'This is no spreadsheet',
      'Only XLSX and CSV are taken.',
      null,
      'Choose the right file, or save the list as .xlsx.',
    ],
  ),
  'import.macros': said(
    [
      'Bảng tính có chứa macro',
      'Trong tệp có chương trình (macro), nên hệ thống không nhận.',
      'Macro có thể làm hại máy của người mở tệp.',
      'Đồng chí lưu lại bảng tính kiểu .xlsx không có macro, rồi đưa lên.',
    ],
    [
      'The spreadsheet carries macros',
      'There is a program (macro) in this file, so it is not taken.',
      'Macros can harm the computer of whoever opens the file.',
      'Save the spreadsheet as .xlsx without macros and hand it in.',
    ],
  ),
  'import.damaged': said(
    [
      'Tệp bị hỏng',
      'Bảng tính bị hỏng hoặc thiếu một phần, không đọc hết được.',
      null,
      'Đồng chí mở tệp, lưu lại, rồi đưa lên lần nữa.',
    ],
    [
      'The file is damaged',
      'The spreadsheet is damaged or incomplete.',
      null,
      'Open it, save it again and hand it in once more.',
    ],
  ),
  'import.zip-bomb': said(
    [
      'Tệp không an toàn',
      'Nội dung nén trong tệp nở ra lớn bất thường, nên hệ thống dừng lại, không mở.',
      'Đó là cách một tệp nhỏ làm treo máy chủ.',
      'Đồng chí chép danh sách sang một bảng tính mới, lưu lại rồi đưa lên.',
    ],
    [
      'The file is not safe',
      'What is packed inside would swell beyond measure, so it was not opened.',
      'That is how a small file brings a server down.',
      'Copy the list into a new spreadsheet, save it and hand it in.',
    ],
  ),
  'import.not-utf8': said(
    [
      'Tệp CSV không đúng bảng mã',
      'Chữ Việt trong tệp CSV không ở bảng mã Unicode (UTF-8), nên đọc ra sẽ sai chữ.',
      null,
      'Đồng chí lưu tệp kiểu "CSV UTF-8", hoặc lưu thành .xlsx, rồi đưa lên.',
    ],
    [
      'The CSV is not in Unicode',
      'The letters of this CSV are not UTF-8, so names would come out wrong.',
      null,
      'Save it as "CSV UTF-8", or as .xlsx, and hand it in.',
    ],
  ),
  'import.empty-rows': said(
    [
      'Bảng tính có quá nhiều dòng trống',
      'Giữa hoặc cuối danh sách có hơn {rows} dòng trống, hệ thống dừng đọc.',
      null,
      'Đồng chí xóa các dòng trống cuối bảng (chọn dòng rồi Xóa), lưu lại rồi đưa lên.',
    ],
    [
      'Too many empty rows',
      'There are more than {rows} empty rows in or after the list, so reading stopped.',
      null,
      'Delete the empty rows at the end, save the file and hand it in.',
    ],
  ),
}

/** The table inside. */
const TABLE: RefusalTexts = {
  'import.no-header': said(
    [
      'Không thấy dòng tên cột',
      'Hệ thống tìm các cột: {columns}, nhưng không có dòng nào ghi tên các cột ấy.',
      'Cột được nhận theo tên, không theo vị trí.',
      'Đồng chí kiểm tra đã chọn đúng loại danh sách chưa, và danh sách có dòng tên cột không.',
    ],
    [
      'No row of column names',
      'The columns looked for are {columns}, but no row names them.',
      'Columns are known by their names, not by their places.',
      'Check that the kind of list is right and that the list has a row of column names.',
    ],
  ),
  'import.columns-missing': said(
    [
      'Danh sách thiếu cột bắt buộc',
      'Không có cột: {columns}.',
      null,
      'Đồng chí thêm cột, ghi đúng tên cột như trên, rồi đưa lên.',
    ],
    [
      'Mandatory columns are missing',
      'There is no column: {columns}.',
      null,
      'Add the columns under these names and hand the list in.',
    ],
  ),
  'import.column-twice': said(
    [
      'Có hai cột trùng tên',
      'Cột "{column}" xuất hiện hai lần, không rõ lấy cột nào.',
      null,
      'Đồng chí bỏ một cột hoặc đổi tên, rồi đưa lên.',
    ],
    [
      'A column appears twice',
      'The column "{column}" stands there twice; it is not clear which one counts.',
      null,
      'Delete or rename one of them and hand the list in.',
    ],
  ),
  'import.title-names-another': said(
    [
      'Danh sách này của đảng bộ khác',
      'Tiêu đề danh sách ghi {title}, còn đồng chí đang nhập cho {asked}.',
      'Chi bộ ở hai đảng bộ có thể trùng tên: nhập nhầm thì đảng viên bị ghi sai chỗ.',
      'Đồng chí chọn đúng tệp, hoặc chọn đúng đảng bộ ở mục "Của đảng bộ nào?".',
    ],
    [
      'The list is of another committee',
      'Its title says {title}, but you import for {asked}.',
      'Cells of two committees can share a name: members would end up in the wrong one.',
      'Choose the right file, or the right committee.',
    ],
  ),
  'import.under-unknown': said(
    [
      'Không có đảng bộ này',
      'Mã đảng bộ cần nhập không có trong hệ thống.',
      null,
      'Đồng chí nhập danh sách tổ chức trước, hoặc chọn đảng bộ khác.',
    ],
    [
      'No such committee',
      'The code of the committee is not in the registry.',
      null,
      'Import the organisations first, or choose another committee.',
    ],
  ),
  'import.under-without-code': said(
    [
      'Tổ chức này chưa có mã',
      'Danh sách được nhập theo mã tổ chức đảng, mà tổ chức được chọn chưa có mã.',
      null,
      'Đồng chí chọn đảng bộ có mã, hoặc nhờ cấp trên nhập mã cho tổ chức này.',
    ],
    [
      'This organisation has no code',
      'Lists are imported by an organisation’s code, and this one has none.',
      null,
      'Choose one with a code, or ask the level above to record its code.',
    ],
  ),
}

/** The import as an act. */
const ACT: RefusalTexts = {
  'import.not-your-office': said(
    [
      'Chức vụ này không nhập danh sách',
      'Chỉ người quản trị hệ thống và Ban Xây dựng Đảng nhập danh sách từ bảng tính.',
      'Nhập danh sách làm thay đổi sổ bộ của cả đảng bộ.',
      'Đồng chí gửi danh sách cho Ban Xây dựng Đảng, hoặc chuyển sang chức vụ được nhập.',
    ],
    [
      'Not for this office',
      'Only the administrator and the Party Building Commission import lists.',
      'An import changes the registry of a whole committee.',
      'Send the list to the Party Building Commission, or switch to an office that imports.',
    ],
  ),
  'import.not-tried': said(
    [
      'Danh sách này không còn chờ nhập',
      'Danh sách đã được bỏ, không nhận được, hoặc đang kiểm tra thử.',
      null,
      'Đồng chí mở lại trang để xem tình trạng, hoặc đưa tệp lên lần nữa.',
    ],
    [
      'This list does not wait for its import',
      'It was dropped, refused, or is still being tried.',
      null,
      'Open the page again to see where it stands, or hand the file in once more.',
    ],
  ),
  'import.registry-changed': said(
    [
      'Sổ bộ vừa thay đổi trong lúc nhập',
      'Một lần nhập khác đã ghi những người trong danh sách này. Chưa có gì của danh sách này được ghi.',
      null,
      'Đồng chí bấm nhập lại; những dòng đã có sẽ được nhận ra và không ghi hai lần.',
    ],
    [
      'The registry changed meanwhile',
      'Another import wrote people of this list. Nothing of this list was written.',
      null,
      'Import it again: rows that are there already are recognised and not doubled.',
    ],
  ),
  'import.failed': said(
    [
      'Việc nhập bị gián đoạn',
      'Hệ thống gặp lỗi khi đọc danh sách này. Chưa có gì được ghi.',
      null,
      'Đồng chí đưa lại tệp. Nếu vẫn lỗi, gửi tệp cho người quản trị hệ thống xem.',
    ],
    [
      'The import broke off',
      'The system failed while working on this list. Nothing was written.',
      null,
      'Hand the file in again. If it fails once more, show it to the administrator.',
    ],
  ),
  'import.run-unknown': said(
    [
      'Không có lần nhập này',
      'Lần nhập này không có, hoặc là của một đảng bộ khác.',
      null,
      'Đồng chí về trang Nhập danh sách và chọn trong các lần nhập gần đây.',
    ],
    [
      'No such import',
      'This import is not there, or belongs to another committee.',
      null,
      'Go to the import page and choose one of the recent imports.',
    ],
  ),
}

export const IMPORT_REFUSALS: RefusalTexts = { ...FILE, ...TABLE, ...ACT }
