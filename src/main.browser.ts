/** Starts the small scripts in the browser; every page works without them. */
import { autosave } from './ui/browser/autosave.browser.ts'
import { copying } from './ui/browser/copying.browser.ts'
import { countDown, liveFilter, reveal, selectAll } from './ui/browser/choosing.browser.ts'
import { focusFirst, menu, offline, serviceWorker, signOut } from './ui/browser/frame.browser.ts'
import { lookups } from './ui/browser/lookup.browser.ts'
import { shrinkPhotos } from './ui/browser/photos.browser.ts'
import { passkeys } from './ui/browser/passkey.browser.ts'
import { readAloud } from './ui/browser/reading.browser.ts'
import { allowSendingAgain, sending } from './ui/browser/sending.browser.ts'
import { rows } from './ui/browser/rows.browser.ts'
import { goOn, poll } from './ui/browser/waiting.browser.ts'

const SCRIPTS = [
  menu,
  reveal,
  countDown,
  selectAll,
  liveFilter,
  lookups,
  autosave,
  rows,
  shrinkPhotos,
  copying,
  poll,
  readAloud,
  passkeys,
  offline,
  signOut,
  focusFirst,
]

/** Treats the page; also called for a page that a script put in place of this one. */
function enhance(): void {
  document.documentElement.classList.add('js')
  for (const script of SCRIPTS) alone(script)
  alone(() => sending(enhance))
  alone(goOn)
}

/** One script that fails on an old browser must not take the others with it; the browser still reports it. */
function alone(script: () => void): void {
  try {
    script()
  } catch (error) {
    setTimeout(() => {
      throw error
    })
  }
}

enhance()
serviceWorker()
addEventListener('pageshow', allowSendingAgain)
