/** The page of a cell's month: sums, what waits, what must be considered, everybody with where they stand. */
import { formatMonth, type Language } from '../../../kernel/plain-date.ts'
import { BulkTable } from '../../../ui/bulk.tsx'
import { ButtonLink, ButtonRow, PostButton, TextLink } from '../../../ui/button.tsx'
import { CompactList, NextBar, PhoneOnly, WideOnly, type CompactRow } from '../../../ui/compact-list.tsx'
import { DataTable, type Column } from '../../../ui/data-table.tsx'
import { KeyFigures } from '../../../ui/figures.tsx'
import { FilterBar, LiveFilter } from '../../../ui/filter-bar.tsx'
import { Banner, EmptyState, Expander, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { Tag, type Tone } from '../../../ui/pill.tsx'
import { SelectField } from '../../../ui/text-field.tsx'
import { fill } from '../../../ui/words.ts'
import { dong } from '../amount-text.ts'
import { FeeTabs, type TabCounts } from '../fee-tabs.tsx'
import { classInWords } from '../explanation.ts'
import type { FeeClass } from '../law/facts.ts'
import { MONTH_STATES, type MonthState } from '../law/month-state.ts'
import { UNPAID_CITATION } from '../law/unpaid-months.ts'
import { stateInWords } from './files.ts'
import type { MonthRow, MonthSums, Sort } from './month.ts'
import type { CollectingTexts } from './texts.ts'

export interface MonthPageProps {
  readonly texts: CollectingTexts
  readonly language: Language
  readonly csrf: string
  readonly commandId: string
  readonly organisation: string
  readonly month: string
  readonly months: readonly string[]
  readonly state: MonthState | undefined
  readonly sort: Sort
  readonly down: boolean
  /** everybody, whatever the filter */
  readonly all: readonly MonthRow[]
  readonly rows: readonly MonthRow[]
  readonly sums: MonthSums
  readonly tabs: TabCounts
  readonly done: string | undefined
  readonly refusedWhy: (code: string) => string
}

const TONES: Readonly<Record<MonthState, Tone>> = {
  'no-declaration': 'late',
  declared: 'soon',
  refused: 'late',
  'not-assessed': 'neutral',
  waiting: 'soon',
  'to-pay': 'soon',
  paid: 'ok',
  exempt: 'ok',
  elsewhere: 'neutral',
}

export function MonthPage(props: MonthPageProps) {
  const { texts, language, month, sums, rows, all } = props
  const considered = all.filter(({ unpaid }) => unpaid.length > 0)
  return (
    <>
      {props.done && <Banner kind="success" title={props.done} />}
      <PageTitle
        title={fill(texts.monthOf, { month: formatMonth(month, language) })}
        caption={props.organisation}
        lead={texts.lead}
      />
      <FeeTabs language={language} current="month" counts={props.tabs} />
      <KeyFigures
        short
        figures={[
          { label: texts.members, value: String(sums.members) },
          { label: texts.due, value: dong(sums.dueVnd) },
          { label: texts.paid, value: dong(sums.paidVnd) },
          { label: texts.unpaid, value: dong(sums.unpaidVnd) },
          { label: texts.exempt, value: String(sums.exempt) },
        ]}
      />
      {considered.length > 0 && <Consider {...props} considered={considered} />}
      <Waiting {...props} />
      <WideOnly>
        <Filter {...props} />
      </WideOnly>
      <PhoneOnly>
        <Expander summary={fill(texts.change, { now: chosenInWords(props) })}>
          <Filter {...props} phone />
        </Expander>
      </PhoneOnly>
      {rows.length > 0 && <LiveFilter of="month" label={texts.findName} />}
      <div id="month">
        {rows.length === 0 ? (
          <EmptyState
            title={texts.nobody}
            action={
              props.state && (
                <ButtonRow>
                  <ButtonLink href={`/fees/month?month=${month}`} kind="secondary">
                    {texts.showAll}
                  </ButtonLink>
                </ButtonRow>
              )
            }
          >
            {texts.nobodyAbout}
          </EmptyState>
        ) : (
          <>
            <WideOnly>
              <DataTable
                caption={fill(texts.monthOf, { month: formatMonth(month, language) })}
                hideCaption
                columns={columnsOf(props)}
                rows={rows}
                keyOf={(row) => row.memberId}
                total={[texts.total, '', '', dong(sumOf(rows)), '', '']}
              />
            </WideOnly>
            <PhoneOnly>
              <Short {...props} />
            </PhoneOnly>
          </>
        )}
      </div>
      {rows.length > 0 && (
        <ButtonRow>
          <ButtonLink href={`/fees/month.xlsx?month=${month}`} kind="secondary" download>
            {texts.xlsx}
          </ButtonLink>
          <ButtonLink href={`/fees/month.csv?month=${month}`} kind="secondary" download>
            {texts.csv}
          </ButtonLink>
        </ButtonRow>
      )}
      <Stays {...props} />
    </>
  )
}

const sumOf = (rows: readonly MonthRow[]): number => rows.reduce((sum, { dueVnd }) => sum + dueVnd, 0)

/** On a phone who has to pay comes first; those who are done are folded below. */
const OPEN_STATES = ['to-pay', 'waiting', 'declared', 'no-declaration', 'refused', 'not-assessed'] as const

/** The month on a phone: who is not done yet, state by state, then those who are; and where the money is taken. */
function Short(props: MonthPageProps) {
  const { texts, rows, state, sums } = props
  const of = (wanted: MonthState) => rows.filter((row) => row.state === wanted)
  const [paid, exempt, elsewhere] = [of('paid'), of('exempt'), of('elsewhere')]
  const open = OPEN_STATES.map((each) => ({ each, those: of(each) })).filter(({ those }) => those.length > 0)
  const paidVnd = paid.reduce((sum, row) => sum + row.paidVnd, 0)
  return (
    <>
      {open.length === 0 && state === undefined && <p>{texts.allDone}</p>}
      {open.map(({ each, those }) => (
        <section key={each}>
          <h2 class="compact-title">{`${texts.states[each]} (${those.length})`}</h2>
          <CompactList rows={those.map((row) => shortRow(row, props))} />
        </section>
      ))}
      {paid.length > 0 && (
        <Expander
          summary={fill(texts.paidOnes, { count: paid.length, sum: dong(paidVnd) })}
          open={state === 'paid'}
        >
          <CompactList rows={paid.map((row) => shortRow(row, props))} />
        </Expander>
      )}
      {exempt.length > 0 && (
        <Expander summary={fill(texts.exemptOnes, { count: exempt.length })} open={state === 'exempt'}>
          <CompactList rows={exempt.map((row) => shortRow(row, props))} />
        </Expander>
      )}
      {elsewhere.length > 0 && (
        <Expander
          summary={fill(texts.elsewhereOnes, { count: elsewhere.length })}
          open={state === 'elsewhere'}
        >
          <CompactList rows={elsewhere.map((row) => shortRow(row, props))} />
        </Expander>
      )}
      {sums.unpaidVnd > 0 && (
        <NextBar
          text={fill(texts.left, { sum: dong(sums.unpaidVnd) })}
          action={<ButtonLink href="/fees/collect">{texts.goCollect}</ButtonLink>}
        />
      )}
    </>
  )
}

function shortRow(row: MonthRow, props: MonthPageProps): CompactRow {
  const { texts, language } = props
  const { memberId, fullName, dueVnd, owedBeforeVnd, refusal, state, autoApprove } = row
  const notes = [
    ...(owedBeforeVnd > 0 ? [fill(texts.owes, { sum: dong(owedBeforeVnd) })] : []),
    ...(refusal ? [props.refusedWhy(refusal)] : []),
    ...(state === 'paid' || state === 'elsewhere' ? [stateInWords(row, { texts, language })] : []),
    ...(row.guest ? [texts.guest] : []),
    ...(autoApprove ? [] : [texts.everyMonth]),
  ]
  return {
    key: memberId,
    title: fullName,
    ...(hasPage(row) ? { href: `/fees/members/${memberId}` } : {}),
    value: dueVnd > 0 ? dong(dueVnd) : undefined,
    note: notes.length > 0 ? notes.join('. ') : undefined,
  }
}

const LINED: ReadonlySet<MonthState> = new Set(['waiting', 'to-pay', 'paid', 'exempt'])

/** Of a guest the cell opens the lines it collects, and nothing before there are any. */
const hasPage = ({ guest, state }: MonthRow): boolean => !guest || LINED.has(state)

function addressOf(
  props: Pick<MonthPageProps, 'month' | 'state'>,
  more: Readonly<Record<string, string>>,
): string {
  const query = new URLSearchParams({
    month: props.month,
    ...(props.state ? { state: props.state } : {}),
    ...more,
  })
  return `/fees/month?${query.toString()}`
}

function columnsOf(props: MonthPageProps): Column<MonthRow>[] {
  const { texts, language, sort, down } = props
  const sorted = (by: Sort) => {
    const now = sort === by
    const href = addressOf(props, { sort: by, ...(now && !down ? { down: 'yes' } : {}) })
    return { sort: { href, ...(now ? { now: down ? ('down' as const) : ('up' as const) } : {}) } }
  }
  return [
    {
      key: 'name',
      title: texts.name,
      ...sorted('name'),
      cell: (row) => (
        <>
          {hasPage(row) ? (
            <TextLink href={`/fees/members/${row.memberId}`}>{row.fullName}</TextLink>
          ) : (
            row.fullName
          )}
          {row.guest && <span class="row-note">{texts.guest}</span>}
        </>
      ),
    },
    {
      key: 'class',
      title: texts.class,
      cell: (row) => (row.class ? classInWords(row.class as FeeClass, language) : '–'),
    },
    {
      key: 'base',
      title: texts.base,
      numeric: true,
      cell: (row) => (row.baseVnd === null ? '–' : dong(row.baseVnd)),
    },
    { key: 'due', title: texts.due, numeric: true, ...sorted('due'), cell: (row) => dong(row.dueVnd) },
    {
      key: 'owed',
      title: texts.owed,
      numeric: true,
      cell: (row) => (row.owedBeforeVnd > 0 ? dong(row.owedBeforeVnd) : '–'),
    },
    {
      key: 'state',
      title: texts.state,
      ...sorted('state'),
      cell: (row) => (
        <>
          <Tag tone={TONES[row.state]}>{stateInWords(row, { texts, language })}</Tag>
          {row.refusal && <span class="row-note">{props.refusedWhy(row.refusal)}</span>}
          {!row.autoApprove && <span class="row-note">{texts.everyMonth}</span>}
        </>
      ),
    },
  ]
}

/** The month shown, and the state where one is chosen. */
function chosenInWords({ texts, language, month, state }: MonthPageProps): string {
  const shown = formatMonth(month, language)
  return state ? `${shown}, ${texts.states[state]}` : shown
}

/** @param props.phone the one of the phone's list: its fields have ids of their own */
function Filter(props: MonthPageProps & { readonly phone?: boolean }) {
  const { texts, language, months, month } = props
  const idOf = (name: string) => (props.phone ? { id: `short-${name}` } : {})
  const offered = months.includes(month) ? months : [month, ...months]
  return (
    <FilterBar action="/fees/month" label={texts.filter} button={texts.show}>
      <SelectField
        name="month"
        {...idOf('month')}
        label={texts.month}
        value={month}
        options={offered.map((each) => ({ value: each, text: formatMonth(each, language) }))}
      />
      <SelectField
        name="state"
        {...idOf('state')}
        label={texts.state}
        value={props.state}
        empty={texts.everybody}
        options={MONTH_STATES.map((state) => ({
          value: state,
          text: `${texts.states[state]} (${props.sums.byState[state] ?? 0})`,
        }))}
      />
    </FilterBar>
  )
}

/** What the cell approves month by month. */
function Waiting(props: MonthPageProps) {
  const { texts, all, csrf, commandId, month } = props
  const waiting = all.filter(({ state }) => state === 'waiting')
  if (waiting.length === 0) return null
  return (
    <Section title={texts.waitingTitle}>
      <BulkTable
        caption={texts.waitingTitle}
        hideCaption
        columns={[
          { key: 'name', title: texts.name, cell: (row: MonthRow) => row.fullName },
          { key: 'due', title: texts.due, numeric: true, cell: (row: MonthRow) => dong(row.dueVnd) },
        ]}
        rows={waiting}
        keyOf={(row) => row.memberId}
        nameOf={(row) => row.fullName}
        action="/fees/month/approve"
        csrf={csrf}
        commandId={commandId}
        more={<input type="hidden" name="month" value={month} />}
        actions={[{ name: 'which', value: 'chosen', text: texts.approveChosen }]}
      />
      <PostButton action="/fees/month/approve" csrf={csrf} kind="secondary" hidden={{ month, which: 'all' }}>
        {fill(texts.approveAll, { count: waiting.length })}
      </PostButton>
    </Section>
  )
}

/** Who collects of whom where counting and collecting part, on what rule. */
function Stays({ texts, language, all, month }: MonthPageProps) {
  const guests = all.filter(({ guest }) => guest).length
  const elsewhere = all.filter(({ state }) => state === 'elsewhere').length
  if (guests + elsewhere === 0) return null
  const named = formatMonth(month, language)
  return (
    <Section title={texts.staysTitle}>
      {guests > 0 && <p>{fill(texts.guestsHere, { month: named, count: guests })}</p>}
      {elsewhere > 0 && <p>{fill(texts.collectedElsewhere, { month: named, count: elsewhere })}</p>}
      <RuleBox setting={texts.staysCitation}>{texts.staysRule}</RuleBox>
    </Section>
  )
}

/** Three months unpaid: told with the rule, and nothing more. */
function Consider(props: MonthPageProps & { readonly considered: readonly MonthRow[] }) {
  const { texts, language, considered } = props
  return (
    <Section title={texts.considerTitle}>
      <ul class="plain-list rows">
        {considered.map((row) => (
          <li key={row.memberId} class="row">
            <TextLink href={`/fees/members/${row.memberId}`}>
              {fill(texts.considerWho, {
                name: row.fullName,
                months: row.unpaid.map((each) => formatMonth(each, language)).join(', '),
              })}
            </TextLink>
          </li>
        ))}
      </ul>
      <RuleBox citation={UNPAID_CITATION}>{texts.consider}</RuleBox>
    </Section>
  )
}
