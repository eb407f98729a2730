/**
 * A certificate authority for trying things out (CA thử nghiệm): everything it makes says TEST. A real installation
 * brings certificates of the Government Cipher Committee (Ban Cơ yếu Chính phủ) instead, through the same `SigningKey`.
 */

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto'
import { promisify } from 'node:util'
import { KEY_USAGE, OID, readCertificate, readPem } from './certificates.ts'
import {
  bits,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  setOf,
  tagged,
  TAG,
  time,
  tlv,
  utf8,
  yes,
} from './der.ts'

const generate = promisify(generateKeyPair)

/** A key and its certificate as PEM, ready to be stored: the owner of the store keeps the private part secret. */
export interface StoredKey {
  readonly certificatePem: string
  readonly privateKeyPem: string
  /** certificates between this one and the root, the root left out */
  readonly chainPem: readonly string[]
}

/**
 * What signs: a key somewhere, with its certificate. A key in memory is one kind; P12 files, USB tokens (PKCS#11) and
 * remote signing (CSC API) are others behind the same members.
 */
export interface SigningKey {
  readonly certificate: Uint8Array
  /** certificates between this one and the root, DER, the root left out */
  readonly chain: readonly Uint8Array[]
  readonly algorithm: 'rsa-sha256' | 'ecdsa-sha256'
  /** signs the SHA-256 of `data`: PKCS#1 v1.5 for RSA, a DER pair for ECDSA */
  sign(data: Uint8Array): Promise<Uint8Array>
  /** true where signing asks another machine or a person: no transaction is kept open for it */
  readonly waits?: boolean
  /** asks for an RFC 3161 time-stamp, DER, over a signature value; undefined where none is to be had now: it is B-B then */
  stamp?(signature: Uint8Array): Promise<Uint8Array | undefined>
}

/** Whom a certificate is made out to. */
export interface CertificateSubject {
  /** a person's full name, an organisation's name, or the system's */
  readonly name: string
  readonly organisation?: string
  /** the office held, for a person */
  readonly title?: string
  readonly kind: 'person' | 'organisation' | 'system' | 'timestamp'
}

export interface Validity {
  readonly from: Date
  readonly to: Date
}

/** The root of a new test authority. 3072 bits: it outlives what it signs. */
export async function makeTestAuthority(name: string, validity: Validity): Promise<StoredKey> {
  const keys = await generate('rsa', { modulusLength: 3072 })
  const subject = nameOf({ name: `${name} (TEST)`, organisation: 'TEST', kind: 'system' })
  const certificate = certify(keys.publicKey, subject, subject, keys.privateKey, validity, [
    critical(OID.basicConstraints, sequence(yes(), integer(0))),
    critical(OID.keyUsage, usageBits(KEY_USAGE.certificateSign, KEY_USAGE.crlSign)),
    plain(OID.subjectKey, octets(keyIdentifier(keys.publicKey))),
  ])
  return stored(certificate, keys.privateKey)
}

/** A certificate of the test authority and its key (RSA, 2048 bits unless fewer are to be refused, about 0.15 s). */
export async function issueTestCertificate(
  authority: StoredKey,
  subject: CertificateSubject,
  validity: Validity,
  keyBits = 2048,
): Promise<StoredKey> {
  const keys = await generate('rsa', { modulusLength: keyBits })
  return stored(certifyKey(authority, subject, validity, keys.publicKey), keys.privateKey)
}

/** A certificate of the test authority, DER, for a key that lies elsewhere: in a token, at a remote signing service. */
export function certifyKey(
  authority: StoredKey,
  subject: CertificateSubject,
  validity: Validity,
  publicKey: KeyObject,
): Uint8Array {
  const issuer = readPem(authority.certificatePem)[0]
  if (!issuer) throw new Error('the authority has no certificate')
  const made = nameOf({ ...subject, name: `${subject.name} (TEST)` })
  return certify(publicKey, made, issuer.subject, createPrivateKey(authority.privateKeyPem), validity, [
    critical(OID.basicConstraints, sequence()),
    critical(OID.keyUsage, usageBits(KEY_USAGE.digitalSignature, KEY_USAGE.nonRepudiation)),
    plain(OID.subjectKey, octets(keyIdentifier(publicKey))),
    plain(OID.authorityKey, sequence(tlv(0x80, keyIdentifier(issuer.publicKey)))),
    ...(subject.kind === 'timestamp'
      ? [critical(OID.extendedKeyUsage, sequence(oid(OID.timeStamping)))]
      : []),
  ])
}

/** A key held in memory. Signs with the machine's own code, not in JavaScript. @throws when key and certificate differ */
export function signingKey(key: StoredKey): SigningKey {
  const [certificate] = readPem(key.certificatePem)
  if (!certificate) throw new Error('no certificate in the PEM')
  const secret = createPrivateKey(key.privateKeyPem)
  if (!matches(certificate.publicKey, secret)) throw new Error('the certificate is not of this key')
  return {
    certificate: certificate.der,
    chain: key.chainPem.flatMap((pem) => readPem(pem)).map((between) => between.der),
    algorithm: secret.asymmetricKeyType === 'ec' ? 'ecdsa-sha256' : 'rsa-sha256',
    sign: (data) => {
      return new Promise((settle, fail) => {
        sign('sha256', data, secret, (error, signature) => (error ? fail(error) : settle(signature)))
      })
    },
  }
}

/** Whether the key signs what its certificate verifies, and the certificate is valid then: for a health check. */
export function isUsable(key: StoredKey, at: Date): boolean {
  try {
    const { validFrom, validTo } = readCertificate(signingKey(key).certificate)
    return validFrom <= at && at <= validTo
  } catch {
    return false
  }
}

function matches(publicKey: KeyObject, secret: KeyObject): boolean {
  return publicKey.equals(createPublicKey(secret))
}

const RSA_WITH_SHA256 = '1.2.840.113549.1.1.11'

/** A TBSCertificate with its signature (RFC 5280, 4.1). */
function certify(
  publicKey: KeyObject,
  subject: Uint8Array,
  issuer: Uint8Array,
  issuerKey: KeyObject,
  validity: Validity,
  extensions: readonly Uint8Array[],
): Uint8Array {
  const algorithm = sequence(oid(RSA_WITH_SHA256), nothing())
  const body = sequence(
    tagged(0, integer(2)),
    integer(serialNumber()),
    algorithm,
    issuer,
    sequence(time(validity.from), time(validity.to)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(3, sequence(...extensions)),
  )
  return sequence(body, algorithm, bits(sign('sha256', body, issuerKey)))
}

/** 128 random bits, positive (RFC 5280, 4.1.2.2 allows up to 20 octets). */
function serialNumber(): Uint8Array {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return bytes
}

function nameOf(subject: CertificateSubject): Uint8Array {
  const part = (type: string, value: string) => setOf(sequence(oid(type), utf8(value)))
  return sequence(
    setOf(sequence(oid('2.5.4.6'), tlv(TAG.printable, Buffer.from('VN')))),
    ...(subject.organisation ? [part(OID.organisation, subject.organisation)] : []),
    ...(subject.title ? [part(OID.title, subject.title)] : []),
    part(OID.commonName, subject.name),
  )
}

function keyIdentifier(publicKey: KeyObject): Uint8Array {
  return createHash('sha1')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest()
}

function usageBits(...usages: readonly number[]): Uint8Array {
  const byte = usages.reduce((sum, usage) => sum | (128 >> usage), 0)
  const unused = 31 - Math.clz32(byte & -byte)
  return bits(Uint8Array.of(byte), unused)
}

function critical(type: string, value: Uint8Array): Uint8Array {
  return sequence(oid(type), yes(), octets(value))
}

function plain(type: string, value: Uint8Array): Uint8Array {
  return sequence(oid(type), octets(value))
}

function stored(certificate: Uint8Array, secret: KeyObject): StoredKey {
  const base64 = Buffer.from(certificate)
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
  return {
    certificatePem: `-----BEGIN CERTIFICATE-----\n${base64.trimEnd()}\n-----END CERTIFICATE-----\n`,
    privateKeyPem: secret.export({ type: 'pkcs8', format: 'pem' }).toString(),
    chainPem: [],
  }
}
