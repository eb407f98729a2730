/** The pages of those who collect: four rooms, and beneath them the pages of the room one is in. */
import type { Language } from '../../kernel/plain-date.ts'
import { Navigation, Tabs } from '../../ui/navigation.tsx'

const ROOMS = {
  collecting: ['month', 'collect', 'cash', 'bank'],
  deciding: ['declarations', 'reliefs', 'refunds'],
  accounting: ['remit', 'books', 'follow'],
  setting: ['accounts', 'region', 'report-column'],
} as const
type Room = keyof typeof ROOMS
export type FeePage = (typeof ROOMS)[Room][number]
/** how much waits on a page for whoever looks, where anything does */
export type TabCounts = Readonly<Partial<Record<FeePage, number>>>

const WORDS: Readonly<Record<Language, Readonly<Record<FeePage | Room | 'rooms' | 'pages', string>>>> = {
  vi: {
    rooms: 'Mục đảng phí',
    pages: 'Trang của mục này',
    collecting: 'Thu đảng phí',
    month: 'Từng tháng',
    collect: 'Thu tiền',
    cash: 'Tiền mặt',
    bank: 'Sao kê ngân hàng',
    deciding: 'Việc chờ quyết định',
    declarations: 'Kê khai chờ duyệt',
    reliefs: 'Miễn, giảm',
    refunds: 'Hoàn tiền',
    accounting: 'Nộp lên, sổ sách',
    remit: 'Trích, nộp cấp trên',
    books: 'Sổ và báo cáo',
    follow: 'Theo dõi',
    setting: 'Thiết lập',
    accounts: 'Tài khoản',
    region: 'Vùng lương',
    'report-column': 'Cột báo cáo',
  },
  en: {
    rooms: 'Sections of Party fees',
    pages: 'Pages of this section',
    collecting: 'Collecting',
    month: 'By month',
    collect: 'Collect',
    cash: 'Cash',
    bank: 'Bank statements',
    deciding: 'Waiting for a decision',
    declarations: 'Declarations that wait',
    reliefs: 'Exemption, reduction',
    refunds: 'Refunds',
    accounting: 'Remitting and books',
    remit: 'Shares and remittance',
    books: 'Books and reports',
    follow: 'Follow-up',
    setting: 'Set up',
    accounts: 'Accounts',
    region: 'Wage region',
    'report-column': 'Report column',
  },
}

export function FeeTabs(props: {
  readonly language: Language
  readonly current: FeePage
  readonly counts?: TabCounts | undefined
}) {
  const { language, current, counts = {} } = props
  const words = WORDS[language]
  const rooms = Object.keys(ROOMS) as Room[]
  const room = rooms.find((each) => pagesOf(each).includes(current)) ?? 'collecting'
  return (
    <>
      <Navigation
        label={words.rooms}
        items={rooms.map((each) => ({
          href: `/fees/${ROOMS[each][0]}`,
          text: words[each],
          current: each === room,
        }))}
      />
      <Tabs
        label={words.pages}
        items={pagesOf(room).map((page) => ({
          href: `/fees/${page}`,
          text: words[page],
          current: page === current,
          count: counts[page],
        }))}
      />
    </>
  )
}

const pagesOf = (room: Room): readonly FeePage[] => ROOMS[room]
