/**
 * Attacks on signed papers, built by hand: by somebody without a key, who adds to the file, and by a signer with a good
 * key, who does more in his revision than sign (after "1 Trillion Dollar Refund", "Shadow Attacks" and ISO 32000-2, 12.8).
 */

import { beforeAll, describe, expect, test } from 'vitest'
import { openPdf, pagesOf } from '../papers/pdf/revisions.ts'
import {
  bytesOf,
  concat,
  dict,
  isDict,
  isName,
  isRef,
  name,
  ref,
  stream,
  textString,
  type PdfDict,
  type PdfValue,
} from '../papers/pdf/values.ts'
import { appendRevision, nextObject, writeWhole } from '../papers/pdf/writing.ts'
import { renderPaper } from '../papers/render.ts'
import { REFERRAL } from '../papers/examples.ts'
import { exampleKeys, FILLED, signedAt, signedReferral, type ExampleKeys } from './examples.ts'
import { preparePaper } from './prepare.ts'
import { BYTE_RANGE, sealRevision, signPaper } from './seal.ts'
import { verifyPaper } from './verify.ts'

let keys: ExampleKeys
let trust: string[]
/** prepared, signed by the person, signed by the organisation */
let steps: readonly Uint8Array[]
let pdf: Uint8Array

beforeAll(async () => {
  keys = await exampleKeys()
  trust = [keys.root.certificatePem]
  const example = await signedReferral()
  steps = example.steps
  pdf = example.pdf
})

const codesOf = (bytes: Uint8Array) => verifyPaper(bytes, { trust }).problems.map((problem) => problem.code)

type Objects = Map<number, PdfValue>

/** What stands in a file at the end: its page, its catalog, its fields. */
function anatomy(bytes: Uint8Array) {
  const opened = openPdf(bytes)
  const latest = (object: number) => {
    return (
      opened.revisions.findLast((revision) => revision.objects.has(object))?.objects.get(object)?.value ??
      null
    )
  }
  const [page] = pagesOf(opened)
  const root = opened.revisions[0]?.trailer.get('Root')
  if (!page || !isRef(root)) throw new Error('no paper')
  const field = (wanted: string): [number, PdfDict] => {
    for (const revision of opened.revisions) {
      for (const [object, { value }] of revision.objects) {
        const label = isDict(value) ? value.get('T') : undefined
        if (label && JSON.stringify(label) === JSON.stringify({ ...textString(wanted), ...place(label) })) {
          return [object, latest(object) as PdfDict]
        }
      }
    }
    throw new Error(`no field ${wanted}`)
  }
  return {
    opened,
    page,
    root: root.object,
    catalog: latest(root.object) as PdfDict,
    field,
    next: nextObject(opened),
  }
}

function place(label: PdfValue) {
  const { from, to } = label as { from: number; to: number }
  return { from, to }
}

const form = () =>
  stream(
    dict({ Type: name('XObject'), Subtype: name('Form'), BBox: [0, 0, 10, 10] }),
    bytesOf('0 0 10 10 re f'),
  )

/** Changes somebody may want to make, by what they are; each adds to the objects of a revision. */
const CHANGES: Record<string, (objects: Objects, bytes: Uint8Array) => void> = {
  'the page’s content exchanged': (objects, bytes) => {
    const { page, next } = anatomy(bytes)
    objects.set(next + 50, stream(dict({}), bytesOf('0 0 500 500 re f')))
    objects.set(page.object, new Map(page.page).set('Contents', ref(next + 50)))
  },
  'a note laid over the page': (objects, bytes) => {
    const { page, next } = anatomy(bytes)
    const note = dict({
      Type: name('Annot'),
      Subtype: name('FreeText'),
      Rect: [0, 0, 600, 800],
      AP: dict({ N: ref(next + 51) }),
    })
    objects.set(next + 50, note).set(next + 51, form())
    objects.set(
      page.object,
      new Map(page.page).set('Annots', [...(page.page.get('Annots') as PdfValue[]), ref(next + 50)]),
    )
  },
  'an action on opening': (objects, bytes) => {
    const { root, catalog } = anatomy(bytes)
    const action = dict({ S: name('JavaScript'), JS: textString('app.alert(1)') })
    objects.set(root, new Map(catalog).set('OpenAction', action))
  },
  'the number filled in again': (objects, bytes) => {
    const [object, field] = anatomy(bytes).field('number')
    objects.set(object, new Map(field).set('V', textString('Số 99-GGT/ĐU')))
  },
  'the number’s looks exchanged': (objects, bytes) => {
    const { field, next } = anatomy(bytes)
    const [object, entries] = field('number')
    objects.set(next + 50, form()).set(object, new Map(entries).set('AP', dict({ N: ref(next + 50) })))
  },
  'a field moved and enlarged': (objects, bytes) => {
    const [object, field] = anatomy(bytes).field('person')
    objects.set(object, new Map(field).set('Rect', [0, 0, 595, 842]))
  },
  'an object nobody points to': (objects, bytes) => {
    objects.set(anatomy(bytes).next + 50, textString('hidden'))
  },
  'a font of the paper exchanged': (objects, bytes) => {
    const { opened } = anatomy(bytes)
    const [font] = [...(opened.revisions[0]?.objects ?? [])].filter(([, { value }]) => {
      return isDict(value) && isName(value.get('Subtype'), 'Type0')
    })
    if (font) objects.set(font[0], new Map(font[1].value as PdfDict).set('BaseFont', name('Other')))
  },
  'the structure tree emptied': (objects, bytes) => {
    const { catalog } = anatomy(bytes)
    const tree = catalog.get('StructTreeRoot')
    if (isRef(tree)) objects.set(tree.object, dict({ Type: name('StructTreeRoot') }))
  },
}

describe('somebody without a key appends a revision', () => {
  test.each(Object.entries(CHANGES))('%s', (_, change) => {
    for (const step of steps.slice(1)) {
      const objects: Objects = new Map()
      change(objects, step)
      const attacked = appendRevision(openPdf(step), objects)
      expect(verifyPaper(attacked, { trust })).toMatchObject({ valid: false, trusted: false })
      expect(codesOf(attacked)).toContain('revision.not-one-signature')
    }
  })

  test('a revision of nothing, bytes behind the end, a space', () => {
    expect(codesOf(appendRevision(openPdf(pdf), new Map()))).toContain('revision.not-one-signature')
    for (const tail of ['%%EOF\n', ' ', '\n', 'x', '1 0 obj null endobj']) {
      expect(codesOf(concat([pdf, bytesOf(tail)])), tail).toEqual(['file.unreadable'])
    }
  })
})

/** The organisation's revision over `base`, with more in it than it should have, signed with the organisation's own key. */
async function forge(
  base: Uint8Array,
  change: (objects: Objects, signature: PdfDict) => void,
): Promise<Uint8Array> {
  const honest = await signPaper(base, {
    place: 'organisation',
    key: keys.organisation,
    at: signedAt(1),
    fill: FILLED,
  })
  const revision = openPdf(honest).revisions.at(-1)
  const objects: Objects = new Map(
    [...(revision?.objects ?? [])].map(([object, { value }]) => [object, value]),
  )
  for (const value of objects.values()) {
    if (!isDict(value) || !value.has('ByteRange')) continue
    value.set('ByteRange', { kind: 'verbatim', bytes: bytesOf(BYTE_RANGE) })
    change(objects, value)
  }
  return sealRevision(appendRevision(openPdf(base), objects), base.length, { key: keys.organisation })
}

describe('a signer with a good key does more than sign', () => {
  test('ISO 32000-2, 12.8.1: forged without a change it verifies, so the forging itself is sound', async () => {
    const honest = await forge(steps[1] ?? pdf, () => {})
    expect(verifyPaper(honest, { trust })).toMatchObject({ valid: true, trusted: true })
  })

  test.each(Object.entries(CHANGES).filter(([change]) => !change.includes('number')))(
    '%s',
    async (_, change) => {
      const base = steps[1] ?? pdf
      const attacked = await forge(base, (objects) => change(objects, base))
      const result = verifyPaper(attacked, { trust })
      expect(result.valid).toBe(false)
      expect(result.problems.map((problem) => problem.code)).toEqual(
        expect.arrayContaining([expect.stringMatching(/^revision\./)]),
      )
    },
  )

  test('the looks of a field point back into the paper', async () => {
    const base = steps[1] ?? pdf
    const attacked = await forge(base, (objects) => {
      const { page } = anatomy(base)
      for (const [object, value] of objects) {
        if (isDict(value) && value.has('AP') && isName(value.get('FT'), 'Tx')) {
          objects.set(object, new Map(value).set('AP', dict({ N: page.page.get('Contents') })))
        }
      }
    })
    expect(codesOf(attacked)).toContain('revision.points-outside')
  })

  test('a second signature in the same revision', async () => {
    const paper = preparePaper(await renderPaper({ template: 'referral', data: REFERRAL }))
    const attacked = await forge(paper, (objects, signature) => {
      const { field, next } = anatomy(paper)
      const [object, entries] = field('person')
      objects.set(next + 60, new Map(signature).set('ByteRange', [0, 1, 2, 3])).set(next + 61, form())
      objects.set(object, new Map(entries).set('V', ref(next + 60)).set('AP', dict({ N: ref(next + 61) })))
    })
    expect(codesOf(attacked)).toContain('revision.not-one-signature')
  })

  test('ETSI EN 319 142-1, 6.3: another SubFilter, an unknown key in the signature', async () => {
    const base = steps[1] ?? pdf
    const other = await forge(
      base,
      (_, signature) => void signature.set('SubFilter', name('adbe.pkcs7.sha1')),
    )
    expect(codesOf(other)).toContain('signature.unreadable')
    const more = await forge(base, (_, signature) => void signature.set('Changes', [1, 2, 3]))
    expect(codesOf(more)).toContain('signature.unreadable')
  })

  test('a certificate that was not valid at the time stated: whole, not trusted', async () => {
    const late = await forge(
      steps[1] ?? pdf,
      (_, signature) => void signature.set('M', textString("D:20350101000000+07'00'")),
    )
    const result = verifyPaper(late, { trust })
    expect(result).toMatchObject({ valid: true, trusted: false })
    expect(result.signatures.map((signature) => signature.standing)).toEqual(['valid', 'expired'])
  })

  test('signed before the signature it stands upon', async () => {
    const early = await forge(
      steps[1] ?? pdf,
      (_, signature) => void signature.set('M', textString("D:20260804000000+07'00'")),
    )
    expect(codesOf(early)).toEqual(['signature.time-order'])
  })
})

/** The last revision's ByteRange rewritten, in the same number of bytes, and signed anew over what it then covers. */
function rewriteRange(
  bytes: Uint8Array,
  change: (range: [number, number, number, number]) => unknown[],
): Uint8Array {
  const copy = Buffer.from(bytes)
  const at = copy.lastIndexOf('/ByteRange [')
  const end = copy.indexOf(']', at) + 1
  const range = copy
    .toString('latin1', at + 12, end - 1)
    .trim()
    .split(/\s+/)
    .map(Number)
  const written = `[${change(range as [number, number, number, number]).join(' ')}]`
  copy.write(written.padEnd(end - at - 11), at + 11, 'latin1')
  return copy
}

describe('ISO 32000-2, 12.8.1: ByteRange', () => {
  test.each<[string, (range: [number, number, number, number]) => unknown[]]>([
    ['does not start at 0', ([, first, second, length]) => [1, first - 1, second, length]],
    ['leaves a gap before', ([, first, second, length]) => [0, first - 9, second, length]],
    ['leaves a gap behind', ([, first, second, length]) => [0, first, second + 9, length - 9]],
    ['stops short of the end', ([, first, second, length]) => [0, first, second, length - 1]],
    ['runs over the end', ([, first, second, length]) => [0, first, second, length + 1]],
    ['has two numbers', ([, first]) => [0, first]],
    ['is negative', ([, first, second, length]) => [0, first, -second, length]],
    ['is empty', () => []],
    ['holds a name', ([, first, second]) => [0, first, second, '/A']],
  ])('%s', (_, change) => {
    const codes = codesOf(rewriteRange(pdf, change))
    expect(codes).toContain('signature.range')
  })
})

function patched(find: string | RegExp, replacement: string | ((found: string) => string)): Uint8Array {
  const text = Buffer.from(pdf).toString('latin1')
  const made =
    typeof replacement === 'string' ? text.replace(find, replacement) : text.replace(find, replacement)
  expect(made).not.toBe(text)
  return Buffer.from(made, 'latin1')
}

describe('the signature’s own bytes', () => {
  const contents = /<[0-9a-f]{4000,}>(?![^]*<[0-9a-f]{4000,}>)/

  test('capital letters, an odd character, bytes in the padding, all zeros, empty', () => {
    for (const change of [
      (found: string) => found.replace(/[a-f]/, (digit) => digit.toUpperCase()),
      (found: string) => found.replace('30', '3 '),
      (found: string) => `${found.slice(0, -3)}01>`,
      (found: string) => `<${'0'.repeat(found.length - 2)}>`,
      (found: string) => `<>${' '.repeat(found.length - 2)}`,
    ]) {
      expect(verifyPaper(patched(contents, change), { trust }).valid).toBe(false)
    }
  })

  test('the other signature put in its place', () => {
    const text = Buffer.from(pdf).toString('latin1')
    const [first = ''] = /<[0-9a-f]{4000,}>/.exec(text) ?? []
    const swapped = patched(
      contents,
      (found) => first.padEnd(found.length, '0').slice(0, found.length - 1) + '>',
    )
    expect(codesOf(swapped)).toContain('signature.digest')
  })
})

describe('games with tables and objects (ISO 32000-2, 7.5)', () => {
  test('the table of the end points elsewhere, in a ring, or names a hidden stream', () => {
    const last = openPdf(pdf).revisions.at(-1)
    const at = String(last?.tableAt)
    const games = [
      patched(new RegExp(`startxref\n${at}\n%%EOF\n$`), `startxref\n${'9'.repeat(at.length)}\n%%EOF\n`),
      patched(/\/Prev \d+(?![^]*\/Prev)/, (found) => `/Prev ${at.padStart(found.length - 6, '0')}`),
      patched(/\/Prev (\d+)(?![^]*\/Prev)/, (found) => found.replace('Prev', 'XRef')),
      patched(/xref\n(\d+) /, 'xref\n9 '),
    ]
    for (const game of games) expect(codesOf(game)).toEqual(['file.unreadable'])
  })

  test('the same object twice in one revision, an object no table names, a comment between objects', () => {
    const base = steps[0] ?? pdf
    const at = openPdf(base).revisions[0]?.tableAt ?? 0
    for (const extra of ['1 0 obj\nnull\nendobj\n', '9999 0 obj\nnull\nendobj\n', '% hidden\n', 'x\n']) {
      const moved = Buffer.concat([base.subarray(0, at), Buffer.from(extra), base.subarray(at)])
      const text = moved.toString('latin1').replace(`startxref\n${at}\n`, `startxref\n${at + extra.length}\n`)
      expect(codesOf(Buffer.from(text, 'latin1')), extra).toEqual(['file.unreadable'])
    }
  })

  test('another header, encryption, object streams: not a paper of ours', () => {
    expect(codesOf(patched('%PDF-1.7', '%PDF-1.3'))).toEqual(['file.unreadable'])
    expect(codesOf(concat([bytesOf('MZ'), pdf]))).toEqual(['file.unreadable'])
  })
})

describe('prepared before the first signature (shadow attacks)', () => {
  async function signPrepared(change: (objects: Objects, bytes: Uint8Array) => void): Promise<Uint8Array> {
    const paper = preparePaper(await renderPaper({ template: 'referral', data: REFERRAL }))
    const objects: Objects = new Map()
    change(objects, paper)
    const prepared = writeWhole(openPdf(paper), objects)
    return signPaper(prepared, { place: 'person', key: keys.person, at: signedAt(0) })
  }

  test('a script, hidden layers, a form that redraws itself: whole, but not accepted', async () => {
    const { catalog: before } = anatomy(steps[0] ?? pdf)
    expect(before.has('OpenAction')).toBe(false)
    for (const [key, value] of [
      ['OpenAction', dict({ S: name('JavaScript'), JS: textString('x') })],
      ['OCProperties', dict({ OCGs: [] })],
      ['AA', dict({})],
    ] as const) {
      const signed = await signPrepared((objects, bytes) => {
        const { root, catalog } = anatomy(bytes)
        objects.set(root, new Map(catalog).set(key, value))
      })
      expect(codesOf(signed), key).toEqual(['file.active-content'])
    }
  })

  test('a reserved field that was filled before anybody signed', async () => {
    const signed = await signPrepared((objects, bytes) => {
      const [object, field] = anatomy(bytes).field('number')
      objects.set(object, new Map(field).set('V', textString('Số 01-GGT/ĐU')))
    })
    expect(codesOf(signed)).toEqual(['form.not-empty'])
  })

  test('a signature lying about in the paper', async () => {
    const signed = await signPrepared((objects, bytes) => {
      objects.set(anatomy(bytes).next, dict({ Type: name('Sig'), ByteRange: [0, 1, 2, 3] }))
    })
    expect(codesOf(signed)).toEqual(['signature.misplaced'])
  })
})
