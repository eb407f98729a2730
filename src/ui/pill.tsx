/** Small statements of standing: a deadline, a tag. Words first, then colour. */
import type { Children } from './children.ts'

/** ok: time enough. soon: near. late: past, or refused. neutral: no hurry, or over. */
export type Tone = 'ok' | 'soon' | 'late' | 'neutral'

export interface DeadlineProps {
  readonly tone: Tone
  /** "Trước thứ Tư, 25/11/2026", "Còn 9 ngày", "Quá hạn 2 ngày làm việc". */
  readonly text: string
}

/** By when. */
export function Deadline({ tone, text }: DeadlineProps) {
  return <p class={`pill pill--${tone}`}>{text}</p>
}

/** The same inside a line of text or a table cell. */
export function Tag(props: { readonly tone?: Tone | undefined; readonly children: Children }) {
  return <span class={`pill pill--${props.tone ?? 'neutral'}`}>{props.children}</span>
}
