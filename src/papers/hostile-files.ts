/** The door for files people send: only PDF, JPEG, PNG and HEIC that are whole, are what their name says, and do nothing. */

import { extname } from 'node:path'
import { constants, inflateSync } from 'node:zlib'
import { Refusal, type RefusalFacts } from '../kernel/refusal.ts'
import { readHeic, readJpeg, readPng, type ReadImage } from './image-headers.ts'
import { PdfSyntaxError } from './pdf/reading.ts'
import { isFramed, scanPdf } from './pdf/scan.ts'
import {
  dictOf,
  isDict,
  isName,
  isRef,
  isStream,
  readTextString,
  valuesWithin,
  type PdfDict,
  type PdfStream,
  type PdfValue,
} from './pdf/values.ts'

export type UploadKind = 'pdf' | 'jpeg' | 'png' | 'heic'

export interface InspectedUpload {
  readonly kind: UploadKind
  /** of a PDF */
  readonly pages?: number
}

/** 10 MB: a photo of a telephone, or a scan of some twenty pages. */
export const LARGEST_UPLOAD_BYTES = 10 * 1024 * 1024
/** A picture larger than this is no scan of a paper; unpacked it would take hundreds of megabytes. */
export const MOST_PIXELS = 80_000_000
export const MOST_PAGES = 500

const EXTENSIONS: Record<string, UploadKind> = {
  '.pdf': 'pdf',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.png': 'png',
  '.heic': 'heic',
  '.heif': 'heic',
}

const IMAGES: Record<Exclude<UploadKind, 'pdf'>, ReadImage> = { jpeg: readJpeg, png: readPng, heic: readHeic }

/**
 * Judges a file by its bytes; decodes and runs nothing of it.
 *
 * @param declaredName the file's name as the sender gave it
 * @throws Refusal invalid `file.empty`, `file.too-large`, `file.kind-not-accepted`, `file.name-differs`,
 *   `file.damaged`, `file.too-many-pixels`, `file.too-many-pages`, `file.pdf-encrypted`, `file.pdf-active`,
 *   `file.pdf-carries-files`, `file.pdf-no-pages`
 */
export async function inspectUpload(bytes: Uint8Array, declaredName: string): Promise<InspectedUpload> {
  if (bytes.length === 0) throw refused('file.empty')
  if (bytes.length > LARGEST_UPLOAD_BYTES)
    throw refused('file.too-large', { megabytes: LARGEST_UPLOAD_BYTES / 1024 / 1024 })
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const kind = kindOf(file)
  if (!kind) throw refused('file.kind-not-accepted')
  if (EXTENSIONS[extname(declaredName).toLowerCase()] !== kind) throw refused('file.name-differs', { kind })
  if (kind === 'pdf') return { kind, pages: inspectPdf(file) }
  checkPixels(IMAGES[kind](file))
  return { kind }
}

function refused(code: string, facts: RefusalFacts = {}): Refusal {
  return new Refusal('invalid', code, { facts })
}

const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx']

function kindOf(file: Buffer): UploadKind | undefined {
  if (file.toString('latin1', 0, 5) === '%PDF-') return 'pdf'
  if (file.toString('hex', 0, 3) === 'ffd8ff') return 'jpeg'
  if (file.toString('hex', 0, 8) === '89504e470d0a1a0a') return 'png'
  if (file.length < 16 || file.toString('latin1', 4, 8) !== 'ftyp') return undefined
  const brands = file.toString('latin1', 8, Math.min(file.readUInt32BE(0), 256))
  return HEIC_BRANDS.some((brand) => brands.includes(brand)) ? 'heic' : undefined
}

function checkPixels(size: { width: number; height: number } | undefined): void {
  if (!size || size.width < 1 || size.height < 1) throw refused('file.damaged')
  if (size.width * size.height > MOST_PIXELS)
    throw refused('file.too-many-pixels', { megapixels: MOST_PIXELS / 1_000_000 })
}

/** Keys and actions that make a document run, reach out, or be drawn by a program inside it. */
const ACTIVE_KEYS = ['JS', 'JavaScript', 'XFA', 'RichMedia', 'RichMediaContent', 'Launch']
const ACTIVE_ACTIONS = [
  'JavaScript',
  'Launch',
  'SubmitForm',
  'ImportData',
  'GoToE',
  'Rendition',
  'RichMediaExecute',
  'Movie',
  'Sound',
]
/** Kinds of files a PDF may carry: papers of ours carry the earlier ones. */
const CARRIED = ['.pdf', '.jpg', '.jpeg', '.png', '.heic', '.txt', '.csv', '.xml']

/** @returns the number of pages */
function inspectPdf(file: Buffer): number {
  if (!isFramed(file)) throw refused('file.damaged')
  const tree = new Map<number, { kids: number[] | undefined }>()
  let root: PdfValue | undefined
  const catalogs = new Map<number, PdfValue | undefined>()
  try {
    for (const { object, value } of scanPdf(file)) {
      const entries = dictOf(value)
      if (entries) {
        if (entries.has('Encrypt')) throw refused('file.pdf-encrypted')
        for (const inner of valuesWithin(value)) inspectValue(inner)
        root = entries.get('Root') ?? root
      }
      if (object === undefined || !entries) continue
      if (isName(entries.get('Type'), 'Catalog')) catalogs.set(object, entries.get('Pages'))
      tree.set(object, { kids: kidsOf(entries) })
    }
  } catch (error) {
    if (error instanceof PdfSyntaxError) throw refused('file.damaged')
    throw error
  }
  const pages = isRef(root) ? countPages(tree, catalogs.get(root.object)) : 0
  if (pages === 0) throw refused('file.pdf-no-pages')
  return pages
}

function inspectValue(value: PdfValue): void {
  const entries = dictOf(value)
  if (!entries) return
  const action = entries.get('S')
  const acts = isName(action) && ACTIVE_ACTIONS.includes(action.name)
  if (acts || ACTIVE_KEYS.some((key) => entries.has(key))) throw refused('file.pdf-active')
  const opening = entries.get('OpenAction')
  if (isDict(opening) && !isName(opening.get('S'), 'GoTo')) throw refused('file.pdf-active')
  if (isStream(value) && (entries.has('F') || entries.has('FFilter'))) throw refused('file.pdf-active')
  if (isDict(entries.get('EF'))) checkCarried(entries)
  if (isName(entries.get('Subtype'), 'Image')) checkPixelsWithin(entries)
  if (isStream(value) && isName(entries.get('Type'), 'EmbeddedFile')) checkProgram(value)
}

function checkCarried(entries: PdfDict): void {
  for (const key of ['F', 'UF', 'DOS', 'Mac', 'Unix']) {
    const carried = readTextString(entries.get(key))
    if (carried !== undefined && !CARRIED.includes(extname(carried).toLowerCase())) {
      throw refused('file.pdf-carries-files')
    }
  }
}

/** Programs and archives by their first bytes, packed or not. */
function checkProgram({ dict, raw }: PdfStream): void {
  const start = dict.has('Filter') ? unpackStart(raw) : Buffer.from(raw.subarray(0, 8))
  if (/^(MZ|\x7fELF|#!|PK|Rar!)/.test(start.toString('latin1'))) throw refused('file.pdf-carries-files')
}

function unpackStart(raw: Uint8Array): Buffer {
  try {
    return inflateSync(raw.subarray(0, 256), { finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    throw refused('file.damaged')
  }
}

function checkPixelsWithin(entries: PdfDict): void {
  const [width, height] = [entries.get('Width'), entries.get('Height')]
  if (typeof width === 'number' && typeof height === 'number' && width * height > MOST_PIXELS) {
    throw refused('file.too-many-pixels', { megapixels: MOST_PIXELS / 1_000_000 })
  }
}

/** The object numbers of `/Kids`; undefined for a page, which has none. */
function kidsOf(entries: PdfDict): number[] | undefined {
  const kids = entries.get('Kids')
  if (isName(entries.get('Type'), 'Page') || !Array.isArray(kids)) return undefined
  return kids.filter(isRef).map((kid) => kid.object)
}

function countPages(
  tree: ReadonlyMap<number, { kids: number[] | undefined }>,
  pages: PdfValue | undefined,
): number {
  const waiting = isRef(pages) ? [pages.object] : []
  const seen = new Set<number>()
  let count = 0
  for (let object = waiting.pop(); object !== undefined; object = waiting.pop()) {
    const node = tree.get(object)
    if (!node || seen.has(object)) throw refused('file.damaged')
    seen.add(object)
    if (node.kids) for (const kid of node.kids) waiting.push(kid)
    else if (++count > MOST_PAGES) throw refused('file.too-many-pages', { pages: MOST_PAGES })
  }
  return count
}
