/** Time-stamps (dấu thời gian, RFC 3161): reads the token a time-stamp authority gave over a signature value. */

import { chainTo, OID, type Certificate } from './certificates.ts'
import { checkSignature, CONTENT_TYPE, readSignedData, sha256 } from './cms.ts'
import { childrenOf, DerError, expectTag, readOid, readOnly, readTime, TAG } from './der.ts'

export interface Timestamp {
  readonly at: Date
  /** the authority's name */
  readonly by: string
  readonly trusted: boolean
}

const SHA256 = '2.16.840.1.101.3.4.2.1'

/**
 * @param token the ContentInfo of the unsigned attribute
 * @param signature the signature value it was made over
 * @throws DerError when the token is broken or stands over something else
 */
export function readTimestamp(
  token: Uint8Array,
  signature: Uint8Array,
  roots: readonly Certificate[],
): Timestamp {
  const data = readSignedData(readOnly(token))
  if (data.contentType !== CONTENT_TYPE.timestampInfo || !data.carried) throw new DerError('no time-stamp')
  const fault = checkSignature(data, sha256(data.carried))
  if (fault) throw new DerError(`time-stamp with ${fault}`)
  if (!data.signer.extendedUsages.includes(OID.timeStamping)) throw new DerError('not a time-stamp authority')
  const [, , imprint, , at] = childrenOf(readOnly(data.carried), TAG.sequence)
  const [algorithm, hash] = childrenOf(expectTag(imprint, TAG.sequence))
  if (readOid(algorithm && childrenOf(algorithm, TAG.sequence)[0]) !== SHA256)
    throw new DerError('unknown hash')
  if (Buffer.compare(expectTag(hash, TAG.octets).content, sha256(signature)) !== 0) {
    throw new DerError('time-stamp over something else')
  }
  const when = readTime(at)
  return {
    at: when,
    by: data.signer.commonName,
    trusted: chainTo(data.signer, data.others, roots, when) !== undefined,
  }
}
