/** The form of a request: what is asked, its amounts and months, the reason; for oneself and on behalf. */
import type { Language } from '../../../kernel/plain-date.ts'
import { Button, ButtonRow } from '../../../ui/button.tsx'
import { Radios } from '../../../ui/choice.tsx'
import { DateField, MonthField } from '../../../ui/date-field.tsx'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import { Form } from '../../../ui/form.tsx'
import { RuleBox } from '../../../ui/notice.tsx'
import { PageTitle } from '../../../ui/page-title.tsx'
import { SelectField, TextArea, TextField } from '../../../ui/text-field.tsx'
import { fill } from '../../../ui/words.ts'
import { HARDSHIPS } from '../law/facts.ts'
import { REDUCTION_PERCENTS, RELIEF_KINDS, type ReliefKind } from '../law/relief/rules.ts'
import type { RelievingTexts } from './texts.ts'

export interface FormPageProps {
  readonly texts: RelievingTexts
  readonly language: Language
  readonly csrf: string
  readonly commandId: string
  /** '/fees/relief/new', or the address of a member on whose behalf it is */
  readonly action: string
  /** the member's name, where somebody writes on behalf */
  readonly onBehalfOf?: string | undefined
  /** the cell and all above it: who may have granted the temporary exemption */
  readonly granters: readonly { readonly id: string; readonly name: string }[]
  readonly entered: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
}

type Fields = Pick<FormPageProps, 'texts' | 'entered' | 'errors'>

export function FormPage(props: FormPageProps) {
  const { texts, onBehalfOf, entered, errors } = props
  const { form } = texts
  return (
    <>
      <ErrorSummary errors={Object.entries(errors).map(([field, text]) => ({ field, text }))} />
      <PageTitle
        title={onBehalfOf ? form.onBehalfTitle : form.title}
        caption={onBehalfOf ?? texts.title}
        lead={onBehalfOf ? form.onBehalf : form.lead}
      />
      <Form action={props.action} csrf={props.csrf} commandId={props.commandId}>
        <Radios
          name="kind"
          label={onBehalfOf ? form.kindOfMember : form.kind}
          value={entered.kind}
          error={errors.kind}
          choices={RELIEF_KINDS.map((kind) => ({
            value: kind,
            text: texts.kinds[kind],
            more: <MoreOf kind={kind} {...props} />,
          }))}
        />
        <Month name="from" label={form.from} hint={form.fromHint} {...props} />
        <Month name="until" label={form.until} hint={form.untilHint} {...props} />
        <TextArea
          name="request"
          label={form.request}
          hint={onBehalfOf ? form.requestHintOfMember : form.requestHint}
          rows={4}
          maxLength={2000}
          value={entered.request}
          error={errors.request}
        />
        {onBehalfOf && (
          <TextField
            name="saidBy"
            label={form.saidBy}
            hint={form.saidByHint}
            value={entered.saidBy}
            error={errors.saidBy}
          />
        )}
        <ButtonRow>
          <Button>{form.send}</Button>
        </ButtonRow>
      </Form>
      <RuleBox citation={form.citation}>{form.rule}</RuleBox>
      <p class="quiet">{form.byRight}</p>
    </>
  )
}

/** A month in its two boxes. */
export function Month(
  props: Omit<Fields, 'texts'> & { readonly name: string; readonly label: string; readonly hint?: string },
) {
  const { name, label, hint, entered, errors } = props
  return (
    <MonthField
      name={name}
      label={label}
      hint={hint}
      value={{ month: entered[`${name}-month`], year: entered[`${name}-year`] }}
      error={errors[name]}
    />
  )
}

/** The fields that belong to a kind. */
function MoreOf(props: FormPageProps & { readonly kind: ReliefKind }) {
  const { kind, texts, entered, errors } = props
  const { form } = texts
  switch (kind) {
    case 'hardship':
      return (
        <Radios
          name="hardship"
          label={form.hardship}
          value={entered.hardship}
          error={errors.hardship}
          choices={HARDSHIPS.map((each) => ({ value: each, text: texts.hardships[each] }))}
        />
      )
    case 'reduction':
      return (
        <Radios
          name="percent"
          label={form.percent}
          value={entered.percent}
          error={errors.percent}
          choices={REDUCTION_PERCENTS.map((percent) => ({
            value: String(percent),
            text:
              percent === 100
                ? texts.percentAll
                : fill(texts.percentChoice, { percent, rest: 100 - percent }),
          }))}
        />
      )
    case 'voluntary':
      return (
        <TextField
          name="extraVnd"
          label={form.extra}
          hint={form.extraHint}
          numeric
          width={20}
          suffix={form.dong}
          value={entered.extraVnd}
          error={errors.extraVnd}
        />
      )
    case 'late':
    case 'advance':
      return <ExemptionFields {...props} kind={kind} />
  }
}

function ExemptionFields(props: FormPageProps & { readonly kind: 'late' | 'advance' }) {
  const { kind, texts, granters, entered, errors } = props
  const { form } = texts
  const day = (field: 'exemptionFrom' | 'exemptionUntil') => {
    const name = `${field}-${kind}`
    const value = {
      day: entered[`${name}-day`],
      month: entered[`${name}-month`],
      year: entered[`${name}-year`],
    }
    return (
      <DateField name={name} label={form[field]} hint={form.dayHint} value={value} error={errors[name]} />
    )
  }
  return (
    <>
      <TextField
        name={`exemption-${kind}`}
        label={form.exemptionNumber}
        width={20}
        value={entered[`exemption-${kind}`]}
        error={errors[`exemption-${kind}`]}
      />
      <SelectField
        name={`exemptedBy-${kind}`}
        label={form.exemptedBy}
        empty={form.choose}
        options={granters.map(({ id, name }) => ({ value: id, text: name }))}
        value={entered[`exemptedBy-${kind}`]}
        error={errors[`exemptedBy-${kind}`]}
      />
      {day('exemptionFrom')}
      {day('exemptionUntil')}
    </>
  )
}
