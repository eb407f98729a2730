/** Things said to the reader apart from the text: what has just been done, what went wrong, the rule, a warning. */
import type { Children, LinkItem } from './children.ts'
import { Icon } from './icon.tsx'
import { useWords } from './words.ts'

/** Why: the rule behind what the page asks, in a quiet box with its citation. */
export function RuleBox(props: {
  readonly children: Children
  /** "Quy định 294-QĐ/TW, mục 6.3.1b." */
  readonly citation?: string | undefined
  readonly href?: string | undefined
  /** A setting of this installation rather than a regulation: said in words, never as a citation. */
  readonly setting?: string | undefined
}) {
  const words = useWords()
  return (
    <div class="rule" role="note" aria-label={words.rule}>
      <p>
        {props.children}{' '}
        {props.citation && (
          <cite class="rule-citation">
            {props.href ? <a href={props.href}>{props.citation}</a> : props.citation}
          </cite>
        )}
        {props.setting && <span class="rule-setting">{props.setting}</span>}
      </p>
    </div>
  )
}

/** What has just happened, at the head of the next page; it takes the focus where scripts run. */
export function Banner(props: {
  readonly kind: 'success' | 'problem' | 'information'
  readonly title: string
  readonly children?: Children | undefined
  readonly link?: LinkItem | undefined
}) {
  const words = useWords()
  const hurry = props.kind === 'problem'
  return (
    <div class={`banner banner--${props.kind}`} role={hurry ? 'alert' : 'status'} data-focus tabIndex={-1}>
      <p class="banner-title">
        <span class="banner-mark" aria-hidden="true">
          <Icon name={BANNER_SIGNS[props.kind]} />
        </span>
        <span class="govuk-visually-hidden">{words[props.kind]}: </span>
        {props.title}
      </p>
      {props.children && <div class="banner-text">{props.children}</div>}
      {props.link && (
        <p class="banner-text">
          <a class="govuk-link" href={props.link.href}>
            {props.link.text}
          </a>
        </p>
      )}
    </div>
  )
}

const BANNER_SIGNS = { success: 'tick', problem: 'exclamation', information: 'information' } as const

/** Set apart from the text around it: a quotation, a fact to keep in mind. */
export function Inset({ children }: { readonly children: Children }) {
  return <div class="inset">{children}</div>
}

/** Something that cannot be undone or would cost dearly. */
export function Warning({ children }: { readonly children: Children }) {
  const words = useWords()
  return (
    <div class="warning">
      <span class="warning-mark" aria-hidden="true">
        <Icon name="exclamation" />
      </span>
      <p>
        <span class="govuk-visually-hidden">{words.warning}: </span>
        {children}
      </p>
    </div>
  )
}

/** More to read for those who want it. */
export function Expander(props: {
  readonly summary: string
  readonly open?: boolean | undefined
  readonly children: Children
}) {
  return (
    <details class="govuk-details" open={props.open ?? false}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{props.summary}</span>
      </summary>
      <div class="govuk-details__text">{props.children}</div>
    </details>
  )
}

/** Nothing here: why, and what one may do. */
export function EmptyState(props: {
  readonly title: string
  readonly children?: Children | undefined
  readonly action?: Children | undefined
}) {
  return (
    <div class="empty">
      <p class="empty-title">{props.title}</p>
      {props.children && <div class="quiet">{props.children}</div>}
      {props.action}
    </div>
  )
}

/** The system's reasoned no: what, why with its rule, how to mend it, and who can help. */
export function RefusalPanel(props: {
  readonly title: string
  /** What could not be done. */
  readonly what: Children
  readonly why?: Children | undefined
  readonly citation?: string | undefined
  /** What the reader can do now: sentences, buttons. */
  readonly mend: Children
  /** Code and request number, for whoever is called: "official-transfer.too-late · 7f3a". */
  readonly reference?: string | undefined
  readonly asPage?: boolean | undefined
}) {
  const words = useWords()
  const Title = props.asPage ? 'h1' : 'h2'
  const Part = props.asPage ? 'h2' : 'h3'
  return (
    <section class="refusal" role="alert" data-focus tabIndex={-1}>
      <Title class="refusal-title">{props.title}</Title>
      <p>{props.what}</p>
      {(props.why || props.citation) && (
        <>
          <Part class="refusal-part">{words.why}</Part>
          <p>
            {props.why} {props.citation && <cite class="rule-citation">{props.citation}</cite>}
          </p>
        </>
      )}
      <Part class="refusal-part">{words.howToMend}</Part>
      <div class="prose">{props.mend}</div>
      {props.reference && <p class="quiet refusal-reference">{props.reference}</p>}
    </section>
  )
}
