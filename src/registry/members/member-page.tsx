/** A member's record as an officer reads it: numbers masked until a reason is given, what is wrong in it, holds. */
import { formatDate, formatInstant, type Language } from '../../kernel/plain-date.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Radios } from '../../ui/choice.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { Form } from '../../ui/form.tsx'
import { Banner, Expander, Inset, RuleBox } from '../../ui/notice.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { Tag } from '../../ui/pill.tsx'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import { FIELD_TEXTS, PROBLEM_TEXTS } from '../import/texts.ts'
import type { Problem } from '../import/problems.ts'
import { CountedCard, FactCards, OfficesCard } from './record-parts.tsx'
import { filled, type MemberTexts } from './texts.ts'
import type { HoldLine, MemberView } from './view.ts'

/** A form of the page that was refused, with what was entered. */
export interface RefusedForm {
  readonly form: 'reading' | 'hold' | 'lift'
  /** the fields that could not be taken */
  readonly fields: readonly string[]
  readonly entered: Readonly<Record<string, unknown>>
}

export interface MemberPageProps {
  readonly texts: MemberTexts
  readonly language: Language
  readonly csrf: string
  /** for the look and the hold the page may ask for */
  readonly newId: string
  readonly view: MemberView
  readonly problems: readonly Problem[]
  /** until when the numbers stay whole */
  readonly wholeUntil?: Date | undefined
  readonly maySetHolds: boolean
  readonly saved?: string | undefined
  readonly refused?: RefusedForm | undefined
}

export function MemberPage(props: MemberPageProps) {
  const { texts, language, view, wholeUntil } = props
  const transit = view.counted[0]?.standing === 'in-transit'
  return (
    <>
      {props.saved && <Banner kind="success" title={props.saved} />}
      {wholeUntil && (
        <Banner kind="information" title={texts.revealed}>
          <p>{filled(texts.revealedAbout, { until: formatInstant(wholeUntil, language) })}</p>
        </Banner>
      )}
      <ErrorSummary errors={errorsOf(props)} />
      <PageTitle
        caption={texts.recordOf}
        title={view.facts.fullName}
        meta={
          <>
            {view.counted[0]?.organisationName} {view.probationary && <Tag>{texts.probationary}</Tag>}{' '}
            {transit && <Tag tone="soon">{texts.inTransit}</Tag>}
          </>
        }
      />
      <FactCards {...{ texts, language, view }} />
      {!view.whole && <RevealForm {...props} />}
      {props.problems.length > 0 && <Review {...props} />}
      {view.holds && <Holds {...props} holds={view.holds} />}
    </>
  )
}

/** What stands beside: where counted, offices. */
export function MemberAside({ texts, language, view }: MemberPageProps) {
  return (
    <>
      <CountedCard {...{ texts, language, counted: view.counted }} />
      <OfficesCard {...{ texts, language, offices: view.offices }} />
    </>
  )
}

function errorsOf({ texts, refused }: MemberPageProps) {
  const words: Readonly<Record<string, string>> = {
    reason: texts.revealMissing,
    kind: texts.holdKindMissing,
    basis: texts.holdMissing,
  }
  return (refused?.fields ?? []).flatMap((field) => (words[field] ? [{ field, text: words[field] }] : []))
}

function RevealForm(props: MemberPageProps) {
  const { texts, csrf, view, newId, refused } = props
  const wrong = refused?.form === 'reading'
  return (
    <Card title={texts.revealTitle} id="reading">
      <p>{texts.revealAbout}</p>
      <Form action={`/registry/members/${view.id}/readings`} csrf={csrf} hidden={{ id: newId }}>
        <TextField
          name="reason"
          label={texts.revealReason}
          hint={texts.revealReasonHint}
          width={30}
          spellcheck
          value={wrong ? String(refused.entered.reason ?? '') : ''}
          error={wrong ? texts.revealMissing : undefined}
        />
        <Button kind="secondary">{texts.revealButton}</Button>
      </Form>
    </Card>
  )
}

function Review({ texts, language, problems }: MemberPageProps) {
  return (
    <Card title={texts.review}>
      <p class="quiet">{texts.reviewAbout}</p>
      <ul class="govuk-list govuk-list--bullet">
        {problems.map((problem) => {
          const words = PROBLEM_TEXTS[problem.code][language]
          return (
            <li key={`${problem.code} ${problem.field}`}>
              <b>{FIELD_TEXTS[problem.field]?.[language] ?? problem.field}</b>: {words.what}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

function Holds(props: MemberPageProps & { readonly holds: readonly HoldLine[] }) {
  const { texts, language, holds, maySetHolds } = props
  const day = (date: string) => formatDate(date, language)
  return (
    <Card title={texts.holds} id="holds">
      {holds.length === 0 && <p class="quiet">{texts.holdsNone}</p>}
      {holds.map((hold) => (
        <Inset key={hold.id}>
          <p>
            <b>{texts.holdKinds[hold.kind]}</b>, {filled(texts.holdSetOn, { day: day(hold.setOn) })}.{' '}
            {hold.basis}
          </p>
          {hold.liftedOn ? (
            <p class="quiet">
              {filled(texts.holdLifted, { day: day(hold.liftedOn), basis: hold.liftBasis ?? '' })}
            </p>
          ) : (
            maySetHolds && <LiftForm {...props} hold={hold} />
          )}
        </Inset>
      ))}
      <RuleBox citation="294-QĐ/TW, mục 6.3.1">{texts.holdsRule}</RuleBox>
      {maySetHolds && <HoldForm {...props} />}
    </Card>
  )
}

function LiftForm({ texts, csrf, view, hold, refused }: MemberPageProps & { readonly hold: HoldLine }) {
  const wrong = refused?.form === 'lift' && refused.entered.hold === hold.id
  return (
    <Expander summary={texts.holdLift} open={wrong}>
      <Form action={`/registry/members/${view.id}/holds/${hold.id}/lift`} csrf={csrf}>
        <TextArea
          name="basis"
          id={wrong ? undefined : `lift-${hold.id}`}
          label={texts.holdLiftBasis}
          rows={2}
          maxLength={300}
          value={wrong ? String(refused.entered.basis ?? '') : ''}
          error={wrong ? texts.holdMissing : undefined}
        />
        <Button kind="secondary">{texts.holdLift}</Button>
      </Form>
    </Expander>
  )
}

function HoldForm({ texts, csrf, view, newId, refused }: MemberPageProps) {
  const wrong = refused?.form === 'hold'
  const entered = wrong ? refused.entered : {}
  const choices = Object.entries(texts.holdKinds).map(([value, text]) => ({ value, text }))
  return (
    <Expander summary={texts.holdSetTitle} open={wrong}>
      <Form action={`/registry/members/${view.id}/holds`} csrf={csrf} hidden={{ id: newId }}>
        <Radios
          name="kind"
          label={texts.holdKind}
          choices={choices}
          value={String(entered.kind ?? '')}
          error={wrong && refused.fields.includes('kind') ? texts.holdKindMissing : undefined}
        />
        <TextArea
          name="basis"
          label={texts.holdBasis}
          hint={texts.holdBasisHint}
          rows={2}
          maxLength={300}
          value={String(entered.basis ?? '')}
          error={wrong && refused.fields.includes('basis') ? texts.holdMissing : undefined}
        />
        <Button kind="secondary">{texts.holdSet}</Button>
      </Form>
    </Expander>
  )
}
