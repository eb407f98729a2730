/** "Who may see, who may sign": the question, its answer with the reason, the reverse, and the matrix in short. */
import type { Language } from '../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Expander, Inset, RuleBox } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { Tag } from '../../ui/pill.tsx'
import { LookupField } from '../../ui/search.tsx'
import { SummaryList, type SummaryRow } from '../../ui/summary-list.tsx'
import { SelectField, TextField } from '../../ui/text-field.tsx'
import type { AccessTexts } from './texts.ts'

/** One answer: may or may not, and why. */
export interface AnswerLine {
  readonly key: string
  readonly act: string
  readonly may: boolean
  readonly why: string
  readonly citation?: string | undefined
}

/** An office that is held, as the reverse names it. */
export interface SeatLine {
  readonly id: string
  readonly position: string
  readonly organisation: string
  /** null: outside what the administrator may know */
  readonly holder: string | null
  readonly acts: readonly string[]
}

export interface AccessPageProps {
  readonly texts: AccessTexts
  readonly language: Language
  readonly positions: readonly { readonly value: string; readonly text: string }[]
  readonly entered: Readonly<Record<string, string | undefined>>
  readonly problem?: string | undefined
  /** what was asked about: a dossier's number and step, or an organisation's name */
  readonly thing?: { readonly title: string; readonly facts: readonly SummaryRow[] } | undefined
  readonly answer?:
    { readonly who: string; readonly lines: readonly AnswerLine[]; readonly signs: boolean } | undefined
  readonly reverse?:
    { readonly seeing: readonly SeatLine[]; readonly acting: readonly SeatLine[] } | undefined
}

export function AccessPage(props: AccessPageProps) {
  const { texts, thing, answer, reverse } = props
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <Question {...props} />
      {thing && (
        <Section title={thing.title}>{thing.facts.length > 0 && <SummaryList rows={thing.facts} />}</Section>
      )}
      {answer && <Answer texts={texts} {...answer} />}
      {reverse && (
        <>
          <Seats
            texts={texts}
            title={texts.next}
            about={undefined}
            seats={reverse.acting}
            none={texts.nextNobody}
          />
          <Seats
            texts={texts}
            title={texts.seen}
            about={texts.seenAbout}
            seats={reverse.seeing}
            none={texts.nobody}
          />
        </>
      )}
      <ButtonRow>
        <ButtonLink kind="secondary" href="/access/matrix">
          {texts.matrix}
        </ButtonLink>
      </ButtonRow>
    </>
  )
}

function Question({ texts, positions, entered, problem }: AccessPageProps) {
  return (
    <Card title={texts.form}>
      {problem && <Inset>{problem}</Inset>}
      <form method="get" action="/access" class="form">
        <TextField
          name="dossier"
          label={texts.dossier}
          hint={texts.dossierHint}
          value={entered.dossier}
          width={20}
        />
        <LookupField
          name="about"
          label={texts.about}
          hint={texts.aboutHint}
          value={entered.about}
          valueId={entered.aboutId}
          suggestUrl="/api/v1/organisations/search"
        />
        <SelectField
          name="position"
          label={texts.position}
          options={positions}
          value={entered.position}
          empty={texts.anyPosition}
        />
        <LookupField
          name="organisation"
          label={texts.organisation}
          hint={texts.organisationHint}
          value={entered.organisation}
          valueId={entered.organisationId}
          suggestUrl="/api/v1/organisations/search"
        />
        <Button>{texts.ask}</Button>
      </form>
    </Card>
  )
}

function Answer(props: {
  readonly texts: AccessTexts
  readonly who: string
  readonly lines: readonly AnswerLine[]
  readonly signs: boolean
}) {
  const { texts, who, lines } = props
  return (
    <Section title={who}>
      <DataTable
        caption={who}
        hideCaption
        keyOf={({ key }) => key}
        rows={lines}
        columns={[
          { key: 'act', title: texts.act, cell: ({ act }) => act },
          {
            key: 'answer',
            title: texts.answer,
            cell: ({ may }) => <Tag tone={may ? 'ok' : 'late'}>{may ? texts.may : texts.mayNot}</Tag>,
          },
          {
            key: 'why',
            title: texts.why,
            cell: ({ why, citation }) => (
              <>
                {why} {citation && <cite class="rule-citation">{citation}</cite>}
              </>
            ),
          },
        ]}
      />
      {props.signs && (
        <>
          <RuleBox citation={texts.freshCitation}>{texts.fresh}</RuleBox>
          <RuleBox citation={texts.ownCitation}>{texts.ownDossier}</RuleBox>
        </>
      )}
    </Section>
  )
}

function Seats(props: {
  readonly texts: AccessTexts
  readonly title: string
  readonly about: string | undefined
  readonly seats: readonly SeatLine[]
  readonly none: string
}) {
  const { texts, seats } = props
  const acts = seats.some((seat) => seat.acts.length > 0)
  return (
    <Section title={props.title} about={props.about}>
      {seats.length === 0 ? (
        <p>{props.none}</p>
      ) : (
        <DataTable
          caption={props.title}
          hideCaption
          keyOf={({ id }) => id}
          rows={seats}
          columns={[
            { key: 'office', title: texts.office, cell: ({ position }) => position },
            { key: 'at', title: texts.at, cell: ({ organisation }) => organisation },
            { key: 'who', title: texts.who, cell: ({ holder }) => holder ?? texts.notNamed },
            ...(acts
              ? [{ key: 'acts', title: texts.act, cell: (seat: SeatLine) => seat.acts.join('; ') }]
              : []),
          ]}
        />
      )}
    </Section>
  )
}

/** Routes that one rule governs. */
export interface MatrixGroup {
  readonly access: keyof AccessTexts['access']
  readonly scope: keyof AccessTexts['scopes']
  readonly routes: readonly string[]
}

export function MatrixPage({
  texts,
  groups,
}: {
  readonly texts: AccessTexts
  readonly groups: readonly MatrixGroup[]
}) {
  const doors = Object.keys(texts.access) as (keyof AccessTexts['access'])[]
  return (
    <>
      <PageTitle title={texts.matrix} lead={texts.matrixLead} />
      {doors.map((access) => (
        <Section key={access} title={texts.access[access]}>
          {groups
            .filter((group) => group.access === access)
            .map(({ scope, routes }) => (
              <Card key={scope} level={3} title={texts.scopes[scope]}>
                <Expander summary={texts.routes(routes.length)}>
                  <ul>
                    {routes.map((route) => (
                      <li key={route}>{route}</li>
                    ))}
                  </ul>
                </Expander>
              </Card>
            ))}
        </Section>
      ))}
    </>
  )
}
