/** Who signs with what: one port, behind it the test authority of a trial or the certificates of a real installation. */
import { randomBytes, verify, X509Certificate } from 'node:crypto'
import { Refusal } from '../kernel/refusal.ts'
import type { SigningKey } from '../signatures/authority.ts'
import { isValidAt, readCertificate } from '../signatures/certificates.ts'
import type { SignerSource as KeySource } from '../signatures/signer-source.ts'

/** The port of `signatures/`, with what only the roof asks. */
export interface SignerSource extends KeySource {
  /**
   * Whether the house itself can sign: the system's key, and the tokens of this machine that hold seals. Only a key in a file is
   * tried; a token or service says that it is there.
   *
   * @throws Error whose message says what is wrong and what to do
   */
  check(): Promise<void>
  /** @throws Error whose message names what the list of keys leaves in doubt: with that no server starts */
  refuseDoubt?(): Promise<void>
}

export type Holder = 'person' | 'organisation' | 'system'

export function noCertificate(holder: Holder): Refusal {
  return new Refusal('against-rule', 'signing.no-certificate', { facts: { for: holder } })
}

/**
 * Signs something never seen before and verifies it with the certificate.
 *
 * @throws Error `not valid now` or `key does not match`
 */
export async function probe(key: SigningKey, at: Date): Promise<void> {
  if (!isValidAt(readCertificate(key.certificate), at)) throw new Error('certificate not valid now')
  const words = randomBytes(32)
  const signature = await key.sign(words)
  if (!verify('sha256', words, new X509Certificate(key.certificate).publicKey, signature))
    throw new Error('key does not match its certificate')
}

/** A real database without SIGNING_FOLDER: nothing is signed, nothing is trusted, and the installation is not ready. */
export const NO_SIGNERS: SignerSource = {
  test: false,
  forPerson: () => Promise.reject(noCertificate('person')),
  whyNotPerson: () => Promise.resolve(noCertificate('person')),
  forOrganisation: () => Promise.reject(noCertificate('organisation')),
  forSystem: () => Promise.reject(noCertificate('system')),
  trustRoots: () => Promise.resolve([]),
  check: () => Promise.reject(noCertificate('system')),
}
