/** One's own record: what is kept and why, where one is counted, who looked, what was reported as wrong. */
import { formatInstant, type Language } from '../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow } from '../../ui/button.tsx'
import { Card, LinkCard } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { Form } from '../../ui/form.tsx'
import { Banner, Inset } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { Tag, type Tone } from '../../ui/pill.tsx'
import { SelectField, TextArea, TextField } from '../../ui/text-field.tsx'
import { FIELD_TEXTS } from '../import/texts.ts'
import { CountedCard, FactCards, OfficesCard } from '../members/record-parts.tsx'
import { filled, type MemberTexts } from '../members/texts.ts'
import { ReadingLines } from '../readings/reading-lines.tsx'
import type { OwnRecordTexts } from './texts.ts'
import type { OwnCorrection, OwnRecordView } from './view.ts'

export interface OwnRecordPageProps {
  readonly texts: OwnRecordTexts
  readonly memberTexts: MemberTexts
  readonly language: Language
  readonly view: OwnRecordView
  readonly sent: boolean
}

export function OwnRecordPage(props: OwnRecordPageProps) {
  const { texts, memberTexts, language, view } = props
  const { record } = view
  return (
    <>
      {props.sent && <Banner kind="success" title={texts.sent} />}
      <PageTitle title={texts.title} lead={texts.lead} />
      <ButtonRow>
        <ButtonLink kind="secondary" href="/my-record/report">
          {texts.report}
        </ButtonLink>
        <ButtonLink kind="quiet" href={record.whole ? '/my-record' : '/my-record?numbers=whole'}>
          {record.whole ? texts.hideNumbers : texts.showNumbers}
        </ButtonLink>
      </ButtonRow>
      {!record.whole && <p class="quiet">{texts.numbersHidden}</p>}
      <CountedCard {...{ texts: memberTexts, language, counted: record.counted }} />
      <FactCards {...{ texts: memberTexts, language, view: record, why: texts.why }} />
      <Corrections {...props} />
      <Lately {...props} />
      <Readings {...props} />
    </>
  )
}

/** What stands beside: offices, dossiers, the way to take one's data along. */
export function OwnRecordAside({ texts, memberTexts, language, view }: OwnRecordPageProps) {
  return (
    <>
      {view.record.offices.length > 0 && (
        <OfficesCard {...{ texts: memberTexts, language, offices: view.record.offices }} />
      )}
      <LinkCard href="/my-record/choices" level={2} title={texts.choices} about={texts.choicesAbout} />
      <LinkCard href="/" level={2} title={texts.dossiers} about={texts.dossiersAbout} />
      <Card title={texts.myData}>
        <p class="quiet">{texts.exportAbout}</p>
        <ButtonRow>
          <ButtonLink kind="secondary" href="/my-record/data">
            {texts.readData}
          </ButtonLink>
          <ButtonLink kind="quiet" href="/my-record/export" download>
            {texts.export}
          </ButtonLink>
        </ButtonRow>
      </Card>
    </>
  )
}

const TONES: Readonly<Record<OwnCorrection['status'], Tone>> = {
  open: 'soon',
  accepted: 'ok',
  declined: 'neutral',
  withdrawn: 'neutral',
}

function Corrections({ texts, language, view }: OwnRecordPageProps) {
  return (
    <Section title={texts.corrections} id="corrections">
      {view.corrections.length === 0 && <p class="quiet">{texts.correctionsNone}</p>}
      {view.corrections.map((asked) => (
        <Card key={asked.id} level={3} title={fieldName(asked.field, language)}>
          <p>
            <Tag tone={TONES[asked.status]}>{texts.statuses[asked.status]}</Tag>{' '}
            <span class="quiet">{filled(texts.askedAt, { at: formatInstant(asked.askedAt, language) })}</span>
          </p>
          {asked.status === 'open' && <p>{awaitedWords(asked, texts, language)}</p>}
          <p>
            {texts.shouldBe}: <b>{asked.proposed}</b>
          </p>
          <p class="quiet">
            {texts.because}: {asked.explanation}
          </p>
          {asked.answer && asked.answeredAt && (
            <Inset>
              <p>{asked.answer}</p>
              <p class="quiet">
                {filled(texts.answeredAt, { at: formatInstant(asked.answeredAt, language) })}
              </p>
            </Inset>
          )}
          <ButtonRow>
            <ButtonLink kind="secondary" href={`/my-record/corrections/${asked.id}`}>
              {texts.follow}
              <span class="govuk-visually-hidden">: {fieldName(asked.field, language)}</span>
            </ButtonLink>
          </ButtonRow>
        </Card>
      ))}
    </Section>
  )
}

/** Whose turn it is and until when, in one line. */
function awaitedWords(asked: OwnCorrection, texts: OwnRecordTexts, language: Language): string {
  const turn = asked.stage === 'building' ? texts.awaitsBuilding : texts.awaitsCell
  const until = asked.dueAt && filled(texts.until, { at: formatInstant(asked.dueAt, language) })
  return [`${turn}: ${asked.awaitedName ?? texts.awaitsNobody}`, until].filter(Boolean).join(', ')
}

/** The newest looks of every kind, and the way to all of them. */
function Lately({ texts, language, view }: OwnRecordPageProps) {
  return (
    <Section title={texts.lately} id="lately" about={texts.latelyAbout}>
      {view.lately.length > 0 && <ReadingLines language={language} lines={view.lately} />}
      <ButtonRow>
        <ButtonLink kind="secondary" href="/my-record/readings">
          {texts.allReadings}
        </ButtonLink>
      </ButtonRow>
    </Section>
  )
}

function Readings({ texts, language, view }: OwnRecordPageProps) {
  return (
    <Section title={texts.readings} id="readings">
      <DataTable
        caption={texts.readings}
        hideCaption
        columns={[
          {
            key: 'who',
            title: texts.readingWho,
            cell: (row) =>
              `${language === 'en' ? row.positionNameEn : row.positionName}, ${row.organisationName}`,
          },
          { key: 'at', title: texts.readingWhen, cell: (row) => formatInstant(row.at, language) },
          { key: 'why', title: texts.readingWhy, cell: (row) => row.reason },
        ]}
        rows={view.readings}
        keyOf={(row) => row.id}
        empty={<p class="quiet">{texts.readingsNone}</p>}
      />
    </Section>
  )
}

/** A field as lists call it. */
export function fieldName(field: string, language: Language): string {
  return FIELD_TEXTS[field]?.[language] ?? field
}

export interface ReportPageProps {
  readonly texts: OwnRecordTexts
  readonly language: Language
  readonly csrf: string
  /** the request's id: the form sent twice reports once */
  readonly newId: string
  /** each with what stands in the record now */
  readonly fields: readonly { readonly field: string; readonly now: string }[]
  readonly entered: Readonly<Record<string, unknown>>
  /** what could not be taken, by field */
  readonly errors: Readonly<Record<string, string>>
}

/** Saying what is wrong. */
export function ReportPage(props: ReportPageProps) {
  const { texts, language, entered, errors } = props
  const written = (name: string) => String(entered[name] ?? '')
  return (
    <>
      <ErrorSummary errors={Object.entries(errors).map(([field, text]) => ({ field, text }))} />
      <PageTitle title={texts.askTitle} lead={texts.reportLead} />
      <Form action="/my-record/report" csrf={props.csrf} hidden={{ id: props.newId }}>
        <SelectField
          name="field"
          label={texts.askField}
          empty={texts.askFieldEmpty}
          value={written('field')}
          error={errors.field}
          options={props.fields.map(({ field, now }) => ({
            value: field,
            text: now === '' ? fieldName(field, language) : `${fieldName(field, language)}: ${now}`,
          }))}
        />
        <TextField
          name="proposed"
          label={texts.askProposed}
          hint={texts.askProposedHint}
          width={30}
          value={written('proposed')}
          error={errors.proposed}
        />
        <TextArea
          name="explanation"
          label={texts.askExplanation}
          hint={texts.askExplanationHint}
          rows={3}
          maxLength={1000}
          value={written('explanation')}
          error={errors.explanation}
        />
        <p class="quiet">{texts.noPhotos}</p>
        <Button>{texts.send}</Button>
      </Form>
    </>
  )
}
