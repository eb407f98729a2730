/** Three places for keys by one list: a person's in a token, a body's at a remote service, everybody else's in the folder. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/database.ts'
import { CLIENT, CREDENTIAL, startRemotePeer, type RemotePeer } from '../../tests/remote-signing-service.ts'
import { makeSoftToken, SOFTHSM_MODULE, softHsmMissing, type SoftToken } from '../../tests/softhsm.ts'
import { openDatabase, type Database } from '../kernel/db.ts'
import { addMember, addTwoWards } from '../registry/test-builders.ts'
import { issueTestCertificate, makeTestAuthority, type StoredKey } from '../signatures/authority.ts'
import { readCertificate } from '../signatures/certificates.ts'
import { signDetached } from '../signatures/cms.ts'
import { openFolderSigners } from './folder-signing.ts'
import { KEY_LIST } from './key-list.ts'
import { openHolders, openListedSigners } from './listed-signing.ts'
import { probe } from './signing.ts'
import { openTries } from './tried-secrets.ts'

const missing = softHsmMissing()
if (missing) process.stderr.write(`SKIPPED: keys in a token are not tried here. To try them: ${missing}\n`)

const VALIDITY = { from: new Date('2026-01-01'), to: new Date('2036-01-01') }
const NOW = new Date('2026-11-22T02:00:00Z')
const clock = { now: () => NOW }
let testDatabase: TestDatabase
let database: Database
let folder: string
let authority: StoredKey
let peer: RemotePeer

beforeEach(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url, { connections: 4 })
  folder = await mkdtemp(join(tmpdir(), 'dangvu-listed-'))
  await mkdir(join(folder, 'organisations'))
  authority = await makeTestAuthority('Gốc', VALIDITY)
  const stored = await issueTestCertificate(
    authority,
    { name: 'Đảng ủy từ xa', kind: 'organisation' },
    VALIDITY,
  )
  peer = await startRemotePeer(stored, authority)
  const system = await issueTestCertificate(authority, { name: 'Hệ thống', kind: 'system' }, VALIDITY)
  await writeFile(join(folder, 'system.pem'), system.privateKeyPem + system.certificatePem)
  await writeFile(join(folder, 'secret'), `${CLIENT.secret}\n`)
})
afterEach(async () => {
  await peer.close()
  await rm(folder, { recursive: true })
  await database.close()
  await testDatabase.drop()
})

const nameOf = (key: { certificate: Uint8Array }) => readCertificate(key.certificate).commonName
const service = () => ({ url: peer.url, clientId: CLIENT.clientId, clientSecretFile: join(folder, 'secret') })

function open(list: object) {
  const files = openFolderSigners({ folder, password: '' }, database, clock)
  const holders = openHolders(KEY_LIST.parse(list), openTries(join(folder, 'tried')))
  return openListedSigners(holders, files, database, clock)
}

test('a body at a remote service, the system in the folder; a service that is away stops nobody else', async () => {
  const { ward, otherWard } = await database.transaction(addTwoWards)
  const keys = [{ whose: 'organisation:79.021.000.000.000', service: 'rssp', credential: CREDENTIAL }]
  const signers = open({ services: { rssp: service() }, keys })
  const key = await signers.forOrganisation(ward)
  expect(nameOf(key)).toBe('Đảng ủy từ xa (TEST)')
  await probe(key, NOW)
  await expect(signers.forOrganisation(otherWard)).rejects.toMatchObject({ code: 'signing.no-certificate' })
  await peer.close()
  await expect(key.sign(Uint8Array.of(1))).rejects.toMatchObject({
    kind: 'conflict',
    code: 'signing.service-away',
    facts: { for: 'organisation' },
  })
  await signers.check()
})

test('a service that signs with another key makes no signature, also one whose certificate was renewed meanwhile', async () => {
  const { ward } = await database.transaction(addTwoWards)
  const keys = [{ whose: 'organisation:79.021.000.000.000', service: 'rssp', credential: CREDENTIAL }]
  const key = await open({ services: { rssp: service() }, keys }).forOrganisation(ward)
  const digest = new Uint8Array(32)
  expect((await signDetached(digest, key)).length).toBeGreaterThan(1000)
  peer.ways.signs = 'something-else'
  await expect(signDetached(digest, key)).rejects.toMatchObject({
    kind: 'conflict',
    code: 'signing.wrong-key',
  })
  peer.ways.signs = 'rightly'
  const renewed = await issueTestCertificate(
    authority,
    { name: 'Đảng ủy từ xa', kind: 'organisation' },
    VALIDITY,
  )
  peer.renew(renewed)
  await expect(signDetached(digest, key)).rejects.toMatchObject({ code: 'signing.wrong-key' })
})

test('the system’s key at a service: ready as long as it is there, and nothing is signed to know it', async () => {
  const keys = [{ whose: 'system', service: 'rssp', credential: CREDENTIAL }]
  const signers = open({ services: { rssp: service() }, keys })
  await signers.check()
  await signers.check()
  expect(peer.asked).toEqual(['info', 'credentials/info', 'info'])
  await peer.close()
  await expect(signers.check()).rejects.toThrow(/không liên lạc được.*cannot be reached/)
})

test('a list that names what it does not hold, the same person twice, or a service without TLS is not taken', () => {
  const key = { whose: 'system', service: 'rssp', credential: 'a' }
  const good = { services: { rssp: { ...service(), url: 'https://rssp.example.vn/csc/v2' } }, keys: [key] }
  const taken = (list: object) => KEY_LIST.safeParse(list).success
  expect(taken(good)).toBe(true)
  expect(taken({ ...good, services: {} })).toBe(false)
  expect(taken({ ...good, keys: [key, key] })).toBe(false)
  expect(taken({ ...good, keys: [{ ...key, whose: 'person:nobody' }] })).toBe(false)
  expect(taken({ ...good, services: { rssp: { ...service(), url: 'http://rssp.example.vn' } } })).toBe(false)
})

describe.skipIf(missing !== undefined)('with a token', () => {
  let token: SoftToken
  beforeEach(async () => void (token = await makeSoftToken()))
  afterEach(() => token.drop())

  test('a person signs from it; away and back, a wrong PIN, and what each is told', async () => {
    const member = await database.transaction(async (write) =>
      addMember(write, 'Lê Văn Thử', (await addTwoWards(write)).cell),
    )
    await token.makeKey({ label: 'thu', id: '01', type: 'EC:prime256v1' }, authority, {
      name: 'Lê Văn Thử',
      kind: 'person',
    })
    const { label, pinFile, environment } = token
    const tokens = { t: { module: SOFTHSM_MODULE, token: label, pinFile, environment } }
    const list = { tokens, keys: [{ whose: `person:${member}`, token: 't', label: 'thu' }] }
    const signers = open(list)
    expect(await signers.whyNotPerson(member)).toBeUndefined()
    const key = await signers.forPerson(member)
    expect([nameOf(key), key.algorithm]).toEqual(['Lê Văn Thử (TEST)', 'ecdsa-sha256'])
    await probe(key, NOW)
    await signers.check()

    await token.takeOut()
    const without = open(list)
    expect(await without.whyNotPerson(member)).toMatchObject({ code: 'signing.token-away' })
    await without.check() // a person's token keeps the house from nothing
    await without.refuseDoubt!()
    const sealed = open({ tokens, keys: [{ ...list.keys[0], whose: 'organisation:79.021.000.000.000' }] })
    await expect(sealed.check()).rejects.toThrow('the token is not there')
    await token.putBack()

    await writeFile(pinFile, '000000\n')
    const wrong = open(list)
    expect(await wrong.whyNotPerson(member)).toMatchObject({ code: 'signing.pin-refused' })
    await writeFile(pinFile, `${token.pin}\n`)
    const unlisted = open({ tokens, keys: [{ whose: `person:${member}`, token: 't', label: 'ai đó' }] })
    expect(await unlisted.whyNotPerson(member)).toMatchObject({ code: 'signing.no-certificate' })
    token.addAnother()
    await expect(open(list).refuseDoubt!()).rejects.toThrow(
      /SIGNING_KEYS_FILE, tokens\.t: có hai token trùng nhãn/,
    )
  })
})
