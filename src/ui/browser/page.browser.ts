/** What every small script needs of the page: its words, its parts. */

/** Words put on `<body data-words>` by the layout. */
export type ScriptWord =
  | 'saving'
  | 'saved'
  | 'savedHere'
  | 'restored'
  | 'selected'
  | 'offline'
  | 'readAloud'
  | 'stopReading'
  | 'notSent'

/** A phrase of the page's language, `{name}` places filled. */
export function say(word: ScriptWord, values: Record<string, string | number> = {}): string {
  const words = JSON.parse(document.body.dataset['words'] ?? '{}') as Record<string, string>
  return fill(words[word] ?? '', values)
}

/** Puts values into the `{name}` places of a phrase. */
export function fill(phrase: string, values: Record<string, string | number>): string {
  return phrase.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}

/** Every element of the page that matches and has not been treated by this script before. */
export function fresh<E extends HTMLElement>(selector: string, script: string): E[] {
  const found = [...document.querySelectorAll<E>(selector)]
  const mark = `enhanced-${script}`
  const untouched = found.filter((element) => !element.hasAttribute(`data-${mark}`))
  for (const element of untouched) element.setAttribute(`data-${mark}`, '')
  return untouched
}

/** Calls `act` when nothing has been asked for `wait` milliseconds. */
export function calmly<T extends unknown[]>(wait: number, act: (...given: T) => void): (...given: T) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return (...given) => {
    clearTimeout(timer)
    timer = setTimeout(() => act(...given), wait)
  }
}

/** A whole number as the page's language writes it: 1.240. */
export function figure(number: number): string {
  return number.toLocaleString(document.documentElement.lang)
}

/** The hour on the reader's clock: "09:05". */
export function clock(): string {
  return new Date().toTimeString().slice(0, 5)
}
