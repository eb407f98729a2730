/** Copies a value when its button is pressed, and says so on the button. */
import { fresh } from './page.browser.ts'

export function copying(): void {
  for (const button of fresh<HTMLButtonElement>('[data-copy]', 'copy')) {
    button.addEventListener('click', () => {
      void copy(button.dataset['copy'] ?? '').then((done) => {
        const said = button.dataset['copied'] ?? ''
        const words = button.querySelector('[data-copy-words]')
        const status = button.parentElement?.querySelector('[data-copy-status]')
        if (!done || !words) return
        words.textContent = said
        if (status) status.textContent = said
      })
    })
  }
}

/** Old phones and addresses without TLS have no clipboard to write to: there the text is selected and copied as by hand. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyByHand(text)
  }
}

function copyByHand(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.setAttribute('readonly', '')
  field.style.position = 'fixed'
  field.style.opacity = '0'
  document.body.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  return done
}
