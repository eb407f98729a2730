/** A list of members as a workbook, the way spreadsheet programs write one: texts shared, rows streamed, packed. */
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { createDeflateRaw } from 'node:zlib'
import { nameParts } from '../../src/app/country/names.ts'
import { ID_CODES_OF_PROVINCE } from '../../src/app/country/provinces.ts'

const HEADERS = [
  'STT',
  'ID',
  'Họ và tên (*)',
  'Giới tính (*)',
  'Ngày sinh (*)',
  'Dân tộc (*)',
  'Tôn giáo (*)',
  'Số định danh cá nhân (*)',
  'Số thẻ đảng viên (*)',
  'Nơi cấp thẻ',
  'Ngày cấp thẻ',
  'Tổ chức đảng đang sinh hoạt (*)',
  'Quốc gia nơi sinh (*)',
  'Tỉnh nơi sinh (*)',
  'Quốc gia quê quán (*)',
  'Tỉnh quê quán (*)',
  'Quốc gia thường trú (*)',
  'Tỉnh thường trú (*)',
  'Chi tiết thường trú',
  'Ngày vào Đảng (*)',
  'Ngày chính thức (*)',
  'Trạng thái sinh hoạt',
]

/** @param cells codes of the cells the members are of, in turns of about twenty */
export function* memberRows(count: number, cells: readonly string[]): Generator<(string | number)[]> {
  const parts = [0, 1, 2, 3, 4].map((list) => nameParts().filter((part) => part.list === list))
  const codes = Object.values(ID_CODES_OF_PROVINCE).flat()
  const two = (value: number) => String(value).padStart(2, '0')
  yield HEADERS
  for (let n = 0; n < count; n += 1) {
    const draw = (what: number, most: number) => ((n * 2_654_435_761 + what * 40_503) >>> 7) % most
    const sex = draw(1, 2)
    const pick = (list: number) => parts[list]![draw(list + 2, parts[list]!.length)]!.text
    const year = 1950 + draw(9, 50)
    const id = `${codes[draw(8, codes.length)]}${sex}${two(year % 100)}${String(n).padStart(6, '0')}`
    const day = `${two(1 + draw(10, 28))}/${two(1 + draw(11, 12))}`
    const born = 'Thành phố Hồ Chí Minh'
    yield [
      n + 1,
      `DV${String(n + 1).padStart(6, '0')}`,
      [pick(0), pick(1 + sex), pick(3 + sex)].filter(Boolean).join(' '),
      sex === 0 ? 'Nam' : 'Nữ',
      `${day}/${year}`,
      'Kinh',
      'Không',
      id,
      id,
      born,
      '02/09/2025',
      cells[Math.floor((n * cells.length) / count)]!,
      'Việt Nam',
      born,
      'Việt Nam',
      born,
      'Việt Nam',
      born,
      `${1 + draw(12, 300)} đường số ${1 + draw(13, 400)}`,
      `${day}/${year + 22}`,
      `${day}/${year + 23}`,
      'Đang sinh hoạt đảng',
    ]
  }
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** Writes the workbook; its parts one after the other, none held whole. */
export async function writeWorkbook(
  path: string,
  rows: Iterable<readonly (string | number)[]>,
): Promise<void> {
  const strings = new Map<string, number>()
  const shared = (text: string): number => {
    const known = strings.get(text)
    if (known !== undefined) return known
    strings.set(text, strings.size)
    return strings.size - 1
  }
  function* sheet() {
    yield '<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>'
    let number = 0
    for (const row of rows) {
      number += 1
      const cells = row.map((value, place) => {
        const at = `${String.fromCharCode(65 + place)}${number}`
        return typeof value === 'number'
          ? `<c r="${at}"><v>${value}</v></c>`
          : `<c r="${at}" t="s"><v>${shared(value)}</v></c>`
      })
      yield `<row r="${number}">${cells.join('')}</row>`
    }
    yield '</sheetData></worksheet>'
  }
  function* sharedStrings() {
    yield '<?xml version="1.0" encoding="UTF-8"?><sst>'
    for (const text of strings.keys()) yield `<si><t>${escaped(text)}</t></si>`
    yield '</sst>'
  }
  await writeZip(path, [
    ['xl/worksheets/sheet1.xml', sheet],
    ['xl/sharedStrings.xml', sharedStrings],
    [
      'xl/workbook.xml',
      () => ['<workbook xmlns:r="r"><sheets><sheet name="DS" sheetId="1" r:id="rId1"/></sheets></workbook>'],
    ],
    [
      'xl/_rels/workbook.xml.rels',
      () => ['<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'],
    ],
  ])
}

/** A zip whose entries say their sizes in the directory alone, as streaming writers do. */
async function writeZip(
  path: string,
  parts: readonly (readonly [string, () => Iterable<string>])[],
): Promise<void> {
  const out = createWriteStream(path)
  let offset = 0
  const put = async (bytes: Buffer) => {
    offset += bytes.length
    if (!out.write(bytes)) await once(out, 'drain')
  }
  const directory: Buffer[] = []
  for (const [name, pieces] of parts) {
    const start = offset
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt16LE(name.length, 26)
    await put(Buffer.concat([local, Buffer.from(name)]))
    const { packed, plain } = await deflate(pieces(), put)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed, 20)
    entry.writeUInt32LE(plain, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(start, 42)
    directory.push(entry, Buffer.from(name))
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  await put(Buffer.concat([...directory, end]))
  out.end()
  await once(out, 'finish')
}

async function deflate(pieces: Iterable<string>, put: (bytes: Buffer) => Promise<void>) {
  const packer = createDeflateRaw({ level: 4 })
  let [packed, plain] = [0, 0]
  const taken = (async () => {
    for await (const piece of packer as AsyncIterable<Buffer>) {
      packed += piece.length
      await put(piece)
    }
  })()
  let held = ''
  const give = async () => {
    const bytes = Buffer.from(held)
    held = ''
    plain += bytes.length
    if (!packer.write(bytes)) await once(packer, 'drain')
  }
  for (const piece of pieces) {
    held += piece
    if (held.length > 200_000) await give()
  }
  await give()
  packer.end()
  await taken
  return { packed, plain }
}
