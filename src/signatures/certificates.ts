/** What a certificate (chứng thư số, X.509, RFC 5280) says, read strictly, and whether one leads up to a trusted root. */

import { X509Certificate, type KeyObject } from 'node:crypto'
import { childrenOf, DerError, readNode, readOid, readOnly, readTime, TAG, type DerNode } from './der.ts'

export const OID = {
  commonName: '2.5.4.3',
  organisation: '2.5.4.10',
  title: '2.5.4.12',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  subjectKey: '2.5.29.14',
  authorityKey: '2.5.29.35',
  timeStamping: '1.3.6.1.5.5.7.3.8',
} as const

/** Bits of KeyUsage (RFC 5280, 4.2.1.3), counted from the left. */
export const KEY_USAGE = { digitalSignature: 0, nonRepudiation: 1, certificateSign: 5, crlSign: 6 } as const

export interface Certificate {
  readonly der: Uint8Array
  readonly commonName: string
  readonly organisation: string | undefined
  readonly title: string | undefined
  /** the issuer's and the subject's names as they are encoded */
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  readonly serial: Uint8Array
  readonly validFrom: Date
  readonly validTo: Date
  readonly isAuthority: boolean
  readonly usages: readonly number[]
  readonly extendedUsages: readonly string[]
  readonly publicKey: KeyObject
  /** made by a test authority: its name says TEST */
  readonly test: boolean
}

/** One act signs many papers with one certificate: the last ones are kept as they were read. */
const known = new Map<string, Certificate>()
const MOST_KNOWN = 64
const LARGEST_KNOWN = 8192

/** @throws DerError when the bytes are no certificate this system could have made or met */
export function readCertificate(der: Uint8Array): Certificate {
  if (der.length > LARGEST_KNOWN) return certificateIn(der)
  const key = Buffer.from(der).toString('latin1')
  const before = known.get(key)
  if (before) return before
  const read = certificateIn(Uint8Array.from(der))
  if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value!)
  known.set(key, read)
  return read
}

function certificateIn(der: Uint8Array): Certificate {
  const [body, , signature] = childrenOf(readOnly(der), TAG.sequence)
  if (!body || !signature) throw new DerError('no certificate')
  const fields = childrenOf(body, TAG.sequence)
  if (fields[0]?.tag === 0xa0) fields.shift()
  const [serial, , issuer, validity, subject] = fields
  if (!serial || !issuer || !validity || !subject) throw new DerError('certificate with missing parts')
  const [from, to] = childrenOf(validity, TAG.sequence)
  const names = namesOf(subject)
  const extensions = extensionsOf(fields.find((field) => field.tag === 0xa3))
  return {
    der,
    commonName: names.get(OID.commonName) ?? '',
    organisation: names.get(OID.organisation),
    title: names.get(OID.title),
    issuer: issuer.whole,
    subject: subject.whole,
    serial: serial.content,
    validFrom: readTime(from),
    validTo: readTime(to),
    isAuthority: saysAuthority(extensions.get(OID.basicConstraints)),
    usages: usagesOf(extensions.get(OID.keyUsage)),
    extendedUsages: extendedUsagesOf(extensions.get(OID.extendedKeyUsage)),
    publicKey: publicKeyOf(der),
    test: [...names.values(), ...namesOf(issuer).values()].some((value) => /\bTEST\b/.test(value)),
  }
}

/** The certificates of a PEM text. @throws DerError */
export function readPem(pem: string): Certificate[] {
  const blocks = pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g)
  return [...blocks].map(([, base64 = '']) => readCertificate(Uint8Array.from(Buffer.from(base64, 'base64'))))
}

/** Whether `child` carries `parent`'s signature, and `parent` may give it. */
export function isIssuedBy(child: Certificate, parent: Certificate): boolean {
  if (Buffer.compare(child.issuer, parent.subject) !== 0) return false
  if (!parent.isAuthority || !parent.usages.includes(KEY_USAGE.certificateSign)) return false
  try {
    return new X509Certificate(child.der).verify(parent.publicKey)
  } catch {
    return false
  }
}

export function isValidAt(certificate: Certificate, at: Date): boolean {
  return certificate.validFrom <= at && at <= certificate.validTo
}

const LONGEST_CHAIN = 6

/**
 * The way from a certificate up to one of the trusted roots, both included, each valid at `at`; undefined when there
 * is none.
 */
export function chainTo(
  leaf: Certificate,
  between: readonly Certificate[],
  roots: readonly Certificate[],
  at: Date,
): Certificate[] | undefined {
  const chain = [leaf]
  for (let last = leaf; chain.length <= LONGEST_CHAIN;) {
    if (!isValidAt(last, at)) return undefined
    const root = roots.find((candidate) => isIssuedBy(last, candidate) && isValidAt(candidate, at))
    if (root) return [...chain, root]
    const next = between.find((candidate) => !chain.includes(candidate) && isIssuedBy(last, candidate))
    if (!next) return undefined
    chain.push(next)
    last = next
  }
  return undefined
}

function publicKeyOf(der: Uint8Array): KeyObject {
  try {
    return new X509Certificate(der).publicKey
  } catch {
    throw new DerError('certificate without a usable key')
  }
}

function namesOf(node: DerNode): Map<string, string> {
  const names = new Map<string, string>()
  for (const part of childrenOf(node, TAG.sequence)) {
    for (const pair of childrenOf(part, TAG.set)) {
      const [type, value] = childrenOf(pair, TAG.sequence)
      names.set(readOid(type), Buffer.from(value?.content ?? []).toString('utf8'))
    }
  }
  return names
}

function extensionsOf(node: DerNode | undefined): Map<string, DerNode> {
  const extensions = new Map<string, DerNode>()
  if (!node) return extensions
  for (const extension of childrenOf(readOnly(node.content), TAG.sequence)) {
    const parts = childrenOf(extension, TAG.sequence)
    const value = parts.at(-1)
    if (value?.tag === TAG.octets) extensions.set(readOid(parts[0]), readOnly(value.content))
  }
  return extensions
}

function saysAuthority(node: DerNode | undefined): boolean {
  if (!node || node.content.length === 0) return false
  const first = readNode(node.content)
  return first.tag === TAG.boolean && first.content[0] === 255
}

function usagesOf(node: DerNode | undefined): number[] {
  const [, ...bytes] = node?.tag === TAG.bits ? node.content : []
  return bytes.flatMap((byte, index) => {
    return [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (128 >> bit)).map((bit) => index * 8 + bit)
  })
}

function extendedUsagesOf(node: DerNode | undefined): string[] {
  return node ? childrenOf(node, TAG.sequence).map(readOid) : []
}
