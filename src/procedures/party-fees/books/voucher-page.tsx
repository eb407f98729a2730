/** Vouchers: making one, those of the year, and undoing one. */
import { formatDate, type Language, type PlainDate } from '../../../kernel/plain-date.ts'
import { numberVi } from '../../../kernel/vietnamese-numbers.ts'
import { Button, TextLink } from '../../../ui/button.tsx'
import type { Children } from '../../../ui/children.ts'
import { Radios } from '../../../ui/choice.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { DateField, dateParts } from '../../../ui/date-field.tsx'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import { KeyFigures } from '../../../ui/figures.tsx'
import { Form } from '../../../ui/form.tsx'
import { Banner, EmptyState } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { SummaryList } from '../../../ui/summary-list.tsx'
import { SelectField, TextField } from '../../../ui/text-field.tsx'
import { fill } from '../../../ui/words.ts'
import { dong } from '../amount-text.ts'
import { FUNDS, PURPOSES } from '../law/books/cash-columns.ts'
import { BOOK_TEXTS } from './texts.ts'
import type { Available, Voucher } from './vouchers.ts'

export interface VoucherPageProps {
  readonly language: Language
  readonly csrf: string
  readonly commandId: string
  readonly organisation: string
  readonly tabs: Children
  readonly today: PlainDate
  readonly available: Available
  readonly vouchers: readonly Voucher[]
  readonly saved: string | undefined
  readonly undone: string | undefined
  readonly entered: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
}

export function VoucherPage(props: VoucherPageProps) {
  const { language, available, vouchers, saved, undone, errors, today } = props
  const texts = BOOK_TEXTS[language]
  const words = texts.vouchers
  return (
    <>
      <ErrorSummary errors={Object.entries(errors).map(([field, text]) => ({ field, text }))} />
      {saved && <Banner kind="success" title={fill(words.saved, { number: saved })} />}
      {undone && <Banner kind="success" title={fill(words.undone, { number: undone })} />}
      <PageTitle title={words.title} caption={props.organisation} lead={words.lead} />
      {props.tabs}
      <KeyFigures
        figures={[
          { label: words.available, value: dong(available.retainedVnd) },
          { label: words.inFund.cash, value: dong(available.cash) },
          { label: words.inFund.bank, value: dong(available.bank) },
        ]}
      />
      <Section title={words.make}>
        <VoucherForm {...props} />
      </Section>
      <Section title={fill(words.list, { year: today.slice(0, 4) })}>
        <DataTable
          caption={words.title}
          hideCaption
          columns={[
            {
              key: 'what',
              title: texts.columns.explanation,
              cell: (row) => <What row={row} language={language} />,
            },
            { key: 'number', title: words.number, cell: ({ written }) => written },
            { key: 'on', title: texts.columns.day, cell: ({ on }) => formatDate(on, language) },
            { key: 'purpose', title: words.purpose, cell: ({ purpose }) => texts.cash[purpose] },
            { key: 'fund', title: words.fund, cell: ({ fund }) => words.funds[fund] },
            { key: 'who', title: words.counterpart, cell: ({ counterpart }) => counterpart },
            {
              key: 'amount',
              title: texts.behind.amount,
              numeric: true,
              cell: ({ amountVnd, undoes }) => numberVi(undoes ? -amountVnd : amountVnd),
            },
            {
              key: 'act',
              title: words.undoAct,
              acts: true,
              cell: (row) => <Undo row={row} language={language} />,
            },
          ]}
          rows={vouchers}
          keyOf={({ id }) => id}
          empty={<EmptyState title={words.none}>{words.noneAbout}</EmptyState>}
        />
      </Section>
      <p>
        <TextLink href={`/fees/books?book=cash&period=${today.slice(0, 7)}`}>{texts.books.cash}</TextLink>
        {' · '}
        <TextLink href={`/fees/books?book=bank&period=${today.slice(0, 7)}`}>{texts.books.bank}</TextLink>
      </p>
    </>
  )
}

function What({ row, language }: { readonly row: Voucher; readonly language: Language }) {
  const words = BOOK_TEXTS[language].vouchers
  return (
    <>
      {row.undoes ? `${fill(words.undoes, { number: row.undoes })}: ${row.explanation}` : row.explanation}
      <span class="row-note">
        {words.madeBy}: {row.madeBy}
      </span>
    </>
  )
}

function Undo({ row, language }: { readonly row: Voucher; readonly language: Language }) {
  const words = BOOK_TEXTS[language].vouchers
  if (row.undone) return <>{words.isUndone}</>
  if (row.undoes) return <></>
  return (
    <TextLink href={`/fees/books/vouchers/undo?voucher=${addressOf(row)}`}>
      {words.undo}
      <span class="govuk-visually-hidden"> {row.written}</span>
    </TextLink>
  )
}

export const addressOf = ({
  direction,
  number,
  year,
}: Pick<Voucher, 'direction' | 'number' | 'year'>): string =>
  `${direction === 'in' ? 'PT' : 'PC'}-${number}-${year}`

function VoucherForm({ language, csrf, commandId, entered, errors, today }: VoucherPageProps) {
  const texts = BOOK_TEXTS[language]
  const words = texts.vouchers
  const on =
    'on-year' in entered
      ? { day: entered['on-day'], month: entered['on-month'], year: entered['on-year'] }
      : dateParts(today)
  return (
    <Form action="/fees/books/vouchers" csrf={csrf} commandId={commandId}>
      <SelectField
        name="purpose"
        label={words.purpose}
        empty={words.purposeChoose}
        value={entered.purpose}
        error={errors.purpose}
        options={PURPOSES.map((purpose) => ({ value: purpose, text: texts.cash[purpose] }))}
      />
      <Radios
        name="fund"
        label={words.fund}
        inline
        value={entered.fund}
        error={errors.fund}
        choices={FUNDS.map((fund) => ({ value: fund, text: words.funds[fund] }))}
      />
      <TextField
        name="amount"
        label={words.amount}
        value={entered.amount}
        error={errors.amount}
        numeric
        width={20}
        suffix="đ"
      />
      <DateField name="on" label={words.on} value={on} error={errors.on} />
      <TextField
        name="counterpart"
        label={words.counterpart}
        value={entered.counterpart}
        error={errors.counterpart}
      />
      <TextField
        name="explanation"
        label={words.explanation}
        hint={words.explanationHint}
        value={entered.explanation}
        error={errors.explanation}
      />
      <Button>{words.save}</Button>
    </Form>
  )
}

/** Before a voucher is undone: which, and why. */
export function UndoVoucherPage(props: {
  readonly language: Language
  readonly csrf: string
  readonly commandId: string
  readonly voucher: Voucher
  readonly missing: boolean
}) {
  const { language, csrf, commandId, voucher, missing } = props
  const texts = BOOK_TEXTS[language]
  const words = texts.vouchers
  return (
    <>
      <PageTitle title={fill(words.undoTitle, { number: voucher.written })} lead={words.undoAbout} />
      <SummaryList
        rows={[
          { term: texts.columns.explanation, value: voucher.explanation },
          { term: words.purpose, value: texts.cash[voucher.purpose] },
          { term: words.counterpart, value: voucher.counterpart },
          { term: words.on, value: formatDate(voucher.on, language) },
          { term: texts.behind.amount, value: dong(voucher.amountVnd) },
        ]}
      />
      <Form
        action="/fees/books/vouchers/undo"
        csrf={csrf}
        commandId={commandId}
        hidden={{ voucher: addressOf(voucher) }}
      >
        <TextField name="reason" label={words.undoReason} error={missing ? texts.errors.reason : undefined} />
        <Button kind="danger">{words.undo}</Button>
      </Form>
    </>
  )
}
