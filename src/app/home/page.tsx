/** The first page: a member's affairs, an office's queues, an administrator's tools. */
import { formatWeekday, todayIn, type Language } from '../../kernel/plain-date.ts'
import { BulkTable, ResultList } from '../../ui/bulk.tsx'
import { ButtonLink, ButtonRow } from '../../ui/button.tsx'
import { CardGrid, LinkCard, TaskCard } from '../../ui/card.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { Paging, Tabs } from '../../ui/navigation.tsx'
import { EmptyState } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { Deadline, type DeadlineProps } from '../../ui/pill.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { Queue, QueueRow } from './queues.ts'
import type { HomeTexts } from './texts.ts'

/** How the status of a procedure is said. */
export type StatusWords = (procedure: string, status: string) => string

interface Frame {
  readonly texts: HomeTexts
  readonly language: Language
  readonly now: Date
  readonly statusOf: StatusWords
}

export interface MemberHomeProps extends Frame {
  readonly dossiers: readonly QueueRow[]
  readonly begin: readonly { readonly code: string; readonly href: string }[]
  readonly notices: readonly { readonly id: string; readonly text: string }[]
}

export function MemberHome(props: MemberHomeProps) {
  const { texts, dossiers, now } = props
  const open = dossiers.filter((row) => row.who !== 'nobody')
  const past = dossiers.filter((row) => row.who === 'nobody')
  const late = open.filter((row) => row.dueAt && row.dueAt < now).length
  return (
    <>
      <PageTitle
        title={texts.myAffairs}
        lead={open.length === 0 ? texts.nothingOpen : texts.open(open.length, late)}
      />
      {open.map((row) => (
        <OwnDossier key={row.id} {...props} row={row} />
      ))}
      {props.notices.length > 0 && (
        <Section title={texts.notices}>
          <ul>
            {props.notices.map((notice) => (
              <li key={notice.id}>{notice.text}</li>
            ))}
          </ul>
          <p>
            <a href="/notices">{texts.allNotices}</a>
          </p>
        </Section>
      )}
      {open.length === 0 && (
        <Section title={texts.beginNew}>
          {props.begin.map(({ code, href }) => {
            const words = texts.procedures[code]
            return words && <LinkCard key={code} href={href} title={words.title} about={words.about} />
          })}
        </Section>
      )}
      {past.length > 0 && (
        <Section title={texts.past}>
          {past.map((row) => (
            <LinkCard
              key={row.id}
              href={`/transfers/${row.id}`}
              title={`${texts.procedures[row.procedure]?.title ?? row.procedure} ${row.number ?? ''}`}
              about={props.statusOf(row.procedure, row.status)}
            />
          ))}
        </Section>
      )}
    </>
  )
}

function OwnDossier(props: MemberHomeProps & { readonly row: QueueRow }) {
  const { texts, row } = props
  const mine = row.who === 'member'
  const place = row.responsible ? `${texts.at(row.responsible)}. ` : ''
  return (
    <TaskCard
      title={texts.procedures[row.procedure]?.title ?? row.procedure}
      status={`${mine ? `${texts.yourTurn}. ` : row.who === 'system' ? `${texts.system}. ` : place}${props.statusOf(row.procedure, row.status)}`}
      deadline={deadlineOf(row, props)}
      action={{
        href: `/transfers/${row.id}`,
        text: mine ? texts.goOn : texts.see,
        kind: mine ? 'primary' : 'secondary',
      }}
    />
  )
}

/** The deadline in words, and how near it is. */
function deadlineOf(row: QueueRow, { texts, language, now }: Frame): DeadlineProps | undefined {
  if (!row.dueAt || row.who === 'nobody') return undefined
  const day = formatWeekday(todayIn(row.dueAt), language)
  if (row.dueAt < now) return { tone: 'late', text: texts.overdue(day) }
  const soon = row.dueAt.getTime() - now.getTime() < 2 * 86_400_000
  return { tone: soon ? 'soon' : 'ok', text: texts.before(day) }
}

export interface DeskProps extends Frame {
  readonly caption: string
  readonly queue: Queue
  readonly counts: Readonly<Record<Queue, number>> & { readonly overdue: number }
  readonly rows: readonly QueueRow[]
  readonly total: number
  readonly page: number
  readonly pages: number
  readonly text: string
  readonly overdueOnly: boolean
  readonly csrf: string
  readonly commandId: string
  /** what can be done to several at once here, and to which rows */
  readonly bulk: readonly BulkName[]
  readonly bulkFor: (row: QueueRow) => BulkName | undefined
}

export type BulkName = keyof HomeTexts['bulk']

export function DeskPage(props: DeskProps) {
  const { texts, queue, counts } = props
  return (
    <>
      <Tabs
        label={texts.desk}
        items={(['todo', 'waiting', 'coming', 'done'] as const).map((each) => ({
          href: each === 'todo' ? '/' : `/?queue=${each}`,
          text: texts.queues[each],
          count: each === 'done' ? undefined : counts[each],
          current: each === queue,
        }))}
      />
      <PageTitle
        title={texts.queues[queue]}
        caption={props.caption}
        lead={queue === 'todo' ? texts.queueLead(counts.overdue) : undefined}
      />
      {(props.total > 5 || props.text !== '' || props.overdueOnly) && (
        <FilterBar action="/" label={texts.filter} hidden={queue === 'todo' ? {} : { queue }}>
          <TextField name="q" label={texts.search} value={props.text} width={20} type="search" />
          <Checkbox name="overdue" label={texts.onlyOverdue} checked={props.overdueOnly} />
        </FilterBar>
      )}
      <QueueTable {...props} />
      <Paging
        page={props.page}
        pages={props.pages}
        hrefOf={(page) => hrefOf(props, { page: String(page) })}
      />
      {props.rows.length > 0 && (
        <ButtonRow>
          <ButtonLink kind="quiet" href={hrefOf(props, { format: 'csv' })} download>
            {texts.exportCsv}
          </ButtonLink>
        </ButtonRow>
      )}
    </>
  )
}

function hrefOf({ queue, text, overdueOnly }: DeskProps, more: Record<string, string>): string {
  const asked = { queue, ...(text ? { q: text } : {}), ...(overdueOnly ? { overdue: 'yes' } : {}), ...more }
  return `/?${new URLSearchParams(asked).toString()}`
}

function QueueTable(props: DeskProps) {
  const { texts, rows, queue } = props
  if (rows.length === 0) {
    return <EmptyState title={props.text || props.overdueOnly ? texts.notFound : texts.empty[queue]} />
  }
  const columns = columnsOf(props)
  if (props.bulk.length === 0 || queue !== 'todo') {
    return (
      <DataTable
        caption={texts.queues[queue]}
        hideCaption
        columns={columns}
        rows={rows}
        keyOf={(row) => row.id}
      />
    )
  }
  return (
    <BulkTable
      caption={texts.queues[queue]}
      hideCaption
      columns={columns}
      rows={rows}
      keyOf={(row) => row.id}
      nameOf={(row) => row.member}
      refusedFor={(row) => (props.bulkFor(row) ? undefined : texts.bulkNot)}
      action="/bulk"
      csrf={props.csrf}
      commandId={props.commandId}
      actions={props.bulk.map((name, index) => ({
        name: 'command',
        value: name,
        text: texts.bulk[name],
        kind: index === 0 ? 'primary' : 'secondary',
      }))}
    />
  )
}

function columnsOf(props: DeskProps): Column<QueueRow>[] {
  const { texts } = props
  return [
    { key: 'member', title: texts.member, cell: (row) => <a href={`/transfers/${row.id}`}>{row.member}</a> },
    { key: 'number', title: texts.number, cell: (row) => row.number ?? '' },
    { key: 'state', title: texts.state, cell: (row) => props.statusOf(row.procedure, row.status) },
    ...(props.queue === 'todo'
      ? []
      : [{ key: 'holder', title: texts.holder, cell: (row: QueueRow) => row.responsible ?? '' }]),
    {
      key: 'due',
      title: texts.due,
      cell: (row) => {
        const deadline = deadlineOf(row, props)
        return deadline ? <Deadline {...deadline} /> : ''
      },
    },
  ]
}

export interface BulkResultProps {
  readonly texts: HomeTexts
  readonly results: readonly {
    readonly id: string
    readonly title: string
    readonly ok: boolean
    readonly about: string
  }[]
}

export function BulkResultPage({ texts, results }: BulkResultProps) {
  return (
    <>
      <PageTitle title={texts.bulkResult} />
      {results.length === 0 && <EmptyState title={texts.noneChosen} />}
      <ResultList results={results.map((result) => ({ ...result, href: `/transfers/${result.id}` }))} />
      <ButtonRow>
        <ButtonLink href="/">{texts.back}</ButtonLink>
      </ButtonRow>
    </>
  )
}

export function AdministratorHome({ texts }: { readonly texts: HomeTexts }) {
  return (
    <>
      <PageTitle title={texts.administration} lead={texts.administrationLead} />
      <CardGrid>
        <LinkCard level={2} href="/import" title={texts.imports} about={texts.importsAbout} />
        <LinkCard level={2} href="/settings/offices" title={texts.offices} about={texts.officesAbout} />
        <LinkCard level={2} href="/settings" title={texts.settings} about={texts.settingsAbout} />
        <LinkCard level={2} href="/registry" title={texts.registry} about={texts.registryAbout} />
      </CardGrid>
    </>
  )
}

/** What an inspector also finds on the desk. */
export function InspectorCard({ texts }: { readonly texts: HomeTexts }) {
  return (
    <Section title={texts.holds}>
      <LinkCard href="/registry/members" title={texts.registry} about={texts.holdsAbout} />
    </Section>
  )
}
