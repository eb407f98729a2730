/** Who lives here for a time and belongs elsewhere, and the reverse: with the rights that follow, and who is summoned. */
import { formatDate, type Language, type PlainDate } from '../../kernel/plain-date.ts'
import type { Cell, Sheet } from '../../registry/list-workbook.ts'
import { ButtonLink, ButtonRow, TextLink } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState, RuleBox } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { Deadline, Tag, type DeadlineProps } from '../../ui/pill.tsx'
import type { Page } from '../../web/web.ts'
import { GUEST_TEXTS } from './guests-texts.ts'
import { STAY_TEXTS } from './texts.ts'

export interface ListedStay {
  readonly id: string
  readonly name: string
  readonly originName: string
  readonly hostName: string
  readonly status: string
  readonly until: string
  /** whether the rights of decision are here; never so for a guest */
  readonly votes: boolean
}

export function guestsPage(props: {
  readonly language: Language
  readonly guests: readonly ListedStay[]
  readonly away: readonly ListedStay[]
  /** of a cell: how many are summoned; absent for a committee */
  readonly quorum?:
    { readonly summoned: number; readonly away: number; readonly citation: string } | undefined
  readonly citation: string
  readonly deadlineOf: (until: PlainDate) => DeadlineProps
}): Page {
  const words = STAY_TEXTS[props.language]
  const list = GUEST_TEXTS[props.language]
  const statuses: Readonly<Record<string, string>> = words.statuses
  const name = (stay: ListedStay) => <TextLink href={`/temporary-transfers/${stay.id}`}>{stay.name}</TextLink>
  const until = (stay: ListedStay) => {
    const deadline = props.deadlineOf(stay.until)
    return (
      <>
        {formatDate(stay.until, props.language)} {deadline.tone !== 'ok' && <Deadline {...deadline} />}
      </>
    )
  }
  return {
    title: list.title,
    back: { href: '/', text: words.desk },
    width: 'wide',
    children: (
      <>
        <PageTitle title={list.title} lead={list.lead} />
        <Section title={list.guests}>
          <DataTable
            caption={list.guests}
            hideCaption
            rows={props.guests}
            keyOf={({ id }) => id}
            empty={<EmptyState title={list.noGuests} />}
            columns={[
              { key: 'name', title: list.name, cell: name },
              { key: 'mark', title: list.mark, cell: ({ votes }) => !votes && <Tag>{list.guestMark}</Tag> },
              { key: 'from', title: list.from, cell: ({ originName }) => originName },
              { key: 'until', title: list.until, cell: until },
              { key: 'status', title: list.status, cell: ({ status }) => statuses[status] ?? status },
            ]}
          />
          <RuleBox citation={props.citation}>{words.rules.rights}</RuleBox>
        </Section>
        <Section title={list.away}>
          <DataTable
            caption={list.away}
            hideCaption
            rows={props.away}
            keyOf={({ id }) => id}
            empty={<EmptyState title={list.noAway} />}
            columns={[
              { key: 'name', title: list.name, cell: name },
              { key: 'at', title: list.at, cell: ({ hostName }) => hostName },
              { key: 'until', title: list.until, cell: until },
              { key: 'status', title: list.status, cell: ({ status }) => statuses[status] ?? status },
            ]}
          />
        </Section>
        {props.guests.length + props.away.length > 0 && (
          <ButtonRow>
            <ButtonLink href="/temporary-transfers/guests.xlsx" kind="quiet" download>
              {list.xlsx}
            </ButtonLink>
          </ButtonRow>
        )}
        {props.quorum && (
          <Section title={list.quorum}>
            <RuleBox citation={props.quorum.citation}>
              {list.quorumText(props.quorum.summoned, props.quorum.away)}
            </RuleBox>
          </Section>
        )}
      </>
    ),
  }
}

/** Both lists in one table for a file. */
export function sheetOfStays(
  { guests, away }: { readonly guests: readonly ListedStay[]; readonly away: readonly ListedStay[] },
  language: Language,
): Sheet {
  const list = GUEST_TEXTS[language]
  const statuses: Readonly<Record<string, string>> = STAY_TEXTS[language].statuses
  const heads = [list.number, list.name, list.group, list.from, list.at, list.until, list.status]
  const all = [
    ...guests.map((stay) => ({ ...stay, group: list.guests })),
    ...away.map((stay) => ({ ...stay, group: list.away })),
  ]
  const rows = all.map((stay, index): Cell[] => [
    index + 1,
    stay.name,
    stay.group,
    stay.originName,
    stay.hostName,
    formatDate(stay.until, language),
    statuses[stay.status] ?? stay.status,
  ])
  return { title: list.title, rows: [heads, ...rows] }
}
