/** Whether who is to sign can sign now: asked before anything is written, so that nobody signs into nothing. */
import { Refusal } from '../kernel/refusal.ts'
import { isValidAt, readCertificate, type Certificate } from './certificates.ts'
import type { SignerSource } from './signer-source.ts'

/** Which certificate does not serve, and between which moments it does: what its holder needs to have it renewed. */
export function certificateEnded(
  holder: 'person' | 'organisation' | 'system',
  { serial, validFrom, validTo }: Pick<Certificate, 'serial' | 'validFrom' | 'validTo'>,
): Refusal {
  return new Refusal('against-rule', 'signing.certificate-ended', {
    citation: '379-QĐ/TW, Điều 12',
    facts: {
      for: holder,
      serial: Buffer.from(serial).toString('hex').toUpperCase(),
      from: validFrom.toISOString(),
      until: validTo.toISOString(),
    },
  })
}

/** Why this person's signature cannot be given at that moment; undefined when it can. */
export async function refusalToSign(
  signers: Pick<SignerSource, 'forPerson'>,
  memberId: string,
  at: Date,
): Promise<Refusal | undefined> {
  try {
    const certificate = readCertificate((await signers.forPerson(memberId)).certificate)
    return isValidAt(certificate, at) ? undefined : certificateEnded('person', certificate)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
