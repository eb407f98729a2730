/** What only paper shows: where a printed page came from, and the head of a page made to be printed. */
import type { Children } from './children.ts'
import { useWords } from './words.ts'

/** The line at the foot of every printed page. */
export function PrintFoot(props: {
  readonly site: string
  readonly address: string
  readonly printedAt?: string | undefined
}) {
  const words = useWords()
  return (
    <div class="print-foot print-only" aria-hidden="true">
      {props.site}. {words.printedFrom} {props.address}
      {props.printedAt && `, ${props.printedAt}`}
    </div>
  )
}

/**
 * A page that is made to be printed: on paper it fills the sheet, with its issuer above, its title, and room for a
 * hand-written signature below; on screen it lies on the page like a sheet.
 */
export function PrintedSheet(props: {
  readonly issuer: Children
  readonly title: string
  /** Who signs by hand, each with a space to sign in. */
  readonly signers?: readonly { readonly office: string; readonly name?: string | undefined }[] | undefined
  readonly children: Children
}) {
  return (
    <article class="sheet">
      <p class="sheet-issuer">{props.issuer}</p>
      <h2 class="sheet-title">{props.title}</h2>
      {props.children}
      {props.signers && (
        <ul class="sheet-signers">
          {props.signers.map((signer) => (
            <li key={signer.office}>
              <b>{signer.office}</b>
              <span class="sheet-space" />
              {signer.name}
            </li>
          ))}
        </ul>
      )}
    </article>
  )
}
