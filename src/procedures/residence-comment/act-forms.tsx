/** The form of each act on a comment or a referral: its fields, then one button; what needs nothing is a button alone. */
import type { Language, PlainDate } from '../../kernel/plain-date.ts'
import { Button, PostButton } from '../../ui/button.tsx'
import { Radios } from '../../ui/choice.tsx'
import { DateField, dateParts } from '../../ui/date-field.tsx'
import { Form } from '../../ui/form.tsx'
import { Expander } from '../../ui/notice.tsx'
import { SelectField, TextArea, TextField } from '../../ui/text-field.tsx'
import { EXEMPT_GROUNDS, GROUNDS, type CommentView } from './contract.ts'
import { criteriaOf, formOf } from './law/form.ts'
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
  /** what was written before it was refused */
  readonly entered?: Readonly<Record<string, unknown>> | undefined
  /** it leads: shown open, its button filled */
  readonly leads: boolean
}

/** Acts whose form has nothing to fill in. */
const BUTTONS: ReadonlySet<ShownCommand> = new Set(['sign', 'confirm', 'retry-seal', 'ask-again', 'file'])

export function ActFormPart(props: ActForm) {
  const { command, at, language, csrf, commandId, version, leads } = props
  const title = RESIDENCE_TEXTS[language].commands[command]
  const action = `${at}/${command}`
  if (BUTTONS.has(command))
    return (
      <PostButton
        action={action}
        csrf={csrf}
        commandId={commandId}
        expectedNumber={version}
        kind={leads ? 'primary' : 'secondary'}
      >
        {title}
      </PostButton>
    )
  const form = (
    <Form action={action} csrf={csrf} commandId={commandId} expectedNumber={version}>
      <Fields {...props} />
      <Button kind={leads ? 'primary' : 'secondary'}>{title}</Button>
    </Form>
  )
  return leads ? form : <Expander summary={title}>{form}</Expander>
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
          <ExemptField language={language} id={id('exempt')} value={was('exempt')} />
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
}: Pick<ActForm, 'language' | 'command' | 'communes' | 'entered'>) {
  const words = RESIDENCE_TEXTS[language]
  const was = (name: string) => (typeof entered[name] === 'string' ? entered[name] : undefined)
  return (
    <>
      <SelectField
        name="communeId"
        id={`${command}-communeId`}
        label={words.fields.chooseCommune}
        options={communes.map(({ id, name }) => ({ value: id, text: name }))}
        value={was('communeId')}
      />
      <TextField
        name="address"
        id={`${command}-address`}
        label={words.fields.address}
        value={was('address')}
      />
      <ExemptField language={language} id={`${command}-exempt`} value={was('exempt')} empty />
    </>
  )
}

function ExemptField(props: { language: Language; id: string; value?: string | undefined; empty?: boolean }) {
  const { exemptions, fields } = RESIDENCE_TEXTS[props.language]
  return (
    <Radios
      name="exempt"
      id={props.id}
      label={fields.exempt}
      choices={[
        { value: props.empty ? '' : 'none', text: fields.notExempt },
        ...EXEMPT_GROUNDS.map((ground) => ({ value: ground, text: exemptions[ground] })),
      ]}
      value={props.value ?? (props.empty ? '' : 'none')}
    />
  )
}

function DraftFields({ language, view, entered }: ActForm) {
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
        value={dateParts(was('frontBoardMetOn', view.draft?.frontBoardMetOn) as PlainDate)}
      />
    </>
  )
}
