/** A cell follows up: who has not paid and since when, reminding one or all, who has not declared. */
import { formatDate, formatMonth, type Language, type PlainDate } from '../../../kernel/plain-date.ts'
import { BulkTable } from '../../../ui/bulk.tsx'
import { ButtonLink, ButtonRow, PostButton, TextLink } from '../../../ui/button.tsx'
import type { Children } from '../../../ui/children.ts'
import type { Column } from '../../../ui/data-table.tsx'
import { KeyFigures } from '../../../ui/figures.tsx'
import { Banner, EmptyState, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { Tag } from '../../../ui/pill.tsx'
import { fill } from '../../../ui/words.ts'
import { dong } from '../amount-text.ts'
import { UNPAID_CITATION } from '../law/unpaid-months.ts'
import type { OwingMember } from './owing.ts'
import type { FollowingTexts } from './texts.ts'

export interface CellFollowProps {
  readonly texts: FollowingTexts
  readonly language: Language
  readonly csrf: string
  readonly organisation: string
  readonly tabs: Children
  readonly today: PlainDate
  readonly members: number
  readonly owing: readonly OwingMember[]
  /** why nothing is due of them yet, in words */
  readonly undeclared: readonly {
    readonly memberId: string
    readonly fullName: string
    readonly state: string
  }[]
  /** of the month on which time reminds; 0: never */
  readonly reminderDay: number
  readonly reminded: number | undefined
}

export function CellFollowPage(props: CellFollowProps) {
  const { texts, owing, members, undeclared, reminderDay } = props
  const owedVnd = owing.reduce((sum, each) => sum + each.owedVnd, 0)
  return (
    <>
      {props.reminded !== undefined && (
        <Banner kind="success" title={fill(texts.remindedCount, { count: props.reminded })} />
      )}
      <PageTitle title={texts.title} caption={props.organisation} lead={texts.cellLead} />
      {props.tabs}
      <KeyFigures
        figures={[
          { label: texts.members, value: String(members) },
          { label: texts.declared, value: `${members - undeclared.length}/${members}` },
          { label: texts.owing, value: String(owing.length) },
          { label: texts.owed, value: dong(owedVnd) },
        ]}
      />
      {owing.length === 0 ? (
        <EmptyState title={texts.nobodyOwes}>{texts.nobodyOwesAbout}</EmptyState>
      ) : (
        <Owing {...props} />
      )}
      {undeclared.length > 0 && <Undeclared {...props} />}
      <RuleBox citation={UNPAID_CITATION}>
        {texts.rule} {reminderDay === 0 ? texts.noReminder : fill(texts.reminderRule, { day: reminderDay })}
      </RuleBox>
    </>
  )
}

function Owing(props: CellFollowProps) {
  const { texts, owing, csrf } = props
  return (
    <Section title={texts.owingTitle}>
      <BulkTable
        caption={texts.owingTitle}
        hideCaption
        columns={columnsOf(props)}
        rows={owing}
        keyOf={(row) => row.memberId}
        nameOf={(row) => row.fullName}
        action="/fees/follow/remind"
        csrf={csrf}
        actions={[{ name: 'which', value: 'chosen', text: texts.remindChosen }]}
      />
      <PostButton action="/fees/follow/remind" csrf={csrf} kind="secondary" hidden={{ which: 'all' }}>
        {fill(texts.remindAll, { count: owing.length })}
      </PostButton>
      <ButtonRow>
        <ButtonLink href="/fees/follow.xlsx" kind="quiet" download>
          {texts.xlsx}
        </ButtonLink>
        <ButtonLink href="/fees/follow.csv" kind="quiet" download>
          {texts.csv}
        </ButtonLink>
      </ButtonRow>
    </Section>
  )
}

function columnsOf({ texts, language, today }: CellFollowProps): Column<OwingMember>[] {
  return [
    {
      key: 'name',
      title: texts.name,
      cell: (row) => (
        <>
          <TextLink href={`/fees/members/${row.memberId}`}>{row.fullName}</TextLink>
          {row.elsewhere && <span class="row-note">{row.guest ? texts.guest : texts.elsewhere}</span>}
        </>
      ),
    },
    { key: 'months', title: texts.months, numeric: true, cell: (row) => String(row.months.length) },
    { key: 'since', title: texts.since, cell: (row) => formatMonth(row.months[0]!, language) },
    { key: 'owed', title: texts.owed, numeric: true, cell: (row) => dong(row.owedVnd) },
    {
      key: 'reminded',
      title: texts.reminded,
      cell: ({ remindedOn }) =>
        remindedOn === today ? (
          <Tag tone="ok">{texts.today}</Tag>
        ) : remindedOn ? (
          formatDate(remindedOn, language)
        ) : (
          texts.notReminded
        ),
    },
  ]
}

function Undeclared({ texts, undeclared }: CellFollowProps) {
  return (
    <Section title={`${texts.undeclaredTitle} (${undeclared.length})`}>
      <p>{texts.undeclaredAbout}</p>
      <ul class="plain-list rows">
        {undeclared.map(({ memberId, fullName, state }) => (
          <li key={memberId} class="row">
            <TextLink href={`/fees/members/${memberId}`}>{fullName}</TextLink> <Tag tone="soon">{state}</Tag>
          </li>
        ))}
      </ul>
    </Section>
  )
}
