/** A long table as a phone shows it: one short row a thing, what is done folded away, the next step always in sight. */
import type { Children } from './children.ts'

/** Only on a screen as narrow as a phone's; anything wider, and paper, has the table beside it (`WideOnly`). */
export function PhoneOnly({ children }: { readonly children: Children }) {
  return <div class="phone-only">{children}</div>
}

export function WideOnly({ children }: { readonly children: Children }) {
  return <div class="wide-only">{children}</div>
}

export interface CompactRow {
  readonly key: string
  readonly title: string
  /** The whole row leads there; absent: nowhere. */
  readonly href?: string | undefined
  /** A figure at the end of the line. */
  readonly value?: string | undefined
  /** Where it stands. */
  readonly note?: Children | undefined
}

export function CompactList({ rows }: { readonly rows: readonly CompactRow[] }) {
  return (
    <ul class="plain-list compact">
      {rows.map(({ key, title, href, value, note }) => (
        <li key={key} class="compact-row">
          {href === undefined ? (
            <span>{title}</span>
          ) : (
            <a class="compact-link" href={href}>
              {title}
            </a>
          )}
          {value !== undefined && <span class="compact-value">{value}</span>}
          {note && <span class="compact-note">{note}</span>}
        </li>
      ))}
    </ul>
  )
}

/** What is left, and the button that goes on with it: it stays at the foot of the screen while its list is looked at. */
export function NextBar(props: { readonly text: string; readonly action: Children }) {
  return (
    <div class="next-bar">
      <p>{props.text}</p>
      {props.action}
    </div>
  )
}
