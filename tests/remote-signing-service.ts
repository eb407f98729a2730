/** A remote signing service for tests that speaks the API of the Cloud Signature Consortium v2, and refuses what it is told to. */
import { createHash, createPrivateKey, privateEncrypt, constants, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readPem } from '../src/signatures/certificates.ts'
import type { StoredKey } from '../src/signatures/authority.ts'

export interface RemotePeer {
  readonly url: string
  /** what was asked, in order, with how many hashes */
  readonly asked: string[]
  /** what it does from now on */
  readonly ways: {
    mode: 'implicit' | 'explicit' | 'oauth2code'
    status: 'enabled' | 'disabled'
    pin?: string
    multisign: number
    /** how often a person's phone is asked before it says yes; `never` says nothing */
    confirmAfter: number | 'never' | 'denied' | 'pin-refused'
    /** a code that is good for one authorization */
    otp?: string | undefined
    /** it does what this call asks, and its answer is lost */
    deafTo?: string | undefined
    signs: 'rightly' | 'something-else'
    silent: boolean
    garbage: boolean
  }
  /** the credential's key and certificate are others from now on */
  renew(stored: StoredKey): void
  /** every access token ends now */
  endTokens(): void
  close(): Promise<void>
}

export const CLIENT = { clientId: 'dangvu', secret: 'bí mật của máy' }
export const CREDENTIAL = 'cred-1'
const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex')

class Fault extends Error {
  readonly status: number
  constructor(error: string, status = 400) {
    super(error)
    this.status = status
  }
}

export async function startRemotePeer(stored: StoredKey, root: StoredKey): Promise<RemotePeer> {
  const chainOf = (own: StoredKey) =>
    [own, root].map((one) => Buffer.from(readPem(one.certificatePem)[0]!.der).toString('base64'))
  let secret = createPrivateKey(stored.privateKeyPem)
  let chain = chainOf(stored)
  const tokens = new Set<string>()
  /** which hashes each authorization is for */
  const rights = new Map<string, string>()
  const usedUp = new Set<string>()
  const handles = new Map<string, { hashes: string[]; left: number }>()

  const answers: Record<string, (body: Record<string, unknown>) => object> = {
    info: () => ({
      specs: '2.0.0.2',
      methods: ['credentials/list', 'credentials/info', 'credentials/authorize', 'signatures/signHash'],
    }),
    'credentials/info': ({ credentialID }) => {
      if (credentialID !== CREDENTIAL) throw new Fault('invalid_request')
      const { mode, status, multisign } = peer.ways
      const key = { status, algo: ['1.2.840.113549.1.1.11'], len: 2048 }
      return { key, cert: { status: 'valid', certificates: chain }, auth: { mode }, SCAL: '2', multisign }
    },
    'credentials/authorize': ({ hashes, numSignatures, authData }) => {
      const { pin, otp, multisign, confirmAfter } = peer.ways
      const given = (authData as { id: string; value: string }[] | undefined)?.find(({ id }) => id === 'PIN')
      if (pin !== undefined && given?.value !== pin) throw new Fault('invalid_pin')
      const code = (authData as { id: string; value: string }[] | undefined)?.find(({ id }) => id === 'OTP')
      if (otp !== undefined && (code?.value !== otp || usedUp.has(otp))) throw new Fault('invalid_otp')
      if (otp !== undefined) usedUp.add(otp)
      const list = hashes as string[]
      if (numSignatures !== list.length || list.length > multisign) throw new Fault('invalid_request')
      if (confirmAfter === 0) return grant(list)
      const handle = randomUUID()
      handles.set(handle, { hashes: list, left: typeof confirmAfter === 'number' ? confirmAfter : Infinity })
      return { handle }
    },
    'credentials/authorizeCheck': ({ handle }) => {
      const waits = handles.get(String(handle))!
      if (peer.ways.confirmAfter === 'denied') throw new Fault('access_denied')
      if (peer.ways.confirmAfter === 'pin-refused') throw new Fault('invalid_pin')
      waits.left -= 1
      return waits.left > 0 ? { handle } : grant(waits.hashes)
    },
    'signatures/signHash': ({ SAD, hashes }) => {
      const list = hashes as string[]
      if (rights.get(String(SAD)) !== list.join()) throw new Fault('invalid_request')
      rights.delete(String(SAD))
      return { signatures: list.map((hash) => signed(Buffer.from(hash, 'base64'))) }
    },
  }

  function grant(hashes: readonly string[]): object {
    const SAD = randomUUID()
    rights.set(SAD, hashes.join())
    return { SAD, expiresIn: 60 }
  }

  function signed(hash: Uint8Array): string {
    const over = peer.ways.signs === 'rightly' ? hash : createHash('sha256').update(hash).digest()
    const key = { key: secret, padding: constants.RSA_PKCS1_PADDING }
    return privateEncrypt(key, Buffer.concat([DIGEST_INFO, over])).toString('base64')
  }

  function tokenFor(form: URLSearchParams): object {
    const known = form.get('client_id') === CLIENT.clientId && form.get('client_secret') === CLIENT.secret
    if (!known || form.get('grant_type') !== 'client_credentials') throw new Fault('invalid_client', 401)
    const value = randomUUID()
    tokens.add(value)
    return { access_token: value, token_type: 'Bearer', expires_in: 3600 }
  }

  function answer(path: string, text: string, bearer: string): object {
    if (path === 'oauth2/token') return tokenFor(new URLSearchParams(text))
    if (!tokens.has(bearer)) throw new Fault('invalid_token', 401)
    const body = JSON.parse(text) as Record<string, unknown>
    peer.asked.push(Array.isArray(body.hashes) ? `${path} ${body.hashes.length}` : path)
    return answers[path]!(body)
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      if (peer.ways.silent) return
      const path = request.url!.replace('/csc/v2/', '')
      const bearer = (request.headers.authorization ?? '').replace('Bearer ', '')
      try {
        const said = answer(path, Buffer.concat(parts).toString(), bearer)
        if (path === peer.ways.deafTo) return
        const text = peer.ways.garbage ? '<html></html>' : JSON.stringify(said)
        response.writeHead('handle' in said ? 202 : 200, { 'content-type': 'application/json' }).end(text)
      } catch (error) {
        if (path === peer.ways.deafTo) return
        const status = error instanceof Fault ? error.status : 500
        response.writeHead(status).end(JSON.stringify({ error: (error as Error).message }))
      }
    })
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  const { port } = server.address() as AddressInfo
  const peer: RemotePeer = {
    url: `http://127.0.0.1:${port}/csc/v2`,
    asked: [],
    ways: {
      mode: 'explicit',
      status: 'enabled',
      multisign: 100,
      confirmAfter: 0,
      signs: 'rightly',
      silent: false,
      garbage: false,
    },
    renew(own) {
      secret = createPrivateKey(own.privateKeyPem)
      chain = chainOf(own)
    },
    endTokens: () => tokens.clear(),
    close: () =>
      new Promise((settle) => {
        server.closeAllConnections()
        server.close(() => settle())
      }),
  }
  return peer
}
