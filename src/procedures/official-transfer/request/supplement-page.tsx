/** Completing a dossier: what was asked for, the papers to attach, and the answer; also the police confirmation after a loss. */
import type { Language } from '../../../kernel/plain-date.ts'
import { Button, ButtonRow } from '../../../ui/button.tsx'
import { NowCard } from '../../../ui/card.tsx'
import type { UploadedFile } from '../../../ui/file-field.tsx'
import { ErrorSummary, type ErrorItem } from '../../../ui/error-summary.tsx'
import { Form } from '../../../ui/form.tsx'
import { RuleBox } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { TextArea } from '../../../ui/text-field.tsx'
import type { DraftFields } from '../../../web/form-drafts.ts'
import type { Page } from '../../../web/web.ts'
import type { RefusedForm } from '../page-data.ts'
import { QueueNote } from '../../../web/queue-note.tsx'
import { QUEUE_TEXTS } from '../../../web/queue-texts.ts'
import type { Queueing } from '../../../web/queueing.ts'
import { UploadForm } from './fields.tsx'
import { Refused } from './page.tsx'
import { REQUEST_TEXTS } from './texts.ts'
import { TRANSFER_TEXTS } from '../texts.ts'

export interface SupplementPage {
  readonly language: Language
  readonly dossierId: string
  readonly version: number
  readonly csrf: string
  readonly commandId: string
  readonly answerCommandId: string
  /** answering waits for level 2 now */
  readonly queueing?: Queueing | undefined
  /** what was asked for; null: papers were lost, and the police confirmation is wanted */
  readonly items: readonly string[] | null
  readonly until: string
  readonly files: readonly UploadedFile[]
  readonly mayUpload: boolean
  readonly written: DraftFields
  readonly errors: readonly ErrorItem[]
  readonly refused?: RefusedForm | undefined
}

export function supplementPage(page: SupplementPage): Page {
  const words = REQUEST_TEXTS[page.language]
  const { supplement } = words
  const lost = page.items === null
  const title = lost ? supplement.lostTitle : supplement.title
  const wrong = page.errors.length > 0 || page.refused !== undefined
  return {
    title: wrong ? `${words.fixTitle}${title}` : title,
    back: { href: `/transfers/${page.dossierId}`, text: words.back },
    children: (
      <>
        <ErrorSummary errors={page.errors} />
        {page.refused && page.errors.length === 0 && <Refused refused={page.refused} />}
        <PageTitle title={title} lead={lost ? supplement.lostLead : undefined} />
        {page.items && (
          <NowCard
            title={supplement.lead}
            rule={
              <RuleBox citation="338-QĐ/TW, Điều 14">{TRANSFER_TEXTS[page.language].rules.intake}</RuleBox>
            }
          >
            <ul>
              {page.items.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
            {page.until && <p>{supplement.until(page.until)}</p>}
          </NowCard>
        )}
        <Section title={supplement.files}>
          <Upload page={page} lost={lost} />
        </Section>
        {!lost && <Answer page={page} />}
      </>
    ),
  }
}

function Upload({ page, lost }: { readonly page: SupplementPage; readonly lost: boolean }) {
  const words = REQUEST_TEXTS[page.language]
  return (
    <UploadForm
      language={page.language}
      dossierId={page.dossierId}
      csrf={page.csrf}
      commandId={page.commandId}
      errorOf={(field) => page.errors.find((error) => error.field === field)?.text}
      files={page.files}
      mayUpload={page.mayUpload}
      role={lost ? 'police-confirmation' : 'supplement'}
      roles={lost ? undefined : ['supplement', 'decision', 'self-review']}
      label={words.fields.decisionFile}
      hint={words.fields.decisionFileHint}
    />
  )
}

function Answer({ page }: { readonly page: SupplementPage }) {
  const words = REQUEST_TEXTS[page.language]
  return (
    <Form
      action={`/transfers/${page.dossierId}/answer-supplement`}
      csrf={page.csrf}
      commandId={page.answerCommandId}
      expectedNumber={page.version}
      draftUrl={`/transfers/${page.dossierId}/drafts/answer-supplement`}
    >
      <TextArea
        name="note"
        label={words.fields.note}
        hint={words.fields.noteHint}
        value={page.written.note}
        error={page.errors.find((error) => error.field === 'note')?.text}
        maxLength={2000}
      />
      {page.queueing && <QueueNote queueing={page.queueing} language={page.language} />}
      <ButtonRow>
        <Button>{page.queueing ? QUEUE_TEXTS[page.language].button : words.supplement.answer}</Button>
      </ButtonRow>
    </Form>
  )
}
