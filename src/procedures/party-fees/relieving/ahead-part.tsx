/** On a member's own fees: what may be paid late or ahead, and the way to ask for a relief. */
import { formatDate, formatMonth, lastDayOf, type Language } from '../../../kernel/plain-date.ts'
import { Button, ButtonRow, TextLink } from '../../../ui/button.tsx'
import { Form } from '../../../ui/form.tsx'
import { Inset } from '../../../ui/notice.tsx'
import { Section } from '../../../ui/page-title.tsx'
import { SelectField } from '../../../ui/text-field.tsx'
import { fill } from '../../../ui/words.ts'
import type { Allowance } from '../assessing/granted.ts'
import type { Period } from '../law/period.ts'
import { RELIEVING_TEXTS } from './texts.ts'

export interface AheadProps {
  readonly language: Language
  readonly csrf: string
  readonly allowances: readonly Allowance[]
  /** months whose lines can be made now */
  readonly ahead: readonly Period[]
}

export function AheadPart({ language, csrf, allowances, ahead }: AheadProps) {
  const texts = RELIEVING_TEXTS[language]
  const late = allowances.find(({ kind }) => kind === 'late')
  const last = ahead.at(-1)
  return (
    <>
      {late && (
        <Inset>
          {fill(texts.ahead.late, {
            from: formatMonth(late.from, language),
            until: formatDate(lastDayOf(late.until), language),
          })}
        </Inset>
      )}
      {last && (
        <Section
          title={texts.ahead.title}
          about={fill(texts.ahead.about, { until: formatMonth(last, language) })}
        >
          <Form action="/fees/ahead" csrf={csrf}>
            <SelectField
              name="through"
              label={texts.ahead.through}
              options={ahead.map((month) => ({ value: month, text: formatMonth(month, language) }))}
              value={last}
            />
            <ButtonRow>
              <Button kind="secondary">{texts.ahead.act}</Button>
            </ButtonRow>
          </Form>
        </Section>
      )}
      <p>
        <TextLink href="/fees/relief">{texts.own.link}</TextLink>
      </p>
    </>
  )
}
