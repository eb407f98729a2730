/** A relief in a line: what was asked or granted, for which months, and where it is. */
import { formatMonth, type Language } from '../../../kernel/plain-date.ts'
import { fill } from '../../../ui/words.ts'
import { dong } from '../amount-text.ts'
import type { Hardship } from '../law/facts.ts'
import type { ReductionPercent, ReliefKind } from '../law/relief/rules.ts'
import type { Relief } from './contract.ts'
import { holdsFor } from './holding.ts'
import type { RelievingTexts } from './texts.ts'

interface What {
  readonly kind: ReliefKind
  readonly hardship: Hardship | null
  readonly percent: ReductionPercent | null
  readonly extraVnd: number | null
}

export function whatInWords({ kind, hardship, percent, extraVnd }: What, texts: RelievingTexts): string {
  const { what } = texts
  if (kind === 'hardship') return fill(what.hardship, { hardship: hardship ? texts.hardships[hardship] : '' })
  if (kind === 'voluntary') return fill(what.voluntary, { extra: dong(extraVnd ?? 0) })
  if (kind !== 'reduction') return what[kind]
  return percent === 100
    ? what.exempt
    : fill(what.reduction, { percent: percent ?? 0, rest: 100 - (percent ?? 0) })
}

export function monthsInWords(
  { from, until }: { readonly from: string; readonly until: string },
  texts: RelievingTexts,
  language: Language,
): string {
  return fill(from === until ? texts.oneMonth : texts.months, {
    from: formatMonth(from, language),
    until: formatMonth(until, language),
  })
}

/** What was asked, or where it was granted what was granted. */
export function reliefInWords(relief: Relief, texts: RelievingTexts, language: Language): string {
  const granted = relief.status === 'granted'
  const { kind, hardship } = relief
  const percent = granted ? relief.grantedPercent : relief.percent
  const extraVnd = granted ? relief.grantedExtraVnd : relief.extraVnd
  const months = holdsFor(relief) ?? relief
  return `${whatInWords({ kind, hardship, percent, extraVnd }, texts)}, ${monthsInWords(months, texts, language)}`
}

export function whereInWords(relief: Relief, texts: RelievingTexts): string {
  const { status, organisationId, deciderId, organisationName, deciderName } = relief
  if (status === 'asked')
    return organisationId === deciderId
      ? fill(texts.own.waitsDecider, { name: organisationName })
      : fill(texts.own.waitsCell, { name: organisationName })
  return status === 'forwarded' ? fill(texts.own.waitsDecider, { name: deciderName }) : texts.statuses[status]
}
