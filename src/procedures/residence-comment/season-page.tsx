/** The yearly round of a province: what holds and who set it, how far this year is, and the form by which another is set. */
import type { Language, PlainDate } from '../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow } from '../../ui/button.tsx'
import { Card, NowCard } from '../../ui/card.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { KeyFigures } from '../../ui/figures.tsx'
import { Form } from '../../ui/form.tsx'
import { Banner, Inset, RuleBox } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { SummaryList } from '../../ui/summary-list.tsx'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import { partsOf } from './act-forms.tsx'
import { COMMENT_PAGES } from './names.ts'
import { errorAt, RefusedNote } from './refused-note.tsx'
import type { RefusedForm } from './refused.ts'
import { RESIDENCE_TEXTS } from './texts.ts'

export interface SeasonPageProps {
  readonly language: Language
  readonly csrf: string
  readonly today: PlainDate
  /** the days of this year's round, in words */
  readonly days: { readonly from: string; readonly until: string; readonly by: string }
  /** the province that set it; absent where the general settings hold */
  readonly setBy: string | undefined
  /** what the form comes filled in with */
  readonly known: {
    readonly askFromMonth: number
    readonly askUntilMonth: number
    readonly returnDecemberDay: number
  }
  readonly counts: { readonly total: number; readonly filed: number; readonly overdue: number }
  readonly maySet: boolean
  readonly saved: boolean
  readonly refused?: RefusedForm | undefined
  readonly entered: Readonly<Record<string, unknown>>
}

export function seasonPage(props: SeasonPageProps) {
  const words = RESIDENCE_TEXTS[props.language]
  const { season, fields, list } = words
  const { days, counts, refused, entered } = props
  return (
    <>
      {props.saved && <Banner kind="success" title={season.saved} />}
      <RefusedNote refused={refused} />
      <PageTitle title={season.title} lead={season.lead} />
      <NowCard title={season.nowTitle} rule={<RuleBox citation={words.citation}>{words.rule}</RuleBox>}>
        <SummaryList
          rows={[
            {
              term: season.asking,
              value: season.askingDays.replace('{from}', days.from).replace('{until}', days.until),
            },
            { term: season.returning, value: season.returningDay.replace('{by}', days.by) },
          ]}
          compact
        />
        <p class="quiet">
          {props.setBy ? season.byProvince.replace('{name}', props.setBy) : season.bySetting}
        </p>
      </NowCard>
      <Section title={season.figures}>
        <KeyFigures
          short
          figures={[
            { label: list.all, value: String(counts.total) },
            { label: list.done, value: String(counts.filed) },
            { label: list.lateOnes, value: String(counts.overdue) },
          ]}
        />
        <ButtonRow>
          <ButtonLink
            href={counts.overdue > 0 ? `${COMMENT_PAGES}?overdue=yes` : COMMENT_PAGES}
            kind="secondary"
          >
            {counts.overdue > 0 ? season.seeLate : list.title}
          </ButtonLink>
        </ButtonRow>
      </Section>
      {props.maySet ? (
        <Card title={season.change}>
          <Form action={`${COMMENT_PAGES}/season`} csrf={props.csrf}>
            {(
              [
                ['askFromMonth', season.from],
                ['askUntilMonth', season.until],
                ['returnDecemberDay', season.returnDay],
              ] as const
            ).map(([name, label]) => (
              <TextField
                key={name}
                name={name}
                label={label}
                numeric
                width={2}
                error={errorAt(refused, name)}
                value={typeof entered[name] === 'string' ? entered[name] : String(props.known[name])}
              />
            ))}
            <DateField
              name="validFrom"
              label={season.validFrom}
              error={errorAt(refused, 'validFrom')}
              value={partsOf(entered, 'validFrom', props.today)}
            />
            <TextArea
              name="reason"
              label={fields.reason}
              rows={2}
              maxLength={2000}
              error={errorAt(refused, 'reason')}
              value={typeof entered.reason === 'string' ? entered.reason : undefined}
            />
            <ButtonRow>
              <Button>{season.save}</Button>
            </ButtonRow>
          </Form>
        </Card>
      ) : (
        <Inset>{season.onlyProvince}</Inset>
      )}
    </>
  )
}
