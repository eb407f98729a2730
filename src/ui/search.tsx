/** Looking for somebody or something: a search that needs no scripts, and a field that suggests as one types. */
import type { Children } from './children.ts'
import { classes } from './children.ts'
import type { FieldProps } from './field.tsx'
import { FieldFrame, describedBy, idOf } from './field.tsx'
import { HiddenFields, PostForm } from './form.tsx'
import { figure, fill, useWords } from './words.ts'

export interface SearchBoxProps {
  /** Page that answers by GET; by POST when there is a token. */
  readonly action: string
  /** Token against forged posts: what is typed may be personal and goes into no address. */
  readonly csrf?: string | undefined
  readonly label: string
  readonly hint?: string | undefined
  /** Name in the query string; `q` unless said. */
  readonly name?: string | undefined
  readonly value?: string | undefined
  readonly hidden?: Readonly<Record<string, string>> | undefined
  /** Address of suggestions, see `LookupField`. */
  readonly suggestUrl?: string | undefined
}

/** A search that leads to a page of results. */
export function SearchBox(props: SearchBoxProps) {
  const { action, csrf } = props
  const attributes = { action, class: 'search', role: 'search' } as const
  if (csrf === undefined)
    return (
      <form method="get" {...attributes}>
        <SearchRow {...props} />
      </form>
    )
  return (
    <PostForm {...attributes} csrf={csrf}>
      <SearchRow {...props} />
    </PostForm>
  )
}

function SearchRow(props: SearchBoxProps) {
  const words = useWords()
  const name = props.name ?? 'q'
  const field: FieldProps = { name, label: props.label, hint: props.hint }
  const described = describedBy(field)
  return (
    <>
      <HiddenFields values={props.hidden ?? {}} />
      <FieldFrame field={field}>
        <div class="search-row">
          <input
            class="govuk-input"
            type="search"
            id={idOf(field)}
            name={name}
            value={props.value ?? ''}
            autocomplete="off"
            spellcheck={false}
            {...(described ? { 'aria-describedby': described } : {})}
            {...lookupAttributes(props.suggestUrl, words.chooseFromList, words.nothingFound)}
          />
          <button type="submit" class="button button--secondary">
            {words.search}
          </button>
        </div>
      </FieldFrame>
    </>
  )
}

/** What a search found: its count, then the results one below the other. */
export function SearchResults<T>(props: {
  readonly results: readonly T[]
  /** Count over all pages; the length of `results` unless said. */
  readonly total?: number | undefined
  readonly keyOf: (result: T) => string
  readonly hrefOf?: ((result: T) => string) | undefined
  readonly title: (result: T) => string
  readonly about?: ((result: T) => Children) | undefined
}) {
  const words = useWords()
  const total = props.total ?? props.results.length
  return (
    <div class="search-results">
      <p class="quiet" role="status">
        {total === 0 ? words.nothingFound : fill(words.found, { count: figure(words, total) })}
      </p>
      <ul class="plain-list rows">
        {props.results.map((result) => (
          <li key={props.keyOf(result)} class="row">
            <p class="row-title">
              {props.hrefOf ? (
                <a class="govuk-link" href={props.hrefOf(result)}>
                  {props.title(result)}
                </a>
              ) : (
                props.title(result)
              )}
            </p>
            {props.about && <p class="quiet">{props.about(result)}</p>}
          </li>
        ))}
      </ul>
    </div>
  )
}

export interface LookupFieldProps extends FieldProps {
  readonly value?: string | undefined
  /**
   * Address answering `?q=` with JSON `[{ "value": "…", "text": "…", "about": "…" }]`; the text goes into the field, the
   * value into the hidden field `${name}Id`. Without scripts the text alone is sent and the server looks it up.
   */
  readonly suggestUrl: string
  /** What `${name}Id` holds already. */
  readonly valueId?: string | undefined
}

/** A text field that suggests as one types. */
export function LookupField(props: LookupFieldProps) {
  const words = useWords()
  const described = describedBy(props)
  const id = idOf(props)
  return (
    <FieldFrame field={props}>
      <input
        class={classes('govuk-input', props.error && 'govuk-input--error')}
        type="text"
        id={id}
        name={props.name}
        value={props.value ?? ''}
        autocomplete="off"
        spellcheck={false}
        {...(described ? { 'aria-describedby': described } : {})}
        {...(props.error ? { 'aria-invalid': true } : {})}
        {...lookupAttributes(props.suggestUrl, words.chooseFromList, words.nothingFound)}
        data-lookup-id={`${id}-id`}
      />
      <input type="hidden" id={`${id}-id`} name={`${props.name}Id`} value={props.valueId ?? ''} />
    </FieldFrame>
  )
}

function lookupAttributes(url: string | undefined, found: string, nothing: string) {
  return url === undefined ? {} : { 'data-lookup': url, 'data-found': found, 'data-nothing': nothing }
}
