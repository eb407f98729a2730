/** The form by which a member, or the workplace for one member, asks for a comment. */
import type { Language } from '../../kernel/plain-date.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Radios } from '../../ui/choice.tsx'
import { Form } from '../../ui/form.tsx'
import { RefusalPanel, RuleBox } from '../../ui/notice.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { SelectField, TextField } from '../../ui/text-field.tsx'
import type { RefusalWords } from '../../web/web.ts'
import { PURPOSES } from './contract.ts'
import { RESIDENCE_TEXTS } from './texts.ts'

export interface BeginProps {
  readonly language: Language
  readonly csrf: string
  readonly action: string
  readonly commandId: string
  readonly year: number
  readonly entered: Readonly<Record<string, unknown>>
  /** who asks signs by it */
  readonly signs: boolean
  readonly refused?:
    | {
        readonly words: RefusalWords
        readonly citation?: string | undefined
        /** where one signs in again and comes back, when that is what was wanting */
        readonly confirmHref: string | undefined
      }
    | undefined
}

export function beginPage(props: BeginProps) {
  const { language, csrf, action, commandId, year, entered, refused } = props
  const words = RESIDENCE_TEXTS[language]
  const was = (name: string) => (typeof entered[name] === 'string' ? entered[name] : undefined)
  const kept = ['memberId', 'corrects'].flatMap((name) => {
    const value = was(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return (
    <>
      {refused && (
        <RefusalPanel
          title={refused.words.title}
          what={refused.words.what}
          why={refused.words.why}
          citation={refused.citation}
          mend={refused.words.mend}
        />
      )}
      {refused?.confirmHref && <ButtonLink href={refused.confirmHref}>{words.confirmAgain}</ButtonLink>}
      <PageTitle title={words.begin.title} lead={words.begin.lead} />
      <RuleBox citation={words.citation}>{words.rule}</RuleBox>
      {props.signs && <p>{words.ask.signs}</p>}
      <Form action={action} csrf={csrf} commandId={commandId} hidden={Object.fromEntries(kept)}>
        <SelectField
          name="year"
          label={words.fields.year}
          options={[year, year - 1].map((each) => ({ value: String(each), text: String(each) }))}
          value={was('year') ?? String(year)}
        />
        <Radios
          name="purpose"
          label={words.fields.purpose}
          choices={PURPOSES.map((purpose) => ({ value: purpose, text: words.purposes[purpose] }))}
          value={was('purpose') ?? 'yearly'}
        />
        <TextField
          name="reason"
          label={words.fields.neededFor}
          hint={words.fields.neededHint}
          optional
          value={was('reason')}
        />
        <Button>{words.begin.send}</Button>
      </Form>
    </>
  )
}
