/** A search field that suggests as one types: an ARIA combobox, moved by arrow keys, chosen by Enter. */
import { calmly, fill, fresh } from './page.browser.ts'

interface Suggestion {
  readonly value: string
  readonly text: string
  readonly about?: string
}

/** Fields with `data-lookup`; what is chosen goes into the field, and its value into the field's hidden twin. */
export function lookups(): void {
  for (const input of fresh<HTMLInputElement>('[data-lookup]', 'lookup')) enhance(input)
}

function enhance(input: HTMLInputElement): void {
  const { list, status } = surround(input)
  const twin = document.getElementById(input.dataset['lookupId'] ?? '') as HTMLInputElement | null
  let shown: readonly Suggestion[] = []
  let at = -1
  let asked = 0

  const close = () => {
    list.hidden = true
    at = -1
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
  }
  const choose = (index: number) => {
    const suggestion = shown[index]
    if (!suggestion) return
    input.value = suggestion.text
    if (twin) twin.value = suggestion.value
    close()
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }
  const move = (to: number) => {
    at = (to + shown.length) % shown.length
    ;[...list.children].forEach((item, index) => item.setAttribute('aria-selected', String(index === at)))
    const current = list.children[at]
    current?.scrollIntoView({ block: 'nearest' })
    if (current) input.setAttribute('aria-activedescendant', current.id)
  }
  const ask = calmly(220, async () => {
    const question = ++asked
    const text = input.value.trim()
    if (text.length < 2) return close()
    const found = await suggestions(input.dataset['lookup'] ?? '', text)
    if (question !== asked || document.activeElement !== input) return
    shown = found
    at = -1
    list.textContent = ''
    list.append(...found.map((suggestion, index) => choiceElement(list.id, suggestion, index)))
    list.hidden = found.length === 0
    input.setAttribute('aria-expanded', String(found.length > 0))
    input.removeAttribute('aria-activedescendant')
    status.textContent =
      found.length === 0
        ? (input.dataset['nothing'] ?? '')
        : fill(input.dataset['found'] ?? '', { count: found.length })
  })

  input.addEventListener('input', () => {
    if (twin) twin.value = ''
    ask()
  })
  input.addEventListener('blur', () => setTimeout(close, 150))
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') return close()
    if (list.hidden || shown.length === 0) return
    if (event.key === 'ArrowDown') move(at + 1)
    else if (event.key === 'ArrowUp') move(at < 0 ? -1 : at - 1)
    else if (event.key === 'Enter' && at >= 0) choose(at)
    else return
    event.preventDefault()
  })
  list.addEventListener('mousedown', (event) => event.preventDefault())
  list.addEventListener('click', (event) => {
    const item = (event.target as Element).closest('[role=option]')
    if (item) choose([...list.children].indexOf(item))
  })
}

/** The list of suggestions below the field, and a quiet voice that says how many there are. */
function surround(input: HTMLInputElement): { list: HTMLElement; status: HTMLElement } {
  const around = document.createElement('div')
  around.className = 'lookup'
  input.replaceWith(around)
  const list = document.createElement('ul')
  list.id = `${input.id}-list`
  list.className = 'lookup-list'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', document.querySelector(`label[for="${input.id}"]`)?.textContent ?? '')
  list.hidden = true
  const status = document.createElement('p')
  status.className = 'govuk-visually-hidden'
  status.setAttribute('role', 'status')
  around.append(input, list, status)
  input.setAttribute('role', 'combobox')
  input.setAttribute('aria-expanded', 'false')
  input.setAttribute('aria-controls', list.id)
  input.setAttribute('aria-autocomplete', 'list')
  return { list, status }
}

function choiceElement(listId: string, suggestion: Suggestion, index: number): HTMLElement {
  const item = document.createElement('li')
  item.id = `${listId}-${index}`
  item.className = 'lookup-choice'
  item.setAttribute('role', 'option')
  item.setAttribute('aria-selected', 'false')
  item.textContent = suggestion.text
  if (suggestion.about) {
    const about = document.createElement('span')
    about.className = 'quiet'
    about.textContent = suggestion.about
    item.append(about)
  }
  return item
}

/** No answer is no suggestion: the field still works as a plain search. */
async function suggestions(address: string, text: string): Promise<readonly Suggestion[]> {
  const url = new URL(address, location.href)
  url.searchParams.set('q', text)
  try {
    const answer = await fetch(url, { headers: { accept: 'application/json' } })
    return answer.ok ? ((await answer.json()) as Suggestion[]).slice(0, 12) : []
  } catch {
    return []
  }
}
