/** Figures at a glance: a few key numbers, or tiles that lead to what they count. */
import type { Children } from './children.ts'
import { classes } from './children.ts'
import type { Tone } from './pill.tsx'

export interface Figure {
  readonly label: string
  /** Written out already: "54.756 đồng", "98,4%". */
  readonly value: string
  /** "Tăng 3 so với tháng 10". */
  readonly about?: Children | undefined
}

/** A few numbers in a line; those of few digits stand two in a line on a phone. */
export function KeyFigures(props: {
  readonly figures: readonly Figure[]
  readonly short?: boolean | undefined
}) {
  const { figures, short } = props
  return (
    <dl class={classes('figures', short && 'figures--short')}>
      {figures.map((figure) => (
        <div class="figure" key={figure.label}>
          <dt>{figure.label}</dt>
          <dd>
            <span class="figure-value">{figure.value}</span>
            {figure.about && <span class="quiet">{figure.about}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A number that leads to the list behind it. */
export function StatTile(props: Figure & { readonly href: string; readonly tone?: Tone | undefined }) {
  return (
    <a class={classes('tile', props.tone && `tile--${props.tone}`)} href={props.href}>
      <span class="figure-value">{props.value}</span>
      <span class="tile-label">{props.label}</span>
      {props.about && <span class="quiet">{props.about}</span>}
    </a>
  )
}

/** Tiles side by side. */
export function TileRow({ children }: { readonly children: Children }) {
  return <div class="tiles">{children}</div>
}
