/**
 * Checks that a PDF carries what it must to call itself tagged PDF/A-3a (ISO 19005-3): a check of structure, made by us.
 * It is no validator: of glyph widths, colours and the meaning of tags it says nothing.
 */

import { PdfSyntaxError } from './pdf/reading.ts'
import { catalogOf, dictAt, openPdf, pagesOf, resolve, type OpenedPdf } from './pdf/revisions.ts'
import {
  dictOf,
  isDict,
  isName,
  isStream,
  latinOf,
  readTextString,
  valuesWithin,
  type PdfDict,
  type PdfValue,
} from './pdf/values.ts'

export interface StructureProblem {
  readonly code:
    | 'structure.unreadable'
    | 'structure.metadata'
    | 'structure.output-intent'
    | 'structure.language'
    | 'structure.title'
    | 'structure.not-tagged'
    | 'structure.font-not-embedded'
    | 'structure.appearance'
    | 'structure.attachment'
    | 'structure.identifier'
    | 'structure.active-content'
  readonly where: string
}

/** @returns what is missing or forbidden; nothing when every mark is there. Never throws on the bytes. */
export function checkStructure(bytes: Uint8Array): StructureProblem[] {
  try {
    const pdf = openPdf(bytes)
    return CHECKS.flatMap((check) => [...check(pdf)])
  } catch (error) {
    if (!(error instanceof PdfSyntaxError)) throw error
    return [{ code: 'structure.unreadable', where: error.message }]
  }
}

const CHECKS = [
  checkMetadata,
  checkOutputIntent,
  checkTags,
  checkFonts,
  checkWidgets,
  checkAttachments,
  checkActiveContent,
]

/** Every object of every revision, with its number. */
function* objectsOf(pdf: OpenedPdf): Generator<[number, PdfValue]> {
  for (const revision of pdf.revisions)
    for (const [number, { value }] of revision.objects) yield [number, value]
}

/** ISO 19005-3, 6.6: XMP that names part and level, uncompressed; 6.1.3: a file identifier. */
function* checkMetadata(pdf: OpenedPdf): Generator<StructureProblem> {
  const metadata = resolve(pdf, catalogOf(pdf).get('Metadata'))
  const xmp = isStream(metadata) && !metadata.dict.has('Filter') ? latinOf(metadata.raw) : ''
  if (!/<pdfaid:part>3<\/pdfaid:part>/.test(xmp)) yield { code: 'structure.metadata', where: 'pdfaid:part' }
  if (!/<pdfaid:conformance>A<\/pdfaid:conformance>/.test(xmp)) {
    yield { code: 'structure.metadata', where: 'pdfaid:conformance' }
  }
  if (!/<dc:title>/.test(xmp)) yield { code: 'structure.title', where: 'dc:title' }
  const trailer = pdf.revisions.at(-1)?.trailer
  if (!Array.isArray(resolve(pdf, trailer?.get('ID'))))
    yield { code: 'structure.identifier', where: 'trailer' }
}

/** 6.2.3: an output intent with its ICC profile. */
function* checkOutputIntent(pdf: OpenedPdf): Generator<StructureProblem> {
  const intents = resolve(pdf, catalogOf(pdf).get('OutputIntents'))
  const intent = dictAt(pdf, Array.isArray(intents) ? intents[0] : undefined)
  const profile = resolve(pdf, intent?.get('DestOutputProfile'))
  if (!isName(intent?.get('S'), 'GTS_PDFA1') || !isStream(profile)) {
    yield { code: 'structure.output-intent', where: 'catalog' }
  }
}

/** 6.7: marked, a structure tree that hangs together, a language. */
function* checkTags(pdf: OpenedPdf): Generator<StructureProblem> {
  const catalog = catalogOf(pdf)
  if (dictAt(pdf, catalog.get('MarkInfo'))?.get('Marked') !== true) {
    yield { code: 'structure.not-tagged', where: 'MarkInfo' }
  }
  if (!readTextString(catalog.get('Lang'))) yield { code: 'structure.language', where: 'catalog' }
  const tree = dictAt(pdf, catalog.get('StructTreeRoot'))
  const parents = resolve(pdf, dictAt(pdf, tree?.get('ParentTree'))?.get('Nums'))
  const keys = new Set(Array.isArray(parents) ? parents.filter((_, index) => index % 2 === 0) : [])
  if (keys.size === 0) yield { code: 'structure.not-tagged', where: 'ParentTree' }
  for (const { object, page } of pagesOf(pdf)) {
    const key = page.get('StructParents')
    if (key === undefined || !keys.has(key))
      yield { code: 'structure.not-tagged', where: `page object ${object}` }
    for (const widget of annotationsOf(pdf, page)) {
      const own = widget.get('StructParent')
      if (own === undefined || !keys.has(own))
        yield { code: 'structure.not-tagged', where: `annotation on ${object}` }
    }
  }
}

/** 6.2.11.4: every face stands inside the file. */
function* checkFonts(pdf: OpenedPdf): Generator<StructureProblem> {
  for (const [number, value] of objectsOf(pdf)) {
    const entries = dictOf(value)
    if (!isName(entries?.get('Type'), 'Font') || isName(entries.get('Subtype'), 'Type0')) continue
    if (isName(entries.get('Subtype'), 'Type3')) continue
    const descriptor = dictAt(pdf, entries.get('FontDescriptor'))
    const embedded = ['FontFile', 'FontFile2', 'FontFile3'].some((key) =>
      isStream(resolve(pdf, descriptor?.get(key))),
    )
    if (!embedded) yield { code: 'structure.font-not-embedded', where: `object ${number}` }
  }
}

/** 6.3 and 6.4: a widget has one appearance, is printed, and the form leaves no drawing to the reader. */
function* checkWidgets(pdf: OpenedPdf): Generator<StructureProblem> {
  const form = dictAt(pdf, catalogOf(pdf).get('AcroForm'))
  if (form?.get('NeedAppearances') === true) yield { code: 'structure.appearance', where: 'AcroForm' }
  for (const { object, page } of pagesOf(pdf)) {
    for (const annotation of annotationsOf(pdf, page)) {
      if (!isName(annotation.get('Subtype'), 'Widget')) continue
      const flags = annotation.get('F')
      const looks = dictAt(pdf, annotation.get('AP'))
      const one = looks?.size === 1 && isStream(resolve(pdf, looks.get('N')))
      const printed = typeof flags === 'number' && (flags & 4) === 4 && (flags & 0b100011) === 0
      if (!one || !printed) yield { code: 'structure.appearance', where: `widget on page object ${object}` }
    }
  }
}

/** 6.8: every embedded file says how it belongs to the document, and what kind it is. */
function* checkAttachments(pdf: OpenedPdf): Generator<StructureProblem> {
  for (const [number, value] of objectsOf(pdf)) {
    const entries = dictOf(value)
    if (isName(entries?.get('Type'), 'Filespec') || isDict(entries?.get('EF'))) {
      const complete = entries?.has('AFRelationship') && entries.has('F') && entries.has('UF')
      if (!complete) yield { code: 'structure.attachment', where: `object ${number}` }
    }
    if (isName(entries?.get('Type'), 'EmbeddedFile') && !entries.has('Subtype')) {
      yield { code: 'structure.attachment', where: `object ${number}` }
    }
  }
}

function* checkActiveContent(pdf: OpenedPdf): Generator<StructureProblem> {
  for (const where of activeContentOf(pdf)) yield { code: 'structure.active-content', where }
}

/** Keys that make a document do something or look different to different readers (6.1.13, 6.5, 6.9). */
const ACTIVE_KEYS = [
  'AA',
  'Encrypt',
  'FFilter',
  'JS',
  'JavaScript',
  'NeedAppearances',
  'OCProperties',
  'OpenAction',
  'PieceInfo',
  'Requirements',
  'RichMedia',
  'XFA',
]
const PASSIVE_ACTIONS = ['URI', 'GoTo']

/** Where the file carries something that acts, hides or is fetched from elsewhere: a signed paper may not. */
export function activeContentOf(pdf: OpenedPdf): string[] {
  const found = new Set<string>()
  for (const [number, value] of objectsOf(pdf)) {
    for (const inner of valuesWithin(value)) {
      const entries = dictOf(inner)
      if (!entries) continue
      for (const key of ACTIVE_KEYS) if (entries.has(key)) found.add(`${key} in object ${number}`)
      if (isStream(inner) && entries.has('F')) found.add(`external stream in object ${number}`)
      const action = entries.get('S')
      const acts = isName(entries.get('Type'), 'Action') || entries.has('URI')
      if (acts && !(isName(action) && PASSIVE_ACTIONS.includes(action.name)))
        found.add(`action in object ${number}`)
      const linked = entries.get('A')
      if (isName(entries.get('Subtype'), 'Link') && linked !== undefined && !isPassive(pdf, linked)) {
        found.add(`link in object ${number}`)
      }
    }
  }
  return [...found]
}

function isPassive(pdf: OpenedPdf, action: PdfValue): boolean {
  const kind = dictAt(pdf, action)?.get('S')
  return isName(kind) && PASSIVE_ACTIONS.includes(kind.name)
}

function annotationsOf(pdf: OpenedPdf, page: PdfDict): PdfDict[] {
  const annotations = resolve(pdf, page.get('Annots'))
  if (!Array.isArray(annotations)) return []
  return annotations.map((one) => dictAt(pdf, one)).filter((one) => one !== undefined)
}
