/** A checkpoint as somebody kept it: read, its signature verified, its signer traced to a trusted root. */
import { verify, X509Certificate } from 'node:crypto'
import type { ProblemKind } from './report.ts'

export interface KeptCheckpoint {
  readonly installation: string
  readonly block: number
  readonly hash: string
  readonly entries: number
  readonly at: string
  readonly certificates: readonly string[]
  readonly signature: string
}

const FORMAT = 'dangvu-checkpoint-1'
const HASH = /^[0-9a-f]{64}$/

/** @returns the checkpoint, or undefined when the text is none */
export function readCheckpoint(text: string): KeptCheckpoint | undefined {
  let found: Partial<KeptCheckpoint> & { format?: unknown }
  try {
    found = JSON.parse(text) as typeof found
  } catch {
    return undefined
  }
  const { format, installation, block, hash, entries, at, certificates, signature } = found ?? {}
  if (format !== FORMAT || !HASH.test(String(installation)) || !HASH.test(String(hash))) return undefined
  if (!Number.isSafeInteger(block) || !Number.isSafeInteger(entries)) return undefined
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at)) || typeof signature !== 'string')
    return undefined
  if (!Array.isArray(certificates) || !certificates.every((each) => typeof each === 'string'))
    return undefined
  return found as KeptCheckpoint
}

/**
 * What is wrong with its signature.
 *
 * @param trust PEM of trusted roots; undefined: only that the named certificate signed it
 */
export function signatureProblem(
  checkpoint: KeptCheckpoint,
  trust: readonly string[] | undefined,
): ProblemKind | undefined {
  try {
    const [signer, ...between] = checkpoint.certificates.map((pem) => new X509Certificate(pem))
    if (!signer || !isSigned(checkpoint, signer)) return 'checkpoint-signature-wrong'
    if (trust === undefined) return undefined
    const roots = trust.map((pem) => new X509Certificate(pem))
    return leadsTo(signer, between, roots, new Date(checkpoint.at)) ? undefined : 'checkpoint-untrusted'
  } catch {
    return 'checkpoint-signature-wrong'
  }
}

function isSigned(checkpoint: KeptCheckpoint, signer: X509Certificate): boolean {
  const { installation, block, hash, entries, at, signature } = checkpoint
  const text = [FORMAT, installation, block, hash, entries, at].map((line) => `${line}\n`).join('')
  return verify('sha256', Buffer.from(text), signer.publicKey, Buffer.from(signature, 'base64'))
}

/** Every certificate valid on the day and issued by the next, the last by a root. Certificates between must be authorities. */
function leadsTo(
  certificate: X509Certificate,
  between: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  at: Date,
): boolean {
  if (at < new Date(certificate.validFrom) || at > new Date(certificate.validTo)) return false
  const issues = (one: X509Certificate) => certificate.checkIssued(one) && certificate.verify(one.publicKey)
  if (roots.some((root) => root.ca && issues(root))) return true
  return between.some(
    (one, index) => one.ca && issues(one) && leadsTo(one, between.toSpliced(index, 1), roots, at),
  )
}
