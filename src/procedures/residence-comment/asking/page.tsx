/** The page by which a workplace asks for the comments of many members, and what became of each. */
import type { Language } from '../../../kernel/plain-date.ts'
import { BulkTable, ResultList, type ItemResult } from '../../../ui/bulk.tsx'
import { Card } from '../../../ui/card.tsx'
import { ButtonLink, ButtonRow } from '../../../ui/button.tsx'
import { SelectField, TextField } from '../../../ui/text-field.tsx'
import { EmptyState, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle } from '../../../ui/page-title.tsx'
import { PURPOSES, type Purpose } from '../contract.ts'
import { RESIDENCE_TEXTS } from '../texts.ts'
import type { ToAsk } from './to-ask.ts'

export interface AskPageProps {
  readonly language: Language
  readonly csrf: string
  readonly commandId: string
  readonly workplace: string
  /** of the round, and of today: what is needed is needed now */
  readonly year: number
  readonly thisYear: number
  readonly purpose: Purpose
  readonly rows: readonly ToAsk[]
  readonly total: number
  /** why somebody cannot be asked about, in words */
  readonly refusedFor: (row: ToAsk) => string | undefined
  /** who asks signs by it */
  readonly signs: boolean
  /** where one signs in again before; undefined when fresh */
  readonly freshHref: string | undefined
}

export function askPage(props: AskPageProps) {
  const { language, rows, total, refusedFor } = props
  const words = RESIDENCE_TEXTS[language]
  const able = rows.filter((row) => refusedFor(row) === undefined)
  return (
    <>
      <PageTitle title={words.ask.title} lead={words.ask.lead} />
      <RuleBox citation={words.citation}>{words.rule}</RuleBox>
      {rows.length > 0 && props.signs && (
        <Card title={words.ask.signsTitle}>
          <p>{words.ask.signs}</p>
          {props.freshHref && (
            <ButtonRow>
              <ButtonLink href={props.freshHref}>{words.ask.fresh}</ButtonLink>
            </ButtonRow>
          )}
        </Card>
      )}
      {rows.length === 0 ? (
        <EmptyState title={words.ask.none} />
      ) : (
        <BulkTable
          caption={words.ask.choose.replace('{name}', props.workplace)}
          columns={[
            { key: 'name', title: words.fields.member, cell: ({ name }) => name },
            { key: 'cell', title: words.fields.workplace, cell: ({ cellName }) => cellName },
            { key: 'residence', title: words.fields.cell, cell: ({ residence }) => residence ?? '–' },
          ]}
          rows={rows}
          keyOf={({ memberId }) => memberId}
          nameOf={({ name }) => name}
          refusedFor={refusedFor}
          chosen={able.map(({ memberId }) => memberId)}
          action="/residence-comments/ask"
          csrf={props.csrf}
          commandId={props.commandId}
          actions={
            props.freshHref ? [] : [{ name: 'act', value: 'ask', text: words.ask.send, kind: 'primary' }]
          }
          more={
            <>
              <SelectField
                name="year"
                label={words.fields.year}
                options={[props.thisYear, props.thisYear - 1].map((year) => ({
                  value: String(year),
                  text: String(year),
                }))}
                value={String(props.year)}
              />
              <SelectField
                name="purpose"
                label={words.fields.purpose}
                options={PURPOSES.map((purpose) => ({ value: purpose, text: words.purposes[purpose] }))}
                value={props.purpose}
              />
              <TextField
                name="reason"
                label={words.fields.neededFor}
                hint={words.fields.neededHint}
                optional
              />
            </>
          }
        />
      )}
      {total > rows.length && <p>{words.ask.more.replace('{count}', String(total - rows.length))}</p>}
    </>
  )
}

export function resultsPage(props: { language: Language; results: readonly ItemResult[] }) {
  const words = RESIDENCE_TEXTS[props.language]
  const count = props.results.filter(({ ok }) => ok).length
  return (
    <>
      <PageTitle
        title={words.ask.results}
        lead={words.ask.sent
          .replace('{count}', String(count))
          .replace('{failed}', String(props.results.length - count))}
      />
      <ResultList results={props.results} />
      <ButtonRow>
        <ButtonLink href="/residence-comments/ask">{words.ask.again}</ButtonLink>
        <ButtonLink href="/residence-comments" kind="secondary">
          {words.list.title}
        </ButtonLink>
      </ButtonRow>
    </>
  )
}
