/**
 * A remote signing service (ký số từ xa) by the API of the Cloud Signature Consortium, version 2: hashes go there, signatures come
 * back, keys never do. Hashes asked for together travel under one authorization, which a person may give on their phone.
 */

import { verify } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { SigningKey } from '../authority.ts'
import { isIssuedBy, readCertificate, type Certificate } from '../certificates.ts'
import { sha256 } from '../cms.ts'
import { DerError } from '../der.ts'

const WORDS = {
  away: 'không liên lạc được dịch vụ ký số từ xa (the remote signing service cannot be reached)',
  slow: 'dịch vụ ký số từ xa trả lời quá chậm (the remote signing service is too slow)',
  client: 'dịch vụ không nhận clientId, clientSecretFile (the service refused our client)',
  refused: 'dịch vụ từ chối (the service refused)',
  'not-understood': 'câu trả lời của dịch vụ không theo CSC API (its answer is not of the CSC API)',
  pin: 'dịch vụ không nhận PIN, ghi lại tệp "pinFile"; PIN này không được thử lại (the PIN was refused: write the file anew; this one is not tried again)',
  'not-confirmed':
    'người ký chưa xác nhận trên điện thoại trong thời hạn (the signer did not confirm in time)',
  denied: 'người ký đã từ chối trên điện thoại (the signer said no)',
  credential: 'không có khóa này, hoặc khóa đang bị khóa (no such credential, or it is disabled)',
  mode: 'khóa này phải xác nhận qua trình duyệt của nhà cung cấp (oauth2code), chưa hỗ trợ (needs the provider’s own page: not supported)',
  forged: 'chữ ký nhận về không khớp chứng thư (the signature is not of the certificate’s key)',
} as const

export class RemoteError extends Error {
  override readonly name = 'RemoteError'
  readonly why: keyof typeof WORDS

  constructor(why: RemoteError['why']) {
    super(WORDS[why])
    this.why = why
  }
}

export interface RemoteSettings {
  /** the API's base, for example https://rssp.example.vn/csc/v2 */
  readonly url: string
  readonly clientId: string
  readonly clientSecret: () => Promise<string>
  /** sent with each authorization of a credential that wants one */
  readonly pin?: (() => Promise<string>) | undefined
  /** how long a person may take to confirm */
  readonly confirmMs: number
  /** a request that takes longer has failed */
  readonly callMs: number
}

export interface RemoteService {
  /** @throws RemoteError */
  key(credentialId: string): Promise<SigningKey>
  /** whether the service answers and knows us. @throws RemoteError */
  check(): Promise<void>
}

const TOKEN = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().default(3600) })
const INFO = z.object({ specs: z.string(), methods: z.array(z.string()) })
const CREDENTIAL = z.object({
  key: z.object({ status: z.string(), algo: z.array(z.string()) }),
  cert: z.object({ certificates: z.array(z.string()).nonempty() }),
  auth: z.object({ mode: z.enum(['implicit', 'explicit', 'oauth2code']) }),
  multisign: z.number().int().positive().default(1),
})
const AUTHORIZED = z.union([z.object({ SAD: z.string().min(1) }), z.object({ handle: z.string().min(1) })])
const SIGNED = z.object({ signatures: z.array(z.string()) })
const FAULT = z.object({ error: z.string() })

const SHA256 = '2.16.840.1.101.3.4.2.1'
const SIGN_ALGORITHM = { rsa: '1.2.840.113549.1.1.11', ec: '1.2.840.10045.4.3.2' } as const
const NEEDED = ['credentials/info', 'credentials/authorize', 'signatures/signHash']
/** Signatures that are asked for within this time go under one authorization. */
const GATHER_MS = 20
const ASK_AGAIN_MS = 1_000
const KEPT_MS = 10 * 60_000
const LARGEST_ANSWER = 256 * 1024

interface Credential {
  readonly certificate: Certificate
  readonly chain: readonly Uint8Array[]
  readonly mode: 'implicit' | 'explicit'
  readonly multisign: number
  readonly at: number
}

interface Wanted {
  readonly hash: Uint8Array
  readonly data: Uint8Array
  readonly settle: (signature: Uint8Array) => void
  readonly fail: (error: unknown) => void
}

export function openRemote(
  settings: RemoteSettings,
  now: () => number = () => performance.now(),
): RemoteService {
  let token: { readonly value: string; readonly until: number } | undefined
  let refusedPin: string | undefined
  const credentials = new Map<string, Promise<Credential>>()
  const queues = new Map<string, { wanted: Wanted[]; busy: boolean }>()

  async function request(path: string, body: string, headers: Record<string, string>) {
    try {
      const answer = await fetch(`${settings.url}/${path}`, {
        method: 'POST',
        headers: { accept: 'application/json', ...headers },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(settings.callMs),
      })
      const text = await answer.text()
      if (text.length > LARGEST_ANSWER) throw new RemoteError('not-understood')
      return { status: answer.status, text }
    } catch (error) {
      if (error instanceof RemoteError) throw error
      throw new RemoteError((error as Error).name === 'TimeoutError' ? 'slow' : 'away')
    }
  }

  async function bearer(): Promise<string> {
    if (token && now() < token.until) return token.value
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: settings.clientId,
      client_secret: await settings.clientSecret().catch(() => {
        throw new RemoteError('client')
      }),
    })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const { status, text } = await request('oauth2/token', String(form), headers)
    if (status === 400 || status === 401) throw new RemoteError('client')
    if (status !== 200) throw new RemoteError('refused')
    const { access_token, expires_in } = read(TOKEN, text)
    token = { value: access_token, until: now() + expires_in * 900 }
    return access_token
  }

  /** One request; a token that ended meanwhile is replaced once. */
  async function ask<T>(path: string, body: object, schema: z.ZodType<T>): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      const authorization = `Bearer ${await bearer()}`
      const headers = { 'content-type': 'application/json', authorization }
      const { status, text } = await request(path, JSON.stringify(body), headers)
      if (status === 401 && tries === 0) {
        token = undefined
        continue
      }
      if (status !== 200 && status !== 202) throw faultOf(status, text)
      return read(schema, text)
    }
  }

  async function look(credentialID: string): Promise<Credential> {
    const wanted = { credentialID, certificates: 'chain', certInfo: false, authInfo: true }
    const said = await ask('credentials/info', wanted, CREDENTIAL)
    if (said.key.status !== 'enabled') throw new RemoteError('credential')
    if (said.auth.mode === 'oauth2code') throw new RemoteError('mode')
    try {
      const [certificate, ...above] = said.cert.certificates.map((one) =>
        readCertificate(Buffer.from(one, 'base64')),
      )
      const chain = above.filter((one) => !isIssuedBy(one, one)).map(({ der }) => der)
      return { certificate: certificate!, chain, mode: said.auth.mode, multisign: said.multisign, at: now() }
    } catch (error) {
      if (error instanceof DerError) throw new RemoteError('not-understood')
      throw error
    }
  }

  async function credentialOf(id: string): Promise<Credential> {
    const known = await credentials.get(id)?.catch(() => undefined)
    if (known && now() - known.at < KEPT_MS) return known
    const found = look(id)
    credentials.set(id, found)
    found.catch(() => credentials.delete(id))
    return found
  }

  /** The PIN goes along where one is kept; one that was refused does not go again. */
  async function authData(): Promise<{ id: string; value: string }[]> {
    if (!settings.pin) return []
    const value = await settings.pin().catch(() => {
      throw new RemoteError('pin')
    })
    if (value === refusedPin) throw new RemoteError('pin')
    return [{ id: 'PIN', value }]
  }

  /** The right to sign exactly these hashes (SAD): given at once, or once the person confirmed. */
  async function authorize(credentialID: string, hashes: readonly string[]): Promise<string> {
    const data = await authData()
    const wanted = {
      credentialID,
      numSignatures: hashes.length,
      hashes,
      hashAlgorithmOID: SHA256,
      description: `Ký ${hashes.length} giấy tờ`,
      ...(data.length > 0 ? { authData: data } : {}),
    }
    try {
      let said = await ask('credentials/authorize', wanted, AUTHORIZED)
      const until = now() + settings.confirmMs
      while ('handle' in said) {
        if (now() >= until) throw new RemoteError('not-confirmed')
        await pause(Math.min(ASK_AGAIN_MS, settings.confirmMs))
        said = await ask('credentials/authorizeCheck', { handle: said.handle }, AUTHORIZED)
      }
      refusedPin = undefined
      return said.SAD
    } catch (error) {
      if (error instanceof RemoteError && error.why === 'pin') refusedPin = data[0]?.value
      throw error
    }
  }

  async function signAll(id: string, wanted: readonly Wanted[]): Promise<void> {
    const { certificate } = await credentialOf(id)
    const hashes = wanted.map(({ hash }) => Buffer.from(hash).toString('base64'))
    const SAD = await authorize(id, hashes)
    const kind = certificate.publicKey.asymmetricKeyType === 'ec' ? 'ec' : 'rsa'
    const body = { credentialID: id, SAD, hashes, hashAlgorithmOID: SHA256, signAlgo: SIGN_ALGORITHM[kind] }
    const { signatures } = await ask('signatures/signHash', body, SIGNED)
    if (signatures.length !== wanted.length) throw new RemoteError('not-understood')
    wanted.forEach(({ data, settle, fail }, index) => {
      const signature = Uint8Array.from(Buffer.from(signatures[index]!, 'base64'))
      if (verify('sha256', data, certificate.publicKey, signature)) settle(signature)
      else fail(new RemoteError('forged'))
    })
  }

  /** One authorization at a time for a credential: what is asked for meanwhile goes together into the next. */
  async function work(id: string, queue: { wanted: Wanted[]; busy: boolean }): Promise<void> {
    queue.busy = true
    await pause(GATHER_MS)
    while (queue.wanted.length > 0) {
      let batch: Wanted[] = []
      try {
        const { multisign } = await credentialOf(id)
        batch = queue.wanted.splice(0, multisign)
        await signAll(id, batch)
      } catch (error) {
        for (const { fail } of batch.length > 0 ? batch : queue.wanted.splice(0)) fail(error)
      }
    }
    queue.busy = false
  }

  return {
    async key(id) {
      const { certificate, chain } = await credentialOf(id)
      const queue = queues.get(id) ?? { wanted: [], busy: false }
      queues.set(id, queue)
      return {
        certificate: certificate.der,
        chain,
        algorithm: certificate.publicKey.asymmetricKeyType === 'ec' ? 'ecdsa-sha256' : 'rsa-sha256',
        sign: (data) =>
          new Promise((settle, fail) => {
            queue.wanted.push({ hash: sha256(data), data, settle, fail })
            if (!queue.busy) void work(id, queue)
          }),
      }
    },
    async check() {
      const { methods } = await ask('info', {}, INFO)
      if (!NEEDED.every((method) => methods.includes(method))) throw new RemoteError('not-understood')
    },
  }
}

function read<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw new RemoteError('not-understood')
  }
}

/** The consortium's words for what went wrong (CSC API v2, 10.1), as far as they tell whoever signs something. */
const FAULTS: Readonly<Record<string, RemoteError['why']>> = {
  invalid_client: 'client',
  invalid_token: 'client',
  invalid_authentication_data: 'pin',
  invalid_pin: 'pin',
  invalid_otp: 'not-confirmed',
  access_denied: 'denied',
  authorization_denied: 'denied',
  authorization_expired: 'not-confirmed',
  expired_token: 'not-confirmed',
  invalid_request: 'credential',
}

function faultOf(status: number, text: string): RemoteError {
  if (status === 401) return new RemoteError('client')
  if (status < 400 || status >= 500) return new RemoteError('refused')
  return new RemoteError(FAULTS[read(FAULT, text).error] ?? 'refused')
}
