/** The referral register of one's organisation as a page. */
import { formatDate, type Language } from '../../kernel/plain-date.ts'
import type { RegisterLine } from '../../papers/layout.ts'
import { ButtonLink, ButtonRow } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Tabs } from '../../ui/navigation.tsx'
import { EmptyState } from '../../ui/notice.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import type { RegisterTexts } from './texts.ts'

export interface RegisterPageProps {
  readonly texts: RegisterTexts
  readonly language: Language
  readonly organisation: string
  readonly year: number
  readonly years: readonly number[]
  readonly lines: readonly RegisterLine[]
}

export function RegisterPage({ texts, language, organisation, year, years, lines }: RegisterPageProps) {
  return (
    <>
      <PageTitle title={texts.title} caption={organisation} lead={texts.lead} />
      <Tabs
        label={texts.year}
        items={years.map((each) => ({
          href: `/registers?year=${each}`,
          text: `${texts.year} ${each}`,
          current: each === year,
        }))}
      />
      {lines.length === 0 ? (
        <EmptyState title={texts.empty} />
      ) : (
        <>
          <ButtonRow>
            <ButtonLink href={`/registers/${year}.pdf`} kind="secondary" download>
              {texts.pdf}
            </ButtonLink>
            <ButtonLink href={`/registers/${year}.xlsx`} kind="secondary" download>
              {texts.xlsx}
            </ButtonLink>
          </ButtonRow>
          <DataTable
            caption={`${texts.title} ${year}`}
            hideCaption
            columns={[
              { key: 'ordinal', title: texts.ordinal, cell: (line) => line.ordinal, numeric: true },
              { key: 'name', title: texts.name, cell: (line) => line.fullName },
              { key: 'on', title: texts.on, cell: (line) => formatDate(line.on, language) },
              { key: 'direction', title: texts.direction, cell: (line) => texts.directions[line.direction] },
              { key: 'kind', title: texts.kind, cell: (line) => texts.kinds[line.kind] },
              {
                key: 'number',
                title: texts.number,
                cell: (line) => line.referralNumber?.replace(/^Số /, '') ?? '',
              },
              { key: 'counterpart', title: texts.counterpart, cell: (line) => line.counterpart },
              { key: 'referring', title: texts.referring, cell: (line) => line.referring },
              { key: 'receiving', title: texts.receiving, cell: (line) => line.receiving },
              { key: 'note', title: texts.note, cell: (line) => line.note ?? '' },
            ]}
            rows={lines}
            keyOf={(line) => String(line.ordinal)}
          />
        </>
      )}
    </>
  )
}
