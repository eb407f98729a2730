/** The form of each act on a comment or a referral: its fields, then one button; what needs nothing is a button alone. */
import type { Language } from '../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow, PostButton } from '../../ui/button.tsx'
import { Radios } from '../../ui/choice.tsx'
import { DateField, dateParts, type DateParts } from '../../ui/date-field.tsx'
import { Form } from '../../ui/form.tsx'
import { Expander, RuleBox } from '../../ui/notice.tsx'
import { SelectField, TextArea, TextField } from '../../ui/text-field.tsx'
import { QueueNote } from '../../web/queue-note.tsx'
import { QUEUE_TEXTS } from '../../web/queue-texts.ts'
import type { Queueing } from '../../web/queueing.ts'
import { EXEMPT_GROUNDS, GROUNDS, type CommentView } from './contract.ts'
import { DOSSIER_TEXTS } from './dossier-texts.ts'
import { criteriaOf, formOf } from './law/form.ts'
import { errorAt } from './refused-note.tsx'
import type { RefusedForm } from './refused.ts'
import { RESIDENCE_TEXTS, type ShownCommand } from './texts.ts'

/** Something to choose among. */
export interface Choosable {
  readonly id: string
  readonly name: string
}

export interface ActForm {
  readonly command: ShownCommand
  /** a dossier's address, without a slash at the end */
  readonly at: string
  readonly language: Language
  readonly csrf: string
  readonly commandId: string
  readonly version: number
  readonly cells: readonly Choosable[]
  readonly communes: readonly Choosable[]
  readonly view?: CommentView | undefined
  /** what was written before it was refused, and what was wrong with it */
  readonly entered?: Readonly<Record<string, unknown>> | undefined
  readonly refused?: RefusedForm | undefined
  /** it must be signed, and the sign-in is too old for it: where one confirms and comes back */
  readonly confirmHref?: string | undefined
  /** it waits for level 2 */
  readonly queueing?: Queueing | undefined
  /** it leads: shown open, its button filled */
  readonly leads: boolean
}

/** Acts whose form has nothing to fill in. */
const BUTTONS: ReadonlySet<ShownCommand> = new Set(['sign', 'confirm', 'retry-seal', 'ask-again', 'file'])

/** What closes it for good. */
const DANGEROUS: ReadonlySet<ShownCommand> = new Set(['cancel', 'withdraw', 'close'])

export function ActFormPart(props: ActForm) {
  const { command, at, language, csrf, commandId, version, leads } = props
  const { queueing, confirmHref } = props
  const title = RESIDENCE_TEXTS[language].commands[command]
  const words = DOSSIER_TEXTS[language]
  const about = words.about[command]
  const action = `${at}/${command}`
  const hidden = queueing ? { queue: 'yes' } : {}
  const small = `${title.charAt(0).toLowerCase()}${title.slice(1)}`
  if (confirmHref !== undefined && !queueing)
    return (
      <>
        <ButtonRow>
          <ButtonLink href={confirmHref} kind={leads ? 'primary' : 'secondary'}>
            {words.confirmFirst(small)}
          </ButtonLink>
        </ButtonRow>
        <RuleBox citation={words.freshCitation}>{words.freshWhy}</RuleBox>
      </>
    )
  if (BUTTONS.has(command))
    return (
      <>
        {about && !leads && <p class="quiet">{about}</p>}
        {queueing && <QueueNote queueing={queueing} language={language} />}
        <PostButton
          action={action}
          csrf={csrf}
          commandId={commandId}
          expectedNumber={version}
          kind={leads ? 'primary' : 'secondary'}
          hidden={hidden}
        >
          {queueing ? QUEUE_TEXTS[language].buttonFor(small) : title}
        </PostButton>
      </>
    )
  const form = (
    <Form action={action} csrf={csrf} commandId={commandId} expectedNumber={version} hidden={hidden}>
      {about && <p>{about}</p>}
      <Fields {...props} />
      {queueing && <QueueNote queueing={queueing} language={language} />}
      <ButtonRow>
        <Button kind={leads ? 'primary' : DANGEROUS.has(command) ? 'danger' : 'secondary'}>
          {queueing ? QUEUE_TEXTS[language].button : title}
        </Button>
      </ButtonRow>
    </Form>
  )
  return leads ? (
    form
  ) : (
    <Expander summary={title} open={props.refused !== undefined}>
      {form}
    </Expander>
  )
}

function Fields(props: ActForm) {
  const { command, language, entered = {} } = props
  const words = RESIDENCE_TEXTS[language]
  const was = (name: string) => (typeof entered[name] === 'string' ? entered[name] : undefined)
  const id = (name: string) => `${command}-${name}`
  const reason = (
    <TextArea
      name="reason"
      id={id('reason')}
      label={words.fields.reason}
      error={errorAt(props.refused, 'reason')}
      rows={3}
      maxLength={2000}
      value={was('reason')}
    />
  )
  switch (command) {
    case 'save-draft':
      return <DraftFields {...props} />
    case 'route':
    case 'accept':
    case 'assign-cell':
      return (
        <SelectField
          name="cellId"
          id={id('cellId')}
          label={words.fields.chooseCell}
          error={errorAt(props.refused, 'cellId')}
          empty="–"
          options={props.cells.map((cell) => ({ value: cell.id, text: cell.name }))}
          value={was('cellId')}
        />
      )
    case 'send-back':
      return (
        <>
          {props.view && (
            <Radios
              name="ground"
              id={id('ground')}
              label={words.fields.ground}
              error={errorAt(props.refused, 'ground')}
              choices={GROUNDS.map((ground) => ({ value: ground, text: words.grounds[ground] }))}
              value={was('ground')}
            />
          )}
          {reason}
        </>
      )
    case 'correct':
      return <ReferFields {...props} />
    case 'set-exemption':
      return (
        <>
          <ExemptField
            language={language}
            id={id('exempt')}
            value={was('exempt')}
            error={errorAt(props.refused, 'exempt')}
          />
          {reason}
        </>
      )
    default:
      return reason
  }
}

/** What the workplace says of where a member lives. */
export function ReferFields({
  language,
  command,
  communes,
  entered = {},
  refused,
}: Pick<ActForm, 'language' | 'command' | 'communes' | 'entered' | 'refused'>) {
  const words = RESIDENCE_TEXTS[language]
  const was = (name: string) => (typeof entered[name] === 'string' ? entered[name] : undefined)
  return (
    <>
      <SelectField
        name="communeId"
        id={`${command}-communeId`}
        label={words.fields.chooseCommune}
        error={errorAt(refused, 'communeId')}
        options={communes.map(({ id, name }) => ({ value: id, text: name }))}
        value={was('communeId')}
      />
      <TextField
        name="address"
        id={`${command}-address`}
        label={words.fields.address}
        error={errorAt(refused, 'address')}
        value={was('address')}
      />
      <ExemptField language={language} id={`${command}-exempt`} value={was('exempt')} empty />
    </>
  )
}

function ExemptField(props: {
  language: Language
  id: string
  value?: string | undefined
  error?: string | undefined
  empty?: boolean
}) {
  const { exemptions, fields } = RESIDENCE_TEXTS[props.language]
  return (
    <Radios
      name="exempt"
      id={props.id}
      label={fields.exempt}
      error={props.error}
      choices={[
        { value: props.empty ? '' : 'none', text: fields.notExempt },
        ...EXEMPT_GROUNDS.map((ground) => ({ value: ground, text: exemptions[ground] })),
      ]}
      value={props.value ?? (props.empty ? '' : 'none')}
    />
  )
}

function DraftFields({ language, view, entered, refused }: ActForm) {
  const words = RESIDENCE_TEXTS[language]
  if (!view) return null
  const was = (name: string, saved: string | null | undefined) =>
    entered && typeof entered[name] === 'string' ? entered[name] : (saved ?? '')
  return (
    <>
      {criteriaOf(formOf(view.form), view.exempt).map((criterion) => (
        <Radios
          key={criterion.code}
          name={`tick-${criterion.code}`}
          label={criterion.text[language]}
          inline
          choices={criterion.scale.map(({ code, text }) => ({ value: code, text: text[language] }))}
          value={was(`tick-${criterion.code}`, view.draft?.ticks[criterion.code])}
        />
      ))}
      <TextArea
        name="freeText"
        label={words.fields.freeText}
        optional
        rows={3}
        maxLength={4000}
        value={was('freeText', view.draft?.freeText)}
      />
      <DateField
        name="frontBoardMetOn"
        label={words.fields.frontBoardMetOn}
        hint={words.fields.frontBoardHint}
        error={errorAt(refused, 'frontBoardMetOn')}
        value={partsOf(entered, 'frontBoardMetOn', view.draft?.frontBoardMetOn)}
      />
    </>
  )
}

/** The boxes as they were typed, else the day that is kept. */
export function partsOf(
  entered: ActForm['entered'],
  name: string,
  kept: string | null | undefined,
): DateParts {
  const part = (of: string) => {
    const value = entered?.[`${name}-${of}`]
    return typeof value === 'string' ? value : undefined
  }
  const [day, month, year] = [part('day'), part('month'), part('year')]
  return day === undefined && month === undefined && year === undefined
    ? dateParts(kept ?? undefined)
    : { day, month, year }
}
