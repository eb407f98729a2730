/** A cell's open lines: tick those one was given the money for, then one QR code for all, or cash booked at once. */
import { formatMonth, type Language } from '../../../kernel/plain-date.ts'
import { numberVi } from '../../../kernel/vietnamese-numbers.ts'
import { BulkTable } from '../../../ui/bulk.tsx'
import type { Children } from '../../../ui/children.ts'
import { Banner, EmptyState } from '../../../ui/notice.tsx'
import { PageTitle } from '../../../ui/page-title.tsx'
import { MOST_LINES } from '../law/ordering.ts'
import type { OpenLine } from './cash.ts'
import { keyOfLine } from './contract.ts'
import { PAYING_TEXTS } from './texts.ts'

export interface CollectPageProps {
  readonly language: Language
  readonly cell: string
  readonly tabs: Children
  readonly lines: readonly OpenLine[]
  readonly waiting: number
  readonly nothingChosen: boolean
  readonly csrf: string
  readonly commandId: string
}

export function CollectPage({
  language,
  cell,
  tabs,
  lines,
  waiting,
  nothingChosen,
  csrf,
  commandId,
}: CollectPageProps) {
  const texts = PAYING_TEXTS[language].collect
  const month = ({ period }: OpenLine) => formatMonth(period.slice(0, 7), language)
  const total = numberVi(lines.reduce((sum, { amountVnd }) => sum + amountVnd, 0))
  return (
    <>
      <PageTitle
        title={texts.title}
        caption={cell}
        lead={lines.length > 0 ? texts.lead(numberVi(lines.length), total) : undefined}
      />
      {tabs}
      {nothingChosen && (
        <Banner kind="problem" title={texts.nothing}>
          <p>{texts.nothingMend}</p>
        </Banner>
      )}
      {waiting > 0 && <p>{texts.waiting(numberVi(waiting))}</p>}
      {lines.length === 0 ? (
        <EmptyState title={texts.emptyTitle}>
          <p>{texts.empty}</p>
        </EmptyState>
      ) : (
        <>
          <p class="quiet">{texts.about}</p>
          {lines.length === MOST_LINES && <p>{texts.more(MOST_LINES)}</p>}
          <BulkTable
            caption={texts.caption}
            columns={[
              { key: 'name', title: texts.name, cell: ({ fullName }) => fullName },
              { key: 'month', title: texts.month, cell: (line) => month(line).replace(/^tháng /, '') },
              {
                key: 'amount',
                title: texts.amount,
                cell: ({ amountVnd }) => PAYING_TEXTS[language].money(numberVi(amountVnd)),
                numeric: true,
              },
            ]}
            rows={lines}
            keyOf={keyOfLine}
            nameOf={(line) => `${line.fullName}, ${month(line)}`}
            action="/fees/collect"
            csrf={csrf}
            commandId={commandId}
            actions={[
              { name: 'by', value: 'cash', text: texts.cash },
              { name: 'by', value: 'qr', text: texts.qr, kind: 'secondary' },
            ]}
          />
        </>
      )}
    </>
  )
}
