/** A value to be typed elsewhere: large, selected whole by a touch, with a button that copies it where scripts run. */
import { useWords } from './words.ts'

export function CopyValue(props: {
  /** as it is read */
  readonly value: string
  /** as it is copied, where that differs: an amount without dots */
  readonly copied?: string | undefined
  /** what it is, for those who hear the button */
  readonly name: string
}) {
  const words = useWords()
  return (
    <span class="copy">
      <span class="copy-value">{props.value}</span>
      <button
        type="button"
        class="button button--secondary copy-button only-script"
        data-copy={props.copied ?? props.value}
        data-copied={words.copied}
      >
        <span data-copy-words>{words.copy}</span>
        <span class="govuk-visually-hidden"> {props.name}</span>
      </button>
      <span class="govuk-visually-hidden" role="status" data-copy-status />
    </span>
  )
}
