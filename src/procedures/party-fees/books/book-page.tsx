/** The page of books: which book of which period, the table, its checks, files, sending it up, making it public. */
import { addDays, formatDate, type Language, type PlainDate } from '../../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow, TextLink } from '../../../ui/button.tsx'
import type { Children } from '../../../ui/children.ts'
import { FilterBar } from '../../../ui/filter-bar.tsx'
import { Form } from '../../../ui/form.tsx'
import { Banner, EmptyState, Inset, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { SelectField, TextField } from '../../../ui/text-field.tsx'
import { fill } from '../../../ui/words.ts'
import { isOver, lastDayIn, type BookPeriod } from '../law/books/book-period.ts'
import type { Book, BookName } from './book.ts'
import { BookTable, leavesOut } from './book-table.tsx'
import { BOOK_TEXTS } from './texts.ts'
import { periodInWords } from './written-periods.ts'

export interface Outgoing {
  /** the latest: number and day; absent while nothing went out */
  readonly last: { readonly number: number; readonly on: PlainDate } | undefined
  /** codes that differ from the latest now */
  readonly changed: readonly string[]
}

export interface BookPageProps {
  readonly language: Language
  readonly csrf: string
  readonly newCommandId: () => string
  readonly organisation: string
  readonly tabs: Children
  readonly superior: string | undefined
  readonly books: readonly BookName[]
  readonly periods: readonly string[]
  readonly period: BookPeriod
  readonly today: PlainDate
  readonly book: Book
  readonly done: 'sent' | 'published' | undefined
  /** of B01 */
  readonly sending: Outgoing | undefined
  /** of a cell's B01 and part II of S01 */
  readonly publishing: (Outgoing & { readonly namesMembers: boolean }) | undefined
  /** a reason was missing */
  readonly reasonMissing: boolean
}

export function BookPage(props: BookPageProps) {
  const { language, book, period, today, done } = props
  const texts = BOOK_TEXTS[language]
  const caption = `${texts.books[book.name]}, ${periodInWords(period, language)}`
  const cash = book.name === 'cash' || book.name === 'bank'
  return (
    <>
      {done && <Banner kind="success" title={done === 'sent' ? texts.send.done : texts.publish.done} />}
      <PageTitle title={texts.title} caption={props.organisation} lead={texts.lead} />
      {props.tabs}
      <Chooser {...props} />
      <Section title={caption} about={`${isOver(period, today) ? texts.over : texts.running} ${texts.unit}.`}>
        {book.checked && <Checks {...props} />}
        <BookTable book={book} caption={caption} language={language} empty={<Nothing {...props} />} />
        {book.rows.length > 0 && (
          <Notes notes={leavesOut(book) ? [...book.notes, texts.columnsLeftOut] : book.notes} />
        )}
        {book.rows.length > 0 && (
          <ButtonRow>
            <ButtonLink
              href={`/fees/books.pdf?book=${book.name}&period=${period.name}`}
              kind="secondary"
              download
            >
              {texts.pdf}
            </ButtonLink>
            <ButtonLink
              href={`/fees/books.xlsx?book=${book.name}&period=${period.name}`}
              kind="secondary"
              download
            >
              {texts.xlsx}
            </ButtonLink>
            {cash && (
              <ButtonLink href="/fees/books/vouchers" kind="secondary">
                {texts.vouchers.title}
              </ButtonLink>
            )}
          </ButtonRow>
        )}
      </Section>
      {props.sending && <Send {...props} sending={props.sending} />}
      {props.publishing && <Publish {...props} publishing={props.publishing} />}
    </>
  )
}

function Chooser({ language, books, book, periods, period }: BookPageProps) {
  const texts = BOOK_TEXTS[language]
  const offered = periods.includes(period.name) ? periods : [period.name, ...periods]
  return (
    <FilterBar action="/fees/books" label={texts.filter} button={texts.show}>
      <SelectField
        name="book"
        label={texts.book}
        value={book.name}
        options={books.map((name) => ({ value: name, text: texts.books[name] }))}
      />
      <SelectField
        name="period"
        label={texts.period}
        value={period.name}
        options={offered.map((name) => ({ value: name, text: periodInWords(name, language) }))}
      />
    </FilterBar>
  )
}

function Nothing({ language, book }: BookPageProps) {
  const texts = BOOK_TEXTS[language]
  return (
    <EmptyState title={book.name === 's02' ? texts.noBelow : texts.nothing}>{texts.nothingAbout}</EmptyState>
  )
}

/** Never hidden: what does not hold stands above the table and beside its figure. */
function Checks({ language, book }: BookPageProps) {
  const texts = BOOK_TEXTS[language]
  if (book.failed.length === 0) return <p class="quiet">{texts.checksHold}</p>
  return (
    <Inset>
      <p>
        <strong>{fill(texts.checksFail, { count: book.failed.length })}</strong>
      </p>
      <ul class="plain-list">
        {book.failed.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <p>
        <TextLink href="/fees/remit">{texts.remitPage}</TextLink>
      </p>
    </Inset>
  )
}

function Notes({ notes }: { readonly notes: readonly string[] }) {
  return (
    <>
      {notes.map((note) => (
        <p key={note} class="quiet">
          {note}
        </p>
      ))}
    </>
  )
}

function standingOf(
  { last, changed }: Outgoing,
  language: Language,
  words: { readonly said: string; readonly changed: string; readonly same: string },
): string | undefined {
  if (!last) return undefined
  const when = fill(words.said, { number: last.number, day: formatDate(last.on, language) })
  const differs = fill(words.changed, { codes: changed.join(', '), count: changed.length })
  return `${when} ${changed.length > 0 ? differs : words.same}`
}

function Send(props: BookPageProps & { readonly sending: Outgoing }) {
  const { language, period, today, csrf, newCommandId, sending, superior } = props
  const texts = BOOK_TEXTS[language].send
  const standing = standingOf(sending, language, { ...texts, said: texts.sent })
  const may = isOver(period, today) && (!sending.last || sending.changed.length > 0)
  return (
    <Section title={texts.title} about={superior ? fill(texts.about, { superior }) : texts.noSuperior}>
      {standing && <p>{standing}</p>}
      {!isOver(period, today) && (
        <p>{fill(texts.wait, { day: formatDate(addDays(lastDayIn(period), 1), language) })}</p>
      )}
      {may && (
        <Form
          action="/fees/books/send"
          csrf={csrf}
          commandId={newCommandId()}
          hidden={{ period: period.name }}
        >
          <Button>{sending.last ? texts.again : texts.act}</Button>
        </Form>
      )}
    </Section>
  )
}

function Publish(props: BookPageProps & { readonly publishing: NonNullable<BookPageProps['publishing']> }) {
  const { language, period, today, csrf, newCommandId, publishing, reasonMissing } = props
  const texts = BOOK_TEXTS[language]
  const standing = standingOf(publishing, language, texts.publish)
  const may = isOver(period, today) && (!publishing.last || publishing.changed.length > 0)
  return (
    <Section title={texts.publish.title} about={texts.publish.about}>
      <RuleBox setting={texts.published.ruleSource}>
        {publishing.namesMembers ? texts.publish.names : texts.published.rule}
      </RuleBox>
      {standing && <p>{standing}</p>}
      {publishing.last && (
        <p>
          <TextLink href={`/fees/published?period=${period.name}`}>{texts.publish.view}</TextLink>
        </p>
      )}
      {may && (
        <Form
          action="/fees/books/publish"
          csrf={csrf}
          commandId={newCommandId()}
          hidden={{ period: period.name }}
        >
          {publishing.last && (
            <TextField
              name="reason"
              label={texts.publish.reason}
              hint={texts.publish.reasonHint}
              error={reasonMissing ? texts.errors.reason : undefined}
            />
          )}
          <Button kind="secondary">{publishing.last ? texts.publish.again : texts.publish.act}</Button>
        </Form>
      )}
    </Section>
  )
}
