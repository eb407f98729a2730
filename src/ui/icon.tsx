/** Small drawn signs, so that they look the same on every device; each stands beside words that say the same. */

const PATHS = {
  tick: 'M4 12.5l5.5 5.5L20 6.5',
  cross: 'M6 6l12 12M18 6L6 18',
  circle: 'M12 4a8 8 0 1 0 0 16 8 8 0 1 0 0-16z',
  exclamation: 'M12 4v10M12 19.2v.3',
  information: 'M12 10v10M12 4.5v.3',
  up: 'M6 15l6-6 6 6',
  down: 'M6 9l6 6 6-6',
  either: 'M7 9.5L12 4l5 5.5M7 14.5l5 5.5 5-5.5',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
} as const

/** Drawn in the colour of the text around it; hidden from those who hear the page. */
export function Icon({ name }: { readonly name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}
