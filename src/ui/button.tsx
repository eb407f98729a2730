/** Buttons and links that look like buttons: one filled action a page, others outlined or quiet. */
import type { Children } from './children.ts'
import { classes } from './children.ts'
import { Form } from './form.tsx'

/** primary: the one main action, filled green. secondary: outlined. danger: cannot be undone. quiet: like a link. */
export type ButtonKind = 'primary' | 'secondary' | 'danger' | 'quiet'

export interface ButtonProps {
  readonly kind?: ButtonKind | undefined
  readonly name?: string | undefined
  readonly value?: string | undefined
  /** Address other than the form's own, for a second way out of the same form. */
  readonly formAction?: string | undefined
  /** Id of a form elsewhere on the page. */
  readonly form?: string | undefined
  /** Id of the text that says more, for screen readers. */
  readonly describedBy?: string | undefined
  readonly children: Children
}

/** Submits the form it stands in. */
export function Button(props: ButtonProps) {
  return (
    <button
      type="submit"
      class={buttonClass(props.kind)}
      name={props.name}
      value={props.value}
      form={props.form}
      {...(props.formAction ? { formAction: props.formAction } : {})}
      {...(props.describedBy ? { 'aria-describedby': props.describedBy } : {})}
    >
      {props.children}
    </button>
  )
}

/** Goes to another page, looking like a button. */
export function ButtonLink(props: {
  readonly href: string
  readonly kind?: ButtonKind | undefined
  readonly download?: boolean | undefined
  readonly children: Children
}) {
  return (
    <a
      href={props.href}
      class={buttonClass(props.kind)}
      draggable={false}
      {...(props.download ? { download: '' } : {})}
    >
      {props.children}
    </a>
  )
}

/** A form that is nothing but its button: switching, removing, confirming. */
export function PostButton(props: {
  readonly action: string
  readonly csrf: string
  readonly kind?: ButtonKind | undefined
  readonly hidden?: Readonly<Record<string, string>> | undefined
  readonly commandId?: string | undefined
  readonly expectedNumber?: number | undefined
  readonly children: Children
}) {
  const { kind, children, ...form } = props
  return (
    <Form {...form}>
      <Button kind={kind}>{children}</Button>
    </Form>
  )
}

/** Buttons side by side, the main one first; one below the other on a phone. */
export function ButtonRow({ children }: { readonly children: Children }) {
  return <div class="button-row">{children}</div>
}

/** A plain link in running text. */
export function TextLink(props: { readonly href: string; readonly children: Children }) {
  return (
    <a class="govuk-link" href={props.href}>
      {props.children}
    </a>
  )
}

function buttonClass(kind: ButtonKind = 'primary'): string {
  return classes('button', kind !== 'primary' && `button--${kind}`)
}
