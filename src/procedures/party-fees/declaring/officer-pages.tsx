/** Declarations as the cell sees them: those that wait, and one with its fee, what approving does, and giving it back. */
import { formatInstant, formatMonth, type Language } from '../../../kernel/plain-date.ts'
import { BulkTable } from '../../../ui/bulk.tsx'
import { PostButton, TextLink } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import type { Children } from '../../../ui/children.ts'
import { Banner, EmptyState } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { SummaryList } from '../../../ui/summary-list.tsx'
import { fill } from '../../../ui/words.ts'
import { dong } from '../amount-text.ts'
import type { Step } from '../law/catching-up.ts'
import { ReasonedAct } from '../reasoned-act.tsx'
import { declaredRows, FeeOfDeclaration, type FeeInWords } from './check-page.tsx'
import { kindOf, type Declaration } from './contract.ts'
import type { DeclaringTexts } from './texts.ts'

export interface WaitingPageProps {
  readonly texts: DeclaringTexts
  readonly language: Language
  readonly csrf: string
  readonly organisation: string
  readonly declarations: readonly (Declaration & { readonly fee: FeeInWords })[]
  readonly done: string | undefined
  readonly tabs: Children
}

export function WaitingPage(props: WaitingPageProps) {
  const { texts, language, csrf, declarations } = props
  return (
    <>
      {props.done && <Banner kind="success" title={props.done} />}
      <PageTitle title={texts.officerTitle} caption={props.organisation} lead={texts.officerLead} />
      {props.tabs}
      {declarations.length === 0 ? (
        <EmptyState title={texts.none} />
      ) : (
        <BulkTable
          caption={texts.officerTitle}
          hideCaption
          columns={[
            {
              key: 'name',
              title: texts.name,
              cell: (each) => <TextLink href={`/fees/declarations/${each.id}`}>{each.memberName}</TextLink>,
            },
            { key: 'kind', title: texts.payer, cell: (each) => texts.kinds[kindOf(each.facts)] },
            { key: 'from', title: texts.fromMonth, cell: (each) => formatMonth(each.fromPeriod, language) },
            {
              key: 'due',
              title: texts.due,
              numeric: true,
              cell: ({ fee }) => ('refused' in fee ? fee.refused.title : dong(fee.amountVnd)),
            },
            { key: 'at', title: texts.sentAt, cell: (each) => formatInstant(each.declaredAt, language) },
          ]}
          rows={declarations}
          keyOf={(each) => each.id}
          nameOf={(each) => each.memberName}
          action="/fees/declarations/approve"
          csrf={csrf}
          actions={[{ name: 'which', value: 'chosen', text: texts.approveChosen }]}
        />
      )}
    </>
  )
}

export interface DeclarationPageProps {
  readonly texts: DeclaringTexts
  readonly language: Language
  readonly csrf: string
  readonly declaration: Declaration
  readonly fee: FeeInWords
  readonly steps: readonly Step[]
  readonly done: string | undefined
  readonly error?: string | undefined
}

export function DeclarationPage(props: DeclarationPageProps) {
  const { texts, language, csrf, declaration, steps } = props
  const waits = declaration.status === 'submitted'
  const rows = declaredRows(declaration, texts, language)
  return (
    <>
      {props.done && <Banner kind="success" title={props.done} />}
      <PageTitle
        title={declaration.memberName}
        caption={texts.title}
        lead={texts.statuses[declaration.status]}
      />
      <Card title={texts.answers}>
        <SummaryList
          rows={[
            ...rows,
            { term: texts.sentAt, value: formatInstant(declaration.declaredAt, language) },
            { term: texts.declaredBy, value: declaration.declaredByName },
            ...(declaration.reason ? [{ term: texts.giveBackWhy, value: declaration.reason }] : []),
          ]}
        />
      </Card>
      <FeeOfDeclaration texts={texts} fee={props.fee} />
      {steps.length > 0 && (
        <Section title={texts.catchUp} about={waits ? texts.catchUpAbout : texts.catchUpDone}>
          <ul>
            {steps.flatMap((step) =>
              stepWords(step, texts, language).map((words) => <li key={words}>{words}</li>),
            )}
          </ul>
        </Section>
      )}
      {waits && (
        <>
          <PostButton action={`/fees/declarations/${declaration.id}/approve`} csrf={csrf}>
            {texts.approve}
          </PostButton>
          <ReasonedAct
            act={texts.giveBack}
            action={`/fees/declarations/${declaration.id}/return`}
            csrf={csrf}
            name="reason"
            label={texts.giveBackWhy}
            hint={texts.giveBackHint}
            error={props.error}
          />
        </>
      )}
    </>
  )
}

export function stepWords(step: Step, texts: Pick<DeclaringTexts, 'steps'>, language: Language): string[] {
  const values = {
    month: formatMonth(step.period, language),
    before: dong(step.beforeVnd),
    after: dong(step.afterVnd),
    difference: dong(Math.abs(step.afterVnd - step.beforeVnd)),
  }
  if (step.kind !== 'replace') return [fill(texts.steps[step.kind], values)]
  return [
    ...(step.replacements.length > 0 ? [fill(texts.steps.replace, values)] : []),
    ...(step.leftVnd > 0 ? [fill(texts.steps.paid, values)] : []),
  ]
}
