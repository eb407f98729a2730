/** The page of an organisation: its figures, what lies below it, its members, its facts and how they changed. */
import { addDays, formatDate, type Language } from '../../kernel/plain-date.ts'
import { ButtonLink, ButtonRow, TextLink } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import type { Children } from '../../ui/children.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { KeyFigures } from '../../ui/figures.tsx'
import { LiveFilter } from '../../ui/filter-bar.tsx'
import { Paging } from '../../ui/navigation.tsx'
import { EmptyState, Inset } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { SearchBox } from '../../ui/search.tsx'
import { SummaryList } from '../../ui/summary-list.tsx'
import { Timeline, type TimelineStep } from '../../ui/timeline.tsx'
import { looksBack, onDay, type LookedAt } from '../day.ts'
import { DayBanner, DayForm } from '../looking-back.tsx'
import { filled } from '../members/texts.ts'
import { ChangesPart } from './changes-part.tsx'
import type { OrganisationTexts } from './texts.ts'
import type { ChildLine, OrganisationSpell, OrganisationView } from './view.ts'

export interface OrganisationPageProps {
  readonly texts: OrganisationTexts
  readonly language: Language
  readonly view: OrganisationView
  readonly at: LookedAt
  /** where the way back to today leads */
  readonly todayHref: string
  readonly page: number
  /** the reader's own organisation: the registry begins here */
  readonly start: boolean
  readonly csrf: string
  readonly mayReadMembers: boolean
  readonly mayImport: boolean
  readonly mayAnswer: boolean
  readonly mayReorganise: boolean
  /** members' questions about looks at their records */
  readonly mayAnswerQuestions: boolean
  /** the members counted here directly, where they are listed */
  readonly members?: Children
}

export function OrganisationPage(props: OrganisationPageProps) {
  const { texts, language, view, start, at, todayHref } = props
  const action = start ? '/registry' : `/registry/organisations/${view.id}`
  const looking = { language, at, action, todayHref }
  const empty = view.childrenTotal === 0 && view.counts.active + view.counts.inTransit === 0
  return (
    <>
      <DayBanner {...looking} />
      <PageTitle
        caption={start ? texts.title : view.kindName}
        title={view.name}
        meta={view.code ? `${texts.code} ${view.code}` : texts.noCode}
        lead={start ? texts.lead : undefined}
      />
      {start && props.mayReadMembers && !empty && (
        <SearchBox
          action="/registry/members"
          csrf={props.csrf}
          label={texts.searchLabel}
          hint={texts.searchHint}
          hidden={looksBack(at) ? { on: at.day } : {}}
        />
      )}
      <KeyFigures figures={figuresOf(props)} />
      <DayForm {...looking} />
      {!props.mayReadMembers && <Inset>{texts.administratorNote}</Inset>}
      {props.mayReadMembers && !empty && <Ways {...props} />}
      {props.members}
      {(view.childrenTotal > 0 || !view.holdsMembers) && <Below {...props} />}
      <ChangesPart {...props} />
      <History {...props} />
    </>
  )
}

function figuresOf({ texts, language, view }: OrganisationPageProps) {
  const written = (count: number) => count.toLocaleString(language)
  return [
    { label: texts.active, value: written(view.counts.active) },
    { label: texts.inTransit, value: written(view.counts.inTransit), about: texts.inTransitAbout },
    ...(view.childrenTotal > 0 ? [{ label: texts.belowCount, value: written(view.childrenTotal) }] : []),
  ]
}

/** To the lists of everybody counted here and below. */
function Ways(props: OrganisationPageProps) {
  const { texts, view, members, mayAnswer, mayReorganise, start, at } = props
  const of = `organisation=${view.id}`
  return (
    <ButtonRow>
      {!members && (
        <ButtonLink kind="secondary" href={onDay(`/registry/members?${of}`, at)}>
          {texts.memberList}
        </ButtonLink>
      )}
      {start && mayAnswer && (
        <ButtonLink kind="secondary" href="/registry/corrections">
          {texts.corrections}
        </ButtonLink>
      )}
      {start && props.mayAnswerQuestions && (
        <ButtonLink kind="secondary" href="/registry/questions">
          {texts.questions}
        </ButtonLink>
      )}
      {start && mayReorganise && (
        <ButtonLink kind="secondary" href="/reorganisations">
          {texts.reorganise}
        </ButtonLink>
      )}
      <ButtonLink kind="quiet" href={onDay(`/registry/members/export.xlsx?${of}`, at)} download>
        {texts.downloadXlsx}
      </ButtonLink>
      <ButtonLink kind="quiet" href={onDay(`/registry/members/export.csv?${of}`, at)} download>
        {texts.downloadCsv}
      </ButtonLink>
      <ButtonLink kind="quiet" href={onDay(`/registry/members/print?${of}`, at)}>
        {texts.printList}
      </ButtonLink>
    </ButtonRow>
  )
}

function Below(props: OrganisationPageProps) {
  const { texts, language, view, page, at } = props
  const pages = view.childrenPages
  const written = (count: number) => count.toLocaleString(language)
  const own = view.own.active + view.own.inTransit > 0
  const rows: ChildLine[] = own ? [...view.children, ownLine(view, texts)] : [...view.children]
  // columns that would say the same in every line are left out
  const mixed = new Set(view.children.map((child) => child.kindName)).size > 1
  const deep = view.children.some((child) => child.children > 0)
  const childrenColumn = {
    key: 'children',
    title: texts.childrenShort,
    numeric: true,
    cell: (row: ChildLine) => (row.children > 0 ? written(row.children) : '–'),
  }
  return (
    <Section title={texts.below} id="below">
      {view.children.length > 10 && <LiveFilter of="children" label={texts.filterBelow} />}
      <div id="children">
        <DataTable
          caption={texts.below}
          hideCaption
          columns={[
            {
              key: 'name',
              title: texts.name,
              cell: (row) =>
                row.id === view.id ? (
                  row.name
                ) : (
                  <TextLink href={onDay(`/registry/organisations/${row.id}`, at)}>{row.name}</TextLink>
                ),
            },
            ...(mixed ? [{ key: 'kind', title: texts.kind, cell: (row: ChildLine) => row.kindName }] : []),
            ...(deep ? [childrenColumn] : []),
            { key: 'active', title: texts.activeShort, numeric: true, cell: (row) => written(row.active) },
            {
              key: 'inTransit',
              title: texts.inTransitShort,
              numeric: true,
              cell: (row) => written(row.inTransit),
            },
          ]}
          rows={rows}
          keyOf={(row) => row.id}
          empty={<NoneBelow {...props} />}
          total={
            pages > 1
              ? undefined
              : [
                  texts.total,
                  ...(mixed ? [''] : []),
                  ...(deep ? [''] : []),
                  written(view.counts.active),
                  written(view.counts.inTransit),
                ]
          }
        />
      </div>
      <Paging
        page={page}
        pages={pages}
        hrefOf={(to) => onDay(`/registry/organisations/${view.id}?page=${to}#below`, at)}
      />
    </Section>
  )
}

function ownLine(view: OrganisationView, texts: OrganisationTexts): ChildLine {
  return { id: view.id, code: view.code, name: texts.ownLine, kindName: '', ...view.own, children: 0 }
}

function NoneBelow({ texts, view, mayImport }: OrganisationPageProps) {
  if (view.tier === 'advisory')
    return (
      <EmptyState title={texts.noneBelowAdvisory}>
        <p>{texts.noneBelowAdvisoryAbout}</p>
      </EmptyState>
    )
  return (
    <EmptyState
      title={texts.noneBelow}
      action={mayImport && <ButtonLink href="/import">{texts.goImport}</ButtonLink>}
    >
      <p>{mayImport ? texts.noneBelowImport : texts.noneBelowAsk}</p>
    </EmptyState>
  )
}

function History({ texts, language, view }: OrganisationPageProps) {
  return (
    <Card title={texts.history}>
      <p class="quiet">{texts.historyAbout}</p>
      <Timeline steps={view.history.map((spell) => stepOf(spell, texts, language))} />
    </Card>
  )
}

function stepOf(spell: OrganisationSpell, texts: OrganisationTexts, language: Language): TimelineStep {
  const { until } = spell
  const facts = [spell.kindName, texts.tiers[spell.tier], spell.hasSeal ? texts.sealYes : texts.sealNo]
  return {
    standing: until === null ? 'now' : 'done',
    title: spell.name,
    when: filled(until === null ? texts.from : texts.fromTo, {
      since: formatDate(spell.since, language),
      until: until === null ? '' : formatDate(addDays(until, -1), language),
    }),
    note: (
      <>
        {facts.join(' · ')}
        {spell.parentName && ` · ${texts.under} ${spell.parentName}`}
        <span class="row-note">
          {texts.sourceIs} {spell.source}
        </span>
      </>
    ),
    rule: spell.citation,
  }
}

/** What stands beside: facts, and who holds office. */
export function OrganisationAside(props: OrganisationPageProps) {
  const { texts, language, view, at } = props
  const above = view.above.at(-1)
  const first = view.history.at(-1)
  return (
    <>
      <Card title={texts.facts}>
        <SummaryList
          compact
          rows={[
            { term: texts.kind, value: view.kindName },
            { term: texts.tier, value: texts.tiers[view.tier] },
            { term: texts.seal, value: view.hasSeal ? texts.sealYes : texts.sealNo },
            ...(view.place ? [{ term: texts.place, value: view.place }] : []),
            ...(view.armedForces ? [{ term: texts.armedForces, value: texts.yes }] : []),
            ...(view.abroad ? [{ term: texts.abroad, value: texts.yes }] : []),
            ...(above
              ? [
                  {
                    term: texts.above,
                    value: (
                      <TextLink href={onDay(`/registry/organisations/${above.id}`, at)}>
                        {above.name}
                      </TextLink>
                    ),
                  },
                ]
              : []),
            { term: texts.since, value: formatDate(first?.since ?? view.since, language) },
            ...(view.until ? [{ term: texts.until, value: formatDate(view.until, language) }] : []),
          ]}
        />
      </Card>
      <Card title={texts.offices}>
        {view.offices.length === 0 ? (
          <p class="quiet">{texts.noOffices}</p>
        ) : (
          <ul class="plain-list rows">
            {view.offices.map((office) => (
              <li key={office.id} class="row">
                {office.readable ? (
                  <TextLink href={onDay(`/registry/members/${office.memberId}`, at)}>
                    {office.memberName}
                  </TextLink>
                ) : (
                  office.memberName
                )}
                <span class="row-note">
                  {language === 'en' ? office.positionNameEn : office.positionName}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Card>
      {view.predecessors.length > 0 && !looksBack(at) && <Predecessors {...props} />}
    </>
  )
}

/** Ways into the past of what went into this organisation: its last day is the first one to ask for. */
function Predecessors({ texts, language, view }: OrganisationPageProps) {
  return (
    <Card title={texts.predecessors}>
      <p class="quiet">{texts.predecessorsAbout}</p>
      <ul class="plain-list rows">
        {view.predecessors.map(({ id, name, lastDay }) => (
          <li key={id} class="row">
            <TextLink href={`/registry/organisations/${id}?on=${lastDay}`}>{name}</TextLink>
            <span class="row-note">{filled(texts.lastDay, { day: formatDate(lastDay, language) })}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
