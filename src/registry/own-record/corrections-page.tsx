/** The queue of what members reported as wrong: what stands there, what it should be, correcting it or saying why not. */
import { formatInstant, type Language } from '../../kernel/plain-date.ts'
import { Button, ButtonRow, TextLink } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Radios } from '../../ui/choice.tsx'
import { Form } from '../../ui/form.tsx'
import { Paging } from '../../ui/navigation.tsx'
import { Banner, EmptyState, Inset } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { SummaryList } from '../../ui/summary-list.tsx'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import { filled } from '../members/texts.ts'
import { VERDICTS } from './rules.ts'
import type { OpenCorrection, WrittenCorrection } from './answering.ts'
import { fieldName } from './own-record-page.tsx'
import type { OwnRecordTexts } from './texts.ts'

export interface CorrectionsPageProps {
  readonly texts: OwnRecordTexts
  readonly language: Language
  readonly csrf: string
  readonly corrections: readonly OpenCorrection[]
  /** what the reader wrote and may take back */
  readonly written: readonly WrittenCorrection[]
  readonly newId: () => string
  readonly page: number
  readonly pages: number
  readonly saved?: string | undefined
  /** the answer that was refused, why in words, and what was entered */
  readonly refused?:
    | {
        readonly id: string
        readonly field: string
        readonly why: string
        readonly entered: Readonly<Record<string, unknown>>
      }
    | undefined
}

export function CorrectionsPage(props: CorrectionsPageProps) {
  const { texts, corrections } = props
  return (
    <>
      {props.saved && <Banner kind="success" title={props.saved} />}
      {props.refused && (
        <Banner kind="problem" title={texts.notSettled}>
          {props.refused.why}
        </Banner>
      )}
      <PageTitle title={texts.queueTitle} lead={texts.queueLead} />
      {corrections.length === 0 && (
        <EmptyState title={texts.queueEmpty}>
          <p>{texts.queueEmptyAbout}</p>
        </EmptyState>
      )}
      {corrections.map((asked) => (
        <Correction key={asked.id} {...props} asked={asked} />
      ))}
      <Written {...props} />
      <Paging page={props.page} pages={props.pages} hrefOf={(page) => `/registry/corrections?page=${page}`} />
    </>
  )
}

function Correction(props: CorrectionsPageProps & { readonly asked: OpenCorrection }) {
  const { texts, language, asked } = props
  const field = fieldName(asked.field, language)
  return (
    <Card title={filled(texts.asks, { name: asked.memberName, field })} id={`correction-${asked.id}`}>
      <p class="quiet">
        <TextLink href={`/registry/members/${asked.memberId}`}>{asked.memberName}</TextLink>,{' '}
        {asked.organisationName} · {filled(texts.askedAt, { at: formatInstant(asked.askedAt, language) })}
      </p>
      <SummaryList
        rows={[
          { term: texts.recorded, value: asked.now || texts.nothing },
          { term: texts.shouldBe, value: asked.proposed },
          { term: texts.because, value: asked.explanation },
          ...(asked.dueAt ? [{ term: texts.dueBy, value: formatInstant(asked.dueAt, language) }] : []),
        ]}
      />
      {!asked.own && asked.stage === 'cell' && (
        <Inset>{asked.mayAccept ? texts.cellMay : texts.atCell}</Inset>
      )}
      {asked.own ? <Inset>{texts.ownRequest}</Inset> : <AnswerForm {...props} />}
    </Card>
  )
}

function AnswerForm({
  texts,
  csrf,
  asked,
  refused,
}: CorrectionsPageProps & { readonly asked: OpenCorrection }) {
  const mine = refused?.id === asked.id ? refused : undefined
  const written = (name: string, otherwise: string) => String(mine?.entered[name] ?? otherwise)
  const errorOf = (name: string) => (mine?.field === name ? mine.why : undefined)
  return (
    <Form action={`/registry/corrections/${asked.id}`} csrf={csrf}>
      {asked.mayAccept && (
        <TextField
          name="value"
          id={`value-${asked.id}`}
          label={texts.willRecord}
          width={30}
          value={written('value', asked.proposed)}
          error={errorOf('value')}
        />
      )}
      {asked.stage === 'cell' && (
        <Radios
          name="verdict"
          id={`verdict-${asked.id}`}
          label={texts.verdictField}
          choices={VERDICTS.map((value) => ({ value, text: texts.verdicts[value] }))}
          value={written('verdict', '')}
          error={errorOf('verdict')}
        />
      )}
      <TextArea
        name="answer"
        id={`answer-${asked.id}`}
        label={texts.answerField}
        hint={texts.answerHint}
        rows={2}
        maxLength={500}
        value={written('answer', '')}
        error={errorOf('answer')}
      />
      <ButtonRow>
        {asked.stage === 'cell' && (
          <Button kind="secondary" name="status" value="passed-on">
            {texts.passOn}
          </Button>
        )}
        {asked.mayAccept && (
          <Button kind="secondary" name="status" value="accepted">
            {texts.accept}
          </Button>
        )}
        <Button kind="quiet" name="status" value="declined">
          {texts.decline}
        </Button>
      </ButtonRow>
    </Form>
  )
}

/** What was just written: a slip is taken back here. */
function Written(props: CorrectionsPageProps) {
  const { texts, language, written, csrf, newId } = props
  if (written.length === 0) return null
  return (
    <Section title={texts.writtenTitle} about={texts.writtenAbout} id="written">
      {written.map((each) => {
        const field = fieldName(each.field, language)
        return (
          <Card key={each.id} level={3} title={filled(texts.asks, { name: each.memberName, field })}>
            <p>{each.answer}</p>
            <p class="quiet">{filled(texts.until, { at: formatInstant(each.until, language) })}</p>
            <Form action={`/registry/corrections/${each.id}/undo`} csrf={csrf} hidden={{ id: newId() }}>
              <TextField name="reason" id={`undo-${each.id}`} label={texts.undoWhy} width={30} />
              <Button kind="quiet">{texts.undo}</Button>
            </Form>
          </Card>
        )
      })}
    </Section>
  )
}
