/** Who signs with what: one port, behind it the test authority of a trial or the certificates of a real installation. */
import { randomBytes, verify, X509Certificate } from 'node:crypto'
import { Refusal } from '../kernel/refusal.ts'
import type { SigningKey } from '../signatures/authority.ts'
import { isValidAt, readCertificate } from '../signatures/certificates.ts'
import type { SignerSource as KeySource } from '../signatures/signer-source.ts'

/** The port of `signatures/`, with what only the roof asks. */
export interface SignerSource extends KeySource {
  /** @throws Error when the system's certificate is not valid now, or its key does not sign what it verifies */
  check(): Promise<void>
  /** what signing needs beside files: tokens, services, a time-stamp authority. Each can be asked alone. */
  readonly sources: readonly KeyHolder[]
}

/** A place outside this machine's files that signing asks. */
export interface KeyHolder {
  readonly kind: 'token' | 'service' | 'timestamp'
  /** as the configuration calls it */
  readonly name: string
  /** @throws Error whose message says, in both languages, what is wrong and what to do */
  check(): Promise<void>
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
  sources: [],
  forPerson: () => Promise.reject(noCertificate('person')),
  whyNotPerson: () => Promise.resolve(noCertificate('person')),
  forOrganisation: () => Promise.reject(noCertificate('organisation')),
  forSystem: () => Promise.reject(noCertificate('system')),
  trustRoots: () => Promise.resolve([]),
  check: () => Promise.reject(noCertificate('system')),
}
