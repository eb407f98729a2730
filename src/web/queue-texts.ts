/** The words about acts that wait for level 2 (việc chờ xác thực), the same on the pages of every procedure. */
const vi = {
  away: (since: string) => `VNeID hiện không phản hồi (từ ${since}).`,
  byPasskey: 'Đồng chí đang vào bằng khóa truy cập.',
  note: 'Việc này được xếp hàng, chưa có hiệu lực. Khi VNeID hoạt động lại, đồng chí xác nhận một lần để hoàn tất.',
  button: 'Xếp hàng chờ xác thực',
  buttonFor: (title: string) => `Xếp hàng chờ xác thực: ${title}`,
  queued: 'Đã xếp hàng, chờ xác thực',
  waiting: 'Việc của đồng chí đang chờ xác thực',
  waitingText: (title: string, written: string) =>
    `${title}, đã soạn lúc ${written}. Việc này chưa có hiệu lực và chỉ đồng chí thấy.`,
  open: 'Mở việc chờ xác thực',
}

const en: typeof vi = {
  away: (since) => `VNeID does not answer at the moment (since ${since}).`,
  byPasskey: 'You came in with a passkey.',
  note: 'The act is queued and has no effect yet. Once VNeID is back, confirm once to complete it.',
  button: 'Queue for confirmation',
  buttonFor: (title) => `Queue for confirmation: ${title}`,
  queued: 'Queued, waiting for confirmation',
  waiting: 'An act of yours waits for confirmation',
  waitingText: (title, written) => `${title}, written ${written}. It has no effect yet and only you see it.`,
  open: 'Open the waiting acts',
}

export const QUEUE_TEXTS = { vi, en }
