/** Time-stamps (dấu thời gian, RFC 3161): makes and reads the token of a time-stamp authority over a signature value. */

import { randomBytes } from 'node:crypto'
import type { SigningKey } from './authority.ts'
import { chainTo, OID, type Certificate } from './certificates.ts'
import { buildSignedData, checkSignature, CONTENT_TYPE, readSignedData, sha256 } from './cms.ts'
import {
  childrenOf,
  DerError,
  expectTag,
  generalTime,
  integer,
  octets,
  oid,
  readOid,
  readOnly,
  readTime,
  sequence,
  TAG,
} from './der.ts'
import type { Timestamper } from './seal.ts'

export interface Timestamp {
  readonly at: Date
  /** the authority's name */
  readonly by: string
  readonly trusted: boolean
}

const SHA256 = '2.16.840.1.101.3.4.2.1'
/** Policy "any" (RFC 5280, 4.2.1.4): a time-stamp of this system's own promises nothing beyond its clock. */
const ANY_POLICY = '2.5.29.32.0'

/** A time-stamp authority of this system's own, with a certificate of kind `timestamp` and the clock it is given. */
export function ownTimestamper(key: SigningKey, now: () => Date): Timestamper {
  return {
    timestamp(digest) {
      const carried = sequence(
        integer(1),
        oid(ANY_POLICY),
        sequence(sequence(oid(SHA256)), octets(digest)),
        integer(randomBytes(8)),
        generalTime(now()),
      )
      return buildSignedData({ type: CONTENT_TYPE.timestampInfo, digest: sha256(carried), carried }, key)
    },
  }
}

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
