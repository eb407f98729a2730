/** How far along: the question one is at, and long work of the machine. */
import type { Children } from './children.ts'
import { figure, fill, useWords } from './words.ts'

/** "Câu 3 trên 8", with a bar; one question a page. */
export function Stepper(props: { readonly text: string; readonly step: number; readonly steps: number }) {
  return (
    <div class="stepper">
      <p class="stepper-text" id="stepper-text">
        {props.text}
      </p>
      <progress class="bar" value={props.step} max={props.steps} aria-labelledby="stepper-text" />
    </div>
  )
}

export interface ProgressProps {
  readonly title: string
  readonly done: number
  /** None: not known yet. */
  readonly total?: number | undefined
  readonly note?: Children | undefined
  /**
   * Address answering JSON `{ "done": 3, "total": 10, "finished": false }`; when finished the page is loaded again. Give
   * `Layout` its `reloadAfter` for those without scripts.
   */
  readonly pollUrl: string
}

/** Long work: a bar that moves by itself. */
export function Progress(props: ProgressProps) {
  const words = useWords()
  return (
    <section class="card long-work" data-poll={props.pollUrl} data-of={words.progressOf}>
      <h2 id="progress-title">{props.title}</h2>
      <progress
        class="bar"
        aria-labelledby="progress-title"
        max={props.total ?? 1}
        {...(props.total === undefined ? {} : { value: props.done })}
      />
      <p role="status" data-poll-status>
        {props.total !== undefined &&
          fill(words.progressOf, { done: figure(words, props.done), total: figure(words, props.total) })}
      </p>
      {props.note && <p>{props.note}</p>}
      <p class="quiet">{words.progressReload}</p>
    </section>
  )
}
