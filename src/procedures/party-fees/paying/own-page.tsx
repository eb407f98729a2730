/** A member's own fees: what to pay now with one button, older months, what waits, what is paid with its receipt. */
import { formatDate, formatMonth, todayIn, type Language } from '../../../kernel/plain-date.ts'
import { numberVi } from '../../../kernel/vietnamese-numbers.ts'
import { Button, ButtonLink, ButtonRow, TextLink } from '../../../ui/button.tsx'
import { NowCard } from '../../../ui/card.tsx'
import { Checkboxes } from '../../../ui/choice.tsx'
import { Form, HiddenFields } from '../../../ui/form.tsx'
import type { Children } from '../../../ui/children.ts'
import { Banner, EmptyState, Expander } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import type { DeadlineProps } from '../../../ui/pill.tsx'
import { SummaryList } from '../../../ui/summary-list.tsx'
import { fill } from '../../../ui/words.ts'
import { dong } from '../amount-text.ts'
import { BOOK_TEXTS } from '../books/texts.ts'
import { classInWords, type Explained } from '../explanation.ts'
import { StayPart } from '../following/stay-part.tsx'
import type { StayFees } from '../../../registry/guests/stay-fees.ts'
import type { RefundShort } from '../refunding/refunds.ts'
import { REFUND_TEXTS } from '../refunding/texts.ts'
import { keyOfLine } from './contract.ts'
import type { OwnFees, OwnLine } from './own.ts'
import { PAYING_TEXTS } from './texts.ts'

export interface OwnFeesPageProps {
  readonly language: Language
  readonly fees: OwnFees
  readonly memberId: string
  readonly deadline: DeadlineProps | undefined
  /** of the newest line: its month, and the reasoning where it can be told */
  readonly why: { readonly line: OwnLine; readonly steps: readonly Explained[] | undefined } | undefined
  readonly refunds: readonly RefundShort[]
  /** on a temporary stay: where the months are paid */
  readonly stay?: StayFees | undefined
  readonly csrf: string
  readonly newCommandId: () => string
  readonly done?: string | undefined
  /** what stands below: paying late and ahead, asking for a relief */
  readonly after?: Children
}

export function OwnFeesPage(props: OwnFeesPageProps) {
  const { language, fees } = props
  const texts = PAYING_TEXTS[language].own
  const cells = [...new Set(fees.open.map(({ organisationId }) => organisationId))]
  const nothing = fees.open.length + fees.waiting.length + fees.paid.length + fees.exempt.length === 0
  return (
    <>
      {props.done && <Banner kind="success" title={props.done} />}
      <PageTitle title={texts.title} lead={fees.open.length === 0 && !nothing ? texts.nothing : undefined} />
      {cells.map((cell) => (
        <ToPay key={cell} {...props} lines={fees.open.filter((line) => line.organisationId === cell)} />
      ))}
      {props.stay && <StayPart stay={props.stay} reader="member" language={language} />}
      {nothing && <Nothing {...props} />}
      {props.why && <Why {...props} why={props.why} />}
      {fees.waiting.length > 0 && (
        <Section title={texts.waiting} about={texts.waitingAbout}>
          <Lines {...props} lines={fees.waiting} />
        </Section>
      )}
      {fees.paid.length > 0 && (
        <Section title={texts.paid}>
          <Lines {...props} lines={fees.paid} />
        </Section>
      )}
      {props.refunds.length > 0 && <Refunds {...props} />}
      {fees.exempt.length > 0 && (
        <Section title={texts.exempt}>
          <ul class="plain-list rows">
            {fees.exempt.map((line) => (
              <li key={`${line.period} ${line.number}`} class="row">
                {texts.exemptMonth(monthOf(line, language))}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <p>
        <TextLink href="/fees/published">{BOOK_TEXTS[language].published.title}</TextLink>
      </p>
      {!nothing && fees.declared !== 'none' && (
        <p>
          <TextLink href="/fees/declare">{texts.changed}</TextLink>
        </p>
      )}
      {props.after}
    </>
  )
}

const monthOf = ({ period }: Pick<OwnLine, 'period'>, language: Language): string =>
  formatMonth(period.slice(0, 7), language)

/** As it begins a line: 'Tháng 10/2026'. */
const lineOf = (line: OwnLine, language: Language): string => {
  const month = monthOf(line, language)
  const text = PAYING_TEXTS[language].own.line(month, numberVi(line.amountVnd))
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** What a sum is for: the month, or how many. */
export function whatIsDue(lines: readonly OwnLine[], language: Language): string {
  const texts = PAYING_TEXTS[language].own
  return lines.length === 1 ? texts.dueMonth(monthOf(lines[0]!, language)) : texts.dueMonths(lines.length)
}

/** What one cell collects of the member: one button; with several months, a box for each. */
function ToPay(props: OwnFeesPageProps & { readonly lines: readonly OwnLine[] }) {
  const { language, lines, memberId, csrf } = props
  const texts = PAYING_TEXTS[language].own
  const total = lines.reduce((sum, { amountVnd }) => sum + amountVnd, 0)
  const keys = lines.map((line) => keyOfLine({ memberId, ...line }))
  return (
    <NowCard
      title={whatIsDue(lines, language)}
      deadline={props.deadline}
      actions={
        <Form action="/fees/orders" csrf={csrf} commandId={props.newCommandId()}>
          {lines.length === 1 ? (
            <HiddenFields values={{ chosen: keys[0]! }} />
          ) : (
            <Checkboxes
              name="chosen"
              label={texts.choose}
              values={keys}
              choices={lines.map((line, index) => ({
                value: keys[index]!,
                text: lineOf(line, language),
                hint: line.kind === 'arrears' ? texts.arrears : undefined,
              }))}
            />
          )}
          <ButtonRow>
            <Button>{texts.pay}</Button>
          </ButtonRow>
        </Form>
      }
    >
      <p class="amount">{PAYING_TEXTS[language].money(numberVi(total))}</p>
      <p class="quiet">
        {texts.collectedBy(lines[0]!.organisationName)} {texts.cashToo}
      </p>
    </NowCard>
  )
}

function Nothing({ language, fees }: OwnFeesPageProps) {
  const texts = PAYING_TEXTS[language].own
  const declare = <ButtonLink href="/fees/declare">{texts.declare}</ButtonLink>
  switch (fees.declared) {
    case 'none':
      return (
        <EmptyState title={texts.noneTitle} action={declare}>
          <p>{texts.none}</p>
        </EmptyState>
      )
    case 'refused':
      return (
        <EmptyState title={texts.refusedTitle} action={declare}>
          <p>{texts.refused}</p>
        </EmptyState>
      )
    case 'submitted':
      return (
        <EmptyState title={texts.submittedTitle}>
          <p>{texts.submitted}</p>
        </EmptyState>
      )
    case 'known':
      return (
        <EmptyState title={texts.knownTitle}>
          <p>{texts.known}</p>
        </EmptyState>
      )
  }
}

/** The rules behind the newest month, each with its citation. */
function Why({ language, why }: OwnFeesPageProps & { readonly why: NonNullable<OwnFeesPageProps['why']> }) {
  const texts = PAYING_TEXTS[language].own
  const { line, steps } = why
  return (
    <Expander summary={texts.why(monthOf(line, language))}>
      {steps ? (
        <SummaryList
          rows={steps.map(({ rule, input, result, citation }) => ({
            term: rule,
            value: (
              <>
                {result}
                <br />
                <span class="quiet">
                  {input}. {citation}
                </span>
              </>
            ),
          }))}
        />
      ) : (
        <>
          <p>{texts.byClass(classInWords(line.class, language))}</p>
          {line.baseVnd !== null && <p>{texts.byBase(numberVi(line.baseVnd))}</p>}
          {line.kind === 'replacement' && <p>{texts.byHand}</p>}
        </>
      )}
      <p class="quiet">{texts.untilSetting}</p>
    </Expander>
  )
}

/** What was asked back, and where it stands. */
function Refunds({ language, refunds }: OwnFeesPageProps) {
  const texts = REFUND_TEXTS[language]
  return (
    <Section title={texts.own}>
      <ul class="plain-list rows">
        {refunds.map(({ id, receipt, amountVnd, status }) => (
          <li key={id} class="row">
            <p class="row-title">
              <TextLink href={`/fees/refunds/${id}`}>
                {fill(texts.ownLine, { receipt, amount: dong(amountVnd) })}
              </TextLink>
            </p>
            <p class="quiet">{texts.statuses[status]}</p>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Lines({ language, memberId, lines }: OwnFeesPageProps & { readonly lines: readonly OwnLine[] }) {
  const texts = PAYING_TEXTS[language].own
  return (
    <ul class="plain-list rows">
      {lines.map((line) => (
        <li key={`${line.period} ${line.number}`} class="row">
          <p class="row-title">{lineOf(line, language)}</p>
          {line.payment && (
            <p class="quiet">
              {texts.paidOn(formatDate(todayIn(line.payment.paidAt), language))}, {texts[line.payment.method]}
              .{' '}
              <TextLink href={`/fees/receipts/${line.payment.id}.pdf`}>
                {texts.receiptOf(`${line.payment.receiptNumber}/${line.payment.receiptYear}`)}
                <span class="govuk-visually-hidden">, {monthOf(line, language)}</span>
              </TextLink>
              {line.payment.payerId === memberId && (
                <>
                  {' · '}
                  <TextLink href={`/fees/refunds/new?payment=${line.payment.id}`}>
                    {REFUND_TEXTS[language].ask}
                    <span class="govuk-visually-hidden">, {monthOf(line, language)}</span>
                  </TextLink>
                </>
              )}
            </p>
          )}
          {/* Only who paid may ask the money back. */}
          {line.payment && line.payment.payerId !== memberId && <p class="quiet">{texts.paidByOther}</p>}
        </li>
      ))}
    </ul>
  )
}
