/** What comes from below in a month, money held for those below, and the share of one organisation. */
import {
  formatDate,
  formatMonth,
  monthOf,
  type Language,
  type PlainDate,
} from '../../../kernel/plain-date.ts'
import { numberVi } from '../../../kernel/vietnamese-numbers.ts'
import { Button, TextLink } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Radios } from '../../../ui/choice.tsx'
import { DataTable, type Column } from '../../../ui/data-table.tsx'
import { DateField, MonthField } from '../../../ui/date-field.tsx'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import { KeyFigures } from '../../../ui/figures.tsx'
import { FilterBar } from '../../../ui/filter-bar.tsx'
import { Form } from '../../../ui/form.tsx'
import { Paging } from '../../../ui/navigation.tsx'
import { Banner, EmptyState, Expander, RefusalPanel, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { Tag, type Tone } from '../../../ui/pill.tsx'
import { SelectField, TextField } from '../../../ui/text-field.tsx'
import type { RefusalWords } from '../../../web/web.ts'
import { dong } from '../amount-text.ts'
import { FeeTabs } from '../fee-tabs.tsx'
import { onTabs, type Waiting } from '../following/waiting.ts'
import { BELOW_STANDINGS, standingOfRemittance, type BelowStanding } from '../law/remittance.ts'
import type { BelowRow, BelowSums } from './below.ts'
import type { HeldFor } from './drawings.ts'
import { RemitTabs } from './remit-page.tsx'
import { dayBoxes } from './remittance-page.tsx'
import { percentText } from './rule-part.tsx'
import type { ShareRow } from './share-set.ts'
import type { Drawing } from './remittances.ts'
import type { RemittingTexts } from './texts.ts'

export interface BelowPageProps {
  readonly texts: RemittingTexts
  readonly language: Language
  readonly organisation: string
  readonly csrf: string
  readonly today: PlainDate
  readonly month: string
  readonly months: readonly string[]
  readonly standing: BelowStanding | undefined
  /** everybody, whatever the filter */
  readonly all: readonly BelowRow[]
  readonly page: number
  readonly sums: BelowSums
  readonly waiting: readonly Waiting[]
  readonly held: readonly HeldFor[]
  readonly newCommandId: () => string
  /** paid down by this organisation */
  readonly paid: readonly Drawing[]
  readonly done: string | undefined
  readonly entered: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
  readonly refused: RefusalWords | undefined
}

const TONES: Readonly<Record<BelowStanding, Tone>> = {
  missing: 'late',
  overdue: 'late',
  sent: 'soon',
  made: 'neutral',
  due: 'neutral',
  received: 'ok',
  nothing: 'neutral',
}

export function BelowPage(props: BelowPageProps) {
  const { texts, language, all, sums, errors, refused } = props
  return (
    <>
      <ErrorSummary errors={Object.entries(errors).map(([field, text]) => ({ field, text }))} />
      {refused && (
        <RefusalPanel title={refused.title} what={refused.what} why={refused.why} mend={refused.mend} />
      )}
      {props.done && <Banner kind="success" title={props.done} />}
      <PageTitle title={texts.below.title} caption={props.organisation} lead={texts.below.lead} />
      <FeeTabs language={language} current="remit" counts={onTabs(props.waiting)} />
      <RemitTabs texts={texts} current="below" waiting={props.waiting} />
      {all.length === 0 ? (
        <EmptyState title={texts.below.noneBelow}>{texts.below.noneBelowAbout}</EmptyState>
      ) : (
        <>
          <KeyFigures
            figures={[
              { label: texts.below.sums.base, value: dong(sums.baseVnd) },
              { label: texts.below.sums.remit, value: dong(sums.remitVnd) },
              { label: texts.below.sums.received, value: dong(sums.receivedVnd) },
              { label: texts.below.sums.open, value: dong(sums.openVnd) },
            ]}
          />
          <Filter {...props} />
          <Rows {...props} />
        </>
      )}
      <Held {...props} />
    </>
  )
}

function Filter({ texts, language, month, months, standing, all }: BelowPageProps) {
  const count = (of: BelowStanding) => all.filter((row) => row.standing === of).length
  return (
    <FilterBar action="/fees/remit/below" label={texts.below.filter} button={texts.below.show}>
      <SelectField
        name="month"
        label={texts.below.month}
        value={month}
        options={months.map((each) => ({ value: each, text: formatMonth(each, language) }))}
      />
      <SelectField
        name="standing"
        label={texts.below.standing}
        value={standing}
        empty={`${texts.below.all} (${all.length})`}
        options={BELOW_STANDINGS.map((each) => ({
          value: each,
          text: `${texts.below.standings[each]} (${count(each)})`,
        }))}
      />
    </FilterBar>
  )
}

/** A province has more directly below than one looks through at once; the sums are those of all. */
const ROWS_A_PAGE = 50

function Rows(props: BelowPageProps) {
  const { texts, language, all, standing, month } = props
  const rows = standing ? all.filter((row) => row.standing === standing) : all
  const sum = (of: (row: BelowRow) => number) => rows.reduce((total, row) => total + of(row), 0)
  const columns: Column<BelowRow>[] = [
    { key: 'name', title: texts.below.name, cell: ({ name }) => name },
    {
      key: 'standing',
      title: texts.below.standing,
      cell: (row) => <Tag tone={TONES[row.standing]}>{texts.below.standings[row.standing]}</Tag>,
    },
    { key: 'due', title: texts.below.due, cell: ({ dueOn }) => formatDate(dueOn, language) },
    {
      key: 'unshared',
      title: texts.below.unshared,
      numeric: true,
      cell: ({ unsharedVnd }) => dong(unsharedVnd),
    },
    { key: 'remit', title: texts.below.remit, numeric: true, cell: ({ remitVnd }) => dong(remitVnd) },
    {
      key: 'received',
      title: texts.below.received,
      numeric: true,
      cell: ({ receivedVnd }) => dong(receivedVnd),
    },
    { key: 'act', title: texts.below.act, acts: true, cell: (row) => <ActsOf texts={texts} row={row} /> },
  ]
  const chosen = { month, ...(standing ? { standing } : {}) }
  const pages = Math.max(1, Math.ceil(rows.length / ROWS_A_PAGE))
  const page = Math.min(props.page, pages)
  return (
    <>
      <DataTable
        caption={`${texts.below.title}, ${formatMonth(month, language)}`}
        hideCaption
        columns={columns}
        rows={rows.slice((page - 1) * ROWS_A_PAGE, page * ROWS_A_PAGE)}
        keyOf={(row) => row.organisationId}
        empty={<EmptyState title={texts.below.none}>{texts.below.noneAbout}</EmptyState>}
        total={[
          texts.below.total,
          '',
          '',
          dong(sum(({ unsharedVnd }) => unsharedVnd)),
          dong(sum(({ remitVnd }) => remitVnd)),
          dong(sum(({ receivedVnd }) => receivedVnd)),
          '',
        ]}
      />
      <Paging
        page={page}
        pages={pages}
        hrefOf={(number) =>
          `/fees/remit/below?${new URLSearchParams({ ...chosen, page: String(number) }).toString()}`
        }
      />
    </>
  )
}

function ActsOf({ texts, row }: { readonly texts: RemittingTexts; readonly row: BelowRow }) {
  const of = <span class="govuk-visually-hidden">: {row.name}</span>
  return (
    <>
      {row.remittances.map((it) => (
        <>
          <TextLink key={it.id} href={`/fees/remit/${it.id}`}>
            {standingOfRemittance(it) === 'sent' ? texts.below.confirm : texts.below.open}
            {of}
          </TextLink>
          {' · '}
        </>
      ))}
      <TextLink href={`/fees/remit/shares/${row.organisationId}`}>
        {texts.below.share}
        {of}
      </TextLink>
    </>
  )
}

/** Whose money lies here, with a form for each to write down what was paid to them. */
function Held(props: BelowPageProps) {
  const { texts, language, held, paid } = props
  if (held.length === 0 && paid.length === 0) return null
  return (
    <Section title={texts.below.heldTitle} about={texts.below.heldAbout}>
      {held.map((each) => (
        <PayDown key={each.organisationId} {...props} of={each} />
      ))}
      {paid.length > 0 && (
        <Card level={3} title={texts.below.paid}>
          <ul class="plain-list rows">
            {paid.map((each) => (
              <li key={each.id} class="row">
                {texts.below.paidTo(
                  each.organisationName,
                  dong(each.amountVnd),
                  formatDate(each.paidOn, language),
                )}{' '}
                <DrawingTag texts={texts} of={each} />
              </li>
            ))}
          </ul>
        </Card>
      )}
    </Section>
  )
}

function DrawingTag({ texts, of }: { readonly texts: RemittingTexts; readonly of: Drawing }) {
  if (of.confirmedAt) return <Tag tone="ok">{texts.below.drawn.confirmed}</Tag>
  if (of.returnedAt)
    return (
      <>
        <Tag tone="late">{texts.below.drawn.returned}</Tag> {of.returnReason}
      </>
    )
  return <Tag tone="soon">{texts.below.drawn.open}</Tag>
}

function PayDown(props: BelowPageProps & { readonly of: HeldFor }) {
  const { texts, of, csrf, today, newCommandId } = props
  const mine = props.entered.organisation === of.organisationId
  const entered = mine ? props.entered : {}
  const errors = mine ? props.errors : {}
  const offered = Math.max(0, of.heldVnd - Math.max(0, of.unsharedVnd))
  const id = (name: string) => `${name}-${of.organisationId}`
  return (
    <Card level={3} title={of.organisationName}>
      <p>
        {texts.below.held}: {dong(of.heldVnd)}
        {of.unsharedVnd > 0 && ` (${texts.below.heldUnshared}: ${dong(of.unsharedVnd)})`}
      </p>
      <Expander summary={texts.below.payTitle(of.organisationName)} open={mine}>
        <Form
          action="/fees/remit/below/pay-down"
          csrf={csrf}
          commandId={newCommandId()}
          hidden={{ organisation: of.organisationId }}
        >
          <TextField
            name="amount"
            id={id('amount')}
            label={texts.below.amount}
            value={entered.amount ?? numberVi(offered)}
            error={errors.amount}
            numeric
            width={20}
            suffix="đ"
          />
          <Radios
            name="how"
            id={id('how')}
            label={texts.one.how}
            value={entered.how ?? (of.hasAccount ? 'transfer' : 'cash')}
            error={errors.how}
            choices={[
              { value: 'transfer', text: texts.hows.transfer },
              { value: 'cash', text: texts.hows.cash },
            ]}
          />
          <DateField
            name="on"
            id={id('on')}
            label={texts.one.on}
            value={dayBoxes(entered, 'on', today)}
            error={errors.on}
          />
          <TextField
            name="reference"
            id={id('reference')}
            label={texts.one.reference}
            optional
            value={entered.reference}
            error={errors.reference}
          />
          <Button kind="secondary">{texts.below.payDo}</Button>
        </Form>
      </Expander>
    </Card>
  )
}

export interface SharePageProps {
  readonly texts: RemittingTexts
  readonly language: Language
  readonly csrf: string
  readonly organisationId: string
  readonly name: string
  readonly rows: readonly ShareRow[]
  readonly entered: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
  readonly refused: RefusalWords | undefined
}

/** The share of one organisation directly below: set from a month on. */
export function SharePage(props: SharePageProps) {
  const { texts, language, rows, entered, errors, refused } = props
  const inForce = rows[0]
  return (
    <>
      <ErrorSummary errors={Object.entries(errors).map(([field, text]) => ({ field, text }))} />
      {refused && (
        <RefusalPanel title={refused.title} what={refused.what} why={refused.why} mend={refused.mend} />
      )}
      <PageTitle title={texts.set.title} caption={props.name} lead={texts.set.lead} />
      <Form action={`/fees/remit/shares/${props.organisationId}`} csrf={props.csrf}>
        <TextField
          name="keep"
          label={texts.set.keep}
          hint={texts.set.keepHint}
          value={entered.keep}
          error={errors.keep}
          optional
          numeric
          width={5}
          suffix="%"
        />
        <Radios
          name="direction"
          label={texts.set.direction}
          value={entered.direction ?? inForce?.direction ?? 'bottom-up'}
          error={errors.direction}
          choices={(['bottom-up', 'top-down'] as const).map((value) => ({
            value,
            text: texts.set.directions[value],
          }))}
        />
        <MonthField
          name="from"
          label={texts.set.from}
          value={{ month: entered['from-month'], year: entered['from-year'] }}
          error={errors.from}
        />
        <TextField
          name="source"
          label={texts.set.source}
          hint={texts.set.sourceHint}
          value={entered.source}
          error={errors.source}
        />
        <Button>{texts.set.save}</Button>
      </Form>
      <RuleBox>{texts.set.rule}</RuleBox>
      {rows.length > 0 && (
        <Section title={texts.set.history}>
          <DataTable
            caption={texts.set.history}
            hideCaption
            columns={[
              {
                key: 'from',
                title: texts.set.from,
                cell: (row: ShareRow) => formatMonth(monthOf(row.validFrom), language),
              },
              {
                key: 'keep',
                title: texts.set.keep,
                cell: ({ keepPercent }) =>
                  keepPercent === null ? texts.set.asRule : `${percentText(keepPercent)} %`,
              },
              {
                key: 'direction',
                title: texts.set.direction,
                cell: ({ direction }) => texts.set.directions[direction],
              },
              { key: 'source', title: texts.set.source, cell: ({ source }) => source },
              { key: 'by', title: texts.set.by, cell: ({ setBy }) => setBy ?? '–' },
            ]}
            rows={rows}
            keyOf={({ validFrom }) => validFrom}
          />
        </Section>
      )}
    </>
  )
}
