/** Brings a typeset drawing into a paper as the appearance of a field: a form XObject with faces of its own (8.10). */

import { openPdf, pagesOf, resolve, type OpenedPdf } from '../papers/pdf/revisions.ts'
import {
  dict,
  dictOf,
  isRef,
  isStream,
  name,
  stream,
  type PdfRef,
  type PdfValue,
} from '../papers/pdf/values.ts'

/**
 * @param drawing a PDF of one page
 * @param add registers a new object and answers with its reference
 * @throws Error when the drawing is no page of ours
 */
export function importAppearance(drawing: Uint8Array, add: (value: PdfValue) => PdfRef): PdfRef {
  const pdf = openPdf(drawing)
  const [page] = pagesOf(pdf)
  const content = resolve(pdf, page?.page.get('Contents'))
  if (!page || !isStream(content)) throw new Error('a drawing without content')
  const copied = new Map<number, PdfRef>()
  const entries = dict({
    Type: name('XObject'),
    Subtype: name('Form'),
    BBox: page.page.get('MediaBox'),
    Resources: copy(pdf, page.page.get('Resources') ?? null, copied, add),
    Filter: content.dict.get('Filter'),
  })
  return add(stream(entries, content.raw))
}

function copy(
  pdf: OpenedPdf,
  value: PdfValue,
  copied: Map<number, PdfRef>,
  add: (value: PdfValue) => PdfRef,
): PdfValue {
  if (isRef(value)) {
    const before = copied.get(value.object)
    if (before) return before
    const made = add(copy(pdf, resolve(pdf, value), copied, add))
    copied.set(value.object, made)
    return made
  }
  if (Array.isArray(value)) return value.map((item) => copy(pdf, item, copied, add))
  const entries = dictOf(value)
  if (!entries) return value
  const made = new Map([...entries].map(([key, item]) => [key, copy(pdf, item, copied, add)]))
  return isStream(value) ? { ...value, dict: made } : made
}
