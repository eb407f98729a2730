/** What people are told when it is the system that cannot: a fault, a database that is away, a disk without room. */
const vi = {
  defect: {
    title: 'Hệ thống gặp lỗi',
    what: 'Lỗi nằm ở hệ thống, không phải do đồng chí. Lỗi đã được ghi lại; dữ liệu đã lưu không mất.',
    mend: 'Đồng chí thử lại sau ít phút. Nếu vẫn lỗi, gọi người hỗ trợ và đọc mã ở dưới.',
  },
  away: {
    title: 'Cơ sở dữ liệu đang tạm ngừng',
    what: 'Hệ thống chưa biết việc vừa gửi đã được ghi hay chưa. Dữ liệu đã lưu không mất.',
    mend: 'Đồng chí gửi lại đúng như cũ sau ít phút: một việc gửi hai lần chỉ được làm một lần.',
  },
  diskFull: {
    title: 'Máy chủ đã hết chỗ lưu',
    what: 'Việc vừa gửi chưa được ghi. Dữ liệu đã lưu không mất.',
    mend: 'Đồng chí báo người quản trị dọn chỗ trên đĩa của máy chủ, rồi gửi lại đúng như cũ.',
  },
}
const en: typeof vi = {
  defect: {
    title: 'Something went wrong here',
    what: 'The fault is in the system, not yours. It has been noted; what was saved is not lost.',
    mend: 'Try again in a few minutes. If it fails again, call for help and read out the number below.',
  },
  away: {
    title: 'The database is away for a moment',
    what: 'Whether what you sent was written is not known. What was saved before is not lost.',
    mend: 'Send the same again in a few minutes: what is sent twice is done once.',
  },
  diskFull: {
    title: 'The server has no room left',
    what: 'What you sent was not written. What was saved before is not lost.',
    mend: 'Ask the administrator to make room on the server’s disk, then send the same again.',
  },
}
export const TROUBLE_TEXTS = { vi, en }
