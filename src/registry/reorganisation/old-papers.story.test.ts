/** A letter sealed before a merger keeps its names and still verifies, by its code and by its file, after it and after going back. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginTransfer } from '../../../tests/transfer-life.ts'
import { mergeWards, signerOf } from '../../../tests/reorganisations.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import { loadFile, papersOf } from '../../papers/store.ts'
import type { CheckedFile, PublicPaper } from '../../papers/verify-view.ts'
import { verifyPaper } from '../../signatures/verify.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
})
afterAll(() => world.close())

test('a letter the ward sealed before the merger verifies after it, names the heir, and verifies after going back', async () => {
  const deputy = await signerOf(world)
  const life = await beginTransfer(world, await world.member('Nguyễn Văn Thư'))
  await life.to('committee-review', 2)
  const letter = (await papersOf(world.database.read, life.id)).find(
    ({ kind, organisationId }) => kind === 'referral' && organisationId === world.places.ward,
  )!
  const { bytes } = await loadFile(world.database.read, letter.sha256!)
  const visitor = world.officers.inspector

  const byCode = () => visitor.read<PublicPaper>(`/api/v1/verify/${letter.token}`)
  const byFile = async () => {
    const file = { name: 'giay.pdf', type: 'application/pdf', bytes }
    return (await visitor.upload('/api/v1/verify', {}, file)).json<CheckedFile>()
  }
  const expectSound = async (succeededBy: string | null) => {
    const paper = {
      kind: 'referral',
      symbol: letter.symbol,
      issuer: 'Đảng ủy Phường Tân Tạo',
      standing: 'valid',
      succeededBy,
    }
    expect(await byCode()).toMatchObject(paper)
    expect(await byFile()).toMatchObject({ result: 'ours', problems: [], paper })
    expect((await byFile()).signatures.map(({ standing }) => standing)).toEqual(['valid', 'valid'])
    const trust = await world.parts.signers.trustRoots()
    expect(verifyPaper(bytes, { trust, at: world.now() })).toMatchObject({ valid: true, trusted: true })
    expect(await papersOf(world.database.read, life.id)).toContainEqual(letter)
  }

  await expectSound(null)
  const { id } = await mergeWards(world, deputy)
  await world.work()
  await expectSound('Đảng bộ Phường Tân Kiệu')
  const page = await visitor.get(`/verify/${letter.token}`)
  expect(page.text).toContain('Đảng ủy Phường Tân Tạo')
  expect(page.text).toContain('Nay kế thừa là')
  expect(page.text).toContain('Đảng bộ Phường Tân Kiệu')

  world.day('2026-08-26')
  const undone = { commandId: randomUUID(), reason: 'Nhầm ngày hiệu lực' }
  expect((await deputy.post(`/api/v1/reorganisations/${id}/undo`, undone)).status).toBe(200)
  await expectSound(null)
})
