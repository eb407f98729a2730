/** Facts one below the other: term, value, perhaps a way to change it. */
import type { Children } from './children.ts'
import { classes } from './children.ts'
import { useWords } from './words.ts'

export interface SummaryRow {
  readonly term: string
  readonly value: Children
  /** The value is partly hidden already ("079•••••••12"); said to those who hear it. */
  readonly masked?: boolean | undefined
  /** "Sửa", "Xem đủ số". */
  readonly action?: { readonly href: string; readonly text: string } | undefined
}

/** compact: in a side card, without lines. */
export function SummaryList(props: {
  readonly rows: readonly SummaryRow[]
  readonly compact?: boolean | undefined
}) {
  return (
    <dl class={classes('summary', props.compact && 'summary--compact')}>
      {props.rows.map((row) => (
        <div class="summary-row" key={row.term}>
          <dt>{row.term}</dt>
          <dd>
            {row.masked ? <Masked value={String(row.value)} /> : row.value}
            {row.action && (
              <a class="govuk-link summary-action" href={row.action.href}>
                {row.action.text}
                <span class="govuk-visually-hidden">: {row.term}</span>
              </a>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A partly hidden number: dots for the eye, words for the ear. */
export function Masked({ value }: { readonly value: string }) {
  const words = useWords()
  const spoken = value.replace(/[•*]+/g, ' … ')
  return (
    <span class="masked">
      <span aria-hidden="true">{value}</span>
      <span class="govuk-visually-hidden">
        {spoken} ({words.masked})
      </span>
    </span>
  )
}
