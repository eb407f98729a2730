/**
 * The signature itself: CMS SignedData, detached, as PAdES baseline wants it (ETSI EN 319 142-1, 6.3; EN 319 122-1;
 * RFC 5652; RFC 5035): content type, message digest and signing certificate are signed; the time stands in `/M`.
 */

import { constants, createHash, verify } from 'node:crypto'
import { fromOutside } from '../kernel/outside.ts'
import { Refusal } from '../kernel/refusal.ts'
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
  signingCertificateBefore: '1.2.840.113549.1.9.16.2.12',
  timestamp: '1.2.840.113549.1.9.16.2.14',
  rsa: '1.2.840.113549.1.1.1',
} as const

const DIGEST = {
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const
type Digest = keyof typeof DIGEST

const ALGORITHM = {
  'rsa-sha256': '1.2.840.113549.1.1.11',
  'rsa-sha384': '1.2.840.113549.1.1.12',
  'rsa-sha512': '1.2.840.113549.1.1.13',
  'ecdsa-sha256': '1.2.840.10045.4.3.2',
  'ecdsa-sha384': '1.2.840.10045.4.3.3',
  'ecdsa-sha512': '1.2.840.10045.4.3.4',
} as const
type Algorithm = keyof typeof ALGORITHM

/**
 * Whose signature is read: papers are signed by this system, in one way only; time-stamps come from whoever runs an
 * authority, with SHA-384 and SHA-512 too, revocation lists along, and the older binding to the certificate (RFC 2634).
 */
export type Writer = 'us' | 'an-authority'

export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  return hashOf('sha256', parts)
}

/** What a SignedData is about: by default detached data; a time-stamp token carries its own content (RFC 3161). */
export interface SignedContent {
  readonly type: string
  readonly digest: Uint8Array
  readonly carried?: Uint8Array
}

/**
 * Signs a digest. Where the key has a time-stamp for its signature value, it becomes B-T.
 *
 * @throws Refusal as `signChecked`
 * @returns DER of the ContentInfo
 */
export async function buildSignedData(content: SignedContent, key: SigningKey): Promise<Uint8Array> {
  const certificate = readCertificate(key.certificate)
  const attributes = [
    attribute(TYPE.contentType, oid(content.type)),
    attribute(TYPE.messageDigest, octets(content.digest)),
    attribute(TYPE.signingCertificate, sequence(sequence(sequence(octets(sha256(key.certificate)))))),
  ]
  const signed = setOf(...attributes)
  const { signature, stamp } = await signAndStamp(signed, key)
  const unsigned = stamp ? [tagged(1, attribute(TYPE.timestamp, stamp))] : []
  const signer = sequence(
    integer(1),
    identifierOf(certificate),
    sequence(oid(DIGEST.sha256)),
    retag(0xa0, signed),
    signatureAlgorithm(key.algorithm),
    octets(signature),
    ...unsigned,
  )
  const carried = content.carried ? [tagged(0, octets(content.carried))] : []
  const body = sequence(
    integer(content.type === TYPE.data ? 1 : 3),
    setOf(sequence(oid(DIGEST.sha256))),
    sequence(oid(content.type), ...carried),
    retag(0xa0, setOf(key.certificate, ...key.chain)),
    setOf(signer),
  )
  return sequence(oid(TYPE.signedData), tagged(0, body))
}

interface Signed {
  readonly signature: Uint8Array
  readonly stamp: Uint8Array | undefined
}

/** A key for which somebody is waited for signs with no transaction open. */
async function signAndStamp(data: Uint8Array, key: SigningKey): Promise<Signed> {
  const sign = async (): Promise<Signed> => {
    const signature = await signChecked(data, key)
    return { signature, stamp: await key.stamp?.(signature) }
  }
  if (!key.waits) return sign()
  const what = Buffer.from(sha256(data, key.certificate)).toString('hex')
  return fromOutside(what, sign, { signature: new Uint8Array(), stamp: undefined })
}

/**
 * Signs, and believes the signature only when the certificate that was handed out verifies it: a token or service that signs
 * with another key makes nothing.
 *
 * @throws Refusal conflict `signing.wrong-key`
 */
export async function signChecked(data: Uint8Array, key: SigningKey): Promise<Uint8Array> {
  const signature = await key.sign(data)
  if (!verify('sha256', data, readCertificate(key.certificate).publicKey, signature))
    throw new Refusal('conflict', 'signing.wrong-key')
  return signature
}

/** Signs the digest of the bytes a paper's ByteRange covers. */
export function signDetached(digest: Uint8Array, key: SigningKey): Promise<Uint8Array> {
  return buildSignedData({ type: TYPE.data, digest }, key)
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
  /** of the signing certificate, SHA-256, or SHA-1 in the older binding */
  readonly signingCertificateHash: Uint8Array
  readonly digest: Digest
  readonly algorithm: Algorithm
  readonly signature: Uint8Array
  readonly timestamp: Uint8Array | undefined
}

/**
 * Reads a SignedData with exactly one signer and nothing that is not understood: what is left unread could be changed
 * unseen.
 *
 * @throws DerError
 */
export function readSignedData(node: DerNode, writer: Writer = 'us'): SignedData {
  const [type, wrapped, ...rest] = childrenOf(node, TAG.sequence)
  if (readOid(type) !== TYPE.signedData || rest.length > 0) throw new DerError('no SignedData')
  const body = only(childrenOf(expectTag(wrapped, 0xa0)))
  const [version, digests, content, certificates, ...left] = childrenOf(body, TAG.sequence)
  const lists = writer === 'an-authority' && left[0]?.tag === 0xa1 ? 1 : 0
  const [signers, ...more] = left.slice(lists)
  if (!certificates || !signers || !content || !digests || more.length > 0) {
    throw new DerError('SignedData with missing or unknown parts')
  }
  const contentParts = childrenOf(content, TAG.sequence)
  const contentType = readOid(contentParts[0])
  expectSame(version?.whole, integer(contentType === TYPE.data ? 1 : 3))
  readDigest(only(childrenOf(digests, TAG.set)), writer)
  const carried = contentParts[1] && only(childrenOf(expectTag(contentParts[1], 0xa0)))
  const found = childrenOf(expectTag(certificates, 0xa0)).map((item) => readCertificate(item.whole))
  const signer = readSigner(only(childrenOf(signers, TAG.set)), found, writer)
  return { contentType, carried: carried && expectTag(carried, TAG.octets).content, ...signer }
}

type SignerParts = Omit<SignedData, 'contentType' | 'carried'>

function readSigner(node: DerNode, certificates: readonly Certificate[], writer: Writer): SignerParts {
  const [version, who, digest, attributes, algorithm, value, unsigned, ...more] = childrenOf(
    node,
    TAG.sequence,
  )
  if (!who || !digest || !attributes || !algorithm || more.length > 0) throw new DerError('bad signer')
  expectSame(version?.whole, integer(1))
  const hashed = readDigest(digest, writer)
  const signer = certificates.find((candidate) => same(who.whole, identifierOf(candidate)))
  if (!signer) throw new DerError('the signer’s certificate is not there')
  const signed = readAttributes(expectTag(attributes, 0xa0))
  const late = unsigned ? readAttributes(expectTag(unsigned, 0xa1)) : new Map<string, DerNode>()
  if (writer === 'us' && [...late.keys()].some((type) => type !== TYPE.timestamp))
    throw new DerError('unknown unsigned attribute')
  return {
    signer,
    others: certificates.filter((candidate) => candidate !== signer),
    signedAttributes: retag(TAG.set, attributes.whole),
    messageDigest: expectTag(signed.get(TYPE.messageDigest), TAG.octets).content,
    signedContentType: readOid(signed.get(TYPE.contentType)),
    signingCertificateHash: boundCertificate(signed, writer),
    digest: hashed,
    algorithm: readAlgorithm(algorithm, hashed, writer),
    signature: expectTag(value, TAG.octets).content,
    timestamp: late.get(TYPE.timestamp)?.whole,
  }
}

export type SignatureFault =
  'signature.digest' | 'signature.certificate-binding' | 'signature.content-type' | 'signature.value'

/** What is wrong with the signature over the content, or undefined: RFC 5652, 5.6, and RFC 5035 for the certificate. */
export function checkSignature(
  data: SignedData,
  ...content: readonly Uint8Array[]
): SignatureFault | undefined {
  if (data.signedContentType !== data.contentType) return 'signature.content-type'
  if (!same(data.messageDigest, hashOf(data.digest, content))) return 'signature.digest'
  const binding = data.signingCertificateHash.length === SHA1_BYTES ? 'sha1' : 'sha256'
  if (!same(data.signingCertificateHash, hashOf(binding, [data.signer.der])))
    return 'signature.certificate-binding'
  const [kind, hash] = data.algorithm.split('-') as ['rsa' | 'ecdsa', Digest]
  const isRsa = data.signer.publicKey.asymmetricKeyType === 'rsa'
  if (isRsa !== (kind === 'rsa')) return 'signature.value'
  const key = isRsa
    ? { key: data.signer.publicKey, padding: constants.RSA_PKCS1_PADDING }
    : { key: data.signer.publicKey }
  return verify(hash, data.signedAttributes, key, data.signature) ? undefined : 'signature.value'
}

const SHA1_BYTES = 20

function hashOf(digest: Digest | 'sha1', parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash(digest)
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export const CONTENT_TYPE = { data: TYPE.data, timestampInfo: '1.2.840.113549.1.9.16.1.4' } as const

function attribute(type: string, value: Uint8Array): Uint8Array {
  return sequence(oid(type), setOf(value))
}

/** IssuerAndSerialNumber. */
function identifierOf(certificate: Certificate): Uint8Array {
  return sequence(certificate.issuer, tlv(TAG.integer, certificate.serial))
}

function signatureAlgorithm(algorithm: Algorithm): Uint8Array {
  return algorithm.startsWith('rsa')
    ? sequence(oid(ALGORITHM[algorithm]), nothing())
    : sequence(oid(ALGORITHM[algorithm]))
}

/** An authority may name plain RSA, the hash being that of the digest (RFC 3370, 3.2). */
function readAlgorithm(node: DerNode, digest: Digest, writer: Writer): Algorithm {
  if (writer === 'an-authority' && same(node.whole, sequence(oid(TYPE.rsa), nothing())))
    return `rsa-${digest}`
  for (const algorithm of Object.keys(ALGORITHM) as Algorithm[]) {
    if (writer === 'us' && !algorithm.endsWith('sha256')) continue
    if (same(node.whole, signatureAlgorithm(algorithm))) return algorithm
  }
  throw new DerError('unknown signature algorithm')
}

/** A digest's name may be written with or without NULL parameters (RFC 5754, 2). */
function readDigest(node: DerNode, writer: Writer): Digest {
  for (const digest of Object.keys(DIGEST) as Digest[]) {
    if (writer === 'us' && digest !== 'sha256') continue
    const bare = sequence(oid(DIGEST[digest]))
    if (same(node.whole, bare) || same(node.whole, sequence(oid(DIGEST[digest]), nothing()))) return digest
  }
  throw new DerError('unknown digest')
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

/** Which certificate the signer says is theirs: the hash in the first ESSCertIDv2, or in the first ESSCertID. */
function boundCertificate(signed: ReadonlyMap<string, DerNode>, writer: Writer): Uint8Array {
  const now = signed.get(TYPE.signingCertificate)
  const before = writer === 'an-authority' ? signed.get(TYPE.signingCertificateBefore) : undefined
  const hash = certificateHash(now ?? before)
  if ((hash.length === SHA1_BYTES) !== (now === undefined)) throw new DerError('a hash of another length')
  return hash
}

/** The hash in the first ESSCertIDv2; SHA-256 is its default (RFC 5035, 4). */
function certificateHash(node: DerNode | undefined): Uint8Array {
  const [list] = childrenOf(expectTag(node, TAG.sequence))
  const [first] = childrenOf(expectTag(list, TAG.sequence))
  const parts = childrenOf(expectTag(first, TAG.sequence))
  const named = parts[0]?.tag === TAG.sequence ? parts[0] : undefined
  if (named) readDigest(named, 'us')
  return expectTag(named ? parts[1] : parts[0], TAG.octets).content
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
