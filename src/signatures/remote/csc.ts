/**
 * A remote signing service (ký số từ xa) by the API of the Cloud Signature Consortium, version 2: hashes go there, signatures come
 * back, keys never do. Hashes asked for together travel under one authorization, which a person may give on their phone.
 */

import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { SigningKey } from '../authority.ts'
import { isIssuedBy, readCertificate, type Certificate } from '../certificates.ts'
import { sha256 } from '../cms.ts'
import { DerError } from '../der.ts'
import { SecretSpent, type Tries, type Verdict } from '../tries.ts'

const WORDS = {
  away: ['không liên lạc được dịch vụ ký số từ xa', 'the remote signing service cannot be reached'],
  slow: ['dịch vụ ký số từ xa trả lời quá chậm', 'the remote signing service is too slow'],
  client: ['dịch vụ không nhận clientId, clientSecretFile', 'the service refused our client'],
  refused: ['dịch vụ từ chối', 'the service refused'],
  'not-understood': ['câu trả lời của dịch vụ không theo CSC API', 'its answer is not of the CSC API'],
  pin: [
    'dịch vụ không nhận PIN, hoặc không rõ đã nhận chưa: ghi lại tệp "pinFile"; PIN này không được thử lại',
    'the PIN was refused, or its answer was lost: write the file anew; this one is not tried again',
  ],
  otp: [
    'mã dùng một lần thiếu, sai hoặc đã gửi rồi: ghi mã mới vào "otpFile"',
    'the one-time code is missing, wrong, or was sent already: write a new one',
  ],
  'not-confirmed': [
    'người ký chưa xác nhận trên điện thoại trong thời hạn',
    'the signer did not confirm in time',
  ],
  denied: ['người ký đã từ chối trên điện thoại', 'the signer said no'],
  credential: ['không có khóa này, hoặc khóa đang bị khóa', 'no such credential, or it is disabled'],
  mode: [
    'khóa này phải xác nhận qua trình duyệt của nhà cung cấp (oauth2code), chưa hỗ trợ',
    'needs the provider’s own page: not supported',
  ],
} as const satisfies Record<string, readonly [vi: string, en: string]>

export class RemoteError extends Error {
  override readonly name = 'RemoteError'
  readonly why: keyof typeof WORDS
  /** for whoever looks after the machine */
  readonly words: readonly [vi: string, en: string]
  /** false where the request certainly never came there */
  readonly sent: boolean

  constructor(why: RemoteError['why'], sent = true) {
    const [vi, en] = WORDS[why]
    super(`${vi} (${en})`)
    this.why = why
    this.words = [vi, en]
    this.sent = sent
  }
}

export interface RemoteSettings {
  /** the API's base, for example https://rssp.example.vn/csc/v2 */
  readonly url: string
  readonly clientId: string
  readonly clientSecret: () => Promise<string>
  readonly tries: Tries
  /** how long a person may take to confirm */
  readonly confirmMs: number
  /** a request that takes longer has failed */
  readonly callMs: number
}

/** What goes along with each authorization of a credential; read anew each time. */
interface CredentialSecrets {
  readonly pin?: () => Promise<string>
  /** a code that serves once: it goes out once, whatever is answered */
  readonly otp?: () => Promise<string>
}

export interface RemoteService {
  /** @throws RemoteError */
  key(credentialId: string, secrets?: CredentialSecrets): Promise<SigningKey>
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
/** Without a connection nothing was sent. */
const NEVER_CAME = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]
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
  readonly settle: (signature: Uint8Array) => void
  readonly fail: (error: unknown) => void
}

export function openRemote(
  settings: RemoteSettings,
  now: () => number = () => performance.now(),
): RemoteService {
  let token: { readonly value: string; readonly until: number } | undefined
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
      if ((error as Error).name === 'TimeoutError') throw new RemoteError('slow')
      const { code } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException
      throw new RemoteError('away', !NEVER_CAME.includes(code ?? ''))
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
      if (status === 401) token = undefined
      // Turned away at the door, before anything in it was looked at.
      if (status === 401 && tries === 0 && (!('authData' in body) || codeIn(text) === 'invalid_token'))
        continue
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

  const holderOf = (kind: 'pin' | 'otp', id: string) => `${kind} ${settings.url} ${id}`

  /** Sends what goes along with the hashes, each secret noted before it goes; one that was refused goes no more. */
  async function withSecrets<T>(
    id: string,
    secrets: CredentialSecrets,
    send: (data: readonly { id: string; value: string }[]) => Promise<T>,
  ): Promise<T> {
    const [pin, otp] = await Promise.all([valueOf('pin', secrets), valueOf('otp', secrets)])
    const data = [
      ...(pin === undefined ? [] : [{ id: 'PIN', value: pin }]),
      ...(otp === undefined ? [] : [{ id: 'OTP', value: otp }]),
    ]
    const use = async (
      kind: 'pin' | 'otp',
      secret: string | undefined,
      act: () => Promise<T>,
    ): Promise<T> => {
      if (secret === undefined) return act()
      const trial = { holder: holderOf(kind, id), secret, once: kind === 'otp', send: act, judge: verdictOn }
      try {
        return await settings.tries.use(trial)
      } catch (error) {
        throw error instanceof SecretSpent ? new RemoteError(kind, false) : error
      }
    }
    return use('pin', pin, () => use('otp', otp, () => send(data)))
  }

  async function pinRefusedAfterAll(error: unknown, id: string, secrets: CredentialSecrets): Promise<never> {
    const pin = error instanceof RemoteError && error.why === 'pin' && (await valueOf('pin', secrets))
    if (pin) await settings.tries.refused(holderOf('pin', id), pin)
    throw error
  }

  /** The right to sign exactly these hashes (SAD): given at once, or once the person confirmed. */
  async function authorize(
    credentialID: string,
    hashes: readonly string[],
    secrets: CredentialSecrets,
  ): Promise<string> {
    const wanted = {
      credentialID,
      numSignatures: hashes.length,
      hashes,
      hashAlgorithmOID: SHA256,
      description: `Ký ${hashes.length} giấy tờ`,
    }
    await bearer() // before a secret is on its way
    let said = await withSecrets(credentialID, secrets, (authData) =>
      ask('credentials/authorize', { ...wanted, ...(authData.length > 0 ? { authData } : {}) }, AUTHORIZED),
    )
    const until = now() + settings.confirmMs
    while ('handle' in said) {
      if (now() >= until) throw new RemoteError('not-confirmed')
      await pause(Math.min(ASK_AGAIN_MS, settings.confirmMs))
      said = await ask('credentials/authorizeCheck', { handle: said.handle }, AUTHORIZED).catch(
        (error: unknown) => pinRefusedAfterAll(error, credentialID, secrets),
      )
    }
    return said.SAD
  }

  async function signAll(id: string, wanted: readonly Wanted[], secrets: CredentialSecrets): Promise<void> {
    const { certificate } = await credentialOf(id)
    const hashes = wanted.map(({ hash }) => Buffer.from(hash).toString('base64'))
    const SAD = await authorize(id, hashes, secrets)
    const kind = certificate.publicKey.asymmetricKeyType === 'ec' ? 'ec' : 'rsa'
    const body = { credentialID: id, SAD, hashes, hashAlgorithmOID: SHA256, signAlgo: SIGN_ALGORITHM[kind] }
    const { signatures } = await ask('signatures/signHash', body, SIGNED)
    if (signatures.length !== wanted.length) throw new RemoteError('not-understood')
    for (const [index, { settle }] of wanted.entries())
      settle(Uint8Array.from(Buffer.from(signatures[index]!, 'base64')))
  }

  /** One authorization at a time for a credential: what is asked for meanwhile goes together into the next. */
  async function work(
    id: string,
    queue: { wanted: Wanted[]; busy: boolean },
    secrets: CredentialSecrets,
  ): Promise<void> {
    queue.busy = true
    await pause(GATHER_MS)
    while (queue.wanted.length > 0) {
      let batch: Wanted[] = []
      try {
        const { multisign } = await credentialOf(id)
        batch = queue.wanted.splice(0, multisign)
        await signAll(id, batch, secrets)
      } catch (error) {
        for (const { fail } of batch.length > 0 ? batch : queue.wanted.splice(0)) fail(error)
      }
    }
    queue.busy = false
  }

  return {
    async key(id, secrets = {}) {
      const { certificate, chain } = await credentialOf(id)
      const queue = queues.get(id) ?? { wanted: [], busy: false }
      queues.set(id, queue)
      return {
        certificate: certificate.der,
        chain,
        algorithm: certificate.publicKey.asymmetricKeyType === 'ec' ? 'ecdsa-sha256' : 'rsa-sha256',
        waits: true,
        sign: (data) =>
          new Promise((settle, fail) => {
            queue.wanted.push({ hash: sha256(data), settle, fail })
            if (!queue.busy) void work(id, queue, secrets)
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
  invalid_otp: 'otp',
  access_denied: 'denied',
  authorization_denied: 'denied',
  authorization_expired: 'not-confirmed',
  expired_token: 'not-confirmed',
  invalid_request: 'credential',
}

/** What else was said than no to a PIN leaves open what it used up. */
function verdictOn(error: unknown): Verdict {
  if (!(error instanceof RemoteError)) return 'unknown'
  if (error.why === 'pin') return 'refused'
  return error.sent ? 'unknown' : 'not-sent'
}

async function valueOf(kind: 'pin' | 'otp', secrets: CredentialSecrets): Promise<string | undefined> {
  return secrets[kind]?.().catch(() => {
    throw new RemoteError(kind, false)
  })
}

function codeIn(text: string): string | undefined {
  try {
    return read(FAULT, text).error
  } catch {
    return undefined
  }
}

function faultOf(status: number, text: string): RemoteError {
  if (status === 401) return new RemoteError('client')
  if (status < 400 || status >= 500) return new RemoteError('refused')
  return new RemoteError(FAULTS[read(FAULT, text).error] ?? 'refused')
}
