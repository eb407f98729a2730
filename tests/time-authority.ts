/** A time-stamp authority for tests: it speaks RFC 3161 over HTTP, and lies, dawdles and falls silent when it is told to. */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  issueTestCertificate,
  makeTestAuthority,
  signingKey,
  type SigningKey,
  type StoredKey,
} from '../src/signatures/authority.ts'
import { buildSignedData, CONTENT_TYPE, sha256 } from '../src/signatures/cms.ts'
import {
  childrenOf,
  generalTime,
  integer,
  octets,
  oid,
  readOnly,
  sequence,
  TAG,
  tlv,
} from '../src/signatures/der.ts'

const SHA256 = '2.16.840.1.101.3.4.2.1'
export const POLICY = '1.3.6.1.4.1.55555.1'

/** What it signs: everything an honest authority would write, and what a lie changes of it. */
export interface StampParts {
  readonly digest: Uint8Array
  readonly nonce: Uint8Array
  readonly policy: string
  readonly at: Date
}

/** A request taken apart, and as it came. */
export interface Asked extends StampParts {
  readonly query: Uint8Array
}

export function makeStamp({ digest, nonce, policy, at }: StampParts, key: SigningKey): Promise<Uint8Array> {
  const carried = sequence(
    integer(1),
    oid(policy),
    sequence(sequence(oid(SHA256)), octets(digest)),
    integer(Uint8Array.of(7)),
    generalTime(at),
    nonce,
  )
  return buildSignedData({ type: CONTENT_TYPE.timestampInfo, digest: sha256(carried), carried }, key)
}

/** A time-stamp over a signature value, without asking anybody. */
export function stampingWith(key: SigningKey, now: () => Date): NonNullable<SigningKey['stamp']> {
  return (signature) =>
    makeStamp({ digest: sha256(signature), nonce: integer(1), policy: POLICY, at: now() }, key)
}

export interface Reply {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body?: Uint8Array
}
/** How it answers a request: an honest one gets `parts` and its own key. */
export type Manner = (asked: Asked, key: SigningKey, response: ServerResponse) => Promise<Reply | 'silence'>

const granted = (token: Uint8Array) => sequence(sequence(integer(0)), token)
export const HONEST: Manner = async (parts, key) => ({ body: granted(await makeStamp(parts, key)) })

export interface TimeAuthority {
  readonly url: string
  readonly root: StoredKey
  readonly key: SigningKey
  /** how often it was asked */
  asked: number
  manner: Manner
  close(): Promise<void>
}

const VALIDITY = { from: new Date('2020-01-01T00:00:00Z'), to: new Date('2040-01-01T00:00:00Z') }

export async function startTimeAuthority(now: () => Date): Promise<TimeAuthority> {
  const root = await makeTestAuthority('CA dấu thời gian', VALIDITY)
  const key = signingKey(await issueTestCertificate(root, { name: 'TSA thử', kind: 'timestamp' }, VALIDITY))
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      authority.asked += 1
      void authority
        .manner({ ...asked(Buffer.concat(parts)), at: now() }, key, response)
        .then((reply) => reply !== 'silence' && send(response, reply))
    })
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  const { port } = server.address() as AddressInfo
  const authority: TimeAuthority = {
    url: `http://127.0.0.1:${port}/tsa`,
    root,
    key,
    asked: 0,
    manner: HONEST,
    close: () =>
      new Promise((settle) => {
        server.closeAllConnections()
        server.close(() => settle())
      }),
  }
  return authority
}

function send(
  response: ServerResponse,
  { status = 200, headers = {}, body = new Uint8Array() }: Reply,
): void {
  response.writeHead(status, { 'content-type': 'application/timestamp-reply', ...headers })
  response.end(body)
}

function asked(query: Uint8Array): Omit<Asked, 'at'> {
  const [, imprint, ...rest] = childrenOf(readOnly(query), TAG.sequence)
  const [, hash] = childrenOf(imprint!, TAG.sequence)
  return {
    digest: hash!.content,
    nonce: rest.find(({ tag }) => tag === TAG.integer)!.whole,
    policy: POLICY,
    query,
  }
}

/** An honest stamp in which another key's signature stands over the same attributes: none of ours would be made so. */
const signedBy =
  (other: SigningKey): Manner =>
  async (parts, key) => {
    let honest: Uint8Array = new Uint8Array()
    let foreign: Uint8Array = new Uint8Array()
    const sign = async (data: Uint8Array) => {
      foreign = await other.sign(data)
      return (honest = await key.sign(data))
    }
    const token = Buffer.from(await makeStamp(parts, { ...key, sign }))
    token.set(foreign, token.indexOf(honest))
    return { body: granted(token) }
  }

/** Lies, each with what is said of it. */
export async function lies(root: StoredKey): Promise<Record<string, readonly [why: string, Manner]>> {
  const issue = async (by: StoredKey, kind: 'timestamp' | 'person', validity = VALIDITY) =>
    signingKey(await issueTestCertificate(by, { name: 'TSA khác', kind }, validity))
  const stranger = await issue(await makeTestAuthority('CA lạ', VALIDITY), 'timestamp')
  const over = await issue(root, 'timestamp', { from: VALIDITY.from, to: new Date('2021-01-01T00:00:00Z') })
  const nobody = await issue(root, 'person')
  const says =
    (change: Partial<StampParts>, by?: SigningKey): Manner =>
    async (parts, key) => ({ body: granted(await makeStamp({ ...parts, ...change }, by ?? key)) })
  const later = (parts: StampParts, minutes: number) => new Date(parts.at.getTime() + minutes * 60_000)
  const bytes =
    (body: Uint8Array): Manner =>
    async () => ({ body })
  const changed =
    (change: (body: Buffer) => Uint8Array): Manner =>
    async (parts, key) => ({ body: change(Buffer.from(granted(await makeStamp(parts, key)))) })
  return {
    'stamps something else': ['broken', says({ digest: new Uint8Array(32) })],
    'answers another question': ['nonce', says({ nonce: integer(Uint8Array.of(1, 2, 3)) })],
    'leaves the number out': ['nonce', says({ nonce: new Uint8Array() })],
    'stamps under another policy': ['policy', says({ policy: '1.3.6.1.4.1.55555.2' })],
    'is of another root': ['untrusted', says({}, stranger)],
    'has a certificate that ended': ['untrusted', says({}, over)],
    'is no time-stamp authority': ['broken', says({}, nobody)],
    'signs with a key that is not its certificate’s': ['broken', signedBy(stranger)],
    'lives in the future': ['time', (parts, key) => says({ at: later(parts, 6) })(parts, key, undefined!)],
    'lives in the past': ['time', (parts, key) => says({ at: later(parts, -6) })(parts, key, undefined!)],
    refuses: ['refused', bytes(sequence(sequence(integer(2))))],
    'grants nothing': ['not-a-reply', bytes(sequence(sequence(integer(0))))],
    'answers in words': ['not-a-reply', bytes(Buffer.from('<html>Xin chào</html>'))],
    'answers with nothing': ['not-a-reply', bytes(new Uint8Array())],
    'is cut short': ['not-a-reply', changed((body) => body.subarray(0, -20))],
    'adds something behind': ['not-a-reply', changed((body) => Buffer.concat([body, Buffer.alloc(4)]))],
    'flips a bit of its signature': ['broken', changed((body) => ((body[body.length - 5]! ^= 1), body))],
    'answers 500': ['status', async () => ({ status: 500 })],
    'sends us elsewhere': [
      'status',
      async () => ({ status: 302, headers: { location: 'http://127.0.0.1:1/' } }),
    ],
    'answers without end': ['too-large', bytes(Buffer.alloc(200_000, 0x30))],
    'hands a token larger than its room': [
      'too-large',
      bytes(granted(tlv(TAG.sequence, Buffer.alloc(10_500)))),
    ],
    'hangs up': ['away', async (_parts, _key, response) => (response.destroy(), 'silence')],
    'says nothing': ['slow', async () => 'silence'],
  }
}
