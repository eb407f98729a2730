/** The acts that wait for level 2 as their owner sees them: the list, one press to complete, what became of each; and outages. */
import { formatInstant, type Language } from '../../kernel/plain-date.ts'
import { ResultList, type ItemResult } from '../../ui/bulk.tsx'
import { ButtonLink, ButtonRow, PostButton, TextLink } from '../../ui/button.tsx'
import { Card, NowCard } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState, RuleBox } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { QUEUED_TEXTS } from './queued-texts.ts'

/** An act in words. */
export interface ShownAct {
  readonly id: string
  /** what is to be done: 'Ký giấy giới thiệu' */
  readonly title: string
  /** whose dossier, with its number */
  readonly about: string
  readonly href: string
  readonly hat: string
  readonly written: string
  /** for settled ones: when, and why not */
  readonly settled?: string | undefined
  readonly why?: string | undefined
}

interface QueuedPageProps {
  readonly language: Language
  readonly csrf: string
  readonly waiting: readonly ShownAct[]
  readonly done: readonly ShownAct[]
  readonly refused: readonly ShownAct[]
  /** freshly signed in by level 2: they can be completed now */
  readonly ready: boolean
  /** since when the provider does not answer */
  readonly away: string | undefined
}

export function QueuedPage(page: QueuedPageProps) {
  const words = QUEUED_TEXTS[page.language]
  return (
    <>
      <PageTitle title={words.title} lead={words.lead} />
      {page.waiting.length === 0 ? (
        <EmptyState title={words.none}>{words.noneText}</EmptyState>
      ) : (
        <>
          <Complete page={page} />
          {page.waiting.map((act) => (
            <WaitingAct key={act.id} act={act} page={page} />
          ))}
        </>
      )}
      {page.refused.length > 0 && (
        <Section title={words.failed}>
          {page.refused.map((act) => (
            <Card key={act.id} title={act.title} level={3}>
              <p>
                <TextLink href={act.href}>{act.about}</TextLink>
              </p>
              <p>{act.why}</p>
              <p class="quiet">{words.refused(act.written, act.settled ?? '')}</p>
              <ButtonRow>
                <Withdraw act={act} page={page} next="edit" text={words.edit} />
                <Withdraw act={act} page={page} next="list" text={words.putAway} />
              </ButtonRow>
            </Card>
          ))}
        </Section>
      )}
      {page.done.length > 0 && (
        <Section title={words.settled}>
          <ul class="plain-list rows">
            {page.done.map((act) => (
              <li key={act.id} class="row">
                <p class="row-title">
                  <TextLink href={act.href}>{`${act.title}: ${act.about}`}</TextLink>
                </p>
                <p class="quiet">{words.done(act.written, act.settled ?? '')}</p>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

/** One press for all, or the way to the sign-in it needs first. */
function Complete({ page }: { readonly page: QueuedPageProps }) {
  const words = QUEUED_TEXTS[page.language]
  return (
    <NowCard
      title={words.count(page.waiting.length)}
      actions={
        page.ready ? (
          <ButtonRow>
            <PostButton action="/queued/complete" csrf={page.csrf} hidden={{ act: 'all' }}>
              {words.completeAll(page.waiting.length)}
            </PostButton>
          </ButtonRow>
        ) : (
          <ButtonRow>
            <ButtonLink href="/sign-in/start?return=%2Fqueued" kind={page.away ? 'secondary' : 'primary'}>
              {page.away ? words.tryAgain : words.confirmFirst}
            </ButtonLink>
          </ButtonRow>
        )
      }
      rule={<RuleBox setting={words.ruleSetting}>{words.rule}</RuleBox>}
    >
      {!page.ready && <p>{page.away ? words.awayText(page.away) : words.confirmText}</p>}
    </NowCard>
  )
}

function WaitingAct({ act, page }: { readonly act: ShownAct; readonly page: QueuedPageProps }) {
  const words = QUEUED_TEXTS[page.language]
  return (
    <Card title={act.title}>
      <p>
        <TextLink href={act.href}>{act.about}</TextLink>
      </p>
      <p class="quiet">{`${words.written(act.written)}, ${words.inHat(act.hat)}`}</p>
      <ButtonRow>
        {page.ready && page.waiting.length > 1 && (
          <PostButton action="/queued/complete" csrf={page.csrf} kind="secondary" hidden={{ act: act.id }}>
            {words.completeOne}
          </PostButton>
        )}
        <Withdraw act={act} page={page} next="edit" text={words.edit} />
        <Withdraw act={act} page={page} next="list" text={words.withdraw} />
      </ButtonRow>
    </Card>
  )
}

/** Editing takes the act back and opens its form with what was written. */
function Withdraw(props: {
  readonly act: ShownAct
  readonly page: QueuedPageProps
  readonly next: 'edit' | 'list'
  readonly text: string
}) {
  return (
    <PostButton
      action={`/queued/${props.act.id}/withdraw`}
      csrf={props.page.csrf}
      kind={props.next === 'edit' ? 'secondary' : 'quiet'}
      hidden={{ next: props.next }}
    >
      {props.text}
    </PostButton>
  )
}

/** What became of each act. */
export function QueuedResultPage(props: {
  readonly language: Language
  readonly results: readonly (ItemResult & { readonly waits: boolean })[]
}) {
  const words = QUEUED_TEXTS[props.language]
  const { results } = props
  const done = results.filter(({ ok }) => ok).length
  const waits = results.filter((result) => result.waits).length
  const failed = results.length - done - waits
  const lead = [
    words.resultDone(done),
    ...(failed > 0 ? [words.resultFailed(failed)] : []),
    ...(waits > 0 ? [words.resultWaits(waits)] : []),
  ].join(' ')
  return (
    <>
      <PageTitle title={words.resultTitle} lead={lead} />
      <ResultList results={results} />
      <ButtonRow>
        <ButtonLink href="/queued">{words.back}</ButtonLink>
      </ButtonRow>
    </>
  )
}

/** On the first page: that something waits, what, and the way to complete it. */
export function WaitingCard(props: {
  readonly language: Language
  readonly waiting: readonly ShownAct[]
  readonly ready: boolean
}) {
  const words = QUEUED_TEXTS[props.language]
  if (props.waiting.length === 0) return null
  return (
    <NowCard
      title={words.count(props.waiting.length)}
      actions={
        <ButtonRow>
          <ButtonLink href="/queued">{props.ready ? words.open : words.see}</ButtonLink>
        </ButtonRow>
      }
    >
      <ul>
        {props.waiting.map((act) => (
          <li key={act.id}>{`${act.title}: ${act.about}, ${words.written(act.written)}`}</li>
        ))}
      </ul>
    </NowCard>
  )
}

/** For the administrator: when the provider did not answer. */
export function OutagesSection(props: {
  readonly language: Language
  readonly outages: readonly { readonly beganAt: Date; readonly endedAt: Date | null }[]
}) {
  const { language, outages } = props
  const words = QUEUED_TEXTS[language]
  return (
    <Section title={words.outages} about={words.outagesLead}>
      {outages.length === 0 ? (
        <p class="quiet">{words.outagesNone}</p>
      ) : (
        <DataTable
          caption={words.outages}
          hideCaption
          rows={outages}
          keyOf={(outage) => outage.beganAt.toISOString()}
          columns={[
            { key: 'from', title: words.from, cell: (outage) => formatInstant(outage.beganAt, language) },
            {
              key: 'to',
              title: words.to,
              cell: (outage) => (outage.endedAt ? formatInstant(outage.endedAt, language) : words.still),
            },
          ]}
        />
      )}
    </Section>
  )
}
