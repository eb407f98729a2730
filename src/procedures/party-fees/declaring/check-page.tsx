/** The review of a declaration: what is declared, the fee it gives with every reason, the promise, and sending it. */
import { formatMonth, type Language } from '../../../kernel/plain-date.ts'
import { Button, ButtonRow } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Checkbox } from '../../../ui/choice.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import { KeyFigures } from '../../../ui/figures.tsx'
import { Form } from '../../../ui/form.tsx'
import { Expander, Warning } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { SummaryList, type SummaryRow } from '../../../ui/summary-list.tsx'
import type { RefusalWords } from '../../../web/web.ts'
import { dong } from '../amount-text.ts'
import type { Explained } from '../explanation.ts'
import { AMOUNTS_OF, formOf, kindOf, type Declared } from './contract.ts'
import type { DeclaringTexts } from './texts.ts'

/** What the tariff said, in words. */
export type FeeInWords =
  | { readonly amountVnd: number; readonly className: string; readonly why: readonly Explained[] }
  | { readonly refused: RefusalWords }

export interface CheckPageProps {
  readonly texts: DeclaringTexts
  readonly language: Language
  readonly csrf: string
  readonly commandId: string
  readonly base: string
  readonly onBehalfOf?: string | undefined
  readonly declared: Declared
  readonly fields: Readonly<Record<string, string>>
  readonly fee: FeeInWords
  readonly error?: string | undefined
}

export function CheckPage(props: CheckPageProps) {
  const { texts, csrf, base, onBehalfOf, error } = props
  return (
    <>
      <ErrorSummary errors={error ? [{ field: 'declared', text: error }] : []} />
      <PageTitle title={texts.checkTitle} caption={onBehalfOf ?? texts.title} />
      <FeeOfDeclaration texts={texts} fee={props.fee} open />
      <Card title={texts.answers}>
        <SummaryList
          rows={declaredRows(props.declared, texts, props.language).map((row) => ({
            ...row,
            action: { href: base, text: texts.change },
          }))}
        />
      </Card>
      <Form action={`${base}/send`} csrf={csrf} commandId={props.commandId} hidden={props.fields}>
        <Checkbox
          name="declared"
          label={onBehalfOf ? texts.declaredOnBehalf : texts.declared}
          error={error}
        />
        <ButtonRow>
          <Button>{texts.send}</Button>
        </ButtonRow>
      </Form>
    </>
  )
}

/** What somebody declared, line by line. */
export function declaredRows(declared: Declared, texts: DeclaringTexts, language: Language): SummaryRow[] {
  const kind = kindOf(declared.facts)
  const form = formOf(declared)
  return [
    { term: texts.payer, value: texts.kinds[kind] },
    ...AMOUNTS_OF[kind].map((name) => ({ term: texts.amounts[name], value: dong(Number(form[name] ?? 0)) })),
    { term: texts.fromMonth, value: formatMonth(declared.fromPeriod, language) },
  ]
}

/** The fee with its reasons, or why there is none. */
export function FeeOfDeclaration(props: {
  readonly texts: DeclaringTexts
  readonly fee: FeeInWords
  readonly open?: boolean
}) {
  const { texts, fee } = props
  if ('refused' in fee)
    return (
      <Warning>
        {texts.cannot}: {fee.refused.what} {fee.refused.mend} {texts.cannotMore}
      </Warning>
    )
  return (
    <Section title={texts.perMonth}>
      <KeyFigures
        figures={[
          {
            label: fee.className,
            value: fee.amountVnd === 0 ? texts.exempt : dong(fee.amountVnd),
          },
        ]}
      />
      <Expander summary={texts.explanation} open={props.open}>
        <DataTable
          caption={texts.explanation}
          hideCaption
          columns={[
            { key: 'rule', title: texts.step, cell: (step) => step.rule },
            { key: 'input', title: texts.stepInput, cell: (step) => step.input },
            { key: 'result', title: texts.stepResult, cell: (step) => step.result },
            { key: 'citation', title: texts.stepCitation, cell: (step) => step.citation },
          ]}
          rows={fee.why}
          keyOf={(step) => `${step.rule} ${step.input}`}
        />
      </Expander>
    </Section>
  )
}
