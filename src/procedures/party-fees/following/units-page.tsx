/** A committee follows up: each unit below with its month, who lags behind, what is paid online, who has not reported; on screen and to print. */
import { formatDate, formatMonth, type Language, type PlainDate } from '../../../kernel/plain-date.ts'
import { percentVi } from '../../../kernel/vietnamese-numbers.ts'
import { ButtonLink, ButtonRow, TextLink } from '../../../ui/button.tsx'
import type { Children } from '../../../ui/children.ts'
import { DataTable, type Column } from '../../../ui/data-table.tsx'
import { KeyFigures } from '../../../ui/figures.tsx'
import { FilterBar } from '../../../ui/filter-bar.tsx'
import { Tabs } from '../../../ui/navigation.tsx'
import { EmptyState } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { PrintedSheet } from '../../../ui/print.tsx'
import { SelectField } from '../../../ui/text-field.tsx'
import { fill } from '../../../ui/words.ts'
import { dong } from '../amount-text.ts'
import { isNothing, owedVnd, type Totals, type UnitSort } from '../law/follow-up.ts'
import type { Period } from '../law/period.ts'
import type { FollowedUnit } from './totals.ts'
import type { FollowingTexts } from './texts.ts'

export interface UnitsProps {
  readonly texts: FollowingTexts
  readonly language: Language
  /** the organisation whose units these are */
  readonly of: { readonly id: string; readonly name: string; readonly isOwn: boolean }
  readonly month: Period
  readonly months: readonly Period[]
  readonly today: PlainDate
  readonly sort: UnitSort
  readonly down: boolean
  readonly low: boolean
  readonly view: 'money' | 'online'
  /** the share under which a unit lags behind */
  readonly percent: number
  readonly own: Totals
  /** of all units, whatever the filter */
  readonly all: readonly FollowedUnit[]
  readonly units: readonly FollowedUnit[]
  /** of organisations that ended or lie elsewhere now */
  readonly beside: Totals
}

export function UnitsPage(props: UnitsProps & { readonly tabs: Children }) {
  const { texts, language, own, all } = props
  const unassessed = all.reduce((sum, unit) => sum + unit.unassessed, 0)
  const cells = all.reduce((sum, unit) => sum + unit.cells, 0)
  return (
    <>
      <PageTitle
        title={fill(texts.monthOf, { month: formatMonth(props.month, language) })}
        caption={props.of.name}
        lead={texts.unitsLead}
      />
      {props.tabs}
      <KeyFigures
        figures={[
          { label: texts.share, value: percentVi(own.paidLines, own.lines) },
          { label: texts.paid, value: dong(own.paidVnd) },
          { label: texts.due, value: dong(own.dueVnd) },
          { label: texts.owed, value: dong(owedVnd(own)) },
          { label: texts.unassessed, value: fill(texts.ofCells, { count: unassessed, cells }) },
        ]}
      />
      <Tabs
        label={texts.views}
        items={(['money', 'online'] as const).map((view) => ({
          href: addressOf({ ...props, view }, {}),
          text: view === 'money' ? texts.moneyView : texts.onlineView,
          current: view === props.view,
        }))}
      />
      <Filter {...props} />
      {props.view === 'online' ? <Online {...props} /> : <Money {...props} />}
      {all.length > 0 && (
        <ButtonRow>
          <ButtonLink href={addressOf(props, {}, '/fees/follow.xlsx')} kind="secondary" download>
            {texts.xlsx}
          </ButtonLink>
          <ButtonLink href={addressOf(props, {}, '/fees/follow.csv')} kind="secondary" download>
            {texts.csv}
          </ButtonLink>
          <ButtonLink href={addressOf(props, {}, '/fees/follow/print')} kind="quiet">
            {texts.print}
          </ButtonLink>
        </ButtonRow>
      )}
    </>
  )
}

function Money(props: UnitsProps) {
  const { texts, language } = props
  return (
    <>
      <DataTable
        caption={fill(texts.monthOf, { month: formatMonth(props.month, language) })}
        hideCaption
        columns={columnsOf(props)}
        rows={rowsOf(props)}
        keyOf={(row) => row.id}
        empty={<EmptyState title={texts.noUnits}>{texts.noUnitsAbout}</EmptyState>}
        {...(props.low ? {} : { total: totalOf(props) })}
      />
      <p class="quiet">{fill(texts.lowRule, { percent: props.percent })}</p>
    </>
  )
}

/** A row of the table: a unit, or what lies beside them. */
type Row = FollowedUnit & { readonly beside?: true }

const BESIDE = { holdsMembers: true, members: 0, cells: 0, unassessed: 0, withoutAccount: 0, paidOnline: 0 }

function rowsOf({ units, beside, low, texts }: UnitsProps): Row[] {
  if (low || isNothing(beside)) return [...units]
  return [...units, { ...BESIDE, ...beside, id: 'beside', name: texts.other, beside: true }]
}

function addressOf(
  props: Pick<UnitsProps, 'month' | 'of' | 'low' | 'sort' | 'down' | 'view'>,
  more: Readonly<Record<string, string>>,
  path = '/fees/follow',
): string {
  const query = new URLSearchParams({
    month: props.month,
    ...(props.of.isOwn ? {} : { of: props.of.id }),
    ...(props.view === 'online' ? { view: 'online' } : {}),
    ...(props.low ? { low: 'yes' } : {}),
    ...(props.sort === 'name' ? {} : { sort: props.sort }),
    ...(props.down ? { down: 'yes' } : {}),
    ...more,
  })
  return `${path}?${query.toString()}`
}

function columnsOf(props: UnitsProps, printed = false): Column<Row>[] {
  const { texts, sort, down } = props
  const sorted = (by: UnitSort) => {
    if (printed) return {}
    const now = sort === by
    const { down: _down, ...rest } = props
    const href = addressOf({ ...rest, sort: by, down: now && !down }, {})
    return { sort: { href, ...(now ? { now: down ? ('down' as const) : ('up' as const) } : {}) } }
  }
  const count = (value: number, { beside }: Row) => (beside ? '–' : String(value))
  const ofCells = (value: number, { cells }: Row) =>
    value === 0 ? '–' : cells === 1 ? texts.notYet : fill(texts.ofCells, { count: value, cells })
  return [
    {
      key: 'name',
      title: texts.unit,
      ...sorted('name'),
      cell: (row) => <UnitName {...{ row, props, printed }} />,
    },
    { key: 'members', title: texts.membersToday, numeric: true, cell: (row) => count(row.members, row) },
    {
      key: 'lines',
      title: texts.paidOfLines,
      numeric: true,
      cell: (row) => fill(texts.ofCells, { count: row.paidLines, cells: row.lines }),
    },
    {
      key: 'share',
      title: texts.share,
      numeric: true,
      ...sorted('share'),
      cell: (row) => percentVi(row.paidLines, row.lines),
    },
    { key: 'due', title: texts.due, numeric: true, cell: (row) => dong(row.dueVnd) },
    { key: 'paid', title: texts.paid, numeric: true, cell: (row) => dong(row.paidVnd) },
    { key: 'owed', title: texts.owed, numeric: true, ...sorted('owed'), cell: (row) => dong(owedVnd(row)) },
    {
      key: 'unassessed',
      title: texts.unassessed,
      numeric: true,
      cell: (row) => ofCells(row.unassessed, row),
    },
    {
      key: 'account',
      title: texts.withoutAccount,
      numeric: true,
      cell: (row) => ofCells(row.withoutAccount, row),
    },
  ]
}

/** Committees lead on to what lies below them; a cell's names are its own. */
function UnitName({ row, props, printed }: { row: Row; props: UnitsProps; printed: boolean }) {
  if (printed || row.holdsMembers || row.beside) return <>{row.name}</>
  const query = new URLSearchParams({ month: props.month, of: row.id })
  return <TextLink href={`/fees/follow?${query.toString()}`}>{row.name}</TextLink>
}

function totalOf({ texts, own, all }: UnitsProps) {
  const sum = (of: (unit: FollowedUnit) => number) => all.reduce((total, unit) => total + of(unit), 0)
  const cells = sum((unit) => unit.cells)
  return [
    texts.total,
    String(sum(({ members }) => members)),
    fill(texts.ofCells, { count: own.paidLines, cells: own.lines }),
    percentVi(own.paidLines, own.lines),
    dong(own.dueVnd),
    dong(own.paidVnd),
    dong(owedVnd(own)),
    fill(texts.ofCells, { count: sum((unit) => unit.unassessed), cells }),
    fill(texts.ofCells, { count: sum((unit) => unit.withoutAccount), cells }),
  ]
}

function Filter(props: UnitsProps) {
  const { texts, language, months, month, low, percent, of } = props
  const offered = months.includes(month) ? months : [month, ...months]
  return (
    <FilterBar
      action="/fees/follow"
      label={texts.filter}
      button={texts.show}
      hidden={{
        ...(of.isOwn ? {} : { of: of.id }),
        ...(props.view === 'online' ? { view: 'online' } : {}),
      }}
    >
      <SelectField
        name="month"
        label={texts.month}
        value={month}
        options={offered.map((each) => ({ value: each, text: formatMonth(each, language) }))}
      />
      <SelectField
        name="low"
        label={texts.which}
        value={low ? 'yes' : undefined}
        empty={texts.everyUnit}
        options={[{ value: 'yes', text: fill(texts.low, { percent }) }]}
      />
    </FilterBar>
  )
}

/** What provinces ask each unit for: who has not reported, and how many paid online. */
function Online({ texts, all, units, low }: UnitsProps) {
  const waiting = all.filter(({ unassessed }) => unassessed > 0)
  const members = all.reduce((sum, unit) => sum + unit.members, 0)
  const online = all.reduce((sum, unit) => sum + unit.paidOnline, 0)
  return (
    <>
      <Section title={`${texts.unreported} (${waiting.length})`}>
        {waiting.length === 0 ? (
          <p>{texts.allReported}</p>
        ) : (
          <>
            <p>{texts.unreportedAbout}</p>
            <ul class="plain-list rows">
              {waiting.map(({ id, name, unassessed, cells }) => (
                <li key={id} class="row">
                  {cells === 1 ? name : fill(texts.unreportedOf, { name, count: unassessed, cells })}
                </li>
              ))}
            </ul>
          </>
        )}
      </Section>
      <Section title={texts.paidOnline}>
        <p>{texts.onlineLead}</p>
        <DataTable
          caption={texts.paidOnline}
          hideCaption
          columns={[
            { key: 'name', title: texts.unit, cell: (unit: FollowedUnit) => unit.name },
            {
              key: 'members',
              title: texts.membersToday,
              numeric: true,
              cell: (unit) => String(unit.members),
            },
            {
              key: 'online',
              title: texts.paidOnline,
              numeric: true,
              cell: (unit) => String(unit.paidOnline),
            },
            {
              key: 'share',
              title: texts.share,
              numeric: true,
              cell: (unit) => percentVi(unit.paidOnline, unit.members),
            },
          ]}
          rows={units}
          keyOf={(unit) => unit.id}
          empty={<EmptyState title={texts.noUnits}>{texts.noUnitsAbout}</EmptyState>}
          {...(low
            ? {}
            : { total: [texts.total, String(members), String(online), percentVi(online, members)] })}
        />
      </Section>
    </>
  )
}

/** The same as a sheet of paper. */
export function PrintedUnits(props: UnitsProps) {
  const { texts, language } = props
  const month = formatMonth(props.month, language)
  return (
    <>
      <PageTitle title={fill(texts.monthOf, { month })} />
      <PrintedSheet issuer={props.of.name.toUpperCase()} title={texts.printTitle}>
        <p>{fill(texts.printOn, { month, day: formatDate(props.today, language) })}</p>
        <DataTable
          caption={texts.printTitle}
          hideCaption
          columns={columnsOf(props, true)}
          rows={rowsOf(props)}
          keyOf={(row) => row.id}
          empty={<EmptyState title={texts.noUnits}>{texts.noUnitsAbout}</EmptyState>}
          {...(props.low ? {} : { total: totalOf(props) })}
        />
      </PrintedSheet>
    </>
  )
}
