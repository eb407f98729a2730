/** What an import found, row by row: narrowed by outcome, kind, cell or words, and the workbook that goes back to the cells. */
import type { Language } from '../../../kernel/plain-date.ts'
import { ButtonLink, ButtonRow, TextLink } from '../../../ui/button.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { FilterBar } from '../../../ui/filter-bar.tsx'
import { Paging } from '../../../ui/navigation.tsx'
import { EmptyState, Expander } from '../../../ui/notice.tsx'
import { Section } from '../../../ui/page-title.tsx'
import { Tag, type Tone } from '../../../ui/pill.tsx'
import { SelectField, TextField } from '../../../ui/text-field.tsx'
import { filled } from '../../members/texts.ts'
import type { Severity } from '../problems.ts'
import { FIELD_TEXTS, PROBLEM_TEXTS } from '../texts.ts'
import type { ImportTexts } from './texts.ts'
import type { ImportView, ProblemFilter, ProblemLine, ProblemSummary } from './view.ts'

/** A page of problems, and what all of them are. */
export interface ShownProblems {
  readonly summary: ProblemSummary
  readonly lines: readonly ProblemLine[]
  readonly total: number
  readonly pages: number
  readonly filter: ProblemFilter
}

interface ProblemProps {
  readonly texts: ImportTexts
  readonly language: Language
  readonly view: ImportView
  readonly problems: ShownProblems
}

const SEVERITY_TONES: Readonly<Record<Severity, Tone>> = {
  'held-back': 'late',
  repaired: 'ok',
  warning: 'soon',
}

export function Problems(props: ProblemProps) {
  const { texts, view, problems } = props
  const { summary, lines, filter, pages } = problems
  if (summary.total === 0)
    return (
      <EmptyState title={texts.problemsNone}>
        <p>{texts.problemsNoneAbout}</p>
      </EmptyState>
    )
  return (
    <Section title={texts.problems} id="problems" about={texts.downloadAbout}>
      <ButtonRow>
        <ButtonLink kind="secondary" href={`/import/${view.id}/problems.xlsx`} download>
          {texts.download}
        </ButtonLink>
      </ButtonRow>
      {summary.cells.length > 1 && <CellDownloads {...props} />}
      <Narrowing {...props} />
      <p class="quiet" role="status">
        {filled(texts.problemsFound, { count: problems.total.toLocaleString(props.language) })}
      </p>
      <DataTable
        caption={texts.problems}
        hideCaption
        columns={columnsOf(props)}
        rows={lines}
        keyOf={(line) => String(line.ordinal)}
        empty={
          <EmptyState
            title={texts.nothingFits}
            action={
              <ButtonLink kind="secondary" href={`/import/${view.id}`}>
                {texts.showAll}
              </ButtonLink>
            }
          />
        }
      />
      <Paging
        page={filter.page}
        pages={pages}
        hrefOf={(to) => `${addressOf(view.id, filter, { page: String(to) })}#problems`}
      />
    </Section>
  )
}

function CellDownloads({ texts, view, problems }: ProblemProps) {
  return (
    <Expander summary={texts.downloadCells}>
      <ul class="govuk-list">
        {problems.summary.cells.map((cell) => (
          <li key={cell.id}>
            <TextLink href={`/import/${view.id}/problems.xlsx?organisation=${cell.id}`}>{cell.name}</TextLink>{' '}
            ({cell.count})
          </li>
        ))}
      </ul>
    </Expander>
  )
}

/** The address of a page of problems, one part of the filter perhaps changed or left out. */
function addressOf(
  id: string,
  filter: ProblemFilter,
  change: Readonly<Record<string, string | undefined>>,
): string {
  const { severity, code, organisation, q } = filter
  const parts = Object.entries({ severity, code, organisation, q, ...change }).filter(([, value]) => value)
  const query = new URLSearchParams(parts as [string, string][]).toString()
  return query === '' ? `/import/${id}` : `/import/${id}?${query}`
}

function Narrowing({ texts, language, view, problems }: ProblemProps) {
  const { summary, filter } = problems
  const severities = (['held-back', 'warning', 'repaired'] as const).filter((one) => summary.severities[one])
  const cell = summary.cells.find((one) => one.id === filter.organisation)
  const code = summary.codes.find((one) => one.code === filter.code)
  const active = [
    filter.severity && { key: 'severity', text: texts.severities[filter.severity] },
    code && { key: 'code', text: PROBLEM_TEXTS[code.code][language].what },
    cell && { key: 'organisation', text: cell.name },
    filter.q && { key: 'q', text: filter.q },
  ].filter((one) => one !== undefined && one !== '')
  return (
    <FilterBar
      action={`/import/${view.id}`}
      label={texts.filterLabel}
      active={active.map(({ key, text }) => ({
        text,
        hrefWithout: addressOf(view.id, filter, { [key]: undefined }),
      }))}
      clearHref={`/import/${view.id}`}
    >
      <SelectField
        name="severity"
        label={texts.severity}
        empty={texts.all}
        value={filter.severity}
        options={severities.map((value) => ({
          value,
          text: `${texts.severities[value]} (${summary.severities[value]})`,
        }))}
      />
      <SelectField
        name="code"
        label={texts.code}
        empty={texts.all}
        value={filter.code}
        options={summary.codes.map(({ code: value, count }) => ({
          value,
          text: `${PROBLEM_TEXTS[value][language].what} (${count})`,
        }))}
      />
      {summary.cells.length > 1 && (
        <SelectField
          name="organisation"
          label={texts.cell}
          empty={texts.all}
          value={filter.organisation}
          options={summary.cells.map(({ id, name, count }) => ({ value: id, text: `${name} (${count})` }))}
        />
      )}
      <TextField name="q" label={texts.searchWords} width={20} value={filter.q} />
    </FilterBar>
  )
}

function columnsOf({ texts, language }: ProblemProps) {
  return [
    {
      key: 'row',
      title: texts.row,
      cell: (line: ProblemLine) => (
        <>
          {texts.row} {line.row}
          {line.subject && <span class="row-note">{line.subject}</span>}
        </>
      ),
    },
    {
      key: 'severity',
      title: texts.severity,
      cell: (line: ProblemLine) => (
        <Tag tone={SEVERITY_TONES[line.severity]}>{texts.severities[line.severity]}</Tag>
      ),
    },
    {
      key: 'problem',
      title: texts.problem,
      cell: (line: ProblemLine) => (
        <>
          <b>{FIELD_TEXTS[line.field]?.[language] ?? line.field}</b>
          <br />
          {PROBLEM_TEXTS[line.code][language].what}
        </>
      ),
    },
    {
      key: 'found',
      title: texts.found,
      cell: (line: ProblemLine) => (
        <>
          {line.found || '–'}
          {line.repair !== null && (
            <span class="row-note">
              {texts.repair}: {line.repair}
            </span>
          )}
        </>
      ),
    },
    { key: 'fix', title: texts.fix, cell: (line: ProblemLine) => fixOf(line, language) ?? '–' },
  ]
}

/** The words kept with the problem, which may name the row or the nearest names; in English those of its code. */
function fixOf(line: ProblemLine, language: Language): string | null | undefined {
  if (line.fix === null) return null
  return language === 'en' ? PROBLEM_TEXTS[line.code].en.fix : line.fix
}
