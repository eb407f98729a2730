/** The form of a declaration: which kind of payer, the amounts that belong to it, from which month. */
import { Button, ButtonRow, TextLink } from '../../../ui/button.tsx'
import { Radios } from '../../../ui/choice.tsx'
import { MonthField } from '../../../ui/date-field.tsx'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import { Form } from '../../../ui/form.tsx'
import { RuleBox } from '../../../ui/notice.tsx'
import { PageTitle } from '../../../ui/page-title.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import type { Children } from '../../../ui/children.ts'
import { AMOUNTS_OF, PAYER_KINDS, type AmountField } from './contract.ts'
import type { DeclaringTexts } from './texts.ts'

export interface DeclareFormProps {
  readonly texts: DeclaringTexts
  readonly csrf: string
  /** '/fees/declare', or the address of a member on whose behalf it is */
  readonly base: string
  /** the member's name, where somebody declares on behalf */
  readonly onBehalfOf?: string | undefined
  /** fields as the form posts them */
  readonly entered: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
  /** what stands above the form: what waits, what was returned */
  readonly before?: Children
}

export function DeclareForm(props: DeclareFormProps) {
  const { texts, csrf, base, onBehalfOf, entered, errors } = props
  const amount = (name: AmountField) => (
    <TextField
      key={name}
      name={name}
      label={texts.amounts[name]}
      hint={texts.amountHint}
      numeric
      width={20}
      suffix={texts.dong}
      value={entered[name]}
      error={errors[name]}
    />
  )
  return (
    <>
      <ErrorSummary errors={Object.entries(errors).map(([field, text]) => ({ field, text }))} />
      <PageTitle
        title={onBehalfOf ? texts.onBehalfTitle : texts.title}
        caption={onBehalfOf ?? texts.fees}
        lead={onBehalfOf ? texts.onBehalf : texts.lead}
      />
      {props.before}
      <Form action={base} csrf={csrf} draftUrl={`${base}/draft`}>
        <Radios
          name="kind"
          label={onBehalfOf ? texts.kindOfMember : texts.kind}
          value={entered.kind}
          error={errors.kind}
          choices={PAYER_KINDS.map((kind) => ({
            value: kind,
            text: texts.kinds[kind],
            ...(AMOUNTS_OF[kind].length > 0 ? { more: <>{AMOUNTS_OF[kind].map(amount)}</> } : {}),
          }))}
        />
        <MonthField
          name="fromPeriod"
          label={texts.from}
          hint={texts.fromHint}
          value={{ month: entered['fromPeriod-month'], year: entered['fromPeriod-year'] }}
          error={errors.fromPeriod}
        />
        <ButtonRow>
          <Button>{texts.next}</Button>
        </ButtonRow>
      </Form>
      <RuleBox citation={texts.citation}>{texts.rule}</RuleBox>
      {!onBehalfOf && (
        <p class="quiet">
          {texts.registry} <TextLink href="/my-record/report">{texts.reportError}</TextLink>
        </p>
      )}
    </>
  )
}
