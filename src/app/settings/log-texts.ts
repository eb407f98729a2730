/** The words of the page on the log (nhật ký), Vietnamese first. */
const vi = {
  title: 'Nhật ký và điểm đối chiếu',
  lead: 'Mỗi thay đổi trong sổ bộ và hồ sơ đều được ghi vào nhật ký cùng lúc với chính việc ấy. Chưa đầy một giây sau, mục ghi được khóa vào một chuỗi khối: sửa một mục cũ thì cả chuỗi không còn khớp.',
  entries: 'Số mục đã khóa',
  block: 'Khối cuối',
  sealedAt: 'Khóa lúc',
  unsealed: 'Chưa khóa',
  unsealedNone: 'Không có mục nào đang chờ',
  unsealedSome: (count: number) => `${count} mục, sẽ khóa trong giây lát`,
  hash: 'Mã của khối cuối',
  take: 'Lấy điểm đối chiếu',
  takeLead:
    'Điểm đối chiếu là một tệp nhỏ có chữ ký của hệ thống, ghi lại chỗ cuối của nhật ký lúc này. Đồng chí hãy giao tệp cho một người hoặc một cơ quan không quản lý máy chủ giữ. Về sau, ai sửa hoặc xóa phần nhật ký trước đó đều bị phát hiện. Trong tệp không có thông tin của đảng viên nào.',
  takeButton: 'Ký và lấy điểm đối chiếu',
  taken: 'Đã ký điểm đối chiếu. Đồng chí tải tệp về và giao cho người giữ.',
  given: 'Các điểm đối chiếu đã lấy',
  none: 'Chưa lấy điểm đối chiếu nào',
  noneLead: 'Nên lấy ít nhất mỗi tháng một lần, và giao cho Ủy ban Kiểm tra giữ.',
  at: 'Lúc',
  by: 'Người lấy',
  byCommand: 'Dòng lệnh trên máy chủ',
  action: 'Tệp',
  download: (block: number) => `Tải tệp của khối ${block}`,
  check: 'Kiểm tra nhật ký',
  checkLead:
    'Người quản trị máy chủ chạy lệnh dưới đây với tệp đã giao. Lệnh đọc lại toàn bộ nhật ký và dữ liệu, rồi cho biết có chỗ nào bị sửa, xóa, chèn hay cắt bớt không.',
}
const en: typeof vi = {
  title: 'Log and checkpoints',
  lead: 'Every change of the registry and of dossiers is written into the log together with the act itself. Less than a second later the entry is sealed into a chain of blocks: whoever alters an old entry breaks the chain.',
  entries: 'Sealed entries',
  block: 'Last block',
  sealedAt: 'Sealed at',
  unsealed: 'Not yet sealed',
  unsealedNone: 'No entry is waiting',
  unsealedSome: (count) => `${count} entries, to be sealed in a moment`,
  hash: 'Hash of the last block',
  take: 'Take a checkpoint',
  takeLead:
    'A checkpoint is a small file, signed by the system, that says where the log ends now. Give it to a person or body that does not run the server. Whoever alters or deletes the log before it is found out later. The file tells nothing of any member.',
  takeButton: 'Sign and take a checkpoint',
  taken: 'The checkpoint is signed. Download the file and give it to whoever keeps it.',
  given: 'Checkpoints taken',
  none: 'No checkpoint was taken yet',
  noneLead: 'Take one at least every month, for the Inspection Committee to keep.',
  at: 'At',
  by: 'Taken by',
  byCommand: 'Command line of the server',
  action: 'File',
  download: (block) => `Download the file of block ${block}`,
  check: 'Check the log',
  checkLead:
    'The administrator of the server runs this command with the file that was given away. It reads the whole log and all rows again and says whether anything was altered, deleted, put in or cut off.',
}
export const LOG_TEXTS = { vi, en }
export type LogTexts = typeof vi
