/** "Ai đã xem hồ sơ của tôi": a month of readings, what to do when one seems odd, the questions asked, asking one. */
import { formatInstant, formatMonth, type Language, type PlainMonth } from '../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { Form } from '../../ui/form.tsx'
import { Paging } from '../../ui/navigation.tsx'
import { Banner, EmptyState, Inset } from '../../ui/notice.tsx'
import { PageTitle, Prose, Section } from '../../ui/page-title.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { filled } from '../members/texts.ts'
import type { ReadingQuestion } from './questions.ts'
import { lineInWords, ReadingLines } from './reading-lines.tsx'
import type { ReadingLine } from './reading-list.ts'
import type { ReadingTexts } from './texts.ts'

export interface ReadingsPageProps {
  readonly texts: ReadingTexts
  readonly language: Language
  readonly month: PlainMonth
  readonly older: PlainMonth
  /** absent in the present month */
  readonly newer?: PlainMonth | undefined
  readonly lines: readonly ReadingLine[]
  readonly page: number
  readonly pages: number
  readonly questions: readonly ReadingQuestion[]
  readonly asked: boolean
}

export function ReadingsPage(props: ReadingsPageProps) {
  const { texts, language, month, lines } = props
  return (
    <>
      {props.asked && <Banner kind="success" title={texts.askedNow} />}
      <PageTitle title={texts.title} lead={texts.lead} />
      <Section title={capital(formatMonth(month, language))}>
        {lines.length === 0 ? (
          <EmptyState title={texts.none}>{texts.noneAbout}</EmptyState>
        ) : (
          <ReadingLines
            language={language}
            lines={lines}
            askHref={(line) => `/my-record/readings/ask?line=${encodeURIComponent(line.key)}`}
          />
        )}
        <Paging
          page={props.page}
          pages={props.pages}
          hrefOf={(page) => `/my-record/readings?month=${month}&page=${page}`}
        />
        <ButtonRow>
          <ButtonLink kind="secondary" href={`/my-record/readings?month=${props.older}`}>
            {texts.older}
          </ButtonLink>
          {props.newer && (
            <ButtonLink kind="secondary" href={`/my-record/readings?month=${props.newer}`}>
              {texts.newer}
            </ButtonLink>
          )}
        </ButtonRow>
      </Section>
      {props.questions.length > 0 && <Questions {...props} />}
      <Section title={texts.oddTitle}>
        <Prose>
          {texts.oddText.map((line) => (
            <p key={line}>{line}</p>
          ))}
          <p class="quiet">{texts.notShown}</p>
        </Prose>
      </Section>
    </>
  )
}

/** A month as a heading. */
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

function Questions({ texts, language, questions }: ReadingsPageProps) {
  return (
    <Section title={texts.questions} id="questions">
      {questions.map((each) => (
        <Card key={each.id} level={3} title={each.question}>
          <p class="quiet">{lineInWords(each.about, language)}</p>
          <p class="quiet">{filled(texts.askedAt, { at: formatInstant(each.askedAt, language) })}</p>
          {each.answer && each.answeredAt ? (
            <Inset>
              <p>{each.answer}</p>
              <p class="quiet">
                {filled(texts.answeredAt, { at: formatInstant(each.answeredAt, language) })}
              </p>
            </Inset>
          ) : (
            <p>{filled(texts.waits, { name: each.toName, at: formatInstant(each.dueAt, language) })}</p>
          )}
        </Card>
      ))}
    </Section>
  )
}

export interface AskPageProps {
  readonly texts: ReadingTexts
  readonly language: Language
  readonly csrf: string
  readonly newId: string
  readonly line: ReadingLine
  readonly entered: string
  readonly error?: string | undefined
}

export function AskPage(props: AskPageProps) {
  const { texts, language, line, error } = props
  return (
    <>
      <ErrorSummary errors={error ? [{ field: 'question', text: error }] : []} />
      <PageTitle title={texts.askTitle} lead={texts.askLead} />
      <Inset>{lineInWords(line, language)}</Inset>
      <Form action="/my-record/readings/ask" csrf={props.csrf} hidden={{ id: props.newId, line: line.key }}>
        <TextArea
          name="question"
          label={texts.question}
          hint={texts.questionHint}
          rows={4}
          maxLength={1000}
          value={props.entered}
          error={error}
        />
        <Button>{texts.send}</Button>
      </Form>
    </>
  )
}

export interface QuestionsPageProps {
  readonly texts: ReadingTexts
  readonly language: Language
  readonly csrf: string
  readonly questions: readonly ReadingQuestion[]
  readonly saved: boolean
  readonly refused?: { readonly id: string; readonly entered: string } | undefined
}

/** Questions that wait for this office. */
export function QuestionsPage(props: QuestionsPageProps) {
  const { texts, language, csrf, questions, refused } = props
  return (
    <>
      {props.saved && <Banner kind="success" title={texts.answered} />}
      <PageTitle title={texts.answersTitle} lead={texts.answersLead} />
      {questions.length === 0 && <EmptyState title={texts.answersNone}>{texts.answersNoneAbout}</EmptyState>}
      {questions.map((each) => (
        <Card key={each.id} title={each.memberName} id={`question-${each.id}`}>
          <p>{each.question}</p>
          <p class="quiet">
            {texts.looked}: {lineInWords(each.about, language)}
          </p>
          <p class="quiet">
            {texts.answerBy} {formatInstant(each.dueAt, language)}
          </p>
          <Form action={`/registry/questions/${each.id}`} csrf={csrf}>
            <TextArea
              name="answer"
              id={`answer-${each.id}`}
              label={texts.answer}
              rows={3}
              maxLength={1000}
              value={refused?.id === each.id ? refused.entered : ''}
              error={refused?.id === each.id ? texts.answerMissing : undefined}
            />
            <Button kind="secondary">{texts.reply}</Button>
          </Form>
        </Card>
      ))}
    </>
  )
}
