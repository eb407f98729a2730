/** A merger meets open temporary stays at every step: each keeps somebody who answers for it; taken back, each is whose it was. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginStay, foldedStay, type StayLife } from '../../../tests/stay-life.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import { followReorganisation } from '../../app/features.ts'
import type { PersonActor } from '../../kernel/actor.ts'
import { sql } from '../../kernel/db.ts'
import { todayIn } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { DEFAULT_SETTINGS } from '../../kernel/settings.ts'
import { know } from '../../registry/reorganisation/know.ts'
import type { NewBody } from '../../registry/reorganisation/law/plan.ts'
import { savePlan, signPlan, takeBack } from '../../registry/reorganisation/plans.ts'
import { digestOf, seenNow } from '../../registry/reorganisation/seen.ts'
import type { Status } from './law/states.ts'

let world: TransferWorld
let signer: PersonActor

beforeAll(async () => {
  world = await openTransferWorld()
  world.day('2026-09-01', '09:00')
  const person = await world.member('Phó Bí Thư Thành Ủy', world.places.neighbour)
  await world.office(person.memberId, person.name, 'committee-standing-deputy', world.places.city)
  const hat = { position: 'committee-standing-deputy', organisationId: world.places.city }
  signer = { kind: 'person', memberId: person.memberId, hat, signedInAt: world.now() }
})
afterAll(() => world.close())

const context = async (): Promise<Context> => ({
  actor: { ...signer, signedInAt: world.now() },
  at: world.now(),
  today: todayIn(world.now()),
  calendar: await world.parts.calendar(),
  settings: DEFAULT_SETTINGS,
})
const follow = (...[write, touched, at]: Parameters<Parameters<typeof signPlan>[3]>) =>
  followReorganisation(write, world.parts, touched, at)

async function mergeWards(into: NewBody): Promise<string> {
  const { places } = world
  const id = randomUUID()
  const effectiveOn = todayIn(world.now())
  const plan = {
    title: 'Sắp xếp',
    decision: { number: '12-QĐ/TU', issuer: 'Ban Thường vụ Thành ủy', signedOn: effectiveOn },
    effectiveOn,
    bodies: [into],
    continuing: [],
    steps: [{ type: 'merge' as const, from: [places.ward, places.otherWard], into: into.id }],
  }
  await savePlan(world.database, { id, commandId: randomUUID(), underId: places.city, plan }, await context())
  const known = await know(world.database.read, places.city, plan)
  const asked = { id, commandId: randomUUID(), digest: digestOf(plan, seenNow(plan, known)) }
  await signPlan(world.database, asked, await context(), follow)
  return id
}

const holderOf = async ({ id }: StayLife): Promise<string | null> => {
  const row = await world.database.read.one<{ name: string | null }>(sql`
    select (select name from organisation_on(${todayIn(world.now())}::date) o where o.id = d.awaited_organisation) as name
      from dossier d where d.id = ${id}`)
  return row.name
}

const STEPS: readonly Status[] = [
  'cell-review',
  'committee-review',
  'numbering',
  'at-host',
  'host-admission',
  'active',
]

test('both wards become one: every stay goes on with who took over, and goes back when that is taken back', async () => {
  const { places, officers } = world
  const lives = new Map<Status, StayLife>()
  for (const step of STEPS) {
    const life = await beginStay(world, await world.member(`Nguyễn Văn ${step}`))
    await life.to(step)
    lives.set(step, life)
  }
  const before = new Map<Status, string | null>()
  for (const [step, life] of lives) before.set(step, await holderOf(life))

  const ward: NewBody = {
    id: randomUUID(),
    code: '79.099.000.000.000',
    name: 'Đảng bộ Phường Tân Kiệu',
    kind: 'commune',
    parentId: places.city,
  }
  const plan = await mergeWards(ward)
  const wards = ['Đảng bộ Phường Tân Tạo', 'Đảng bộ Phường Cầu Kiệu']
  for (const [step, life] of lives) {
    const was = before.get(step)!
    expect(`${step}: ${await holderOf(life)}`).toBe(`${step}: ${wards.includes(was) ? ward.name : was}`)
    const { stored, folded } = await foldedStay(world, life.id)
    expect(stored).toEqual(folded)
  }
  // A letter of the ended ward that was signed and not sealed is void; the new ward signs it anew.
  expect((await lives.get('numbering')!.sees()).status).toBe('committee-review')
  const person = await world.member('Phó Bí Thư Mới', places.neighbour)
  const deputy = await world.office(person.memberId, person.name, 'committee-deputy-secretary', ward.id)
  const arrived = lives.get('at-host')!
  await arrived.ask(deputy, 'assign-cell', { cellId: places.otherCell })
  await arrived.ask(officers.destinationSecretary, 'admit', { meetingOn: todayIn(world.now()) })
  const active = lives.get('active')!
  await active.ask(active.member, 'ask-extension', { until: '2027-03-31', reason: 'Việc chưa xong.' })
  expect((await active.ask(deputy, 'grant-extension')).until).toBe('2027-03-31')

  world.day('2026-09-03', '09:00')
  await takeBack(
    world.database,
    { id: plan, commandId: randomUUID(), reason: 'nhầm' },
    await context(),
    follow,
  )
  for (const step of ['cell-review', 'committee-review', 'host-admission', 'active'] as const)
    expect(`${step}: ${await holderOf(lives.get(step)!)}`).toBe(`${step}: ${before.get(step)}`)
})
