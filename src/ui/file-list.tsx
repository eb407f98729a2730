/** Papers and files of a matter with their standing, and the square code that leads to their check. */
import type { Children } from './children.ts'
import type { UiWords } from './words.ts'
import { Icon } from './icon.tsx'
import { useWords } from './words.ts'

export interface FileItem {
  readonly title: string
  readonly href?: string | undefined
  /** "PDF, 2 chữ ký hợp lệ", "chờ ký". */
  readonly about?: Children | undefined
  /** valid: here and verified. awaited: not here yet. wrong: its check failed. */
  readonly standing: 'valid' | 'awaited' | 'wrong'
}

const SIGNS = { valid: 'tick', awaited: 'circle', wrong: 'cross' } as const
const MARK_WORDS = {
  valid: 'filesChecked',
  awaited: 'filesAwaited',
  wrong: 'filesWrong',
} as const satisfies Record<FileItem['standing'], keyof UiWords>

export function FileList({ files }: { readonly files: readonly FileItem[] }) {
  const words = useWords()
  return (
    <ul class="files">
      {files.map((file) => (
        <li key={file.title} class={`file file--${file.standing}`}>
          <span class="file-mark" aria-hidden="true">
            <Icon name={SIGNS[file.standing]} />
          </span>
          <span>
            <span class="govuk-visually-hidden">{words[MARK_WORDS[file.standing]]} </span>
            {file.href ? (
              <a class="govuk-link" href={file.href}>
                {file.title}
              </a>
            ) : (
              file.title
            )}
            {file.about && <span class="file-about">{file.about}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}

/**
 * A square code with what it leads to.
 *
 * @param svg a whole `<svg>` made by us, never text of a user's: it is put in as it is
 */
export function QrCode(props: {
  readonly svg: string
  readonly label: string
  readonly caption?: Children | undefined
}) {
  return (
    <figure class="qr">
      <div
        class="qr-code"
        role="img"
        aria-label={props.label}
        dangerouslySetInnerHTML={{ __html: props.svg }}
      />
      {props.caption && <figcaption class="quiet">{props.caption}</figcaption>}
    </figure>
  )
}
