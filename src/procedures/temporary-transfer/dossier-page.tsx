/** The page of a stay: what to do now, why, both places with the rights there, what was done; for every reader at every step. */
import { formatDate, formatInstant, formatMonth, type Language } from '../../kernel/plain-date.ts'
import { VERIFY_TEXTS } from '../../papers/verify-texts.ts'
import { Button, ButtonLink, ButtonRow, TextLink } from '../../ui/button.tsx'
import { Card, NowCard } from '../../ui/card.tsx'
import type { Children } from '../../ui/children.ts'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { FileList } from '../../ui/file-list.tsx'
import { Form } from '../../ui/form.tsx'
import { Banner, Expander, Inset, RefusalPanel, RuleBox, Warning } from '../../ui/notice.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { Tag } from '../../ui/pill.tsx'
import { SummaryList, type SummaryRow } from '../../ui/summary-list.tsx'
import { Timeline, type TimelineStep } from '../../ui/timeline.tsx'
import { QueueNote, WaitingNote } from '../../web/queue-note.tsx'
import { QUEUE_TEXTS } from '../../web/queue-texts.ts'
import { mustQueue } from '../../web/queueing.ts'
import type { Page } from '../../web/web.ts'
import type { StayView } from './contract.ts'
import { Fields, type FieldKind } from './fields.tsx'
import type { RefusedForm, ShownAction, StayPage } from './page-data.ts'
import { STAY_TEXTS, type ShownCommand, type StayWords } from './texts.ts'

/** Seconds after which a dossier being sealed is looked at again. */
const SEALING_RELOAD = 3

interface Props {
  readonly page: StayPage
  readonly words: StayWords
}

export function dossierPage(page: StayPage): Page {
  const words = STAY_TEXTS[page.language]
  const { view } = page
  return {
    title: page.refused && !page.refused.stale ? `${page.refused.title} – ${words.title}` : words.title,
    back: { href: '/', text: view.member.mine ? words.back : words.desk },
    aside: <Side page={page} words={words} />,
    keepOffline: view.member.mine,
    ...(view.status === 'sealing' ? { reloadAfter: SEALING_RELOAD } : {}),
    children: <Main page={page} words={words} />,
  }
}

function Main({ page, words }: Props) {
  const { view, deadline } = page
  const doing = page.actions.find(({ command, refused }) => command === page.doing && !refused)
  const number = view.number ? `${words.dossier} ${view.number}` : words.noNumber
  return (
    <>
      {page.done && !page.refused && <Banner kind="success" title={doneTitle(page.done, words)} />}
      <WaitingNote waiting={page.waiting} justQueued={page.justQueued} language={page.language} />
      {page.refused && <RefusedNote refused={page.refused} page={page} words={words} />}
      <PageTitle
        title={words.title}
        meta={
          <>
            <span>{number}</span> {deadline && <Tag tone={deadline.tone}>{deadline.text}</Tag>}
          </>
        }
      />
      <Now page={page} words={words} quiet={doing !== undefined} />
      {doing && <CommandCard page={page} words={words} action={doing} />}
      <Said view={view} language={page.language} words={words} />
      <Card title={words.history}>
        <Timeline steps={stepsOf(page, words)} />
      </Card>
      <Rarer page={page} words={words} />
    </>
  )
}

function doneTitle(done: NonNullable<StayPage['done']>, words: StayWords): string {
  return done === 'submit' ? words.sentTitle : `${words.commands[done][0]}: ${words.done.toLowerCase()}`
}

/** The ordinary way, by the step each part of it stands at. */
const WAY = [
  'cell-review',
  'committee-review',
  'numbering',
  'at-host',
  'host-admission',
  'active',
  'returning',
] as const

/** Where on the way a status stands that is not on it by name. */
const ON_WAY: Readonly<Record<string, number>> = {
  draft: -1,
  'sent-back': -1,
  sealing: WAY.indexOf('numbering'),
  'sealing-failed': WAY.indexOf('numbering'),
  'extension-asked': WAY.indexOf('active'),
  expired: WAY.indexOf('active'),
  ...Object.fromEntries(WAY.map((status, index) => [status, index])),
}

/** What the member did before sending is no step of the way. */
const BEFORE_SENDING: ReadonlySet<string> = new Set(['stay-drafted', 'file-attached', 'file-detached'])

/** The way so far, where the dossier is, and what comes after. */
function stepsOf({ view, language, deadline }: StayPage, words: StayWords): TimelineStep[] {
  const isSent = view.timeline.some(({ type }) => type === 'stay-requested')
  const done = view.timeline.filter(({ type }) => !isSent || !BEFORE_SENDING.has(type))
  const at = ON_WAY[view.status]
  const places: Readonly<Partial<Record<(typeof WAY)[number], string | undefined>>> = {
    'cell-review': view.origin.cell.name,
    'committee-review': view.origin.committee.name,
    numbering: view.origin.committee.name,
    'at-host': view.host.committee?.name ?? view.host.asked ?? undefined,
    'host-admission': view.host.cell?.name,
    active: view.host.cell?.name,
    returning: view.origin.cell.name,
  }
  const ahead = view.awaited.who === 'nobody' || at === undefined ? [] : WAY.slice(Math.max(at, 0))
  return [
    ...done.map((event) => ({
      standing: 'done' as const,
      title: (words.events as Readonly<Record<string, string>>)[event.type] ?? event.type,
      who: [event.who, event.position, event.organisation].filter(Boolean).join(', ') || undefined,
      when: formatInstant(new Date(event.at), language),
      note: event.note ?? undefined,
    })),
    ...ahead.map((step) =>
      step === view.status || WAY.indexOf(step) === at
        ? {
            standing: view.awaited.overdue ? ('problem' as const) : ('now' as const),
            title: words.statuses[stepOf(view)] ?? words.ahead[step],
            who: view.awaited.organisation?.name,
            when: deadline?.text,
          }
        : { standing: 'next' as const, title: words.ahead[step], who: places[step] },
    ),
  ]
}

export function RefusedNote(props: {
  readonly refused: RefusedForm
  readonly words: StayWords
  readonly page?: StayPage
}) {
  const { refused, words, page } = props
  if (refused.stale && page)
    return page.queueing ? (
      <QueueNote queueing={page.queueing} language={page.language} />
    ) : (
      <Card title={words.freshTitle}>
        <p>{words.freshKept}</p>
        <ButtonRow>
          <ButtonLink href={freshSignIn(addressOf(page.view, refused.command))}>
            {words.freshButton}
          </ButtonLink>
        </ButtonRow>
        <RuleBox citation="379-QĐ/TW, Điều 12">{words.freshWhy}</RuleBox>
      </Card>
    )
  // Where each field says what is wrong with it, a panel would say it twice; a rule is told with its citation.
  return (
    <>
      <ErrorSummary errors={refused.errors} />
      {(refused.errors.length === 0 || !MENDED_AT_FIELDS.has(refused.code)) && (
        <RefusalPanel
          title={refused.title}
          what={refused.what}
          why={refused.why}
          citation={refused.citation}
          mend={
            <>
              <p>{refused.mend}</p>
              {page && page.doing === refused.command && Object.keys(page.written).length > 0 && (
                <p>{words.kept}</p>
              )}
            </>
          }
        />
      )}
    </>
  )
}

/** Refusals that say no more than their fields do. */
const MENDED_AT_FIELDS: ReadonlySet<string> = new Set([
  'request.invalid',
  'request.no-file',
  'temporary.incomplete',
  'temporary.file-class-missing',
])

export const freshSignIn = (returnTo: string): string =>
  `/sign-in/start?return=${encodeURIComponent(returnTo)}`

const addressOf = (view: StayView, command: string): string =>
  `/temporary-transfers/${view.id}?do=${command}#do`

/** The act each step waits for, the first of them filled. */
const MAIN: Readonly<Record<string, readonly ShownCommand[]>> = {
  'cell-review': ['comment'],
  'committee-review': ['sign-referral'],
  numbering: ['take-number'],
  'sealing-failed': ['retry-seal'],
  'at-host': ['assign-cell'],
  'host-admission': ['admit'],
  active: ['ask-extension', 'write-return'],
  'extension-asked': ['grant-extension', 'refuse-extension'],
  expired: ['write-return', 'recall'],
  returning: ['record-return'],
  'yearly-comment': ['write-yearly-comment'],
}

/** The act the step waits for: a yearly comment that is asked comes before all else. */
function stepOf(view: StayView): keyof StayWords['now'] {
  return view.awaited.act as keyof StayWords['now']
}

function mainActions({ view, actions }: StayPage): readonly ShownAction[] {
  const wanted = MAIN[stepOf(view)] ?? []
  return wanted.flatMap(
    (command) => actions.find((action) => action.command === command && !action.refused) ?? [],
  )
}

function Now({ page, words, quiet }: Props & { readonly quiet: boolean }) {
  const { view } = page
  const main = mainActions(page)
  const closed = view.awaited.who === 'nobody'
  // A stay that runs asks nothing of anybody until its last days.
  const calm = stepOf(view) === 'active' && page.deadline?.tone === 'ok'
  const acting = !calm && (view.awaited.mine || main.length > 0)
  const writing = view.awaited.mine && (view.status === 'draft' || view.status === 'sent-back')
  const buttons = [
    writing && (
      <ButtonLink key="own" href={`/temporary-transfers/${view.id}/request/${page.goOnAt ?? 'case'}`}>
        {words.goOn}
      </ButtonLink>
    ),
    ...main.map(({ command }, index) => (
      <ButtonLink
        key={command}
        href={addressOf(view, command)}
        kind={index === 0 && !calm ? 'primary' : 'secondary'}
      >
        {words.commands[command][0]}
      </ButtonLink>
    )),
  ].filter(Boolean)
  const rule = RULES[stepOf(view)]
  return (
    <NowCard
      title={closed ? words.nowDone : calm ? words.staying : acting ? words.nowMine : words.nowOthers}
      actions={quiet || buttons.length === 0 ? undefined : <ButtonRow>{buttons}</ButtonRow>}
      rule={
        closed ? undefined : rule ? (
          <RuleBox citation={rule[1]}>{words.rules[rule[0]]}</RuleBox>
        ) : page.deadline ? (
          <RuleBox setting={words.unitSetting}>{page.deadline.text}.</RuleBox>
        ) : undefined
      }
    >
      {!acting && !calm && view.awaited.organisation && (
        <p>
          {words.at}: <b>{view.awaited.organisation.name}</b>
        </p>
      )}
      <p>
        {calm && view.member.mine && view.until && view.host.cell
          ? words.stayingMine(view.host.cell.name, formatDate(view.until, page.language))
          : words.now[stepOf(view)]}
      </p>
      {acting && view.askBy && (
        <RuleBox citation="338-QĐ/TW, Điều 14">
          {words.askBy.replace('{until}', formatInstant(new Date(view.askBy), page.language))}
        </RuleBox>
      )}
      {TOLD.has(view.status) && view.lastReason && (
        <Inset>
          <b>{`${words.lastReason}: `}</b>
          {view.lastReason}
        </Inset>
      )}
      {view.sealFailure && (
        <p>
          <b>{`${words.sealFailure}: `}</b>
          {words.sealFailures[view.sealFailure] ?? words.sealFailures.other}
        </p>
      )}
    </NowCard>
  )
}

const TOLD: ReadonlySet<string> = new Set([
  'sent-back',
  'withdrawn',
  'refused',
  'declined',
  'converted',
  'ended',
])

const DURATION = '294-QĐ/TW, mục 6.3.2 (208-QĐ/TW kế thừa)'
const RULES: Readonly<Record<string, readonly [keyof StayWords['rules'], string]>> = {
  draft: ['duration', DURATION],
  'sent-back': ['duration', DURATION],
  'cell-review': ['duration', DURATION],
  'committee-review': ['refer', '01-HD/TW, mục 10.2.2'],
  'host-admission': ['rights', '294-QĐ/TW, mục 6.3.2 (232-QĐ/TW, mục 6.3.2b)'],
  active: ['rights', '294-QĐ/TW, mục 6.3.2 (232-QĐ/TW, mục 6.3.2b)'],
  'extension-asked': ['extension', '01-HD/TW, mục 10.2.2'],
  'yearly-comment': ['yearly', '43-HD/BTCTW (2025), mục 7.6'],
}

/** The fields of each act; none: one press. */
const FIELDS: Readonly<Record<ShownCommand, readonly (readonly [string, FieldKind])[]>> = {
  withdraw: [['reason', 'area']],
  'send-back': [['reason', 'area']],
  refuse: [['reason', 'area']],
  comment: [
    ['meetingOn', 'date'],
    ['comment', 'area'],
    ['feesPaidThrough', 'month'],
  ],
  'sign-referral': [['committeeComment', 'area']],
  'take-number': [],
  'retry-seal': [],
  'assign-cell': [['cellId', 'cell']],
  decline: [['reason', 'area']],
  admit: [['meetingOn', 'date']],
  'ask-extension': [
    ['until', 'date'],
    ['reason', 'area'],
  ],
  'grant-extension': [],
  'refuse-extension': [['reason', 'area']],
  'write-return': [
    ['leftOn', 'date'],
    ['comment', 'area'],
    ['feesPaidThrough', 'month'],
  ],
  'record-return': [],
  recall: [['reason', 'area']],
  convert: [['reason', 'area']],
  'write-yearly-comment': [
    ['attendance', 'attendance'],
    ['tasks', 'area'],
    ['discipline', 'area'],
    ['strengths', 'area'],
    ['weaknesses', 'area'],
    ['proposal', 'area'],
  ],
}

/** What cannot be undone. */
const DANGEROUS: ReadonlySet<ShownCommand> = new Set(['withdraw', 'refuse', 'decline', 'recall', 'convert'])

function CommandCard({ page, words, action }: Props & { readonly action: ShownAction }) {
  const { command } = action
  const { view } = page
  const [title, about, button] = words.commands[command]
  const danger = DANGEROUS.has(command)
  const here = `/temporary-transfers/${view.id}`
  const queued = mustQueue(page.queueing, action)
  if (action.needsFreshSignIn && !queued && FIELDS[command].length === 0)
    return (
      <Card id="do" title={title}>
        <p>{about}</p>
        <p class="quiet">{words.freshWhy}</p>
        <ButtonRow>
          <ButtonLink href={freshSignIn(addressOf(view, command))}>{words.freshButton}</ButtonLink>
          <TextLink href={here}>{words.cancel}</TextLink>
        </ButtonRow>
      </Card>
    )
  return (
    <Card id="do" title={title}>
      {danger ? <Warning>{about}</Warning> : <p>{about}</p>}
      {command === 'ask-extension' && view.lastPossible && (
        <p>{words.lastPossible(formatDate(view.lastPossible, page.language))}</p>
      )}
      {page.fees && (
        <p>{words.feesKnown(formatMonth(page.fees.paidThrough, page.language), page.fees.open.length)}</p>
      )}
      <Form
        action={`${here}/${command}`}
        csrf={page.csrf}
        commandId={page.commandId}
        expectedNumber={view.version}
        hidden={queued ? { queue: 'yes' } : {}}
      >
        <Fields
          fields={FIELDS[command]}
          words={words}
          known={{ ...page.known, ...(page.fees ? { feesPaidThrough: page.fees.paidThrough } : {}) }}
          written={page.written}
          errors={page.refused?.command === command ? page.refused.errors : []}
          cells={page.cells}
        />
        {queued && page.queueing && <QueueNote queueing={page.queueing} language={page.language} />}
        {action.needsFreshSignIn && !queued && <p class="quiet">{`${words.freshWhy} ${words.freshKept}`}</p>}
        <ButtonRow>
          <Button kind={danger ? 'danger' : 'primary'}>
            {queued ? QUEUE_TEXTS[page.language].button : button}
          </Button>
          <TextLink href={here}>{words.cancel}</TextLink>
        </ButtonRow>
      </Form>
    </Card>
  )
}

const rowsOf = (rows: readonly (readonly [string, Children | null | undefined])[]): SummaryRow[] =>
  rows.flatMap(([term, value]) => (value ? [{ term, value }] : []))

/** What was asked, and what the cells and committees said of it. */
function Said(props: { readonly view: StayView; readonly language: Language; readonly words: StayWords }) {
  const { view, words, language } = props
  const { answers, cellComment, returned } = view
  const decision = [
    answers.decisionNumber,
    answers.decisionIssuedOn && formatDate(answers.decisionIssuedOn, language),
    answers.decisionIssuer,
  ]
  const rows = rowsOf([
    [words.fields.case!, answers.case && words.cases[answers.case]],
    [words.fields.reason!, answers.reason],
    [words.asked, view.host.asked],
    [words.fields.place!, answers.place],
    [words.fields.decisionNumber!, decision.filter(Boolean).join(', ')],
    [words.fields.review!, answers.review],
    [words.fields.comment!, cellComment?.comment],
    [words.fields.feesPaidThrough!, cellComment && formatMonth(cellComment.feesPaidThrough, language)],
    [words.fields.committeeComment!, view.committeeComment],
    ...view.extensions.map(
      ({ until, reason, granted, answer }) =>
        [
          words.extension,
          [
            formatDate(until, language),
            reason,
            granted === null
              ? view.status === 'extension-asked'
                ? words.awaitsAnswer
                : words.unanswered
              : granted
                ? words.granted
                : words.notGranted,
            answer,
          ]
            .filter(Boolean)
            .join('. '),
        ] as const,
    ),
    ...view.yearly.map(
      ({ year, dueAt, words: said }) =>
        [
          words.yearly(year),
          said
            ? Object.entries(said)
                .map(([name, text]) => {
                  const shown = (words.attendance as Readonly<Record<string, string>>)[text] ?? text
                  return `${words.fields[name] ?? name}: ${shown}`
                })
                .join('. ')
            : `${words.statuses['yearly-comment']} (${formatInstant(new Date(dueAt), language)})`,
        ] as const,
    ),
    [words.returned, returned && `${formatDate(returned.leftOn, language)}. ${returned.comment}`],
    [words.commands.recall[0], view.recalled],
  ])
  if (rows.length === 0 || view.status === 'draft') return null
  return (
    <Expander summary={words.request} open={view.awaited.mine}>
      <SummaryList rows={rows} />
    </Expander>
  )
}

function Side({ page, words }: Props) {
  const { view, language } = page
  const { official, host } = view.rights ?? {}
  const places = rowsOf([
    [words.member, `${view.member.name} (${words.memberTypes[view.memberType]})`],
    [words.official, [view.origin.cell.name, view.origin.committee.name].join(', ')],
    [
      words.host,
      [view.host.cell?.name, view.host.committee?.name ?? view.host.asked].filter(Boolean).join(', '),
    ],
    [
      words.stay,
      view.from &&
        view.until &&
        words.period(formatDate(view.from, language), formatDate(view.until, language)),
    ],
    [
      words.rights,
      host && !host.votes
        ? `${words.rightsHost} ${official?.votes ? words.rightsOfficial : words.rightsProbationary}`
        : undefined,
    ],
    [
      words.feesTitle,
      view.fees &&
        (view.fees.from === null
          ? words.feesOfficial
          : words.feesThere(formatMonth(view.fees.from, language))),
    ],
  ])
  const files = [
    ...view.papers.map((paper) => ({
      title: [VERIFY_TEXTS[language].papers[paper.kind], paper.symbol].filter(Boolean).join(' · '),
      href: `/temporary-transfers/${view.id}/papers/${paper.id}`,
      about: paper.voided ? words.voided(paper.voided) : words.signatures(paper.signatures),
      standing: paper.voided ? ('wrong' as const) : ('valid' as const),
    })),
    ...view.files.map((file) => ({
      title: file.name,
      href: `/temporary-transfers/${view.id}/files/${file.id}`,
      about: words.fields.decisionFile,
      standing: 'valid' as const,
    })),
  ]
  return (
    <>
      <Card title={words.people}>
        <SummaryList rows={places} compact />
      </Card>
      <Card title={words.papers}>
        {files.length === 0 ? <p class="quiet">{words.noPapers}</p> : <FileList files={files} />}
      </Card>
    </>
  )
}

/** What is seldom done, and what cannot be done now with the reason. */
function Rarer({ page, words }: Props) {
  const main = new Set(mainActions(page).map(({ command }) => command))
  const possible = page.actions.filter(({ command, refused }) => !refused && !main.has(command))
  const refused = page.actions.filter((action) => action.refused)
  return (
    <>
      {possible.length > 0 && (
        <Expander summary={words.moreActions}>
          <ul class="plain-list rows">
            {possible.map(({ command }) => (
              <li key={command} class="row">
                <p class="row-title">
                  <TextLink href={addressOf(page.view, command)}>{words.commands[command][0]}</TextLink>
                </p>
                <p class="quiet">{words.commands[command][1]}</p>
              </li>
            ))}
          </ul>
        </Expander>
      )}
      {refused.length > 0 && (
        <Expander summary={words.cannotNow}>
          {refused.map(({ command, refused: why }) => (
            <div key={command} class="row">
              <p class="row-title" aria-disabled="true">
                {words.commands[command][0]}
              </p>
              <p class="quiet">
                {`${words.why}: ${why!.what} `}
                {why!.citation && <cite class="rule-citation">{why!.citation}</cite>}
              </p>
            </div>
          ))}
        </Expander>
      )}
    </>
  )
}
