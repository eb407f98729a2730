/** The list of comments for a workplace, a commune, a cell or a province; and for a member what is their own. */
import type { Language } from '../../kernel/plain-date.ts'
import { ButtonLink, ButtonRow, TextLink } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Navigation, Paging, Tabs } from '../../ui/navigation.tsx'
import { EmptyState, Inset } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { Deadline, type DeadlineProps } from '../../ui/pill.tsx'
import type { Cell, Sheet } from '../../registry/list-workbook.ts'
import { STATUSES, type Listed } from './contract.ts'
import type { CommuneLine } from './listing.ts'
import { COMMENT_PAGES, REFERRAL_PAGES } from './names.ts'
import { RESIDENCE_TEXTS } from './texts.ts'

export interface ListPageProps {
  readonly language: Language
  readonly listed: Listed
  readonly year: number
  readonly years: readonly number[]
  readonly status?: string | undefined
  readonly overdue: boolean
  /** the one place that is looked at, of the two kinds */
  readonly at?: { readonly param: 'at' | 'commune'; readonly id: string; readonly name: string } | undefined
  readonly page: number
  readonly pages: number
  readonly late: readonly { readonly id: string; readonly name: string; readonly count: number }[]
  readonly communes: readonly CommuneLine[]
  readonly deadlineOf: (until: string) => DeadlineProps
  readonly mayAsk: boolean
}

export function listPage(props: ListPageProps) {
  const { language, listed, year, status, overdue, at } = props
  const words = RESIDENCE_TEXTS[language]
  const address = (more: Readonly<Record<string, string>>, path = COMMENT_PAGES) =>
    `${path}?${new URLSearchParams({ year: String(year), ...more }).toString()}`
  const now = {
    ...(status ? { status } : {}),
    ...(overdue ? { overdue: 'yes' } : {}),
    ...(at ? { [at.param]: at.id } : {}),
  }
  return (
    <>
      <PageTitle
        title={`${words.list.title} ${year}`}
        lead={
          listed.total === 0
            ? words.list.noneLead
            : words.list.count
                .replace('{count}', String(listed.total))
                .replace('{overdue}', String(listed.overdue))
        }
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
      {props.years.length > 1 && (
        <Navigation
          label={words.fields.year}
          items={props.years.map((each) => ({
            href: `${COMMENT_PAGES}?year=${each}`,
            text: `${words.fields.year} ${each}`,
            current: each === year,
          }))}
        />
      )}
      {listed.total > 0 && (
        <Tabs
          label={words.fields.status}
          items={[
            {
              href: address({}),
              text: words.list.all,
              count: listed.total,
              current: !status && !overdue && !at,
            },
            ...(listed.overdue > 0
              ? [
                  {
                    href: address({ overdue: 'yes' }),
                    text: words.list.overdue,
                    count: listed.overdue,
                    current: overdue && !at,
                  },
                ]
              : []),
            ...STATUSES.filter((each) => listed.byStatus[each]).map((each) => ({
              href: address({ status: each }),
              text: words.statuses[each],
              count: listed.byStatus[each],
              current: status === each && !at,
            })),
          ]}
        />
      )}
      {at && (
        <Inset>
          {words.list.only.replace('{name}', at.name)}.{' '}
          <TextLink href={address({})}>{words.list.everywhere}</TextLink>
        </Inset>
      )}
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
            cell: ({ status: step }) => words.statuses[step as keyof typeof words.statuses],
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
        empty={<EmptyState title={listed.total === 0 ? words.list.none : words.list.noneFound} />}
      />
      <Paging
        page={props.page}
        pages={props.pages}
        hrefOf={(page) => address({ ...now, page: String(page) })}
      />
      {listed.comments.length > 0 && (
        <ButtonRow>
          <ButtonLink href={address(now, `${COMMENT_PAGES}/list.xlsx`)} kind="quiet" download>
            {words.list.xlsx}
          </ButtonLink>
        </ButtonRow>
      )}
      {props.late.length > 0 && (
        <Section title={words.list.late}>
          <DataTable
            caption={words.list.late}
            hideCaption
            columns={[
              {
                key: 'name',
                title: words.list.place,
                cell: ({ id, name }) => (
                  <TextLink href={address({ overdue: 'yes', at: id })}>{name}</TextLink>
                ),
              },
              { key: 'count', title: words.list.number, numeric: true, cell: ({ count }) => String(count) },
            ]}
            rows={props.late}
            keyOf={({ id }) => id}
          />
        </Section>
      )}
      {props.communes.length > 0 && (
        <Section title={words.list.byCommune}>
          <DataTable
            caption={words.list.byCommune}
            hideCaption
            columns={[
              {
                key: 'name',
                title: words.list.commune,
                cell: ({ id, name }) => <TextLink href={address({ commune: id })}>{name}</TextLink>,
              },
              { key: 'late', title: words.list.lateOnes, numeric: true, cell: ({ late }) => String(late) },
              { key: 'open', title: words.list.open, numeric: true, cell: ({ open }) => String(open) },
              { key: 'done', title: words.list.done, numeric: true, cell: ({ done }) => String(done) },
            ]}
            rows={props.communes}
            keyOf={({ id }) => id}
          />
        </Section>
      )}
    </>
  )
}

/** The list as a table for a file: everything the filters leave. */
export function sheetOfComments(
  listed: Listed,
  { language, year, day }: { language: Language; year: number; day: (until: string) => string },
): Sheet {
  const words = RESIDENCE_TEXTS[language]
  const { fields, list } = words
  const heads = [
    list.number1,
    fields.member,
    fields.cell,
    fields.purpose,
    fields.status,
    list.place,
    fields.until,
  ]
  const rows = listed.comments.map((row, index): Cell[] => [
    index + 1,
    row.member.name,
    row.cell?.name ?? '',
    words.purposes[row.purpose as keyof typeof words.purposes],
    words.statuses[row.status as keyof typeof words.statuses],
    row.responsible?.name ?? '',
    row.until ? day(row.until) : '',
  ])
  return { title: list.fileTitle.replace('{year}', String(year)), rows: [heads, ...rows] }
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
