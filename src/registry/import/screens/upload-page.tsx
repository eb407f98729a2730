/** Handing in a list, and the history of all imports. */
import { formatInstant, type Language } from '../../../kernel/plain-date.ts'
import { Button, TextLink } from '../../../ui/button.tsx'
import { Radios } from '../../../ui/choice.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import { FileField } from '../../../ui/file-field.tsx'
import { Form } from '../../../ui/form.tsx'
import { Paging } from '../../../ui/navigation.tsx'
import { EmptyState, RefusalPanel } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { Tag, type Tone } from '../../../ui/pill.tsx'
import { SelectField } from '../../../ui/text-field.tsx'
import { filled } from '../../members/texts.ts'
import type { Figures, HistoryLine, Stage } from '../attempts.ts'
import type { ImportTexts } from './texts.ts'

export interface UploadPageProps {
  readonly texts: ImportTexts
  readonly language: Language
  readonly csrf: string
  /** the attempt's id: the form sent twice hands in once */
  readonly newId: string
  readonly owners: readonly { readonly id: string; readonly name: string; readonly code: string | null }[]
  readonly history: readonly HistoryLine[]
  readonly page: number
  readonly more: boolean
  readonly entered: Readonly<Record<string, string>>
  /** why the file handed in cannot be taken */
  readonly refused?:
    | { readonly title: string; readonly what: string; readonly why?: string; readonly mend: string }
    | 'no-file'
    | undefined
}

export function UploadPage(props: UploadPageProps) {
  const { texts, refused } = props
  return (
    <>
      {refused === 'no-file' && <ErrorSummary errors={[{ field: 'file', text: texts.noFile }]} />}
      <PageTitle title={texts.title} lead={texts.lead} />
      {refused && refused !== 'no-file' && <RefusalPanel {...refused} />}
      <UploadForm {...props} />
      <History {...props} />
    </>
  )
}

function UploadForm(props: UploadPageProps) {
  const { texts, owners, entered, refused } = props
  const kinds = ['members', 'organisations', 'offices'] as const
  return (
    <Form action="/import" csrf={props.csrf} files hidden={{ id: props.newId }}>
      <Radios
        name="kind"
        label={texts.kind}
        hint={texts.order}
        value={entered.kind ?? 'members'}
        choices={kinds.map((kind) => ({ value: kind, text: texts.kinds[kind], hint: texts.kindHints[kind] }))}
      />
      <SelectField
        name="under"
        label={texts.under}
        hint={texts.underHint}
        value={entered.under ?? owners[0]?.id}
        options={owners.map(({ id, name, code }) => ({ value: id, text: `${name} (${code ?? ''})` }))}
      />
      <FileField
        name="file"
        label={texts.file}
        hint={texts.fileHint}
        kinds={texts.fileKinds}
        accept=".xlsx,.csv"
        maxSize={texts.fileSize}
        shrinkPhotos={false}
        error={refused === 'no-file' ? texts.noFile : refused?.title}
      />
      <Button>{texts.tryIt}</Button>
    </Form>
  )
}

export const STAGE_TONES: Readonly<Record<Stage, Tone>> = {
  trying: 'soon',
  tried: 'soon',
  importing: 'soon',
  imported: 'ok',
  refused: 'late',
  dropped: 'neutral',
}

/** '312 dòng: 280 nhập, …' */
export function figuresLine(figures: Figures, texts: ImportTexts, language: Language): string {
  const { rows, imported, repaired, heldBack, unchanged } = figures
  const written = Object.entries({ rows, imported, repaired, heldBack, unchanged }).map(
    ([name, count]) => [name, count.toLocaleString(language)] as const,
  )
  return filled(texts.figuresLine, Object.fromEntries(written))
}

function History({ texts, language, history, page, more }: UploadPageProps) {
  return (
    <Section title={texts.history} id="history">
      <DataTable
        caption={texts.history}
        hideCaption
        columns={[
          {
            key: 'file',
            title: texts.columnFile,
            cell: (line: HistoryLine) => (
              <>
                <TextLink href={`/import/${line.id}`}>
                  {texts.kinds[line.kind]}: {line.fileName}
                </TextLink>
                <span class="row-note">{line.underName}</span>
              </>
            ),
          },
          {
            key: 'when',
            title: texts.columnWhen,
            cell: (line) => (
              <>
                {formatInstant(line.at, language)}
                <span class="row-note">{line.by ?? texts.commandLine}</span>
              </>
            ),
          },
          {
            key: 'result',
            title: texts.columnResult,
            cell: (line) => (
              <>
                <Tag tone={STAGE_TONES[line.stage]}>{texts.stages[line.stage]}</Tag>
                {line.figures && <span class="row-note">{figuresLine(line.figures, texts, language)}</span>}
              </>
            ),
          },
        ]}
        rows={history}
        keyOf={(line) => line.id}
        empty={
          <EmptyState title={texts.historyNone}>
            <p>{texts.historyNoneAbout}</p>
          </EmptyState>
        }
      />
      <Paging page={page} pages={more ? page + 1 : page} hrefOf={(to) => `/import?page=${to}#history`} />
    </Section>
  )
}
