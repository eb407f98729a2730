/** What a cell made public of its fees, as its members read it. */
import { formatDate, formatMonth, type Language, type PlainMonth } from '../../../kernel/plain-date.ts'
import { ButtonLink, ButtonRow, TextLink } from '../../../ui/button.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState, Inset, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { fill } from '../../../ui/words.ts'
import { dong } from '../amount-text.ts'
import { bookPeriod } from '../law/books/book-period.ts'
import type { Code } from '../law/books/report.ts'
import type { Book } from './book.ts'
import { BookTable } from './book-table.tsx'
import type { Publication, PublishedChange } from './publications.ts'
import { BOOK_TEXTS } from './texts.ts'
import { periodInWords } from './written-periods.ts'

export interface PublishedPageProps {
  readonly language: Language
  readonly organisation: string | undefined
  readonly publication: Publication | undefined
  readonly books: readonly Book[]
  readonly periods: readonly string[]
}

export function PublishedPage(props: PublishedPageProps) {
  const { language, organisation, publication, books, periods } = props
  const texts = BOOK_TEXTS[language].published
  return (
    <>
      <PageTitle title={texts.title} caption={organisation} lead={texts.lead} />
      {publication ? (
        <Shown language={language} publication={publication} books={books} />
      ) : (
        <EmptyState title={texts.none}>{texts.noneAbout}</EmptyState>
      )}
      {periods.length > 1 && (
        <Section title={texts.earlier}>
          <ul class="plain-list rows">
            {periods
              .filter((period) => period !== publication?.period)
              .map((period) => (
                <li key={period} class="row">
                  <TextLink href={`/fees/published?period=${period}`}>
                    {periodInWords(period, language)}
                  </TextLink>
                </li>
              ))}
          </ul>
        </Section>
      )}
      <RuleBox setting={texts.ruleSource}>{texts.rule}</RuleBox>
    </>
  )
}

const COLUMN_OF = {
  unpaidVnd: 'unpaidSum',
  collectedVnd: 'collectedSum',
  retainedVnd: 'retained',
  toRemitVnd: 'toRemit',
  remittedVnd: 'remitted',
} as const

function changeInWords({ code, before, after }: PublishedChange, language: Language): string {
  const texts = BOOK_TEXTS[language]
  const [first = '', key] = code.split(' ')
  const what = key
    ? `${formatMonth(first as PlainMonth, language)}, ${texts.columns[COLUMN_OF[key as keyof typeof COLUMN_OF]]}`
    : `${texts.columns.code} ${first}, ${texts.indicators[first as Code]}`
  const amount = code === '01' ? String : dong
  return fill(texts.published.change, { what, before: amount(before), after: amount(after) })
}

function Shown(props: {
  readonly language: Language
  readonly publication: Publication
  readonly books: readonly Book[]
}) {
  const { language, publication, books } = props
  const texts = BOOK_TEXTS[language]
  const { period, number, publishedOn, changes, reason, published } = publication
  const paper = (book: string) => `/fees/published.pdf?period=${period}&book=${book}&number=${number}`
  const known = bookPeriod(period)
  return (
    <Section
      title={known ? periodInWords(known, language) : period}
      about={fill(texts.published.on, { number, day: formatDate(publishedOn, language) })}
    >
      {changes.length > 0 && (
        <Inset>
          <p>
            <strong>{texts.published.changes}</strong>
          </p>
          <ul class="plain-list">
            {changes.map((change) => (
              <li key={change.code}>{changeInWords(change, language)}</li>
            ))}
          </ul>
          {reason && (
            <p>
              {texts.published.reason}: {reason}
            </p>
          )}
        </Inset>
      )}
      {books.map((book) => (
        <Section key={book.name} title={texts.paperTitles[book.name]} about={`${texts.unit}.`}>
          {book.checked && (
            <p class="quiet">{book.failed.length === 0 ? texts.checksHold : book.failed.join(' ')}</p>
          )}
          <BookTable book={book} caption={texts.paperTitles[book.name]} language={language} />
        </Section>
      ))}
      <ButtonRow>
        <ButtonLink href={paper('b01')} kind="secondary">
          {texts.published.reportPdf}
        </ButtonLink>
        <ButtonLink href={paper('s01')} kind="secondary">
          {texts.published.ledgerPdf}
        </ButtonLink>
      </ButtonRow>
      {published.members && (
        <Section title={texts.published.members}>
          <DataTable
            caption={texts.published.members}
            hideCaption
            columns={[
              { key: 'name', title: texts.columns.name, cell: ({ fullName }) => fullName },
              { key: 'state', title: texts.published.state, cell: ({ state }) => texts.published[state] },
            ]}
            rows={published.members}
            keyOf={({ fullName, state }) => `${fullName} ${state}`}
          />
        </Section>
      )}
    </Section>
  )
}
