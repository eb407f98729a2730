/** An officer's first page: three queues with their counts, search, filter, one action on many; and what became of each. */
import type { Language } from '../../kernel/plain-date.ts'
import { ButtonLink, ButtonRow, TextLink } from '../../ui/button.tsx'
import { BulkTable, ResultList, type BulkAction, type ItemResult } from '../../ui/bulk.tsx'
import type { HomeCard } from '../../web/feature.ts'
import { Card, TaskCard } from '../../ui/card.tsx'
import type { Children } from '../../ui/children.ts'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { Paging, Tabs } from '../../ui/navigation.tsx'
import { EmptyState } from '../../ui/notice.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { Tag, type DeadlineProps } from '../../ui/pill.tsx'
import { SelectField, TextField } from '../../ui/text-field.tsx'
import { HOME_TEXTS, type HomeWords } from './texts.ts'

type QueueName = keyof HomeWords['queues']['names']

/** A dossier in a queue, in words. */
export interface QueueRow {
  /** id and version, as the form sends it */
  readonly key: string
  readonly href: string
  readonly number: string
  readonly member: string
  readonly procedure: string
  readonly step: string
  readonly holder: string
  readonly deadline?: DeadlineProps | undefined
}

export interface QueuePage {
  readonly language: Language
  readonly organisation: string
  readonly queue: QueueName
  readonly counts: Readonly<Record<QueueName, number>>
  readonly rows: readonly QueueRow[]
  readonly total: number
  readonly page: number
  readonly pages: number
  /** as many on one page as one action takes */
  readonly all: boolean
  readonly text: string
  readonly overdue: boolean
  readonly csrf: string
  readonly commandId: string
  readonly bulk: readonly BulkAction[]
  /** where to confirm before signing several; undefined when that is not needed */
  readonly freshHref?: string | undefined
  readonly nothingChosen: boolean
  /** what procedures say to the office besides dossiers */
  readonly cards: readonly HomeCard[]
  /** what stands above the queues: the inspector's search */
  readonly above?: Children | undefined
}

export function QueuesPage(page: QueuePage) {
  const { queues, bulk } = HOME_TEXTS[page.language]
  const narrowed = page.text !== '' || page.overdue
  return (
    <>
      {page.nothingChosen && <ErrorSummary errors={[{ text: bulk.nothing }]} />}
      <PageTitle title={queues.title} caption={page.organisation} lead={queues.lead[page.queue]} />
      {page.above}
      <Cards cards={page.cards.filter(({ now }) => now)} />
      <Tabs
        label={queues.label}
        items={(['todo', 'waiting', 'coming'] as const).map((name) => ({
          href: `/?queue=${name}`,
          text: queues.names[name],
          count: page.counts[name],
          current: name === page.queue,
        }))}
      />
      {(page.counts[page.queue] > 0 || narrowed) && <Filter page={page} />}
      {page.rows.length === 0 ? (
        <EmptyState title={narrowed ? queues.emptyFound : queues.empty[page.queue]}>
          {narrowed ? undefined : queues.emptyText}
        </EmptyState>
      ) : (
        <Rows page={page} />
      )}
      <Paging
        page={page.page}
        pages={page.pages}
        hrefOf={(number) => addressOf(page, { page: String(number), ...(page.all ? { all: 'yes' } : {}) })}
      />
      {page.pages > 1 && !page.all && (
        <p>
          <a class="govuk-link" href={addressOf(page, { all: 'yes' })}>
            {queues.many}
          </a>
        </p>
      )}
      {page.total > 0 && (
        <ButtonRow>
          <ButtonLink href={addressOf(page, {}, '/queue.xlsx')} kind="quiet" download>
            {queues.xlsx}
          </ButtonLink>
          <ButtonLink href={addressOf(page, {}, '/queue.csv')} kind="quiet" download>
            {queues.csv}
          </ButtonLink>
        </ButtonRow>
      )}
      <Cards cards={page.cards.filter(({ now }) => !now)} />
    </>
  )
}

function Cards({ cards }: { readonly cards: readonly HomeCard[] }) {
  return (
    <>
      {cards.map(({ key, title, status, deadline, action }) => (
        <TaskCard
          key={key}
          title={title}
          status={status}
          deadline={deadline}
          action={{ ...action, kind: 'secondary' }}
        />
      ))}
    </>
  )
}

/** This list, with something else about it. */
function addressOf(page: QueuePage, other: Readonly<Record<string, string>>, path = '/'): string {
  const query = new URLSearchParams({
    queue: page.queue,
    ...(page.text === '' ? {} : { q: page.text }),
    ...(page.overdue ? { overdue: 'yes' } : {}),
    ...other,
  })
  return `${path}?${query.toString()}`
}

function Filter({ page }: { readonly page: QueuePage }) {
  const { queues } = HOME_TEXTS[page.language]
  return (
    <FilterBar
      action="/"
      label={queues.filter}
      hidden={{ queue: page.queue }}
      clearHref={`/?queue=${page.queue}`}
      active={[
        ...(page.text === '' ? [] : [{ text: page.text, hrefWithout: addressOf({ ...page, text: '' }, {}) }]),
        ...(page.overdue
          ? [{ text: queues.overdue, hrefWithout: addressOf({ ...page, overdue: false }, {}) }]
          : []),
      ]}
    >
      <TextField name="q" label={queues.search} value={page.text} width={20} type="search" />
      <SelectField
        name="overdue"
        label={queues.when}
        value={page.overdue ? 'yes' : ''}
        options={[
          { value: '', text: queues.all },
          { value: 'yes', text: queues.overdue },
        ]}
      />
    </FilterBar>
  )
}

function Rows({ page }: { readonly page: QueuePage }) {
  const { queues, bulk } = HOME_TEXTS[page.language]
  const columns: readonly Column<QueueRow>[] = [
    {
      key: 'member',
      title: queues.memberName,
      cell: (row) => <TextLink href={row.href}>{row.member}</TextLink>,
    },
    { key: 'number', title: queues.number, cell: (row) => row.number },
    { key: 'step', title: queues.step, cell: (row) => row.step },
    ...(page.queue === 'todo'
      ? []
      : [{ key: 'with', title: queues.with, cell: (row: QueueRow) => row.holder }]),
    {
      key: 'due',
      title: queues.due,
      cell: (row) => (row.deadline ? <Tag tone={row.deadline.tone}>{row.deadline.text}</Tag> : queues.noDue),
    },
  ]
  const caption = `${queues.names[page.queue]}: ${queues.found(page.total)}`
  if (page.queue !== 'todo' || page.bulk.length === 0) {
    return (
      <>
        <DataTable caption={caption} columns={columns} rows={page.rows} keyOf={(row) => row.key} />
        {page.freshHref && <Fresh page={page} />}
      </>
    )
  }
  return (
    <>
      <BulkTable
        caption={`${caption}. ${bulk.caption}`}
        columns={columns}
        rows={page.rows}
        keyOf={(row) => row.key}
        nameOf={(row) => row.member}
        action="/queue/bulk"
        csrf={page.csrf}
        commandId={page.commandId}
        actions={page.bulk}
      />
      {page.freshHref && <Fresh page={page} />}
    </>
  )
}

function Fresh({ page }: { readonly page: QueuePage }) {
  const { bulk } = HOME_TEXTS[page.language]
  return (
    <Card title={bulk.freshTitle}>
      <p>{bulk.fresh}</p>
      <ButtonRow>
        <ButtonLink href={page.freshHref ?? '/'} kind="secondary">
          {bulk.freshButton}
        </ButtonLink>
      </ButtonRow>
    </Card>
  )
}

/** What became of each dossier of a bulk action. */
export function BulkResultPage(props: {
  readonly language: Language
  readonly results: readonly ItemResult[]
}) {
  const { bulk } = HOME_TEXTS[props.language]
  const failed = props.results.filter((result) => !result.ok).length
  const lead = [bulk.done(props.results.length - failed), ...(failed > 0 ? [bulk.failed(failed)] : [])].join(
    ' ',
  )
  return (
    <>
      <PageTitle title={bulk.title} lead={lead} />
      <ResultList results={props.results} />
      <ButtonRow>
        <ButtonLink href="/?queue=todo">{bulk.back}</ButtonLink>
      </ButtonRow>
    </>
  )
}
