/** The cell's sitting (bàn nhận xét): a row a member, a choice a criterion, saved at each change; a plain form a row without scripts. */
import type { Language, PlainDate } from '../../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow, PostButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import { FieldFrame, fieldId } from '../../../ui/field.tsx'
import { LiveFilter } from '../../../ui/filter-bar.tsx'
import { Form, PostForm } from '../../../ui/form.tsx'
import { Tabs } from '../../../ui/navigation.tsx'
import { Banner, EmptyState, Expander, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle } from '../../../ui/page-title.tsx'
import { Deadline, type DeadlineProps } from '../../../ui/pill.tsx'
import { fill } from '../../../ui/words.ts'
import type { RefusalWords } from '../../../web/web.ts'
import { partsOf } from '../act-forms.tsx'
import type { Criterion, Ticks } from '../law/form.ts'
import { COMMENT_PAGES, SITTING } from '../names.ts'
import { RefusedNote } from '../refused-note.tsx'
import type { RefusedForm } from '../refused.ts'
import { shortOf, type SittingTexts } from './texts.ts'

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

/** Which of the comments are shown. */
export const VIEWS = ['all', 'lacking', 'full'] as const
export type View = (typeof VIEWS)[number]

export interface SittingPageProps {
  readonly texts: SittingTexts
  readonly language: Language
  readonly csrf: string
  /** those shown, by form */
  readonly groups: readonly ShownGroup[]
  readonly view: View
  readonly total: number
  readonly complete: number
  /** the first comment that lacks something, where it is shown */
  readonly firstLacking: string | undefined
  /** there are more than the page shows */
  readonly more: boolean
  readonly firstDue: DeadlineProps | undefined
  readonly metCommandId: string
  readonly signCommandId: string
  readonly columnCommandId: string
  /** where one signs in again before signing; undefined when fresh */
  readonly freshHref: string | undefined
  /** why who looks at it could not sign now */
  readonly unable: RefusalWords | undefined
  /** how many a day of meeting was just written for */
  readonly metDone: number | undefined
  /** a step that was just written into a column, and by which command: it can be taken back */
  readonly filled: { readonly count: number; readonly choice: string; readonly command: string } | undefined
  /** how many it was just taken back from */
  readonly undone: number | undefined
  readonly refused?: SittingRefused | undefined
}

/** What was refused, and at which of the page's forms. */
export interface SittingRefused {
  readonly at: 'met' | 'column' | 'row'
  readonly form: RefusedForm
  readonly entered: Readonly<Record<string, unknown>>
}

const SIGN_FORM = 'sitting-sign'

export function SittingPage(props: SittingPageProps) {
  const { texts, groups, total, complete, view, refused } = props
  const rows = groups.flatMap((group) => group.rows)
  const counts = { all: total, lacking: total - complete, full: complete }
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
      {props.metDone !== undefined && <Banner kind="success" title={texts.metDone(props.metDone)} />}
      {props.undone !== undefined && <Banner kind="success" title={texts.columnUndone(props.undone)} />}
      {props.filled && <Filled {...props} filled={props.filled} />}
      {refused?.at === 'row' && <RefusedNote refused={refused.form} />}
      {refused && refused.at !== 'row' && <ErrorSummary errors={[errorOf(refused, texts)]} />}
      <PageTitle
        title={texts.title}
        lead={texts.lead(total)}
        meta={props.firstDue && <Deadline {...props.firstDue} />}
      />
      {props.more && <p>{texts.more(total)}</p>}
      {total > 0 && props.unable && (
        <Banner kind="problem" title={props.unable.title}>
          {`${props.unable.what} ${props.unable.mend}`}
        </Banner>
      )}
      {total > 0 && (
        <>
          <ButtonRow>
            <ButtonLink href={`${SITTING}/print`} kind="secondary">
              {texts.print}
            </ButtonLink>
            {props.firstLacking !== undefined && (
              <ButtonLink href={`#row-${props.firstLacking}`} kind="secondary">
                {texts.next}
              </ButtonLink>
            )}
          </ButtonRow>
          <Meeting {...props} />
          <FillColumn {...props} />
          <Expander summary={texts.fullTitle}>
            <ol>
              {criteriaShown(groups).map((criterion) => (
                <li key={criterion.code}>
                  <b>{shortOf(criterion, props.language)}: </b>
                  {criterion.text[props.language]}
                </li>
              ))}
            </ol>
          </Expander>
          <div class="only-script wide-only">
            <Expander summary={texts.keysTitle}>
              <ul>
                {texts.keys.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </Expander>
          </div>
          <Tabs
            label={texts.viewsLabel}
            items={VIEWS.map((each) => ({
              href: each === 'all' ? SITTING : `${SITTING}?show=${each}`,
              text: texts.views[each],
              count: counts[each],
              current: each === view,
            }))}
          />
          {rows.length > 10 && <LiveFilter of="sitting-rows" label={texts.find} />}
          {rows.length === 0 && <EmptyState title={view === 'full' ? texts.noneFull : texts.noneLeft} />}
          <div id="sitting-rows">
            {groups.map((group) => (
              <Group key={String(group.exempt)} page={props} group={group} />
            ))}
          </div>
          <Signing {...props} shown={rows.length} />
          <div class="next-bar">
            <div>
              <p role="status" data-rows-complete={texts.progress} data-rows-total={String(total)}>
                {fill(texts.progress, { done: complete, total })}
              </p>
              <p class="quiet" role="status" data-rows-status />
            </div>
            <a class="button button--secondary" href="#sign">
              {texts.toSign}
            </a>
          </div>
        </>
      )}
      <RuleBox citation={texts.rule}>{texts.ruleText}</RuleBox>
    </div>
  )
}

/** What is wrong with one of the two forms above the table. */
const errorOf = ({ at, form }: SittingRefused, texts: SittingTexts) =>
  at === 'met'
    ? { field: 'metOn', text: form.saidAtFields ? texts.metOpen : form.words.title }
    : { field: 'choice', text: texts.columnOpen }

/** Every criterion of the forms on the table, once. */
function criteriaShown(groups: readonly ShownGroup[]): Criterion[] {
  const all = groups.flatMap(({ criteria }) => criteria)
  return all.filter(({ code }, index) => all.findIndex((each) => each.code === code) === index)
}

function Meeting({ texts, csrf, metCommandId, refused }: SittingPageProps) {
  const wrong = refused?.at === 'met' ? refused : undefined
  return (
    <Card title={texts.metTitle}>
      <Form action={`${SITTING}/front-board`} csrf={csrf} commandId={metCommandId}>
        <DateField
          name="metOn"
          label={texts.metLabel}
          hint={texts.metHint}
          error={wrong && errorOf(wrong, texts).text}
          value={wrong && partsOf(wrong.entered, 'metOn', undefined)}
        />
        <ButtonRow>
          <Button kind="secondary">{texts.metSave}</Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}

/** A column at once: only what is open gets the step, so that nobody's own is lost. */
function FillColumn({ texts, language, csrf, columnCommandId, groups, refused }: SittingPageProps) {
  const wrong = refused?.at === 'column'
  const id = fieldId('choice')
  return (
    <Expander summary={texts.columnTitle} open={wrong}>
      <p>{texts.columnLead}</p>
      <Form action={`${SITTING}/column`} csrf={csrf} commandId={columnCommandId}>
        <FieldFrame
          field={{
            name: 'choice',
            label: texts.columnLabel,
            ...(wrong ? { error: texts.columnOpen } : {}),
          }}
        >
          <select class="govuk-select" id={id} name="choice">
            <option value="">–</option>
            {criteriaShown(groups).map((criterion) => (
              <optgroup key={criterion.code} label={shortOf(criterion, language)}>
                {criterion.scale.map((step) => (
                  <option key={step.code} value={`${criterion.code}:${step.code}`}>
                    {step.text[language]}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </FieldFrame>
        <ButtonRow>
          <Button kind="secondary">{texts.columnSave}</Button>
        </ButtonRow>
      </Form>
    </Expander>
  )
}

/** What was written into a column, with the way back. */
function Filled({
  texts,
  csrf,
  columnCommandId,
  filled,
}: SittingPageProps & {
  readonly filled: NonNullable<SittingPageProps['filled']>
}) {
  return (
    <Banner kind="success" title={texts.columnDone(filled.choice, filled.count)}>
      {filled.count > 0 && (
        <PostButton
          action={`${SITTING}/column`}
          csrf={csrf}
          commandId={columnCommandId}
          kind="secondary"
          hidden={{ undo: filled.command }}
        >
          {texts.columnUndo}
        </PostButton>
      )}
    </Banner>
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
          {criteria.map((criterion) => (
            <th key={criterion.code} scope="col">
              {shortOf(criterion, language)}
            </th>
          ))}
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
        <span class="row-note">
          {row.yearly ? texts.when(row.year) : texts.whenNeeded}
          {row.metOn === undefined ? `. ${texts.notMet}` : ''}
        </span>
        <span class="row-note" data-row-state data-full={texts.full} data-lacking={texts.lacking}>
          {row.complete ? texts.full : texts.lacking}
        </span>
        <details class="row-more" open={row.freeText !== ''}>
          <summary>
            {texts.sayMore}
            <span class="govuk-visually-hidden"> {texts.of(row.name)}</span>
          </summary>
          <textarea
            class="govuk-textarea"
            rows={2}
            form={form}
            name="freeText"
            maxLength={MOST_WORDS}
            aria-label={`${texts.other}, ${texts.of(row.name)}`}
          >
            {row.freeText}
          </textarea>
        </details>
        <PostForm action={`${SITTING}/${row.id}`} csrf={csrf} id={form} data-row-form>
          <input type="hidden" name="commandId" value={row.commandId} />
          <span class="only-plain">
            <Button kind="secondary" describedBy={`row-${row.id}`}>
              {texts.save}
            </Button>
          </span>
        </PostForm>
      </th>
      {criteria.map((criterion) => (
        <td key={criterion.code} data-title={shortOf(criterion, language)}>
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
    </tr>
  )
}

/** So many characters of one's own words. */
export const MOST_WORDS = 2000

function Signing(props: SittingPageProps & { readonly shown: number }) {
  const { texts, csrf, complete, total } = props
  return (
    <Card title={texts.checkTitle} id="sign">
      <p>{fill(texts.complete, { done: complete, total })}</p>
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
