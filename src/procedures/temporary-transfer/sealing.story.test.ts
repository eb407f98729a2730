/** The seals of a temporary stay can fail: the referral waits in sight of its clerk, an extension gets its seal by a later sweep. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginStay, whereIsStay, type StayLife } from '../../../tests/stay-life.ts'
import { stayPaper } from '../../../tests/stay-papers.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import { openFolderSigners } from '../../app/folder-signing.ts'
import { issueTestCertificate, makeTestAuthority, type StoredKey } from '../../signatures/authority.ts'

let world: TransferWorld
let folder: string
let authority: StoredKey
const GOOD = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2028-01-01T00:00:00Z') }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dangvu-stay-seal-'))
  await mkdir(join(folder, 'organisations'))
  await mkdir(join(folder, 'roots'))
  authority = await makeTestAuthority('CA của thành phố', GOOD)
  await writeFile(join(folder, 'roots', 'city.pem'), authority.certificatePem)
  world = await openTransferWorld({
    signers: (people, database, clock) => {
      const organisations = openFolderSigners({ folder, password: '' }, database, clock)
      return {
        ...people,
        forOrganisation: organisations.forOrganisation,
        trustRoots: async () => [...(await people.trustRoots()), ...(await organisations.trustRoots())],
      }
    },
  })
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

/** Puts a certificate into the folder, for the organisation of this code. */
async function putCertificate(code: string): Promise<void> {
  const named = { kind: 'organisation', name: code } as const
  const key = await issueTestCertificate(authority, named, GOOD)
  const pem = [key.privateKeyPem, key.certificatePem, ...key.chainPem].join('\n')
  await writeFile(join(folder, 'organisations', `${code}.pem`), pem)
}

const standing = async (life: StayLife, kind: string, place = 0) => {
  const { verify } = await stayPaper(life, kind, place)
  return (await life.member.read<{ standing: string }>(`/api/v1${verify}`)).standing
}

test('without a certificate the referral waits for its clerk, an extension for a sweep; with one each is sealed once', async () => {
  const { officers } = world
  world.day('2026-09-07', '09:00')
  const life = await beginStay(world, await world.member('Phan Thị Dấu Tạm'))
  await life.to('sealing')
  await world.work()
  expect(whereIsStay(await life.sees())).toBe('sealing-failed · Đảng ủy Phường Tân Tạo')
  expect(await officers.wardClerk.queue('todo')).toContain(life.id)
  expect(await standing(life, 'temporary-referral', 1)).toBe('incomplete')

  await putCertificate('79.021.000.000.000')
  await life.ask(officers.wardClerk, 'retry-seal')
  await world.work()
  expect(await standing(life, 'temporary-referral', 1)).toBe('valid')
  expect(await standing(life, 'self-review-confirmed')).toBe('valid')
  expect((await stayPaper(life, 'temporary-referral', 1)).symbol).toBe('Số 01-GGT/ĐU')

  await life.to('active')
  await life.ask(life.member, 'ask-extension', { until: '2027-05-31', reason: 'Việc chưa xong.' })
  await life.ask(officers.destinationDeputy, 'grant-extension')
  await world.work()
  expect(await standing(life, 'temporary-extension')).toBe('incomplete')
  // Half an hour later a sweep finds it with the box that refers to the cell, and says that it could not help.
  world.day('2026-09-07', '10:00')
  await expect(world.sweep()).rejects.toThrow('2 stays not looked after')
  expect(await standing(life, 'temporary-extension')).toBe('incomplete')

  await putCertificate('79.035.000.000.000')
  await world.sweep()
  expect(await standing(life, 'temporary-extension')).toBe('valid')
  expect(await standing(life, 'temporary-referral', 2)).toBe('valid')
  const sealed = await stayPaper(life, 'temporary-extension')
  await world.sweep()
  await world.work()
  expect((await stayPaper(life, 'temporary-extension')).file.bytes).toEqual(sealed.file.bytes)
})
