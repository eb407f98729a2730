/** What has to be mended before a form can be taken, at the head of the page, each line leading to its field. */
import { fieldId } from './field.tsx'
import { useWords } from './words.ts'

/** One thing to mend: in which field (its name, or the id of a control), in words. */
export interface ErrorItem {
  readonly field?: string | undefined
  /** Id of the control where it is not `fieldId(field)`. */
  readonly id?: string | undefined
  readonly text: string
}

/** Nothing when there is nothing to mend. Its first line takes the focus where scripts run. */
export function ErrorSummary(props: {
  readonly errors: readonly ErrorItem[]
  readonly title?: string | undefined
}) {
  const words = useWords()
  if (props.errors.length === 0) return null
  return (
    <div class="govuk-error-summary" data-focus tabIndex={-1}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">{props.title ?? words.errorTitle}</h2>
        <div class="govuk-error-summary__body">
          <ul class="govuk-list govuk-error-summary__list">
            {props.errors.map((error) => {
              const id = error.id ?? (error.field === undefined ? undefined : fieldId(error.field))
              return (
                <li key={error.text}>
                  {id === undefined ? error.text : <a href={`#${id}`}>{error.text}</a>}
                </li>
              )
            })}
          </ul>
        </div>
      </div>
    </div>
  )
}
