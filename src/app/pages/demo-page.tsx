/** The demonstration's page: whom one can be, and the clock that can be moved forward. */
import { formatInstant, formatWeekday, todayIn, type Language } from '../../kernel/plain-date.ts'
import type { DemoPerson, DemoRole } from '../../registry/demo.ts'
import { Button, ButtonLink, ButtonRow, PostButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DateField, type DateParts } from '../../ui/date-field.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { Form } from '../../ui/form.tsx'
import { Banner, EmptyState, Inset } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { SummaryList } from '../../ui/summary-list.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { NEXT_STEPS, type DemoTexts } from './demo-texts.ts'

/** Whom one can be, in the order of the job. */
export function DemoPeople(props: {
  readonly people: readonly DemoPerson[]
  readonly texts: DemoTexts
  readonly language: Language
}) {
  const { people, texts, language } = props
  if (people.length === 0) return <EmptyState title={texts.peopleEmpty} />
  return (
    <DataTable
      caption={texts.people}
      hideCaption
      rows={people}
      keyOf={(person) => person.role}
      columns={[
        { key: 'person', title: texts.person, cell: (person) => person.fullName },
        {
          key: 'office',
          title: texts.office,
          cell: (person) => officeOf(person, texts, language),
        },
        { key: 'part', title: texts.part, cell: (person) => texts.parts[person.role] },
      ]}
    />
  )
}

function officeOf(person: DemoPerson, texts: DemoTexts, language: Language): string {
  const office = (language === 'en' ? person.positionNameEn : person.positionName) ?? texts.member
  return `${office}, ${person.organisationName}`
}

/** What is under way, and who can take its next step. */
export function DemoWaiting({
  people,
  texts,
  language,
}: Pick<DemoPageProps, 'people' | 'texts' | 'language'>) {
  if (people.length === 0) return null
  return (
    <Section title={texts.waiting} id="waiting" about={texts.waitingLead}>
      {(['round', 'stays'] as const).map((list) => (
        <DataTable
          key={list}
          caption={texts.waitingLists[list]}
          rows={NEXT_STEPS[list].flatMap((role) => people.filter((person) => person.role === role))}
          keyOf={(person) => person.role}
          columns={[
            { key: 'person', title: texts.person, cell: (person) => person.fullName },
            {
              key: 'office',
              title: texts.office,
              cell: (person) => officeOf(person, texts, language),
            },
            {
              key: 'step',
              title: texts.nextStep,
              cell: ({ role }) => (texts.nextSteps[list] as Partial<Record<DemoRole, string>>)[role],
            },
          ]}
        />
      ))}
    </Section>
  )
}

/** What a refused form held, to be shown again. */
export interface EnteredMove {
  readonly field: 'hours' | 'working-days' | 'date'
  readonly text: string
  readonly date: DateParts
  /** what is wrong with it, in words */
  readonly error: string
}

export interface DemoPageProps {
  readonly texts: DemoTexts
  readonly language: Language
  readonly people: readonly DemoPerson[]
  readonly now: Date
  /** how far the clock is ahead of real time; 0 when it was never moved */
  readonly aheadMs: number
  /** the form's token; undefined for a visitor, who may look only */
  readonly csrf: string | undefined
  readonly moved: boolean
  readonly entered?: EnteredMove | undefined
  /** whether the provider plays that it does not answer; undefined where it cannot */
  readonly away: boolean | undefined
}

export function DemoPage(props: DemoPageProps) {
  const { texts, language, now, entered } = props
  return (
    <>
      {entered && <ErrorSummary errors={[{ field: entered.field, text: entered.error }]} />}
      {props.moved && (
        <Banner kind="success" title={texts.moved.replace('{now}', formatInstant(now, language))}>
          <p>{texts.movedText}</p>
        </Banner>
      )}
      <PageTitle title={texts.title} lead={texts.lead} />
      {props.csrf === undefined ? (
        <>
          <DemoWaiting {...props} />
          <People {...props} />
          <Vneid {...props} />
          <Clock {...props} />
        </>
      ) : (
        <>
          <Clock {...props} />
          <DemoWaiting {...props} />
          <Vneid {...props} />
          <People {...props} />
        </>
      )}
    </>
  )
}

/** Comes first for visitors; whoever is signed in more often wants the clock. */
function People({ people, texts, language, csrf }: DemoPageProps) {
  return (
    <Section title={texts.people} about={texts.peopleLead}>
      <DemoPeople people={people} texts={texts} language={language} />
      <ButtonRow>
        <ButtonLink href="/sign-in/start?return=%2F" kind={csrf === undefined ? 'primary' : 'secondary'}>
          {csrf === undefined ? texts.signIn : texts.signInAgain}
        </ButtonLink>
      </ButtonRow>
    </Section>
  )
}

/** Plays that VNeID is away, and back. */
function Vneid({ texts, csrf, away }: DemoPageProps) {
  if (away === undefined) return null
  return (
    <Section title={texts.vneid} id="vneid" about={texts.vneidLead}>
      <p>
        <b>{away ? texts.vneidAway : texts.vneidThere}</b>
      </p>
      <PostButton
        action="/demo/vneid"
        csrf={csrf ?? ''}
        kind="secondary"
        hidden={{ away: away ? 'no' : 'yes' }}
      >
        {away ? texts.vneidBack : texts.vneidGo}
      </PostButton>
    </Section>
  )
}

function Clock(props: DemoPageProps) {
  const { texts, language, now, csrf } = props
  return (
    <Section title={texts.clock} id="clock" about={texts.clockLead}>
      <SummaryList
        rows={[
          {
            term: texts.clockNow,
            value: `${formatInstant(now, language).slice(0, 5)} ${formatWeekday(todayIn(now), language)}`,
          },
          { term: texts.clockAhead, value: aheadInWords(props) },
        ]}
      />
      <Inset>{texts.clockOthers}</Inset>
      {csrf === undefined ? <p>{texts.clockSignIn}</p> : <ClockForms {...props} csrf={csrf} />}
    </Section>
  )
}

const HOUR_MS = 3_600_000

function aheadInWords({ texts, language, aheadMs }: DemoPageProps): string {
  const hours = Math.round(aheadMs / HOUR_MS)
  if (hours < 1) return texts.clockReal
  const days = Math.floor(hours / 24)
  const parts =
    language === 'en'
      ? [days > 0 && `${days} days`, hours % 24 > 0 && `${hours % 24} hours`]
      : [days > 0 && `${days} ngày`, hours % 24 > 0 && `${hours % 24} giờ`]
  return parts.filter(Boolean).join(' ')
}

/** Three small forms: each asks one thing and has its own button. */
function ClockForms({ texts, csrf, entered }: DemoPageProps & { readonly csrf: string }) {
  const wrong = (field: EnteredMove['field']) => (entered?.field === field ? entered : undefined)
  const form = (by: EnteredMove['field'], field: preact.JSX.Element) => (
    <Card>
      <Form action="/demo/clock" csrf={csrf} hidden={{ by }}>
        {field}
        <Button kind="secondary">{texts.move}</Button>
      </Form>
    </Card>
  )
  const count = (name: 'hours' | 'working-days', label: string, hint: string) => (
    <TextField
      name={name}
      label={label}
      hint={hint}
      numeric
      width={4}
      value={wrong(name)?.text}
      error={wrong(name)?.error}
    />
  )
  return (
    <>
      {form('hours', count('hours', texts.hours, texts.hoursHint))}
      {form('working-days', count('working-days', texts.workingDays, texts.workingDaysHint))}
      {form(
        'date',
        <DateField
          name="date"
          label={texts.date}
          hint={texts.dateHint}
          value={wrong('date')?.date}
          error={wrong('date')?.error}
        />,
      )}
    </>
  )
}
