/** Opens a book of an organisation for a period, read as of one moment. */
import type { Read } from '../../../kernel/db.ts'
import { firstDayOf, type Language, type PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import {
  cutOff,
  firstDayIn,
  lastDayIn,
  monthsIn,
  yearBegin,
  type BookPeriod,
} from '../law/books/book-period.ts'
import type { Book, BookName } from './book.ts'
import { cashEntries } from './cash-entries.ts'
import { collectionOf, linesOfCell, receivedBy, remittanceRowsOf } from './cell-lines.ts'
import { byBooks, handedAcross } from './continued.ts'
import { belowOf, booksOfUnit, reportOf, type Unit } from './figures.ts'
import { receivedFromBelow, remittancesOf } from './remittances.ts'
import { cashBook, collectionBook, consolidatedBook, remittanceBook, reportBook } from './tables.ts'

/** S01/ĐP is a cell's, S02/ĐP a committee's; B01/ĐP and the cash books are everybody's. */
export function booksOf({ holdsMembers }: Pick<Unit, 'holdsMembers'>): readonly BookName[] {
  return holdsMembers
    ? ['s01-collection', 's01-remittance', 'b01', 'cash', 'bank']
    : ['s02', 'b01', 'cash', 'bank']
}

/** The months of the year up to the end of a period. */
export const sinceYearBegin = (period: BookPeriod): BookPeriod => ({ ...period, from: yearBegin(period) })

/** @throws Refusal invalid `party-fees.book-not-kept` for a book of another kind of organisation */
export async function openBook(
  read: Read,
  unit: Unit,
  name: BookName,
  period: BookPeriod,
  today: PlainDate,
  language: Language,
): Promise<Book> {
  if (!booksOf(unit).includes(name)) throw new Refusal('invalid', 'party-fees.book-not-kept')
  const cut = cutOff(period, today)
  switch (name) {
    case 's01-collection':
      return collectionOfMonths(read, unit, period, today, language)
    case 's01-remittance':
      return remittanceBook(
        await remittanceRowsOf(read, unit.continued, sinceYearBegin(period), today),
        period,
        language,
      )
    case 'b01':
      return reportBook(await reportOf(read, unit, period, today), period, language, unit.holdsMembers)
    case 's02': {
      const books = booksOfUnit(unit)
      const { below, continued } = await belowOf(read, books, period, today)
      const receivedSince = async (from: PlainDate) =>
        byBooks(await receivedFromBelow(read, books, from, cut), continued)
      return consolidatedBook(
        {
          below,
          received: await receivedSince(firstDayIn(period)),
          receivedYear: await receivedSince(firstDayOf(yearBegin(period))),
          own: await remittancesOf(read, books, firstDayIn(period), lastDayIn(period)),
        },
        period,
        language,
      )
    }
    case 'cash':
    case 'bank':
      return cashBook(await cashEntries(read, unit.id, name, firstDayIn(period), cut), name, period, language)
  }
}

async function collectionOfMonths(
  read: Read,
  unit: Unit,
  period: BookPeriod,
  today: PlainDate,
  language: Language,
): Promise<Book> {
  const cells = booksOfUnit(unit)
  const begun = monthsIn(period).filter((month) => firstDayOf(month) <= today)
  const lines = await linesOfCell(read, cells, firstDayIn(period), cutOff(period, today))
  const months = []
  for (const month of begun) {
    const rows = await collectionOf(read, cells, month, today, lines)
    const until = cutOff({ ...period, from: month, until: month }, today)
    const received = await receivedBy(read, unit.continued, firstDayOf(month), until)
    const paidBackVnd =
      rows.reduce((all, { collectedVnd }) => all + collectedVnd, 0) -
      [...received.values()].reduce((all, each) => all + each, 0)
    months.push({ month, rows, paidBackVnd })
  }
  const across = await handedAcross(read, unit.continued, firstDayIn(period), cutOff(period, today))
  const acrossVnd = across.reduce((all, { amountVnd }) => all + amountVnd, 0)
  return collectionBook(months, acrossVnd, period, language)
}
