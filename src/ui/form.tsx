/** A form that is posted: its hidden fields (csrf, command id, expected event number), drafts, files. */
import type { JSX } from 'preact'
import type { Children } from './children.ts'
import { useWords } from './words.ts'

export interface FormProps {
  readonly action: string
  /** Token against forged posts; sent as `csrf`. */
  readonly csrf: string
  /** Id of the command, made by the page so that asking twice is answered alike; sent as `commandId`. */
  readonly commandId?: string | undefined
  /** Number of the event the reader has seen last; sent as `expectedNumber`. */
  readonly expectedNumber?: number | undefined
  /** More hidden fields, by name. */
  readonly hidden?: Readonly<Record<string, string>> | undefined
  /** Address that takes the half-filled form by POST and answers 2xx; the form is then saved while it is written. */
  readonly draftUrl?: string | undefined
  /** True when the form carries files (multipart). */
  readonly files?: boolean | undefined
  readonly id?: string | undefined
  readonly children: Children
}

/**
 * Every form by POST is one of these, so none can be made without saying which token it carries.
 *
 * @param props.csrf undefined for who has not signed in: there is nothing that a foreign page could use
 */
export function PostForm(
  props: Omit<JSX.IntrinsicElements['form'], 'method'> & {
    readonly action: string
    readonly csrf: string | undefined
    readonly children: Children
  },
) {
  const { csrf, children, ...attributes } = props
  return (
    <form method="post" {...attributes}>
      {csrf !== undefined && <input type="hidden" name="csrf" value={csrf} />}
      {children}
    </form>
  )
}

/** A form with fields; a second press of its button is ignored while it is being sent. */
export function Form(props: FormProps) {
  const words = useWords()
  return (
    <PostForm
      csrf={props.csrf}
      action={props.action}
      id={props.id}
      class="form"
      noValidate
      data-once={words.sendingForm}
      {...(props.files ? { enctype: 'multipart/form-data' } : {})}
      {...(props.draftUrl ? { 'data-autosave': props.draftUrl } : {})}
    >
      {props.commandId !== undefined && <input type="hidden" name="commandId" value={props.commandId} />}
      {props.expectedNumber !== undefined && (
        <input type="hidden" name="expectedNumber" value={String(props.expectedNumber)} />
      )}
      <HiddenFields values={props.hidden ?? {}} />
      {props.children}
      {props.draftUrl && <p class="draft-status" role="status" data-draft-status />}
    </PostForm>
  )
}

/** Hidden inputs, by name. */
export function HiddenFields({ values }: { readonly values: Readonly<Record<string, string>> }) {
  return (
    <>
      {Object.entries(values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  )
}
