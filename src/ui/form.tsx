/** A form that is posted: its hidden fields (csrf, command id, expected event number), drafts, files. */
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

/** A form by POST; a second press of its button is ignored while it is being sent. */
export function Form(props: FormProps) {
  const words = useWords()
  return (
    <form
      method="post"
      action={props.action}
      id={props.id}
      class="form"
      noValidate
      data-once={words.sendingForm}
      {...(props.files ? { enctype: 'multipart/form-data' } : {})}
      {...(props.draftUrl ? { 'data-autosave': props.draftUrl } : {})}
    >
      <input type="hidden" name="csrf" value={props.csrf} />
      {props.commandId !== undefined && <input type="hidden" name="commandId" value={props.commandId} />}
      {props.expectedNumber !== undefined && (
        <input type="hidden" name="expectedNumber" value={String(props.expectedNumber)} />
      )}
      <HiddenFields values={props.hidden ?? {}} />
      {props.children}
      {props.draftUrl && <p class="draft-status" role="status" data-draft-status />}
    </form>
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
