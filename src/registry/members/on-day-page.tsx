/** The page of a member on a past day: what that day's list shows, with the offices of that day. */
import { formatDate } from '../../kernel/plain-date.ts'
import { Card } from '../../ui/card.tsx'
import { Inset } from '../../ui/notice.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { Tag } from '../../ui/pill.tsx'
import { Masked, SummaryList } from '../../ui/summary-list.tsx'
import { DayBanner, DayForm, type LookingBackProps } from '../looking-back.tsx'
import { LOOKING_BACK_TEXTS } from '../looking-back-texts.ts'
import type { MemberOnDay } from './on-day.ts'
import { CountedCard, OfficesCard } from './record-parts.tsx'
import { filled, type MemberTexts } from './texts.ts'
import { vagueDateText } from './vague-date.ts'

export interface MemberOnDayPageProps extends LookingBackProps {
  readonly texts: MemberTexts
  readonly view: MemberOnDay
}

const masked = (number: string | null) => (number ? <Masked value={number.replaceAll('*', '•')} /> : '–')

export function MemberOnDayPage(props: MemberOnDayPageProps) {
  const { texts, language, view } = props
  const { line, on } = view
  return (
    <>
      <DayBanner {...props} />
      <PageTitle
        caption={texts.recordOf}
        title={line.fullName}
        meta={
          <>
            {line.organisationName} {line.probationary && <Tag>{texts.probationary}</Tag>}{' '}
            {line.membership === 'in-transit' && <Tag tone="soon">{texts.inTransit}</Tag>}
          </>
        }
      />
      <Inset>
        <p>{filled(LOOKING_BACK_TEXTS[language].factsOfToday, { day: formatDate(on, language) })}</p>
      </Inset>
      <Card title={texts.person}>
        <SummaryList
          rows={[
            { term: texts.fullName, value: line.fullName },
            { term: texts.birth, value: vagueDateText(line.birthDate, line.birthPrecision, language) },
            { term: texts.sex, value: texts.sexes[line.sex] },
            { term: texts.personalId, value: masked(line.personalId) },
            { term: texts.card, value: masked(line.cardNumber) },
            {
              term: texts.officialOn,
              value: line.officialOn ? formatDate(line.officialOn, language) : texts.probationary,
            },
            { term: texts.standing, value: texts.standings[line.standing] },
          ]}
        />
      </Card>
      <DayForm {...props} />
    </>
  )
}

/** What stands beside: where counted that day, offices that day. */
export function MemberOnDayAside({ texts, language, view }: MemberOnDayPageProps) {
  const words = LOOKING_BACK_TEXTS[language]
  const { organisationId, organisationName, membership: standing, since } = view.line
  const title = filled(words.countedThatDay, { day: formatDate(view.on, language) })
  const counted = [{ organisationId, organisationName, standing, since, until: null }]
  return (
    <>
      <CountedCard {...{ texts, language, counted, title }} />
      <OfficesCard
        {...{ texts, language, offices: view.offices }}
        title={words.officesThatDay}
        none={words.noOfficesThatDay}
      />
    </>
  )
}
