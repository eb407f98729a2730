/** The yearly round of a province: what holds, and the form by which the provincial committee sets another. */
import type { Language, PlainDate } from '../../kernel/plain-date.ts'
import { Button } from '../../ui/button.tsx'
import { DateField, dateParts } from '../../ui/date-field.tsx'
import { Form } from '../../ui/form.tsx'
import { Inset } from '../../ui/notice.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import { RESIDENCE_TEXTS } from './texts.ts'

export function seasonPage(props: {
  language: Language
  csrf: string
  today: PlainDate
  now: string
  maySet: boolean
}) {
  const { season, fields } = RESIDENCE_TEXTS[props.language]
  return (
    <>
      <PageTitle title={season.title} lead={season.lead} />
      <Inset>{props.now}</Inset>
      {props.maySet && (
        <Form action="/residence-comments/season" csrf={props.csrf}>
          <TextField name="askFromMonth" label={season.from} numeric width={2} value="10" />
          <TextField name="askUntilMonth" label={season.until} numeric width={2} value="11" />
          <TextField name="returnDecemberDay" label={season.returnDay} numeric width={2} value="10" />
          <DateField name="validFrom" label={season.validFrom} value={dateParts(props.today)} />
          <TextArea name="reason" label={fields.reason} rows={2} maxLength={2000} />
          <Button>{season.save}</Button>
        </Form>
      )}
    </>
  )
}
