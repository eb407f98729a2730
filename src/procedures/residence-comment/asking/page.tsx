/** The page by which a workplace asks for the comments of many members, and what became of each. */
import type { Language } from '../../../kernel/plain-date.ts'
import { BulkTable, ResultList, type ItemResult } from '../../../ui/bulk.tsx'
import { ButtonLink, ButtonRow, TextLink } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { LiveFilter } from '../../../ui/filter-bar.tsx'
import { Tabs } from '../../../ui/navigation.tsx'
import { SelectField, TextField } from '../../../ui/text-field.tsx'
import { EmptyState, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle } from '../../../ui/page-title.tsx'
import { PURPOSES, type Purpose } from '../contract.ts'
import { COMMENT_PAGES, REFERRAL_PAGES } from '../names.ts'
import { errorAt, RefusedNote } from '../refused-note.tsx'
import type { RefusedForm } from '../refused.ts'
import { RESIDENCE_TEXTS } from '../texts.ts'
import type { ToAsk, ToAskCounts } from './to-ask.ts'

const ASK = `${COMMENT_PAGES}/ask`

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
  readonly counts: ToAskCounts
  /** until when the round asks, in words */
  readonly until: string
  readonly refused?: RefusedForm | undefined
  /** what was written before it was refused */
  readonly entered: Readonly<Record<string, unknown>>
  /** who asks signs by it */
  readonly signs: boolean
  /** where one signs in again before; undefined when fresh */
  readonly freshHref: string | undefined
}

export function askPage(props: AskPageProps) {
  const { language, rows, counts, purpose, refused, entered } = props
  const words = RESIDENCE_TEXTS[language]
  const yearly = purpose === 'yearly'
  const lacking = [
    [counts.withoutReferral, words.ask.withoutReferral],
    [counts.exempt, words.ask.areExempt],
    [counts.unreferred, words.ask.areUnreferred],
  ] as const
  return (
    <>
      <RefusedNote refused={refused} />
      <PageTitle
        title={words.ask.title}
        lead={yearly ? `${words.ask.lead} ${props.until}` : words.ask.leadNeeded}
      />
      <Tabs
        label={words.fields.purpose}
        items={PURPOSES.map((each) => ({
          href: each === 'yearly' ? ASK : `${ASK}?purpose=${each}`,
          text: words.purposes[each],
          current: each === purpose,
        }))}
      />
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
        <div id="field-chosen">
          {rows.length > 20 && <LiveFilter of="field-chosen" label={words.ask.filter} />}
          <BulkTable
            caption={words.ask.choose.replace('{name}', props.workplace)}
            columns={[
              { key: 'name', title: words.fields.member, cell: ({ name }) => name },
              { key: 'cell', title: words.ask.cell, cell: ({ cellName }) => cellName },
              { key: 'residence', title: words.fields.cell, cell: ({ residence }) => residence ?? '–' },
            ]}
            rows={rows}
            keyOf={({ memberId }) => memberId}
            nameOf={({ name }) => name}
            chosen={chosenIn(entered) ?? (yearly ? rows.map(({ memberId }) => memberId) : [])}
            action={ASK}
            csrf={props.csrf}
            commandId={props.commandId}
            actions={
              props.freshHref ? [] : [{ name: 'act', value: 'ask', text: words.ask.send, kind: 'primary' }]
            }
            more={
              <>
                <input type="hidden" name="purpose" value={purpose} />
                <SelectField
                  name="year"
                  label={words.fields.year}
                  error={errorAt(refused, 'year')}
                  options={[props.thisYear, props.thisYear - 1].map((year) => ({
                    value: String(year),
                    text: String(year),
                  }))}
                  value={typeof entered.year === 'string' ? entered.year : String(props.year)}
                />
                {!yearly && (
                  <TextField
                    name="reason"
                    label={words.fields.neededFor}
                    hint={words.fields.neededExample}
                    error={errorAt(refused, 'reason')}
                    value={typeof entered.reason === 'string' ? entered.reason : undefined}
                  />
                )}
              </>
            }
          />
        </div>
      )}
      {counts.able > rows.length && (
        <p>
          {words.ask.more.replace('{count}', String(counts.able - rows.length))}{' '}
          <TextLink href={`${ASK}?purpose=${purpose}&all=yes`}>{words.ask.all}</TextLink>
        </p>
      )}
      {lacking.some(([count]) => count > 0) && (
        <Card title={words.ask.cannot}>
          <ul>
            {lacking.map(
              ([count, text]) => count > 0 && <li key={text}>{text.replace('{count}', String(count))}</li>,
            )}
          </ul>
          {counts.withoutReferral > 0 && (
            <ButtonRow>
              <ButtonLink href={`${REFERRAL_PAGES}?list=missing`} kind="secondary">
                {words.ask.referThem}
              </ButtonLink>
            </ButtonRow>
          )}
        </Card>
      )}
      <RuleBox citation={words.citation}>{words.rule}</RuleBox>
    </>
  )
}

/** What was ticked before the form was refused. */
function chosenIn(entered: Readonly<Record<string, unknown>>): string[] | undefined {
  if (Object.keys(entered).length === 0) return undefined
  const { chosen } = entered
  return (Array.isArray(chosen) ? chosen : [chosen]).filter((each) => typeof each === 'string')
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
