/** One import: how far it is, its figures, what has to be looked at row by row, and the step from trial to import. */
import { formatInstant, type Language } from '../../../kernel/plain-date.ts'
import { ButtonLink, ButtonRow, PostButton, TextLink } from '../../../ui/button.tsx'
import { NowCard } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { KeyFigures } from '../../../ui/figures.tsx'
import { FilterBar } from '../../../ui/filter-bar.tsx'
import { Paging } from '../../../ui/navigation.tsx'
import { Banner, EmptyState, Expander, Inset, RefusalPanel } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { Tag, type Tone } from '../../../ui/pill.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { SelectField, TextField } from '../../../ui/text-field.tsx'
import { filled } from '../../members/texts.ts'
import type { Figures } from '../attempts.ts'
import type { Severity } from '../problems.ts'
import type { ImportTexts } from './texts.ts'
import { FIELD_TEXTS, PROBLEM_TEXTS } from '../texts.ts'
import { figuresLine, STAGE_TONES } from './upload-page.tsx'
import type { ImportView, ProblemFilter, ProblemLine, ProblemSummary } from './view.ts'

export interface ResultPageProps {
  readonly texts: ImportTexts
  readonly language: Language
  readonly csrf: string
  readonly view: ImportView
  readonly problems?:
    | {
        readonly summary: ProblemSummary
        readonly lines: readonly ProblemLine[]
        readonly total: number
        readonly pages: number
        readonly filter: ProblemFilter
      }
    | undefined
  /** the words of the refusal that was kept */
  readonly refusal?:
    | { readonly title: string; readonly what: string; readonly why?: string; readonly mend: string }
    | undefined
}

export function ResultPage(props: ResultPageProps) {
  const { texts, view, refusal } = props
  const working = view.stage === 'trying' || view.stage === 'importing'
  return (
    <>
      {view.stage === 'imported' && <Banner kind="success" title={texts.doneTitle} />}
      <PageTitle
        caption={texts.kinds[view.kind]}
        title={view.fileName}
        meta={<Tag tone={STAGE_TONES[view.stage]}>{texts.stages[view.stage]}</Tag>}
        lead={view.underName ? filled(texts.of, { name: view.underName }) : undefined}
      />
      <Origin {...props} />
      {refusal && <RefusalPanel {...refusal} />}
      {working && <Working {...props} />}
      {view.stage === 'dropped' && <Inset>{texts.dropped}</Inset>}
      {!working && view.figures && <FigureRow {...props} figures={view.figures} />}
      {view.confirmable && view.figures && <Confirm {...props} figures={view.figures} />}
      {(view.stage === 'refused' || view.stage === 'dropped' || view.stage === 'imported') && (
        <ButtonRow>
          <ButtonLink kind="secondary" href="/import">
            {texts.another}
          </ButtonLink>
        </ButtonRow>
      )}
      {!working && props.problems && <Problems {...props} problems={props.problems} />}
    </>
  )
}

function Working({ texts, language, view }: ResultPageProps) {
  return (
    <Progress
      title={view.stage === 'trying' ? texts.workingTrial : texts.workingImport}
      done={view.rowsRead}
      total={view.rowsExpected ?? undefined}
      note={filled(texts.workingNote, { rows: view.rowsRead.toLocaleString(language) })}
      pollUrl={`/api/v1/imports/${view.id}/progress`}
    />
  )
}

function FigureRow({ texts, language, view, figures }: ResultPageProps & { readonly figures: Figures }) {
  const written = (count: number) => count.toLocaleString(language)
  const { trialFigures } = view
  const differs =
    trialFigures !== null &&
    figuresLine(trialFigures, texts, language) !== figuresLine(figures, texts, language)
  return (
    <>
      <KeyFigures
        figures={[
          { label: texts.rows, value: written(figures.rows) },
          {
            label: view.stage === 'imported' ? texts.importedDone : texts.imported,
            value: written(figures.imported),
          },
          { label: texts.repaired, value: written(figures.repaired), about: texts.repairedAbout },
          { label: texts.heldBack, value: written(figures.heldBack), about: texts.heldBackAbout },
          { label: texts.unchanged, value: written(figures.unchanged), about: texts.unchangedAbout },
        ]}
      />
      {differs && (
        <Inset>{filled(texts.differs, { figures: figuresLine(trialFigures, texts, language) })}</Inset>
      )}
      {view.unknownColumns.length > 0 && (
        <p class="quiet">{filled(texts.unknownColumns, { columns: view.unknownColumns.join(', ') })}</p>
      )}
    </>
  )
}

function Confirm({ texts, language, csrf, view, figures }: ResultPageProps & { readonly figures: Figures }) {
  const written = (count: number) => count.toLocaleString(language)
  const willImport = figures.imported + figures.repaired
  return (
    <NowCard
      title={texts.trialTitle}
      actions={
        <ButtonRow>
          {willImport > 0 && (
            <PostButton action={`/import/${view.id}/run`} csrf={csrf}>
              {texts.confirm}
            </PostButton>
          )}
          <PostButton action={`/import/${view.id}/drop`} csrf={csrf} kind="secondary">
            {texts.drop}
          </PostButton>
        </ButtonRow>
      }
    >
      <p>{texts.trialAbout}</p>
      <p>
        {willImport === 0
          ? texts.nothingToImport
          : filled(texts.confirmAbout, {
              willImport: written(willImport),
              heldBack: written(figures.heldBack),
              unchanged: written(figures.unchanged),
            })}
      </p>
      <p class="quiet">{texts.keptDays}</p>
    </NowCard>
  )
}

/** Who, when, and the proof of the file. */
function Origin({ texts, language, view }: ResultPageProps) {
  const at = (instant: Date) => formatInstant(instant, language)
  const by = view.handedInBy ?? texts.commandLine
  return (
    <p class="quiet">
      {filled(texts.handedIn, { at: at(view.handedInAt), by })}
      {view.confirmedAt &&
        ` · ${filled(texts.confirmed, { at: at(view.confirmedAt), by: view.confirmedBy ?? '' })}`}
      {view.sha256 && (
        <>
          {' · '}
          {texts.proof}: <code>{view.sha256.slice(0, 16)}</code>
        </>
      )}
    </p>
  )
}

type ShownProblems = NonNullable<ResultPageProps['problems']>
type ProblemProps = Omit<ResultPageProps, 'problems'> & { readonly problems: ShownProblems }

const SEVERITY_TONES: Readonly<Record<Severity, Tone>> = {
  'held-back': 'late',
  repaired: 'ok',
  warning: 'soon',
}

function Problems(props: ProblemProps) {
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
