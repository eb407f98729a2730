/** The list of comments for a workplace, a commune, a cell or a province; and for a member what is their own. */
import type { Language } from '../../kernel/plain-date.ts'
import { ButtonLink, ButtonRow, TextLink } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { Deadline, type DeadlineProps } from '../../ui/pill.tsx'
import { STATUSES, type Listed } from './contract.ts'
import { COMMENT_PAGES, REFERRAL_PAGES } from './names.ts'
import { RESIDENCE_TEXTS } from './texts.ts'

export interface ListPageProps {
  readonly language: Language
  readonly listed: Listed
  readonly year: number
  readonly status?: string | undefined
  readonly late: readonly { readonly id: string; readonly name: string; readonly count: number }[]
  readonly deadlineOf: (until: string) => DeadlineProps
  readonly mayAsk: boolean
}

export function listPage(props: ListPageProps) {
  const { language, listed, year, late } = props
  const words = RESIDENCE_TEXTS[language]
  const show = (query: string) => `${COMMENT_PAGES}?year=${year}${query}`
  return (
    <>
      <PageTitle
        title={`${words.list.title} ${year}`}
        lead={words.list.count
          .replace('{count}', String(listed.total))
          .replace('{overdue}', String(listed.overdue))}
      />
      <ButtonRow>
        {props.mayAsk && <ButtonLink href={`${COMMENT_PAGES}/ask`}>{words.list.askMany}</ButtonLink>}
        <ButtonLink href={REFERRAL_PAGES} kind="secondary">
          {words.list.referrals}
        </ButtonLink>
        <ButtonLink href={`${COMMENT_PAGES}/season`} kind="quiet">
          {words.list.season}
        </ButtonLink>
      </ButtonRow>
      <nav aria-label={words.fields.status}>
        <ul class="govuk-list">
          <li>
            <TextLink href={show('')}>{`${words.list.all} (${listed.total})`}</TextLink>
          </li>
          {listed.overdue > 0 && (
            <li>
              <TextLink href={show('&overdue=yes')}>{`${words.list.overdue} (${listed.overdue})`}</TextLink>
            </li>
          )}
          {STATUSES.filter((status) => listed.byStatus[status]).map((status) => (
            <li key={status}>
              <TextLink href={show(`&status=${status}`)}>
                {`${words.statuses[status]} (${listed.byStatus[status] ?? 0})`}
              </TextLink>
            </li>
          ))}
        </ul>
      </nav>
      <DataTable
        caption={words.list.title}
        hideCaption
        columns={[
          {
            key: 'member',
            title: words.fields.member,
            cell: ({ id, member }) => <TextLink href={`${COMMENT_PAGES}/${id}`}>{member.name}</TextLink>,
          },
          {
            key: 'status',
            title: words.fields.status,
            cell: ({ status }) => words.statuses[status as keyof typeof words.statuses],
          },
          { key: 'place', title: words.list.place, cell: ({ responsible }) => responsible?.name ?? '–' },
          {
            key: 'until',
            title: words.fields.until,
            cell: ({ until }) => (until ? <Deadline {...props.deadlineOf(until)} /> : '–'),
          },
        ]}
        rows={listed.comments}
        keyOf={({ id }) => id}
        empty={<EmptyState title={words.list.none} />}
      />
      {listed.comments.length < listed.total && props.status === undefined && (
        <p class="quiet">{words.list.shown.replace('{count}', String(listed.comments.length))}</p>
      )}
      {late.length > 0 && (
        <Section title={words.list.late}>
          <DataTable
            caption={words.list.late}
            hideCaption
            columns={[
              {
                key: 'name',
                title: words.list.place,
                cell: ({ id, name }) => <TextLink href={show(`&overdue=yes&at=${id}`)}>{name}</TextLink>,
              },
              { key: 'count', title: words.list.number, numeric: true, cell: ({ count }) => String(count) },
            ]}
            rows={late}
            keyOf={({ id }) => id}
          />
        </Section>
      )}
    </>
  )
}

export function ownPage(props: {
  language: Language
  dossiers: readonly { id: string; procedure: string; status: string; year: number | null }[]
}) {
  const words = RESIDENCE_TEXTS[props.language]
  const statuses: Readonly<Record<string, string>> = { ...words.referralStatuses, ...words.statuses }
  return (
    <>
      <PageTitle title={words.list.title} lead={words.begin.lead} />
      <ButtonRow>
        <ButtonLink href={`${COMMENT_PAGES}/begin`}>{words.list.beginOwn}</ButtonLink>
      </ButtonRow>
      <DataTable
        caption={words.list.title}
        hideCaption
        columns={[
          {
            key: 'title',
            title: words.list.title,
            cell: ({ id, procedure, year }) => (
              <TextLink href={`/${procedure}s/${id}`}>
                {year === null ? words.referralTitle : `${words.title} ${year}`}
              </TextLink>
            ),
          },
          { key: 'status', title: words.fields.status, cell: ({ status }) => statuses[status] },
        ]}
        rows={props.dossiers}
        keyOf={({ id }) => id}
        empty={<EmptyState title={words.referral.none}>{words.referral.own}</EmptyState>}
      />
    </>
  )
}
