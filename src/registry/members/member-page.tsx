/** A member's record as an officer reads it: numbers masked until a reason is given, what is wrong in it, holds. */
import { formatDate, formatInstant, type Language } from '../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { Form } from '../../ui/form.tsx'
import { Banner, Inset, RuleBox } from '../../ui/notice.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { Tag } from '../../ui/pill.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { FIELD_TEXTS, PROBLEM_TEXTS } from '../import/texts.ts'
import type { Problem } from '../import/problems.ts'
import { CountedCard, FactCards, OfficesCard } from './record-parts.tsx'
import { filled, type MemberTexts } from './texts.ts'
import type { HoldLine, MemberView } from './view.ts'

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
  /** what was given as the reason for a look, too short to be one */
  readonly refusedReason?: string | undefined
}

export function MemberPage(props: MemberPageProps) {
  const { texts, language, view, wholeUntil } = props
  const transit = view.counted[0]?.standing === 'in-transit'
  return (
    <>
      {wholeUntil && (
        <Banner kind="information" title={texts.revealed}>
          <p>{filled(texts.revealedAbout, { until: formatInstant(wholeUntil, language) })}</p>
        </Banner>
      )}
      {props.refusedReason !== undefined && (
        <ErrorSummary errors={[{ field: 'reason', text: texts.revealMissing }]} />
      )}
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
      {view.facts.phone && <p class="quiet">{view.remindByPhone ? texts.remindByPhone : texts.noReminder}</p>}
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

function RevealForm({ texts, csrf, view, newId, refusedReason }: MemberPageProps) {
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
          value={refusedReason}
          error={refusedReason === undefined ? undefined : texts.revealMissing}
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
  const { texts, language, view, holds, maySetHolds } = props
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
          {hold.liftedOn && (
            <p class="quiet">
              {filled(texts.holdLifted, { day: day(hold.liftedOn), basis: hold.liftBasis ?? '' })}
            </p>
          )}
        </Inset>
      ))}
      <RuleBox citation="294-QĐ/TW, mục 6.3.1">{texts.holdsRule}</RuleBox>
      {maySetHolds && (
        <ButtonRow>
          <ButtonLink kind="secondary" href={`/members/${view.id}/holds`}>
            {texts.holdsWork}
          </ButtonLink>
        </ButtonRow>
      )}
    </Card>
  )
}
