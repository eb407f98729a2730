/** One's own shares: the month to share out now, money that lies above, and what was shared out before. */
import {
  formatDate,
  formatMonth,
  formatWeekday,
  type Language,
  type PlainDate,
} from '../../../kernel/plain-date.ts'
import { Button, ButtonRow, PostButton, TextLink } from '../../../ui/button.tsx'
import { Card, NowCard } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { Form } from '../../../ui/form.tsx'
import { Paging, Tabs } from '../../../ui/navigation.tsx'
import { Banner, EmptyState, Expander, RefusalPanel } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { Tag, type DeadlineProps, type Tone } from '../../../ui/pill.tsx'
import { SummaryList } from '../../../ui/summary-list.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import type { RefusalWords } from '../../../web/web.ts'
import { dong } from '../amount-text.ts'
import { FeeTabs } from '../fee-tabs.tsx'
import { onTabs, type Waiting, type WaitingPage } from '../following/waiting.ts'
import type { Allocation } from '../law/allocation.ts'
import { standingOfRemittance, type RemittanceStanding } from '../law/remittance.ts'
import { shareRows, ShareRule, type ShareFigures } from './rule-part.tsx'
import type { Drawing, Remittance } from './remittances.ts'
import type { RemittingTexts } from './texts.ts'

/** The month to share out now. */
export interface NextMonth extends ShareFigures {
  readonly month: string
  readonly running: boolean
  readonly dueOn: PlainDate
  readonly allocation: Allocation
  /** absent where nothing goes up, or where the one above is not in this system */
  readonly superiorName: string | undefined
  readonly later: readonly string[]
}

export interface RemitPageProps {
  readonly texts: RemittingTexts
  readonly language: Language
  readonly organisation: string
  readonly today: PlainDate
  readonly csrf: string
  readonly commandId: string
  readonly done: string | undefined
  /** refused: no rule tells what is kept */
  readonly next: NextMonth | { readonly refused: RefusalWords; readonly month: string } | undefined
  readonly heldVnd: number
  /** to be confirmed by this organisation */
  readonly came: readonly Drawing[]
  readonly remittances: readonly Remittance[]
  readonly page: number
  readonly pages: number
  /** there is the other page too */
  readonly below: boolean
  readonly waiting: readonly Waiting[]
}

export const STANDING_TONES: Readonly<Record<RemittanceStanding, Tone>> = {
  made: 'soon',
  sent: 'soon',
  received: 'ok',
  kept: 'ok',
  returned: 'neutral',
}

/** Up, and from below: the two pages of remitting. */
export function RemitTabs(props: {
  readonly texts: RemittingTexts
  readonly current: 'own' | 'below'
  readonly waiting: readonly Waiting[]
}) {
  const { texts, current, waiting } = props
  const countOf = (page: WaitingPage) => waiting.find((each) => each.page === page)?.count
  return (
    <Tabs
      label={texts.pages.label}
      items={[
        { href: '/fees/remit', text: texts.pages.own, current: current === 'own', count: countOf('remit') },
        {
          href: '/fees/remit/below',
          text: texts.pages.below,
          current: current === 'below',
          count: countOf('below'),
        },
      ]}
    />
  )
}

export function dueInWords(
  dueOn: PlainDate,
  today: PlainDate,
  texts: RemittingTexts,
  language: Language,
): DeadlineProps {
  const day = formatWeekday(dueOn, language)
  return today > dueOn
    ? { tone: 'late', text: texts.now.late(day) }
    : { tone: 'ok', text: texts.now.until(day) }
}

export function RemitPage(props: RemitPageProps) {
  const { texts, language } = props
  return (
    <>
      {props.done && <Banner kind="success" title={props.done} />}
      <PageTitle title={texts.title} caption={props.organisation} lead={texts.lead} />
      <FeeTabs language={language} current="remit" counts={onTabs(props.waiting)} />
      {props.below && <RemitTabs texts={texts} current="own" waiting={props.waiting} />}
      <Now {...props} />
      <Claim {...props} />
      <Before {...props} />
    </>
  )
}

function Now(props: RemitPageProps) {
  const { texts, language, next, today, csrf, commandId } = props
  if (!next) return <EmptyState title={texts.now.noneTitle}>{texts.now.none}</EmptyState>
  const month = formatMonth(next.month, language)
  if ('refused' in next)
    return (
      <RefusalPanel
        title={next.refused.title}
        what={`${texts.now.title(month)}: ${next.refused.what}`}
        why={next.refused.why}
        mend={next.refused.mend}
      />
    )
  const rows = shareRows(next, texts)
  const to = next.allocation.keepPercent === 100 ? texts.top : (next.superiorName ?? texts.outside)
  return (
    <NowCard
      title={texts.now.title(month)}
      deadline={next.remitVnd > 0 ? dueInWords(next.dueOn, today, texts, language) : undefined}
      actions={
        <PostButton action="/fees/remit" csrf={csrf} commandId={commandId} hidden={{ month: next.month }}>
          {texts.now.do(month)}
        </PostButton>
      }
      rule={<ShareRule texts={texts} allocation={next.allocation} />}
    >
      <p>{texts.now.about}</p>
      <SummaryList rows={[...rows, { term: texts.to, value: to }]} />
      {next.heldVnd > 0 && <p class="quiet">{texts.heldAbout}</p>}
      {next.running && <p>{texts.now.running}</p>}
      {next.later.length > 0 && (
        <p class="quiet">
          {texts.now.more(next.later.map((each) => formatMonth(each, language)).join(', '))}
        </p>
      )}
      <p class="quiet">{texts.now.untilSetting}</p>
    </NowCard>
  )
}

/** Money of the organisation on the account above, and what was paid down and waits to be confirmed. */
function Claim(props: RemitPageProps) {
  const { texts, language, heldVnd, came, csrf } = props
  if (heldVnd === 0 && came.length === 0) return null
  return (
    <Section title={texts.claim.title}>
      {heldVnd > 0 && <p>{texts.claim.amount(dong(heldVnd))}</p>}
      {came.map((each) => (
        <Card key={each.id} level={3} title={texts.claim.came(dong(each.amountVnd), each.holderName)}>
          <p>
            {texts.claim.on(formatDate(each.paidOn, language), texts.hows[each.how])}
            {each.reference && ` · ${each.reference}`}
          </p>
          <ButtonRow>
            <PostButton action={`/fees/remit/drawings/${each.id}/confirm`} csrf={csrf}>
              {texts.claim.confirm}
            </PostButton>
          </ButtonRow>
          <Expander summary={texts.claim.notCome}>
            <Form action={`/fees/remit/drawings/${each.id}/return`} csrf={csrf}>
              <TextField
                name="reason"
                id={`reason-${each.id}`}
                label={texts.claim.reason}
                hint={texts.claim.reasonHint}
              />
              <Button kind="danger">{texts.claim.returnDo}</Button>
            </Form>
          </Expander>
        </Card>
      ))}
    </Section>
  )
}

/** Where it stands; what goes out of this system is received by nobody in it. */
export function StandingTag(props: { readonly texts: RemittingTexts; readonly it: Remittance }) {
  const { texts, it } = props
  const standing = standingOfRemittance(it)
  if (standing === 'sent' && it.superiorId === null) return <Tag tone="ok">{texts.sentOutside}</Tag>
  return <Tag tone={STANDING_TONES[standing]}>{texts.standings[standing]}</Tag>
}

/** 'Tháng 6/2026, lần 2'. */
export function monthOfRemittance(it: Remittance, texts: RemittingTexts, language: Language): string {
  const month = formatMonth(it.month, language)
  return it.number === 0 ? month : `${month}, ${texts.list.supplement(it.number)}`
}

function Before({ texts, language, remittances, page, pages }: RemitPageProps) {
  return (
    <Section title={texts.list.title}>
      <DataTable
        caption={texts.list.title}
        hideCaption
        columns={[
          {
            key: 'month',
            title: texts.list.month,
            cell: (it: Remittance) => (
              <TextLink href={`/fees/remit/${it.id}`}>{monthOfRemittance(it, texts, language)}</TextLink>
            ),
          },
          { key: 'base', title: texts.base, numeric: true, cell: (it) => dong(it.baseVnd) },
          { key: 'keep', title: texts.keep, numeric: true, cell: (it) => dong(it.keepVnd) },
          { key: 'remit', title: texts.remit, numeric: true, cell: (it) => dong(it.remitVnd) },
          {
            key: 'standing',
            title: texts.list.standing,
            cell: (it) => <StandingTag texts={texts} it={it} />,
          },
        ]}
        rows={remittances}
        keyOf={(it) => it.id}
        empty={<EmptyState title={texts.list.none}>{texts.list.noneAbout}</EmptyState>}
      />
      <Paging page={page} pages={pages} hrefOf={(number) => `/fees/remit?page=${number}`} />
    </Section>
  )
}
