/** Statements in three forms: read, added up, and refused with the place where they break. */
import fc from 'fast-check'
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../../kernel/refusal.ts'
import { partsOf, workbookOf, zipOf } from '../../spreadsheets/test-workbooks.ts'
import { sameTransaction } from '../same-transaction.ts'
import { readCamt053 } from './camt053.ts'
import { readMt940 } from './mt940.ts'
import { checkStatement, type Statement } from './statement.ts'
import { MOST_STATEMENT_LINES, readStatement } from './read-statement.ts'
import { profileOf } from './table-profiles.ts'
import { readTableStatement } from './table-statement.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8')

/** The code of the refusal that asking ends with, and its place if it has one. */
async function refused(ask: () => unknown): Promise<string | undefined> {
  try {
    await ask()
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { place, row, column } = error.facts
    return [error.code, place, row, column].filter((part) => part !== undefined).join(' ')
  }
}

const CAMT = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt>
<Id>S1</Id><Acct><Id><Othr><Id>0123499999</Id></Othr></Id><Ccy>VND</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="VND">1000000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-26</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="VND">1026550</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-26</Dt></Dt></Bal>
<Ntry><Amt Ccy="VND">15930</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>2026-11-26T14:02:37</DtTm></BookgDt><ValDt><Dt>2026-11-26</Dt></ValDt><AcctSvcrRef>FT26330</AcctSvcrRef>
<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><DbtrAcct><Id><Othr><Id>999</Id></Othr></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>Nộp đảng phí</Ustrd><Ustrd>A &amp; B</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="VND">21620</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-26</Dt></BookgDt>
<NtryDtls><TxDtls><Refs><AcctSvcrRef>A1</AcctSvcrRef></Refs><Amt Ccy="VND">11000</Amt><RmtInf><Ustrd>một</Ustrd></RmtInf></TxDtls><TxDtls><AmtDtls><TxAmt><Amt Ccy="VND">10620</Amt></TxAmt></AmtDtls><RmtInf><Ustrd>hai</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="VND">11000</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><DtTm>2026-11-26T18:00:00Z</DtTm></BookgDt><AddtlNtryInf>Phí</AddtlNtryInf></Ntry>
<Ntry><Amt Ccy="VND">777</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts><BookgDt><Dt>2026-11-26</Dt></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>`

describe('camt.053', () => {
  test('entries that are booked, whole or by their transactions', async () => {
    const [statement] = (await readCamt053(bytes(CAMT))) as [Statement]
    expect(statement).toMatchObject({
      account: '0123499999',
      currency: 'VND',
      opening: 1_000_000,
      closing: 1_026_550,
      openingOn: '2026-11-26',
    })
    expect(statement.lines).toEqual([
      {
        provider: 'camt.053',
        providerReference: 'FT26330',
        bankReference: 'FT26330',
        accountNumber: '0123499999',
        amountVnd: 15_930,
        direction: 'in',
        currency: 'VND',
        content: 'Nộp đảng phí A & B',
        bookedOn: '2026-11-26',
        bookedAt: new Date('2026-11-26T07:02:37Z'),
        counterAccount: '999',
      },
      expect.objectContaining({ providerReference: 'A1', amountVnd: 11_000, content: 'một' }),
      expect.objectContaining({ providerReference: 'S1#2.2', amountVnd: 10_620, content: 'hai' }),
      expect.objectContaining({
        providerReference: 'S1#3',
        amountVnd: 11_000,
        direction: 'out',
        content: 'Phí',
        bookedOn: '2026-11-27',
      }),
    ])
    checkStatement(statement)
  })

  test('a line taken away: the difference is said', async () => {
    const [statement] = (await readCamt053(bytes(CAMT))) as [Statement]
    const less = { ...statement, lines: statement.lines.slice(1) }
    expect(() => checkStatement(less)).toThrow(
      expect.objectContaining({
        code: 'payments.statement-does-not-add-up',
        facts: { opening: '1.000.000', closing: '1.026.550', sum: '10.620', difference: '15.930' },
      }),
    )
  })

  test('a balance below zero', async () => {
    const text = CAMT.replace('1000000.00</Amt><CdtDbtInd>CRDT', '1000000.00</Amt><CdtDbtInd>DBIT')
    expect((await readCamt053(bytes(text)))[0]?.opening).toBe(-1_000_000)
  })

  test.each([
    ['Ccy="VND">15930', 'Ccy="USD">15930', 'payments.currency-not-dong'],
    ['>15930<', '>15930.5<', 'payments.amount-unreadable'],
    ['>15930<', '>0<', 'payments.amount-unreadable'],
    ['>15930<', '>1e5<', 'payments.amount-unreadable'],
    ['>FT26330<', `>${'F'.repeat(101)}<`, 'payments.malformed'],
    ['<CdtDbtInd>DBIT', '<CdtDbtInd>X', 'payments.statement-unreadable CdtDbtInd'],
    ['<DtTm>2026-11-26T14', '<DtTm>2026-13-26T14', 'payments.statement-unreadable BookgDt'],
    ['<Othr><Id>0123499999</Id></Othr>', '', 'payments.statement-unreadable Acct/Id'],
    ['BkToCstmrStmt>', 'BkToCstmrDbtCdtNtfctn>', 'payments.statement-unreadable Document/BkToCstmrStmt/Stmt'],
    ['</Stmt>', '', 'payments.statement-unreadable XML'],
    ['<Document ', '<!DOCTYPE d [<!ENTITY x "y">]><Document ', 'payments.statement-unreadable XML'],
    ['<Document ', '<a>'.repeat(50) + '<Document ', 'payments.statement-unreadable XML'],
  ])('%s as %.60s', async (from, to, expected) => {
    expect(CAMT).toContain(from)
    expect(await refused(() => readCamt053(bytes(CAMT.replaceAll(from, to))))).toBe(expected)
  })
})

const MT940 = [
  '{1:F01BFTVVNVXAXXX0000000000}{2:O9401200}{4:',
  ':20:STMT261126',
  ':25:970436/0123499999',
  ':28C:330/1',
  ':60F:C261126VND1000000,',
  ':61:2611261126C15930,NTRFNONREF//FT26330',
  ':86:Nop dang phi DP',
  '0123 CT tu 999',
  ':61:2701011231D11000,00NCHGPHI',
  'phi dich vu',
  ':61:261126RD5000,NTRFNONREF',
  ':62F:C261126VND1009930,',
  '-}',
].join('\r\n')

describe('MT940', () => {
  test('lines with their words, the side of what is taken back, the year of a booking', () => {
    const [statement] = readMt940(bytes(MT940)) as [Statement]
    expect(statement).toMatchObject({ account: '0123499999', opening: 1_000_000, closing: 1_009_930 })
    expect(statement.lines).toEqual([
      {
        provider: 'mt940',
        providerReference: 'FT26330',
        bankReference: 'FT26330',
        accountNumber: '0123499999',
        amountVnd: 15_930,
        direction: 'in',
        currency: 'VND',
        content: 'Nop dang phi DP 0123 CT tu 999',
        bookedOn: '2026-11-26',
      },
      expect.objectContaining({
        providerReference: 'PHI',
        direction: 'out',
        amountVnd: 11_000,
        content: 'phi dich vu',
        bookedOn: '2026-12-31',
      }),
      expect.objectContaining({ providerReference: 'STMT261126/330/1#3', direction: 'in', amountVnd: 5_000 }),
    ])
    checkStatement(statement)
  })

  test('several in one file', () => {
    expect(readMt940(bytes(`${MT940}\n${MT940}`))).toHaveLength(2)
  })

  test.each([
    [':20:', ':21:', 'payments.statement-unreadable :20:'],
    [':25:970436/0123499999', ':25:', 'payments.statement-unreadable :25:'],
    [':60F:C', ':60F:X', 'payments.statement-unreadable :60F:'],
    [':62F:', ':64:', 'payments.statement-unreadable :62F:'],
    ['VND1000000,', 'USD1000000,', 'payments.currency-not-dong'],
    ['C15930,N', 'C15930,5N', 'payments.amount-unreadable'],
    ['C15930,N', 'C0,N', 'payments.amount-unreadable'],
    ['2611261126C', '2613261126C', 'payments.statement-unreadable :61:'],
    ['2611261126C', '2611261326C', 'payments.statement-unreadable :61:'],
    ['C15930,NTRFNONREF', 'C15930,', 'payments.statement-unreadable :61:'],
    ['C15930,NTRF', 'C15930', 'payments.amount-unreadable'],
    ['//FT26330', `//${'F'.repeat(101)}`, 'payments.malformed'],
  ])('%s as %s', async (from, to, expected) => {
    expect(MT940).toContain(from)
    expect(await refused(() => readMt940(bytes(MT940.replace(from, to))))).toBe(expected)
  })
})

const ACCOUNT = '0123499999'
const TITLES = [
  ['NGÂN HÀNG THỬ NGHIỆM'],
  ['SAO KÊ TÀI KHOẢN'],
  ['Số tài khoản:', ACCOUNT],
  ['Số dư đầu kỳ: 1.000.000'],
]
const HEADER = ['STT', 'Ngày giao dịch', 'Số tham chiếu', 'Ghi nợ', 'Ghi có', 'Số dư', 'Nội dung']
const ROWS = [
  ['1', '26/11/2026 14:02:37', 'FT26330', '', '15.930', '1.015.930', 'Nộp đảng phí, tháng 11'],
  ['2', '27/11/2026', '', '11.000', '', '1.004.930', 'Phí dịch vụ'],
]
const BELOW = [
  ['', 'Tổng cộng', '', '11.000', '15.930', '', ''],
  ['', 'Số dư cuối kỳ:', '1.004.930', '', '', '', ''],
]
type Rows = readonly (readonly string[])[]
const csvOf = (rows: Rows, separator = ',') =>
  rows.map((row) => row.map((cell) => (/[",;]/.test(cell) ? `"${cell}"` : cell)).join(separator)).join('\r\n')
const WHOLE: Rows = [...TITLES, HEADER, ...ROWS, ...BELOW]
const readCsvOf = (rows: Rows) => readTableStatement(bytes(csvOf(rows)), 'sao-ke.csv', ACCOUNT)

const READ = {
  account: ACCOUNT,
  currency: 'VND',
  opening: 1_000_000,
  closing: 1_004_930,
  lines: [
    {
      provider: 'table',
      providerReference: 'FT26330',
      bankReference: 'FT26330',
      accountNumber: ACCOUNT,
      amountVnd: 15_930,
      direction: 'in',
      currency: 'VND',
      content: 'Nộp đảng phí, tháng 11',
      bookedOn: '2026-11-26',
      bookedAt: new Date('2026-11-26T07:02:37Z'),
    },
    {
      provider: 'table',
      providerReference: '2026-11-27/-11000/1004930',
      accountNumber: ACCOUNT,
      amountVnd: 11_000,
      direction: 'out',
      currency: 'VND',
      content: 'Phí dịch vụ',
      bookedOn: '2026-11-27',
    },
  ],
}

/** Windows-1258, by hand: base letters of the code page, tones as marks after them. */
const OF_1258: Readonly<Record<string, number>> = {
  đ: 0xf0,
  Đ: 0xd0,
  ă: 0xe3,
  â: 0xe2,
  ê: 0xea,
  ô: 0xf4,
  ơ: 0xf5,
  ư: 0xfd,
}
const TONES: Readonly<Record<string, number>> = {
  '\u0300': 0xcc,
  '\u0309': 0xd2,
  '\u0303': 0xde,
  '\u0301': 0xec,
  '\u0323': 0xf2,
}
function in1258(text: string): Buffer {
  const out: number[] = []
  for (const letter of text.normalize('NFC')) {
    const tones = [...letter.normalize('NFD')].filter((mark) => mark in TONES)
    const base = [...letter.normalize('NFD')]
      .filter((mark) => !(mark in TONES))
      .join('')
      .normalize('NFC')
    const code = OF_1258[base] ?? OF_1258[base.toLowerCase()] ?? base.charCodeAt(0)
    out.push(code, ...tones.map((tone) => TONES[tone]!))
  }
  return Buffer.from(out)
}

describe('tables', () => {
  test('CSV: titles, sums below, either separator of thousands, with and without the mark of UTF-8', async () => {
    expect(await readCsvOf(WHOLE)).toEqual(READ)
    checkStatement(await readCsvOf(WHOLE))
    const commas = WHOLE.map((row) => row.map((cell) => cell.replace(/(\d)\.(?=\d{3})/g, '$1,')))
    expect(await readCsvOf(commas)).toEqual(READ)
    const marked = bytes(`\ufeff${csvOf(WHOLE, ';')}`)
    expect(await readTableStatement(marked, 'SAO-KE.CSV', ACCOUNT)).toEqual(READ)
    expect(await readTableStatement(bytes(csvOf(WHOLE, '\t')), 'sao-ke.txt', ACCOUNT)).toEqual(READ)
  })

  test('in Windows-1258', async () => {
    const rows = WHOLE.map((row) =>
      row.map((cell) => cell.replace('NGÂN HÀNG THỬ NGHIỆM', 'Ngân hàng thử nghiệm')),
    )
    const lower = rows.map((row) => row.map((cell) => cell.toLowerCase()))
    const read = await readTableStatement(in1258(csvOf(lower)), 'sao-ke.csv', ACCOUNT)
    expect(read.lines[0]?.content).toBe('nộp đảng phí, tháng 11')
    expect(read).toMatchObject({ opening: 1_000_000, closing: 1_004_930 })
  })

  test('XLSX, with numbers as numbers', async () => {
    const cells = WHOLE.map((row) =>
      row.map((cell) => (/^\d{1,3}(\.\d{3})+$/.test(cell) ? Number(cell.replaceAll('.', '')) : cell)),
    )
    expect(await readTableStatement(workbookOf(cells), 'sao-ke.xlsx', ACCOUNT)).toEqual(READ)
  })

  test('a workbook that is more, unpacked, than a statement can be', async () => {
    const sheet = {
      name: 'xl/worksheets/sheet1.xml',
      content: randomBytes(2_000_000),
      claimedSize: 65 * 1024 * 1024,
    }
    await expect(readTableStatement(zipOf(partsOf('', [sheet])), 'a.xlsx', ACCOUNT)).rejects.toThrow(
      'import.too-large',
    )
  })

  test('newest first, without titles: the balances give the order, the beginning and the end', async () => {
    const read = await readCsvOf([HEADER, ...[...ROWS].reverse()])
    expect(read).toEqual(READ)
    checkStatement(read)
  })

  test('one column with a sign', async () => {
    const header = ['Ngày', 'Số tiền', 'Diễn giải']
    const rows = [
      ['26/11/2026', '+15.930', 'a'],
      ['27/11/2026', '-11.000', 'b'],
    ]
    const read = await readCsvOf([...TITLES, ['Số dư cuối kỳ', '1.004.930'], header, ...rows])
    expect(read.lines.map(({ direction, amountVnd }) => [direction, amountVnd])).toEqual([
      ['in', 15_930],
      ['out', 11_000],
    ])
    checkStatement(read)
    expect(await refused(async () => checkStatement(await readCsvOf([header, ...rows])))).toBe(
      'payments.statement-without-balances',
    )
  })

  const withCell = (place: number, value: string): Rows => [
    ...TITLES,
    HEADER,
    ROWS[0]!.map((cell, column) => (column === place ? value : cell)),
    ROWS[1]!,
    ...BELOW,
  ]

  test.each([
    [1, '31/02/2026', 'payments.statement-cell-unreadable 6 Ngày giao dịch'],
    [1, '2026-11-26', 'payments.statement-cell-unreadable 6 Ngày giao dịch'],
    [2, 'F'.repeat(101), 'payments.malformed'],
    [1, '26/11/2026 25:00', 'payments.statement-cell-unreadable 6 Ngày giao dịch'],
    [4, '15.930,50', 'payments.statement-cell-unreadable 6 Ghi có'],
    [4, '15,93', 'payments.statement-cell-unreadable 6 Ghi có'],
    [3, '5.000', 'payments.statement-unreadable 6'],
    [5, '1.015.931', 'payments.statement-unreadable 7'],
  ])('column %i as %s', async (place, value, expected) => {
    expect(await refused(() => readCsvOf(withCell(place, value)))).toBe(expected)
  })

  test('another currency, above the table or in a column of its own, is refused; đồng by any name is not', async () => {
    const above = (said: string) => [...TITLES, [`Loại tiền: ${said}`], HEADER, ...ROWS, ...BELOW]
    for (const said of ['VND', 'VNĐ', 'đồng Việt Nam'])
      expect(await refused(() => readCsvOf(above(said)))).toBe(undefined)
    expect(await refused(() => readCsvOf(above('USD')))).toBe('payments.currency-not-dong')
    const column = [...TITLES, [...HEADER, 'Loại tiền'], [...ROWS[0]!, 'VND'], [...ROWS[1]!, 'USD'], ...BELOW]
    expect(await refused(() => readCsvOf(column))).toBe('payments.currency-not-dong')
  })

  test('columns assigned on screen: a bank whose words nobody knows', async () => {
    const header = ['TT', 'Thời điểm', 'Mã', 'Chi', 'Thu', 'Còn lại', 'Ghi chú']
    const file = bytes(csvOf([...TITLES, header, ...ROWS, ...BELOW]))
    expect(await refused(() => readTableStatement(file, 'a.csv', ACCOUNT))).toBe('import.no-header')
    const profile = profileOf({
      date: 'Thời điểm',
      reference: 'Mã',
      debit: 'Chi',
      credit: 'Thu',
      balance: 'Còn lại',
      content: 'Ghi chú',
    })
    expect(await readTableStatement(file, 'a.csv', ACCOUNT, profile)).toEqual(READ)
  })

  test('a row that lost its day is refused, one that lost its amount is missed by the sum', async () => {
    const added = (place: number) => async () => checkStatement(await readCsvOf(withCell(place, '')))
    expect(await refused(added(1))).toBe('payments.statement-unreadable 6')
    expect(await refused(added(4))).toBe('payments.statement-does-not-add-up')
  })

  test('of another account, of no table, of no amounts', async () => {
    const other = () => readTableStatement(bytes(csvOf(WHOLE)), 'sao-ke.csv', '999')
    expect(await refused(other)).toBe('payments.statement-other-account')
    expect(await refused(() => readCsvOf([['x'], ['y']]))).toBe('import.no-header')
    expect(await refused(() => readCsvOf([['Ngày', 'Số dư', 'Nội dung']]))).toBe(
      'payments.statement-unreadable Ghi nợ, Ghi có',
    )
  })
})

test('one transfer in three forms is known again, the line without a number is not', async () => {
  const [camt] = (await readCamt053(bytes(CAMT)))[0]!.lines
  const [mt] = readMt940(bytes(MT940))[0]!.lines
  const [row, unnamed] = (await readCsvOf(WHOLE)).lines
  expect([sameTransaction(camt!, mt!), sameTransaction(mt!, row!)]).toEqual(['same', 'same'])
  expect(sameTransaction(unnamed!, { ...unnamed!, provider: 'mt940' })).toBe('unsure')
})

test('cut or with a byte turned, each is read or refused: never a defect', async () => {
  const files: [Buffer, (content: Buffer) => unknown][] = [
    [bytes(CAMT), readCamt053],
    [bytes(MT940), readMt940],
    [bytes(csvOf(WHOLE)), (content) => readTableStatement(content, 'a.csv', ACCOUNT)],
    [workbookOf(WHOLE), (content) => readTableStatement(content, 'a.xlsx', ACCOUNT)],
  ]
  for (const [content, read] of files)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(content.length - 1),
        fc.integer({ min: 0, max: 255 }),
        fc.boolean(),
        async (at, byte, cut) => {
          const changed = Buffer.from(cut ? content.subarray(0, at) : content)
          if (!cut) changed[at] = byte
          await refused(() => read(changed))
        },
      ),
    )
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), async (content) => {
      for (const [, read] of files) await refused(() => read(Buffer.from(content)))
    }),
  )
})

describe('whatever the file is', () => {
  const read = (content: Buffer | string, name: string, account = ACCOUNT) =>
    readStatement({ bytes: typeof content === 'string' ? bytes(content) : content, name }, account)

  test('the form is told by the content; names of accounts may be written otherwise', async () => {
    expect((await read(CAMT, 'a.xml')).format).toBe('camt.053')
    expect((await read(`\ufeff\n${CAMT}`, 'a.txt')).format).toBe('camt.053')
    expect((await read(MT940, 'a.sta')).format).toBe('mt940')
    expect((await read(MT940, 'a.txt')).format).toBe('mt940')
    expect((await read(csvOf(WHOLE), 'a.csv')).format).toBe('table')
    expect((await read(workbookOf(WHOLE), 'a.xlsx')).format).toBe('table')
    expect(await refused(() => read('%PDF-1.7', 'a.pdf'))).toBe('payments.statement-format-unknown')
  })

  test('days that follow each other are one statement, whatever their order; one that is missing is missed', async () => {
    const day = (number: number, opening: number, amount: number) =>
      [
        ':20:S',
        `:25:${ACCOUNT}`,
        `:28C:${number}`,
        `:60F:C26112${number}VND${opening},`,
        `:61:26112${number}C${amount},NTRFNONREF//FT${number}`,
        `:62F:C26112${number}VND${opening + amount},`,
      ].join('\n')
    const days = [day(1, 100, 5), day(2, 105, 7), day(3, 112, 11)]
    const { statement } = await read(days.toReversed().join('\n'), 'a.sta')
    expect(statement).toMatchObject({ opening: 100, closing: 123 })
    expect(statement.lines.map(({ bankReference }) => bankReference)).toEqual(['FT1', 'FT2', 'FT3'])
    expect(await refused(() => read([days[0], days[2]].join('\n'), 'a.sta'))).toBe(
      'payments.statement-does-not-add-up',
    )
    const other = days.map((text) => text.replace(ACCOUNT, '999')).join('\n')
    expect(await refused(() => read(other, 'a.sta'))).toBe('payments.statement-other-account')
    expect((await read(`${days.join('\n')}\n${other}`, 'a.sta')).statement.lines).toHaveLength(3)
  })

  test('more lines than can be looked through', async () => {
    const lines = Array.from({ length: MOST_STATEMENT_LINES + 1 }, () => ':61:261126C1,NTRFX')
    const file = [':20:S', `:25:${ACCOUNT}`, ':60F:C261126VND0,', ...lines, ':62F:C261126VND20001,']
    expect(await refused(() => read(file.join('\n'), 'a.sta'))).toBe('payments.statement-too-long')
  })
})
