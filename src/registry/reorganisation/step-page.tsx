/** One thing to be planned: tick what it is about at one level of the tree, say where it goes. */
import type { Language } from '../../kernel/plain-date.ts'
import { Button, ButtonRow, TextLink } from '../../ui/button.tsx'
import { LinkCard } from '../../ui/card.tsx'
import { Checkboxes, Radios } from '../../ui/choice.tsx'
import { ErrorSummary, type ErrorItem } from '../../ui/error-summary.tsx'
import { Form } from '../../ui/form.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { LookupField } from '../../ui/search.tsx'
import { SelectField, TextField } from '../../ui/text-field.tsx'
import type { StepType } from './law/plan.ts'
import { REORGANISATION_TEXTS } from './texts.ts'

export interface Pickable {
  readonly id: string
  readonly name: string
  readonly about: string
  readonly children: number
}

export interface StepPageProps {
  readonly language: Language
  readonly type: StepType
  readonly planId: string
  readonly csrf: string
  readonly commandId: string
  readonly expectedNumber: number
  readonly within: { readonly id: string; readonly name: string; readonly upId: string | null }
  readonly organisations: readonly Pickable[]
  /** of the organisation looked into; empty where it has none or the reader may not see them */
  readonly members: readonly { readonly id: string; readonly name: string }[]
  readonly kinds: readonly { readonly code: string; readonly name: string }[]
  readonly entered: Readonly<Record<string, string | readonly string[]>>
  readonly errors: readonly ErrorItem[]
}

const ONE: ReadonlySet<StepType> = new Set(['rename'])
const INSIDE: ReadonlySet<StepType> = new Set(['part', 'split'])

export function StepPage(props: StepPageProps) {
  const { type, within } = props
  const texts = REORGANISATION_TEXTS[props.language]
  const here = `/reorganisations/${props.planId}/steps/${type}`
  return (
    <>
      <ErrorSummary errors={props.errors} />
      <PageTitle title={texts.stepNames[type]} lead={texts.stepAbout[type]} />
      <p>
        {texts.form.within}: <strong>{within.name}</strong>
        {within.upId !== null && (
          <>
            {' · '}
            <TextLink href={`${here}?within=${within.upId}`}>{texts.form.goUp}</TextLink>
          </>
        )}
      </p>
      {INSIDE.has(type) && within.upId === null ? (
        <Opening {...props} here={here} />
      ) : (
        <Planning {...props} here={here} />
      )}
    </>
  )
}

/** What is parted lies below the committee: first it is opened. */
function Opening({ language, organisations, here }: StepPageProps & { readonly here: string }) {
  const { form } = REORGANISATION_TEXTS[language]
  return (
    <>
      <p>{form.openFirst}</p>
      {organisations.map((each) => (
        <LinkCard
          key={each.id}
          level={2}
          href={`${here}?within=${each.id}`}
          title={each.name}
          about={each.about}
        />
      ))}
    </>
  )
}

function Planning(props: StepPageProps & { readonly here: string }) {
  const { type, within, here } = props
  const texts = REORGANISATION_TEXTS[props.language]
  return (
    <>
      <Form
        action={here}
        csrf={props.csrf}
        commandId={props.commandId}
        expectedNumber={props.expectedNumber}
        hidden={{ within: within.id }}
      >
        <Picking {...props} here={here} />
        {type === 'rename' ? <Renaming {...props} /> : <Target {...props} />}
        <ButtonRow>
          <Button>{texts.form.add}</Button>
        </ButtonRow>
      </Form>
    </>
  )
}

const errorOf = (errors: readonly ErrorItem[], field: string) =>
  errors.find((error) => error.field === field)?.text

const textOf = (entered: StepPageProps['entered'], name: string): string => {
  const value = entered[name]
  return typeof value === 'string' ? value : ''
}

const listOf = (entered: StepPageProps['entered'], name: string): readonly string[] => {
  const value = entered[name]
  return value === undefined ? [] : typeof value === 'string' ? [value] : value
}

function Picking(props: StepPageProps & { readonly here: string }) {
  const { type, organisations, members, entered } = props
  const { form } = REORGANISATION_TEXTS[props.language]
  const choices = organisations.map((each) => ({
    value: each.id,
    text: each.name,
    hint: (
      <>
        {each.about}
        {(each.children > 0 || INSIDE.has(type)) && (
          <>
            {' · '}
            <TextLink href={`${props.here}?within=${each.id}`}>
              {form.goIn} {each.name}
            </TextLink>
          </>
        )}
      </>
    ),
  }))
  const label = INSIDE.has(type) ? form.organisations : ONE.has(type) ? form.chooseOne : form.choose
  const field = { name: 'organisations', label, error: errorOf(props.errors, 'organisations') }
  return (
    <>
      {choices.length === 0 && members.length === 0 && <p>{form.noneHere}</p>}
      {choices.length > 0 &&
        (ONE.has(type) ? (
          <Radios {...field} choices={choices} value={textOf(entered, 'organisations')} />
        ) : (
          <Checkboxes {...field} choices={choices} values={listOf(entered, 'organisations')} />
        ))}
      {INSIDE.has(type) && members.length > 0 && (
        <Checkboxes
          name="members"
          label={form.members}
          error={choices.length === 0 ? errorOf(props.errors, 'organisations') : undefined}
          choices={members.map(({ id, name }) => ({ value: id, text: name }))}
          values={listOf(entered, 'members')}
        />
      )}
    </>
  )
}

function Kind(props: StepPageProps & { readonly keep?: string }) {
  const { form } = REORGANISATION_TEXTS[props.language]
  return (
    <SelectField
      name="newKind"
      label={form.newKind}
      error={errorOf(props.errors, 'newKind')}
      value={textOf(props.entered, 'newKind')}
      empty={props.keep ?? ''}
      options={props.kinds.map(({ code, name }) => ({ value: code, text: name }))}
    />
  )
}

function NewName({ language, errors, entered }: StepPageProps) {
  const { form } = REORGANISATION_TEXTS[language]
  return (
    <TextField
      name="newName"
      label={form.newName}
      error={errorOf(errors, 'newName')}
      value={textOf(entered, 'newName')}
    />
  )
}

function NewBodyFields(props: StepPageProps) {
  const { form } = REORGANISATION_TEXTS[props.language]
  return (
    <>
      <NewName {...props} />
      <Kind {...props} />
      <TextField
        name="newCode"
        label={form.newCode}
        hint={form.newCodeHint}
        width={20}
        error={errorOf(props.errors, 'newCode')}
        value={textOf(props.entered, 'newCode')}
      />
    </>
  )
}

function Renaming(props: StepPageProps) {
  const { form } = REORGANISATION_TEXTS[props.language]
  return (
    <>
      <NewName {...props} />
      <Kind {...props} keep={form.keepKind} />
    </>
  )
}

function Target(props: StepPageProps) {
  const { type, entered } = props
  const { form } = REORGANISATION_TEXTS[props.language]
  if (type === 'split')
    return (
      <>
        <NewBodyFields {...props} />
        <Radios
          name="rest"
          label={form.rest}
          value={textOf(entered, 'rest') || 'stays'}
          choices={[
            { value: 'stays', text: form.restStays },
            {
              value: 'ends',
              text: form.restEnds,
              more: (
                <TextField
                  name="restName"
                  label={form.restName}
                  error={errorOf(props.errors, 'restName')}
                  value={textOf(entered, 'restName')}
                />
              ),
            },
          ]}
        />
      </>
    )
  const existing = (
    <LookupField
      name="targetName"
      label={form.targetName}
      hint={form.targetHint}
      error={errorOf(props.errors, 'targetName')}
      value={textOf(entered, 'targetName')}
      valueId={textOf(entered, 'targetNameId')}
      suggestUrl="/api/v1/organisations/search"
    />
  )
  if (type === 'dissolve' || type === 'move') return existing
  return (
    <Radios
      name="target"
      label={form.target}
      value={textOf(entered, 'target') || (type === 'merge' ? 'new' : 'existing')}
      choices={[
        { value: 'new', text: form.fresh, more: <NewBodyFields {...props} /> },
        { value: 'existing', text: form.existing, more: existing },
      ]}
    />
  )
}
