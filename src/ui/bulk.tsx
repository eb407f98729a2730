/** One action on many: choosing rows, the bar of actions, and what became of each. */
import { Button } from './button.tsx'
import type { ButtonKind } from './button.tsx'
import type { Children } from './children.ts'
import { classes } from './children.ts'
import type { Column } from './data-table.tsx'
import { RowCells, TableHead } from './data-table.tsx'
import { Form } from './form.tsx'
import { fill, useWords } from './words.ts'

/** A button of the bar; its name and value say which action. */
export interface BulkAction {
  readonly name: string
  readonly value: string
  readonly text: string
  readonly kind?: ButtonKind | undefined
}

export interface BulkTableProps<Row> {
  readonly caption: string
  readonly hideCaption?: boolean | undefined
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Name of the row for the box's label. */
  readonly nameOf: (row: Row) => string
  /** Why a row cannot be chosen; its box is then switched off and the reason shown. */
  readonly refusedFor?: ((row: Row) => string | undefined) | undefined
  /** Keys that come ticked. */
  readonly chosen?: readonly string[] | undefined
  /** Name under which the keys of ticked rows are sent; `chosen` unless said. */
  readonly name?: string | undefined
  readonly action: string
  readonly csrf: string
  readonly commandId?: string | undefined
  readonly actions: readonly BulkAction[]
  /** A field every action needs, such as a reason; stands in the bar. */
  readonly more?: Children | undefined
}

/** A table one selects from. Works without scripts; "select all" and the count need them. */
export function BulkTable<Row>(props: BulkTableProps<Row>) {
  const words = useWords()
  const all = (
    <th scope="col" class="box-cell">
      <span class="only-script box">
        <input type="checkbox" class="box-input" id="select-all" data-select-all />
        <label class="box-label" for="select-all">
          <span class="govuk-visually-hidden">{words.selectAll}</span>
        </label>
      </span>
    </th>
  )
  return (
    <Form action={props.action} csrf={props.csrf} commandId={props.commandId}>
      <div data-bulk>
        <table class="table table--bulk">
          <caption class={classes('table-caption', props.hideCaption && 'govuk-visually-hidden')}>
            {props.caption}
          </caption>
          <TableHead columns={props.columns} before={all} />
          <tbody>
            {props.rows.map((row) => (
              <tr key={props.keyOf(row)}>
                <td class="box-cell">
                  <RowBox {...props} row={row} />
                </td>
                <RowCells columns={props.columns} row={row} note={props.refusedFor?.(row)} />
              </tr>
            ))}
          </tbody>
        </table>
        <div class="action-bar">
          <p class="only-script action-count" role="status" data-selected={words.selected}>
            {fill(words.selected, { count: props.chosen?.length ?? 0 })}
          </p>
          {props.more}
          <div class="button-row">
            {props.actions.map((action) => (
              <Button key={action.value} kind={action.kind} name={action.name} value={action.value}>
                {action.text}
              </Button>
            ))}
          </div>
        </div>
      </div>
    </Form>
  )
}

function RowBox<Row>(props: BulkTableProps<Row> & { readonly row: Row }) {
  const words = useWords()
  const key = props.keyOf(props.row)
  const refused = props.refusedFor?.(props.row)
  const id = `row-${key}`
  return (
    <span class="box">
      <input
        type="checkbox"
        class="box-input"
        id={id}
        name={props.name ?? 'chosen'}
        value={key}
        checked={props.chosen?.includes(key) ?? false}
        disabled={refused !== undefined}
        data-row-box
      />
      <label class="box-label" for={id}>
        <span class="govuk-visually-hidden">{fill(words.selectRow, { name: props.nameOf(props.row) })}</span>
      </label>
    </span>
  )
}

/** What became of one item. */
export interface ItemResult {
  readonly id: string
  readonly title: string
  readonly ok: boolean
  /** Number given, or why not and how to mend it. */
  readonly about: Children
  readonly href?: string | undefined
}

/** What became of each item of an action on many; those that failed first. */
export function ResultList({ results }: { readonly results: readonly ItemResult[] }) {
  const words = useWords()
  const ordered = [...results.filter((result) => !result.ok), ...results.filter((result) => result.ok)]
  return (
    <ul class="plain-list rows">
      {ordered.map((result) => (
        <li key={result.id} class={classes('row', 'result', result.ok ? 'result--ok' : 'result--failed')}>
          <p class="row-title">
            {result.href ? (
              <a class="govuk-link" href={result.href}>
                {result.title}
              </a>
            ) : (
              result.title
            )}{' '}
            <span class={`pill pill--${result.ok ? 'ok' : 'late'}`}>
              {result.ok ? words.itemDone : words.itemFailed}
            </span>
          </p>
          <p class="quiet">{result.about}</p>
        </li>
      ))}
    </ul>
  )
}
