/** One line of the bank's that fitted nothing: what it says, what was decided, and each way to decide of it. */
import {
  formatDate,
  formatInstant,
  formatMonth,
  type Language,
  type PlainDate,
} from '../../../kernel/plain-date.ts'
import { Button, PostButton, TextLink } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import type { Children } from '../../../ui/children.ts'
import { Checkboxes, Radios } from '../../../ui/choice.tsx'
import { DateField, dateParts } from '../../../ui/date-field.tsx'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import { FilterBar } from '../../../ui/filter-bar.tsx'
import { Form } from '../../../ui/form.tsx'
import { Banner, Expander, RefusalPanel } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { SummaryList, type SummaryRow } from '../../../ui/summary-list.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { fill } from '../../../ui/words.ts'
import type { RefusalWords } from '../../../web/web.ts'
import { dong } from '../amount-text.ts'
import type { OpenLine, Person, Proposal } from '../law/proposals.ts'
import { isProposed } from '../law/review.ts'
import { keyOfLine } from '../paying/contract.ts'
import type { ActName } from './contract.ts'
import type { Booking, Review, ReviewedLine, Twin } from './lines.ts'
import { REVIEWING_TEXTS, type ReviewingTexts } from './texts.ts'

/** What was sent and could not be taken: nothing of it is lost. */
export interface RefusedAct {
  readonly act: ActName
  readonly entered: Readonly<Record<string, unknown>>
  /** fields that are missing or wrong */
  readonly fields: readonly string[]
  readonly refusal: RefusalWords | undefined
}

export interface LinePageProps {
  readonly language: Language
  readonly line: ReviewedLine
  readonly proposals: readonly Proposal[]
  readonly bookings: readonly Booking[]
  readonly twins: readonly Twin[]
  /** what was searched for, and who was found */
  readonly searched: string | undefined
  readonly people: readonly Person[]
  readonly today: PlainDate
  /** who reads, and for whom */
  readonly readers: readonly string[]
  /** up to this one person attaches money, or sends it back */
  readonly aloneUntilVnd: number
  readonly csrf: string
  readonly commandId: string
  readonly refused: RefusedAct | undefined
  /** why the reader cannot be the second person, where one is awaited */
  readonly notSecond: RefusalWords | undefined
}

interface Part extends LinePageProps {
  readonly texts: ReviewingTexts
}

export function LinePage(props: LinePageProps) {
  const { language, line, refused } = props
  const texts = REVIEWING_TEXTS[language]
  const part = { ...props, texts }
  const proposed = line.reviews.filter(isProposed)
  const waiting = line.reviews.find(
    ({ act, sentOn, withdrawn }) => act === 'sent-back' && sentOn === null && !withdrawn,
  )
  return (
    <>
      <ErrorSummary errors={errorsOf(part)} />
      <PageTitle
        title={fill(texts.lineTitle, {
          amount: line.direction === 'in' ? dong(line.amountVnd) : `−${dong(line.amountVnd)}`,
          on: formatDate(line.bookedOn, language),
        })}
        lead={line.awaited ? texts.awaited[line.awaited] : undefined}
      />
      {refused?.refusal && <RefusalPanel {...refused.refusal} />}
      <SummaryList rows={factsOf(part)} />
      {proposed[0] && <SecondAttach {...part} review={proposed[0]} proposed={proposed} />}
      {waiting && line.awaited === 'second' && <Second {...part} review={waiting} />}
      {waiting && line.awaited === 'send' && <Send {...part} review={waiting} />}
      {line.awaited === undefined && <Banner kind="information" title={texts.nothingLeft} />}
      {line.awaited === 'decide' && (
        <>
          {line.direction === 'in' && <Attach {...part} />}
          <Others {...part} />
        </>
      )}
    </>
  )
}

const WORDS_OF_FIELD = {
  reason: 'reasonMissing',
  choice: 'choose',
  on: 'backDayMissing',
  reference: 'backReferenceMissing',
  document: 'bookedMissing',
  twin: 'twinMissing',
} as const
type Field = keyof typeof WORDS_OF_FIELD

const idOf = (act: ActName, field: string): string => `${act}-${field}`

function errorsOf({ texts, refused }: Part) {
  return (refused?.fields ?? []).flatMap((field) =>
    refused && field in WORDS_OF_FIELD
      ? { id: idOf(refused.act, field), text: texts[WORDS_OF_FIELD[field as Field]] }
      : [],
  )
}

function errorOf({ texts, refused }: Part, act: ActName, field: Field): string | undefined {
  return refused?.act === act && refused.fields.includes(field) ? texts[WORDS_OF_FIELD[field]] : undefined
}

function enteredOf({ refused }: Part, act: ActName, field: string): string | undefined {
  const value = refused?.act === act ? refused.entered[field] : undefined
  return typeof value === 'string' ? value : undefined
}

function factsOf({ texts, language, line }: Part): SummaryRow[] {
  const { order } = line
  const decided = line.reviews.filter((each) => !isProposed(each))
  return [
    { term: texts.content, value: line.content },
    { term: texts.outcome, value: texts.outcomes[line.outcome] },
    { term: texts.account, value: line.accountNumber },
    { term: texts.reference, value: line.reference },
    {
      term: texts.toldBy,
      value: fill(texts.told, {
        source: texts.sources[line.source as keyof ReviewingTexts['sources']] ?? line.source,
        on: formatDate(line.toldOn, language),
      }),
    },
    ...(order
      ? [
          {
            term: texts.orderNamed,
            value: fill(texts.orderWorth, { key: order.key, amount: dong(order.amountVnd) }),
          },
        ]
      : []),
    ...(line.restVnd > 0 && line.restVnd < line.amountVnd
      ? [{ term: texts.rest, value: dong(line.restVnd) }]
      : []),
    ...(decided.length > 0
      ? [{ term: texts.decided, value: <Decided texts={texts} language={language} reviews={decided} /> }]
      : []),
  ]
}

function Decided(props: {
  readonly texts: ReviewingTexts
  readonly language: Language
  readonly reviews: readonly Review[]
}) {
  const { texts, language, reviews } = props
  return (
    <ul class="plain-list">
      {reviews.map((each) => (
        <li key={each.id}>
          {fill(texts.decidedBy, {
            act: texts.acts[each.act],
            amount: dong(each.amountVnd),
            name: each.byName,
            at: formatInstant(each.at, language),
          })}
          . {each.reason}
          {each.paymentId && each.receipt && (
            <>
              {' · '}
              {each.receiptOpens ? (
                <TextLink href={`/fees/receipts/${each.paymentId}.pdf`}>
                  {fill(texts.receipt, { number: each.receipt })}
                </TextLink>
              ) : (
                fill(texts.receipt, { number: each.receipt })
              )}
            </>
          )}
          {each.confirmedByName && ` · ${fill(texts.confirmedBy, { name: each.confirmedByName })}`}
          {each.sentOn &&
            ` · ${fill(texts.sentOn, { on: formatDate(each.sentOn, language), reference: each.sentReference ?? '' })}`}
          {each.withdrawn && ` · ${fill(texts.withdrawn, { reason: each.withdrawnReason ?? '' })}`}
        </li>
      ))}
    </ul>
  )
}

function ActForm(
  props: Part & {
    readonly act: ActName
    readonly hidden?: Readonly<Record<string, string>>
    readonly fields?: Children
    readonly withReason?: boolean
    readonly button: string
    readonly kind?: 'primary' | 'secondary' | 'danger'
  },
) {
  const { texts, line, act, csrf, commandId, hidden, fields, button, kind, withReason = true } = props
  return (
    <Form
      action={`/fees/bank/lines/${line.id}`}
      csrf={csrf}
      commandId={commandId}
      hidden={{ act, ...hidden }}
    >
      {fields}
      {withReason && (
        <TextField
          name="reason"
          id={idOf(act, 'reason')}
          label={texts.reason}
          hint={act === 'attach' ? texts.reasonHint : undefined}
          value={enteredOf(props, act, 'reason')}
          error={errorOf(props, act, 'reason')}
        />
      )}
      <Button kind={kind ?? 'secondary'}>{button}</Button>
    </Form>
  )
}

function Attach(props: Part) {
  const { texts, language, line, proposals, searched, people, aloneUntilVnd } = props
  return (
    <Card title={texts.attachTitle} id="attach">
      <p class="quiet">{proposals.length > 0 ? texts.attachAbout : texts.attachNone}</p>
      {line.amountVnd > aloneUntilVnd && (
        <p class="quiet">{fill(texts.attachSecond, { limit: dong(aloneUntilVnd) })}</p>
      )}
      {(proposals.length > 0 || people.length > 0) && (
        <ActForm
          {...props}
          act="attach"
          kind="primary"
          button={texts.attach}
          hidden={searched ? { q: searched } : {}}
          fields={
            <>
              {proposals.length > 0 && (
                <Radios
                  name="choice"
                  id={idOf('attach', 'choice')}
                  label={texts.proposed}
                  error={errorOf(props, 'attach', 'choice')}
                  value={enteredOf(props, 'attach', 'choice')}
                  choices={proposals.map((each) => ({
                    value: valueOf(each),
                    text: titleOf(each, texts),
                    hint: hintOf(each, props),
                  }))}
                />
              )}
              {people.map((person) => (
                <Checkboxes
                  key={person.memberId}
                  name="chosen"
                  id={`chosen-${person.memberId}`}
                  label={person.fullName}
                  hint={texts.searchChoose}
                  choices={person.lines.map((each) => ({
                    value: keyOfLine(each),
                    text: `${formatMonth(each.period.slice(0, 7), language)}: ${dong(each.amountVnd)}`,
                  }))}
                />
              ))}
            </>
          }
        />
      )}
      {searched && people.length === 0 && <p>{texts.searchNone}</p>}
      <FilterBar action={`/fees/bank/lines/${line.id}`} label={texts.searchTitle} button={texts.searchDo}>
        <TextField name="q" label={texts.searchLabel} value={searched} width={20} />
      </FilterBar>
    </Card>
  )
}

const valueOf = (proposal: Proposal): string =>
  proposal.kind === 'order'
    ? `order:${proposal.order.id}`
    : `lines:${proposal.lines.map(keyOfLine).join(',')}`

function titleOf(proposal: Proposal, texts: ReviewingTexts): string {
  const amount = dong(proposal.amountVnd)
  return proposal.kind === 'order'
    ? fill(texts.proposalOrder, { name: proposal.order.payerName, amount })
    : fill(texts.proposalLines, { name: proposal.name, amount })
}

function hintOf(proposal: Proposal, { texts, language, line }: Part): string {
  const lines = proposal.kind === 'order' ? proposal.order.lines : proposal.lines
  const rest = line.restVnd - proposal.amountVnd
  return [
    `${proposal.why.map((why) => texts.whys[why]).join(', ')}; ${monthsOf(lines, texts, language)}.`,
    ...(rest > 0 ? [fill(texts.restStays, { rest: dong(rest) })] : []),
  ].join(' ')
}

function monthsOf(lines: readonly OpenLine[], texts: ReviewingTexts, language: Language): string {
  const months = [...new Set(lines.map(({ period }) => period.slice(0, 7)))].toSorted()
  return fill(texts.months, {
    months: months.map((month) => formatMonth(month, language).replace(/^tháng /, '')).join(', '),
  })
}

/** More speaks for it than that the amount is the same. */
const isLikely = ({ why }: Proposal): boolean => why.some((each) => each !== 'amount')

function Others(props: Part) {
  const { texts, language, line, proposals, bookings, twins, refused, aloneUntilVnd } = props
  const alone = line.restVnd <= aloneUntilVnd
  const whole = line.restVnd === line.amountVnd
  return (
    <>
      {line.direction === 'in' && (
        <Expander summary={texts.backTitle} open={refused?.act === 'send-back'}>
          <p>
            {alone
              ? fill(texts.backAbout, { rest: dong(line.restVnd) })
              : fill(texts.backSecond, { limit: dong(aloneUntilVnd) })}
          </p>
          <ActForm
            {...props}
            act="send-back"
            kind="danger"
            button={alone ? texts.backDo : texts.backAsk}
            fields={alone && <SentFields {...props} act="send-back" />}
          />
        </Expander>
      )}
      {whole && bookings.length > 0 && (
        <Expander summary={texts.bookedTitle} open={refused?.act === 'booked' || !proposals.some(isLikely)}>
          <p>{texts.bookedAbout}</p>
          <ActForm
            {...props}
            act="booked"
            button={texts.bookedDo}
            fields={
              <Radios
                name="document"
                id={idOf('booked', 'document')}
                label={texts.bookedTitle}
                error={errorOf(props, 'booked', 'document')}
                value={enteredOf(props, 'booked', 'document')}
                choices={bookings.map(({ documentId, kind, on }) => ({
                  value: documentId,
                  text: fill(texts.bookedOn, {
                    kind: texts.bookings[kind] ?? kind,
                    on: formatDate(on, language),
                  }),
                }))}
              />
            }
          />
        </Expander>
      )}
      {whole && twins.length > 0 && (
        <Expander summary={texts.twinTitle} open={refused?.act === 'told-twice'}>
          <p>{texts.twinAbout}</p>
          <ActForm
            {...props}
            act="told-twice"
            button={texts.twinDo}
            fields={
              <Radios
                name="twin"
                id={idOf('told-twice', 'twin')}
                label={texts.twinTitle}
                error={errorOf(props, 'told-twice', 'twin')}
                value={enteredOf(props, 'told-twice', 'twin')}
                choices={twins.map(({ id, bookedOn, content, outcome }) => ({
                  value: id,
                  text: fill(texts.twinOf, {
                    on: formatDate(bookedOn, language),
                    outcome: texts.outcomes[outcome].toLowerCase(),
                    content,
                  }),
                }))}
              />
            }
          />
        </Expander>
      )}
      <Expander summary={texts.leftTitle} open={refused?.act === 'leave'}>
        <p>{texts.leftAbout}</p>
        <ActForm {...props} act="leave" button={texts.leftDo} />
      </Expander>
    </>
  )
}

function SentFields(props: Part & { readonly act: 'send-back' | 'sent' }) {
  const { texts, today, refused, act } = props
  const typed = refused?.act === act
  return (
    <>
      <DateField
        name="on"
        id={idOf(act, 'on')}
        label={texts.backDay}
        error={errorOf(props, act, 'on')}
        value={
          typed
            ? {
                day: enteredOf(props, act, 'on-day'),
                month: enteredOf(props, act, 'on-month'),
                year: enteredOf(props, act, 'on-year'),
              }
            : dateParts(today)
        }
      />
      <TextField
        name="reference"
        id={idOf(act, 'reference')}
        label={texts.backReference}
        value={enteredOf(props, act, 'reference')}
        error={errorOf(props, act, 'reference')}
        width={20}
      />
    </>
  )
}

interface WithReview extends Part {
  readonly review: Review
}

function Second(props: WithReview) {
  const { texts, review, readers } = props
  const own = readers.includes(review.by)
  return (
    <Card title={texts.secondTitle}>
      <p>
        {own
          ? texts.secondOwn
          : fill(texts.secondOther, {
              name: review.byName,
              amount: dong(review.amountVnd),
              reason: review.reason,
            })}
      </p>
      <Agreeing {...props} button={texts.secondDo} />
    </Card>
  )
}

/** The reader says yes, or learns why somebody else must; either of the two may take it back. */
function Agreeing({ button, ...props }: WithReview & { readonly button: string }) {
  const { line, review, readers, csrf, notSecond } = props
  return (
    <>
      {!readers.includes(review.by) && notSecond && <NotSecond {...notSecond} />}
      {!notSecond && (
        <PostButton
          action={`/fees/bank/lines/${line.id}`}
          csrf={csrf}
          hidden={{ act: 'confirm', decision: review.id }}
        >
          {button}
        </PostButton>
      )}
      <Withdraw {...props} />
    </>
  )
}

function NotSecond({ title, what, mend }: RefusalWords) {
  return (
    <>
      <p>
        <strong>{title}.</strong> {what}
      </p>
      <p>{mend}</p>
    </>
  )
}

/** What was proposed in one act, for whoever is asked to agree. */
function SecondAttach(props: WithReview & { readonly proposed: readonly Review[] }) {
  const { texts, language, review, proposed, readers } = props
  const own = readers.includes(review.by)
  const amount = dong(proposed.reduce((sum, { amountVnd }) => sum + amountVnd, 0))
  return (
    <Card title={texts.secondAttachTitle}>
      <p>
        {own
          ? texts.secondOwn
          : fill(texts.secondAttachOther, { name: review.byName, amount, reason: review.reason })}
      </p>
      <p>{texts.proposedFor}:</p>
      <ul class="plain-list">
        {proposed
          .flatMap((each) => each.proposed?.lines ?? [])
          .map((each) => (
            <li key={keyOfLine(each)}>
              {fill(texts.proposedLine, {
                name: each.fullName,
                month: formatMonth(each.period.slice(0, 7), language),
                amount: dong(each.amountVnd),
              })}
            </li>
          ))}
      </ul>
      <Agreeing {...props} button={texts.secondAttachDo} />
    </Card>
  )
}

function Send(props: WithReview) {
  const { texts, review } = props
  return (
    <Section title={texts.sendTitle} about={fill(texts.backAbout, { rest: dong(review.amountVnd) })}>
      <ActForm
        {...props}
        act="sent"
        kind="primary"
        withReason={false}
        hidden={{ decision: review.id }}
        button={texts.backDo}
        fields={<SentFields {...props} act="sent" />}
      />
      <Withdraw {...props} />
    </Section>
  )
}

function Withdraw(props: WithReview) {
  const { texts, review, refused } = props
  return (
    <Expander
      summary={review.act === 'attached' ? texts.withdrawAttachTitle : texts.withdrawTitle}
      open={refused?.act === 'withdraw'}
    >
      <ActForm {...props} act="withdraw" hidden={{ decision: review.id }} button={texts.withdrawDo} />
    </Expander>
  )
}
