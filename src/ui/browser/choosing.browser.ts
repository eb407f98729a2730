/** Choosing in lists and forms: select all, filter what is on the page, reveal what a choice asks, count what is left. */
import { fill, fresh, say } from './page.browser.ts'

/** "Select all" and the count of a table one selects from. */
export function selectAll(): void {
  for (const table of fresh<HTMLElement>('[data-bulk]', 'bulk')) {
    const all = table.querySelector<HTMLInputElement>('[data-select-all]')
    const count = table.querySelector<HTMLElement>('[data-selected]')
    const boxes = () => [...table.querySelectorAll<HTMLInputElement>('[data-row-box]:not(:disabled)')]
    const show = () => {
      const chosen = boxes().filter((box) => box.checked).length
      if (count) count.textContent = say('selected', { count: chosen })
      table.toggleAttribute('data-chosen', chosen > 0)
      if (!all) return
      all.checked = chosen > 0 && chosen === boxes().length
      all.indeterminate = chosen > 0 && !all.checked
    }
    table.addEventListener('change', (event) => {
      if (event.target === all && all) for (const box of boxes()) box.checked = all.checked
      show()
    })
    show()
  }
}

/** Rows that do not hold what is typed are hidden; accents do not matter. */
export function liveFilter(): void {
  for (const field of fresh<HTMLInputElement>('[data-live-filter]', 'filter')) {
    const list = document.getElementById(field.dataset['liveFilter'] ?? '')
    const status = field.parentElement?.querySelector('[data-filter-status]')
    if (!list) continue
    field.addEventListener('input', () => {
      const wanted = plain(field.value)
      const rows = [...list.querySelectorAll<HTMLElement>('tbody tr, li, .card')]
      for (const row of rows) row.hidden = !plain(row.textContent ?? '').includes(wanted)
      if (wanted !== '') for (const fold of list.querySelectorAll('details')) fold.open = true
      // One thing may stand there twice, as a row of the table and of the phone's list: what is seen is counted.
      const left = rows.filter((row) => row.getClientRects().length > 0).length
      if (!status) return
      const words = left === 0 ? field.dataset['nothing'] : field.dataset['found']
      status.textContent = wanted === '' ? '' : fill(words ?? '', { count: left })
    })
  }
}

/** Small letters without accents: "Đảng ủy" becomes "dang uy". */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/đ/g, 'd').trim()
}

/** What a choice asks further is shown only when it is chosen. */
export function reveal(): void {
  for (const input of fresh<HTMLInputElement>('[data-reveals]', 'reveals')) {
    const more = document.getElementById(input.dataset['reveals'] ?? '')
    if (!more) continue
    const show = () => {
      more.hidden = !input.checked
    }
    const group = input.closest('fieldset') ?? input.form ?? document
    group.addEventListener('change', show)
    show()
  }
}

/** How many characters may still be written. */
export function countDown(): void {
  for (const area of fresh<HTMLTextAreaElement>('[data-count]', 'count')) {
    const count = document.getElementById(`${area.id}-count`)
    if (!count) continue
    const most = Number(area.dataset['count'])
    const show = () => {
      const left = most - area.value.length
      count.textContent = fill(count.dataset[left < 0 ? 'over' : 'left'] ?? '', { count: Math.abs(left) })
      count.classList.toggle('field-count--over', left < 0)
    }
    area.addEventListener('input', show)
    show()
  }
}
