/** The list of plans, and the first page of one: the decision it rests on. */
import { formatDate, type Language, type PlainDate } from '../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow, TextLink } from '../../ui/button.tsx'
import { DateField, dateParts, type DateParts } from '../../ui/date-field.tsx'
import { ErrorSummary, type ErrorItem } from '../../ui/error-summary.tsx'
import { Form } from '../../ui/form.tsx'
import { Banner, EmptyState } from '../../ui/notice.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { Tag, type Tone } from '../../ui/pill.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { Status } from './law/rules.ts'
import { REORGANISATION_TEXTS } from './texts.ts'

export const TONES: Readonly<Record<Status, Tone>> = {
  draft: 'neutral',
  signed: 'soon',
  stopped: 'late',
  applied: 'ok',
  undone: 'neutral',
  cancelled: 'neutral',
}

export interface ListedPlan {
  readonly id: string
  readonly title: string
  readonly status: Status
  readonly effectiveOn: PlainDate
  readonly decision: string
}

export function PlansPage(props: {
  readonly language: Language
  readonly committee: string
  readonly plans: readonly ListedPlan[]
  readonly cancelled: boolean
}) {
  const texts = REORGANISATION_TEXTS[props.language]
  const begin = <ButtonLink href="/reorganisations/begin">{texts.begin}</ButtonLink>
  return (
    <>
      {props.cancelled && <Banner kind="success" title={texts.done.cancelled} />}
      <PageTitle title={texts.title} caption={props.committee} lead={texts.lead} />
      {props.plans.length === 0 ? (
        <EmptyState title={texts.none} action={begin}>
          <p>{texts.noneAbout}</p>
        </EmptyState>
      ) : (
        <>
          <ButtonRow>{begin}</ButtonRow>
          <ul class="plain-list rows">
            {props.plans.map((plan) => (
              <li key={plan.id} class="row">
                <p class="row-title">
                  <TextLink href={`/reorganisations/${plan.id}`}>{plan.title}</TextLink>{' '}
                  <Tag tone={TONES[plan.status]}>{texts.statuses[plan.status]}</Tag>
                </p>
                <p class="quiet">
                  {plan.decision}. {texts.effective(formatDate(plan.effectiveOn, props.language))}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

export interface DetailsPageProps {
  readonly language: Language
  readonly action: string
  readonly csrf: string
  readonly commandId: string
  readonly expectedNumber?: number | undefined
  readonly entered: Readonly<Record<string, string>>
  readonly today: PlainDate
  readonly errors: readonly ErrorItem[]
}

/** Names and numbers as the decision has them. */
export function DetailsPage(props: DetailsPageProps) {
  const { entered, errors } = props
  const texts = REORGANISATION_TEXTS[props.language].details
  const field = (name: string, label: string, hint?: string) => ({
    name,
    label,
    hint,
    error: errors.find((error) => error.field === name)?.text,
  })
  const dateOf = (name: string): DateParts =>
    entered[`${name}-year`] === undefined
      ? dateParts(entered[name] ?? props.today)
      : { day: entered[`${name}-day`], month: entered[`${name}-month`], year: entered[`${name}-year`] }
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageTitle title={texts.title} />
      <Form
        action={props.action}
        csrf={props.csrf}
        commandId={props.commandId}
        expectedNumber={props.expectedNumber}
      >
        <TextField {...field('title', texts.name, texts.nameHint)} value={entered.title} />
        <TextField {...field('number', texts.number, texts.numberHint)} value={entered.number} width={20} />
        <TextField {...field('issuer', texts.issuer)} value={entered.issuer} />
        <DateField {...field('signedOn', texts.signedOn)} value={dateOf('signedOn')} />
        <DateField
          {...field('effectiveOn', texts.effectiveOn, texts.effectiveHint)}
          value={dateOf('effectiveOn')}
        />
        <ButtonRow>
          <Button>{texts.save}</Button>
        </ButtonRow>
      </Form>
    </>
  )
}
