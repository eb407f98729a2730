/** Reading untrusted lists: what programs write is read alike, what is hostile is refused within bounds. */
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cell, SheetRow } from './cell.ts'
import { dateOfSerial, shownText } from './cell.ts'
import { readCsv } from './csv.ts'
import { readRows } from './sheet.ts'
import { openTable, type Column } from './table.ts'
import { partsOf, sheetOf, workbookOf, zipOf, type Part } from './test-workbooks.ts'
import { LIMITS, openWorkbook } from './workbook.ts'

async function allRows(bytes: Uint8Array, fileName = 'a.xlsx'): Promise<SheetRow[]> {
  const [sheet] = await openWorkbook(bytes, fileName)
  const rows: SheetRow[] = []
  for await (const piece of sheet?.rows() ?? []) rows.push(...piece)
  return rows
}

const shown = (rows: readonly SheetRow[]) =>
  rows.map((row) => [row.number, ...[...row.cells].map(([column, cell]) => `${column}:${shownText(cell)}`)])

const expectRefused = (work: Promise<unknown>, code: string) =>
  expect(work).rejects.toMatchObject({ name: 'Refusal', kind: 'invalid', code })

describe('what programs write', () => {
  test('a workbook of exceljs: shared and rich text, numbers, days, truth, formulas, errors, a hidden sheet', async () => {
    const workbook = new ExcelJS.Workbook()
    workbook.addWorksheet('ẩn', { state: 'hidden' }).addRow(['không đọc'])
    const sheet = workbook.addWorksheet('Danh sách')
    sheet.addRow(['Nguyễn Ánh & <Việt>', 99078426417, true])
    sheet.getCell('A3').value = { richText: [{ text: 'Tô ' }, { font: { bold: true }, text: 'Đậm' }] }
    sheet.getCell('B3').value = new Date(Date.UTC(1986, 1, 4))
    sheet.getCell('B3').numFmt = 'dd/mm/yyyy'
    sheet.getCell('C3').value = { formula: 'B1+1', result: 99078426418 }
    sheet.getCell('D3').value = { error: '#N/A' }
    sheet.getCell('E3').value = 0.5
    sheet.getCell('E3').numFmt = '0.00 "đồng dy"'
    const rows = await allRows(Buffer.from(await workbook.xlsx.writeBuffer()))
    expect(rows.map((row) => [row.number, [...row.cells.values()]])).toEqual([
      [
        1,
        [
          { kind: 'text', text: 'Nguyễn Ánh & <Việt>' },
          { kind: 'number', value: 99078426417 },
          { kind: 'boolean', value: true },
        ],
      ],
      [
        3,
        [
          { kind: 'text', text: 'Tô Đậm' },
          { kind: 'date', date: '1986-02-04' },
          { kind: 'number', value: 99078426418, formula: true },
          { kind: 'error', text: '#N/A' },
          { kind: 'number', value: 0.5 },
        ],
      ],
    ])
  })

  test('prefixed names, cells without references, literal text, comments, entities, escapes', async () => {
    const sheet = `<?xml version="1.0"?><x:worksheet xmlns:x="s"><!-- > --><x:sheetData><x:row>
      <x:c t='str' note='a>b'><x:v><![CDATA[1 < 2 & 3]]></x:v></x:c><x:c t="inlineStr"><x:is><x:t>T&#7889; &#x110;_x0041_</x:t>
      <x:rPh><x:t>đọc</x:t></x:rPh></x:is></x:c></x:row></x:sheetData></x:worksheet>`
    expect(shown(await allRows(zipOf(partsOf(sheet))))).toEqual([[1, '0:1 < 2 & 3', '1:Tố ĐA']])
  })

  test('days counted from 1904', async () => {
    const parts: Part[] = [
      {
        name: 'xl/workbook.xml',
        content: `<workbook><workbookPr date1904="1"/><sheets><sheet name="a" r:id="rId1"/></sheets></workbook>`,
      },
      {
        name: 'xl/styles.xml',
        content: `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
      },
    ]
    const sheet = `<worksheet><sheetData><row><c s="1"><v>30000</v></c><c s="0"><v>30000</v></c></row></sheetData></worksheet>`
    expect(shown(await allRows(zipOf(partsOf(sheet, parts))))).toEqual([[1, '0:19/02/1986', '1:30000']])
  })

  test('however the bytes arrive, the rows are the same', async () => {
    const rows = [
      ['Họ và tên', 'Ngày sinh'],
      ['Đỗ Thị "Ấm" <b>', 1978],
      ['', '01/02/1980'],
      ['ễ'.repeat(50), -1.5e-7],
    ]
    const xml = Buffer.from(sheetOf(rows).replace('</row>', '</row><!-- giữa > -->'))
    const context = { strings: [], dateStyles: [], since1904: false }
    const read = async (pieces: Buffer[]) => {
      const found: SheetRow[] = []
      for await (const piece of readRows(
        (async function* () {
          yield* pieces
        })(),
        context,
        10,
      ))
        found.push(...piece)
      return shown(found)
    }
    const whole = await read([xml])
    expect(whole).toHaveLength(4)
    const cuts = fc.array(fc.integer({ min: 1, max: xml.length - 1 }), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(cuts, async (places) => {
        const ends = [...new Set(places)].sort((a, b) => a - b)
        const pieces = [...ends, xml.length].map((end, place) => xml.subarray(ends[place - 1] ?? 0, end))
        expect(await read(pieces)).toEqual(whole)
      }),
      { numRuns: 200 },
    )
  })
})

describe('spreadsheet days', () => {
  test.each([
    [1, '1900-01-01'],
    [59, '1900-02-28'],
    [60, undefined],
    [61, '1900-03-01'],
    [31_447, '1986-02-04'],
    [31_447.99, '1986-02-04'],
    [2_958_465, '9999-12-31'],
    [2_958_466, undefined],
    [0, undefined],
    [-1, undefined],
    [Number.NaN, undefined],
  ])('serial %d', (serial, date) => {
    expect(dateOfSerial(serial, false)).toBe(date)
  })
})

describe('text with separators', () => {
  const rows = (text: string) => shown([...readCsv(text)].flat())

  test('comma, semicolon, tab; quotes with separators, lines and quotes inside; blank lines keep their number', () => {
    expect(rows('a,b\r\n\r\n"x, ""y""\nz",2')).toEqual([
      [1, '0:a', '1:b'],
      [3, '0:x, "y"\nz', '1:2'],
    ])
    expect(rows('a;b,c;d\n1;;3\n')).toEqual([
      [1, '0:a', '1:b,c', '2:d'],
      [2, '0:1', '2:3'],
    ])
    expect(rows('a\tb\n')).toEqual([[1, '0:a', '1:b']])
    expect(rows('')).toEqual([])
  })

  test('a mark at the beginning is not part of the header; other encodings and endless quotes are refused', async () => {
    const [row] = await allRows(Buffer.from('\ufeffHọ tên;Sinh\n'), 'ds.csv')
    expect(row && shown([row])).toEqual([[1, '0:Họ tên', '1:Sinh']])
    await expectRefused(
      allRows(Buffer.from([0x4e, 0x67, 0x75, 0x79, 0xea, 0x2c]), 'ds.csv'),
      'import.not-utf8',
    )
    await expectRefused(allRows(Buffer.from('a,"b\n'), 'ds.csv'), 'import.damaged')
  })

  test('what was written is read', () => {
    const field = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !text.includes('\u0000'))
    const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 })
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(table, (values) => {
        const text = values.map((row) => row.map(quoted).join(',')).join('\n')
        fc.pre(!/[;\t]/.test(text))
        const read = [...readCsv(text)].flat().map((row) => [...row.cells.values()].map(shownText))
        expect(read).toEqual(values)
      }),
    )
  })
})

describe('the table', () => {
  const COLUMNS: readonly Column<'ordinal' | 'name' | 'birth' | 'note'>[] = [
    { field: 'ordinal', headers: ['STT'], prefilled: true },
    { field: 'name', headers: ['Họ và tên', 'Họ tên'], mandatory: true },
    { field: 'birth', headers: ['Ngày sinh'], mandatory: true },
    { field: 'note', headers: ['Ghi chú'] },
  ]
  const open = async (rows: (string | number)[][]) =>
    openTable(await openWorkbook(workbookOf(rows), 'a.xlsx'), COLUMNS)
  const taken = async (rows: (string | number)[][]) => {
    const found: [number, string][] = []
    for await (const piece of (await open(rows)).rows())
      found.push(...piece.map((row): [number, string] => [row.number, shownText(row.cells.name)]))
    return found
  }

  test('titles passed over, headers in any order and form, unknown ones told, numbers below the header left out', async () => {
    const header = ['NGÀY SINH (*)'.normalize('NFD'), 'Lạ', 'STT', 'họ  tên *']
    const rows = [['DANH SÁCH'], [], header, ['(1)', '(2)', '(3)', '(4)'], ['1980', 'x', 1, 'An']]
    const table = await open(rows)
    expect([table.titles, table.unknownColumns, [...table.fields]]).toEqual([
      ['DANH SÁCH'],
      ['Lạ'],
      ['birth', 'ordinal', 'name'],
    ])
    expect(await taken(rows)).toEqual([[5, 'An']])
  })

  test('rows with nothing but a number made in advance are empty', async () => {
    const header = ['STT', 'Họ tên', 'Ngày sinh']
    expect(await taken([header, [1, 'An', '1980'], [2], [3, ' '], [4, 'Bình', '1981']])).toEqual([
      [2, 'An'],
      [5, 'Bình'],
    ])
  })

  test('refused by name: a missing column, a column twice, no header at all', async () => {
    const missing = open([['STT', 'Họ tên', 'Ghi chú']])
    await expect(missing).rejects.toMatchObject({
      code: 'import.columns-missing',
      facts: { columns: ['Ngày sinh'] },
    })
    const twice = open([['Họ tên', 'Họ và tên', 'Ngày sinh']])
    await expect(twice).rejects.toMatchObject({ code: 'import.column-twice', facts: { column: 'Họ và tên' } })
    const none = open([['một'], ['hai']])
    await expect(none).rejects.toMatchObject({
      code: 'import.no-header',
      facts: { columns: ['Họ và tên', 'Ngày sinh'] },
    })
  })
})

describe('hostile files are refused within bounds', () => {
  const open = (bytes: Uint8Array, name = 'a.xlsx') => allRows(bytes, name)

  test('not what the name says', async () => {
    const workbook = workbookOf([['a']])
    await expectRefused(open(workbook, 'a.csv'), 'import.name-differs')
    await expectRefused(open(workbook, 'a.xlsm'), 'import.name-differs')
    await expectRefused(open(workbook, 'a'), 'import.name-differs')
    await expectRefused(open(Buffer.from('Họ tên,Ngày sinh\n')), 'import.name-differs')
    await expectRefused(open(Buffer.from('%PDF-1.7'), 'a.pdf'), 'import.not-a-list')
    await expectRefused(open(Buffer.from('a\u0000b'), 'a.csv'), 'import.not-a-list')
    await expectRefused(open(Buffer.alloc(0)), 'import.empty-file')
    await expectRefused(open(zipOf([{ name: 'word/document.xml', content: '<a/>' }])), 'import.not-a-list')
  })

  test('encrypted, old, with macros, too large', async () => {
    const container = Buffer.from('d0cf11e0a1b11ae1000000000000', 'hex')
    await expectRefused(open(container), 'import.encrypted-or-old')
    await expectRefused(open(container, 'a.xls'), 'import.encrypted-or-old')
    const parts = partsOf(sheetOf([['a']]))
    await expectRefused(
      open(zipOf(parts.map((part) => ({ ...part, encrypted: true as const })))),
      'import.encrypted',
    )
    await expectRefused(open(zipOf([...parts, { name: 'xl/vbaProject.bin', content: 'x' }])), 'import.macros')
    await expectRefused(open(Buffer.alloc(LIMITS.fileBytes + 1, 'a'), 'a.csv'), 'import.too-large')
  })

  test('a zip bomb, whether the directory says its size or lies', async () => {
    const zeros = Buffer.alloc(50_000_000)
    const bomb = { name: 'xl/worksheets/sheet1.xml', content: zeros }
    await expectRefused(open(zipOf(partsOf('', [bomb]))), 'import.zip-bomb')
    const liar = { ...bomb, claimedSize: 900_000 }
    const before = process.memoryUsage().rss
    await expectRefused(open(zipOf(partsOf('', [liar]))), 'import.zip-bomb')
    const blanks = {
      ...liar,
      content: `<worksheet><sheetData>${' '.repeat(5_000_000)}`,
      claimedSize: 900_000,
    }
    await expectRefused(open(zipOf(partsOf('', [blanks]))), 'import.zip-bomb')
    expect(process.memoryUsage().rss - before).toBeLessThan(80_000_000)
  })

  test('entries that share their bytes, entries without end, a directory that points outside', async () => {
    const workbook = zipOf(partsOf(sheetOf([['a']])))
    const directory = workbook.readUInt32LE(workbook.length - 6)
    const overlapping = Buffer.from(workbook)
    const second = overlapping.indexOf(Buffer.from('504b0102', 'hex'), directory + 4)
    overlapping.writeUInt32LE(0, second + 42)
    await expectRefused(open(overlapping), 'import.zip-bomb')
    const outside = Buffer.from(workbook)
    outside.writeUInt32LE(0xffffff00, outside.length - 6)
    await expectRefused(open(outside), 'import.damaged')
    const many = Array.from({ length: 2_001 }, (_, number) => ({ name: `a${number}`, content: '' }))
    await expectRefused(open(zipOf(many)), 'import.zip-bomb')
  })

  test('cut off anywhere, or with any byte turned, it is read or refused, never a crash', async () => {
    const workbook = workbookOf([
      ['Họ tên', 'Ngày sinh'],
      ['An', 1980],
    ])
    const answer = (bytes: Buffer) =>
      open(bytes).then(
        () => 'read',
        (error: unknown) => (error as { name: string }).name,
      )
    for (let length = 5; length < workbook.length; length += 7)
      expect(await answer(workbook.subarray(0, length))).toBe('Refusal')
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 4, max: workbook.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const turned = Buffer.from(workbook)
          turned.writeUInt8((turned.readUInt8(at) ^ change) & 0xff, at)
          expect(['read', 'Refusal']).toContain(await answer(turned))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('XML with entities of its own, XML that does not end, strings that are not there', async () => {
    const entity = `<!DOCTYPE a [<!ENTITY b "bb">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`
    await expectRefused(open(zipOf(partsOf(entity))), 'import.damaged')
    await expectRefused(open(zipOf(partsOf('<worksheet><sheetData><row><c><v>1'))), 'import.damaged')
    await expectRefused(open(zipOf(partsOf('<worksheet><sheetData></row>'))), 'import.damaged')
    const string = '<worksheet><sheetData><row><c t="s"><v>7</v></c></row></sheetData></worksheet>'
    await expectRefused(open(zipOf(partsOf(string))), 'import.damaged')
    const unquoted = `<worksheet><sheetData><row r="${'>'.repeat(1_200_000)}`
    await expectRefused(
      open(zipOf(partsOf(unquoted, [{ name: 'xl/worksheets/sheet1.xml', content: unquoted, stored: true }]))),
      'import.damaged',
    )
    const backwards = '<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>'
    await expectRefused(open(zipOf(partsOf(backwards))), 'import.damaged')
  })

  test('a million empty rows', async () => {
    const rows = Array.from({ length: 1_000_000 }, (_, place) => `<row r="${place + 1}" ht="15"/>`).join('')
    const sheet = `<worksheet><sheetData>${rows}</sheetData></worksheet>`
    const workbook = zipOf(partsOf(sheet))
    const before = process.memoryUsage().rss
    await expectRefused(open(workbook), 'import.empty-rows')
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000)
  })

  test('a cell far to the right is left out, not made room for', async () => {
    const sheet =
      '<worksheet><sheetData><row><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row></sheetData></worksheet>'
    expect(shown(await allRows(zipOf(partsOf(sheet))))).toEqual([[1, '0:1']])
  })
})

test('a formula without a result is there, and shows nothing', async () => {
  const sheet =
    '<worksheet><sheetData><row><c r="A1"><f>HYPERLINK("http://x")</f></c></row></sheetData></worksheet>'
  const [row] = await allRows(zipOf(partsOf(sheet)))
  expect(row?.cells.get(0)).toEqual({ kind: 'text', text: '', formula: true } satisfies Cell)
})
