/** Somebody who uses the system over HTTP as a browser or a program does: cookies, sign-in through the provider, JSON and forms. */
import { randomUUID } from 'node:crypto'

/** An answer that is not what the story expects ends it, with the problem's own words. */
export class StoryError extends Error {
  override readonly name = 'StoryError'
}

export interface Visitor {
  readonly name: string
  /** A page or a file. */
  get(path: string): Promise<Response>
  json<T>(path: string): Promise<T>
  /** Posts JSON with the session's token; a problem document ends the story. */
  post<T>(path: string, body: unknown): Promise<T>
  /** Posts JSON and answers whatever comes. */
  tryPost(path: string, body: unknown): Promise<Response>
  /** A field with several values is sent once for each. */
  postForm(path: string, fields: Record<string, string | readonly string[]>): Promise<Response>
  upload<T>(path: string, fields: Record<string, string>, file: SentFile): Promise<T>
  /** Sends a form with a file and answers whatever comes. */
  tryUpload(path: string, fields: Record<string, string>, file: SentFile): Promise<Response>
  /** Signs in anew, so that what is signed next is fresh; puts on the hat last worn. */
  signIn(): Promise<void>
  /** What its requests carry: for whoever sends them by hand. */
  credentials(): { readonly cookie: string; readonly csrf: string }
}

export interface SentFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

/** A person of the demo and the office they act in; none: their own affairs. */
export interface Part {
  readonly personalId: string
  readonly position?: string
}

/** Signs a person in at `base` (through the development provider) and puts on the hat of the part. */
export async function visitor(base: string, name: string, part: Part): Promise<Visitor> {
  const jar = new Map<string, Map<string, string>>()
  let csrf = ''

  const open = async (address: string, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(address, base)
    const cookies = jar.get(url.host) ?? new Map<string, string>()
    jar.set(url.host, cookies)
    const headers = new Headers(init.headers)
    headers.set('sec-fetch-site', 'same-origin')
    headers.set('cookie', cookieLine(cookies))
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) keepCookie(cookies, line)
    return response
  }
  const follow = async (
    address: string,
    init?: RequestInit,
  ): Promise<{ response: Response; address: string }> => {
    let here = new URL(address, base).href
    let response = await open(here, init)
    while (response.status >= 300 && response.status < 400) {
      here = new URL(response.headers.get('location') ?? '', here).href
      response = await open(here)
    }
    return { response, address: here }
  }
  const post = (path: string, body: unknown, type = 'application/json') =>
    open(path, {
      method: 'POST',
      headers: { 'content-type': type, 'x-csrf-token': csrf, accept: 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const signIn = async (): Promise<void> => {
    const login = await follow('/sign-in/start?return=/api/v1/session')
    const form = new URLSearchParams({ person: part.personalId, level: '2' })
    const done = await follow(login.address, { method: 'POST', body: form })
    if (done.response.status !== 200)
      throw new StoryError(`${name}: đăng nhập không được (${done.response.status})`)
    csrf = ((await (await open('/api/v1/session')).json()) as { csrf: string }).csrf
    if (part.position) await wear(part.position)
  }
  const wear = async (position: string): Promise<void> => {
    const hats = (await (await open('/api/v1/hats')).json()) as { hats: { key: string; position: string }[] }
    const hat = hats.hats.find((each) => each.position === position)
    if (!hat) throw new StoryError(`${name} không giữ chức vụ ${position}`)
    const answer = await open('/api/v1/hats/current', {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
      body: JSON.stringify({ hat: hat.key }),
    })
    if (!answer.ok) throw new StoryError(`${name}: ${answer.status} ${await answer.text()}`)
  }
  const send = (path: string, fields: Record<string, string>, file: SentFile): Promise<Response> => {
    const form = new FormData()
    for (const [key, value] of Object.entries({ csrf, ...fields })) form.append(key, value)
    form.append('file', new Blob([Uint8Array.from(file.bytes)], { type: file.type }), file.name)
    const headers = { 'x-csrf-token': csrf, accept: 'application/json' }
    return open(path, { method: 'POST', body: form, headers })
  }
  await signIn()
  return {
    name,
    signIn,
    credentials: () => ({ cookie: cookieLine(jar.get(new URL(base).host) ?? new Map()), csrf }),
    get: (path) => open(path),
    json: async (path) => read(name, path, await open(path, { headers: { accept: 'application/json' } })),
    tryPost: (path, body) => post(path, body),
    post: async (path, body) => read(name, path, await post(path, body)),
    postForm: (path, fields) =>
      open(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(
          Object.entries({ csrf, ...fields }).flatMap(([name, value]) =>
            (typeof value === 'string' ? [value] : value).map((one) => [name, one]),
          ),
        ).toString(),
      }),
    tryUpload: send,
    upload: async (path, fields, file) => read(name, path, await send(path, fields, file)),
  }
}

const cookieLine = (cookies: ReadonlyMap<string, string>): string =>
  [...cookies].map(([key, value]) => `${key}=${value}`).join('; ')

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
  if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(key)
  else cookies.set(key, value)
}

async function read<T>(name: string, path: string, response: Response): Promise<T> {
  const text = await response.text()
  if (!response.ok) throw new StoryError(`${name}: ${path} trả lời ${response.status}: ${text.slice(0, 500)}`)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** A command's envelope: an id of its own, and the number of the last event seen. */
export function envelope(expectedNumber?: number): { commandId: string; expectedNumber?: number } {
  return { commandId: randomUUID(), ...(expectedNumber === undefined ? {} : { expectedNumber }) }
}
