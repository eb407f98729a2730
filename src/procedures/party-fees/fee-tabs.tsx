/** The pages of those who collect, one beside the other: the month, collecting, cash, declarations, and the region. */
import type { Language } from '../../kernel/plain-date.ts'
import { Tabs } from '../../ui/navigation.tsx'

const PAGES = ['month', 'collect', 'cash', 'declarations', 'region'] as const
export type FeePage = (typeof PAGES)[number]

const WORDS: Readonly<Record<Language, Readonly<Record<FeePage | 'label', string>>>> = {
  vi: {
    label: 'Mục đảng phí',
    month: 'Từng tháng',
    collect: 'Thu tiền',
    cash: 'Tiền mặt',
    declarations: 'Kê khai chờ duyệt',
    region: 'Vùng lương',
  },
  en: {
    label: 'Sections of Party fees',
    month: 'By month',
    collect: 'Collect',
    cash: 'Cash',
    declarations: 'Declarations that wait',
    region: 'Wage region',
  },
}

export function FeeTabs(props: {
  readonly language: Language
  readonly current: FeePage
  /** how many declarations wait, where it is known */
  readonly declarations?: number | undefined
}) {
  const { language, current, declarations } = props
  const words = WORDS[language]
  return (
    <Tabs
      label={words.label}
      items={PAGES.map((page) => ({
        href: `/fees/${page}`,
        text: words[page],
        current: current === page,
        ...(page === 'declarations' && declarations !== undefined ? { count: declarations } : {}),
      }))}
    />
  )
}
