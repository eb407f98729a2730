/** What is kept of a month, and on what rule: the amounts one below the other, and the rule with its citation or its setting. */
import { numberVi } from '../../../kernel/vietnamese-numbers.ts'
import { RuleBox } from '../../../ui/notice.tsx'
import type { SummaryRow } from '../../../ui/summary-list.tsx'
import { dong } from '../amount-text.ts'
import { SHARE_CLASSES, type Allocation } from '../law/allocation.ts'
import type { RemittingTexts } from './texts.ts'

/** '70', '62,5'. */
export const percentText = (percent: number): string => String(percent).replace('.', ',')

export interface ShareFigures {
  readonly collectedVnd: number
  readonly receivedVnd: number
  readonly baseVnd: number
  readonly keepPercent: number
  readonly keepVnd: number
  readonly remitVnd: number
  readonly heldVnd: number
}

/** What is nothing on both sides is left out: a cell receives from nobody. */
export function shareRows(figures: ShareFigures, texts: RemittingTexts): SummaryRow[] {
  const both = figures.collectedVnd !== 0 && figures.receivedVnd !== 0
  return [
    ...(both || figures.receivedVnd === 0
      ? [{ term: texts.collected, value: amount(figures.collectedVnd) }]
      : []),
    ...(figures.receivedVnd !== 0 ? [{ term: texts.fromBelow, value: amount(figures.receivedVnd) }] : []),
    ...(both ? [{ term: texts.base, value: amount(figures.baseVnd) }] : []),
    { term: texts.percent, value: `${percentText(figures.keepPercent)} %` },
    { term: texts.keep, value: dong(figures.keepVnd) },
    { term: texts.remit, value: <strong>{dong(figures.remitVnd)}</strong> },
    ...(figures.heldVnd > 0
      ? [
          { term: texts.held, value: dong(figures.heldVnd) },
          { term: texts.toSend, value: dong(figures.remitVnd - figures.heldVnd) },
        ]
      : []),
  ]
}

const amount = (vnd: number): string => (vnd < 0 ? `−${numberVi(-vnd)}\u00a0đ` : dong(vnd))

/** The rule of a share: its citation where a text says it, a setting where none does. */
export function ShareRule(props: { readonly texts: RemittingTexts; readonly allocation: Allocation }) {
  const { texts, allocation } = props
  const { keepPercent, rule, citation, source = '' } = allocation
  const percent = percentText(keepPercent)
  const shareClass = SHARE_CLASSES.find((each) => rule.endsWith(`.${each}`))
  const says = shareClass
    ? texts.rule.keeps(texts.rule.classes[shareClass], percent)
    : texts.rule.keepsOwn(percent)
  const words = `${says} ${texts.rule.months}`
  if (citation) return <RuleBox citation={texts.rule.citation(citation)}>{words}</RuleBox>
  return <RuleBox setting={shareClass ? texts.rule.setting(source) : texts.rule.own(source)}>{words}</RuleBox>
}
