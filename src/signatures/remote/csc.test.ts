/** A remote signing service, told with a peer that speaks the CSC API: hashes under one authorization, a phone, and every no. */
import { verify, X509Certificate } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  CLIENT,
  CREDENTIAL,
  startRemotePeer,
  type RemotePeer,
} from '../../../tests/remote-signing-service.ts'
import { issueTestCertificate, makeTestAuthority, type SigningKey, type StoredKey } from '../authority.ts'
import { openRemote, type RemoteSettings } from './csc.ts'

const VALIDITY = { from: new Date('2026-01-01'), to: new Date('2036-01-01') }
let root: StoredKey
let stored: StoredKey
let peer: RemotePeer
beforeAll(async () => {
  root = await makeTestAuthority('Gốc', VALIDITY)
  stored = await issueTestCertificate(root, { name: 'Trần Quốc Toản', kind: 'person' }, VALIDITY)
})
beforeEach(async () => void (peer = await startRemotePeer(stored, root)))
afterEach(() => peer.close())

const open = (more: Partial<RemoteSettings> = {}) =>
  openRemote({
    url: peer.url,
    clientId: CLIENT.clientId,
    clientSecret: async () => CLIENT.secret,
    confirmMs: 3_000,
    callMs: 2_000,
    ...more,
  })
const signs = async (key: SigningKey, text: string) => {
  const words = Buffer.from(text)
  return verify('sha256', words, new X509Certificate(key.certificate).publicKey, await key.sign(words))
}
const why = (act: Promise<unknown>) =>
  act.then(
    () => 'done',
    (error: unknown) => (error as { why?: string }).why ?? String(error),
  )

test('what is asked for together goes under one authorization, and no more than the credential takes', async () => {
  peer.ways.multisign = 8
  const service = open()
  await service.check()
  const key = await service.key(CREDENTIAL)
  expect(key.chain).toEqual([])
  const signed = await Promise.all(Array.from({ length: 20 }, (_, nth) => signs(key, `giấy ${nth}`)))
  expect(signed.every(Boolean)).toBe(true)
  expect(peer.asked).toEqual([
    'info',
    'credentials/info',
    ...[8, 8, 4].flatMap((count) => [`credentials/authorize ${count}`, `signatures/signHash ${count}`]),
  ])
})

test('an access token that ended is replaced; a client nobody knows is told so', async () => {
  const service = open()
  const key = await service.key(CREDENTIAL)
  peer.endTokens()
  expect(await signs(key, 'sau khi hết hạn')).toBe(true)
  expect(await why(open({ clientSecret: async () => 'khác' }).check())).toBe('client')
})

test('a phone that confirms after a while; one that says no; one that nobody looks at', async () => {
  const service = open()
  const key = await service.key(CREDENTIAL)
  peer.ways.confirmAfter = 2
  expect(await signs(key, 'đã xác nhận')).toBe(true)
  expect(peer.asked.filter((path) => path === 'credentials/authorizeCheck')).toHaveLength(2)
  peer.ways.confirmAfter = 'denied'
  expect(await why(key.sign(Uint8Array.of(1)))).toBe('denied')
  peer.ways.confirmAfter = 'never'
  expect(await why(key.sign(Uint8Array.of(1)))).toBe('not-confirmed')
  peer.ways.confirmAfter = 0
  expect(await signs(key, 'lần sau')).toBe(true)
}, 15_000)

test('a PIN that was refused does not go there again until its file says another', async () => {
  peer.ways.pin = '246813'
  let pin = '000000'
  const key = await open({ pin: async () => pin }).key(CREDENTIAL)
  for (let tries = 0; tries < 4; tries += 1) expect(await why(key.sign(Uint8Array.of(1)))).toBe('pin')
  expect(peer.asked.filter((path) => path.startsWith('credentials/authorize'))).toHaveLength(1)
  pin = '246813'
  expect(await signs(key, 'đúng PIN')).toBe(true)
})

test('what else can go wrong, each in its own words', async () => {
  const found: Record<string, string> = {}
  const look = () => why(open({ callMs: 300 }).key(CREDENTIAL))
  found.unknown = await why(open().key('another'))
  peer.ways.status = 'disabled'
  found.disabled = await look()
  Object.assign(peer.ways, { status: 'enabled', mode: 'oauth2code' })
  found.browser = await look()
  Object.assign(peer.ways, { mode: 'explicit', garbage: true })
  found.garbage = await look()
  Object.assign(peer.ways, { garbage: false, silent: true })
  found.silent = await look()
  peer.ways.silent = false
  const key = await open().key(CREDENTIAL)
  peer.ways.signs = 'something-else'
  found.forged = await why(key.sign(Uint8Array.of(1)))
  await peer.close()
  found.gone = await why(open().check())
  expect(found).toEqual({
    unknown: 'credential',
    disabled: 'credential',
    browser: 'mode',
    garbage: 'not-understood',
    silent: 'slow',
    forged: 'forged',
    gone: 'away',
  })
})
