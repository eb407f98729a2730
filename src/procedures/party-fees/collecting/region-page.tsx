/** The region of the minimum wage of one's organisation: what holds now, setting it, what was set. */
import { formatMonth, monthOf, type Language } from '../../../kernel/plain-date.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import type { Children } from '../../../ui/children.ts'
import { Radios } from '../../../ui/choice.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { MonthField } from '../../../ui/date-field.tsx'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import { Form } from '../../../ui/form.tsx'
import { Banner, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { REGIONS, type Region } from '../law/tariff.ts'
import type { RegionRow } from './region.ts'
import type { CollectingTexts } from './texts.ts'

export interface RegionPageProps {
  readonly texts: CollectingTexts
  readonly language: Language
  readonly csrf: string
  readonly organisation: string
  readonly tabs: Children
  readonly inForce: Region | undefined
  readonly rows: readonly RegionRow[]
  /** what holds does so for the time being */
  readonly asked: boolean
  readonly done: boolean
  readonly entered: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
}

export function RegionPage(props: RegionPageProps) {
  const { texts, language, csrf, inForce, rows, entered, errors } = props
  const [askedYear, askedMonth] =
    rows.find(({ provisional }) => props.asked && provisional)?.validFrom.split('-') ?? []
  return (
    <>
      <ErrorSummary errors={Object.entries(errors).map(([field, text]) => ({ field, text }))} />
      {props.done && <Banner kind="success" title={texts.regionSet} />}
      <PageTitle title={texts.regionTitle} caption={props.organisation} lead={texts.regionLead} />
      {props.tabs}
      <Card title={texts.regionNow}>
        <p>{inForce ? texts.regions[inForce] : texts.regionUnknown}</p>
        {props.asked && <p>{texts.regionAsked}</p>}
      </Card>
      <Form action="/fees/region" csrf={csrf}>
        <Radios
          name="region"
          label={texts.region}
          inline
          value={entered.region}
          error={errors.region}
          choices={REGIONS.map((region) => ({ value: region, text: texts.regions[region] }))}
        />
        <MonthField
          name="from"
          label={texts.regionFrom}
          value={{ month: entered['from-month'] ?? askedMonth, year: entered['from-year'] ?? askedYear }}
          error={errors.from}
        />
        <TextField
          name="source"
          label={texts.regionSource}
          hint={texts.regionSourceHint}
          value={entered.source}
          error={errors.source}
        />
        <Button>{texts.save}</Button>
      </Form>
      <RuleBox citation={texts.regionCitation}>{texts.regionRule}</RuleBox>
      {rows.length > 0 && (
        <Section title={texts.regionHistory}>
          <DataTable
            caption={texts.regionHistory}
            hideCaption
            columns={[
              {
                key: 'from',
                title: texts.regionFrom,
                cell: (row) => formatMonth(monthOf(row.validFrom), language),
              },
              { key: 'region', title: texts.region, cell: (row) => texts.regions[row.region] },
              { key: 'source', title: texts.regionSource, cell: (row) => row.source },
              { key: 'by', title: texts.setBy, cell: (row) => row.setBy ?? '–' },
            ]}
            rows={rows}
            keyOf={(row) => row.validFrom}
          />
        </Section>
      )}
    </>
  )
}
