/** The form by which a member, or the workplace for one member, asks for a comment. */
import type { Language } from '../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow } from '../../ui/button.tsx'
import { Radios } from '../../ui/choice.tsx'
import { Form } from '../../ui/form.tsx'
import { RuleBox } from '../../ui/notice.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { SelectField, TextField } from '../../ui/text-field.tsx'
import { PURPOSES } from './contract.ts'
import { errorAt, RefusedNote } from './refused-note.tsx'
import type { RefusedForm } from './refused.ts'
import { RESIDENCE_TEXTS } from './texts.ts'

export interface BeginProps {
  readonly language: Language
  readonly csrf: string
  readonly action: string
  readonly commandId: string
  readonly year: number
  /** the year whose round is on */
  readonly round: number
  readonly entered: Readonly<Record<string, unknown>>
  /** who asks signs by it */
  readonly signs: boolean
  readonly refused?: RefusedForm | undefined
  /** where one signs in again and comes back, when that is what was wanting */
  readonly confirmHref?: string | undefined
}

export function beginPage(props: BeginProps) {
  const { language, csrf, action, commandId, year, round, entered, refused } = props
  const words = RESIDENCE_TEXTS[language]
  const was = (name: string) => (typeof entered[name] === 'string' ? entered[name] : undefined)
  const kept = ['memberId', 'corrects'].flatMap((name) => {
    const value = was(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return (
    <>
      <RefusedNote refused={refused} />
      {props.confirmHref && <ButtonLink href={props.confirmHref}>{words.confirmAgain}</ButtonLink>}
      <PageTitle title={words.begin.title} lead={words.begin.lead} />
      <RuleBox citation={words.citation}>{words.rule}</RuleBox>
      {props.signs && <p>{words.ask.signs}</p>}
      <Form action={action} csrf={csrf} commandId={commandId} hidden={Object.fromEntries(kept)}>
        <SelectField
          name="year"
          label={words.fields.year}
          error={errorAt(refused, 'year')}
          options={[year, year - 1].map((each) => ({ value: String(each), text: String(each) }))}
          value={was('year') ?? String(round)}
        />
        <Radios
          name="purpose"
          label={words.fields.purpose}
          error={errorAt(refused, 'purpose')}
          choices={PURPOSES.map((purpose) => ({ value: purpose, text: words.purposes[purpose] }))}
          value={was('purpose') ?? 'yearly'}
        />
        <TextField
          name="reason"
          label={words.fields.neededFor}
          error={errorAt(refused, 'reason')}
          hint={words.fields.neededHint}
          optional
          value={was('reason')}
        />
        <ButtonRow>
          <Button>{words.begin.send}</Button>
        </ButtonRow>
      </Form>
    </>
  )
}
