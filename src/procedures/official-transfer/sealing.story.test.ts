/** Sealing is a job that can fail: a missing or expired certificate is seen with its owner and deadline; mended and tried again, nothing is done twice. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aReview, beginTransfer, foldedDossiers } from '../../../tests/transfer-life.ts'
import { whereIs, type Visitor } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import { openFolderSigners } from '../../app/folder-signing.ts'
import {
  issueTestCertificate,
  makeTestAuthority,
  type SigningKey,
  type StoredKey,
} from '../../signatures/authority.ts'
import { REQUEST_PAPER_TASK, SEAL_TASK } from './tasks.ts'

let world: TransferWorld
let folder: string
let authority: StoredKey
const GOOD = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2028-01-01T00:00:00Z') }

let withFile: string | undefined
/** Organisations sign with a key that is not their certificate's. */
let foreign = false
/** Whoever signs is asked on the phone, which `rings`; for each time, how many transactions were open then. */
let phone: { readonly open: number[]; rings?: () => Promise<unknown> } | undefined

function byPhone(key: SigningKey): SigningKey {
  if (!phone) return key
  const called = phone
  return {
    ...key,
    waits: true,
    async sign(data) {
      const { rows } = await world.change(
        `select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
      )
      called.open.push(rows.length)
      await called.rings?.()
      return key.sign(data)
    },
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dangvu-seal-'))
  await mkdir(join(folder, 'organisations'))
  await mkdir(join(folder, 'people'))
  await mkdir(join(folder, 'roots'))
  authority = await makeTestAuthority('CA của thành phố', GOOD)
  await writeFile(join(folder, 'roots', 'city.pem'), authority.certificatePem)
  // People sign with the test authority, organisations with the certificate files of an installation in earnest.
  world = await openTransferWorld({
    signers: (people, database, clock) => {
      const organisations = openFolderSigners({ folder, password: '' }, database, clock)
      return {
        ...people,
        forPerson: async (id) => byPhone(await people.forPerson(id)),
        // One whose key lies in the folder, as those of an installation in earnest do.
        whyNotPerson: (id) => (id === withFile ? organisations : people).whyNotPerson(id),
        async forOrganisation(id) {
          const key = await organisations.forOrganisation(id)
          return foreign ? { ...key, sign: (await people.forSystem()).sign } : byPhone(key)
        },
        trustRoots: async () => [...(await people.trustRoots()), ...(await organisations.trustRoots())],
      }
    },
  })
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

/** Puts a certificate into the folder, for the organisation of this code or id. */
async function putCertificate(
  name: string,
  validity: { from: Date; to: Date },
  kind: 'organisation' | 'person' = 'organisation',
): Promise<void> {
  const key = await issueTestCertificate(authority, { kind, name }, validity)
  const pem = [key.privateKeyPem, key.certificatePem, ...key.chainPem].join('\n')
  await writeFile(join(folder, kind === 'person' ? 'people' : 'organisations', `${name}.pem`), pem)
}
const WARD = '79.021.000.000.000'

test('without a certificate the seal fails in sight of all, with the clerk in charge; expired it fails again; renewed it succeeds under the same number', async () => {
  const { wardClerk, commissionDeputy } = world.officers
  world.day('2026-09-07', '09:00')
  const life = await beginTransfer(world, await world.member('Phan Văn Dấu'))
  await life.to('sealing', 1)
  await world.work()
  const failed = await life.member.sees(life.id)
  expect(whereIs(failed)).toBe('sealing-failed · Đảng ủy Phường Tân Tạo · 17:00 08/09/2026')
  expect(failed.sealFailure).toBe('signing.no-certificate')
  expect(await wardClerk.queue('todo')).toContain(life.id)
  expect(await wardClerk.notices(life.id)).toContain(
    'Đóng dấu chưa được, cần xử lý lại. Hạn: 17:00 08/09/2026.',
  )
  const page = await wardClerk.get(`/transfers/${life.id}`)
  expect(page.text).toContain('Chưa có chứng thư số của tổ chức.')

  // An expired one is none.
  await putCertificate(WARD, { from: GOOD.from, to: new Date('2026-09-01T00:00:00Z') })
  const retried = await wardClerk.ask(life.id, 'retry-seal')
  expect(retried.status).toBe('sealing')
  await world.work()
  expect((await life.member.sees(life.id)).status).toBe('sealing-failed')
  expect((await wardClerk.get(`/transfers/${life.id}`)).text).toContain(
    'Chứng thư số của tổ chức đã hết hạn.',
  )

  world.day('2026-09-08', '10:00')
  await putCertificate(WARD, GOOD)
  foreign = true
  await wardClerk.ask(life.id, 'retry-seal')
  await world.work()
  foreign = false
  const foreignly = await life.member.sees(life.id)
  expect([foreignly.status, foreignly.sealFailure]).toEqual(['sealing-failed', 'signing.wrong-key'])
  expect(foreignly.papers.filter(({ hop }) => hop === 1).map(({ signatures }) => signatures)).toEqual([1, 1])
  await wardClerk.ask(life.id, 'retry-seal')
  await world.work()
  const sealed = await life.member.sees(life.id)
  expect(whereIs(sealed)).toBe('committee-review · Ban Tổ chức Thành ủy · 17:00 15/09/2026')
  expect(sealed.sealFailure).toBeNull()
  expect(sealed.hops[1]).toMatchObject({ symbol: 'Số 01-GGT/ĐU', issuedOn: '2026-09-07', standing: 'done' })
  expect(await commissionDeputy.queue('todo')).toContain(life.id)
  const letter = sealed.papers.find(({ kind, hop }) => kind === 'referral' && hop === 1)!
  const { bytes } = await life.member.get(`/transfers/${life.id}/papers/${letter.id}`)
  const file = { name: 'giay.pdf', type: 'application/pdf', bytes }
  const checked = (await life.member.upload('/api/v1/verify', {}, file)).json<{ signatures: unknown[] }>()
  expect(checked).toMatchObject({ result: 'ours', problems: [] })
  expect(checked.signatures).toHaveLength(2)

  await theSameJobsAgain(life.id)
})

/** A worker that was cut off after its work was done comes again with the same jobs. */
async function theSameJobsAgain(dossierId: string): Promise<void> {
  const before = await world.officers.wardClerk.sees(dossierId)
  const received = before.timeline.find(({ type }) => type === 'transfer-received')!
  await world.change('select graphile_worker.add_job($1, $2::json)', [
    SEAL_TASK,
    JSON.stringify({ dossierId, hop: 1 }),
  ])
  await world.change('select graphile_worker.add_job($1, $2::json)', [
    REQUEST_PAPER_TASK,
    JSON.stringify({ dossierId, confirmedAt: received.at }),
  ])
  await world.work()
  const after = await world.officers.wardClerk.sees(dossierId)
  expect(after).toEqual(before)
  const { rows } = await world.change(
    `select count(*)::int as jobs from graphile_worker.jobs where task_identifier = any($1)`,
    [[SEAL_TASK, REQUEST_PAPER_TASK]],
  )
  expect(rows).toEqual([{ jobs: 0 }])
}

test('a passing fault is tried again by itself; one that stays becomes visible with the last attempt', async () => {
  const { commissionClerk } = world.officers
  const { commission } = world.places
  const path = join(folder, 'organisations', `${commission}.pem`)
  const makeJobsDue = () =>
    world.change('update graphile_worker._private_jobs set run_at = now(), locked_at = null')
  await putCertificate(WARD, GOOD)
  world.day('2026-09-14', '09:00')
  const life = await beginTransfer(world, await world.member('Phan Thị Chập Chờn'))
  await life.to('sealing', 2)

  // The file of the commission's certificate is half written: no rule says no, it just does not work.
  await writeFile(path, '-----BEGIN PRIVATE KEY-----')
  await world.work()
  expect((await life.member.sees(life.id)).status).toBe('sealing')
  await putCertificate(commission, GOOD)
  await makeJobsDue()
  await world.work()
  expect((await life.member.sees(life.id)).status).toBe('referred')

  const next = await beginTransfer(world, await world.member('Phan Văn Hỏng'))
  await next.to('sealing', 2)
  await writeFile(path, '-----BEGIN PRIVATE KEY-----')
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await makeJobsDue()
    await world.work()
    expect((await next.member.sees(next.id)).status, `attempt ${attempt}`).toBe('sealing')
  }
  await makeJobsDue()
  await world.work()
  const failed = await next.member.sees(next.id)
  expect(whereIs(failed)).toBe('sealing-failed · Ban Tổ chức Thành ủy · 17:00 15/09/2026')
  expect(failed.sealFailure).toBe('seal.unexpected')
  await putCertificate(commission, GOOD)
  await commissionClerk.ask(next.id, 'retry-seal')
  await world.work()
  expect((await next.member.sees(next.id)).status).toBe('referred')
})

test('a member who withdraws while the letter is being sealed is not sealed away', async () => {
  await putCertificate(WARD, GOOD)
  world.day('2026-09-21', '09:00')
  const life = await beginTransfer(world, await world.member('Phan Thị Kịp'))
  await life.to('sealing', 1)
  await life.member.ask(life.id, 'withdraw', { reason: 'Tôi ở lại.' })
  await world.work()
  const after = await life.member.sees(life.id)
  expect(after.status).toBe('withdrawn')
  const letters = after.papers.filter(({ kind }) => kind === 'referral')
  expect(letters.map(({ voided, signatures }) => [voided, signatures])).toEqual([
    ['Tôi ở lại.', 1],
    ['Tôi ở lại.', 1],
  ])
})

test('a signer is waited for with no transaction open; all letters of an act in one go, sealed the same way', async () => {
  const { cellSecretary } = world.officers
  await putCertificate(WARD, GOOD)
  world.day('2026-09-28', '09:00')
  const life = await beginTransfer(world, await world.member('Phan Văn Chờ'))
  await life.to('cell-review')
  const before = (await life.member.sees(life.id)).papers.length
  phone = { open: [] }
  await cellSecretary.ask(life.id, 'sign-referral', aReview(world))
  const signed = await life.member.sees(life.id)
  expect(phone.open).toEqual(signed.papers.slice(before).map(() => 0))
  expect(phone.open.length).toBeGreaterThan(0)

  phone = undefined
  await life.to('sealing', 1)
  phone = { open: [] }
  await world.work()
  const { open } = phone
  phone = undefined
  const sealed = await life.member.sees(life.id)
  expect(sealed.status).toBe('committee-review')
  const ofWard = sealed.papers.filter(({ hop, signatures }) => hop === 1 && signatures === 2)
  expect([open.length, new Set(open)]).toEqual([ofWard.length, new Set([0])])
  for (const { id } of sealed.papers) {
    const { bytes } = await life.member.get(`/transfers/${life.id}/papers/${id}`)
    const file = { name: 'giay.pdf', type: 'application/pdf', bytes }
    const checked = (await life.member.upload('/api/v1/verify', {}, file)).json()
    expect(checked).toMatchObject({ result: 'ours', problems: [] })
  }
})

test('who acted while the phone was asked came first: the signature is not used, and nothing of the act stays', async () => {
  const { cellSecretary } = world.officers
  world.day('2026-09-29', '09:00')
  const life = await beginTransfer(world, await world.member('Phan Thị Trước'))
  const { papers: before } = await life.to('cell-review')
  let withdrawn: Promise<unknown> | undefined // while the first of several letters is confirmed
  const withdraw = () => (withdrawn ??= life.member.ask(life.id, 'withdraw', { reason: 'Tôi ở lại.' }))
  phone = { open: [], rings: withdraw }
  const refused = await cellSecretary.refused(life.id, 'sign-referral', aReview(world))
  expect(refused).toMatchObject({ code: 'transfer.not-now' })
  phone = undefined
  const after = await life.member.sees(life.id)
  expect([after.status, after.papers.length]).toEqual(['withdrawn', before.length])
})

test('whose own key does not serve is told on the first page; who has none, and everybody else, is not', async () => {
  const { cellSecretary, wardClerk } = world.officers
  withFile = cellSecretary.memberId
  const ended = 'Chứng thư số không còn hiệu lực'
  const firstPage = async (who: Visitor) => (await who.get('/')).text
  expect(await firstPage(cellSecretary)).not.toContain('chứng thư')
  await putCertificate(withFile, { from: GOOD.from, to: new Date('2026-09-01T00:00:00Z') }, 'person')
  expect(await firstPage(cellSecretary)).toContain(ended)
  expect(await firstPage(wardClerk)).not.toContain(ended)
  await writeFile(join(folder, 'people', `${withFile}.pem`), 'nửa tệp')
  expect((await cellSecretary.get('/')).status).toBe(200)
})

test('folding a dossier’s events gives its stored state, and whose turn it is, and whom it passes', async () => {
  const dossiers = await foldedDossiers(world)
  expect(dossiers).toHaveLength(6)
  for (const { stored, folded } of dossiers) expect(folded).toEqual(stored)
})
