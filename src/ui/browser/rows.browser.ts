/**
 * Rows that save themselves (`data-rows`): each change is sent at once, kept on this device until the server has it, and sent
 * again when the line is back; digits choose, arrows walk the table.
 */
import { calmly, clock, fill, fresh } from './page.browser.ts'

/** As other drafts, so that signing out forgets them. */
const KEEP = 'draft:row:'
const TYPING_MS = 800
const AGAIN_MS = 4000

type Control = HTMLSelectElement | HTMLTextAreaElement

interface Kept {
  readonly commandId: string
  readonly values: Record<string, string>
}

export function rows(): void {
  for (const table of fresh<HTMLElement>('[data-rows]', 'rows')) {
    const desk = openDesk(table)
    table.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement) desk.changed(target)
    })
    table.addEventListener('input', ({ target }) => {
      if (target instanceof HTMLTextAreaElement) desk.written(target)
    })
    table.addEventListener('keydown', (event) => walk(table, event))
    // Before the forms' own listeners: one that must wait is not to look as if it were being sent.
    table.addEventListener('submit', (event) => desk.submitted(event), true)
    addEventListener('online', desk.send)
    desk.resume()
  }
}

function openDesk(table: HTMLElement) {
  let sending = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const typing = new Map<string, () => void>()

  const status = (phrase: string | undefined, values: Record<string, string | number> = {}) => {
    const line = table.querySelector('[data-rows-status]')
    if (line) line.textContent = fill(phrase ?? '', values)
  }

  function keep(control: Control): void {
    const form = control.form
    if (!form?.matches('[data-row-form]')) return
    const values: Record<string, string> = {}
    for (const each of controls(form)) values[each.name] = each.value
    const kept: Kept = { commandId: newId(), values }
    localStorage.setItem(KEEP + action(form), JSON.stringify(kept))
  }

  /** One after the other; what did not arrive stays, and is tried again under the same command. */
  async function send(): Promise<void> {
    if (sending) return
    sending = true
    clearTimeout(timer)
    for (;;) {
      const form = waiting(table)[0]
      if (!form) break
      status(table.dataset['rowsSaving'])
      if (await sendRow(form)) continue
      status(table.dataset['rowsKept'], { count: waiting(table).length })
      timer = setTimeout(() => void send(), AGAIN_MS)
      sending = false
      return
    }
    sending = false
  }

  /** @returns whether the row needs no sending any more: the server has it, or will never take it */
  async function sendRow(form: HTMLFormElement): Promise<boolean> {
    const key = KEEP + action(form)
    const text = localStorage.getItem(key) ?? ''
    const { commandId, values } = JSON.parse(text) as Kept
    const csrf = form.querySelector<HTMLInputElement>('input[name=csrf]')?.value ?? ''
    const body = new URLSearchParams({ ...values, commandId, csrf })
    try {
      const headers = { accept: 'application/json' }
      const answer = await fetch(action(form), { method: 'POST', body, headers, redirect: 'error' })
      // The line, the server, the sign-in: it may be taken later as it is.
      if (answer.status >= 500 || answer.status === 401 || answer.status === 403 || answer.status === 429)
        return false
      if (localStorage.getItem(key) === text) localStorage.removeItem(key)
      if (!answer.ok) {
        const problem = (await answer.json()) as { title?: string }
        status(table.dataset['rowsRefused'], { why: problem.title ?? String(answer.status) })
        return true
      }
      arrived(form, (await answer.json()) as { version: number; complete: boolean })
      return true
    } catch {
      return false
    }
  }

  function arrived(
    form: HTMLFormElement,
    { version, complete }: { version: number; complete: boolean },
  ): void {
    const row = form.closest('tr')
    const box = row?.querySelector<HTMLInputElement>('[data-row-box]')
    const state = row?.querySelector<HTMLElement>('[data-row-state]')
    if (box) {
      box.value = box.value.replace(/_\d+$/, `_${version}`)
      if (box.disabled === complete) box.checked = complete
      box.disabled = !complete
    }
    if (state) state.textContent = (complete ? state.dataset['full'] : state.dataset['lacking']) ?? ''
    count(table)
    status(table.dataset['rowsSaved'], { time: clock() })
  }

  return {
    send: () => void send(),
    changed(control: Control): void {
      keep(control)
      void send()
    },
    written(control: Control): void {
      keep(control)
      const key = control.form ? action(control.form) : ''
      const later = typing.get(key) ?? calmly(TYPING_MS, () => void send())
      typing.set(key, later)
      later()
    },
    /** Nothing is signed while a change is still on its way. */
    submitted(event: Event): void {
      const form = event.target
      if (!(form instanceof HTMLFormElement)) return
      const left = waiting(table).length
      if (form.matches('[data-row-form]')) event.preventDefault()
      else if (left > 0) {
        event.preventDefault()
        event.stopPropagation()
        status(table.dataset['rowsWait'], { count: left })
      }
      if (left > 0) void send()
    },
    /** What an earlier visit could not send is put back and sent. */
    resume(): void {
      for (const form of waiting(table)) {
        const { values } = JSON.parse(localStorage.getItem(KEEP + action(form)) ?? '') as Kept
        for (const control of controls(form)) control.value = values[control.name] ?? control.value
      }
      void send()
    },
  }
}

function waiting(table: HTMLElement): HTMLFormElement[] {
  const forms = [...table.querySelectorAll<HTMLFormElement>('form[data-row-form]')]
  return forms.filter((form) => localStorage.getItem(KEEP + action(form)) !== null)
}

function controls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (each): each is Control => each instanceof HTMLSelectElement || each instanceof HTMLTextAreaElement,
  )
}

function action(form: HTMLFormElement): string {
  return form.getAttribute('action') ?? ''
}

function count(table: HTMLElement): void {
  const line = table.querySelector<HTMLElement>('[data-rows-complete]')
  const boxes = [...table.querySelectorAll<HTMLInputElement>('[data-row-box]')]
  const done = boxes.filter((box) => !box.disabled).length
  if (line) line.textContent = fill(line.dataset['rowsComplete'] ?? '', { done, total: boxes.length })
}

/** Random bytes as a UUID (version 4): browsers of 2019 have no `randomUUID`. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Digits choose and go on; arrows walk. Alt with an arrow stays the browser's own. */
function walk(table: HTMLElement, event: KeyboardEvent): void {
  const { target, key } = event
  if (!(target instanceof HTMLSelectElement) || event.altKey || event.ctrlKey || event.metaKey) return
  const all = [...table.querySelectorAll<HTMLSelectElement>('[data-row-choice]')]
  const at = all.indexOf(target)
  if (at < 0) return
  const step = Number(key)
  if (/^\d$/.test(key) && step < target.options.length) {
    target.selectedIndex = step
    target.dispatchEvent(new Event('change', { bubbles: true }))
    if (step > 0) all[at + 1]?.focus()
  } else if (key === 'ArrowRight') all[at + 1]?.focus()
  else if (key === 'ArrowLeft') all[at - 1]?.focus()
  else if (key === 'ArrowDown') sameColumn(all, target, 1)?.focus()
  else if (key === 'ArrowUp') sameColumn(all, target, -1)?.focus()
  else return
  event.preventDefault()
}

function sameColumn(all: readonly HTMLSelectElement[], from: HTMLSelectElement, by: 1 | -1) {
  const column = all.filter(({ name }) => name === from.name)
  return column[column.indexOf(from) + by]
}
