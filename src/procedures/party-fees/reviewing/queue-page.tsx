/** Money that fitted nothing, the oldest first: what the bank says, why it waits, whose turn it is, since when. */
import { formatDate, type Language, type PlainDate } from '../../../kernel/plain-date.ts'
import { ButtonLink, ButtonRow, TextLink } from '../../../ui/button.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { Paging } from '../../../ui/navigation.tsx'
import { Banner, EmptyState, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle } from '../../../ui/page-title.tsx'
import { Tag } from '../../../ui/pill.tsx'
import { fill } from '../../../ui/words.ts'
import { dong } from '../amount-text.ts'
import { FeeTabs, type TabCounts } from '../fee-tabs.tsx'
import type { WaitingLine } from './lines.ts'
import { REVIEWING_TEXTS, type ReviewingTexts } from './texts.ts'

export interface QueuePageProps {
  readonly language: Language
  readonly organisation: string
  readonly lines: readonly WaitingLine[]
  /** on all pages */
  readonly count: number
  readonly page: number
  readonly pages: number
  readonly tabs: TabCounts
  readonly workingDays: number
  readonly aboveWorkingDays: number
  readonly isLate: (since: PlainDate) => boolean
  readonly done: string | undefined
}

/** How many wait, and how many of them for the reader: the tab counts those only. */
export function waitsWords(texts: ReviewingTexts, count: number, mine = 0): string {
  const words = mine === 0 ? texts.waitsOthers : mine < count ? texts.waitsPart : texts.waitsTitle
  return fill(words, { count, mine })
}

export function QueuePage(props: QueuePageProps) {
  const { language, organisation, lines, isLate, done } = props
  const texts = REVIEWING_TEXTS[language]
  return (
    <>
      {done && <Banner kind="success" title={done} />}
      <PageTitle title={texts.queueTitle} caption={organisation} lead={texts.queueLead} />
      <FeeTabs language={language} current="bank" counts={props.tabs} />
      {props.count > 0 && <p>{waitsWords(texts, props.count, props.tabs.bank)}.</p>}
      <DataTable
        caption={texts.queueTitle}
        hideCaption
        columns={[
          {
            key: 'amount',
            title: texts.amount,
            numeric: true,
            cell: (line: WaitingLine) => (
              <>
                {line.direction === 'in' ? dong(line.amountVnd) : `−${dong(line.amountVnd)}`}
                <span class="row-note">
                  {formatDate(line.bookedOn, language)}
                  {line.restVnd > 0 && line.restVnd < line.amountVnd
                    ? `, ${fill(texts.part, { rest: dong(line.restVnd) })}`
                    : ''}
                </span>
              </>
            ),
          },
          { key: 'content', title: texts.content, cell: ({ content }) => content },
          { key: 'why', title: texts.why, cell: ({ outcome }) => texts.outcomes[outcome] },
          {
            key: 'turn',
            title: texts.turn,
            cell: ({ awaited, mine }) => (
              <>
                {texts.awaited[awaited]} {mine && <Tag>{texts.mine}</Tag>}
              </>
            ),
          },
          {
            key: 'since',
            title: texts.since,
            cell: ({ toldOn }) => (
              <>
                {formatDate(toldOn, language)} {isLate(toldOn) && <Tag tone="late">{texts.late}</Tag>}
              </>
            ),
          },
          {
            key: 'act',
            title: texts.open,
            acts: true,
            cell: (line) => (
              <TextLink href={`/fees/bank/lines/${line.id}`}>
                {texts.open}
                <span class="govuk-visually-hidden">
                  : {dong(line.amountVnd)}, {formatDate(line.bookedOn, language)}
                </span>
              </TextLink>
            ),
          },
        ]}
        rows={lines}
        keyOf={({ id }) => id}
        empty={
          <EmptyState
            title={texts.queueEmpty}
            action={
              <ButtonRow>
                <ButtonLink href="/fees/bank" kind="secondary">
                  {texts.queueEmptyAct}
                </ButtonLink>
              </ButtonRow>
            }
          >
            <p>{texts.queueEmptyAbout}</p>
          </EmptyState>
        }
      />
      <Paging page={props.page} pages={props.pages} hrefOf={(page) => `/fees/bank/review?page=${page}`} />
      <RuleBox setting={texts.queueSetting}>
        {fill(texts.queueRule, { days: props.workingDays, above: props.aboveWorkingDays })}
      </RuleBox>
    </>
  )
}
