/** One refund: whose turn it is and until when, the payment beside the bank's line, where the money goes or what it pays, what the reader may do, the steps. */
import {
  formatDate,
  formatInstant,
  formatMonth,
  type Language,
  type PlainDate,
} from '../../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow, PostButton, TextLink } from '../../../ui/button.tsx'
import { Card, NowCard } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { DateField, type DateParts } from '../../../ui/date-field.tsx'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import { Form } from '../../../ui/form.tsx'
import { Banner, Expander, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { Tag, type DeadlineProps } from '../../../ui/pill.tsx'
import { SummaryList } from '../../../ui/summary-list.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { Timeline, type TimelineStep } from '../../../ui/timeline.tsx'
import { fill } from '../../../ui/words.ts'
import { dong } from '../amount-text.ts'
import { holderDiffers, isLate, turnOf, type RefundAct } from '../law/refunds.ts'
import type { ReadRefund, Refund } from './refunds.ts'
import type { RefundTexts } from './texts.ts'

type Entered = Readonly<Record<string, string>>

export interface RefundPageProps {
  readonly texts: RefundTexts
  readonly language: Language
  readonly refund: ReadRefund
  readonly today: PlainDate
  /** what the reader may do now */
  readonly may: readonly RefundAct[]
  /** why an act that waits is not the reader's, or what keeps it from being done */
  readonly kept: string | undefined
  /** the payer, and not somebody who handles the fees */
  readonly own: boolean
  readonly bankName: (bin: string) => string
  readonly days: number
  readonly done: string | undefined
  readonly entered: Entered
  readonly errors: Entered
  readonly csrf: string
}

export function RefundPage(props: RefundPageProps) {
  const { texts, refund, errors } = props
  const receipt = `${refund.payment.receiptNumber}/${refund.payment.receiptYear}`
  return (
    <>
      <ErrorSummary errors={Object.entries(errors).map(([field, text]) => ({ field, text }))} />
      {props.done && <Banner kind="success" title={props.done} />}
      <PageTitle
        title={texts.title}
        caption={`${fill(texts.receiptOf, { number: receipt })} · ${refund.organisationName}`}
      />
      <Now {...props} />
      {!props.own && <Beside {...props} />}
      <Months {...props} />
      <Where {...props} />
      {/* Who decides looks first, then acts. */}
      {!props.own && props.may.length > 0 && (
        <Card title={texts.act}>
          <Acts {...props} />
        </Card>
      )}
      <Section title={texts.steps}>
        <Timeline steps={stepsOf(props)} />
      </Section>
      <RuleBox setting={fill(texts.ruleSetting, { days: props.days })}>{texts.rule}</RuleBox>
    </>
  )
}

export function deadlineOf(
  refund: Pick<Refund, 'status' | 'dueOn'>,
  { texts, language, today }: Pick<RefundPageProps, 'texts' | 'language' | 'today'>,
): DeadlineProps | undefined {
  if (!['asked', 'checked', 'approved'].includes(refund.status)) return undefined
  const day = formatDate(refund.dueOn, language)
  return isLate(refund, today)
    ? { tone: 'late', text: fill(texts.late, { day }) }
    : { tone: refund.dueOn === today ? 'soon' : 'ok', text: fill(texts.before, { day }) }
}

/** What waits, and the reader's own part in it. */
function Now(props: RefundPageProps) {
  const { texts, language, refund, may, kept, own } = props
  const over = {
    refused: texts.refusedTitle,
    withdrawn: texts.withdrawnTitle,
    closed: refund.method === 'move' ? texts.movedTitle : texts.overTitle,
  }
  const title =
    (over as Readonly<Record<string, string>>)[refund.status] ??
    fill(texts.turns[turnOf(refund)], { paying: refund.payingName })
  return (
    <NowCard title={title} deadline={deadlineOf(refund, props)} actions={own && <Acts {...props} />}>
      <p class="amount">{dong(refund.amountVnd)}</p>
      {refund.endedWhy && <p>{refund.endedWhy}</p>}
      {refund.paidOn && (
        <p>
          {fill(texts.paidBackOn, { day: formatDate(refund.paidOn, language) })}
          {refund.bankReference && <>. {fill(texts.reference, { reference: refund.bankReference })}</>}
        </p>
      )}
      {kept && <p>{kept}</p>}
      {own && may.length === 0 && turnOf(refund) !== 'nobody' && <p>{texts.yours}</p>}
    </NowCard>
  )
}

function Acts(props: RefundPageProps) {
  const { texts, refund, may, csrf } = props
  const at = `/fees/refunds/${refund.id}`
  const move = refund.method === 'move'
  return (
    <>
      {may.includes('check') && <Check {...props} />}
      {may.includes('approve') && (
        <Form action={`${at}/approve`} csrf={csrf}>
          <p>
            <b>{fill(move ? texts.moveTitle : texts.approveTitle, { amount: dong(refund.amountVnd) })}</b>
          </p>
          <p>{move ? texts.moveAbout : fill(texts.approveAbout, { paying: refund.payingName })}</p>
          <ButtonRow>
            <Button>{texts.approveDo}</Button>
          </ButtonRow>
        </Form>
      )}
      {may.includes('pay-out') && <PayOut {...props} />}
      {may.includes('refuse') && <Refuse {...props} />}
      {may.includes('close') && (
        <>
          <p class="quiet">{fill(texts.closeAbout, { paying: refund.payingName })}</p>
          <PostButton action={`${at}/close`} csrf={csrf}>
            {texts.close}
          </PostButton>
        </>
      )}
      {may.includes('withdraw') && (
        <PostButton action={`${at}/withdraw`} csrf={csrf} kind="secondary">
          {texts.withdraw}
        </PostButton>
      )}
    </>
  )
}

function Check({ texts, language, refund, entered, errors, csrf }: RefundPageProps) {
  const wrongRight = Object.keys(errors).some((name) => name.startsWith('right-'))
  return (
    <Form action={`/fees/refunds/${refund.id}/check`} csrf={csrf}>
      <p>
        <b>{texts.checkTitle}</b>
      </p>
      <p>{refund.method === 'move' ? texts.moveCheckAbout : texts.checkAbout}</p>
      {holderDiffers(refund) && (
        <TextField
          name="holderReason"
          label={texts.holderReason}
          value={entered.holderReason}
          error={errors.holderReason}
        />
      )}
      <Expander summary={texts.rightOpen} open={wrongRight || refund.reason === 'wrong-amount'}>
        {refund.lines.map((line, index) => (
          <TextField
            key={String(index)}
            name={`right-${index}`}
            label={fill(texts.right, { line: lineInWords(line, language) })}
            hint={index === 0 ? texts.rightHint : undefined}
            value={entered[`right-${index}`]}
            error={errors[`right-${index}`]}
            numeric
            width={20}
            suffix="đ"
          />
        ))}
      </Expander>
      <ButtonRow>
        <Button>{texts.checkDo}</Button>
      </ButtonRow>
    </Form>
  )
}

const lineInWords = (line: Refund['lines'][number], language: Language): string =>
  `${line.fullName}, ${formatMonth(line.period.slice(0, 7), language)}`

function Refuse({ texts, refund, entered, errors, csrf }: RefundPageProps) {
  return (
    <Expander summary={texts.refuse} open={errors.why !== undefined}>
      <Form action={`/fees/refunds/${refund.id}/refuse`} csrf={csrf}>
        <TextField
          name="why"
          label={texts.refuseWhy}
          hint={texts.refuseHint}
          value={entered.why}
          error={errors.why}
        />
        <ButtonRow>
          <Button kind="danger">{texts.refuseDo}</Button>
        </ButtonRow>
      </Form>
    </Expander>
  )
}

function PayOut({ texts, refund, today, entered, errors, csrf }: RefundPageProps) {
  const cash = refund.method === 'cash'
  const [year, month, day] = today.split('-')
  const on: DateParts = {
    day: entered['on-day'] ?? String(Number(day)),
    month: entered['on-month'] ?? String(Number(month)),
    year: entered['on-year'] ?? year,
  }
  return (
    <Form action={`/fees/refunds/${refund.id}/pay-out`} csrf={csrf}>
      <p>
        <b>{fill(texts.payTitle, { amount: dong(refund.amountVnd) })}</b>
      </p>
      <p>{cash ? texts.payCashAbout : texts.payAbout}</p>
      {!cash && (
        <TextField
          name="reference"
          label={texts.payReference}
          hint={texts.payReferenceHint}
          value={entered.reference}
          error={errors.reference}
          width={20}
          autocomplete="off"
        />
      )}
      <DateField name="on" label={texts.payOn} value={on} error={errors.on} />
      <ButtonRow>
        <Button>{texts.payDo}</Button>
        {cash && (
          <ButtonLink href={`/fees/refunds/${refund.id}/voucher`} kind="secondary">
            {texts.voucher}
          </ButtonLink>
        )}
      </ButtonRow>
    </Form>
  )
}

interface Compared {
  readonly what: string
  readonly booked: string
  readonly told: string
  /** undefined: not compared by the machine */
  readonly same?: boolean
}

/** What was booked, and what the bank told of it: line by line, so that one look compares. */
function Beside({ texts, language, refund }: RefundPageProps) {
  const { payment, amountVnd } = refund
  const { bank } = payment
  const receipt = `${payment.receiptNumber}/${payment.receiptYear}`
  const whole = amountVnd !== payment.amountVnd && <p>{fill(texts.whole, { amount: dong(amountVnd) })}</p>
  if (!bank)
    return (
      <Card title={texts.byCash}>
        <SummaryList
          rows={[
            { term: texts.receipt, value: receipt },
            { term: texts.payer, value: refund.payerName },
            { term: texts.amount, value: dong(payment.amountVnd) },
            { term: texts.paidAt, value: formatInstant(payment.paidAt, language) },
            { term: texts.receiver, value: payment.receiverName ?? '–' },
          ]}
        />
        {whole}
        <p class="quiet">{texts.noBankLine}</p>
      </Card>
    )
  const content = bank.content.replace(/[^0-9A-Za-z]/g, '').toUpperCase()
  const rows: Compared[] = [
    {
      what: texts.amount,
      booked: dong(payment.amountVnd),
      told: dong(bank.amountVnd),
      same: bank.amountVnd === payment.amountVnd,
    },
    {
      what: texts.key,
      booked: payment.key,
      told: bank.content,
      same: content.includes(payment.key.toUpperCase()),
    },
    {
      what: texts.paidAt,
      booked: formatInstant(payment.paidAt, language),
      told: formatInstant(bank.bookedAt, language),
    },
    { what: texts.numberOf, booked: receipt, told: bank.reference },
    {
      what: texts.who,
      booked: refund.payerName,
      told: fill(texts.into, { account: bank.accountNumber, holder: bank.accountHolder }),
    },
  ]
  return (
    <Section title={texts.beside} about={whole || undefined}>
      <DataTable
        caption={texts.beside}
        hideCaption
        columns={[
          { key: 'what', title: texts.what, cell: ({ what }) => what },
          { key: 'booked', title: texts.paid, cell: ({ booked }) => booked },
          { key: 'told', title: texts.byBank, cell: ({ told }) => told },
          {
            key: 'same',
            title: texts.compared,
            cell: ({ same }) =>
              same === undefined ? (
                '–'
              ) : (
                <Tag tone={same ? 'ok' : 'late'}>{same ? texts.same : texts.differs}</Tag>
              ),
          },
        ]}
        rows={rows}
        keyOf={({ what }) => what}
      />
    </Section>
  )
}

function Where(props: RefundPageProps) {
  return props.refund.method === 'move' ? <Targets {...props} /> : <Account {...props} />
}

/** What a correction pays, and whether each can still be paid by it. */
function Targets({ texts, language, refund, own }: RefundPageProps) {
  const { targets, movedTo } = refund
  const receipt = movedTo && fill(texts.newReceipt, { receipt: movedTo.receipt })
  const { targetsVnd } = refund.ofOthers
  const link = own && movedTo && <TextLink href={`/fees/receipts/${movedTo.id}.pdf`}>{receipt}</TextLink>
  return (
    <Section title={texts.to} about={link || receipt || undefined}>
      <DataTable
        caption={texts.to}
        hideCaption
        columns={[
          { key: 'name', title: texts.member, cell: ({ fullName }) => fullName },
          {
            key: 'month',
            title: texts.month,
            cell: ({ period }) => formatMonth(period.slice(0, 7), language),
          },
          { key: 'amount', title: texts.amount, numeric: true, cell: ({ amountVnd }) => dong(amountVnd) },
          {
            key: 'standing',
            title: texts.standing,
            cell: ({ paid, replaced, waiting }) => {
              const standing = paid ? 'paid' : replaced || waiting ? 'closed' : 'open'
              if (standing === 'open') return texts.standingOf.open
              return <Tag tone={movedTo ? 'ok' : 'late'}>{texts.standingOf[standing]}</Tag>
            },
          },
        ]}
        rows={targets}
        keyOf={({ memberId, period, number }) => `${memberId} ${period} ${number}`}
        empty={null}
      />
      {targetsVnd > 0 && <p>{fill(texts.ofOthers, { amount: dong(targetsVnd) })}</p>}
    </Section>
  )
}

function Account({ texts, refund, bankName }: RefundPageProps) {
  const differs = holderDiffers(refund)
  const rows = refund.holder
    ? [
        { term: texts.bank, value: bankName(refund.bin ?? '') },
        { term: texts.number, value: refund.number ?? '' },
        {
          term: texts.holder,
          value: (
            <>
              {refund.holder}{' '}
              <Tag tone={differs ? 'late' : 'ok'}>{differs ? texts.holderDiffers : texts.holderSame}</Tag>
            </>
          ),
        },
        ...(refund.holderReason ? [{ term: texts.holderReasonGiven, value: refund.holderReason }] : []),
      ]
    : [{ term: texts.method, value: fill(texts.targetCash, { cell: refund.organisationName }) }]
  return (
    <Card title={texts.target}>
      <SummaryList rows={[...rows, { term: texts.paying, value: refund.payingName }]} />
    </Card>
  )
}

function Months({ texts, language, refund }: RefundPageProps) {
  const { linesVnd } = refund.ofOthers
  const changed = refund.lines.some(({ rightVnd }) => rightVnd !== null)
  const why = [texts.reasons[refund.reason], ...(refund.note ? [refund.note] : [])].join('. ')
  return (
    <Section title={texts.lines} about={why}>
      <DataTable
        caption={texts.lines}
        hideCaption
        columns={[
          { key: 'name', title: texts.member, cell: ({ fullName }) => fullName },
          {
            key: 'month',
            title: texts.month,
            cell: ({ period }) => formatMonth(period.slice(0, 7), language),
          },
          { key: 'amount', title: texts.amount, numeric: true, cell: ({ amountVnd }) => dong(amountVnd) },
          ...(changed
            ? [
                {
                  key: 'right',
                  title: texts.rightAmount,
                  numeric: true,
                  cell: ({ rightVnd, amountVnd }: Refund['lines'][number]) => dong(rightVnd ?? amountVnd),
                },
              ]
            : []),
        ]}
        rows={refund.lines}
        keyOf={({ memberId, period, number }) => `${memberId} ${period} ${number}`}
        empty={null}
      />
      {linesVnd > 0 && <p>{fill(texts.ofOthers, { amount: dong(linesVnd) })}</p>}
    </Section>
  )
}

/** To the payer, those who decide are the organisation; to its own people, by name. */
function stepsOf({ texts, language, refund, own }: RefundPageProps): TimelineStep[] {
  const { step } = texts
  const at = (instant: Date | null) => (instant ? formatInstant(instant, language) : undefined)
  const who = (name: string | null) => (own ? undefined : (name ?? undefined))
  const asked: TimelineStep = {
    standing: 'done',
    title: step.asked,
    when: at(refund.askedAt),
    who: refund.askedByName,
  }
  const ended = refund.status === 'refused' || refund.status === 'withdrawn'
  const checked = { title: step.checked, when: at(refund.checkedAt), who: who(refund.checkedByName) }
  const approved = { when: at(refund.approvedAt), who: who(refund.approvedByName) }
  const paidOut = {
    title: step.paidOut,
    when: refund.paidOn ? formatDate(refund.paidOn, language) : undefined,
    who: who(refund.paidByName),
  }
  const steps =
    refund.method === 'move'
      ? [checked, { title: step.moved, ...approved }]
      : [
          checked,
          { title: step.approved, ...approved },
          paidOut,
          { title: step.closed, when: at(refund.closedAt) },
        ]
  const done = steps.filter(({ when }) => when !== undefined)
  if (ended)
    return [
      asked,
      ...done.map((each) => ({ ...each, standing: 'done' as const })),
      {
        standing: 'problem',
        title: step[refund.status as 'refused' | 'withdrawn'],
        when: at(refund.endedAt),
        who: who(refund.endedByName),
      },
    ]
  return [
    asked,
    ...steps.map((each, place) => ({
      ...each,
      standing:
        place < done.length
          ? ('done' as const)
          : place === done.length
            ? ('now' as const)
            : ('next' as const),
    })),
  ]
}
