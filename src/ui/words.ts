/** The few words the design system says by itself (next page, error, saved at), in Vietnamese and English. */
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

/** Words of the components themselves; what a page is about comes in through props. `{name}` marks a place to fill. */
export interface UiWords {
  /** How numbers are written: `vi` 1.240, `en` 1,240. */
  readonly locale: string
  readonly skipToContent: string
  readonly actingAs: string
  readonly switchHat: string
  readonly onBehalfOf: string
  readonly signOut: string
  readonly notices: string
  readonly pages: string
  readonly breadcrumbs: string
  readonly back: string
  readonly offline: string
  readonly needHelp: string
  readonly call: string
  readonly largerText: string
  readonly normalText: string
  readonly readAloud: string
  readonly stopReading: string
  readonly printPage: string
  readonly copy: string
  readonly copied: string
  readonly printedFrom: string
  readonly errorPrefix: string
  readonly errorTitle: string
  readonly success: string
  readonly problem: string
  readonly information: string
  readonly warning: string
  readonly optional: string
  readonly day: string
  readonly month: string
  readonly year: string
  readonly charactersLeft: string
  readonly charactersOver: string
  readonly charactersMost: string
  readonly filesAccepted: string
  readonly filesMost: string
  readonly fileUploaded: string
  readonly fileProof: string
  readonly fileRemove: string
  readonly fileShrinking: string
  readonly fileShrunk: string
  readonly fileSending: string
  readonly filesChecked: string
  readonly filesAwaited: string
  readonly filesWrong: string
  readonly search: string
  readonly clear: string
  readonly found: string
  readonly nothingFound: string
  readonly chooseFromList: string
  readonly filter: string
  readonly filterAway: string
  readonly selectAll: string
  readonly selectRow: string
  readonly selected: string
  readonly sortBy: string
  readonly sortedUp: string
  readonly sortedDown: string
  readonly previousPage: string
  readonly nextPage: string
  readonly pageOf: string
  readonly page: string
  readonly masked: string
  readonly rule: string
  readonly whatHappened: string
  readonly why: string
  readonly howToMend: string
  readonly stepDone: string
  readonly stepNow: string
  readonly stepNext: string
  readonly stepProblem: string
  readonly itemDone: string
  readonly itemFailed: string
  readonly progressOf: string
  readonly progressReload: string
  readonly goOnTitle: string
  readonly goOnAbout: string
  readonly goOnButton: string
  readonly saving: string
  readonly saved: string
  readonly savedHere: string
  readonly restored: string
  readonly sendingForm: string
  readonly notSent: string
}

/** Vietnamese, the first language. */
export const WORDS_VI: UiWords = {
  locale: 'vi',
  skipToContent: 'Đến nội dung chính',
  actingAs: 'Đang làm việc với tư cách',
  switchHat: 'Chuyển sang tư cách khác',
  onBehalfOf: 'thay mặt {name}',
  signOut: 'Đăng xuất',
  notices: 'Thông báo',
  pages: 'Các mục',
  breadcrumbs: 'Đường dẫn',
  back: 'Quay lại',
  offline:
    'Máy đang không có mạng. Đồng chí xem được các trang đã mở; việc gửi đi sẽ làm khi có mạng trở lại.',
  needHelp: 'Cần người giúp?',
  call: 'gọi',
  largerText: 'Chữ to hơn',
  normalText: 'Chữ cỡ thường',
  readAloud: 'Đọc to trang này',
  stopReading: 'Dừng đọc',
  printPage: 'In trang này',
  copy: 'Chép',
  copied: 'Đã chép',
  printedFrom: 'In từ',
  errorPrefix: 'Cần sửa:',
  errorTitle: 'Có chỗ cần sửa',
  success: 'Đã xong',
  problem: 'Có vướng mắc',
  information: 'Xin lưu ý',
  warning: 'Chú ý',
  optional: '(không bắt buộc)',
  day: 'Ngày',
  month: 'Tháng',
  year: 'Năm',
  charactersLeft: 'Còn viết được {count} ký tự',
  charactersOver: 'Dài quá {count} ký tự',
  charactersMost: 'Nhiều nhất {count} ký tự',
  filesAccepted: 'Nhận: {kinds}',
  filesMost: 'mỗi tệp không quá {size}',
  fileUploaded: 'Đã nhận được tệp',
  fileProof: 'Mã kiểm tra tệp',
  fileRemove: 'Bỏ tệp này',
  fileShrinking: 'Đang thu nhỏ ảnh…',
  fileShrunk: 'Ảnh đã thu nhỏ từ {from} còn {to} để gửi nhanh hơn.',
  fileSending: 'Đang gửi tệp: {percent}%',
  filesChecked: 'Hợp lệ:',
  filesAwaited: 'Chưa có:',
  filesWrong: 'Không hợp lệ:',
  search: 'Tìm',
  clear: 'Xóa, xem tất cả',
  found: 'Tìm thấy {count} kết quả',
  nothingFound: 'Không tìm thấy. Đồng chí thử gõ ít chữ hơn, không cần dấu.',
  chooseFromList: 'Có {count} gợi ý. Dùng phím mũi tên lên, xuống để chọn.',
  filter: 'Lọc',
  filterAway: 'Bỏ lọc: {name}',
  selectAll: 'Chọn tất cả',
  selectRow: 'Chọn {name}',
  selected: 'Đã chọn {count}',
  sortBy: 'Sắp xếp theo {name}',
  sortedUp: 'đang xếp tăng dần',
  sortedDown: 'đang xếp giảm dần',
  previousPage: 'Trang trước',
  nextPage: 'Trang sau',
  pageOf: 'Trang {page} trên {pages}',
  page: 'Trang {page}',
  masked: 'đã che bớt',
  rule: 'Căn cứ',
  whatHappened: 'Việc gì',
  why: 'Vì sao',
  howToMend: 'Làm thế nào bây giờ',
  stepDone: 'Đã xong:',
  stepNow: 'Đang ở bước này:',
  stepNext: 'Sắp tới:',
  stepProblem: 'Đang vướng:',
  itemDone: 'Đã làm',
  itemFailed: 'Chưa làm được',
  progressOf: 'Đã làm {done} trên {total}',
  progressReload: 'Trang tự cập nhật. Đồng chí có thể làm việc khác rồi quay lại.',
  goOnTitle: 'Đang làm nhiều việc cùng lúc',
  goOnAbout:
    'Trang tự làm tiếp; nếu không, đồng chí bấm Làm tiếp. Việc nào xong thì đã được lưu, không làm lại.',
  goOnButton: 'Làm tiếp',
  saving: 'Đang lưu…',
  saved: 'Đã lưu lúc {time}',
  savedHere: 'Chưa gửi được về máy chủ; đã giữ trên máy này lúc {time}',
  restored: 'Đã lấy lại phần đồng chí đang viết dở',
  sendingForm: 'Đang gửi…',
  notSent: 'Chưa gửi được, có thể do mạng. Đồng chí bấm gửi lại; những gì đã viết vẫn còn.',
}

/** English, the second language. */
export const WORDS_EN: UiWords = {
  locale: 'en',
  skipToContent: 'Skip to main content',
  actingAs: 'Acting as',
  switchHat: 'Act as somebody else',
  onBehalfOf: 'on behalf of {name}',
  signOut: 'Sign out',
  notices: 'Notices',
  pages: 'Sections',
  breadcrumbs: 'Breadcrumbs',
  back: 'Back',
  offline:
    'You are offline. You can read pages you have already opened; what you send will need a connection.',
  needHelp: 'Need a person to help?',
  call: 'call',
  largerText: 'Larger text',
  normalText: 'Normal text size',
  readAloud: 'Read this page aloud',
  stopReading: 'Stop reading',
  printPage: 'Print this page',
  copy: 'Copy',
  copied: 'Copied',
  printedFrom: 'Printed from',
  errorPrefix: 'To mend:',
  errorTitle: 'Something needs mending',
  success: 'Done',
  problem: 'There is a problem',
  information: 'Please note',
  warning: 'Attention',
  optional: '(optional)',
  day: 'Day',
  month: 'Month',
  year: 'Year',
  charactersLeft: 'You have {count} characters left',
  charactersOver: '{count} characters too many',
  charactersMost: 'At most {count} characters',
  filesAccepted: 'Accepted: {kinds}',
  filesMost: 'no file over {size}',
  fileUploaded: 'File received',
  fileProof: 'File check code',
  fileRemove: 'Remove this file',
  fileShrinking: 'Making the photo smaller…',
  fileShrunk: 'The photo was made smaller, from {from} to {to}, so that it sends faster.',
  fileSending: 'Sending the file: {percent}%',
  filesChecked: 'Valid:',
  filesAwaited: 'Awaited:',
  filesWrong: 'Not valid:',
  search: 'Search',
  clear: 'Clear, show all',
  found: '{count} found',
  nothingFound: 'Nothing found. Try fewer letters; accents are not needed.',
  chooseFromList: '{count} suggestions. Use the up and down arrow keys to choose.',
  filter: 'Filter',
  filterAway: 'Remove filter: {name}',
  selectAll: 'Select all',
  selectRow: 'Select {name}',
  selected: '{count} selected',
  sortBy: 'Sort by {name}',
  sortedUp: 'sorted ascending',
  sortedDown: 'sorted descending',
  previousPage: 'Previous page',
  nextPage: 'Next page',
  pageOf: 'Page {page} of {pages}',
  page: 'Page {page}',
  masked: 'partly hidden',
  rule: 'Rule',
  whatHappened: 'What',
  why: 'Why',
  howToMend: 'What to do now',
  stepDone: 'Done:',
  stepNow: 'Now at:',
  stepNext: 'To come:',
  stepProblem: 'Held up:',
  itemDone: 'Done',
  itemFailed: 'Not done',
  progressOf: '{done} of {total} done',
  progressReload: 'This page updates itself. You may do something else and come back.',
  goOnTitle: 'Many at once',
  goOnAbout: 'The page goes on by itself; if not, press Go on. What is done is kept and not done twice.',
  goOnButton: 'Go on',
  saving: 'Saving…',
  saved: 'Saved at {time}',
  savedHere: 'Could not reach the server; kept on this device at {time}',
  restored: 'What you had begun to write is back',
  sendingForm: 'Sending…',
  notSent: 'Could not be sent, perhaps the network. Press send again; what you wrote is still here.',
}

/** The words the components below a `Layout` speak; Vietnamese where nobody said otherwise. */
export const WordsContext = createContext<UiWords>(WORDS_VI)

/** The words of the page being rendered. */
export function useWords(): UiWords {
  return useContext(WordsContext)
}

/** A whole number as the page's language writes it. */
export function figure(words: UiWords, number: number): string {
  return number.toLocaleString(words.locale)
}

/** Puts values into the `{name}` places of a phrase. */
export function fill(phrase: string, values: Readonly<Record<string, string | number>>): string {
  return phrase.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}
