/** Fields for writing: one line, several lines with a count, a choice from a closed list. */
import { classes } from './children.ts'
import type { FieldProps } from './field.tsx'
import { FieldFrame, describedBy, idOf } from './field.tsx'
import { fill, useWords } from './words.ts'

export interface TextFieldProps extends FieldProps {
  readonly value?: string | undefined
  readonly type?: 'text' | 'tel' | 'email' | 'password' | 'search' | undefined
  /** Shows the keyboard of digits on a phone; the value stays text. */
  readonly numeric?: boolean | undefined
  /** How many characters the field looks made for. */
  readonly width?: 2 | 4 | 5 | 10 | 20 | 30 | undefined
  readonly autocomplete?: string | undefined
  readonly spellcheck?: boolean | undefined
  /** Words before or after the field: a unit such as "đồng". */
  readonly prefix?: string | undefined
  readonly suffix?: string | undefined
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const described = describedBy(props)
  const input = (
    <input
      class={classes(
        'govuk-input',
        props.width !== undefined && `govuk-input--width-${props.width}`,
        props.error && 'govuk-input--error',
      )}
      id={idOf(props)}
      name={props.name}
      type={props.type ?? 'text'}
      value={props.value ?? ''}
      spellcheck={props.spellcheck ?? false}
      {...(props.numeric ? { inputmode: 'numeric' as const } : {})}
      {...(props.autocomplete ? { autocomplete: props.autocomplete } : {})}
      {...(described ? { 'aria-describedby': described } : {})}
      {...(props.error ? { 'aria-invalid': true } : {})}
    />
  )
  const wrapped = props.prefix !== undefined || props.suffix !== undefined
  return (
    <FieldFrame field={props}>
      {wrapped ? (
        <div class="govuk-input__wrapper">
          {props.prefix && <div class="govuk-input__prefix">{props.prefix}</div>}
          {input}
          {props.suffix && <div class="govuk-input__suffix">{props.suffix}</div>}
        </div>
      ) : (
        input
      )}
    </FieldFrame>
  )
}

export interface TextAreaProps extends FieldProps {
  readonly value?: string | undefined
  readonly rows?: number | undefined
  /** Most characters; shown, and counted down where scripts run. */
  readonly maxLength?: number | undefined
}

/** Several lines, with the count of what is left. */
export function TextArea(props: TextAreaProps) {
  const words = useWords()
  const id = idOf(props)
  const described = describedBy(props, props.maxLength === undefined ? undefined : `${id}-count`)
  return (
    <FieldFrame field={props}>
      <textarea
        class={classes('govuk-textarea', props.error && 'govuk-textarea--error')}
        id={id}
        name={props.name}
        rows={props.rows ?? 5}
        {...(described ? { 'aria-describedby': described } : {})}
        {...(props.error ? { 'aria-invalid': true } : {})}
        {...(props.maxLength !== undefined ? { 'data-count': props.maxLength } : {})}
      >
        {props.value ?? ''}
      </textarea>
      {props.maxLength !== undefined && (
        <div
          class="govuk-hint field-count"
          id={`${id}-count`}
          data-left={words.charactersLeft}
          data-over={words.charactersOver}
        >
          {fill(words.charactersMost, { count: props.maxLength })}
        </div>
      )}
    </FieldFrame>
  )
}

/** One choice of a list. */
export interface Option {
  readonly value: string
  readonly text: string
}

export interface SelectFieldProps extends FieldProps {
  readonly options: readonly Option[]
  readonly value?: string | undefined
  /** First line that is no choice yet: "Chọn một tổ chức". */
  readonly empty?: string | undefined
}

/** A choice from a closed list; use radios up to seven choices. */
export function SelectField(props: SelectFieldProps) {
  const described = describedBy(props)
  return (
    <FieldFrame field={props}>
      <select
        class={classes('govuk-select', props.error && 'govuk-select--error')}
        id={idOf(props)}
        name={props.name}
        {...(described ? { 'aria-describedby': described } : {})}
        {...(props.error ? { 'aria-invalid': true } : {})}
      >
        {props.empty !== undefined && <option value="">{props.empty}</option>}
        {props.options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === props.value}>
            {option.text}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}
