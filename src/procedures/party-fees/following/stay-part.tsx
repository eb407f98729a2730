/** Where the fees of a member on a temporary stay are paid, in words: which cell, which months, on what rule. */
import { formatDate, formatMonth, type Language } from '../../../kernel/plain-date.ts'
import { RuleBox } from '../../../ui/notice.tsx'
import { Section } from '../../../ui/page-title.tsx'
import { fill } from '../../../ui/words.ts'
import { backFrom, type StayFees } from '../../../registry/guests/stay-fees.ts'
import { FOLLOWING_TEXTS } from './texts.ts'

/** @param props.reader who reads: the member, the cell that counts the member, or the one of the stay */
export function StayPart(props: {
  readonly stay: StayFees
  readonly reader: 'member' | 'home' | 'host'
  readonly language: Language
}) {
  const { stay, reader, language } = props
  const texts = FOLLOWING_TEXTS[language].stay
  const months = stay.months
  const facts = {
    host: stay.host,
    until: formatDate(stay.until, language),
    ...(months
      ? { from: formatMonth(months.from, language), back: formatMonth(backFrom(months), language) }
      : {}),
  }
  return (
    <Section title={texts.title}>
      <p>{fill(texts.stays[reader], facts)}</p>
      <p>{fill(months ? texts.there[reader] : texts.official[reader], facts)}</p>
      <RuleBox setting={texts.setting}>{texts.rule}</RuleBox>
    </Section>
  )
}
