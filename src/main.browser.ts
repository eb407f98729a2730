/** Starts the small scripts in the browser; every page works without them. */
import { autosave } from './ui/browser/autosave.browser.ts'
import { countDown, liveFilter, reveal, selectAll } from './ui/browser/choosing.browser.ts'
import { focusFirst, menu, offline, serviceWorker, signOut } from './ui/browser/frame.browser.ts'
import { lookups } from './ui/browser/lookup.browser.ts'
import { shrinkPhotos } from './ui/browser/photos.browser.ts'
import { readAloud } from './ui/browser/reading.browser.ts'
import { allowSendingAgain, sending } from './ui/browser/sending.browser.ts'
import { poll } from './ui/browser/waiting.browser.ts'

function enhance(): void {
  document.documentElement.classList.add('js')
  const scripts = [
    menu,
    reveal,
    countDown,
    selectAll,
    liveFilter,
    lookups,
    autosave,
    shrinkPhotos,
    poll,
    readAloud,
  ]
  for (const script of [...scripts, offline, signOut, focusFirst]) script()
  sending(enhance)
}

enhance()
serviceWorker()
addEventListener('pageshow', allowSendingAgain)
