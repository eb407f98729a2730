/** Passkeys in the browser: asks the server for a challenge, the device for an answer, and hands it in. */
import { fresh } from './page.browser.ts'

/** What the server asks and takes: bytes as base64url, as WebAuthn writes them in JSON. */
interface AskedCredential {
  readonly challenge: string
  readonly user?: { readonly id: string; readonly name: string; readonly displayName: string }
  readonly excludeCredentials?: readonly { readonly id: string }[]
  readonly allowCredentials?: readonly { readonly id: string }[]
}

class Refused extends Error {}

/** Forms that are shown only where a device can play along. */
export function passkeys(): void {
  if (!('credentials' in navigator) || !('PublicKeyCredential' in window)) return
  for (const form of fresh<HTMLFormElement>('form[data-passkey]', 'passkey')) {
    form.hidden = false
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      if (form.dataset['sending'] !== undefined) return
      form.dataset['sending'] = ''
      tell(form, form.dataset['working'] ?? '')
      void ask(form)
    })
  }
}

async function ask(form: HTMLFormElement): Promise<void> {
  try {
    const next = await (form.dataset['passkey'] === 'add' ? add(form) : signIn(form))
    const { pathname, search } = new URL(next, location.href)
    // the same page, at most with another anchor, does not load by itself
    const isHere = pathname === location.pathname && search === location.search
    location.assign(next)
    if (isHere) location.reload()
  } catch (error) {
    delete form.dataset['sending']
    tell(form, reasonOf(form, error))
  }
}

function tell(form: HTMLFormElement, text: string): void {
  const status = form.querySelector('[data-passkey-status]')
  if (status) status.textContent = text
}

function reasonOf(form: HTMLFormElement, error: unknown): string {
  if (error instanceof Refused) return error.message
  const name = (error as { name?: string }).name
  if (name === 'NotAllowedError' || name === 'AbortError') return form.dataset['cancelled'] ?? ''
  return (name === 'TypeError' ? form.dataset['noNetwork'] : form.dataset['unable']) ?? ''
}

async function add(form: HTMLFormElement): Promise<string> {
  const csrf = form.dataset['csrf'] ?? ''
  const asked = await send<AskedCredential>('/passkeys/options', {}, csrf)
  const made = (await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytesOf(asked.challenge),
      user: { ...asked.user, id: bytesOf(asked.user?.id ?? '') },
      excludeCredentials: known(asked.excludeCredentials),
    } as unknown as PublicKeyCredentialCreationOptions,
  })) as PublicKeyCredential
  const response = made.response as AuthenticatorAttestationResponse
  const answer = {
    ...outside(made),
    response: {
      clientDataJSON: textOf(response.clientDataJSON),
      attestationObject: textOf(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  }
  const typed = form.querySelector<HTMLInputElement>('input[name=passkeyName]')?.value.trim() ?? ''
  const name = typed === '' ? deviceName() : typed
  return (await send<{ next: string }>('/passkeys', { name, answer }, csrf)).next
}

async function signIn(form: HTMLFormElement): Promise<string> {
  const asked = await send<AskedCredential>('/sign-in/passkey/options', {})
  const made = (await navigator.credentials.get({
    publicKey: {
      ...asked,
      challenge: bytesOf(asked.challenge),
      allowCredentials: known(asked.allowCredentials),
    } as PublicKeyCredentialRequestOptions,
  })) as PublicKeyCredential
  const response = made.response as AuthenticatorAssertionResponse
  const answer = {
    ...outside(made),
    response: {
      clientDataJSON: textOf(response.clientDataJSON),
      authenticatorData: textOf(response.authenticatorData),
      signature: textOf(response.signature),
      userHandle: response.userHandle ? textOf(response.userHandle) : null,
    },
  }
  return (await send<{ next: string }>('/sign-in/passkey', { return: form.dataset['return'], answer })).next
}

const outside = (made: PublicKeyCredential) => ({
  id: made.id,
  rawId: textOf(made.rawId),
  type: made.type,
  clientExtensionResults: made.getClientExtensionResults(),
})

const known = (listed: readonly { readonly id: string }[] = []) =>
  listed.map(({ id }) => ({ id: bytesOf(id), type: 'public-key' as const }))

/** A name to begin with, when none was written: the kind of device. */
function deviceName(): string {
  const found = /iPhone|iPad|Android|Windows|Mac OS|CrOS|Linux/.exec(navigator.userAgent)
  return found?.[0] ?? '?'
}

async function send<T>(address: string, body: object, csrf?: string): Promise<T> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(csrf === undefined ? {} : { 'x-csrf-token': csrf }),
    },
    body: JSON.stringify(body),
  })
  const said = (await answer.json()) as T & { title?: string; detail?: string }
  if (!answer.ok) throw new Refused([said.title, said.detail].filter(Boolean).join('. '))
  return said
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0))
}

function textOf(bytes: ArrayBuffer): string {
  const plain = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('')
  return btoa(plain).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}
