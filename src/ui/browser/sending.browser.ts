/** Sending a form: once only, and with the progress of its files. */
import { fill, fresh, say } from './page.browser.ts'

/** Files larger than this (bytes) are sent with their progress shown. */
const SHOW_PROGRESS_FROM = 300_000

/** Forms that are sent once, however often their button is pressed. `renew` treats a page that came in place of this one. */
export function sending(renew: () => void): void {
  for (const form of fresh<HTMLFormElement>('form[data-once]', 'once')) {
    form.addEventListener('submit', (event) => {
      if (form.dataset['sending'] !== undefined) return event.preventDefault()
      markSending(form, true)
      const field = largeFile(form)
      if (!field) return
      event.preventDefault()
      void sendWithProgress(form, field, event.submitter, renew)
    })
  }
}

/** A page that comes back from the browser's memory may be sent again. */
export function allowSendingAgain(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sending]'))
    markSending(form, false)
}

function markSending(form: HTMLFormElement, on: boolean): void {
  if (on) form.dataset['sending'] = ''
  else delete form.dataset['sending']
  for (const button of form.querySelectorAll('button')) {
    if (on) button.setAttribute('aria-disabled', 'true')
    else button.removeAttribute('aria-disabled')
  }
}

function largeFile(form: HTMLFormElement): HTMLInputElement | undefined {
  const fields = [...form.querySelectorAll<HTMLInputElement>('input[type=file]')]
  return fields.find((field) => [...(field.files ?? [])].some((file) => file.size > SHOW_PROGRESS_FROM))
}

async function sendWithProgress(
  form: HTMLFormElement,
  field: HTMLInputElement,
  button: HTMLElement | null,
  renew: () => void,
): Promise<void> {
  const status = document.getElementById(`${field.id}-status`)
  const tell = (percent: number) => {
    if (status) status.textContent = fill(field.dataset['sending'] ?? '', { percent })
  }
  tell(0)
  const address = button?.getAttribute('formaction') ?? form.getAttribute('action') ?? location.href
  try {
    const answer = await post(address, contents(form, button), tell)
    // The door is full or the line too slow: the form stays with its file, to be sent again.
    if (answer.status === 429 || answer.status === 503) throw new Error('not now')
    show(answer, renew)
  } catch {
    markSending(form, false)
    if (status) status.textContent = say('notSent')
  }
}

/** What the form sends, with the button that was pressed: older browsers leave it out. */
function contents(form: HTMLFormElement, button: HTMLElement | null): FormData {
  const body = new FormData(form)
  const name = button?.getAttribute('name')
  if (name) body.append(name, button?.getAttribute('value') ?? '')
  return body
}

function post(address: string, body: FormData, tell: (percent: number) => void): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', address)
    request.setRequestHeader('accept', 'text/html')
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) tell(Math.floor((event.loaded / event.total) * 100))
    })
    request.addEventListener('load', () => resolve(request))
    request.addEventListener('error', () => reject(new Error('not sent')))
    request.send(body)
  })
}

/** Shows the page that was answered, where the redirects led, as the browser itself would have. */
function show(answer: XMLHttpRequest, renew: () => void): void {
  const page = new DOMParser().parseFromString(answer.responseText, 'text/html')
  history.pushState(null, '', answer.responseURL || location.href)
  document.documentElement.replaceWith(document.adoptNode(page.documentElement))
  window.addEventListener('popstate', () => location.reload(), { once: true })
  scrollTo(0, 0)
  renew()
}
