/** Choices one can see at once: one of several, several of several, one box to tick. */
import type { Children } from './children.ts'
import { classes } from './children.ts'
import type { FieldProps } from './field.tsx'
import { GroupFrame, idOf } from './field.tsx'
import { useWords } from './words.ts'

/** A choice with an explanation of its own. */
export interface Choice {
  readonly value: string
  readonly text: Children
  readonly hint?: Children | undefined
  /** More fields that matter only when this is chosen; always visible without scripts. */
  readonly more?: Children | undefined
  /** Why this cannot be chosen; the choice is shown, switched off. */
  readonly refused?: string | undefined
}

export interface RadiosProps extends FieldProps {
  readonly choices: readonly Choice[]
  readonly value?: string | undefined
  readonly inline?: boolean | undefined
}

/** One of several. */
export function Radios(props: RadiosProps) {
  return (
    <GroupFrame field={props}>
      <div class={classes('govuk-radios', props.inline && 'govuk-radios--inline')}>
        {props.choices.map((choice, index) => (
          <ChoiceItem
            key={choice.value}
            type="radio"
            name={props.name}
            id={choiceId(props, index)}
            choice={choice}
            checked={choice.value === props.value}
          />
        ))}
      </div>
    </GroupFrame>
  )
}

export interface CheckboxesProps extends FieldProps {
  readonly choices: readonly Choice[]
  readonly values?: readonly string[] | undefined
}

/** Several of several, all under one name. */
export function Checkboxes(props: CheckboxesProps) {
  return (
    <GroupFrame field={props}>
      <div class="govuk-checkboxes">
        {props.choices.map((choice, index) => (
          <ChoiceItem
            key={choice.value}
            type="checkbox"
            name={props.name}
            id={choiceId(props, index)}
            choice={choice}
            checked={props.values?.includes(choice.value) ?? false}
          />
        ))}
      </div>
    </GroupFrame>
  )
}

/** One box to tick, such as a promise; its value is `yes` when ticked. */
export function Checkbox(
  props: Omit<FieldProps, 'asHeading' | 'optional'> & { readonly checked?: boolean | undefined },
) {
  const words = useWords()
  const id = idOf(props)
  return (
    <div class={classes('govuk-form-group', props.error && 'govuk-form-group--error')}>
      {props.error && (
        <p class="govuk-error-message" id={`${id}-error`}>
          <span class="govuk-visually-hidden">{words.errorPrefix}</span> {props.error}
        </p>
      )}
      <div class="govuk-checkboxes">
        <ChoiceItem
          type="checkbox"
          name={props.name}
          id={id}
          choice={{ value: 'yes', text: props.label, hint: props.hint }}
          checked={props.checked ?? false}
          errorId={props.error ? `${id}-error` : undefined}
        />
      </div>
    </div>
  )
}

function choiceId(field: FieldProps, index: number): string {
  return index === 0 ? idOf(field) : `${idOf(field)}-${index + 1}`
}

function ChoiceItem(props: {
  readonly type: 'radio' | 'checkbox'
  readonly name: string
  readonly id: string
  readonly choice: Choice
  readonly checked: boolean
  readonly errorId?: string | undefined
}) {
  const { choice, id } = props
  const block = props.type === 'radio' ? 'govuk-radios' : 'govuk-checkboxes'
  const hint = choice.refused ?? choice.hint
  const described = [hint ? `${id}-item-hint` : undefined, props.errorId].filter(Boolean).join(' ')
  return (
    <>
      <div class={`${block}__item`}>
        <input
          class={`${block}__input`}
          id={id}
          name={props.name}
          type={props.type}
          value={choice.value}
          checked={props.checked}
          disabled={choice.refused !== undefined}
          {...(described ? { 'aria-describedby': described } : {})}
          {...(choice.more ? { 'data-reveals': `${id}-more` } : {})}
        />
        <label class={`govuk-label ${block}__label`} for={id}>
          {choice.text}
        </label>
        {hint && (
          <div class={`govuk-hint ${block}__hint`} id={`${id}-item-hint`}>
            {hint}
          </div>
        )}
      </div>
      {choice.more && (
        <div class={`${block}__conditional`} id={`${id}-more`}>
          {choice.more}
        </div>
      )}
    </>
  )
}
