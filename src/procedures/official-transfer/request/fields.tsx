/** The fields of each question of the request, everything known filled in. */
import type { Language } from '../../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow } from '../../../ui/button.tsx'
import type { Children } from '../../../ui/children.ts'
import { Radios } from '../../../ui/choice.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { Fieldset } from '../../../ui/field.tsx'
import { FileField, type UploadedFile } from '../../../ui/file-field.tsx'
import { Form } from '../../../ui/form.tsx'
import { Expander, Inset, RefusalPanel, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle } from '../../../ui/page-title.tsx'
import { LookupField } from '../../../ui/search.tsx'
import { SummaryList } from '../../../ui/summary-list.tsx'
import { TextArea, TextField } from '../../../ui/text-field.tsx'
import type { DraftFields } from '../../../web/form-drafts.ts'
import { datePartsOf } from '../dossier-forms.tsx'
import { REQUEST_TEXTS, type Question, type RequestWords } from './texts.ts'
import { TRANSFER_TEXTS } from '../texts.ts'

/** What is known of the answers already: saved ones, or what the registry says. Days as 'YYYY-MM-DD'. */
export type Known = Readonly<Record<string, string | undefined>>

/** An organisation found, or the one chosen with its way. */
export interface DestinationChoice {
  readonly query: string
  readonly found: readonly { readonly id: string; readonly name: string; readonly about: string }[]
  readonly chosen?: { readonly name: string; readonly about: string } | undefined
  /** the way of the letter, or why there is none */
  readonly route?: Children | undefined
  readonly refused?:
    { readonly title: string; readonly what: string; readonly why: string; readonly mend: string } | undefined
}

export interface QuestionFieldsProps {
  readonly question: Question
  readonly language: Language
  readonly dossierId: string
  readonly csrf: string
  readonly commandId: string
  readonly known: Known
  readonly written: DraftFields
  readonly errorOf: (field: string) => string | undefined
  /** where this question leads when it is done elsewhere than in its form */
  readonly nextHref: string
  readonly fromCheck: boolean
  /** the 60 working days, in words */
  readonly startBy?: string | undefined
  readonly files: readonly UploadedFile[]
  /** the reader said the document is not secret */
  readonly mayUpload: boolean
  readonly choice?: DestinationChoice | undefined
}

interface Ready extends QuestionFieldsProps {
  readonly words: RequestWords
  readonly value: (name: string) => string | undefined
}

export function QuestionFields(props: QuestionFieldsProps) {
  const value = (name: string): string | undefined => props.written[name] ?? props.known[name]
  return <>{FIELDS[props.question]({ ...props, words: REQUEST_TEXTS[props.language], value })}</>
}

const FIELDS: Readonly<Record<Question, (props: Ready) => Children>> = {
  reason: ({ words, language, value, errorOf }) => (
    <>
      <Radios
        asHeading
        name="reason"
        label={words.fields.reason}
        hint={words.fields.reasonHint}
        value={value('reason')}
        error={errorOf('reason')}
        choices={Object.entries(TRANSFER_TEXTS[language].reasons).map(([code, text]) => ({
          value: code,
          text,
        }))}
      />
      <TextArea
        name="reasonText"
        label={words.fields.reasonText}
        hint={words.fields.reasonTextHint}
        value={value('reasonText')}
        error={errorOf('reasonText')}
        rows={3}
        maxLength={2000}
      />
    </>
  ),
  decision: DecisionFields,
  'decision-file': (props) => (
    <>
      <PageTitle title={props.words.titles['decision-file']} />
      <UploadForm
        {...props}
        role="decision"
        label={props.words.fields.decisionFile}
        hint={props.words.fields.decisionFileHint}
      />
      {props.files.length > 0 && (
        <ButtonRow>
          <ButtonLink href={props.nextHref}>{props.words.fileDone}</ButtonLink>
        </ButtonRow>
      )}
    </>
  ),
  destination: DestinationFields,
  review: ({ words, written, known, value, errorOf }) => (
    <>
      <PageTitle title={words.titles.review} />
      <DateField
        name="reviewFrom"
        label={words.fields.reviewFrom}
        value={datePartsOf(written, 'reviewFrom', known.reviewFrom)}
        error={errorOf('reviewFrom')}
      />
      <DateField
        name="reviewTo"
        label={words.fields.reviewTo}
        value={datePartsOf(written, 'reviewTo', known.reviewTo)}
        error={errorOf('reviewTo')}
      />
      <TextArea
        name="strengths"
        label={words.fields.strengths}
        hint={words.fields.strengthsHint}
        value={value('strengths')}
        error={errorOf('strengths')}
        rows={8}
        maxLength={8000}
      />
      <TextArea
        name="weaknesses"
        label={words.fields.weaknesses}
        hint={words.fields.weaknessesHint}
        value={value('weaknesses')}
        error={errorOf('weaknesses')}
        rows={6}
        maxLength={8000}
      />
    </>
  ),
  contact: ({ words, written, known, value, errorOf }) => (
    <>
      <PageTitle title={words.titles.contact} />
      <TextField
        name="phone"
        type="tel"
        autocomplete="tel"
        label={words.fields.phone}
        hint={words.fields.phoneHint}
        value={value('phone')}
        error={errorOf('phone')}
        width={20}
      />
      <TextField
        name="address"
        autocomplete="street-address"
        label={words.fields.address}
        value={value('address')}
        error={errorOf('address')}
      />
      <DateField
        name="lastDayOn"
        optional
        label={words.fields.lastDayOn}
        hint={words.fields.lastDayHint}
        value={datePartsOf(written, 'lastDayOn', known.lastDayOn)}
        error={errorOf('lastDayOn')}
      />
    </>
  ),
  late: ({ words, value, errorOf, startBy }) => (
    <>
      <TextArea
        asHeading
        name="lateExplanation"
        label={words.fields.lateExplanation}
        hint={startBy ? words.late(startBy) : undefined}
        value={value('lateExplanation')}
        error={errorOf('lateExplanation')}
        rows={5}
        maxLength={2000}
      />
      <RuleBox citation="294-QĐ/TW, mục 6.3.1a (208-QĐ/TW kế thừa)">{words.begin.whenRule}</RuleBox>
    </>
  ),
}

function DecisionFields({ words, written, known, value, errorOf }: Ready) {
  return (
    <Fieldset legend={words.titles.decision} asHeading>
      <TextField
        name="decisionNumber"
        optional
        label={words.fields.decisionNumber}
        hint={words.fields.decisionNumberHint}
        value={value('decisionNumber')}
        error={errorOf('decisionNumber')}
        width={20}
      />
      <TextField
        name="decisionIssuer"
        label={words.fields.decisionIssuer}
        hint={words.fields.decisionIssuerHint}
        value={value('decisionIssuer')}
        error={errorOf('decisionIssuer')}
      />
      <DateField
        name="decisionIssuedOn"
        optional
        label={words.fields.decisionIssuedOn}
        value={datePartsOf(written, 'decisionIssuedOn', known.decisionIssuedOn)}
        error={errorOf('decisionIssuedOn')}
      />
      <DateField
        name="decisionEffectiveOn"
        label={words.fields.decisionEffectiveOn}
        hint={words.fields.decisionEffectiveOnHint}
        value={datePartsOf(written, 'decisionEffectiveOn', known.decisionEffectiveOn)}
        error={errorOf('decisionEffectiveOn')}
      />
    </Fieldset>
  )
}

/** The class first, then the file; what has come stands above with its proof. */
export function UploadForm(
  props: Pick<
    QuestionFieldsProps,
    'language' | 'dossierId' | 'csrf' | 'commandId' | 'errorOf' | 'files' | 'mayUpload'
  > & {
    readonly role: string
    readonly label: string
    readonly hint?: string | undefined
    /** when several kinds of file are asked for: which one this is */
    readonly roles?: readonly string[] | undefined
  },
) {
  const words = REQUEST_TEXTS[props.language]
  const address = `/transfers/${props.dossierId}`
  if (!props.mayUpload) return <ClassForm {...props} />
  return (
    <Form
      files
      action={`${address}/files`}
      csrf={props.csrf}
      commandId={props.commandId}
      hidden={{ confidentiality: 'NON_SECRET', ...(props.roles ? {} : { role: props.role }) }}
    >
      {props.roles && (
        <Radios
          name="role"
          label={words.supplement.role}
          value={props.role}
          choices={props.roles.map((role) => ({
            value: role,
            text: (TRANSFER_TEXTS[props.language].roles as Readonly<Record<string, string>>)[role] ?? role,
          }))}
        />
      )}
      <FileField
        name="file"
        label={props.label}
        hint={props.hint}
        kinds={words.fileKinds}
        accept=".pdf,.jpg,.jpeg,.png,.heic,application/pdf,image/jpeg,image/png,image/heic"
        maxSize={words.fileMost}
        error={props.errorOf('file')}
        uploaded={props.files}
        shrinkPhotos
      />
      <ButtonRow>
        <Button kind={props.files.length > 0 ? 'secondary' : 'primary'}>{words.upload}</Button>
      </ButtonRow>
    </Form>
  )
}

/** Asked before anything is read: a secret document never leaves the reader's hands. */
function ClassForm(
  props: Pick<QuestionFieldsProps, 'language' | 'dossierId' | 'csrf' | 'errorOf'> & { readonly role: string },
) {
  const words = REQUEST_TEXTS[props.language]
  return (
    <Form
      action={`/transfers/${props.dossierId}/confidentiality`}
      csrf={props.csrf}
      hidden={{ role: props.role }}
    >
      <Radios
        name="confidentiality"
        label={words.fields.confidentiality}
        hint={words.fields.confidentialityHint}
        error={props.errorOf('confidentiality')}
        choices={[
          { value: 'NON_SECRET', text: words.classes.open },
          { value: 'SECRET', text: words.classes.secret },
        ]}
      />
      <ButtonRow>
        <Button>{words.next}</Button>
      </ButtonRow>
    </Form>
  )
}

function DestinationFields(props: Ready) {
  const { words, choice } = props
  if (choice?.chosen && choice.query === '') return <Chosen {...props} />
  return (
    <>
      <PageTitle title={words.titles.destination} />
      {choice && choice.query !== '' && <Found {...props} />}
      <SearchForm {...props} />
    </>
  )
}

function Chosen(props: Ready) {
  const { words, choice } = props
  return (
    <>
      <PageTitle title={words.destination.chosen} />
      <SummaryList
        rows={[
          {
            term: words.short.destination,
            value: [choice!.chosen!.name, choice!.chosen!.about].filter(Boolean).join(' · '),
          },
        ]}
      />
      {choice!.refused ? (
        <RefusalPanel
          title={choice!.refused.title}
          what={choice!.refused.what}
          why={choice!.refused.why}
          mend={<p>{choice!.refused.mend}</p>}
        />
      ) : (
        <>
          {choice!.route}
          <ButtonRow>
            <ButtonLink href={props.nextHref}>{props.fromCheck ? words.saveAndCheck : words.next}</ButtonLink>
          </ButtonRow>
        </>
      )}
      <Expander summary={words.destination.other} open={choice!.refused !== undefined}>
        <SearchForm {...props} />
      </Expander>
    </>
  )
}

/** With scripts one chooses as one types; without, the words are looked up and the results come as a list. */
function SearchForm({ dossierId, csrf, commandId, fromCheck, words, errorOf, choice }: Ready) {
  return (
    <Form
      action={`/transfers/${dossierId}/questions/destination`}
      csrf={csrf}
      commandId={commandId}
      hidden={fromCheck ? { from: 'check' } : {}}
    >
      <LookupField
        name="destination"
        label={words.fields.destination}
        hint={words.fields.destinationHint}
        value={choice?.query}
        error={errorOf('destination')}
        suggestUrl="/transfers/destinations"
      />
      <ButtonRow>
        <Button kind={choice && choice.found.length > 0 ? 'secondary' : 'primary'}>
          {words.destination.search}
        </Button>
      </ButtonRow>
    </Form>
  )
}

function Found({ dossierId, csrf, commandId, fromCheck, words, choice, known }: Ready) {
  if (!choice || choice.found.length === 0) return <Inset>{words.destination.none}</Inset>
  return (
    <Form
      action={`/transfers/${dossierId}/questions/destination`}
      csrf={csrf}
      commandId={commandId}
      hidden={fromCheck ? { from: 'check' } : {}}
    >
      <Radios
        name="destinationId"
        label={words.destination.results}
        value={known.destinationId}
        choices={choice.found.map(({ id, name, about }) => ({ value: id, text: name, hint: about }))}
      />
      <ButtonRow>
        <Button>{words.destination.choose}</Button>
      </ButtonRow>
    </Form>
  )
}
