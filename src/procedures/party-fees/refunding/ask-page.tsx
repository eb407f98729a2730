/** Asking money back, or to another month: the payment is known, so one chooses why, which months, and where it goes. */
import {
  formatDate,
  formatMonth,
  todayIn,
  type Language,
  type PlainDate,
} from '../../../kernel/plain-date.ts'
import { Button, ButtonRow } from '../../../ui/button.tsx'
import { Checkboxes, Radios } from '../../../ui/choice.tsx'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import { Form, HiddenFields } from '../../../ui/form.tsx'
import { Banner, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { fill } from '../../../ui/words.ts'
import { AccountFields } from '../accounts/account-fields.tsx'
import { dong } from '../amount-text.ts'
import { REFUND_REASONS } from '../law/refunds.ts'
import type { OpenLine } from '../paying/cash.ts'
import { keyOfLine } from '../paying/contract.ts'
import type { PaidBefore } from './paid.ts'
import type { RefundTexts } from './texts.ts'

type Entered = Readonly<Record<string, string>>

export interface AskPageProps {
  readonly texts: RefundTexts
  readonly language: Language
  readonly paid: PaidBefore
  /** the payer asks, and not who handles the cell's fees */
  readonly own: boolean
  /** an officer asks on the payer's behalf */
  readonly onBehalf: boolean
  /** open lines that the money could pay instead */
  readonly targets: readonly OpenLine[]
  /** a request of the same payment that is not decided yet */
  readonly openRefund: string | undefined
  readonly banks: readonly { readonly bin: string; readonly shortName: string }[]
  readonly dueOn: PlainDate
  readonly days: number
  /** ticked lines, by `keyOfLine` */
  readonly chosen: readonly string[]
  /** ticked targets, by `keyOfLine` */
  readonly to: readonly string[]
  readonly entered: Entered
  readonly errors: Entered
  readonly csrf: string
  readonly commandId: string
}

export function AskPage(props: AskPageProps) {
  const { texts, language, paid, errors, openRefund } = props
  const receipt = `${paid.receiptNumber}/${paid.receiptYear}`
  const day = formatDate(todayIn(paid.paidAt), language)
  const nothingLeft = paid.lines.every(({ refunded }) => refunded)
  return (
    <>
      <ErrorSummary errors={Object.entries(errors).map(([field, text]) => ({ field, text }))} />
      <PageTitle
        title={texts.ask}
        caption={paid.organisationName}
        lead={fill(texts.askLead, { receipt, day, amount: dong(paid.amountVnd) })}
      />
      {props.onBehalf && <p>{fill(texts.askFor, { name: paid.payerName })}</p>}
      {openRefund !== undefined ? (
        <Banner
          kind="information"
          title={texts.openTitle}
          link={{ href: `/fees/refunds/${openRefund}`, text: texts.openLink }}
        />
      ) : nothingLeft ? (
        <Banner kind="information" title={texts.nothing} />
      ) : (
        <AskForm {...props} />
      )}
    </>
  )
}

function AskForm(props: AskPageProps) {
  const { texts, language, paid, entered, errors, csrf, commandId } = props
  const lines = paid.lines.filter(({ refunded }) => !refunded)
  return (
    <Form action="/fees/refunds" csrf={csrf} commandId={commandId}>
      <HiddenFields values={{ payment: paid.id }} />
      {lines.length === 1 ? (
        <HiddenFields values={{ chosen: keyOfLine(lines[0]!) }} />
      ) : (
        <Checkboxes
          name="chosen"
          label={texts.lines}
          error={errors.chosen}
          values={props.chosen}
          choices={choicesOf(lines, language)}
        />
      )}
      <Radios
        name="reason"
        label={texts.reason}
        value={entered.reason}
        error={errors.reason}
        choices={REFUND_REASONS.map((reason) => ({ value: reason, text: texts.reasons[reason] }))}
      />
      <TextField
        name="note"
        label={texts.note}
        hint={texts.noteHint}
        value={entered.note}
        error={errors.note}
      />
      <Destination {...props} />
      <p>
        <b>{fill(texts.until, { day: formatDate(props.dueOn, language) })}</b>
      </p>
      <ButtonRow>
        <Button>{texts.send}</Button>
      </ButtonRow>
      <RuleBox setting={fill(texts.ruleSetting, { days: props.days })}>{texts.rule}</RuleBox>
    </Form>
  )
}

/** Lines by their months, with the names where they are not all of one member. */
function choicesOf(lines: readonly OpenLine[], language: Language) {
  const several = new Set(lines.map(({ memberId }) => memberId)).size > 1
  return lines.map((line) => {
    const what = `${formatMonth(line.period.slice(0, 7), language)}: ${dong(line.amountVnd)}`
    return { value: keyOfLine(line), text: several ? `${line.fullName}, ${what}` : what }
  })
}

/** Where the money goes: one question, and none where there is one answer. */
function Destination(props: AskPageProps) {
  const { texts, paid, targets, entered, errors } = props
  const cash = { value: 'cash', text: texts.cash }
  const more = <Target {...props} />
  const transfer = { value: 'transfer', text: texts.transfer, hint: texts.accountHint, more }
  const move = {
    value: 'move',
    text: props.own ? texts.moveOwn : texts.move,
    more: <Targets {...props} />,
  }
  const choices = [...(paid.method === 'cash' ? [cash] : []), transfer, ...(targets.length > 0 ? [move] : [])]
  const none = targets.length === 0 && <p class="quiet">{texts.moveNone}</p>
  if (choices.length === 1)
    return (
      <>
        <HiddenFields values={{ method: 'transfer' }} />
        <Section title={texts.account} about={texts.accountHint}>
          <Target {...props} />
        </Section>
        {none}
      </>
    )
  return (
    <>
      <Radios
        name="method"
        label={texts.method}
        value={entered.method ?? choices[0]!.value}
        error={errors.method}
        choices={choices}
      />
      {none}
    </>
  )
}

function Targets({ texts, language, targets, own, to, errors }: AskPageProps) {
  return (
    <Checkboxes
      name="to"
      label={texts.to}
      hint={own ? `${texts.toHint} ${texts.toOthers}` : texts.toHint}
      error={errors.to}
      values={to}
      choices={choicesOf(targets, language)}
    />
  )
}

function Target({ texts, banks, entered, errors }: AskPageProps) {
  return <AccountFields texts={texts} banks={banks} entered={entered} errors={errors} />
}
