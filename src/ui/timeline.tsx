/** The way of a matter: what has been done, where it is, what comes after; who, when, on what rule. */
import type { Children } from './children.ts'
import type { UiWords } from './words.ts'
import { Icon } from './icon.tsx'
import { useWords } from './words.ts'

/** done: happened. now: somebody is awaited. next: to come. problem: held up here. */
export type StepStanding = 'done' | 'now' | 'next' | 'problem'

export interface TimelineStep {
  readonly standing: StepStanding
  readonly title: string
  /** Who did it or is to do it. */
  readonly who?: string | undefined
  /** "16/11/2026 09:12", "hạn 25/11/2026". */
  readonly when?: string | undefined
  readonly note?: Children | undefined
  /** "294-QĐ/TW, mục 6.3.1b". */
  readonly rule?: string | undefined
}

/** Steps in the order they happen. */
export function Timeline({ steps }: { readonly steps: readonly TimelineStep[] }) {
  const words = useWords()
  return (
    <ol class="timeline">
      {steps.map((step, index) => (
        <li
          key={index}
          class={`step step--${step.standing}`}
          {...(step.standing === 'now' ? { 'aria-current': 'step' as const } : {})}
        >
          <span class="step-mark">
            <StepSign standing={step.standing} />
          </span>
          <h3 class="step-title">
            <span class="govuk-visually-hidden">{words[STANDING_WORDS[step.standing]]} </span>
            {step.title}
          </h3>
          {(step.when || step.who) && (
            <p class="step-when">{[step.when, step.who].filter(Boolean).join(' · ')}</p>
          )}
          {step.note && <p class="step-note">{step.note}</p>}
          {step.rule && (
            <p class="step-rule">
              {words.rule}: <cite class="rule-citation">{step.rule}</cite>
            </p>
          )}
        </li>
      ))}
    </ol>
  )
}

function StepSign({ standing }: { readonly standing: StepStanding }) {
  if (standing === 'done') return <Icon name="tick" />
  return standing === 'problem' ? <Icon name="exclamation" /> : null
}

const STANDING_WORDS = {
  done: 'stepDone',
  now: 'stepNow',
  next: 'stepNext',
  problem: 'stepProblem',
} as const satisfies Record<StepStanding, keyof UiWords>
