/** Pages for administrators: breaches with their timer, the register of processing, the retention schedule. */
import { formatInstant, type Language, type PlainDate } from '../../kernel/plain-date.ts'
import { filled } from '../../registry/members/texts.ts'
import { Button, ButtonLink, ButtonRow } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DateField, dateParts } from '../../ui/date-field.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { Form } from '../../ui/form.tsx'
import { Banner, EmptyState, Expander, RuleBox } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { Deadline, type DeadlineProps } from '../../ui/pill.tsx'
import { SummaryList } from '../../ui/summary-list.tsx'
import { SelectField, TextArea, TextField } from '../../ui/text-field.tsx'
import type { BreachTexts } from './breach-texts.ts'
import { BREACH_STEPS, type Breach } from './breaches.ts'

export interface BreachesPageProps {
  readonly texts: BreachTexts
  readonly language: Language
  readonly csrf: string
  readonly today: PlainDate
  readonly at: Date
  readonly newId: () => string
  readonly breaches: readonly Breach[]
  readonly saved: boolean
  /** what was entered and could not be taken */
  readonly entered?: Readonly<Record<string, string>> | undefined
}

export function BreachesPage(props: BreachesPageProps) {
  const { texts, breaches, entered } = props
  return (
    <>
      <ErrorSummary errors={entered ? [{ field: 'what', text: texts.incomplete }] : []} />
      {props.saved && <Banner kind="success" title={texts.saved} />}
      <PageTitle title={texts.title} lead={texts.lead} />
      {breaches.length === 0 ? (
        <EmptyState title={texts.none}>{texts.noneAbout}</EmptyState>
      ) : (
        <ButtonRow>
          <ButtonLink kind="quiet" href="/settings/breaches.csv" download>
            {texts.csv}
          </ButtonLink>
        </ButtonRow>
      )}
      {breaches.map((breach) => (
        <BreachCard key={breach.id} {...props} breach={breach} />
      ))}
      <Section title={texts.add} id="add">
        <AddForm {...props} />
      </Section>
      <RuleBox setting={texts.rule}>{texts.rule}</RuleBox>
    </>
  )
}

function BreachCard(props: BreachesPageProps & { readonly breach: Breach }) {
  const { texts, language, breach } = props
  return (
    <Card title={breach.what} id={`breach-${breach.id}`}>
      <Deadline {...timerOf(breach, props)} />
      <SummaryList
        rows={[
          { term: texts.found, value: formatInstant(breach.foundAt, language) },
          { term: texts.dataKinds, value: breach.dataKinds },
          { term: texts.people, value: String(breach.people) },
          ...breach.steps.map((step) => ({
            term: texts.kinds[step.kind],
            value: [formatInstant(step.at, language), step.told, step.words].filter(Boolean).join(' · '),
          })),
        ]}
      />
      {!breach.closedAt && (
        <Expander summary={texts.addStep}>
          <StepForm {...props} />
        </Expander>
      )}
    </Card>
  )
}

function timerOf(breach: Breach, { texts, language, at }: BreachesPageProps): DeadlineProps {
  const { dueAt, toldAt, closedAt } = breach
  const words = (text: string, moment: Date) => filled(text, { at: formatInstant(moment, language) })
  if (toldAt && toldAt <= dueAt) return { tone: 'ok', text: words(texts.told, toldAt) }
  if (toldAt) return { tone: 'late', text: words(texts.toldLate, toldAt) }
  if (closedAt) return { tone: 'neutral', text: words(texts.closed, closedAt) }
  if (at > dueAt) return { tone: 'late', text: words(texts.late, dueAt) }
  return { tone: 'soon', text: words(texts.due, dueAt) }
}

function StepForm({ texts, csrf, newId, breach }: BreachesPageProps & { readonly breach: Breach }) {
  return (
    <Form action={`/settings/breaches/${breach.id}`} csrf={csrf} hidden={{ id: newId() }}>
      <SelectField
        name="kind"
        id={`kind-${breach.id}`}
        label={texts.kind}
        options={BREACH_STEPS.map((value) => ({ value, text: texts.kinds[value] }))}
      />
      <TextField name="told" id={`told-${breach.id}`} label={texts.toldWhom} width={30} />
      <TextArea name="words" id={`words-${breach.id}`} label={texts.words} rows={2} maxLength={2000} />
      <Button kind="secondary">{texts.addStep}</Button>
    </Form>
  )
}

function AddForm({ texts, csrf, newId, today, entered }: BreachesPageProps) {
  const written = (name: string) => entered?.[name] ?? ''
  return (
    <Form action="/settings/breaches" csrf={csrf} hidden={{ id: newId() }}>
      <TextArea name="what" label={texts.what} rows={3} maxLength={2000} value={written('what')} />
      <DateField name="foundOn" label={texts.foundOn} value={dateParts(today)} />
      <TextField
        name="foundTime"
        label={texts.foundTime}
        hint={texts.foundTimeHint}
        width={5}
        value={written('foundTime')}
      />
      <TextField
        name="dataKinds"
        label={texts.dataKinds}
        hint={texts.dataKindsHint}
        width={30}
        value={written('dataKinds')}
      />
      <TextField name="people" label={texts.people} numeric width={5} value={written('people')} />
      <Button>{texts.save}</Button>
    </Form>
  )
}

export interface ProcessingPageProps {
  readonly texts: BreachTexts
  readonly language: Language
  readonly columns: readonly { readonly column: string; readonly purpose: string }[]
  readonly schedule: readonly { readonly what: string; readonly why: string; readonly howLong: string }[]
  readonly runs: readonly { readonly rule: string; readonly at: Date; readonly rows: number }[]
}

export function ProcessingPage({ texts, language, columns, schedule, runs }: ProcessingPageProps) {
  return (
    <>
      <PageTitle title={texts.processingTitle} lead={texts.processingLead} />
      <DataTable
        caption={texts.processingTitle}
        hideCaption
        rows={columns}
        keyOf={({ column }) => column}
        columns={[
          { key: 'column', title: texts.column, cell: ({ column }) => <code>{column}</code> },
          { key: 'purpose', title: texts.purpose, cell: ({ purpose }) => purpose },
        ]}
      />
      <Section title={texts.schedule}>
        <DataTable
          caption={texts.schedule}
          hideCaption
          rows={schedule}
          keyOf={({ what }) => what}
          columns={[
            { key: 'what', title: texts.rules, cell: ({ what }) => what },
            { key: 'why', title: texts.purpose, cell: ({ why }) => why },
            { key: 'howLong', title: texts.keptHowLong, cell: ({ howLong }) => howLong },
          ]}
        />
      </Section>
      <Section title={texts.runs}>
        <DataTable
          caption={texts.runs}
          hideCaption
          rows={runs}
          keyOf={({ rule, at }) => `${rule} ${at.getTime()}`}
          empty={<p class="quiet">{texts.runsNone}</p>}
          columns={[
            { key: 'rule', title: texts.runRule, cell: ({ rule }) => rule },
            { key: 'at', title: texts.runAt, cell: ({ at }) => formatInstant(at, language) },
            { key: 'rows', title: texts.runRows, numeric: true, cell: ({ rows }) => String(rows) },
          ]}
        />
      </Section>
    </>
  )
}
