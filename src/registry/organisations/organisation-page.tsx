/** The page of an organisation: its figures, what lies below it, its members, its facts and how they changed. */
import { formatDate, type Language } from '../../kernel/plain-date.ts'
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
import type { OrganisationTexts } from './texts.ts'
import type { ChildLine, OrganisationSpell, OrganisationView } from './view.ts'

export interface OrganisationPageProps {
  readonly texts: OrganisationTexts
  readonly language: Language
  readonly view: OrganisationView
  readonly page: number
  /** the reader's own organisation: the registry begins here */
  readonly start: boolean
  readonly mayReadMembers: boolean
  readonly mayImport: boolean
  readonly mayAnswer: boolean
  /** the members counted here directly, where they are listed */
  readonly members?: Children
}

export function OrganisationPage(props: OrganisationPageProps) {
  const { texts, view, start } = props
  return (
    <>
      <PageTitle
        caption={start ? texts.title : view.kindName}
        title={view.name}
        lead={start ? texts.lead : undefined}
      />
      {start && props.mayReadMembers && (
        <SearchBox action="/registry/members" label={texts.searchLabel} hint={texts.searchHint} />
      )}
      <KeyFigures figures={figuresOf(props)} />
      {props.mayReadMembers ? <Ways {...props} /> : <Inset>{texts.administratorNote}</Inset>}
      {props.members}
      {(view.childrenTotal > 0 || !view.holdsMembers) && <Below {...props} />}
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
function Ways({ texts, view, members, mayAnswer, start }: OrganisationPageProps) {
  const of = `organisation=${view.id}`
  return (
    <ButtonRow>
      {!members && (
        <ButtonLink kind="secondary" href={`/registry/members?${of}`}>
          {texts.memberList}
        </ButtonLink>
      )}
      {start && mayAnswer && (
        <ButtonLink kind="secondary" href="/registry/corrections">
          {texts.corrections}
        </ButtonLink>
      )}
      <ButtonLink kind="quiet" href={`/registry/members/export.xlsx?${of}`} download>
        {texts.downloadXlsx}
      </ButtonLink>
      <ButtonLink kind="quiet" href={`/registry/members/export.csv?${of}`} download>
        {texts.downloadCsv}
      </ButtonLink>
      <ButtonLink kind="quiet" href={`/registry/members/print?${of}`}>
        {texts.printList}
      </ButtonLink>
    </ButtonRow>
  )
}

function Below(props: OrganisationPageProps) {
  const { texts, language, view, page } = props
  const pages = view.childrenPages
  const written = (count: number) => count.toLocaleString(language)
  const own = view.own.active + view.own.inTransit > 0
  const rows: ChildLine[] = own ? [...view.children, ownLine(view, texts)] : [...view.children]
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
                  <TextLink href={`/registry/organisations/${row.id}`}>{row.name}</TextLink>
                ),
            },
            { key: 'kind', title: texts.kind, cell: (row) => row.kindName },
            {
              key: 'children',
              title: texts.childrenShort,
              numeric: true,
              cell: (row) => (row.children > 0 ? written(row.children) : '–'),
            },
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
              : [texts.total, '', '', written(view.counts.active), written(view.counts.inTransit)]
          }
        />
      </div>
      <Paging
        page={page}
        pages={pages}
        hrefOf={(to) => `/registry/organisations/${view.id}?page=${to}#below`}
      />
    </Section>
  )
}

function ownLine(view: OrganisationView, texts: OrganisationTexts): ChildLine {
  return { id: view.id, code: view.code, name: texts.ownLine, kindName: '', ...view.own, children: 0 }
}

function NoneBelow({ texts, mayImport }: OrganisationPageProps) {
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
  const day = (date: string) => formatDate(date, language)
  return (
    <Section title={texts.history} about={texts.historyAbout}>
      <DataTable
        caption={texts.history}
        hideCaption
        columns={[
          { key: 'since', title: texts.since, cell: (row: OrganisationSpell) => day(row.since) },
          {
            key: 'as',
            title: texts.asWas,
            cell: (row) => (
              <>
                {row.name}
                <br />
                <span class="quiet">
                  {row.kindName} · {texts.tiers[row.tier]} · {row.hasSeal ? texts.sealYes : texts.sealNo}
                </span>
              </>
            ),
          },
          { key: 'above', title: texts.above, cell: (row) => row.parentName ?? '–' },
          {
            key: 'basis',
            title: texts.basis,
            cell: (row) => (
              <>
                {row.citation}
                <br />
                <span class="quiet">
                  {texts.sourceIs} {row.source}
                </span>
              </>
            ),
          },
        ]}
        rows={view.history}
        keyOf={(row) => row.since}
      />
    </Section>
  )
}

/** What stands beside: facts, and who holds office. */
export function OrganisationAside(props: OrganisationPageProps) {
  const { texts, language, view } = props
  const above = view.above.at(-1)
  const first = view.history.at(-1)
  return (
    <>
      <Card title={texts.facts}>
        <SummaryList
          compact
          rows={[
            { term: texts.code, value: view.code ?? texts.noCode },
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
                    value: <TextLink href={`/registry/organisations/${above.id}`}>{above.name}</TextLink>,
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
          <SummaryList
            compact
            rows={view.offices.map((office) => ({
              term: language === 'en' ? office.positionNameEn : office.positionName,
              value: office.readable ? (
                <TextLink href={`/registry/members/${office.memberId}`}>{office.memberName}</TextLink>
              ) : (
                office.memberName
              ),
            }))}
          />
        )}
      </Card>
    </>
  )
}
