/** A browser for stories told through HTTP: keeps cookies by host and port, follows redirects only when told. */
import type { DemoPerson } from '../src/identity/development-provider.ts'

export class Browser {
  readonly jar = new Map<string, Map<string, string>>()
  readonly #home: string

  /** @param home the application's address, for paths */
  constructor(home: string) {
    this.#home = home
  }

  async open(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, this.#home)
    const cookies = this.jar.get(url.host) ?? new Map<string, string>()
    this.jar.set(url.host, cookies)
    const headers = new Headers(init.headers)
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    // from a page of ours, or led here by a link
    if (!headers.has('sec-fetch-site')) headers.set('sec-fetch-site', 'same-origin')
    headers.set('user-agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0')
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }

  post(address: string, fields: Record<string, string | string[]>): Promise<Response> {
    const body = new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) =>
        [value].flat().map((each): [string, string] => [name, each]),
      ),
    )
    return this.open(address, { method: 'POST', body })
  }

  /** Follows redirects until a page, or until the address matches. */
  async follow(
    response: Response,
    from: string,
    until?: RegExp,
  ): Promise<{ response: Response; address: string }> {
    let [current, address] = [response, from]
    while (current.status >= 300 && current.status < 400) {
      address = new URL(current.headers.get('location') ?? '', new URL(address, this.#home)).href
      if (until?.test(address)) break
      current = await this.open(address)
    }
    return { response: current, address }
  }

  /** To the provider's page. Returns its address. */
  async startSignIn(returnTo = '/sessions'): Promise<string> {
    const start = `/sign-in/start?return=${encodeURIComponent(returnTo)}`
    const { response, address } = await this.follow(await this.open(start), start)
    if (response.status !== 200 || new URL(address).origin === this.#home)
      throw new Error(`not at the provider: ${response.status} ${address}`)
    return address
  }

  /** Chooses a person at the provider and stops at our callback's address. */
  async choose(page: string, fields: Record<string, string>): Promise<string> {
    const { address } = await this.follow(await this.post(page, fields), page, /\/sign-in\/callback/)
    return address
  }

  async signIn(person: DemoPerson, returnTo?: string): Promise<Response> {
    const page = await this.startSignIn(returnTo)
    return this.open(await this.choose(page, { person: person.personalId, level: '2' }))
  }

  async session(): Promise<{
    csrf: string
    memberId: string
    hat: { key: string }
    hatEnded: boolean
    signedInAt: string
  }> {
    const response = await this.open('/api/v1/session')
    if (response.status !== 200) throw new Error(`not signed in: ${response.status}`)
    return response.json() as never
  }
}

/** The code of a refusal. */
export async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { code: string }).code
}
