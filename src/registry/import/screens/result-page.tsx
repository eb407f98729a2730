/** One import: how far it is, its figures, what has to be looked at row by row, and the step from trial to import. */
import { formatInstant, type Language } from '../../../kernel/plain-date.ts'
import { ButtonLink, ButtonRow, PostButton } from '../../../ui/button.tsx'
import { NowCard } from '../../../ui/card.tsx'
import { KeyFigures } from '../../../ui/figures.tsx'
import { Banner, Inset, RefusalPanel } from '../../../ui/notice.tsx'
import { PageTitle } from '../../../ui/page-title.tsx'
import { Tag } from '../../../ui/pill.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { filled } from '../../members/texts.ts'
import type { Figures } from '../attempts.ts'
import { Problems, type ShownProblems } from './problems-part.tsx'
import type { ImportTexts } from './texts.ts'
import { figuresLine, STAGE_TONES } from './upload-page.tsx'
import type { ImportView } from './view.ts'

export interface ResultPageProps {
  readonly texts: ImportTexts
  readonly language: Language
  readonly csrf: string
  readonly view: ImportView
  readonly problems?: ShownProblems | undefined
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
