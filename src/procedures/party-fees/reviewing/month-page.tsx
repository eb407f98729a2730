/** A month of an account: the bank's figures beside the books', and each line that differs. */
import { formatDate, formatMonth, type Language } from '../../../kernel/plain-date.ts'
import { TextLink } from '../../../ui/button.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { dateParts, MonthField } from '../../../ui/date-field.tsx'
import { FilterBar } from '../../../ui/filter-bar.tsx'
import { Banner, EmptyState, Inset } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { SelectField } from '../../../ui/text-field.tsx'
import { fill } from '../../../ui/words.ts'
import { dong } from '../amount-text.ts'
import { FeeTabs, type TabCounts } from '../fee-tabs.tsx'
import type { BankAccount } from './lines.ts'
import type { AccountMonth, Difference } from './month.ts'
import { REVIEWING_TEXTS, type ReviewingTexts } from './texts.ts'

export interface MonthPageProps {
  readonly language: Language
  readonly organisation: string
  readonly tabs: TabCounts
  readonly accounts: readonly BankAccount[]
  readonly account: BankAccount | undefined
  readonly shown: AccountMonth | undefined
}

export function MonthPage(props: MonthPageProps) {
  const { language, organisation, accounts, account, shown } = props
  const texts = REVIEWING_TEXTS[language]
  return (
    <>
      <PageTitle title={texts.monthTitle} caption={organisation} lead={texts.monthLead} />
      <FeeTabs language={language} current="bank" counts={props.tabs} />
      {!account || !shown ? (
        <EmptyState title={texts.noAccountTitle}>
          <p>{texts.noAccount}</p>
        </EmptyState>
      ) : (
        <>
          <FilterBar
            action="/fees/bank/month"
            label={texts.monthTitle}
            button={texts.show}
            hidden={accounts.length === 1 ? { account: account.id } : {}}
          >
            {accounts.length > 1 && (
              <SelectField
                name="account"
                label={texts.account}
                value={account.id}
                options={accounts.map(({ id, number }) => ({ value: id, text: number }))}
              />
            )}
            <MonthField name="month" label={texts.month} value={dateParts(shown.month)} />
          </FilterBar>
          <Figures language={language} texts={texts} shown={shown} account={account} />
          <Differences language={language} texts={texts} shown={shown} />
        </>
      )}
    </>
  )
}

interface Part {
  readonly language: Language
  readonly texts: ReviewingTexts
  readonly shown: AccountMonth
}

function Figures({ language, texts, shown, account }: Part & { readonly account: BankAccount }) {
  const { bank, ledger, missingDays } = shown
  const rows = (
    [
      ['opening', texts.opening, 'openingVnd'],
      ['in', texts.moneyIn, 'inVnd'],
      ['out', texts.moneyOut, 'outVnd'],
      ['closing', texts.closing, 'closingVnd'],
    ] as const
  ).map(([key, title, field]) => ({ key, title, bank: bank?.[field], ledger: ledger[field] }))
  return (
    <Section title={`${account.number}, ${formatMonth(shown.month, language)}`}>
      {bank === undefined && <Banner kind="information" title={texts.noBank} />}
      <DataTable
        caption={texts.monthTitle}
        hideCaption
        columns={[
          { key: 'figure', title: texts.figure, cell: ({ title }) => title },
          {
            key: 'bank',
            title: texts.bank,
            cell: (row) => (row.bank === undefined ? '—' : dong(row.bank)),
            numeric: true,
          },
          { key: 'ledger', title: texts.ledger, cell: (row) => dong(row.ledger), numeric: true },
          {
            key: 'difference',
            title: texts.difference,
            cell: (row) => (row.bank === undefined ? '—' : dong(row.bank - row.ledger)),
            numeric: true,
          },
        ]}
        rows={rows}
        keyOf={({ key }) => key}
      />
      {bank && bank.openingVnd !== ledger.openingVnd && <p class="quiet">{texts.openingDiffers}</p>}
      {bank && missingDays.length > 0 && (
        <Inset>
          {fill(texts.missingDays, {
            days: missingDays
              .map(({ from, to }) =>
                from === to
                  ? formatDate(from, language)
                  : fill(texts.daysFromTo, {
                      from: formatDate(from, language),
                      to: formatDate(to, language),
                    }),
              )
              .join('; '),
          })}
        </Inset>
      )}
      {shown.onlyInStatement > 0 && (
        <p class="quiet">{fill(texts.onlyInStatement, { count: shown.onlyInStatement })}</p>
      )}
    </Section>
  )
}

function Differences({ language, texts, shown }: Part) {
  const words = ({ kind, text }: Difference) =>
    kind === 'not-at-bank' ? (texts.bookings[text] ?? text) : text
  return (
    <Section title={texts.differencesTitle}>
      <DataTable
        caption={texts.differencesTitle}
        hideCaption
        columns={[
          { key: 'day', title: texts.day, cell: ({ on }: Difference) => formatDate(on, language) },
          {
            key: 'amount',
            title: texts.amount,
            cell: ({ amountVnd, direction }) =>
              direction === 'in' ? dong(amountVnd) : `−${dong(amountVnd)}`,
            numeric: true,
          },
          { key: 'what', title: texts.what, cell: ({ kind }) => texts.differenceKinds[kind] },
          { key: 'content', title: texts.content, cell: words },
        ]}
        rows={shown.differences}
        keyOf={({ kind, key }) => `${kind} ${key}`}
        empty={
          <EmptyState title={texts.sameTitle}>
            <p>{texts.same}</p>
          </EmptyState>
        }
      />
      <p>
        <TextLink href="/fees/bank/review">{texts.openQueue}</TextLink>
      </p>
    </Section>
  )
}
