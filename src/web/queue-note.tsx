/** What the pages say of acts that wait for level 2: before pressing, after it, and to their writer alone. */
import type { Language } from '../kernel/plain-date.ts'
import { ButtonLink, ButtonRow } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Banner, Inset } from '../ui/notice.tsx'
import { QUEUE_TEXTS } from './queue-texts.ts'
import type { Queueing, WaitingHere } from './queueing.ts'

/** Above a button that queues: that nothing official happens yet. */
export function QueueNote(props: { readonly queueing: Queueing; readonly language: Language }) {
  const words = QUEUE_TEXTS[props.language]
  const { since, byPasskey } = props.queueing
  return (
    <Inset>
      {since ? `${words.away(since)} ` : ''}
      {byPasskey && !since ? `${words.byPasskey} ` : ''}
      {words.note}
    </Inset>
  )
}

/** The act that waits here, what becomes of it, and where it is completed or taken back. */
export function WaitingNote(props: {
  readonly waiting: WaitingHere | undefined
  readonly justQueued: boolean
  readonly language: Language
}) {
  const words = QUEUE_TEXTS[props.language]
  if (!props.waiting) return null
  return (
    <>
      {props.justQueued && <Banner kind="success" title={words.queued} />}
      <Card title={words.waiting}>
        <p>{words.waitingText(props.waiting.title, props.waiting.written)}</p>
        <ButtonRow>
          <ButtonLink href="/queued" kind="secondary">
            {words.open}
          </ButtonLink>
        </ButtonRow>
      </Card>
    </>
  )
}
