/** The requests of an organisation: what waits with its day, what runs out soon, what was decided. */
import { formatInstant, formatMonth, type Language } from '../../../kernel/plain-date.ts'
import { TextLink } from '../../../ui/button.tsx'
import { DataTable, type Column } from '../../../ui/data-table.tsx'
import type { Children } from '../../../ui/children.ts'
import { Paging } from '../../../ui/navigation.tsx'
import { Banner, EmptyState } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { Tag, type DeadlineProps } from '../../../ui/pill.tsx'
import type { Relief } from './contract.ts'
import { holdsFor } from './holding.ts'
import type { RelievingTexts } from './texts.ts'
import { reliefInWords, whereInWords } from './telling.ts'

export interface ListPageProps {
  readonly texts: RelievingTexts
  readonly language: Language
  readonly organisation: string
  readonly waiting: readonly Relief[]
  readonly soon: readonly Relief[]
  readonly running: readonly Relief[]
  readonly others: readonly Relief[]
  readonly deadlineOf: (relief: Relief) => DeadlineProps
  readonly page: number
  readonly pages: number
  readonly done: string | undefined
  readonly tabs: Children
}

export function ListPage(props: ListPageProps) {
  const { texts, language, waiting, soon, running, others } = props
  const { officer } = texts
  const name: Column<Relief> = {
    key: 'name',
    title: officer.name,
    cell: ({ id, memberName }) => <TextLink href={`/fees/reliefs/${id}`}>{memberName}</TextLink>,
  }
  const what: Column<Relief> = {
    key: 'what',
    title: officer.what,
    cell: (relief) => reliefInWords(relief, texts, language),
  }
  const state: Column<Relief> = {
    key: 'state',
    title: officer.state,
    cell: (relief) => whereInWords(relief, texts),
  }
  const due: Column<Relief> = {
    key: 'due',
    title: officer.due,
    cell: (relief) => <Due {...props} relief={relief} />,
  }
  const asked: Column<Relief> = {
    key: 'asked',
    title: officer.askedAt,
    cell: ({ askedAt }) => formatInstant(askedAt, language),
  }
  const until: Column<Relief> = {
    key: 'until',
    title: officer.until,
    cell: (relief) => formatMonth(holdsFor(relief)?.until ?? relief.until, language),
  }
  const table = (title: string, rows: readonly Relief[], columns: readonly Column<Relief>[]) => (
    <DataTable caption={title} hideCaption columns={columns} rows={rows} keyOf={({ id }) => id} />
  )
  return (
    <>
      {props.done && <Banner kind="success" title={props.done} />}
      <PageTitle title={texts.title} caption={props.organisation} lead={officer.lead} />
      {props.tabs}
      {(waiting.length > 0 || props.page === 1) && (
        <Section title={officer.waiting}>
          {waiting.length === 0 ? (
            <EmptyState title={officer.noneWaiting}>{officer.noneWaitingAbout}</EmptyState>
          ) : (
            table(officer.waiting, waiting, [name, what, state, due])
          )}
        </Section>
      )}
      {soon.length > 0 && (
        <Section title={officer.soon} about={officer.soonAbout}>
          {table(officer.soon, soon, [name, what, until])}
        </Section>
      )}
      {running.length > 0 && (
        <Section title={officer.running}>{table(officer.running, running, [name, what, until])}</Section>
      )}
      {others.length > 0 && (
        <Section title={officer.decided}>
          {table(officer.decided, others, [name, what, state, asked])}
        </Section>
      )}
      <Paging page={props.page} pages={props.pages} hrefOf={(page) => `/fees/reliefs?page=${page}`} />
    </>
  )
}

function Due({ relief, deadlineOf }: ListPageProps & { readonly relief: Relief }) {
  const { tone, text } = deadlineOf(relief)
  return <Tag tone={tone}>{text}</Tag>
}
