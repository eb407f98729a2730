/** The page of a comment or a referral for every reader: what now, whose turn, until when, on what rule; the acts; the way. */
import { formatDate, formatInstant, type Language } from '../../kernel/plain-date.ts'
import { ButtonLink, ButtonRow, TextLink } from '../../ui/button.tsx'
import { Card, NowCard } from '../../ui/card.tsx'
import type { Children } from '../../ui/children.ts'
import { Banner, Expander, Inset, RuleBox } from '../../ui/notice.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { Tag, type DeadlineProps } from '../../ui/pill.tsx'
import { SummaryList, type SummaryRow } from '../../ui/summary-list.tsx'
import { Timeline, type TimelineStep } from '../../ui/timeline.tsx'
import { WaitingNote } from '../../web/queue-note.tsx'
import type { Queueing, WaitingHere } from '../../web/queueing.ts'
import type { Page } from '../../web/web.ts'
import { ActFormPart, type Choosable } from './act-forms.tsx'
import type { CommentView, DossierView, ReferralView } from './contract.ts'
import { DOSSIER_TEXTS } from './dossier-texts.ts'
import { criteriaOf, formOf } from './law/form.ts'
import { SITTING } from './names.ts'
import { CommentPapers, ReferralPapers } from './papers/links.tsx'
import { RefusedNote } from './refused-note.tsx'
import type { RefusedForm } from './refused.ts'
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
  /** what this reader could ask were it not for a rule */
  readonly cannot: readonly {
    readonly command: ShownCommand
    readonly what: string
    readonly citation: string | null
  }[]
  readonly queueing?: Queueing | undefined
  /** the reader's own act that waits on this dossier, and whether it was queued just now */
  readonly waiting?: WaitingHere | undefined
  readonly justQueued: boolean
  readonly mustQueue: (command: string) => boolean
  /** where one confirms who one is before an act that is signed */
  readonly confirmHref: (command: string) => string | undefined
  /** what was just done */
  readonly done?: ShownCommand | undefined
  readonly refused?:
    | {
        readonly command: string
        readonly form: RefusedForm
        /** only the sign-in is too old: where the reader confirms and comes back */
        readonly confirmHref?: string | undefined
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
  const texts = DOSSIER_TEXTS[page.language]
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
        <TextLink href={`${page.at.slice(0, page.at.lastIndexOf('/'))}/${view.corrects}`}>
          {texts.earlier}
        </TextLink>
      ),
    ],
    [fields.exempt, view.exempt ? words.ask.exempt : null],
  ])
  const title = `${words.title} ${view.year}`
  return {
    title: pageTitle(title, page),
    back: { href: '/residence-comments', text: words.list.title },
    ...(view.status === 'sealing' ? { reloadAfter: 3 } : {}),
    aside: (
      <Side
        rows={rows}
        title={texts.people}
        papers={<CommentPapers view={view} language={page.language} />}
      />
    ),
    children: (
      <Main
        title={title}
        view={view}
        page={page}
        words={words}
        now={texts.now[view.status as keyof typeof texts.now]}
        status={words.statuses[view.status as keyof typeof words.statuses]}
        rule={words.rule}
        steps={stepsOf(view, page, words.events, commentAhead(view, page.language))}
        comment={view}
      />
    ),
  }
}

export function referralPage(view: ReferralView, page: ShownPage): Page {
  const words = RESIDENCE_TEXTS[page.language]
  const texts = DOSSIER_TEXTS[page.language]
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
  const ahead = ['referred', 'sent-back'].includes(view.status) ? [texts.referralAhead] : []
  return {
    title: pageTitle(words.referralTitle, page),
    back: { href: '/residence-referrals', text: words.referral.title },
    aside: (
      <Side
        rows={rows}
        title={texts.people}
        papers={<ReferralPapers view={view} language={page.language} />}
      />
    ),
    children: (
      <Main
        title={words.referralTitle}
        view={view}
        page={page}
        words={words}
        now={texts.referralNow[view.status as keyof typeof texts.referralNow]}
        status={words.referralStatuses[view.status as keyof typeof words.referralStatuses]}
        rule={words.referralRule}
        steps={stepsOf(
          view,
          page,
          words.referralEvents,
          ahead.map((title) => ({ title, who: view.commune?.name })),
        )}
      />
    ),
  }
}

const pageTitle = (title: string, { refused }: ShownPage): string =>
  refused ? `${refused.form.words.title} – ${title}` : title

function rowsOf(
  view: DossierView,
  { fields }: ResidenceWords,
  more: readonly (readonly [string, SummaryRow['value'] | null])[],
): SummaryRow[] {
  const all: (readonly [string, SummaryRow['value'] | null])[] = [
    [fields.member, view.member.name],
    [fields.workplace, view.workplace.name],
    [fields.commune, view.commune?.name ?? null],
    [fields.cell, view.cell?.name ?? null],
    ...more,
  ]
  return all.flatMap(([term, value]) => (value === null || value === '' ? [] : [{ term, value }]))
}

function Side(props: {
  readonly title: string
  readonly rows: readonly SummaryRow[]
  readonly papers: Children
}) {
  return (
    <>
      <Card title={props.title}>
        <SummaryList rows={props.rows} compact />
      </Card>
      {props.papers}
    </>
  )
}

/** The ordinary way of a comment, by the step each part stands at. */
const WAY = ['requested', 'with-cell', 'drafted', 'cell-signed', 'returned-to-workplace'] as const
const ON_WAY: Readonly<Record<string, (typeof WAY)[number]>> = {
  sealing: 'cell-signed',
  'sealing-failed': 'cell-signed',
  'sent-back': 'requested',
}

/** What is still to come, the step it stands at first. */
function commentAhead(view: CommentView, language: Language): { title: string; who: string | undefined }[] {
  if (view.awaited.who === 'nobody') return []
  const { ahead } = DOSSIER_TEXTS[language]
  const at = WAY.findIndex((step) => step === (ON_WAY[view.status] ?? view.status))
  const cell = view.communeActs ? view.commune?.name : view.cell?.name
  const places: Readonly<Record<(typeof WAY)[number], string | undefined>> = {
    requested: view.commune?.name,
    'with-cell': cell,
    drafted: cell,
    'cell-signed': view.commune?.name,
    'returned-to-workplace': view.workplace.name,
  }
  return WAY.slice(Math.max(at, 0)).map((step) => ({ title: ahead[step], who: places[step] }))
}

/** What was done, where it is, what comes. */
function stepsOf(
  view: DossierView,
  page: ShownPage,
  events: Readonly<Record<string, string>>,
  ahead: readonly { title: string; who: string | undefined }[],
): TimelineStep[] {
  const now = view.awaited.overdue ? ('problem' as const) : ('now' as const)
  return [
    ...view.timeline.map((event) => ({
      standing: 'done' as const,
      title: events[event.type] ?? event.type,
      when: formatInstant(new Date(event.at), page.language),
      who: [event.who, event.organisation].filter(Boolean).join(', ') || undefined,
    })),
    ...ahead.map((step, index) =>
      index === 0
        ? {
            standing: now,
            title: step.title,
            who: view.awaited.organisation?.name ?? step.who,
            when: page.deadline?.text,
          }
        : { standing: 'next' as const, ...step },
    ),
  ]
}

interface MainProps {
  readonly title: string
  readonly view: DossierView
  readonly page: ShownPage
  readonly words: ResidenceWords
  /** what whoever has it does now */
  readonly now: string
  readonly status: string
  readonly rule: string
  readonly steps: readonly TimelineStep[]
  readonly comment?: CommentView
}

function Main({ title, view, page, words, now, status, rule, steps, comment }: MainProps) {
  const texts = DOSSIER_TEXTS[page.language]
  const able = view.actions.flatMap(({ command, refusal }) =>
    !refusal && isShown(command) && !(page.waiting && page.mustQueue(command)) ? [command] : [],
  )
  const leading = able.find((command) => LEADING[view.status]?.includes(command))
  const rest = able.filter((command) => command !== leading)
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
      refused={page.refused?.command === command ? page.refused.form : undefined}
      confirmHref={page.confirmHref(command)}
      queueing={page.mustQueue(command) ? page.queueing : undefined}
    />
  )
  const { refused } = page
  const writes = leading === 'save-draft'
  const { overdue, mine, organisation, who } = view.awaited
  return (
    <>
      {page.done && <Banner kind="success" title={texts.done(words.commands[page.done])} />}
      <WaitingNote waiting={page.waiting} justQueued={page.justQueued} language={page.language} />
      {!(refused?.confirmHref && page.queueing) && <RefusedNote refused={refused?.form} />}
      {refused?.confirmHref && !page.queueing && (
        <ButtonRow>
          <ButtonLink href={refused.confirmHref}>{words.confirmAgain}</ButtonLink>
        </ButtonRow>
      )}
      <PageTitle
        title={title}
        meta={
          <>
            <span>{view.member.name}</span>{' '}
            {page.deadline && <Tag tone={page.deadline.tone}>{page.deadline.text}</Tag>}
          </>
        }
      />
      <NowCard
        title={who === 'nobody' ? texts.nowDone : mine || leading ? texts.nowMine : texts.nowOthers}
        actions={
          writes ? (
            <p>
              <TextLink href={SITTING}>{texts.toSitting}</TextLink>
            </p>
          ) : (
            leading && form(leading, true)
          )
        }
        rule={<RuleBox citation={words.citation}>{rule}</RuleBox>}
      >
        {!mine && organisation && (
          <p>
            {texts.at}: <b>{organisation.name}</b>
          </p>
        )}
        <p>{mine || leading || who !== 'organisation' ? now : `${status}.`}</p>
        {overdue && comment && comment.escalated.length > 0 && <p>{words.list.escalated}</p>}
        {comment?.communeActs && <p>{words.communeActs}</p>}
        {comment?.sealFailure && (
          <p>
            <b>{`${words.sealFailure}: `}</b>
            {words.sealFailures[comment.sealFailure] ?? words.sealFailures.other}
          </p>
        )}
        <LastReason view={view} comment={comment} words={words} />
      </NowCard>
      {writes && leading && (
        <Card title={words.commands[leading]} id="do">
          {form(leading, true)}
        </Card>
      )}
      {comment && !writes && <Content view={comment} words={words} language={page.language} />}
      {page.correctHref && (
        <ButtonRow>
          <ButtonLink href={page.correctHref} kind="secondary">
            {words.askInPlace}
          </ButtonLink>
        </ButtonRow>
      )}
      <Card title={texts.wayAhead}>
        <Timeline steps={steps} />
      </Card>
      {rest.map((command) => form(command, false))}
      {page.cannot.length > 0 && (
        <Expander summary={texts.cannot}>
          {page.cannot.map(({ command, what, citation }) => (
            <div key={command} class="row">
              <p class="row-title" aria-disabled="true">
                {words.commands[command]}
              </p>
              <p class="quiet">
                {`${texts.why}: ${what} `}
                {citation && <cite class="rule-citation">{citation}</cite>}
              </p>
            </div>
          ))}
        </Expander>
      )}
    </>
  )
}

/** Why it was sent or given back, in the words of who did. */
function LastReason(props: {
  readonly view: DossierView
  readonly comment: CommentView | undefined
  readonly words: ResidenceWords
}) {
  const { view, comment, words } = props
  const ground = comment?.lastGround && words.grounds[comment.lastGround as keyof typeof words.grounds]
  const reason = view.lastReason === 'replaced' ? words.replaced : view.lastReason
  const said = [ground, reason].filter(Boolean).join('. ')
  if (said === '') return null
  return (
    <Inset>
      <b>{`${words.fields.lastReason}: `}</b>
      {said}
    </Inset>
  )
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
