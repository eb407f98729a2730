/** What the pages say of acts that wait for level 2: before pressing, after it, and to their writer alone. */
import type { Language } from '../../kernel/plain-date.ts'
import { ButtonLink, ButtonRow } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Banner, Inset } from '../../ui/notice.tsx'
import type { Queueing } from './queueing.ts'
import { TRANSFER_TEXTS } from './texts.ts'

/** Above a button that queues: that nothing official happens yet. */
export function QueueNote(props: { readonly queueing: Queueing; readonly language: Language }) {
  const { queue } = TRANSFER_TEXTS[props.language]
  const { since, byPasskey } = props.queueing
  return (
    <Inset>
      {since ? `${queue.away(since)} ` : ''}
      {byPasskey && !since ? `${queue.byPasskey} ` : ''}
      {queue.note}
    </Inset>
  )
}

/** An act of the reader's that waits on this dossier. */
export interface WaitingHere {
  readonly title: string
  readonly written: string
}

export function WaitingNote(props: {
  readonly waiting: WaitingHere | undefined
  readonly justQueued: boolean
  readonly language: Language
}) {
  const { queue } = TRANSFER_TEXTS[props.language]
  if (!props.waiting) return null
  return (
    <>
      {props.justQueued && <Banner kind="success" title={queue.queued} />}
      <Card title={queue.waiting}>
        <p>{queue.waitingText(props.waiting.title, props.waiting.written)}</p>
        <ButtonRow>
          <ButtonLink href="/queued" kind="secondary">
            {queue.open}
          </ButtonLink>
        </ButtonRow>
      </Card>
    </>
  )
}
