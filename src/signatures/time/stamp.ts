/** A time-stamp token (dấu thời gian, RFC 3161) over a signature value: read strictly as to what it proves. */

import { chainTo, OID, type Certificate } from '../certificates.ts'
import { checkSignature, CONTENT_TYPE, readSignedData, sha256 } from '../cms.ts'
import { childrenOf, DerError, expectTag, readMoment, readOid, readOnly, TAG, type DerNode } from '../der.ts'

export interface Timestamp {
  readonly at: Date
  /** the authority's name */
  readonly by: string
  readonly trusted: boolean
  readonly policy: string
  /** the number the asker sent along, as it is encoded */
  readonly nonce: Uint8Array | undefined
}

export const SHA256 = '2.16.840.1.101.3.4.2.1'

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
  const data = readSignedData(readOnly(token), 'an-authority')
  if (data.contentType !== CONTENT_TYPE.timestampInfo || !data.carried) throw new DerError('no time-stamp')
  const fault = checkSignature(data, data.carried)
  if (fault) throw new DerError(`time-stamp with ${fault}`)
  if (!data.signer.extendedUsages.includes(OID.timeStamping)) throw new DerError('not a time-stamp authority')
  const [, policy, imprint, , at, ...more] = childrenOf(readOnly(data.carried), TAG.sequence)
  expectImprint(imprint, sha256(signature))
  const when = readMoment(at)
  return {
    at: when,
    by: data.signer.commonName,
    trusted: chainTo(data.signer, data.others, roots, when) !== undefined,
    policy: readOid(policy),
    nonce: more.find(({ tag }) => tag === TAG.integer)?.content,
  }
}

function expectImprint(node: DerNode | undefined, digest: Uint8Array): void {
  const [algorithm, hash] = childrenOf(expectTag(node, TAG.sequence))
  if (readOid(algorithm && childrenOf(algorithm, TAG.sequence)[0]) !== SHA256)
    throw new DerError('unknown hash')
  if (Buffer.compare(expectTag(hash, TAG.octets).content, digest) !== 0)
    throw new DerError('time-stamp over something else')
}
