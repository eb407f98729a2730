/** A long action between two of its pieces: how far it is, and the form that goes on with the rest, by itself where scripts run. */
import { Button } from './button.tsx'
import { Form, HiddenFields } from './form.tsx'
import { PageTitle } from './page-title.tsx'
import { fill, useWords } from './words.ts'

export interface GoOnProps {
  readonly action: string
  readonly csrf: string
  /** the same as before: what was done stays done */
  readonly commandId: string
  readonly done: number
  readonly total: number
  /** keys of those left, sent as `chosen` */
  readonly rest: readonly string[]
  /** what the action needs besides */
  readonly hidden: Readonly<Record<string, string>>
}

export function GoOn({ action, csrf, commandId, done, total, rest, hidden }: GoOnProps) {
  const words = useWords()
  const figure = (value: number) => value.toLocaleString(words.locale)
  const far = fill(words.progressOf, { done: figure(done), total: figure(total) })
  return (
    <div data-go-on>
      <PageTitle title={words.goOnTitle} lead={words.goOnAbout} />
      <Form action={action} csrf={csrf} commandId={commandId} hidden={hidden}>
        <p role="status">
          <progress class="bar" max={total} value={done} aria-label={words.goOnTitle} /> {far}
        </p>
        {rest.map((key) => (
          <HiddenFields key={key} values={{ chosen: key }} />
        ))}
        <Button>{words.goOnButton}</Button>
      </Form>
    </div>
  )
}
