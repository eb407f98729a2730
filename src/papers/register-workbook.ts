/** The referral register (sổ giới thiệu sinh hoạt đảng, Mẫu 10-SHĐ) as a workbook, from the same data as the paper. */

import ExcelJS from 'exceljs'
import { printable } from './face.ts'
import type { ReferralRegisterPaper, RegisterLine, WrittenDay } from './layout.ts'

interface Column {
  /** the band over several columns, as on the form */
  readonly group?: 'Giới thiệu đi' | 'Tiếp nhận đến'
  readonly title: string
  readonly width: number
  readonly value: (line: RegisterLine) => string | number
}

const KINDS = { official: 'Chính thức', temporary: 'Tạm thời', internal: 'Nội bộ' } as const
const REACHES = { 'inside-province': 'trong tỉnh', 'outside-province': 'ngoài tỉnh' } as const

const out = (value: (line: RegisterLine) => string) => (line: RegisterLine) =>
  line.direction === 'out' ? value(line) : ''
const into = (value: (line: RegisterLine) => string) => (line: RegisterLine) =>
  line.direction === 'in' ? value(line) : ''

const COLUMNS: readonly Column[] = [
  { title: 'Số TT', width: 7, value: (line) => line.ordinal },
  { title: 'Ngày giới thiệu hoặc tiếp nhận', width: 13, value: (line) => written(line.on) },
  { title: 'Họ và tên', width: 26, value: (line) => line.fullName },
  { title: 'Ngày sinh', width: 12, value: (line) => written(line.bornOn) },
  { title: 'Ngày vào Đảng', width: 12, value: (line) => written(line.joinedOn) },
  { title: 'Ngày chính thức', width: 12, value: (line) => written(line.officialOn) },
  { title: 'Số thẻ đảng viên', width: 15, value: (line) => line.cardNumber ?? '' },
  { title: 'Loại', width: 20, value: kindOf },
  {
    group: 'Giới thiệu đi',
    title: 'Đến tổ chức cơ sở đảng',
    width: 28,
    value: out((line) => line.counterpart),
  },
  { group: 'Giới thiệu đi', title: 'Cấp ủy giới thiệu', width: 26, value: out((line) => line.referring) },
  {
    group: 'Giới thiệu đi',
    title: 'Cấp ủy nhận và giới thiệu tiếp',
    width: 26,
    value: out((line) => line.receiving),
  },
  {
    group: 'Tiếp nhận đến',
    title: 'Từ tổ chức cơ sở đảng',
    width: 28,
    value: into((line) => line.counterpart),
  },
  { group: 'Tiếp nhận đến', title: 'Cấp ủy giới thiệu', width: 26, value: into((line) => line.referring) },
  { group: 'Tiếp nhận đến', title: 'Cấp ủy tiếp nhận', width: 26, value: into((line) => line.receiving) },
  {
    group: 'Tiếp nhận đến',
    title: 'Về tổ chức cơ sở đảng',
    width: 28,
    value: into((line) => line.destination ?? ''),
  },
  { title: 'Số giấy giới thiệu', width: 18, value: (line) => line.referralNumber ?? '' },
  { title: 'Ghi chú', width: 24, value: noteOf },
]

const FACE = { name: 'Times New Roman', size: 12 }
const BORDER = { style: 'thin' } as const
const FIRST_HEAD_ROW = 5
const CENTRED = { horizontal: 'center', vertical: 'middle', wrapText: true } as const

/** @returns an XLSX file; every value is text or a number, never a formula */
export async function registerWorkbook(register: ReferralRegisterPaper): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook()
  workbook.created = new Date(register.madeAt)
  workbook.modified = workbook.created
  workbook.title = register.title
  const sheet = workbook.addWorksheet('Sổ giới thiệu', {
    pageSetup: {
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `${FIRST_HEAD_ROW}:${FIRST_HEAD_ROW + 1}`,
    },
    views: [{ state: 'frozen', ySplit: FIRST_HEAD_ROW + 1, xSplit: 3 }],
    headerFooter: { oddFooter: 'Trang &P/&N' },
  })
  sheet.columns = COLUMNS.map(({ width }) => ({ width, style: { font: FACE } }))
  writeTitle(sheet, register)
  writeHead(sheet)
  register.lines.forEach((line, index) => writeLine(sheet, FIRST_HEAD_ROW + 2 + index, line))
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

function writeTitle(sheet: ExcelJS.Worksheet, register: ReferralRegisterPaper): void {
  const half = Math.floor(COLUMNS.length / 2)
  const put = (row: number, from: number, to: number, text: string, bold: boolean) => {
    sheet.mergeCells(row, from, row, to)
    const cell = sheet.getCell(row, from)
    cell.value = printable(text)
    cell.font = { ...FACE, bold }
    cell.alignment = CENTRED
  }
  put(1, 1, half, (register.heading.superior ?? '').toUpperCase(), false)
  put(1, half + 1, COLUMNS.length, 'ĐẢNG CỘNG SẢN VIỆT NAM', true)
  put(2, 1, half, register.heading.organisation.toUpperCase(), true)
  put(2, half + 1, COLUMNS.length, register.test ? 'Mẫu 10-SHĐ · TEST' : 'Mẫu 10-SHĐ', false)
  put(3, 1, COLUMNS.length, 'SỔ GIỚI THIỆU SINH HOẠT ĐẢNG', true)
  put(4, 1, COLUMNS.length, `Từ ${written(register.from)} đến ${written(register.to)}`, false)
}

/** Two rows: bands over the columns that have one, the others reach over both. */
function writeHead(sheet: ExcelJS.Worksheet): void {
  for (let index = 0; index < COLUMNS.length; index++) {
    const { group, title } = COLUMNS[index] as Column
    const begins = group !== undefined && COLUMNS[index - 1]?.group !== group
    if (begins) {
      const width = COLUMNS.filter((column) => column.group === group).length
      sheet.mergeCells(FIRST_HEAD_ROW, index + 1, FIRST_HEAD_ROW, index + width)
      writeHeadCell(sheet.getCell(FIRST_HEAD_ROW, index + 1), group)
    }
    if (!group) sheet.mergeCells(FIRST_HEAD_ROW, index + 1, FIRST_HEAD_ROW + 1, index + 1)
    writeHeadCell(sheet.getCell(group ? FIRST_HEAD_ROW + 1 : FIRST_HEAD_ROW, index + 1), title)
  }
}

function writeHeadCell(cell: ExcelJS.Cell, text: string): void {
  cell.value = text
  cell.font = { ...FACE, bold: true }
  cell.alignment = CENTRED
  cell.border = { top: BORDER, bottom: BORDER, left: BORDER, right: BORDER }
}

function writeLine(sheet: ExcelJS.Worksheet, row: number, line: RegisterLine): void {
  COLUMNS.forEach(({ value, title }, index) => {
    const cell = sheet.getCell(row, index + 1)
    const written = value(line)
    cell.value = typeof written === 'number' ? written : printable(written)
    cell.font = { ...FACE, strike: line.voided && title !== 'Ghi chú' }
    cell.alignment = { vertical: 'top', wrapText: true }
    cell.border = { top: BORDER, bottom: BORDER, left: BORDER, right: BORDER }
  })
}

/** 'dd/mm/yyyy' as on the papers: text, because a day may be known only by its year. */
function written(day: WrittenDay | undefined): string {
  const [year = '', month, date] = (day ?? '').split('-')
  const monthWritten = month && Number(month) > 2 ? String(Number(month)) : month
  return [date, monthWritten, year].filter((part) => part).join('/')
}

function kindOf(line: RegisterLine): string {
  return [KINDS[line.kind], line.reach && REACHES[line.reach]].filter((part) => part).join(', ')
}

function noteOf(line: RegisterLine): string {
  return [line.voided ? 'Đã hủy' : '', line.note ?? ''].filter((part) => part).join('; ')
}
