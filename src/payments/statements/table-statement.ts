/** Statements as tables of internet banking (XLSX or CSV): title rows, the table, sums below it. */
import { instantAt, isPlainDate, todayIn, type PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { foldName } from '../../kernel/vietnamese-text.ts'
import { isBlank, shownText, type Cell } from '../../spreadsheets/cell.ts'
import { openTable, type TableRow } from '../../spreadsheets/table.ts'
import { LIMITS, openWorkbook, type Limits } from '../../spreadsheets/workbook.ts'
import { checkedAmount, checkedCurrency, checkedReference, type BankLine } from '../bank-line.ts'
import { isAmount, readVnd } from '../vnd.ts'
import { decodeBankText } from './bank-text.ts'
import { signed, unreadable, unreadableCell, type Statement } from './statement.ts'
import { USUAL_PROFILE, type StatementField, type StatementProfile } from './table-profiles.ts'

const PROVIDER = 'table'

/** A statement of 20,000 lines with ten columns is 25 MB of XML and 4 MB of strings. */
export const STATEMENT_LIMITS: Limits = {
  ...LIMITS,
  sheetBytes: 64 * 1024 * 1024,
  stringsBytes: 16 * 1024 * 1024,
}

type Row = TableRow<StatementField>

interface ReadRow {
  readonly row: number
  readonly line: BankLine
  readonly balance: number | undefined
}

/**
 * The statement of one account in a file of tables.
 *
 * @param account whose statement it should be: files do not always say it; one that says another is refused
 * @throws Refusal invalid `payments.statement-unreadable`, `payments.statement-cell-unreadable`,
 *   `payments.statement-other-account`, `payments.amount-unreadable`, `payments.currency-not-dong`, and `import.…` for
 *   what is no table at all
 */
export async function readTableStatement(
  content: Uint8Array,
  fileName: string,
  account: string,
  profile: StatementProfile = USUAL_PROFILE,
): Promise<Statement> {
  const isText = /\.(csv|txt)$/i.test(fileName)
  const bytes = isText ? Buffer.from(decodeBankText(content), 'utf8') : content
  const sheets = await openWorkbook(
    bytes,
    isText ? fileName.replace(/\.txt$/i, '.csv') : fileName,
    STATEMENT_LIMITS,
  )
  const table = await openTable(sheets, profile.columns)
  if (!['amount', 'debit', 'credit'].some((field) => table.fields.has(field as StatementField)))
    throw unreadable('Ghi nợ, Ghi có')
  refuseOther(table.titles, profile, account)
  refuseCurrency(titled(table.titles, profile.currency))
  const rows: ReadRow[] = []
  const below: string[] = []
  for await (const some of table.rows())
    for (const row of some) {
      if (isTransaction(row)) rows.push(readRow(row, account, profile))
      else below.push(...Object.values(row.cells).map((cell) => shownText(cell)))
    }
  const inOrder = oldestFirst(rows)
  const around = [...table.titles, ...below]
  const opening = titledAmount(around, profile.opening) ?? balanceBefore(inOrder[0])
  const closing = titledAmount(around, profile.closing) ?? inOrder.at(-1)?.balance
  checkBalances(inOrder)
  return {
    account,
    currency: 'VND',
    ...(opening === undefined ? {} : { opening }),
    ...(closing === undefined ? {} : { closing }),
    lines: inOrder.map(({ line }) => line),
  }
}

/** The text after a title: 'Số tài khoản: 0123', or in the next cell. */
function titled(titles: readonly string[], words: RegExp): string | undefined {
  const place = titles.findIndex((title) => words.test(foldName(title)))
  const title = titles[place]
  if (title === undefined) return undefined
  const after = /[:：](.*)$/s.exec(title)?.[1]?.trim()
  return after || titles[place + 1]
}

const titledAmount = (titles: readonly string[], words: RegExp): number | undefined => {
  const text = titled(titles, words)
  return text === undefined ? undefined : readVnd(text)
}

function refuseOther(titles: readonly string[], profile: StatementProfile, account: string): void {
  const said = /[A-Za-z0-9]{6,19}/.exec((titled(titles, profile.account) ?? '').replace(/[\s.-]/g, ''))?.[0]
  if (said !== undefined && /^\d+$/.test(said) && said !== account)
    throw new Refusal('invalid', 'payments.statement-other-account')
}

/** 'VND', 'VNĐ', 'đồng', or nothing said; whatever names another currency by its three letters is refused. */
function refuseCurrency(said: string | undefined): void {
  const words = foldName(said ?? '').toUpperCase()
  const code = /\b(VND|DONG)\b/.test(words) ? 'VND' : /\b[A-Z]{3}\b/.exec(words)?.[0]
  if (code !== undefined) checkedCurrency(code)
}

const isTotal = (text: string): boolean => /^(tong|cong|so du|total)/.test(foldName(text))

/**
 * Sums and balances above and below have no day, or no amount.
 *
 * @throws Refusal invalid `payments.statement-unreadable` for a transfer that lost its day
 */
function isTransaction({ number, cells }: Row): boolean {
  const content = shownText(cells.content)
  const hasAmount = [cells.debit, cells.credit, cells.amount].some((cell) => !isBlank(cell))
  if (!hasAmount || isTotal(content)) return false
  if (isBlank(cells.date) && content.trim() !== '') throw unreadable(`${number}`)
  return /\d/.test(shownText(cells.date))
}

function readRow({ number, cells }: Row, account: string, profile: StatementProfile): ReadRow {
  const at = (field: StatementField): Place => ({
    row: number,
    column: profile.columns.find((column) => column.field === field)?.headers[0] ?? field,
  })
  refuseCurrency(shownText(cells.currency))
  const amount = amountOf(cells, number, at)
  const moment = momentOf(cells.date, at('date'))
  const reference = shownText(cells.reference).trim()
  const balance = isBlank(cells.balance) ? undefined : vndOf(cells.balance, at('balance'))
  return {
    row: number,
    balance,
    line: {
      provider: PROVIDER,
      // without a number: what stays the same when the bank is asked for the days once more
      providerReference: checkedReference(
        reference || `${moment.bookedOn}/${amount}/${balance ?? `#${number}`}`,
      ),
      ...(reference === '' ? {} : { bankReference: reference }),
      accountNumber: account,
      amountVnd: checkedAmount(Math.abs(amount)),
      direction: amount < 0 ? 'out' : 'in',
      currency: 'VND',
      content: shownText(cells.content).trim(),
      ...moment,
      ...(isBlank(cells.counterAccount) ? {} : { counterAccount: shownText(cells.counterAccount).trim() }),
    },
  }
}

/** What the row adds: one signed column, or one for each side; a debit counts down whatever sign the bank gives it. */
function amountOf(cells: Row['cells'], row: number, at: (field: StatementField) => Place): number {
  const of = (field: 'amount' | 'debit' | 'credit') =>
    isBlank(cells[field]) || shownText(cells[field]).trim() === '-' ? 0 : vndOf(cells[field], at(field))
  const [amount, debit, credit] = [of('amount'), Math.abs(of('debit')), of('credit')]
  if (debit !== 0 && credit !== 0) throw unreadable(`${row}`)
  return debit === 0 && credit === 0 ? amount : credit - debit
}

/** Where a cell stands, in the words of the table. */
interface Place {
  readonly row: number
  readonly column: string
}

function vndOf(cell: Cell | undefined, place: Place): number {
  if (cell?.kind === 'number') {
    if (cell.value === 0 || isAmount(Math.abs(cell.value))) return cell.value
    throw unreadableCell(place)
  }
  const value = readVnd(shownText(cell).trim())
  if (value === undefined) throw unreadableCell(place)
  return value
}

/** 'dd/mm/yyyy', with or without 'hh:mm:ss' after it; a cell that is a date. */
function momentOf(cell: Cell | undefined, place: Place): { bookedOn: PlainDate; bookedAt?: Date } {
  if (cell?.kind === 'date') return { bookedOn: cell.date }
  const [, day = '', month = '', year, hour, minute, second = '00'] =
    /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\s+(\d{1,2}):(\d\d)(?::(\d\d))?)?$/.exec(
      shownText(cell).trim(),
    ) ?? []
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (!isPlainDate(date)) throw unreadableCell(place)
  if (hour === undefined) return { bookedOn: date }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) throw unreadableCell(place)
  const at = new Date(instantAt(date, Number(hour) * 60 + Number(minute)).getTime() + Number(second) * 1000)
  return { bookedOn: todayIn(at), bookedAt: at }
}

const balanceBefore = (row: ReadRow | undefined): number | undefined =>
  row?.balance === undefined ? undefined : row.balance - signed(row.line)

/** Whether each balance follows from the one before it; rows without a balance stop nothing. */
function firstBreak(rows: readonly ReadRow[]): ReadRow | undefined {
  return rows.find((row, place) => {
    const before = rows[place - 1]?.balance
    return before !== undefined && row.balance !== undefined && row.balance !== before + signed(row.line)
  })
}

/** Many banks write the newest first: the balances tell, and where there are none, the days. */
function oldestFirst(rows: readonly ReadRow[]): readonly ReadRow[] {
  const turned = [...rows].reverse()
  const days = (some: readonly ReadRow[]) =>
    some.every(({ line }, place) => line.bookedOn >= (some[place - 1]?.line.bookedOn ?? ''))
  if (firstBreak(rows) !== undefined && firstBreak(turned) === undefined) return turned
  return !days(rows) && days(turned) ? turned : rows
}

/** @throws Refusal invalid `payments.statement-unreadable` at the first row whose balance does not follow */
function checkBalances(rows: readonly ReadRow[]): void {
  const broken = firstBreak(rows)
  if (broken) throw unreadable(`${broken.row}`)
}
