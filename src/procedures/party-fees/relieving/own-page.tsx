/** A member's own requests: what waits and where, what was granted until when, what was refused and why. */
import { formatDate, formatInstant, formatMonth, todayIn, type Language } from '../../../kernel/plain-date.ts'
import { ButtonLink, ButtonRow, PostButton } from '../../../ui/button.tsx'
import { NowCard } from '../../../ui/card.tsx'
import { Banner, EmptyState, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import type { DeadlineProps } from '../../../ui/pill.tsx'
import { fill } from '../../../ui/words.ts'
import type { Relief } from './contract.ts'
import type { RelievingTexts } from './texts.ts'
import { reliefInWords, whereInWords } from './telling.ts'

export interface OwnReliefsProps {
  readonly texts: RelievingTexts
  readonly language: Language
  readonly csrf: string
  readonly reliefs: readonly Relief[]
  readonly deadlineOf: (relief: Relief) => DeadlineProps
  readonly done: string | undefined
}

export function OwnReliefsPage(props: OwnReliefsProps) {
  const { texts, reliefs } = props
  const waiting = reliefs.filter(({ status }) => status === 'asked' || status === 'forwarded')
  const past = reliefs.filter((each) => !waiting.includes(each))
  const ask = (
    <ButtonLink href="/fees/relief/new" kind={waiting.length > 0 ? 'secondary' : 'primary'}>
      {waiting.length > 0 ? texts.own.askMore : texts.own.ask}
    </ButtonLink>
  )
  return (
    <>
      {props.done && <Banner kind="success" title={props.done} />}
      <PageTitle title={texts.title} caption={texts.fees} lead={texts.own.lead} />
      {waiting.map((relief) => (
        <Waiting key={relief.id} {...props} relief={relief} />
      ))}
      {reliefs.length === 0 ? (
        <EmptyState title={texts.own.none} action={ask} />
      ) : (
        <ButtonRow>{ask}</ButtonRow>
      )}
      {past.length > 0 && (
        <Section title={texts.own.history}>
          <ul class="plain-list rows">
            {past.map((relief) => (
              <Past key={relief.id} {...props} relief={relief} />
            ))}
          </ul>
        </Section>
      )}
      <RuleBox citation={texts.form.citation}>{texts.form.rule}</RuleBox>
    </>
  )
}

function Waiting({
  texts,
  language,
  csrf,
  relief,
  deadlineOf,
}: OwnReliefsProps & { readonly relief: Relief }) {
  return (
    <NowCard
      title={reliefInWords(relief, texts, language)}
      deadline={deadlineOf(relief)}
      actions={
        <PostButton
          action="/fees/relief/withdraw"
          csrf={csrf}
          kind="secondary"
          hidden={{ relief: relief.id }}
        >
          {texts.own.withdraw}
        </PostButton>
      }
    >
      <p>{whereInWords(relief, texts)}.</p>
      <p class="quiet">
        {texts.one.askedAt} {formatInstant(relief.askedAt, language)}
      </p>
      {relief.saidBy && <p>{fill(texts.own.byOther, { name: relief.askedByName, said: relief.saidBy })}</p>}
      {relief.opinion && (
        <p>
          {texts.one.opinion}: {texts.one[relief.opinion]}
          {relief.opinionReason && `. ${relief.opinionReason}`}
        </p>
      )}
    </NowCard>
  )
}

function Past({ texts, language, relief }: OwnReliefsProps & { readonly relief: Relief }) {
  const { status, decisionNumber, answeredAt, reason, endedFrom, endedReason } = relief
  const day = answeredAt ? formatDate(todayIn(answeredAt), language) : ''
  return (
    <li class="row">
      <p class="row-title">{reliefInWords(relief, texts, language)}</p>
      <p class="quiet">
        {texts.statuses[status]}
        {decisionNumber
          ? `: ${fill(texts.one.decisionIs, { number: decisionNumber, day })}`
          : answeredAt && ` · ${formatInstant(answeredAt, language)}`}
        {reason && ` · ${reason}`}
      </p>
      {endedFrom && (
        <p class="quiet">
          {fill(texts.own.stopped, { month: formatMonth(endedFrom, language), reason: endedReason ?? '' })}
        </p>
      )}
    </li>
  )
}
