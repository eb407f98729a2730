/**
 * Verifies a signed paper, whole and strictly (ISO 32000-2, 12.8; ETSI EN 319 142-1, EN 319 102-1 in spirit): each
 * signature covers its revision to the last byte, the last one covers the file, and no revision did more than fill the
 * fields that were kept free. Certificates are judged by the roots the caller trusts.
 */

import { activeContentOf } from '../papers/check-structure.ts'
import { PdfSyntaxError } from '../papers/pdf/reading.ts'
import { openPdf, type OpenedPdf, type OpeningLimits } from '../papers/pdf/revisions.ts'
import { isName, isText, readTextString } from '../papers/pdf/values.ts'
import { chainTo, isValidAt, KEY_USAGE, readPem, type Certificate } from './certificates.ts'
import { reviewRevisions, type Change, type PlacedSignature } from './changes.ts'
import { checkSignature, CONTENT_TYPE, readPadded, readSignedData, type SignedData } from './cms.ts'
import { DerError } from './der.ts'
import type { Problem, ProblemCode } from './problems.ts'
import { statedTime } from './stated-time.ts'
import { readTimestamp, type Timestamp } from './time/stamp.ts'

/**
 * How a signature stands: `valid`; `untrusted` when no trusted root stands behind it; `expired` when the certificate
 * was not valid at the time of signing; `revoked` when it had been revoked by then; `broken` when the bytes do not agree.
 */
export type Standing = 'valid' | 'untrusted' | 'expired' | 'revoked' | 'broken'

export interface SignatureReport {
  /** the place it stands in: `person`, `organisation`, `cell`, `system` */
  readonly place: string
  readonly signer: string
  readonly organisation?: string
  readonly title?: string
  /** instant of signing: proven when `timestamped` (B-T), else as the signer's system stated it (B-B) */
  readonly at: string
  readonly timestamped: boolean
  /** the time-stamp authority, trusted or not, where there is a time-stamp */
  readonly timestampedBy?: string
  readonly standing: Standing
  readonly coversWholeFile: boolean
  readonly reason?: string
  /** the certificate's serial number, hexadecimal */
  readonly serial: string
  readonly test: boolean
}

export interface VerifyResult {
  /** the bytes are as they were signed, and nothing was added that may not be */
  readonly valid: boolean
  /** valid, and every signature leads to a trusted root */
  readonly trusted: boolean
  /** a test authority signed */
  readonly test: boolean
  readonly signatures: readonly SignatureReport[]
  /** places that nobody has signed yet */
  readonly unsigned: readonly string[]
  /** what the reserved fields say, for example `{ number: 'Số 07-GGT/ĐU' }` */
  readonly fields: Readonly<Record<string, string>>
  readonly changes: readonly Change[]
  readonly problems: readonly Problem[]
}

export interface VerifyOptions {
  /** PEM texts of the roots that are trusted */
  readonly trust: readonly string[]
  /** and of those trusted behind time-stamps; left out, the same */
  readonly trustTimestamps?: readonly string[]
  /** the day of verification, to catch signatures from the future; left out, that is not looked at */
  readonly at?: Date
  /** when a certificate was revoked (serial number in hexadecimal), from a list the caller keeps */
  readonly revokedAt?: (serial: string) => Date | undefined
  /** how large a file is looked through; left out, as large as our own papers may be */
  readonly limits?: OpeningLimits
}

/** Clocks may differ by this much. */
const CLOCK_TOLERANCE_MS = 5 * 60_000

/** Verifies; hostile bytes give problems, never an exception. */
export function verifyPaper(bytes: Uint8Array, options: VerifyOptions): VerifyResult {
  try {
    return verifyOpened(openPdf(bytes, options.limits), options)
  } catch (error) {
    if (!(error instanceof PdfSyntaxError)) throw error
    return resultOf([], [{ code: 'file.unreadable', facts: { offset: error.offset } }])
  }
}

function verifyOpened(pdf: OpenedPdf, options: VerifyOptions): VerifyResult {
  const review = reviewRevisions(pdf)
  const problems = [...review.problems]
  if (activeContentOf(pdf).length > 0) problems.push({ code: 'file.active-content', facts: {} })
  const roots = {
    signers: options.trust.flatMap((pem) => readPem(pem)),
    timestamps: (options.trustTimestamps ?? options.trust).flatMap((pem) => readPem(pem)),
  }
  const reports = review.signatures.map((signature) => report(pdf, signature, roots, options, problems))
  if (reports.length === 0) problems.push({ code: 'file.not-signed', facts: {} })
  checkTimes(reports, options, problems)
  return {
    ...resultOf(reports, problems),
    unsigned: review.unsigned,
    fields: review.filled,
    changes: review.changes,
  }
}

function resultOf(signatures: readonly SignatureReport[], problems: readonly Problem[]): VerifyResult {
  const valid = problems.length === 0 && signatures.length > 0
  return {
    valid,
    trusted: valid && signatures.every((signature) => signature.standing === 'valid'),
    test: signatures.some((signature) => signature.test),
    signatures,
    unsigned: [],
    fields: {},
    changes: [],
    problems,
  }
}

function report(
  pdf: OpenedPdf,
  signature: PlacedSignature,
  roots: { readonly signers: readonly Certificate[]; readonly timestamps: readonly Certificate[] },
  options: VerifyOptions,
  problems: Problem[],
): SignatureReport {
  const { place, revision, entries } = signature
  const fault = (code: ProblemCode) => problems.push({ code, facts: { place, revision } })
  const before = problems.length
  const range = coveredRange(pdf, signature)
  if (!range) fault('signature.range')
  const stated = statedTime(entries.get('M'))
  const data = readContents(pdf, signature)
  if (!data || !stated) fault('signature.unreadable')
  const wrong = data && range && checkSignature(data, ...range)
  if (wrong) fault(wrong)
  const stamp =
    data?.timestamp && readStamp(data.timestamp, data, roots.timestamps, () => fault('signature.timestamp'))
  const at = stamp?.trusted ? stamp.at : (stated ?? new Date(0))
  const broken = problems.length > before
  const reason = readTextString(entries.get('Reason'))
  return {
    place,
    ...signerOf(data?.signer),
    at: at.toISOString(),
    timestamped: stamp?.trusted ?? false,
    ...(stamp ? { timestampedBy: stamp.by } : {}),
    standing: broken || !data ? 'broken' : standingOf(data, at, roots.signers, options),
    coversWholeFile: range !== undefined && revision === pdf.revisions.length - 1,
    ...(reason === undefined ? {} : { reason }),
  }
}

function signerOf(certificate: Certificate | undefined) {
  return {
    signer: certificate?.commonName ?? '',
    ...(certificate?.organisation === undefined ? {} : { organisation: certificate.organisation }),
    ...(certificate?.title === undefined ? {} : { title: certificate.title }),
    serial: Buffer.from(certificate?.serial ?? []).toString('hex'),
    test: certificate?.test ?? false,
  }
}

/** The bytes signed, when ByteRange is `0 … <`, `> … end of the revision` and leaves out exactly `/Contents`. */
function coveredRange(
  pdf: OpenedPdf,
  { revision, entries }: PlacedSignature,
): [Uint8Array, Uint8Array] | undefined {
  const range = entries.get('ByteRange')
  const contents = entries.get('Contents')
  const end = pdf.revisions[revision]?.to
  if (!Array.isArray(range) || range.length !== 4 || !isText(contents) || !contents.hex) return undefined
  const [start, first, second, length] = range
  if (start !== 0 || first !== contents.from || second !== contents.to) return undefined
  if (typeof length !== 'number' || contents.to + length !== end) return undefined
  return [pdf.bytes.subarray(0, contents.from), pdf.bytes.subarray(contents.to, end)]
}

const KNOWN_KEYS = ['Type', 'Filter', 'SubFilter', 'Name', 'M', 'Reason', 'ByteRange', 'Contents']

/** EN 319 142-1, 6.3: the SubFilter; `/Contents` holds the signature, then zeros, in lower-case hexadecimal. */
function readContents(pdf: OpenedPdf, { entries }: PlacedSignature): SignedData | undefined {
  const contents = entries.get('Contents')
  if (!isName(entries.get('SubFilter'), 'ETSI.CAdES.detached') || !isName(entries.get('Type'), 'Sig'))
    return undefined
  if (!isText(contents) || [...entries.keys()].some((key) => !KNOWN_KEYS.includes(key))) return undefined
  const written = Buffer.from(pdf.bytes.subarray(contents.from + 1, contents.to - 1)).toString('latin1')
  if (written !== Buffer.from(contents.bytes).toString('hex')) return undefined
  try {
    const data = readSignedData(readPadded(contents.bytes))
    return data.contentType === CONTENT_TYPE.data && !data.carried ? data : undefined
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}

function readStamp(
  token: Uint8Array,
  data: SignedData,
  roots: readonly Certificate[],
  fault: () => void,
): Timestamp | undefined {
  try {
    return readTimestamp(token, data.signature, roots)
  } catch (error) {
    if (!(error instanceof DerError)) throw error
    fault()
    return undefined
  }
}

function standingOf(
  data: SignedData,
  at: Date,
  roots: readonly Certificate[],
  options: VerifyOptions,
): Standing {
  const { signer, others } = data
  if (!isValidAt(signer, at)) return 'expired'
  const signs =
    signer.usages.includes(KEY_USAGE.digitalSignature) || signer.usages.includes(KEY_USAGE.nonRepudiation)
  if (signer.isAuthority || !signs || !chainTo(signer, others, roots, at)) return 'untrusted'
  const revoked = options.revokedAt?.(Buffer.from(signer.serial).toString('hex'))
  return revoked && revoked <= at ? 'revoked' : 'valid'
}

function checkTimes(reports: readonly SignatureReport[], { at }: VerifyOptions, problems: Problem[]): void {
  reports.forEach((one, index) => {
    const earlier = reports[index - 1]
    // An authority's clock and ours differ a little: only what one clock says is compared to the second.
    const apart = earlier && earlier.timestamped !== one.timestamped ? CLOCK_TOLERANCE_MS : 0
    if (earlier && Date.parse(one.at) + apart < Date.parse(earlier.at))
      problems.push({ code: 'signature.time-order', facts: { place: one.place } })
    if (at && Date.parse(one.at) > at.getTime() + CLOCK_TOLERANCE_MS) {
      problems.push({ code: 'signature.in-the-future', facts: { place: one.place } })
    }
  })
}
