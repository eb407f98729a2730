/** Statements of the organisation's accounts: what waits, handing one in, those that were kept. */
import { formatDate, formatInstant, type Language } from '../../../kernel/plain-date.ts'
import { numberVi } from '../../../kernel/vietnamese-numbers.ts'
import { Button, ButtonLink, ButtonRow } from '../../../ui/button.tsx'
import { NowCard } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import { FileField } from '../../../ui/file-field.tsx'
import { Form } from '../../../ui/form.tsx'
import { Banner, EmptyState, RefusalPanel, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { SelectField } from '../../../ui/text-field.tsx'
import { fill } from '../../../ui/words.ts'
import type { RefusalWords } from '../../../web/web.ts'
import { dong } from '../amount-text.ts'
import { FeeTabs, type TabCounts } from '../fee-tabs.tsx'
import type { KeptStatement } from './files.ts'
import type { BankAccount } from './lines.ts'
import { waitsWords } from './queue-page.tsx'
import { REVIEWING_TEXTS, type ReviewingTexts } from './texts.ts'

export interface BankPageProps {
  readonly language: Language
  readonly organisation: string
  readonly accounts: readonly BankAccount[]
  readonly waiting: number
  readonly tabs: TabCounts
  readonly statements: readonly KeptStatement[]
  readonly csrf: string
  readonly newId: string
  /** what was chosen before a refusal */
  readonly entered: Readonly<Record<string, string>>
  readonly refused?: RefusalWords | 'no-file' | undefined
  readonly done: string | undefined
}

export function BankPage(props: BankPageProps) {
  const { language, organisation, waiting, refused, accounts } = props
  const texts = REVIEWING_TEXTS[language]
  return (
    <>
      {props.done && <Banner kind="success" title={props.done} />}
      {refused === 'no-file' && <ErrorSummary errors={[{ field: 'file', text: texts.noFile }]} />}
      <PageTitle title={texts.title} caption={organisation} lead={texts.lead} />
      <FeeTabs language={language} current="bank" counts={props.tabs} />
      {refused && refused !== 'no-file' && <RefusalPanel {...refused} />}
      {waiting > 0 && (
        <NowCard
          title={waitsWords(texts, waiting, props.tabs.bank)}
          actions={
            <ButtonRow>
              <ButtonLink href="/fees/bank/review" kind="primary">
                {texts.openQueue}
              </ButtonLink>
            </ButtonRow>
          }
        >
          <p>{texts.waits}</p>
        </NowCard>
      )}
      {accounts.length === 0 ? (
        <EmptyState title={texts.noAccountTitle}>
          <p>{texts.noAccount}</p>
        </EmptyState>
      ) : (
        <>
          {waiting === 0 && <p class="quiet">{texts.noneWaits}</p>}
          <Upload {...props} texts={texts} />
          <Kept {...props} texts={texts} />
        </>
      )}
    </>
  )
}

interface WithTexts extends BankPageProps {
  readonly texts: ReviewingTexts
}

function Upload({ texts, accounts, entered, refused, csrf, newId }: WithTexts) {
  const [only] = accounts
  return (
    <Section title={texts.upload} about={texts.uploadAbout}>
      <Form
        action="/fees/bank"
        csrf={csrf}
        files
        hidden={accounts.length === 1 && only ? { id: newId, account: only.id } : { id: newId }}
      >
        {accounts.length === 1 && only ? (
          <p>
            {texts.account}: <strong>{only.number}</strong>, {only.holder}
          </p>
        ) : (
          <SelectField
            name="account"
            label={texts.account}
            value={entered.account ?? only?.id}
            options={accounts.map(({ id, number, holder, inUse }) => ({
              value: id,
              text: inUse ? `${number}, ${holder}` : `${number}, ${holder} (${texts.retired})`,
            }))}
          />
        )}
        <FileField
          name="file"
          label={texts.file}
          hint={texts.fileHint}
          kinds={texts.fileKinds}
          accept=".xml,.sta,.mt940,.txt,.csv,.xlsx"
          maxSize={texts.fileSize}
          shrinkPhotos={false}
          error={refused === 'no-file' ? texts.noFile : refused?.title}
        />
        <Button>{texts.preview}</Button>
      </Form>
      <RuleBox setting={texts.ruleSetting}>{texts.rule}</RuleBox>
    </Section>
  )
}

function Kept({ texts, language, statements }: WithTexts) {
  return (
    <Section title={texts.kept} id="kept">
      <DataTable
        caption={texts.kept}
        hideCaption
        columns={[
          {
            key: 'days',
            title: texts.days,
            cell: ({ fromDay, toDay, accountNumber }: KeptStatement) => (
              <>
                {fill(texts.daysFromTo, {
                  from: formatDate(fromDay, language),
                  to: formatDate(toDay, language),
                })}
                <span class="row-note">{accountNumber}</span>
              </>
            ),
          },
          {
            key: 'opening',
            title: texts.opening,
            cell: ({ openingVnd }) => dong(openingVnd),
            numeric: true,
          },
          {
            key: 'closing',
            title: texts.closing,
            cell: ({ closingVnd }) => dong(closingVnd),
            numeric: true,
          },
          {
            key: 'lines',
            title: texts.lines,
            cell: ({ lines, fresh }) =>
              fill(texts.linesFresh, { lines: numberVi(lines), fresh: numberVi(fresh) }),
          },
          { key: 'file', title: texts.fileColumn, cell: ({ fileName }) => fileName },
          {
            key: 'by',
            title: texts.keptBy,
            cell: ({ keptBy, keptAt }) =>
              fill(texts.keptAt, { name: keptBy, at: formatInstant(keptAt, language) }),
          },
        ]}
        rows={statements}
        keyOf={({ id }) => id}
        empty={<EmptyState title={texts.noneKept} />}
      />
      <ButtonRow>
        <ButtonLink href="/fees/bank/month" kind="secondary">
          {texts.monthLink}
        </ButtonLink>
      </ButtonRow>
    </Section>
  )
}
