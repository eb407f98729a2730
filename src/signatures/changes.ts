/**
 * What each later revision of a signed paper did to it. Allowed is one thing: to fill empty fields that the paper kept
 * free (a signature, a number, a date). Everything else, down to an object nobody points to, is a problem: the known
 * attacks on signed PDFs (shadow, incremental saving, object overwriting) all need something else.
 */

import { catalogOf, dictAt, resolve, type OpenedPdf } from '../papers/pdf/revisions.ts'
import {
  dict,
  dictOf,
  isDict,
  isName,
  isRef,
  isStream,
  isText,
  readTextString,
  sameValue,
  valuesWithin,
  type PdfDict,
  type PdfValue,
} from '../papers/pdf/values.ts'
import type { Problem } from './problems.ts'

/** One field that a revision filled. */
export interface Change {
  /** 1 for the first revision after the paper was made */
  readonly revision: number
  readonly field: string
  readonly what: 'signed' | 'filled'
}

/** A signature as it stands in the file, not yet checked. */
export interface PlacedSignature {
  readonly revision: number
  readonly place: string
  readonly entries: PdfDict
}

export interface Review {
  readonly changes: readonly Change[]
  readonly signatures: readonly PlacedSignature[]
  readonly problems: readonly Problem[]
  /** signature places still empty at the end */
  readonly unsigned: readonly string[]
  /** text fields and what they say at the end */
  readonly filled: Readonly<Record<string, string>>
}

/** Goes through the revisions in order. */
export function reviewRevisions(pdf: OpenedPdf): Review {
  const fields = formFields(pdf)
  const reviews = pdf.revisions.slice(1).map((_, index) => reviewRevision(pdf, index + 1, fields))
  const names = [...fields.keys()]
  const end = names.map((object) => ({ object, entries: dictAt(pdf, refTo(object)) ?? new Map() }))
  return {
    changes: reviews.flatMap((review) => review.changes),
    signatures: reviews.flatMap((review) => review.signatures),
    problems: [...checkBase(pdf, fields), ...reviews.flatMap((review) => review.problems)],
    unsigned: end
      .filter(({ entries }) => isName(entries.get('FT'), 'Sig') && !entries.has('V'))
      .map(({ object }) => fields.get(object) ?? ''),
    filled: Object.fromEntries(
      end
        .filter(({ entries }) => isName(entries.get('FT'), 'Tx') && entries.has('V'))
        .map(({ object, entries }) => [fields.get(object) ?? '', readTextString(entries.get('V')) ?? '']),
    ),
  }
}

function refTo(object: number): PdfValue {
  return { kind: 'ref', object, generation: 0 }
}

/** The form's fields by object number, as the paper was made with them. */
function formFields(pdf: OpenedPdf): Map<number, string> {
  const form = dictAt(pdf, catalogOf(pdf).get('AcroForm'), 0)
  const listed = resolve(pdf, form?.get('Fields'), 0)
  const fields = new Map<number, string>()
  for (const field of Array.isArray(listed) ? listed : []) {
    const entries = dictAt(pdf, field, 0)
    if (isRef(field) && entries) fields.set(field.object, readTextString(entries.get('T')) ?? '')
  }
  return fields
}

/** Before the first signature every field is empty, has no children and a name of its own. */
function checkBase(pdf: OpenedPdf, fields: ReadonlyMap<number, string>): Problem[] {
  const problems: Problem[] = []
  for (const [object, field] of fields) {
    const entries = dictAt(pdf, refTo(object), 0)
    if (entries?.has('V') || entries?.has('Kids') || entries?.has('Parent') || field === '') {
      problems.push({ code: 'form.not-empty', facts: { field } })
    }
  }
  if (new Set(fields.values()).size !== fields.size)
    problems.push({ code: 'form.not-empty', facts: { field: '' } })
  for (const [number, { value }] of pdf.revisions[0]?.objects ?? []) {
    if (looksSigned(value)) problems.push({ code: 'signature.misplaced', facts: { object: number } })
  }
  return problems
}

function looksSigned(value: PdfValue): boolean {
  return [...valuesWithin(value)].some((inner) => dictOf(inner)?.has('ByteRange'))
}

interface RevisionReview {
  readonly changes: Change[]
  readonly signatures: PlacedSignature[]
  readonly problems: Problem[]
}

function reviewRevision(
  pdf: OpenedPdf,
  revision: number,
  fields: ReadonlyMap<number, string>,
): RevisionReview {
  const review: RevisionReview = { changes: [], signatures: [], problems: [] }
  const current = pdf.revisions[revision]
  const previous = pdf.revisions[revision - 1]
  if (!current || !previous) return review
  const fault = (code: Problem['code'], facts: Problem['facts'] = {}) => {
    review.problems.push({ code, facts: { revision, ...facts } })
  }
  for (const key of ['Root', 'Info', 'ID']) {
    if (!sameValue(current.trailer.get(key), previous.trailer.get(key)))
      fault('revision.trailer-changed', { key })
  }
  const size = Number(previous.trailer.get('Size'))
  const fresh = new Set([...current.objects.keys()].filter((object) => object >= size))
  const reached = new Set<number>()
  for (const [object, { value }] of current.objects) {
    if (fresh.has(object)) continue
    const field = fields.get(object)
    const before = dictAt(pdf, refTo(object), revision - 1)
    if (field === undefined || !before || !isDict(value)) {
      fault('revision.object-changed', { object })
      continue
    }
    const what = fillingOf(before, value)
    if (!what) fault('revision.field-changed', { field })
    else review.changes.push({ revision, field, what })
    if (what === 'signed') placeSignature(pdf, revision, field, value, review)
    reach(pdf, revision, dict({ V: value.get('V'), AP: value.get('AP') }), fresh, reached, () => {
      fault('revision.points-outside', { field })
    })
  }
  for (const object of fresh) if (!reached.has(object)) fault('revision.stray-object', { object })
  const signed = review.changes.filter((change) => change.what === 'signed').length
  if (signed !== 1) fault('revision.not-one-signature', { signed })
  return review
}

/** Whether the only difference is that an empty field got its value and its looks. */
function fillingOf(before: PdfDict, after: PdfDict): Change['what'] | undefined {
  const strip = (entries: PdfDict) => new Map([...entries].filter(([key]) => key !== 'V' && key !== 'AP'))
  if (before.has('V') || !sameValue(strip(before), strip(after))) return undefined
  const looks = after.get('AP')
  if (!isDict(looks) || looks.size !== 1 || !isRef(looks.get('N'))) return undefined
  const value = after.get('V')
  if (isName(after.get('FT'), 'Sig')) return isRef(value) ? 'signed' : undefined
  const readOnly = isName(after.get('FT'), 'Tx') && after.get('Ff') === 1
  return readOnly && isText(value) ? 'filled' : undefined
}

function placeSignature(
  pdf: OpenedPdf,
  revision: number,
  place: string,
  field: PdfDict,
  review: RevisionReview,
): void {
  const entries = dictAt(pdf, field.get('V'), revision)
  const looks = resolve(pdf, (field.get('AP') as PdfDict).get('N'), revision)
  const drawn = isStream(looks) && isName(looks.dict.get('Subtype'), 'Form') && !looks.dict.has('Matrix')
  if (!entries || !drawn) review.problems.push({ code: 'signature.unreadable', facts: { place, revision } })
  else review.signatures.push({ revision, place, entries })
}

/** Follows references; each must lead to an object this revision brought. */
function reach(
  pdf: OpenedPdf,
  revision: number,
  from: PdfValue,
  fresh: ReadonlySet<number>,
  reached: Set<number>,
  outside: () => void,
): void {
  const waiting: PdfValue[] = [from]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    for (const inner of valuesWithin(value)) {
      if (!isRef(inner) || reached.has(inner.object)) continue
      if (!fresh.has(inner.object)) outside()
      else {
        reached.add(inner.object)
        waiting.push(pdf.revisions[revision]?.objects.get(inner.object)?.value ?? null)
      }
    }
  }
}
