/** The lists behind the figures: members, payments and refunds, shares, what came from below, transfers of an account. */
import { sql, type Read } from '../../../kernel/db.ts'
import { firstDayOf, formatDate, type Language, type PlainDate } from '../../../kernel/plain-date.ts'
import { cutOff, firstDayIn, lastDayIn, type BookPeriod } from '../law/books/book-period.ts'
import { columnsOf, type BookColumn, type BookRow } from './book.ts'
import { collectionOf } from './cell-lines.ts'
import type { AccountName, BehindName } from './contract.ts'
import { handedAcross } from './continued.ts'
import { booksOfUnit, type Unit } from './figures.ts'
import { remittancesOf } from './remittances.ts'
import { BOOK_TEXTS } from './texts.ts'
import { monthInWords } from './written-periods.ts'

export interface Behind {
  readonly title: string
  readonly columns: readonly BookColumn[]
  readonly head: string
  readonly rows: readonly BookRow[]
  readonly people: readonly string[]
  /** not all are shown */
  readonly cut: boolean
}

/** Rows shown of one list. */
export const MOST_ROWS = 2000

export async function behind(
  read: Read,
  unit: Unit,
  asked: { readonly of: BehindName; readonly period: BookPeriod; readonly account: AccountName },
  today: PlainDate,
  language: Language,
): Promise<Behind> {
  const { of, period, account } = asked
  const texts = BOOK_TEXTS[language].behind
  const title = texts.titles[of].replace('{account}', texts.accounts[account])
  switch (of) {
    case 'members':
    case 'exempt':
    case 'unpaid':
      return { title, ...(await membersBehind(read, unit, of, period, today, language)) }
    case 'collected':
      return { title, ...(await collectedBehind(read, unit, period, today, language)) }
    case 'shares':
      return { title, ...(await sharesBehind(read, unit, period, language)) }
    case 'received':
      return { title, ...(await receivedBehind(read, unit, period, today, language)) }
    case 'account':
      return { title, ...(await accountBehind(read, unit, account, period, today, language)) }
  }
}

type List = Omit<Behind, 'title'>

/** As they stood at the end of the period's last month that has begun. */
async function membersBehind(
  read: Read,
  unit: Unit,
  of: 'members' | 'exempt' | 'unpaid',
  period: BookPeriod,
  today: PlainDate,
  language: Language,
): Promise<List> {
  const texts = BOOK_TEXTS[language]
  const month = firstDayOf(period.until) <= today ? period.until : today.slice(0, 7)
  const all = await collectionOf(read, booksOfUnit(unit), month, today)
  const rows = all.filter((row) =>
    of === 'exempt' ? row.exempt : of === 'unpaid' ? row.unpaidVnd > 0 : !row.guest,
  )
  return {
    columns: columnsOf(texts.columns, [
      ['name', '', 20],
      ['total', '', 10, true],
      ['collected', '', 10, true],
      ['unpaid', '', 10, true],
    ]),
    head: 'name',
    rows: rows.slice(0, MOST_ROWS).map((row) => ({
      key: row.memberId,
      kind: 'line',
      cells: {
        name: row.fullName,
        total: row.totalVnd,
        collected: row.collectedVnd,
        unpaid: row.unpaidVnd,
      },
      behind: { name: `/fees/members/${row.memberId}` },
    })),
    people: rows.map(({ memberId }) => memberId),
    cut: rows.length > MOST_ROWS,
  }
}

async function collectedBehind(
  read: Read,
  unit: Unit,
  period: BookPeriod,
  today: PlainDate,
  language: Language,
): Promise<List> {
  const texts = BOOK_TEXTS[language]
  const rows = await read.rows<{
    id: string
    onDay: PlainDate
    kind: 'paid' | 'refunded'
    memberId: string
    fullName: string
    month: string
    amountVnd: number
    paymentId: string | null
    receipt: string | null
    method: 'cash' | 'transfer' | null
  }>(sql`
    select t.id::text, t.on_day as "onDay", t.kind, t.member_id as "memberId", m.full_name as "fullName", to_char(t.period, 'YYYY-MM') as month,
           t.amount_vnd as "amountVnd", t.payment_id as "paymentId", p.receipt_number || '/' || p.receipt_year as receipt, p.method
      from ledger_transfer t join member m on m.id = t.member_id left join fee_payment p on p.id = t.payment_id
     where t.debit_owner = any(${booksOfUnit(unit)}::uuid[]) and t.kind in ('paid', 'refunded')
       and t.on_day between ${firstDayIn(period)}::date and ${cutOff(period, today)}::date
     order by t.on_day, t.id limit ${MOST_ROWS + 1}`)
  const shown = rows.slice(0, MOST_ROWS)
  const across = await handedAcross(read, unit.continued, firstDayIn(period), cutOff(period, today))
  return {
    columns: columnsOf(
      { ...texts.columns, how: texts.behind.how, receipt: texts.behind.receipt, amount: texts.behind.amount },
      [
        ['name', '', 18],
        ['day', '', 8],
        ['receipt', '', 8],
        ['feeMonth', '', 8],
        ['how', '', 8],
        ['amount', '', 10, true],
      ],
    ),
    head: 'name',
    rows: [
      ...shown.map((row): BookRow => ({
        key: row.id,
        kind: 'line',
        cells: {
          name: row.fullName,
          day: formatDate(row.onDay, language),
          receipt: row.receipt ?? '',
          feeMonth: monthInWords(row.month, language),
          how:
            row.kind === 'refunded' ? texts.behind.back2 : row.method ? texts.behind.methods[row.method] : '',
          amount: row.kind === 'paid' ? row.amountVnd : -row.amountVnd,
        },
        ...(row.paymentId && row.kind === 'paid'
          ? { behind: { receipt: `/fees/receipts/${row.paymentId}.pdf` } }
          : {}),
      })),
      ...across.map(({ onDay, amountVnd }, place): BookRow => ({
        key: `across ${place}`,
        kind: 'line',
        cells: {
          name: amountVnd < 0 ? texts.entries['handed-over-out'] : texts.entries['handed-over'],
          day: formatDate(onDay, language),
          amount: amountVnd,
        },
      })),
      sumRow(texts.sum, 'name', [
        ...shown.map(({ kind, amountVnd }) => (kind === 'paid' ? amountVnd : -amountVnd)),
        ...across.map(({ amountVnd }) => amountVnd),
      ]),
    ],
    people: shown.map(({ memberId }) => memberId),
    cut: rows.length > MOST_ROWS,
  }
}

function sumRow(name: string, head: string, amounts: readonly number[]): BookRow {
  const amount = amounts.reduce((all, each) => all + each, 0)
  return { key: 'sum', kind: 'total', cells: { [head]: name, amount } }
}

async function sharesBehind(read: Read, unit: Unit, period: BookPeriod, language: Language): Promise<List> {
  const texts = BOOK_TEXTS[language]
  const made = await remittancesOf(read, booksOfUnit(unit), firstDayIn(period), lastDayIn(period))
  const day = (on: PlainDate | null) => (on ? formatDate(on, language) : '')
  return {
    columns: columnsOf(
      {
        ...texts.columns,
        share: texts.behind.share,
        baseVnd: texts.behind.base,
        receivedOn: texts.behind.received,
      },
      [
        ['feeMonth', '', 8],
        ['baseVnd', '', 10, true],
        ['share', '', 6],
        ['retained', '', 10, true],
        ['toRemit', '', 10, true],
        ['remittedOn', '', 8],
        ['receivedOn', '', 8],
        ['receiver', '', 14],
      ],
    ),
    head: 'feeMonth',
    rows: made.map((each) => ({
      key: each.id,
      kind: 'line',
      cells: {
        feeMonth: monthInWords(each.period, language),
        baseVnd: each.baseVnd,
        share: `${String(each.keepPercent).replace('.', ',')} %`,
        retained: each.keepVnd,
        toRemit: each.remitVnd,
        remittedOn: day(each.sentOn),
        receivedOn: day(each.receivedOn),
        receiver: each.receiver ?? '',
      },
    })),
    people: [],
    cut: false,
  }
}

async function receivedBehind(
  read: Read,
  unit: Unit,
  period: BookPeriod,
  today: PlainDate,
  language: Language,
): Promise<List> {
  const texts = BOOK_TEXTS[language]
  const rows = await read.rows<{
    id: string
    name: string
    month: string
    receivedOn: PlainDate
    amountVnd: number
    receipt: string | null
  }>(sql`
    select r.id, (select p.name from organisation_period p
                  where p.organisation_id = coalesce(r.handed_from[1], r.organisation_id) order by p.valid_from desc limit 1) as name,
           to_char(r.period, 'YYYY-MM') as month, r.received_on as "receivedOn", r.remit_vnd as "amountVnd",
           r.receipt_number || '/' || r.receipt_year as receipt
      from fee_remittance r
     where r.superior_id = any(${booksOfUnit(unit)}::uuid[]) and r.returned_at is null
       and r.received_on between ${firstDayIn(period)}::date and ${cutOff(period, today)}::date
     order by r.received_on, r.id limit ${MOST_ROWS + 1}`)
  const shown = rows.slice(0, MOST_ROWS)
  return {
    columns: columnsOf({ ...texts.columns, receipt: texts.behind.receipt, amount: texts.behind.amount }, [
      ['unit', '', 18],
      ['feeMonth', '', 8],
      ['day', '', 8],
      ['receipt', '', 8],
      ['amount', '', 10, true],
    ]),
    head: 'unit',
    rows: [
      ...shown.map((row): BookRow => ({
        key: row.id,
        kind: 'line',
        cells: {
          unit: row.name,
          feeMonth: monthInWords(row.month, language),
          day: formatDate(row.receivedOn, language),
          receipt: row.receipt ?? '',
          amount: row.amountVnd,
        },
      })),
      sumRow(
        texts.sum,
        'unit',
        shown.map(({ amountVnd }) => amountVnd),
      ),
    ],
    people: [],
    cut: rows.length > MOST_ROWS,
  }
}

/** What an account's balance is made of: money and settlements grow by debit, all others by credit. */
const BY_DEBIT: ReadonlySet<AccountName> = new Set(['bank', 'cash', 'settlement'])

async function accountBehind(
  read: Read,
  unit: Unit,
  account: AccountName,
  period: BookPeriod,
  today: PlainDate,
  language: Language,
): Promise<List> {
  const texts = BOOK_TEXTS[language]
  const [from, until] = [firstDayIn(period), cutOff(period, today)]
  // What was paid is found by who was debited: its credit side has no index, so that paying stays cheap.
  const rows = await read.rows<{
    id: string
    onDay: PlainDate
    kind: string
    grows: boolean
    amountVnd: number
  }>(sql`
    select * from (
      select id::text, on_day as "onDay", kind, ${BY_DEBIT.has(account)}::boolean as grows, amount_vnd as "amountVnd" from ledger_transfer
       where debit_owner = ${unit.id} and debit = ${account} and on_day between ${from}::date and ${until}::date
      union all
      select id::text, on_day, kind, ${!BY_DEBIT.has(account)}::boolean, amount_vnd from ledger_transfer
       where credit_owner = ${unit.id} and credit = ${account} and kind <> 'paid' and on_day between ${from}::date and ${until}::date
      union all
      select id::text, on_day, kind, ${!BY_DEBIT.has(account)}::boolean, amount_vnd from ledger_transfer
       where ${account}::text = 'dues' and debit_owner = ${unit.id} and credit_owner = ${unit.id} and kind = 'paid' and credit = 'dues'
         and on_day between ${from}::date and ${until}::date) moved
     order by "onDay", id::bigint limit ${MOST_ROWS + 1}`)
  const shown = rows.slice(0, MOST_ROWS)
  const words = { ...texts.entries, paid: texts.cash.fees } as Readonly<Record<string, string>>
  return {
    columns: columnsOf({ ...texts.columns, kind: texts.behind.kind, amount: texts.behind.amount }, [
      ['day', '', 8],
      ['kind', '', 20],
      ['amount', '', 10, true],
    ]),
    head: 'kind',
    rows: [
      ...shown.map((row): BookRow => ({
        key: `${row.id} ${row.grows}`,
        kind: 'line',
        cells: {
          day: formatDate(row.onDay, language),
          kind: words[row.kind] ?? row.kind,
          amount: row.grows ? row.amountVnd : -row.amountVnd,
        },
      })),
      sumRow(
        texts.sum,
        'kind',
        shown.map(({ grows, amountVnd }) => (grows ? amountVnd : -amountVnd)),
      ),
    ],
    people: [],
    cut: rows.length > MOST_ROWS,
  }
}
