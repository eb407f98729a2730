/** An act that wants its reason in writing, folded away under its own name: giving back, refusing, ending. */
import { Button } from '../../ui/button.tsx'
import type { Children } from '../../ui/children.ts'
import { Form } from '../../ui/form.tsx'
import { Expander } from '../../ui/notice.tsx'
import { TextArea } from '../../ui/text-field.tsx'

export function ReasonedAct(props: {
  readonly act: string
  readonly action: string
  readonly csrf: string
  /** of the field, and what is said beside it */
  readonly name: string
  readonly label: string
  readonly hint: string
  readonly value?: string | undefined
  readonly error?: string | undefined
  /** asked before the reason, and what was wrong with it */
  readonly children?: Children
  readonly wrong?: string | undefined
}) {
  return (
    <Expander summary={props.act} open={props.error !== undefined || props.wrong !== undefined}>
      <Form action={props.action} csrf={props.csrf}>
        {props.children}
        <TextArea
          name={props.name}
          label={props.label}
          hint={props.hint}
          rows={3}
          maxLength={1000}
          value={props.value}
          error={props.error}
        />
        <Button kind="secondary">{props.act}</Button>
      </Form>
    </Expander>
  )
}
