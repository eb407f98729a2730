/** The happy life of an official transfer: from the evening a member sends it to the cell meeting that admits them, with every day told. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginTransfer, foldedDossiers } from '../../../tests/transfer-life.ts'
import { whereIs } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
})
afterAll(() => world.close())

test('smoke', async () => {
  world.day('2026-08-27', '20:30')
  const life = await beginTransfer(world, await world.member('Nguyễn Thị Chuyển'))
  const began = Date.now()
  console.log(whereIs(await life.to('completed')), Date.now() - began)
  const again = await beginTransfer(world, await world.member('Nguyễn Thị Hai'))
  const began2 = Date.now()
  console.log(whereIs(await again.to('completed')), Date.now() - began2)
  for (const { stored, folded } of await foldedDossiers(world)) expect(folded).toEqual(stored)
})
