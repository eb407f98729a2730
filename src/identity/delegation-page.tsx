/** The contents of the delegations page: both lists, and the form for a new one. */
import { formatDate, type Language } from '../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow, PostButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Checkboxes, Radios } from '../ui/choice.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { DateField, dateParts, type DateParts } from '../ui/date-field.tsx'
import { ErrorSummary } from '../ui/error-summary.tsx'
import { Form } from '../ui/form.tsx'
import { EmptyState, Inset, RuleBox } from '../ui/notice.tsx'
import { PageTitle, Section } from '../ui/page-title.tsx'
import { SelectField, TextArea, TextField } from '../ui/text-field.tsx'
import { DELEGATION_FORMS } from './delegation-rules.ts'
import { Problem } from './page.tsx'
import type { DelegationsView, ShownDelegation } from './view.ts'
import { filled, identityWords, type IdentityWords } from './words.ts'

interface Parts {
  readonly view: DelegationsView
  readonly language: Language
  readonly words: IdentityWords
}

export function DelegationsContent({
  view,
  language,
}: {
  readonly view: DelegationsView
  readonly language: Language
}) {
  const parts = { view, language, words: identityWords(language) }
  const { words } = parts
  return (
    <>
      <ErrorSummary errors={errorsOf(parts)} />
      <Problem problem={view.problem} language={language} />
      <PageTitle title={words.delegations} lead={words.delegationsLead} />
      <Section title={words.given}>
        <DelegationTable {...parts} rows={view.given} side="given" />
      </Section>
      <Section title={words.received}>
        <DelegationTable {...parts} rows={view.received} side="received" />
      </Section>
      <Section title={words.grant} id="grant">
        <NewDelegation {...parts} />
      </Section>
    </>
  )
}

function DelegationTable(props: Parts & { rows: readonly ShownDelegation[]; side: 'given' | 'received' }) {
  const { view, language, words, rows, side } = props
  const end = (row: ShownDelegation) =>
    row.mayEnd && (
      <PostButton action={`/delegations/${row.id}/revoke`} csrf={view.session.csrf} kind="secondary">
        {side === 'given' ? words.takeBack : words.layDown}
      </PostButton>
    )
  return (
    <DataTable
      caption={words[side]}
      hideCaption
      rows={rows}
      keyOf={(row) => row.id}
      empty={<EmptyState title={side === 'given' ? words.noneGiven : words.noneReceived} />}
      columns={[
        {
          key: 'who',
          title: side === 'given' ? words.to : words.from,
          cell: (row) => (side === 'given' ? row.delegateName : row.delegatorName),
        },
        { key: 'what', title: words.what, cell: (row) => whatOf(row, props) },
        {
          key: 'days',
          title: words.days,
          cell: (row) => `${formatDate(row.validFrom, language)} – ${formatDate(row.validTo, language)}`,
        },
        { key: 'standing', title: words.standing, cell: (row) => words[row.standing] },
        { key: 'end', title: side === 'given' ? words.takeBack : words.layDown, acts: true, cell: end },
      ]}
    />
  )
}

function procedureName(view: DelegationsView, code: string, language: Language): string {
  const procedure = view.procedures.find((each) => each.code === code)
  return procedure === undefined ? code : language === 'en' ? procedure.nameEn : procedure.name
}

function whatOf(row: ShownDelegation, { view, language, words }: Parts): string {
  const names = row.procedures.map((code) => procedureName(view, code, language)).join('; ')
  return row.office === null ? names : `${filled(words.inOffice, row.office)}: ${names}`
}

function NewDelegation(parts: Parts) {
  const { view, words } = parts
  if (view.delegable === undefined) return <Inset>{words.grantNever}</Inset>
  const { hat } = view.session
  const office = filled(words.inOffice, { position: hat.positionName, organisation: hat.organisationName })
  return (
    <Card>
      <p>{view.delegable === 'office' ? filled(words.grantOffice, { office }) : words.grantOwn}</p>
      <RuleBox citation="338-QĐ/TW, Điều 11">{words.grantRule}</RuleBox>
      {!view.fresh && <ConfirmFirst {...parts} />}
      {(view.fresh || view.entered !== undefined) && <DelegationForm {...parts} />}
    </Card>
  )
}

/** The way to a fresh sign-in; beside a form half filled in it opens in a tab of its own, and the form stays good. */
function ConfirmFirst({ view, words }: Parts) {
  const href = '/sign-in/start?return=%2Fdelegations%23grant'
  return (
    <>
      <p>{words.confirmFirst}</p>
      {view.entered === undefined ? (
        <ButtonRow>
          <ButtonLink href={href}>{words.confirm}</ButtonLink>
        </ButtonRow>
      ) : (
        <p>
          <a class="govuk-link" href={href} target="_blank" rel="noopener">
            {words.confirmInTab}
          </a>
        </p>
      )}
    </>
  )
}

/** What was typed into a field before, as text. */
function enteredText(view: DelegationsView, name: string): string | undefined {
  const value = view.entered?.[name]
  return typeof value === 'string' ? value : undefined
}

function enteredDay(view: DelegationsView, name: string): DateParts | undefined {
  if (view.entered === undefined) return undefined
  const part = (which: string) => enteredText(view, `${name}-${which}`)
  return { day: part('day'), month: part('month'), year: part('year') }
}

function DelegationForm(parts: Parts) {
  const { view, words } = parts
  const { session } = view
  const office = view.delegable === 'office' ? session.hat.officeId : undefined
  const hidden = {
    id: enteredText(view, 'id') ?? view.newId,
    openedAs: session.hat.key,
    ...(office ? { officeId: office } : {}),
  }
  const error = (name: string) => fieldError(parts, name)
  return (
    <Form action="/delegations" csrf={session.csrf} hidden={hidden}>
      <DelegateFields {...parts} toOrganisation={office === undefined} />
      <ProcedureField {...parts} />
      <DateField
        name="validFrom"
        label={words.validFrom}
        value={enteredDay(view, 'validFrom') ?? dateParts(view.today)}
        error={error('validFrom')}
      />
      <DateField
        name="validTo"
        label={words.validTo}
        value={enteredDay(view, 'validTo')}
        error={error('validTo')}
      />
      <Radios
        name="form"
        label={words.form}
        value={enteredText(view, 'form') ?? 'account-auth'}
        error={error('form')}
        choices={DELEGATION_FORMS.map((form) => ({ value: form, text: words[form] }))}
      />
      <TextArea
        name="basis"
        label={words.basis}
        hint={words.basisHint}
        value={enteredText(view, 'basis')}
        error={error('basis')}
        maxLength={500}
      />
      <ButtonRow>
        <Button>{words.give}</Button>
      </ButtonRow>
    </Form>
  )
}

function DelegateFields(parts: Parts & { readonly toOrganisation: boolean }) {
  const { view, words } = parts
  const text = (name: 'delegateName' | 'delegatePersonalId', more: { hint?: string; numeric?: boolean }) => (
    <TextField
      name={name}
      label={words[name]}
      value={enteredText(view, name)}
      error={fieldError(parts, name)}
      {...more}
    />
  )
  const person = (
    <>
      {text('delegateName', {})}
      {text('delegatePersonalId', { hint: words.twelveDigits, numeric: true })}
    </>
  )
  const organisation = (
    <SelectField
      name="delegateOrganisationId"
      label={words.delegateOrganisationId}
      value={enteredText(view, 'delegateOrganisationId')}
      error={fieldError(parts, 'delegateOrganisationId')}
      options={view.organisations.map(({ id, name }) => ({ value: id, text: name }))}
    />
  )
  const offered = parts.toOrganisation && view.organisations.length > 0
  return (
    <Radios
      name="delegateKind"
      label={words.delegateKind}
      value={enteredText(view, 'delegateKind') ?? 'member'}
      error={fieldError(parts, 'delegateKind')}
      choices={[
        { value: 'member', text: words.toMember, more: person },
        ...(offered ? [{ value: 'organisation', text: words.toOrganisation, more: organisation }] : []),
      ]}
    />
  )
}

function ProcedureField(parts: Parts) {
  const { view, language, words } = parts
  const before = view.entered?.procedures
  return (
    <Checkboxes
      name="procedures"
      label={words.procedures}
      values={typeof before === 'string' ? [before] : Array.isArray(before) ? before : []}
      error={fieldError(parts, 'procedures')}
      choices={view.procedures.map(({ code }) => ({
        value: code,
        text: procedureName(view, code, language),
      }))}
    />
  )
}

type FieldName =
  | 'delegateKind'
  | 'delegateName'
  | 'delegatePersonalId'
  | 'delegateOrganisationId'
  | 'procedures'
  | 'validFrom'
  | 'validTo'
  | 'form'
  | 'basis'

/** Where a rule, not the form's shape, says no to one field. */
const FIELD_OF_CODE: Readonly<Record<string, FieldName>> = {
  'identity.delegate-unknown': 'delegatePersonalId',
  'identity.delegate-is-oneself': 'delegatePersonalId',
  'identity.procedures-missing': 'procedures',
  'identity.procedure-unknown': 'procedures',
  'identity.basis-missing': 'basis',
  'identity.delegation-in-the-past': 'validFrom',
  'identity.delegation-ends-early': 'validTo',
  'identity.delegation-too-long': 'validTo',
}

function wrongFields({ view }: Parts): readonly string[] {
  if (view.problem === undefined) return []
  const byRule = FIELD_OF_CODE[view.problem.code]
  return [...new Set([...view.problem.fields.map(({ field }) => field), ...(byRule ? [byRule] : [])])]
}

function fieldError(parts: Parts, name: string): string | undefined {
  if (!wrongFields(parts).includes(name)) return undefined
  return filled(parts.words.missing, { field: parts.words[name as FieldName] ?? name })
}

function errorsOf(parts: Parts): { field: string; text: string }[] {
  return wrongFields(parts).flatMap((field) => {
    const text = fieldError(parts, field)
    return text === undefined ? [] : [{ field, text }]
  })
}
