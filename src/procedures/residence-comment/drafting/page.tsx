/** The cell's sitting (bàn nhận xét): a row a member, a choice a criterion, saved at each change; a plain form a row without scripts. */
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { formatDate, type Language } from '../../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { Form } from '../../../ui/form.tsx'
import { Banner } from '../../../ui/notice.tsx'
import { PageTitle } from '../../../ui/page-title.tsx'
import { fill } from '../../../ui/words.ts'
import type { RefusalWords } from '../../../web/web.ts'
import type { Criterion, Ticks } from '../law/form.ts'
import { COMMENT_PAGES, SITTING } from '../names.ts'
import type { SittingTexts } from './texts.ts'

/** A comment as the page shows it. */
export interface ShownRow {
  readonly id: string
  readonly version: number
  readonly commandId: string
  readonly name: string
  readonly year: number
  readonly yearly: boolean
  readonly ticks: Ticks
  readonly freeText: string
  readonly metOn: PlainDate | undefined
  readonly complete: boolean
}

/** Comments by one form. */
export interface ShownGroup {
  readonly exempt: boolean
  readonly criteria: readonly Criterion[]
  readonly rows: readonly ShownRow[]
}

export interface SittingPageProps {
  readonly texts: SittingTexts
  readonly language: Language
  readonly csrf: string
  readonly groups: readonly ShownGroup[]
  readonly total: number
  /** there are more than the page shows */
  readonly more: boolean
  readonly firstDue: string | undefined
  readonly metCommandId: string
  readonly signCommandId: string
  /** where one signs in again before signing; undefined when fresh */
  readonly freshHref: string | undefined
  /** why who looks at it could not sign now */
  readonly unable: RefusalWords | undefined
  /** how many a day of meeting was just written for */
  readonly metDone: number | undefined
}

const SIGN_FORM = 'sitting-sign'

export function SittingPage(props: SittingPageProps) {
  const { texts, groups, total } = props
  const rows = groups.flatMap((group) => group.rows)
  return (
    <div
      data-bulk
      data-rows
      data-rows-saving={texts.saving}
      data-rows-saved={texts.saved}
      data-rows-kept={texts.kept}
      data-rows-wait={texts.wait}
      data-rows-refused={texts.refused}
    >
      <PageTitle title={texts.title} lead={texts.lead(total)} />
      <p class="quiet">
        {props.firstDue && `${texts.until(props.firstDue)} `}
        {texts.rule}.
      </p>
      {total > 0 && props.unable && (
        <Banner kind="problem" title={props.unable.title}>
          {`${props.unable.what} ${props.unable.mend}`}
        </Banner>
      )}
      {props.more && <p>{texts.more(rows.length)}</p>}
      {total > 0 && (
        <>
          <Meeting {...props} />
          <Card title={texts.keysTitle}>
            <ul>
              {texts.keys.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Card>
          {groups.map((group) => (
            <Group key={String(group.exempt)} page={props} group={group} />
          ))}
          <Signing {...props} complete={rows.filter((row) => row.complete).length} shown={rows.length} />
        </>
      )}
    </div>
  )
}

function Meeting({ texts, csrf, metCommandId, metDone }: SittingPageProps) {
  return (
    <Card title={texts.metTitle}>
      {metDone !== undefined && <p role="status">{texts.metDone(metDone)}</p>}
      <Form action={`${SITTING}/front-board`} csrf={csrf} commandId={metCommandId}>
        <DateField name="metOn" label={texts.metLabel} hint={texts.metHint} />
        <ButtonRow>
          <Button kind="secondary">{texts.metSave}</Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}

function Group({ page, group }: { readonly page: SittingPageProps; readonly group: ShownGroup }) {
  const { texts, language } = page
  const { criteria, rows } = group
  return (
    <table class="table table--bulk table--sitting">
      <caption class="table-caption">{group.exempt ? texts.tableExempt : texts.table}</caption>
      <thead>
        <tr>
          <th scope="col" class="box-cell">
            <span class="govuk-visually-hidden">{texts.sign}</span>
          </th>
          <th scope="col">{texts.member}</th>
          {criteria.map((criterion, index) => (
            <th key={criterion.code} scope="col">
              {index + 1}. {criterion.text[language]}
            </th>
          ))}
          <th scope="col">{texts.other}</th>
          <th scope="col">{texts.row}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} page={page} criteria={criteria} row={row} />
        ))}
      </tbody>
    </table>
  )
}

function Row(props: {
  readonly page: SittingPageProps
  readonly criteria: readonly Criterion[]
  readonly row: ShownRow
}) {
  const { page, criteria, row } = props
  const { texts, language, csrf } = page
  const form = `row-form-${row.id}`
  const box = `row-box-${row.id}`
  return (
    <tr id={`row-${row.id}`}>
      <td class="box-cell">
        <span class="box">
          <input
            type="checkbox"
            class="box-input"
            id={box}
            form={SIGN_FORM}
            name="chosen"
            value={`${row.id}_${row.version}`}
            checked={row.complete}
            disabled={!row.complete}
            data-row-box
          />
          <label class="box-label" for={box}>
            <span class="govuk-visually-hidden">
              {texts.sign} {texts.of(row.name)}
            </span>
          </label>
        </span>
      </td>
      <th scope="row">
        <a class="govuk-link" href={`${COMMENT_PAGES}/${row.id}`}>
          {row.name}
        </a>
        <span class="row-note">{row.yearly ? texts.when(row.year) : texts.whenNeeded}</span>
        <span class="row-note">
          {row.metOn === undefined ? texts.notMet : texts.metOn(formatDate(row.metOn, language))}
        </span>
      </th>
      {criteria.map((criterion) => (
        <td key={criterion.code} data-title={criterion.text[language]}>
          <select
            class="govuk-select"
            form={form}
            name={`tick-${criterion.code}`}
            aria-label={`${criterion.text[language]}, ${texts.of(row.name)}`}
            data-row-choice
          >
            <option value="">{texts.open}</option>
            {criterion.scale.map((step, index) => (
              <option key={step.code} value={step.code} selected={row.ticks[criterion.code] === step.code}>
                {index + 1}. {step.text[language]}
              </option>
            ))}
          </select>
        </td>
      ))}
      <td data-title={texts.other}>
        <textarea
          class="govuk-textarea"
          rows={1}
          form={form}
          name="freeText"
          maxLength={MOST_WORDS}
          aria-label={`${texts.other}, ${texts.of(row.name)}`}
        >
          {row.freeText}
        </textarea>
      </td>
      <td>
        <form method="post" action={`${SITTING}/${row.id}`} id={form} data-row-form>
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="commandId" value={row.commandId} />
          <span data-row-state data-full={texts.full} data-lacking={texts.lacking}>
            {row.complete ? texts.full : texts.lacking}
          </span>
          <Button kind="secondary" describedBy={`row-${row.id}`}>
            {texts.save}
          </Button>
        </form>
      </td>
    </tr>
  )
}

/** So many characters of one's own words. */
export const MOST_WORDS = 2000

function Signing(props: SittingPageProps & { readonly complete: number; readonly shown: number }) {
  const { texts, csrf, complete, shown } = props
  return (
    <Card title={texts.checkTitle}>
      <p role="status" data-rows-complete={texts.complete} data-rows-total={String(shown)}>
        {fill(texts.complete, { done: complete, total: shown })}
      </p>
      <p role="status" data-rows-status />
      <p>{props.freshHref ? texts.fresh : texts.signLead}</p>
      {props.freshHref ? (
        <ButtonRow>
          <ButtonLink href={props.freshHref}>{texts.freshButton}</ButtonLink>
        </ButtonRow>
      ) : (
        <Form
          id={SIGN_FORM}
          action="/queue/bulk"
          csrf={csrf}
          commandId={props.signCommandId}
          hidden={{ command: 'sign' }}
        >
          <ButtonRow>
            <Button>{texts.sign}</Button>
          </ButtonRow>
        </Form>
      )}
    </Card>
  )
}
