/** A statement before it is kept: whether it adds up, what each line would become, and what nobody but the reader knows. */
import { formatDate, type Language } from '../../../kernel/plain-date.ts'
import { numberVi } from '../../../kernel/vietnamese-numbers.ts'
import { Button, ButtonLink, ButtonRow, PostButton } from '../../../ui/button.tsx'
import { Radios } from '../../../ui/choice.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import { KeyFigures } from '../../../ui/figures.tsx'
import { Form } from '../../../ui/form.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { SummaryList } from '../../../ui/summary-list.tsx'
import { fill } from '../../../ui/words.ts'
import { dong } from '../amount-text.ts'
import type { StatementFile } from './files.ts'
import type { Planned, PlannedLine } from './import.ts'
import { REVIEWING_TEXTS, type ReviewingTexts } from './texts.ts'

export interface PreviewPageProps {
  readonly language: Language
  readonly file: Pick<StatementFile, 'id' | 'name' | 'account'>
  readonly planned: Planned
  /** what was chosen for lines that nobody is sure of, by place */
  readonly said: ReadonlyMap<number, string>
  /** it was sent with some of them open */
  readonly unsaid: boolean
  readonly csrf: string
}

const MOST_SHOWN = 100

const signedDong = ({ line: { amountVnd, direction } }: PlannedLine): string =>
  direction === 'in' ? dong(amountVnd) : `−${dong(amountVnd)}`

export function PreviewPage(props: PreviewPageProps) {
  const { language, file, planned, said, unsaid, csrf } = props
  const texts = REVIEWING_TEXTS[language]
  const unsure = planned.lines.filter(({ told }) => told.is === 'unsure')
  const missing = unsaid ? unsure.filter(({ place }) => !said.has(place)) : []
  const address = `/fees/bank/files/${file.id}`
  return (
    <>
      <ErrorSummary
        errors={missing.map(({ place }) => ({
          field: `same-${place}`,
          text: fill(texts.unsureMissing, { place }),
        }))}
      />
      <PageTitle title={texts.previewTitle} caption={file.name} lead={texts.previewLead} />
      <Sums language={language} texts={texts} file={file} planned={planned} />
      <Counts texts={texts} lines={planned.lines} />
      <Form action={`${address}/keep`} csrf={csrf} id="keep">
        {unsure.length > 0 && (
          <Section title={texts.unsureTitle} about={texts.unsureAbout}>
            {unsure.map((each) => (
              <Unsure
                key={String(each.place)}
                {...{ language, texts, planned, each, said }}
                error={missing.includes(each) ? fill(texts.unsureMissing, { place: each.place }) : undefined}
              />
            ))}
          </Section>
        )}
      </Form>
      <Lines language={language} texts={texts} lines={planned.lines} />
      <ButtonRow>
        <Button form="keep">{texts.keep}</Button>
        {planned.format === 'table' && (
          <ButtonLink href={`${address}/columns`} kind="secondary">
            {texts.changeColumns}
          </ButtonLink>
        )}
        <PostButton action={`${address}/drop`} csrf={csrf} kind="quiet">
          {texts.drop}
        </PostButton>
      </ButtonRow>
    </>
  )
}

interface Part {
  readonly language: Language
  readonly texts: ReviewingTexts
}

function Sums({ language, texts, file, planned }: Part & Pick<PreviewPageProps, 'file' | 'planned'>) {
  const sum = (direction: 'in' | 'out') =>
    planned.lines
      .filter(({ line }) => line.direction === direction)
      .reduce((total, { line }) => total + line.amountVnd, 0)
  return (
    <SummaryList
      rows={[
        { term: texts.account, value: `${file.account.number}, ${file.account.holder}` },
        { term: texts.format, value: texts.formats[planned.format] },
        {
          term: texts.days,
          value: fill(texts.daysFromTo, {
            from: formatDate(planned.fromDay, language),
            to: formatDate(planned.toDay, language),
          }),
        },
        { term: texts.opening, value: dong(planned.openingVnd) },
        { term: texts.moneyIn, value: dong(sum('in')) },
        { term: texts.moneyOut, value: dong(sum('out')) },
        { term: texts.closing, value: fill(texts.addsUp, { closing: dong(planned.closingVnd) }) },
      ]}
    />
  )
}

function Counts({ texts, lines }: Pick<Part, 'texts'> & { readonly lines: readonly PlannedLine[] }) {
  const fresh = lines.filter(({ told }) => told.is === 'new')
  const count = (some: readonly PlannedLine[]) => numberVi(some.length)
  return (
    <KeyFigures
      figures={[
        { label: texts.lines, value: count(lines) },
        {
          label: texts.known,
          value: count(lines.filter(({ told }) => told.is === 'known')),
          about: texts.knownAbout,
        },
        {
          label: texts.matched,
          value: count(fresh.filter(({ outcome }) => outcome === 'matched')),
          about: texts.matchedAbout,
        },
        {
          label: texts.toReview,
          value: count(fresh.filter(({ outcome }) => outcome !== 'matched')),
          about: texts.toReviewAbout,
        },
      ]}
    />
  )
}

function Unsure(
  props: Part &
    Pick<PreviewPageProps, 'planned' | 'said'> & {
      readonly each: PlannedLine
      readonly error: string | undefined
    },
) {
  const { language, texts, planned, each, said, error } = props
  const { place, line, told } = each
  if (told.is !== 'unsure') return null
  return (
    <Radios
      name={`same-${place}`}
      label={`${signedDong(each)}, ${formatDate(line.bookedOn, language)}`}
      hint={line.content}
      error={error}
      value={said.get(place) ?? (told.sameKey && !error ? told.ids[0] : undefined)}
      choices={[
        ...told.ids.map((id) => ({
          value: id,
          text: fill(texts.unsureSame, {
            on: formatDate(planned.known.get(id)?.bookedOn ?? line.bookedOn, language),
            content: planned.known.get(id)?.content ?? '',
          }),
        })),
        { value: 'other', text: texts.unsureOther },
      ]}
    />
  )
}

function Lines({ language, texts, lines }: Part & { readonly lines: readonly PlannedLine[] }) {
  const shown = lines.slice(0, MOST_SHOWN)
  return (
    <Section
      title={texts.linesTitle}
      about={
        shown.length < lines.length
          ? fill(texts.firstLines, { shown: shown.length, all: numberVi(lines.length) })
          : undefined
      }
    >
      <DataTable
        caption={texts.linesTitle}
        hideCaption
        columns={[
          {
            key: 'day',
            title: texts.day,
            cell: ({ line }: PlannedLine) => formatDate(line.bookedOn, language),
          },
          { key: 'amount', title: texts.amount, cell: signedDong, numeric: true },
          { key: 'content', title: texts.content, cell: ({ line }) => line.content },
          { key: 'becomes', title: texts.becomes, cell: (each) => becomes(each, texts) },
        ]}
        rows={shown}
        keyOf={({ place }) => String(place)}
      />
    </Section>
  )
}

function becomes({ told, outcome }: PlannedLine, texts: ReviewingTexts): string {
  if (told.is === 'known') return `${texts.becomesKnown}: ${texts.knownBy[told.by]}`
  return told.is === 'unsure' ? texts.becomesUnsure : texts.outcomes[outcome]
}
