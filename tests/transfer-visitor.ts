/** Somebody who uses the application through HTTP in a story: asks, is refused, reads pages, notices and queues. */
import { randomUUID } from 'node:crypto'
import { cookieName } from '../src/identity/cookies.ts'
import { csrfOf } from '../src/identity/sessions.ts'
import { formatInstant } from '../src/kernel/plain-date.ts'
import type { TransferView } from '../src/procedures/official-transfer/contract.ts'

export const API = '/api/v1/official-transfers'

/** What came back: `code` is the refusal's, '' for none. */
export interface Answer {
  readonly status: number
  readonly code: string
  readonly text: string
  readonly bytes: Uint8Array
  readonly headers: Headers
  json<T = Record<string, unknown>>(): T
}

/** A problem document as a caller reads it. */
export interface Problem {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly citation?: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly fields?: readonly { readonly field: string; readonly code: string }[]
}

export interface Performed {
  readonly version: number
  readonly firstEvent: number
  readonly lastEvent: number
  readonly repeated: boolean
  readonly dossier: TransferView
}

export interface HandedIn {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

export interface Visitor {
  readonly name: string
  readonly memberId: string
  get(path: string): Promise<Answer>
  /** What a program reads there; anything but 200 ends the story. */
  read<T>(path: string): Promise<T>
  post(path: string, body: object): Promise<Answer>
  /** A page's form, with the session's token. */
  form(path: string, fields: Readonly<Record<string, string | readonly string[]>>): Promise<Answer>
  upload(path: string, fields: Readonly<Record<string, string>>, file: HandedIn): Promise<Answer>
  /** Asks a command and sees the dossier as it is then; a refusal ends the story. */
  ask(dossierId: string, command: string, fields?: object): Promise<TransferView>
  /** Asks a command that must be refused. */
  refused(dossierId: string, command: string, fields?: object): Promise<Problem>
  /** The dossier as this person sees it. */
  sees(dossierId: string): Promise<TransferView>
  /** The sentences of the notices this person (or office) has, the newest first. */
  notices(dossierId?: string): Promise<string[]>
  /** The dossiers in one of the office's queues. */
  queue(name: 'todo' | 'waiting' | 'coming'): Promise<string[]>
}

export function visit(who: {
  home: string
  name: string
  memberId: string
  secret: string
  publicUrl: string
}): Visitor {
  const { home, name, memberId, secret } = who
  const csrf = csrfOf(secret)
  const cookie = `${cookieName('session', who.publicUrl)}=${secret}`

  const open = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = new Headers({ accept: 'application/json', ...(init.headers as Record<string, string>) })
    headers.set('cookie', cookie)
    headers.set('sec-fetch-site', 'same-origin')
    headers.set('x-csrf-token', csrf)
    return answerOf(await fetch(`${home}${path}`, { ...init, headers, redirect: 'manual' }))
  }
  const post = (path: string, body: object) =>
    open(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  const command = (dossierId: string, type: string, fields: object) =>
    post(`${API}/${dossierId}/${type}`, { commandId: randomUUID(), ...fields })
  const said = (path: string, answer: Answer) =>
    new Error(`${name}, ${path}: ${answer.status} ${answer.text.slice(0, 700)}`)
  const read = async <T>(path: string): Promise<T> => {
    const answer = await open(path)
    if (answer.status !== 200) throw said(path, answer)
    return answer.json<T>()
  }
  return {
    name,
    memberId,
    get: (path) => open(path, { headers: { accept: 'text/html' } }),
    read,
    post,
    form(path, fields) {
      const pairs = Object.entries(fields).flatMap(([key, value]) =>
        [value].flat().map((each): [string, string] => [key, each]),
      )
      const body = new URLSearchParams([['csrf', csrf], ...pairs])
      return open(path, { method: 'POST', body, headers: { accept: 'text/html' } })
    },
    upload(path, fields, file) {
      const body = new FormData()
      for (const [key, value] of Object.entries({ csrf, ...fields })) body.append(key, value)
      body.append('file', new Blob([Uint8Array.from(file.bytes)], { type: file.type }), file.name)
      return open(path, { method: 'POST', body })
    },
    async ask(dossierId, type, fields = {}) {
      const answer = await command(dossierId, type, fields)
      if (answer.status !== 200) throw said(type, answer)
      return answer.json<Performed>().dossier
    },
    async refused(dossierId, type, fields = {}) {
      const answer = await command(dossierId, type, fields)
      if (answer.code === '') throw said(type, answer)
      return answer.json<Problem>()
    },
    sees: (dossierId) => read<TransferView>(`${API}/${dossierId}`),
    async notices(dossierId) {
      const { notices } = await read<{ notices: { text: string; dossierId: string | null }[] }>(
        '/api/v1/notices',
      )
      return notices
        .filter((notice) => dossierId === undefined || notice.dossierId === dossierId)
        .map(({ text }) => text)
    },
    async queue(queue) {
      const { dossiers } = await read<{ dossiers: { id: string }[] }>(`/api/v1/dossiers?queue=${queue}`)
      return dossiers.map(({ id }) => id)
    },
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const bytes = new Uint8Array(await response.arrayBuffer())
  const text = new TextDecoder().decode(bytes)
  const isProblem = response.headers.get('content-type')?.includes('problem+json') ?? false
  return {
    status: response.status,
    code: isProblem ? (JSON.parse(text) as Problem).code : '',
    text,
    bytes,
    headers: response.headers,
    json: <T>() => JSON.parse(text) as T,
  }
}

/** Where the dossier is, whose turn it is and until when, in one line: 'numbering · Đảng ủy Phường Tân Tạo · 17:00 04/09/2026'. */
export function whereIs({ status, awaited }: TransferView): string {
  const holder = awaited.who === 'member' ? 'đảng viên' : (awaited.organisation?.name ?? '')
  const until = awaited.until === null ? '' : formatInstant(new Date(awaited.until))
  return [status, awaited.who === 'nobody' ? '' : holder, until].filter(Boolean).join(' · ')
}
