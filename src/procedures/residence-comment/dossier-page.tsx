/** The page of a comment or a referral: what it is, what now, whose turn, until when, on what rule; one clear next step. */
import { formatDate, formatInstant, type Language } from '../../kernel/plain-date.ts'
import type { Children } from '../../ui/children.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Card, NowCard } from '../../ui/card.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { Inset, RefusalPanel, RuleBox } from '../../ui/notice.tsx'
import type { DeadlineProps } from '../../ui/pill.tsx'
import { Tag } from '../../ui/pill.tsx'
import { SummaryList, type SummaryRow } from '../../ui/summary-list.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import type { Page, RefusalWords } from '../../web/web.ts'
import { ActFormPart, type Choosable } from './act-forms.tsx'
import type { CommentView, DossierView, ReferralView } from './contract.ts'
import { criteriaOf, formOf } from './law/form.ts'
import { CommentPapers, ReferralPapers } from './papers/links.tsx'
import { isShown, RESIDENCE_TEXTS, type ResidenceWords, type ShownCommand } from './texts.ts'

export interface ShownPage {
  readonly language: Language
  readonly csrf: string
  readonly at: string
  readonly commandIdOf: (command: string) => string
  readonly deadline?: DeadlineProps | undefined
  readonly cells: readonly Choosable[]
  readonly communes: readonly Choosable[]
  /** where the workplace asks for one in place of what is filed */
  readonly correctHref?: string | undefined
  readonly refused?:
    | {
        readonly command: string
        readonly words: RefusalWords
        /** only the sign-in is too old: where the reader confirms and comes back */
        readonly confirmHref?: string | undefined
        readonly citation?: string | undefined
        readonly entered: Readonly<Record<string, unknown>>
      }
    | undefined
}

/** What leads at each step. */
const LEADING: Readonly<Record<string, readonly ShownCommand[]>> = {
  requested: ['route'],
  'with-cell': ['save-draft'],
  drafted: ['sign'],
  'cell-signed': ['confirm'],
  'sealing-failed': ['retry-seal'],
  'returned-to-workplace': ['file'],
  'sent-back': ['ask-again', 'correct'],
  referred: ['accept'],
  'needs-cell': ['assign-cell'],
}

export function commentPage(view: CommentView, page: ShownPage): Page {
  const words = RESIDENCE_TEXTS[page.language]
  const { fields } = words
  const day = (date: string | null) => (date ? formatDate(date, page.language) : null)
  const rows = rowsOf(view, words, [
    [fields.year, String(view.year)],
    [fields.purpose, words.purposes[view.purpose]],
    [fields.neededFor, view.reason],
    [fields.returnBy, day(view.returnBy)],
    [
      fields.corrects,
      view.corrects && (
        <a href={`${page.at.slice(0, page.at.lastIndexOf('/'))}/${view.corrects}`}>
          {view.corrects.slice(0, 8)}
        </a>
      ),
    ],
    [fields.exempt, view.exempt ? words.commands['set-exemption'] : null],
    [fields.ground, view.lastGround && words.grounds[view.lastGround as keyof typeof words.grounds]],
  ])
  return {
    title: words.title,
    back: { href: '/residence-comments', text: words.list.title },
    ...(view.status === 'sealing' ? { reloadAfter: 3 } : {}),
    children: (
      <Main
        title={words.title}
        view={view}
        page={page}
        words={words}
        rows={rows}
        status={words.statuses[view.status as keyof typeof words.statuses]}
        rule={words.rule}
        titleOf={(type) => words.events[type as keyof typeof words.events] ?? type}
        comment={view}
        papers={<CommentPapers view={view} language={page.language} />}
      />
    ),
  }
}

export function referralPage(view: ReferralView, page: ShownPage): Page {
  const words = RESIDENCE_TEXTS[page.language]
  const { fields } = words
  const day = (date: string | null) => (date ? formatDate(date, page.language) : null)
  const rows = rowsOf(view, words, [
    [fields.address, view.address],
    [fields.exempt, view.exempt && words.exemptions[view.exempt as keyof typeof words.exemptions]],
    [
      fields.unreferred,
      view.unreferred && words.unreferred[view.unreferred as keyof typeof words.unreferred],
    ],
    [fields.accepted, day(view.acceptedOn)],
    [fields.closed, day(view.closedOn)],
  ])
  return {
    title: words.referralTitle,
    back: { href: '/residence-referrals', text: words.referral.title },
    children: (
      <Main
        title={words.referralTitle}
        view={view}
        page={page}
        words={words}
        rows={rows}
        status={words.referralStatuses[view.status as keyof typeof words.referralStatuses]}
        rule={words.referralRule}
        titleOf={(type) => words.referralEvents[type as keyof typeof words.referralEvents] ?? type}
        papers={<ReferralPapers view={view} language={page.language} />}
      />
    ),
  }
}

function rowsOf(
  view: DossierView,
  { fields, replaced }: ResidenceWords,
  more: readonly (readonly [string, SummaryRow['value'] | null])[],
): SummaryRow[] {
  const all: (readonly [string, SummaryRow['value'] | null])[] = [
    [fields.member, view.member.name],
    [fields.workplace, view.workplace.name],
    [fields.commune, view.commune?.name ?? null],
    [fields.cell, view.cell?.name ?? null],
    ...more,
    [fields.lastReason, view.lastReason === 'replaced' ? replaced : view.lastReason],
  ]
  return all.flatMap(([term, value]) => (value === null || value === '' ? [] : [{ term, value }]))
}

interface MainProps {
  readonly title: string
  readonly view: DossierView
  readonly page: ShownPage
  readonly words: ResidenceWords
  readonly rows: readonly SummaryRow[]
  readonly status: string
  readonly rule: string
  readonly titleOf: (type: string) => string
  readonly comment?: CommentView
  readonly papers: Children
}

function Main({ title, view, page, words, rows, status, rule, titleOf, comment, papers }: MainProps) {
  const able = view.actions.flatMap(({ command, refusal }) => (!refusal && isShown(command) ? [command] : []))
  const leading = able.find((command) => LEADING[view.status]?.includes(command))
  const form = (command: ShownCommand, leads: boolean) => (
    <ActFormPart
      key={command}
      command={command}
      at={page.at}
      language={page.language}
      csrf={page.csrf}
      commandId={page.commandIdOf(command)}
      version={view.version}
      cells={page.cells}
      communes={page.communes}
      view={comment}
      leads={leads}
      entered={page.refused?.command === command ? page.refused.entered : undefined}
    />
  )
  const { refused } = page
  return (
    <>
      {refused && (
        <RefusalPanel
          title={refused.words.title}
          what={refused.words.what}
          why={refused.words.why}
          citation={refused.citation}
          mend={refused.words.mend}
        />
      )}
      {refused?.confirmHref && <ButtonLink href={refused.confirmHref}>{words.confirmAgain}</ButtonLink>}
      <PageTitle
        title={title}
        meta={page.deadline && <Tag tone={page.deadline.tone}>{page.deadline.text}</Tag>}
      />
      <NowCard
        title={view.awaited.who === 'nobody' ? words.over : view.awaited.mine ? words.now : status}
        actions={leading && form(leading, true)}
        rule={<RuleBox citation={words.citation}>{rule}</RuleBox>}
      >
        <p>{sentenceOf(view, status, words)}</p>
        {comment?.communeActs && <p>{words.communeActs}</p>}
        {comment?.sealFailure && (
          <p>
            <b>{`${words.sealFailure}: `}</b>
            {words.sealFailures[comment.sealFailure] ?? words.sealFailures.other}
          </p>
        )}
      </NowCard>
      <Card>
        <SummaryList rows={rows} />
      </Card>
      {comment && <Content view={comment} words={words} language={page.language} />}
      {papers}
      {page.correctHref && (
        <ButtonLink href={page.correctHref} kind="secondary">
          {words.askInPlace}
        </ButtonLink>
      )}
      {able.filter((command) => command !== leading).map((command) => form(command, false))}
      <Card title={words.way}>
        <Timeline
          steps={view.timeline.map((event) => ({
            standing: 'done' as const,
            title: titleOf(event.type),
            when: formatInstant(new Date(event.at), page.language),
            who: [event.who, event.organisation].filter(Boolean).join(', ') || undefined,
          }))}
        />
      </Card>
    </>
  )
}

function sentenceOf(view: DossierView, status: string, words: ResidenceWords): string {
  if (view.awaited.who === 'nobody') return status
  if (view.awaited.who === 'system') return words.system
  if (view.awaited.mine) return status
  return `${status}. ${words.waits.replace('{name}', view.awaited.organisation?.name ?? '')}`
}

/** What the comment says, for those who may read it. */
function Content({
  view,
  words,
  language,
}: {
  view: CommentView
  words: ResidenceWords
  language: Language
}) {
  const { draft } = view
  if (!draft) return <Inset>{words.hidden}</Inset>
  const criteria = criteriaOf(formOf(view.form), view.exempt)
  const ticked = criteria.flatMap(({ code, text, scale }) => {
    const tick = scale.find((each) => each.code === draft.ticks[code])
    return tick ? [{ term: text[language], value: tick.text[language] }] : []
  })
  if (ticked.length === 0) return null
  return (
    <Card title={formOf(view.form).title[language]}>
      <SummaryList
        rows={[
          ...ticked,
          ...(draft.freeText ? [{ term: words.fields.freeText, value: draft.freeText }] : []),
          ...(draft.frontBoardMetOn
            ? [{ term: words.fields.frontBoardMetOn, value: formatDate(draft.frontBoardMetOn, language) }]
            : []),
        ]}
      />
    </Card>
  )
}
