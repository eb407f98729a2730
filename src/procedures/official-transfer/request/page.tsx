/** The guided request: what it is, one question a page, the review before sending, and what happens after. */
import { formatDate, formatInstant, type Language } from '../../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow, PostButton, TextLink } from '../../../ui/button.tsx'
import { Card, NowCard } from '../../../ui/card.tsx'
import type { Children } from '../../../ui/children.ts'
import { Checkbox } from '../../../ui/choice.tsx'
import { ErrorSummary, type ErrorItem } from '../../../ui/error-summary.tsx'
import { Form } from '../../../ui/form.tsx'
import { Banner, Inset, RefusalPanel, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle, Prose, Section } from '../../../ui/page-title.tsx'
import { Stepper } from '../../../ui/progress.tsx'
import { SummaryList } from '../../../ui/summary-list.tsx'
import type { Page } from '../../../web/web.ts'
import { QueueNote } from '../../../web/queue-note.tsx'
import { QUEUE_TEXTS } from '../../../web/queue-texts.ts'
import type { Queueing } from '../../../web/queueing.ts'
import { freshSignIn } from '../dossier-forms.tsx'
import type { RefusedForm } from '../page-data.ts'
import { QuestionFields, type QuestionFieldsProps } from './fields.tsx'
import { REQUEST_TEXTS, type Question } from './texts.ts'
import { TRANSFER_TEXTS } from '../texts.ts'

/** The page before the first question; `hat` is false for somebody acting in an office. */
export function beginPage(props: {
  readonly language: Language
  readonly csrf: string
  readonly commandId: string
  readonly dossierId: string
  readonly ownHat: boolean
}): Page {
  const { begin } = REQUEST_TEXTS[props.language]
  const list = (title: string, items: readonly string[], more?: string): Children => (
    <Section title={title}>
      <Prose>
        <ul>
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
        {more && <p>{more}</p>}
      </Prose>
    </Section>
  )
  const start = props.ownHat ? (
    <PostButton
      action="/transfers/begin"
      csrf={props.csrf}
      commandId={props.commandId}
      hidden={{ dossierId: props.dossierId }}
    >
      {begin.start}
    </PostButton>
  ) : (
    <Inset>{begin.otherHat}</Inset>
  )
  return {
    title: begin.title,
    back: { href: '/', text: TRANSFER_TEXTS[props.language].back },
    children: (
      <>
        <PageTitle title={begin.title} lead={begin.lead} />
        {start}
        {list(begin.haveTitle, begin.have)}
        {list(begin.longTitle, begin.long, begin.fee)}
        <Section title={begin.whoTitle}>
          <Prose>
            <p>{begin.who}</p>
          </Prose>
        </Section>
        {list(begin.whenTitle, begin.when, begin.notWhen)}
        <RuleBox citation="294-QĐ/TW, mục 6.3.1a (208-QĐ/TW kế thừa)">{begin.whenRule}</RuleBox>
      </>
    ),
  }
}

export interface QuestionPage extends Omit<QuestionFieldsProps, 'errorOf'> {
  readonly dossierId: string
  readonly csrf: string
  readonly commandId: string
  readonly step: number
  readonly steps: number
  readonly previous: string
  /** came from the review: goes back there */
  readonly fromCheck: boolean
  readonly errors: readonly ErrorItem[]
  /** a refusal that is not about one field */
  readonly refused?: RefusedForm | undefined
  /** why it came back, when it did */
  readonly returned?: { readonly title: string; readonly reason: string } | undefined
}

/** One question with its fields. */
export function questionPage(page: QuestionPage): Page {
  const words = REQUEST_TEXTS[page.language]
  const title = words.titles[page.question]
  const wrong = page.errors.length > 0 || page.refused !== undefined
  return {
    title: wrong ? `${words.fixTitle}${title}` : title,
    back: { href: page.previous, text: words.back },
    children: (
      <>
        <Stepper text={words.of(page.step, page.steps)} step={page.step} steps={page.steps} />
        {page.returned && (
          <Banner kind="problem" title={page.returned.title}>
            {page.returned.reason}
          </Banner>
        )}
        <ErrorSummary errors={page.errors} />
        {page.refused && page.refused.errors.length === 0 && <Refused refused={page.refused} />}
        <QuestionBody page={page} />
        <p>
          <TextLink href="/">{words.leave}</TextLink>
        </p>
      </>
    ),
  }
}

export function Refused({ refused }: { readonly refused: RefusedForm }) {
  return (
    <RefusalPanel
      title={refused.title}
      what={refused.what}
      why={refused.why}
      citation={refused.citation}
      mend={<p>{refused.mend}</p>}
    />
  )
}

/** Questions with a form of their own (a file, a search) bring it along; the others share one. */
function QuestionBody({ page }: { readonly page: QuestionPage }) {
  const words = REQUEST_TEXTS[page.language]
  const errorOf = (field: string): string | undefined =>
    page.errors.find((error) => error.field === field)?.text
  const fields = <QuestionFields {...page} errorOf={errorOf} />
  if (page.question === 'decision-file' || page.question === 'destination') return fields
  const address = `/transfers/${page.dossierId}`
  return (
    <Form
      action={`${address}/questions/${page.question}`}
      csrf={page.csrf}
      commandId={page.commandId}
      draftUrl={`${address}/drafts/question-${page.question}`}
      hidden={page.fromCheck ? { from: 'check' } : {}}
    >
      {fields}
      <ButtonRow>
        <Button>{page.fromCheck ? words.saveAndCheck : words.next}</Button>
      </ButtonRow>
    </Form>
  )
}

export interface CheckRow {
  readonly question: Question
  readonly term: string
  readonly value: string
}

export interface CheckPage {
  readonly language: Language
  readonly dossierId: string
  readonly version: number
  readonly csrf: string
  readonly commandId: string
  readonly rows: readonly CheckRow[]
  readonly missing: readonly Question[]
  readonly fresh: boolean
  /** sending waits for level 2 now */
  readonly queueing?: Queueing | undefined
  readonly route: Children
  readonly refused?: RefusedForm | undefined
  readonly returned?: { readonly title: string; readonly reason: string } | undefined
  readonly startBy?: string | undefined
}

/** Everything once more, then the declaration and sending. */
export function checkPage(page: CheckPage): Page {
  const words = REQUEST_TEXTS[page.language]
  const { check } = words
  const questions = `/transfers/${page.dossierId}/questions`
  const refused = page.refused?.stale ? undefined : page.refused
  return {
    title: refused ? `${words.fixTitle}${check.title}` : check.title,
    back: { href: `${questions}/contact`, text: words.back },
    children: (
      <>
        {page.returned && (
          <Banner kind="problem" title={page.returned.title}>
            {page.returned.reason}
          </Banner>
        )}
        {refused && <Refused refused={refused} />}
        <PageTitle title={check.title} lead={check.lead} />
        {page.missing.length > 0 && (
          <NowCard title={check.missing}>
            <p>{check.missingLead}</p>
            <ul>
              {page.missing.map((question) => (
                <li key={question}>
                  <TextLink href={`${questions}/${question}?from=check`}>{words.short[question]}</TextLink>
                </li>
              ))}
            </ul>
          </NowCard>
        )}
        <SummaryList
          rows={page.rows.map((row) => ({
            term: row.term,
            value: row.value === '' ? <span class="quiet">{check.notYet}</span> : row.value,
            action: { href: `${questions}/${row.question}?from=check`, text: check.change },
          }))}
        />
        {page.route}
        {page.startBy && <p class="quiet">{page.startBy}</p>}
        {page.missing.length === 0 && <Send page={page} />}
        <p>
          <TextLink href={`/transfers/${page.dossierId}?do=withdraw#do`}>{check.withdraw}</TextLink>
        </p>
      </>
    ),
  }
}

function Send({ page }: { readonly page: CheckPage }) {
  const { check, fields } = REQUEST_TEXTS[page.language]
  const dossier = TRANSFER_TEXTS[page.language]
  const queueing = page.fresh ? undefined : page.queueing
  if (!page.fresh && !queueing) {
    return (
      <Card title={dossier.freshTitle}>
        <p>{check.signNote}</p>
        <ButtonRow>
          <ButtonLink href={freshSignIn(`/transfers/${page.dossierId}/questions/check#send`)}>
            {check.confirmFirst}
          </ButtonLink>
        </ButtonRow>
        <RuleBox citation={dossier.freshCitation}>{dossier.freshWhy}</RuleBox>
      </Card>
    )
  }
  const wrong = page.refused?.errors.find((error) => error.field === 'declared')?.text
  return (
    <Card id="send" title={check.send}>
      <Form
        action={`/transfers/${page.dossierId}/submit`}
        csrf={page.csrf}
        commandId={page.commandId}
        expectedNumber={page.version}
        hidden={queueing ? { queue: 'yes' } : {}}
      >
        <p>{check.signNote}</p>
        <Checkbox name="declared" label={fields.declared} error={wrong} />
        <RuleBox citation="338-QĐ/TW, Điều 6, khoản 1">{check.declareRule}</RuleBox>
        {queueing && <QueueNote queueing={queueing} language={page.language} />}
        <ButtonRow>
          <Button>{queueing ? QUEUE_TEXTS[page.language].button : check.send}</Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}

/** After sending: the official time, the number, who has it, and what comes. */
export function sentPage(props: {
  readonly language: Language
  readonly dossierId: string
  readonly number: string
  readonly receivedAt: Date
  readonly holder: string
  readonly until: string
  readonly blocked: boolean
}): Page {
  const words = REQUEST_TEXTS[props.language]
  const { sent } = words
  return {
    title: sent.title,
    children: (
      <>
        <Banner kind="success" title={sent.title}>
          {sent.number(props.number)}
        </Banner>
        <PageTitle title={sent.title} />
        <SummaryList
          rows={[
            { term: sent.receivedAt, value: formatInstant(props.receivedAt, props.language) },
            { term: sent.with, value: props.holder },
            ...(props.blocked ? [] : [{ term: sent.until, value: props.until }]),
          ]}
        />
        {props.blocked && <Inset>{sent.blocked}</Inset>}
        <Section title={sent.nextTitle}>
          <Prose>
            <ol>
              {sent.next.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </Prose>
        </Section>
        <ButtonRow>
          <ButtonLink href={`/transfers/${props.dossierId}`}>{sent.open}</ButtonLink>
          <ButtonLink href="/" kind="secondary">
            {sent.home}
          </ButtonLink>
        </ButtonRow>
      </>
    ),
  }
}

/** Where the letter will pass, and why. */
export function RouteBox(props: {
  readonly language: Language
  readonly route: {
    readonly legs: readonly { readonly from: string; readonly to: string }[]
    readonly why: 'whyInternal' | 'whyBeyond' | 'whySetting'
    readonly citation: string | null
  }
}) {
  const { destination } = REQUEST_TEXTS[props.language]
  const { legs, why, citation } = props.route
  return (
    <Card title={destination.route}>
      <ol class="govuk-list govuk-list--number">
        {legs.map(({ from, to }) => (
          <li key={`${from} ${to}`}>{destination.leg(from, to)}</li>
        ))}
      </ol>
      {citation ? (
        <RuleBox citation={citation}>{destination[why]}</RuleBox>
      ) : why === 'whySetting' ? (
        <RuleBox setting={destination.setting}>{destination[why]}</RuleBox>
      ) : (
        <p class="quiet">{destination[why]}</p>
      )}
    </Card>
  )
}

/** A day for a summary; nothing for none. */
export const dayOrNothing = (date: string | undefined, language: Language): string =>
  date ? formatDate(date, language) : ''
