/** The installation's own look: its colour made safe to read, the mark in that colour, and what a phone shows when installed. */

/** What text and buttons in the brand's colour stand on: `$sheet`, `$paper`, `$sand` of the style sheet. */
const GROUNDS = ['#ffffff', '#faf8f4', '#f1ede4'] as const

/** WCAG 2.2, 1.4.3, for text. */
const ENOUGH = 4.5

/** How much of each colour part stays, for the pressed and hovered state. */
const DARKER = 0.78

type Parts = readonly [red: number, green: number, blue: number]

const partsOf = (colour: string): Parts =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as unknown as Parts

const write = (parts: readonly number[]): string =>
  `#${parts.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`

const darkened = (colour: string, share: number): string => write(partsOf(colour).map((part) => part * share))

function luminance(colour: string): number {
  const [red, green, blue] = partsOf(colour).map((part) => {
    const value = part / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as unknown as Parts
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** The contrast of two colours '#rrggbb', 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** The colour itself where it is read well on every ground of ours, else the nearest darker one that is. */
export function readable(colour: string): string {
  let tried = colour
  for (let share = 1; GROUNDS.some((ground) => contrast(tried, ground) < ENOUGH); share -= 0.02)
    tried = darkened(colour, share)
  return tried
}

/** The small sheet with the installation's colour ('#rrggbb') and its darker sister. */
export function brandCss(colour: string): string {
  const brand = readable(colour)
  return `:root{--brand:${brand};--brand-dark:${darkened(brand, DARKER)}}\n`
}

/** The neutral mark of ours, a paper with a tick, on the installation's colour. */
export function faviconSvg(colour: string): string {
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">',
    `<rect width="40" height="40" rx="8" fill="${readable(colour)}"/>`,
    '<path d="M12 6h11l6 6v19a3 3 0 0 1-3 3H12a3 3 0 0 1-3-3V9a3 3 0 0 1 3-3z" fill="#fff"/>',
    `<path d="M13.5 21.5l4.5 4.5 8-10" fill="none" stroke="${readable(colour)}" stroke-width="3"/>`,
    '</svg>\n',
  ].join('')
}

/** What a phone shows when somebody puts the site on its first screen. */
export function webManifest({ name, colour }: { readonly name: string; readonly colour: string }) {
  return {
    name,
    short_name: name.length <= 14 ? name : 'Đảng vụ',
    lang: 'vi',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#faf8f4',
    theme_color: readable(colour),
    icons: [{ src: '/favicon.svg', type: 'image/svg+xml', sizes: 'any', purpose: 'any' }],
  }
}
