/** Everything kept about oneself, to read and to print: each section of the export as a table. */
import { formatDate, formatInstant, isPlainDate, type Language } from '../../kernel/plain-date.ts'
import { ButtonLink, ButtonRow } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { SummaryList } from '../../ui/summary-list.tsx'
import { fieldName } from './own-record-page.tsx'
import type { OwnData, OwnDataSection, OwnRow } from './own-data.ts'
import type { OwnRecordTexts } from './texts.ts'

export interface OwnDataPageProps {
  readonly texts: OwnRecordTexts
  readonly language: Language
  readonly data: OwnData
  readonly sections: readonly OwnDataSection[]
  /** the member's facts by the names of the list's fields */
  readonly facts: Readonly<Record<string, unknown>>
}

export function OwnDataPage({ texts, language, data, sections, facts }: OwnDataPageProps) {
  return (
    <>
      <PageTitle title={texts.dataTitle} lead={texts.dataLead} />
      <ButtonRow>
        <ButtonLink kind="secondary" href="/my-record/export" download>
          {texts.export}
        </ButtonLink>
      </ButtonRow>
      <Section title={sections[0]?.title[language] ?? ''}>
        <SummaryList
          rows={Object.entries(facts).map(([name, value]) => ({
            term: fieldName(name, language),
            value: shown(value, language),
          }))}
        />
      </Section>
      {sections.slice(1).map((section) => (
        <Section key={section.key} title={section.title[language]}>
          <SectionTable section={section} rows={data.sections[section.key] ?? []} {...{ texts, language }} />
        </Section>
      ))}
    </>
  )
}

function SectionTable(props: {
  readonly section: OwnDataSection
  readonly rows: readonly OwnRow[]
  readonly texts: OwnRecordTexts
  readonly language: Language
}) {
  const { section, rows, texts, language } = props
  const numbered = rows.map((row, place) => ({ row, place }))
  return (
    <DataTable
      caption={section.title[language]}
      hideCaption
      rows={numbered}
      keyOf={({ place }) => String(place)}
      empty={<p class="quiet">{texts.dataNone}</p>}
      columns={Object.entries(section.columns).map(([key, title]) => ({
        key,
        title: title[language],
        cell: ({ row }: { row: OwnRow; place: number }) => cellOf(key, row[key], texts, language),
      }))}
    />
  )
}

/** A hash is long: on the page its beginning is enough to compare, the JSON has all of it. */
function cellOf(key: string, value: unknown, texts: OwnRecordTexts, language: Language): string {
  if (key === 'sha256' && typeof value === 'string') return `${value.slice(0, 16)}…`
  if (key === 'field' && typeof value === 'string') return fieldName(value, language)
  if (typeof value === 'string') return texts.codes[value] ?? shown(value, language)
  return shown(value, language)
}

function shown(value: unknown, language: Language): string {
  if (value === null || value === undefined || value === '') return '–'
  if (value instanceof Date) return formatInstant(value, language)
  if (typeof value === 'boolean')
    return value ? (language === 'en' ? 'Yes' : 'Có') : language === 'en' ? 'No' : 'Không'
  if (isPlainDate(value)) return formatDate(value, language)
  return String(value)
}
