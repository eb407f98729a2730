/**
 * Tries (lần thử) of PINs and one-time codes: a port, so that all processes of an installation remember together, beyond a
 * restart, what was refused or may have been used up. Such a secret never goes out again.
 */

/** What an error says of the secret that was sent: refused; never sent; or nobody knows, so that the try may have counted. */
export type Verdict = 'refused' | 'not-sent' | 'unknown'

interface Trial<T> {
  /** the token, or the credential of a service; stands in no log */
  readonly holder: string
  readonly secret: string
  /** a code that serves once, taken or not */
  readonly once?: boolean
  readonly send: () => Promise<T>
  readonly judge: (error: unknown) => Verdict
}

export interface Tries {
  /**
   * Sends the secret, one process at a time. A PIN that was taken before may be sent again after an answer that was lost.
   *
   * @throws SecretSpent before anything is sent; what `send` throws
   */
  use<T>(trial: Trial<T>): Promise<T>
  /** what was taken before was refused later, in an answer that `send` did not wait for */
  refused(holder: string, secret: string): Promise<void>
  /** whether the secret would not be sent; looks and writes nothing */
  isSpent(holder: string, secret: string): Promise<boolean>
}

/** The secret was refused, or sent without an answer, before: only a human may have it tried again. */
export class SecretSpent extends Error {
  override readonly name = 'SecretSpent'
}
