/** The dossier's page: what to do now, why, the way so far and to come; for every reader and at every step. */
import { formatDate, formatMonth, type Language } from '../../kernel/plain-date.ts'
import { numberVi } from '../../kernel/vietnamese-numbers.ts'
import { ButtonLink, ButtonRow, TextLink } from '../../ui/button.tsx'
import { Card, NowCard } from '../../ui/card.tsx'
import type { Children } from '../../ui/children.ts'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { Banner, Expander, Inset, RefusalPanel, RuleBox } from '../../ui/notice.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { Tag } from '../../ui/pill.tsx'
import { Progress } from '../../ui/progress.tsx'
import { SummaryList, type SummaryRow } from '../../ui/summary-list.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import type { Page } from '../../web/web.ts'
import type { TransferView } from './contract.ts'
import { ActionButton, addressOf, CommandCard, FreshSignIn } from './dossier-forms.tsx'
import { DossierSide } from './dossier-side.tsx'
import { WaitingNote } from '../../web/queue-note.tsx'
import { isShown, sortActions, type DossierPage, type ShownAction, type SortedActions } from './page-data.ts'
import { TRANSFER_TEXTS, type StatusName, type TransferWords } from './texts.ts'

/** Seconds after which a dossier being sealed is looked at again. */
const SEALING_RELOAD = 3

/** The page's title, its two columns, and whether it loads itself again. */
export function dossierPage(page: DossierPage): Page {
  const words = TRANSFER_TEXTS[page.language]
  const { view } = page
  const title = view.kind === 'internal' ? words.internalTitle : words.title
  return {
    title: page.refused && !page.refused.stale ? `${page.refused.title} – ${title}` : title,
    back: { href: '/', text: view.member.mine ? words.back : words.desk },
    aside: <DossierSide view={view} language={page.language} />,
    keepOffline: view.member.mine,
    ...(view.status === 'sealing' ? { reloadAfter: SEALING_RELOAD } : {}),
    children: <Main page={page} words={words} title={title} />,
  }
}

interface MainProps {
  readonly page: DossierPage
  readonly words: TransferWords
}

function Main({ page, words, title }: MainProps & { readonly title: string }) {
  const sorted = sortActions(page.view, page.actions)
  const doing = page.actions.find((action) => action.command === page.doing && !action.refused)
  return (
    <>
      {page.done && !page.refused && (
        <Banner kind="success" title={`${words.commands[page.done].title}: ${words.done.toLowerCase()}`} />
      )}
      <WaitingNote waiting={page.waiting} justQueued={page.justQueued} language={page.language} />
      <Refusal page={page} words={words} />
      <PageTitle title={title} meta={<Meta page={page} words={words} />} />
      <Now page={page} words={words} sorted={sorted} quiet={doing !== undefined} />
      {page.view.status === 'sealing' && (
        <Progress title={words.statuses.sealing} done={0} pollUrl={`/transfers/${page.view.id}/sealing`} />
      )}
      {doing && <CommandCard page={page} action={doing} />}
      <Card title={words.byTheWay}>
        <Timeline steps={page.steps} />
        {page.outages.map((outage) => (
          <p key={outage} class="quiet">
            {outage}
          </p>
        ))}
      </Card>
      <RequestCard view={page.view} language={page.language} words={words} acting={page.view.awaited.mine} />
      <Rarer page={page} words={words} sorted={sorted} />
    </>
  )
}

function Meta({ page, words }: MainProps) {
  const { view, deadline } = page
  const number = view.number ? `${words.dossier} ${view.number}` : words.noNumber
  return (
    <>
      <span>{number}</span>{' '}
      {deadline && <Tag tone={deadline.tone}>{deadlineWords(view, deadline.text, words)}</Tag>}
    </>
  )
}

/** The reader's turn is said first; a block has no deadline of its own, only a day on which it is looked at again. */
function deadlineWords(view: TransferView, deadline: string, words: TransferWords): string {
  if (view.status === 'blocked') return words.reviewed(deadline)
  return view.awaited.mine ? `${words.yourTurn}. ${deadline}` : deadline
}

/** What was refused, why, how to mend it; and what happened meanwhile if somebody was faster. */
function Refusal({ page, words }: MainProps) {
  const { refused } = page
  if (!refused) return null
  if (refused.stale && isShown(refused.command)) return <FreshSignIn page={page} command={refused.command} />
  return (
    <>
      <ErrorSummary errors={refused.errors} />
      {(refused.errors.length === 0 || refused.citation) && (
        <RefusalPanel
          title={refused.title}
          what={refused.what}
          why={refused.why}
          citation={refused.citation}
          mend={
            <>
              <p>{refused.mend}</p>
              {Object.keys(page.written[refused.command] ?? {}).length > 0 && <p>{words.kept}</p>}
            </>
          }
        />
      )}
      {refused.since.length > 0 && (
        <Card title={words.since}>
          <Timeline steps={refused.since} />
        </Card>
      )}
    </>
  )
}

function Now(props: MainProps & { readonly sorted: SortedActions; readonly quiet: boolean }) {
  const { page, words, sorted } = props
  const { view } = page
  const acting = view.awaited.mine || sorted.main !== undefined
  const heading = view.awaited.who === 'nobody' ? words.nowDone : acting ? words.nowMine : words.nowOthers
  return (
    <NowCard
      title={heading}
      actions={props.quiet ? undefined : <NowActions page={page} words={words} sorted={sorted} />}
      rule={<Rule page={page} words={words} />}
    >
      {!acting && view.awaited.organisation && (
        <p>
          {words.at}: <b>{view.awaited.organisation.name}</b>
        </p>
      )}
      <p>{nowSentence(view, acting, words)}</p>
      <NowFacts page={page} words={words} />
    </NowCard>
  )
}

function nowSentence(view: TransferView, acting: boolean, words: TransferWords): string {
  const { mine, others } = words.now[view.status as StatusName]
  if (view.awaited.who === 'nobody' && view.member.mine && mine !== '') return mine
  if (view.status === 'in-transit' && acting && !view.member.mine) return words.arriving
  return acting && mine !== '' ? mine : others
}

/** What the reader must know to act: why it came back, what broke, until when to present. */
function NowFacts({ page, words }: MainProps): Children {
  const { view } = page
  const told = REASON_TOLD.has(view.status as StatusName) ? view.lastReason : null
  return (
    <>
      {told && (
        <Inset>
          <b>{`${words.lastReason}: `}</b>
          {told}
        </Inset>
      )}
      {view.status === 'technically-rejected' && (
        <ul class="govuk-list govuk-list--bullet">
          {view.technicalDefects.map((defect) => (
            <li key={defect}>{words.defects[defect] ?? words.defects.other}</li>
          ))}
        </ul>
      )}
      {view.sealFailure && (
        <p>
          <b>{`${words.sealFailure}: `}</b>
          {words.sealFailures[view.sealFailure] ?? words.sealFailures.other}
        </p>
      )}
      {view.status === 'in-transit' && page.presentBy && (
        <p>
          {view.presentationOverdue ? (
            words.overdueNote(page.presentBy)
          ) : (
            <b>{words.presentBy(page.presentBy)}</b>
          )}
        </p>
      )}
      {view.status === 'blocked' && <p>{words.blockedHelp}</p>}
      {view.awaited.insteadOf && <p>{words.insteadOf(view.awaited.insteadOf.name)}</p>}
    </>
  )
}

const REASON_TOLD: ReadonlySet<StatusName> = new Set([
  'returned',
  'papers-lost',
  'destination-returned',
  'withdrawn',
  'refused',
  'closed-unanswered',
  'reverted',
])

/** The reader's own next pages, then the main action and the other one. */
function NowActions({ page, words, sorted }: MainProps & { readonly sorted: SortedActions }): Children {
  const { view } = page
  const own = view.member.mine ? OWN_PAGES[view.status as StatusName] : undefined
  const buttons = [
    own && (
      <ButtonLink key="own" href={`/transfers/${view.id}${own.path}`}>
        {words[own.words]}
      </ButtonLink>
    ),
    page.holdsHref && view.status === 'blocked' && (
      <ButtonLink key="holds" href={page.holdsHref}>
        {words.holdPage}
      </ButtonLink>
    ),
    sorted.main && <ActionButton key="main" page={page} action={sorted.main} />,
    sorted.other && <ActionButton key="other" page={page} action={sorted.other} kind="secondary" />,
  ].filter(Boolean)
  return buttons.length === 0 ? null : <ButtonRow>{buttons}</ButtonRow>
}

/** Where the member goes on. */
const OWN_PAGES: Readonly<
  Partial<Record<StatusName, { path: string; words: 'goOn' | 'correct' | 'answerSupplement' }>>
> = {
  draft: { path: '/questions', words: 'goOn' },
  'technically-rejected': { path: '/questions/check', words: 'correct' },
  returned: { path: '/questions/check', words: 'correct' },
  'supplement-requested': { path: '/supplement', words: 'answerSupplement' },
  'papers-lost': { path: '/supplement', words: 'answerSupplement' },
}

/** The regulation behind this step; where none is published, that it is the unit's own setting. */
function Rule({ page, words }: MainProps): Children {
  const rule = RULES[page.view.status as StatusName]
  if (page.view.awaited.who === 'nobody') return null
  if (!rule)
    return page.deadline ? <RuleBox setting={words.unitSetting}>{page.deadline.text}.</RuleBox> : null
  return <RuleBox citation={rule.citation(words)}>{words.rules[rule.says]}</RuleBox>
}

interface StepRule {
  readonly says: keyof TransferWords['rules']
  readonly citation: (words: TransferWords) => string
}
const cited = (says: StepRule['says'], citation: string): StepRule => ({ says, citation: () => citation })

const RULES: Readonly<Partial<Record<StatusName, StepRule>>> = {
  draft: cited('start', '294-QĐ/TW, mục 6.3.1a (208-QĐ/TW kế thừa)'),
  received: cited('intake', '338-QĐ/TW, Điều 14'),
  'supplement-requested': cited('intake', '338-QĐ/TW, Điều 14'),
  blocked: cited('block', '294-QĐ/TW, mục 6.3.1 (khoản cuối)'),
  'cell-review': cited('review', '01-HD/TW (2021), mục 10'),
  'committee-review': cited('refer', '294-QĐ/TW, mục 6.3.1b (208-QĐ/TW kế thừa)'),
  referred: cited('custody', '4192-QĐ/BTCTW'),
  'in-transit': cited('present', '294-QĐ/TW, mục 6.3.1c'),
  'papers-lost': cited('lost', '01-HD/TW (2021)'),
  'at-destination': cited('admit', '4192-QĐ/BTCTW'),
  'cell-admission': cited('admit', '4192-QĐ/BTCTW'),
}

/** What the member says, and what the cell and the committee said of it. */
function RequestCard(props: {
  readonly view: TransferView
  readonly language: Language
  readonly words: TransferWords
  readonly acting: boolean
}) {
  const { view, language, words } = props
  const rows = requestRows(view, language, words)
  if (rows.length === 0 || view.status === 'draft') return null
  if (props.acting && CHECKING.has(view.status as StatusName)) {
    return (
      <Card title={words.request.title}>
        <SummaryList rows={rows} />
      </Card>
    )
  }
  return (
    <Expander summary={words.request.title}>
      <SummaryList rows={rows} />
    </Expander>
  )
}

/** Steps at which what the member says is checked: it lies open. */
const CHECKING: ReadonlySet<StatusName> = new Set(['received', 'cell-review', 'committee-review'])

function requestRows(view: TransferView, language: Language, words: TransferWords): SummaryRow[] {
  const { answers, cellReview } = view
  const { request } = words
  const day = (date: string | undefined): string => (date ? formatDate(date, language) : '')
  const decision = [
    answers.decisionNumber,
    day(answers.decisionIssuedOn),
    answers.decisionIssuer,
    answers.decisionEffectiveOn ? `${request.effective} ${day(answers.decisionEffectiveOn)}` : '',
  ]
  const rows: [string, string | null | undefined][] = [
    [
      request.reason,
      [answers.reason && words.reasons[answers.reason], answers.reasonText].filter(Boolean).join('. '),
    ],
    [request.decision, decision.filter(Boolean).join(', ')],
    [request.startBy, view.late ? day(view.startBy ?? undefined) : ''],
    [request.late, answers.lateExplanation],
    [
      request.review,
      answers.reviewFrom && answers.reviewTo
        ? request.period(day(answers.reviewFrom), day(answers.reviewTo))
        : '',
    ],
    [request.strengths, answers.strengths],
    [request.weaknesses, answers.weaknesses],
    [request.contact, [answers.phone, answers.address].filter(Boolean).join(', ')],
    [request.lastDay, day(answers.lastDayOn)],
    [
      request.cellReview,
      cellReview &&
        [
          cellReview.comment,
          request.met(day(cellReview.meetingOn)),
          request.fees(formatMonth(cellReview.feesPaidThrough, language)),
          ...(cellReview.feesOwed
            ? [
                request.feesOwed(
                  formatMonth(cellReview.feesOwed.since, language),
                  `${numberVi(cellReview.feesOwed.amountVnd)} đ`,
                ),
              ]
            : []),
          ...(cellReview.feesReason ? [request.feesReason(cellReview.feesReason)] : []),
        ].join('\n'),
    ],
    [request.committeeComment, view.committeeComment],
  ]
  return rows.flatMap(([term, value]) => (value ? [{ term, value: <Lines text={value} /> }] : []))
}

/** Text as it was written, its line breaks kept. */
function Lines({ text }: { readonly text: string }): Children {
  if (!text.includes('\n')) return text
  return (
    <>
      {text.split(/\n+/).map((line, index) => (
        <p key={index}>{line}</p>
      ))}
    </>
  )
}

/** What is seldom done, and what cannot be done now with the reason. */
function Rarer({ page, words, sorted }: MainProps & { readonly sorted: SortedActions }) {
  return (
    <>
      {sorted.rarer.length > 0 && (
        <Expander summary={words.moreActions}>
          <ul class="plain-list rows">
            {sorted.rarer.map((action) => (
              <li key={action.command} class="row">
                <p class="row-title">
                  <TextLink href={addressOf(page, action.command)}>
                    {words.commands[action.command].title}
                  </TextLink>
                </p>
                <p class="quiet">{words.commands[action.command].about}</p>
              </li>
            ))}
          </ul>
        </Expander>
      )}
      {sorted.refused.length > 0 && (
        <Expander
          summary={words.cannotNow}
          open={sorted.main === undefined && page.view.awaited.mine && !page.view.member.mine}
        >
          {grouped(sorted.refused).map((group) => (
            <div key={group.commands} class="row">
              <p class="row-title" aria-disabled="true">
                {group.commands}
              </p>
              <p class="quiet">
                {`${words.why}: ${group.refused.what} `}
                {group.refused.citation && <cite class="rule-citation">{group.refused.citation}</cite>}
              </p>
            </div>
          ))}
        </Expander>
      )}
    </>
  )

  /** One reason is said once, for all it switches off. */
  function grouped(actions: readonly ShownAction[]) {
    const groups = new Map<string, { names: string[]; refused: NonNullable<ShownAction['refused']> }>()
    for (const { command, refused } of actions) {
      if (!refused) continue
      const group = groups.get(refused.what) ?? { names: [], refused }
      group.names.push(words.commands[command].title)
      groups.set(refused.what, group)
    }
    return [...groups.values()].map(({ names, refused }) => ({ commands: names.join(', '), refused }))
  }
}
