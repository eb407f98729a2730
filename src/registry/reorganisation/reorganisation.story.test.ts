/** A reorganisation through the front door: drawn up by one, signed by another, seen by nobody else; hats of ended bodies fall. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import type { z } from 'zod'
import type { REORGANISATION } from './contract.ts'
import type { Step } from './law/plan.ts'

const API = '/api/v1/reorganisations'
type Answered = z.infer<typeof REORGANISATION>

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
})
afterAll(() => world.close())

const planOf = (steps: readonly Step[], effectiveOn = '2026-08-24') => ({
  title: 'Nhập hai chi bộ khu phố',
  decision: { number: '05-QĐ/ĐU', issuer: 'Đảng ủy phường', signedOn: '2026-08-20' },
  effectiveOn,
  bodies: [],
  steps,
  continuing: [],
})

test('the ward merges two cells: drawn up, seen, signed fresh, taken back; to everybody else it is unknown', async () => {
  const { places, officers } = world
  const {
    administrator,
    wardDeputy,
    buildingOfficer,
    cellSecretary,
    strangerDeputy,
    foreignDeputy,
    cityChief,
  } = officers
  const id = randomUUID()
  const plan = planOf([{ type: 'dissolve', organisation: places.cell, to: places.neighbour }])
  const drafted = await administrator.post(`${API}/${id}/save`, { commandId: randomUUID(), plan })
  expect(drafted.status).toBe(200)
  const seen = await buildingOfficer.read<Answered>(`${API}/${id}`)
  expect(seen).toMatchObject({
    status: 'draft',
    preview: { problems: [], ended: [{ name: 'Chi bộ khu phố 3' }] },
  })
  expect(seen.preview?.offices.map((office) => office.positionName)).toEqual([
    'Bí thư chi bộ',
    'Phó Bí thư chi bộ',
  ])

  for (const other of [strangerDeputy, foreignDeputy, cityChief]) {
    const unknown = await other.get(`${API}/${randomUUID()}`)
    const foreign = await other.get(`${API}/${id}`)
    expect([foreign.status, foreign.code]).toEqual([unknown.status, unknown.code])
    expect((await other.get(`/reorganisations/${id}`)).status).toBe(404)
  }
  expect((await cellSecretary.get(`${API}/${id}`)).code).toBe('reorganisation.not-yours')
  expect(
    (await strangerDeputy.post(`${API}/${randomUUID()}/save`, { commandId: randomUUID(), plan })).code,
  ).toBe('organisation.unknown')

  const { digest } = seen.preview!
  const sign = { commandId: randomUUID(), digest }
  expect((await administrator.post(`${API}/${id}/sign`, sign)).code).toBe('reorganisation.not-yours')
  const stale = await world.signIn(
    wardDeputy,
    await hatOf('committee-deputy-secretary', wardDeputy.memberId),
    6,
  )
  expect((await stale.post(`${API}/${id}/sign`, sign)).code).toBe('identity.stale-sign-in')
  const page = await wardDeputy.get(`/reorganisations/${id}`)
  expect(page.text).toContain('Ký và áp dụng')
  const applied = await wardDeputy.post(`${API}/${id}/sign`, sign)
  expect(applied.json()).toMatchObject({ status: 'applied' })
  expect((await wardDeputy.post(`${API}/${id}/sign`, sign)).json()).toMatchObject({
    status: 'applied',
    version: 3,
  })

  // The secretary's office ended with the cell: the hat falls, the person stays.
  const fallen = await cellSecretary.post(`${API}/${id}/cancel`, { commandId: randomUUID(), reason: 'x' })
  expect(fallen.status).toBe(403)
  expect((await cellSecretary.get('/')).text).not.toContain('Bí thư chi bộ · Chi bộ khu phố 3')

  world.day('2026-08-25')
  const form = { commandId: randomUUID(), reason: 'Nhập nhầm chi bộ' }
  const back = await wardDeputy.form(`/reorganisations/${id}/undo`, form)
  expect(back.status).toBe(303)
  expect((await wardDeputy.read<Answered>(`${API}/${id}`)).status).toBe('undone')
  expect((await wardDeputy.get(`/reorganisations/${id}`)).text).toContain('Nhập nhầm chi bộ')
})

async function hatOf(position: string, memberId: string) {
  const { rows } = await world.change(
    'select id from office where member_id = $1 and position = $2 and until is null',
    [memberId, position],
  )
  return { officeId: (rows[0] as { id: string }).id, grantId: null }
}

test('signed before its day it is applied by the clock, and the page says so', async () => {
  const { places, officers } = world
  const { buildingOfficer, wardDeputy } = officers
  const id = randomUUID()
  const step: Step = { type: 'rename', organisation: places.neighbour, name: 'Chi bộ khu phố Mười' }
  await buildingOfficer.post(`${API}/${id}/save`, {
    commandId: randomUUID(),
    plan: planOf([step], '2026-08-28'),
  })
  const { preview } = await wardDeputy.read<Answered>(`${API}/${id}`)
  const signed = await wardDeputy.form(`/reorganisations/${id}/sign`, {
    commandId: randomUUID(),
    digest: preview!.digest,
  })
  expect(signed.headers.get('location')).toContain('done=signed')
  world.day('2026-08-28')
  await world.sweep()
  expect((await wardDeputy.read<Answered>(`${API}/${id}`)).status).toBe('applied')
  expect((await buildingOfficer.get(`/reorganisations/${id}`)).text).toContain('Hệ thống')
})

test('what somebody wrote in between is not overwritten; a refused form keeps what was written', async () => {
  const { places, officers } = world
  const { buildingOfficer, administrator } = officers
  const id = randomUUID()
  const save = (who: typeof buildingOfficer, expectedNumber: number, title: string) =>
    who.post(`${API}/${id}/save`, { commandId: randomUUID(), expectedNumber, plan: { ...planOf([]), title } })
  await save(buildingOfficer, 0, 'một')
  await save(administrator, 1, 'hai')
  expect((await save(buildingOfficer, 1, 'ba')).code).toBe('reorganisation.moved-on')
  const form = await buildingOfficer.form(`/reorganisations/${id}/steps/rename`, {
    commandId: randomUUID(),
    expectedNumber: '2',
    within: places.ward,
    organisations: places.neighbour,
    newName: '',
  })
  expect(form.status).toBe(400)
  expect(form.text).toContain('Đồng chí ghi tên tổ chức mới.')
  expect(form.text).toMatch(new RegExp(`value="${places.neighbour}"[^>]*checked`))
})
