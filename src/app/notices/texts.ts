/** The words of the notices' page, Vietnamese first; what each notice says stands in the texts of the slice that sends it. */

const vi = {
  title: 'Thông báo',
  allRead: 'Đồng chí đã đọc hết.',
  unread: 'Có {count} thông báo chưa đọc.',
  today: 'Hôm nay',
  yesterday: 'Hôm qua',
  new: 'Mới',
  at: 'Lúc',
  open: 'Mở hồ sơ',
  markRead: 'Đã đọc',
  markAll: 'Đánh dấu đã đọc hết',
  older: 'Xem thông báo cũ hơn',
  newest: 'Về thông báo mới nhất',
  none: 'Chưa có thông báo nào',
  noneText: 'Khi hồ sơ sang bước mới hoặc đến lượt đồng chí, thông báo sẽ hiện ở đây.',
  unknown: 'Có việc mới trong hồ sơ',
  marked: 'Đã đánh dấu đã đọc',
}
const en: typeof vi = {
  title: 'Notices',
  allRead: 'You have read everything.',
  unread: '{count} not read yet.',
  today: 'Today',
  yesterday: 'Yesterday',
  new: 'New',
  at: 'At',
  open: 'Open the dossier',
  markRead: 'Read',
  markAll: 'Mark all as read',
  older: 'Older notices',
  newest: 'Back to the newest',
  none: 'No notices yet',
  noneText: 'When a dossier moves on or it is your turn, a notice will stand here.',
  unknown: 'Something new in the dossier',
  marked: 'Marked as read',
}
export const NOTICES_TEXTS = { vi, en }
export type NoticesTexts = typeof vi
