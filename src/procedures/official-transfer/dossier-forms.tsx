/** The form of each command on the dossier's page: its fields, what it will do, and the sign-in it may need first. */
import { formatMonth } from '../../kernel/plain-date.ts'
import { numberVi } from '../../kernel/vietnamese-numbers.ts'
import { Button, ButtonLink, ButtonRow, PostButton, TextLink } from '../../ui/button.tsx'
import type { Children } from '../../ui/children.ts'
import { Checkbox, Radios } from '../../ui/choice.tsx'
import { DateField, dateParts, MonthField, type DateParts } from '../../ui/date-field.tsx'
import { Form } from '../../ui/form.tsx'
import { Card } from '../../ui/card.tsx'
import { Inset, RuleBox, Warning } from '../../ui/notice.tsx'
import { SearchBox } from '../../ui/search.tsx'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import type { DraftFields } from '../../web/form-drafts.ts'
import { QueueNote } from '../../web/queue-note.tsx'
import { QUEUE_TEXTS } from '../../web/queue-texts.ts'
import { mustQueue } from '../../web/queueing.ts'
import { needsComment, WITHOUT_FIELDS, type DossierPage, type ShownAction } from './page-data.ts'
import { TRANSFER_TEXTS, type ShownCommand, type TransferWords } from './texts.ts'

interface FieldsProps {
  readonly page: DossierPage
  readonly words: TransferWords
  readonly written: DraftFields
  readonly errorOf: (field: string) => string | undefined
}

/** Where the page is opened with a form: without scripts too, and after signing in again. */
export function addressOf(page: DossierPage, command: ShownCommand): string {
  return `/transfers/${page.view.id}?do=${command}#do`
}

/** The sign-in that brings back to a form. */
export function freshSignIn(returnTo: string): string {
  return `/sign-in/start?return=${encodeURIComponent(returnTo)}`
}

/** The open form, in a card of its own below what is to be done. */
export function CommandCard({ page, action }: { readonly page: DossierPage; readonly action: ShownAction }) {
  const words = TRANSFER_TEXTS[page.language]
  const { title, about, button } = words.commands[action.command]
  const danger = DANGEROUS.has(action.command)
  const queued = mustQueue(page.queueing, action)
  return (
    <Card id="do" title={title}>
      {danger ? <Warning>{about}</Warning> : <p>{about}</p>}
      {CHOOSING.has(action.command) && <ChoiceSearch page={page} command={action.command} words={words} />}
      {WITHOUT_FIELDS.has(action.command) ? (
        <ActionButton page={page} action={action} />
      ) : (
        <Form
          action={`/transfers/${page.view.id}/${action.command}`}
          csrf={page.csrf}
          commandId={page.commandIdOf(action.command)}
          expectedNumber={page.view.version}
          draftUrl={`/transfers/${page.view.id}/drafts/${action.command}`}
          hidden={queued ? { queue: 'yes' } : {}}
        >
          <Fields page={page} command={action.command} words={words} />
          {queued && page.queueing && <QueueNote queueing={page.queueing} language={page.language} />}
          {action.needsFreshSignIn && !queued && (
            <p class="quiet">{`${words.freshWhy} ${words.freshKept}`}</p>
          )}
          <ButtonRow>
            <Button kind={danger ? 'danger' : 'primary'}>
              {queued ? QUEUE_TEXTS[page.language].button : button}
            </Button>
            <TextLink href={`/transfers/${page.view.id}`}>{words.cancel}</TextLink>
          </ButtonRow>
        </Form>
      )}
    </Card>
  )
}

/** What cannot be undone, or costs the member dearly. */
const DANGEROUS: ReadonlySet<ShownCommand> = new Set([
  'withdraw',
  'refuse',
  'close-unanswered',
  'void-referral',
  'revert',
])
const CHOOSING: ReadonlySet<ShownCommand> = new Set(['assign-cell', 'void-referral'])

/** One press, or the way to the sign-in it needs first, or to its form. */
export function ActionButton(props: {
  readonly page: DossierPage
  readonly action: ShownAction
  readonly kind?: 'primary' | 'secondary' | undefined
}) {
  const { page, action, kind } = props
  const words = TRANSFER_TEXTS[page.language]
  const { title, button } = words.commands[action.command]
  const here = addressOf(page, action.command)
  if (!WITHOUT_FIELDS.has(action.command)) {
    const signing = action.command === 'sign-referral' && needsComment(page.view) !== undefined
    return (
      <ButtonLink href={here} kind={kind}>
        {signing ? words.signWithComment : title}
      </ButtonLink>
    )
  }
  if (mustQueue(page.queueing, action)) {
    return (
      <PostButton
        action={`/transfers/${page.view.id}/${action.command}`}
        csrf={page.csrf}
        kind={kind}
        commandId={page.commandIdOf(action.command)}
        expectedNumber={page.view.version}
        hidden={{ queue: 'yes' }}
      >
        {QUEUE_TEXTS[page.language].buttonFor(`${title.charAt(0).toLowerCase()}${title.slice(1)}`)}
      </PostButton>
    )
  }
  if (action.needsFreshSignIn) {
    return (
      <ButtonLink href={freshSignIn(here)} kind={kind}>
        {`${words.freshButton}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`}
      </ButtonLink>
    )
  }
  return (
    <PostButton
      action={`/transfers/${page.view.id}/${action.command}`}
      csrf={page.csrf}
      kind={kind}
      commandId={page.commandIdOf(action.command)}
      expectedNumber={page.view.version}
    >
      {button}
    </PostButton>
  )
}

/** What was written is kept; only the confirmation is missing. */
export function FreshSignIn({
  page,
  command,
}: {
  readonly page: DossierPage
  readonly command: ShownCommand
}) {
  const words = TRANSFER_TEXTS[page.language]
  if (page.queueing) return <QueueNote queueing={page.queueing} language={page.language} />
  return (
    <Card title={words.freshTitle}>
      <p>{words.freshKept}</p>
      <ButtonRow>
        <ButtonLink href={freshSignIn(addressOf(page, command))}>{words.freshButton}</ButtonLink>
      </ButtonRow>
      <RuleBox citation={words.freshCitation}>{words.freshWhy}</RuleBox>
    </Card>
  )
}

function Fields(props: {
  readonly page: DossierPage
  readonly command: ShownCommand
  readonly words: TransferWords
}) {
  const { page, command, words } = props
  const show = FIELDS[command]
  const errors = page.refused?.command === command ? page.refused.errors : []
  return (
    <>
      {show({
        page,
        words,
        written: page.written[command] ?? {},
        errorOf: (field) => errors.find((error) => error.field === field)?.text,
      })}
    </>
  )
}

/** The three boxes as they were written, else a day that fits. */
export function datePartsOf(written: DraftFields, name: string, fallback?: string): DateParts {
  const [day, month, year] = [written[`${name}-day`], written[`${name}-month`], written[`${name}-year`]]
  return day === undefined && month === undefined && year === undefined
    ? dateParts(fallback)
    : { day, month, year }
}

const reasonField = ({ words, written, errorOf }: FieldsProps): Children => (
  <TextArea
    name="reason"
    label={words.fields.reason}
    hint={words.fields.reasonHint}
    value={written.reason}
    error={errorOf('reason')}
    maxLength={2000}
  />
)

const FIELDS: Readonly<Record<ShownCommand, (props: FieldsProps) => Children>> = {
  'accept-intake': () => null,
  'take-number': () => null,
  'retry-seal': () => null,
  withdraw: reasonField,
  'extend-intake': reasonField,
  'close-unanswered': reasonField,
  return: reasonField,
  refuse: reasonField,
  reissue: reasonField,
  'return-from-destination': reasonField,
  'ask-supplement': SupplementFields,
  'sign-referral': SigningFields,
  'hand-over-file': ({ page, words, written, errorOf }) => (
    <>
      <TextField
        name="sealNumber"
        label={words.fields.sealNumber}
        value={written.sealNumber}
        error={errorOf('sealNumber')}
        width={20}
      />
      <DateField
        name="handedOn"
        label={words.fields.handedOn}
        value={datePartsOf(written, 'handedOn', page.today)}
        error={errorOf('handedOn')}
      />
    </>
  ),
  'explain-lateness': ({ words, written, errorOf }) => (
    <TextArea
      name="explanation"
      label={words.fields.explanation}
      value={written.explanation}
      error={errorOf('explanation')}
      maxLength={2000}
    />
  ),
  'report-lost': ({ words, written, errorOf }) => (
    <TextArea
      name="account"
      label={words.fields.account}
      value={written.account}
      error={errorOf('account')}
      rows={8}
      maxLength={4000}
    />
  ),
  'void-referral': (props) => (
    <>
      <Found {...props} name="destinationId" label={props.words.fields.destination} />
      {reasonField(props)}
    </>
  ),
  revert: (props) => (
    <>
      <TextField
        name="decisionNumber"
        label={props.words.fields.decisionNumber}
        value={props.written.decisionNumber}
        error={props.errorOf('decisionNumber')}
        width={20}
      />
      {reasonField(props)}
    </>
  ),
  receive: ReceiveFields,
  'assign-cell': (props) => <Found {...props} name="cellId" label={props.words.fields.cell} />,
  admit: ({ page, words, written, errorOf }) => (
    <DateField
      name="meetingOn"
      label={words.fields.meetingOn}
      hint={words.fields.meetingHint}
      value={datePartsOf(written, 'meetingOn', page.today)}
      error={errorOf('meetingOn')}
    />
  ),
}

function SupplementFields({ page, words, written, errorOf }: FieldsProps) {
  const stage = page.view.status === 'received' ? 'intake' : `hop-${page.view.hops.findIndex(isNow)}`
  const again = page.view.supplements.some((supplement) => supplement.stage === stage)
  return (
    <>
      <TextArea
        name="items"
        label={words.fields.items}
        hint={words.fields.itemsHint}
        value={written.items}
        error={errorOf('items')}
        rows={6}
      />
      {again && (
        <TextArea
          name="overrideReason"
          label={words.fields.overrideReason}
          hint={words.fields.overrideReasonHint}
          value={written.overrideReason}
          error={errorOf('overrideReason')}
          maxLength={2000}
        />
      )}
    </>
  )
}

const isNow = (hop: { readonly standing: string }): boolean => hop.standing === 'now'

function SigningFields({ page, words, written, errorOf }: FieldsProps) {
  const who = needsComment(page.view)
  const ofCell = who === 'cell' || who === 'grassroots-cell'
  return (
    <>
      {ofCell && (
        <>
          <DateField
            name="meetingOn"
            label={words.fields.meetingOn}
            hint={words.fields.meetingHint}
            value={datePartsOf(written, 'meetingOn')}
            error={errorOf('meetingOn')}
          />
          <TextArea
            name="comment"
            label={words.fields.comment}
            value={written.comment}
            error={errorOf('comment')}
            rows={6}
            maxLength={4000}
          />
          <FeesFields page={page} words={words} written={written} errorOf={errorOf} />
        </>
      )}
      {who === 'committee' && (
        <TextArea
          name="committeeComment"
          label={words.fields.committeeComment}
          value={written.committeeComment}
          error={errorOf('committeeComment')}
          rows={6}
          maxLength={4000}
        />
      )}
      {(who === 'committee' || who === 'grassroots-cell') && (
        <Checkbox
          name="supplementUpToDate"
          label={words.fields.supplementUpToDate}
          hint="06-HD/TW (2025), mục 8.1c"
          checked={written.supplementUpToDate === 'yes'}
          error={errorOf('supplementUpToDate')}
        />
      )}
    </>
  )
}

/** The month comes from the books; another needs its reason. Where the books know nothing, the cell states it. */
function FeesFields({ page, words, written, errorOf }: FieldsProps) {
  const { fees, language } = page
  const say = (month: string) => formatMonth(month, language)
  const owed = fees?.open.reduce((sum, { amountVnd }) => sum + amountVnd, 0) ?? 0
  return (
    <>
      {fees && (
        <Inset>
          <p>{words.fields.feesKnown(say(fees.paidThrough))}</p>
          {fees.open[0] && (
            <p>{words.fields.feesOpen(fees.open.length, say(fees.open[0].month), `${numberVi(owed)} đ`)}</p>
          )}
          {page.feesHref && (
            <p>
              <TextLink href={page.feesHref}>{words.fields.feesLink}</TextLink>
            </p>
          )}
        </Inset>
      )}
      <MonthField
        name="feesPaidThrough"
        label={words.fields.feesPaidThrough}
        hint={fees ? words.fields.feesKnownHint : words.fields.feesHint}
        value={datePartsOf(written, 'feesPaidThrough', fees?.paidThrough ?? page.today.slice(0, 7))}
        error={errorOf('feesPaidThrough')}
      />
      {fees && (
        <TextField
          name="feesReason"
          label={words.fields.feesReason}
          hint={words.fields.feesReasonHint}
          value={written.feesReason}
          error={errorOf('feesReason')}
        />
      )}
    </>
  )
}

function ReceiveFields({ page, words, written, errorOf }: FieldsProps) {
  const { view } = page
  const exception = (
    <TextArea
      name="exception"
      label={words.fields.exception}
      value={written.exception}
      error={errorOf('exception')}
      rows={3}
      maxLength={2000}
    />
  )
  return (
    <>
      <DateField
        name="receivedOn"
        label={words.fields.receivedOn}
        value={datePartsOf(written, 'receivedOn', page.today)}
        error={errorOf('receivedOn')}
      />
      {view.custody && (
        <Radios
          name="sealIntact"
          label={words.fields.sealIntact}
          value={written.sealIntact ?? 'yes'}
          error={errorOf('sealIntact')}
          choices={[
            { value: 'yes', text: words.fields.sealWhole },
            { value: 'no', text: words.fields.sealBroken, more: exception },
          ]}
        />
      )}
      {(view.presentationOverdue || errorOf('explanation')) && view.latenessExplained === null && (
        <TextArea
          name="explanation"
          label={words.fields.explanation}
          hint={page.presentBy}
          value={written.explanation}
          error={errorOf('explanation')}
          maxLength={2000}
        />
      )}
    </>
  )
}

/** Narrowing by name; works without scripts. */
function ChoiceSearch(props: {
  readonly page: DossierPage
  readonly command: ShownCommand
  readonly words: TransferWords
}) {
  const { page, command, words } = props
  const { choices } = page
  if (!choices) return null
  const ofCell = command === 'assign-cell'
  if (ofCell && choices.query === '' && choices.more === 0) return null
  return (
    <SearchBox
      action={`/transfers/${page.view.id}`}
      hidden={{ do: command }}
      label={ofCell ? words.fields.cellSearch : words.fields.destination}
      hint={ofCell ? words.fields.cellSearchHint : words.fields.destinationHint}
      value={choices.query}
    />
  )
}

function Found(props: FieldsProps & { readonly name: string; readonly label: string }) {
  const { page, words, written, name } = props
  const { choices } = page
  if (!choices) return null
  const asked = name === 'cellId' ? (page.view.destination.id ?? undefined) : undefined
  if (choices.found.length === 0) return choices.query === '' ? null : <Inset>{words.fields.cellsNone}</Inset>
  return (
    <Radios
      name={name}
      label={props.label}
      hint={choices.more > 0 ? words.fields.cellsMore(choices.more) : undefined}
      value={written[name] ?? asked}
      error={props.errorOf(name)}
      choices={choices.found.map(({ id, name: text, about }) => ({
        value: id,
        text,
        hint: id === asked ? words.fields.cellAsked : about,
      }))}
    />
  )
}
