/** The files a paper carries inside it (ISO 32000-2, 7.11.4; ISO 19005-3, 6.8): a referral carries the earlier hops. */

import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { PdfSyntaxError } from '../papers/pdf/reading.ts'
import { catalogOf, dictAt, openPdf, resolve } from '../papers/pdf/revisions.ts'
import { isName, isStream, readTextString, type PdfStream } from '../papers/pdf/values.ts'

export interface AttachedFile {
  readonly name: string
  readonly description: string
  readonly mimeType: string
  readonly bytes: Uint8Array
  /** hexadecimal */
  readonly sha256: string
}

const MOST_BYTES = 32 * 1024 * 1024

/** @throws PdfSyntaxError when the paper cannot be read, or a file in it is damaged or too large */
export function attachmentsOf(paper: Uint8Array): AttachedFile[] {
  const pdf = openPdf(paper)
  const names = dictAt(pdf, dictAt(pdf, catalogOf(pdf).get('Names'))?.get('EmbeddedFiles'))
  const listed = resolve(pdf, names?.get('Names'))
  const files: AttachedFile[] = []
  for (let index = 1; Array.isArray(listed) && index < listed.length; index += 2) {
    const entries = dictAt(pdf, listed[index])
    const stream = resolve(pdf, dictAt(pdf, entries?.get('EF'))?.get('F'))
    if (!entries || !isStream(stream)) throw new PdfSyntaxError('an attachment without its file', 0)
    const bytes = contentOf(stream)
    const type = stream.dict.get('Subtype')
    files.push({
      name: readTextString(entries.get('UF')) ?? readTextString(entries.get('F')) ?? '',
      description: readTextString(entries.get('Desc')) ?? '',
      mimeType: isName(type) ? type.name : '',
      bytes,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })
  }
  return files
}

function contentOf(stream: PdfStream): Uint8Array {
  const filter = stream.dict.get('Filter')
  if (filter === undefined) return stream.raw
  const flate = isName(Array.isArray(filter) ? filter[0] : filter, 'FlateDecode')
  if (!flate || (Array.isArray(filter) && filter.length > 1) || stream.dict.has('DecodeParms')) {
    throw new PdfSyntaxError('an attachment packed in an unknown way', 0)
  }
  try {
    return inflateSync(stream.raw, { maxOutputLength: MOST_BYTES })
  } catch {
    throw new PdfSyntaxError('a damaged attachment', 0)
  }
}
