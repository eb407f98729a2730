/** An order to pay: its QR code, the same to be typed by hand, and "paid" with the receipt when the bank has told. */
import { formatInstant, formatMonth, type Language } from '../../../kernel/plain-date.ts'
import { numberVi } from '../../../kernel/vietnamese-numbers.ts'
import { ButtonLink, ButtonRow, TextLink } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { CopyValue } from '../../../ui/copy.tsx'
import { Banner } from '../../../ui/notice.tsx'
import { PageTitle } from '../../../ui/page-title.tsx'
import { SummaryList } from '../../../ui/summary-list.tsx'
import { REFUND_TEXTS } from '../refunding/texts.ts'
import type { Order } from './orders.ts'
import { PAYING_TEXTS } from './texts.ts'

/** A bank tells within seconds; a phone left lying asks no more often than this. */
const ASK_EVERY_MILLISECONDS = 4_000

export interface OrderPageProps {
  readonly language: Language
  readonly order: Order
  readonly bankName: string
  /** where to go back to */
  readonly back: string
  /** the demonstration's bank with this transfer filled in; absent in earnest */
  readonly simulatedBank: string | undefined
}

export function OrderPage(props: OrderPageProps) {
  const { language, order } = props
  const texts = PAYING_TEXTS[language].order
  const taken = takenMonths(order)
  if (order.payment) return <Paid {...props} payment={order.payment} />
  if (taken.length > 0)
    return (
      <>
        <PageTitle title={texts.title} />
        <Banner kind="problem" title={texts.takenTitle} link={{ href: props.back, text: texts.takenMend }}>
          <p>{texts.taken(taken.map((month) => formatMonth(month, language)).join(', '))}</p>
        </Banner>
      </>
    )
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      {order.putAside && (
        <Banner kind="problem" title={texts.asideTitle(numberVi(order.putAside.amountVnd))}>
          <p>{texts.aside}</p>
        </Banner>
      )}
      <Code {...props} />
      <ByHand {...props} />
      <Card title={texts.what}>
        <SummaryList rows={whatRows(order, language)} />
        <p class="quiet">{texts.stays}</p>
      </Card>
    </>
  )
}

/** 'YYYY-MM' of lines that were paid otherwise or replaced; nothing once this order is paid. */
export function takenMonths({ lines, payment }: Order): string[] {
  if (payment) return []
  return [...new Set(lines.filter(({ taken }) => taken).map(({ period }) => period.slice(0, 7)))]
}

function whatRows(order: Order, language: Language) {
  const texts = PAYING_TEXTS[language].order
  const members = new Set(order.lines.map(({ memberId }) => memberId)).size
  const months = [...new Set(order.lines.map(({ period }) => formatMonth(period.slice(0, 7), language)))]
  return [
    { term: texts.payer, value: order.payerName },
    { term: texts.cell, value: order.organisationName },
    {
      term: texts.what,
      value: members === 1 ? months.join(', ') : texts.whose(numberVi(members), numberVi(order.lines.length)),
    },
  ]
}

function Code({ language, order, simulatedBank }: OrderPageProps) {
  const texts = PAYING_TEXTS[language].order
  const picture = `/fees/orders/${order.id}/qr.png`
  const amount = numberVi(order.amountVnd)
  return (
    <section class="card card--now">
      <h2 class="amount">{PAYING_TEXTS[language].money(amount)}</h2>
      <img
        class="code-picture"
        src={picture}
        width={320}
        height={320}
        alt={texts.picture(amount, order.account.number, order.key)}
      />
      <p class="quiet">
        {order.account.holder} · {order.account.number}
      </p>
      <ButtonRow>
        <ButtonLink href={picture} download>
          {texts.save}
        </ButtonLink>
        {simulatedBank && (
          <ButtonLink href={simulatedBank} kind="secondary">
            {texts.simulatedBank}
          </ButtonLink>
        )}
      </ButtonRow>
      <div class="no-print">
        <h3>{texts.how}</h3>
        <ol class="prose">
          {texts.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p
          role="status"
          data-poll={`/fees/orders/${order.id}/standing?aside=${order.putAside ? 'yes' : 'no'}`}
          data-poll-every={ASK_EVERY_MILLISECONDS}
        >
          {texts.wait}
        </p>
      </div>
    </section>
  )
}

function ByHand({ language, order, bankName }: OrderPageProps) {
  const texts = PAYING_TEXTS[language].order
  const { account } = order
  return (
    <Card title={texts.byHand}>
      <SummaryList
        rows={[
          { term: texts.bank, value: bankName },
          { term: texts.account, value: <CopyValue name={texts.account} value={account.number} /> },
          { term: texts.holder, value: account.holder },
          {
            term: texts.amount,
            value: (
              <CopyValue
                name={texts.amount}
                value={PAYING_TEXTS[language].money(numberVi(order.amountVnd))}
                copied={String(order.amountVnd)}
              />
            ),
          },
          { term: texts.note, value: <CopyValue name={texts.note} value={order.key} /> },
        ]}
      />
      <p class="quiet">{texts.noteAbout}</p>
      {account.organisationId !== order.organisationId && (
        <p class="quiet">{texts.above(account.organisationName)}</p>
      )}
    </Card>
  )
}

function Paid({
  language,
  order,
  payment,
  back,
}: OrderPageProps & { readonly payment: NonNullable<Order['payment']> }) {
  const { order: texts, own } = PAYING_TEXTS[language]
  return (
    <>
      <PageTitle title={texts.title} />
      <Banner kind="success" title={texts.paid(numberVi(order.amountVnd))}>
        <p>{texts.paidAt(formatInstant(payment.paidAt, language))}</p>
      </Banner>
      <Card title={own.receiptOf(`${payment.receiptNumber}/${payment.receiptYear}`)}>
        <SummaryList rows={whatRows(order, language)} />
        <ButtonRow>
          <ButtonLink href={`/fees/receipts/${payment.id}.pdf`}>{texts.openReceipt}</ButtonLink>
          <ButtonLink href={`/fees/refunds/new?payment=${payment.id}`} kind="secondary">
            {REFUND_TEXTS[language].ask}
          </ButtonLink>
        </ButtonRow>
      </Card>
      <p>
        <TextLink href={back}>{back === '/fees' ? texts.back : texts.backCell}</TextLink>
      </p>
    </>
  )
}
