/** The register as a workbook: the columns of Mẫu 10-SHĐ, the same lines as the paper, no formula. */

import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { registerOf } from './examples.ts'
import { registerWorkbook } from './register-workbook.ts'

async function open(bytes: Uint8Array): Promise<ExcelJS.Worksheet> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(bytes.slice().buffer)
  return workbook.worksheets[0] as ExcelJS.Worksheet
}

const rowOf = (sheet: ExcelJS.Worksheet, row: number) => (sheet.getRow(row).values as unknown[]).slice(1)

test('head and lines', async () => {
  const register = registerOf(40)
  const sheet = await open(await registerWorkbook(register))
  expect(sheet.getCell('A3').value).toBe('SỔ GIỚI THIỆU SINH HOẠT ĐẢNG')
  expect(rowOf(sheet, 5)).toContain('Tiếp nhận đến')
  expect(rowOf(sheet, 6)).toContain('Cấp ủy nhận và giới thiệu tiếp')
  expect(sheet.rowCount).toBe(6 + 40)
  expect(rowOf(sheet, 7)).toEqual([
    1,
    '01/01/2026',
    'Trần Văn Bảo',
    '1960',
    '03/02/2010',
    '',
    '079184000000',
    'Tạm thời',
    'Đảng bộ phường Cầu Kiệu',
    'Đảng ủy phường Tân Tạo',
    'Ban Tổ chức Thành ủy',
    '',
    '',
    '',
    '',
    'Số 01-GGT/ĐU',
    '',
  ])
  expect(rowOf(sheet, 9).slice(7)).toEqual([
    'Chính thức, trong tỉnh',
    '',
    '',
    '',
    'Đảng bộ phường Cầu Kiệu',
    'Đảng ủy phường Tân Tạo',
    'Ban Tổ chức Thành ủy',
    'Đảng bộ phường Tân Tạo',
    'Số 03-GGT/ĐU',
    '',
  ])
})

test('a voided number stays in the register, struck through', async () => {
  const sheet = await open(await registerWorkbook(registerOf(10)))
  expect(sheet.getCell('C12').font.strike).toBe(true)
  expect(sheet.getCell('Q12').value).toBe('Đã hủy')
})

test('what somebody typed is text: no formula, no control character', async () => {
  const register = registerOf(1)
  const [line] = register.lines
  if (!line) throw new Error('no line')
  const nasty = {
    ...register,
    lines: [{ ...line, fullName: '=HYPERLINK("http://x")', note: 'a\u0000b\u202Ec' }],
  }
  const sheet = await open(await registerWorkbook(nasty))
  expect(sheet.getCell('C7').value).toBe('=HYPERLINK("http://x")')
  expect(sheet.getCell('C7').type).toBe(ExcelJS.ValueType.String)
  expect(sheet.getCell('Q7').value).toBe('abc')
})
