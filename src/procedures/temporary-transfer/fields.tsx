/** The fields of a form by their kind, with what was written and what is wrong: one table for acts and questions alike. */
import type { Children } from '../../ui/children.ts'
import { Radios } from '../../ui/choice.tsx'
import { DateField, dateParts, MonthField, type DateParts } from '../../ui/date-field.tsx'
import type { ErrorItem } from '../../ui/error-summary.tsx'
import { SelectField, TextArea, TextField } from '../../ui/text-field.tsx'
import type { DraftFields } from '../../web/form-drafts.ts'
import type { StayWords } from './texts.ts'

export type FieldKind = 'area' | 'line' | 'date' | 'month' | 'attendance' | 'cell' | 'case'

export interface FieldsProps {
  readonly fields: readonly (readonly [name: string, kind: FieldKind])[]
  readonly words: StayWords
  /** what is known already, under what was typed */
  readonly known: DraftFields
  readonly written: DraftFields
  readonly errors: readonly ErrorItem[]
  readonly cells?: readonly { readonly id: string; readonly name: string }[]
}

export function Fields(props: FieldsProps): Children {
  return (
    <>
      {props.fields.map(([name, kind]) => (
        <Field key={name} {...props} name={name} kind={kind} />
      ))}
    </>
  )
}

function Field(props: FieldsProps & { readonly name: string; readonly kind: FieldKind }): Children {
  const { name, kind, words, known, written } = props
  const field = {
    name,
    label: words.fields[name] ?? name,
    hint: words.hints[name],
    optional: OPTIONAL.has(name),
    error: props.errors.find((error) => error.field === name)?.text,
  }
  const value = written[name] ?? known[name]
  switch (kind) {
    case 'area':
      return <TextArea {...field} value={value} rows={5} maxLength={AREA_MOST} />
    case 'line':
      return <TextField {...field} value={value} width={30} />
    case 'date':
      return <DateField {...field} value={partsOf(written, name, known[name])} />
    case 'month':
      return <MonthField {...field} value={partsOf(written, name, known[name])} />
    case 'attendance':
      return <Radios {...field} value={value} choices={choices(words.attendance)} />
    case 'case':
      return <Radios {...field} value={value} choices={choices(words.cases, words.caseHints)} />
    case 'cell': {
      const options = (props.cells ?? []).map(({ id, name: text }) => ({ value: id, text }))
      return <SelectField {...field} value={value} options={options} empty="–" />
    }
  }
}

const AREA_MOST = 2000

/** What may be left open. */
const OPTIONAL: ReadonlySet<string> = new Set(['decisionNumber'])

function choices(words: Readonly<Record<string, string>>, hints: Readonly<Record<string, string>> = {}) {
  return Object.entries(words).map(([value, text]) => ({ value, text, hint: hints[value] }))
}

/** The boxes as they were written, else a day that is known. */
function partsOf(written: DraftFields, name: string, known: string | undefined): DateParts {
  const [day, month, year] = [written[`${name}-day`], written[`${name}-month`], written[`${name}-year`]]
  return day === undefined && month === undefined && year === undefined
    ? dateParts(known)
    : { day, month, year }
}
