/** The refusal of a certificate that does not serve: said before anything is written, so that nobody signs into nothing. */
import { Refusal } from '../kernel/refusal.ts'
import type { Certificate } from './certificates.ts'

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
