/** Lists of members: found by name or number, of an organisation, and the same list as a sheet of paper. */
import { formatDate, type Language } from '../../kernel/plain-date.ts'
import { ButtonLink, ButtonRow, TextLink } from '../../ui/button.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { Paging } from '../../ui/navigation.tsx'
import { EmptyState } from '../../ui/notice.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { Tag } from '../../ui/pill.tsx'
import { PrintedSheet } from '../../ui/print.tsx'
import { SearchBox } from '../../ui/search.tsx'
import { Masked } from '../../ui/summary-list.tsx'
import { looksBack, onDay, type LookedAt } from '../day.ts'
import { DayBanner, DayForm, titleOn } from '../looking-back.tsx'
import { filled, type MemberTexts } from './texts.ts'
import { vagueDateText } from './vague-date.ts'
import type { ShownLine } from './view.ts'

export interface MemberTableProps {
  readonly texts: MemberTexts
  readonly language: Language
  readonly lines: readonly ShownLine[]
  readonly total: number
  readonly page: number
  readonly pages: number
  readonly hrefOf: (page: number) => string
  readonly at: LookedAt
  /** the list is of one cell: its name need not be said in each line */
  readonly oneCell?: boolean
}

function columnsOf({
  texts,
  language,
  oneCell,
  at,
}: Pick<MemberTableProps, 'texts' | 'language' | 'oneCell' | 'at'>): Column<ShownLine>[] {
  return [
    {
      key: 'name',
      title: texts.name,
      cell: (line) => (
        <>
          <TextLink href={onDay(`/registry/members/${line.id}`, at)}>{line.fullName}</TextLink>{' '}
          <Marks {...{ line, texts }} />
        </>
      ),
    },
    {
      key: 'birth',
      title: texts.birth,
      cell: (line) => vagueDateText(line.birthDate, line.birthPrecision, language),
    },
    { key: 'sex', title: texts.sex, cell: (line) => texts.sexes[line.sex] },
    ...(oneCell
      ? []
      : [{ key: 'cell', title: texts.cell, cell: (line: ShownLine) => line.organisationName }]),
    {
      key: 'card',
      title: texts.card,
      cell: (line) => (line.cardNumber ? <Masked value={line.cardNumber.replaceAll('*', '•')} /> : '–'),
    },
    {
      key: 'official',
      title: texts.official,
      cell: (line) => (line.officialOn ? formatDate(line.officialOn, language) : '–'),
    },
  ]
}

function Marks({ line, texts }: { readonly line: ShownLine; readonly texts: MemberTexts }) {
  return (
    <>
      {line.probationary && <Tag>{texts.probationary}</Tag>}{' '}
      {line.membership === 'in-transit' && <Tag tone="soon">{texts.inTransit}</Tag>}{' '}
      {line.standing === 'exempt' && <Tag>{texts.exempt}</Tag>}
    </>
  )
}

/** The table with its pages. */
export function MemberTable(props: MemberTableProps) {
  const { texts, lines, page, pages, hrefOf } = props
  return (
    <>
      <DataTable
        caption={texts.listTitle}
        hideCaption
        columns={columnsOf(props)}
        rows={lines}
        keyOf={(line) => line.id}
      />
      <Paging page={page} pages={pages} hrefOf={hrefOf} />
    </>
  )
}

export interface MemberListPageProps extends MemberTableProps {
  readonly csrf: string
  readonly q: string
  /** of a search: there are more than `total` */
  readonly more: boolean
  /** nobody is called what was typed: these are called so */
  readonly meant?: string | undefined
  /** the query of this list, as its links repeat it */
  readonly asked: Readonly<Record<string, string>>
  readonly organisation: { readonly id: string; readonly name: string }
  /** digits too few to search by */
  readonly tooFewDigits: boolean
  readonly mayImport: boolean
  readonly todayHref: string
}

/** Everybody of an organisation, or those found by what was typed. */
export function MemberListPage(props: MemberListPageProps) {
  const { texts, language, q, asked, organisation, total, at } = props
  const of = new URLSearchParams(asked)
  const looking = { language, at, action: '/registry/members', asked, todayHref: props.todayHref }
  return (
    <>
      <DayBanner {...looking} />
      <PageTitle
        title={q === '' ? texts.listTitle : texts.searchTitle}
        lead={filled(texts.within, { name: organisation.name })}
      />
      <SearchBox
        action="/registry/members"
        csrf={props.csrf}
        label={texts.searchLabel}
        hint={texts.searchHint}
        value={q}
        hidden={{ organisation: organisation.id, ...(looksBack(at) ? { on: at.day } : {}) }}
      />
      <DayForm {...looking} />
      {total === 0 ? (
        <NobodyFound {...props} />
      ) : (
        <>
          <p class="quiet" role="status">
            {props.meant !== undefined && <>{filled(texts.meant, { typed: q, meant: props.meant })} </>}
            {filled(props.more ? texts.foundMore : texts.found, { count: total.toLocaleString(language) })}
          </p>
          <ButtonRow>
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
          <MemberTable {...props} />
        </>
      )}
    </>
  )
}

function NobodyFound({ texts, q, organisation, tooFewDigits, mayImport, at }: MemberListPageProps) {
  if (q === '')
    return (
      <EmptyState
        title={texts.emptyList}
        action={mayImport && <ButtonLink href="/import">{texts.goImport}</ButtonLink>}
      >
        <p>{texts.emptyListMend}</p>
      </EmptyState>
    )
  return (
    <EmptyState
      title={texts.foundNothing}
      action={
        <ButtonLink kind="secondary" href={onDay(`/registry/members?organisation=${organisation.id}`, at)}>
          {texts.everybody}
        </ButtonLink>
      }
    >
      <p>{tooFewDigits ? texts.tooFewDigits : texts.foundNothingMend}</p>
    </EmptyState>
  )
}

export interface PrintedListProps {
  readonly texts: MemberTexts
  readonly language: Language
  readonly lines: readonly ShownLine[]
  readonly organisationName: string
  /** absent where the list is of those found, not of all */
  readonly counts: { readonly active: number; readonly inTransit: number } | undefined
  readonly at: LookedAt
  /** the list is longer than the sheet takes */
  readonly cut: boolean
}

/** The list as a sheet of paper. */
export function PrintedList(props: PrintedListProps) {
  const { texts, language, lines, counts, at } = props
  const numbers = new Map(lines.map((line, place) => [line.id, place + 1]))
  const columns = columnsOf({ texts, language, at })
  return (
    <>
      <PageTitle title={titleOn(`${texts.listTitle} – ${props.organisationName}`, at, language)} />
      <PrintedSheet issuer={props.organisationName.toUpperCase()} title={texts.printTitle}>
        <p>{filled(texts.printOn, { day: formatDate(at.day, language) })}</p>
        {props.cut && <p>{filled(texts.printCut, { count: lines.length })}</p>}
        <DataTable
          caption={texts.listTitle}
          hideCaption
          columns={[
            { key: 'ordinal', title: texts.ordinal, cell: (line) => numbers.get(line.id) },
            {
              key: 'name',
              title: texts.name,
              cell: (line) => (
                <>
                  {line.fullName} <Marks {...{ line, texts }} />
                </>
              ),
            },
            ...columns.slice(1),
          ]}
          rows={lines}
          keyOf={(line) => line.id}
        />
        {counts && <p>{filled(texts.printSum, counts)}</p>}
      </PrintedSheet>
    </>
  )
}
