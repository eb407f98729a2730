/**
 * Makes a typeset paper ready to be signed: its reserved boxes become read-only form fields and its signature places
 * empty signature fields, all of them tagged, before anybody signs. Signing then touches those fields and nothing else.
 */

import type { Rect, RenderedPaper, ReservedField, SignaturePlace } from '../papers/render.ts'
import { catalogOf, dictAt, openPdf, pagesOf, resolve, type OpenedPdf } from '../papers/pdf/revisions.ts'
import {
  dict,
  isName,
  isRef,
  name,
  ref,
  stream,
  textString,
  type PdfDict,
  type PdfRef,
  type PdfValue,
} from '../papers/pdf/values.ts'
import { nextObject, writeWhole } from '../papers/pdf/writing.ts'

/** Annotation flags (ISO 32000-2, 12.5.3): printed; a signature is locked as well. */
const PRINT = 4
const LOCKED = 128
/** Field flag: read-only (12.7.4.1). Form flags: signatures exist, append only (12.7.3). */
const READ_ONLY = 1
const SIGNATURES_EXIST_APPEND_ONLY = 3

/** Names of the two faces in the form's resources; a field's `/DA` says which one it is filled in with. */
export const FIELD_FACE = { upright: 'Tinos', italic: 'TinosItalic' } as const

/**
 * @returns the whole file, written anew as one revision
 * @throws Error when the paper is not one that `renderPaper` made
 */
export function preparePaper(paper: RenderedPaper): Uint8Array {
  const pdf = openPdf(paper.pdf)
  const made = new Map<number, PdfValue>()
  let next = nextObject(pdf)
  const add = (value: PdfValue): PdfRef => {
    made.set(next, value)
    return ref(next++)
  }
  const pages = pagesOf(pdf)
  const tree = structureOf(pdf)
  const widgets = [...paper.fields, ...paper.places].map((box, index) => {
    const page = pages[box.page - 1]
    if (!page) throw new Error(`no page ${box.page}`)
    const widget = add(widgetOf(box, ref(page.object), add(emptyAppearance(box.rect)), tree.nextKey + index))
    const element = add(formElement(tree.document, widget, ref(page.object)))
    return { widget, element, page }
  })
  for (const page of new Set(widgets.map((made) => made.page))) {
    const mine = widgets.filter((made) => made.page === page).map((made) => made.widget)
    const before = resolve(pdf, page.page.get('Annots'))
    const annotations = [...(Array.isArray(before) ? before : []), ...mine]
    made.set(page.object, new Map(page.page).set('Annots', annotations).set('Tabs', name('S')))
  }
  addToStructure(
    made,
    pdf,
    tree,
    widgets.map((one) => one.element),
  )
  const form = add(
    formOf(
      pdf,
      widgets.map((one) => one.widget),
    ),
  )
  const root = pdf.revisions.at(-1)?.trailer.get('Root')
  if (!isRef(root)) throw new Error('no catalog')
  made.set(root.object, new Map(catalogOf(pdf)).set('AcroForm', form))
  return writeWhole(pdf, made)
}

function widgetOf(
  box: ReservedField | SignaturePlace,
  page: PdfRef,
  appearance: PdfRef,
  structParent: number,
): PdfDict {
  const isField = 'size' in box
  const face = isField && box.italic ? FIELD_FACE.italic : FIELD_FACE.upright
  return dict({
    Type: name('Annot'),
    Subtype: name('Widget'),
    FT: name(isField ? 'Tx' : 'Sig'),
    T: textString(box.name),
    TU: textString(box.label),
    F: isField ? PRINT : PRINT + LOCKED,
    Ff: isField ? READ_ONLY : undefined,
    Q: isField ? 1 : undefined,
    DA: isField ? textString(`/${face} ${box.size} Tf 0 g`) : undefined,
    Rect: rectangle(box.rect),
    P: page,
    StructParent: structParent,
    AP: dict({ N: appearance }),
  })
}

function rectangle({ x, y, width, height }: Rect): number[] {
  return [x, y, x + width, y + height].map((value) => Math.round(value * 1000) / 1000)
}

/** PDF/A wants an appearance even where nothing shows yet (ISO 19005-3, 6.3.3). */
function emptyAppearance({ width, height }: Rect): PdfValue {
  const entries = dict({
    Type: name('XObject'),
    Subtype: name('Form'),
    BBox: rectangle({ x: 0, y: 0, width, height }),
    Resources: dict({}),
  })
  return stream(entries, new Uint8Array())
}

/** The field's place in the logical structure (ISO 32000-2, 14.8.4.8.3). */
function formElement(parent: PdfRef, widget: PdfRef, page: PdfRef): PdfDict {
  return dict({
    Type: name('StructElem'),
    S: name('Form'),
    P: parent,
    Pg: page,
    K: [dict({ Type: name('OBJR'), Obj: widget, Pg: page })],
  })
}

interface Structure {
  readonly root: PdfRef
  readonly entries: PdfDict
  /** the element everything else hangs from */
  readonly document: PdfRef
  readonly nextKey: number
}

function structureOf(pdf: OpenedPdf): Structure {
  const root = catalogOf(pdf).get('StructTreeRoot')
  const entries = dictAt(pdf, root)
  const kids = resolve(pdf, entries?.get('K'))
  const document = Array.isArray(kids) ? kids[0] : entries?.get('K')
  const nextKey = entries?.get('ParentTreeNextKey')
  if (!isRef(root) || !entries || !isRef(document) || typeof nextKey !== 'number') {
    throw new Error('the paper is not tagged')
  }
  return { root, entries, document, nextKey }
}

function addToStructure(
  made: Map<number, PdfValue>,
  pdf: OpenedPdf,
  tree: Structure,
  elements: readonly PdfRef[],
): void {
  const document = dictAt(pdf, tree.document)
  const kids = resolve(pdf, document?.get('K'))
  const parents = dictAt(pdf, tree.entries.get('ParentTree'))
  const numbers = resolve(pdf, parents?.get('Nums'))
  if (!document || !Array.isArray(kids) || !Array.isArray(numbers))
    throw new Error('an unknown structure tree')
  const added = elements.flatMap((element, index) => [tree.nextKey + index, element])
  made.set(tree.document.object, new Map(document).set('K', [...kids, ...elements]))
  made.set(
    tree.root.object,
    new Map(tree.entries)
      .set('ParentTree', dict({ Nums: [...numbers, ...added] }))
      .set('ParentTreeNextKey', tree.nextKey + elements.length),
  )
}

function formOf(pdf: OpenedPdf, fields: PdfRef[]): PdfDict {
  const upright = faceObject(pdf, /\+Tinos$/)
  const fonts = {
    [FIELD_FACE.upright]: upright,
    [FIELD_FACE.italic]: faceObject(pdf, /\+Tinos-Italic$/) ?? upright,
  }
  return dict({
    Fields: fields,
    SigFlags: SIGNATURES_EXIST_APPEND_ONLY,
    DR: dict({ Font: dict(fonts) }),
    DA: textString(`/${FIELD_FACE.upright} 14 Tf 0 g`),
  })
}

/** The embedded face of this name in the paper: fields refer to it, so that no face stands outside the file. */
function faceObject(pdf: OpenedPdf, baseFont: RegExp): PdfRef | undefined {
  for (const [number, { value }] of pdf.revisions.flatMap((revision) => [...revision.objects])) {
    if (!(value instanceof Map) || !isName(value.get('Subtype'), 'Type0')) continue
    const base = value.get('BaseFont')
    if (isName(base) && baseFont.test(base.name)) return ref(number)
  }
  return undefined
}
