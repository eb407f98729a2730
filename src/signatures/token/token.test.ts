/** Keys in a token, told with SoftHSM: RSA and EC, PINs that are wrong, a token that is pulled out, a driver that hangs. */
import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { verify, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeSoftToken, SOFTHSM_MODULE, softHsmMissing, type SoftToken } from '../../../tests/softhsm.ts'
import { openTries } from '../../app/tried-secrets.ts'
import { makeTestAuthority, type SigningKey, type StoredKey } from '../authority.ts'
import { readCertificate } from '../certificates.ts'
import { openToken, type TokenSettings } from './token.ts'

const missing = softHsmMissing()
if (missing) process.stderr.write(`SKIPPED: keys in a token are not tried here. To try them: ${missing}\n`)

const verifies = async (key: SigningKey) => {
  const words = Buffer.from('điều được ký')
  return verify('sha256', words, new X509Certificate(key.certificate).publicKey, await key.sign(words))
}

describe.skipIf(missing !== undefined)('a token', () => {
  let authority: StoredKey
  let token: SoftToken
  let now = 0
  let tried: string
  beforeAll(async () => {
    authority = await makeTestAuthority('Gốc', { from: new Date('2026-01-01'), to: new Date('2036-01-01') })
    token = await makeSoftToken()
    await token.makeKey({ label: 'rsa', id: '01', type: 'rsa:2048' }, authority, {
      name: 'Đảng ủy phường Tân Tạo',
      kind: 'organisation',
    })
    await token.makeKey({ label: 'ec', id: '02', type: 'EC:prime256v1' }, authority, {
      name: 'Trần Quốc Toản',
      kind: 'person',
    })
    await token.makeKey({ label: 'ask', id: '03', type: 'rsa:2048', alwaysAsk: true }, authority, {
      name: 'Lê Thị Hỏi',
      kind: 'person',
    })
  })
  afterAll(() => token.drop())
  beforeEach(async () => {
    now = 0
    tried = await mkdtemp(join(tmpdir(), 'dangvu-tried-'))
  })

  const settings = (more: Partial<TokenSettings> = {}): TokenSettings => ({
    module: SOFTHSM_MODULE,
    token: token.label,
    environment: token.environment,
    callMs: 5_000,
    pin: async () => (await readFile(token.pinFile, 'utf8')).trim(),
    tries: openTries(tried),
    ...more,
  })
  const open = (more?: Partial<TokenSettings>) => openToken(settings(more), () => now)

  test('keys by label and by id, RSA and EC, sign what their certificates verify, many at once', async () => {
    const opened = open()
    const rsa = await opened.key({ label: 'rsa' })
    const ec = await opened.key({ id: Uint8Array.of(2) })
    expect([rsa.algorithm, ec.algorithm]).toEqual(['rsa-sha256', 'ecdsa-sha256'])
    expect(readCertificate(rsa.certificate).commonName).toBe('Đảng ủy phường Tân Tạo (TEST)')
    const signed = await Promise.all([rsa, ec, rsa, ec, ec, rsa].map(verifies))
    expect(signed).toEqual(Array.from({ length: 6 }, () => true))
    await opened.check()
    opened.close()
    expect(await verifies(rsa)).toBe(true)
    opened.close()
  })

  test('a key that wants its PIN before each signature gets it', async () => {
    const opened = open()
    const key = await opened.key({ label: 'ask' })
    expect([await verifies(key), await verifies(key)]).toEqual([true, true])
    opened.close()
  })

  test('a name that is not there, or not alone, is no key', async () => {
    const opened = open()
    await expect(opened.key({ label: 'nobody' })).rejects.toMatchObject({ why: 'no-key' })
    await expect(opened.key({})).rejects.toMatchObject({ why: 'no-key' })
    expect(await verifies(await opened.key({ label: 'rsa' }))).toBe(true)
    opened.close()
  })

  test('a wrong PIN is tried once, whoever asks; the right one in its file is taken at once', async () => {
    let pin = '000000'
    let read = 0
    const opened = open({ pin: async () => ((read += 1), pin) })
    const asked = () => ((now += 10_000), opened.key({ label: 'rsa' }))
    await expect(asked()).rejects.toMatchObject({ why: 'pin', code: 0xa0 })
    for (let again = 0; again < 5; again += 1)
      await expect(asked()).rejects.toMatchObject({ why: 'pin', code: undefined })
    expect(read).toBe(6)
    expect(token.about()).toContain('user PIN count low')
    const elsewhere = open({ pin: async () => pin }) // another process, or this one after a restart
    await expect(elsewhere.check()).rejects.toMatchObject({ why: 'pin', code: undefined })
    await expect(elsewhere.look()).rejects.toMatchObject({ why: 'pin', code: undefined })
    pin = token.pin
    expect(await verifies(await asked())).toBe(true)
    expect(token.about()).not.toContain('user PIN count low')
    opened.close()
  })

  test('pulled out while nobody looks: told; put back, it is found again without a restart', async () => {
    const opened = open()
    const key = await opened.key({ label: 'ec' })
    opened.close() // the session is lost with the token
    await token.takeOut()
    await expect(key.sign(Uint8Array.of(1))).rejects.toMatchObject({ why: 'away' })
    await expect(opened.check()).rejects.toThrow(/không thấy token.*the token is not there/)
    await token.putBack()
    await expect(opened.check(), 'asked again too soon, the same answer').rejects.toMatchObject({
      why: 'away',
    })
    now += 2_000
    await opened.check()
    expect(await verifies(key)).toBe(true)
    opened.close()
  })

  test('a module that is not there, and a label that no token has', async () => {
    await expect(open({ module: '/nowhere/lib.so' }).check()).rejects.toMatchObject({ why: 'no-module' })
    await expect(open({ token: 'another' }).check()).rejects.toMatchObject({ why: 'away' })
  })

  test('two tokens of one label: neither is taken, the serial number tells which', async () => {
    const twin = await makeSoftToken('twins')
    try {
      await twin.makeKey({ label: 'ec', id: '02', type: 'EC:prime256v1' }, authority, {
        name: 'Trần Quốc Toản',
        kind: 'person',
      })
      const [serial] = /(?<=serial num +: )\w+/.exec(twin.about())!
      const its = { environment: twin.environment, tries: openTries(tried), pin: async () => twin.pin }
      await open({ ...its, token: 'twins' }).look()
      twin.addAnother()
      const opened = open({ ...its, token: 'twins' })
      await expect(opened.look()).rejects.toThrow(/hai token trùng nhãn.*serial number/)
      await expect(opened.key({ label: 'ec' })).rejects.toMatchObject({ why: 'two-tokens' })
      const named = open({ ...its, token: serial })
      expect(await verifies(await named.key({ label: 'ec' }))).toBe(true)
      named.close()
    } finally {
      await twin.drop()
    }
  })

  test('a driver that hangs is ended, whoever waits is told, and the next one gets a new one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dangvu-slow-'))
    const stopped = join(folder, 'p11-kit')
    await writeFile(stopped, '#!/bin/sh\nexec sleep 60\n')
    await chmod(stopped, 0o755)
    const before = process.env.PATH
    const opened = open({ callMs: 300 })
    process.env.PATH = `${folder}:${before}`
    await expect(opened.check()).rejects.toMatchObject({ why: 'slow' })
    process.env.PATH = before
    now += 2_000
    await opened.check()
    opened.close()
  })

  test('a driver that falls between two signatures costs nobody anything', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dangvu-pid-'))
    const before = process.env.PATH
    const real = execFileSync('which', ['p11-kit']).toString().trim()
    await writeFile(join(folder, 'p11-kit'), `#!/bin/sh\necho $$ > ${folder}/pid\nexec ${real} "$@"\n`)
    await chmod(join(folder, 'p11-kit'), 0o755)
    process.env.PATH = `${folder}:${before}`
    const opened = open()
    const key = await opened.key({ label: 'rsa' })
    const first = await readFile(join(folder, 'pid'), 'utf8')
    process.kill(Number(first), 'SIGSTOP')
    const waits = key.sign(Uint8Array.of(1))
    process.kill(Number(first), 'SIGKILL')
    expect(await waits).toHaveLength(256)
    expect(await readFile(join(folder, 'pid'), 'utf8')).not.toBe(first)
    process.env.PATH = before
    opened.close()
  })

  test('without p11-kit the words say how to install it', async () => {
    const before = process.env.PATH
    process.env.PATH = '/nowhere'
    await expect(open().check()).rejects.toThrow('apt install p11-kit')
    process.env.PATH = before
  })
})
