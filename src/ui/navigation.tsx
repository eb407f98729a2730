/** Finding one's way: chips with counts above the page, the way back, the path down to here, tabs, pages of a list. */
import type { LinkItem } from './children.ts'
import { Icon } from './icon.tsx'
import { fill, useWords } from './words.ts'

/** One place to go, with how much waits there. */
export interface NavigationItem extends LinkItem {
  readonly count?: number | undefined
  readonly current?: boolean | undefined
}

/** Chips above the page; they wrap on a phone. */
export function Navigation(props: {
  readonly items: readonly NavigationItem[]
  readonly label?: string | undefined
}) {
  const words = useWords()
  return (
    <nav class="navigation" aria-label={props.label ?? words.pages}>
      <ChipList items={props.items} current="page" />
    </nav>
  )
}

/** Views of one page, each with an address of its own: "Đang mở (2) · Đã xong (7)". */
export function Tabs(props: { readonly items: readonly NavigationItem[]; readonly label: string }) {
  return (
    <nav class="tabs" aria-label={props.label}>
      <ChipList items={props.items} current="true" />
    </nav>
  )
}

function ChipList(props: { readonly items: readonly NavigationItem[]; readonly current: 'page' | 'true' }) {
  return (
    <ul class="chips">
      {props.items.map((item) => (
        <li key={item.href}>
          <a class="chip" href={item.href} {...(item.current ? { 'aria-current': props.current } : {})}>
            {item.text}
            {item.count !== undefined && <span class="chip-count"> ({item.count})</span>}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** One step back, above the page's title. */
export function BackLink(props: LinkItem) {
  const words = useWords()
  return (
    <nav aria-label={words.back} class="back">
      <a class="govuk-back-link" href={props.href}>
        {props.text}
      </a>
    </nav>
  )
}

/** The path from the start down to the page above this one. */
export function Breadcrumbs({ items }: { readonly items: readonly LinkItem[] }) {
  const words = useWords()
  return (
    <nav class="govuk-breadcrumbs" aria-label={words.breadcrumbs}>
      <ol class="govuk-breadcrumbs__list">
        {items.map((item) => (
          <li class="govuk-breadcrumbs__list-item" key={item.href}>
            <a class="govuk-breadcrumbs__link" href={item.href}>
              {item.text}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

export interface PagingProps {
  /** From 1. */
  readonly page: number
  readonly pages: number
  /** Address of a page, by its number. */
  readonly hrefOf: (page: number) => string
  readonly label?: string | undefined
}

/** Pages of a long list; nothing where there is only one. */
export function Paging({ page, pages, hrefOf, label }: PagingProps) {
  const words = useWords()
  if (pages <= 1) return null
  return (
    <nav class="paging" aria-label={label ?? fill(words.pageOf, { page, pages })}>
      {page > 1 && (
        <a class="button button--secondary" rel="prev" href={hrefOf(page - 1)}>
          <Icon name="left" />
          {words.previousPage}
        </a>
      )}
      <span class="paging-where">{fill(words.pageOf, { page, pages })}</span>
      {page < pages && (
        <a class="button button--secondary" rel="next" href={hrefOf(page + 1)}>
          {words.nextPage}
          <Icon name="right" />
        </a>
      )}
    </nav>
  )
}
