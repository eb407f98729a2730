/** One remittance: what to do now and whose turn it is, its amounts with their rule, and its steps. */
import { formatDate, formatInstant, type Language, type PlainDate } from '../../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow } from '../../../ui/button.tsx'
import { Card, NowCard } from '../../../ui/card.tsx'
import { Radios } from '../../../ui/choice.tsx'
import { CopyValue } from '../../../ui/copy.tsx'
import { DateField, dateParts, type DateParts } from '../../../ui/date-field.tsx'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import { Form } from '../../../ui/form.tsx'
import { Banner, Expander, Inset, RefusalPanel } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { SummaryList } from '../../../ui/summary-list.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { Timeline, type TimelineStep } from '../../../ui/timeline.tsx'
import type { RefusalWords } from '../../../web/web.ts'
import { dong } from '../amount-text.ts'
import type { Allocation } from '../law/allocation.ts'
import { standingOfRemittance } from '../law/remittance.ts'
import { toSend } from './booked.ts'
import { dueInWords, monthOfRemittance, StandingTag } from './remit-page.tsx'
import { shareRows, ShareRule } from './rule-part.tsx'
import type { Remittance } from './remittances.ts'
import type { RemittingTexts } from './texts.ts'

export interface RemittancePageProps {
  readonly texts: RemittingTexts
  readonly language: Language
  readonly it: Remittance
  /** who looks: the organisation itself, or the one above */
  readonly side: 'own' | 'above'
  readonly may: { readonly send: boolean; readonly receive: boolean; readonly return: boolean }
  readonly today: PlainDate
  readonly allocation: Allocation
  /** of the superior, in use */
  readonly account:
    { readonly number: string; readonly holder: string; readonly bankName: string } | undefined
  readonly inHand: { readonly bankVnd: number; readonly cashVnd: number }
  /** the demonstration's bank with this transfer filled in */
  readonly simulatedBank: string | undefined
  readonly csrf: string
  readonly done: string | undefined
  readonly entered: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
  readonly refused: RefusalWords | undefined
}

export function RemittancePage(props: RemittancePageProps) {
  const { texts, language, it, errors, refused } = props
  const standing = standingOfRemittance(it)
  return (
    <>
      <ErrorSummary errors={Object.entries(errors).map(([field, text]) => ({ field, text }))} />
      {refused && (
        <RefusalPanel title={refused.title} what={refused.what} why={refused.why} mend={refused.mend} />
      )}
      {props.done && <Banner kind="success" title={props.done} />}
      <PageTitle
        title={texts.one.title(monthOfRemittance(it, texts, language))}
        caption={it.organisationName}
        meta={<StandingTag texts={texts} it={it} />}
      />
      {standing === 'made' && props.may.send && <ToSend {...props} />}
      {standing === 'made' && props.side === 'above' && (
        <Inset>{texts.one.waitBelow(it.organisationName)}</Inset>
      )}
      {standing === 'sent' && <Sent {...props} />}
      {standing === 'received' && <Received {...props} />}
      {standing === 'returned' && (
        <Banner kind="information" title={texts.one.returnedTitle}>
          <p>{texts.one.returnedWhy(it.returnReason ?? '')}</p>
        </Banner>
      )}
      <Section title={texts.one.figures}>
        <SummaryList
          rows={[
            ...shareRows(it, texts),
            { term: texts.to, value: it.remitVnd === 0 ? texts.top : (it.superiorName ?? texts.outside) },
          ]}
        />
        <ShareRule texts={texts} allocation={props.allocation} />
      </Section>
      <Section title={texts.one.steps}>
        <Timeline steps={stepsOf(props)} />
      </Section>
      {props.may.return && <GiveBack {...props} />}
    </>
  )
}

function ToSend(props: RemittancePageProps) {
  const { texts, language, it, account, today } = props
  const amount = dong(toSend(it))
  return (
    <>
      <NowCard
        title={texts.one.sendTitle(amount, it.superiorName ?? texts.outside)}
        deadline={dueInWords(it.dueOn, today, texts, language)}
      >
        {account ? <Code {...props} account={account} amount={amount} /> : <p>{texts.one.noAccount}</p>}
      </NowCard>
      <SaySent {...props} />
    </>
  )
}

function Code(
  props: RemittancePageProps & {
    readonly account: NonNullable<RemittancePageProps['account']>
    readonly amount: string
  },
) {
  const { texts, it, account, amount, simulatedBank } = props
  const picture = `/fees/remit/${it.id}/qr.png`
  return (
    <>
      <p>{texts.one.sendAbout}</p>
      <img
        class="code-picture"
        src={picture}
        width={320}
        height={320}
        alt={texts.one.picture(amount, account.number, it.key)}
      />
      <ButtonRow>
        <ButtonLink href={picture} kind="secondary" download>
          {texts.one.save}
        </ButtonLink>
        {simulatedBank && (
          <ButtonLink href={simulatedBank} kind="secondary">
            {texts.one.simulatedBank}
          </ButtonLink>
        )}
      </ButtonRow>
      <Expander summary={texts.one.byHand}>
        <SummaryList
          rows={[
            { term: texts.one.bank, value: account.bankName },
            {
              term: texts.one.account,
              value: <CopyValue name={texts.one.account} value={account.number} />,
            },
            { term: texts.one.holder, value: account.holder },
            {
              term: texts.one.amount,
              value: <CopyValue name={texts.one.amount} value={amount} copied={String(toSend(it))} />,
            },
            { term: texts.one.note, value: <CopyValue name={texts.one.note} value={it.key} /> },
          ]}
        />
      </Expander>
    </>
  )
}

/** What stands in the boxes: as it was typed, else the day given. */
export function dayBoxes(entered: Readonly<Record<string, string>>, name: string, day: PlainDate): DateParts {
  if (entered[`${name}-day`] === undefined) return dateParts(day)
  return {
    day: entered[`${name}-day`],
    month: entered[`${name}-month`],
    year: entered[`${name}-year`],
  }
}

function SaySent(props: RemittancePageProps) {
  const { texts, it, inHand, entered, errors, today, csrf } = props
  const choices = [
    { value: 'transfer', text: texts.one.howTransfer(dong(Math.max(0, inHand.bankVnd))) },
    { value: 'cash', text: texts.one.howCash(dong(Math.max(0, inHand.cashVnd))) },
  ]
  const likely = (['transfer', 'cash'] as const).find(
    (how) => (how === 'cash' ? inHand.cashVnd : inHand.bankVnd) >= toSend(it),
  )
  return (
    <Card title={texts.one.saySent}>
      <p class="quiet">{texts.one.saySentAbout}</p>
      <Form action={`/fees/remit/${it.id}/send`} csrf={csrf}>
        <Radios
          name="how"
          label={texts.one.how}
          value={entered.how ?? likely}
          error={errors.how}
          choices={choices}
        />
        <DateField name="on" label={texts.one.on} value={dayBoxes(entered, 'on', today)} error={errors.on} />
        <TextField
          name="reference"
          label={texts.one.reference}
          optional
          value={entered.reference}
          error={errors.reference}
        />
        <Button kind="secondary">{texts.one.sendDo}</Button>
      </Form>
    </Card>
  )
}

function Sent(props: RemittancePageProps) {
  const { texts, language, it, may, side, entered, errors, csrf, today } = props
  const how = it.sentHow ? texts.hows[it.sentHow] : ''
  const when = it.sentOn ? `${formatDate(it.sentOn, language)}, ${how}` : ''
  if (side === 'own')
    return (
      <Card title={it.superiorId === null ? texts.sentOutside : texts.one.waitTitle}>
        <p>{it.superiorId === null ? texts.one.waitOutside : texts.one.wait(it.superiorName ?? '')}</p>
        <p class="quiet">
          {texts.one.on}: {when}
        </p>
      </Card>
    )
  return (
    <NowCard
      title={texts.one.receiveTitle(dong(toSend(it)))}
      actions={
        may.receive && (
          <Form action={`/fees/remit/${it.id}/receive`} csrf={csrf}>
            <DateField
              name="on"
              label={texts.one.receivedOn}
              value={dayBoxes(entered, 'on', today)}
              error={errors.on}
            />
            <Button>{texts.one.receiveDo}</Button>
          </Form>
        )
      }
    >
      <p>{texts.one.receiveAbout}</p>
      <SummaryList
        rows={[
          { term: texts.one.on, value: when },
          { term: texts.one.note, value: it.key },
          ...(it.sentReference ? [{ term: texts.one.reference, value: it.sentReference }] : []),
        ]}
      />
    </NowCard>
  )
}

function Received({ texts, it }: RemittancePageProps) {
  return (
    <Card title={texts.one.receipt(`${it.receiptNumber}/${it.receiptYear}`)}>
      <ButtonRow>
        <ButtonLink href={`/fees/remit/${it.id}/receipt.pdf`}>{texts.one.openReceipt}</ButtonLink>
      </ButtonRow>
    </Card>
  )
}

function GiveBack(props: RemittancePageProps) {
  const { texts, it, side, entered, errors, csrf } = props
  const [title, about] =
    side === 'above'
      ? [texts.one.returnTitle, texts.one.returnAbout]
      : [texts.one.undoTitle, texts.one.undoAbout]
  return (
    <Expander summary={title} open={errors.reason !== undefined}>
      <p>{about}</p>
      <Form action={`/fees/remit/${it.id}/return`} csrf={csrf}>
        <TextField
          name="reason"
          label={texts.one.reason}
          hint={texts.one.reasonHint}
          value={entered.reason}
          error={errors.reason}
        />
        <Button kind="danger">{texts.one.returnDo}</Button>
      </Form>
    </Expander>
  )
}

function stepsOf({ texts, language, it }: RemittancePageProps): TimelineStep[] {
  const { one } = texts
  const standing = standingOfRemittance(it)
  const at = (instant: Date | null) => instant && formatInstant(instant, language)
  const step = (
    title: string,
    instant: Date | null,
    who: string | null | undefined,
    isNow: boolean,
  ): TimelineStep => ({
    standing: instant ? 'done' : isNow ? 'now' : 'next',
    title,
    ...(instant && who ? { who } : {}),
    when: at(instant) ?? one.toMake,
  })
  const silent = it.sentHow === 'held-above' ? one.bySystem : one.byBank
  const made = step(one.stepMade, it.madeAt, it.madeByName, false)
  const sent = step(one.stepSent, it.sentAt, it.sentByName ?? silent, standing === 'made')
  const received = step(one.stepReceived, it.receivedAt, it.receivedByName ?? silent, standing === 'sent')
  if (standing === 'kept') return [made]
  const returned: TimelineStep[] = it.returnedAt
    ? [
        {
          standing: 'problem',
          title: one.stepReturned,
          ...(it.returnedByName ? { who: it.returnedByName } : {}),
          when: formatInstant(it.returnedAt, language),
          note: it.returnReason,
        },
      ]
    : []
  const going = [made, sent, ...(it.superiorId === null ? [] : [received])]
  return it.returnedAt ? [...going.filter(({ standing: each }) => each === 'done'), ...returned] : going
}
