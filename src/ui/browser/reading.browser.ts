/** Reads the main part of the page aloud, where the device has a voice for its language. */
import { fresh, say } from './page.browser.ts'

/** What is read, in the order of the page. */
const TAGS = ['h1', 'h2', 'h3', 'p', 'li', 'dt', 'dd', 'th', 'td', 'label', 'legend']
const READ = TAGS.map((tag) => `#main ${tag}`).join()

/** The button appears only where there is such a voice. */
export function readAloud(): void {
  if (!('speechSynthesis' in window)) return
  for (const button of fresh<HTMLButtonElement>('[data-read-aloud]', 'reading')) {
    const show = () => {
      button.hidden = voice() === undefined
    }
    speechSynthesis.addEventListener?.('voiceschanged', show)
    show()
    button.addEventListener('click', () => (speechSynthesis.speaking ? stop(button) : start(button)))
  }
  addEventListener('pagehide', () => speechSynthesis.cancel())
}

function voice(): SpeechSynthesisVoice | undefined {
  const language = document.documentElement.lang
  return speechSynthesis
    .getVoices()
    .find((one) => one.lang.toLowerCase().replace('_', '-').startsWith(language))
}

function start(button: HTMLButtonElement): void {
  const pieces = sentences()
  mark(button, true)
  pieces.forEach((text, index) => {
    const speech = new SpeechSynthesisUtterance(text)
    speech.lang = document.documentElement.lang === 'vi' ? 'vi-VN' : 'en'
    speech.voice = voice() ?? null
    speech.rate = 0.9
    if (index === pieces.length - 1) speech.onend = () => mark(button, false)
    speechSynthesis.speak(speech)
  })
}

function stop(button: HTMLButtonElement): void {
  speechSynthesis.cancel()
  mark(button, false)
}

function mark(button: HTMLButtonElement, reading: boolean): void {
  button.setAttribute('aria-pressed', String(reading))
  button.textContent = say(reading ? 'stopReading' : 'readAloud')
}

/** One piece per paragraph, heading or row: long texts are cut off by some voices. */
function sentences(): string[] {
  const parts = document.querySelectorAll<HTMLElement>(READ)
  const own = [...parts].filter(
    (part) => !part.querySelector('p, li, h2, h3, td, label') && part.offsetParent !== null,
  )
  return own.map((part) => part.innerText.trim()).filter((text) => text !== '')
}
