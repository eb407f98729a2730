/** Books as tables: S01/ĐP, S02/ĐP, B01/ĐP and the cash book, from their figures. */
import { formatDate, type Language, type PlainDate } from '../../../kernel/plain-date.ts'
import { fill } from '../../../ui/words.ts'
import { dong } from '../amount-text.ts'
import { bookPeriod, yearBegin, type BookPeriod } from '../law/books/book-period.ts'
import { byQuarter, subtotalOf, type RemittanceRow } from '../law/books/cell-ledger.ts'
import { balances, PAYMENT_COLUMNS, RECEIPT_COLUMNS, type Fund } from '../law/books/cash-columns.ts'
import {
  checksOf,
  CODES,
  COLUMNS,
  totalOf,
  type Check,
  type Code,
  type Figures,
} from '../law/books/report.ts'
import { columnsOf, type Book, type BookRow } from './book.ts'
import type { CashBookRead, CashEntry } from './cash-entries.ts'
import type { NamedRow } from './cell-lines.ts'
import type { Below, ReportOf } from './figures.ts'
import type { Remitted } from './remittances.ts'
import { BOOK_TEXTS, type BookTexts } from './texts.ts'
import { monthInWords, quarterInWords } from './written-periods.ts'

const behindOf = (of: string, period: string): string => `/fees/books/behind?of=${of}&period=${period}`

const textsOf = (language: Language): BookTexts => BOOK_TEXTS[language]

/** S01/ĐP part I. Income of exempt members, and their fee, stay blank. */
export function collectionBook(
  months: readonly {
    readonly month: string
    readonly rows: readonly NamedRow[]
    readonly paidBackVnd: number
  }[],
  /** of the period, more in part II than in column 9 */
  acrossVnd: number,
  period: BookPeriod,
  language: Language,
): Book {
  const texts = textsOf(language)
  const flat = months.flatMap(({ month, rows }) => rows.map((row) => ({ month, row })))
  const sum = (key: 'dueVnd' | 'earlierVnd' | 'totalVnd' | 'collectedVnd') =>
    flat.reduce((all, { row }) => all + row[key], 0)
  const paidBackVnd = months.reduce((all, each) => all + each.paidBackVnd, 0)
  const last = months.at(-1)
  return {
    name: 's01-collection',
    period: period.name,
    columns: columnsOf(texts.columns, [
      ['place', '1', 4],
      ['name', '2', 16],
      ['exempt', '3', 5],
      ['month', '4', 7],
      ['base', '5', 10, true],
      ['due', '6', 9, true],
      ['earlier', '7', 9, true],
      ['total', '8', 9, true],
      ['collected', '9', 9, true],
      ['unpaid', '10', 9, true],
    ]),
    head: 'name',
    rows: [
      ...flat.map(({ month, row }, place): BookRow => ({
        key: `${month} ${row.memberId}`,
        kind: 'line',
        cells: {
          place: place + 1,
          name: nameWritten(row, language),
          exempt: row.exempt ? 'X' : '',
          month: monthWritten(month),
          base: row.baseVnd,
          ...collectionCells(row),
        },
        behind: { name: `/fees/members/${row.memberId}` },
      })),
      {
        key: 'sum',
        kind: 'total',
        cells: {
          name: texts.sum,
          due: sum('dueVnd'),
          earlier: sum('earlierVnd'),
          total: sum('totalVnd'),
          collected: sum('collectedVnd'),
          // of several months: what was open at the end of the last
          unpaid: last ? last.rows.reduce((all, { unpaidVnd }) => all + unpaidVnd, 0) : 0,
        },
        behind: {
          collected: behindOf('collected', period.name),
          unpaid: behindOf('unpaid', period.name),
        },
      },
    ],
    notes: [
      texts.exemptNote,
      ...(paidBackVnd > 0 ? [fill(texts.paidBack, { amount: dong(paidBackVnd) })] : []),
      ...(acrossVnd === 0 ? [] : [fill(texts.across, { amount: signed(acrossVnd) })]),
    ],
    failed: [],
    checked: false,
    people: flat.map(({ row }) => row.memberId),
  }
}

/** Where counting and collecting part, the row says so. */
function nameWritten({ fullName, guest, elsewhere }: NamedRow, language: Language): string {
  const { guestRow, elsewhereRow } = textsOf(language)
  return guest ? `${fullName} (${guestRow})` : elsewhere ? `${fullName} (${elsewhereRow})` : fullName
}

const signed = (vnd: number): string => (vnd < 0 ? `−${dong(-vnd)}` : dong(vnd))

/** Who has nothing due, be it by exemption or for want of a declaration, has blanks where there is no figure. */
function collectionCells({ dueVnd, earlierVnd, totalVnd, collectedVnd, unpaidVnd, exempt, lined }: NamedRow) {
  const none = !lined || (exempt && totalVnd === 0)
  const shown = (amount: number) => (none && amount === 0 ? null : amount)
  return {
    due: exempt && dueVnd === 0 ? null : shown(dueVnd),
    earlier: shown(earlierVnd),
    total: shown(totalVnd),
    collected: shown(collectedVnd),
    unpaid: shown(unpaidVnd),
  }
}

/** '10/2026', as the forms have it in a narrow column. */
const monthWritten = (month: string): string => `${month.slice(5)}/${month.slice(0, 4)}`

const SUMS = [
  ['members', 'members'],
  ['exemptCount', 'exempt'],
  ['unpaidSum', 'unpaidVnd'],
  ['collectedSum', 'collectedVnd'],
  ['retained', 'retainedVnd'],
  ['toRemit', 'toRemitVnd'],
  ['remitted', 'remittedVnd'],
  ['notRemitted', 'notRemittedVnd'],
] as const

/** S01/ĐP part II: the months since the start of the year, subtotals of each quarter and of the year. */
export function remittanceBook(rows: readonly RemittanceRow[], period: BookPeriod, language: Language): Book {
  const texts = textsOf(language)
  const cellsOf = (sums: Pick<RemittanceRow, (typeof SUMS)[number][1]>) =>
    Object.fromEntries(SUMS.map(([column, key]) => [column, sums[key]]))
  const year = period.until.slice(0, 4)
  const table: BookRow[] = byQuarter(rows).flatMap(({ quarter, rows: own, subtotal }) => [
    ...own.map((row): BookRow => ({
      key: row.month,
      kind: 'line',
      cells: {
        remittedOn: row.remittedOn ? formatDate(row.remittedOn, language) : '',
        feeMonth: monthWritten(row.month),
        ...cellsOf(row),
        receiver: row.receiver ?? '',
      },
      behind: {
        feeMonth: `/fees/books?book=s01-collection&period=${row.month}`,
        members: behindOf('members', row.month),
        exemptCount: behindOf('exempt', row.month),
        unpaidSum: behindOf('unpaid', row.month),
        collectedSum: behindOf('collected', row.month),
        ...Object.fromEntries(
          ['retained', 'toRemit', 'remitted', 'notRemitted'].map((key) => [
            key,
            behindOf('shares', row.month),
          ]),
        ),
      },
    })),
    {
      key: quarter,
      kind: 'subtotal' as const,
      cells: {
        remittedOn: '',
        feeMonth: fill(texts.subtotal, { quarter: quarterInWords(bookPeriod(quarter)!) }),
        ...cellsOf(subtotal),
        receiver: '',
      },
    },
  ])
  return {
    name: 's01-remittance',
    period: period.name,
    columns: columnsOf(texts.columns, [
      ['remittedOn', 'A', 10],
      ['feeMonth', 'B', 10],
      ['members', '1', 7, true],
      ['exemptCount', '2', 7, true],
      ['unpaidSum', '3', 10, true],
      ['collectedSum', '4', 10, true],
      ['retained', '5', 10, true],
      ['toRemit', '6', 10, true],
      ['remitted', '7', 10, true],
      ['notRemitted', '8', 10, true],
      ['receiver', '9', 14],
    ]),
    head: 'feeMonth',
    rows: [
      ...table,
      {
        key: 'year',
        kind: 'total',
        cells: {
          remittedOn: '',
          feeMonth: fill(texts.yearTotal, { year }),
          ...cellsOf(subtotalOf(rows)),
          receiver: '',
        },
      },
    ],
    notes: [],
    failed: [],
    checked: false,
    people: [],
  }
}

export function checkInWords({ name, at, standsVnd, formulaVnd }: Check, language: Language): string {
  return fill(textsOf(language).checks[name], {
    code: at,
    stands: dong(standsVnd),
    formula: dong(formulaVnd),
  })
}

/** Where the figures of a code come from: of a cell its own lists, of a committee S02/ĐP and its shares. */
function behindCode(code: Code, period: BookPeriod, cell: boolean): string | undefined {
  const year = yearBegin(period).slice(0, 4)
  const since = ['03', '08', '09', '10', '11', '13'].includes(code) ? year : period.name
  if (['04', '05', '06', '07', '08', '09', '10', '11', '12', '13', '14'].includes(code))
    return cell || ['12', '13', '14'].includes(code)
      ? behindOf('shares', code === '14' ? year : since)
      : `/fees/books?book=s02&period=${period.name}`
  if (!cell) return `/fees/books?book=s02&period=${period.name}`
  return code === '01' ? behindOf('members', period.name) : behindOf('collected', since)
}

/** Column A of the form. */
const PLACES: Readonly<Record<Code, string>> = {
  '01': 'I',
  '02': 'II.1',
  '03': 'II.2',
  '04': 'III.1',
  '05': '1.1',
  '06': '1.2',
  '07': '1.3',
  '08': 'III.2',
  '09': '2.1',
  '10': '2.2',
  '11': '2.3',
  '12': 'IV.1',
  '13': 'IV.2',
  '14': 'IV.3',
}

/** Where 12 differs from 02 − 04 by what those below sent in another period, and by nothing else. */
function timingOf(
  total: Figures,
  { dueVnd, receivedVnd }: NonNullable<ReportOf['onItsWay']>,
  texts: BookTexts,
): string | undefined {
  const difference = total['02'] - total['04'] - total['12']
  if (difference === 0 || difference !== dueVnd - receivedVnd) return undefined
  return fill(texts.timing, { due: dong(dueVnd), received: dong(receivedVnd) })
}

/** B01/ĐP. What does not hold stands in the column of notes beside its figure. */
export function reportBook(
  { report, onItsWay }: Pick<ReportOf, 'report' | 'onItsWay'>,
  period: BookPeriod,
  language: Language,
  cell: boolean,
): Book {
  const texts = textsOf(language)
  const failed = checksOf(report, period).filter(({ holds }) => !holds)
  const total = totalOf(report)
  const explained = onItsWay && timingOf(total, onItsWay, texts)
  return {
    name: 'b01',
    period: period.name,
    columns: columnsOf(texts.columns, [
      ['place', 'A', 5],
      ['indicator', 'B', 28],
      ['measure', 'C', 6],
      ['code', 'D', 5],
      ['commune', '1', 11, true],
      ['enterprise', '2', 11, true],
      ['other', '3', 11, true],
      ['all', '4', 12, true],
      ['note', 'E', 18],
    ]),
    head: 'indicator',
    rows: CODES.map((code): BookRow => {
      const wrong = failed.filter(({ at }) => at === code).map((check) => checkInWords(check, language))
      const link = behindCode(code, period, cell)
      return {
        key: code,
        kind: ['01', '02', '04', '12'].includes(code) ? 'subtotal' : 'line',
        cells: {
          place: PLACES[code],
          code,
          indicator: texts.indicators[code],
          measure: code === '01' ? texts.people : texts.dong,
          ...Object.fromEntries(COLUMNS.map((column) => [column, report[column][code]])),
          all: total[code],
          note: wrong.join(' '),
        },
        ...(link ? { behind: { all: link } } : {}),
        ...(wrong.length > 0 ? { alarm: wrong.join(' ') } : {}),
      }
    }),
    notes: cell ? [] : [...(explained ? [explained] : []), texts.columnNote],
    failed: failed.map((check) => checkInWords(check, language)),
    checked: true,
    people: [],
  }
}

const OF_CODE: readonly (readonly [key: string, code: Code])[] = [
  ['membersEnd', '01'],
  ['collectedPeriod', '02'],
  ['collectedYear', '03'],
  ['kept', '04'],
  ['keptCell', '05'],
  ['keptBase', '06'],
  ['keptAbove', '07'],
  ['keptYear', '08'],
  ['keptCellYear', '09'],
  ['keptBaseYear', '10'],
  ['keptAboveYear', '11'],
]

/** What stands beside an organisation below: whether it sent its report, whether its formulas hold, whether its books say the same now. */
function standing(below: Below, language: Language): { sent: string; alarm: string } {
  const texts = textsOf(language)
  const { report, now, sentOn, failed, missing, fromBooks } = below
  if (!report)
    return {
      sent: fill(texts.belowMissing, { month: missing ? monthInWords(missing, language) : '' }),
      alarm: now ? fill(texts.belowNow, { now: dong(now['02']) }) : '',
    }
  const said = totalOf(report)
  if (fromBooks) return { sent: texts.belowGone, alarm: '' }
  const checks = failed > 0 ? fill(texts.belowFailed, { count: failed }) : texts.belowHold
  return {
    sent: fill(texts.belowSent, { day: sentOn ? formatDate(sentOn, language) : '', checks }),
    alarm:
      now && now['02'] !== said['02']
        ? fill(texts.belowDiffers, { sent: dong(said['02']), now: dong(now['02']) })
        : '',
  }
}

/** S02/ĐP: what those below reported, and what they remitted. */
export function consolidatedBook(
  given: {
    readonly below: readonly Below[]
    readonly received: ReadonlyMap<string, number>
    readonly receivedYear: ReadonlyMap<string, number>
    /** of the period, this organisation's own */
    readonly own: readonly Remitted[]
  },
  period: BookPeriod,
  language: Language,
): Book {
  const { below, received, receivedYear, own } = given
  const texts = textsOf(language)
  const reported = below.filter(({ report, fromBooks }) => report !== undefined && !fromBooks)
  const receivedVnd = [...received.values()].reduce((all, each) => all + each, 0)
  const baseVnd = own.reduce((all, each) => all + each.baseVnd, 0)
  const rows = below.map((each, place): BookRow => {
    const figures = each.report && totalOf(each.report)
    const { sent, alarm } = standing(each, language)
    return {
      key: each.unit.id,
      kind: 'line',
      cells: {
        place: place + 1,
        unit: each.unit.name,
        signature: sent,
        ...Object.fromEntries(OF_CODE.map(([key, code]) => [key, figures ? figures[code] : null])),
        received: received.get(each.unit.id) ?? 0,
        receivedYear: receivedYear.get(each.unit.id) ?? 0,
        note: alarm,
      },
      behind: { received: behindOf('received', period.name) },
      ...(alarm || each.failed > 0 ? { alarm: alarm || sent } : {}),
    }
  })
  const add = (key: string) =>
    rows.reduce((all, { cells }) => all + (typeof cells[key] === 'number' ? cells[key] : 0), 0)
  const numeric = [...OF_CODE.map(([key]) => key), 'received', 'receivedYear']
  return {
    name: 's02',
    period: period.name,
    columns: columnsOf(texts.columns, [
      ['place', 'A', 4],
      ['unit', 'B', 16],
      ['signature', 'C', 12],
      ...OF_CODE.map(([key], index) => [key, String(index + 1), 9, true] as const),
      ['received', '12', 9, true],
      ['receivedYear', '13', 9, true],
      ['note', 'E', 12],
    ]),
    head: 'unit',
    rows:
      rows.length === 0
        ? []
        : [
            ...rows,
            {
              key: 'sum',
              kind: 'total',
              cells: {
                unit: texts.sum,
                ...Object.fromEntries(numeric.map((key) => [key, add(key)])),
              },
            },
          ],
    notes: [
      fill(texts.belowCount, { sent: reported.length, all: below.length }),
      fill(texts.own, {
        received: dong(receivedVnd),
        kept: dong(own.reduce((all, { keepVnd }) => all + keepVnd, 0)),
        owed: dong(own.reduce((all, { remitVnd }) => all + remitVnd, 0)),
      }),
      texts.s02Note,
    ],
    failed:
      baseVnd === receivedVnd
        ? []
        : [fill(texts.shareCheck, { received: dong(receivedVnd), base: dong(baseVnd) })],
    checked: true,
    people: [],
  }
}

/** The cash book of a fund: what it began with, each entry with the balance after it, the sums. */
export function cashBook(
  { openingVnd, entries }: CashBookRead,
  fund: Fund,
  period: BookPeriod,
  language: Language,
): Book {
  const texts = textsOf(language)
  const after = balances(openingVnd, entries)
  const amount = (of: readonly CashEntry[], direction: 'in' | 'out') =>
    of.filter((each) => each.direction === direction).reduce((all, { amountVnd }) => all + amountVnd, 0)
  const columns = [...RECEIPT_COLUMNS, ...PAYMENT_COLUMNS]
  const sums = Object.fromEntries(
    columns.map((column) => [
      column,
      entries.filter((each) => each.column === column).reduce((all, { amountVnd }) => all + amountVnd, 0),
    ]),
  )
  return {
    name: fund,
    period: period.name,
    columns: columnsOf({ ...texts.columns, ...texts.cash }, [
      ['day', 'A', 8],
      ['voucher', 'B', 8],
      ['explanation', 'C', 20],
      ...RECEIPT_COLUMNS.map((column, index) => [column, String(index + 1), 8, true] as const),
      ['inTotal', '4', 9, true],
      ...PAYMENT_COLUMNS.map((column, index) => [column, String(index + 5), 8, true] as const),
      ['outTotal', '11', 9, true],
      ['balance', '12', 10, true],
    ]),
    head: 'explanation',
    rows: [
      { key: 'opening', kind: 'subtotal', cells: { explanation: texts.opening, balance: openingVnd } },
      ...entries.map((entry, index): BookRow => ({
        key: String(index),
        kind: 'line',
        cells: {
          day: dayInWords(entry.onDay, language),
          voucher: entry.voucher,
          explanation: entryInWords(entry, texts),
          [entry.column]: entry.amountVnd,
          [entry.direction === 'in' ? 'inTotal' : 'outTotal']: entry.amountVnd,
          balance: after[index]!,
        },
        ...(entry.column === 'fees'
          ? { behind: { fees: behindOf('collected', entry.onDay.slice(0, 7)) } }
          : {}),
      })),
      {
        key: 'sum',
        kind: 'total',
        cells: {
          explanation: texts.closing,
          ...sums,
          inTotal: amount(entries, 'in'),
          outTotal: amount(entries, 'out'),
          balance: after.at(-1) ?? openingVnd,
        },
        behind: { balance: `${behindOf('account', period.name)}&account=${fund}` },
      },
    ],
    notes: [],
    failed: [],
    checked: false,
    people: [],
  }
}

const dayInWords = (day: PlainDate, language: Language): string => formatDate(day, language)

function entryInWords(entry: CashEntry, texts: BookTexts): string {
  const { kind, direction, firstReceipt, lastReceipt, explanation, undoes } = entry
  if (explanation)
    return undoes ? fill(texts.entries.undoing, { number: undoes, text: explanation }) : explanation
  const words = texts.entries as Readonly<Record<string, string>>
  if (kind === 'paid' && firstReceipt)
    return firstReceipt === lastReceipt
      ? fill(texts.entries.paid, { from: firstReceipt })
      : fill(texts.entries.paidMany, { from: firstReceipt, to: lastReceipt ?? '' })
  return (direction === 'out' && words[`${kind}-out`]) || (words[kind] ?? kind)
}
