/**
 * The signature itself: CMS SignedData, detached, as PAdES baseline wants it (ETSI EN 319 142-1, 6.3; EN 319 122-1;
 * RFC 5652; RFC 5035): content type, message digest and signing certificate are signed; the time stands in `/M`.
 */

import { constants, createHash, verify } from 'node:crypto'
import type { SigningKey } from './authority.ts'
import { readCertificate, type Certificate } from './certificates.ts'
import {
  childrenOf,
  DerError,
  expectTag,
  integer,
  nothing,
  octets,
  oid,
  readNode,
  readOid,
  sequence,
  setOf,
  TAG,
  tagged,
  tlv,
  type DerNode,
} from './der.ts'

const TYPE = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.47',
  timestamp: '1.2.840.113549.1.9.16.2.14',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const

const ALGORITHM = {
  'rsa-sha256': '1.2.840.113549.1.1.11',
  'ecdsa-sha256': '1.2.840.10045.4.3.2',
} as const

export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** What a SignedData is about: by default detached data; a time-stamp token carries its own content (RFC 3161). */
export interface SignedContent {
  readonly type: string
  readonly digest: Uint8Array
  readonly carried?: Uint8Array
}

/**
 * Signs a digest. `stampOf`, where given, receives the signature value and answers with an RFC 3161 token, which makes
 * the signature B-T.
 *
 * @returns DER of the ContentInfo
 */
export async function buildSignedData(
  content: SignedContent,
  key: SigningKey,
  stampOf?: (signature: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const certificate = readCertificate(key.certificate)
  const attributes = [
    attribute(TYPE.contentType, oid(content.type)),
    attribute(TYPE.messageDigest, octets(content.digest)),
    attribute(TYPE.signingCertificate, sequence(sequence(sequence(octets(sha256(key.certificate)))))),
  ]
  const signed = setOf(...attributes)
  const signature = await key.sign(signed)
  const unsigned = stampOf ? [tagged(1, attribute(TYPE.timestamp, await stampOf(signature)))] : []
  const signer = sequence(
    integer(1),
    identifierOf(certificate),
    sequence(oid(TYPE.sha256)),
    retag(0xa0, signed),
    signatureAlgorithm(key.algorithm),
    octets(signature),
    ...unsigned,
  )
  const carried = content.carried ? [tagged(0, octets(content.carried))] : []
  const body = sequence(
    integer(content.type === TYPE.data ? 1 : 3),
    setOf(sequence(oid(TYPE.sha256))),
    sequence(oid(content.type), ...carried),
    retag(0xa0, setOf(key.certificate, ...key.chain)),
    setOf(signer),
  )
  return sequence(oid(TYPE.signedData), tagged(0, body))
}

/** Signs the digest of the bytes a paper's ByteRange covers. */
export function signDetached(
  digest: Uint8Array,
  key: SigningKey,
  stampOf?: (signature: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  return buildSignedData({ type: TYPE.data, digest }, key, stampOf)
}

/** A SignedData taken apart. Nothing in it is believed before `checkSignature`. */
export interface SignedData {
  readonly contentType: string
  readonly carried: Uint8Array | undefined
  readonly signer: Certificate
  readonly others: readonly Certificate[]
  /** the signed attributes as the SET that was signed */
  readonly signedAttributes: Uint8Array
  readonly messageDigest: Uint8Array
  readonly signedContentType: string
  readonly signingCertificateHash: Uint8Array
  readonly algorithm: keyof typeof ALGORITHM
  readonly signature: Uint8Array
  readonly timestamp: Uint8Array | undefined
}

/**
 * Reads a SignedData with exactly one signer and nothing that is not understood: what is left unread could be changed
 * unseen.
 *
 * @throws DerError
 */
export function readSignedData(node: DerNode): SignedData {
  const [type, wrapped, ...rest] = childrenOf(node, TAG.sequence)
  if (readOid(type) !== TYPE.signedData || rest.length > 0) throw new DerError('no SignedData')
  const body = only(childrenOf(expectTag(wrapped, 0xa0)))
  const [version, digests, content, certificates, signers, ...more] = childrenOf(body, TAG.sequence)
  if (!certificates || !signers || !content || !digests || more.length > 0) {
    throw new DerError('SignedData with missing or unknown parts')
  }
  const contentParts = childrenOf(content, TAG.sequence)
  const contentType = readOid(contentParts[0])
  expectSame(version?.whole, integer(contentType === TYPE.data ? 1 : 3))
  expectSame(sequenceOfDigest(only(childrenOf(digests, TAG.set))), sequence(oid(TYPE.sha256)))
  const carried = contentParts[1] && only(childrenOf(expectTag(contentParts[1], 0xa0)))
  const found = childrenOf(expectTag(certificates, 0xa0)).map((item) => readCertificate(item.whole))
  const signer = readSigner(only(childrenOf(signers, TAG.set)), found)
  return { contentType, carried: carried && expectTag(carried, TAG.octets).content, ...signer }
}

type SignerParts = Omit<SignedData, 'contentType' | 'carried'>

function readSigner(node: DerNode, certificates: readonly Certificate[]): SignerParts {
  const [version, who, digest, attributes, algorithm, value, unsigned, ...more] = childrenOf(
    node,
    TAG.sequence,
  )
  if (!who || !digest || !attributes || !algorithm || more.length > 0) throw new DerError('bad signer')
  expectSame(version?.whole, integer(1))
  expectSame(sequenceOfDigest(digest), sequence(oid(TYPE.sha256)))
  const signer = certificates.find((candidate) => same(who.whole, identifierOf(candidate)))
  if (!signer) throw new DerError('the signer’s certificate is not there')
  const signed = readAttributes(expectTag(attributes, 0xa0))
  const late = unsigned ? readAttributes(expectTag(unsigned, 0xa1)) : new Map<string, DerNode>()
  if ([...late.keys()].some((type) => type !== TYPE.timestamp))
    throw new DerError('unknown unsigned attribute')
  return {
    signer,
    others: certificates.filter((candidate) => candidate !== signer),
    signedAttributes: retag(TAG.set, attributes.whole),
    messageDigest: expectTag(signed.get(TYPE.messageDigest), TAG.octets).content,
    signedContentType: readOid(signed.get(TYPE.contentType)),
    signingCertificateHash: certificateHash(signed.get(TYPE.signingCertificate)),
    algorithm: readAlgorithm(algorithm),
    signature: expectTag(value, TAG.octets).content,
    timestamp: late.get(TYPE.timestamp)?.whole,
  }
}

export type SignatureFault =
  'signature.digest' | 'signature.certificate-binding' | 'signature.content-type' | 'signature.value'

/** What is wrong with the signature over `digest`, or undefined: RFC 5652, 5.6, and RFC 5035 for the certificate. */
export function checkSignature(data: SignedData, digest: Uint8Array): SignatureFault | undefined {
  if (data.signedContentType !== data.contentType) return 'signature.content-type'
  if (!same(data.messageDigest, digest)) return 'signature.digest'
  if (!same(data.signingCertificateHash, sha256(data.signer.der))) return 'signature.certificate-binding'
  const isRsa = data.signer.publicKey.asymmetricKeyType === 'rsa'
  if (isRsa !== (data.algorithm === 'rsa-sha256')) return 'signature.value'
  const key = isRsa
    ? { key: data.signer.publicKey, padding: constants.RSA_PKCS1_PADDING }
    : { key: data.signer.publicKey }
  return verify('sha256', data.signedAttributes, key, data.signature) ? undefined : 'signature.value'
}

export const CONTENT_TYPE = { data: TYPE.data, timestampInfo: '1.2.840.113549.1.9.16.1.4' } as const

function attribute(type: string, value: Uint8Array): Uint8Array {
  return sequence(oid(type), setOf(value))
}

/** IssuerAndSerialNumber. */
function identifierOf(certificate: Certificate): Uint8Array {
  return sequence(certificate.issuer, tlv(TAG.integer, certificate.serial))
}

function signatureAlgorithm(algorithm: SigningKey['algorithm']): Uint8Array {
  return algorithm === 'rsa-sha256'
    ? sequence(oid(ALGORITHM[algorithm]), nothing())
    : sequence(oid(ALGORITHM[algorithm]))
}

function readAlgorithm(node: DerNode): keyof typeof ALGORITHM {
  for (const algorithm of ['rsa-sha256', 'ecdsa-sha256'] as const) {
    if (same(node.whole, signatureAlgorithm(algorithm))) return algorithm
  }
  throw new DerError('unknown signature algorithm')
}

/** SHA-256 may be written with or without NULL parameters (RFC 5754, 2). */
function sequenceOfDigest(node: DerNode): Uint8Array {
  return same(node.whole, sequence(oid(TYPE.sha256), nothing())) ? sequence(oid(TYPE.sha256)) : node.whole
}

function readAttributes(node: DerNode): Map<string, DerNode> {
  const read = new Map<string, DerNode>()
  for (const item of childrenOf(node)) {
    const [type, values, ...more] = childrenOf(item, TAG.sequence)
    const key = readOid(type)
    if (read.has(key) || more.length > 0) throw new DerError('attribute twice')
    read.set(key, only(childrenOf(expectTag(values, TAG.set))))
  }
  return read
}

/** The hash in the first ESSCertIDv2; SHA-256 is its default (RFC 5035, 4). */
function certificateHash(node: DerNode | undefined): Uint8Array {
  const [list] = childrenOf(expectTag(node, TAG.sequence))
  const [first] = childrenOf(expectTag(list, TAG.sequence))
  const parts = childrenOf(expectTag(first, TAG.sequence))
  const hash = parts[0]?.tag === TAG.sequence ? parts[1] : parts[0]
  if (parts[0]?.tag === TAG.sequence) expectSame(sequenceOfDigest(parts[0]), sequence(oid(TYPE.sha256)))
  return expectTag(hash, TAG.octets).content
}

function retag(tag: number, element: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(element)
  copy[0] = tag
  return copy
}

function only(nodes: readonly DerNode[]): DerNode {
  const [first, second] = nodes
  if (!first || second) throw new DerError('expected exactly one element')
  return first
}

function same(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one !== undefined && other !== undefined && Buffer.compare(one, other) === 0
}

function expectSame(found: Uint8Array | undefined, expected: Uint8Array): void {
  if (!same(found, expected)) throw new DerError('unexpected value')
}

/** The DER at the start of a padded `/Contents`; what follows must be zeros. @throws DerError */
export function readPadded(bytes: Uint8Array): DerNode {
  const node = readNode(bytes)
  if (bytes.subarray(node.whole.length).some((byte) => byte !== 0))
    throw new DerError('bytes behind the signature')
  return node
}
