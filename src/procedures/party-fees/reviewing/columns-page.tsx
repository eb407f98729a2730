/** Which column of a bank's table is what: chosen once on screen, and kept for the bank. */
import type { Language } from '../../../kernel/plain-date.ts'
import type { AssignedColumns, StatementField } from '../../../payments/statements/table-profiles.ts'
import { Button, PostButton } from '../../../ui/button.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import { FilterBar } from '../../../ui/filter-bar.tsx'
import { Form } from '../../../ui/form.tsx'
import { Expander } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { SelectField, TextField } from '../../../ui/text-field.tsx'
import type { RefusalWords } from '../../../web/web.ts'
import type { BeginningOfTable } from './table-beginning.ts'
import { REVIEWING_TEXTS } from './texts.ts'

export const ASSIGNABLE = [
  'date',
  'content',
  'credit',
  'debit',
  'amount',
  'balance',
  'reference',
] as const satisfies readonly StatementField[]

export interface ColumnsPageProps {
  readonly language: Language
  readonly file: { readonly id: string; readonly name: string }
  readonly beginning: BeginningOfTable
  readonly assigned: AssignedColumns
  /** why the file could not be read */
  readonly refused: RefusalWords | undefined
  readonly problem: 'missing' | 'twice' | undefined
  readonly csrf: string
}

export function ColumnsPage(props: ColumnsPageProps) {
  const { language, file, beginning, assigned, refused, problem, csrf } = props
  const texts = REVIEWING_TEXTS[language]
  const address = `/fees/bank/files/${file.id}`
  const wrong = problem && { missing: texts.columnsMissing, twice: texts.columnsTwice }[problem]
  return (
    <>
      {wrong && <ErrorSummary errors={[{ field: 'date', text: wrong }]} />}
      <PageTitle title={texts.columnsTitle} caption={file.name} lead={texts.columnsLead} />
      {refused && (
        <Expander summary={texts.columnsWhy} open>
          <p>{refused.what}</p>
        </Expander>
      )}
      <Section title={texts.beginning}>
        <DataTable
          caption={texts.beginning}
          hideCaption
          columns={[
            { key: 'row', title: texts.row, cell: ({ number }) => String(number) },
            { key: 'cells', title: texts.cells, cell: ({ cells }) => cells.join(' | ') },
          ]}
          rows={beginning.rows}
          keyOf={({ number }) => String(number)}
        />
      </Section>
      <FilterBar action={`${address}/columns`} label={texts.headerRow} button={texts.showRow}>
        <TextField
          name="row"
          label={texts.headerRow}
          hint={texts.headerRowHint}
          value={String(beginning.headerRow)}
          numeric
          width={4}
        />
      </FilterBar>
      <Form action={`${address}/columns`} csrf={csrf} hidden={{ row: String(beginning.headerRow) }}>
        {ASSIGNABLE.map((field) => (
          <SelectField
            key={field}
            name={field}
            label={texts.columns[field]}
            value={assigned[field]}
            empty={texts.notThere}
            optional={field !== 'date' && field !== 'content'}
            error={field === 'date' ? wrong : undefined}
            options={beginning.headers.map((header) => ({ value: header, text: header }))}
          />
        ))}
        <Button>{texts.saveColumns}</Button>
      </Form>
      <PostButton action={`${address}/drop`} csrf={csrf} kind="quiet">
        {texts.drop}
      </PostButton>
    </>
  )
}
