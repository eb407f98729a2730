/** Refunds of an organisation and of those below, by the day each was promised; and the voucher for cash that goes back. */
import { formatDate, formatMonth, type Language, type PlainDate } from '../../../kernel/plain-date.ts'
import { amountInWords, numberVi } from '../../../kernel/vietnamese-numbers.ts'
import { TextLink } from '../../../ui/button.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { FilterBar } from '../../../ui/filter-bar.tsx'
import { Paging } from '../../../ui/navigation.tsx'
import { Banner, EmptyState } from '../../../ui/notice.tsx'
import { PageTitle } from '../../../ui/page-title.tsx'
import { Tag } from '../../../ui/pill.tsx'
import { PrintedSheet } from '../../../ui/print.tsx'
import { SummaryList } from '../../../ui/summary-list.tsx'
import { SelectField } from '../../../ui/text-field.tsx'
import { fill } from '../../../ui/words.ts'
import { dong } from '../amount-text.ts'
import { FeeTabs, type TabCounts } from '../fee-tabs.tsx'
import { turnOf } from '../law/refunds.ts'
import { SHOWN, type Shown } from './contract.ts'
import { deadlineOf } from './refund-page.tsx'
import type { Refund, RefundShort } from './refunds.ts'
import type { RefundTexts } from './texts.ts'

export interface RefundListProps {
  readonly texts: RefundTexts
  readonly language: Language
  readonly organisation: string
  readonly organisationId: string
  readonly today: PlainDate
  readonly rows: readonly RefundShort[]
  readonly counts: Readonly<Record<Shown, number>>
  readonly waiting: TabCounts
  readonly shown: Shown
  readonly page: number
  readonly pages: number
  readonly done: string | undefined
}

export function RefundListPage(props: RefundListProps) {
  const { texts, language, counts, shown, rows } = props
  const lead = fill(texts.listLead, { open: numberVi(counts.open), late: numberVi(counts.late) })
  const below = rows.some(({ organisationId }) => organisationId !== props.organisationId)
  return (
    <>
      {props.done && <Banner kind="success" title={props.done} />}
      <PageTitle
        title={texts.listTitle}
        caption={props.organisation}
        lead={counts.open === 0 ? texts.listNone : lead}
      />
      <FeeTabs language={language} current="refunds" counts={props.waiting} />
      <FilterBar action="/fees/refunds" label={texts.filter} button={texts.show}>
        <SelectField
          name="shown"
          label={texts.standing}
          value={shown}
          options={SHOWN.map((each) => ({
            value: each,
            text: `${texts.shown[each]} (${numberVi(counts[each])})`,
          }))}
        />
      </FilterBar>
      <DataTable
        caption={texts.listTitle}
        hideCaption
        columns={[
          {
            key: 'payer',
            title: texts.payer,
            cell: ({ id, payerName, method }) => (
              <>
                <TextLink href={`/fees/refunds/${id}`}>{payerName}</TextLink>
                {method === 'move' && (
                  <>
                    {' '}
                    <Tag>{texts.correction}</Tag>
                  </>
                )}
              </>
            ),
          },
          ...(below
            ? [
                {
                  key: 'cell',
                  title: texts.organisation,
                  cell: ({ organisationName }: RefundShort) => organisationName,
                },
              ]
            : []),
          { key: 'receipt', title: texts.receipt, cell: ({ receipt }) => receipt },
          { key: 'amount', title: texts.amount, numeric: true, cell: ({ amountVnd }) => dong(amountVnd) },
          {
            key: 'turn',
            title: texts.standing,
            cell: (each) =>
              shown === 'over'
                ? texts.statuses[each.status]
                : fill(texts.turns[turnOf(each)], { paying: each.payingName }),
          },
          {
            key: 'deadline',
            title: texts.deadline,
            cell: (each) => {
              const deadline = deadlineOf(each, props)
              const day = formatDate(each.dueOn, language)
              return deadline ? <Tag tone={deadline.tone}>{day}</Tag> : day
            },
          },
        ]}
        rows={rows}
        keyOf={({ id }) => id}
        empty={<EmptyState title={texts.emptyTitle}>{texts.empty}</EmptyState>}
      />
      <Paging
        page={props.page}
        pages={props.pages}
        hrefOf={(page) => `/fees/refunds?shown=${shown}&page=${page}`}
      />
    </>
  )
}

/** Cash that goes back, on paper: two of them, signed by both. */
export function VoucherPage(props: {
  readonly texts: RefundTexts
  readonly language: Language
  readonly refund: Refund
  readonly today: PlainDate
}) {
  const { texts, language, refund, today } = props
  const months = [...new Set(refund.lines.map(({ period }) => formatMonth(period.slice(0, 7), language)))]
  const receipt = `${refund.payment.receiptNumber}/${refund.payment.receiptYear}`
  return (
    <>
      <div class="no-print">
        <PageTitle title={texts.voucherTitle} caption={refund.organisationName} lead={texts.voucherLead} />
      </div>
      {[1, 2].map((copy) => (
        <PrintedSheet
          key={copy}
          issuer={refund.organisationName}
          title={texts.voucherTitle}
          signers={[
            { office: texts.voucherTo, name: refund.payerName },
            { office: texts.voucherFrom, name: refund.paidByName ?? undefined },
          ]}
        >
          <SummaryList
            compact
            rows={[
              { term: texts.payOn, value: formatDate(refund.paidOn ?? today, language) },
              { term: texts.voucherTo, value: refund.payerName },
              {
                term: texts.voucherWhat,
                value: fill(texts.voucherFor, { months: months.join(', '), receipt }),
              },
              { term: texts.amount, value: dong(refund.amountVnd) },
              { term: texts.voucherWords, value: amountInWords(refund.amountVnd) },
            ]}
          />
        </PrintedSheet>
      ))}
    </>
  )
}
