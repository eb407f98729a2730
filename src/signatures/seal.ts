/**
 * Signs papers (ký số): one PAdES baseline signature (ETSI EN 319 142-1, B-B, or B-T with a time-stamp) in a revision of
 * its own, into a place that the paper has kept free, with the number and date when the signer brings them.
 */

import { endTrial } from '../kernel/outside.ts'
import { Refusal } from '../kernel/refusal.ts'
import { renderAppearance, type Appearance, type SignatureDrawing } from '../papers/render.ts'
import { catalogOf, dictAt, openPdf, resolve, type OpenedPdf } from '../papers/pdf/revisions.ts'
import {
  bytesOf,
  dict,
  isName,
  isRef,
  isText,
  name,
  readTextString,
  ref,
  textString,
  type PdfDict,
  type PdfRef,
  type PdfValue,
} from '../papers/pdf/values.ts'
import { appendRevision, nextObject } from '../papers/pdf/writing.ts'
import { importAppearance } from './appearance.ts'
import type { SigningKey } from './authority.ts'
import { isValidAt, readCertificate, type Certificate } from './certificates.ts'
import { sha256, signDetached } from './cms.ts'
import { FIELD_FACE } from './prepare.ts'
import { pdfDate, statedTime } from './stated-time.ts'

export interface SigningOptions {
  /** name of the signature place: `person`, `organisation`, `cell`, `system`; one that ends in `-organisation` is sealed */
  readonly place: string
  readonly key: SigningKey
  /** when; stands in the signature and on the page, in the time of Viet Nam, never before a signature that is there already */
  readonly at: Date
  readonly reason?: string
  /** reserved fields to fill in this revision, for example `{ number: 'Số 07-GGT/ĐU', date: 'Tân Tạo, ngày …' }` */
  readonly fill?: Readonly<Record<string, string>>
}

/** Room for the signature in bytes: attributes, RSA up to 4096 bits; and for a time-stamp token with its chain. */
const ROOM = 2048
const ROOM_FOR_TIMESTAMP = 10_240

/**
 * @param paper a prepared paper, signed before or not
 * @returns the same bytes and one revision more
 * @throws Refusal conflict `paper.place-taken` when the place is signed or a field filled already;
 *   `signature.before-the-last` when the paper was signed later than `at`, by a clock that stood wrong;
 *   `signing.wrong-key` when the key is not the certificate's;
 *   against-rule `signature.certificate-not-valid` when the certificate is not valid at `at`
 * @throws Error for a place or field the paper does not have
 */
export async function signPaper(paper: Uint8Array, asked: SigningOptions): Promise<Uint8Array> {
  const pdf = openPdf(paper)
  const options = { ...asked, at: inOrder(pdf, asked.at) }
  const certificate = readCertificate(options.key.certificate)
  if (!isValidAt(certificate, options.at)) {
    throw new Refusal('against-rule', 'signature.certificate-not-valid', { citation: '379-QĐ/TW art. 12' })
  }
  if (options.key.waits && Buffer.from(paper).includes(NOT_YET_SIGNED)) endTrial()
  const made = new Map<number, PdfValue>()
  let next = nextObject(pdf)
  const add = (value: PdfValue): PdfRef => {
    made.set(next, value)
    return ref(next++)
  }
  const field = fieldNamed(pdf, options.place, 'Sig')
  const value = add(signatureDict(options, certificate))
  const look = await renderAppearance(drawingOf(options, certificate), sizeOf(field.entries))
  made.set(field.object, withAppearance(field.entries, value, importAppearance(look, add)))
  for (const [fieldName, text] of Object.entries(options.fill ?? {})) {
    const filled = fieldNamed(pdf, fieldName, 'Tx')
    const drawing = await renderAppearance(fieldDrawing(filled.entries, text), sizeOf(filled.entries))
    made.set(filled.object, withAppearance(filled.entries, textString(text), importAppearance(drawing, add)))
  }
  return sealRevision(appendRevision(pdf, made), paper.length, options)
}

/** How a signature begins that is still waited for. */
const NOT_YET_SIGNED = `/Contents <${'0'.repeat(64)}`

/** Clocks that are put right go back by seconds; a paper would be invalid for ever. */
const SLIP_MS = 60_000

/** The moment to state: as asked, or, where a clock went back a little since, that of the last signature. */
function inOrder(pdf: OpenedPdf, at: Date): Date {
  const last = Math.max(-Infinity, ...statedTimes(pdf))
  if (at.getTime() >= last) return at
  if (last - at.getTime() > SLIP_MS) throw new Refusal('conflict', 'signature.before-the-last')
  return new Date(last)
}

function statedTimes(pdf: OpenedPdf): number[] {
  const fields = resolve(pdf, dictAt(pdf, catalogOf(pdf).get('AcroForm'))?.get('Fields'))
  const signatures = (Array.isArray(fields) ? fields : []).map((field) => dictAt(pdf, field)?.get('V'))
  const times = signatures.map((value) => statedTime(dictAt(pdf, value)?.get('M')))
  return times.flatMap((time) => (time ? [time.getTime()] : []))
}

interface FormField {
  readonly object: number
  readonly entries: PdfDict
}

function fieldNamed(pdf: OpenedPdf, wanted: string, type: 'Sig' | 'Tx'): FormField {
  const form = dictAt(pdf, catalogOf(pdf).get('AcroForm'))
  const fields = resolve(pdf, form?.get('Fields'))
  for (const field of Array.isArray(fields) ? fields : []) {
    const entries = dictAt(pdf, field)
    if (!isRef(field) || !entries || readTextString(entries.get('T')) !== wanted) continue
    if (!isName(entries.get('FT'), type)) break
    if (entries.has('V')) throw new Refusal('conflict', 'paper.place-taken', { facts: { place: wanted } })
    return { object: field.object, entries }
  }
  throw new Error(`the paper has no ${type} field ${wanted}`)
}

function sizeOf(field: PdfDict): { width: number; height: number } {
  const [left = 0, bottom = 0, right = 0, top = 0] = (field.get('Rect') as number[] | undefined) ?? []
  return { width: right - left, height: top - bottom }
}

function withAppearance(field: PdfDict, value: PdfValue, appearance: PdfRef): PdfDict {
  return new Map(field).set('V', value).set('AP', dict({ N: appearance }))
}

/** The time-stamp of paper and page: 'dd/mm/yyyy hh:mm:ss +07:00', the form of signatures in official documents. */
export function localTime(at: Date): string {
  const [day = '', time = ''] = new Date(at.getTime() + 7 * 3_600_000).toISOString().split('T')
  return `${day.split('-').reverse().join('/')} ${time.slice(0, 8)} +07:00`
}

const HEX_PER_BYTE = 2

/** Filter, SubFilter, M, ByteRange and Contents as EN 319 142-1, 6.3 wants them; no /Cert, no signing-time inside. */
function signatureDict(options: SigningOptions, certificate: Certificate): PdfDict {
  const certificates = [options.key.certificate, ...options.key.chain].reduce(
    (sum, one) => sum + one.length,
    0,
  )
  const room = ROOM + certificates + (options.key.stamp ? ROOM_FOR_TIMESTAMP : 0)
  return dict({
    Type: name('Sig'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('ETSI.CAdES.detached'),
    Name: textString(certificate.commonName),
    M: textString(pdfDate(options.at)),
    Reason: options.reason === undefined ? undefined : textString(options.reason),
    ByteRange: { kind: 'verbatim', bytes: bytesOf(BYTE_RANGE) },
    Contents: { kind: 'verbatim', bytes: bytesOf(`<${'0'.repeat(room * HEX_PER_BYTE)}>`) },
  })
}

/** What stands for a ByteRange until it is known. */
export const BYTE_RANGE = '[0 ********** ********** **********]'

/** Fills in ByteRange and Contents of the revision that begins at `from`, where `BYTE_RANGE` keeps their room. */
export async function sealRevision(
  file: Uint8Array,
  from: number,
  options: Pick<SigningOptions, 'key'>,
): Promise<Uint8Array> {
  const bytes = Buffer.from(file)
  const rangeAt = bytes.indexOf(BYTE_RANGE, from)
  const open = bytes.indexOf('/Contents <', rangeAt) + '/Contents '.length
  const close = bytes.indexOf('>', open) + 1
  const numbers = [open, close, bytes.length - close].map((number) => String(number))
  bytes.write(`[0 ${numbers.join(' ')}]`.padEnd(BYTE_RANGE.length), rangeAt, 'latin1')
  const digest = sha256(bytes.subarray(0, open), bytes.subarray(close))
  const signature = Buffer.from(await signDetached(digest, options.key)).toString('hex')
  if (signature.length > close - open - 2) throw new Error('the signature is larger than its room')
  bytes.write(signature, open + 1, 'latin1')
  return bytes
}

function drawingOf(options: SigningOptions, certificate: Certificate): Appearance {
  const data: SignatureDrawing = {
    name: certificate.commonName.replace(/ \(TEST\)$/, ''),
    ...(certificate.organisation === undefined ? {} : { organisation: certificate.organisation }),
    ...(certificate.title === undefined ? {} : { title: certificate.title }),
    time: localTime(options.at),
    test: certificate.test,
  }
  if (/(^|-)organisation$/.test(options.place)) return { drawing: 'seal', data }
  return { drawing: options.place === 'system' ? 'system' : 'person', data }
}

function fieldDrawing(field: PdfDict, text: string): Appearance {
  const style = field.get('DA')
  const [, face, size] = /^\/(\w+) (\d+) Tf/.exec((isText(style) && readTextString(style)) || '') ?? []
  return { drawing: 'text', data: { text, size: Number(size ?? 14), italic: face === FIELD_FACE.italic } }
}
