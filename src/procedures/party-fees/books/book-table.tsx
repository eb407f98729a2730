/** A book on screen: its rows as a table whose figures lead to the lists behind them, what does not hold beside its figure. */
import type { Language } from '../../../kernel/plain-date.ts'
import { numberVi } from '../../../kernel/vietnamese-numbers.ts'
import { TextLink } from '../../../ui/button.tsx'
import { DataTable, type Column } from '../../../ui/data-table.tsx'
import type { Children } from '../../../ui/children.ts'
import type { Book, BookColumn, BookRow } from './book.ts'

const isSaid = (book: Pick<Book, 'rows'>, { key }: BookColumn): boolean =>
  book.rows.some(
    ({ cells }) => cells[key] !== undefined && cells[key] !== '' && cells[key] !== null && cells[key] !== 0,
  )

/** A wide form is mostly empty columns: they are left out on screen, the files have all. */
const WIDE: ReadonlySet<string> = new Set(['s02', 'b01', 'cash', 'bank'])

export const leavesOut = (book: Pick<Book, 'name' | 'rows' | 'columns'>): boolean =>
  WIDE.has(book.name) && book.columns.some((column) => column.numeric && !isSaid(book, column))

/** The order of the form, but for the column that names the row: on a phone it is the card's title. Notes stand below it. */
function onScreen(book: ShownBook): BookColumn[] {
  const { columns, head, name } = book
  const names = columns.find(({ key }) => key === head)!
  const others = columns.filter(({ key }) => key !== head && key !== 'place' && key !== 'note')
  const wide = name !== undefined && WIDE.has(name)
  return [names, ...others.filter((column) => (column.numeric && !wide) || isSaid(book, column))]
}

type ShownBook = Pick<Book, 'columns' | 'head' | 'rows'> & { readonly name?: string }

export function BookTable(props: {
  readonly book: ShownBook
  readonly caption: string
  readonly language: Language
  readonly empty?: Children | undefined
}) {
  const { book, caption } = props
  return (
    <DataTable
      caption={caption}
      hideCaption
      columns={onScreen(book).map((column): Column<BookRow> => ({
        key: column.key,
        title: column.title,
        numeric: column.numeric,
        cell: (row) => (
          <>
            {book.name === 'b01' && column.key === book.head && `${row.cells.place}. `}
            <Cell row={row} column={column} />
            {column.key === book.head && row.alarm && <span class="row-note">{row.alarm}</span>}
          </>
        ),
      }))}
      rows={book.rows}
      keyOf={(row) => row.key}
      empty={props.empty}
    />
  )
}

function Cell({ row, column }: { readonly row: BookRow; readonly column: BookColumn }) {
  const value = row.cells[column.key]
  if (value === undefined || value === null || value === '') return <></>
  const text = typeof value === 'number' ? numberVi(value) : value
  // Nothing stands behind a nought.
  const href = value === 0 ? undefined : row.behind?.[column.key]
  const shown = href ? <TextLink href={href}>{text}</TextLink> : <>{text}</>
  return row.kind === 'line' ? shown : <strong>{shown}</strong>
}
