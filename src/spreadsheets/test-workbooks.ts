/** Workbooks for tests, made part by part, so that each can be wrong in one way only. */
import { deflateRawSync } from 'node:zlib'

export interface Part {
  readonly name: string
  readonly content: string | Buffer
  /** what the directory claims, where it lies */
  readonly claimedSize?: number
  readonly encrypted?: true
  readonly stored?: true
}

/** A zip of these parts; checksums are left out, nobody here reads them. */
export function zipOf(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const plain = Buffer.from(part.content)
    const packed = part.stored ? plain : deflateRawSync(plain)
    const name = Buffer.from(part.name)
    const flags = part.encrypted ? 1 : 0
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(flags, 6)
    local.writeUInt16LE(part.stored ? 0 : 8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(plain.length, 22)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(flags, 8)
    entry.writeUInt16LE(part.stored ? 0 : 8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(part.claimedSize ?? plain.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    bodies.push(local, name, packed)
    directory.push(entry, name)
    offset += local.length + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, ...directory, end])
}

const RELATIONS = `<?xml version="1.0"?><Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`
const WORKBOOK = `<?xml version="1.0"?><workbook xmlns:r="r"><sheets><sheet name="DS" sheetId="1" r:id="rId1"/></sheets></workbook>`

/** The parts of a workbook of one sheet; `more` adds parts or takes the place of them. */
export function partsOf(sheet: string, more: readonly Part[] = []): Part[] {
  const own: Part[] = [
    { name: 'xl/workbook.xml', content: WORKBOOK },
    { name: 'xl/_rels/workbook.xml.rels', content: RELATIONS },
    { name: 'xl/worksheets/sheet1.xml', content: sheet },
  ]
  return [...own.filter((part) => !more.some((other) => other.name === part.name)), ...more]
}

const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')

/** Rows of texts and numbers as the XML of a sheet; an empty text is a cell that is not there. */
export function sheetOf(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number, place: number) => {
    if (value === '') return ''
    const column = place < 26 ? String.fromCharCode(65 + place) : `A${String.fromCharCode(39 + place)}`
    return typeof value === 'number'
      ? `<c r="${column}0"><v>${value}</v></c>`
      : `<c r="${column}0" t="inlineStr"><is><t>${escape(value)}</t></is></c>`
  }
  const body = rows.map((row, place) => `<row r="${place + 1}">${row.map(cell).join('')}</row>`)
  return `<?xml version="1.0"?><worksheet><sheetData>${body.join('')}</sheetData></worksheet>`
}

/** A workbook of one sheet with these rows. */
export function workbookOf(rows: readonly (readonly (string | number)[])[]): Buffer {
  return zipOf(partsOf(sheetOf(rows)))
}
