/** Accounts of the organisations below: who has none, whose waits, whose is verified; in pages, and as a file. */
import type { Language } from '../../../kernel/plain-date.ts'
import { numberVi } from '../../../kernel/vietnamese-numbers.ts'
import { ButtonLink, ButtonRow, TextLink } from '../../../ui/button.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { KeyFigures } from '../../../ui/figures.tsx'
import { FilterBar } from '../../../ui/filter-bar.tsx'
import { Paging } from '../../../ui/navigation.tsx'
import { EmptyState, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle } from '../../../ui/page-title.tsx'
import { Tag, type Tone } from '../../../ui/pill.tsx'
import { SelectField } from '../../../ui/text-field.tsx'
import { fill } from '../../../ui/words.ts'
import { FeeTabs, type TabCounts } from '../fee-tabs.tsx'
import { BELOW_STANDINGS, type BelowStanding } from './contract.ts'
import type { Below, BelowCounts } from './register.ts'
import type { AccountTexts } from './texts.ts'

export interface BelowPageProps {
  readonly texts: AccountTexts
  readonly language: Language
  readonly organisation: string
  readonly counts: BelowCounts
  readonly rows: readonly Below[]
  readonly standing: BelowStanding | undefined
  readonly page: number
  readonly pages: number
  readonly tabs: TabCounts
  readonly bankName: (bin: string) => string
}

const TONES: Readonly<Record<BelowStanding, Tone>> = { none: 'late', waiting: 'soon', verified: 'ok' }

export function BelowPage(props: BelowPageProps) {
  const { texts, counts, standing, bankName } = props
  const chosen = standing ? { standing } : {}
  const complete = counts.none + counts.waiting === 0 && counts.verified > 0
  const lead = fill(texts.belowLead, { none: numberVi(counts.none), waiting: numberVi(counts.waiting) })
  return (
    <>
      <PageTitle
        title={texts.below}
        caption={props.organisation}
        lead={complete ? texts.belowAll : counts.none + counts.waiting > 0 ? lead : undefined}
      />
      <FeeTabs language={props.language} current="accounts" counts={props.tabs} />
      <KeyFigures
        figures={BELOW_STANDINGS.map((each) => ({
          label: texts.belowStandings[each],
          value: numberVi(counts[each]),
        }))}
      />
      <FilterBar action="/fees/accounts/below" label={texts.filter} button={texts.show}>
        <SelectField
          name="standing"
          label={texts.standing}
          value={standing}
          empty={texts.everything}
          options={BELOW_STANDINGS.map((each) => ({ value: each, text: texts.belowStandings[each] }))}
        />
      </FilterBar>
      <DataTable
        caption={texts.below}
        hideCaption
        columns={[
          {
            key: 'name',
            title: texts.organisation,
            cell: ({ name, accountId }) =>
              accountId ? <TextLink href={`/fees/accounts/${accountId}`}>{name}</TextLink> : name,
          },
          {
            key: 'standing',
            title: texts.standing,
            cell: (each) => <Tag tone={TONES[each.standing]}>{texts.belowStandings[each.standing]}</Tag>,
          },
          { key: 'bank', title: texts.bank, cell: ({ bin }) => (bin ? bankName(bin) : '–') },
          { key: 'number', title: texts.number, cell: ({ number }) => number ?? '–' },
          { key: 'holder', title: texts.holder, cell: ({ holder }) => holder ?? '–' },
        ]}
        rows={props.rows}
        keyOf={({ id }) => id}
        empty={<EmptyState title={texts.belowNone}>{texts.belowNoneAbout}</EmptyState>}
      />
      <Paging
        page={props.page}
        pages={props.pages}
        hrefOf={(page) =>
          `/fees/accounts/below?${new URLSearchParams({ ...chosen, page: String(page) }).toString()}`
        }
      />
      {props.rows.length > 0 && (
        <ButtonRow>
          <ButtonLink
            href={`/fees/accounts/below.csv?${new URLSearchParams(chosen).toString()}`}
            kind="secondary"
            download
          >
            {texts.csv}
          </ButtonLink>
        </ButtonRow>
      )}
      <RuleBox>{texts.belowRule}</RuleBox>
    </>
  )
}
