/** The frame of the page: where the focus goes first, the menu that closes itself, offline, signing out, the service worker. */
import { forgetDrafts } from './autosave.browser.ts'
import { fresh } from './page.browser.ts'

/** What has just happened, or what has to be mended, is read first. A page opened at a part of itself stays there. */
export function focusFirst(): void {
  const [first] = fresh<HTMLElement>('[data-focus]', 'focus')
  if (first && location.hash === '') first.focus()
}

/** The menu of hats closes by Escape and by a press elsewhere. */
export function menu(): void {
  for (const details of fresh<HTMLDetailsElement>('details[data-menu]', 'menu')) {
    details.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !details.open) return
      details.open = false
      details.querySelector('summary')?.focus()
    })
    document.addEventListener('click', (event) => {
      if (!details.contains(event.target as Node)) details.open = false
    })
  }
}

/** Says when there is no network, and when it is back. */
export function offline(): void {
  for (const strip of fresh<HTMLElement>('[data-offline]', 'offline')) {
    const show = () => {
      strip.hidden = navigator.onLine
    }
    addEventListener('online', show)
    addEventListener('offline', show)
    show()
  }
}

/** Nothing of the reader's stays on the device after signing out. */
export function signOut(): void {
  for (const form of fresh<HTMLFormElement>('form[data-sign-out]', 'sign-out')) {
    form.addEventListener('submit', () => {
      forgetDrafts()
      navigator.serviceWorker?.controller?.postMessage('forget')
    })
  }
}

/** Keeps the reader's last pages for reading without a network. */
export function serviceWorker(): void {
  const address = document.body.dataset['serviceWorker']
  if (address && 'serviceWorker' in navigator)
    void navigator.serviceWorker.register(address).catch(() => undefined)
}
