/** Files somebody might hand in: whole, cut, of another kind, swollen; in a multipart body that may itself be broken. */
import { deflateRawSync } from 'node:zlib'
import { zipOf } from '../../src/spreadsheets/test-workbooks.ts'
import type { Chance } from './chance.ts'
import { oddText } from './values.ts'

export interface Sent {
  readonly name: string
  readonly bytes: Uint8Array
}

const PDF =
  '%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
  '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'
const CSV = 'Ngày giao dịch,Nội dung,Ghi có,Ghi nợ,Số dư\n20/11/2026,Chuyển tiền,100000,,100000\n'
const CAMT =
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><Document><BkToCstmrStmt><Stmt>&c;</Stmt></BkToCstmrStmt></Document>'
const MT940 =
  ':20:1\r\n:25:0123456789\r\n:28C:1\r\n:60F:C261120VND0,\r\n:61:261120C1000,NTRFX\r\n:62F:C261120VND1000,\r\n'
const SHEET =
  '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Họ và tên</t></is></c></row></sheetData></worksheet>'

const workbook = (): Uint8Array =>
  zipOf([
    { name: 'xl/workbook.xml', content: '<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>' },
    { name: 'xl/_rels/workbook.xml.rels', content: '<R><Relationship Id="r1" Target="a.xml"/></R>' },
    { name: 'xl/a.xml', content: SHEET },
  ])

const bomb = (): Uint8Array => zipOf([{ name: 'xl/workbook.xml', content: Buffer.alloc(3_000_000, 'a') }])

const FILES: readonly (() => Sent)[] = [
  () => ({ name: 'a.pdf', bytes: Buffer.from(PDF) }),
  () => ({ name: 'a.pdf', bytes: Buffer.from(`%PDF-1.7\n1 0 obj${'['.repeat(100_000)}\n%%EOF`) }),
  () => ({ name: 'a.pdf', bytes: Buffer.from(PDF.replace('3 0 R]', '2 0 R]')) }),
  () => ({ name: 'a.csv', bytes: Buffer.from(CSV) }),
  () => ({ name: 'a.csv', bytes: Buffer.from('"'.repeat(50_000)) }),
  () => ({ name: 'a.xml', bytes: Buffer.from(CAMT) }),
  () => ({ name: 'a.txt', bytes: Buffer.from(MT940) }),
  () => ({ name: 'a.xlsx', bytes: workbook() }),
  () => ({ name: 'a.xlsx', bytes: bomb() }),
  () => ({ name: 'a.png', bytes: Buffer.from('89504e470d0a1a0a0000000d49484452ffffffffffffffff', 'hex') }),
  () => ({ name: 'a.jpg', bytes: Buffer.from('ffd8ffe0ffff', 'hex') }),
  () => ({ name: 'a.heic', bytes: Buffer.from('00000018667479706865696300000000', 'hex') }),
  () => ({ name: 'a.bin', bytes: deflateRawSync(Buffer.alloc(100_000)) }),
  () => ({ name: '', bytes: new Uint8Array() }),
]

/** One of them; every third is cut off or has a byte changed. */
export function file(chance: Chance): Sent {
  const { name, bytes } = chance.one(FILES)()
  const called = chance.in(0.1) ? oddText(chance).replaceAll(/["\r\n\u0000]/g, '') : name
  if (bytes.length === 0 || chance.in(0.66)) return { name: called, bytes }
  if (chance.in(0.5)) return { name: called, bytes: bytes.subarray(0, chance.below(bytes.length)) }
  const changed = Buffer.from(bytes)
  changed[chance.below(changed.length)] = chance.below(256)
  return { name: called, bytes: changed }
}

const BOUNDARY = 'fuzz-boundary'

export function multipart(
  fields: readonly (readonly [string, string])[],
  { name, bytes }: Sent,
): { type: string; bytes: Uint8Array } {
  const parts = fields.map(
    ([field, value]) =>
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${field.replaceAll(/["\r\n]/g, '')}"\r\n\r\n${value}\r\n`,
  )
  const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  return {
    type: `multipart/form-data; boundary=${BOUNDARY}`,
    bytes: Buffer.concat([Buffer.from(parts.join('') + head), bytes, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]),
  }
}
