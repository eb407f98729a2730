/** Copies a value when its button is pressed, and says so on the button. */
import { fresh } from './page.browser.ts'

export function copying(): void {
  for (const button of fresh<HTMLButtonElement>('[data-copy]', 'copy')) {
    button.addEventListener('click', () => void copyAndSay(button))
  }
}

async function copyAndSay(button: HTMLButtonElement): Promise<void> {
  if (!(await copy(button.dataset['copy'] ?? ''))) return
  const said = button.dataset['copied'] ?? ''
  for (const place of ['[data-copy-words]', '[data-copy-status]']) {
    const words = button.parentElement?.querySelector(place)
    if (words) words.textContent = said
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
