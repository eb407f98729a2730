/** Files people send: whole ones of four kinds come in; disguised, active, encrypted, cut or swollen ones do not. */

import { readFile } from 'node:fs/promises'
import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '../kernel/refusal.ts'
import { CELL_REFERRAL, REFERRAL } from './examples.ts'
import { inspectUpload, LARGEST_UPLOAD_BYTES } from './hostile-files.ts'
import { renderPaper } from './render.ts'
import { UPLOAD_REFUSALS } from './upload-texts.ts'

const latin = (text: string) => Buffer.from(text, 'latin1')

/** A PDF of these objects, numbered from 1; the first is the catalog. */
function pdfOf(objects: readonly string[], more = ''): Buffer {
  const body = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('')
  return latin(
    `%PDF-1.7\n${body}trailer\n<</Size ${objects.length + 1}/Root 1 0 R${more}>>\nstartxref\n0\n%%EOF\n`,
  )
}

const CATALOG = '<</Type/Catalog/Pages 2 0 R>>'
const PAGES = '<</Type/Pages/Kids[3 0 R]/Count 1>>'
const PAGE = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>'
const PLAIN = [CATALOG, PAGES, PAGE]

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([latin(type), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}

function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 1
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(100))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function jpeg(width: number, height: number): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt16BE(height, 0)
  size.writeUInt16BE(width, 2)
  return Buffer.concat([
    Buffer.from('ffd8ffe000104a46494600010100000100010000ffc2000b08', 'hex'),
    size,
    Buffer.from('01011100ffda0008010100003f00', 'hex'),
    Buffer.from('1234ff00ffd05678ffc400041122ffda0008010100003f00aabbffd9', 'hex'),
  ])
}

function box(type: string, ...contents: Buffer[]): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + contents.reduce((sum, one) => sum + one.length, 0), 0)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, ...contents])
}

function heic(width: number, height: number): Buffer {
  const size = Buffer.alloc(12)
  size.writeUInt32BE(width, 4)
  size.writeUInt32BE(height, 8)
  const meta = box(
    'meta',
    Buffer.alloc(4),
    box('hdlr', Buffer.alloc(24)),
    box('iprp', box('ipco', box('ispe', size))),
  )
  return Buffer.concat([box('ftyp', latin('mif1\0\0\0\0mif1heic')), meta, box('mdat', Buffer.alloc(64))])
}

async function codeOf(bytes: Uint8Array, file: string): Promise<string> {
  try {
    return (await inspectUpload(bytes, file)).kind
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal)
    expect((error as Refusal).kind).toBe('invalid')
    return (error as Refusal).code
  }
}

describe('what comes in', () => {
  test('a PDF, plain and packed, with its pages counted', async () => {
    expect(await inspectUpload(pdfOf(PLAIN), 'Quyết định.PDF')).toEqual({ kind: 'pdf', pages: 1 })
    const packed = deflateSync(
      latin(`1 0 2 ${CATALOG.length + 1} 3 ${CATALOG.length + PAGES.length + 2}   ${PLAIN.join(' ')}`),
    )
    const first = latin(`1 0 2 ${CATALOG.length + 1} 3 ${CATALOG.length + PAGES.length + 2}   `).length
    const stream = Buffer.concat([
      latin(
        `%PDF-1.5\n9 0 obj <</Type/ObjStm/N 3/First ${first}/Filter/FlateDecode/Length ${packed.length}>> stream\n`,
      ),
      packed,
      latin(
        '\nendstream endobj\n10 0 obj <</Type/XRef/Root 1 0 R/Length 0>> stream\n\nendstream endobj\nstartxref\n9\n%%EOF',
      ),
    ])
    expect(await inspectUpload(stream, 'a.pdf')).toEqual({ kind: 'pdf', pages: 1 })
  })

  test('a paper of ours that carries an earlier one', async () => {
    const bytes = (await renderPaper({ template: 'referral', data: CELL_REFERRAL })).pdf
    const attachments = [{ name: 'hop-1.pdf', mimeType: 'application/pdf', description: '', bytes }]
    const paper = await renderPaper({ template: 'referral', data: REFERRAL, attachments })
    expect(await inspectUpload(paper.pdf, 'giay.pdf')).toEqual({ kind: 'pdf', pages: paper.pages })
  })

  test('photos: JPEG, PNG, HEIC', async () => {
    expect(await inspectUpload(jpeg(4000, 3000), 'anh.jpg')).toEqual({ kind: 'jpeg' })
    expect(await inspectUpload(jpeg(40, 30), 'anh.JPEG')).toEqual({ kind: 'jpeg' })
    expect(await inspectUpload(png(1, 1), 'anh.png')).toEqual({ kind: 'png' })
    expect(await inspectUpload(heic(4032, 3024), 'anh.heic')).toEqual({ kind: 'heic' })
  })
})

test('a file is what its name says', async () => {
  expect(await codeOf(pdfOf(PLAIN), 'anh.jpg')).toBe('file.name-differs')
  expect(await codeOf(jpeg(1, 1), 'quyet-dinh.pdf')).toBe('file.name-differs')
  expect(await codeOf(pdfOf(PLAIN), 'quyet-dinh.pdf.exe')).toBe('file.name-differs')
  expect(await codeOf(pdfOf(PLAIN), 'quyet-dinh')).toBe('file.name-differs')
})

test.each([
  ['a web page', '<!doctype html><script>1</script>'],
  ['a drawing with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'],
  ['an archive', 'PK\x03\x04\x14\0\0\0'],
  ['a program', 'MZ\x90\0'],
  ['an AVIF', '\0\0\0\x1cftypavif\0\0\0\0mif1avif'],
  ['a text before a PDF', ' %PDF-1.7'],
  ['a GIF', 'GIF89a'],
])('%s is not taken under any name', async (_, start) => {
  for (const name of ['a.pdf', 'a.png', 'a.jpg', 'a.heic', 'a.svg']) {
    expect(await codeOf(latin(start.padEnd(64, '\0')), name)).toBe('file.kind-not-accepted')
  }
})

test('nothing, and too much', async () => {
  expect(await codeOf(new Uint8Array(), 'a.pdf')).toBe('file.empty')
  expect(await codeOf(new Uint8Array(LARGEST_UPLOAD_BYTES + 1), 'a.pdf')).toBe('file.too-large')
})

describe('PDF', () => {
  test.each<[string, string, readonly string[], string?]>([
    ['encrypted', 'file.pdf-encrypted', PLAIN, '/Encrypt 9 0 R'],
    ['a script', 'file.pdf-active', [...PLAIN, '<</S/JavaScript/JS(app.alert\\(1\\))>>']],
    ['a script under a disguised name', 'file.pdf-active', [...PLAIN, '<</S/Java#53cript>>']],
    [
      'scripts by name',
      'file.pdf-active',
      ['<</Type/Catalog/Pages 2 0 R/Names<</JavaScript 9 0 R>>>>', PAGES, PAGE],
    ],
    ['a program started', 'file.pdf-active', [...PLAIN, '<</Type/Action/S/Launch/F(cmd.exe)>>']],
    ['a form sent away', 'file.pdf-active', [...PLAIN, '<</S/SubmitForm/F(http://x)>>']],
    [
      'an action on opening',
      'file.pdf-active',
      ['<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Named/N/Print>>>>', PAGES, PAGE],
    ],
    ['an XFA form', 'file.pdf-active', ['<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA 9 0 R>>>>', PAGES, PAGE]],
    ['a stream from elsewhere', 'file.pdf-active', [...PLAIN, '<</F(x)/Length 0>> stream\n\nendstream']],
    ['a program carried', 'file.pdf-carries-files', [...PLAIN, '<</Type/Filespec/F(a.exe)/EF<</F 9 0 R>>>>']],
    [
      'a program under a good name',
      'file.pdf-carries-files',
      [...PLAIN, '<</Type/EmbeddedFile/Length 4>> stream\nMZ\x90\0\nendstream'],
    ],
    [
      'a huge picture',
      'file.too-many-pixels',
      [...PLAIN, '<</Subtype/Image/Width 20000/Height 20000/Length 0>> stream\n\nendstream'],
    ],
    ['no page', 'file.pdf-no-pages', [CATALOG, '<</Type/Pages/Kids[]/Count 0>>']],
    ['no catalog', 'file.pdf-no-pages', ['<</A 1>>']],
    ['pages in a ring', 'file.damaged', [CATALOG, '<</Type/Pages/Kids[2 0 R]>>']],
    ['a page that is not there', 'file.damaged', [CATALOG, '<</Type/Pages/Kids[7 0 R]>>']],
    [
      'thousands of pages',
      'file.too-many-pages',
      [
        CATALOG,
        `<</Type/Pages/Kids[${Array.from({ length: 600 }, (_, index) => `${index + 3} 0 R`).join(' ')}]>>`,
        ...Array.from({ length: 600 }, () => PAGE),
      ],
    ],
  ])('%s: %s', async (_, code, objects, more) => {
    expect(await codeOf(pdfOf(objects, more), 'a.pdf')).toBe(code)
  })

  test('a script hidden in an object stream, in an object no table names, in an earlier revision', async () => {
    const script = '<</S/JavaScript/JS(1)>>'
    const packed = deflateSync(latin(`8 0 ${script}`))
    const stream = `<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length ${packed.length}>> stream\n${packed.toString('latin1')}\nendstream`
    expect(await codeOf(pdfOf([...PLAIN, stream]), 'a.pdf')).toBe('file.pdf-active')
    const stray = Buffer.concat([pdfOf(PLAIN), latin(`99 0 obj${script}endobj\n%%EOF`)])
    expect(await codeOf(stray, 'a.pdf')).toBe('file.pdf-active')
    const earlier = Buffer.concat([pdfOf([...PLAIN, script]), latin('4 0 obj null endobj\n%%EOF')])
    expect(await codeOf(earlier, 'a.pdf')).toBe('file.pdf-active')
  })

  test('a view chosen on opening is no action', async () => {
    const view = ['<</Type/Catalog/Pages 2 0 R/OpenAction[3 0 R/FitH 842]>>', PAGES, PAGE]
    expect(await codeOf(pdfOf(view), 'a.pdf')).toBe('pdf')
  })

  test('cut, followed by something, packed in a way nobody can look into', async () => {
    const whole = pdfOf(PLAIN)
    expect(await codeOf(whole.subarray(0, whole.length - 10), 'a.pdf')).toBe('file.damaged')
    expect(await codeOf(Buffer.concat([whole, latin('PK\x05\x06 zip')]), 'a.pdf')).toBe('file.damaged')
    const odd = '<</Type/ObjStm/N 1/First 4/Filter/LZWDecode/Length 4>> stream\nabcd\nendstream'
    expect(await codeOf(pdfOf([...PLAIN, odd]), 'a.pdf')).toBe('file.damaged')
  })

  test('bounded: object streams that swell, brackets without end, a million objects that do not parse', async () => {
    const swollen = deflateSync(Buffer.alloc(60 * 1024 * 1024, 32), { level: 9 })
    const stream = `<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length ${swollen.length}>> stream\n${swollen.toString('latin1')}\nendstream`
    const bombs = [
      pdfOf([...PLAIN, stream]),
      pdfOf([...PLAIN, '['.repeat(1_000_000)]),
      pdfOf([...PLAIN, `[${'[]'.repeat(4_000_000)}]`]),
      Buffer.concat([latin('%PDF-1.7\n'), latin('1 0 obj<<'.repeat(900_000)), latin('%%EOF')]),
      Buffer.concat([latin('%PDF-1.7\n'), latin('1 0 obj('.repeat(900_000)), latin('%%EOF')]),
    ]
    const before = process.memoryUsage().rss
    for (const bomb of bombs) expect(await codeOf(bomb, 'a.pdf')).toMatch(/^file\.(damaged|pdf-no-pages)$/)
    expect(process.memoryUsage().rss - before).toBeLessThan(600 * 1024 * 1024)
  })
})

describe('pictures', () => {
  test.each([
    ['a.jpg', jpeg(60_000, 60_000)],
    ['a.png', png(2_000_000, 50)],
    ['a.heic', heic(90_000, 90_000)],
  ])('%s larger than any scan', async (name, bytes) => {
    expect(await codeOf(bytes, name)).toBe('file.too-many-pixels')
  })

  test('of no size, cut anywhere, with a wrong checksum, with something behind', async () => {
    expect(await codeOf(png(0, 10), 'a.png')).toBe('file.damaged')
    expect(await codeOf(jpeg(0, 10), 'a.jpg')).toBe('file.damaged')
    for (const [name, bytes] of [
      ['a.png', png(9, 9)],
      ['a.jpg', jpeg(9, 9)],
      ['a.heic', heic(9, 9)],
    ] as const) {
      for (let length = 16; length < bytes.length; length++) {
        expect(await codeOf(bytes.subarray(0, length), name), `${name} ${length}`).toMatch(
          /damaged|kind-not-accepted/,
        )
      }
    }
    const flipped = png(9, 9)
    flipped[20] = 1
    expect(await codeOf(flipped, 'a.png')).toBe('file.damaged')
    expect(await codeOf(Buffer.concat([png(9, 9), latin('x')]), 'a.png')).toBe('file.damaged')
  })
})

describe('mangled files: a kind or a refusal, nothing else', () => {
  let paper: Uint8Array
  beforeAll(async () => {
    paper = (await renderPaper({ template: 'referral', data: CELL_REFERRAL })).pdf
  })
  const edits = fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), {
    minLength: 1,
    maxLength: 20,
  })

  test.each([
    ['a.pdf', () => paper, 150],
    ['b.pdf', () => pdfOf(PLAIN), 1000],
    ['a.png', () => png(9, 9), 500],
    ['a.jpg', () => jpeg(9, 9), 1000],
    ['a.heic', () => heic(9, 9), 1000],
  ] as const)('%s', async (name, make, numRuns) => {
    await fc.assert(
      fc.asyncProperty(edits, fc.nat(2), async (places, how) => {
        let bytes = Buffer.from(make())
        for (const [part, byte] of places) {
          const at = Math.floor(part * bytes.length)
          if (how === 0) bytes[at] = byte
          else if (how === 1) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + (byte % 9))])
          else bytes.copyWithin(at, Math.max(0, at - byte), at)
        }
        expect(await codeOf(bytes, name)).toMatch(/^(pdf|png|jpeg|heic|file\.[a-z-]+)$/)
      }),
      { numRuns },
    )
  })
})

test.each(['1 0 obj ', 'trailer 1 ', 'obj 1 0 '])(
  'ten megabytes of %j keep nobody waiting: the time grows with the length, not with its square',
  async (piece) => {
    const bytes = Buffer.concat([
      latin('%PDF-1.7\n'),
      Buffer.alloc(LARGEST_UPLOAD_BYTES - 64, piece),
      latin('\n%%EOF\n'),
    ])
    const began = process.cpuUsage()
    expect(await codeOf(bytes, 'a.pdf')).toMatch(/^file\./)
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(20) // seconds; it took more than a minute
  },
)

test('every refusal has its words, and every word its refusal', async () => {
  const source = await readFile(new URL('./hostile-files.ts', import.meta.url), 'utf8')
  const thrown = [...source.matchAll(/refused\('(file\.[a-z-]+)'/g)].map(([, code]) => code)
  expect(new Set(thrown)).toEqual(new Set(Object.keys(UPLOAD_REFUSALS)))
})
