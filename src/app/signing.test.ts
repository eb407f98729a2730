/** Who signs with what: the test authority under rivals and moved clocks, and the certificate files of a real installation. */
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/database.ts'
import { openDatabase, sql, type Database } from '../kernel/db.ts'
import { addMember, addTwoWards } from '../registry/test-builders.ts'
import { issueTestCertificate, makeTestAuthority, type StoredKey } from '../signatures/authority.ts'
import { chainTo, readCertificate, readPem } from '../signatures/certificates.ts'
import { openFolderSigners } from './folder-signing.ts'
import { NO_SIGNERS, probe } from './signing.ts'
import { openTestSigners } from './test-signing.ts'

let testDatabase: TestDatabase
let database: Database
let now = new Date('2026-11-22T02:00:00Z')
const clock = { now: () => now }

beforeEach(async () => {
  now = new Date('2026-11-22T02:00:00Z')
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url, { connections: 6 })
})

afterEach(async () => {
  await database.close()
  await testDatabase.drop()
})

const nameOf = (key: { certificate: Uint8Array }) => readCertificate(key.certificate).commonName

async function makeWorld() {
  return database.transaction(async (write) => {
    const wards = await addTwoWards(write)
    return { ...wards, member: await addMember(write, 'Lê Văn Thử', wards.cell) }
  })
}

describe('the test authority', () => {
  test('makes keys on first use, marked TEST, leading up to its root, and keeps them', async () => {
    const world = await makeWorld()
    const signers = openTestSigners(database, clock)
    const keys = [
      await signers.forPerson(world.member),
      await signers.forOrganisation(world.ward),
      await signers.forSystem(),
    ]
    expect(keys.map(nameOf)).toEqual([
      'Lê Văn Thử (TEST)',
      'Đảng bộ Phường Tân Tạo (TEST)',
      'Hệ thống dangvu (TEST)',
    ])
    const roots = (await signers.trustRoots()).flatMap(readPem)
    expect(roots).toHaveLength(1)
    for (const key of keys) {
      await probe(key, now)
      expect(chainTo(readCertificate(key.certificate), [], roots, now)).toHaveLength(2)
    }
    const again = openTestSigners(database, clock)
    expect((await again.forPerson(world.member)).certificate).toEqual(keys[0]!.certificate)
    await signers.check()
  })

  test('rivals that make the same key at once all use the one that is kept', async () => {
    const world = await makeWorld()
    const rivals = [1, 2, 3].map(() => openTestSigners(database, clock))
    const made = await Promise.all(rivals.map((signers) => signers.forOrganisation(world.ward)))
    expect(new Set(made.map((key) => Buffer.from(key.certificate).toString('hex'))).size).toBe(1)
    expect(await rivals[0]!.trustRoots()).toHaveLength(1)
  })

  test('a moved clock and a corrected name get a new certificate; old papers keep their root', async () => {
    const world = await makeWorld()
    const signers = openTestSigners(database, clock)
    const first = await signers.forPerson(world.member)
    await database.transaction((write) =>
      write.run(sql`update member set full_name = 'Lê Văn Thửa' where id = ${world.member}`),
    )
    expect(nameOf(await signers.forPerson(world.member))).toBe('Lê Văn Thửa (TEST)')
    now = new Date('2045-03-01T02:00:00Z')
    const later = await signers.forPerson(world.member)
    await probe(later, now)
    await expect(probe(first, now)).rejects.toThrow('not valid now')
    const roots = (await signers.trustRoots()).flatMap(readPem)
    expect(roots).toHaveLength(2)
    expect(chainTo(readCertificate(later.certificate), [], roots, now)).toHaveLength(2)
    expect(chainTo(readCertificate(first.certificate), [], roots, new Date('2027-01-01'))).toHaveLength(2)
  })

  test('the application cannot exchange a key that is in use', async () => {
    const signers = openTestSigners(database, clock)
    await signers.forSystem()
    const change = sql`update test_certificate set private_key_pem = ''`
    await expect(database.transaction((write) => write.run(change))).rejects.toThrow('permission denied')
  })
})

describe('a folder of certificates', () => {
  let folder: string
  let authority: StoredKey
  beforeAll(async () => void (authority = await makeTestAuthority('Gốc', validity)))
  const validity = { from: new Date('2026-01-01'), to: new Date('2027-01-01') }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dangvu-signing-'))
    for (const name of ['organisations', 'people', 'roots']) await mkdir(join(folder, name))
    await writeFile(join(folder, 'roots', 'root.pem'), authority.certificatePem)
  })
  afterEach(() => rm(folder, { recursive: true }))

  const issue = (name: string, during = validity) =>
    issueTestCertificate(authority, { name, kind: 'organisation' }, during)
  const open = (password = 'mật khẩu') => openFolderSigners({ folder, password }, database, clock)

  test('PEM by organisation code and by member; whoever has no file is refused', async () => {
    const world = await makeWorld()
    const ward = await issue('Đảng bộ Phường Tân Tạo')
    const certificateLast = ward.privateKeyPem + authority.certificatePem + ward.certificatePem
    await writeFile(join(folder, 'organisations', '79.021.000.000.000.pem'), certificateLast)
    const person = await issue('Lê Văn Thử')
    await writeFile(
      join(folder, 'people', `${world.member}.pem`),
      person.certificatePem + person.privateKeyPem,
    )
    const signers = open()
    expect(signers.test).toBe(false)
    const key = await signers.forOrganisation(world.ward)
    expect([nameOf(key), key.chain]).toEqual(['Đảng bộ Phường Tân Tạo (TEST)', []])
    await probe(key, now)
    await probe(await signers.forPerson(world.member), now)
    expect(await signers.whyNotPerson(world.member)).toBeUndefined()
    const over = await issue('Lê Văn Thử', { from: new Date('2025-01-01'), to: new Date('2026-06-01') })
    const file = join(folder, 'people', `${world.member}.pem`)
    await writeFile(file, over.certificatePem + over.privateKeyPem)
    await utimes(file, now, new Date(now.getTime() + 1000))
    expect(await signers.whyNotPerson(world.member)).toMatchObject({
      code: 'signing.certificate-ended',
      facts: { for: 'person', until: '2026-06-01T00:00:00.000Z' },
    })
    expect(await signers.trustRoots()).toEqual([authority.certificatePem.trim()])
    await expect(signers.forOrganisation(world.otherWard)).rejects.toMatchObject({
      kind: 'against-rule',
      code: 'signing.no-certificate',
      facts: { for: 'organisation' },
    })
    await expect(signers.forSystem()).rejects.toMatchObject({ facts: { for: 'system' } })
    await expect(signers.check()).rejects.toMatchObject({ code: 'signing.no-certificate' })
  })

  test('P12, elliptic curve, with a password of its own; a wrong one opens nothing', async () => {
    await writeFile(join(folder, 'system.p12'), Buffer.from(P12, 'base64'))
    await expect(open('khoa 2').check()).rejects.toThrow('Integrity')
    await writeFile(join(folder, 'system.p12.password'), 'khoa 1\n')
    const signers = open('khoa 2')
    await signers.check()
    const key = await signers.forSystem()
    expect([nameOf(key), key.chain, key.algorithm]).toEqual(['He thong (TEST)', [], 'ecdsa-sha256'])
    await probe(key, now)
  })

  test('readiness: an expired certificate and a key of another are found; a renewed file counts at once', async () => {
    const file = join(folder, 'system.pem')
    const old = await issue('Hệ thống', { from: new Date('2025-01-01'), to: new Date('2026-06-01') })
    await writeFile(file, old.certificatePem + old.privateKeyPem)
    const signers = open()
    await expect(signers.check()).rejects.toThrow('not valid now')
    await expect(signers.forSystem()).rejects.toMatchObject({
      code: 'signing.certificate-ended',
      facts: { for: 'system', until: '2026-06-01T00:00:00.000Z' },
    })
    const fresh = await issue('Hệ thống')
    await writeFile(file, fresh.certificatePem + old.privateKeyPem)
    await utimes(file, now, now)
    await expect(signers.check()).rejects.toThrow('no certificate of this key')
    await writeFile(file, fresh.certificatePem + fresh.privateKeyPem)
    await utimes(file, now, new Date(now.getTime() + 1000))
    await signers.check()
  })
})

test('a real database without certificates: nothing is signed and it is not ready', async () => {
  await expect(NO_SIGNERS.check()).rejects.toMatchObject({ code: 'signing.no-certificate' })
  await expect(NO_SIGNERS.forPerson('x')).rejects.toMatchObject({ facts: { for: 'person' } })
})

/** Made with openssl: a key on P-256, its certificate until 2126 and the root that signed it; password "khoa 1". */
const P12 = `
MIIFzAIBAzCCBYIGCSqGSIb3DQEHAaCCBXMEggVvMIIFazCCBCIGCSqGSIb3DQEHBqCCBBMwggQPAgEAMIIECAYJKoZIhvcNAQcBMFcG
CSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhCQ9P5i5m7lgICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEELml8Nc41k36
lhUHZJxe9VaAggOgwbTjiuOPar/XJyVPy/zhNImlaQEHL5Rewn5C0gHs7Q/C4xj+vnZ3fInrC+ePD8xGqDh9Gxax8ip+d1ilBttOfsNy
8vTjJlyu7z/PDWaSwfsTSe/F+IFhWvs6AuxUm9N8i4YfTUl65mEshyor5MENAey9RvRK7AcIfrErB0Fq+AkBcrLCc4ir42xgHfc6ZeNb
9GZDCyzXbC2QqyMiqFI8Me3isNRQ5FAhR9Fjm8awZ1nrGR9+BF/V64TIWx/0AvQIzKULQpssIjT4r/iLiALqxn8UIVADiYwxQaVU7H7M
6oawaeMH7/qxYtdr67kldSzaJPd6E1aWHiX59aAI6HiN7DpFIi24qS6OPZDtP3xof3cxARrO0uNvCaiWZOqtzZY6NjEAp/EIAePtsNrN
Ih4Glmvx4hjZ5hZnoAnSAZU2ALboZT7RSJDTm9F8ubo1lVCzOa+7ZAOT2Q1BjYGE5Z/HwS6/t9mTL23muEvjgcP9tfPBEJXywOJ6R6IW
n1Cu1HfFnWpyJ7YJIWOeDWqXisAYn7434lJqCJWcWxW2BI7OdOciHcqw8Riso5EK/zpS7EGurEG94oS27Gki5muwDY7V6S4wLUHqbhrD
hxvRT4oaclrq9WXpdiPhx4Sr5qPsx8fY0dXLuFqFt0WpqsFM/sK9SgQgp0j4HwQ6Ajvc5jUpB2I2Cfqa3cdO3e9TpJW1L+c//XkYMMMx
Onse3HoI+P8FSdVZEg09Oa/fxUwYz+uED/kDMUsD5ql19WgmCGCbqwtJ76QDvq1BoVTp8JG8VPsVu0YVbvzfbK7vD+j5eEyALsQ7ecpL
XT7anckbDXa7yOeJRyiuGeNNCOoIply36eBLTvGwBEmjNJNlsPVqTblV8dm/1WjEbFmDUhZpiKEczjx3bD6S1xik/5sNQQYSXaEyiAm7
QO2K+O4dsL9tMBI1299HLBySHOk4GtFfHJZ71bEfoYtyOwtRTg8UXXIpu2k1W0OtEa1AsWg0+J4DfZkogydIH6+ej8tA3j19Gf49gvmT
zG8GKwI4fKteImBHGZaGb0XN0bJTP0n/sJD6bv2rMY8AswsYaE+O+w8dJlNN/uijBBa5l+tXy394c7117uC1c+QnIrydf3LKfH5xkcjB
8PUrgzUFz0vzDM1fU+4KttJPw5BgbTU4Lr4zLLeYnYxfXDOzbh1BwIFFB+w6zvjEhA2eh/gwqR+ssTE2sp2/yxIwouraSZbWUVtJctvs
burr7jCCAUEGCSqGSIb3DQEHAaCCATIEggEuMIIBKjCCASYGCyqGSIb3DQEMCgECoIHvMIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3
DQEFDDAcBAjSfkqMFn0DggICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEPJrXHQeVBoxgcdOJkTHbdEEgZB5UwBP3X+Bcwtg
IdWy4/6cSHXXYbrrS5qbjIFufUMzgbE0MSgvztsNXRhStHUDBuY0HImXpY7YRuCz8w3+itiBmtmyqzMjZcqzS8ND7avxdJ2bgpxBiya5
sinHp2I3BRvsNQ48vHC3jf1Shc+nRv/rGR4q//9fdvsei7kFKKTjdoz0yZZidf9tpKgGcsIxj5cxJTAjBgkqhkiG9w0BCRUxFgQUwoLl
WngID8/Vs6OMt0xcFxiXkEswQTAxMA0GCWCGSAFlAwQCAQUABCDexdMMsgo8wRjoqfN2cqc0jfDrABdpMLwyfSjaaPH4cAQIFlmFcLQt
bIQCAggA`
