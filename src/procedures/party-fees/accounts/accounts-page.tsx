/** The accounts of an organisation: the one in use, those that wait, here and below, declaring one; and one account with what may be done. */
import { formatDate, todayIn, type Language } from '../../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow, PostButton, TextLink } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Radios } from '../../../ui/choice.tsx'
import { DataTable, type Column } from '../../../ui/data-table.tsx'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import { Form } from '../../../ui/form.tsx'
import { Banner, EmptyState, Expander, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { Tag, type Tone } from '../../../ui/pill.tsx'
import { SummaryList } from '../../../ui/summary-list.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { fill } from '../../../ui/words.ts'
import { FeeTabs, type TabCounts } from '../fee-tabs.tsx'
import { CHECKS, standingOf, type AccountStanding } from '../law/accounts.ts'
import { AccountFields, type AccountFieldsProps } from './account-fields.tsx'
import type { FeeAccount } from './register.ts'
import { howInWords, type AccountTexts } from './texts.ts'

type Entered = Readonly<Record<string, string>>

export interface AccountsPageProps {
  readonly texts: AccountTexts
  readonly language: Language
  readonly organisation: string
  readonly accounts: readonly FeeAccount[]
  readonly waitingBelow: readonly FeeAccount[]
  /** there may be more: the register of those below has them all */
  readonly moreBelow: boolean
  readonly tabs: TabCounts
  /** whose account receives while there is none of the own */
  readonly receivedBy: string | undefined
  /** who reads, and for whom */
  readonly people: readonly string[]
  readonly banks: AccountFieldsProps['banks']
  readonly bankName: (bin: string) => string
  readonly done: string | undefined
  readonly entered: Entered
  readonly errors: Entered
  readonly csrf: string
  readonly commandId: string
}

const TONES: Readonly<Record<AccountStanding, Tone>> = {
  'in-use': 'ok',
  'set-aside': 'neutral',
  waiting: 'soon',
  retired: 'neutral',
}

export function AccountsPage(props: AccountsPageProps) {
  const { texts, accounts, waitingBelow, errors } = props
  const of = (standing: AccountStanding) => accounts.filter((each) => standingOf(each) === standing)
  const [inUse] = of('in-use')
  const retired = of('retired')
  return (
    <>
      <ErrorSummary errors={Object.entries(errors).map(([field, text]) => ({ field, text }))} />
      {props.done && <Banner kind="success" title={props.done} />}
      <PageTitle title={texts.title} caption={props.organisation} lead={texts.lead} />
      <FeeTabs language={props.language} current="accounts" counts={props.tabs} />
      {inUse ? <InUse {...props} account={inUse} /> : <NoneInUse {...props} />}
      <Listed {...props} title={texts.waiting} accounts={of('waiting')} />
      <Listed
        {...props}
        title={texts.waitingBelow}
        about={texts.waitingBelowAbout}
        accounts={waitingBelow}
        below
      />
      {props.moreBelow && (
        <p>
          <TextLink href="/fees/accounts/below?standing=waiting">{texts.allWaitingBelow}</TextLink>
        </p>
      )}
      <Listed {...props} title={texts.others} accounts={of('set-aside')} />
      <Declare {...props} />
      <RuleBox setting={texts.ruleSetting}>{texts.rule}</RuleBox>
      {retired.length > 0 && (
        <Expander summary={fill(texts.retired, { count: retired.length })}>
          <Table {...props} title={texts.standings.retired} accounts={retired} />
        </Expander>
      )}
      <ButtonRow>
        <ButtonLink href="/fees/accounts/below" kind="secondary">
          {texts.below}
        </ButtonLink>
      </ButtonRow>
    </>
  )
}

function InUse({ texts, account, bankName }: AccountsPageProps & { readonly account: FeeAccount }) {
  return (
    <Card title={texts.inUse}>
      <SummaryList
        rows={[
          { term: texts.bank, value: bankName(account.bin) },
          { term: texts.number, value: account.number },
          { term: texts.holder, value: account.holder },
        ]}
      />
      <p>
        <TextLink href={`/fees/accounts/${account.id}`}>{texts.open}</TextLink>
      </p>
    </Card>
  )
}

function NoneInUse({ texts, receivedBy }: AccountsPageProps) {
  return (
    <EmptyState title={texts.noneTitle}>
      <p>{receivedBy ? fill(texts.noneAbove, { name: receivedBy }) : texts.none}</p>
      <p>{texts.noneNext}</p>
    </EmptyState>
  )
}

interface ListedProps extends AccountsPageProps {
  readonly title: string
  readonly about?: string
  /** of several organisations: each row says whose it is */
  readonly below?: boolean
}

function Listed(props: ListedProps) {
  if (props.accounts.length === 0) return null
  return (
    <Section title={props.title} about={props.about}>
      <Table {...props} />
    </Section>
  )
}

function Table({ texts, title, accounts, bankName, people, below }: ListedProps) {
  const columns: Column<FeeAccount>[] = [
    ...(below
      ? [
          {
            key: 'organisation',
            title: texts.organisation,
            cell: (each: FeeAccount) => each.organisationName,
          },
        ]
      : []),
    { key: 'bank', title: texts.bank, cell: ({ bin }) => bankName(bin) },
    { key: 'number', title: texts.number, cell: ({ number }) => number },
    { key: 'holder', title: texts.holder, cell: ({ holder }) => holder },
    {
      key: 'act',
      title: texts.act,
      acts: true,
      cell: (each) => {
        const waits = standingOf(each) === 'waiting'
        if (waits && each.declaredBy !== null && people.includes(each.declaredBy))
          return <TextLink href={`/fees/accounts/${each.id}`}>{texts.yours}</TextLink>
        return (
          <TextLink href={`/fees/accounts/${each.id}`}>
            {waits ? texts.toVerify : texts.open}
            <span class="govuk-visually-hidden">: {each.number}</span>
          </TextLink>
        )
      },
    },
  ]
  return <DataTable caption={title} hideCaption columns={columns} rows={accounts} keyOf={({ id }) => id} />
}

function Declare(props: AccountsPageProps) {
  const { texts, csrf, commandId } = props
  return (
    <Section title={texts.declare} about={texts.declareAbout}>
      <Form action="/fees/accounts" csrf={csrf} commandId={commandId}>
        <AccountFields {...props} />
        <ButtonRow>
          <Button>{texts.declareDo}</Button>
        </ButtonRow>
      </Form>
    </Section>
  )
}

export interface AccountPageProps {
  readonly texts: AccountTexts
  readonly language: Language
  readonly account: FeeAccount
  /** another organisation has the same number verified, or waiting */
  readonly claimed: 'verified' | 'waiting' | undefined
  readonly bankName: (bin: string) => string
  /** who reads, and for whom */
  readonly people: readonly string[]
  /** of the asker's own organisation: it may be chosen, and put away when verified */
  readonly own: boolean
  readonly done: string | undefined
  readonly entered: Entered
  readonly errors: Entered
  readonly csrf: string
}

/** One account: what is known of it, and what may be done with it now. */
export function AccountPage(props: AccountPageProps) {
  const { texts, account, own, errors, csrf } = props
  const standing = standingOf(account)
  const waits = standing === 'waiting'
  const mine = account.declaredBy !== null && props.people.includes(account.declaredBy)
  const lead = waits && (mine ? texts.yoursLead : fill(texts.verifyLead, { name: account.organisationName }))
  return (
    <>
      <ErrorSummary errors={Object.entries(errors).map(([field, text]) => ({ field, text }))} />
      {props.done && <Banner kind="success" title={props.done} />}
      <PageTitle
        title={waits && !mine ? texts.verifyTitle : account.number}
        caption={account.organisationName}
        meta={<Tag tone={TONES[standing]}>{texts.standings[standing]}</Tag>}
        lead={lead || undefined}
      />
      <SummaryList rows={rowsOf(props)} />
      {props.claimed && (
        <Banner kind="problem" title={texts.claimedTitle}>
          <p>{texts.claimed[props.claimed]}</p>
        </Banner>
      )}
      {waits && !mine && <Verify {...props} />}
      {standing === 'set-aside' && own && (
        <PostButton action={`/fees/accounts/${account.id}/choose`} csrf={csrf}>
          {texts.choose}
        </PostButton>
      )}
      {standing !== 'retired' && (own || waits) && <Retire {...props} waits={waits} />}
      <RuleBox setting={texts.ruleSetting}>{texts.rule}</RuleBox>
    </>
  )
}

function rowsOf({ texts, language, account, bankName }: AccountPageProps) {
  const on = (name: string | null, at: Date) =>
    fill(texts.byAndOn, { name: name ?? texts.installed, day: formatDate(todayIn(at), language) })
  return [
    { term: texts.bank, value: bankName(account.bin) },
    { term: texts.number, value: account.number },
    { term: texts.holder, value: account.holder },
    { term: texts.declaredBy, value: on(account.declaredByName, account.declaredAt) },
    ...(account.verifiedAt
      ? [
          { term: texts.verifiedBy, value: on(account.verifiedByName, account.verifiedAt) },
          { term: texts.verifiedHow, value: howInWords(account.verifiedHow ?? '', texts) },
        ]
      : []),
    ...(account.retiredWhy ? [{ term: texts.retiredWhy, value: account.retiredWhy }] : []),
  ]
}

function Verify({ texts, account, entered, errors, csrf }: AccountPageProps) {
  return (
    <Form action={`/fees/accounts/${account.id}/verify`} csrf={csrf}>
      <Radios
        name="how"
        label={texts.how}
        value={entered.how}
        error={errors.how}
        choices={CHECKS.map((check) => ({
          value: check,
          text: texts.hows[check],
          hint: texts.howHints[check],
        }))}
      />
      <TextField
        name="holderSeen"
        label={texts.holderSeen}
        hint={texts.holderSeenHint}
        value={entered.holderSeen}
        error={errors.holderSeen}
        autocomplete="off"
      />
      <TextField
        name="note"
        label={texts.note}
        hint={texts.noteHint}
        value={entered.note}
        error={errors.note}
      />
      <ButtonRow>
        <Button>{texts.verifyDo}</Button>
      </ButtonRow>
    </Form>
  )
}

function Retire({
  texts,
  account,
  entered,
  errors,
  csrf,
  waits,
}: AccountPageProps & { readonly waits: boolean }) {
  return (
    <Expander summary={waits ? texts.reject : texts.retire} open={errors.why !== undefined}>
      <Form action={`/fees/accounts/${account.id}/retire`} csrf={csrf}>
        {!waits && <p class="quiet">{texts.retireAbout}</p>}
        <TextField name="why" label={texts.retireWhy} value={entered.why} error={errors.why} />
        <ButtonRow>
          <Button kind="danger">{waits ? texts.rejectDo : texts.retireDo}</Button>
        </ButtonRow>
      </Form>
    </Expander>
  )
}
