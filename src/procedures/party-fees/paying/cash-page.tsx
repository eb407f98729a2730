/** A cell's cash: what is in hand, today's receipts with their undoing, paying into the account; and slips to print. */
import { formatDate, formatMonth, type Language, type PlainDate } from '../../../kernel/plain-date.ts'
import { amountInWords, numberVi } from '../../../kernel/vietnamese-numbers.ts'
import { Button, ButtonLink, ButtonRow, TextLink } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import type { Children } from '../../../ui/children.ts'
import { DataTable } from '../../../ui/data-table.tsx'
import { DateField, dateParts } from '../../../ui/date-field.tsx'
import { KeyFigures } from '../../../ui/figures.tsx'
import { Form } from '../../../ui/form.tsx'
import { Banner, EmptyState } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { PrintedSheet } from '../../../ui/print.tsx'
import { SummaryList } from '../../../ui/summary-list.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import type { CashBook, CashReceipt } from './cash.ts'
import { PAYING_TEXTS } from './texts.ts'

export interface CashPageProps {
  readonly language: Language
  readonly cell: string
  readonly tabs: Children
  readonly book: CashBook
  readonly today: PlainDate
  /** who reads: only the own receipts can be undone */
  readonly memberId: string
  readonly mayBank: boolean
  readonly done: 'taken' | 'undone' | 'banked' | undefined
  readonly taken: { readonly receipts: number; readonly amountVnd: number } | undefined
  readonly csrf: string
  readonly commandId: string
}

const monthsOf = ({ periods }: CashReceipt, language: Language): string =>
  periods.map((period) => formatMonth(period.slice(0, 7), language)).join(', ')

const numberOf = ({ receiptNumber, receiptYear }: CashReceipt): string => `${receiptNumber}/${receiptYear}`

export function CashPage(props: CashPageProps) {
  const { language, cell, book, done, taken } = props
  const texts = PAYING_TEXTS[language].cash
  const says = {
    taken: taken ? texts.taken(numberVi(taken.receipts), numberVi(taken.amountVnd)) : undefined,
    undone: texts.undoDone,
    banked: texts.bankDone,
  }
  const said = done && says[done]
  return (
    <>
      <PageTitle title={texts.title} caption={cell} />
      {props.tabs}
      {said && <Banner kind="success" title={said} />}
      <KeyFigures
        figures={[{ label: texts.inHand, value: PAYING_TEXTS[language].money(numberVi(book.inHandVnd)) }]}
      />
      <Section title={texts.today}>
        <Receipts {...props} />
      </Section>
      {book.inHandVnd > 0 && <ToBank {...props} />}
      {book.banked.length > 0 && (
        <Section title={texts.banked}>
          <ul class="plain-list rows">
            {book.banked.map(({ on, amountVnd }, index) => (
              <li key={String(index)} class="row">
                {texts.bankedOn(formatDate(on, language), numberVi(amountVnd))}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function Receipts({ language, book, memberId }: CashPageProps) {
  const texts = PAYING_TEXTS[language].cash
  const { money } = PAYING_TEXTS[language]
  return (
    <>
      <DataTable
        caption={texts.today}
        hideCaption
        columns={[
          { key: 'name', title: texts.name, cell: ({ fullName }) => fullName },
          { key: 'number', title: texts.number, cell: numberOf },
          { key: 'months', title: texts.months, cell: (each) => monthsOf(each, language) },
          {
            key: 'amount',
            title: texts.amount,
            cell: ({ amountVnd }) => money(numberVi(amountVnd)),
            numeric: true,
          },
          {
            key: 'act',
            title: texts.act,
            acts: true,
            cell: (each) => <ActOf language={language} receipt={each} own={each.receivedBy === memberId} />,
          },
        ]}
        rows={book.receipts}
        keyOf={({ paymentId }) => paymentId}
        empty={<EmptyState title={texts.none} />}
      />
      {book.receipts.some(({ undone }) => !undone) && (
        <ButtonRow>
          <ButtonLink href="/fees/cash/slips" kind="secondary">
            {texts.slips}
          </ButtonLink>
        </ButtonRow>
      )}
    </>
  )
}

function ActOf(props: { readonly language: Language; readonly receipt: CashReceipt; readonly own: boolean }) {
  const { language, receipt, own } = props
  const texts = PAYING_TEXTS[language].cash
  const { paymentId, fullName, undone } = receipt
  if (undone) return <>{texts.undone}</>
  const of = <span class="govuk-visually-hidden">: {fullName}</span>
  return (
    <>
      <TextLink href={`/fees/receipts/${paymentId}.pdf`}>
        {texts.open}
        {of}
      </TextLink>
      {own && (
        <>
          {' · '}
          <TextLink href={`/fees/cash/${paymentId}/undo`}>
            {texts.undo}
            {of}
          </TextLink>
        </>
      )}
    </>
  )
}

function ToBank({ language, book, today, mayBank, csrf, commandId }: CashPageProps) {
  const texts = PAYING_TEXTS[language].cash
  if (!mayBank) return <Card title={texts.bank}>{texts.noAccount}</Card>
  return (
    <Card title={texts.bank}>
      <p class="quiet">{texts.bankAbout}</p>
      <Form action="/fees/cash/bank" csrf={csrf} commandId={commandId}>
        <TextField
          name="amount"
          label={texts.bankAmount}
          value={numberVi(book.inHandVnd)}
          numeric
          width={20}
          suffix="đ"
        />
        <DateField name="on" label={texts.bankDay} value={dateParts(today)} />
        <Button kind="secondary">{texts.bankDo}</Button>
      </Form>
    </Card>
  )
}

/** Before cash is given back: which, and why. */
export function UndoPage(props: {
  readonly language: Language
  readonly receipt: CashReceipt
  readonly csrf: string
  /** it was sent without a reason */
  readonly missing?: boolean
}) {
  const { language, receipt, csrf, missing } = props
  const texts = PAYING_TEXTS[language].cash
  return (
    <>
      <PageTitle title={texts.undoAsk} lead={texts.undoAbout} />
      <SummaryList
        rows={[
          { term: texts.number, value: numberOf(receipt) },
          { term: texts.name, value: receipt.fullName },
          { term: texts.months, value: monthsOf(receipt, language) },
          { term: texts.amount, value: PAYING_TEXTS[language].money(numberVi(receipt.amountVnd)) },
        ]}
      />
      <Form action={`/fees/cash/${receipt.paymentId}/undo`} csrf={csrf}>
        <TextField
          name="reason"
          label={texts.reason}
          hint={texts.reasonHint}
          error={missing ? texts.reasonMissing : undefined}
        />
        <Button kind="danger">{texts.undoDo}</Button>
      </Form>
    </>
  )
}

/** A slip for each receipt of the day, to print and to sign by hand. */
export function SlipsPage(props: {
  readonly language: Language
  readonly cell: string
  readonly day: PlainDate
  readonly receipts: readonly CashReceipt[]
}) {
  const { language, cell, day } = props
  const texts = PAYING_TEXTS[language].slips
  const receipts = props.receipts.filter(({ undone }) => !undone).toReversed()
  return (
    <>
      <div class="no-print">
        <PageTitle title={texts.title} caption={cell} lead={receipts.length > 0 ? texts.lead : texts.none} />
      </div>
      {receipts.map((receipt) => (
        <PrintedSheet
          key={receipt.paymentId}
          issuer={cell}
          title={texts.title}
          signers={[
            { office: texts.payer, name: receipt.fullName },
            { office: texts.receiver, name: receipt.receiverName },
          ]}
        >
          <SummaryList
            compact
            rows={[
              { term: texts.number, value: numberOf(receipt) },
              { term: texts.on, value: formatDate(day, language) },
              { term: texts.from, value: receipt.fullName },
              { term: texts.what, value: texts.fees(monthsOf(receipt, language)) },
              { term: texts.amount, value: PAYING_TEXTS[language].money(numberVi(receipt.amountVnd)) },
              { term: texts.words, value: amountInWords(receipt.amountVnd) },
            ]}
          />
        </PrintedSheet>
      ))}
    </>
  )
}
