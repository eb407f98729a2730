/** Narrowing a list: a GET form in one line, the filters that hold now, and a filter of what is already on the page. */
import type { Children } from './children.ts'
import { HiddenFields } from './form.tsx'
import { Icon } from './icon.tsx'
import { fill, useWords } from './words.ts'

export interface FilterBarProps {
  readonly action: string
  readonly label: string
  readonly hidden?: Readonly<Record<string, string>> | undefined
  /** What holds now, each with the address without it. */
  readonly active?: readonly { readonly text: string; readonly hrefWithout: string }[] | undefined
  readonly clearHref?: string | undefined
  /** What its button says; "filter" unless said. */
  readonly button?: string | undefined
  /** `TextField`, `SelectField`. */
  readonly children: Children
}

export function FilterBar(props: FilterBarProps) {
  const words = useWords()
  return (
    <form class="filter" method="get" action={props.action} aria-label={props.label}>
      <HiddenFields values={props.hidden ?? {}} />
      <div class="filter-fields">
        {props.children}
        <button type="submit" class="button button--secondary">
          {props.button ?? words.filter}
        </button>
      </div>
      {props.active && props.active.length > 0 && (
        <ul class="chips">
          {props.active.map((filter) => (
            <li key={filter.text}>
              <a class="chip" href={filter.hrefWithout}>
                <span class="govuk-visually-hidden">{fill(words.filterAway, { name: '' })}</span>
                {filter.text} <Icon name="cross" />
              </a>
            </li>
          ))}
          {props.clearHref && (
            <li>
              <a class="govuk-link chip-clear" href={props.clearHref}>
                {words.clear}
              </a>
            </li>
          )}
        </ul>
      )}
    </form>
  )
}

/** Hides the rows or cards inside `of` (an id) that do not hold what is typed, accents or not; only where scripts run. */
export function LiveFilter(props: { readonly of: string; readonly label: string }) {
  const words = useWords()
  const id = `filter-${props.of}`
  return (
    <div class="only-script govuk-form-group">
      <label class="govuk-label field-label" for={id}>
        {props.label}
      </label>
      <input
        class="govuk-input govuk-input--width-20"
        type="search"
        id={id}
        autocomplete="off"
        data-live-filter={props.of}
        data-found={words.found}
        data-nothing={words.nothingFound}
      />
      <p class="quiet" role="status" data-filter-status />
    </div>
  )
}
