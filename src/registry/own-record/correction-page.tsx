/** One reported error as its member follows it: what was done, whose turn it is until when, what comes; taking it back. */
import { formatInstant, type Language } from '../../kernel/plain-date.ts'
import type { CorrectionStep } from '../members/corrections.ts'
import { filled } from '../members/texts.ts'
import { PostButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Banner, Inset } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { SummaryList } from '../../ui/summary-list.tsx'
import { Timeline, type TimelineStep } from '../../ui/timeline.tsx'
import { fieldName } from './own-record-page.tsx'
import type { OwnRecordTexts } from './texts.ts'
import type { OwnCorrection } from './view.ts'

export interface CorrectionPageProps {
  readonly texts: OwnRecordTexts
  readonly language: Language
  readonly csrf: string
  readonly correction: OwnCorrection
  readonly steps: readonly CorrectionStep[]
  readonly sent: boolean
  readonly withdrawn: boolean
}

export function CorrectionPage(props: CorrectionPageProps) {
  const { texts, language, correction, csrf } = props
  return (
    <>
      {props.sent && <Banner kind="success" title={texts.sent} />}
      {props.withdrawn && <Banner kind="success" title={texts.withdrawnNow} />}
      <PageTitle
        title={fieldName(correction.field, language)}
        caption={texts.askTitle}
        lead={texts.statuses[correction.status]}
      />
      <Card>
        <SummaryList
          rows={[
            { term: texts.shouldBe, value: correction.proposed || texts.nothing },
            { term: texts.because, value: correction.explanation },
            ...(correction.answer ? [{ term: texts.answer, value: correction.answer }] : []),
          ]}
        />
        {correction.undoes && <Inset>{texts.undoesAnother}</Inset>}
      </Card>
      <Section title={texts.stepsTitle}>
        <Timeline steps={timelineOf(props)} />
      </Section>
      {correction.status === 'open' && (
        <Section title={texts.withdrawTitle} about={texts.withdrawAbout}>
          <PostButton
            action={`/my-record/corrections/${correction.id}/withdraw`}
            csrf={csrf}
            kind="secondary"
          >
            {texts.withdraw}
          </PostButton>
        </Section>
      )}
    </>
  )
}

function timelineOf({ texts, language, correction, steps }: CorrectionPageProps): TimelineStep[] {
  const done: TimelineStep[] = steps.map((step) => ({
    standing: 'done',
    title: texts.steps[step.kind],
    who: whoOf(step, language),
    when: formatInstant(step.at, language),
    note: noteOf(step, texts),
  }))
  if (correction.status !== 'open') return done
  const late = correction.dueAt !== null && correction.awaitedName === null
  const now: TimelineStep = {
    standing: late ? 'problem' : 'now',
    title: correction.stage === 'building' ? texts.awaitsBuilding : texts.awaitsCell,
    who: correction.awaitedName ?? texts.awaitsNobody,
    ...(correction.dueAt
      ? { when: filled(texts.until, { at: formatInstant(correction.dueAt, language) }) }
      : {}),
  }
  const next: TimelineStep[] =
    correction.stage === 'building' ? [] : [{ standing: 'next', title: texts.awaitsBuilding }]
  return [...done, now, ...next, { standing: 'next', title: texts.youAreTold }]
}

function whoOf(step: CorrectionStep, language: Language): string | undefined {
  const office = language === 'en' ? step.positionNameEn : step.positionName
  return office ? `${office}, ${step.organisationName ?? ''}` : undefined
}

function noteOf(step: CorrectionStep, texts: OwnRecordTexts): string | undefined {
  if (step.kind === 'went-up') return texts.wentUpWhy[step.words]
  const said = [step.verdict ? texts.verdicts[step.verdict] : '', step.words].filter(Boolean)
  return said.length > 0 ? said.join('. ') : undefined
}
