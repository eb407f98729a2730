/** What can be wrong with a signed paper. */

export type ProblemCode =
  | 'file.unreadable'
  | 'file.active-content'
  | 'file.not-signed'
  | 'form.not-empty'
  | 'revision.trailer-changed'
  | 'revision.object-changed'
  | 'revision.field-changed'
  | 'revision.points-outside'
  | 'revision.stray-object'
  | 'revision.not-one-signature'
  | 'signature.misplaced'
  | 'signature.unreadable'
  | 'signature.range'
  | 'signature.digest'
  | 'signature.content-type'
  | 'signature.certificate-binding'
  | 'signature.value'
  | 'signature.timestamp'
  | 'signature.time-order'
  | 'signature.in-the-future'

/** Something wrong; `facts` say where, never anything of the paper's content. */
export interface Problem {
  readonly code: ProblemCode
  readonly facts: Readonly<Record<string, string | number>>
}
