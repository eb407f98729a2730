/** Books as papers: typeset with who made them and in whose name, sealed by the system, kept, and the same as long as they say the same. */
import { createHash } from 'node:crypto'
import { sql, type Write } from '../../../kernel/db.ts'
import { todayIn } from '../../../kernel/plain-date.ts'
import { numberVi } from '../../../kernel/vietnamese-numbers.ts'
import { bodyName, headingOf, seatOf } from '../../../papers/bodies.ts'
import { issue, type PaperServices } from '../../../papers/issue.ts'
import { cutOff, type BookPeriod } from '../law/books/book-period.ts'
import type { Book } from './book.ts'
import type { Unit } from './figures.ts'
import { BOOK_TEXTS } from './texts.ts'
import { periodInWords } from './written-periods.ts'

export const BOOK_PAPER = 'fee-book'

/**
 * The paper of a book, in Vietnamese. What was made before by the same person with the very same figures is given again,
 * under its first date; other figures make another paper. @returns its id and the SHA-256 of its file
 */
export async function bookPaper(
  write: Write,
  services: PaperServices,
  {
    book,
    unit,
    period,
    maker,
  }: {
    /** in Vietnamese */
    readonly book: Book
    readonly unit: Unit
    readonly period: BookPeriod
    readonly maker: { readonly id: string; readonly name: string }
  },
  at: Date,
): Promise<{ readonly id: string; readonly sha256: string }> {
  const texts = BOOK_TEXTS.vi
  const today = todayIn(at)
  const { chain } = unit
  const above = chain[1]
  const title = `${texts.paperTitles[book.name]}, ${periodInWords(period, 'vi')}`
  const said = {
    form: texts.forms[book.name],
    name: texts.paperTitles[book.name],
    period: periodInWords(period, 'vi'),
    reporting: bodyName(unit),
    receiving: above ? bodyName(above) : '',
    unit: texts.unit,
    upTo: cutOff(period, today),
    columns: book.columns.map(({ mark, title: words, numeric, weight }) => ({
      mark,
      title: words,
      numeric,
      weight,
    })),
    rows: book.rows.map(({ kind, cells }) => ({
      kind,
      cells: book.columns.map(({ key }) => {
        const value = cells[key] ?? ''
        return typeof value === 'number' ? numberVi(value) : value
      }),
    })),
    // B01/ĐP has them in its column of notes
    failed: book.name === 'b01' ? [] : book.failed,
    noted: book.name === 'b01' ? book.failed.length : 0,
    checked: book.checked,
    notes: book.notes,
  }
  const contentDigest = createHash('sha256')
    .update(JSON.stringify([said, maker.id]))
    .digest('hex')
  const kept = () =>
    write.maybe<{ id: string; sha256: string }>(sql`
      select id, sha256 from paper
       where organisation_id = ${unit.id} and kind = ${BOOK_PAPER} and content_digest = ${contentDigest}`)
  const known = await kept()
  if (known) return known
  await issue(
    write,
    services,
    {
      kind: BOOK_PAPER,
      hop: null,
      dossierId: null,
      organisationId: unit.id,
      title,
      contentDigest,
      content: (frame) => ({
        template: 'fee-book',
        data: {
          ...frame,
          heading: headingOf(chain, chain[0]!),
          ...said,
          place: seatOf(chain, chain[0]!),
          on: today,
          maker: maker.name,
          authority: unit.holdsMembers ? texts.sheetFoot.authority : texts.sheetFoot.committee,
          seal: chain[0]!.hasSeal,
        },
      }),
      sign: { place: 'system', as: 'system' },
    },
    at,
  )
  return (await kept())!
}
