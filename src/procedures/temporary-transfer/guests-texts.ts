/** The words of the list of guests and of members who are elsewhere, Vietnamese first. */
const vi = {
  title: 'Đảng viên sinh hoạt tạm thời',
  lead: 'Người nơi khác đang sinh hoạt ở đây và đảng viên của ta đang ở nơi khác; người hết hạn trước đứng trên.',
  guests: 'Đang sinh hoạt tạm thời ở đây',
  away: 'Của ta, đang sinh hoạt tạm thời nơi khác',
  noGuests: 'Không có đảng viên nào từ nơi khác đến.',
  noAway: 'Không có đảng viên nào đang ở nơi khác.',
  name: 'Họ tên',
  from: 'Nơi chính thức',
  at: 'Nơi tạm thời',
  until: 'Đến hết ngày',
  mark: 'Quyền ở đây',
  guestMark: 'Không biểu quyết, không tính đảng số',
  status: 'Tình trạng',
  quorum: 'Triệu tập họp chi bộ',
  quorumText: (summoned: number, away: number) =>
    `Số được triệu tập để tính thành phần: ${summoned} đảng viên chính thức. ${away === 0 ? '' : `Đã trừ ${away} người đang sinh hoạt tạm thời nơi khác; ai về dự và biểu quyết thì tính thêm. `}Người nơi khác đến không tính.`,
  card: (guests: number, away: number) => `${guests} người từ nơi khác đến, ${away} người đang ở nơi khác`,
  open: 'Xem danh sách',
  xlsx: 'Tải Excel',
  number: 'TT',
  group: 'Nhóm',
}

const en: typeof vi = {
  title: 'Temporary stays',
  lead: 'Guests who are here and members of ours who are elsewhere; worked out from the dossiers.',
  guests: 'Guests here',
  away: 'Ours, elsewhere for a time',
  noGuests: 'Nobody from elsewhere is here.',
  noAway: 'Nobody of ours is elsewhere.',
  name: 'Name',
  from: 'Official place',
  at: 'Place of the stay',
  until: 'To the end of',
  mark: 'Rights here',
  guestMark: 'No vote, not counted',
  status: 'Standing',
  quorum: 'Who is summoned to a meeting of the cell',
  quorumText: (summoned, away) =>
    `Summoned: ${summoned} full members. ${away} on a temporary stay elsewhere are left out; who comes and votes is counted. Guests are not.`,
  card: (guests, away) => `${guests} from elsewhere here, ${away} of ours elsewhere`,
  open: 'Open the list',
  xlsx: 'Excel',
  number: 'No.',
  group: 'Group',
}

export const GUEST_TEXTS = { vi, en }
