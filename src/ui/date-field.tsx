/** Days and months written as numbers, in the Vietnamese order: day, month, year. */
import { classes } from './children.ts'
import type { FieldProps } from './field.tsx'
import { GroupFrame, idOf } from './field.tsx'
import { useWords } from './words.ts'

/** What stands in the three boxes, exactly as it was typed. */
export interface DateParts {
  readonly day?: string | undefined
  readonly month?: string | undefined
  readonly year?: string | undefined
}

type Part = keyof DateParts

export interface DateFieldProps extends FieldProps {
  readonly value?: DateParts | undefined
  /** Which boxes are wrong; all when there is an error and nothing is said. */
  readonly wrong?: readonly Part[] | undefined
}

/** A day in three boxes, sent as `${name}-day`, `${name}-month`, `${name}-year`. The first box has the field's id. */
export function DateField(props: DateFieldProps) {
  return <Boxes {...props} parts={['day', 'month', 'year']} />
}

/** A month in two boxes, sent as `${name}-month`, `${name}-year`. */
export function MonthField(props: DateFieldProps) {
  return <Boxes {...props} parts={['month', 'year']} />
}

/** The boxes for a day given as `2026-11-25`, or for a month given as `2026-11`; empty for nothing. */
export function dateParts(date: string | undefined): DateParts {
  const [year, month, day] = (date ?? '').split('-')
  return { day: day && String(Number(day)), month: month && String(Number(month)), year: year || undefined }
}

function Boxes(props: DateFieldProps & { readonly parts: readonly Part[] }) {
  const words = useWords()
  const id = idOf(props)
  return (
    <GroupFrame field={props}>
      <div class="govuk-date-input">
        {props.parts.map((part, index) => {
          const boxId = index === 0 ? id : `${id}-${part}`
          const wrong = props.error !== undefined && (props.wrong?.includes(part) ?? true)
          return (
            <div class="govuk-date-input__item" key={part}>
              <label class="govuk-label govuk-date-input__label" for={boxId}>
                {words[part]}
              </label>
              <input
                class={classes(
                  'govuk-input govuk-date-input__input',
                  part === 'year' ? 'govuk-input--width-4' : 'govuk-input--width-2',
                  wrong && 'govuk-input--error',
                )}
                id={boxId}
                name={`${props.name}-${part}`}
                type="text"
                inputmode="numeric"
                value={props.value?.[part] ?? ''}
                {...(wrong ? { 'aria-invalid': true } : {})}
              />
            </div>
          )
        })}
      </div>
    </GroupFrame>
  )
}
