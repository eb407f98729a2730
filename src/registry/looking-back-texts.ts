/** The words of looking back at a past day, Vietnamese first. */
const vi = {
  choose: 'Xem tại một ngày đã qua',
  chooseAnother: 'Xem tại ngày khác',
  day: 'Xem tại ngày',
  dayHint: 'Ví dụ: 31 10 2026. Để trống cả ba ô là hôm nay.',
  show: 'Xem',
  lookingBack: 'Đồng chí đang xem sổ bộ tại ngày {day}.',
  onlyLooking: 'Những trang này chỉ để xem, không sửa được gì.',
  toToday: 'Về hôm nay',
  titleOn: '{title} – tại ngày {day}',
  factsOfToday:
    'Nơi sinh hoạt và chức vụ là của ngày {day}. Họ tên, ngày sinh, số thẻ, việc miễn sinh hoạt không ghi theo ngày: ở đây hiện như hiện nay.',
  officesThatDay: 'Chức vụ ngày ấy, ở những tổ chức đồng chí xem được',
  noOfficesThatDay: 'Ngày ấy không giữ chức vụ nào ở đây.',
  countedThatDay: 'Sinh hoạt ở đâu, ngày {day}',
  notThere: 'Ngày ấy tổ chức của đồng chí chưa có',
  notThereAbout:
    'Tại ngày {day}, sổ bộ chưa ghi tổ chức này. Dưới đây là các tổ chức sau đó nhập vào tổ chức của đồng chí.',
  notThereNobody: 'Tại ngày {day}, sổ bộ chưa ghi tổ chức này. Đồng chí chọn một ngày muộn hơn.',
}
const en: typeof vi = {
  choose: 'Look at a past day',
  chooseAnother: 'Look at another day',
  day: 'Look at the day',
  dayHint: 'For example: 31 10 2026. All three boxes empty: today.',
  show: 'Show',
  lookingBack: 'You are looking at the registry as it was on {day}.',
  onlyLooking: 'These pages are for looking; nothing can be changed here.',
  toToday: 'Back to today',
  titleOn: '{title} – on {day}',
  factsOfToday:
    'Where the member was counted and the offices are of {day}. Name, birth, card and exemption are not dated: shown as they are now.',
  officesThatDay: 'Offices that day, in organisations you may see',
  noOfficesThatDay: 'Held no office here on that day.',
  countedThatDay: 'Counted where on {day}',
  notThere: 'Your organisation was not there yet',
  notThereAbout:
    'On {day} the registry knew no such organisation. Below are those that went into yours later.',
  notThereNobody: 'On {day} the registry knew no such organisation. Choose a later day.',
}
export const LOOKING_BACK_TEXTS = { vi, en }
