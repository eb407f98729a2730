/** A member's lines as the cell handles them: what stands, what was replaced and why, adjusting, arrears, how months are approved. */
import { formatDate, formatMonth, monthOf, todayIn, type Language } from '../../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow, PostButton, TextLink } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Radios } from '../../../ui/choice.tsx'
import { MonthField } from '../../../ui/date-field.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import { Form } from '../../../ui/form.tsx'
import { Banner, EmptyState, Expander, RefusalPanel } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { Tag } from '../../../ui/pill.tsx'
import { TextArea, TextField } from '../../../ui/text-field.tsx'
import type { RefusalWords } from '../../../web/web.ts'
import { dong } from '../amount-text.ts'
import type { Line } from '../assessing/lines.ts'
import { classInWords } from '../explanation.ts'
import type { FeeClass } from '../law/facts.ts'
import type { HandledMember } from './members.ts'
import { REFUND_TEXTS } from '../refunding/texts.ts'
import { StayPart } from '../following/stay-part.tsx'
import type { StayFees } from '../../../registry/guests/stay-fees.ts'
import type { CollectingTexts } from './texts.ts'

export interface MemberPageProps {
  readonly texts: CollectingTexts
  readonly language: Language
  readonly csrf: string
  readonly newId: () => string
  readonly organisation: string
  readonly member: HandledMember
  readonly lines: readonly Line[]
  /** on a temporary stay; the cell of the stay reads it too */
  readonly stay?: StayFees | undefined
  readonly done?: string | undefined
  /** a form that could not be taken, as it was written */
  readonly form?: 'adjust' | 'arrears' | undefined
  readonly entered: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
  readonly refused?: RefusalWords | undefined
}

const keyOf = (line: Line): string => `${line.period}_${line.number}`

export function MemberPage(props: MemberPageProps) {
  const { texts, member, errors, refused, done } = props
  return (
    <>
      <ErrorSummary errors={Object.entries(errors).map(([field, text]) => ({ field, text }))} />
      {done && <Banner kind="success" title={done} />}
      {refused && (
        <RefusalPanel
          title={refused.title}
          what={refused.what}
          why={refused.why}
          mend={<p>{refused.mend}</p>}
        />
      )}
      <PageTitle title={member.fullName} caption={`${texts.member} · ${props.organisation}`} />
      {props.stay && (
        <StayPart stay={props.stay} reader={member.counted ? 'home' : 'host'} language={props.language} />
      )}
      <Section title={texts.lines}>
        <Lines {...props} />
      </Section>
      {member.counted && <AutoApprove {...props} />}
      <Adjusting {...props} />
      <Arrears {...props} />
      {member.counted && (
        <ButtonRow>
          <ButtonLink href={`/fees/members/${member.id}/declare`} kind="secondary">
            {texts.declareFor}
          </ButtonLink>
          <ButtonLink href={`/fees/members/${member.id}/relief/new`} kind="secondary">
            {texts.reliefFor}
          </ButtonLink>
        </ButtonRow>
      )}
    </>
  )
}

function Lines(props: MemberPageProps) {
  const { texts, language, lines, member, csrf } = props
  return (
    <DataTable
      caption={texts.lines}
      hideCaption
      columns={[
        {
          key: 'month',
          title: texts.lineOf,
          cell: (line) => formatMonth(monthOf(line.period), language),
        },
        { key: 'kind', title: texts.kind, cell: (line) => texts.kinds[line.kind] },
        { key: 'class', title: texts.class, cell: (line) => classInWords(line.class as FeeClass, language) },
        {
          key: 'base',
          title: texts.base,
          numeric: true,
          cell: (line) => (line.baseVnd === null ? '–' : dong(line.baseVnd)),
        },
        { key: 'due', title: texts.due, numeric: true, cell: (line) => dong(line.amountVnd) },
        { key: 'state', title: texts.state, cell: (line) => <StateOf line={line} {...props} /> },
        { key: 'reason', title: texts.reason, cell: (line) => line.reason ?? '–' },
        {
          key: 'acts',
          title: texts.takeBack,
          acts: true,
          cell: (line) =>
            isOpen(line) &&
            !line.waiting &&
            line.amountVnd > 0 && (
              <PostButton
                action={`/fees/members/${member.id}/take-back`}
                csrf={csrf}
                kind="quiet"
                hidden={{ line: keyOf(line) }}
              >
                {texts.takeBack}
              </PostButton>
            ),
        },
      ]}
      rows={lines}
      keyOf={keyOf}
      empty={<EmptyState title={texts.noLines} />}
    />
  )
}

const isOpen = (line: Line): boolean => !line.replaced && line.paidAt === null

function StateOf({ line, texts, language }: MemberPageProps & { readonly line: Line }) {
  if (line.replaced) return <Tag>{texts.replaced}</Tag>
  if (line.paidAt)
    return (
      <>
        <Tag tone="ok">{texts.paidOn.replace('{day}', formatDate(todayIn(line.paidAt), language))}</Tag>{' '}
        <TextLink href={`/fees/refunds/new?payment=${line.paymentId}`}>{REFUND_TEXTS[language].ask}</TextLink>
      </>
    )
  if (line.amountVnd === 0) return <Tag tone="ok">{texts.states.exempt}</Tag>
  return <Tag tone="soon">{line.waiting ? texts.states.waiting : texts.states['to-pay']}</Tag>
}

function AutoApprove({ texts, member, csrf }: MemberPageProps) {
  return (
    <Card title={texts.auto}>
      <p>{member.autoApprove ? texts.autoOn : texts.autoOff}</p>
      <PostButton
        action={`/fees/members/${member.id}/auto-approve`}
        csrf={csrf}
        kind="secondary"
        hidden={{ auto: member.autoApprove ? 'no' : 'yes' }}
      >
        {member.autoApprove ? texts.turnOff : texts.turnOn}
      </PostButton>
    </Card>
  )
}

function Adjusting(props: MemberPageProps) {
  const { texts, language, member, csrf, lines } = props
  const open = lines.filter(isOpen)
  if (open.length === 0) return null
  const mine = props.form === 'adjust'
  const entered = mine ? props.entered : {}
  const errors = mine ? props.errors : {}
  return (
    <Expander summary={texts.adjustTitle} open={mine}>
      <p>{texts.adjustAbout}</p>
      <Form action={`/fees/members/${member.id}/adjust`} csrf={csrf} commandId={props.newId()}>
        <Radios
          name="line"
          label={texts.whichLine}
          value={entered.line ?? (open.length === 1 ? keyOf(open[0]!) : undefined)}
          error={errors.line}
          choices={open.map((line) => ({
            value: keyOf(line),
            text: `${formatMonth(monthOf(line.period), language)}, ${texts.kinds[line.kind]}: ${dong(line.amountVnd)}`,
          }))}
        />
        <TextField
          name="amount"
          label={texts.newAmount}
          numeric
          width={10}
          value={entered.amount}
          error={errors.amount}
        />
        <TextArea
          name="reason"
          label={texts.why}
          hint={texts.whyHint}
          rows={3}
          maxLength={500}
          value={entered.reason}
          error={errors.reason}
        />
        <Button>{texts.adjust}</Button>
      </Form>
    </Expander>
  )
}

function Arrears(props: MemberPageProps) {
  const { texts, member, csrf } = props
  const mine = props.form === 'arrears'
  const entered = mine ? props.entered : {}
  const errors = mine ? props.errors : {}
  return (
    <Expander summary={texts.arrearsTitle} open={mine}>
      <p>{texts.arrearsAbout}</p>
      <Form action={`/fees/members/${member.id}/arrears`} csrf={csrf} commandId={props.newId()}>
        <MonthField
          name="arrearsMonth"
          label={texts.arrearsMonth}
          value={{ month: entered['arrearsMonth-month'], year: entered['arrearsMonth-year'] }}
          error={errors.arrearsMonth}
        />
        <TextField
          name="arrearsAmount"
          label={texts.arrearsAmount}
          numeric
          width={10}
          value={entered.arrearsAmount}
          error={errors.arrearsAmount}
        />
        <TextArea
          name="arrearsReason"
          label={texts.why}
          hint={texts.whyHint}
          rows={3}
          maxLength={500}
          value={entered.arrearsReason}
          error={errors.arrearsReason}
        />
        <Button>{texts.arrears}</Button>
      </Form>
    </Expander>
  )
}
