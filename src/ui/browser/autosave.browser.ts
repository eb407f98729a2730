/**
 * Drafts: what is written in a form marked `data-autosave` is sent to its draft address, and kept here until that works. What was
 * sent with the form itself is kept until the server says that it took it.
 */
import { calmly, clock, fresh, say } from './page.browser.ts'

const KEEP = 'draft:'

/** Forms that save themselves a moment after each change. */
export function autosave(): void {
  forgetTaken()
  for (const form of fresh<HTMLFormElement>('form[data-autosave]', 'autosave')) {
    const url = form.dataset['autosave'] ?? ''
    const tell = (text: string) => {
      const status = form.querySelector('[data-draft-status]')
      if (status) status.textContent = text
    }
    if (restore(form, KEEP + url)) tell(say('restored'))
    const save = calmly(1200, async () => {
      if (form.dataset['sending'] !== undefined) return
      tell(say('saving'))
      keep(form, KEEP + url)
      tell(say((await sent(form, url)) ? 'saved' : 'savedHere', { time: clock() }))
    })
    form.addEventListener('input', save)
    form.addEventListener('change', save)
    form.addEventListener('submit', ({ submitter }) => keep(form, KEEP + url, addressOf(form, submitter)))
  }
}

/** Forgets every draft kept on this device: at sign-out. */
export function forgetDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(KEEP)) localStorage.removeItem(key)
}

interface Kept {
  readonly values: Record<string, string[]>
  /** The path its form has been sent to; whether it was taken there is known when the server says so. */
  readonly sentTo?: string | undefined
}

function keep(form: HTMLFormElement, key: string, sentTo?: string): void {
  localStorage.setItem(key, JSON.stringify({ values: written(form), sentTo } satisfies Kept))
}

function addressOf(form: HTMLFormElement, button: HTMLElement | null): string {
  const address = button?.getAttribute('formaction') ?? form.getAttribute('action') ?? ''
  return new URL(address, location.href).pathname
}

function kept(key: string): Kept | undefined {
  const text = localStorage.getItem(key)
  return text === null ? undefined : (JSON.parse(text) as Kept)
}

const TAKEN = /(?:^|; )((?:__Host-)?dangvu-taken)=([^;]*)/

/** Forgets the form that the server took: it says so in a cookie, by the path the form was sent to. */
function forgetTaken(): void {
  const [, name = '', path] = TAKEN.exec(document.cookie) ?? []
  if (path === undefined) return
  const taken = decodeURIComponent(path)
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(KEEP) && kept(key)?.sentTo === taken) localStorage.removeItem(key)
  }
  document.cookie = `${name}=; path=/; max-age=0${location.protocol === 'https:' ? '; secure' : ''}`
}

async function sent(form: HTMLFormElement, url: string): Promise<boolean> {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value)
  try {
    const answer = await fetch(url, { method: 'POST', body, headers: { 'x-draft': '1' }, redirect: 'error' })
    if (answer.ok) localStorage.removeItem(KEEP + url)
    return answer.ok
  } catch {
    return false
  }
}

/** Values the reader wrote; never hidden fields, files or secrets. */
function written(form: HTMLFormElement): Record<string, string[]> {
  const values: Record<string, string[]> = {}
  for (const control of controls(form)) {
    const names = (values[control.name] ??= [])
    if (!isChoice(control) || control.checked) names.push(control.value)
  }
  return values
}

function restore(form: HTMLFormElement, key: string): boolean {
  const before = kept(key)
  if (!before) return false
  for (const control of controls(form)) {
    const given = before.values[control.name]
    if (given === undefined) continue
    if (isChoice(control)) control.checked = given.includes(control.value)
    else control.value = given[0] ?? ''
  }
  return true
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

function controls(form: HTMLFormElement): Control[] {
  const found = [...form.querySelectorAll<Control>('input[name], select[name], textarea[name]')]
  return found.filter((control) => !['hidden', 'file', 'password', 'submit'].includes(control.type))
}

function isChoice(control: Control): control is HTMLInputElement {
  return control.type === 'radio' || control.type === 'checkbox'
}
