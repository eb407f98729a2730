/** Where an inspector sets and lifts holds on a member's transfer, and finds the member; and the administrator's first page. */
import { formatDate, type Language } from '../../kernel/plain-date.ts'
import { Button, ButtonRow, TextLink } from '../../ui/button.tsx'
import { Card, LinkCard } from '../../ui/card.tsx'
import { Radios } from '../../ui/choice.tsx'
import { ErrorSummary, type ErrorItem } from '../../ui/error-summary.tsx'
import { Form } from '../../ui/form.tsx'
import { Banner, RuleBox } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { SearchBox, SearchResults } from '../../ui/search.tsx'
import { SummaryList } from '../../ui/summary-list.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { HOME_TEXTS, type HomeWords } from './texts.ts'

export interface ShownHold {
  readonly id: string
  readonly kind: keyof HomeWords['holds']['kinds']
  readonly basis: string
  readonly setOn: string
  readonly liftedOn: string | null
  readonly liftBasis: string | null
  /** the organisation that set it, where this inspector may not lift it */
  readonly setAbove?: string | undefined
}

export interface HoldsPageProps {
  readonly language: Language
  readonly csrf: string
  readonly commandIdOf: () => string
  readonly member: {
    readonly id: string
    readonly name: string
    readonly card: string
    readonly organisation: string
  }
  readonly holds: readonly ShownHold[]
  /** the open transfer: where it stands */
  readonly dossier?:
    { readonly href: string; readonly step: string; readonly stopsLater: boolean } | undefined
  readonly done?: 'set' | 'lift' | undefined
  readonly errors: readonly ErrorItem[]
  readonly entered: Readonly<Record<string, string>>
  /** the hold whose form `errors` and `entered` are about; those of the form that sets one without it */
  readonly lifting?: string | undefined
}

/** Each hold has a form with a field of the same name. */
export function liftFieldId(holdId: string): string {
  return `lift-${holdId}`
}

export function HoldsPage(props: HoldsPageProps) {
  const { holds: words } = HOME_TEXTS[props.language]
  const { member, holds, dossier } = props
  const standing = holds.filter((hold) => hold.liftedOn === null)
  const lifted = holds.filter((hold) => hold.liftedOn !== null)
  return (
    <>
      {props.done && (
        <Banner kind="success" title={props.done === 'set' ? words.setDone : words.liftDone}>
          {props.done === 'set' && dossier?.stopsLater && words.notBlockedNow}
        </Banner>
      )}
      <ErrorSummary errors={props.errors} />
      <PageTitle title={member.name} caption={words.title} />
      <SummaryList
        rows={[
          { term: words.organisation, value: member.organisation },
          { term: words.card, value: member.card, masked: true },
          ...(dossier
            ? [{ term: words.dossier, value: <TextLink href={dossier.href}>{dossier.step}</TextLink> }]
            : []),
        ]}
      />
      <Section title={words.open}>
        {standing.length === 0 && <p>{words.none}</p>}
        {standing.map((hold) => (
          <HoldCard key={hold.id} props={props} hold={hold} />
        ))}
      </Section>
      <SetForm {...props} />
      {lifted.length > 0 && (
        <Section title={words.history}>
          <ul class="plain-list rows">
            {lifted.map((hold) => (
              <li key={hold.id} class="row">
                <p class="row-title">{words.kinds[hold.kind]}</p>
                <p class="quiet">
                  {`${hold.basis}. ${words.setOn(formatDate(hold.setOn, props.language))}. `}
                  {words.lifted(
                    formatDate(hold.liftedOn ?? hold.setOn, props.language),
                    hold.liftBasis ?? '',
                  )}
                </p>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function HoldCard({ props, hold }: { readonly props: HoldsPageProps; readonly hold: ShownHold }) {
  const { holds: words } = HOME_TEXTS[props.language]
  return (
    <Card level={3} title={words.kinds[hold.kind]}>
      <p>{`${hold.basis}. ${words.setOn(formatDate(hold.setOn, props.language))}.`}</p>
      {hold.setAbove ? <p>{words.setAbove(hold.setAbove)}</p> : <LiftForm props={props} hold={hold} />}
    </Card>
  )
}

function LiftForm({ props, hold }: { readonly props: HoldsPageProps; readonly hold: ShownHold }) {
  const { holds: words } = HOME_TEXTS[props.language]
  const sent = props.lifting === hold.id
  return (
    <Form
      action={`/members/${props.member.id}/holds/${hold.id}/lift`}
      csrf={props.csrf}
      commandId={props.commandIdOf()}
    >
      <TextField
        name="basis"
        id={liftFieldId(hold.id)}
        label={words.liftBasis}
        hint={words.basisHint}
        value={sent ? props.entered.basis : undefined}
        error={sent ? props.errors.find((error) => error.field === 'basis')?.text : undefined}
      />
      <ButtonRow>
        <Button kind="secondary">{words.lift}</Button>
      </ButtonRow>
    </Form>
  )
}

function SetForm(props: HoldsPageProps) {
  const { holds: words } = HOME_TEXTS[props.language]
  const sent = props.lifting === undefined
  const errorOf = (field: string) =>
    sent ? props.errors.find((error) => error.field === field)?.text : undefined
  return (
    <Card title={words.setTitle}>
      <p>{words.setAbout}</p>
      <Form action={`/members/${props.member.id}/holds`} csrf={props.csrf} commandId={props.commandIdOf()}>
        <Radios
          name="kind"
          label={words.kind}
          value={sent ? props.entered.kind : undefined}
          error={errorOf('kind')}
          choices={Object.entries(words.kinds).map(([value, text]) => ({ value, text }))}
        />
        <TextField
          name="basis"
          label={words.basis}
          hint={words.basisHint}
          value={sent ? props.entered.basis : undefined}
          error={errorOf('basis')}
        />
        <ButtonRow>
          <Button kind="danger">{words.set}</Button>
        </ButtonRow>
      </Form>
      <RuleBox citation={words.citation}>{words.rule}</RuleBox>
    </Card>
  )
}

/** The inspector's search; results lead to the member's holds. */
export function InspectorSearch(props: {
  readonly language: Language
  readonly csrf: string
  readonly query: string
  readonly results:
    readonly { readonly id: string; readonly name: string; readonly about: string }[] | undefined
}) {
  const { inspector } = HOME_TEXTS[props.language]
  return (
    <Card title={inspector.title}>
      <p>{inspector.lead}</p>
      <SearchBox
        action="/holds/search"
        csrf={props.csrf}
        name="member"
        label={inspector.search}
        hint={inspector.searchHint}
        value={props.query}
      />
      {props.results && (
        <SearchResults
          results={props.results}
          keyOf={(result) => result.id}
          hrefOf={(result) => `/members/${result.id}/holds`}
          title={(result) => result.name}
          about={(result) => result.about}
        />
      )}
    </Card>
  )
}

/** What a system administrator works with. */
export function AdministratorPage({ language }: { readonly language: Language }) {
  const { administrator } = HOME_TEXTS[language]
  return (
    <>
      <PageTitle title={administrator.title} lead={administrator.lead} />
      {administrator.links.map((link) => (
        <LinkCard key={link.href} level={2} {...link} />
      ))}
    </>
  )
}
