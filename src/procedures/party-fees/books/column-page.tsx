/** The column of B01/ĐP of one's organisation: what holds now and why, saying another, what was said. */
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
import { fill } from '../../../ui/words.ts'
import { COLUMNS, type ColumnFound } from '../law/books/report.ts'
import type { ColumnRow } from './report-column.ts'
import { BOOK_TEXTS } from './texts.ts'

export interface ColumnPageProps {
  readonly language: Language
  readonly csrf: string
  readonly organisation: string
  readonly tabs: Children
  readonly inForce: ColumnFound
  readonly rows: readonly ColumnRow[]
  readonly done: boolean
  readonly entered: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
}

export function ColumnPage(props: ColumnPageProps) {
  const { language, csrf, inForce, rows, entered, errors } = props
  const texts = BOOK_TEXTS[language].column
  return (
    <>
      <ErrorSummary errors={Object.entries(errors).map(([field, text]) => ({ field, text }))} />
      {props.done && <Banner kind="success" title={texts.done} />}
      <PageTitle title={texts.title} caption={props.organisation} lead={texts.lead} />
      {props.tabs}
      <Card title={texts.now}>
        <p>{texts.columns[inForce.column]}</p>
        <p class="quiet">
          {inForce.saidOf ? fill(texts.saidOf, { name: inForce.saidOf.name }) : texts.byDefault}
        </p>
      </Card>
      <Form action="/fees/report-column" csrf={csrf}>
        <Radios
          name="column"
          label={texts.column}
          value={entered.column}
          error={errors.column}
          choices={COLUMNS.map((column) => ({ value: column, text: texts.columns[column] }))}
        />
        <MonthField
          name="from"
          label={texts.from}
          value={{ month: entered['from-month'], year: entered['from-year'] }}
          error={errors.from}
        />
        <TextField
          name="source"
          label={texts.source}
          hint={texts.sourceHint}
          value={entered.source}
          error={errors.source}
        />
        <Button>{texts.save}</Button>
      </Form>
      <RuleBox setting={texts.ruleSource}>{texts.rule}</RuleBox>
      {rows.length > 0 && (
        <Section title={texts.history}>
          <DataTable
            caption={texts.history}
            hideCaption
            columns={[
              {
                key: 'from',
                title: texts.from,
                cell: (row) => formatMonth(monthOf(row.validFrom), language),
              },
              { key: 'column', title: texts.column, cell: (row) => texts.columns[row.column] },
              { key: 'source', title: texts.source, cell: (row) => row.source },
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
