/** What every field of a form shares: its id, label, hint, error, and how they are tied together for screen readers. */
import type { Children } from './children.ts'
import { classes } from './children.ts'
import { useWords } from './words.ts'

/** Props every field takes. */
export interface FieldProps {
  readonly name: string
  readonly label: string
  readonly hint?: Children | undefined
  /** What is wrong with this field and how to mend it, in words. */
  readonly error?: string | undefined
  /** Says so beside the label; fields are required unless they say otherwise. */
  readonly optional?: boolean | undefined
  /** Where two forms on a page have a field of the same name. */
  readonly id?: string | undefined
  /** The label is the page's heading: one question a page. */
  readonly asHeading?: boolean | undefined
}

/** The id of a field's control (the first one where it has several): `#${fieldId(name)}` is where error links lead. */
export function fieldId(name: string): string {
  return 'field-' + name.replace(/[^A-Za-z0-9_-]+/g, '-')
}

/** The id this field's control has. */
export function idOf(field: Pick<FieldProps, 'name' | 'id'>): string {
  return field.id ?? fieldId(field.name)
}

/** Value of aria-describedby: the hint, the error, and what else explains the field. */
export function describedBy(field: FieldProps, ...more: readonly (string | undefined)[]): string | undefined {
  const id = idOf(field)
  const ids = [field.hint ? `${id}-hint` : undefined, field.error ? `${id}-error` : undefined, ...more]
  return ids.filter(Boolean).join(' ') || undefined
}

/** A label with one control below it. */
export function FieldFrame(props: { readonly field: FieldProps; readonly children: Children }) {
  const { field } = props
  const id = idOf(field)
  const label = (
    <label class={classes('govuk-label', field.asHeading ? 'govuk-label--l' : 'field-label')} for={id}>
      {field.label}
      <OptionalMark field={field} />
    </label>
  )
  return (
    <div class={classes('govuk-form-group', field.error && 'govuk-form-group--error')}>
      {field.asHeading ? <h1 class="govuk-label-wrapper">{label}</h1> : label}
      <HintAndError field={field} />
      {props.children}
    </div>
  )
}

/** A question with several controls below it. */
export function GroupFrame(props: { readonly field: FieldProps; readonly children: Children }) {
  const { field } = props
  const described = describedBy(field)
  return (
    <div class={classes('govuk-form-group', field.error && 'govuk-form-group--error')}>
      <fieldset class="govuk-fieldset" {...(described ? { 'aria-describedby': described } : {})}>
        <Legend asHeading={field.asHeading}>
          {field.label}
          <OptionalMark field={field} />
        </Legend>
        <HintAndError field={field} />
        {props.children}
      </fieldset>
    </div>
  )
}

/** Fields that belong together, under one title. */
export function Fieldset(props: {
  readonly legend: string
  readonly asHeading?: boolean | undefined
  readonly children: Children
}) {
  return (
    <fieldset class="govuk-fieldset fieldset-group">
      <Legend asHeading={props.asHeading} size="m">
        {props.legend}
      </Legend>
      {props.children}
    </fieldset>
  )
}

function Legend(props: {
  readonly asHeading?: boolean | undefined
  readonly size?: 'm' | undefined
  readonly children: Children
}) {
  const size = props.asHeading
    ? 'govuk-fieldset__legend--l'
    : (props.size ?? false) && 'govuk-fieldset__legend--m'
  return (
    <legend class={classes('govuk-fieldset__legend', size || 'field-label')}>
      {props.asHeading ? <h1 class="govuk-fieldset__heading">{props.children}</h1> : props.children}
    </legend>
  )
}

function OptionalMark({ field }: { readonly field: FieldProps }) {
  const words = useWords()
  return field.optional ? <span class="optional"> {words.optional}</span> : null
}

function HintAndError({ field }: { readonly field: FieldProps }) {
  const words = useWords()
  const id = idOf(field)
  return (
    <>
      {field.hint && (
        <div class="govuk-hint" id={`${id}-hint`}>
          {field.hint}
        </div>
      )}
      {field.error && (
        <p class="govuk-error-message" id={`${id}-error`}>
          <span class="govuk-visually-hidden">{words.errorPrefix}</span> {field.error}
        </p>
      )}
    </>
  )
}
