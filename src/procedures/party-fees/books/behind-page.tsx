/** The list behind a figure of a book. */
import type { Language } from '../../../kernel/plain-date.ts'
import { TextLink } from '../../../ui/button.tsx'
import type { Children } from '../../../ui/children.ts'
import { EmptyState } from '../../../ui/notice.tsx'
import { PageTitle } from '../../../ui/page-title.tsx'
import { fill } from '../../../ui/words.ts'
import type { BookPeriod } from '../law/books/book-period.ts'
import type { Book } from './book.ts'
import { BookTable } from './book-table.tsx'
import { ACCOUNTS } from './contract.ts'
import { BOOK_TEXTS } from './texts.ts'
import { periodInWords } from './written-periods.ts'

export function BehindPage(props: {
  readonly language: Language
  readonly organisation: string
  readonly tabs: Children
  readonly period: BookPeriod
  readonly title: string
  readonly list: Pick<Book, 'columns' | 'head' | 'rows'>
  readonly most: number | undefined
}) {
  const { language, organisation, tabs, period, title, list, most } = props
  const texts = BOOK_TEXTS[language].behind
  return (
    <>
      <PageTitle title={title} caption={organisation} lead={periodInWords(period, language)} />
      {tabs}
      <BookTable book={list} caption={title} language={language} empty={<EmptyState title={texts.none} />} />
      {most !== undefined && <p class="quiet">{fill(texts.most, { count: most })}</p>}
      <p>
        {texts.openAccount}:{' '}
        {ACCOUNTS.map((account, index) => (
          <span key={account}>
            {index > 0 && ' · '}
            <TextLink href={`/fees/books/behind?of=account&account=${account}&period=${period.name}`}>
              {texts.accounts[account]}
            </TextLink>
          </span>
        ))}
      </p>
    </>
  )
}
