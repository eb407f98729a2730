/** Tables: many things of one kind; on a phone each row becomes a card. */
import type { Children } from './children.ts'
import { classes } from './children.ts'
import { Icon } from './icon.tsx'
import { fill, useWords } from './words.ts'

export interface Column<Row> {
  readonly key: string
  readonly title: string
  readonly cell: (row: Row) => Children
  /** Figures: right-aligned, digits of one width. */
  readonly numeric?: boolean | undefined
  /** Holds what one can do with the row: on a phone its title is left out, the button says enough. */
  readonly acts?: boolean | undefined
  /** Address that sorts by this column, and how it is sorted now. */
  readonly sort?: { readonly href: string; readonly now?: 'up' | 'down' | undefined } | undefined
}

export interface DataTableProps<Row> {
  readonly caption: string
  /** The caption is only for those who hear the page, where a heading says it already. */
  readonly hideCaption?: boolean | undefined
  /** The first column names the row. */
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Shown instead of an empty table: an `EmptyState`. */
  readonly empty?: Children | undefined
  /** Sums, one cell a column. */
  readonly total?: readonly Children[] | undefined
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  if (props.rows.length === 0 && props.empty !== undefined) return <>{props.empty}</>
  return (
    <table class="table">
      <caption class={classes('table-caption', props.hideCaption && 'govuk-visually-hidden')}>
        {props.caption}
      </caption>
      <TableHead columns={props.columns} />
      <tbody>
        {props.rows.map((row) => (
          <tr key={props.keyOf(row)}>
            <RowCells columns={props.columns} row={row} />
          </tr>
        ))}
      </tbody>
      {props.total && (
        <tfoot>
          <tr>
            {props.columns.map((column, index) =>
              index === 0 ? (
                <th key={column.key} scope="row">
                  {props.total?.[index]}
                </th>
              ) : (
                <td key={column.key} data-title={column.title} class={classes(column.numeric && 'numeric')}>
                  {props.total?.[index]}
                </td>
              ),
            )}
          </tr>
        </tfoot>
      )}
    </table>
  )
}

/** The row of column titles; `before` is a cell for the boxes of a table one selects from. */
export function TableHead<Row>(props: {
  readonly columns: readonly Column<Row>[]
  readonly before?: Children | undefined
}) {
  return (
    <thead>
      <tr>
        {props.before}
        {props.columns.map((column) => (
          <th
            key={column.key}
            scope="col"
            class={classes(column.numeric && 'numeric')}
            {...(column.sort?.now ? { 'aria-sort': SORTED[column.sort.now] } : {})}
          >
            <ColumnTitle column={column} />
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** The cells of one row, the first as its heading. */
export function RowCells<Row>(props: {
  readonly columns: readonly Column<Row>[]
  readonly row: Row
  /** Said below the row's name. */
  readonly note?: string | undefined
}) {
  return (
    <>
      {props.columns.map((column, index) =>
        index === 0 ? (
          <th key={column.key} scope="row">
            {column.cell(props.row)}
            {props.note && <span class="row-note">{props.note}</span>}
          </th>
        ) : (
          <td
            key={column.key}
            data-title={column.acts ? undefined : column.title}
            class={classes(column.numeric && 'numeric')}
          >
            {column.cell(props.row)}
          </td>
        ),
      )}
    </>
  )
}

const SORTED = { up: 'ascending', down: 'descending' } as const

function ColumnTitle<Row>({ column }: { readonly column: Column<Row> }) {
  const words = useWords()
  if (!column.sort) return <>{column.title}</>
  const { now, href } = column.sort
  return (
    <a class="sort" href={href} title={fill(words.sortBy, { name: column.title })}>
      {column.title}
      <Icon name={now ?? 'either'} />
      {now && (
        <span class="govuk-visually-hidden"> ({now === 'up' ? words.sortedUp : words.sortedDown})</span>
      )}
    </a>
  )
}
