/** Looking back: the small form that asks for a day, and the banner that says which day is looked at. */
import { formatDate, type Language } from '../kernel/plain-date.ts'
import { TextLink } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { DateField, dateParts } from '../ui/date-field.tsx'
import { FilterBar } from '../ui/filter-bar.tsx'
import { Banner, EmptyState, Expander } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { looksBack, onDay, type LookedAt } from './day.ts'
import { LOOKING_BACK_TEXTS } from './looking-back-texts.ts'
import { filled } from './members/texts.ts'

export interface LookingBackProps {
  readonly language: Language
  readonly at: LookedAt
  /** the page that is shown again, for the day asked for */
  readonly action: string
  /** what else that page is asked */
  readonly asked?: Readonly<Record<string, string>>
  /** the page of today; where what is shown is no more, another one */
  readonly todayHref: string
}

/** At the head of a page that looks back; nothing on a page of today. */
export function DayBanner({ language, at, todayHref }: LookingBackProps) {
  if (!looksBack(at)) return null
  const texts = LOOKING_BACK_TEXTS[language]
  return (
    <Banner
      kind="information"
      title={filled(texts.lookingBack, { day: formatDate(at.day, language) })}
      link={{ href: todayHref, text: texts.toToday }}
    >
      <p>{texts.onlyLooking}</p>
    </Banner>
  )
}

/** Asks for a day; without scripts, by GET. */
export function DayForm({ language, at, action, asked }: LookingBackProps) {
  const texts = LOOKING_BACK_TEXTS[language]
  const back = looksBack(at)
  return (
    <Expander summary={back ? texts.chooseAnother : texts.choose}>
      <FilterBar action={action} label={texts.day} hidden={asked} button={texts.show}>
        <DateField
          name="on"
          label={texts.day}
          hint={texts.dayHint}
          value={back ? dateParts(at.day) : undefined}
        />
      </FilterBar>
    </Expander>
  )
}

/** A title that says of which day it is, when that is not today. */
export function titleOn(title: string, at: LookedAt, language: Language): string {
  if (!looksBack(at)) return title
  return filled(LOOKING_BACK_TEXTS[language].titleOn, { title, day: formatDate(at.day, language) })
}

/** The reader's own organisation was not there on the day: what went into it since, to choose from. */
export function NotThereYet(
  props: LookingBackProps & {
    readonly title: string
    readonly before: readonly { readonly id: string; readonly name: string }[]
  },
) {
  const { language, at, before } = props
  const texts = LOOKING_BACK_TEXTS[language]
  const day = formatDate(at.day, language)
  return (
    <>
      <DayBanner {...props} />
      <PageTitle title={props.title} />
      {before.length === 0 ? (
        <EmptyState title={texts.notThere}>
          <p>{filled(texts.notThereNobody, { day })}</p>
        </EmptyState>
      ) : (
        <Card title={texts.notThere}>
          <p>{filled(texts.notThereAbout, { day })}</p>
          <ul class="plain-list rows">
            {before.map(({ id, name }) => (
              <li key={id} class="row">
                <TextLink href={onDay(`/registry/organisations/${id}`, at)}>{name}</TextLink>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <DayForm {...props} />
    </>
  )
}
