/** One request as its handlers see it: what is asked, what it comes to in money, the cell's opinion, the decision, the end. */
import { formatDate, formatInstant, formatMonth, todayIn, type Language } from '../../../kernel/plain-date.ts'
import { Button, PostButton } from '../../../ui/button.tsx'
import { Card, NowCard } from '../../../ui/card.tsx'
import { Radios } from '../../../ui/choice.tsx'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import { KeyFigures } from '../../../ui/figures.tsx'
import { Form } from '../../../ui/form.tsx'
import { Banner, Inset, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import type { DeadlineProps } from '../../../ui/pill.tsx'
import { SummaryList, type SummaryRow } from '../../../ui/summary-list.tsx'
import { TextArea, TextField } from '../../../ui/text-field.tsx'
import { fill } from '../../../ui/words.ts'
import { dong } from '../amount-text.ts'
import { stepWords } from '../declaring/officer-pages.tsx'
import type { Step } from '../law/catching-up.ts'
import {
  REDUCTION_PERCENTS,
  RELIEF_CITATIONS,
  type ReductionPercent,
  type ReliefAct,
} from '../law/relief/rules.ts'
import { ReasonedAct } from '../reasoned-act.tsx'
import type { Relief } from './contract.ts'
import { Month } from './form-page.tsx'
import type { RelievingTexts } from './texts.ts'
import { monthsInWords, reliefInWords, whatInWords, whereInWords } from './telling.ts'

/** What the reader may do, or why somebody else must. */
export type Turn = Exclude<ReliefAct, 'withdraw'> | 'elsewhere' | 'not-you' | 'over'

export interface OnePageProps {
  readonly texts: RelievingTexts
  readonly language: Language
  readonly csrf: string
  readonly relief: Relief
  readonly amounts: {
    readonly nowVnd: number | undefined
    readonly askedVnd: number | undefined
    readonly byPercent: ReadonlyMap<ReductionPercent, number>
    readonly steps: readonly Step[]
  }
  readonly turn: Turn
  /** the cell wrote it on behalf, and nobody has answered */
  readonly mayWithdraw: boolean
  readonly deadline: DeadlineProps | undefined
  readonly done: string | undefined
  readonly entered: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
}

export function OnePage(props: OnePageProps) {
  const { texts, relief, turn, errors } = props
  return (
    <>
      {props.done && <Banner kind="success" title={props.done} />}
      <ErrorSummary errors={Object.entries(errors).map(([field, text]) => ({ field, text }))} />
      <PageTitle
        title={relief.memberName}
        caption={texts.title}
        lead={reliefInWords(relief, texts, props.language)}
      />
      {(turn === 'elsewhere' || turn === 'not-you') && (
        <Inset>
          {turn === 'not-you' ? texts.one.notYou : fill(texts.one.notTurn, { name: holderOf(relief) })}
        </Inset>
      )}
      <Card title={texts.one.content}>
        <SummaryList rows={rowsOf(props)} />
      </Card>
      <Money {...props} />
      {turn === 'forward' && <Forwarding {...props} />}
      {turn === 'decide' && <Deciding {...props} />}
      {turn === 'end' && <Ending {...props} />}
      {props.mayWithdraw && (
        <PostButton
          action={`/fees/members/${relief.memberId}/relief/withdraw`}
          csrf={props.csrf}
          kind="secondary"
          hidden={{ relief: relief.id }}
        >
          {texts.own.withdraw}
        </PostButton>
      )}
      <RuleBox citation={RELIEF_CITATIONS[relief.kind]} setting={texts.one.setting}>
        {texts.one.rule}
      </RuleBox>
    </>
  )
}

const holderOf = ({ status, organisationName, deciderName }: Relief): string =>
  status === 'asked' ? organisationName : deciderName

function rowsOf({ texts, language, relief }: OnePageProps): SummaryRow[] {
  const { one } = texts
  const { exemptionNumber, exemptionFrom, exemptionUntil, opinion, saidBy } = relief
  const row = (term: string, value: string | null | undefined): SummaryRow[] =>
    value ? [{ term, value }] : []
  const asked = `${whatInWords(relief, texts)}, ${monthsInWords(relief, texts, language)}`
  return [
    { term: one.what, value: asked },
    { term: one.request, value: relief.request },
    {
      term: one.askedBy,
      value: saidBy ? fill(one.onBehalf, { name: relief.askedByName, said: saidBy }) : relief.askedByName,
    },
    { term: one.askedAt, value: formatInstant(relief.askedAt, language) },
    ...(exemptionNumber && exemptionFrom && exemptionUntil
      ? row(
          one.exemption,
          fill(one.exemptionIs, {
            number: exemptionNumber,
            from: formatDate(exemptionFrom, language),
            until: formatDate(exemptionUntil, language),
          }),
        )
      : []),
    { term: one.decider, value: relief.deciderName },
    ...row(
      one.opinion,
      opinion && `${one[opinion]}${relief.opinionReason ? `. ${relief.opinionReason}` : ''}`,
    ),
    ...answerRows(relief, texts, language),
  ]
}

function answerRows(relief: Relief, texts: RelievingTexts, language: Language): SummaryRow[] {
  const { one } = texts
  const { status, decisionNumber, answeredAt, reason, endedFrom, endedReason } = relief
  const rows: SummaryRow[] = []
  if (status === 'refused' || status === 'withdrawn')
    rows.push({ term: one.decision, value: whereInWords(relief, texts) })
  if (decisionNumber && answeredAt) {
    const day = formatDate(todayIn(answeredAt), language)
    rows.push({ term: one.number, value: fill(one.decisionIs, { number: decisionNumber, day }) })
    rows.push({ term: one.granted, value: reliefInWords(relief, texts, language) })
  }
  if (reason) rows.push({ term: one.reason, value: reason })
  if (endedFrom) {
    const month = formatMonth(endedFrom, language)
    rows.push({ term: one.ended, value: fill(one.endedIs, { month, reason: endedReason ?? '' }) })
  }
  return rows
}

/** In money: so that nobody takes 'reduced by 70 %' for 'pays 70 %'. */
function Money({ texts, language, relief, amounts }: OnePageProps) {
  const { one } = texts
  if (relief.kind === 'late' || relief.kind === 'advance') return null
  const vnd = (amount: number | undefined) => {
    if (amount === undefined) return one.feeUnknown
    return amount === 0 ? one.exempt : dong(amount)
  }
  const granted = relief.status === 'granted'
  const waits = relief.status === 'asked' || relief.status === 'forwarded'
  return (
    <Section title={one.amountTitle}>
      <KeyFigures
        figures={[
          { label: granted ? one.feeUsual : one.feeNow, value: vnd(amounts.nowVnd) },
          ...(waits || granted
            ? [
                {
                  label: granted ? one.feeGranted : one.feeThen,
                  value: vnd(amounts.askedVnd),
                },
              ]
            : []),
        ]}
      />
      {amounts.steps.length > 0 && (
        <>
          <h3>{one.stepsTitle}</h3>
          <p class="quiet">{granted ? one.stepsLeft : one.stepsAbout}</p>
          <ul>
            {amounts.steps.flatMap((step) =>
              stepWords(step, texts, language).map((words) => <li key={words}>{capital(words)}</li>),
            )}
          </ul>
        </>
      )}
    </Section>
  )
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

function Forwarding({ texts, relief, csrf, deadline, entered, errors }: OnePageProps) {
  const { one } = texts
  return (
    <NowCard
      title={fill(one.forwardTitle, { name: relief.deciderName })}
      deadline={deadline}
      actions={
        <Form action={`/fees/reliefs/${relief.id}/forward`} csrf={csrf}>
          <Radios
            name="opinion"
            label={one.opinionLabel}
            value={entered.opinion}
            error={errors.opinion}
            choices={[
              { value: 'for', text: one.for },
              { value: 'against', text: one.against },
            ]}
          />
          <TextArea
            name="opinionReason"
            label={one.opinionReason}
            hint={one.opinionHint}
            rows={3}
            maxLength={1000}
            value={entered.opinionReason}
            error={errors.opinionReason}
          />
          <Button>{one.forward}</Button>
        </Form>
      }
    >
      {null}
    </NowCard>
  )
}

function Deciding(props: OnePageProps) {
  const { texts, relief, csrf, deadline, amounts, entered, errors } = props
  const { one } = texts
  const { kind } = relief
  const given = { ...asGranted(relief), ...entered }
  return (
    <NowCard
      title={one.decideTitle}
      deadline={deadline}
      actions={
        <Form action={`/fees/reliefs/${relief.id}/grant`} csrf={csrf}>
          {kind === 'reduction' && (
            <Radios
              name="grantPercent"
              label={one.percent}
              value={given.grantPercent}
              error={errors.grantPercent}
              choices={REDUCTION_PERCENTS.map((percent) => ({
                value: String(percent),
                text:
                  percent === 100
                    ? texts.percentAll
                    : fill(texts.percentChoice, { percent, rest: 100 - percent }),
                hint:
                  percent !== 100 && amounts.byPercent.has(percent)
                    ? fill(texts.percentAmount, { amount: dong(amounts.byPercent.get(percent)!) })
                    : undefined,
              }))}
            />
          )}
          {kind === 'voluntary' && (
            <TextField
              name="grantExtraVnd"
              label={one.extra}
              hint={texts.form.extraHint}
              numeric
              width={20}
              suffix={texts.form.dong}
              value={given.grantExtraVnd}
              error={errors.grantExtraVnd}
            />
          )}
          <Month name="grantFrom" label={one.from} entered={given} errors={errors} />
          <Month name="grantUntil" label={one.until} entered={given} errors={errors} />
          <TextField
            name="number"
            label={one.number}
            hint={one.numberHint}
            width={20}
            value={given.number}
            error={errors.number}
          />
          <TextArea
            name="why"
            label={one.why}
            rows={2}
            maxLength={1000}
            value={given.why}
            error={errors.why}
          />
          <Button>{one.grant}</Button>
        </Form>
      }
      rule={
        <ReasonedAct
          act={one.refuse}
          action={`/fees/reliefs/${relief.id}/refuse`}
          csrf={csrf}
          name="refuseReason"
          label={one.refuseWhy}
          hint={one.refuseHint}
          value={entered.refuseReason}
          error={errors.refuseReason}
        />
      }
    >
      {relief.exemptionNumber && <p>{one.checkExemption}</p>}
    </NowCard>
  )
}

/** What was asked, in the boxes of the decision. */
function asGranted({ from, until, percent, extraVnd }: Relief): Readonly<Record<string, string>> {
  const boxes = (name: string, month: string) => ({
    [`${name}-month`]: String(Number(month.slice(5))),
    [`${name}-year`]: month.slice(0, 4),
  })
  return {
    ...boxes('grantFrom', from),
    ...boxes('grantUntil', until),
    ...(percent === null ? {} : { grantPercent: String(percent) }),
    ...(extraVnd === null ? {} : { grantExtraVnd: String(extraVnd) }),
  }
}

function Ending({ texts, relief, csrf, entered, errors }: OnePageProps) {
  const { one } = texts
  return (
    <ReasonedAct
      act={one.end}
      action={`/fees/reliefs/${relief.id}/end`}
      csrf={csrf}
      name="endReason"
      label={one.endWhy}
      hint={one.refuseHint}
      value={entered.endReason}
      error={errors.endReason}
      wrong={errors.endFrom}
    >
      <Month name="endFrom" label={one.endFrom} hint={one.endHint} entered={entered} errors={errors} />
    </ReasonedAct>
  )
}
