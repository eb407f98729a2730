/** A remote signing service, told with a peer that speaks the CSC API: hashes under one authorization, a phone, and every no. */
import { verify, X509Certificate } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  CLIENT,
  CREDENTIAL,
  startRemotePeer,
  type RemotePeer,
} from '../../../tests/remote-signing-service.ts'
import { openTries } from '../../app/tried-secrets.ts'
import { issueTestCertificate, makeTestAuthority, type SigningKey, type StoredKey } from '../authority.ts'
import { openRemote, type RemoteSettings } from './csc.ts'

const VALIDITY = { from: new Date('2026-01-01'), to: new Date('2036-01-01') }
let root: StoredKey
let stored: StoredKey
let peer: RemotePeer
let tried: string
beforeAll(async () => {
  root = await makeTestAuthority('Gốc', VALIDITY)
  stored = await issueTestCertificate(root, { name: 'Trần Quốc Toản', kind: 'person' }, VALIDITY)
})
beforeEach(async () => {
  peer = await startRemotePeer(stored, root)
  tried = await mkdtemp(join(tmpdir(), 'dangvu-tried-'))
})
afterEach(() => peer.close())

const open = (more: Partial<RemoteSettings> = {}) =>
  openRemote({
    url: peer.url,
    clientId: CLIENT.clientId,
    clientSecret: async () => CLIENT.secret,
    tries: openTries(tried),
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

const authorized = () => peer.asked.filter((path) => path.startsWith('credentials/authorize')).length

test('a PIN that was refused does not go there again until its file says another, from no process', async () => {
  peer.ways.pin = '246813'
  let pin = '000000'
  const secrets = { pin: async () => pin }
  for (let process = 0; process < 2; process += 1) {
    const key = await open().key(CREDENTIAL, secrets)
    for (let tries = 0; tries < 2; tries += 1) expect(await why(key.sign(Uint8Array.of(1)))).toBe('pin')
  }
  expect(authorized()).toBe(1)
  pin = '246813'
  expect(await signs(await open().key(CREDENTIAL, secrets), 'đúng PIN')).toBe(true)
})

test('an answer that was lost may have counted as a try: a PIN never taken before does not go again, one that was taken does', async () => {
  peer.ways.pin = '246813'
  let pin = '246813'
  const key = await open({ callMs: 300 }).key(CREDENTIAL, { pin: async () => pin })
  expect(await signs(key, 'lần đầu')).toBe(true)
  peer.ways.deafTo = 'credentials/authorize'
  expect(await why(key.sign(Uint8Array.of(1)))).toBe('slow')
  expect(await why(key.sign(Uint8Array.of(1)))).toBe('slow')
  pin = '000000'
  expect(await why(key.sign(Uint8Array.of(1)))).toBe('slow')
  peer.ways.deafTo = undefined
  const before = authorized()
  expect(await why(key.sign(Uint8Array.of(1)))).toBe('pin')
  expect(authorized()).toBe(before)
  pin = '246813'
  expect(await signs(key, 'lần sau')).toBe(true)
})

test('a one-time code goes out once; a phone that refuses the PIN after all is remembered', async () => {
  peer.ways.otp = '135724'
  let otp = '135724'
  const key = await open().key(CREDENTIAL, { otp: async () => otp })
  expect(await signs(key, 'mã thứ nhất')).toBe(true)
  expect(await why(key.sign(Uint8Array.of(1)))).toBe('otp')
  expect(authorized()).toBe(1)
  peer.ways.otp = otp = '975310'
  peer.endTokens() // turned away at the door, the same request goes once more: nothing in it was looked at
  expect(await signs(key, 'mã thứ hai')).toBe(true)
  expect(
    await why(
      open()
        .key(CREDENTIAL)
        .then((bare) => bare.sign(Uint8Array.of(1))),
    ),
  ).toBe('otp')

  Object.assign(peer.ways, { otp: undefined, confirmAfter: 'pin-refused' })
  const asked = await open().key(CREDENTIAL, { pin: async () => '246813' })
  expect(await why(asked.sign(Uint8Array.of(1)))).toBe('pin')
  const before = authorized()
  expect(await why(asked.sign(Uint8Array.of(1)))).toBe('pin')
  expect(authorized()).toBe(before)
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
  await peer.close()
  found.gone = await why(open().check())
  expect(found).toEqual({
    unknown: 'credential',
    disabled: 'credential',
    browser: 'mode',
    garbage: 'not-understood',
    silent: 'slow',
    gone: 'away',
  })
})
