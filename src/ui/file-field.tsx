/** Handing in files: what is accepted, what has been received with its proof, taking one back. */
import { Button } from './button.tsx'
import { classes } from './children.ts'
import type { FieldProps } from './field.tsx'
import { FieldFrame, describedBy, idOf } from './field.tsx'
import { Icon } from './icon.tsx'
import { fill, useWords } from './words.ts'

/** A file that has arrived. */
export interface UploadedFile {
  readonly id: string
  readonly name: string
  /** "PDF, 1,2 MB". */
  readonly about: string
  /** The first characters of its SHA-256. */
  readonly proof: string
  /** When it arrived, in words. */
  readonly received?: string | undefined
  readonly href?: string | undefined
  /** Address of a small picture of it. */
  readonly preview?: string | undefined
  /** Address that takes it back by POST (a `formaction`); none: it cannot be taken back. */
  readonly removeAction?: string | undefined
}

export interface FileFieldProps extends FieldProps {
  /** In words: "PDF, ảnh JPG, PNG, HEIC". */
  readonly kinds: string
  /** For the browser: ".pdf,image/jpeg,…". */
  readonly accept: string
  /** In words: "20 MB". */
  readonly maxSize: string
  readonly multiple?: boolean | undefined
  readonly uploaded?: readonly UploadedFile[] | undefined
  /** Photos are made smaller before they are sent, where scripts run. */
  readonly shrinkPhotos?: boolean | undefined
}

/** A file field; must stand in a `<Form files>`. */
export function FileField(props: FileFieldProps) {
  const words = useWords()
  const id = idOf(props)
  const described = describedBy(props, `${id}-kinds`, `${id}-status`)
  return (
    <FieldFrame field={props}>
      <UploadedFiles files={props.uploaded ?? []} />
      <div class="file-drop">
        <input
          class={classes('file-input', props.error && 'file-input--error')}
          id={id}
          name={props.name}
          type="file"
          accept={props.accept}
          multiple={props.multiple ?? false}
          aria-describedby={described}
          {...(props.error ? { 'aria-invalid': true } : {})}
          {...(props.shrinkPhotos === false ? {} : { 'data-shrink': words.fileShrinking })}
          data-shrunk={words.fileShrunk}
          data-sending={words.fileSending}
        />
        <p class="file-kinds" id={`${id}-kinds`}>
          {fill(words.filesAccepted, { kinds: props.kinds })};{' '}
          {fill(words.filesMost, { size: props.maxSize })}.
        </p>
        <p class="file-status" id={`${id}-status`} role="status" data-file-status />
      </div>
    </FieldFrame>
  )
}

function UploadedFiles({ files }: { readonly files: readonly UploadedFile[] }) {
  const words = useWords()
  if (files.length === 0) return null
  return (
    <ul class="uploaded">
      {files.map((file) => (
        <li key={file.id} class="uploaded-file">
          {file.preview && <img class="uploaded-preview" src={file.preview} alt="" width={64} height={64} />}
          <div class="uploaded-text">
            <p class="uploaded-name">
              {file.href ? (
                <a class="govuk-link" href={file.href}>
                  {file.name}
                </a>
              ) : (
                file.name
              )}{' '}
              <span class="quiet">({file.about})</span>
            </p>
            <p class="quiet">
              <span class="received">
                <Icon name="tick" />
              </span>
              {words.fileUploaded}
              {file.received && `, ${file.received}`}. {words.fileProof}: <code>{file.proof}</code>
            </p>
          </div>
          {file.removeAction && (
            <Button kind="quiet" formAction={file.removeAction} name="remove" value={file.id}>
              {words.fileRemove}
              <span class="govuk-visually-hidden">: {file.name}</span>
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
